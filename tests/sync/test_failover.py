"""Two servers: what the kiosk was told of is on the second one when the first is gone."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from central.cluster import Cluster
from central.fixtures import Centre, install_centre
from central.pair import Pair, running_pair
from central.waiting import until

from kiosk.domain.centre import Link
from kiosk.sync.line import NotReached, Unsafe
from kiosk.sync.talk import Went
from sync.at_work import KioskAtWork, at_work

DATABASE = "centre"
SOON_S = 0.4
"""So long a push waits here for an answer that does not come."""


@contextmanager
def _pair() -> Iterator[Pair]:
    def prepare(primary: Cluster) -> None:
        with primary.connect() as owner:
            owner.execute(f"CREATE DATABASE {DATABASE}")
        install_centre(primary.url(DATABASE, sslmode="disable"))

    with running_pair(prepare) as pair:
        yield pair


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    """A pair that every test leaves as it was."""
    with _pair() as running:
        yield running


@contextmanager
def _kiosk(pair: Pair, folder: Path, number: str) -> Iterator[KioskAtWork]:
    centre = Centre(pair.primary, DATABASE)
    with at_work(centre, folder / "store", number, pair.ports) as kiosk:
        yield kiosk


@dataclass
class Pushing:
    """Registers and hands in without an end, in a thread; counts what was acknowledged."""

    kiosk: KioskAtWork
    acknowledged: int = 0
    last_at_s: float = 0.0
    _enough: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Go on until it is enough."""
        while not self._enough.is_set():
            if not self.kiosk.waits():
                self.kiosk.register_many(1)
            if isinstance(self.kiosk.talk.once(), Went):
                self.acknowledged += 1
                self.last_at_s = time.monotonic()

    def stop(self) -> None:
        """It is enough."""
        self._enough.set()


def test_nothing_acknowledged_is_lost_with_the_first_server(tmp_path: Path) -> None:
    with _pair() as pair, _kiosk(pair, tmp_path, "10917") as kiosk, ThreadPoolExecutor() as pool:
        kiosk.impatient.patience_s = SOON_S
        pushing = Pushing(kiosk)
        done = pool.submit(pushing.run)
        try:
            until(lambda: pushing.acknowledged >= 30)
            pair.freeze()
            until(lambda: bool(pair.waiting()))
            acknowledged = pushing.acknowledged
            pair.primary.kill()
            killed_at_s = time.monotonic()
            pair.standby.promote()
            until(lambda: pushing.acknowledged > acknowledged)
            first_s = pushing.last_at_s - killed_at_s
            until(lambda: pushing.acknowledged > acknowledged + 10)
        finally:
            pushing.stop()
            done.result()
        told = {id_: one for id_, one in kiosk.has().items() if one.receipt}
        kiosk.centre = Centre(pair.standby, DATABASE)
        there = kiosk.centre_has()
        lost = [id_ for id_, one in told.items() if there.get(id_) != one]
        print(f"{len(told)} acknowledged, {len(lost)} lost, first push {first_s:.2f} s after")
        assert len(told) > 40
        assert not lost
        kiosk.drain()
        kiosk.assert_equal()


def test_a_cancelled_wait_is_no_acknowledgement(pair: Pair, tmp_path: Path) -> None:
    with _kiosk(pair, tmp_path, "10918") as kiosk, ThreadPoolExecutor() as pool:
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
    with _kiosk(pair, tmp_path, "10919") as kiosk:
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
