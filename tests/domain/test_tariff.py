"""Contributions, month by month."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.failures import DataFailure
from kiosk.domain.months import Month
from kiosk.domain.tariff import (
    Bracket,
    Package,
    Payer,
    Programme,
    Quote,
    QuoteNote,
    Tariff,
    quote,
)
from kiosk.domain.tariff_file import parse_tariff
from kiosk.domain.work import Sector

TEXT = (Path(__file__).parents[2] / "resources" / "data" / "tariff.json").read_text("utf-8")
TARIFF = parse_tariff(TEXT, "tariff.json")
LOWEST_BASE = 1_000_000


def price(
    month: str,
    months: int = 1,
    *,
    base: int = LOWEST_BASE,
    sector: Sector = Sector.OTHER,
    unclear: bool = False,
    payer: Payer = Payer.SELF,
    package: Package = Package.JKK_JKM,
    tariff: Tariff = TARIFF,
) -> Quote:
    return quote(
        tariff,
        base=base,
        sector=sector,
        sector_unclear=unclear,
        payer=payer,
        package=package,
        months=months,
        payment_month=Month.parse(month),
    )


def pay(quoted: Quote) -> list[int]:
    return [month.pay for month in quoted.months]


# What people pay


def test_the_same_three_months_cost_more_when_paid_a_month_later() -> None:
    assert price("2026-11", 3).total == 33_600
    assert price("2026-12", 3).total == 42_000


def test_the_relief_of_farmers_and_traders_ends_with_december_2026() -> None:
    assert pay(price("2026-11", 3)) == [8_400, 8_400, 16_800]
    assert pay(price("2026-03", 2)) == [16_800, 8_400]


def test_the_relief_of_drivers_ends_with_march_2027() -> None:
    assert pay(price("2027-02", 3, sector=Sector.TRANSPORT)) == [8_400, 8_400, 16_800]
    assert pay(price("2025-12", 2, sector=Sector.TRANSPORT)) == [16_800, 8_400]


def test_a_year_from_november_2026() -> None:
    assert price("2026-11", 12).total == 184_800
    assert price("2026-11", 12, sector=Sector.TRANSPORT).total == 159_600


def test_jht_is_never_relieved() -> None:
    with_jht = price("2026-11", 3, package=Package.JKK_JKM_JHT)
    assert pay(with_jht) == [28_400, 28_400, 36_800]


def test_contributions_paid_by_the_government_are_not_relieved() -> None:
    quoted = price("2026-11", 3, payer=Payer.GOVERNMENT)
    assert pay(quoted) == [16_800] * 3
    assert [month.relief for month in quoted.months] == [None] * 3


def test_a_higher_base_costs_more_also_when_relieved() -> None:
    assert price("2026-12", base=2_950_000).total == 18_150
    assert price("2027-01", base=2_950_000).total == 36_300


def test_a_quote_tells_what_the_relief_takes_off_and_by_which_regulation() -> None:
    quoted = price("2026-12", 2)
    assert [month.normal for month in quoted.months] == [16_800, 16_800]
    assert [month.relief for month in quoted.months] == ["PP 50/2025", None]
    assert (quoted.total, quoted.normal_total, quoted.saving) == (25_200, 33_600, 8_400)


def test_a_quote_knows_its_month_of_payment_and_its_data() -> None:
    quoted = price("2026-12", 3)
    assert quoted.payment_month == Month(2026, 12)
    assert [str(month.month) for month in quoted.months] == ["2026-12", "2027-01", "2027-02"]
    assert quoted.tariff_version == TARIFF.version


# Unclear sectors


def test_an_unclear_sector_is_relieved_only_while_every_sector_is() -> None:
    becak = price("2026-12", 5, unclear=True)
    assert pay(becak) == [8_400, 16_800, 16_800, 16_800, 16_800]
    assert becak.notes == {QuoteNote.SECTOR_UNCLEAR}


def test_a_clear_sector_has_no_note() -> None:
    assert price("2026-12", sector=Sector.TRANSPORT).notes == frozenset()


def test_of_two_reliefs_an_unclear_sector_gets_the_smaller_one() -> None:
    smaller = change(("reliefs", 1, "percent_off"), 25)
    assert pay(price("2026-11", unclear=True, tariff=smaller)) == [12_600]


# Properties of every quote

MONTHS = st.builds(Month, st.integers(2024, 2028), st.integers(1, 12)).map(str)
BASES = st.sampled_from([bracket.base for bracket in TARIFF.brackets])
PERIODS = st.sampled_from(TARIFF.periods)
SECTORS = st.sampled_from(Sector)
PAYERS = st.sampled_from(Payer)
PACKAGES = st.sampled_from(Package)


QUOTES = st.builds(
    price, MONTHS, PERIODS, base=BASES, sector=SECTORS, payer=PAYERS, package=PACKAGES
)


@given(QUOTES)
def test_the_relief_takes_off_half_of_jkk_and_jkm_or_nothing(quoted: Quote) -> None:
    savings = TARIFF.bracket_of(quoted.base).jht if "JHT" in quoted.package else 0
    for one in quoted.months:
        halved = (one.normal - savings) // 2 + savings
        assert one.pay == (halved if one.relief else one.normal)
    assert quoted.saving == quoted.normal_total - quoted.total >= 0


@given(MONTHS, BASES, SECTORS)
def test_a_longer_period_is_a_shorter_one_and_more(month: str, base: int, sector: Sector) -> None:
    year = price(month, 12, base=base, sector=sector)
    quarter = price(month, 3, base=base, sector=sector)
    assert year.months[:3] == quarter.months


@given(MONTHS, PERIODS, BASES)
def test_an_unclear_sector_never_pays_less_than_it_may_have_to(
    month: str, months: int, base: int
) -> None:
    unclear = price(month, months, base=base, unclear=True)
    for sector in Sector:
        clear = price(month, months, base=base, sector=sector)
        assert all(a.pay >= b.pay for a, b in zip(unclear.months, clear.months, strict=True))


# What cannot be quoted


def test_a_base_that_no_bracket_has_is_refused() -> None:
    with pytest.raises(ValueError, match="base"):
        price("2026-11", base=1_000_001)


def test_no_months_are_no_quote() -> None:
    with pytest.raises(ValueError, match="one month"):
        price("2026-11", 0)


def test_months_before_the_first_rate_are_refused() -> None:
    with pytest.raises(ValueError, match="no rate"):
        price("2015-06")


# Brackets


@pytest.mark.parametrize(
    ("income", "base"),
    [
        (0, 1_000_000),
        (1_099_000, 1_000_000),
        (1_099_500, 1_000_000),
        (1_100_000, 1_200_000),
        (3_000_000, 2_950_000),
        (20_200_000, 20_700_000),
        (1_000_000_000, 20_700_000),
    ],
)
def test_an_income_falls_into_the_last_bracket_that_begins_below_it(income: int, base: int) -> None:
    assert TARIFF.bracket_for(income).base == base


@given(st.integers(0, 30_000_000))
def test_no_income_falls_between_two_brackets(income: int) -> None:
    bracket = TARIFF.bracket_for(income)
    assert bracket.income_from <= income
    following = TARIFF.brackets[bracket.no : bracket.no + 1]
    assert all(income < after.income_from for after in following)


def test_a_negative_income_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        TARIFF.bracket_for(-1)


def test_the_table_has_33_brackets_of_one_and_two_per_cent() -> None:
    assert len(TARIFF.brackets) == 33
    assert TARIFF.brackets[9] == Bracket(10, 2_700_000, 3_199_000, 2_950_000, 29_500, 59_000)
    assert all(one.jkk * 100 == one.base == one.jht * 50 for one in TARIFF.brackets)


# What screens ask besides


@pytest.mark.parametrize(
    ("sector", "month", "end"),
    [
        (Sector.OTHER, "2026-11", "2026-12"),
        (Sector.OTHER, "2026-12", "2026-12"),
        (Sector.OTHER, "2027-01", None),
        (Sector.OTHER, "2026-03", None),
        (Sector.TRANSPORT, "2026-03", "2027-03"),
    ],
)
def test_the_end_of_a_relief_is_known(sector: Sector, month: str, end: str | None) -> None:
    assert TARIFF.relief_end(sector, Month.parse(month)) == (Month.parse(end) if end else None)


@pytest.mark.parametrize("place", [0, 2], ids=["first in the file", "last in the file"])
def test_a_relief_that_is_prolonged_by_another_ends_with_that_one(place: int) -> None:
    tree = json.loads(TEXT)
    longer = {**tree["reliefs"][1], "first_month": "2027-01", "last_month": "2027-06"}
    tree["reliefs"].insert(place, {**longer, "regulation": "PP 1/2027"})
    prolonged = parse(without_examples(tree))
    assert prolonged.relief_end(Sector.OTHER, Month(2026, 11)) == Month(2027, 6)
    relieved = price("2026-12", 2, tariff=prolonged).months
    assert [one.relief for one in relieved] == ["PP 50/2025", "PP 1/2027"]


def test_the_periods_and_the_ages_are_those_of_the_brochure() -> None:
    assert TARIFF.periods == (1, 2, 3, 6, 12)
    assert (TARIFF.ages.min_age, TARIFF.ages.max_age_exclusive) == (17, 65)
    assert (TARIFF.ages.jht_notice_from, TARIFF.ages.jht_notice_below) == (56, 65)


def test_the_version_tells_the_date_and_the_content() -> None:
    date, content = TARIFF.version.split("+")
    assert (date, len(content)) == ("2026-11-22", 8)
    assert parse_tariff(TEXT + "\n", "tariff.json").version != TARIFF.version


# A change of the law is a change of the file


def without_examples(tree: dict[str, Any]) -> dict[str, Any]:
    """The file with one example that every change below leaves true."""
    return {**tree, "worked_examples": [tree["worked_examples"][6]]}


def parse(tree: dict[str, Any]) -> Tariff:
    return parse_tariff(json.dumps(tree, indent=1), "tariff.json")


def change(path: tuple[str | int, ...], value: object) -> Tariff:
    tree = without_examples(json.loads(TEXT))
    place: Any = tree
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return parse(tree)


def test_a_new_rate_holds_from_its_first_coverage_month() -> None:
    tree = without_examples(json.loads(TEXT))
    old = tree["rates"][1]
    new = {**old, "flat_amount": 8_000, "effective_from": "2028-01", "effective_to": None}
    old["effective_to"] = "2027-12"
    tree["rates"].insert(0, new)
    assert pay(price("2027-12", 2, tariff=parse(tree))) == [16_800, 18_000]


def test_a_rate_outside_of_all_reliefs_need_not_be_halved() -> None:
    tree = without_examples(json.loads(TEXT))
    relieved = tree["rates"][1]
    tree["rates"] += [
        {**relieved, "flat_amount": 6_801, "effective_to": "2025-12"},
        {**relieved, "flat_amount": 6_803, "effective_from": "2027-04"},
    ]
    relieved.update(effective_from="2026-01", effective_to="2027-03")
    assert pay(price("2027-03", 2, tariff=parse(tree))) == [16_800, 16_803]


def test_a_file_without_reliefs_is_a_good_file() -> None:
    assert pay(price("2026-11", tariff=change(("reliefs",), []))) == [16_800]


JKM = """"flat_amount": 6800,
      "percent_of_base": 0,
      "effective_from": "2015-07",
      "effective_to": null,"""
RELIEF = """"sector": "other",
      "programmes": ["JKK", "JKM"],
      "payers": ["self"],
      "percent_off": 50,"""
PAID_IN_DECEMBER = '"payment_month": "2026-12", "months": 3, "pay": [8400, 16800, 16800]'


def object_line(text: str, place: int) -> int:
    """The line on which the innermost object around `place` begins."""
    closed = 0
    while closed >= 0:
        place -= 1
        closed += {"}": 1, "{": -1}.get(text[place], 0)
    return text.count("\n", 0, place) + 1


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"first_month": "2026-04"', '"first_month": "2027-04"', "ends before it begins"),
        ('"first_month": "2026-04"', '"first_month": "2026-4"', "first_month cannot be"),
        (RELIEF, RELIEF.replace('"other"', '"transport"'), "overlaps a relief"),
        (RELIEF, RELIEF.replace('"JKM"]', '"JKM", "JHT"]'), "JHT"),
        (RELIEF, RELIEF.replace('"JKM"]', '"JKN"]'), "not among the choices"),
        (RELIEF, RELIEF.replace("50", "0"), "outside of 1..100"),
        (RELIEF, RELIEF.replace("50", "101"), "outside of 1..100"),
        (JKM, JKM.replace("null", '"2027-12"'), "must not end"),
        (JKM, JKM.replace("null", '"2014-12"'), "ends before it begins"),
        (JKM, JKM.replace("6800", "0"), "costs nothing"),
        (JKM, JKM.replace("6800", "6800.0"), "not a whole number"),
        (JKM, JKM.replace('"effective_to": null,', ""), "effective_to is missing"),
        ('"months": [1, 2, 3, 6, 12]', '"months": [1, 3, 2, 6, 12]', "do not ascend"),
        ('"months": [1, 2, 3, 6, 12]', '"months": [0, 1]', "do not ascend"),
        ('"months": [1, 2, 3, 6, 12]', '"months": []', "not a list"),
        ('"months": [1, 2, 3, 6, 12]', '"months": [1, true]', "not a list of whole numbers"),
        ('"value": 17', '"value": 65', "nobody"),
        ('"from": 56', '"from": 65', "nobody"),
        ('"no": 7, "income_from": 2100000', '"no": 7, "income_from": 1900000', "ascend"),
        ('"no": 7, "income_from": 2100000', '"no": 7, "income_from": 2099000', "end of the"),
        ('"no": 1, "income_from": 0', '"no": 1, "income_from": 1', "does not begin at 0"),
        ('"no": 7,', '"no": 8,', "stands at place 7"),
        ('"jkk": 22000', '"jkk": 22001', "jkk is not the rate"),
        ('"jht": 44000', '"jht": 40000', "jht is not the rate"),
        ('"base": 2200000', '"base": 2200050', "jkk is not the rate"),
        (
            '"base": 2200000, "jkk": 22000, "jht": 44000',
            '"base": 2000000, "jkk": 20000, "jht": 40000',
            "ascend",
        ),
        (PAID_IN_DECEMBER, PAID_IN_DECEMBER.replace("[8400", "[16800"), "months do not come out"),
        (PAID_IN_DECEMBER, PAID_IN_DECEMBER.replace("3,", "0,"), "one month"),
        (PAID_IN_DECEMBER, PAID_IN_DECEMBER + ', "months": 3', "stands twice"),
        (PAID_IN_DECEMBER + ', "total": 42000', PAID_IN_DECEMBER + ', "total": 42001', "total"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(old: str, new: str, reason: str) -> None:
    assert TEXT.count(old) == 1
    with pytest.raises(DataFailure, match=reason) as refusal:
        parse_tariff(TEXT.replace(old, new), "tariff.json")
    assert refusal.value.file == "tariff.json"
    assert refusal.value.line == object_line(TEXT, TEXT.index(old))


def test_a_relief_that_leaves_parts_of_a_rupiah_is_refused() -> None:
    text = TEXT.replace(JKM, JKM.replace("6800", "6801"))
    with pytest.raises(DataFailure, match="not whole rupiah in bracket 1") as refusal:
        parse_tariff(text, "tariff.json")
    assert refusal.value.line == object_line(text, text.index('"percent_off"'))


@pytest.mark.parametrize(
    ("ends", "begins", "reason"),
    [
        ("2027-12", "2028-02", "a gap after the rate of JKM"),
        ("2027-12", "2027-12", "overlaps the rate of JKM"),
        (None, "2028-01", "overlaps the rate of JKM"),
    ],
)
def test_a_new_rate_has_to_follow_the_old_one(ends: str | None, begins: str, reason: str) -> None:
    tree = without_examples(json.loads(TEXT))
    old = tree["rates"][1]
    tree["rates"].append({**old, "flat_amount": 8_000, "effective_from": begins})
    old["effective_to"] = ends
    text = json.dumps(tree, indent=1)
    with pytest.raises(DataFailure, match=reason) as refusal:
        parse_tariff(text, "tariff.json")
    assert refusal.value.line == object_line(text, text.index('"flat_amount": 8000'))


def test_a_programme_without_a_rate_is_refused() -> None:
    with pytest.raises(DataFailure, match="JHT has no rate"):
        change(("rates",), json.loads(TEXT)["rates"][:2])


def test_a_version_before_the_first_rate_is_refused() -> None:
    with pytest.raises(DataFailure, match="no rate"):
        change(("version",), "2015-06-30")


def test_a_syntax_error_is_refused_with_its_line() -> None:
    with pytest.raises(DataFailure) as refusal:
        parse_tariff(TEXT.replace('"no": 7,', '"no": 7'), "tariff.json")
    assert refusal.value.line == object_line(TEXT, TEXT.index('"no": 7,'))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "[" * 100_000, "{" + '"a":{' * 50_000])
def test_what_is_no_tariff_at_all_is_refused(text: str) -> None:
    with pytest.raises(DataFailure):
        parse_tariff(text, "tariff.json")


@given(st.integers(0, len(TEXT)), st.integers(0, 200), st.sampled_from(["", "0", "}", ",", "null"]))
def test_a_damaged_file_is_read_or_refused_never_a_crash(
    start: int, length: int, instead: str
) -> None:
    damaged = TEXT[:start] + instead + TEXT[start + length :]
    with suppress(DataFailure):
        tariff = parse_tariff(damaged, "tariff.json")
        assert {rate.programme for rate in tariff.rates} == set(Programme)
