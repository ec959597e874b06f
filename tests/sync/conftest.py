"""A kiosk that has joined a fresh centre."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from central.fixtures import Centre

from sync.office import KioskAtCentre, joined


@pytest.fixture
def kiosk(centre: Centre, tmp_path: Path) -> Iterator[KioskAtCentre]:
    with joined(centre, tmp_path / "kiosk") as one:
        yield one
