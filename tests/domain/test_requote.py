"""A slip printed later than it was quoted for shows what it costs then."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from samples import TODAY, load_tariff, load_work, make_application

from kiosk.domain.months import Month
from kiosk.domain.requote import quotes_in
from kiosk.domain.tariff import Package

QUOTED = Month.of(TODAY)
packages = st.sampled_from(Package)
periods = st.sampled_from(load_tariff().periods)


@given(packages, periods, st.integers(-24, 0))
def test_until_the_month_is_over_the_confirmed_amounts_stand(
    package: Package, months: int, later: int
) -> None:
    applied = make_application(package=package, months=months)
    quotes = quotes_in(applied, QUOTED.plus(later), load_tariff(), load_work())
    assert quotes == (applied.this_month, applied.next_month)


@given(packages, periods, st.integers(1, 24))
def test_later_the_same_is_priced_for_the_month_of_payment(
    package: Package, months: int, later: int
) -> None:
    applied = make_application(package=package, months=months)
    now, then = quotes_in(applied, QUOTED.plus(later), load_tariff(), load_work())
    assert now.payment_month == QUOTED.plus(later)
    assert then.payment_month == QUOTED.plus(later + 1)
    for quoted in (now, then):
        assert (quoted.package, quoted.base, len(quoted.months)) == (
            package,
            applied.this_month.base,
            months,
        )


def test_one_month_later_it_costs_what_was_said_for_the_next_month() -> None:
    applied = make_application()
    now, _then = quotes_in(applied, QUOTED.plus(1), load_tariff(), load_work())
    assert now == applied.next_month
    assert now.total != applied.this_month.total


def test_the_tariff_in_force_decides() -> None:
    tariff = replace(load_tariff(), reliefs=())
    now, _then = quotes_in(make_application(), QUOTED.plus(1), tariff, load_work())
    assert now.total == now.normal_total


def test_a_job_that_the_data_no_longer_knows_keeps_the_confirmed_amounts() -> None:
    applied = make_application()
    others = [one for one in load_work().segments if one.id != applied.work.segment_id]
    work = replace(load_work(), segments=tuple(others))
    quotes = quotes_in(applied, QUOTED.plus(1), load_tariff(), work)
    assert quotes == (applied.this_month, applied.next_month)


def test_a_base_that_the_tariff_no_longer_knows_keeps_the_confirmed_amounts() -> None:
    applied = make_application()
    base = applied.this_month.base
    others = [one for one in load_tariff().brackets if one.base != base]
    tariff = replace(load_tariff(), brackets=tuple(others))
    quotes = quotes_in(applied, QUOTED.plus(1), tariff, load_work())
    assert quotes == (applied.this_month, applied.next_month)
