"""What was changed on this kiosk's screen beyond settings: sentences, segments of work, and the
columns of the list for the branch.

It stands in the rows of the settings, by keys of its own: "text/<language>/<key>" for a sentence,
"data/<file>" for a whole data file. See docs/decisions/0065-own-content-among-the-settings.md.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from kiosk.data import Data, replaced
from kiosk.domain.configuration import Content
from kiosk.domain.failures import DataFailure
from kiosk.domain.work import Work
from kiosk.languages import Languages, flaws_of

TEXT, DATA = "text", "data"
SEGMENTS, COLUMNS = "segments.json", "handover_columns.json"
OWN_FILES = (SEGMENTS, COLUMNS)
"""What of resources/data is changed on a kiosk's screen."""
_KEY = re.compile(r"(?:text/[a-z]{2,8}|data)/([^/]+)")


class Unfit(StrEnum):
    """Why something is not used."""

    UNREADABLE = "unreadable"
    """A row that the program did not write so."""
    TEXT = "text"
    """The program has no such sentence any more, or one with other values or less room."""
    DATA = "data"
    """The file cannot be read."""
    OTHER_JOBS = "other_jobs"
    """The program, or the kabupaten, has other jobs by now."""
    OF_THE_CENTRE = "of_the_centre"
    """The kiosk belongs to a centre, which alone sends it data."""


@dataclass(frozen=True, slots=True)
class OwnMisfit:
    """A part of the own content that is left out: the key of a sentence or the name of a file."""

    part: str
    why: Unfit


@dataclass(frozen=True, slots=True)
class Beneath:
    """What counts where the own content says nothing: as shipped, or as the kabupaten has it."""

    data: Data
    languages: Languages


@dataclass(frozen=True, slots=True)
class OwnContent:
    """The own content as it is kept, `joined` whether the kiosk belongs to a centre; of it what is
    used; and what is not."""

    kept: Mapping[str, Any] = field(default_factory=dict)
    joined: bool = False
    used: Content = field(default_factory=Content)
    misfits: tuple[OwnMisfit, ...] = ()


def rows_of(content: Content) -> dict[str, str]:
    """Return sentences and files by the keys of their rows."""
    texts = {
        f"{TEXT}/{language}/{key}": sentence
        for language, sentences in content.texts.items()
        for key, sentence in sentences.items()
    }
    return texts | {f"{DATA}/{file}": text for file, text in content.data.items()}


def own_rows(on_screen: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the rows in force that are no settings."""
    own = (f"{TEXT}/", f"{DATA}/")
    return {key: value for key, value in on_screen.items() if key.startswith(own)}


def is_data(key: str) -> bool:
    """Tell whether a row is of a data file."""
    return key.startswith(f"{DATA}/")


def part_of(key: str) -> str:
    """Return the key of the sentence, or the name of the file, that a row is of."""
    found = _KEY.fullmatch(key)
    return found[1] if found else key


def fit(beneath: Beneath, kept: Mapping[str, Any], *, joined: bool) -> OwnContent:
    """Return what can be used of rows that are kept. A sentence is used in every language or in
    none; what does not fit is told and in nobody's way."""
    misfits: dict[str, Unfit] = {}
    texts: dict[str, dict[str, str]] = {}
    data: dict[str, str] = {}
    for key, value in kept.items():
        kind, _, rest = key.partition("/")
        if not _KEY.fullmatch(key) or type(value) is not str:
            misfits[part_of(key)] = Unfit.UNREADABLE
        elif kind == TEXT:
            texts.setdefault(rest.partition("/")[0], {})[part_of(key)] = value
        else:
            data[rest] = value
    texts = _without(texts, misfits)
    while flaws := flaws_of(beneath.languages, texts):
        misfits |= {flaw.key: Unfit.TEXT for flaw in flaws}
        texts = _without(texts, misfits)
    for file, text in data.items():
        why = Unfit.OF_THE_CENTRE if joined else _why_not(beneath, file, text)
        if why is not None:
            misfits[file] = why
    used = {file: text for file, text in data.items() if file not in misfits}
    told = tuple(OwnMisfit(part, why) for part, why in sorted(misfits.items()))
    return OwnContent(kept, joined, Content(data=used, texts=texts), told)


def _without(
    texts: Mapping[str, Mapping[str, str]], parts: Iterable[str]
) -> dict[str, dict[str, str]]:
    gone = set(parts)
    left = {
        language: {key: said for key, said in sentences.items() if key not in gone}
        for language, sentences in texts.items()
    }
    return {language: sentences for language, sentences in left.items() if sentences}


def _why_not(beneath: Beneath, file: str, text: str) -> Unfit | None:
    if file not in OWN_FILES:
        return Unfit.UNREADABLE
    try:
        made = replaced(beneath.data, {file: text}, own_layouts=False)
    except DataFailure:
        return Unfit.DATA
    same = _not_edited(made.work) == _not_edited(beneath.data.work)
    return None if same else Unfit.OTHER_JOBS


def _not_edited(work: Work) -> list[object]:
    """What of the segments comes with the program or the kabupaten alone; the sector of a job says
    what its contribution is."""
    return [
        (one.id, one.question, [replace(job, branch_code="") for job in one.jobs])
        for one in work.segments
    ]
