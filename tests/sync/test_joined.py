"""A kiosk that worked alone joins a centre: what it had goes there under the numbers it had."""

import uuid
from contextlib import closing
from pathlib import Path

from central.enrolled import OFFICE, console_of
from central.fixtures import Centre
from samples import StillClock, make_application, nik_of

from kiosk.central.enrolment import enrol
from kiosk.central.token import write_token
from kiosk.domain.registration_number import PROVISIONAL_KIOSK_NUMBERS
from kiosk.keys import KioskKeys
from kiosk.registration import Registered, register
from kiosk.storage.store import Store
from kiosk.sync.joining import Joined, join
from kiosk.sync.line import open_line
from kiosk.sync.talk import Talk, Went
from kiosk.sync.worker import read_status
from sync.office import VERSION


def registered(store: Store, serial: int) -> Registered:
    applied = make_application(str(uuid.uuid4()), nik=nik_of(serial))
    outcome = register(store, applied, StillClock())
    assert isinstance(outcome, Registered)
    return outcome


def test_what_was_registered_before_joining_is_handed_in_with_its_old_number(
    centre: Centre, store: Store, tmp_path: Path
) -> None:
    before = registered(store, 1).registration
    token = enrol(console_of(centre, tmp_path), "Anjungan Ciruas", OFFICE).token
    keys = KioskKeys(bytes(32), bytes(32))
    joined = join(store, keys, write_token(token), tmp_path, StillClock())
    assert isinstance(joined, Joined)
    after = registered(store, 2).registration
    assert int(before.kiosk_number) in PROVISIONAL_KIOSK_NUMBERS
    assert after.kiosk_number == joined.number
    with store.reading() as record:
        membership = record.centre.membership()
    assert membership is not None
    with closing(open_line(membership, tmp_path)) as line:
        assert Talk(store, line, StillClock(), VERSION).once() == Went(go_on=False)
    status = read_status(store)
    assert (status.waiting, status.parked) == (0, 0)
    with centre.connect() as owner:
        there = owner.execute("SELECT number FROM centre.registration").fetchall()
    assert {number for (number,) in there} == {before.number, after.number}
