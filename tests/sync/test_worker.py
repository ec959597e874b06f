"""The thread: it hands in by itself, in one program alone, and never keeps anybody waiting."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from kiosk.domain.centre import Link, SyncStatus
from kiosk.domain.centre_desk import Reconciled, Whereabouts
from kiosk.storage.centre import Membership
from kiosk.storage.store import Store
from kiosk.sync import worker
from kiosk.sync.line import CallOutcome, Line, NotReached, open_line
from kiosk.sync.talk import Talk
from kiosk.sync.worker import Sync
from sync.office import VERSION, KioskAtCentre
from sync.test_handing_in import are_equal
from sync.test_line import frozen, wait_until_it_waits

SOON_S = 30.0


class Watcher:
    """Waits for a status."""

    def __init__(self, sync: Sync) -> None:
        self._sync = sync
        self._changed = threading.Condition()
        sync.listen(self._moved)

    def _moved(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[SyncStatus], bool]) -> SyncStatus:
        with self._changed:
            assert self._changed.wait_for(lambda: wanted(self._sync.status()), SOON_S)
        return self._sync.status()


@pytest.fixture(autouse=True)
def _begin_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "FIRST_AFTER_S", 0.0)


@contextmanager
def at_work(kiosk: KioskAtCentre, **given: Any) -> Iterator[tuple[Sync, Watcher]]:
    sync = Sync(kiosk.store, kiosk.kept.places.store, kiosk.clock, VERSION, **given)
    watcher = Watcher(sync)
    sync.start()
    try:
        yield sync, watcher
    finally:
        sync.stop()


def test_what_is_registered_is_handed_in_without_anybody_asking(kiosk: KioskAtCentre) -> None:
    with at_work(kiosk) as (_, watcher):
        watcher.wait_for(lambda status: status.link is Link.REACHED)
        kiosk.register()
        watcher.wait_for(lambda status: status.waiting == 1)
        watcher.wait_for(lambda status: status.waiting == 0)
    assert len(kiosk.at_centre()) == 1
    assert are_equal(kiosk)


def test_it_ends_at_once_also_while_an_answer_is_waited_for(kiosk: KioskAtCentre) -> None:
    with at_work(kiosk) as (sync, watcher):
        watcher.wait_for(lambda status: status.link is Link.REACHED)
        with frozen(kiosk):
            kiosk.register()
            wait_until_it_waits(kiosk, "transactionid")
            sync.stop()
            assert not sync._thread.is_alive()
    assert kiosk.status().waiting == 1
    kiosk.hand_in()
    assert are_equal(kiosk)


def test_a_server_that_says_nothing_at_all_does_not_hold_the_end_up(
    kiosk: KioskAtCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched: list[str] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        kiosk.use(hosts=(host,))
        kiosk.register()
        with at_work(kiosk) as (sync, _):
            met, _ = silent.accept()
            sync.stop()
            with monkeypatch.context() as closed:
                closed.setattr(kiosk.store, "transaction", lambda: touched.append("written"))
                closed.setattr(kiosk.store, "reading", lambda: touched.append("read"))
                met.close()
                sync._thread.join(SOON_S)
            assert not sync._thread.is_alive()
    assert touched == []
    assert kiosk.status().waiting == 1


def test_of_two_programs_on_a_store_one_hands_in_and_both_know_how_it_stands(
    kiosk: KioskAtCentre,
) -> None:
    asked: list[str] = []

    def refuse(_membership: Membership, _folder: object) -> Any:
        asked.append("line")
        raise AssertionError("it is the other program's turn")

    other_store: Store = kiosk.kept.open()
    with closing(other_store), at_work(kiosk) as (_, first):
        first.wait_for(lambda status: status.link is Link.REACHED)
        second = Sync(other_store, kiosk.kept.places.store, kiosk.clock, VERSION, line_of=refuse)
        second.start()
        kiosk.register()
        first.wait_for(lambda status: status.waiting == 0 and len(kiosk.at_centre()) == 1)
        second.look()
        assert second.status() == first._sync.status()
        second.stop()
    assert asked == []


class FailsOnce:
    """A line that carries nothing the first time."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._failed = False
        self.close, self.cut_off = line.close, line.cut_off

    def call(self, function: str, request: str, patience_s: float) -> CallOutcome:
        if self._failed:
            return self._line.call(function, request, patience_s)
        self._failed = True
        return NotReached("C 21", was_sending=False)


