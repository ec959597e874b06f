"""An IPP printer on loopback that fails as printers do, and keeps what it really put on paper.

It shares nothing with the program but the codec. `paper` is the judge of every test: what lies in
it came out, once for each time it lies there; what went wrong half-way lies in `spoiled`.

    with FaultPrinter() as printer:
        printer.at(Stage.PRINTING, NO_PAPER.begin)   # runs out in the middle of the next page
        ...
        NO_PAPER.mend(printer)

Time stands still in it: what is slow goes on with `advance()`.
"""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any, Self

from printing.ipp import (
    Attributes,
    Garbled,
    Group,
    JobState,
    Message,
    Operation,
    Resolution,
    Span,
    Tag,
    Value,
    boolean,
    collection,
    decode,
    encode,
    integer,
    keyword,
    number_of,
    text_of,
    texts_of,
    words,
)

PDF, PWG_RASTER = "application/pdf", "image/pwg-raster"
OK, BAD_REQUEST, NOT_POSSIBLE, NOT_FOUND = 0x0000, 0x0400, 0x0404, 0x0406
FORMAT_NOT_SUPPORTED, FORMAT_ERROR, CHARSET_NOT_SUPPORTED = 0x040A, 0x0411, 0x040D
NOT_AUTHORIZED, OPERATION_NOT_SUPPORTED, VERSION_NOT_SUPPORTED, BUSY = 0x0403, 0x0501, 0x0503, 0x507


class Stage(StrEnum):
    """Where a page is when something happens; see FaultPrinter.at."""

    JOB_ASKED = "a job was asked for, nothing is done"
    JOB_MADE = "a job is made, the answer has not left"
    DOCUMENT_BEGUN = "half of the document has come"
    DOCUMENT_READ = "the document has come, nothing is printed"
    PRINTING = "half of the page is out"
    PRINTED = "the page is out, nobody knows yet"
    FOLLOWED = "it is asked what became of the job"


@dataclass(frozen=True)
class Sheet:
    """A page that is on paper."""

    name: str
    document: bytes
    ticket: Attributes


@dataclass
class _Job:
    id: int
    name: str
    user: str
    ticket: Attributes
    state: JobState = JobState.PENDING
    reasons: tuple[str, ...] = ("job-incoming",)
    documents: int = 0
    counted: int = 0
    document: bytes = b""
    times: dict[str, int] = field(default_factory=dict)

    @property
    def is_active(self) -> bool:
        return self.state < JobState.CANCELED

    @property
    def is_open(self) -> bool:
        return "job-incoming" in self.reasons


_Answering = Callable[[Message, bytes], tuple[int, tuple[Group, ...]]]


class _Cut(Exception):
    """The connection ends here."""


@dataclass
class _Scissors:
    """Cuts the next question or answer of an operation after so many bytes."""

    operation: Operation
    is_question: bool
    at: int


