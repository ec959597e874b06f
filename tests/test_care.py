"""The thread that tends the record while everybody works."""

import threading
from pathlib import Path

import pytest
from keeping import Kept, add
from samples import KEY

from kiosk.care import Care
from kiosk.domain.store_health import StoreHealth
from kiosk.storage.store import open_store


@pytest.fixture
def kiosk(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "kiosk")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.care.FIRST_AFTER_S", 0.01)
    monkeypatch.setattr("kiosk.care.EVERY_S", 0.01)


class Staff:
    """Waits until it is told what it wants to hear."""

    def __init__(self) -> None:
        self.told: list[StoreHealth] = []
        self._heard = threading.Condition()

    def hear(self, health: StoreHealth) -> None:
        with self._heard:
            self.told.append(health)
            self._heard.notify_all()

    def hears(self, **wanted: object) -> bool:
        def so() -> bool:
            return bool(self.told) and all(
                getattr(self.told[-1], name) == value for name, value in wanted.items()
            )

        with self._heard:
            return self._heard.wait_for(so, timeout=30)


def test_backup_check_and_mending_come_by_themselves_and_the_staff_is_told(kiosk: Kept) -> None:
    staff, idle = Staff(), threading.Event()
    with kiosk.opened() as store:
        care = Care(store)
        care.start(idle.is_set, staff.hear)
        try:
            add(store, kiosk.clock, 1)
            assert staff.hears(backups=0, checked_at=None)
            idle.set()
            assert staff.hears(backups=1, checked_at=kiosk.clock.moment, is_well=True)
            assert store.clear_log()
            kiosk.flip(2)
            store._engine.dispose()
            assert not store.check()
            assert staff.hears(set_aside=("set-aside-0001",), damage="", is_well=True)
            add(store, kiosk.clock, 2)
        finally:
            care.stop()
    assert len(kiosk.record()["registration"]) == 2


def test_a_store_to_practise_in_is_not_tended(tmp_path: Path) -> None:
    store = open_store(tmp_path / "practice" / "store", KEY)
    care = Care(store)
    care.start(lambda: True)
    assert "care" not in {thread.name for thread in threading.enumerate()}
    care.stop()
    store.close()
    assert [path.name for path in (tmp_path / "practice").iterdir()] == ["store"]
