"""The tariff at the desk: a file looked at, loaded, and in force from its day."""

import shutil
from pathlib import Path

import data_files
import pytest
from PySide6.QtCore import QCoreApplication
from samples import load_texts

from kiosk.handover import exchange
from kiosk.storage.centre import Membership
from ui.renewal import RENEW

from .desk_stage import ADMIN, CLERK, SUPERVISOR, DeskStage, employ, look_for_changes
from .stage import OpenStage, Stage

SAY = load_texts().say
DAY_MS = 24 * 3_600_000


@pytest.fixture
def stage(open_kiosk: OpenStage) -> Stage:
    stage = open_kiosk()
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    employ(stage)
    return stage


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the event loop was asked to end with."""
    codes: list[int] = []
    monkeypatch.setattr(QCoreApplication, "exit", codes.append)
    return codes


def bring(stage: Stage, change: data_files.Change) -> DeskStage:
    """Lay a file into the office's folder, and open it at the desk."""
    data_files.write(stage.settings.exchange_folder, change)
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(ADMIN)
    desk.tap("page_data", "file_0")
    stage.visitor.wait_until(lambda: not desk.desk.tariffs.work.running)
    desk.settle()
    return desk


def problem(desk: DeskStage) -> str:
    shown = desk.stage.visitor.find("fileProblem")
    return str(shown.property("text")) if shown is not None else ""


@pytest.mark.parametrize("name", [CLERK, SUPERVISOR])
def test_only_the_admin_finds_the_page(stage: Stage, name: str) -> None:
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(name)
    assert stage.visitor.find("page_data") is None


def test_a_file_shows_what_it_changes_before_anything_is_kept(stage: Stage) -> None:
    desk = bring(stage, data_files.goes_on)
    assert desk.says("Rp16.800 → Rp8.400")
    assert desk.says(SAY("desk.data.lead", date="1 Januari 2027", examples=1))
    desk.tap("group_terms")
    assert desk.says("April–Desember 2026 · PP 50/2025")  # noqa: RUF001
    assert not (stage.settings.data_folder / "installed").exists()


def test_a_file_of_next_year_waits_for_its_day_and_then_the_kiosk_opens_anew(
    stage: Stage, open_kiosk: OpenStage, ended: list[int]
) -> None:
    desk = bring(stage, data_files.goes_on)
    desk.tap("savePreview")
    assert desk.notice == SAY("desk.data.kept")
    assert desk.says(SAY("desk.data.loaded", date="1 Januari 2027"))
    desk.desk.go("staff")
    desk.tap("page_data")
    assert desk.says(SAY("desk.data.waits_tariff", date="1 Januari 2027"))
    desk.tap("signOut")
    look_for_changes(stage)
    assert ended == []
    stage.clock.skip(40 * DAY_MS)
    look_for_changes(stage)
    assert ended == [RENEW]
    (installed,) = (stage.settings.data_folder / "installed" / "tariff").iterdir()
    assert installed.name == "0001-2027-01-01.json"


def test_a_file_of_today_counts_once_the_admin_has_left(
    stage: Stage, open_kiosk: OpenStage, ended: list[int]
) -> None:
    desk = bring(stage, data_files.goes_on_today)
    desk.tap("savePreview")
    assert desk.says(SAY("desk.data.loaded_now"))
    look_for_changes(stage)
    assert ended == []
    desk.tap("signOut")
    stage.wait_for_work()
    assert ended == [RENEW]
    before = stage.services.data.tariff.version
    anew = open_kiosk()
    assert anew.services.data.tariff.version != before
    ended.clear()
    look_for_changes(anew)
    assert ended == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (data_files.gap, "gap"),
        (data_files.overlap, "overlap"),
        (data_files.wrong_example, "example"),
        (data_files.no_source, "source"),
        (data_files.newer_format, "format"),
        (data_files.no_tariff, "kind"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_wrong_file_says_where_and_why_and_offers_nothing(
    stage: Stage, change: data_files.Change, why: str
) -> None:
    desk = bring(stage, change)
    assert SAY(f"desk.data.flaw_{why}") in problem(desk)
    assert stage.visitor.find("savePreview") is None


def test_a_stick_pulled_out_says_so(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "STIK"
    data_files.write(stick, data_files.goes_on)
    monkeypatch.setattr(exchange, "mounted_media", lambda: [stick] if stick.exists() else [])
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(ADMIN)
    desk.tap("page_data")
    shutil.rmtree(stick)
    desk.tap("file_0")
    stage.visitor.wait_until(lambda: not desk.desk.tariffs.work.running)
    desk.settle()
    assert problem(desk) == SAY("desk.files.flaw.unreadable")


def test_where_a_centre_sends_the_data_it_can_only_be_looked_at(stage: Stage) -> None:
    joined = Membership(("127.0.0.1:1",), "anjungan", "", "kiosk_1", "secret", "id", "name")
    with stage.services.store.transaction() as record:
        record.centre.join(joined, "10917")
    desk = bring(stage, data_files.goes_on)
    assert desk.says("Rp16.800 → Rp8.400")
    assert desk.says(SAY("desk.data.of_the_centre"))
    assert stage.visitor.find("savePreview") is None
