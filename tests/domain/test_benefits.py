"""What the programmes pay out."""

from pathlib import Path

import pytest

from kiosk.domain.benefits import parse_benefits
from kiosk.domain.failures import DataFailure

TEXT = (Path(__file__).parents[2] / "resources" / "data" / "benefits.json").read_text("utf-8")
BENEFITS = parse_benefits(TEXT, "benefits.json")


def test_a_fatal_work_accident_pays_70_million_at_the_lowest_base() -> None:
    assert BENEFITS.jkk_death(1_000_000) == 70_000_000
    assert BENEFITS.jkk_death(2_950_000) == 163_600_000


def test_total_disability_pays_56_times_the_base() -> None:
    assert BENEFITS.jkk_total_disability(1_000_000) == 56_000_000


def test_another_death_pays_42_million_only_after_three_months() -> None:
    assert BENEFITS.jkm_total == 42_000_000
    assert BENEFITS.jkm_waiting_months == 3
    assert BENEFITS.jkm_before_waiting == 10_000_000


def test_the_scholarship_is_for_two_children_and_needs_three_years_of_jkm() -> None:
    assert BENEFITS.scholarship_max == 174_000_000
    assert BENEFITS.scholarship_children == 2
    assert BENEFITS.scholarship_jkm_years == 3


def test_income_is_replaced_in_full_for_a_year_then_by_half() -> None:
    assert BENEFITS.jkk_income_full_months == 12
    assert BENEFITS.jkk_income_later_percent == 50


def test_care_at_home_and_savings() -> None:
    assert (BENEFITS.jkk_home_care_max, BENEFITS.jkk_home_care_months) == (20_000_000, 12)
    assert BENEFITS.jht_payout_age == 56


@pytest.mark.parametrize(
    ("old", "new", "reason", "named"),
    [
        ('"total": 42000000', '"total": 43000000', "the total is not", '"death"'),
        ('"per_year": 2000000', '"per_year": 2500000', "steps add up", '"scholarship"'),
        ('"times_base": 48', '"times_base": 47', "adds up to", '"death"'),
        ('"payout_age": 56', '"payout_age": "56"', "not a whole number", '"jht"'),
        ('"payout_age": 56', '"payout_age": -1', "negative", '"jht"'),
        ('"payout_age": 56', '"payout_age": true', "not a whole number", '"jht"'),
        ('"children": 2', '"children": 2.0', "not a whole number", '"scholarship"'),
        ('"home_care": {"max"', '"home_care": {"maximum"', "max is missing", '"home_care"'),
        ('"jkm": {', '"jkm_old": {', "jkm is missing", "{"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(
    old: str, new: str, reason: str, named: str
) -> None:
    assert TEXT.count(old) == 1
    broken = TEXT.replace(old, new)
    with pytest.raises(DataFailure, match=reason) as refusal:
        parse_benefits(broken, "benefits.json")
    assert named in broken.splitlines()[refusal.value.line - 1]
