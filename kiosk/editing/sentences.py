"""The sentences of all languages: found by their words, said otherwise, and taken back."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.configuration import Content
from kiosk.domain.texts import ORIGINAL
from kiosk.drafting import with_sentence
from kiosk.languages import FIXED, NAME, Languages, flaws_of

NO_TRANSLATION = "no_translation"
_NOT_AT_A_KIOSK = ("console.", "fleet.", "centre_console.", NAME)
"""The console speaks as it was shipped."""


class Where(StrEnum):
    """Who reads a sentence."""

    VISIT = "visit"
    PAPER = "paper"
    STAFF = "staff"


_TABLES = {
    Where.PAPER: ("slip", "reminder", "personal_copy", "rights_proof", "desk_recap", "report"),
    Where.STAFF: (
        *("desk", "desk_setup", "setting", "parts", "readiness", "first_start", "sync_status"),
        *("join", "central", "centre_backup", "keys", "audit_check", "renewal"),
    ),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by language: as it was shipped, and as it is said now."""

    key: str
    shipped: Mapping[str, str]
    now: Mapping[str, str]

    @property
    def is_changed(self) -> bool:
        """Whether it is said otherwise than it was shipped."""
        return self.shipped != self.now

    @property
    def is_fixed(self) -> bool:
        """Whether it changes with the program alone: what people agree to."""
        return self.key.startswith(FIXED)

    @property
    def where(self) -> Where:
        """Who reads it."""
        table = self.key.partition(".")[0]
        return next((one for one, tables in _TABLES.items() if table in tables), Where.VISIT)


@dataclass(frozen=True, slots=True)
class SentenceRefused:
    """What is wrong in which language; the reasons are those of kiosk.languages.TextFlaw."""

    reasons: Mapping[str, str]


def sentences(content: Content, languages: Languages) -> tuple[Sentence, ...]:
    """Return every sentence that is said at kiosks, in the order of the file."""
    texts = languages.texts
    return tuple(
        sentence_of(content, languages, key)
        for key in texts[ORIGINAL].sentences
        if not key.startswith(_NOT_AT_A_KIOSK)
    )


def sentence_of(content: Content, languages: Languages, key: str) -> Sentence:
    """Return one sentence; raises KeyError for none of this key."""
    shipped = {code: one.sentences[key] for code, one in languages.texts.items()}
    now = {code: content.texts.get(code, {}).get(key, said) for code, said in shipped.items()}
    return Sentence(key, shipped, now)


def found(among: Iterable[Sentence], typed: str) -> tuple[Sentence, ...]:
    """Return those in whose key or words, in any language, everything typed occurs."""
    words = _fold(typed).split()
    return tuple(one for one in among if _holds(one, words))


def _holds(one: Sentence, words: list[str]) -> bool:
    if not words:
        return True
    text = _fold(" ".join((one.key, *one.now.values(), *one.shipped.values())))
    return all(word in text for word in words)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKD", text).casefold()


def put_sentence(
    content: Content, languages: Languages, key: str, said: Mapping[str, str]
) -> Content | SentenceRefused:
    """Say a sentence so in every language; as it was shipped, nothing of it stays in the content.

    `said` has every language; one that promises every sentence may not be left empty.
    """
    shipped = sentence_of(content, languages, key).shipped
    given = {code: text.strip() for code, text in said.items()}
    whole = {code for code, one in languages.texts.items() if one.complete or code == ORIGINAL}
    other = {code for code, text in given.items() if text != shipped[code]}
    # A language with gaps says nothing of its own where its field is left empty.
    kept = {code for code in other if given[code] or code in whole}
    if ORIGINAL in kept:
        kept |= whole
    reasons = {code: _missing(code) for code in kept if not given[code]}
    put = {code: {key: given[code]} for code in kept - set(reasons)}
    for flaw in flaws_of(languages, put):
        reasons.setdefault(flaw.language, flaw.reason)
    if reasons:
        return SentenceRefused(reasons)
    return with_sentence(content, key, {code: given[code] for code in kept})


def _missing(code: str) -> str:
    return "blank" if code == ORIGINAL else NO_TRANSLATION


def take_back_sentence(content: Content, key: str) -> Content:
    """Say a sentence as it was shipped."""
    return with_sentence(content, key, {})
