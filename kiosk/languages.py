"""The reader of the language files: one TOML file a language, its name the language's code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from kiosk.data import read_text
from kiosk.domain.failures import DataFailure
from kiosk.domain.texts import ORIGINAL, Texts, fill_gaps, misfits, parse_texts

NAME = "language.name"
FIXED = ("consent.", "review.declaration.")
"""What people agree to changes with the program alone: the version kept with it names the text."""
LONGER, SHORTEST = 1.25, 12
"""By so much a sentence may be longer than the longest shipped one, and so long it may always be,
in characters. Whether it fits its place shows when the screens are tried, see ui/rehearsing.py."""


@dataclass(frozen=True, slots=True)
class Languages:
    """Every language that can be spoken, by code: Indonesian first, then by file name.

    `problems` are for the staff, each naming the file; the kiosk works in spite of them.
    """

    texts: Mapping[str, Texts]
    problems: tuple[DataFailure, ...]


def load_languages(folder: Path) -> Languages:
    """Read every *.toml of `folder` and fill the gaps of translations from Indonesian.

    A broken translation is left out, a sentence that does not fit is said in Indonesian, and
    both are reported in the result. Raises DataFailure when the Indonesian file is broken.
    """
    original = _read(folder / f"{ORIGINAL}.toml")
    texts = {ORIGINAL: original}
    problems: list[DataFailure] = []
    for file in sorted(folder.glob("*.toml")):
        if file.stem in texts:
            continue
        try:
            translation = _read(file)
        except DataFailure as refused:
            problems.append(refused)
            continue
        texts[file.stem] = fill_gaps(translation, original)
        problems.extend(_complaints(translation, original, file.name))
    return Languages(MappingProxyType(texts), tuple(problems))


class TextFlaw(ValueError):
    """A sentence that cannot take the place of a shipped one; `key` names it, `reason` says why:
    language, unknown, fixed, blank, placeholders, too_long, no_translation."""

    def __init__(self, language: str, key: str, reason: str) -> None:
        super().__init__(f"{language} {key}: {reason}")
        self.language, self.key, self.reason = language, key, reason


def with_sentences(languages: Languages, given: Mapping[str, Mapping[str, str]]) -> Languages:
    """Return the languages with other sentences, by language and key.

    Raises TextFlaw for the first that does not fit.
    """
    flaws = flaws_of(languages, given)
    if flaws:
        raise flaws[0]
    texts = {
        code: replace(said, sentences=MappingProxyType({**said.sentences, **given.get(code, {})}))
        for code, said in languages.texts.items()
    }
    return replace(languages, texts=MappingProxyType(texts))


def flaws_of(languages: Languages, given: Mapping[str, Mapping[str, str]]) -> tuple[TextFlaw, ...]:
    """Return what is wrong with sentences that shall take the place of shipped ones."""
    found = [
        TextFlaw(code, key, reason)
        for code, sentences in given.items()
        for key, sentence in sentences.items()
        if (reason := _flaw_of(languages, code, key, sentence))
    ]
    original = given.get(ORIGINAL, {})
    # What is said otherwise in Indonesian would be said as before in the other languages.
    untranslated = [
        TextFlaw(code, key, "no_translation")
        for code, texts in languages.texts.items()
        if texts.complete and code != ORIGINAL
        for key in original
        if key not in given.get(code, {})
    ]
    return (*found, *untranslated)


def room_for(languages: Languages, key: str) -> int:
    """Return how many characters a sentence may have in place of a shipped one."""
    longest = max(len(texts.sentences[key]) for texts in languages.texts.values())
    return int(max(longest * LONGER, SHORTEST))


def _flaw_of(languages: Languages, code: str, key: str, sentence: str) -> str:
    if code not in languages.texts:
        return "language"
    shipped = languages.texts[ORIGINAL]
    if key not in shipped.sentences or key == NAME:
        return "unknown"
    if key.startswith(FIXED):
        return "fixed"
    if not sentence.strip() or sentence != sentence.strip():
        return "blank"
    if misfits(replace(shipped, sentences={key: sentence}), shipped):
        return "placeholders"
    return "too_long" if len(sentence) > room_for(languages, key) else ""


def _complaints(translation: Texts, original: Texts, file: str) -> Iterator[DataFailure]:
    for key in misfits(translation, original):
        yield DataFailure(file, 0, f"{key} is blank, unknown or has other placeholders")


def _read(file: Path) -> Texts:
    texts = parse_texts(read_text(file), file.stem, file.name)
    if not texts.sentences.get(NAME, "").strip():
        raise DataFailure(file.name, 0, f"{NAME} is missing")
    return texts
