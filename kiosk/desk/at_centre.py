"""What this kiosk's own record knows of its registrations at the centre."""

from dataclasses import dataclass, replace

from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.centre import Parked
from kiosk.domain.centre_desk import Whereabouts
from kiosk.domain.staff import Action

SENT_AGAIN = "sent_to_centre_again"
COPY_REPORTED = "copy_reported"


@dataclass(frozen=True, slots=True)
class CopyReported:
    """Nobody needs to be told any more."""


def parked(desk: Desk) -> tuple[Parked, ...] | NotAllowed:
    """Return what the centre rejected, the oldest first."""
    refused = desk.refusal(Action.SEE)
    if refused:
        return refused
    with desk.store.reading() as record:
        return record.centre.parked()


def whereabouts(desk: Desk, registration_id: str) -> Whereabouts | NotAllowed:
    """Return where a registration is known to be."""
    refused = desk.refusal(Action.SEE)
    if refused:
        return refused
    with desk.store.reading() as record:
        rejected = (one for one in record.centre.parked() if one.registration_id == registration_id)
        return Whereabouts(record.centre.at_centre_since(registration_id), next(rejected, None))


def try_again(desk: Desk, registration_id: str) -> int | NotAllowed:
    """Let what the centre rejected go once more; returns how many that are. The audit keeps it."""
    refused = desk.refusal(Action.SEE)
    if refused:
        return refused
    with desk.store.transaction() as record:
        tried = record.centre.try_again(registration_id)
        if tried:
            record.desk.note(registration_id, desk.deed(SENT_AGAIN, desk.clock.now()))
    return tried


def copy_reported(desk: Desk) -> CopyReported | NotAllowed:
    """Keep that somebody has reported that this store seems to be a copy; it is alarmed no more."""
    refused = desk.refusal(Action.JOIN_CENTRE)
    if refused:
        return refused
    with desk.store.transaction() as record:
        record.centre.keep_state(replace(record.centre.state(), copied_at=None))
        record.staff.note(desk.deed(COPY_REPORTED, desk.clock.now()))
    return CopyReported()


def address(desk: Desk) -> str:
    """Return the hosts of the centre that this kiosk belongs to, "" for none."""
    with desk.store.reading() as record:
        membership = record.centre.membership()
    return ", ".join(host.rpartition(":")[0] for host in membership.hosts) if membership else ""
