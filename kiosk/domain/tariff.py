"""Contributions month by month, from effective-dated data: JKK, JKM, JHT and the reliefs.

Rates: PP 44/2015 and PP 46/2015. Relief: PP 50/2025 art. 4(1), by coverage month, sector of the
job and payer. Cover starts with the payment, so a quote is for a month of payment.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from kiosk.domain.located_json import Record, read_json, version_of
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
