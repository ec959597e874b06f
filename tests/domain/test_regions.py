"""Regions: Kabupaten Serang whole, the rest of the country by code."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.domain.failures import DataFailure
from kiosk.domain.regions import (
    KECAMATAN_FILE,
    LEGACY_FILE,
    PROVINCES_FILE,
    SERANG_FILE,
    PlaceOfIssue,
    Regions,
    Standing,
    parse_regions,
    same_name,
)

FOLDER = Path(__file__).parents[2] / "resources" / "data" / "regions"
FILES = [PROVINCES_FILE, KECAMATAN_FILE, LEGACY_FILE, SERANG_FILE]


def read(change: Callable[[str, str], str] = lambda _file, text: text) -> Regions:
    return parse_regions(*(change(file, (FOLDER / file).read_text("utf-8")) for file in FILES))


REGIONS = read()


def test_kabupaten_serang_has_29_kecamatan_and_326_desa_each_with_a_postcode() -> None:
    desa = [desa for kecamatan in REGIONS.kecamatan for desa in kecamatan.desa]
    assert (len(REGIONS.kecamatan), len(desa)) == (29, 326)
    assert len({one.code for one in desa}) == 326
    assert all(one.postcode.startswith("42") and len(one.postcode) == 5 for one in desa)


def test_kecamatan_and_desa_stand_in_the_order_of_the_alphabet() -> None:
    names = [kecamatan.name for kecamatan in REGIONS.kecamatan]
    assert names == sorted(names)
    for kecamatan in REGIONS.kecamatan:
        inside = [desa.name for desa in kecamatan.desa]
        assert inside == sorted(inside)
        assert all(desa.code.startswith(kecamatan.code + ".") for desa in kecamatan.desa)


def test_a_kecamatan_and_a_desa_are_found_by_code() -> None:
    ciruas = REGIONS.find_kecamatan("36.04.09")
    assert ciruas.name == "Ciruas"
    assert {desa.postcode for desa in ciruas.desa} == {"42182"}
    assert REGIONS.find_desa(ciruas.desa[3].code) is ciruas.desa[3]


def test_an_unknown_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        REGIONS.find_kecamatan("36.73.01")
    with pytest.raises(KeyError):
        REGIONS.find_desa("36.04.09.2999")


@pytest.mark.parametrize(
    ("code6", "place"),
    [
        ("360409", PlaceOfIssue("Banten", "Kabupaten Serang", "Ciruas", Standing.CURRENT)),
        ("367301", PlaceOfIssue("Banten", "Kota Serang", "Serang", Standing.CURRENT)),
        (
            "960101",
            PlaceOfIssue("Papua Barat Daya", "Kabupaten Sorong", "Makbon", Standing.CURRENT),
        ),
        ("911301", PlaceOfIssue("Papua", "Kabupaten Yahukimo", "Kurima", Standing.RETIRED)),
        (
            "360499",
            PlaceOfIssue("Banten", "Kabupaten Serang", None, Standing.UNKNOWN_KECAMATAN),
        ),
        ("369901", PlaceOfIssue("Banten", None, None, Standing.UNKNOWN_KABUPATEN)),
        ("990101", None),
    ],
)
def test_the_first_digits_of_a_nik_tell_the_place_of_issue(
    code6: str, place: PlaceOfIssue | None
) -> None:
    assert REGIONS.place_of_issue(code6) == place


@pytest.mark.parametrize("code6", ["360401", "360402", "360403", "360404", "360410", "360421"])
def test_the_parts_that_became_kota_serang_are_known(code6: str) -> None:
    place = PlaceOfIssue("Banten", "Kabupaten Serang", None, Standing.LEGACY)
    assert REGIONS.place_of_issue(code6) == place


def test_every_province_has_a_name_also_the_four_new_ones_of_papua() -> None:
    known = [code for code in range(100) if REGIONS.province(f"{code:02}")]
    assert len(known) == 38
    assert {92, 93, 94, 95, 96} <= set(known)


def test_spelling_does_not_depend_on_spaces_and_capitals() -> None:
    assert same_name("Gunungsari", "GUNUNG SARI")
    assert same_name(" Tunjung  Teja", "tunjungteja ")
    assert not same_name("Anyar", "Anyer")


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        (PROVINCES_FILE, "12,Sumatera Utara,", "11,Sumatera Utara,", "stands twice"),
        (PROVINCES_FILE, "12,Sumatera Utara,", "12,,", "not code,name"),
        (KECAMATAN_FILE, "36.04.09,Ciruas,", "36.04.09,Ciruas", "not code,name"),
        (KECAMATAN_FILE, "code,name,last_list", "kode,nama,daftar", "header"),
        (SERANG_FILE, "36.04.09,Ciruas,\n", "", "before its kecamatan"),
        (SERANG_FILE, "36.04.09.2001,Ciruas,42182", "36.04.09.2001,Ciruas,4218", "five digits"),
        (SERANG_FILE, "36.04.09.2001,Ciruas,42182", "36.04.09.2001,Ciruas,4218O", "five digits"),
        (LEGACY_FILE, "36.04.21,", "36.04.21;", "not code,note"),
    ],
)
def test_a_broken_region_file_is_refused_with_its_line(
    file: str, old: str, new: str, reason: str
) -> None:
    text = (FOLDER / file).read_text("utf-8")
    assert text.count(old) == 1
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(DataFailure, match=reason) as refusal:
        read(lambda name, whole: whole.replace(old, new) if name == file else whole)
    assert (refusal.value.file, refusal.value.line) == (file, line)
