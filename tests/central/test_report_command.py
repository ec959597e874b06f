"""`main.py report` writes the files, from the centre's numbers or from the kiosk's own record."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from keeping import Kept
from samples import NOW, RESOURCES, StillClock, load_texts, make_application, nik_of

from central.enrolled import OFFICE
from central.fixtures import Centre
from central.kiosks import Kiosks
from central.reader import LOGIN, SECRET, make_reader
from kiosk.arguments import parse
from kiosk.domain.failures import KioskFailure
from kiosk.registration import register
from kiosk.settings import Settings
from kiosk.storage.store import Store
from printing.report_command import Reporter

SAY = load_texts().say
DAYS = ("--from", "2026-11-01", "--to", "2026-11-30")
STEM = "laporan-20261101-20261130"
Run = Callable[..., list[str]]


@pytest.fixture
def own(tmp_path: Path) -> Kept:
    kept = Kept(tmp_path / "kiosk")
    with kept.opened() as store:
        for serial in (1, 2, 3):
            register(store, make_application(f"id {serial}", nik=nik_of(serial)), StillClock(NOW))
    return kept


@pytest.fixture
def run(own: Kept, tmp_path: Path) -> Run:
    def order(*words: str) -> list[str]:
        told: list[str] = []
        settings = Settings(kecamatan_code=OFFICE, data_folder=tmp_path / "data")
        reporter = Reporter(
            settings, RESOURCES, load_texts(), StillClock(NOW), own_store(own), told.append
        )
        assert reporter.obey(parse(["report", "--out", str(tmp_path / "out"), *words])) == 0
        return told

    return order


def own_store(own: Kept) -> Callable[[], Store]:
    return own.open


def registered(folder: Path) -> object:
    rows = openpyxl.load_workbook(folder / f"{STEM}.xlsx")["Ringkasan"].values
    return next(row[1] for row in rows if row[0] == SAY("report.registered"))


def test_a_report_of_the_own_record(run: Run, tmp_path: Path) -> None:
    told = run(*DAYS)
    assert told == [SAY("report.file_written", file=f"{STEM}.{one}") for one in ("pdf", "xlsx")]
    assert registered(tmp_path / "out") == 3
    page = pypdfium2.PdfDocument(tmp_path / "out" / f"{STEM}.pdf")[0]
    assert "Kecamatan Ciruas" in page.get_textpage().get_text_range()


def test_a_report_of_the_centre(centre: Centre, kiosks: Kiosks, run: Run, tmp_path: Path) -> None:
    kiosk = kiosks.add()
    kiosk.exchange(*(kiosk.record(at, nik=nik_of(at)) for at in range(1, 6)))
    make_reader(centre)
    url_file = tmp_path / "centre.url"
    url_file.write_text(centre.url(LOGIN, SECRET) + "\n")
    run(*DAYS, "--url-file", str(url_file))
    assert registered(tmp_path / "out") == 5
    page = pypdfium2.PdfDocument(tmp_path / "out" / f"{STEM}.pdf")[0]
    assert "Kabupaten Serang" in page.get_textpage().get_text_range()


def test_a_login_that_may_not_read_numbers_is_refused(
    centre: Centre, run: Run, tmp_path: Path
) -> None:
    make_reader(centre, "staff_00000002", "branch")
    url_file = tmp_path / "centre.url"
    url_file.write_text(centre.url("staff_00000002", SECRET))
    with pytest.raises(KioskFailure) as refused:
        run(*DAYS, "--url-file", str(url_file))
    assert refused.value.code == "C 14"
    assert not (tmp_path / "out").exists()


def test_without_days_it_is_this_month_until_today(run: Run, tmp_path: Path) -> None:
    run()
    assert (tmp_path / "out" / "laporan-20261101-20261122.pdf").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--from", "2026-11-02", "--to", "2026-11-01"), "R 11"),
        ((*DAYS, "--out", "/dev/null/x"), "R 12"),
        ((*DAYS, "--url-file", "/no/such/file"), "C 11"),
    ],
)
def test_what_cannot_be_done_has_a_code(run: Run, words: tuple[str, ...], code: str) -> None:
    with pytest.raises(KioskFailure) as refused:
        run(*words)
    assert refused.value.code == code
