"""Contributions month by month, from effective-dated data: JKK, JKM, JHT and the reliefs.

Rates: PP 44/2015 and PP 46/2015. Relief: PP 50/2025 art. 4(1), by coverage month, sector of the
job and payer. Cover starts with the payment, so a quote is for a month of payment.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.money import percent_of
from kiosk.domain.months import Month
from kiosk.domain.work import Sector


class Programme(StrEnum):
    """The programmes open to a BPU; JP and JKP are not."""

    JKK = "JKK"
    JKM = "JKM"
    JHT = "JHT"


class Package(StrEnum):
    """What can be joined: JKK and JKM are compulsory, JHT is optional.

    Who employs people must take JHT too (Permenaker 5/2021 arts. 31-32).
    """

    JKK_JKM = "JKK+JKM"
    JKK_JKM_JHT = "JKK+JKM+JHT"

    @property
    def programmes(self) -> tuple[Programme, ...]:
        """The programmes of the package."""
        return tuple(Programme(name) for name in self.split("+"))


class Payer(StrEnum):
    """Who pays: the relief is not for members paid by APBN or APBD."""

    SELF = "self"
    GOVERNMENT = "government"


class QuoteNote(StrEnum):
    """What has to be said beside an amount."""

    SECTOR_UNCLEAR = "sector_unclear"
    DAY = "day"
    """The kiosk's clock was not trusted: the months are those of its last trusted day."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """One line of the table of incomes (PP 44/2015 annex II), rupiah a month.

    A bracket reaches up to the next one; `income_to_printed` is the limit as printed, which
    leaves gaps. `jkk` and `jht` are the amounts as printed, of the month of the data's version.
    """

    no: int
    income_from: int
    income_to_printed: int | None
    base: int
    jkk: int
    jht: int


@dataclass(frozen=True, slots=True)
class Rate:
    """What a programme costs a month: an amount plus a share of the base, within its months."""

    programme: Programme
    flat_amount: int
    percent_of_base: int
    effective_from: Month
    effective_to: Month | None

    def holds_in(self, month: Month) -> bool:
        """Tell whether this is the rate of a coverage month."""
        return self.effective_from <= month and (
            self.effective_to is None or month <= self.effective_to
        )

    def amount(self, base: int) -> int:
        """The contribution of one month; raises ValueError unless it is whole rupiah."""
        return self.flat_amount + percent_of(base, self.percent_of_base)


@dataclass(frozen=True, slots=True)
class Relief:
    """A share taken off the contributions of some coverage months, first to last."""

    regulation: str
    programmes: frozenset[Programme]
    sector: Sector
    payers: frozenset[Payer]
    percent_off: int
    first_month: Month
    last_month: Month

    def holds_in(self, month: Month) -> bool:
        """Tell whether a coverage month is relieved."""
        return self.first_month <= month <= self.last_month


@dataclass(frozen=True, slots=True)
class AgeLimits:
    """Ages in full years on the day of registration.

    Under `min_age`: to the staff. From `max_age_exclusive`: not eligible. From `jht_notice_from`
    and below `jht_notice_below`: whether JHT can be newly taken is not settled, which is said.
    """

    min_age: int
    max_age_exclusive: int
    jht_notice_from: int
    jht_notice_below: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """The contributions, as parse_tariff() has checked them; `periods` in months."""

    version: str
    brackets: tuple[Bracket, ...]
    rates: tuple[Rate, ...]
    reliefs: tuple[Relief, ...]
    periods: tuple[int, ...]
    ages: AgeLimits

    def bracket_for(self, monthly_income: int) -> Bracket:
        """Return the bracket of an income in rupiah a month; raises ValueError if negative."""
        if monthly_income < 0:
            raise ValueError("an income is never negative")
        place = bisect_right(self.brackets, monthly_income, key=lambda one: one.income_from)
        return self.brackets[place - 1]

    def bracket_of(self, base: int) -> Bracket:
        """Return the bracket with this base; raises ValueError if there is none."""
        for bracket in self.brackets:
            if bracket.base == base:
                return bracket
        raise ValueError("no bracket has this base")

    def rate(self, programme: Programme, month: Month) -> Rate:
        """Return the rate of a coverage month; raises ValueError before the first one."""
        for rate in self.rates:
            if rate.programme is programme and rate.holds_in(month):
                return rate
        raise ValueError(f"no rate of {programme} is known for {month}")

    def relief(
        self, programme: Programme, sector: Sector, payer: Payer, month: Month
    ) -> Relief | None:
        """Return the relief of a coverage month, or None."""
        for relief in self.reliefs:
            if (
                relief.sector is sector
                and programme in relief.programmes
                and payer in relief.payers
                and relief.holds_in(month)
            ):
                return relief
        return None

    def relief_end(self, sector: Sector, month: Month) -> Month | None:
        """Return the last relieved month of the unbroken run that `month` lies in, or None.

        A relief that follows without a gap belongs to the run, whatever its share.
        """
        end = None
        following = month
        for relief in sorted(self.reliefs, key=lambda one: one.first_month):
            if relief.sector is sector and relief.holds_in(following):
                end = relief.last_month
                following = end.plus(1)
        return end


@dataclass(frozen=True, slots=True)
class MonthAmount:
    """One coverage month: the normal amount, the one to pay, and the regulation that eased it."""

    month: Month
    normal: int
    pay: int
    relief: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """What the months from a month of payment on cost, in rupiah, and by which data."""

    package: Package
    base: int
    months: tuple[MonthAmount, ...]
    tariff_version: str
    notes: frozenset[QuoteNote]

    @property
    def payment_month(self) -> Month:
        """The month this quote is for; paid in another month it costs something else."""
        return self.months[0].month

    @property
    def total(self) -> int:
        """What is to be paid at once."""
        return sum(month.pay for month in self.months)

    @property
    def normal_total(self) -> int:
        """What it would cost without relief."""
        return sum(month.normal for month in self.months)

    @property
    def saving(self) -> int:
        """What the relief takes off."""
        return self.normal_total - self.total


def quote(
    tariff: Tariff,
    *,
    base: int,
    sector: Sector,
    sector_unclear: bool,
    payer: Payer,
    package: Package,
    months: int,
    payment_month: Month,
) -> Quote:
    """Price `months` coverage months, the first being the month of payment.

    A job whose sector is unclear has a relief only in months in which every sector has it, and
    else the normal price, with a note. So the kiosk never promises a relief that may not come,
    and does not ask for a normal price that BPJS will certainly not bill. (The sources have
    "priced as other, with a note" for becak; the data of 2026 gives the same amounts.)

    Raises ValueError if no bracket has `base`, for less than one month, and for months before
    the first rate.
    """
    if months < 1:
        raise ValueError("at least one month is quoted")
    base = tariff.bracket_of(base).base
    sectors = tuple(Sector) if sector_unclear else (sector,)

    def relief(programme: Programme, month: Month) -> Relief | None:
        return _smallest(tariff.relief(programme, one, payer, month) for one in sectors)

    return Quote(
        package=package,
        base=base,
        months=tuple(
            _price(tariff, base, package, payment_month.plus(later), relief)
            for later in range(months)
        ),
        tariff_version=tariff.version,
        notes=frozenset({QuoteNote.SECTOR_UNCLEAR} if sector_unclear else ()),
    )


def _price(
    tariff: Tariff,
    base: int,
    package: Package,
    month: Month,
    relief_of: Callable[[Programme, Month], Relief | None],
) -> MonthAmount:
    normal = pay = 0
    regulation = None
    for programme in package.programmes:
        amount = tariff.rate(programme, month).amount(base)
        relief = relief_of(programme, month)
        normal += amount
        pay += amount
        if relief is not None:
            pay -= percent_of(amount, relief.percent_off)
            regulation = relief.regulation
    return MonthAmount(month, normal, pay, regulation)


def _smallest(reliefs: Iterable[Relief | None]) -> Relief | None:
    """The smallest of the reliefs, or None if one is missing."""
    smallest = None
    for relief in reliefs:
        if relief is None:
            return None
        if smallest is None or relief.percent_off < smallest.percent_off:
            smallest = relief
    return smallest
