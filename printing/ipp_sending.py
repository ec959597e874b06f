"""Handing a page to an IPP printer or queue so that it can be printed once at most."""

from collections.abc import Callable
from contextlib import suppress

from kiosk.domain.print_job import Hold
from printing.ipp import NOT_FOUND, NOT_NOW
from printing.ipp_client import Broken, IppFailure, Unreachable
from printing.ipp_printing import RemotePrinter, Unwilling, hold_of
from printing.ipp_ticket import Prepared
from printing.port import NotSent, Outcome, Rejected, Sent

NOT_WANTED = NotSent(Hold.STOPPED)
_JOB = "job "
UNNUMBERED = "no number"
"""The handle of a job made in one step: it is looked for by its name."""


def job_handle(job_id: int) -> str:
    """Return the handle of a job by its number."""
    return f"{_JOB}{job_id}"


def job_id_of(handle: str) -> int | None:
    """Return the number that a handle begins with, None if there is none."""
    number = handle.removeprefix(_JOB).partition(" ")[0]
    return int(number) if handle.startswith(_JOB) and number.isdecimal() else None


class Sending:
    """Hands pages over, and remembers of which certainly nothing left."""

    def __init__(self, remote: RemotePrinter) -> None:
        self._remote = remote
        self._kept_back: dict[str, str] = {}

    def kept_back(self, name: str) -> str:
        """Return why the printer certainly does not have a page, as this program saw itself; ""
        where it may."""
        return self._kept_back.get(name, "")

    def in_two_steps(
        self, page: Prepared, name: str, begin: Callable[[str], bool], remembers: str = ""
    ) -> Outcome:
        """Open a job, note it, and only then give it its document.

        A stop of the program at any point leaves a job without a document, which prints nothing,
        or one whose handle was noted. `remembers` is added to the handle.
        """
        try:
            job_id = self._remote.create(name, page.ticket)
        except IppFailure as failure:
            if isinstance(failure, Broken):
                self._drop(name)
            return outcome_of(failure)
        if not self._is_begun(job_id, begin, f"{job_handle(job_id)} {remembers}".strip()):
            return NOT_WANTED
        self._noting_what_left(
            name,
            lambda: self._remote.send_document(job_id, page.document, page.document_format),
        )
        return Sent()

    def at_once(self, page: Prepared, name: str, begin: Callable[[str], bool]) -> Outcome:
        """Note that a job may be made, and only then make it, with its document."""
        try:
            self._remote.validate(name, page.ticket, page.document_format)
        except IppFailure as failure:
            return outcome_of(failure)
        if not begin(UNNUMBERED):
            return NOT_WANTED
        self._noting_what_left(
            name,
            lambda: self._remote.print_job(name, page.ticket, page.document, page.document_format),
        )
        return Sent()

    def _is_begun(self, job_id: int, begin: Callable[[str], bool], handle: str) -> bool:
        is_begun = False
        try:
            is_begun = begin(handle)
        finally:
            if not is_begun:
                with suppress(IppFailure):
                    self._remote.cancel(job_id)
        return is_begun

    def _noting_what_left(self, name: str, hand_over: Callable[[], None]) -> None:
        try:
            hand_over()
        except Unreachable:
            self._kept_back[name] = "nothing was handed over"
        except Unwilling as refusal:
            if refusal.makes_no_job:
                self._kept_back[name] = str(refusal)
        except IppFailure:
            return  # what became of it the printer knows, see follow()

    def _drop(self, name: str) -> None:
        """End a job whose opening was not answered; it has no document."""
        with suppress(IppFailure):
            for job in self._remote.jobs_called(name):
                if job.is_active:
                    self._remote.cancel(job.id)


def outcome_of(failure: IppFailure) -> Outcome:
    """Return what it means that a printer did not open a job."""
    if not isinstance(failure, Unwilling):
        return NotSent(hold_of(failure))
    if failure.answer.code in NOT_FOUND:
        return NotSent(Hold.MISSING)
    if failure.answer.code in NOT_NOW:
        return NotSent(Hold.STOPPED)
    return Rejected(str(failure))
