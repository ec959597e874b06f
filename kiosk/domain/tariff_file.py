"""Reads tariff.json and refuses it, naming the line, unless everything in it fits together."""

from itertools import pairwise

from kiosk.domain.located_json import Record, read_json, version_of
from kiosk.domain.money import percent_of
from kiosk.domain.months import Month
from kiosk.domain.tariff import (
    AgeLimits,
    Bracket,
    Package,
    Payer,
    Programme,
    Rate,
    Relief,
    Tariff,
    quote,
)
from kiosk.domain.work import Sector


def parse_tariff(text: str, file: str) -> Tariff:
    """Read tariff.json and check all that can be checked; `file` is its name in failures.

    Raises DataFailure naming the line where a rate leaves a gap or overlaps, a relief overlaps
    or touches JHT, an amount is not whole rupiah, a bracket does not follow the one before or
    its printed amounts are not its rates, or a worked example does not come out.
    """
    root = read_json(text, file)
    rate_records, relief_records = root.records("rates"), root.records_if_any("reliefs")
    bracket_records = root.records("brackets")
    tariff = Tariff(
        version=version_of(root, text),
        brackets=tuple(_bracket(record) for record in bracket_records),
        rates=tuple(_rate(record) for record in rate_records),
        reliefs=tuple(_relief(record) for record in relief_records),
        periods=root.record("periods").wholes("months"),
        ages=_ages(root.record("eligibility")),
    )
    if any(before >= after for before, after in pairwise((0, *tariff.periods))):
        raise root.record("periods").refuse("the months do not ascend")
    _check_rates(root, tariff, rate_records)
    _check_brackets(tariff, bracket_records)
    _check_printed_amounts(tariff, bracket_records, Month.of(root.day("version")))
    _check_amounts(tariff, rate_records)
    _check_reliefs(tariff, relief_records)
    for example in root.records("worked_examples"):
        _check_example(tariff, example)
    return tariff


def _bracket(record: Record) -> Bracket:
    return Bracket(
        no=record.whole("no"),
        income_from=record.whole("income_from"),
        income_to_printed=record.optional_whole("income_to_printed"),
        base=record.whole("base"),
        jkk=record.whole("jkk"),
        jht=record.whole("jht"),
    )


def _rate(record: Record) -> Rate:
    rate = Rate(
        programme=record.one_of("programme", Programme),
        flat_amount=record.whole("flat_amount"),
        percent_of_base=record.whole("percent_of_base"),
        effective_from=record.month("effective_from"),
        effective_to=record.optional_month("effective_to"),
    )
    if rate.effective_to is not None and rate.effective_to < rate.effective_from:
        raise record.refuse("the rate ends before it begins")
    return rate


def _relief(record: Record) -> Relief:
    relief = Relief(
        regulation=record.text("regulation"),
        programmes=frozenset(record.each_of("programmes", Programme)),
        sector=record.one_of("sector", Sector),
        payers=frozenset(record.each_of("payers", Payer)),
        percent_off=record.whole("percent_off"),
        first_month=record.month("first_month"),
        last_month=record.month("last_month"),
    )
    if relief.last_month < relief.first_month:
        raise record.refuse("the relief ends before it begins")
    if not 1 <= relief.percent_off <= 100:
        raise record.refuse("percent_off lies outside of 1..100")
    if Programme.JHT in relief.programmes:
        raise record.refuse("JHT is savings and never relieved")
    return relief


def _ages(record: Record) -> AgeLimits:
    lowest, notice = record.record("min_age"), record.record("jht_notice")
    ages = AgeLimits(
        min_age=lowest.whole("value"),
        max_age_exclusive=record.record("max_age_exclusive").whole("value"),
        jht_notice_from=notice.whole("from"),
        jht_notice_below=notice.whole("below"),
    )
    if not ages.min_age < ages.max_age_exclusive:
        raise lowest.refuse("nobody is old enough and young enough")
    if not ages.jht_notice_from < ages.jht_notice_below:
        raise notice.refuse("the notice is for nobody")
    return ages


def _check_rates(root: Record, tariff: Tariff, records: tuple[Record, ...]) -> None:
    """Every programme has one rate a month, from its first one on without end."""
    for programme in Programme:
        rates = [
            (rate, record)
            for rate, record in zip(tariff.rates, records, strict=True)
            if rate.programme is programme
        ]
        if not rates:
            raise root.refuse(f"{programme} has no rate")
        rates.sort(key=lambda pair: pair[0].effective_from)
        for (before, _), (after, record) in pairwise(rates):
            if before.effective_to is None or before.effective_to >= after.effective_from:
                raise record.refuse(f"overlaps the rate of {programme} before it")
            if before.effective_to.plus(1) < after.effective_from:
                raise record.refuse(f"a gap after the rate of {programme} before it")
        last, record = rates[-1]
        if last.effective_to is not None:
            raise record.refuse(f"the last rate of {programme} must not end")


