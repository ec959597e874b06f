"""The readiness report of the morning: when it is due, what is kept of it, what it presses."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from samples import FACTS, ROOT, StillClock

from kiosk.data import Data, load_data
from kiosk.desk.session import NotAllowed
from kiosk.domain.failures import DataFailure
from kiosk.domain.staff import Account, Action
from kiosk.domain.tariff_file import parse_tariff
from kiosk.domain.validity import End, EndKind, ends_of
from kiosk.installed import install
from kiosk.languages import load_languages
from kiosk.morning import Report, is_due, last_report, look_again, make_report, see
from kiosk.readiness import Finding, Situation, State, data, look
from kiosk.settings import Settings
from kiosk.storage.store import Store

from .office import ADMIN, CLERK, SUPERVISOR, desk_of

TEXTS = load_languages(ROOT / "resources" / "texts").texts
FRIDAY = date(2026, 11, 27)


def at(hour: int, day: int = 27, minute: int = 0) -> datetime:
    """A moment of November by the office's clock (WIB)."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def loaded(tmp_path: Path) -> Data:
    return load_data(ROOT / "resources", tmp_path / "kept")


def situation(tmp_path: Path, now: datetime, loaded: Data | None = None) -> Situation:
    return Situation(
        Settings(store_folder=tmp_path, keys_folder=tmp_path / "keys"),
        tmp_path,
        now,
        data=lambda: loaded,
    )


# ------------------------------------------------------------ when it is due


@pytest.mark.parametrize(
    ("made_at", "now", "due"),
    [
        (at(7, 26), at(4, 27), False),
        (at(7, 26), at(5, 27), True),
        (at(4, 27, 59), at(5, 27), True),
        (at(5, 27), at(23, 27), False),
        (at(7, 25), at(10, 27), True),
        (at(7, 28), at(7, 27), True),
    ],
    ids=["night", "morning", "made too early", "made", "was off", "clock set back"],
)
def test_a_report_is_due_once_a_morning(made_at: datetime, now: datetime, due: bool) -> None:
    assert is_due(Report(made_at, ()), now) is due


def test_a_new_kiosk_is_looked_at_at_any_hour() -> None:
    assert is_due(None, at(3))


# ------------------------------------------------------------ what is kept of it


def test_it_is_kept_as_it_was_made(store: Store, tmp_path: Path, loaded: Data) -> None:
    made = make_report(store, situation(tmp_path, at(7), loaded))
    assert last_report(store) == made
    kept = {one.topic: one for one in made.findings}
    assert kept["data"].values == {"last_day": date(2026, 12, 31), "weeks": 4}
    again = make_report(store, situation(tmp_path, at(8), loaded))
    assert last_report(store) == again != made


@pytest.mark.parametrize("broken", ["", "{}", "[]", '{"at": "x", "findings": []}'])
def test_what_another_version_wrote_counts_as_none(store: Store, broken: str) -> None:
    with store.transaction() as record:
        record.keep_readiness(broken)
    assert last_report(store) is None


def test_nothing_of_a_person_is_in_it(store: Store, tmp_path: Path, loaded: Data) -> None:
    make_report(store, situation(tmp_path, at(7), loaded))
    with store.reading() as record:
        kept = json.loads(record.readiness())
    for one in kept["findings"]:
        assert all(isinstance(value, int | str | dict) for value in one["values"].values())


@pytest.mark.parametrize(
    ("account", "may"),
    [(CLERK, False), (SUPERVISOR, True), (ADMIN, True)],
    ids=str,
)
def test_supervisor_and_admin_see_it(
    store: Store, clock: StillClock, tmp_path: Path, account: Account, may: bool
) -> None:
    desk = desk_of(account, store, clock)
    made = look_again(desk, situation(tmp_path, at(7)))
    if may:
        assert see(desk) == made
    else:
        assert made == see(desk) == NotAllowed(Action.SEE_READINESS)
        assert last_report(store) is None


# ------------------------------------------------------------ what it says


BAD, WATCH = (
    Finding(State.BAD, "readiness.copies_none", topic="copies"),
    Finding(State.ATTENTION, "readiness.swap_bare", topic="swap"),
)


