"""What a report tells: how many came how far, by dinas and its parts; numbers of people alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from enum import StrEnum

from kiosk.domain.funnel import StepCount
from kiosk.domain.months import Month
from kiosk.domain.wizard import Purpose

INACTIVE_AFTER = 3
"""So many months without a contribution, and a member is inactive (see DOMAIN: PB, JP)."""
ALL = ""
"""Stands where a dinas' key does for all of them together."""
BEHIND_AFTER = timedelta(days=1)
"""A kiosk that was not seen for so long is behind: an office is closed for a night."""


class Way(StrEnum):
    """What the parts are of a report that is looked at this way."""

    DAY = "day"
    SEGMENT = "segment"
    OFFICE = "office"
    """The kecamatan whose kiosk it was."""
    DESA = "desa"
    """Where the person lives, "" outside of the kabupaten."""
    KIOSK = "kiosk"


class Source(StrEnum):
    """Whose record was counted."""

    CENTRE = "centre"
    OWN = "own"
    """One kiosk's."""


@dataclass(frozen=True, slots=True)
class Stages:
    """How many people came how far.

    `begun` are visits at a kiosk's screen that began to register: a person may need several, and
    whom the staff registered at the desk is not among them. `registered` leaves out what is void;
    the slip of `slip_out` is known to be out. `paid` are also `member`.
    """

    begun: int = 0
    registered: int = 0
    slip_out: int = 0
    paid: int = 0
    member: int = 0
    rejected: int = 0
    void: int = 0

    def plus(self, other: "Stages") -> "Stages":
        """Return both together."""
        names = (one.name for one in fields(self))
        return Stages(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def is_empty(self) -> bool:
        """Nobody came."""
        return self == Stages()


Parts = Mapping[str, Stages]


@dataclass(frozen=True, slots=True)
class Renewals:
    """How many people who have paid have to pay again, seen from a month.

    `paid_ahead` are paid up for longer, `ends_now` up to the month itself, `unpaid` not for it,
    but not yet `inactive`.
    """

    paid_ahead: int = 0
    ends_now: int = 0
    unpaid: int = 0
    inactive: int = 0

    @property
    def people(self) -> int:
        """All of them."""
        return self.paid_ahead + self.ends_now + self.unpaid + self.inactive


@dataclass(frozen=True, slots=True)
class DinasReport:
    """One dinas, or ALL. `target` and `reached` are of the year up to the report's last day."""

    dinas: str
    stages: Stages
    ways: Mapping[Way, Parts]
    steps: Sequence[StepCount]
    renewals: Renewals
    renewals_by_office: Mapping[str, Renewals]
    target: int | None = None
    reached: int = 0

    @property
    def is_empty(self) -> bool:
        """Nothing is to be told of it."""
        return self.stages.is_empty and self.target is None and not self.renewals.people


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `begin` to `end`, both included; raises ValueError if they are none."""

    begin: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.begin:
            raise ValueError("a report ends before it begins")


@dataclass(frozen=True, slots=True)
class KnownKiosk:
    """A kiosk as the centre knows it; `at_work`: neither revoked nor still to join."""

    number: str
    name: str
    office: str
    at_work: bool
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    """All that is told of some days.

    `place` is the kabupaten or the office. `whole` counts all; `by_dinas` those of whom there is
    anything to tell, by their keys. `kiosks` are those that the centre knows.
    """

    span: Span
    made_at: datetime
    source: Source
    place: str
    whole: DinasReport
    by_dinas: Sequence[DinasReport]
    practice: bool = False
    kiosks: Sequence[KnownKiosk] = ()

    @property
    def behind(self) -> Sequence[KnownKiosk]:
        """The kiosks at work of which something may not have been counted yet."""
        since = self.made_at - BEHIND_AFTER
        return tuple(
            one
            for one in self.kiosks
            if one.at_work and (one.last_seen_at is None or one.last_seen_at < since)
        )


CountRow = tuple[str, str, str, int, int, int, int, int, int]
"""A way, dinas, part; then registered, slip_out, paid, member, rejected and void."""
BegunRow = tuple[str, str, str, int]
StepRow = tuple[str, str, str, int, int, int, int]
"""A purpose, dinas, step; then reached, passed, given up and milliseconds spent."""
RenewalRow = tuple[str, str, str, int]
"""A dinas, office, last month paid, and people."""
TargetRow = tuple[str, int | None, int]
"""A dinas, its target for the year, and what it reached of it."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a record gives for a report: rows of texts and numbers, each combination once."""

    counts: Iterable[CountRow] = ()
    begun: Iterable[BegunRow] = ()
    steps: Iterable[StepRow] = ()
    renewals: Iterable[RenewalRow] = ()
    targets: Iterable[TargetRow] = ()
    kiosks: Sequence[KnownKiosk] = ()


@dataclass
class _Gathered:
    ways: dict[Way, dict[str, Stages]] = field(
        default_factory=lambda: {way: defaultdict(Stages) for way in Way}
    )
    steps: dict[str, StepCount] = field(default_factory=dict)
    renewals: dict[str, Renewals] = field(default_factory=lambda: defaultdict(Renewals))
    target: int | None = None
    reached: int = 0

    def finish(self, dinas: str) -> DinasReport:
        total = Renewals()
        for one in self.renewals.values():
            total = _both(total, one)
        # Of all ways only this one has a part for every count: a visit that chose no work has none.
        stages = Stages()
        for part in self.ways[Way.KIOSK].values():
            stages = stages.plus(part)
        return DinasReport(
            dinas,
            stages,
            {way: dict(parts) for way, parts in self.ways.items()},
            tuple(self.steps.values()),
            total,
            dict(self.renewals),
            self.target,
            self.reached,
        )


def make_report(
    numbers: Numbers,
    span: Span,
    made_at: datetime,
    source: Source,
    place: str,
    *,
    practice: bool = False,
) -> Report:
    """Put the numbers of a record in order; renewals are seen from its last month."""
    gathered: dict[str, _Gathered] = defaultdict(_Gathered)
    _gather_stages(gathered, numbers)
    for purpose, dinas, step, reached, passed, given_up, spent_ms in numbers.steps:
        if purpose == Purpose.REGISTER:
            count = StepCount(step, reached, passed, given_up, spent_ms)
            _add_step(gathered, dinas, count)
    for dinas, office, last, people in numbers.renewals:
        standing = _renewals(Month.parse(last), Month.of(span.end), people)
        for key in {dinas, ALL}:
            of = gathered[key].renewals
            of[office] = _both(of[office], standing)
    for dinas, target, reached in numbers.targets:
        for key in {dinas, ALL}:
            of_key = gathered[key]
            of_key.reached += reached
            if target is not None:
                of_key.target = (of_key.target or 0) + target
    whole = gathered.pop(ALL, _Gathered()).finish(ALL)
    by_dinas = (gathered[dinas].finish(dinas) for dinas in sorted(gathered))
    told = tuple(one for one in by_dinas if not one.is_empty)
    return Report(span, made_at, source, place, whole, told, practice, numbers.kiosks)


def _gather_stages(gathered: dict[str, _Gathered], numbers: Numbers) -> None:
    rows: list[tuple[str, str, str, Stages]] = [
        (way, dinas, part, Stages(0, *counts)) for way, dinas, part, *counts in numbers.counts
    ]
    rows += [(way, dinas, part, Stages(begun)) for way, dinas, part, begun in numbers.begun]
    for way, dinas, part, stages in rows:
        for key in {dinas, ALL}:
            parts = gathered[key].ways[Way(way)]
            parts[part] = parts[part].plus(stages)


def _add_step(gathered: dict[str, _Gathered], dinas: str, count: StepCount) -> None:
    for key in {dinas, ALL}:
        steps = gathered[key].steps
        before = steps.get(count.step, StepCount(count.step, 0))
        steps[count.step] = StepCount(
            count.step,
            before.reached + count.reached,
            before.passed + count.passed,
            before.given_up + count.given_up,
            before.spent_ms + count.spent_ms,
        )


def _renewals(last: Month, now: Month, people: int) -> Renewals:
    unpaid = (now.year - last.year) * 12 + now.month - last.month
    if unpaid < 0:
        return Renewals(paid_ahead=people)
    if unpaid == 0:
        return Renewals(ends_now=people)
    return Renewals(unpaid=people) if unpaid < INACTIVE_AFTER else Renewals(inactive=people)


def _both(one: Renewals, other: Renewals) -> Renewals:
    names = (each.name for each in fields(one))
    return Renewals(**{name: getattr(one, name) + getattr(other, name) for name in names})
