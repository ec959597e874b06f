"""The print thread: takes the owed slips one by one, and follows each until it is known what became
of it. What was noted before a step is what makes the next start go on rightly: docs/printing.md.

Other pages (reminders, recaps, proofs, copies), which nobody is owed, come after them.
"""

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol, assert_never

from kiosk.clock import Clock, local
from kiosk.domain.failures import KioskFailure
from kiosk.domain.paper import PaperCount
from kiosk.domain.personal_copy import PersonalCopy
from kiosk.domain.print_job import (
    FOLLOWED,
    Hold,
    PrintJob,
    PrintNews,
    PrintState,
)
from kiosk.domain.registration import Registration
from kiosk.domain.rights import Request
from kiosk.domain.slip import Reminder
from kiosk.logs.entries import SlipBug, SlipFailed, SlipRejected, failed
from kiosk.logs.kinds import Code, places_of
from kiosk.storage.store import Store
from printing.file_printer import Papers
from printing.port import (
    Abilities,
    CameOut,
    Filed,
    LostTrack,
    News,
    NoAnswer,
    NotPrinted,
    NotSent,
    Outcome,
    Printer,
    Rejected,
    Sent,
    Status,
    TellsNoMore,
    Underway,
)

log = logging.getLogger("anjungan.print")

BUG_CODE = "P 11"
LOOK_AGAIN_S = 3.0
"""So often is looked for slips that another program on the same store owes (the desk's, or the
kiosk's), and whether a printer that cannot print now can again."""
FOLLOW_S = 0.5
"""So often is a printer asked about the page that it works on."""
TRIES = 3
"""So often is one page begun that the printer takes and does not print; the next ones wait."""
REMINDER, PROOF, COPY, TEST = "pengingat", "bukti", "salinan", "uji"


