"""What a person may ask for about their data, until when it must be done, and what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.domain.staff import Action

ANSWERED_WITHIN = timedelta(hours=72)
"""3 x 24 hours: UU 27/2022 arts. 30 and 32 for correction and a copy, 41 to restrict.

For an erasure the law names no hours; this office keeps the same.
"""

WITHDRAWN = "persetujuan ditarik"
"""The reason that stands with a registration whose consent was withdrawn."""


class Right(StrEnum):
    """What a person may ask for (UU 27/2022 arts. 6 to 9 and 42 to 44)."""

    COPY = "copy"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    ERASURE = "erasure"


NEEDS: Mapping[Right, Action] = {
    Right.COPY: Action.EXPORT_OR_ERASE,
    Right.CORRECTION: Action.CORRECT,
    Right.WITHDRAWAL: Action.VOID,
    Right.ERASURE: Action.EXPORT_OR_ERASE,
}
"""Who may carry a request out. To record one needs Action.RECORD_REQUEST."""


class RequestState(StrEnum):
    """What became of a request."""

    OPEN = "open"
    DONE = "done"
    CALLED_OFF = "called_off"
    """The person took it back, or it was recorded by mistake."""


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asked for a right; no personal data, it outlives an erasure.

    `recorded_by` and `closed_by` are names of staff. While open, `closed_at` is None. `batch` is
    the number of the hand-over that took the registration to BPJS before the request was closed, 0
    for none. `language` is the one that the person read when registering.
    """

    id: int
    registration_id: str
    number: str
    right: Right
    language: str
    asked_at: datetime
    due_at: datetime
    recorded_by: str
    state: RequestState
    closed_at: datetime | None
    closed_by: str
    batch: int


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that waits: `hours` are whole ones, left until its deadline or passed since."""

    request: Request
    hours: int
    overdue: bool


def waiting(request: Request, now: datetime) -> OpenRequest:
    """Return how long there is for a request, or for how long it is overdue."""
    left = request.due_at - now
    return OpenRequest(request, int(abs(left) / timedelta(hours=1)), left < timedelta())


class Because(StrEnum):
    """Why a registration is gone from this kiosk."""

    ASKED = "asked"
    """The person asked for it."""
    IN_TIME = "in_time"
    """Its time here was over, and it is safe elsewhere."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is left of an erased registration: that its number was used. `batch` as in Request."""

    registration_id: str
    number: str
    registered_at: datetime
    erased_at: datetime
    batch: int
    because: Because
