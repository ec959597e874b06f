"""Names, telephones and birth dates as they are typed, pasted and scanned."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.person import (
    NAME_MAX_LENGTH,
    clean_line,
    clean_name,
    clean_phone,
    group_phone,
    is_mobile_phone,
    read_birth_date,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ahmad saprudin", "AHMAD SAPRUDIN"),
        ("  Siti   Nur'aini ", "SITI NUR'AINI"),
        ("H. Abd. Rahman, S.Pd.", "H. ABD. RAHMAN, S.PD."),
        ("Jose\u0301", "JOS\u00c9"),
        ("O", "O"),
        ("SITI\nAMINAH\r\n", "SITI AMINAH"),
        ("SITI\tAMINAH", "SITI AMINAH"),
        ("B4D1 😀 RUDI", "BD RUDI"),
        ("\u202eRUDI\u202c", "RUDI"),
        ("\u0645\u062d\u0645\u062f", "\u0645\u062d\u0645\u062f"),
        ("", ""),
        ("12345 😀", ""),
    ],
    ids=[
        *("small letters", "spaces", "title", "accent", "one letter", "pasted lines", "tab"),
        *("digits and emoji", "direction marks", "right to left", "nothing", "no letter"),
    ],
)
def test_a_name_is_kept_as_a_ktp_prints_it(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


def test_a_name_has_at_most_60_characters_and_no_space_at_its_end() -> None:
    assert clean_name("A" * 60) == "A" * 60
    assert clean_name("A" * 61) == "A" * 60
    assert clean_name("A" * 59 + " B") == "A" * 59


@given(st.text())
def test_a_name_holds_letters_and_the_few_signs_of_names_whatever_is_typed(typed: str) -> None:
    name = clean_name(typed)
    assert len(name) <= NAME_MAX_LENGTH
    assert name == name.strip()
    assert "  " not in name
    assert all(char.isalpha() or char in " .'-," for char in name)
    assert not {unicodedata.category(char) for char in name} & {"Cc", "Cf", "Nd", "So"}


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZÉÜŠabcdefghijklmnopqrstuvwxyzéüš .'-,"))
def test_cleaning_a_name_twice_changes_nothing(typed: str) -> None:
    assert clean_name(clean_name(typed)) == clean_name(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Jl. Raya  Serang  No. 1 ", "Jl. Raya Serang No. 1"),
        ("Kp. Baru\nRT 01/02\r\n", "Kp. Baru RT 01/02"),
        ("Blok\u202e A\x00\x1b", "Blok A"),
        ("\n \u2028", ""),
    ],
    ids=["spaces", "pasted lines", "control characters", "nothing"],
)
def test_an_address_is_one_printable_line(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


@given(st.text())
def test_a_line_never_breaks_whatever_is_typed(typed: str) -> None:
    line = clean_line(typed)
    assert line.isprintable()
    assert len(line.splitlines()) <= 1
    assert clean_line(line) == line


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "6281234567890",
        "+6281234567890",
        "+62 812-3456-7890",
        "+62 (0)812 3456 7890",
        "(0812) 3456.7890",
        "0812 3456 7890\n",
        "😀0812 3456 7890",
    ],
    ids=["0", "62", "+62", "hyphens", "+62 (0)", "brackets", "pasted", "emoji"],
)
def test_one_telephone_number_in_many_ways_of_writing(typed: str) -> None:
    assert clean_phone(typed) == "081234567890"


@given(st.text())
def test_a_telephone_number_is_digits_whatever_is_typed(typed: str) -> None:
    phone = clean_phone(typed)
    assert set(phone) <= set("0123456789")
    assert not phone.startswith("62")
    assert clean_phone(phone) == phone


@pytest.mark.parametrize(
    ("phone", "is_one"),
    [
        ("0812345678", True),
        ("0812345678901", True),
        ("081234567", False),
        ("08123456789012", False),
        ("0254200000", False),
        ("1234567890", False),
        ("", False),
    ],
    ids=["10 digits", "13 digits", "9 digits", "14 digits", "a landline", "no 0", "nothing"],
)
def test_a_mobile_number_begins_with_08_and_has_10_to_13_digits(phone: str, is_one: bool) -> None:
    assert is_mobile_phone(phone) is is_one


def test_a_telephone_number_is_read_out_in_groups_of_four() -> None:
    assert group_phone("081234567890") == "0812 3456 7890"
    assert group_phone("0812345678") == "0812 3456 78"
    assert group_phone("") == ""


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_every_date_that_exists_is_read(day: date) -> None:
    assert read_birth_date(f"{day:%d%m%Y}") == day


@pytest.mark.parametrize(
    "typed",
    [
        *("", "1", "1205198", "120519800", "31022000", "29022001", "00011980", "12131980"),
        *("01010000", "12-05-80", "1205198x", "😀😀😀😀😀😀😀😀", " 1205198"),
    ],
)
def test_a_date_that_is_incomplete_or_impossible_is_none(typed: str) -> None:
    assert read_birth_date(typed) is None


@given(st.text(max_size=12))
def test_no_typing_of_a_date_crashes(typed: str) -> None:
    read = read_birth_date(typed)
    assert read is None or len(typed) == 8
