"""The sentences of one language, by key. A third language is one more file."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kiosk.domain.failures import DataFailure


@dataclass(frozen=True, slots=True)
class Texts:
    """All sentences of one language under dotted keys such as "nik.title"."""

    language: str
    sentences: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Return the sentence of `key` with `values` filled in.

        Raises KeyError for an unknown key or a value that the sentence needs and did not get.
        """
        return self.sentences[key].format_map(values)


def parse_texts(text: str, language: str, file: str) -> Texts:
    """Read a language's TOML file; raises DataFailure naming the line."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise DataFailure(file, _line_of(str(broken)), str(broken)) from None
    return Texts(language, MappingProxyType(dict(_flatten(tree, "", file))))


def _flatten(tree: Mapping[str, Any], prefix: str, file: str) -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.", file)
        elif isinstance(value, str):
            yield f"{prefix}{key}", value
        else:
            raise DataFailure(file, 0, f"{prefix}{key} is not a sentence")


def _line_of(message: str) -> int:
    _, _, tail = message.partition("at line ")
    digits = tail.split(",")[0].strip(") ")
    return int(digits) if digits.isdigit() else 0
