"""Translations: complete where they promise it, and harmless where they have gaps or mistakes."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from samples import RESOURCES, TODAY, load_work

from kiosk.domain.failures import DataFailure
from kiosk.domain.months import Month
from kiosk.domain.texts import ORIGINAL, Texts, misfits, parse_texts
from kiosk.domain.wording import amount_words, date_words, moment_words, month_words
from kiosk.domain.work import name_in, parse_work
from kiosk.languages import load_languages

FOLDER = RESOURCES / "texts"
INDONESIAN = (
    '[language]\nname = "Bahasa Indonesia"\n[nik]\ntitle = "NIK"\ncount = "{typed} angka"\n'
)


def read(language: str) -> Texts:
    """One shipped language as it stands in its file, gaps and all."""
    file = FOLDER / f"{language}.toml"
    return parse_texts(file.read_text("utf-8"), language, file.name)


COMPLETE = [file.stem for file in sorted(FOLDER.glob("*.toml")) if read(file.stem).complete]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of languages that holds two Indonesian sentences."""
    (tmp_path / "id.toml").write_text(INDONESIAN, "utf-8")
    return tmp_path


def test_english_promises_to_be_complete() -> None:
    assert "en" in COMPLETE


@pytest.mark.parametrize("language", COMPLETE)
def test_a_complete_language_has_every_sentence_with_the_same_placeholders(language: str) -> None:
    original, translation = read(ORIGINAL), read(language)
    assert original.sentences.keys() - translation.sentences.keys() == set()
    assert misfits(translation, original) == ()


@pytest.mark.parametrize("language", COMPLETE)
def test_a_complete_language_has_a_name_for_every_work(language: str) -> None:
    segments = load_work().segments
    jobs = [job for segment in segments for job in segment.jobs]
    assert [job.id for job in jobs if language not in job.names] == []
    assert [one.id for one in segments if language not in one.names] == []
    assert [one.id for one in segments if language not in one.tile_names] == []


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_no_language_has_an_amount_of_money_in_a_sentence(file: Path) -> None:
    amounts = [
        key for key, text in read(file.stem).sentences.items() if re.search(r"Rp\s*\d", text)
    ]
    assert amounts == []


def test_english_sentences_are_short() -> None:
    sentences = read("en").sentences
    thoughts = [(key, part) for key in sentences for part in re.split(r"[.?:] ", sentences[key])]
    assert [key for key, part in thoughts if len(part.split()) > 12] == []


def test_the_shipped_languages_are_read_without_complaint_indonesian_first() -> None:
    languages = load_languages(FOLDER)
    assert languages.problems == ()
    assert list(languages.texts)[:2] == ["id", "en"]
    assert languages.texts["en"].say("language.name") == "English"


def test_another_language_is_one_more_file_in_the_order_of_their_names(folder: Path) -> None:
    for code, name in (("su", "Basa Sunda"), ("en", "English"), ("jv", "Jawa Serang")):
        (folder / f"{code}.toml").write_text(f'[language]\nname = "{name}"\n', "utf-8")
    languages = load_languages(folder)
    assert list(languages.texts) == ["id", "en", "jv", "su"]
    assert {texts.language for texts in languages.texts.values()} == {"id", "en", "jv", "su"}


def test_what_a_language_does_not_say_is_said_in_indonesian(folder: Path) -> None:
    text = '[language]\nname = "Basa Sunda"\n[nik]\ncount = "{typed} angka NIK"\n'
    (folder / "su.toml").write_text(text, "utf-8")
    languages = load_languages(folder)
    sunda = languages.texts["su"]
    assert languages.problems == ()
    assert sunda.say("nik.title") == "NIK"
    assert sunda.say("nik.count", typed=4) == "4 angka NIK"
    assert not sunda.complete


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ('count = "{jumlah} angka"', "nik.count"),
        ('count = "angka"', "nik.count"),
        ('count = "{typed:>9} angka"', "nik.count"),
        ('count = "{typed angka"', "nik.count"),
        ('count = "{typed.__class__} angka"', "nik.count"),
        ('title = " "', "nik.title"),
        ('judul = "NIK"', "nik.judul"),
    ],
    ids=["other", "dropped", "format", "brace", "attribute", "blank", "unknown"],
)
def test_a_sentence_that_does_not_fit_is_reported_and_said_in_indonesian(
    folder: Path, sentence: str, key: str
) -> None:
    text = f'[language]\nname = "Basa Sunda"\n[nik]\n{sentence}\n'
    (folder / "su.toml").write_text(text, "utf-8")
    languages = load_languages(folder)
    (problem,) = languages.problems
    assert problem.file == "su.toml"
    assert key in problem.reason
    assert languages.texts["su"].sentences.keys() == languages.texts["id"].sentences.keys()
    assert languages.texts["su"].say("nik.title") == "NIK"
    assert languages.texts["su"].say("nik.count", typed=4) == "4 angka"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[nik]\ntitle = \n", "Invalid value"),
        (b"[language]\nname = 'Basa Sunda'\n[nik]\ntitle = 3\n", "nik.title is not a sentence"),
        (b"[nik]\ntitle = 'NIK'\n", "language.name is missing"),
        (b"[language]\nname = 'x'\ncomplete = 'yes'\n", "neither true nor false"),
        (b"[language]\nname = '\xff'\n", "not UTF-8"),
    ],
    ids=["syntax", "number", "nameless", "promise", "bytes"],
)
def test_a_broken_language_is_left_out_and_the_others_stay(
    folder: Path, content: bytes, reason: str
) -> None:
    (folder / "su.toml").write_bytes(content)
    languages = load_languages(folder)
    assert list(languages.texts) == ["id"]
    (problem,) = languages.problems
    assert problem.file == "su.toml"
    assert reason in problem.reason


def test_without_good_indonesian_sentences_there_is_no_kiosk(folder: Path) -> None:
    (folder / "en.toml").write_text('[language]\nname = "English"\n', "utf-8")
    (folder / "id.toml").write_text("[nik\n", "utf-8")
    with pytest.raises(DataFailure, match=r"id\.toml line 1"):
        load_languages(folder)
    (folder / "id.toml").unlink()
    with pytest.raises(DataFailure, match="cannot be read"):
        load_languages(folder)


def test_english_dates_have_english_months_and_money_stays_as_on_the_bill() -> None:
    english = load_languages(FOLDER).texts["en"]
    assert date_words(TODAY, english) == "22 November 2026"
    assert month_words(Month(2027, 5), english) == "May 2027"
    assert moment_words(datetime(2026, 8, 1, 9, 5), english) == "1 August 2026, 09:05"  # noqa: DTZ001
    assert amount_words(16_800, english) == "Rp16.800"
    assert amount_words(42_000_000, english) == "Rp42 million"


def test_work_may_be_named_in_more_languages_and_is_called_by_its_indonesian_name_else() -> None:
    text = (RESOURCES / "data" / "segments.json").read_text("utf-8")
    rice = '"id": "Petani padi", "en": "Rice farmer"'
    assert text.count(rice) == 1
    work = parse_work(text.replace(rice, f'{rice}, "su": "Patani pare"'), "segments.json")
    names = work.find_job("tani", "petani_padi").names
    assert [name_in(language, names) for language in ("su", "en", "id", "jv")] == [
        "Patani pare",
        "Rice farmer",
        "Petani padi",
        "Petani padi",
    ]
