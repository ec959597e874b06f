"""Dates, months and amounts in words."""

from datetime import UTC, date, datetime

import pytest
from samples import load_texts

from kiosk.clock import local
from kiosk.domain.months import Month
from kiosk.domain.wording import amount_words, date_words, moment_words, month_words

TEXTS = load_texts()


def test_a_date_is_day_month_and_year() -> None:
    assert date_words(date(2026, 11, 22), TEXTS) == "22 November 2026"
    assert date_words(date(2027, 3, 1), TEXTS) == "1 Maret 2027"


def test_every_month_has_its_own_name() -> None:
    names = {month_words(Month(2026, number), TEXTS) for number in range(1, 13)}
    assert len(names) == 12
    assert "Agustus 2026" in names


def test_a_moment_is_told_with_two_digits_each_in_the_time_it_comes_with() -> None:
    moment = datetime(2026, 11, 22, 2, 4, tzinfo=UTC)
    assert moment_words(moment, TEXTS) == "22 November 2026, pukul 02.04"
    assert moment_words(local(moment), TEXTS) == "22 November 2026, pukul 09.04"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (42_000_000, "Rp42 juta"),
        (1_000_000, "Rp1 juta"),
        (174_000_000, "Rp174 juta"),
        (42_500_000, "Rp42.500.000"),
        (10_000, "Rp10.000"),
        (999_999, "Rp999.999"),
    ],
)
def test_whole_millions_are_said_as_people_say_them(amount: int, words: str) -> None:
    assert amount_words(amount, TEXTS) == words
