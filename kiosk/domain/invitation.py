"""The people whom a dinas brings: a list of names, some with NIK and telephone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.cells import Cell, is_number, read_text
from kiosk.domain.handover import fold_header
from kiosk.domain.nik import NikRead, read_nik
from kiosk.domain.person import clean_name, clean_phone, is_mobile_phone
from kiosk.domain.regions import Regions


class Part(StrEnum):
    """What a column of the list tells."""

    NAME = "name"
    NIK = "nik"
    PHONE = "phone"


HEADERS: Mapping[str, Part] = {
    fold_header(header): part
    for part, headers in {
        Part.NAME: "nama, nama lengkap, nama anggota, nama peserta, nama sesuai ktp",
        Part.NIK: "nik, no nik, nomor nik, no ktp, nomor ktp, nomor induk kependudukan",
        Part.PHONE: "no hp, nomor hp, hp, telepon, no telepon, nomor telepon, no wa, nomor wa",
    }.items()
    for header in headers.split(",")
}


class Flaw(StrEnum):
    """Why a row of the list is not taken."""

    MERGED = "merged"
    NAME_MISSING = "name_missing"
    NIK_IS_NUMBER = "nik_is_number"
    NIK_WRONG = "nik_wrong"
    PHONE_WRONG = "phone_wrong"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody on the list of a dinas; NIK and telephone may be empty."""

    name: str
    nik: str
    phone: str


def read_invited(cells: Mapping[Part, Cell], regions: Regions, today: date) -> Invited | Flaw:
    """Read one row of the list by its recognised columns."""
    name = clean_name(read_text(cells.get(Part.NAME)))
    if not any(char.isalpha() for char in name):
        return Flaw.NAME_MISSING
    nik = _read_nik(cells.get(Part.NIK), regions, today)
    if isinstance(nik, Flaw):
        return nik
    phone = _read_phone(cells.get(Part.PHONE))
    return phone if isinstance(phone, Flaw) else Invited(name, nik, phone)


def _read_nik(cell: Cell, regions: Regions, today: date) -> str | Flaw:
    if is_number(cell):
        return Flaw.NIK_IS_NUMBER
    text = read_text(cell)
    if not any(char.isalnum() for char in text):
        return ""
    reading = read_nik(text, regions, today)
    return reading.facts.nik if isinstance(reading, NikRead) else Flaw.NIK_WRONG


def _read_phone(cell: Cell) -> str | Flaw:
    """Where Excel took it for a number its 0 is lost; no mobile number begins with the 8."""
    phone = clean_phone(read_text(cell))
    if phone.startswith("8"):
        phone = f"0{phone}"
    return phone if not phone or is_mobile_phone(phone) else Flaw.PHONE_WRONG
