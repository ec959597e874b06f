"""A connection that hangs is let go of, and what one machine alone has is no answer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.domain.centre import Link
from kiosk.sync.line import Answered, NotReached, Refused, Unreadable, Unsafe
from kiosk.sync.talk import Went
from sync.office import KioskAtCentre
from sync.test_handing_in import are_equal

SOON_S = 30.0


@contextmanager
def frozen(kiosk: KioskAtCentre) -> Iterator[None]:
    """Whatever the kiosk asks of the centre waits."""
    with kiosk.centre.connect() as owner, owner.transaction():
        owner.execute("SELECT FROM centre.kiosk WHERE id = %s FOR UPDATE", (kiosk.id,))
        yield


def wait_until_it_waits(kiosk: KioskAtCentre, event: str) -> int:
    """Return the process at the centre that works for the kiosk, once it waits for something."""
    with kiosk.centre.connect() as owner:
        while True:
            found = owner.execute(
                "SELECT pid FROM pg_stat_activity WHERE usename = %s AND wait_event = %s",
                (f"kiosk_{kiosk.number}", event),
            ).fetchone()
            if found:
                return int(found[0])


def test_an_answer_that_does_not_come_is_waited_for_no_longer_than_agreed(
    kiosk: KioskAtCentre,
) -> None:
    kiosk.register()
    kiosk.hand_in()
    kiosk.register()
    line = kiosk.faults.line
    with frozen(kiosk):
        assert line.call("kiosk_api.exchange", "{}", 0.2) == NotReached("C 21", was_sending=True)
    assert kiosk.hand_in() == Went(go_on=False)
    assert are_equal(kiosk)


def test_whoever_waits_for_an_answer_can_be_called_off(kiosk: KioskAtCentre) -> None:
    kiosk.hand_in()
    line, outcomes = kiosk.faults.line, []
    with frozen(kiosk):
        thread = threading.Thread(
            target=lambda: outcomes.append(line.call("kiosk_api.exchange", "{}", SOON_S))
        )
        thread.start()
        wait_until_it_waits(kiosk, "transactionid")
        line.cut_off()
        thread.join(SOON_S)
    assert outcomes == [NotReached("C 21", was_sending=True)]
    assert isinstance(line.call("kiosk_api.exchange", "{}", SOON_S), NotReached)


@pytest.fixture
def waits_for_nobody(kiosk: KioskAtCentre) -> Iterator[None]:
    """Commits of the kiosk wait for a second machine, which does not exist."""
    role = f"kiosk_{kiosk.number}"
    with kiosk.centre.connect() as owner:
        owner.execute("SET synchronous_commit = off")
        owner.execute(f"ALTER ROLE {role} SET synchronous_commit = on")
        owner.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        owner.execute("SELECT pg_reload_conf()")
        yield
        owner.execute("ALTER SYSTEM RESET synchronous_standby_names")
        owner.execute("SELECT pg_reload_conf()")


@pytest.mark.usefixtures("waits_for_nobody")
def test_a_commit_whose_second_machine_was_not_waited_for_is_not_acknowledged(
    kiosk: KioskAtCentre,
) -> None:
    (id_,) = kiosk.register()
    outcomes = []
    thread = threading.Thread(target=lambda: outcomes.append(kiosk.talk.once()))
    thread.start()
    process = wait_until_it_waits(kiosk, "SyncRep")
    with kiosk.centre.connect() as owner:
        owner.execute("SET synchronous_commit = off")
        owner.execute("SELECT pg_cancel_backend(%s)", (process,))
    thread.join(SOON_S)
    assert outcomes == [Unsafe()]
    assert set(kiosk.at_centre()) == {id_}
    assert (kiosk.status().link, kiosk.status().waiting) == (Link.UNSAFE, 1)


def test_what_the_server_says_is_told_apart(kiosk: KioskAtCentre) -> None:
    line = kiosk.faults.line
    assert isinstance(line.call("kiosk_api.exchange", '{"protocol": 2}', SOON_S), Refused)
    assert line.call("kiosk_api.exchange", '"\\u0000"', SOON_S) == Unreadable("22P05")
    assert line.call("kiosk_api.no_such", "{}", SOON_S) == Refused("C 26")
    assert line.call("pg_catalog.to_jsonb", "{}", SOON_S) != Answered({}, 0.0)
