"""A kiosk that has joined a fresh centre."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from central.fixtures import Centre

from sync.office import KioskAtCentre, make_empty


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty") / "kiosk"
    make_empty(folder)
    return folder


@pytest.fixture
def kiosk(centre: Centre, tmp_path: Path, empty: Path) -> Iterator[KioskAtCentre]:
    with closing(KioskAtCentre(centre, tmp_path / "kiosk", empty)) as one:
        yield one
