"""What stands on a slip: facts only; the sentences and the page belong to `printing`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.months import Month
from kiosk.domain.tariff import MonthAmount, Quote


@dataclass(frozen=True, slots=True)
class SlipContent:
    """One slip. `this_month` is the quote for payment in the month of printing, `next_month`
    for the same number of months paid one month later; `copy` 0 is the original.

    The `jkm_` fields are the death benefit (whole rupiah) before and after the months that must be
    paid in a row (Permenaker 1/2025). `help_number` may be empty. The NIK comes masked; the whole
    one never gets here.
    """

    office: str
    kabupaten: str
    kiosk_name: str
    help_number: str
    number: str
    name: str
    masked_nik: str
    this_month: Quote
    next_month: Quote
    jkm_total: int
    jkm_before_waiting: int
    jkm_waiting_months: int
    registered_at: datetime
    copy: int
    qr_text: str
    language: str


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """Months in a row that cost the same; `pay` is the amount of each, in whole rupiah."""

    first: Month
    last: Month
    count: int
    pay: int


def group_months(months: Iterable[MonthAmount]) -> tuple[MonthGroup, ...]:
    """Join months in a row that cost the same, so that a year fits in a few lines."""
    groups: list[MonthGroup] = []
    for amount in months:
        if groups and groups[-1].pay == amount.pay:
            last = groups.pop()
            groups.append(MonthGroup(last.first, amount.month, last.count + 1, last.pay))
        else:
            groups.append(MonthGroup(amount.month, amount.month, 1, amount.pay))
    return tuple(groups)
