"""Sentences said otherwise: what is put in is said, what is taken back is gone, and what is wrong
is named by its language."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sync.shipped import shipped_program

from kiosk.domain.configuration import Content
from kiosk.drafting import TEXT, said_in
from kiosk.editing.sentences import (
    SentenceRefused,
    Where,
    found,
    put_sentence,
    sentence_of,
    sentences,
    take_back_sentence,
)
from kiosk.languages import Languages, flaws_of, room_for, with_sentences

LANGUAGES = shipped_program().languages
ALL = sentences(Content(), LANGUAGES)
PLAIN = [
    one for one in ALL if not one.is_fixed and not any("{" in said for said in one.now.values())
]
LETTERS = st.text(st.characters(categories=("L", "N", "Zs")), min_size=1, max_size=12)


def with_gaps() -> Languages:
    """A third language that does not promise every sentence."""
    third = replace(LANGUAGES.texts["id"], language="su", complete=False)
    return replace(LANGUAGES, texts={**LANGUAGES.texts, "su": third})


@given(st.lists(st.tuples(st.sampled_from(PLAIN), LETTERS, LETTERS), max_size=8))
def test_what_is_put_in_is_said_and_what_is_taken_back_is_gone(
    puts: list[tuple[object, str, str]],
) -> None:
    content, wanted = Content(), {}
    for one, *words in puts:
        assume(all(word.strip() for word in words))
        said = dict(zip(("id", "en"), words, strict=True))
        made = put_sentence(content, LANGUAGES, one.key, said)  # type: ignore[attr-defined]
        assert isinstance(made, Content)
        content = made
        wanted[one.key] = said  # type: ignore[attr-defined]
    spoken = with_sentences(LANGUAGES, content.texts)
    for key, said in wanted.items():
        assert {code: spoken.texts[code].sentences[key] for code in said} == {
            code: text.strip() for code, text in said.items()
        }
    for key in wanted:
        content = take_back_sentence(content, key)
    assert content == Content()


@given(st.sampled_from(ALL), st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_typed_is_taken_by_a_kiosk_or_refused(
    one: object, indonesian: str, english: str
) -> None:
    key = one.key  # type: ignore[attr-defined]
    made = put_sentence(Content(), LANGUAGES, key, {"id": indonesian, "en": english})
    if isinstance(made, Content):
        assert flaws_of(LANGUAGES, made.texts) == ()
    else:
        assert made.reasons


@pytest.mark.parametrize(
    ("key", "said", "reasons"),
    [
        ("common.next", {"id": "Terus", "en": ""}, {"en": "no_translation"}),
        ("common.next", {"id": " ", "en": "Go on"}, {"id": "blank"}),
        ("common.next", {"id": "x" * 40, "en": "Go on"}, {"id": "too_long"}),
        (
            "months.saved",
            {"id": "Hemat", "en": "You save"},
            dict.fromkeys(("id", "en"), "placeholders"),
        ),
        ("consent.title", {"id": "Setuju", "en": "Agree"}, dict.fromkeys(("id", "en"), "fixed")),
    ],
)
def test_what_is_wrong_is_named_by_its_language(
    key: str, said: dict[str, str], reasons: dict[str, str]
) -> None:
    assert put_sentence(Content(), LANGUAGES, key, said) == SentenceRefused(reasons)


def test_a_sentence_as_it_was_shipped_leaves_nothing_behind() -> None:
    shipped = sentence_of(Content(), LANGUAGES, "common.next").shipped
    changed = put_sentence(Content(), LANGUAGES, "common.next", {**shipped, "id": "Terus"})
    assert isinstance(changed, Content)
    assert [(one.scope, one.name) for one in said_in(changed)] == [(TEXT, "common.next")]
    assert put_sentence(changed, LANGUAGES, "common.next", dict(shipped)) == Content()


def test_the_translation_alone_can_be_said_otherwise() -> None:
    shipped = sentence_of(Content(), LANGUAGES, "common.next").shipped
    changed = put_sentence(Content(), LANGUAGES, "common.next", {**shipped, "en": "Go on"})
    assert changed == Content(texts={"en": {"common.next": "Go on"}})


def test_a_language_with_gaps_may_be_left_empty_and_says_what_it_says() -> None:
    languages = with_gaps()
    said = {"id": "Terus", "en": "Go on", "su": ""}
    assert put_sentence(Content(), languages, "common.next", said) == Content(
        texts={"id": {"common.next": "Terus"}, "en": {"common.next": "Go on"}}
    )
    shipped = sentence_of(Content(), languages, "common.next").shipped
    made = put_sentence(Content(), languages, "common.next", {**shipped, "su": "Teras"})
    assert made == Content(texts={"su": {"common.next": "Teras"}})


def test_a_sentence_is_found_by_its_key_and_by_its_words_in_any_language() -> None:
    for typed in ("common.next", "lanjut common", "NEXT common."):
        assert "common.next" in {one.key for one in found(ALL, typed)}
    assert found(ALL, "tidak ada kata semacam ini") == ()
    assert found(ALL, "  ") == ALL


def test_the_console_speaks_as_it_was_shipped() -> None:
    assert not [one.key for one in ALL if one.key.startswith(("console.", "language."))]
    assert {one.where for one in ALL} == set(Where)


def test_room_is_never_less_than_what_is_shipped() -> None:
    for one in ALL:
        assert room_for(LANGUAGES, one.key) >= max(map(len, one.shipped.values()))
