"""An admin's key lies on the console's machine under a passphrase, and nowhere bare."""

from pathlib import Path

import pytest

from kiosk.central.signing import (
    SigningKey,
    anchors_of,
    has_signing_key,
    know_admin,
    make_signing_key,
    open_signing_key,
)
from kiosk.keys import PassphraseMissing
from kiosk.keys.passphrase import Cost, PassphraseFlaw
from kiosk.keys.signed import is_signed

PASSPHRASE = "BADU KIRO MALE SUTI GOPA"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


def made(folder: Path) -> SigningKey:
    key = make_signing_key(folder, PASSPHRASE, CHEAP)
    assert isinstance(key, SigningKey)
    return key


def test_what_it_signs_holds_for_those_bytes_alone(tmp_path: Path) -> None:
    key = made(tmp_path / "signing")
    signature = key.sign(b"document")
    assert is_signed(b"document", signature, (key.public,))
    assert not is_signed(b"document!", signature, (key.public,))
    assert not is_signed(b"document", signature, ())
    assert not is_signed(b"document", "", (key.public,))
    assert not is_signed(b"document", signature, ("no base64", "QUJD"))


def test_it_opens_with_its_passphrase_alone_and_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "signing"
    assert not has_signing_key(folder)
    key = made(folder)
    assert has_signing_key(folder)
    assert open_signing_key(folder, PASSPHRASE.lower()).public == key.public
    with pytest.raises(PassphraseMissing):
        open_signing_key(folder, "SOME OTHER WORDS THAN THESE")
    assert made(folder).public == key.public


def test_a_weak_passphrase_makes_no_key(tmp_path: Path) -> None:
    folder = tmp_path / "signing"
    assert make_signing_key(folder, "short") is PassphraseFlaw.TOO_SHORT
    assert not folder.exists()


def test_other_admins_are_known_by_what_they_told(tmp_path: Path) -> None:
    key, other = made(tmp_path / "signing"), made(tmp_path / "other")
    assert anchors_of(tmp_path / "signing") == (key.public,)
    assert know_admin(tmp_path / "signing", other.public)
    assert not know_admin(tmp_path / "signing", "QUJD")
    assert not know_admin(tmp_path / "signing", "no base64")
    opened = open_signing_key(tmp_path / "signing", PASSPHRASE)
    assert opened.anchors == (key.public, other.public)
    assert anchors_of(tmp_path / "signing") == opened.anchors
    assert anchors_of(tmp_path / "nobody") == ()


def test_the_seed_lies_nowhere_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "signing"
    key = made(folder)
    seed = key._keys._signing_seed
    for file in folder.iterdir():
        content = file.read_bytes()
        assert seed not in content
        assert seed.hex().encode() not in content
        assert file.stat().st_mode & 0o077 == 0
