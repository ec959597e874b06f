"""A tariff or benefits file held against what counts: what it would change, or why it is refused.

Read as strictly as at the start and more, its worked examples reckoned.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kiosk.data import Data, day_of, read_text
from kiosk.domain.benefits import Benefits, parse_benefits
from kiosk.domain.data_file import check_sources, kind_of
from kiosk.domain.failures import DataFailure
from kiosk.domain.located_json import read_json
from kiosk.domain.months import Month
from kiosk.domain.tariff import Tariff
from kiosk.domain.tariff_diff import (
    AmountChange,
    FigureChange,
    TermChange,
    amount_changes,
    benefit_changes,
    limit_changes,
    term_changes,
)
from kiosk.domain.tariff_file import parse_tariff
from kiosk.domain.validity import End, ends_of
from kiosk.installed import LOADABLE

LARGEST_BYTES = 1_000_000
TARIFF, BENEFITS = LOADABLE

Counting = Callable[[date], Data]
"""What counts on a day, as long as nothing else is loaded."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version that counts from a day to come."""

    file: str
    from_day: date


@dataclass(frozen=True, slots=True)
class DataSeen:
    """What is in force, what ends, and what is to come; `joined`: a centre sends the data."""

    tariff: str
    benefits: str
    ends: tuple[End, ...]
    waiting: tuple[Waiting, ...]
    joined: bool
    near: End | None = None
    """What ends so soon that another tariff has to be got; None where one takes over in time."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A file that could be loaded, and what it would change; `examples` were reckoned in it."""

    file: str
    text: str
    version: str
    from_day: date
    examples: int
    amounts: tuple[AmountChange, ...] = ()
    terms: tuple[TermChange, ...] = ()
    figures: tuple[FigureChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be loaded: in which line, 0 for the whole, and why, in English."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class SameAsNow:
    """The file says what is in force already."""


@dataclass(frozen=True, slots=True)
class Older:
    """The file is of a day before the version in force."""

    in_force_from: date


@dataclass(frozen=True, slots=True)
class FileGone:
    """The stick was pulled out, or the file cannot be read."""


Outcome = Considered | SameAsNow | Older | Refused | FileGone


def seen(data: Data, today: date, *, joined: bool) -> DataSeen:
    """Tell what is in force and what is to come."""
    waiting = tuple(Waiting(file, day) for file, day in data.chosen.to_come(today))
    ends = ends_of(data.tariff, today)
    near = next((one for one in ends if one.is_near(today)), None)
    if near is not None and follows(data, near, today):
        near = None
    return DataSeen(data.tariff.version, data.benefits.version, ends, waiting, joined, near)


def follows(data: Data, end: End, today: date) -> date | None:
    """Return the day of a tariff that was loaded or sent and takes over before an end is felt."""
    days = [day for file, day in data.chosen.to_come(today) if file == TARIFF]
    coming = [day for day in days if day <= end.last_day + timedelta(days=1)]
    return max(coming, default=None)


def compare(path: Path, counting: Counting, today: date) -> Outcome:
    """Read a file and tell what it would change from the day that it bears."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return Refused(0, f"larger than {LARGEST_BYTES} bytes")
        # Not by read_text() yet: a file that is away is no broken one.
        path.read_bytes()
        return _compared(counting, read_text(path), path.name, today)
    except OSError:
        return FileGone()
    except DataFailure as failure:
        return Refused(failure.line, failure.reason)


def _compared(
    counting: Counting, text: str, name: str, today: date
) -> Considered | SameAsNow | Older:
    file = kind_of(text, name)
    is_tariff = file == TARIFF
    new: Tariff | Benefits = parse_tariff(text, name) if is_tariff else parse_benefits(text, name)
    check_sources(text, name)
    now = counting(today)
    in_force = day_of(now.tariff if is_tariff else now.benefits)
    if day_of(new) < in_force:
        return Older(in_force)
    from_day = max(today, day_of(new))
    before = counting(from_day)
    if new.version in (before.tariff.version, before.benefits.version):
        return SameAsNow()
    if isinstance(new, Tariff):
        return _of_tariff(before.tariff, new, text, Month.of(from_day))
    figures = benefit_changes(before.benefits, new)
    return Considered(BENEFITS, text, new.version, day_of(new), 1, figures=figures)


def _of_tariff(now: Tariff, new: Tariff, text: str, month: Month) -> Considered:
    return Considered(
        TARIFF,
        text,
        new.version,
        day_of(new),
        len(read_json(text, TARIFF).records("worked_examples")),
        amount_changes(now, new, month),
        term_changes(now, new),
        limit_changes(now, new),
    )
