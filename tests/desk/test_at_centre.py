"""What the desk reads of the centre from the kiosk's own record, and what it lets go again."""

import pytest
from samples import NOW, StillClock, make_application

from kiosk.desk.at_centre import (
    CopyReported,
    copy_reported,
    parked,
    try_again,
    whereabouts,
)
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.centre import Handed, Outcome
from kiosk.domain.centre_desk import Whereabouts
from kiosk.domain.registration import Registration
from kiosk.domain.staff import Action
from kiosk.registration import Registered, register
from kiosk.storage.store import Store

from .office import ADMIN, SUPERVISOR, desk_of


@pytest.fixture
def person(store: Store, clock: StillClock) -> Registration:
    made = register(store, make_application("id 1"), clock)
    assert isinstance(made, Registered)
    return made.registration


def answer(store: Store, one: Registration, outcome: Outcome, reason: str = "") -> None:
    handed = Handed(one.id, one.revision, outcome, 0 if reason else 1, reason)
    with store.transaction() as record:
        record.centre.acknowledge([handed], NOW)


def test_what_got_no_answer_is_on_this_kiosk_alone(desk: Desk, person: Registration) -> None:
    assert whereabouts(desk, person.id) == Whereabouts()


def test_what_the_centre_took_is_there_since_its_answer(
    desk: Desk, store: Store, person: Registration
) -> None:
    answer(store, person, Outcome.STORED)
    assert whereabouts(desk, person.id) == Whereabouts(at_centre_since=NOW)


def test_what_was_rejected_goes_once_more_and_the_audit_keeps_who_asked(
    desk: Desk, store: Store, person: Registration
) -> None:
    answer(store, person, Outcome.REJECTED, "bad_nik")
    (one,) = parked(desk)  # type: ignore[misc]
    assert (one.number, one.reason) == (person.number, "bad_nik")
    assert whereabouts(desk, person.id) == Whereabouts(parked=one)
    assert try_again(desk, person.id) == 1
    assert parked(desk) == ()
    with store.reading() as record:
        last = record.desk.audit_entries(person.id)[-1]
        waiting = record.centre.queue().waiting
    assert (last.event, last.actor) == ("sent_to_centre_again", desk.account.id)
    assert waiting == 1


def test_an_admin_learns_of_no_registration(
    store: Store, clock: StillClock, person: Registration
) -> None:
    admin = desk_of(ADMIN, store, clock)
    refused = NotAllowed(Action.SEE)
    assert parked(admin) == refused
    assert whereabouts(admin, person.id) == refused
    assert try_again(admin, person.id) == refused


def test_only_an_admin_says_that_a_copy_was_reported(store: Store, clock: StillClock) -> None:
    refused = NotAllowed(Action.JOIN_CENTRE)
    assert copy_reported(desk_of(SUPERVISOR, store, clock)) == refused
    assert copy_reported(desk_of(ADMIN, store, clock)) == CopyReported()
