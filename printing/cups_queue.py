"""A queue of CUPS that has to make the page for its printer, by a driver or over a cable.

What CUPS says of a job is not what became of the page: it calls "completed" what the printer
aborted, and forgets in a restart what the printer printed. Where the printer behind the queue
speaks IPP, it is asked by the name of the job, which CUPS passes on.
"""

import time
import zlib
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from urllib.parse import quote

from kiosk.domain.print_job import Hold
from printing.cups import printer_behind
from printing.ipp import JobState, Operation, boolean
from printing.ipp_client import Address, Client, IppFailure, parse_address
from printing.ipp_printing import (
    RemotePrinter,
    SeenJob,
    SeenPrinter,
    abilities_of,
    hold_of,
    most_telling,
)
from printing.ipp_sending import Sending, job_id_of
from printing.ipp_ticket import prepare
from printing.papers import Paper
from printing.port import (
    ANSWER_S,
    FORGET_S,
    Abilities,
    CameOut,
    LostTrack,
    News,
    NoAnswer,
    NotPrinted,
    NotSent,
    Outcome,
    Rejected,
    Status,
    Underway,
    is_name,
    require_name,
)

_AFTER = " after "
STUCK, STUCK_IN_A_FILTER, STUCK_FOR_GOOD = 10, 60, 240
"""So often is asked for a page that is with CUPS and not with the printer, though that is well,
before it is taken away from CUPS: where CUPS does not even try; where it tries, which takes long
on an old machine; and where nobody will be able to say that the page was never printed."""


