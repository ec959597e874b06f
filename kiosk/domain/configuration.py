"""The configuration of all kiosks: one signed document, one line of versions for the kabupaten.

See docs/decisions/0055-one-signed-configuration.md. No secrets and nobody's data stand in it.
"""

import json
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

FORMAT = 1
LARGEST = 1024 * 1024
"""In bytes."""
SIGNED_AS = b"anjungan-bpu configuration 1\n"
"""Stands before the bytes that are signed, so that no signature of a slip can pass for one."""
LONGEST_WHY = 200
DATA_FILES = (
    "tariff.json",
    "benefits.json",
    "segments.json",
    "payment_channels.json",
    "handover_columns.json",
    "slip_layouts.json",
)
"""What of resources/data a configuration may replace."""
DATED_FILES = DATA_FILES[:2]
"""Those that count from the day that they bear; of these it may bring one for each day."""

_DATED = re.compile(r"(tariff|benefits)\.([0-9]{4}-[0-9]{2}-[0-9]{2})\.json")

_OFFICE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}")
_KIOSK = re.compile(r"[1-8][0-9]{4}")
_VERSION = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})\.([0-9]{1,4})")

Given = Mapping[str, object]
"""Values by the names of their settings, as JSON has them."""


class Because(StrEnum):
    """Why a configuration is refused."""

    UNSIGNED = "unsigned"
    """Nobody whom this kiosk trusts signed these bytes: unsigned, altered, or another's key."""
    OLDER = "older"
    """It is not newer than the one in force."""
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    OTHER_FORMAT = "other_format"
    NEWER_PROGRAM = "newer_program"
    """It needs a newer program than this one."""
    SETTING = "setting"
    DATA = "data"
    TEXT = "text"
    NOT_TOGETHER = "not_together"
    """Each part is good, but the kiosk could not work with all of them."""
    DID_NOT_START = "did_not_start"
    """The kiosk did not get as far as the idle screen with it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A configuration that is not taken; the one before stays in force.

    `version` is 0 where it cannot be read; `what` names a setting, a data file or a text.
    """

    version: int
    because: Because
    what: str = ""


def dated_name(file: str, day: date) -> str:
    """Return the name of the version of a day: "tariff.2027-01-01.json"."""
    return f"{file.removesuffix('.json')}.{day.isoformat()}.json"


def file_of(name: str) -> str:
    """Return which file of resources/data a name stands for: itself, or that of a version."""
    dated = _DATED.fullmatch(name)
    return f"{dated[1]}.json" if dated and day_in(name) else name


def day_in(name: str) -> date | None:
    """Return the day that stands in the name of a version, None for none."""
    dated = _DATED.fullmatch(name)
    try:
        return date.fromisoformat(dated[2]) if dated else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Content:
    """What a configuration says: settings in three layers, data files and texts.

    `offices` are by kecamatan code ("36.04.09"), `kiosks` by number; a later layer goes over the
    one before. `data` has whole files by name, the tariff and the benefits also by the day from
    which they count (see dated_name()); `texts` sentences by language and key.
    """

    kabupaten: Given = field(default_factory=dict)
    offices: Mapping[str, Given] = field(default_factory=dict)
    kiosks: Mapping[str, Given] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One version, made from the version `base` (0: from nothing).

    `made_at` is UTC; `by` a login of the centre; `needs` the least version of the program; `keys`
    the public keys (base64) that may sign what follows.
    """

    version: int
    made_at: datetime
    by: str
    why: str
    needs: str
    keys: tuple[str, ...]
    content: Content = field(default_factory=Content)
    base: int = 0


def write_document(document: Document) -> bytes:
    """Return the canonical bytes; the same document has the same bytes everywhere."""
    content = document.content
    return _canonical(
        {
            "format": FORMAT,
            "version": document.version,
            "base": document.base,
            "made_at": document.made_at.isoformat(),
            "by": document.by,
            "why": document.why,
            "needs": document.needs,
            "kabupaten": dict(content.kabupaten),
            "offices": {name: dict(given) for name, given in content.offices.items()},
            "kiosks": {name: dict(given) for name, given in content.kiosks.items()},
            "data": dict(content.data),
            "texts": {name: dict(said) for name, said in content.texts.items()},
            "keys": list(document.keys),
        }
    )


def read_document(content: bytes) -> Document | Refused:
    """Return the document of its bytes; only canonical ones are read."""
    if len(content) > LARGEST:
        return Refused(0, Because.TOO_LARGE)
    try:
        values = json.loads(content.decode(), parse_constant=_no_constant)
        canonical = _canonical(values)
        is_object = isinstance(values, dict)
    except (ValueError, RecursionError):
        return Refused(0, Because.UNREADABLE)
    if canonical != content or not is_object:
        return Refused(0, Because.UNREADABLE)
    version = values.get("version")
    known = version if type(version) is int and version > 0 else 0
    if values.get("format") != FORMAT:
        return Refused(known, Because.OTHER_FORMAT)
    try:
        return _document_of(values)
    except (KeyError, TypeError, ValueError, NotBase64):
        return Refused(known, Because.UNREADABLE)


def may_run(needs: str, program: str) -> bool:
    """Tell whether a program of this version may work with what needs that one."""
    return _numbers(program) >= _numbers(needs)


def _numbers(version: str) -> tuple[int, ...]:
    found = _VERSION.match(version)
    return tuple(map(int, found.groups())) if found else ()


def _canonical(values: Any) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _no_constant(_name: str) -> None:
    raise ValueError


def _document_of(values: Mapping[str, Any]) -> Document:
    document = Document(
        version=values["version"],
        made_at=datetime.fromisoformat(values["made_at"]),
        by=values["by"],
        why=values["why"],
        needs=values["needs"],
        keys=tuple(values["keys"]),
        content=Content(
            _given(values["kabupaten"]),
            _by_name(values["offices"], _OFFICE, _given),
            _by_name(values["kiosks"], _KIOSK, _given),
            _texts(values["data"]),
            _by_name(values["texts"], re.compile(r"[a-z]{2,8}"), _texts),
        ),
        base=values["base"],
    )
    # What is written again the same has no part that was left out, and every number is one.
    if write_document(document) != _canonical(values) or not _is_sound(document):
        raise ValueError
    return document


def _is_sound(document: Document) -> bool:
    return (
        type(document.version) is int
        and type(document.base) is int
        and 0 <= document.base < document.version
        and document.made_at.tzinfo is not None
        and isinstance(document.by, str)
        and isinstance(document.why, str)
        and len(document.why) <= LONGEST_WHY
        and _VERSION.fullmatch(document.needs) is not None
        and bool(document.keys)
        and all(len(b64decode(one, validate=True)) == 32 for one in document.keys)
        and {file_of(name) for name in document.content.data} <= set(DATA_FILES)
    )


def _given(values: Any) -> Given:
    if not isinstance(values, dict):
        raise TypeError
    if not all(type(one) in {str, int, bool} for one in values.values()):
        raise TypeError
    return MappingProxyType(values)


def _texts(values: Any) -> Mapping[str, str]:
    if not isinstance(values, dict) or not all(isinstance(one, str) for one in values.values()):
        raise TypeError
    return MappingProxyType(values)


def _by_name(values: Any, name: re.Pattern[str], read: Any) -> Mapping[str, Any]:
    if not isinstance(values, dict) or not all(name.fullmatch(one) for one in values):
        raise TypeError
    return MappingProxyType({one: read(value) for one, value in values.items()})