class Renderer(Protocol):
    """Makes pages in the form that the printer takes: a PDF, or ESC/POS."""

    def render(self, registration: Registration, copy: int) -> bytes: ...
    def render_reminder(self, reminder: Reminder) -> bytes: ...
    def render_proof(self, request: Request, now: datetime) -> bytes: ...
    def render_copy(self, copy: PersonalCopy) -> bytes: ...
    def render_sample(self, language: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is stored nowhere; `render` makes it on the print thread.

    `id` is drawn for this page alone, `name` is what the printer may call it (see Printer.send).
    """

    id: str
    name: str
    render: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class _Begun:
    """A page that is stored nowhere, with the printer."""

    page: Page
    name: str
    handle: str
    state: PrintState = PrintState.SENT
    hold: Hold | None = None


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
        self._on_news: Callable[[str, PrintNews], None] = _tell_nobody
        self._pages: deque[Page] = deque()
        self._begun: _Begun | None = None
        self._tries: Counter[int] = Counter()
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="print", daemon=True)

    def start(self, on_news: Callable[[str, PrintNews], None]) -> None:
        """Begin with what a stop of the program left unfinished.

        `on_news(registration_id, news)` is called from the print thread each time something
        more is known of a slip, and `on_news(page_id, news)` of a reminder or another page.
        """
        self._on_news = on_news
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

    def print_test(self, language: str, page_id: str) -> None:
        """Print a slip of nobody, as print_page() does."""
        name = f"{TEST}-{local(self._clock.now()):%Y%m%d-%H%M%S}"
        self.print_page(Page(page_id, name, lambda: self._renderer.render_sample(language)))

    @property
    def may_stop(self) -> bool:
        """Whether a stop would forget no page that still waits."""
        return not self._pages

    def status(self) -> Status:
        """Ask how the printer stands; takes as long as the printer does."""
        return self._printer.status()

    def abilities(self) -> Abilities:
        """Ask what the printer can report; takes as long as the printer does."""
        return self._printer.abilities()

    def forget(self, number: str, slips: Collection[PrintJob]) -> bool:
        """Remove what is left of a registration's pages; False when some may be left."""
        forgotten = [self._printer.forget(slip.handle, slip.name) for slip in slips]
        return self._papers.forget(number) and all(forgotten)

    def stop(self) -> None:
        """Let go of the page under way, which the next start follows, and end the thread."""
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()
        self._printer.close()

    def _run(self) -> None:
        wait_s = 0.0
        while True:
            self._wake.wait(wait_s)
            self._wake.clear()
            if self._stopping:
                return
            try:
                wait_s = self.step()
            except KioskFailure as failure:
                log.error(failed(failure))
                wait_s = self._next_page()  # which needs no store
            except Exception as bug:  # noqa: BLE001 (the thread goes on whatever happens to a page)
                _log_bug(bug)
                wait_s = LOOK_AGAIN_S

    def step(self) -> float:
        """Do the one thing that can be done now; returns the seconds until the next step.

        What a printer has comes first, then what is owed, then pages that nobody is owed.
        """
        slips = self._unfinished()
        with_printer = [slip for slip in slips if slip.state in FOLLOWED]
        if with_printer:
            return self._follow(with_printer[0])
        if self._begun:
            return self._follow_page(self._begun)
        if slips:
            return self._print_or_hold(slips[0])
        return self._next_page()

    def _unfinished(self) -> tuple[PrintJob, ...]:
        if not self._has_turn():
            return ()
        with self._store.reading() as record:
            return record.prints.unfinished()

    # ------------------------------------------------------------ slips

    def _print_or_hold(self, slip: PrintJob) -> float:
        """Print a slip unless the printer cannot; then all that are owed wait for the same."""
        hold = self._printer.status().hold
        self._note_hold(hold)
        if hold:
            return LOOK_AGAIN_S
        return self._print(slip)

    def _note_hold(self, hold: Hold | None) -> None:
        with self._store.reading() as record:
            paper, slips = record.prints.paper(), record.prints.unfinished()
        out = hold is Hold.NO_PAPER
        if paper.ran_out is out and all(slip.hold is hold for slip in slips):
            return
        now = self._clock.now()
        with self._store.transaction() as record:
            record.prints.set_paper(paper.out() if out else _refilled(paper, hold, now))
            news = record.prints.hold_owed(hold)
        for slip in news:
            self._tell(slip)

    def _print(self, slip: PrintJob) -> float:
        if slip.state is PrintState.RENDERING:
            # A stop of the program came between; what was begun at the printer holds no page.
            self._printer.forget(slip.handle, slip.name)
        with self._store.transaction() as record:
            begun = record.prints.begin(slip, self._clock.now())
            registration = record.find(slip.registration_id)
        if begun is None or registration is None:
            return 0.0  # erased, or given by a person, since the slips were counted
        self._tell(begun)
        page = self._render(lambda: self._renderer.render(registration, begun.copy))
        if isinstance(page, str):
            self._note(replace(begun, state=PrintState.FAILED, evidence=page))
            return 0.0
        return self._sent(begun, self._send(page, begun.name, partial(self._begin, begun)))

    def _render(self, render: Callable[[], bytes]) -> bytes | str:
        """Return the page, or the code of why there is none."""
        try:
            return render()
        except KioskFailure as failure:
            log.error(SlipFailed(Code(failure.code)))
            return failure.code
        except Exception as bug:  # noqa: BLE001 (one bad slip must not keep the others from paper)
            _log_bug(bug)
            return BUG_CODE

    def _send(self, page: bytes, name: str, begin: Callable[[str], bool]) -> Outcome:
        begun = False

        def note(handle: str) -> bool:
            nonlocal begun
            begun = begin(handle)
            return begun

        try:
            outcome = self._printer.send(page, name, note)
        except KioskFailure:
            raise
        except Exception as bug:  # noqa: BLE001 (as above)
            _log_bug(bug)
            return Sent() if begun else Rejected(BUG_CODE)
        if isinstance(outcome, Rejected):
            log.error(SlipRejected())
        return outcome

    def _begin(self, slip: PrintJob, handle: str) -> bool:
        """Note, before the printer gets anything, that from now on it may have the slip."""
        sent = replace(slip, state=PrintState.SENT, handle=handle)
        with self._store.transaction() as record:
            if not record.prints.advance(sent, self._clock.now()):
                return False
            record.prints.set_paper(record.prints.paper().one_more())
        self._tell(sent)
        return True

    def _sent(self, slip: PrintJob, outcome: Outcome) -> float:
        match outcome:
            case Sent():
                self._forget_if_erased(slip)
                return 0.0
            case Filed(path):
                self._note(replace(slip, state=PrintState.FILED, evidence=path.name))
                self._forget_if_erased(slip)
                return 0.0
            case NotSent(hold):
                self._note(replace(slip, state=PrintState.OWED, hold=hold))
                return LOOK_AGAIN_S
            case Rejected(reason):
                return self._try_again(slip, reason)
            case _:
                assert_never(outcome)

    def _try_again(self, slip: PrintJob, reason: str) -> float:
        """Nothing came out: owe it again, unless the printer does not want this page at all."""
        self._tries[slip.id] += 1
        if self._tries[slip.id] < TRIES:
            self._note(replace(slip, state=PrintState.OWED, evidence=reason, hold=None))
            return FOLLOW_S
        del self._tries[slip.id]
        self._note(replace(slip, state=PrintState.FAILED, evidence=reason, hold=None))
        return 0.0

    def _forget_if_erased(self, slip: PrintJob) -> None:
        with self._store.transaction() as record:
            erased = record.find(slip.registration_id) is None
        if erased:
            self.forget(slip.number, [slip])

    def _follow(self, slip: PrintJob) -> float:
        news = self._ask(slip)
        if news is None:
            return LOOK_AGAIN_S
        if isinstance(news, NotPrinted):
            return self._try_again(slip, news.evidence)
        state, hold, evidence = _known(news, slip.state)
        known = replace(slip, state=state, hold=hold, evidence=evidence)
        if known != slip:
            self._note(known)
        return FOLLOW_S if state in FOLLOWED else 0.0

    def _ask(self, slip: PrintJob) -> News | None:
        """Ask the printer; None for a mistake of ours in it, which is not made for ever."""
        try:
            return self._printer.follow(slip.handle, slip.name)
        except Exception as bug:  # noqa: BLE001 (as above)
            _log_bug(bug)
            self._tries[slip.id] += 1
            return LostTrack(BUG_CODE) if self._tries[slip.id] >= TRIES else None

    def _note(self, slip: PrintJob) -> None:
        now = self._clock.now()
        with self._store.transaction() as record:
            advanced = record.prints.advance(slip, now)
            paper = record.prints.paper()
            if slip.hold is Hold.NO_PAPER:
                record.prints.set_paper(paper.out())
            elif paper.ran_out:
                record.prints.set_paper(_refilled(paper, slip.hold, now))
        if advanced:
            self._tell(slip)

    def _tell(self, slip: PrintJob) -> None:
        self._on_news(slip.registration_id, PrintNews(slip.state, slip.hold))

    # ------------------------------------------------------------ pages that are stored nowhere

    def _next_page(self) -> float:
        if not self._pages:
            return LOOK_AGAIN_S
        try:
            self._print_page(self._pages[0])
        finally:
            self._pages.popleft()
        return 0.0

    def _print_page(self, page: Page) -> None:
        hold = self._printer.status().hold
        if hold:
            self._on_news(page.id, PrintNews(PrintState.FAILED, hold))
            return
        self._on_news(page.id, PrintNews(PrintState.RENDERING))
        made = self._render(page.render)
        if isinstance(made, str):
            self._on_news(page.id, PrintNews(PrintState.FAILED))
            return
        outcome = self._send(made, page.name, partial(self._begin_page, page))
        match outcome:
            case Sent():
                self._on_news(page.id, PrintNews(PrintState.SENT))
            case Filed():
                self._on_news(page.id, PrintNews(PrintState.FILED))
            case NotSent(reason):
                self._begun = None
                self._on_news(page.id, PrintNews(PrintState.FAILED, reason))
            case Rejected():
                self._begun = None
                self._on_news(page.id, PrintNews(PrintState.FAILED))
            case _:
                assert_never(outcome)

    def _begin_page(self, page: Page, handle: str) -> bool:
        self._begun = _Begun(page, page.name, handle)
        try:
            with self._store.transaction() as record:
                record.prints.set_paper(record.prints.paper().one_more())
        except KioskFailure as failure:
            log.error(failed(failure))
        return True

    def _follow_page(self, begun: _Begun) -> float:
        news = self._printer.follow(begun.handle, begun.name)
        state, hold, _ = _known(news, begun.state)
        if (state, hold) != (begun.state, begun.hold):
            self._on_news(begun.page.id, PrintNews(state, hold))
        self._begun = replace(begun, state=state, hold=hold) if state in FOLLOWED else None
        return FOLLOW_S if self._begun else 0.0


def _known(news: News, state: PrintState) -> tuple[PrintState, Hold | None, str]:
    """What a printer's answer makes of a page in `state`: the state, its hold and the evidence."""
    match news:
        case Underway(printing, hold):
            return PrintState.PRINTING if printing else state, hold, ""
        case NoAnswer(hold):
            return state, hold, ""
        case CameOut(evidence):
            return PrintState.CAME_OUT, None, evidence
        case NotPrinted(evidence):
            return PrintState.FAILED, None, evidence
        case TellsNoMore():
            return PrintState.UNCONFIRMED, None, ""
        case LostTrack(evidence):
            return PrintState.UNSURE, None, evidence
        case _:
            assert_never(news)


def _refilled(paper: PaperCount, hold: Hold | None, now: datetime) -> PaperCount:
    """The paper is not out any more, unless nobody answers who could say so."""
    tells = hold not in {Hold.OFFLINE, Hold.MISSING}
    return paper.refilled(now) if paper.ran_out and tells else paper


def _log_bug(bug: Exception) -> None:
    log.error(SlipBug(type(bug), places_of(bug.__traceback__)))


def _tell_nobody(_id: str, _news: PrintNews) -> None:
    """Before start() there is nobody to tell."""
