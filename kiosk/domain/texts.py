"""The sentences of one language, by key, and how a language with gaps is filled."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from string import Formatter
from types import MappingProxyType
from typing import Any

from kiosk.domain.failures import DataFailure

ORIGINAL = "id"
"""Indonesian, in which every sentence exists. What a translation lacks is said in it."""


@dataclass(frozen=True, slots=True)
class Texts:
    """All sentences of one language under dotted keys such as "nik.title".

    `complete`: the file promises every sentence, and the tests hold it to that.
    """

    language: str
    sentences: Mapping[str, str]
    complete: bool = False

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
    about = tree.get("language")
    complete = about.pop("complete", False) if isinstance(about, dict) else False
    if not isinstance(complete, bool):
        raise DataFailure(file, 0, "language.complete is neither true nor false")
    return Texts(language, MappingProxyType(dict(_flatten(tree, "", file))), complete)


def misfits(texts: Texts, original: Texts) -> tuple[str, ...]:
    """Return the keys of sentences that cannot be used in place of the original's.

    These are blank ones, those the original does not have, and those with other placeholders:
    such a sentence would stop a screen, or leave out the amount it is there to say.
    """
    return tuple(
        key
        for key, sentence in texts.sentences.items()
        if key not in original.sentences
        or not sentence.strip()
        or _placeholders(sentence) != _placeholders(original.sentences[key])
    )


def fill_gaps(texts: Texts, original: Texts) -> Texts:
    """Return `texts` with the original's sentence wherever it has none or a misfit."""
    unusable = misfits(texts, original)
    usable = {key: text for key, text in texts.sentences.items() if key not in unusable}
    return replace(texts, sentences=MappingProxyType({**original.sentences, **usable}))


def _placeholders(sentence: str) -> frozenset[tuple[str, str | None, str | None]] | None:
    """Return name, format and conversion of each placeholder, or None for broken braces."""
    try:
        parts = tuple(Formatter().parse(sentence))
    except ValueError:
        return None
    return frozenset((name, spec, how) for _text, name, spec, how in parts if name is not None)


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
