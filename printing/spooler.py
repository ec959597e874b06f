"""The print thread: takes the owed slips one by one, renders them and hands them to the printer.

Other pages (reminders, recaps, proofs, copies), which nobody is owed, come after them.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol, assert_never

from kiosk.clock import Clock, local
from kiosk.domain.failures import KioskFailure
from kiosk.domain.personal_copy import PersonalCopy
from kiosk.domain.print_job import PrintJob, PrintState
from kiosk.domain.registration import Registration
from kiosk.domain.rights import Request
from kiosk.domain.slip import Reminder
from kiosk.logs.entries import SlipBug, SlipFailed, SlipRefused, failed
from kiosk.logs.kinds import Code, places_of
from kiosk.storage.store import Store
from printing.printers import Filed, NotSubmitted, Papers, Printer, Submitted

log = logging.getLogger("anjungan.print")

BUG_CODE = "P 11"
LOOK_AGAIN_S = 3
"""So often is looked for slips that another program on the same store owes: the desk's, or the
kiosk's."""
REMINDER, PROOF, COPY = "pengingat", "bukti", "salinan"


class Renderer(Protocol):
    """Makes the PDF of a slip or a reminder."""

    def render(self, registration: Registration, copy: int) -> bytes: ...
    def render_reminder(self, reminder: Reminder) -> bytes: ...
    def render_proof(self, request: Request, now: datetime) -> bytes: ...
    def render_copy(self, copy: PersonalCopy) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is stored nowhere; `render` makes its PDF on the print thread.

    `id` is drawn for this page alone, `name` is what the printer may call it (see Printer.submit).
    """

    id: str
    name: str
    render: Callable[[], bytes]


class Spooler:
    """Prints what the store says is owed. Nothing that happens here can undo a registration.

    Of several programs on one store only the one that `has_turn` prints slips: else both would.
    """

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        printer: Printer,
        clock: Clock,
        papers: Papers,
        *,
        has_turn: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store = store
        self._renderer = renderer
        self._printer = printer
        self._clock = clock
        self._papers = papers
        self._has_turn = has_turn
        self._on_state: Callable[[str, PrintState], None] = _tell_nobody
        self._pages: deque[Page] = deque()
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="print", daemon=True)

    def start(self, on_state: Callable[[str, PrintState], None]) -> None:
        """Begin with what a stop of the program left owed.

        `on_state(registration_id, state)` is called from the print thread each time something
        more is known of a slip, and `on_state(page_id, state)` of a reminder or another page.
        """
        self._on_state = on_state
        self._thread.start()
        self.nudge()

    def nudge(self) -> None:
        """There is a slip to print."""
        self._wake.set()

    def print_reminder(self, reminder: Reminder) -> None:
        """Print a reminder, as print_page() does."""
        name = f"{REMINDER}-{local(reminder.asked_at):%Y%m%d-%H%M%S}"
        render = partial(self._renderer.render_reminder, reminder)
        self.print_page(Page(reminder.id, name, render))

    def print_page(self, page: Page) -> None:
        """Print a page that is stored nowhere, after the owed slips; a stop forgets it."""
        self._pages.append(page)
        self.nudge()

    def print_proof(self, request: Request, page_id: str) -> None:
        """Print that a request was carried out, as print_page() does."""
        now = self._clock.now()
        name = f"{PROOF}-{request.number}-{local(now):%Y%m%d%H%M%S}"
        self.print_page(Page(page_id, name, lambda: self._renderer.render_proof(request, now)))

    def print_copy(self, copy: PersonalCopy, page_id: str) -> None:
        """Print everything kept about a person, as print_page() does."""
        name = f"{COPY}-{copy.number}-{local(copy.made_at):%Y%m%d%H%M%S}"
        self.print_page(Page(page_id, name, lambda: self._renderer.render_copy(copy)))

    def ready(self) -> bool:
        """Whether slips come out on paper here; may take as long as the printer's system does."""
        return self._printer.ready()

    def forget(self, number: str, jobs: Collection[str]) -> bool:
        """Remove what is left of a registration's pages; False when some may be left."""
        return self._papers.forget(number, jobs)

    def stop(self) -> None:
        """Finish the page under way and end the thread."""
        self._stopping = True
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            self._wake.wait(LOOK_AGAIN_S)
            self._wake.clear()
            if self._stopping:
                return
            self._print_owed_if_possible()
            while self._pages and not self._stopping:
                self._print_page(self._pages.popleft())
                self._print_owed_if_possible()

    def _print_owed_if_possible(self) -> None:
        try:
            self.print_owed()
        except KioskFailure as failure:
            log.error(failed(failure))

    def print_owed(self) -> None:
        """Print every owed slip once, the longest waiting first; not while another program does."""
        if not self._has_turn():
            return
        with self._store.reading() as record:
            jobs = record.unfinished_print_jobs()
        for job in jobs:
            if self._stopping:
                return
            self._print(job)

    def _print(self, job: PrintJob) -> None:
        self._note(job, PrintState.RENDERING, "")
        with self._store.transaction() as record:
            registration = record.find(job.registration_id)
        if registration is None:
            return  # erased since the slips were counted
        state, evidence = self._put_on_paper(
            lambda: self._renderer.render(registration, job.copy), registration.number
        )
        self._note(job, state, evidence)
        self._forget_if_erased(registration, evidence)

    def _forget_if_erased(self, registration: Registration, evidence: str) -> None:
        with self._store.transaction() as record:
            erased = record.find(registration.id) is None
        if erased:
            self.forget(registration.number, [evidence])

    def _print_page(self, page: Page) -> None:
        self._on_state(page.id, PrintState.RENDERING)
        state, _ = self._put_on_paper(page.render, page.name)
        self._on_state(page.id, state)

    def _put_on_paper(self, render: Callable[[], bytes], name: str) -> tuple[PrintState, str]:
        """Return how far the page has come, and how that is known."""
        try:
            outcome = self._printer.submit(render(), name)
        except KioskFailure as failure:
            log.error(SlipFailed(Code(failure.code)))
            return PrintState.FAILED, failure.code
        except Exception as bug:  # noqa: BLE001 (one bad slip must not keep the others from paper)
            log.error(SlipBug(type(bug), places_of(bug.__traceback__)))
            return PrintState.FAILED, BUG_CODE
        match outcome:
            case Submitted(printer_job):
                return PrintState.SENT, printer_job
            case Filed(path):
                return PrintState.FILED, path.name
            case NotSubmitted(reason):
                log.error(SlipRefused(reason))
                return PrintState.FAILED, reason.value
            case _:
                assert_never(outcome)

    def _note(self, job: PrintJob, state: PrintState, evidence: str) -> None:
        with self._store.transaction() as record:
            advanced = record.advance_print(job.id, state, evidence, self._clock.now())
        if advanced:
            self._on_state(job.registration_id, state)


def _tell_nobody(_id: str, _state: PrintState) -> None:
    """Before start() there is nobody to tell."""
