"""A line that breaks again and again: each time a piece gets over, and nothing begins from zero.

What a line of 64 kbit/s with lost packets does to it: tests/chaos/long_slow_line.py.
"""

from pathlib import Path

import pytest
from central.fixtures import Centre
from central.proxy import How, Way, running_proxy

from sync.at_work import at_work

BACKLOG = 100


@pytest.mark.parametrize("lasts_bytes", [6_000, 40_000])
def test_each_connection_brings_a_piece_over(
    centre: Centre, tmp_path: Path, lasts_bytes: int
) -> None:
    with (
        running_proxy(centre.cluster.port) as proxy,
        at_work(centre, tmp_path / "store", ports=(proxy.port,)) as kiosk,
    ):
        kiosk.register_many(BACKLOG)
        waits = [kiosk.waits()]
        while waits[-1]:
            if proxy.has_cut:
                proxy.cut_after(Way.UP, lasts_bytes, How.RESET)
            kiosk.talk.once()
            waits.append(kiosk.waits())
            assert waits[-1] <= waits[-2]
            # Halving a batch that is too large takes a few tries, and then it goes on.
            assert len(waits) < 12 or waits[-1] < waits[-12]
        kiosk.assert_equal()
