"""What the answers mean: work, income, address, age, price."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ANSWERS, FACTS, HOME, NIK, SampleFacts

from kiosk.domain.answers import (
    Answers,
    Lives,
    Period,
    birth_date,
    chosen_job,
    chosen_segment,
    employs_people,
    living_desa,
    living_kecamatan,
    monthly_income,
    quote_for,
    stop_by_age,
)
from kiosk.domain.months import Month
from kiosk.domain.tariff import Package, QuoteNote

OTHER = next(one for one in FACTS.regions.kecamatan if one.code != HOME)


def income(digits: str, period: Period, days: int = 26) -> int:
    return monthly_income(Answers(income_digits=digits, income_period=period, income_days=days))


# Income


def test_an_income_is_turned_into_a_month_of_whole_rupiah() -> None:
    assert income("75000", Period.DAY) == 1_950_000
    assert income("75000", Period.DAY, days=10) == 750_000
    assert income("300000", Period.WEEK) == 1_300_000
    assert income("100000", Period.WEEK) == 433_333
    assert income("2000000", Period.MONTH) == 2_000_000


def test_ten_billion_is_read_exactly() -> None:
    assert income("10000000000", Period.MONTH) == 10_000_000_000


@pytest.mark.parametrize("period", Period)
@pytest.mark.parametrize("typed", ["", "0", "000", "-5", "1.000", "dua", "😀", "\u0663", "²"])
def test_what_is_no_amount_counts_as_nothing(typed: str, period: Period) -> None:
    assert income(typed, period) == 0


@given(st.integers(0, 10**10), st.integers(1, 31))
def test_a_days_income_is_counted_once_for_each_day(amount: int, days: int) -> None:
    assert income(str(amount), Period.DAY, days) == amount * days


# Work


def test_the_work_tapped_is_found() -> None:
    segment, job = chosen_segment(ANSWERS, FACTS), chosen_job(ANSWERS, FACTS)
    assert segment is not None
    assert job is not None
    assert (segment.id, job.id) == ("tani", "petani_padi")


def test_work_not_tapped_or_gone_from_the_data_is_none() -> None:
    for answers in (Answers(), replace(ANSWERS, segment_id="astronot")):
        assert chosen_segment(answers, FACTS) is None
        assert chosen_job(answers, FACTS) is None
    for job_id in ("", "astronot", "tukang_cat"):
        assert chosen_job(replace(ANSWERS, job_id=job_id), FACTS) is None


def test_people_are_employed_only_where_that_was_asked() -> None:
    for segment, employs in (("umkm", True), ("konstruksi", False), ("tani", False)):
        answers = replace(ANSWERS, segment_id=segment, question_yes=True)
        assert employs_people(answers, FACTS) is employs
    for no in (False, None):
        assert not employs_people(replace(ANSWERS, segment_id="umkm", question_yes=no), FACTS)


# Address


def test_who_lives_here_lives_in_the_kecamatan_of_this_office() -> None:
    kecamatan, desa = living_kecamatan(ANSWERS, FACTS), living_desa(ANSWERS, FACTS)
    assert kecamatan is not None
    assert desa is not None
    assert (kecamatan.name, desa.name, desa.postcode) == ("Ciruas", "Ciruas", "42182")


def test_a_desa_of_another_kecamatan_is_no_answer() -> None:
    assert living_desa(replace(ANSWERS, desa_code=OTHER.desa[0].code), FACTS) is None
    moved = replace(ANSWERS, lives=Lives.OTHER_KECAMATAN, kecamatan_code=OTHER.code)
    assert living_kecamatan(moved, FACTS) == OTHER
    assert living_desa(moved, FACTS) is None
    assert living_desa(replace(moved, desa_code=OTHER.desa[0].code), FACTS) == OTHER.desa[0]


@pytest.mark.parametrize("code", ["", "31.71.01", "36.04"])
def test_a_kecamatan_outside_of_the_kabupaten_is_none(code: str) -> None:
    answers = replace(ANSWERS, lives=Lives.OTHER_KECAMATAN, kecamatan_code=code)
    assert living_kecamatan(answers, FACTS) is None


def test_who_lives_elsewhere_has_no_kecamatan_here() -> None:
    answers = replace(ANSWERS, lives=Lives.ELSEWHERE, kecamatan_code=OTHER.code)
    assert living_kecamatan(answers, FACTS) is None
    assert living_desa(answers, FACTS) is None


# Birth date and age


def test_the_birth_date_is_read_from_the_nik_until_it_is_typed() -> None:
    assert birth_date(ANSWERS, FACTS) == date(1980, 5, 12)
    assert birth_date(replace(ANSWERS, birth_date_digits="01021990"), FACTS) == date(1990, 2, 1)
    assert birth_date(replace(ANSWERS, birth_date_digits="0102"), FACTS) is None
    assert birth_date(replace(ANSWERS, nik=NIK[:15]), FACTS) is None


def test_a_birth_date_in_the_future_is_no_age() -> None:
    assert stop_by_age(replace(ANSWERS, birth_date_digits="23112026"), FACTS) is None


# Price


def test_nothing_is_priced_before_work_and_income_are_known() -> None:
    for answers in (replace(ANSWERS, job_id=""), replace(ANSWERS, income_digits="0")):
        assert quote_for(answers, FACTS, months=3, package=Package.JKK_JKM) is None


def test_the_same_three_months_cost_more_when_paid_in_december() -> None:
    answers = replace(ANSWERS, income_digits="35000")
    now = quote_for(answers, FACTS, months=3, package=Package.JKK_JKM)
    later = quote_for(answers, FACTS, months=3, package=Package.JKK_JKM, later=1)
    assert now is not None
    assert later is not None
    assert (now.payment_month, now.total) == (Month(2026, 11), 33_600)
    assert (later.payment_month, later.total) == (Month(2026, 12), 42_000)


def test_the_price_depends_on_the_bracket_not_on_the_income() -> None:
    totals = set()
    for digits in ("1", "35000", "42307"):
        quoted = quote_for(
            replace(ANSWERS, income_digits=digits), FACTS, months=1, package=Package.JKK_JKM_JHT
        )
        assert quoted is not None
        totals.add((quoted.base, quoted.total))
    assert len(totals) == 1


def test_a_transport_job_keeps_its_relief_longer_and_an_unclear_one_says_so() -> None:
    january = SampleFacts(today=date(2027, 1, 10))
    prices = {}
    for job in ("ojek_online", "becak_bentor"):
        answers = replace(ANSWERS, segment_id="transport", job_id=job)
        quoted = quote_for(answers, january, months=1, package=Package.JKK_JKM)
        assert quoted is not None
        prices[job] = quoted
    assert prices["ojek_online"].saving > 0
    assert prices["becak_bentor"].saving == 0
    assert prices["becak_bentor"].notes == {QuoteNote.SECTOR_UNCLEAR}
