"""The console's page of reports on a real centre: what is counted, asked for, set and saved."""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from central.fixtures import Centre
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from samples import load_texts
from sync.counting import BEGIN, END, counted, fill, walk
from sync.office import KioskAtCentre, make_empty

from kiosk.domain.report import ALL, Way
from kiosk.domain.report_words import STAGES, count_words
from kiosk.funnel import count_walk
from kiosk.handover import exchange

from .console_stage import Admin, at_console, known_place, populate
from .report_stage import Row, people, visits
from .settling import settle
from .stage import HandClock

SAY = load_texts().say
WHEN = datetime(2026, 11, 27, 3, 31, tzinfo=UTC)
KIOSKS = 6


@pytest.fixture
def place(centre: Centre, tmp_path: Path, application: QGuiApplication) -> Path:
    """An admin who was signed in here before."""
    return known_place(centre, tmp_path)


@pytest.fixture
def made(centre: Centre, place: Path) -> list[Row]:
    """People who registered at six kiosks, one of which is behind."""
    populate(centre, KIOSKS, WHEN, {2: {"silent": timedelta(hours=30)}})
    rows = people(centre, 200, seed=3)
    visits(centre, 40, seed=4)
    return rows


@contextmanager
def at_reports(place: Path) -> Iterator[Admin]:
    """The admin looks at the page."""
    clock = HandClock()
    clock.moment = WHEN
    with at_console(place, clock) as admin:
        admin.sign_in()
        admin.tap("page_reports")
        yield admin


def registered(rows: list[Row], first: str, last: str, dinas: str = "") -> int:
    """How many of these registered on these days."""
    return sum(
        first <= one["day"] <= last
        and one["status"] != "void"
        and (not dinas or one["dinas"] == dinas)
        for one in rows
    )


def shown(admin: Admin) -> int:
    """How many the page says to be registered."""
    figures = {one["label"]: one["count"] for one in admin.app.console.reports.figures}
    label = SAY("report.registered")
    assert admin.says(label)
    assert admin.says(figures[label])
    return int(figures[label].replace(".", ""))


def total(admin: Admin) -> list[str]:
    """The cells of the first line of the table."""
    cells: list[str] = admin.app.console.reports.rows[0]["cells"]
    return cells


def choose_days(admin: Admin, first: str, last: str) -> None:
    """Type two dates, and show what lies between."""
    admin.tap("chooseDays")
    admin.write("from_day", first)
    admin.write("to_day", last)
    admin.tap("formSubmit")


# ------------------------------------------------------------ the figures


@pytest.mark.parametrize("seed", [11, 12])
def test_every_table_agrees_with_the_records(
    centre: Centre, place: Path, tmp_path: Path, seed: int
) -> None:
    dice, empty = random.Random(seed), tmp_path / "empty"
    make_empty(empty)
    with closing(KioskAtCentre(centre, tmp_path / "kiosk", empty)) as kiosk:
        fill(kiosk, dice, 60)
        walks = [walk(dice) for _ in range(30)]
        for one in walks:
            count_walk(kiosk.store, one)
        kiosk.hand_in()
        expected = counted(kiosk)
    with at_reports(place) as admin:
        choose_days(admin, f"{BEGIN:%d%m%Y}", f"{END:%d%m%Y}")
        reports = admin.app.console.reports
        names = reports._how_called().of(reports._report)
        for dinas in ("DKPP", "DISKAN", ALL):
            admin.tap(f"dinas_{dinas}")
            for way in Way:
                admin.tap(f"view_{way}")
                rows = {one["name"]: one["cells"][1:] for one in reports.rows[1:]}
                assert told(rows) == told(
                    {
                        names.part(way, part): cells(stages)
                        for (of, where, part), stages in expected.items()
                        if (of, where) == (dinas, way)
                    }
                )
        assert total(admin)[0] == count_words(sum(BEGIN <= one.day <= END for one in walks))


