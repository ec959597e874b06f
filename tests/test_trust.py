"""What the text of a slip's QR code proves, and to whom: keys, revocations, void numbers."""

import json
import logging
import string
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.registration_number import make_number
from kiosk.domain.seal import Seal, join, seal_text
from kiosk.domain.tariff import Package
from kiosk.domain.trust import Trust
from kiosk.keys import KioskKeys, save_public_key
from kiosk.trust import (
    Altered,
    Genuine,
    NotASlip,
    Revoked,
    UnknownKey,
    Verdict,
    Void,
    check_slip,
    judge_slip,
    read_trust,
)

KEYS = KioskKeys(store_key=bytes(32), signing_seed=bytes(range(32)))
OWN = KioskKeys(store_key=bytes(32), signing_seed=bytes(32))
"""The kiosk that judges."""
SEAL = Seal(
    number=make_number("10917", 42),
    registered_on=date(2026, 11, 22),
    kiosk_number="10917",
    copy=0,
    package=Package.JKK_JKM,
    months=3,
    total=33_600,
    salt="ABCDEFGH",
    name_digest="ABCDEFGHABCDEFGH",
    key_id=KEYS.key_id,
)
SIGNED = seal_text(SEAL)
TEXT = join(SIGNED, KEYS.sign(SIGNED.encode("ascii")))
TRUSTED = read_trust(KEYS.public_keys, None)


def test_a_signed_slip_is_genuine() -> None:
    assert check_slip(TEXT, TRUSTED) == Genuine(SEAL)


def test_no_single_changed_character_leaves_a_slip_genuine() -> None:
    characters = string.ascii_uppercase + string.digits + ".-abz "
    for position, right in enumerate(TEXT):
        for wrong in characters.replace(right, ""):
            changed = TEXT[:position] + wrong + TEXT[position + 1 :]
            assert not isinstance(check_slip(changed, TRUSTED), Genuine), position


def test_no_lost_doubled_or_swapped_character_leaves_a_slip_genuine() -> None:
    for position, character in enumerate(TEXT):
        before, after = TEXT[:position], TEXT[position + 1 :]
        changed = [before + after, before + 2 * character + after]
        if after and after[0] != character:
            changed.append(before + after[0] + character + after[1:])
        for text in changed:
            assert not isinstance(check_slip(text, TRUSTED), Genuine), position


def test_other_facts_under_an_old_signature_are_altered() -> None:
    assert check_slip(TEXT.replace(".33600.", ".16800."), TRUSTED) == Altered()


def test_a_slip_cut_short_is_altered() -> None:
    assert check_slip(TEXT[:-1], TRUSTED) == Altered()


def test_slips_of_a_retired_signing_key_stay_genuine() -> None:
    changed = KioskKeys(bytes(32), bytes(32), retired_public_keys=(KEYS.public_key,))
    assert changed.key_id != KEYS.key_id
    assert check_slip(TEXT, read_trust(changed.public_keys, None)) == Genuine(SEAL)


def test_a_key_that_is_not_trusted_is_named() -> None:
    assert check_slip(TEXT, Trust({})) == UnknownKey(KEYS.key_id)


def test_a_forger_who_borrows_the_name_of_a_trusted_key_fails() -> None:
    forger = KioskKeys(store_key=bytes(32), signing_seed=bytes(32))
    forged = join(SIGNED, forger.sign(SIGNED.encode("ascii")))
    assert check_slip(forged, TRUSTED) == Altered()


