"""The registration number catches what people mistype."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.registration_number import (
    PROVISIONAL_KIOSK_NUMBERS,
    QUASIGROUP,
    clean_number,
    group_number,
    is_valid_number,
    make_number,
)

DIGITS = range(10)
KIOSK_NUMBERS = st.integers(0, 98_999).map(lambda number: f"{number:05}")
NUMBERS = st.builds(make_number, KIOSK_NUMBERS, st.integers(0, 999_999))


def test_one_wrong_digit_always_changes_the_state_and_no_later_digit_hides_it() -> None:
    for state in DIGITS:
        assert {QUASIGROUP[state][digit] for digit in DIGITS} == set(DIGITS)
    for digit in DIGITS:
        assert {QUASIGROUP[state][digit] for state in DIGITS} == set(DIGITS)


def test_swapped_neighbours_always_lead_to_another_state() -> None:
    for state, first, second in product(DIGITS, DIGITS, DIGITS):
        swapped = QUASIGROUP[QUASIGROUP[state][second]][first]
        assert (QUASIGROUP[QUASIGROUP[state][first]][second] == swapped) == (first == second)


def test_the_check_digit_itself_closes_every_number() -> None:
    # Its own check digit leads any state to 0, so it may be checked and swapped like the others.
    assert all(QUASIGROUP[state][state] == 0 for state in DIGITS)


def test_the_check_digit_is_the_published_one() -> None:
    # The worked example of Damm's scheme: 572 has the check digit 4.
    assert make_number("00000", 572) == "000000005724"


@given(NUMBERS)
def test_a_number_made_here_is_valid(number: str) -> None:
    assert is_valid_number(number)
    assert len(number) == 12
    assert not number.startswith("99")


@given(NUMBERS)
def test_every_wrong_digit_is_caught_at_every_place(number: str) -> None:
    for place, digit in product(range(12), "0123456789"):
        if digit != number[place]:
            assert not is_valid_number(number[:place] + digit + number[place + 1 :])


@given(NUMBERS)
def test_every_swap_of_neighbours_is_caught_at_every_place(number: str) -> None:
    for place in range(11):
        first, second = number[place], number[place + 1]
        swapped = number[:place] + second + first + number[place + 2 :]
        assert is_valid_number(swapped) == (first == second)


@given(NUMBERS)
def test_a_number_typed_as_printed_is_the_number(number: str) -> None:
    printed = group_number(number)
    assert printed == f"{number[:4]} {number[4:8]} {number[8:]}"
    assert clean_number(f" {printed}\n") == number


def test_different_registrations_have_different_numbers() -> None:
    assert len({make_number("00012", counter) for counter in range(1000)}) == 1000


@pytest.mark.parametrize("counter", [-1, 1_000_000])
def test_a_counter_outside_of_its_six_digits_is_refused(counter: int) -> None:
    with pytest.raises(ValueError, match="counter"):
        make_number("10917", counter)


@pytest.mark.parametrize(
    "kiosk_number", ["99000", "99999", "1091", "109170", "1091a", "", "1091\u0667"]
)
def test_what_is_no_kiosk_number_is_refused(kiosk_number: str) -> None:
    with pytest.raises(ValueError, match="kiosk number"):
        make_number(kiosk_number, 1)


def test_every_provisional_kiosk_number_can_make_numbers() -> None:
    edges = (PROVISIONAL_KIOSK_NUMBERS[0], PROVISIONAL_KIOSK_NUMBERS[-1])
    assert [make_number(str(edge), 0)[:2] for edge in edges] == ["90", "98"]


@given(st.text(max_size=14))
def test_any_other_text_is_no_number(text: str) -> None:
    assert not is_valid_number(text) or (len(text) == 12 and text.isascii() and text.isdigit())


def test_a_number_that_starts_with_99_is_not_ours() -> None:
    assert not any(is_valid_number(f"99000000000{digit}") for digit in DIGITS)