class CupsQueue:
    """Prints through a queue of CUPS on `paper`."""

    def __init__(
        self, queue: str, paper: Paper, server: Address, answer_s: float = ANSWER_S
    ) -> None:
        self._paper = paper
        self._answer_s = answer_s
        self._server = server
        path = f"/printers/{quote(queue)}"
        self._uri = f"ipp://{self._server.host}:{self._server.port}{path}"
        self._queue = self._asked_at(path)
        self._sending = Sending(self._queue)
        self._behind_of: dict[str, RemotePrinter] = {}
        self._unmoved: Counter[str] = Counter()

    def look(self, until: float) -> SeenPrinter:
        """Ask CUPS for the queue, no longer than until a monotonic time; raises IppFailure."""
        return self._queue.before(until).look()

    def _asked_at(self, path: str) -> RemotePrinter:
        at = replace(self._server, path=path, uri=self._uri)
        return RemotePrinter(Client(at, self._answer_s))

    # How it stands

    def status(self) -> Status:
        """Ask CUPS and the printer behind; a queue that CUPS stopped is started again once the
        printer is well. See Printer.status."""
        return self._status(self._start)

    def stands(self) -> Status:
        """How it stands, without starting anything."""
        return self._status(lambda _: False)

    def _status(self, start: Callable[[SeenPrinter], bool]) -> Status:
        try:
            queue = self._queue.look()
        except IppFailure as failure:
            return Status(hold_of(failure), says=f"CUPS: {failure}")
        status = self._status_of(queue)
        if status.hold is not None or queue.is_running:
            return status
        if start(queue) and queue.device_uri in self._behind_of:
            return status
        # Where the printer does not say that it is well, CUPS has to show that its queue goes on.
        return Status(Hold.STOPPED, says=queue.status.says or "CUPS has stopped the queue")

    def _status_of(self, queue: SeenPrinter) -> Status:
        """How the printer stands, whatever CUPS made of its queue."""
        try:
            behind = self._behind(queue)
            return queue.device_status if behind is None else behind.look().status
        except IppFailure as failure:
            return Status(hold_of(failure), says=str(failure))

    def _start(self, queue: SeenPrinter) -> bool:
        """Start a stopped queue again; whether that was done.

        Not while a page of ours is in it whose printer can be asked: CUPS would print it again,
        and only follow() knows whether it came out already.
        """
        asked = self._asked_at("/admin/")
        try:
            if queue.device_uri in self._behind_of and self._holds_ours():
                return False
            if queue.is_stopped:
                asked.tell(Operation.RESUME_PRINTER)
            if not queue.takes_jobs:
                asked.tell(Operation.CUPS_ACCEPT_JOBS)
        except IppFailure:
            return False
        return True

    def _holds_ours(self) -> bool:
        waiting = self._queue.jobs("not-completed")
        return any(job.is_active and is_name(job.name) for job in waiting)

    def abilities(self) -> Abilities:
        """Ask the printer behind the queue, or else the queue; see Printer.abilities."""
        try:
            queue = self._queue.look()
            behind = self._behind(queue)
            seen = queue if behind is None else behind.look()
        except IppFailure:
            return Abilities()
        return abilities_of(seen, is_printer=not seen.is_cups)

    def _behind(self, queue: SeenPrinter) -> RemotePrinter | None:
        """Return the printer behind the queue if it speaks IPP.

        Its certificate is not looked at: CUPS gave it the page without looking, and of what is
        asked here nothing is personal.
        """
        uri = queue.device_uri
        if uri not in self._behind_of:
            address = printer_behind(uri)
            if address is None:
                return None
            client = Client(parse_address(address), self._answer_s, is_verified=False)
            self._behind_of[uri] = RemotePrinter(client)
        return self._behind_of[uri]

    # A page

    def send(self, page: bytes, name: str, begin: Callable[[str], bool]) -> Outcome:
        """Hand over one page, a PDF; see Printer.send."""
        require_name(name)
        status = self.status()
        if status.hold is not None:
            return NotSent(status.hold)
        try:
            queue = self._queue.look()
        except IppFailure as failure:
            return NotSent(hold_of(failure))
        prepared = prepare(queue, self._paper, page)
        if isinstance(prepared, Rejected):
            return prepared
        return self._sending.in_two_steps(prepared, name, begin, self._memory(queue))

    def follow(self, handle: str, name: str) -> News:
        """Ask CUPS and the printer behind what became of a page; see Printer.follow."""
        require_name(name)
        try:
            queue = self._queue.look()
            job = self._queue.find(job_id_of(handle), name)
            if job is not None and job.waits_for_document:
                self._queue.cancel(job.id)
                job = self._queue.find(job_id_of(handle), name)
            behind = self._behind(queue)
            if behind is not None:
                return self._printers_news(queue, job, behind, handle, name)
        except IppFailure as failure:
            return NoAnswer(hold_of(failure))
        if job is None:
            return LostTrack("unknown to CUPS")
        return job.queue_news(queue.device_status.hold)

    def forget(self, handle: str, name: str) -> bool:
        """End the job in CUPS, with what CUPS keeps of it, and at the printer; see Printer.forget.

        Of a job that it is at, CUPS drops the page at once, and keeps the name in its history.
        """
        require_name(name)
        until = time.monotonic() + FORGET_S
        asked = self._queue.before(until)
        try:
            job = asked.find(job_id_of(handle), name)
            if job is not None:
                asked.cancel(job.id, {"purge-job": boolean(True)})
            behind = self._behind(asked.look())
            if behind is not None:
                _end_at_printer(behind.before(until), name)
        except IppFailure:
            return False
        return True

    def close(self) -> None:
        """Nothing is held open."""

    def _printers_news(
        self,
        queue: SeenPrinter,
        job: SeenJob | None,
        behind: RemotePrinter,
        handle: str,
        name: str,
    ) -> News:
        seen = behind.look()
        told = most_telling(behind.jobs_called(name))
        if told is None:
            return self._news_of_unknown(queue, job, seen, self._remembers(behind, handle))
        if told.waits_for_document:
            return self._news_of_open(queue, job, behind, told)
        news = seen.news_of(told)
        if isinstance(news, Underway):
            return news
        return self._let_go(queue, job, news)

    def _news_of_open(
        self, queue: SeenPrinter, job: SeenJob | None, behind: RemotePrinter, told: SeenJob
    ) -> News:
        """What became of a page whose job is open at the printer and has no document yet."""
        if job is not None and job.is_active:
            return self._waiting(queue, job, is_provable=True)
        if not queue.is_processing and behind.ends_empty(told):
            return NotPrinted("no document came")
        return Underway()

    def _let_go(self, queue: SeenPrinter, job: SeenJob | None, news: News) -> News:
        """Make CUPS drop a page whose end is known, so that it neither blocks nor tries again."""
        if job is not None and job.is_active:
            self._queue.cancel(job.id)
            return news if isinstance(news, CameOut) else Underway()
        is_denied = isinstance(news, NotPrinted)
        return Underway() if is_denied and queue.is_processing else news

    def _news_of_unknown(
        self, queue: SeenPrinter, job: SeenJob | None, seen: SeenPrinter, remembers: bool
    ) -> News:
        """What became of a page that the printer does not know. `remembers`: it knows what it
        printed before, so it would know this one as well."""
        if job is None:
            return LostTrack("unknown to CUPS and to the printer")
        if not job.is_active:
            return self._news_of_ended(queue, job, remembers)
        if seen.hold is not None or not seen.is_idle:
            self._unmoved.pop(job.name, None)
            return Underway(hold=seen.hold)
        return self._waiting(queue, job, is_provable=remembers or job.never_started)

    def _news_of_ended(self, queue: SeenPrinter, job: SeenJob, remembers: bool) -> News:
        """What became of a page that CUPS is done with and the printer does not know."""
        if job.never_started:
            return NotPrinted(job.words)
        if queue.is_processing:
            return Underway()
        if remembers and job.state != JobState.COMPLETED:
            return NotPrinted("unknown to the printer")
        return LostTrack("unknown to the printer")

    def _waiting(self, queue: SeenPrinter, job: SeenJob, *, is_provable: bool) -> News:
        """CUPS has it, and the printer, which is well, has not: end what does not move."""
        self._unmoved[job.name] += 1
        patience = STUCK_IN_A_FILTER if queue.is_processing else STUCK
        if self._unmoved[job.name] >= (patience if is_provable else STUCK_FOR_GOOD):
            self._unmoved.pop(job.name)
            self._queue.cancel(job.id)
        return Underway(hold=Hold.STOPPED if queue.is_stopped else None)

    def _memory(self, queue: SeenPrinter) -> str:
        """Return what the printer printed last: if it remembers that later, it forgot nothing."""
        with suppress(IppFailure):
            behind = self._behind(queue)
            last = behind.jobs("completed", limit=1) if behind is not None else []
            return "".join(f"{_AFTER}{_mark(job)}" for job in last).strip()
        return ""

    def _remembers(self, behind: RemotePrinter, handle: str) -> bool:
        mark = handle.partition(_AFTER)[2]
        return bool(mark) and any(_mark(job) == mark for job in behind.jobs("completed"))


def _end_at_printer(behind: RemotePrinter, name: str) -> None:
    for job in behind.jobs_called(name):
        if job.is_active:
            behind.cancel(job.id)


def _mark(job: SeenJob) -> str:
    """Return what tells a job from another of the same number without saying its name."""
    return f"{job.id}.{zlib.crc32(job.name.encode()):08x}"
