"""A centre on two servers, of which the first is killed while a kiosk hands in."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from central.cluster import Cluster
from central.fixtures import Centre, install_centre
from central.pair import Pair, running_pair
from central.waiting import until

from kiosk.sync.talk import Went
from sync.at_work import KioskAtWork, at_work

DATABASE = "centre"
SOON_S = 0.4
"""So long a push waits here for an answer that does not come."""


@contextmanager
def paired_centre() -> Iterator[Pair]:
    def prepare(primary: Cluster) -> None:
        with primary.connect() as owner:
            owner.execute(f"CREATE DATABASE {DATABASE}")
        install_centre(primary.url(DATABASE, sslmode="disable"))

    with running_pair(prepare) as pair:
        yield pair


@contextmanager
def kiosk_at_pair(pair: Pair, folder: Path, number: str) -> Iterator[KioskAtWork]:
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


@dataclass(frozen=True)
class FailedOver:
    """What the kiosk was told before and after, what of it the second server lacks, and how soon
    the second one took something after the first was killed."""

    acknowledged: int
    lost: int
    first_push_s: float


def fail_over(folder: Path, before: int) -> FailedOver:
    """Kill the first server after so many answers, while an exchange waits for the second one.

    Afterwards both sides must be equal.
    """
    with (
        paired_centre() as pair,
        kiosk_at_pair(pair, folder, "10917") as kiosk,
        ThreadPoolExecutor() as pool,
    ):
        kiosk.impatient.patience_s = SOON_S
        pushing = Pushing(kiosk)
        done = pool.submit(pushing.run)
        try:
            first_push_s = _kill_the_first(pair, pushing, before)
        finally:
            pushing.stop()
            done.result()
        kiosk.centre = Centre(pair.standby, DATABASE)
        told = {id_: one for id_, one in kiosk.has().items() if one.receipt}
        there = kiosk.centre_has()
        lost = [id_ for id_, one in told.items() if there.get(id_) != one]
        kiosk.drain()
        kiosk.assert_equal()
    return FailedOver(len(told), len(lost), first_push_s)


def _kill_the_first(pair: Pair, pushing: Pushing, before: int) -> float:
    until(lambda: pushing.acknowledged >= before)
    pair.freeze()
    until(lambda: bool(pair.waiting()))
    acknowledged = pushing.acknowledged
    pair.primary.kill()
    killed_at_s = time.monotonic()
    pair.standby.promote()
    until(lambda: pushing.acknowledged > acknowledged)
    first_push_s = pushing.last_at_s - killed_at_s
    until(lambda: pushing.acknowledged > acknowledged + 10)
    return first_push_s
