"""A slip on its way to paper: what is known of it, and never more."""

from dataclasses import dataclass
from enum import StrEnum


class PrintState(StrEnum):
    """How far a slip has come."""

    OWED = "owed"
    RENDERING = "rendering"
    SENT = "sent"
    FILED = "filed"
    """Left as a file, because this kiosk has no printer: a person prints it."""
    CAME_OUT = "came_out"
    FAILED = "failed"
    HANDED_OVER_OTHERWISE = "handed_over_otherwise"
    """Given by a person of the staff, not by this kiosk's printer."""


BY_A_PERSON = "person"
"""The evidence when somebody said what became of a slip."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One copy of one registration's slip (0 is the original).

    `evidence` says how the state is known: the printer's job name, the reason of a failure, or
    "person" when the resident said that the slip came out.
    """

    id: int
    registration_id: str
    copy: int
    state: PrintState
    evidence: str

    @property
    def is_on_its_way(self) -> bool:
        """The kiosk is still going to hand it to the printer."""
        return self.state in {PrintState.OWED, PrintState.RENDERING}

    @property
    def never_left(self) -> bool:
        """No printer ever had it: it could not be made, or was refused.

        What somebody missed at the printer may still come out of it, once it has paper again.
        """
        return self.state is PrintState.FAILED and self.evidence != BY_A_PERSON
