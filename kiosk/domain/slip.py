"""What stands on paper: facts only; the sentences and the page belong to `printing`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.domain.months import Month
from kiosk.domain.payment import Payment
from kiosk.domain.personal_copy import PersonalCopy
from kiosk.domain.rights import Right
from kiosk.domain.tariff import MonthAmount, Quote


@dataclass(frozen=True, slots=True)
class OfficePage:
    """What every page says of where it comes from. `help_number` may be empty."""

    office: str
    kabupaten: str
    kiosk_name: str
    help_number: str
    language: str


@dataclass(frozen=True, slots=True)
class PageContent(OfficePage):
    """What every page about a contribution says. `this_month` is the quote for payment in the
    month of the page, `next_month` for the same number of months paid one month later.

    The `jkm_` fields are the death benefit (whole rupiah) before and after the months that must be
    paid in a row (Permenaker 1/2025).
    """

    this_month: Quote
    next_month: Quote
    jkm_total: int
    jkm_before_waiting: int
    jkm_waiting_months: int


@dataclass(frozen=True, slots=True)
class SlipContent(PageContent):
    """One slip; `copy` 0 is the original, others say the day `printed_on`. The NIK comes masked;
    the whole one never gets here."""

    number: str
    name: str
    masked_nik: str
    registered_at: datetime
    copy: int
    printed_on: date
    qr_text: str


@dataclass(frozen=True, slots=True)
class RightsPage(OfficePage):
    """What a page about the rights of a person says besides.

    `controller_name` answers for the data, the office where it is empty; `controller_contact` may
    be empty too. Times are the office's own.
    """

    controller_name: str
    controller_contact: str
    printed_at: datetime


@dataclass(frozen=True, slots=True)
class ProofContent(RightsPage):
    """The proof that a request was carried out; without personal data, for it may be an erasure.

    `batch` is the hand-over that took the data to BPJS, 0 for none.
    """

    right: Right
    number: str
    asked_at: datetime
    due_at: datetime
    done_at: datetime
    done_by: str
    batch: int


@dataclass(frozen=True, slots=True)
class CopyContent(RightsPage):
    """Everything kept about one person, the whole NIK included."""

    copy: PersonalCopy


@dataclass(frozen=True, slots=True)
class ReminderContent(PageContent):
    """A reminder of what is to be paid, where and why. It is nobody's: there is no person on it."""

    payment: Payment
    printed_at: datetime
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a resident asked to be reminded of, at `asked_at` (UTC), in their language.

    `id` is drawn for this page alone; nothing is stored under it.
    """

    id: str
    this_month: Quote
    next_month: Quote
    asked_at: datetime
    language: str


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """Months in a row that cost the same; `pay` is the amount of each, `normal` the one without
    relief, in whole rupiah."""

    first: Month
    last: Month
    count: int
    pay: int
    normal: int


def group_months(months: Iterable[MonthAmount]) -> tuple[MonthGroup, ...]:
    """Join months in a row that cost the same, so that a year fits in a few lines."""
    groups: list[MonthGroup] = []
    for amount in months:
        pay, normal = amount.pay, amount.normal
        if groups and (groups[-1].pay, groups[-1].normal) == (pay, normal):
            last = groups.pop()
            groups.append(MonthGroup(last.first, amount.month, last.count + 1, pay, normal))
        else:
            groups.append(MonthGroup(amount.month, amount.month, 1, pay, normal))
    return tuple(groups)