def test_somebody_who_asks_in_the_other_program_is_served_as_well(
    kiosk: KioskAtCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "LOOK_S", 0.05)
    monkeypatch.setattr(Talk, "pause_s", lambda _: 3600.0)
    other_store: Store = kiosk.kept.open()
    line_of: Any = lambda *given: FailsOnce(open_line(*given))  # noqa: E731
    with closing(other_store), at_work(kiosk, line_of=line_of) as (_, first):
        first.wait_for(lambda status: status.code == "C 21")
        kiosk.register()
        other = Sync(other_store, kiosk.kept.places.store, kiosk.clock, VERSION)
        other.start()
        other.nudge()
        first.wait_for(lambda status: status.link is Link.REACHED and not status.waiting)
        other.stop()
    assert are_equal(kiosk)


def test_a_failure_is_slept_off_and_somebody_who_asks_is_served_at_once(
    kiosk: KioskAtCentre,
) -> None:
    kiosk.use(database="not_there")
    with at_work(kiosk) as (sync, watcher):
        status = watcher.wait_for(lambda status: status.link is Link.REFUSED)
        assert status.code == "C 22"
        kiosk.register()
        with kiosk.store.transaction() as record:
            record.centre.point_at(kiosk.membership())
        sync.nudge()
        watcher.wait_for(lambda status: status.link is Link.REACHED and not status.waiting)
    assert are_equal(kiosk)


def test_a_kiosk_that_joins_while_it_runs_begins_by_itself(kiosk: KioskAtCentre) -> None:
    membership = kiosk.membership()
    with kiosk.store.transaction() as record:
        record._connection.exec_driver_sql("DELETE FROM store_fact WHERE name = 'centre'")
    kiosk.register(2)
    with at_work(kiosk) as (sync, watcher):
        assert sync.status() == SyncStatus(Link.NOT_JOINED)
        assert (sync.address(), sync.reconcile_now()) == ("", Reconciled(0, 0, 0))
        with kiosk.store.transaction() as record:
            record.centre.join(membership, kiosk.number)
        sync.nudge()
        watcher.wait_for(lambda status: status.link is Link.REACHED and not status.waiting)
        assert sync.address() == "127.0.0.1"
    assert are_equal(kiosk)


def test_the_desk_is_told_where_each_registration_is_and_can_have_it_tried_again(
    kiosk: KioskAtCentre,
) -> None:
    good = kiosk.register_one().id
    bad = kiosk.register_one(phone="081200000007").id
    with kiosk.centre.connect() as owner:
        owner.execute(
            "ALTER TABLE centre.registration ADD CONSTRAINT not_this_one"
            " CHECK (payload -> 'row' ->> 'phone' <> '081200000007')"
        )
    with at_work(kiosk) as (sync, watcher):
        watcher.wait_for(lambda status: status.parked == 1)
        (parked,) = sync.parked()
        assert (parked.registration_id, parked.reason) == (bad, "database_23514")
        assert sync.whereabouts(bad) == Whereabouts(None, parked)
        assert sync.whereabouts(good) == Whereabouts(kiosk.clock.now(), None)
        with kiosk.centre.connect() as owner:
            owner.execute("ALTER TABLE centre.registration DROP CONSTRAINT not_this_one")
        sync.try_again(bad)
        watcher.wait_for(lambda status: status.parked == 0 and status.waiting == 0)
        assert sync.reconcile_now() == Reconciled(1, 0, 0)
    assert set(kiosk.at_centre()) == {good, bad}


def test_a_mistake_in_the_program_stops_neither_the_thread_nor_the_kiosk(
    kiosk: KioskAtCentre, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_membership: Membership, _folder: object) -> Any:
        raise RuntimeError("a mistake")

    with at_work(kiosk, line_of=fail) as (sync, _):
        kiosk.register()
        while not caplog.records:
            sync._wake.set()
        assert sync._thread.is_alive()
    assert str(caplog.records[0].msg).startswith("bug")
