"""The NIK: what its sixteen digits say, what is wrong with them, what the KTP says otherwise.

PPKKCC DDMMYY SSSS: place of first registration, birth date (women: day + 40), serial. It is
never changed in a life; a wrong birth date is corrected on the KTP only (PP 37/2007 art. 37,
PP 40/2019). So a KTP that differs is a warning and never stops anyone.
"""

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from kiosk.domain.regions import PlaceOfIssue, Regions, Standing

NIK_DIGITS = 16
_SEPARATORS = re.compile(r"[\s.\-]")
_FEMALE_DAY = 40
_DAYS = frozenset(range(1, 32)) | frozenset(range(41, 72))
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Sex(Enum):
    """Sex as on a KTP: laki-laki or perempuan."""

    MALE = "L"
    FEMALE = "P"


@dataclass(frozen=True, slots=True)
class NikFacts:
    """What a NIK says."""

    nik: str
    sex: Sex
    birth_date: date
    issued_at: PlaceOfIssue


class NikProblem(Enum):
    """Why these digits cannot be a NIK."""

    NOT_DIGITS = auto()
    TOO_LONG = auto()
    UNKNOWN_PROVINCE = auto()
    DAY_OUT_OF_RANGE = auto()
    MONTH_OUT_OF_RANGE = auto()
    IMPOSSIBLE_DATE = auto()
    SERIAL_ZERO = auto()
    ONE_DIGIT_REPEATED = auto()


class NikWarning(Enum):
    """What staff should look at; never a reason to stop."""

    UNKNOWN_KABUPATEN = auto()
    UNKNOWN_KECAMATAN = auto()
    BIRTH_DATE_DIFFERS = auto()
    SEX_DIFFERS = auto()


@dataclass(frozen=True, slots=True)
class NikWrong:
    """The digits to look at again: `positions` count from 1, `typed` is what stands there."""

    problem: NikProblem
    positions: tuple[int, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class NikIncomplete:
    """Nothing wrong so far; `missing` digits are still to come."""

    missing: int


@dataclass(frozen=True, slots=True)
class NikRead:
    """A whole NIK that can be a real one."""

    facts: NikFacts
    warnings: frozenset[NikWarning]


def clean_nik(text: str) -> str:
    """Return `text` without white space, dots and hyphens."""
    return _SEPARATORS.sub("", text)


def mask_nik(nik: str) -> str:
    """Return the last four digits only: "************9001".

    With the first digits shown too, birth date and sex would leave a handful of candidates.
    """
    return "*" * (NIK_DIGITS - 4) + nik[-4:]


def read_nik(text: str, regions: Regions, today: date) -> NikRead | NikIncomplete | NikWrong:
    """Read a NIK, whole or as far as it is typed; spaces, dots and hyphens do not count.

    A mistake is told as soon as its own digits are there, and more digits never make it good.
    The birth year is the latest one that does not lie after `today`: for yy up to the current
    year that is 20yy, else 19yy, and a NIK with a birthday still to come this year is a
    centenarian's. Ages are not judged here.
    """
    nik = clean_nik(text)
    wrong = _find_mistake(nik, regions)
    if wrong is not None:
        return wrong
    if len(nik) < NIK_DIGITS:
        return NikIncomplete(NIK_DIGITS - len(nik))
    place = regions.place_of_issue(nik[:6])
    if place is None:
        raise AssertionError("an unknown province passed the checks")
    facts = NikFacts(
        nik=nik,
        sex=Sex.FEMALE if int(nik[6:8]) > _FEMALE_DAY else Sex.MALE,
        birth_date=_birth_date(nik, today),
        issued_at=place,
    )
    warning = _WARNED_STANDINGS.get(place.standing)
    return NikRead(facts, frozenset({warning} if warning else ()))


def compare_with_ktp(
    facts: NikFacts, birth_date: date | None = None, sex: Sex | None = None
) -> frozenset[NikWarning]:
    """Return where the KTP, as far as given, differs from the NIK."""
    warnings = set()
    if birth_date is not None and birth_date != facts.birth_date:
        warnings.add(NikWarning.BIRTH_DATE_DIFFERS)
    if sex is not None and sex is not facts.sex:
        warnings.add(NikWarning.SEX_DIFFERS)
    return frozenset(warnings)


_WARNED_STANDINGS = {
    Standing.UNKNOWN_KABUPATEN: NikWarning.UNKNOWN_KABUPATEN,
    Standing.UNKNOWN_KECAMATAN: NikWarning.UNKNOWN_KECAMATAN,
}


def _find_mistake(nik: str, regions: Regions) -> NikWrong | None:
    odd = [place for place, char in enumerate(nik, start=1) if char not in "0123456789"]
    if odd:
        return _wrong(nik, NikProblem.NOT_DIGITS, odd)
    if len(nik) > NIK_DIGITS:
        return _wrong(nik, NikProblem.TOO_LONG, range(NIK_DIGITS + 1, len(nik) + 1))
    if len(nik) >= 2 and regions.province(nik[:2]) is None:
        return _wrong(nik, NikProblem.UNKNOWN_PROVINCE, (1, 2))
    for problem, first, last, is_mistake in _RULES:
        if len(nik) >= last and is_mistake(nik[first - 1 : last]):
            return _wrong(nik, problem, range(first, last + 1))
    return None


def _wrong(nik: str, problem: NikProblem, positions: Iterable[int]) -> NikWrong:
    places = tuple(positions)
    return NikWrong(problem, places, "".join(nik[place - 1] for place in places))


def _day_of(dd: str) -> int:
    return int(dd) - _FEMALE_DAY if int(dd) > _FEMALE_DAY else int(dd)


def _exceeds_month(ddmm: str) -> bool:
    return _day_of(ddmm[:2]) > _LONGEST[int(ddmm[2:]) - 1]


def _is_29_february_without_leap_year(ddmmyy: str) -> bool:
    # 19yy and 20yy are leap years alike, but for 1900, in which nobody alive was born.
    day, month, year = _day_of(ddmmyy[:2]), int(ddmmyy[2:4]), 2000 + int(ddmmyy[4:])
    return (day, month) == (29, 2) and not calendar.isleap(year)


_RULES: tuple[tuple[NikProblem, int, int, Callable[[str], bool]], ...] = (
    (NikProblem.DAY_OUT_OF_RANGE, 7, 8, lambda dd: int(dd) not in _DAYS),
    (NikProblem.MONTH_OUT_OF_RANGE, 9, 10, lambda mm: not 1 <= int(mm) <= 12),
    (NikProblem.IMPOSSIBLE_DATE, 7, 10, _exceeds_month),
    (NikProblem.IMPOSSIBLE_DATE, 7, 12, _is_29_february_without_leap_year),
    (NikProblem.SERIAL_ZERO, 13, 16, lambda serial: serial == "0000"),
    (NikProblem.ONE_DIGIT_REPEATED, 1, 16, lambda nik: len(set(nik)) == 1),
)
"""What is wrong, the first and last digit it is about, and how to tell; judged in this order."""


def _birth_date(nik: str, today: date) -> date:
    day, month, yy = _day_of(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    born = date(2000 + yy, month, day)
    if born > today and yy > 0:
        return date(1900 + yy, month, day)
    return born
