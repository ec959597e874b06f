"""`main.py verify`: what it says of scanned texts, and its exit code."""

import io
from collections.abc import Iterator

import pytest
from slip_samples import KEYS, make_slip

from kiosk.domain.tariff import Package
from kiosk.keys import KioskKeys, trusted_keys
from printing.verify import run

SLIP = make_slip()
COPY = make_slip(copy=3, months=12, package=Package.JKK_JKM_JHT)
ALTERED = SLIP.qr_text.replace(".33600.", ".16800.")
TRUSTED = trusted_keys(KEYS, None)
OTHERS = trusted_keys(KioskKeys(store_key=bytes(32), signing_seed=bytes(32)), None)


def verify(*lines: str, name: str | None = None) -> tuple[int, list[str]]:
    out = io.StringIO()
    code = run(lines, TRUSTED, out, name)
    return code, out.getvalue().splitlines()


def test_a_genuine_slip_is_told_with_its_facts() -> None:
    assert verify(SLIP.qr_text + "\r\n") == (
        0,
        [
            (
                "genuine: number 1091 7000 0424, 2026-11-22, kiosk 10917, original, JKK+JKM, "
                "months 3, total Rp33.600; compare the printed name with the KTP"
            ),
        ],
    )


def test_a_copy_is_told_with_its_number() -> None:
    code, (line,) = verify(COPY.qr_text)
    assert code == 0
    assert "copy 3, JKK+JKM+JHT, months 12, total Rp424.800" in line


def test_an_altered_slip_is_told() -> None:
    code, (line,) = verify(ALTERED)
    assert code == 1
    assert line.startswith("altered: ")
    assert "16.800" not in line


def test_an_unknown_key_is_named() -> None:
    out = io.StringIO()
    assert run([SLIP.qr_text], OTHERS, out, None) == 1
    assert out.getvalue().startswith(f"unknown key {KEYS.key_id}: ")


@pytest.mark.parametrize("garbage", ["109170000424", "selamat pagi", "\x00\ufffd", "=HYPERLINK()"])
def test_garbage_is_no_slip_and_is_not_repeated(garbage: str) -> None:
    code, (line,) = verify(garbage)
    assert code == 1
    assert line.startswith("not a slip: ")
    assert garbage not in line


def test_one_bad_slip_among_good_ones_decides_the_exit_code() -> None:
    code, lines = verify(SLIP.qr_text, "", ALTERED, "  ", COPY.qr_text)
    assert code == 1
    assert [line.split(":")[0] for line in lines] == ["genuine", "altered", "genuine"]


def test_nothing_scanned_is_not_a_success() -> None:
    assert verify("", "\n") == (1, ["nothing was scanned"])


def test_the_name_on_the_ktp_is_compared_without_being_shown() -> None:
    code, (line,) = verify(SLIP.qr_text, name="Ahmad  Saprudin")
    assert code == 0
    assert line.endswith("; the name is the printed one")
    assert "aprudin" not in line.lower()


def test_a_genuine_slip_with_another_name_is_not_accepted() -> None:
    code, (line,) = verify(SLIP.qr_text, name="AHMAD SAFRUDIN")
    assert code == 1
    assert line.endswith("; THE NAME IS NOT THE PRINTED ONE")


def test_each_scan_is_answered_before_the_next_one() -> None:
    out = io.StringIO()
    answers: list[str] = []

    def scanner() -> Iterator[str]:
        yield SLIP.qr_text
        answers.append(out.getvalue())
        yield ALTERED

    assert run(scanner(), TRUSTED, out, None) == 1
    assert answers[0].startswith("genuine")
