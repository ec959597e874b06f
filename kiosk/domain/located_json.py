"""JSON that remembers the line of every object, so that a refusal can name it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from json import decoder, scanner
from typing import Any, TypeVar

from kiosk.domain.failures import DataFailure
from kiosk.domain.months import Month

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)


class Record:
    """One JSON object of a file. Reading a missing or ill-typed value raises DataFailure."""

    __slots__ = ("_values", "file", "line")

    def __init__(self, file: str, line: int, values: Mapping[str, Any]) -> None:
        self.file = file
        self.line = line
        self._values = values

    def refuse(self, reason: str) -> DataFailure:
        """Return the failure that names this object's line, for the caller to raise."""
        return DataFailure(self.file, self.line, reason)

    def text(self, key: str) -> str:
        """Return a sentence, name or code; never blank."""
        text = self._get(key, str, "a text")
        if not text.strip():
            raise self.refuse(f"{key} is blank")
        return text

    def whole(self, key: str) -> int:
        """Return a whole number from 0."""
        number = self._get(key, int, "a whole number")
        if number < 0:
            raise self.refuse(f"{key} is negative")
        return number

    def flag(self, key: str) -> bool:
        """Return true or false."""
        return self._get(key, bool, "true or false")

    def optional_whole(self, key: str) -> int | None:
        """Return a whole number from 0, or None where the file says null."""
        return None if self._is_null(key) else self.whole(key)

    def day(self, key: str) -> date:
        """Return a day written like 2026-11-22."""
        return self._read(key, date.fromisoformat)

    def month(self, key: str) -> Month:
        """Return a month written like 2026-11."""
        return self._read(key, Month.parse)

    def optional_month(self, key: str) -> Month | None:
        """Return a month, or None where the file says null."""
        return None if self._is_null(key) else self.month(key)

    def one_of(self, key: str, choices: type[Choice]) -> Choice:
        """Return the member of `choices` that the text names."""
        return self._read(key, choices)

    def optional_one_of(self, key: str, choices: type[Choice]) -> Choice | None:
        """Return the member of `choices`, or None where the file says null."""
        return None if self._is_null(key) else self.one_of(key, choices)

    def record(self, key: str) -> "Record":
        """Return the object under `key`."""
        return self._get(key, Record, "an object")

    def records(self, key: str) -> "tuple[Record, ...]":
        """Return the objects listed under `key`, at least one."""
        return self._list(key, Record, "objects")

    def records_if_any(self, key: str) -> "tuple[Record, ...]":
        """Return the objects listed under `key`, which may be none."""
        return () if self._values.get(key) == [] else self.records(key)

    def named_records(self, key: str) -> "dict[str, Record]":
        """Return the objects under `key` by their names."""
        names = self.record(key)
        return {name: names.record(name) for name in names._values}

    def names(self) -> tuple[str, ...]:
        """Return the names of this object's values, in the order of the file."""
        return tuple(self._values)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts listed under `key`, at least one."""
        return self._list(key, str, "texts")

    def texts_if_any(self, key: str) -> tuple[str, ...]:
        """Return the texts listed under `key`, which may be none."""
        return () if self._values.get(key) == [] else self.texts(key)

    def each_of(self, key: str, choices: type[Choice]) -> tuple[Choice, ...]:
        """Return the members of `choices` that the texts under `key` name, at least one."""
        try:
            return tuple(choices(text) for text in self.texts(key))
        except ValueError:
            raise self.refuse(f"{key} has a text that is not among the choices") from None

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return the whole numbers listed under `key`, at least one; they may be negative."""
        return self._list(key, int, "whole numbers")

    def _is_null(self, key: str) -> bool:
        return key in self._values and self._values[key] is None

    def _read(self, key: str, read: Callable[[str], T]) -> T:
        text = self.text(key)
        try:
            return read(text)
        except ValueError:
            raise self.refuse(f"{key} cannot be {text!r}") from None

    def _list(self, key: str, kind: type[T], what: str) -> tuple[T, ...]:
        items = self._get(key, list, f"a list of {what}")
        if not items or any(type(item) is not kind for item in items):
            raise self.refuse(f"{key} is not a list of {what}")
        return tuple(items)

    def _get(self, key: str, kind: type[T], what: str) -> T:
        if key not in self._values:
            raise self.refuse(f"{key} is missing")
        value = self._values[key]
        # Not isinstance(): true and false would pass for whole numbers.
        if type(value) is not kind:
            raise self.refuse(f"{key} is not {what}")
        return value


def read_json(text: str, file: str) -> Record:
    """Read the JSON object that `text` holds; `file` is the name used in failures.

    Raises DataFailure for broken JSON and for a name that stands twice in one object.
    """
    try:
        root = _Decoder(file).decode(text)
    except json.JSONDecodeError as broken:
        raise DataFailure(file, broken.lineno, broken.msg) from None
    except (ValueError, RecursionError) as broken:
        raise DataFailure(file, 1, f"not readable as JSON: {broken}") from None
    if not isinstance(root, Record):
        raise DataFailure(file, 1, "the file is not one JSON object")
    return root


def version_of(root: Record, text: str) -> str:
    """Return the declared date and 8 hex digits of the content: "2026-11-22+1a2b3c4d"."""
    return f"{root.day('version')}+{hashlib.sha256(text.encode()).hexdigest()[:8]}"


class _Decoder(json.JSONDecoder):
    """The standard decoder, its objects read as Records."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self._file = file
        self.parse_object = self._parse_record
        # The accelerated scanner ignores parse_object; the one in Python asks for it.
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]

    def _parse_record(
        self, text_and_start: tuple[str, int], strict: bool, scan_once: Any, *_rest: Any
    ) -> tuple[Record, int]:
        text, start = text_and_start
        pairs, end = decoder.JSONObject(  # type: ignore[attr-defined]
            text_and_start, strict, scan_once, None, list, {}
        )
        line = text.count("\n", 0, start) + 1
        values = dict(pairs)
        if len(values) < len(pairs):
            raise DataFailure(self._file, line, "a name stands twice in this object")
        return Record(self._file, line, values), end