@pytest.mark.parametrize("text", ["", "109170000424", "https://example.org", "\x00", "BPU"])
def test_other_texts_are_no_slips(text: str) -> None:
    assert check_slip(text, TRUSTED) == NotASlip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The trusted folder of an office that trusts KEYS."""
    save_public_key(KEYS.public_key, tmp_path)
    return tmp_path


def revoke(folder: Path, *accepted: tuple[str, int], key_id: str = KEYS.key_id) -> None:
    entries = [{"kiosk_number": number, "last_counter": last} for number, last in accepted]
    write(folder / "revoked.json", {"revoked": [{"key_id": key_id, "accepted": entries}]})


def write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content))


def signed(number: str, **changes: Any) -> str:
    text = seal_text(replace(SEAL, number=number, kiosk_number=number[:5], **changes))
    return join(text, KEYS.sign(text.encode("ascii")))


def judged(folder: Path, text: str = TEXT) -> Verdict:
    return check_slip(text, read_trust(OWN.public_keys, folder))


def test_another_kiosk_is_trusted_by_its_public_key_file(folder: Path) -> None:
    trust = read_trust(OWN.public_keys, folder)
    assert trust == Trust({OWN.key_id: OWN.public_key, KEYS.key_id: KEYS.public_key})
    assert check_slip(TEXT, trust) == Genuine(SEAL)


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_without_files_only_the_own_key_is_trusted(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    assert read_trust(OWN.public_keys, tmp_path / name) == Trust({OWN.key_id: OWN.public_key})
    assert read_trust({}, tmp_path / name) == Trust({})


# ------------------------------------------------------------ revoked


@pytest.mark.parametrize(
    ("counter", "genuine"), [(0, True), (41, True), (42, True), (43, False), (999_999, False)]
)
def test_a_revoked_key_is_believed_up_to_the_last_counter(
    folder: Path, counter: int, genuine: bool
) -> None:
    revoke(folder, ("10917", 42))
    verdict = judged(folder, signed(make_number("10917", counter)))
    assert isinstance(verdict, Genuine if genuine else Revoked)


def test_a_stolen_key_cannot_date_its_slips_back(folder: Path) -> None:
    revoke(folder, ("10917", 42))
    long_ago = signed(make_number("10917", 43), registered_on=date(2020, 1, 1))
    assert judged(folder, long_ago) == Revoked(KEYS.key_id)


def test_a_stolen_key_cannot_sign_for_another_kiosk(folder: Path) -> None:
    revoke(folder, ("10917", 42), ("91234", 7))
    assert judged(folder, signed(make_number("10918", 1))) == Revoked(KEYS.key_id)
    assert isinstance(judged(folder, signed(make_number("91234", 7))), Genuine)
    assert judged(folder, signed(make_number("91234", 8))) == Revoked(KEYS.key_id)


def test_a_revocation_that_accepts_nothing_accepts_nothing(folder: Path) -> None:
    revoke(folder)
    assert judged(folder, signed(make_number("10917", 0))) == Revoked(KEYS.key_id)


def test_the_own_key_can_be_revoked_too(tmp_path: Path) -> None:
    revoke(tmp_path, ("10917", 41))
    assert check_slip(TEXT, read_trust(KEYS.public_keys, tmp_path)) == Revoked(KEYS.key_id)


def test_a_revoked_key_says_nothing_of_texts_that_it_did_not_sign(folder: Path) -> None:
    revoke(folder)
    assert judged(folder, TEXT.replace(".33600.", ".16800.")) == Altered()


# ------------------------------------------------------------ void


def test_a_slip_of_a_void_number_is_void(folder: Path) -> None:
    write(folder / "void.json", {"void": [SEAL.number]})
    assert judged(folder) == Void(SEAL)
    other = make_number("10917", 43)
    assert isinstance(judged(folder, signed(other)), Genuine)


def test_a_forged_slip_of_a_void_number_is_altered(folder: Path) -> None:
    write(folder / "void.json", {"void": [SEAL.number]})
    assert judged(folder, TEXT.replace(".33600.", ".16800.")) == Altered()


# ------------------------------------------------------------ broken files


def entry(**changes: Any) -> dict[str, Any]:
    accepted = [{"kiosk_number": "10917", "last_counter": 42}]
    return {"key_id": "ABCDEFGH", "accepted": accepted} | changes


BROKEN = {
    "no JSON": ("revoked.json", "{"),
    "no object": ("revoked.json", "[]"),
    "no list": ("revoked.json", {}),
    "no key": ("revoked.json", {"revoked": [entry(key_id="abc")]}),
    "no counter": ("revoked.json", {"revoked": [entry(accepted=[{"kiosk_number": "10917"}])]}),
    "a counter too many": (
        "revoked.json",
        {"revoked": [entry(accepted=[{"kiosk_number": "10917", "last_counter": 1_000_000}])]},
    ),
    "a number too short": (
        "revoked.json",
        {"revoked": [entry(accepted=[{"kiosk_number": "1091", "last_counter": 1}])]},
    ),
    "twice": ("revoked.json", {"revoked": [entry(), entry()]}),
    "void without a list": ("void.json", {"revoked": []}),
    "void of no number": ("void.json", {"void": ["109170000425"]}),
    "void of a number that is none": ("void.json", {"void": [109170000424]}),
}


@pytest.mark.parametrize(("name", "content"), BROKEN.values(), ids=BROKEN)
def test_a_broken_list_is_named_and_only_the_own_key_believed(
    folder: Path, name: str, content: Any
) -> None:
    write(folder / name, content)
    if isinstance(content, str):
        (folder / name).write_text(content)
    trust = read_trust(OWN.public_keys, folder)
    (problem,) = trust.problems
    assert problem.code == "K 17"
    assert f"{name} line 1" in str(problem)
    assert check_slip(TEXT, trust) == UnknownKey(KEYS.key_id)
    own = join(text := seal_text(replace(SEAL, key_id=OWN.key_id)), OWN.sign(text.encode()))
    assert isinstance(check_slip(own, trust), Genuine)


@pytest.mark.parametrize("name", ["revoked.json", "void.json"])
def test_a_list_that_cannot_be_read_is_named(folder: Path, name: str) -> None:
    (folder / name).mkdir()
    (problem,) = read_trust(OWN.public_keys, folder).problems
    assert (problem.code, name in str(problem)) == ("K 11", True)
    (folder / name).rmdir()
    (folder / name).write_bytes(b'{"void": "\xff"}')
    (problem,) = read_trust(OWN.public_keys, folder).problems
    assert (problem.code, name in str(problem)) == ("K 17", True)


def test_a_broken_key_is_named_and_the_others_stay_trusted(folder: Path) -> None:
    (folder / "broken.pub").write_text("not a key")
    trust = read_trust(OWN.public_keys, folder)
    (problem,) = trust.problems
    assert (problem.code, "broken.pub" in str(problem)) == ("K 12", True)
    assert check_slip(TEXT, trust) == Genuine(SEAL)


def test_lists_count_at_once_and_a_broken_one_is_warned_of(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert judge_slip(OWN.public_keys, folder, TEXT) == Genuine(SEAL)
    write(folder / "void.json", {"void": [SEAL.number]})
    assert judge_slip(OWN.public_keys, folder, TEXT) == Void(SEAL)
    with caplog.at_level(logging.WARNING):
        (folder / "void.json").write_text("{")
        assert judge_slip(OWN.public_keys, folder, TEXT) == UnknownKey(KEYS.key_id)
    assert "K 17" in caplog.text
    assert SEAL.number not in caplog.text