def test_what_is_bad_comes_first_and_what_never_changes_presses_nobody() -> None:
    ends = Finding(State.ATTENTION, "readiness.data_rate", topic="data")
    good = Finding(State.GOOD, "readiness.clock_good", topic="clock")
    told_live = Finding(State.BAD, "readiness.printer_waits", topic="printer")
    report = Report(at(7), (good, WATCH, ends, BAD, told_live))
    assert report.to_see_to == (BAD, told_live, WATCH, ends)
    assert report.pressing == (BAD, ends)


def test_dates_are_said_in_the_language_shown(tmp_path: Path, loaded: Data) -> None:
    (found,) = look(situation(tmp_path, at(7), loaded), (data,))
    assert "31 Desember 2026" in found.said(TEXTS["id"])
    assert "31 December 2026" in found.said(TEXTS["en"])


def test_a_broken_data_file_is_bad_with_its_line(tmp_path: Path, loaded: Data) -> None:
    broken = replace(loaded, problems=(DataFailure("tariff.json", 12, "a gap"),))
    found = data(situation(tmp_path, at(7), broken))
    assert (found.state, found.values) == (State.BAD, {"file": "tariff.json", "line": 12})


@pytest.mark.parametrize(
    ("day", "says", "state"),
    [
        (date(2026, 11, 4), "readiness.data_until", State.GOOD),
        (date(2026, 11, 5), "readiness.data_relief_other", State.ATTENTION),
        (date(2026, 12, 31), "readiness.data_relief_other", State.ATTENTION),
        (date(2027, 1, 1), "readiness.data_until", State.GOOD),
        (date(2027, 2, 4), "readiness.data_relief_transport", State.ATTENTION),
        (date(2027, 4, 1), "readiness.data_good", State.GOOD),
    ],
)
def test_eight_weeks_before_an_end_somebody_is_told(
    tmp_path: Path, loaded: Data, day: date, says: str, state: State
) -> None:
    noon = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    found = data(situation(tmp_path, noon, loaded))
    assert (found.says, found.state) == (says, state)


def test_a_loaded_tariff_that_takes_over_in_time_calms_the_warning(
    tmp_path: Path, loaded: Data
) -> None:
    text = (ROOT / "resources/data/tariff.json").read_text("utf-8")
    install(loaded.chosen.kept, "tariff.json", date(2027, 2, 1), text)
    assert data(situation(tmp_path, at(7), loaded)).state is State.ATTENTION
    install(loaded.chosen.kept, "tariff.json", date(2027, 1, 1), text)
    found = data(situation(tmp_path, at(7), loaded))
    assert (found.state, found.values) == (State.GOOD, {"last_day": date(2027, 1, 1)})


def test_the_ends_of_the_shipped_tariff() -> None:
    assert ends_of(FACTS.tariff, FRIDAY) == (
        End(EndKind.RELIEF_OTHER, date(2026, 12, 31)),
        End(EndKind.RELIEF_TRANSPORT, date(2027, 3, 31)),
    )
    assert ends_of(FACTS.tariff, date(2027, 5, 1)) == ()


def test_a_rate_that_another_follows_is_told_and_a_relief_that_goes_on_is_not() -> None:
    text = (ROOT / "resources/data/tariff.json").read_text("utf-8")
    root = json.loads(text)
    jkm = next(one for one in root["rates"] if one["programme"] == "JKM")
    jkm["effective_to"] = "2027-06"
    root["rates"].append({**jkm, "effective_from": "2027-07", "effective_to": None})
    other = next(one for one in root["reliefs"] if one["sector"] == "other")
    root["reliefs"].append({**other, "first_month": "2027-01", "last_month": "2027-12"})
    root["worked_examples"] = root["worked_examples"][:1]
    tariff = parse_tariff(json.dumps(root), "tariff.json")
    assert ends_of(tariff, FRIDAY) == (
        End(EndKind.RELIEF_TRANSPORT, date(2027, 3, 31)),
        End(EndKind.RATE, date(2027, 6, 30)),
        End(EndKind.RELIEF_OTHER, date(2027, 12, 31)),
    )
