"""What all tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from samples import KEY, StillClock

from kiosk.storage.store import Store, open_store

# A slow machine is no fault: no test of this project judges time.
settings.register_profile("anjungan", deadline=None)
settings.load_profile("anjungan")


pytest_plugins = ["central.fixtures"]


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
