"""Five kiosks and a centre under random faults end with equal sets."""

from pathlib import Path

import pytest
from central.fixtures import Centre

from sync.five import five_at_work

STEPS = 150


@pytest.mark.parametrize("seed", [1, 2])
def test_all_kiosks_and_the_centre_end_equal(centre: Centre, tmp_path: Path, seed: int) -> None:
    with five_at_work(centre, tmp_path, seed) as five:
        five.live(STEPS)
        assert sum(len(kiosk.has()) for kiosk in five.kiosks) > 50
