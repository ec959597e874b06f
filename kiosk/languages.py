"""The reader of the language files: one TOML file a language, its name the language's code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kiosk.data import read_text
from kiosk.domain.failures import DataFailure
from kiosk.domain.texts import ORIGINAL, Texts, fill_gaps, misfits, parse_texts

NAME = "language.name"


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


def _complaints(translation: Texts, original: Texts, file: str) -> Iterator[DataFailure]:
    for key in misfits(translation, original):
        yield DataFailure(file, 0, f"{key} is blank, unknown or has other placeholders")


def _read(file: Path) -> Texts:
    texts = parse_texts(read_text(file), file.stem, file.name)
    if not texts.sentences.get(NAME, "").strip():
        raise DataFailure(file.name, 0, f"{NAME} is missing")
    return texts
