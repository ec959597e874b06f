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
