"""Questions to an ESC/POS printer and its answers, told apart by their bits."""

from time import monotonic

from kiosk.domain.print_job import Hold
from printing.escpos_link import Link
from printing.port import Status

MARK = b"\x1dr\x01"
"""Answered when the printer comes to it: what stands before it has been printed."""
NO_PAPER_BITS = 0x0C
"""In the answer to a mark: the roll is at its end."""
_ASK = b"\x10\x04"
_PRINTER, _CAUSE, _ERROR, _ROLL = 1, 2, 3, 4
_ANSWER_S = 2.0
"""How it stands a printer says at once, or never."""
_OF_STATE, _OF_CHANGE, _STATE_BITS = 0x12, 0x10, 0x93
_REST_OF_CHANGE = 3
_OF_MARK_BITS = 0x90


class Talk:
    """One connection to a printer. Every method may raise LinkLost."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.marks: list[int] = []
        """The answers to marks that nobody has counted yet."""
        self._states: list[int] = []
        self._skip = 0
        self._half_asked = b""

    def write(self, data: bytes, timeout_s: float) -> int:
        """Hand over as much as is taken, and return how many bytes that was."""
        if self._half_asked:
            taken = self.link.write(self._half_asked, timeout_s)
            self._half_asked = self._half_asked[taken:]
        return 0 if self._half_asked else self.link.write(data, timeout_s)

    def ask(self, question: bytes, timeout_s: float) -> bool:
        """Hand over a question, and tell whether that went in time; if not, the rest of it goes
        before anything else."""
        end = monotonic() + timeout_s
        while question and monotonic() < end:
            question = question[self.write(question, max(0.0, end - monotonic())) :]
        self._half_asked += question
        return not question

    def listen(self, timeout_s: float) -> bool:
        """Take in what has come, and tell whether anything has."""
        received = self.link.read(timeout_s)
        for byte in received:
            self._sort(byte)
        return bool(received)

    def await_marks(self, count: int, timeout_s: float) -> bool:
        """Listen until so many marks are answered, and tell whether that was in time."""
        end = monotonic() + timeout_s
        while len(self.marks) < count and monotonic() < end:
            self.listen(max(0.0, end - monotonic()))
        return len(self.marks) >= count

    def standing(self) -> Status | None:
        """Return how the printer stands; None when it does not say."""
        printer, roll = self._ask(_PRINTER), self._ask(_ROLL)
        if printer is None or roll is None:
            return None
        cause, error = 0, 0
        if printer & 0x08:
            cause = self._ask(_CAUSE) or 0
            error = (self._ask(_ERROR) or 0) if cause & 0x40 else 0
        hold = _hold(printer, cause, error, roll)
        says = f"DLE EOT {printer:02x} {cause:02x} {error:02x} {roll:02x}" if hold else ""
        return Status(hold, paper_low=bool(roll & 0x0C), says=says)

    def _ask(self, what: int) -> int | None:
        self._states.clear()
        end = monotonic() + _ANSWER_S
        if not self.ask(_ASK + bytes([what]), _ANSWER_S):
            return None
        while not self._states and monotonic() < end:
            self.listen(max(0.0, end - monotonic()))
        return self._states[0] if self._states else None

    def _sort(self, byte: int) -> None:
        if self._skip:
            self._skip -= 1
        elif byte & _STATE_BITS == _OF_STATE:
            self._states.append(byte)
        elif byte & _STATE_BITS == _OF_CHANGE:
            # Four bytes that some printers send unasked whenever something changes.
            self._skip = _REST_OF_CHANGE
        elif _is_of_mark(byte):
            self.marks.append(byte)


def _is_of_mark(byte: int) -> bool:
    """Both sensors of the roll have two bits that are always the same."""
    near_end, end = byte & 0x03, byte >> 2 & 0x03
    return not byte & _OF_MARK_BITS and near_end in (0, 3) and end in (0, 3)


def _hold(printer: int, cause: int, error: int, roll: int) -> Hold | None:
    reasons = (
        (cause & 0x04, Hold.COVER_OPEN),
        (roll & 0x60 or cause & 0x20, Hold.NO_PAPER),
        (error & 0x08, Hold.JAM),
        (printer & 0x08, Hold.STOPPED),
    )
    return next((hold for is_so, hold in reasons if is_so), None)
