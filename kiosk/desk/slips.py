"""The slips that are owed, and the printer that they wait for."""

from dataclasses import dataclass

from kiosk.desk.actions import owe_slip
from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.domain.paper import PaperCount
from kiosk.domain.print_job import BY_A_PERSON, CopyReason, PrintJob, PrintState
from kiosk.domain.staff import Action
from kiosk.storage.prints import WaitingSlip

LISTED_MAX = 200
"""Nobody reads further, and every one of them is read anew with every news of the printer."""
PAPER_REFILLED = "paper_refilled"
SLIP_SEEN = "slip_seen"
MAY_BE_OUT = frozenset({PrintState.UNSURE, PrintState.UNCONFIRMED, PrintState.FAILED})
"""A person may have found it; of what is on its way the printer knows more."""
LEFT_TO_A_PERSON = frozenset({PrintState.FAILED, PrintState.FILED})
"""Printed again only by an order. Whether an unsure one is out has to be looked at first."""


@dataclass(frozen=True, slots=True)
class OwedSlips:
    """What is not known to be out, the longest owed first; `more` when the list was cut."""

    slips: tuple[WaitingSlip, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class SlipIsOut:
    """Somebody has seen this copy."""

    copy: int


@dataclass(frozen=True, slots=True)
class StandsOtherwise:
    """The slip is not in doubt (any more): this is known of it."""

    state: PrintState


@dataclass(frozen=True, slots=True)
class AllOwed:
    """So many are printed again; `left` need a supervisor, because they would be copies."""

    owed: int
    left: int


def owed_slips(desk: Desk) -> OwedSlips | NotAllowed:
    """Return the slips that are not known to be out."""
    refused = desk.refusal(Action.SEE)
    if refused:
        return refused
    with desk.store.reading() as record:
        slips = record.prints.not_out(LISTED_MAX + 1)
    return OwedSlips(slips[:LISTED_MAX], len(slips) > LISTED_MAX)


def confirm_out(
    desk: Desk, registration_id: str, copy: int
) -> SlipIsOut | StandsOtherwise | NotFound | NotAllowed:
    """Note that somebody of the staff has seen a slip that nobody was sure of."""
    refused = desk.refusal(Action.REPRINT)
    if refused:
        return refused
    with desk.store.transaction() as record:
        job = record.prints.slip(registration_id, copy)
        if job is None:
            return NotFound()
        if job.state not in MAY_BE_OUT:
            return StandsOtherwise(job.state)
        now = desk.clock.now()
        record.prints.settle(job.id, PrintState.CAME_OUT, BY_A_PERSON, now)
        record.desk.note(registration_id, desk.deed(SLIP_SEEN, now, copy=copy))
    return SlipIsOut(copy)


def print_all(desk: Desk) -> AllOwed | NotAllowed:
    """Owe every listed slip once more that only an order gets printed, in the order of the list."""
    refused = desk.refusal(Action.REPRINT)
    if refused:
        return refused
    with desk.store.transaction() as record:
        waiting = [one.job for one in record.prints.not_out(LISTED_MAX)]
        asked = [job for job in waiting if job.state in LEFT_TO_A_PERSON]
        mine = [job for job in asked if _may_print(desk, job)]
        for job in mine:
            owe_slip(desk, record, job, CopyReason.NOT_OUT)
    return AllOwed(len(mine), len(asked) - len(mine))


def _may_print(desk: Desk, job: PrintJob) -> bool:
    return not job.is_followed_by_a_copy or desk.may(Action.COPY_SLIP)


def paper(desk: Desk) -> PaperCount | NotAllowed:
    """Return how many pages came out since the last refill."""
    refused = desk.refusal(Action.MIND_PRINTER)
    if refused:
        return refused
    with desk.store.reading() as record:
        return record.prints.paper()


def note_refill(desk: Desk) -> PaperCount | NotAllowed:
    """Note that somebody has put in paper; the count begins anew."""
    refused = desk.refusal(Action.MIND_PRINTER)
    if refused:
        return refused
    now = desk.clock.now()
    with desk.store.transaction() as record:
        filled = record.prints.paper().refilled(now)
        record.prints.set_paper(filled)
        record.desk.note("", desk.deed(PAPER_REFILLED, now))
    return filled
