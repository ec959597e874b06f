"""What the staff sees of the registrations: a list in several views, and one record in full."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.domain.answers import Answers
from kiosk.domain.months import Month
from kiosk.domain.nik import NikWarning
from kiosk.domain.orders import Order, Payment
from kiosk.domain.print_job import UNFINISHED, CopyReason, PrintState
from kiosk.domain.registration import Registration, Status

LATE_AFTER = timedelta(days=3)
"""From then on a registration that was not handed over is late.

The branch works through what it gets within a day, and nobody is covered before that and the
payment: an office that hands over every working day is never late, not even
after a weekend.
"""

COUNT_MAX = 9_999
"""What is counted further is not read by anybody, but would be waited for."""


class View(StrEnum):
    """Which registrations stand in the list."""

    TODAY = "today"
    NOT_HANDED_OVER = "not_handed_over"
    SLIP_NOT_OUT = "slip_not_out"
    NOT_AT_CENTRE = "not_at_centre"
    NEEDS_ATTENTION = "needs_attention"
    ALL = "all"


class Transfer(StrEnum):
    """Where the latest revision of a registration is known to be."""

    ON_THIS_KIOSK = "on_this_kiosk"
    AT_THE_CENTRE = "at_the_centre"
    NEEDS_ATTENTION = "needs_attention"
    """The centre rejected it: it stays here until somebody sees to it."""


class Attention(StrEnum):
    """Why somebody should look at a registration."""

    REJECTED = "rejected"
    """The branch refused it, and the person does not know."""
    NIK_DIFFERS = "nik_differs"
    """The KTP should be looked at before the branch gets it."""
    SLIP_FAILED = "slip_failed"
    PARKED = "parked"
    """The centre rejected it."""
    CONFLICT = "conflict"
    """It was changed here and at the centre, and nobody has decided yet."""


MISSED = frozenset({PrintState.FAILED, PrintState.UNSURE})
"""Slips that come out only if a person sees to them."""
NOT_OUT = UNFINISHED | MISSED | {PrintState.FILED}
"""Slips that are not known to be out. UNCONFIRMED is with a printer, and nobody missed it."""


def attention(
    status: Status,
    warnings: frozenset[NikWarning],
    slip: PrintState | None,
    *,
    parked: bool = False,
    conflict: bool = False,
) -> frozenset[Attention]:
    """Return why a registration needs attention, if it does."""
    reasons = {
        Attention.REJECTED: status is Status.REJECTED,
        Attention.NIK_DIFFERS: bool(warnings) and status is Status.REGISTERED,
        Attention.SLIP_FAILED: slip in MISSED and status.awaits_payment,
        Attention.PARKED: parked,
        Attention.CONFLICT: conflict,
    }
    return frozenset(reason for reason, holds in reasons.items() if holds)


def is_late(status: Status, registered_at: datetime, now: datetime) -> bool:
    """Tell whether a registration should have been handed over by now."""
    return status is Status.REGISTERED and registered_at < now - LATE_AFTER


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. `slip` is the latest copy's state."""

    id: str
    number: str
    name: str
    registered_at: datetime
    status: Status
    slip: PrintState | None
    transfer: Transfer
    attention: frozenset[Attention]
    late: bool


@dataclass(frozen=True, slots=True)
class After:
    """Where a page ended; the next one begins after it, whatever was added meanwhile."""

    at: str
    place: int


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of a view in its order; `after` is None on the last page."""

    rows: tuple[Row, ...]
    after: After | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are, or at least are when `or_more`."""

    count: int
    or_more: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The count of every view, and how many registrations are late."""

    counts: Mapping[View, Tally]
    late: Tally


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, the newest first; `more` when the list was cut.

    `unread` entries of the record were not looked through yet: the first search of a full store.
    """

    rows: tuple[Row, ...]
    more: bool
    unread: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A field before and after a correction, as it is stored; NIKs are masked."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Became:
    """The registration came to a status; `note` says by what, `payment` and `reason` why."""

    status: Status
    payment: Payment | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """Fields were corrected."""

    changes: tuple[Changed, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Renewed:
    """Further months were paid."""

    payment: Payment


@dataclass(frozen=True, slots=True)
class SlipMoved:
    """What is last known of a copy of the slip, and how."""

    copy: int
    state: PrintState
    evidence: str


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """Somebody asked for the slip once more; `copy` 0 and no reason for one that never came out."""

    copy: int
    reason: CopyReason | None
    remark: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Anything else that the audit holds, by its own word."""

    event: str
    note: str


What = Became | Corrected | Renewed | SlipMoved | AskedAgain | Noted


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history; `actor` is empty where no staff was at work."""

    at: datetime
    actor: str
    what: What


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything the pane shows.

    `registration` and `answers` carry the NIK masked. `answers` is what a correction starts from.
    `payments` come in the order of their months; `renewal_from` is the first month that can be
    paid today, None while nothing was paid.
    """

    registration: Registration
    answers: Answers
    slip: PrintState | None
    transfer: Transfer
    attention: frozenset[Attention]
    late: bool
    payments: tuple[Payment, ...]
    renewal_from: Month | None
    history: tuple[Event, ...]
    orders: frozenset[Order]
