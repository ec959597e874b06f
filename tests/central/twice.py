"""The same person at a second kiosk: what is typed otherwise there."""

import random
from dataclasses import replace
from datetime import date
from enum import Enum, auto

from central.population import Person, Population

_TITLES = ("H. {}", "HJ. {}", "{}, S.PD", "{} S.E.", "DRS. {}", "{} BIN SUKRI", "{}, S.H., M.H.")
_SPELLINGS = (
    *(("MUHAMAD ", as_) for as_ in ("MUHAMMAD ", "MOCHAMAD ", "M. ", "MOH. ", "MUH ")),
    *(("SITI ", as_) for as_ in ("ST. ", "SITI  ", "ST ")),
    *(("NUR", as_) for as_ in ("NUR ", "NOOR", "NOER ")),
    *(("AHMAD ", as_) for as_ in ("ACHMAD ", "AKHMAD ")),
    *((one, as_) for one, as_ in (("F", "P"), ("YA", "IA"), ("AE", "AI"), ("Z", "J"), ("U", "OE"))),
    *((one, one * 2) for one in "DLMNR"),
)


class How(Enum):
    """What differs between the two registrations of one person."""

    SAME_NIK = auto()
    """The NIK is the same, nothing else need be."""
    ONE_SLIP = auto()
    """One or two digits of the NIK, and the spelling of the name."""
    ONE_SLIP_OTHER_DESA = auto()
    """A digit that neighbours' NIKs share, the spelling of the name, and the desa."""
    WRONG_DATE = auto()
    """A digit of the date in the NIK, and the birth date that the kiosk took from there."""
    OTHER_NIK = auto()
    """The whole NIK, and the spelling of the name."""
    WRONG_LETTER = auto()
    """One or two digits of the NIK, and a letter of the name."""


PROMISED = frozenset(How) - {How.WRONG_DATE, How.WRONG_LETTER}
"""Of these every one is found; of the others most."""


def again(chance: random.Random, person: Person, how: How, others: Population) -> Person:
    """The person as the second kiosk is told."""
    spelled = replace(person, name=_spell(chance, person.name))
    (stranger,) = others.people(1)
    match how:
        case How.SAME_NIK:
            return replace(stranger, nik=person.nik)
        case How.ONE_SLIP:
            return replace(spelled, nik=_mistype(chance, person.nik))
        case How.ONE_SLIP_OTHER_DESA:
            nik = _replace_digit(chance, person.nik, range(7, 14))
            return replace(spelled, nik=nik, desa_code=stranger.desa_code)
        case How.WRONG_DATE:
            nik = _replace_digit(chance, person.nik, range(6, 12))
            return replace(person, nik=nik, birth_date=birth_date_in(nik) or person.birth_date)
        case How.OTHER_NIK:
            return replace(spelled, nik=stranger.nik)
        case How.WRONG_LETTER:
            at = chance.randrange(len(person.name))
            name = person.name[:at] + chance.choice("AEINRSTU") + person.name[at + 1 :]
            return replace(person, nik=_mistype(chance, person.nik), name=name)


def birth_date_in(nik: str) -> date | None:
    """The birth date that a NIK says, None for an impossible one."""
    day, month, year = int(nik[6:8]) % 40, int(nik[8:10]), int(nik[10:12])
    try:
        return date(year + (2000 if year <= 26 else 1900), month, day)
    except ValueError:
        return None


def _spell(chance: random.Random, name: str) -> str:
    """The name as somebody else writes it: a title, a degree, a usual other spelling."""
    if chance.random() < 0.5:
        return name
    if chance.random() < 0.3:
        return chance.choice(_TITLES).format(name)
    before, after = chance.choice(_SPELLINGS)
    return name.replace(before, after, 1)


def _mistype(chance: random.Random, nik: str) -> str:
    """One slip of the fingers, or two digits; what a kiosk would take."""
    while True:
        typed = chance.choice((_replace_one, _replace_two, _swap, _shift))(chance, nik)
        if typed != nik and birth_date_in(typed) and typed[12:] != "0000":
            return typed


def _replace_digit(chance: random.Random, nik: str, places: range) -> str:
    while True:
        at = chance.choice(places)
        typed = nik[:at] + str(chance.randrange(10)) + nik[at + 1 :]
        if typed != nik and birth_date_in(typed) and typed[12:] != "0000":
            return typed


def _replace_one(chance: random.Random, nik: str) -> str:
    at = chance.randrange(16)
    return nik[:at] + str(chance.randrange(10)) + nik[at + 1 :]


def _replace_two(chance: random.Random, nik: str) -> str:
    return _replace_one(chance, _replace_one(chance, nik))


def _swap(chance: random.Random, nik: str) -> str:
    at = chance.randrange(15)
    return nik[:at] + nik[at + 1] + nik[at] + nik[at + 2 :]


def _shift(chance: random.Random, nik: str) -> str:
    """A digit left out and another one too many, further on or back."""
    at, to = chance.randrange(16), chance.randrange(16)
    left = nik[:at] + nik[at + 1 :]
    return left[:to] + str(chance.randrange(10)) + left[to:]
