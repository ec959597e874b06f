"""What a printer or a queue says in IPP, read into what the port asks for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kiosk.domain.print_job import Hold
from printing.ipp import (
    NOT_FOUND,
    PRINTER_STOPPED,
    Attributes,
    JobState,
    Message,
    Operation,
    Tag,
    Value,
    boolean,
    flag_of,
    integer,
    keyword,
    number_of,
    numbers_of,
    text_of,
    texts_of,
    words,
)
from printing.ipp_client import Client, IppFailure, Refused, Untrusted
from printing.port import (
    Abilities,
    CameOut,
    LostTrack,
    News,
    NotPrinted,
    Status,
    TellsNoMore,
    Underway,
)

_HOLDS: tuple[tuple[Hold, tuple[str, ...]], ...] = (
    (Hold.JAM, ("media-jam",)),
    (Hold.COVER_OPEN, ("cover-open", "door-open", "interlock-open")),
    (Hold.NO_PAPER, ("media-empty", "media-needed", "input-tray-missing")),
    (Hold.NO_INK, ("marker-supply-empty", "toner-empty", "developer-empty")),
    (Hold.OFFLINE, ("shutdown", "offline", "timed-out")),
    (
        Hold.STOPPED,
        (
            *("paused", "moving-to-paused", "deactivated", "hold-new-jobs", "stopping"),
            *("output-area-full", "output-tray-missing", "spool-area-full"),
            *("marker-waste-full", "fuser-", "opc-life-over"),
            *("cups-missing-filter", "cups-insecure-filter"),
        ),
    ),
)
"""Worst first; a reason is known by how it begins, because what follows differs."""
_UNREACHED = (
    *("may not exist or is unavailable", "not responding", "to become available"),
    *("not connected", "Unable to locate printer", "Unable to connect"),
)
_LOW_PAPER = ("media-low", "media-empty")
_MILD = ("-report", "-warning")
_LONGEST_SAYING = 200
_OPEN = frozenset({"job-incoming", "job-data-insufficient"})
_SPOILED = (
    *("job-completed-with-errors", "aborted-by-system", "job-canceled", "document-"),
    *("unsupported-", "compression-error"),
)
_JOB_ASKED = keyword(
    *("job-id", "job-name", "job-state", "job-state-reasons", "number-of-documents"),
    *("job-impressions-completed", "job-media-sheets-completed", "time-at-processing"),
)
_PRINTER_ASKED = keyword(
    *("printer-state", "printer-state-reasons", "printer-state-message"),
    *("printer-is-accepting-jobs", "printer-make-and-model", "operations-supported"),
    *("document-format-supported", "cups-version", "device-uri", "printer-uri-supported"),
    *("copies-supported", "sides-supported", "print-scaling-supported", "job-sheets-supported"),
    *("printer-resolution-supported", "media-supported", "media-col-supported"),
    *("media-size-supported", "media-ready", "media-default"),
    *("pwg-raster-document-resolution-supported", "pwg-raster-document-type-supported"),
)
_MANY = integer(300)


class NoPrinter(IppFailure):
    """Whoever answers there knows no such printer."""


class Unwilling(IppFailure):
    """It answers, and says that it will not: `answer` has its reason."""

    def __init__(self, answer: Message) -> None:
        unsupported = answer.first(Tag.UNSUPPORTED_GROUP)
        super().__init__(printable(": ".join([answer.status, ", ".join(unsupported)]).strip(": ")))
        self.answer = answer

    @property
    def makes_no_job(self) -> bool:
        """Nothing can be printed of what it was asked; not so where a job ended under way."""
        return self.answer.status != "job-canceled"


@dataclass(frozen=True, slots=True)
class SeenPrinter:
    """What a printer or queue said of itself."""

    attributes: Attributes

    @property
    def is_stopped(self) -> bool:
        """It prints nothing until somebody does something."""
        return number_of(self.attributes, "printer-state") == PRINTER_STOPPED

    @property
    def is_idle(self) -> bool:
        """It says that it has nothing to do."""
        return number_of(self.attributes, "printer-state") == 3

    @property
    def is_processing(self) -> bool:
        """It works on a job, or CUPS's backend is still at one."""
        return number_of(self.attributes, "printer-state") == 4

    @property
    def is_running(self) -> bool:
        """It prints what it takes, and takes jobs."""
        return self.takes_jobs and not self.is_stopped

    @property
    def device_uri(self) -> str:
        """Of a queue of CUPS: what it prints to."""
        return text_of(self.attributes, "device-uri")

    @property
    def is_cups(self) -> bool:
        """It is no printer but a queue of CUPS, here or on another machine."""
        return "cups-version" in self.attributes

    @property
    def takes_jobs(self) -> bool:
        """It accepts new jobs, or does not say."""
        return flag_of(self.attributes, "printer-is-accepting-jobs") is not False

    @property
    def hold(self) -> Hold | None:
        """The worst of what keeps it from printing. What only warns counts when it has stopped."""
        mild = () if self.is_stopped else _MILD
        worst = worst_hold(one for one in self.reasons if not one.endswith(mild))
        return worst or (None if self.is_running else Hold.STOPPED)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Its printer-state-reasons, without the "none"."""
        said = texts_of(self.attributes, "printer-state-reasons")
        return tuple(reason for reason in said if reason != "none")

    @property
    def status(self) -> Status:
        """How it stands."""
        low = any(reason.startswith(_LOW_PAPER) for reason in self.reasons)
        said = text_of(self.attributes, "printer-state-message") or ", ".join(self.reasons)
        return Status(self.hold, low and self.hold is not Hold.NO_PAPER, printable(said))

    def news_of(self, job: "SeenJob") -> News:
        """Return what became of a job that is here."""
        return job.queue_news(self.hold) if self.is_cups else job.news(self.hold)

    @property
    def device_status(self) -> Status:
        """Of a queue of CUPS: how the printer stands that CUPS alone can speak to.

        CUPS hears of it only while it prints; it softens errors into warnings, and leaves reports
        standing. In English, which it is asked in, it says when it cannot reach the printer.
        """
        said = text_of(self.attributes, "printer-state-message")
        if self.is_processing and any(words in said for words in _UNREACHED):
            return Status(Hold.OFFLINE, says=printable(said))
        mild = "-report" if self.is_processing else _MILD
        reasons = [one for one in self.reasons if not one.endswith(mild) and one != "paused"]
        return replace(self.status, hold=worst_hold(reasons))

    def can(self, *operations: Operation) -> bool:
        """Whether it knows all these operations."""
        return set(operations) <= set(numbers_of(self.attributes, "operations-supported"))


@dataclass(frozen=True, slots=True)
class SeenJob:
    """What a printer or queue said of a job; None where it did not say."""

    id: int
    name: str
    state: int | None
    reasons: tuple[str, ...]
    counted: int | None
    """Pages or sheets that came out, the larger of both."""
    never_started: bool
    """It says that it never worked on it."""
    documents: int | None

    @property
    def is_active(self) -> bool:
        """Something may still come out of it, or nobody knows."""
        return self.state is None or self.state < JobState.CANCELED

    @property
    def is_ending(self) -> bool:
        """It was canceled, and a printer still carries out what it had begun."""
        return "processing-to-stop-point" in self.reasons

    @property
    def waits_for_document(self) -> bool:
        """It was opened and its document never came whole; nobody will send it any more."""
        is_waiting = self.state in (JobState.PENDING, JobState.HELD)
        return is_waiting and (bool(_OPEN & set(self.reasons)) or self.documents == 0)

    @property
    def nothing_came(self) -> bool:
        """It ended, and the printer says that nothing of it is on paper."""
        return not self.is_active and self.counted == 0

    @property
    def words(self) -> str:
        """How it says that it stands, for the evidence."""
        state = JobState(self.state).name.lower() if self.state in _STATES else "unknown"
        return printable(", ".join(r for r in self.reasons if r != "none") or f"job {state}")

    def news(self, hold: Hold | None) -> News:
        """Return what a printer says became of it; `hold` is what keeps it from going on."""
        if self.is_active or self.is_ending:
            return self._underway(hold)
        is_spoiled = any(reason.startswith(_SPOILED) for reason in self.reasons)
        if self.state == JobState.COMPLETED and not is_spoiled:
            return CameOut(self.words)
        if self.state != JobState.COMPLETED and self.nothing_came:
            return NotPrinted(self.words)
        return LostTrack(self.words)

    def queue_news(self, hold: Hold | None) -> News:
        """Return what CUPS says became of it, which knows of no paper: only that it handed the
        page on, or that it never began to."""
        if self.is_active:
            return self._underway(hold)
        if self.state == JobState.COMPLETED:
            return TellsNoMore()
        return NotPrinted(self.words) if self.never_started else LostTrack(self.words)

    def _underway(self, hold: Hold | None) -> Underway:
        if self.state in (JobState.STOPPED, JobState.HELD):
            return Underway(hold=hold or Hold.STOPPED)
        return Underway(printing=self.state == JobState.PROCESSING, hold=hold)


_STATES = frozenset(JobState)


def worst_hold(reasons: Iterable[str]) -> Hold | None:
    """Return the worst of what keeps a printer from printing, by its state reasons."""
    told = list(reasons)
    for hold, beginnings in _HOLDS:
        if any(reason.startswith(beginnings) for reason in told):
            return hold
    return None


def most_telling(jobs: Iterable[SeenJob]) -> SeenJob | None:
    """Return of several jobs of one name the one that says most of the page: it came out, it still
    may, it is not known, it did not."""
    ranked = sorted(jobs, key=_doubt)
    return ranked[0] if ranked else None


def _doubt(job: SeenJob) -> int:
    news = job.news(None)
    return next(rank for rank, kind in enumerate(_BY_DOUBT) if isinstance(news, kind))


_BY_DOUBT = (CameOut, Underway, LostTrack, NotPrinted)


def printable(said: str) -> str:
    """Return a printer's own words, fit to be shown and logged."""
    return "".join(c if c.isprintable() else " " for c in said)[:_LONGEST_SAYING].strip()


