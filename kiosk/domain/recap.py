"""The day's end: what was done on a day, and which registration numbers were used on it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.audit import Chain
from kiosk.domain.registration_number import make_number


class Counted(StrEnum):
    """What is counted, by its word in the audit."""

    REGISTERED = "registered"
    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PAID = "paid"
    MEMBER = "member"
    RENEWED = "renewed"
    CORRECTED = "corrected"
    REPRINTED = "reprinted"
    VOID = "void"
    ERASED = "erased"


Figures = Mapping[Counted, int]
"""How often each was done; what is left out was not."""


@dataclass(frozen=True, slots=True)
class SlipFigures:
    """How the latest slips of the day's registrations stand now.

    `sent` are with the printer, and nobody has said that they came out or did not. `needless` never
    came out and need not: no payment is awaited any more.
    """

    came_out: int = 0
    given_by_staff: int = 0
    sent: int = 0
    owed: int = 0
    needless: int = 0


@dataclass(frozen=True, slots=True)
class Contributions:
    """First payments noted on the day: for how many people, and the sum of their first months.

    `total` is in whole rupiah, by the data in force; `unpriced` could not be priced by it.
    """

    people: int
    total: int
    unpriced: int


@dataclass(frozen=True, slots=True)
class Used:
    """A registration number that was given out, by its counter within a store's incarnation."""

    kiosk_number: str
    counter: int
    on_the_day: bool
    gone: "GapReason | None"


class GapReason(StrEnum):
    """Why a number of the day has no registration."""

    ERASED = "erased"
    """The person had their data erased."""
    REMOVED = "removed"
    """Its time here was over; it is safe elsewhere."""
    UNKNOWN = "unknown"
    """Nothing in the record tells. Somebody must find out."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers in a row without a registration; `first` and `last` are whole numbers."""

    first: str
    last: str
    size: int
    reason: GapReason


class Begins(StrEnum):
    """How a series of numbers begins."""

    GOES_ON = "goes_on"
    FIRST = "first"
    """With the first registration of a store: a new kiosk, or its store was made anew."""
    NEW_KIOSK_NUMBER = "new_kiosk_number"
    """The store got another kiosk number; the counter went on."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that were given out one after the other; `size` of them on the day."""

    first: str
    last: str
    size: int
    begins: Begins
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Recap:
    """What was done on a day, as the record tells it at `made_at` (UTC).

    `by_segment` and `by_dinas` are by the ids of the data, "" being people whose data was erased.
    `erased_since` are registrations of the day that exist no more. `practice`: nobody here exists.
    """

    day: date
    made_at: datetime
    made_by: str
    practice: bool
    figures: Figures
    by_segment: Mapping[str, Figures]
    by_dinas: Mapping[str, Figures]
    slips: SlipFigures
    erased_since: int
    contributions: Contributions
    series: tuple[Series, ...]
    chain: Chain

    @property
    def is_empty(self) -> bool:
        """Nothing was done on this day."""
        return not self.figures


def series_of(used: Collection[Used], before: Used | None) -> tuple[Series, ...]:
    """Return the series of one incarnation on a day, and explain every counter between.

    `used` are the numbers from the day's first to its last, `before` is the one before them, None
    if there is none. A number between them that another day has (a clock was set) is no gap.
    """
    ordered = sorted(used, key=lambda one: one.counter)
    series: list[Series] = []
    run: list[Used] = []
    last = before
    for one in ordered:
        if run and run[-1].kiosk_number != one.kiosk_number:
            series.append(_series(run, last))
            last, run = run[-1], []
        run.append(one)
    return (*series, _series(run, last)) if run else ()


def _series(run: list[Used], before: Used | None) -> Series:
    days = [one for one in run if one.on_the_day]
    ends = [days[0], days[-1]] if days else [run[0], run[-1]]
    first, last = (make_number(one.kiosk_number, one.counter) for one in ends)
    if before is None:
        begins = Begins.FIRST
    else:
        changed = before.kiosk_number != run[0].kiosk_number
        begins = Begins.NEW_KIOSK_NUMBER if changed else Begins.GOES_ON
    missing = _missing(run, before.counter if before else 0)
    return Series(first, last, len(days), begins, tuple(_gaps(run[0].kiosk_number, missing)))


def _missing(run: Iterable[Used], counter: int) -> Iterable[tuple[int, GapReason]]:
    for one in run:
        for unused in range(counter + 1, one.counter):
            yield unused, GapReason.UNKNOWN
        if one.gone and one.on_the_day:
            yield one.counter, one.gone
        counter = one.counter


def _gaps(kiosk_number: str, missing: Iterable[tuple[int, GapReason]]) -> Iterable[Gap]:
    begin = end = 0
    why: GapReason | None = None
    for counter, reason in missing:
        if reason is why and counter == end + 1:
            end = counter
            continue
        if why is not None:
            yield _gap(kiosk_number, begin, end, why)
        begin, end, why = counter, counter, reason
    if why is not None:
        yield _gap(kiosk_number, begin, end, why)


def _gap(kiosk_number: str, begin: int, end: int, reason: GapReason) -> Gap:
    first, last = make_number(kiosk_number, begin), make_number(kiosk_number, end)
    return Gap(first, last, end - begin + 1, reason)
