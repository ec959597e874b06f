"""When the tariff in force ends or changes, so that nobody is surprised by another amount."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.months import Month
from kiosk.domain.tariff import Tariff
from kiosk.domain.work import Sector

NOTICE_DAYS = 56
"""Time to ask the branch, to get new data and to print new posters."""


class EndKind(StrEnum):
    """What ends: the relief of a sector, or a rate that another one follows."""

    RELIEF_OTHER = "relief_other"
    RELIEF_TRANSPORT = "relief_transport"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class End:
    """Something of the tariff that holds for the last time on a day."""

    kind: EndKind
    last_day: date

    def days_left(self, today: date) -> int:
        """Return how many days it still holds, 0 on its last one."""
        return (self.last_day - today).days

    def is_near(self, today: date) -> bool:
        """Tell whether somebody should see to it by now."""
        return self.days_left(today) <= NOTICE_DAYS


_RELIEFS = {Sector.OTHER: EndKind.RELIEF_OTHER, Sector.TRANSPORT: EndKind.RELIEF_TRANSPORT}


def ends_of(tariff: Tariff, today: date) -> tuple[End, ...]:
    """Return what holds today and ends one day, the next end first."""
    return tuple(sorted(_ends(tariff, Month.of(today)), key=lambda one: one.last_day))


def _ends(tariff: Tariff, month: Month) -> Iterator[End]:
    for sector, kind in _RELIEFS.items():
        last = tariff.relief_end(sector, month)
        if last is not None:
            yield End(kind, last.last_day)
    for rate in tariff.rates:
        if rate.holds_in(month) and rate.effective_to is not None:
            yield End(EndKind.RATE, rate.effective_to.last_day)
