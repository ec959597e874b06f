"""Months and ages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.months import Month, age_on

MONTHS = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))


@given(MONTHS)
def test_a_month_reads_back_as_written(month: Month) -> None:
    assert Month.parse(str(month)) == month


@given(MONTHS, st.integers(-1200, 1200))
def test_going_forth_and_back_ends_where_it_began(month: Month, months: int) -> None:
    assert month.plus(months).plus(-months) == month
    assert (month.plus(months) > month) == (months > 0)


@given(MONTHS)
def test_the_day_after_the_last_is_the_first_of_the_next_month(month: Month) -> None:
    assert month.last_day.toordinal() + 1 == month.plus(1).first_day.toordinal()
    assert Month.of(month.first_day) == Month.of(month.last_day) == month


def test_december_is_followed_by_january() -> None:
    assert str(Month(2026, 12).plus(1)) == "2027-01"
    assert Month(2028, 2).last_day == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "2026-1", "26-11", "2026-11-01"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


def test_age_is_reached_on_the_birthday() -> None:
    born = date(1961, 11, 22)
    assert age_on(born, date(2026, 11, 21)) == 64
    assert age_on(born, date(2026, 11, 22)) == 65


def test_born_on_29_february_turns_on_1_march_in_other_years() -> None:
    born = date(1980, 2, 29)
    assert age_on(born, date(2027, 2, 28)) == 46
    assert age_on(born, date(2027, 3, 1)) == 47
    assert age_on(born, date(2028, 2, 29)) == 48
