"""Regions by their Kemendagri codes, the ones in a NIK; not the codes of the statistics office."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from kiosk.domain.failures import DataFailure

PROVINCES_FILE = "provinces_and_kabupaten.csv"
KECAMATAN_FILE = "kecamatan_history.csv"
LEGACY_FILE = "kecamatan_legacy.csv"
SERANG_FILE = "serang.csv"


@dataclass(frozen=True, slots=True)
class Desa:
    """A village of Kabupaten Serang; `code` like "36.04.09.2001", five digits of postcode."""

    code: str
    name: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """A district of Kabupaten Serang; `code` like "36.04.09", its desa by name."""

    code: str
    name: str
    desa: tuple[Desa, ...]


class Standing(Enum):
    """How the code of a place of issue stands today."""

    CURRENT = auto()
    RETIRED = auto()
    """In an official list since 2015 but no longer: Papua before its division in 2022."""
    LEGACY = auto()
    """In no list since 2015: the parts of Kabupaten Serang that became Kota Serang in 2007."""
    UNKNOWN_KABUPATEN = auto()
    UNKNOWN_KECAMATAN = auto()


@dataclass(frozen=True, slots=True)
class PlaceOfIssue:
    """Where a NIK was issued, by name as of its time; None where no list has the name."""

    province: str
    kabupaten: str | None
    kecamatan: str | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Regions:
    """`kecamatan` are the 29 of Kabupaten Serang by name; the rest is looked up by code."""

    kecamatan: tuple[Kecamatan, ...]
    _names: Mapping[str, str]
    """Provinces (2 digits), kabupaten and kota (4) and kecamatan (6), today's and retired."""
    _retired: frozenset[str]
    _legacy: frozenset[str]

    def province(self, code2: str) -> str | None:
        """Return the name of the province with these two digits, or None."""
        return self._names.get(code2) if len(code2) == 2 else None

    def place_of_issue(self, code6: str) -> PlaceOfIssue | None:
        """Return the place that the first six digits of a NIK name; None: unknown province."""
        province = self.province(code6[:2])
        if province is None:
            return None
        kabupaten, kecamatan = self._names.get(code6[:4]), self._names.get(code6)
        return PlaceOfIssue(province, kabupaten, kecamatan, self._standing(code6))

    def _standing(self, code6: str) -> Standing:
        if code6 in self._legacy:
            return Standing.LEGACY
        if code6 in self._retired:
            return Standing.RETIRED
        if code6 in self._names:
            return Standing.CURRENT
        known_kabupaten = code6[:4] in self._names
        return Standing.UNKNOWN_KECAMATAN if known_kabupaten else Standing.UNKNOWN_KABUPATEN

    def find_kecamatan(self, code: str) -> Kecamatan:
        """Return the kecamatan of Kabupaten Serang with this code; raises KeyError."""
        for kecamatan in self.kecamatan:
            if kecamatan.code == code:
                return kecamatan
        raise KeyError("no kecamatan of Kabupaten Serang has this code")

    def find_desa(self, code: str) -> Desa:
        """Return the desa of Kabupaten Serang with this code; raises KeyError."""
        for kecamatan in self.kecamatan:
            for desa in kecamatan.desa:
                if desa.code == code:
                    return desa
        raise KeyError("no desa of Kabupaten Serang has this code")


def same_name(a: str, b: str) -> bool:
    """Tell whether two spellings are one place: "Gunungsari" and "GUNUNG SARI"."""
    return "".join(a.split()).casefold() == "".join(b.split()).casefold()


def parse_regions(
    provinces_and_kabupaten: str, kecamatan_history: str, legacy: str, serang: str
) -> Regions:
    """Read the four region files; raises DataFailure naming the file and line.

    All have a header. The first two have code, name and the year of the last official list with
    that code (empty: still in it); the third the code and what is known of it; the last code,
    name and postcode, where a kecamatan has no postcode and stands before its desa.
    """
    names: dict[str, str] = {}
    retired: set[str] = set()
    for text, file in (
        (provinces_and_kabupaten, PROVINCES_FILE),
        (kecamatan_history, KECAMATAN_FILE),
    ):
        for line, (dotted, name, last_list) in _rows(text, file, ["code", "name", "last_list"]):
            code = dotted.replace(".", "")
            if code in names:
                raise DataFailure(file, line, f"{dotted} stands twice")
            names[code] = name
            if last_list:
                retired.add(code)
    old = _rows(legacy, LEGACY_FILE, ["code", "note"])
    return Regions(
        kecamatan=_parse_serang(serang),
        _names=names,
        _retired=frozenset(retired),
        _legacy=frozenset(dotted.replace(".", "") for _, (dotted, _note) in old),
    )


def _parse_serang(text: str) -> tuple[Kecamatan, ...]:
    names: dict[str, str] = {}
    desa: dict[str, list[Desa]] = {}
    for line, (code, name, postcode) in _rows(text, SERANG_FILE, ["code", "name", "postcode"]):
        if not postcode:
            names[code], desa[code] = name, []
        elif code[:8] not in names:
            raise DataFailure(SERANG_FILE, line, f"{code} stands before its kecamatan")
        elif len(postcode) != 5 or not postcode.isdecimal():
            raise DataFailure(SERANG_FILE, line, "a postcode has five digits")
        else:
            desa[code[:8]].append(Desa(code, name, postcode))
    return tuple(
        Kecamatan(code, name, tuple(sorted(desa[code], key=lambda one: one.name)))
        for code, name in sorted(names.items(), key=lambda pair: pair[1])
    )


def _rows(text: str, file: str, header: list[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text.splitlines())
    if next(reader, None) != header:
        raise DataFailure(file, 1, f"the header is not {','.join(header)}")
    for row in reader:
        if len(row) != len(header) or not row[0] or not row[1]:
            raise DataFailure(file, reader.line_num, f"not {','.join(header)}")
        yield reader.line_num, row
