"""Months on a slip are joined where they cost the same."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.months import Month
from kiosk.domain.slip import MonthGroup, group_months
from kiosk.domain.tariff import MonthAmount


def months_costing(*pay: int) -> tuple[MonthAmount, ...]:
    first = Month(2026, 11)
    return tuple(MonthAmount(first.plus(later), 9, one, None) for later, one in enumerate(pay))


def test_equal_months_in_a_row_are_one_group() -> None:
    assert group_months(months_costing(5, 5, 9, 5)) == (
        MonthGroup(Month(2026, 11), Month(2026, 12), 2, 5, 9),
        MonthGroup(Month(2027, 1), Month(2027, 1), 1, 9, 9),
        MonthGroup(Month(2027, 2), Month(2027, 2), 1, 5, 9),
    )


def test_months_that_would_usually_cost_something_else_stay_apart() -> None:
    dearer = MonthAmount(Month(2026, 12), 10, 5, None)
    assert len(group_months((*months_costing(5), dearer))) == 2


@given(st.lists(st.sampled_from([5, 9]), min_size=1, max_size=12))
def test_the_groups_cover_every_month_once_and_add_up(pay: list[int]) -> None:
    groups = group_months(months_costing(*pay))
    assert sum(group.count * group.pay for group in groups) == sum(pay)
    assert sum(group.count for group in groups) == len(pay)
    for before, after in pairwise(groups):
        assert before.last.plus(1) == after.first
        assert before.pay != after.pay
    for group in groups:
        assert group.first.plus(group.count - 1) == group.last
