"""What this kiosk's own record knows of its registrations at the centre."""

from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.centre import Parked
from kiosk.domain.centre_desk import Whereabouts
from kiosk.domain.staff import Action

SENT_AGAIN = "sent_to_centre_again"


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


def address(desk: Desk) -> str:
    """Return the hosts of the centre that this kiosk belongs to, "" for none."""
    with desk.store.reading() as record:
        membership = record.centre.membership()
    return ", ".join(host.rpartition(":")[0] for host in membership.hosts) if membership else ""
