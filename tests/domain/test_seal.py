"""The text of the slip's QR code: what it says, what it survives, what it refuses."""

import string
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.seal import Seal, join, name_digest, read_sealed, seal_text
from kiosk.domain.tariff import Package

SEAL = Seal(
    number="109170000424",
    registered_on=date(2026, 11, 22),
    kiosk_number="10917",
    copy=0,
    package=Package.JKK_JKM,
    months=3,
    total=33_600,
    salt="ABCDEFGH",
    name_digest="ABCDEFGHABCDEFGH",
    key_id="23456777",
)
SIGNATURE = bytes(range(64))

base32 = st.sampled_from(string.ascii_uppercase + "234567")
seals = st.builds(
    Seal,
    number=st.from_regex(r"[0-9]{12}", fullmatch=True).filter(str.isascii),
    registered_on=st.dates(min_value=date(2020, 1, 1), max_value=date(2199, 12, 31)),
    kiosk_number=st.integers(0, 98_999).map("{:05}".format),
    copy=st.integers(0, 999),
    package=st.sampled_from(Package),
    months=st.integers(1, 12),
    total=st.integers(1, 999_999_999),
    salt=st.text(base32, min_size=8, max_size=8),
    name_digest=st.text(base32, min_size=16, max_size=16),
    key_id=st.text(base32, min_size=8, max_size=8),
)


@given(seals, st.binary(min_size=64, max_size=64))
def test_every_seal_reads_back_as_it_was_written(seal: Seal, signature: bytes) -> None:
    signed = seal_text(seal)
    sealed = read_sealed(join(signed, signature))
    assert sealed is not None
    assert (sealed.seal, sealed.signed, sealed.signature) == (seal, signed, signature)


@given(seals)
def test_scanners_type_it_on_any_keyboard_and_it_fits_a_version_8_code(seal: Seal) -> None:
    text = join(seal_text(seal), SIGNATURE)
    assert set(text) <= set(string.ascii_uppercase + string.digits + ".")
    assert len(text) <= 221


def test_a_scanner_with_caps_lock_on_is_understood() -> None:
    text = join(seal_text(SEAL), SIGNATURE)
    assert read_sealed(text.lower()) == read_sealed(text)


def test_a_signature_has_one_spelling_only() -> None:
    text = join(seal_text(SEAL), SIGNATURE)
    spellings = [read_sealed(text[:-1] + last) for last in string.ascii_uppercase + "234567"]
    signatures = [sealed.signature for sealed in spellings if sealed is not None]
    assert SIGNATURE in signatures
    assert len(set(signatures)) == len(signatures)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "109170000424",
        "BPU1",
        seal_text(SEAL),
        join(seal_text(SEAL), SIGNATURE) + "A",
        join(seal_text(SEAL), SIGNATURE) + "\n",
        join(seal_text(SEAL), SIGNATURE).replace("BPU1", "BPU2"),
        join(seal_text(SEAL), SIGNATURE).replace("20261122", "20261131"),
        join(seal_text(SEAL), SIGNATURE).replace("109170000424", "10917000042٤"),
    ],
    ids=[
        "nothing",
        "the barcode instead",
        "the prefix alone",
        "no signature",
        "one character too many",
        "a line end",
        "another version",
        "a day that no calendar has",
        "an Arabic digit",
    ],
)
def test_what_does_not_have_the_form_is_refused(text: str) -> None:
    assert read_sealed(text) is None


def test_the_name_counts_but_not_how_it_is_typed() -> None:
    digest = name_digest("Siti Nur'Aini Désirée", "ABCDEFGH")
    assert name_digest("  SITI  NUR'AINI DE\u0301SIRE\u0301E ", "ABCDEFGH") == digest
    assert name_digest("SITI NURAINI DÉSIRÉE", "ABCDEFGH") != digest
    assert name_digest("Siti Nur'Aini Désirée", "ABCDEFGI") != digest


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=60))
def test_any_name_has_a_digest_that_fits_the_seal(name: str) -> None:
    seal = replace(SEAL, name_digest=name_digest(name, SEAL.salt))
    sealed = read_sealed(join(seal_text(seal), SIGNATURE))
    assert sealed is not None
    assert sealed.seal == seal
