"""The tariff and the benefits of a configuration: each version counts from the day it bears.

See docs/decisions/0064-dates-of-a-published-tariff.md.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from kiosk.comparing import Considered
from kiosk.data import Data, replaced
from kiosk.domain.configuration import (
    DATED_FILES,
    LARGEST,
    Content,
    Document,
    dated_name,
    day_in,
    file_of,
    write_document,
)
from kiosk.drafting import DATA, with_value

ROOM = 4096
"""For who made a configuration and why, and for keys; in bytes."""


@dataclass(frozen=True, slots=True)
class TooLarge:
    """With this the configuration would be larger than a kiosk takes; in bytes."""

    size: int
    largest: int = LARGEST


@dataclass(frozen=True, slots=True)
class Carried:
    """A version that the content carries, by its name there; `from_day` None: by none in it."""

    name: str
    file: str
    from_day: date | None


def counting(content: Content, shipped: Data, day: date) -> Data:
    """Return the data that count on a day. Raises DataFailure for a broken file."""
    then = replace(shipped, chosen=replace(shipped.chosen, on=day))
    return replaced(then, content.data, own_layouts=False)


def carried(content: Content) -> tuple[Carried, ...]:
    """Return the tariffs and benefits that the content carries, in the order of their days."""
    names = sorted(content.data, key=lambda name: (day_in(name) or date.min, name))
    return tuple(
        Carried(name, file_of(name), day_in(name)) for name in names if file_of(name) in DATED_FILES
    )


def put_file(content: Content, considered: Considered) -> Content | TooLarge:
    """Carry a version from its day on, in place of one of the same day."""
    name = dated_name(considered.file, considered.from_day)
    made = with_value(content, DATA, name, considered.text)
    size = size_of(made)
    return TooLarge(size) if size > LARGEST else made


def take_back_file(content: Content, name: str) -> Content:
    """Carry a version no more."""
    return with_value(content, DATA, name, None)


def size_of(content: Content) -> int:
    """Return how many bytes a configuration of this content has at most."""
    made = Document(1, datetime(2026, 1, 1, tzinfo=UTC), "", "", "0.0.0", (), content)
    return len(write_document(made)) + ROOM
