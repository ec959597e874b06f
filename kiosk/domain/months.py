"""Calendar months, in which coverage is counted, and ages."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month; raises ValueError for a month that no calendar has."""

    year: int
    month: int

    def __post_init__(self) -> None:
        date(self.year, self.month, 1)

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month that `day` lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read "2026-11"; raises ValueError for anything else."""
        if not _WRITTEN.fullmatch(text):
            raise ValueError("a month is written like 2026-11")
        return cls(int(text[:4]), int(text[5:]))

    def plus(self, months: int) -> "Month":
        """Return the month that lies `months` later, or earlier if negative."""
        years, month0 = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, month0 + 1)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month, 28 to 31."""
        return self.plus(1).first_day - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def age_on(birth_date: date, day: date) -> int:
    """Return the full years lived on `day`.

    Someone born on 29 February completes a year on 1 March when there is no 29 February.
    """
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)