def told(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    """Without those where somebody only began, or was made void."""
    return {name: numbers for name, numbers in rows.items() if set(numbers) != {"0"}}


def cells(stages: Counter[str]) -> list[str]:
    """What stands in the columns behind the first."""
    return [count_words(stages[name]) for name in STAGES[1:]]


def test_months_the_year_and_a_dinas(place: Path, made: list[Row]) -> None:
    with at_reports(place) as admin:
        assert admin.text("numbersTitle") == "November 2026"
        assert shown(admin) == registered(made, "2026-11-01", "2026-11-30")
        assert not admin.visitor.find("monthAfter")
        admin.tap("monthBefore")
        assert admin.text("numbersTitle") == "Oktober 2026"
        assert shown(admin) == registered(made, "2026-10-01", "2026-10-31")
        admin.tap("dinas_DKPP")
        assert shown(admin) == registered(made, "2026-10-01", "2026-10-31", "DKPP")
        admin.tap("showYear")
        assert shown(admin) == registered(made, "2026-01-01", "2026-11-27", "DKPP")


def test_days_of_ones_own_are_refused_by_name_until_they_are_right(
    place: Path, made: list[Row]
) -> None:
    today = "27 November 2026"
    with at_reports(place) as admin:
        choose_days(admin, "20112026", "28112026")
        assert admin.says(SAY("console.report.not_come", day=today))
        admin.write("to_day", "19112026")
        admin.tap("formSubmit")
        assert admin.says(SAY("console.report.backwards", day="20 November 2026"))
        admin.write("to_day", "31022026")
        admin.tap("formSubmit")
        assert admin.says(SAY("desk.problem.no_date"))
        admin.write("to_day", "27112026")
        admin.tap("formSubmit")
        assert admin.text("numbersTitle") == SAY(
            "report.span", first="20 November 2026", last=today
        )
        assert shown(admin) == registered(made, "2026-11-20", "2026-11-27")


def test_kiosks_are_named_and_those_that_were_not_seen_are_told(
    place: Path, made: list[Row]
) -> None:
    with at_reports(place) as admin:
        assert admin.text("numbersRemark").startswith(SAY("console.report.read_at", at="10.31"))
        (office,) = {one.name for one in admin.app.console.regions.kecamatan[2:3]}
        assert admin.says(SAY("console.report.behind", count=1, names=office))
        admin.tap("view_kiosk")
        assert admin.says(f"{office}, Loket 1 (10002)")


# ------------------------------------------------------------ targets


def test_a_target_is_set_shown_and_taken_away(centre: Centre, place: Path, made: list[Row]) -> None:
    with at_reports(place) as admin:
        admin.tap("setTarget", "formSubmit")
        assert admin.says(SAY("console.enrol.missing"))
        assert admin.says(SAY("console.report.no_count", most="10.000.000"))
        admin.pick("target_dinas", "dkpp")
        admin.write("target_year", "1999")
        admin.write("target", "1-2")
        admin.tap("formSubmit")
        assert admin.says(SAY("console.report.no_year", first=2020, last=2099))
        assert targets(centre) == []
        admin.write("target_year", "2026")
        admin.write("target", "1200")
        assert admin.says(SAY("console.report.no_target_yet"))
        admin.tap("formSubmit")
        said = {"dinas": "DKPP", "year": "2026"}
        assert admin.says(SAY("console.report.target_set", count="1.200", **said))
        assert targets(centre) == [("DKPP", 2026, 1200)]
        admin.tap("view_dinas", "dinas_DKPP")
        reached = registered(made, "2026-01-01", "2026-11-30", "DKPP")
        assert total(admin)[-3:] == [count_words(reached), "1.200", f"{reached * 100 // 1200}%"]
        admin.tap("setTarget")
        admin.pick("target_dinas", "dkpp")
        assert admin.says(SAY("console.report.target_now", count="1.200"))
        admin.write("target", "0")
        admin.tap("formSubmit")
        assert admin.says(SAY("console.report.target_gone", **said))
        assert targets(centre) == []
        assert total(admin)[-2:] == ["-", "-"]
        admin.tap("page_notes", "notes_audit")
        assert admin.says(SAY("console.deed.target_set"))


def targets(centre: Centre) -> list[object]:
    with centre.connect() as owner:
        return list(owner.execute("SELECT dinas, year, count FROM centre.target"))


# ------------------------------------------------------------ files


def test_the_files_lie_where_the_notice_says(
    place: Path, made: list[Row], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "STIK"
    stick.mkdir()
    inside = [stick]
    monkeypatch.setattr(exchange, "mounted_media", lambda: inside)
    with at_reports(place) as admin:
        other = admin.app.console.parts.settings.exchange_folder
        for folder in (stick, other):
            admin.tap("saveNumbers")
            pdf, book = (folder / f"laporan-20261101-20261130.{one}" for one in ("pdf", "xlsx"))
            assert admin.app.console.notice == SAY(
                "desk.numbers.saved", place=folder.name, file=pdf.stem
            )
            page = pypdfium2.PdfDocument(pdf.read_bytes())[0].get_textpage().get_text_range()
            assert "Kabupaten Serang" in page
            assert SAY("report.note_behind", count=1) in " ".join(page.split())
            sheets = openpyxl.load_workbook(book)
            rows = list(sheets[SAY("report.sheet_summary")].values)
            assert (SAY("report.registered"), shown(admin)) in rows
            kiosks = {row[1] for row in sheets[SAY("report.sheet_kiosk")].values}
            assert "Anyar, Loket 1 (10000)" in kiosks
            inside.clear()
        shutil.rmtree(other)
        other.write_text("no folder")
        admin.tap("saveNumbers")
        assert admin.app.console.notice == SAY("desk.numbers.not_saved", place=other.name)
        assert admin.app.console.noticeBad


# ------------------------------------------------------------ a centre that does not answer


def test_what_was_read_stays_when_the_centre_is_gone(
    centre: Centre, place: Path, made: list[Row]
) -> None:
    with at_reports(place) as admin:
        before = shown(admin)
        centre.cluster.stop()
        try:
            admin.tap("monthBefore")
            assert admin.app.console.notice == SAY("console.failed.c12", code="C 12")
            assert admin.text("numbersTitle") == "November 2026"
            assert shown(admin) == before
        finally:
            centre.cluster.start()
        admin.tap("monthBefore")
        assert shown(admin) == registered(made, "2026-10-01", "2026-10-31")


def test_where_nothing_was_read_the_page_says_so_and_tries_again(
    centre: Centre, place: Path, made: list[Row]
) -> None:
    clock = HandClock()
    clock.moment = WHEN
    with at_console(place, clock) as admin:
        admin.sign_in()
        centre.cluster.stop()
        try:
            admin.tap("page_reports")
            assert admin.text("numbersWorking") == SAY("report.no_answer")
        finally:
            centre.cluster.start()
        admin.tap("numbersAgain")
        assert shown(admin) == registered(made, "2026-11-01", "2026-11-30")


def test_a_slow_centre_holds_up_neither_the_window_nor_the_fleet(
    centre: Centre, place: Path, made: list[Row]
) -> None:
    clock = HandClock()
    clock.moment = WHEN
    with at_console(place, clock) as admin:
        admin.sign_in()
        with centre.connect() as owner, owner.transaction():
            owner.execute("LOCK TABLE centre.registration IN ACCESS EXCLUSIVE MODE")
            admin.visitor.tap("page_reports")
            assert admin.text("numbersWorking") == SAY("desk.numbers.working")
            admin.visitor.tap("monthBefore")
            admin.visitor.tap("page_fleet")
            settle(admin.visitor, admin.app.jobs)
            assert admin.text("fleetTotal") == SAY("console.kiosks", count=KIOSKS)
            assert not admin.app.long_jobs.idle
        admin.settle()
        admin.tap("page_reports")
        assert admin.text("numbersTitle") == "Oktober 2026"
        assert shown(admin) == registered(made, "2026-10-01", "2026-10-31")


def test_old_numbers_are_counted_again(centre: Centre, place: Path, made: list[Row]) -> None:
    with at_reports(place) as admin:
        before = shown(admin)
        with centre.connect() as owner:
            owner.execute("UPDATE centre.registration SET status = 'void'")
        tick(admin, 60)
        assert shown(admin) == before
        admin.clock.forward(timedelta(minutes=5))
        tick(admin, 30)
        assert shown(admin) == 0
        assert admin.text("numbersRemark").startswith(SAY("console.report.read_at", at="10.36"))


def tick(admin: Admin, seconds: int) -> None:
    """So many seconds pass."""
    for _ in range(seconds):
        admin.app.console.tick()
    admin.settle()


# ------------------------------------------------------------ the keyboard


def test_everything_can_be_reached_and_done_by_keys(place: Path, made: list[Row]) -> None:
    with at_reports(place) as admin:
        reached: list[str] = []
        while "reportRows" not in reached[-1:]:
            admin.press(Qt.Key.Key_Tab)
            reached.append(admin.app.window.activeFocusItem().objectName())
            if reached[-1] == "view_day":
                admin.press(Qt.Key.Key_Return)
            assert len(reached) < 99
        wanted = {"monthBefore", "showYear", "chooseDays", "setTarget", "saveNumbers"}
        assert wanted | {"view_summary", "dinas_DKPP"} <= set(reached)
        rows = admin.visitor.find("reportRows")
        assert rows is not None
        for _ in range(20):
            admin.press(Qt.Key.Key_Down)
        assert rows.property("atYEnd")
