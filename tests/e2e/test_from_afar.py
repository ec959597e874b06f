"""What the kabupaten sends counts once nobody is at the kiosk, and shows there."""

from pathlib import Path
from typing import Any

import data_files
import pytest
from central.publishing import signing_key
from PySide6.QtCore import QCoreApplication
from samples import NOW, load_texts
from sync.shipped import document, signed

from kiosk.domain.configuration import Content
from kiosk.domain.fleet import CommandKind, Order
from kiosk.storage.configuration import KeptConfiguration
from ui.renewal import RENEW

from .boxes import measure
from .desk_stage import CLERK, DeskStage, employ
from .residents import TRADER
from .stage import OpenStage, Stage

SAY = load_texts().say


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the event loop was asked to end with."""
    codes: list[int] = []
    monkeypatch.setattr(QCoreApplication, "exit", codes.append)
    return codes


def take(stage: Stage, version: int, content: Content | None = None, **kabupaten: object) -> None:
    """As the sync thread takes it from the centre."""
    made = document(version, content or Content(kabupaten=kabupaten))
    written, signature = signed(made)
    with stage.services.store.transaction() as record:
        new = KeptConfiguration(version, written, signature)
        record.configuration.take(new, (signing_key().public,), NOW)


def order(stage: Stage, id_: int, kind: CommandKind, message: str = "") -> None:
    with stage.services.store.transaction() as record:
        record.orders.take([Order(id_, kind, message, "Bu Ratna")], NOW)


def look(stage: Stage) -> None:
    """Let the time come at which the kiosk looks what was sent."""
    for _ in range(3):
        stage.app.renewal.look()
        stage.wait_for_work()


def test_a_configuration_counts_once_the_visit_is_over(
    stage: Stage, open_kiosk: OpenStage, ended: list[int]
) -> None:
    stage.play(TRADER, until="name")
    content = Content(
        kabupaten={"office": "Kecamatan Baru"},
        texts={"id": {"common.next": "Terus"}, "en": {"common.next": "Go on"}},
    )
    take(stage, 1, content)
    look(stage)
    assert (ended, stage.says(SAY("common.next"))) == ([], True)
    stage.tap("leave")
    look(stage)
    assert ended[:1] == [RENEW]
    again = open_kiosk()
    assert again.services.config == 1
    assert again.says("Kecamatan Baru")
    again.play(TRADER, until="name")
    assert again.says("Terus")


def test_a_tariff_that_was_sent_counts_from_its_day_without_another_word_of_the_centre(
    stage: Stage, open_kiosk: OpenStage, ended: list[int], tmp_path: Path
) -> None:
    text = data_files.write(tmp_path, data_files.goes_on).read_text("utf-8")
    take(stage, 1, Content(data={"tariff.2027-01-01.json": text}))
    waiting = open_kiosk()
    before = waiting.services.data.tariff.version
    assert before.startswith("2026-11-22")
    look(waiting)
    assert ended == []
    waiting.clock.skip(40 * 24 * 3_600_000)
    look(waiting)
    assert ended[:1] == [RENEW]


def test_a_kiosk_that_stands_with_one_holds_it_good(
    stage: Stage, open_kiosk: OpenStage, ended: list[int]
) -> None:
    take(stage, 1, silence_s=60)
    again = open_kiosk()
    with again.services.store.reading() as record:
        assert [one.good for one in record.configuration.kept()] == [False]
    look(again)
    with again.services.store.reading() as record:
        assert [one.good for one in record.configuration.kept()] == [True]
    assert ended == []


def test_one_with_which_the_kiosk_never_stands_gives_way_to_the_one_before(
    stage: Stage, open_kiosk: OpenStage, quiet: Any
) -> None:
    quiet.tolerate("config refused")
    take(stage, 1, silence_s=60)
    stage = open_kiosk()
    look(stage)
    take(stage, 2, silence_s=70)
    assert [open_kiosk().services.config for _ in range(4)] == [2, 2, 2, 1]


def test_a_locked_kiosk_says_so_lets_the_staff_in_and_opens_again(
    stage: Stage, open_kiosk: OpenStage, ended: list[int]
) -> None:
    employ(stage)
    order(stage, 1, CommandKind.LOCK, "Sedang pindah ruang, kembali besok.")
    look(stage)
    assert ended[:1] == [RENEW]
    locked = open_kiosk()
    assert locked.screen == "locked"
    assert locked.says("Sedang pindah ruang, kembali besok.")
    assert locked.says("Bu Ratna")
    assert measure(locked).faults() == []
    locked.fall_silent(3600)
    assert locked.screen == "locked"
    locked.tap("help", "helped")
    assert locked.screen == "locked"
    desk = DeskStage(locked)
    desk.open()
    desk.sign_in(CLERK)
    desk.tap("signOut")
    order(locked, 2, CommandKind.UNLOCK)
    look(locked)
    assert open_kiosk().screen == "idle"


def test_an_order_waits_for_the_visit_and_is_kept_in_the_audit(
    stage: Stage, ended: list[int]
) -> None:
    stage.play(TRADER, until="name")
    order(stage, 1, CommandKind.RESTART)
    look(stage)
    assert ended == []
    stage.tap("leave")
    look(stage)
    assert ended[:1] == [RENEW]
    with stage.services.store.reading() as record:
        assert record.orders.to_tell() == [(1, "done")]


def test_the_code_on_the_failsafe_screen_is_told(stage: Stage, quiet: Any) -> None:
    quiet.tolerate("failsafe")
    vitals = stage.services.vitals
    stage.app.visit.fail("S 11")
    assert vitals.code == "S 11"
    stage.tap("again")
    assert vitals.code == ""
