"""The token survives what happens to text on its way, and says what is wrong with it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.authority import Authority, _pem
from kiosk.central.address import CentreAddress, Login
from kiosk.central.token import Token, TokenFlaw, in_lines, read_token, write_token

CA = _pem(Authority.new().certificate).decode("ascii")
TOKEN = Token(
    CentreAddress(("db1.example.go.id", "10.0.0.7"), (5432, 6543), "anjungan", CA),
    Login("kiosk_12345", "K3yW0rd-Once"),
    datetime(2026, 11, 30, 3, 0, tzinfo=UTC),
)
TEXT = write_token(TOKEN)


def test_a_token_says_again_what_was_put_in() -> None:
    assert read_token(TEXT) == TOKEN
    assert read_token(in_lines(TEXT)) == TOKEN


def test_a_person_s_token_needs_no_certificate() -> None:
    address = CentreAddress(("127.0.0.1",), (5432,), "anjungan")
    token = Token(address, Login("staff_0a1b2c3d", "once"), TOKEN.expires_at)
    assert read_token(write_token(token)) == token
    assert not token.is_for_kiosk


@given(st.lists(st.sampled_from([" ", "\n", "\t", "-", "\r\n"]), max_size=20))
def test_spaces_hyphens_and_case_do_not_count(marks: list[str]) -> None:
    text = TEXT.replace("-", "").lower()
    for at, mark in enumerate(marks):
        place = 1 + (at * 37) % (len(text) - 1)
        text = text[:place] + mark + text[place:]
    assert read_token(text) == TOKEN


def test_letters_that_look_alike_are_taken_for_each_other() -> None:
    head, rest = TEXT[:6], TEXT[6:]
    assert read_token(head + rest.replace("O", "0").replace("I", "1").replace("B", "8")) == TOKEN


@given(st.integers(min_value=5), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_letter_changed_is_noticed(at: int, letter: str) -> None:
    text = TEXT.replace("-", "")
    place = 5 + at % (len(text) - 5)
    changed = text[:place] + letter + text[place + 1 :]
    expected = TOKEN if _same_bits(changed, text) else TokenFlaw.DAMAGED
    assert read_token(changed) == expected


def _same_bits(one: str, other: str) -> bool:
    """The last letter of base32 may carry bits that nobody reads."""
    return one[:-1] == other[:-1] and (one == other or read_token(one) == TOKEN)


@given(st.integers(min_value=6, max_value=len(TEXT) - 1))
def test_a_token_cut_short_is_damaged(length: int) -> None:
    cut = TEXT[:length]
    assert read_token(cut) == (TOKEN if cut == TEXT.rstrip("-") else TokenFlaw.DAMAGED)


@given(st.text(max_size=200))
def test_other_texts_are_no_token(text: str) -> None:
    assert isinstance(read_token(text), TokenFlaw)


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", max_size=200))
def test_letters_of_chance_are_damaged(text: str) -> None:
    assert read_token("ABPU1" + text) is TokenFlaw.DAMAGED


@pytest.mark.parametrize("text", ["ABPU2-AAAAA", "abpu3xyz", "ABPU2" + TEXT[5:]])
def test_a_token_of_a_newer_version_is_named(text: str) -> None:
    assert read_token(text) is TokenFlaw.NEWER


@pytest.mark.parametrize("text", ["", "ABPU", "https://example.go.id", "A" * 100_000])
def test_what_is_no_token_is_named(text: str) -> None:
    assert read_token(text) is TokenFlaw.NOT_A_TOKEN


def test_a_token_shows_no_password_when_it_is_shown() -> None:
    assert "K3yW0rd" not in repr(TOKEN)
