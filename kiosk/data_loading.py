"""A new tariff or new benefits, loaded from a file by the office's admin where no centre sends any.

Looked at first: read as strictly as at the start and more, its worked examples reckoned, held
against what is in force. Then kept, in force from the date it bears; what was before stays.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.data import Data, day_of, read_text
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.benefits import Benefits, parse_benefits
from kiosk.domain.data_file import check_sources, kind_of
from kiosk.domain.failures import DataFailure
from kiosk.domain.located_json import read_json
from kiosk.domain.months import Month
from kiosk.domain.staff import Action
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
from kiosk.installed import LOADABLE, install, versions

LOADED = "data_loaded"
LARGEST_BYTES = 1_000_000
TARIFF, BENEFITS = LOADABLE


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version that was loaded and counts from a day to come."""

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


@dataclass(frozen=True, slots=True)
class OfTheCentre:
    """The kiosk belongs to a centre, which alone sends it data, signed."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """It is kept, and in force from its day."""

    from_day: date
    at_once: bool


def look(desk: Desk, data: Data) -> DataSeen | NotAllowed:
    """Tell what is in force and what is to come."""
    refused = desk.refusal(Action.LOAD_DATA)
    if refused:
        return refused
    today = desk.facts.today
    waiting = tuple(
        Waiting(file, one.from_day)
        for file in LOADABLE
        for one in versions(data.chosen.kept, file)
        if one.from_day > today
    )
    ends = ends_of(data.tariff, today)
    return DataSeen(data.tariff.version, data.benefits.version, ends, waiting, _joined(desk))


def consider(
    desk: Desk, data: Data, path: Path
) -> Considered | SameAsNow | Older | Refused | FileGone | NotAllowed:
    """Read a file and tell what it would change; nothing is kept."""
    refused = desk.refusal(Action.LOAD_DATA)
    if refused:
        return refused
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return Refused(0, f"larger than {LARGEST_BYTES} bytes")
        # Not by read_text() yet: a file that is away is no broken one.
        path.read_bytes()
        return _considered(data, read_text(path), path.name, desk.facts.today)
    except OSError:
        return FileGone()
    except DataFailure as failure:
        return Refused(failure.line, failure.reason)


def load(desk: Desk, data: Data, considered: Considered) -> Loaded | OfTheCentre | NotAllowed:
    """Keep a file that was considered. Raises DataFailure when the disk refuses."""
    refused = desk.refusal(Action.LOAD_DATA)
    if refused:
        return refused
    if _joined(desk):
        return OfTheCentre()
    install(data.chosen.kept, considered.file, considered.from_day, considered.text)
    with desk.store.transaction() as record:
        told = {"file": Path(considered.file).stem, "version": considered.from_day.isoformat()}
        record.staff.note(desk.deed(LOADED, desk.clock.now(), **told))
    return Loaded(considered.from_day, considered.from_day <= desk.facts.today)


def _joined(desk: Desk) -> bool:
    with desk.store.reading() as record:
        return record.centre.membership() is not None


def _considered(data: Data, text: str, name: str, today: date) -> Considered | SameAsNow | Older:
    file = kind_of(text, name)
    new: Tariff | Benefits
    now: Tariff | Benefits
    if file == TARIFF:
        new, now = parse_tariff(text, name), data.tariff
    else:
        new, now = parse_benefits(text, name), data.benefits
    check_sources(text, name)
    if new.version == now.version:
        return SameAsNow()
    if day_of(new) < day_of(now):
        return Older(day_of(now))
    if isinstance(new, Tariff):
        return _of_tariff(data.tariff, new, text, Month.of(max(today, day_of(new))))
    figures = benefit_changes(data.benefits, new)
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
