"""The kiosk deletes what is old while nobody is at it."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.store_health import StoreHealth
from kiosk.storage import tables
from kiosk.storage.kept import KeptStore

from .desk_stage import employ
from .residents import TRADER
from .stage import OpenStage, Stage


def leave_old_page(stage: Stage) -> Path:
    folder = stage.settings.slips_folder
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "salinan-900001000018-20261122102400.pdf"
    page.write_bytes(b"x")
    written = (stage.clock.now() - timedelta(days=8)).timestamp()
    os.utime(page, (written, written))
    return page


def test_a_purge_waits_for_the_end_of_a_visit(stage: Stage) -> None:
    page = leave_old_page(stage)
    stage.play(TRADER, until="nik")
    stage.app.purging.look()
    stage.wait_for_work()
    assert page.exists()
    stage.tap("leave")
    stage.app.purging.look()
    stage.wait_for_work()
    assert not page.exists()
    (noted,) = [row for row in stage.rows(tables.audit) if row["event"] == "purged"]
    assert noted["details"] == '{"pages":1}'


def test_a_backup_waits_for_the_end_of_a_visit(
    open_kiosk: OpenStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    idle: list[bool] = []

    def listen(store: KeptStore, **told: bool) -> StoreHealth:
        idle.append(told["idle"])
        return tend(store, **told)

    tend = KeptStore.tend
    monkeypatch.setattr(KeptStore, "tend", listen)
    monkeypatch.setattr("kiosk.care.FIRST_AFTER_S", 0.01)
    monkeypatch.setattr("kiosk.care.EVERY_S", 0.01)
    stage = open_kiosk()
    stage.tap("start")
    stage.visitor.wait_until(lambda: idle[-1:] == [False])
    stage.tap("leave")
    stage.visitor.wait_until(lambda: idle[-1])
    stage.app.kiosk.deskWanted.emit()
    stage.visitor.wait_until(lambda: not idle[-1])


def test_a_purge_waits_while_somebody_works_at_the_desk(open_kiosk: OpenStage) -> None:
    stage = open_kiosk()
    employ(stage)
    page = leave_old_page(stage)
    stage.app.kiosk.deskWanted.emit()
    stage.app.purging.look()
    stage.wait_for_work()
    assert page.exists()