def _check_brackets(tariff: Tariff, records: tuple[Record, ...]) -> None:
    """The brackets follow one another from 0."""
    if tariff.brackets[0].income_from != 0:
        raise records[0].refuse("the first bracket does not begin at 0")
    for number, (bracket, record) in enumerate(zip(tariff.brackets, records, strict=True), 1):
        if bracket.no != number:
            raise record.refuse(f"bracket {bracket.no} stands at place {number}")
    for (before, after), record in zip(pairwise(tariff.brackets), records[1:], strict=True):
        if not before.income_from < after.income_from or not before.base < after.base:
            raise record.refuse("does not ascend from the bracket before")
        if before.income_to_printed is None or before.income_to_printed >= after.income_from:
            raise record.refuse("begins before the end of the bracket before")


def _check_printed_amounts(tariff: Tariff, records: tuple[Record, ...], month: Month) -> None:
    """The amounts printed in the table are the rates of `month`: 1 % and 2 % in 2026."""
    try:
        jkk, jht = tariff.rate(Programme.JKK, month), tariff.rate(Programme.JHT, month)
    except ValueError as no_rate:
        raise records[0].refuse(str(no_rate)) from None
    for bracket, record in zip(tariff.brackets, records, strict=True):
        if not _is_amount(jkk, bracket.base, bracket.jkk):
            raise record.refuse("jkk is not the rate of its base")
        if not _is_amount(jht, bracket.base, bracket.jht):
            raise record.refuse("jht is not the rate of its base")


def _is_amount(rate: Rate, base: int, printed: int) -> bool:
    try:
        return rate.amount(base) == printed
    except ValueError:
        return False


def _check_amounts(tariff: Tariff, records: tuple[Record, ...]) -> None:
    """Every rate, also one to come, is whole rupiah in every bracket, and more than nothing."""
    for rate, record in zip(tariff.rates, records, strict=True):
        for bracket in tariff.brackets:
            try:
                amount = rate.amount(bracket.base)
            except ValueError:
                raise record.refuse(f"not whole rupiah in bracket {bracket.no}") from None
            if amount == 0:
                raise record.refuse("costs nothing")


def _check_reliefs(tariff: Tariff, records: tuple[Record, ...]) -> None:
    """No month of a programme and sector has two reliefs; every relieved amount is whole rupiah."""
    for place, (relief, record) in enumerate(zip(tariff.reliefs, records, strict=True)):
        for earlier in tariff.reliefs[:place]:
            if _overlap(relief, earlier):
                raise record.refuse("overlaps a relief before it")
        for rate in tariff.rates:
            if rate.programme in relief.programmes and _relieved(rate, relief):
                _check_relieved_amounts(tariff, rate, relief, record)


def _overlap(one: Relief, other: Relief) -> bool:
    same = one.sector is other.sector and one.programmes & other.programmes
    return bool(same) and (
        one.first_month <= other.last_month and other.first_month <= one.last_month
    )


def _relieved(rate: Rate, relief: Relief) -> bool:
    begins_in_time = rate.effective_from <= relief.last_month
    return begins_in_time and (rate.effective_to is None or relief.first_month <= rate.effective_to)


def _check_relieved_amounts(tariff: Tariff, rate: Rate, relief: Relief, record: Record) -> None:
    for bracket in tariff.brackets:
        try:
            percent_of(rate.amount(bracket.base), relief.percent_off)
        except ValueError:
            raise record.refuse(f"not whole rupiah in bracket {bracket.no}") from None


def _check_example(tariff: Tariff, example: Record) -> None:
    """The example comes out to the rupiah, month by month."""
    try:
        quoted = quote(
            tariff,
            base=example.whole("base"),
            sector=example.one_of("sector", Sector),
            sector_unclear=example.flag("sector_unclear"),
            payer=example.one_of("payer", Payer),
            package=example.one_of("package", Package),
            months=example.whole("months"),
            payment_month=example.month("payment_month"),
        )
    except ValueError as impossible:
        raise example.refuse(str(impossible)) from None
    if example.wholes("pay") != tuple(month.pay for month in quoted.months):
        raise example.refuse("the months do not come out")
    if example.whole("total") != quoted.total:
        raise example.refuse("the total does not come out")
