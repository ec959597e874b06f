"""What all tests share."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import settings
from samples import KEY, StillClock

from kiosk import accounts
from kiosk.storage.store import Store, open_store
from ui.garbage import collect_due

# A slow machine is no fault: no test of this project judges time.
settings.register_profile("anjungan", deadline=None)
settings.load_profile("anjungan")


pytest_plugins = ["central.fixtures"]


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[Callable[[], PasswordHasher]]:
    """PINs are hashed as on a kiosk, but not as slowly. Gives what the kiosk hashes with."""
    slow = accounts._hasher
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        patch.setattr(accounts, "_hasher", lambda: quick)
        yield slow


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def store_folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(store_folder: Path) -> Iterator[Store]:
    """A new store, encrypted with KEY."""
    opened = open_store(store_folder, KEY)
    yield opened
    opened.close()


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a store be copied without being taken for a copy."""
    monkeypatch.setattr("kiosk.storage.mending.home_of", lambda _folder: "")


def pytest_sessionstart() -> None:
    """As in the program: no thread but this one looks for garbage, see ui/garbage.py."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    collect_due()
