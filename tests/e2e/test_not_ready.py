"""Pressing on too early says in words what is missing, and what is typed wrong is said at once."""

from typing import Any

import pytest
from samples import load_texts

from .residents import (
    BUSY,
    EMPLOYER,
    NAME,
    NEIGHBOUR,
    NIK,
    STRANGER,
    TRADER,
    Resident,
    digits,
    email_keys,
    letters,
    nik_born,
)
from .stage import Stage

SAY = load_texts().say

MISSING: dict[str, tuple[Resident, str, tuple[str, ...], str]] = {
    "no work": (TRADER, "work", (), SAY("work.missing")),
    "no job": (TRADER, "job", (), SAY("job.missing")),
    "no answer": (EMPLOYER, "question", (), SAY("question.missing")),
    "no NIK": (TRADER, "nik", (), SAY("nik.incomplete", missing=16)),
    "NIK too short": (TRADER, "nik", digits(NIK[:-1]), SAY("nik.incomplete", missing=1)),
    "no name": (TRADER, "name", (), SAY("name.missing")),
    "a name of signs": (TRADER, "name", letters(". '."), SAY("name.missing")),
    "half a birth date": (
        TRADER,
        "name",
        (*letters(NAME), "changeBirthDate", *digits("17")),
        SAY("name.birth_date_wrong"),
    ),
    "a birth date not in the calendar": (
        TRADER,
        "name",
        (*letters(NAME), "changeBirthDate", *digits("30021985")),
        SAY("name.birth_date_wrong"),
    ),
    "a birth date in the future": (
        TRADER,
        "name",
        (*letters(NAME), "changeBirthDate", *digits("23112026")),
        SAY("name.birth_date_in_future"),
    ),
    "a birth date of another century": (
        TRADER,
        "name",
        (*letters(NAME), "changeBirthDate", *digits("17081885")),
        SAY("name.birth_date_too_long_ago"),
    ),
    "no desa": (TRADER, "address", (), SAY("address.missing")),
    "no kecamatan": (NEIGHBOUR, "kecamatan", (), SAY("kecamatan.missing")),
    "no desa elsewhere": (NEIGHBOUR, "desa", (), SAY("desa.missing")),
    "no address": (STRANGER, "elsewhere", (), SAY("elsewhere.line_missing")),
    "an address of spaces": (
        STRANGER,
        "elsewhere",
        ("letterSpace",) * 8,
        SAY("elsewhere.line_missing"),
    ),
    "no postcode": (
        STRANGER,
        "elsewhere",
        letters("KP. BARU"),
        SAY("elsewhere.postcode_wrong"),
    ),
    "half a postcode": (
        STRANGER,
        "elsewhere",
        (*letters("KP. BARU"), "elsewherePostcode", *digits("4239")),
        SAY("elsewhere.postcode_wrong"),
    ),
    "nobody's phone": (TRADER, "phone", (), SAY("phone.owner_missing")),
    "no phone number": (TRADER, "phone", ("phone-own",), SAY("phone.incomplete", missing=10)),
    "half a phone number": (
        TRADER,
        "phone",
        ("phone-family", *digits("0812")),
        SAY("phone.incomplete", missing=6),
    ),
    "no place": (TRADER, "place", (), SAY("place.missing")),
    "no second work": (BUSY, "second_work", (), SAY("second_work.missing")),
    "no second job": (BUSY, "second_job", (), SAY("second_job.missing")),
    "an e-mail without @": (BUSY, "email", email_keys("siti"), SAY("email.no_at")),
    "half an e-mail": (BUSY, "email", email_keys("siti@gmail"), SAY("email.wrong")),
    "no income": (TRADER, "income", (), SAY("income.missing")),
    "an income of nothing": (TRADER, "income", ("pad0", "pad000"), SAY("income.missing")),
    "no programme": (TRADER, "programme", (), SAY("programme.missing")),
    "no months": (TRADER, "months", (), SAY("months.missing")),
    "nothing declared": (TRADER, "review", (), SAY("review.declarations_missing", missing=3)),
    "one declaration left": (
        TRADER,
        "review",
        ("tick-data_true", "tick-send_to_bpjs"),
        SAY("review.declarations_missing", missing=1),
    ),
}


@pytest.mark.parametrize("what", MISSING)
def test_the_yellow_key_lies_flat_and_says_what_is_missing_until_it_is_given(
    stage: Stage, what: str
) -> None:
    resident, step, keys, sentence = MISSING[what]
    stage.play(resident, until=step)
    stage.tap(*keys)
    assert not stage.key("next").property("ready")
    assert not stage.says(sentence)
    stage.tap("next")
    assert stage.screen == step
    assert stage.says(sentence)
    if not keys:
        stage.tap(*resident[step])
        assert not stage.says(sentence)
        assert stage.key("next").property("ready")


