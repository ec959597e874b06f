"""A slip on its way to paper: what is known of it, and never more."""

from dataclasses import dataclass
from enum import StrEnum


class PrintState(StrEnum):
    """How far a slip has come; see docs/printing.md for what leads from one to the next."""

    OWED = "owed"
    """Nothing of it is with a printer. It is printed as soon as there is one that can."""
    RENDERING = "rendering"
    SENT = "sent"
    """A printer may have it: it is asked until it says what became of it."""
    PRINTING = "printing"
    """The printer says that it works on it."""
    CAME_OUT = "came_out"
    """The printer or a person said so."""
    UNCONFIRMED = "unconfirmed"
    """Handed to a printer that tells no more, and nobody has missed it or said that it is there."""
    UNSURE = "unsure"
    """The printer lost track of it, so that it may have come out or not: a person has to look."""
    FILED = "filed"
    """Left as a file, because this kiosk has no printer: a person prints it."""
    FAILED = "failed"
    HANDED_OVER_OTHERWISE = "handed_over_otherwise"
    """Given by a person of the staff, not by this kiosk's printer."""


class Hold(StrEnum):
    """What keeps a printer from printing, as far as it tells."""

    NO_PAPER = "no_paper"
    COVER_OPEN = "cover_open"
    JAM = "jam"
    NO_INK = "no_ink"
    STOPPED = "stopped"
    """Stopped by hand or for a reason that it does not name."""
    OFFLINE = "offline"
    """Nobody answers: switched off, unplugged, or the network is gone."""
    MISSING = "missing"
    """There is no such queue or device: a setting is wrong."""


FOLLOWED = frozenset({PrintState.SENT, PrintState.PRINTING})
"""A printer may have it, and is asked."""
UNFINISHED = frozenset({PrintState.OWED, PrintState.RENDERING}) | FOLLOWED
"""The kiosk still sees to it by itself."""


class CopyReason(StrEnum):
    """Why somebody asks for a copy of a slip."""

    LOST = "lost"
    UNREADABLE = "unreadable"
    NOT_OUT = "not_out"
    """The one before did not come out, or nobody knows."""
    DATA_CHANGED = "data_changed"
    OTHER = "other"


BY_A_PERSON = "person"
"""The evidence when somebody said what became of a slip."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One copy of one registration's slip (0 is the original).

    `number` is the registration's. `evidence` says how the state is known: the printer's own word,
    the reason of a failure, or "person". `hold` is what it waits for while it is unfinished.
    `attempt` counts the times it was begun, `handle` is the printer's name for the last of these,
    empty as long as nothing of the page was handed over. `remark` is what the staff wrote of why
    they asked for this copy.
    """

    id: int
    registration_id: str
    number: str
    copy: int
    state: PrintState
    evidence: str = ""
    hold: Hold | None = None
    attempt: int = 0
    handle: str = ""
    remark: str = ""

    @property
    def name(self) -> str:
        """What the printer calls this attempt: number, copy and attempt; never used twice."""
        return f"{self.number}-{self.copy}-{self.attempt}"

    @property
    def is_on_its_way(self) -> bool:
        """The kiosk is still going to print it, or a printer is at it."""
        return self.state in UNFINISHED

    @property
    def never_left(self) -> bool:
        """No printer ever had it: it could not be made, or was refused.

        What somebody missed at the printer may still come out of it, once it has paper again.
        """
        return self.state is PrintState.FAILED and self.evidence != BY_A_PERSON

    @property
    def is_followed_by_a_copy(self) -> bool:
        """Whether the next slip asked for says SALINAN: this one may be in somebody's hands."""
        return not (self.is_on_its_way or self.never_left)


@dataclass(frozen=True, slots=True)
class PrintNews:
    """What is known now of a slip or another page."""

    state: PrintState
    hold: Hold | None = None
