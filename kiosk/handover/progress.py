"""Long work that tells how far it is, and can be called off."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

CHUNK = 500
"""Rows between two looks at whether to go on, and at most in one transaction."""

GoOn = Callable[[int, int], bool]
"""Told the rows done and those there are (0: not known); False calls the work off."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Called off; nothing was changed and no file was left."""


class CalledOff(Exception):
    """GoOn said no."""


def always(_done: int, _total: int) -> bool:
    """Nobody calls this off."""
    return True


def in_chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """Give the items in lists of CHUNK, the last one shorter."""
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def look(go_on: GoOn, done: int, total: int) -> None:
    """Tell how far the work is; raises CalledOff."""
    if not go_on(done, total):
        raise CalledOff