def hold_of(failure: IppFailure) -> Hold:
    """Return what it means for the staff that a question was not answered."""
    match failure:
        case Untrusted() | NoPrinter():
            return Hold.MISSING
        case Refused(status=status) if status < 500:
            return Hold.MISSING
        case Unwilling():
            return Hold.STOPPED
    return Hold.OFFLINE


def abilities_of(seen: SeenPrinter, *, is_printer: bool) -> Abilities:
    """Return what a printer can report; a queue is none (`is_printer`)."""
    media = texts_of(seen.attributes, "media-ready") or texts_of(seen.attributes, "media-default")
    return Abilities(
        model=printable(text_of(seen.attributes, "printer-make-and-model")),
        media=printable(", ".join(media)),
        reports_paper=is_printer,
        reports_jobs=is_printer,
    )


class RemotePrinter:
    """One printer, or one queue of a CUPS, and what can be asked of it.

    Every method raises IppFailure where there is no answer or a refusal.
    """

    def __init__(self, client: Client, uri: str = "") -> None:
        self._client = client
        self._uri = uri or client.address.uri

    def before(self, until: float) -> "RemotePrinter":
        """Return the same printer, asked no longer than until a monotonic time."""
        return RemotePrinter(self._client.before(until), self._uri)

    def look(self) -> SeenPrinter:
        """Ask the printer how it is. Raises NoPrinter where there is none of this name."""
        answer = self._client.ask(
            Operation.GET_PRINTER_ATTRIBUTES,
            {"requested-attributes": _PRINTER_ASKED},
            uri=self._uri,
        )
        if answer.code in NOT_FOUND:
            raise NoPrinter("no such printer")
        return SeenPrinter(_willing(answer).first(Tag.PRINTER_GROUP))

    def create(self, name: str, ticket: Attributes) -> int:
        """Open a job without a document; returns its id."""
        answer = self._ask(Operation.CREATE_JOB, _called(name), job=ticket)
        number = number_of(answer.first(Tag.JOB_GROUP), "job-id")
        if number is None:
            raise IppFailure("a job without a number")
        return number

    def send_document(self, job_id: int, document: bytes, document_format: str) -> None:
        """Give an open job its one document."""
        attributes = {
            "job-id": integer(job_id),
            "document-format": words(Tag.MIME_TYPE, document_format),
            "last-document": boolean(True),
        }
        self._ask(Operation.SEND_DOCUMENT, attributes, document=document)

    def validate(self, name: str, ticket: Attributes, document_format: str) -> None:
        """Ask whether it would take a job."""
        described = {"document-format": words(Tag.MIME_TYPE, document_format)}
        self._ask(Operation.VALIDATE_JOB, _called(name) | described, job=ticket)

    def print_job(
        self, name: str, ticket: Attributes, document: bytes, document_format: str
    ) -> None:
        """Make a job of a document in one step."""
        described = {"document-format": words(Tag.MIME_TYPE, document_format)}
        asked = _called(name) | described
        self._ask(Operation.PRINT_JOB, asked, job=ticket, document=document)

    def job(self, job_id: int) -> SeenJob | None:
        """Ask for a job; None where it is not known (any more)."""
        answer = self._client.ask(
            Operation.GET_JOB_ATTRIBUTES,
            {"job-id": integer(job_id), "requested-attributes": _JOB_ASKED},
            uri=self._uri,
        )
        if answer.code in NOT_FOUND:
            return None
        return _seen(_willing(answer).first(Tag.JOB_GROUP), job_id)

    def jobs(self, which: str, limit: int | None = None) -> list[SeenJob]:
        """Ask for all "not-completed" or "completed" jobs, the newest of the latter first."""
        answer = self._ask(
            Operation.GET_JOBS,
            {
                "limit": _MANY if limit is None else integer(limit),
                "requested-attributes": _JOB_ASKED,
                "which-jobs": keyword(which),
                "my-jobs": boolean(False),
            },
        )
        jobs = answer.groups_of(Tag.JOB_GROUP)
        return [_seen(job, number_of(job, "job-id") or 0) for job in jobs]

    def jobs_called(self, name: str) -> list[SeenJob]:
        """Ask for all jobs of a name, those under way first.

        In this order a job that ends in between is seen.
        """
        found = self.jobs("not-completed") + self.jobs("completed")
        return [job for job in found if job.name == name]

    def find(self, job_id: int | None, name: str) -> SeenJob | None:
        """Ask for the job of a name, by its number first: printers give numbers out again after a
        power cycle."""
        job = None if job_id is None else self.job(job_id)
        if job is not None and job.name == name:
            return job
        return most_telling(self.jobs_called(name))

    def cancel(self, job_id: int, more: Attributes | None = None) -> None:
        """Ask for a job's end; one that has ended or is unknown is none to complain about."""
        attributes = {"job-id": integer(job_id), **(more or {})}
        answer = self._client.ask(Operation.CANCEL_JOB, attributes, uri=self._uri)
        if answer.status not in ("not-possible", "not-found", "gone"):
            _willing(answer)

    def ends_empty(self, job: SeenJob) -> bool:
        """End a job that waits for its document; True if it ended without having had one."""
        self.cancel(job.id)
        ended = self.job(job.id)
        is_ours = ended is not None and ended.name == job.name and not ended.is_active
        return is_ours and ended is not None and ended.documents == 0

    def tell(self, operation: Operation) -> None:
        """Have the printer do something that needs no more words."""
        self._ask(operation, {})

    def _ask(
        self,
        operation: Operation,
        attributes: Attributes,
        *,
        job: Attributes | None = None,
        document: bytes = b"",
    ) -> Message:
        answer = self._client.ask(operation, attributes, job=job, uri=self._uri, document=document)
        return _willing(answer)


def _called(name: str) -> dict[str, tuple[Value, ...]]:
    return {"job-name": words(Tag.NAME, name), "ipp-attribute-fidelity": boolean(False)}


def _willing(answer: Message) -> Message:
    if not answer.is_success:
        raise Unwilling(answer)
    return answer


def _seen(job: Attributes, job_id: int) -> SeenJob:
    counts = [
        number
        for name in ("job-impressions-completed", "job-media-sheets-completed")
        if (number := number_of(job, name)) is not None
    ]
    started = job.get("time-at-processing", ())
    return SeenJob(
        id=job_id,
        name=text_of(job, "job-name"),
        state=number_of(job, "job-state"),
        reasons=texts_of(job, "job-state-reasons"),
        counted=max(counts, default=None),
        never_started=any(value.tag == Tag.NO_VALUE for value in started),
        documents=number_of(job, "number-of-documents"),
    )
