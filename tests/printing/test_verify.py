"""`main.py verify`: what it says of scanned texts, and its exit code."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from slip_samples import KEYS, make_slip

from kiosk.domain.registration_number import make_number
from kiosk.domain.tariff import Package
from kiosk.domain.trust import Revocation
from kiosk.keys import KeyFailure, KioskKeys, save_public_key
from kiosk.trust import read_trust
from printing.verify import run

SLIP = make_slip(number=make_number("10917", 42))
COPY = make_slip(copy=3, months=12, package=Package.JKK_JKM_JHT)
ALTERED = SLIP.qr_text.replace(".33600.", ".16800.")
TRUSTED = read_trust(KEYS.public_keys, None)
OTHERS = read_trust(KioskKeys(bytes(32), bytes(32)).public_keys, None)


def verify(*lines: str, name: str | None = None) -> tuple[int, list[str]]:
    out = io.StringIO()
    code = run(lines, TRUSTED, out, name)
    return code, out.getvalue().splitlines()


def test_a_genuine_slip_is_told_with_its_facts() -> None:
    assert verify(SLIP.qr_text + "\r\n") == (
        0,
        [
            (
                "genuine: number 1091 7000 0427, 2026-11-22, kiosk 10917, original, JKK+JKM, "
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


def test_a_slip_of_a_revoked_key_is_told() -> None:
    trust = replace(TRUSTED, revoked={KEYS.key_id: Revocation({"10917": 41})})
    out = io.StringIO()
    assert run([SLIP.qr_text], trust, out, None) == 1
    assert out.getvalue().startswith(f"revoked: key {KEYS.key_id} ")


def test_a_void_slip_is_told_with_its_number() -> None:
    out = io.StringIO()
    assert run([SLIP.qr_text], replace(TRUSTED, void=frozenset({SLIP.number})), out, None) == 1
    assert out.getvalue().startswith("void: registration 1091 7000 0427 is not in force")


def test_a_broken_list_ends_the_command_before_anything_is_judged() -> None:
    broken = KeyFailure("K 17", "void.json line 1: broken")
    out = io.StringIO()
    with pytest.raises(KeyFailure):
        run([SLIP.qr_text], replace(TRUSTED, problems=(broken,)), out, None)
    assert out.getvalue() == ""


def test_the_command_takes_keys_and_lists_from_the_trusted_folder(tmp_path: Path) -> None:
    trusted = tmp_path / "config" / "anjungan-bpu" / "trusted"
    save_public_key(KEYS.public_key, trusted)
    assert verify_by_command(tmp_path, SLIP.qr_text).stdout.startswith("genuine:")
    (trusted / "void.json").write_text(json.dumps({"void": [SLIP.number]}))
    assert verify_by_command(tmp_path, SLIP.qr_text).stdout.startswith("void:")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    answer = verify_by_command(tmp_path, SLIP.qr_text, "--trust", str(elsewhere))
    assert answer.stdout.startswith("unknown key")
    (trusted / "void.json").write_text("{")
    broken = verify_by_command(tmp_path, SLIP.qr_text)
    assert (broken.returncode, broken.stdout) == (1, "")
    assert broken.stderr.startswith("K 17: ")
    assert "void.json line 1" in broken.stderr
    missing = verify_by_command(tmp_path, SLIP.qr_text, "--trust", str(tmp_path / "missing"))
    assert missing.returncode == 2
    assert "is no folder" in missing.stderr


def verify_by_command(home: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "main.py", "verify", *options],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "XDG_CONFIG_HOME": str(home / "config")},
    )