class FaultPrinter:
    """A printer at `address`, switched on; a context manager that ends with its threads.

    `two_steps` False: it knows Print-Job alone. `formats`: what it reads. `counts` False: it
    counts neither pages nor documents. `has_history` True: it remembers an older page. `more`:
    attributes that it says beside, or instead of, its usual ones.
    """

    def __init__(
        self,
        *,
        two_steps: bool = True,
        formats: tuple[str, ...] = (PDF,),
        counts: bool = True,
        has_history: bool = True,
        more: Attributes | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._tls = tls
        self.paper: list[Sheet] = []
        self.spoiled: list[Sheet] = []
        self.asked: list[Operation] = []
        """Every operation that was read, in order."""
        self.two_steps, self.formats, self.counts = two_steps, formats, counts
        self.more = dict(more or {})
        self.reason = ""
        """Why it has stopped, one of IPP's keywords."""
        self.low_paper = False
        self.refusal = 0
        """With what it refuses a new job."""
        self.garble: bytes | None = None
        """What it says instead of any answer."""
        self.drips: threading.Event | None = None
        """Until it is set, a byte follows now and then what it says instead of an answer."""
        self.is_missing = False
        """There is no printer of that name at this address."""
        self.says_late = False
        """It says "completed" only when it is mended."""
        self.seconds_per_page = 0
        self._aborts = False
        self._seconds = 1
        self._jobs: list[_Job] = []
        self._next_id = 1
        self._actions: dict[Stage, Callable[[FaultPrinter], None]] = {}
        self._scissors: _Scissors | None = None
        self._cuts_here = threading.local()
        self._lock = threading.RLock()
        self._thawed = threading.Event()
        self._thawed.set()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._socket = _bound(0)
        self.port: int = self._socket.getsockname()[1]
        self._is_on = False
        if has_history:
            self._remember_older_page()
        self.switch_on()

    @property
    def uri(self) -> str:
        """What it is called in IPP, and its address for settings."""
        return f"ipp{'s' if self._tls else ''}://127.0.0.1:{self.port}/ipp/print"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.switch_off()
        self._thawed.set()
        self._socket.close()
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive(), "a thread of the printer hangs"

    # What a test does to it

    def at(self, stage: Stage, action: "Callable[[FaultPrinter], None]") -> None:
        """Have something happen once, when a page gets there next."""
        self._actions[stage] = action

    def names(self) -> list[str]:
        """What came out on paper, in order."""
        return [sheet.name for sheet in self.paper]

    def stop_for(self, reason: str) -> None:
        """Stop printing; a page under way waits."""
        self.reason = reason

    def mend(self) -> None:
        """End everything that keeps it from printing and answering, and print what waits."""
        self.reason, self.refusal, self.garble, self.low_paper = "", 0, None, False
        self._aborts, self._scissors = False, None
        self._actions.clear()
        self.seconds_per_page = 0
        self.thaw()
        if not self._is_on:
            self.switch_on()
        self.says_late = False
        with self._lock:
            for job in self._jobs:
                if job.counted and job.is_active:
                    self._end(job, JobState.COMPLETED, "job-completed-successfully")
        self._work()

    def switch_off(self) -> None:
        """Close the port and every connection; jobs stay where they are."""
        self._is_on = False
        listening, self._socket = self._socket, None  # type: ignore[assignment]
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        # The port stays ours: bound, and refusing.
        self._socket = _bound(self.port)
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def switch_on(self) -> None:
        """Answer again, and go on with what was under way."""
        held, self._socket = self._socket, _bound(self.port)
        held.close()
        self._socket.listen(64)
        self._is_on = True
        self._start(self._accept, self._socket)
        self._work()

    def forget(self, *, counts_anew: bool = False) -> None:
        """Lose every job, as at a power cut; `counts_anew`: numbers are given out again."""
        self._jobs.clear()  # without the lock: a frozen printer may hold it
        if counts_anew:
            self._next_id = 1

    def freeze(self) -> None:
        """Take connections and say nothing. What is asked meanwhile is done when it thaws."""
        self._thawed.clear()

    def thaw(self) -> None:
        """Go on where it froze."""
        self._thawed.set()

    def advance(self, seconds: int) -> None:
        """Let time pass for a slow printer."""
        self._seconds += seconds
        self._work()

    def abort_page(self) -> None:
        """Abort what is printed now or next."""
        self._aborts = True

    def cancel_page(self) -> None:
        """Somebody presses cancel at the printer."""
        with self._lock:
            for job in self._jobs:
                if job.is_active:
                    self._end(job, JobState.CANCELED, "job-canceled-at-device")

    def cut_now(self) -> None:
        """From an action at a stage: end this connection without an answer."""
        self._cuts_here.now = True

    def cut(self, operation: Operation, *, question: int | None = None, answer: int = 0) -> None:
        """Cut the next `operation` after so many bytes of its question's body, or of its answer."""
        is_question = question is not None
        self._scissors = _Scissors(operation, is_question, answer if question is None else question)

    # Its mechanics

    def _remember_older_page(self) -> None:
        older = _Job(self._next_id, "uji-20261101-080000", "somebody", {})
        self._next_id += 1
        self._end(older, JobState.COMPLETED, "job-completed-successfully")
        older.counted = older.documents = 1
        self._jobs.append(older)

    def _end(self, job: _Job, state: JobState, reason: str) -> None:
        job.state, job.reasons, job.document = state, (reason,), b""
        job.times["time-at-completed"] = self._seconds

    def _work(self) -> None:
        """Print what can be printed, in order."""
        with self._lock:
            while self._is_on and (job := self._next_job()) is not None:
                if not self._print(job):
                    return

    def _next_job(self) -> _Job | None:
        waiting = (job for job in self._jobs if job.is_active and not job.is_open)
        return next((job for job in waiting if not job.counted), None)

    def _print(self, job: _Job) -> bool:
        """Whether the page is done with."""
        if self.reason:
            if job.state == JobState.PROCESSING:
                job.state, job.reasons = JobState.STOPPED, ("printer-stopped",)
            return False
        begun = job.times.setdefault("time-at-processing", self._seconds)
        job.state, job.reasons = JobState.PROCESSING, ("job-printing",)
        if self._seconds < begun + self.seconds_per_page:
            return False
        self._reach(Stage.PRINTING)
        if self._is_spoiled(job):
            return True
        if self.reason or not self._is_on:
            job.state, job.reasons = JobState.STOPPED, ("printer-stopped",)
            return False
        self._put_out(job)
        return True

    def _is_spoiled(self, job: _Job) -> bool:
        """Whether nothing readable will come of a page half out."""
        is_gone = job not in self._jobs or not job.is_active
        if self._aborts and not is_gone:
            self._aborts = False
            self._end(job, JobState.ABORTED, "aborted-by-system")
            is_gone = True
        if is_gone:
            self.spoiled.append(Sheet(job.name, job.document, job.ticket))
        return is_gone

    def _put_out(self, job: _Job) -> None:
        self.paper.append(Sheet(job.name, job.document, job.ticket))
        job.counted = 1
        self._reach(Stage.PRINTED)
        if self._aborts and job.is_active:
            self._aborts = False
            self._end(job, JobState.ABORTED, "aborted-by-system")
        if not self.says_late and job.is_active and self._is_on:
            self._end(job, JobState.COMPLETED, "job-completed-successfully")

    def _reach(self, stage: Stage) -> None:
        action = self._actions.pop(stage, None)
        if action is not None:
            action(self)
        self._thawed.wait()

    # Its network

    def _start(self, work: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, peer = listening.accept()
            except OSError:
                return
            self._open.add(connection)
            self._start(self._talk, connection, peer)

    def _talk(self, connection: socket.socket, peer: Any) -> None:
        try:
            if self._tls is not None:
                connection = self._encrypted(connection, self._tls)
            _Talk(connection, peer, self)  # type: ignore[arg-type]
        except (_Cut, OSError):
            # A reset, not an orderly end: what was under way is gone.
            with suppress(OSError):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        finally:
            self._open.discard(connection)
            connection.close()

    def _encrypted(self, connection: socket.socket, tls: ssl.SSLContext) -> socket.socket:
        self._open.discard(connection)
        encrypted = tls.wrap_socket(connection, server_side=True)
        self._open.add(encrypted)
        return encrypted

    def stay(self) -> None:
        """Wait while frozen; raise _Cut where the connection ends here."""
        self._thawed.wait()
        is_cut = getattr(self._cuts_here, "now", False)
        self._cuts_here.now = False
        if is_cut or not self._is_on:
            raise _Cut

    def reach(self, stage: Stage) -> None:
        """A page got there, in the middle of a connection."""
        self._reach(stage)
        self.stay()

    def question_cut(self, operation: int) -> int | None:
        """After how many bytes this question is cut, if it is."""
        scissors = self._scissors
        if scissors is None or not scissors.is_question or scissors.operation != operation:
            return None
        self._scissors = None
        return scissors.at

    def answer_cut(self, operation: int) -> int | None:
        """After how many bytes the answer to it is cut, if it is."""
        scissors = self._scissors
        if scissors is None or scissors.is_question or scissors.operation != operation:
            return None
        self._scissors = None
        return scissors.at

    # What it answers

    def answer(self, question: Message, document: bytes) -> Message:
        """Do what is asked."""
        code, groups = self._checked(question, document)
        said = Group(
            Tag.OPERATION_GROUP,
            {
                "attributes-charset": words(Tag.CHARSET, "utf-8"),
                "attributes-natural-language": words(Tag.LANGUAGE, "en"),
            },
        )
        return Message(code, question.request_id, (said, *groups), question.version)

    def _checked(self, question: Message, document: bytes) -> tuple[int, tuple[Group, ...]]:
        asked = question.first(Tag.OPERATION_GROUP)
        if question.version >> 8 not in (1, 2):
            return VERSION_NOT_SUPPORTED, ()
        if list(asked)[:2] != ["attributes-charset", "attributes-natural-language"]:
            return BAD_REQUEST, ()
        if text_of(asked, "attributes-charset") not in ("utf-8", "us-ascii"):
            return CHARSET_NOT_SUPPORTED, ()
        if question.request_id == 0 or not ({"printer-uri", "job-uri"} & set(asked)):
            return BAD_REQUEST, ()
        known = self._operations()
        if question.code not in known:
            return OPERATION_NOT_SUPPORTED, ()
        return known[Operation(question.code)](question, document)

    def _operations(self) -> dict[Operation, _Answering]:
        known: dict[Operation, _Answering] = {
            Operation.PRINT_JOB: self._print_job,
            Operation.VALIDATE_JOB: self._validate_job,
            Operation.CANCEL_JOB: self._cancel_job,
            Operation.GET_JOB_ATTRIBUTES: self._get_job,
            Operation.GET_JOBS: self._get_jobs,
            Operation.GET_PRINTER_ATTRIBUTES: self._get_printer,
        }
        if self.two_steps:
            known |= {
                Operation.CREATE_JOB: self._create_job,
                Operation.SEND_DOCUMENT: self._send_document,
            }
        return known

    def _refused(self, question: Message) -> int:
        asked = question.first(Tag.OPERATION_GROUP)
        given = text_of(asked, "document-format")
        if given and given not in (*self.formats, "application/octet-stream"):
            return FORMAT_NOT_SUPPORTED
        return self.refusal

    def _validate_job(self, question: Message, _document: bytes) -> tuple[int, tuple[Group, ...]]:
        return self._refused(question), ()

    def _new_job(self, question: Message) -> _Job:
        asked = question.first(Tag.OPERATION_GROUP)
        with self._lock:
            job = _Job(
                self._next_id,
                text_of(asked, "job-name"),
                text_of(asked, "requesting-user-name"),
                question.first(Tag.JOB_GROUP),
                times={"time-at-creation": self._seconds},
            )
            self._next_id += 1
            self._jobs.append(job)
        return job

    def _print_job(self, question: Message, document: bytes) -> tuple[int, tuple[Group, ...]]:
        self.reach(Stage.JOB_ASKED)
        refusal = self._refused(question)
        if refusal:
            return refusal, ()
        job = self._new_job(question)
        self._take_document(job, document)
        self.reach(Stage.JOB_MADE)
        return OK, (self._told(job, _TOLD_OF_NEW),)

    def _create_job(self, question: Message, _document: bytes) -> tuple[int, tuple[Group, ...]]:
        self.reach(Stage.JOB_ASKED)
        refusal = self._refused(question)
        if refusal:
            return refusal, ()
        job = self._new_job(question)
        self.reach(Stage.JOB_MADE)
        return OK, (self._told(job, _TOLD_OF_NEW),)

    def _send_document(self, question: Message, document: bytes) -> tuple[int, tuple[Group, ...]]:
        job = self._job(question)
        if job is None:
            return NOT_FOUND, ()
        if "last-document" not in question.first(Tag.OPERATION_GROUP):
            return BAD_REQUEST, ()
        refusal = self._refused(question)
        if refusal:
            return refusal, ()
        with self._lock:
            if not (job.is_active and job.is_open):
                return NOT_POSSIBLE, ()
        self._take_document(job, document)
        return OK, (self._told(job, _TOLD_OF_NEW),)

    def _take_document(self, job: _Job, document: bytes) -> None:
        job.document, job.documents, job.reasons = document, 1, ("none",)
        self.reach(Stage.DOCUMENT_READ)
        self._work()
        self.stay()

    def _cancel_job(self, question: Message, _document: bytes) -> tuple[int, tuple[Group, ...]]:
        job = self._job(question)
        if job is None:
            return NOT_FOUND, ()
        with self._lock:
            if not job.is_active:
                return NOT_POSSIBLE, ()
            self._end(job, JobState.CANCELED, "job-canceled-by-user")
        self._work()
        return OK, ()

    def _get_job(self, question: Message, _document: bytes) -> tuple[int, tuple[Group, ...]]:
        self.reach(Stage.FOLLOWED)
        job = self._job(question)
        if job is None:
            return NOT_FOUND, ()
        return OK, (self._told(job, _wanted(question, "all")),)

    def _get_jobs(self, question: Message, _document: bytes) -> tuple[int, tuple[Group, ...]]:
        self.reach(Stage.FOLLOWED)
        asked = question.first(Tag.OPERATION_GROUP)
        which = text_of(asked, "which-jobs") or "not-completed"
        with self._lock:
            jobs = [job for job in self._jobs if job.is_active == (which == "not-completed")]
        if which == "completed":
            jobs.reverse()
        if asked.get("my-jobs") == boolean(True):
            jobs = [job for job in jobs if job.user == text_of(asked, "requesting-user-name")]
        wanted = _wanted(question, "job-id", "job-uri")
        limit = number_of(asked, "limit") or len(jobs)
        return OK, tuple(self._told(job, wanted) for job in jobs[:limit])

    def _get_printer(self, question: Message, _document: bytes) -> tuple[int, tuple[Group, ...]]:
        if self.is_missing:
            return NOT_FOUND, ()
        wanted = _wanted(question, "all")
        attributes = self._attributes() | self.more
        is_all = bool({"all", "printer-description", "job-template"} & wanted)
        told = {n: v for n, v in attributes.items() if is_all or n in wanted}
        return OK, (Group(Tag.PRINTER_GROUP, told),)

    def _job(self, question: Message) -> _Job | None:
        asked = question.first(Tag.OPERATION_GROUP)
        number = number_of(asked, "job-id")
        if number is None:
            last = text_of(asked, "job-uri").rpartition("/")[2]
            number = int(last) if last.isdecimal() else None
        with self._lock:
            return next((job for job in self._jobs if job.id == number), None)

    def _told(self, job: _Job, wanted: set[str]) -> Group:
        attributes = self._job_attributes(job)
        is_all = bool({"all", "job-description", "job-template"} & wanted)
        told = {n: v for n, v in attributes.items() if is_all or n in wanted}
        return Group(Tag.JOB_GROUP, told)

    def _job_attributes(self, job: _Job) -> dict[str, tuple[Value, ...]]:
        attributes = {
            "job-id": integer(job.id),
            "job-uri": words(Tag.URI, f"{self.uri}/{job.id}"),
            "job-printer-uri": words(Tag.URI, self.uri),
            "job-name": words(Tag.NAME, job.name),
            "job-originating-user-name": words(Tag.NAME, job.user),
            "job-state": (Value(Tag.ENUM, int(job.state)),),
            "job-state-reasons": keyword(*job.reasons),
            "job-printer-up-time": integer(self._seconds),
            **{name: _time(job, name) for name in _TIMES},
        }
        if self.counts:
            attributes |= {
                "number-of-documents": integer(job.documents),
                "job-impressions-completed": integer(job.counted),
                "job-media-sheets-completed": integer(job.counted),
            }
        return attributes

    def _attributes(self) -> dict[str, tuple[Value, ...]]:
        with self._lock:
            queued = sum(job.is_active for job in self._jobs)
            is_busy = any(job.state == JobState.PROCESSING for job in self._jobs)
        state = 5 if self.reason else 4 if is_busy else 3
        reasons = [*([f"{self.reason}-error"] if self.reason else [])]
        reasons += ["media-low-warning"] if self.low_paper else []
        return _PRINTER | {
            "printer-uri-supported": words(Tag.URI, self.uri),
            "printer-state": (Value(Tag.ENUM, state),),
            "printer-state-reasons": keyword(*(reasons or ["none"])),
            "printer-up-time": integer(self._seconds),
            "queued-job-count": integer(queued),
            "operations-supported": tuple(Value(Tag.ENUM, int(one)) for one in self._operations()),
            "document-format-supported": words(
                Tag.MIME_TYPE, *self.formats, "application/octet-stream"
            ),
            "document-format-default": words(Tag.MIME_TYPE, self.formats[0]),
        }


_TIMES = ("time-at-creation", "time-at-processing", "time-at-completed")
_TOLD_OF_NEW = {"job-id", "job-uri", "job-state", "job-state-reasons"}
_SIZES = ((21_000, 29_700), (14_800, 21_000))


def _size(width: tuple[Value, ...], height: tuple[Value, ...]) -> Value:
    return collection({"x-dimension": width, "y-dimension": height})[0]


_PRINTER: dict[str, tuple[Value, ...]] = {
    "printer-uri-supported": (),
    "uri-authentication-supported": keyword("none"),
    "uri-security-supported": keyword("none"),
    "printer-name": words(Tag.NAME, "Pencetak Uji"),
    "printer-info": words(Tag.TEXT, "Pencetak Uji"),
    "printer-make-and-model": words(Tag.TEXT, "Pencetak Uji 1000"),
    "printer-more-info": words(Tag.URI, "http://127.0.0.1/"),
    "printer-location": words(Tag.TEXT, ""),
    "printer-uuid": words(Tag.URI, "urn:uuid:00000000-0000-4000-8000-000000000001"),
    "printer-is-accepting-jobs": boolean(True),
    "ipp-versions-supported": keyword("1.1", "2.0"),
    "ipp-features-supported": keyword("ipp-everywhere"),
    "charset-configured": words(Tag.CHARSET, "utf-8"),
    "charset-supported": words(Tag.CHARSET, "utf-8", "us-ascii"),
    "natural-language-configured": words(Tag.LANGUAGE, "en"),
    "generated-natural-language-supported": words(Tag.LANGUAGE, "en"),
    "compression-supported": keyword("none"),
    "pdl-override-supported": keyword("attempted"),
    "multiple-document-jobs-supported": boolean(False),
    "multiple-operation-time-out": integer(120),
    "job-creation-attributes-supported": keyword(
        *("copies", "sides", "print-scaling", "printer-resolution", "media", "media-col")
    ),
    "color-supported": boolean(False),
    "copies-default": integer(1),
    "copies-supported": (Value(Tag.RANGE, Span(1, 99)),),
    "sides-default": keyword("one-sided"),
    "sides-supported": keyword("one-sided"),
    "print-scaling-supported": keyword("auto", "fit", "fill", "none"),
    "print-scaling-default": keyword("auto"),
    "print-quality-default": (Value(Tag.ENUM, 4),),
    "print-quality-supported": (Value(Tag.ENUM, 4),),
    "print-color-mode-default": keyword("monochrome"),
    "print-color-mode-supported": keyword("monochrome"),
    "orientation-requested-default": (Value(Tag.ENUM, 3),),
    "orientation-requested-supported": (Value(Tag.ENUM, 3),),
    "output-bin-default": keyword("face-down"),
    "output-bin-supported": keyword("face-down"),
    "finishings-default": (Value(Tag.ENUM, 3),),
    "finishings-supported": (Value(Tag.ENUM, 3),),
    "job-sheets-default": keyword("none"),
    "job-sheets-supported": keyword("none"),
    "printer-resolution-default": (Value(Tag.RESOLUTION, Resolution(203, 203)),),
    "printer-resolution-supported": tuple(
        Value(Tag.RESOLUTION, Resolution(dpi, dpi)) for dpi in (203, 300, 600)
    ),
    "media-default": keyword("iso_a4_210x297mm"),
    "media-ready": keyword("iso_a4_210x297mm"),
    "media-supported": keyword(
        *("iso_a4_210x297mm", "iso_a5_148x210mm"),
        *("custom_min_48x50mm_48x50mm", "custom_max_210x1000mm_210x1000mm"),
    ),
    "media-col-supported": keyword("media-size"),
    "media-col-default": collection({"media-size": (_size(integer(21_000), integer(29_700)),)}),
    "media-size-supported": (
        *(_size(integer(width), integer(height)) for width, height in _SIZES),
        _size((Value(Tag.RANGE, Span(4_800, 21_000)),), (Value(Tag.RANGE, Span(5_000, 100_000)),)),
    ),
    **{f"media-{side}-margin-supported": integer(0) for side in ("top", "bottom", "left", "right")},
    "pwg-raster-document-resolution-supported": tuple(
        Value(Tag.RESOLUTION, Resolution(dpi, dpi)) for dpi in (203, 300)
    ),
    "pwg-raster-document-type-supported": keyword("sgray_8"),
}


def _time(job: _Job, name: str) -> tuple[Value, ...]:
    when = job.times.get(name)
    return (Value(Tag.NO_VALUE, None),) if when is None else integer(when)


def _wanted(question: Message, *default: str) -> set[str]:
    asked = texts_of(question.first(Tag.OPERATION_GROUP), "requested-attributes")
    return set(asked or default)


def _bound(port: int) -> socket.socket:
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", port))
    return bound


class _Talk(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: FaultPrinter  # type: ignore[assignment]

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        printer = self.server
        printer.stay()
        body = b"".join(self._body())
        printer.stay()
        if printer.garble is not None:
            self.wfile.write(printer.garble)
            while printer.drips and not printer.drips.wait(0.02):
                self.wfile.write(b"x")
            self.close_connection = True
            return
        try:
            question, document = decode(body)
        except Garbled:
            question, document = Message(0, int.from_bytes(body[4:8], "big"), version=0), b""
        if question.code in set(Operation):
            printer.asked.append(Operation(question.code))
        answer = encode(printer.answer(question, document))
        printer.stay()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: {len(answer)}"
        whole = f"{head}\r\n\r\n".encode() + answer
        cut = printer.answer_cut(question.code)
        for begin in range(0, len(whole[:cut]), 1000):  # as on a network, in pieces
            self.wfile.write(whole[:cut][begin : begin + 1000])
        if cut is not None:
            raise _Cut

    def _body(self) -> Iterator[bytes]:
        """Read the question, up to where it is cut."""
        read = 0
        operation = 0
        cut: int | None = None
        for piece in self._pieces():
            if not read:
                operation = int.from_bytes(piece[2:4], "big")
                cut = self.server.question_cut(operation)
            read += len(piece)
            if cut is not None and read >= cut:
                raise _Cut
            yield piece
            self._note_begun_document(operation, piece, read)
        if cut is not None:
            raise _Cut

    def _note_begun_document(self, operation: int, piece: bytes, read: int) -> None:
        is_first = read == len(piece)
        if is_first and operation in (Operation.PRINT_JOB, Operation.SEND_DOCUMENT):
            self.server.reach(Stage.DOCUMENT_BEGUN)

    def _pieces(self) -> Iterator[bytes]:
        """Small ones, so that a document comes in at least two."""
        if self.headers.get("Transfer-Encoding", "") == "chunked":
            while left := int(self.rfile.readline().split(b";")[0] or b"0", 16):
                yield from self._read(left)
                self.rfile.readline()
            self.rfile.readline()
        else:
            yield from self._read(int(self.headers.get("Content-Length", 0)))

    def _read(self, left: int) -> Iterator[bytes]:
        while left:
            piece = self.rfile.read(min(left, 512))
            if not piece:
                raise _Cut
            left -= len(piece)
            yield piece


@dataclass(frozen=True)
class Fault:
    """Something that happens to a printer, and its end.

    `hides`: at these stages nobody can say afterwards whether the page came out.
    """

    name: str
    begin: Callable[[FaultPrinter], None]
    mend: Callable[[FaultPrinter], None] = FaultPrinter.mend
    hides: frozenset[Stage] = frozenset()


def _stops(name: str, reason: str) -> Fault:
    return Fault(name, lambda printer: printer.stop_for(reason))


def _jam(printer: FaultPrinter) -> None:
    printer.abort_page()
    printer.stop_for("media-jam")


def _power_cycle(printer: FaultPrinter) -> None:
    printer.switch_off()
    printer.forget(counts_anew=True)


def _set(name: str, value: object) -> Callable[[FaultPrinter], None]:
    return lambda printer: setattr(printer, name, value)


_WITH_THE_PAGE = frozenset(Stage) - {Stage.JOB_ASKED, Stage.JOB_MADE}
_OUT = frozenset({Stage.PRINTED})

NO_PAPER = _stops("no paper", "media-empty")
COVER_OPEN = _stops("cover open", "cover-open")
PAUSED = _stops("paused at the printer", "paused")
JAM = Fault("jam that spoils the page", _jam, hides=_OUT)
OFFLINE = Fault("offline", FaultPrinter.switch_off)
POWER_CYCLE = Fault("power cut, numbers begin anew", _power_cycle, hides=_WITH_THE_PAGE)
FORGETS = Fault("loses its memory", FaultPrinter.forget, hides=_WITH_THE_PAGE)
FROZEN = Fault("frozen", FaultPrinter.freeze)
SLOW = Fault("slow", _set("seconds_per_page", 30), lambda printer: printer.advance(30))
LATE = Fault("says late that it is done", _set("says_late", True))
ABORTS = Fault("aborts the page", FaultPrinter.abort_page, hides=_OUT)
CANCELED = Fault("canceled at the printer", FaultPrinter.cancel_page, hides=_OUT)
CUT = Fault("connection cut", FaultPrinter.cut_now)
GARBLED = Fault("answers nonsense", _set("garble", b"HTTP/1.1 200 OK\r\n\r\n<html>"))
HTTP_ERROR = Fault("answers an error", _set("garble", b"HTTP/1.1 503 Busy\r\n\r\n"))
BUSY_NOW = Fault("busy", _set("refusal", BUSY))
REFUSES = Fault("refuses jobs", _set("refusal", NOT_AUTHORIZED))
LOW_PAPER = Fault("low paper", _set("low_paper", True))

FAULTS = (
    *(NO_PAPER, COVER_OPEN, PAUSED, JAM, OFFLINE, POWER_CYCLE, FORGETS, FROZEN, SLOW, LATE),
    *(ABORTS, CANCELED, CUT, GARBLED, HTTP_ERROR, BUSY_NOW, REFUSES, LOW_PAPER),
)
