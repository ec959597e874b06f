"""A printer that speaks ESC/POS, as the spooler sees it.

It has no jobs. It works through what it gets in order, and a mark (GS r) is a question that it
answers when it comes to it: the answer to the one behind the cut says that the page came out. How
it stands it says at once (DLE EOT), also in the middle of a page. Many models do neither: of their
pages nothing is claimed.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from kiosk.domain.escpos_address import EscposAddress
from kiosk.domain.print_job import Hold
from printing.escpos_commands import in_pieces, last_of
from printing.escpos_link import LinkLost, NoLink, open_link
from printing.escpos_talk import MARK, NO_PAPER_BITS, Talk
from printing.port import (
    ANSWER_S,
    Abilities,
    CameOut,
    LostTrack,
    News,
    NoAnswer,
    NotPrinted,
    NotSent,
    Outcome,
    Rejected,
    Sent,
    Status,
    TellsNoMore,
    Underway,
    require_name,
)

_MOST_UNANSWERED = 3
"""So many pieces of a page are with the printer at once: as much as a small buffer holds."""
_ALL_BEFORE = _MOST_UNANSWERED + 1
"""Behind the answer to so many marks nothing of an older page is left to be printed."""
_FILLER = bytes(1100)
"""What a page that broke off left half said becomes whole with: white dots, and otherwise nothing.
It is as long as the longest command."""
_QUIET_S = 0.3
"""After so long no answer to something older is still on its way."""
_DOUBT_S = 0.5
_PATIENCE_S = 1.0
_FORGET_S = 2.0
_SURE = 2


@dataclass(slots=True)
class _Page:
    """A page on its way: what is still to be written, and the marks in it."""

    handle: str
    pieces: deque[bytes]
    rest: bytes = b""
    begun: bool = False
    asked: int = 0
    answered: int = 0
    last_answer: int = 0
    asked_before: int = 0
    """How many marks were in the page when the first was put behind it to learn more; else 0."""
    quiet: bool = False
    doubts: int = 0
    ready: int = 0
    lost: str = ""

    @property
    def written(self) -> bool:
        """Whether the printer was given everything."""
        return not self.pieces and not self.rest


class EscposPrinter:
    """One page at a time; see printing.port.Printer.

    What a model answers is found out once: `_stands` to the question how it stands, `_marks` to a
    mark; None as long as it was not asked.
    """

    def __init__(self, address: EscposAddress) -> None:
        self._address = address
        self._lock = threading.Lock()
        self._talk: Talk | None = None
        self._page: _Page | None = None
        self._stands: bool | None = None
        self._marks: bool | None = None
        self._model = ""
        self._broken_off = True
        self._last = Status()

    def status(self) -> Status:
        """Ask how the printer stands, also in the middle of a page."""
        if not self._lock.acquire(timeout=ANSWER_S):
            return self._last
        try:
            self._last = self._status()
            if self._page is None:
                self._hang_up()
        finally:
            self._lock.release()
        return self._last

    def abilities(self) -> Abilities:
        """Find out what the model answers; it is asked nothing that it prints."""
        with self._lock:
            if self._page is None:
                self._prepare()
                self._hang_up()
        return Abilities(
            self._model, reports_paper=bool(self._stands), reports_jobs=bool(self._marks)
        )

    def send(self, pdf: bytes, name: str, begin: Callable[[str], bool]) -> Outcome:
        """Hand over a page in ESC/POS (see printing.forms), as much of it as the printer takes.

        The rest goes when it is followed. A page that nobody followed to its end is given up.
        """
        require_name(name)
        try:
            pieces = in_pieces(pdf)
        except ValueError:
            return Rejected("document-format-not-supported")
        with self._lock:
            self._page = None
            hold = self._prepare()
            try:
                if hold is None and not begin(name):
                    hold = Hold.STOPPED
            except BaseException:
                self._hang_up()
                raise
            if hold is not None:
                self._hang_up()
                return NotSent(hold)
            if self._broken_off:
                # Nobody shall be handed the beginning of somebody else's slip with their own.
                pieces[0] = _FILLER + last_of(pieces[-1]) + pieces[0]
            self._page = _Page(name, deque(pieces))
            self._broken_off = True
            self._go_on(self._page)
            return Sent()

    def follow(self, handle: str, name: str) -> News:
        """Go on with the page and say how far it has come."""
        with self._lock:
            page = self._page
            if page is None or page.handle != handle:
                return LostTrack("escpos: nobody listened for the answer")
            news = self._news(page)
            if not isinstance(news, Underway | NoAnswer):
                self._broken_off = not isinstance(news, CameOut | TellsNoMore)
                self._page = None
                self._hang_up()
            return news

    def forget(self, handle: str, name: str) -> bool:
        """Give a page up. What the printer already has of it cannot be taken back."""
        if not self._lock.acquire(timeout=_FORGET_S):
            return False
        try:
            page = self._page
            if page is None or page.handle != handle:
                return True
            self._page = None
            self._hang_up()
            return not page.begun
        finally:
            self._lock.release()

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            self._hang_up()

    def _status(self) -> Status:
        if self._page is not None and self._page.rest:
            return self._last  # a question would become a part of what is half written
        try:
            return self._standing(self._open()) or Status(Hold.OFFLINE, says="no answer")
        except NoLink as none:
            return Status(none.hold, says=none.says)
        except LinkLost as lost:
            self._lose(str(lost))
            return Status(Hold.OFFLINE, says=str(lost))

    def _prepare(self) -> Hold | None:
        """Connect, and see that the printer can print and is through with everything older.

        Otherwise the answer to a mark of a page that was lost could be taken for one of the next.
        """
        self._hang_up()
        if self._stands is False:
            self._stands = self._marks = None
        try:
            talk = self._open()
            standing = self._standing(talk)
            if standing is None:
                return Hold.OFFLINE
            if standing.hold is not None:
                return standing.hold
            return None if self._is_through(talk) else Hold.STOPPED
        except NoLink as none:
            return none.hold
        except LinkLost:
            return Hold.OFFLINE

    def _standing(self, talk: Talk) -> Status | None:
        """Return how the printer stands, ready if it is a model that never says; None if it does
        not answer now."""
        if self._stands is False:
            return Status()
        found = talk.standing()
        if self._stands is None:
            self._stands = found is not None
        return found if self._stands else Status()

    def _is_through(self, talk: Talk) -> bool:
        if not self._stands or self._marks is False:
            self._marks = False
            return True
        filler = _FILLER if self._broken_off else b""
        talk.ask(filler + MARK * _ALL_BEFORE, ANSWER_S)
        if talk.await_marks(_ALL_BEFORE, ANSWER_S):
            self._marks = True
            while talk.listen(_QUIET_S):
                pass
            talk.marks.clear()
            return True
        if self._marks is None and not talk.marks:
            self._marks = False
            return True
        return False

    def _go_on(self, page: _Page) -> None:
        """Write of the page what the printer takes."""
        end = monotonic() + ANSWER_S
        try:
            talk = self._open()
            self._count(page, talk, 0)
            while not page.written and monotonic() < end and self._push(page, talk):
                pass
        except (NoLink, LinkLost) as lost:
            self._lose(str(lost))

    def _push(self, page: _Page, talk: Talk) -> bool:
        """Write the next bytes; False when the printer took none and answered nothing."""
        if not page.rest:
            if self._marks and page.asked - page.answered >= _MOST_UNANSWERED:
                return self._count(page, talk, _PATIENCE_S)
            page.rest = page.pieces.popleft()
            page.asked_before = page.doubts = 0
            if self._marks:
                page.rest += MARK
                page.asked += 1
        taken = talk.write(page.rest, _PATIENCE_S)
        page.rest = page.rest[taken:]
        page.begun = page.begun or taken > 0
        self._count(page, talk, 0)
        return taken > 0

    def _count(self, page: _Page, talk: Talk, timeout_s: float) -> bool:
        talk.listen(timeout_s)
        marks, talk.marks = talk.marks, []
        page.answered += len(marks)
        page.last_answer = marks[-1] if marks else page.last_answer
        return bool(marks)

    def _news(self, page: _Page) -> News:
        if not page.lost:
            self._go_on(page)
        if end := self._end(page):
            return end
        if page.rest:
            return Underway(hold=Hold.STOPPED)
        try:
            talk = self._open()
            standing = self._standing(talk)
            page.quiet = not self._count(page, talk, _DOUBT_S if page.asked_before else 0)
        except (NoLink, LinkLost) as lost:
            self._lose(str(lost))
            standing = None
        if end := self._end(page):
            return end
        if standing is None:
            return NoAnswer(Hold.OFFLINE)
        if standing.hold is not None:
            return Underway(hold=standing.hold)
        return self._at_work(page)

    def _end(self, page: _Page) -> News | None:
        """Return what became of the page, None as long as that is open."""
        answered_all = page.asked == page.answered
        if self._marks and page.written and answered_all:
            if page.last_answer & NO_PAPER_BITS:
                return LostTrack("escpos: the roll ended with the page")
            return CameOut(f"escpos: answered behind the cut, {page.last_answer:02x}")
        if page.answered > page.asked:
            return LostTrack("escpos: more answers than questions")
        if not page.lost:
            return None
        if not page.begun:
            return NotPrinted("escpos: nothing was handed over")
        return LostTrack(f"escpos: {page.lost}")

    def _at_work(self, page: _Page) -> News:
        """The printer is ready and has not answered all: it prints, or has lost the page.

        Who forgot the page (switched off behind a box that keeps the line open) answers marks that
        are put behind it, and never those in it. As many answers as the page has marks come either
        way; then the rest is answered at once, or never.
        """
        if not self._marks:
            page.ready += page.written
            told = page.written and (not self._stands or page.ready >= _SURE)
            return TellsNoMore() if told else Underway(printing=True)
        if not page.asked_before:
            page.asked_before = page.asked
        if page.answered < page.asked_before:
            page.rest = MARK
            page.asked += 1
        elif page.quiet:
            page.doubts += 1
        if page.doubts >= _SURE:
            return LostTrack("escpos: it answers, but not for this page")
        return Underway(printing=True)

    def _open(self) -> Talk:
        if self._talk is None:
            try:
                self._talk = Talk(open_link(self._address))
            except NoLink:
                # Whoever comes back may be another model, or one that was too busy to answer.
                self._stands = self._stands or None
                self._marks = self._marks or None
                raise
            self._model = self._talk.link.model
        return self._talk

    def _lose(self, why: str) -> None:
        self._hang_up()
        if self._page is not None:
            self._page.lost = why

    def _hang_up(self) -> None:
        if self._talk is not None:
            self._talk.link.close()
            self._talk = None
