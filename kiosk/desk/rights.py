"""Rights of the person: what was asked for, until when, and carrying it out (UU 27/2022).

A request is recorded, carried out and proven on paper. Its record holds no personal data.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from kiosk.desk.details import CORRECTED
from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.domain import orders
from kiosk.domain.orders import AlreadySo
from kiosk.domain.print_job import PrintJob
from kiosk.domain.registration import Registration, Status
from kiosk.domain.rights import (
    NEEDS,
    WITHDRAWN,
    Erasure,
    OpenRequest,
    Request,
    RequestState,
    Right,
    waiting,
)
from kiosk.domain.staff import Action
from kiosk.proof import forget_tries
from kiosk.storage.rights import ERASED
from kiosk.storage.store import Record

DATA_COPIED = "data_copied"
_EVIDENCE: Mapping[Right, str] = {Right.COPY: DATA_COPIED, Right.CORRECTION: CORRECTED}
"""What the audit must hold before a request counts as done that is carried out elsewhere."""


class Papers(Protocol):
    """Where slips and other pages went on their way to paper."""

    def forget(self, number: str, slips: Collection[PrintJob]) -> bool:
        """Remove files of a registration's number, and what the printer keeps of its slips.

        False when something is still there.
        """


@dataclass(frozen=True, slots=True)
class NoSuchRequest:
    """No request has this id, or it was called off."""


@dataclass(frozen=True, slots=True)
class NotYetDone:
    """What was asked for has not been done since: no copy made, nothing corrected."""


@dataclass(frozen=True, slots=True)
class NotAllGone:
    """Files, the store's log, its journal or a backup could not be cleared. The request stays open:
    try again."""


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """The request is done. `others` are numbers of further registrations with the same NIK, which
    an erasure did not touch."""

    request: Request
    others: tuple[str, ...] = ()


def record_request(
    desk: Desk, registration_id: str, right: Right
) -> Request | NotAllowed | NotFound:
    """Note that the person asks for something; the same again while it waits is the same request.

    Whoever records it has seen the person's KTP.
    """
    refused = desk.refusal(Action.RECORD_REQUEST)
    if refused:
        return refused
    with desk.store.transaction() as record:
        row = record.row(registration_id)
        if row is None:
            return NotFound()
        waits = record.rights.open_request(registration_id, right)
        if waits is not None:
            return waits
        now = desk.clock.now()
        request_id = record.rights.ask(row, right, desk.account.id, now)
        record.desk.note(registration_id, desk.deed(f"{right}_asked", now, request=request_id))
        return _known(record, request_id)


def open_requests(desk: Desk) -> tuple[OpenRequest, ...] | NotAllowed:
    """Return what waits to be carried out, the nearest deadline first."""
    refused = desk.refusal(Action.RECORD_REQUEST)
    if refused:
        return refused
    now = desk.clock.now()
    with desk.store.reading() as record:
        return tuple(waiting(request, now) for request in record.rights.open_requests())


def requests_of(desk: Desk, registration_id: str) -> tuple[Request, ...] | NotAllowed:
    """Return what was asked about a registration, the oldest first; also about an erased one."""
    refused = desk.refusal(Action.RECORD_REQUEST)
    if refused:
        return refused
    with desk.store.reading() as record:
        return record.rights.requests_of(registration_id)


def find_erased(desk: Desk, number: str) -> Erasure | NotAllowed | NotFound:
    """Return what is left of a registration whose slip somebody still has."""
    refused = desk.refusal(Action.SEE)
    if refused:
        return refused
    with desk.store.reading() as record:
        return record.rights.erasure_of_number(number) or NotFound()


def call_off(desk: Desk, request_id: int) -> Request | NotAllowed | NoSuchRequest:
    """Close a request that the person took back; one that was carried out stays carried out."""
    refused = desk.refusal(Action.RECORD_REQUEST)
    if refused:
        return refused
    with desk.store.transaction() as record:
        request = record.rights.request(request_id)
        if request is None:
            return NoSuchRequest()
        if request.state is RequestState.OPEN:
            _close(desk, record, request, RequestState.CALLED_OFF, 0)
        return _known(record, request_id)


def carry_out(
    desk: Desk, request_id: int, papers: Papers
) -> CarriedOut | NotYetDone | NotAllGone | NotAllowed | NoSuchRequest:
    """Do what was asked for and close the request.

    A copy and a correction must have been made before, by copy_of() and correct(), since it was
    asked for. A withdrawal makes the registration void. An erasure removes everything personal of
    the registration from the store, its search, its log and the files of its papers, for good.
    """
    with desk.store.reading() as record:
        request = record.rights.request(request_id)
    if request is None or request.state is RequestState.CALLED_OFF:
        return NoSuchRequest()
    refused = desk.refusal(NEEDS[request.right])
    if refused:
        return refused
    if request.state is RequestState.DONE:
        return CarriedOut(request)
    if request.right is Right.ERASURE:
        return _erase(desk, request, papers)
    if request.right is Right.WITHDRAWAL:
        return _withdraw(desk, request)
    return _settle(desk, request, _EVIDENCE[request.right])


def _settle(desk: Desk, request: Request, evidence: str) -> CarriedOut | NotYetDone:
    with desk.store.transaction() as record:
        if not record.rights.was_done_since(request.registration_id, evidence, request.asked_at):
            return NotYetDone()
        return _done(desk, record, request, _standing(record, request).batch)


def _withdraw(desk: Desk, request: Request) -> CarriedOut:
    with desk.store.transaction() as record:
        before = _standing(record, request)
        after = orders.void(before)
        if not isinstance(after, AlreadySo):
            deed = desk.deed(Status.VOID.value, desk.clock.now())
            record.desk.replace(before, after, WITHDRAWN, deed)
        return _done(desk, record, request, before.batch)


def _erase(desk: Desk, request: Request, papers: Papers) -> CarriedOut | NotAllGone:
    others: tuple[str, ...] = ()
    with desk.store.transaction() as record:
        # Within the transaction, so that the print thread cannot write a slip behind our back: it
        # finds the slip no longer owed and removes what it has made.
        slips = record.prints.begun(request.registration_id)
        if not papers.forget(request.number, slips):
            return NotAllGone()
        row = record.row(request.registration_id)
        if row is not None:
            others = record.rights.other_numbers(row)
            _erase_rows(desk, record, row, request)
    if not (desk.store.clear_log() and desk.store.forget_copies()):
        return NotAllGone()
    with desk.store.transaction() as record:
        left = record.rights.erasure(request.registration_id)
        return _done(desk, record, request, left.batch if left else 0, others)


def _erase_rows(desk: Desk, record: Record, row: Mapping[str, Any], request: Request) -> None:
    record.drop_drafts_of(row["id"], row["nik"])
    forget_tries(record, row["nik"])
    record.rights.erase(row, desk.deed(ERASED, desk.clock.now(), request=request.id))
    for other in record.rights.requests_of(row["id"]):
        if other.state is RequestState.OPEN and other.id != request.id:
            # What was erased is withdrawn as well; the rest can no longer be done.
            withdrawn = other.right is Right.WITHDRAWAL
            state = RequestState.DONE if withdrawn else RequestState.CALLED_OFF
            _close(desk, record, other, state, row["batch"])


def _standing(record: Record, request: Request) -> Registration:
    """The registration of an open request is there: an erasure closes those of its own."""
    registration = record.find(request.registration_id)
    if registration is None:
        raise AssertionError("a request is open for a registration that does not exist")
    return registration


def _done(
    desk: Desk, record: Record, request: Request, batch: int, others: tuple[str, ...] = ()
) -> CarriedOut:
    _close(desk, record, request, RequestState.DONE, batch)
    return CarriedOut(_known(record, request.id), others)


def _close(desk: Desk, record: Record, request: Request, state: RequestState, batch: int) -> None:
    now = desk.clock.now()
    record.rights.close(request, state, desk.account.id, now, batch)
    deed = desk.deed(f"{request.right}_{state}", now, request=request.id)
    record.desk.note(request.registration_id, deed)


def _known(record: Record, request_id: int) -> Request:
    request = record.rights.request(request_id)
    if request is None:
        raise AssertionError("a request that was just written is not there")
    return request
