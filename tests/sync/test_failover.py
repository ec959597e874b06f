"""Two servers: what the kiosk was told of is on the second one when the first is gone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from central.pair import Pair
from central.waiting import until

from kiosk.domain.centre import Link
from kiosk.sync.line import NotReached, Unsafe
from sync.failing_over import SOON_S, fail_over, kiosk_at_pair, paired_centre


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    """A pair that every test leaves as it was."""
    with paired_centre() as running:
        yield running


def test_nothing_acknowledged_is_lost_with_the_first_server(tmp_path: Path) -> None:
    failed_over = fail_over(tmp_path, before=30)
    assert failed_over.acknowledged > 40
    assert failed_over.lost == 0


def test_a_cancelled_wait_is_no_acknowledgement(pair: Pair, tmp_path: Path) -> None:
    with kiosk_at_pair(pair, tmp_path, "10918") as kiosk, ThreadPoolExecutor() as pool:
        kiosk.register_many(1)
        pair.freeze()
        try:
            pushing = pool.submit(kiosk.talk.once)
            until(lambda: bool(pair.waiting()))
            kiosk.owner.execute("SELECT pg_cancel_backend(%s)", (pair.waiting()[0],))
            assert isinstance(pushing.result(), Unsafe)
        finally:
            pair.thaw()
        assert kiosk.waits() == 1
        assert not any(one.receipt for one in kiosk.has().values())
        assert kiosk.status().link is Link.UNSAFE
        kiosk.drain()
        kiosk.assert_equal()


def test_while_the_second_server_hangs_nothing_is_acknowledged(pair: Pair, tmp_path: Path) -> None:
    with kiosk_at_pair(pair, tmp_path, "10919") as kiosk:
        kiosk.drain()
        kiosk.impatient.patience_s = SOON_S
        kiosk.register_many(2)
        pair.freeze()
        try:
            # More tries than the login may have connections: those given up still wait there.
            assert {type(kiosk.talk.once()) for _ in range(4)} == {NotReached}
        finally:
            pair.thaw()
        assert kiosk.waits() == 2
        kiosk.drain()
        kiosk.assert_equal()
        assert kiosk.alarms() == []
