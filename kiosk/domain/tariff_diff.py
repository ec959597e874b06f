"""What another tariff or other benefits would change: amounts month by month, dates, limits."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import product

from kiosk.domain.benefits import Benefits
from kiosk.domain.months import Month
from kiosk.domain.tariff import Bracket, Package, Payer, Rate, Relief, Tariff, quote
from kiosk.domain.work import Sector

Who = tuple[Package, Sector, int]
MONTHS = 24
"""So far ahead amounts are compared: past the longest period that can be paid."""


@dataclass(frozen=True, slots=True)
class AmountChange:
    """What a person pays otherwise, in rupiah a month, from the first month to the last."""

    package: Package
    sector: Sector
    base: int
    first: Month
    last: Month
    before: int
    after: int


class Terms(StrEnum):
    """What stands in a tariff beside the amounts."""

    RELIEF = "relief"
    RATE = "rate"
    BRACKET = "bracket"


@dataclass(frozen=True, slots=True)
class TermChange:
    """A relief, rate or bracket that is new, or that is not there any more."""

    terms: Terms
    one: Relief | Rate | Bracket
    is_new: bool


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure of the benefits or of the limits, by its name in the program."""

    name: str
    before: int | str
    after: int | str


def amount_changes(before: Tariff, after: Tariff, month: Month) -> tuple[AmountChange, ...]:
    """Return what who pays for themselves would pay otherwise from a month on.

    Of bases that both know; months of the same change that follow one another are one.
    """
    bases = sorted({one.base for one in before.brackets} & {one.base for one in after.brackets})
    return tuple(
        change
        for who in product(Package, Sector, bases)
        for change in _changes(before, after, who, month)
    )


def _changes(before: Tariff, after: Tariff, who: Who, month: Month) -> Iterator[AmountChange]:
    run: AmountChange | None = None
    old, new = (_prices(one, who, month) for one in (before, after))
    for place, (was, will) in enumerate(zip(old, new, strict=True)):
        this = month.plus(place)
        if run is not None and (run.before, run.after) == (was, will):
            run = AmountChange(*who, run.first, this, was, will)
            continue
        if run is not None:
            yield run
        run = AmountChange(*who, this, this, was, will) if was != will else None
    if run is not None:
        yield run


def _prices(tariff: Tariff, who: Who, month: Month) -> tuple[int, ...]:
    package, sector, base = who
    quoted = quote(
        tariff,
        base=base,
        sector=sector,
        sector_unclear=False,
        payer=Payer.SELF,
        package=package,
        months=MONTHS,
        payment_month=month,
    )
    return tuple(one.pay for one in quoted.months)


def term_changes(before: Tariff, after: Tariff) -> tuple[TermChange, ...]:
    """Return the reliefs, rates and brackets that go and that come."""
    pairs = (
        (Terms.RELIEF, before.reliefs, after.reliefs),
        (Terms.RATE, before.rates, after.rates),
        (Terms.BRACKET, before.brackets, after.brackets),
    )
    return tuple(
        TermChange(terms, one, is_new)
        for terms, old, new in pairs
        for is_new, there, others in ((False, old, new), (True, new, old))
        for one in there
        if one not in others
    )


def limit_changes(before: Tariff, after: Tariff) -> tuple[FigureChange, ...]:
    """Return what is otherwise of ages and of the months that can be paid at once."""
    names = ("min_age", "max_age_exclusive", "jht_notice_from", "jht_notice_below")
    figures = [(name, getattr(before.ages, name), getattr(after.ages, name)) for name in names]
    months = (", ".join(map(str, one.periods)) for one in (before, after))
    return tuple(
        FigureChange(name, was, will)
        for name, was, will in (*figures, ("periods", *months))
        if was != will
    )


def benefit_changes(before: Benefits, after: Benefits) -> tuple[FigureChange, ...]:
    """Return which figures of the benefits are otherwise."""
    names = [one.name for one in fields(Benefits) if one.name != "version"]
    figures = [(name, getattr(before, name), getattr(after, name)) for name in names]
    return tuple(FigureChange(*one) for one in figures if one[1] != one[2])
