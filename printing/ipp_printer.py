"""A printer that is asked itself, in IPP: it says of a single page what became of it."""

import time
from collections.abc import Callable

from printing.ipp import Operation
from printing.ipp_client import Address, Client, IppFailure
from printing.ipp_printing import (
    RemotePrinter,
    abilities_of,
    hold_of,
)
from printing.ipp_sending import Sending, job_id_of
from printing.ipp_ticket import prepare, reads_pages
from printing.papers import Paper
from printing.port import (
    ANSWER_S,
    FORGET_S,
    Abilities,
    LostTrack,
    News,
    NoAnswer,
    NotPrinted,
    NotSent,
    Outcome,
    Rejected,
    Status,
    require_name,
)

_TWO_STEPS = (Operation.CREATE_JOB, Operation.SEND_DOCUMENT)


class IppPrinter:
    """Prints at `address` (see ipp_client.parse_address) on `paper`."""

    def __init__(
        self,
        address: Address,
        paper: Paper,
        answer_s: float = ANSWER_S,
        *,
        is_verified: bool = True,
    ) -> None:
        self._paper = paper
        self._remote = RemotePrinter(Client(address, answer_s, is_verified=is_verified))
        self._sending = Sending(self._remote)

    def reads_pages(self) -> bool:
        """Ask whether it reads what pages are made into; raises IppFailure."""
        return reads_pages(self._remote.look())

    def status(self) -> Status:
        """Ask the printer; see Printer.status."""
        try:
            return self._remote.look().status
        except IppFailure as failure:
            return Status(hold_of(failure), says=str(failure))

    def abilities(self) -> Abilities:
        """Ask the printer; see Printer.abilities."""
        try:
            seen = self._remote.look()
        except IppFailure:
            return Abilities()
        return abilities_of(seen, is_printer=not seen.is_cups)

    def send(self, page: bytes, name: str, begin: Callable[[str], bool]) -> Outcome:
        """Hand over one page, a PDF; see Printer.send."""
        require_name(name)
        try:
            seen = self._remote.look()
        except IppFailure as failure:
            return NotSent(hold_of(failure))
        if seen.hold is not None:
            return NotSent(seen.hold)
        prepared = prepare(seen, self._paper, page)
        if isinstance(prepared, Rejected):
            return prepared
        if seen.can(*_TWO_STEPS):
            return self._sending.in_two_steps(prepared, name, begin)
        return self._sending.at_once(prepared, name, begin)

    def follow(self, handle: str, name: str) -> News:
        """Ask the printer what became of a page; see Printer.follow."""
        require_name(name)
        try:
            return self._news(handle, name)
        except IppFailure as failure:
            return NoAnswer(hold_of(failure))

    def _news(self, handle: str, name: str) -> News:
        seen = self._remote.look()
        job = self._remote.find(job_id_of(handle), name)
        if job is not None and job.waits_for_document:
            if self._remote.ends_empty(job):
                return NotPrinted("no document came")
            job = self._remote.find(job_id_of(handle), name)
        if job is not None:
            return seen.news_of(job)
        if reason := self._sending.kept_back(name):
            return NotPrinted(reason)
        return LostTrack("unknown to the printer")

    def forget(self, handle: str, name: str) -> bool:
        """End the job if it has not ended; see Printer.forget."""
        require_name(name)
        remote = self._remote.before(time.monotonic() + FORGET_S)
        try:
            job = remote.find(job_id_of(handle), name)
            if job is not None and job.is_active:
                remote.cancel(job.id)
        except IppFailure:
            return False
        return True

    def close(self) -> None:
        """Nothing is held open."""