WRONG_AT_ONCE: dict[str, tuple[str, tuple[str, ...], str]] = {
    "no such province": ("nik", digits("99"), SAY("nik.check_two", first=1, last=2)),
    "no such day": (
        "nik",
        digits("36040932"),
        SAY("nik.wrong.day_out_of_range", typed="32"),
    ),
    "no such month": ("nik", digits("3604091713"), SAY("nik.wrong.month_out_of_range", typed="13")),
    "a phone without 08": ("phone", ("phone-own", "pad7"), SAY("phone.wrong_start")),
    "a phone too long": (
        "phone",
        ("phone-own", *digits("08123456789012")),
        SAY("phone.too_long", digits=13),
    ),
    "too many noughts": (
        "income",
        ("income-month", *digits("2"), "pad000", "pad000", "pad000"),
        SAY("income.too_high"),
    ),
}


@pytest.mark.parametrize("what", WRONG_AT_ONCE)
def test_what_cannot_be_right_is_said_while_it_is_typed(stage: Stage, what: str) -> None:
    step, keys, sentence = WRONG_AT_ONCE[what]
    stage.play(TRADER, until=step)
    stage.tap(*keys)
    assert stage.says(sentence)
    stage.tap("next")
    assert stage.screen == step
    assert stage.says(sentence)


def test_a_seventeenth_digit_is_not_swallowed_in_silence(stage: Stage) -> None:
    stage.play(TRADER, until="nik")
    stage.tap(*digits(NIK), "pad3")
    assert stage.says(SAY("nik.wrong.too_long"))


def test_who_types_digits_before_saying_whose_phone_types_their_own(stage: Stage) -> None:
    stage.play(TRADER, until="phone")
    stage.tap(*digits("0812"))
    assert stage.says("0812")
    assert stage.key("phone-own").property("chosen")
    assert not stage.key("phone-family").property("chosen")


def test_without_a_name_the_field_of_the_name_is_the_one_marked(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    stage.tap("changeBirthDate", *digits("17081985"), "next")
    assert stage.says(SAY("name.missing"))
    assert stage.says(SAY("name.label"))


DOUBTED: dict[str, tuple[str, tuple[str, ...], str]] = {
    "an unknown kecamatan": (
        "nik",
        digits("3604995708850007"),
        SAY("nik.unknown_kecamatan"),
    ),
    "an unknown kabupaten": ("nik", digits("3699015708850007"), SAY("nik.unknown_kabupaten")),
    "too old": (
        "nik",
        digits(nik_born("120556")),
        SAY("nik.too_old", age=70, limit=65),
    ),
    "a name of one letter": ("name", letters("A"), SAY("name.one_letter")),
    "another birth date": (
        "name",
        (*letters(NAME), "changeBirthDate", *digits("16081985")),
        SAY("name.differs"),
    ),
}


@pytest.mark.parametrize("what", DOUBTED)
def test_a_doubt_is_told_but_stops_nobody(stage: Stage, what: str) -> None:
    step, keys, sentence = DOUBTED[what]
    stage.play(TRADER, until=step)
    stage.tap(*keys)
    assert stage.says(sentence)
    assert stage.key("next").property("ready")
    stage.tap("next")
    assert stage.screen != step


def test_a_phone_typed_with_the_country_code_becomes_the_number_dialled_here(stage: Stage) -> None:
    stage.play(TRADER, until="phone")
    stage.tap("phone-own", *digits("6281234567890"))
    assert stage.says("0812 3456 7890")
    assert stage.key("next").property("ready")


def test_a_name_holds_sixty_letters_and_no_double_space(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    stage.tap("letterSpace", *letters("A  B"), *letters("C" * 60))
    assert stage.says("A B" + "C" * 57)
    assert not stage.says("A B" + "C" * 58)


def test_an_e_mail_holds_eighty_letters_and_one_at_in_a_row(stage: Stage) -> None:
    stage.play(BUSY, until="email")
    stage.tap(*email_keys("a" * 75), "emailAt", "emailAt", "emailGmail")
    stage.tap("next")
    assert stage.says(SAY("email.too_long", letters=80))
    stage.tap("emailDelete", "next")
    assert stage.says("a" * 75 + "@gmai")
    assert stage.says(SAY("email.wrong"))


def test_a_letter_that_no_slip_can_show_is_refused_where_it_is_typed(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    visit: Any = stage.app.visit
    visit.name.type("AHMAD 李")  # as typed on a keyboard of steel
    stage.tap("next")
    assert stage.screen == "name"
    assert stage.says(SAY("name.unprintable", letter="李"))
    stage.tap("letterDelete")
    assert stage.key("next").property("ready")


def test_working_days_stay_between_one_and_thirty_one(stage: Stage) -> None:
    stage.play(TRADER, until="income")
    stage.tap(*["moreDays"] * 6)
    assert stage.says("31")
    stage.tap(*["fewerDays"] * 32)
    assert "1" in stage.words()


def test_the_nik_can_be_covered_and_shown_again(stage: Stage) -> None:
    stage.play(TRADER, until="nik")
    stage.tap(*digits(NIK), "hideNik")
    assert stage.words().count("•") == 16
    stage.tap("hideNik")
    assert "•" not in stage.words()
