"""The kinds of value that may stand in the log. None of them can hold a person.

A code, a version, a number of a few digits, a word that an enum of the program has, the name of a
class that stands in a loaded module, a line in a file of the program or of a library. What is not
of its kind is withheld, when it is written and again when it is read back.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from kiosk.settings import DECLARED

LARGEST_NUMBER = 9_999_999
"""Sizes and times fit below it, telephones and NIKs do not."""
MOST_PLACES = 30
WITHHELD = "?"
"""Stands for a value that is not of its kind."""

PROGRAM = Path(__file__).parent.parent.parent
_ROOMS = ("kiosk", "printing", "ui")
_CODE = re.compile(r"[A-Z] [0-9]{2}")
_VERSION = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){1,2}")
_PLACE = re.compile(r"(.+):([0-9]{1,5})")


class Code(str):
    """A failure's code, such as "S 14"."""

    __slots__ = ()


class Version(str):
    """A version of the program."""

    __slots__ = ()


class DataFile(str):
    """The name of a file that ships with the program, or kiosk.toml; "" for none."""

    __slots__ = ()


class SettingName(str):
    """The name of a setting."""

    __slots__ = ()


Kind = type[BaseException]
"""An error's class: its name is written."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the program, or of a library that it uses."""

    file: str
    line: int


Places = tuple[Place, ...]


def places_of(trace: TracebackType | None) -> Places:
    """Return where an error came through, the innermost place first."""
    places: list[Place] = []
    while trace is not None:
        places.append(Place(trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return tuple(reversed(places))


@dataclass(frozen=True, slots=True)
class Written:
    """How a kind of value is written, and how what was written is read back."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _number(value: Any) -> Any:
    # To Python true is a number as well.
    return value if type(value) is int and 0 <= value <= LARGEST_NUMBER else WITHHELD


def _text(fits: Callable[[str], object]) -> Written:
    def write(value: Any) -> Any:
        return str(value) if isinstance(value, str) and (value == "" or fits(value)) else WITHHELD

    return Written(write, write)


def _write_word(value: Any) -> Any:
    known = isinstance(value, StrEnum) and type(value) in set(_enums())
    return value.value if known else WITHHELD


def _read_word(text: Any) -> Any:
    words = {one.value for enum in _enums() for one in enum}
    return text if isinstance(text, str) and text in words else WITHHELD


def _enums() -> Iterator[type[StrEnum]]:
    """The enums of the program by their names in its modules; one made elsewhere could say all."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in _ROOMS:
            for found in list(vars(module).values()):
                if isinstance(found, type) and issubclass(found, StrEnum):
                    yield found


def _write_kind(kind: Any) -> Any:
    if kind is None:
        return ""
    if not isinstance(kind, type) or not issubclass(kind, BaseException):
        return WITHHELD
    return kind.__name__ if _stands_in_its_module(kind) else WITHHELD


def _stands_in_its_module(kind: type) -> bool:
    """A class that was made on the way could be called anything."""
    module = sys.modules.get(kind.__module__)
    return module is not None and vars(module).get(kind.__name__) is kind


def _read_kind(text: Any) -> Any:
    names = {kind.__name__ for kind in _errors(BaseException)}
    return text if isinstance(text, str) and text in names else WITHHELD


def _errors(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    if _stands_in_its_module(kind):
        yield kind
    for one in kind.__subclasses__():
        yield from _errors(one)


def _write_places(places: Any) -> Any:
    if not isinstance(places, tuple):
        return WITHHELD
    written = (f"{Path(one.file).name}:{one.line}" for one in places if isinstance(one, Place))
    return _read_places(list(written))


def _read_places(texts: Any) -> Any:
    if not isinstance(texts, list):
        return WITHHELD
    known = _files()
    found = (_PLACE.fullmatch(text) for text in texts if isinstance(text, str))
    return [place[0] for place in found if place and place[1] in known][:MOST_PLACES]


def _files() -> frozenset[str]:
    """What a place may name: the program's own files, and those of loaded modules."""
    loaded = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return _own_files() | {one.rpartition("/")[2] for one in loaded if isinstance(one, str)}


@cache
def _own_files() -> frozenset[str]:
    found = (path for room in _ROOMS for path in (PROGRAM / room).rglob("*"))
    return frozenset({path.name for path in found if path.suffix in {".py", ".qml"}} | {"main.py"})


@cache
def _data_files() -> frozenset[str]:
    return frozenset(path.name for path in (PROGRAM / "resources").rglob("*")) | {"kiosk.toml"}


_WORD = Written(_write_word, _read_word)
_CLASS = Written(_write_kind, _read_kind)
KINDS: Mapping[Any, Written] = {
    int: Written(_number, _number),
    Code: _text(_CODE.fullmatch),
    Version: _text(_VERSION.fullmatch),
    DataFile: _text(lambda name: name in _data_files()),
    SettingName: _text(lambda name: name in DECLARED),
    StrEnum: _WORD,
    Kind: _CLASS,
    Kind | None: _CLASS,
    Places: Written(_write_places, _read_places),
}
