"""What guards the keys: levels 1 and 2 hold against a copied disk, level 3 says it does not."""

import os
import re
import shutil
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from child import register_one
from machines import CHEAP, PASSPHRASE, Machine, machine

from kiosk.keys import KeyFailure, PassphraseMissing, Unlocked, open_keys, open_ring
from kiosk.keys.key_file import Bare
from kiosk.keys.machine import deliver
from kiosk.keys.passphrase import PassphraseFlaw, flaw_of, propose
from kiosk.keys.protection import Protector, is_encrypted, protection_of
from kiosk.keys.ring import (
    asks_passphrase,
    locked_by,
    public_keys_of,
    read_key_file,
    sealed_by_machine,
)
from kiosk.opening import open_own
from kiosk.settings import Settings
from kiosk.storage.rekey import key_fits


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A kiosk with one registration, its keys bare."""
    settings = Settings(store_folder=tmp_path / "kiosk/store", keys_folder=tmp_path / "kiosk/keys")
    _, store = open_own(settings)
    register_one(store, 1)
    store.close()
    return settings


@pytest.fixture
def unlocked(settings: Settings) -> Unlocked:
    return open_ring(settings.keys_folder)


@pytest.fixture(scope="module")
def with_tpm() -> Iterator[Machine]:
    with machine(tpm=True) as one:
        yield one


@pytest.fixture
def without_tpm() -> Iterator[Machine]:
    with machine(tpm=False) as one:
        yield one


def copied(settings: Settings, to: Path) -> Settings:
    """The disk of a kiosk in the hands of somebody else."""
    shutil.copytree(settings.keys_folder.parent, to)
    return Settings(store_folder=to / "store", keys_folder=to / "keys")


def contents(settings: Settings) -> dict[str, bytes]:
    folder = settings.keys_folder.parent
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def keys_lying_about(folder: Path) -> Iterator[bytes]:
    """Everything in the files of a folder that could be a key: bytes, hex, base64 of either."""
    for path in folder.rglob("*"):
        if not path.is_file() or path.name.startswith("anjungan.db"):
            continue
        pieces = [path.read_bytes()]
        for run in re.findall(rb"[A-Za-z0-9+/=]{40,}", pieces[0]):
            with suppress(ValueError):
                pieces.append(b64decode(run))
        for piece in pieces:
            for digits in re.findall(rb"(?=([0-9a-fA-F]{64}))", piece):
                yield bytes.fromhex(digits.decode())
            for start in range(max(0, len(piece) - 31)):
                yield piece[start : start + 32]


def thief_opens(settings: Settings) -> bool:
    with suppress(KeyFailure):
        return key_fits(settings.store_folder, open_keys(settings.keys_folder).store_key)
    candidates = set(keys_lying_about(settings.keys_folder.parent))
    assert len(candidates) > 100
    return any(key_fits(settings.store_folder, key) for key in candidates)


# ------------------------------------------------------------ level 3


def test_a_copied_disk_with_bare_keys_opens_and_the_level_says_so(
    settings: Settings, unlocked: Unlocked, tmp_path: Path
) -> None:
    copy = copied(settings, tmp_path / "thief")
    assert key_fits(copy.store_folder, open_keys(copy.keys_folder).store_key)
    # The search for keys that lie about must find one, or it would prove nothing below.
    found = set(keys_lying_about(copy.keys_folder))
    assert any(key_fits(copy.store_folder, key) for key in found)
    assert protection_of(unlocked.guard, (copy.keys_folder,)).level == 3


# ------------------------------------------------------------ level 2: passphrase


def test_a_copied_disk_behind_a_passphrase_does_not_open(
    settings: Settings, unlocked: Unlocked, tmp_path: Path
) -> None:
    unlocked.guarded_by(*locked_by(PASSPHRASE, CHEAP))
    assert not thief_opens(copied(settings, tmp_path / "thief"))
    locked = open_ring(settings.keys_folder, passphrase=PASSPHRASE)
    assert protection_of(locked.guard, ()).by is Protector.PASSPHRASE
    assert key_fits(settings.store_folder, locked.ring.store_key)


@pytest.mark.parametrize("typed", ["KOBUTARIMESOLAPINADEGIRO", " Kobu tari-meso lapi. nade giro"])
def test_case_spaces_and_signs_of_a_passphrase_do_not_count(unlocked: Unlocked, typed: str) -> None:
    unlocked.guarded_by(*locked_by(PASSPHRASE, CHEAP))
    assert open_ring(unlocked.folder, passphrase=typed).ring == unlocked.ring


@pytest.mark.parametrize("typed", [None, "", "kobu tari meso lapi nade gir", "GIRO"])
def test_a_wrong_or_missing_passphrase_opens_and_changes_nothing(
    settings: Settings, unlocked: Unlocked, typed: str | None
) -> None:
    unlocked.guarded_by(*locked_by(PASSPHRASE, CHEAP))
    before = contents(settings)
    with pytest.raises(PassphraseMissing) as failure:
        open_ring(settings.keys_folder, passphrase=typed)
    assert failure.value.code == "K 16"
    with pytest.raises(PassphraseMissing):
        open_own(settings)
    assert contents(settings) == before


def test_damage_is_not_taken_for_a_wrong_passphrase(unlocked: Unlocked) -> None:
    unlocked.guarded_by(*locked_by(PASSPHRASE, CHEAP))
    for name in ("kiosk.keys", "spare.keys"):
        path = unlocked.folder / name
        content = bytearray(path.read_bytes())
        content[content.index(b'"keys": "') + 20] ^= 1
        path.write_bytes(content)
    with pytest.raises(KeyFailure) as failure:
        open_ring(unlocked.folder, passphrase=PASSPHRASE)
    assert failure.value.code == "K 12"


def test_one_guard_follows_another_and_the_keys_stay(unlocked: Unlocked) -> None:
    locked = unlocked.guarded_by(*locked_by(PASSPHRASE, CHEAP))
    other = open_ring(unlocked.folder, passphrase=PASSPHRASE)
    other.guarded_by(*locked_by("another passphrase of many letters", CHEAP))
    with pytest.raises(PassphraseMissing):
        open_ring(unlocked.folder, passphrase=PASSPHRASE)
    locked.guarded_by(Bare(), None)
    assert open_ring(unlocked.folder).ring == unlocked.ring


def test_whose_slips_these_are_can_be_told_without_the_passphrase(unlocked: Unlocked) -> None:
    public = public_keys_of(unlocked.folder)
    assert list(public) == [unlocked.ring.keys.key_id]
    unlocked.guarded_by(*locked_by(PASSPHRASE, CHEAP))
    assert public_keys_of(unlocked.folder) == public
    assert asks_passphrase(unlocked.folder)


@pytest.mark.parametrize(
    ("passphrase", "flaw"),
    [
        ("kobu tari meso", PassphraseFlaw.TOO_SHORT),
        ("-" * 30, PassphraseFlaw.TOO_SHORT),
        ("abababab" * 4, PassphraseFlaw.TOO_PLAIN),
        ("kobu tari meso lapi nadé", PassphraseFlaw.NOT_TYPABLE),
        (PASSPHRASE, None),
    ],
)
def test_a_weak_passphrase_is_refused(passphrase: str, flaw: PassphraseFlaw | None) -> None:
    assert flaw_of(passphrase) == flaw


def test_what_is_proposed_is_good_enough_and_new_each_time() -> None:
    proposals = {propose() for _ in range(200)}
    assert len(proposals) == 200
    assert {flaw_of(one) for one in proposals} <= {None, PassphraseFlaw.TOO_PLAIN}
    assert sum(flaw_of(one) is None for one in proposals) > 190


# ------------------------------------------------------------ level 1: the machine


def test_keys_sealed_by_the_tpm_open_there_and_nowhere_else(
    settings: Settings,
    unlocked: Unlocked,
    with_tpm: Machine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_tpm.boot(monkeypatch)
    unlocked.guarded_by(*sealed_by_machine("host+tpm2"))
    opened = open_ring(settings.keys_folder)
    assert opened.ring == unlocked.ring
    assert protection_of(opened.guard, (settings.keys_folder,)).level == 1
    # The thief has the whole disk, the system's secret on it too.
    copy = copied(settings, tmp_path / "thief")
    before = contents(copy)
    with machine(tpm=True) as other, machine(tpm=False) as none:
        for elsewhere in (other, none):
            shutil.copy(with_tpm.secret, elsewhere.secret)
            elsewhere.boot(monkeypatch)
            with pytest.raises(KeyFailure) as failure:
                open_own(copy)
            assert failure.value.code == "K 15"
            assert not thief_opens(copy)
    assert contents(copy) == before


def test_without_a_tpm_the_level_is_3_and_the_folders_alone_do_not_open(
    settings: Settings,
    unlocked: Unlocked,
    without_tpm: Machine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_tpm.boot(monkeypatch)
    unlocked.guarded_by(*sealed_by_machine("host"))
    opened = open_ring(settings.keys_folder)
    found = protection_of(opened.guard, (settings.keys_folder,))
    assert (found.level, found.by) == (3, Protector.SYSTEM_FILE)
    copy = copied(settings, tmp_path / "thief")
    with machine(tpm=False) as other:
        other.boot(monkeypatch)
        assert not thief_opens(copy)
        # With the system's secret, which lies on the same disk, it is another matter.
        shutil.copy(without_tpm.secret, other.secret)
        assert open_ring(copy.keys_folder).ring == unlocked.ring


def test_what_the_unit_unsealed_is_taken_without_any_program(
    unlocked: Unlocked,
    without_tpm: Machine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_tpm.boot(monkeypatch)
    guard, wrapping_key = sealed_by_machine("host")
    unlocked.guarded_by(guard, wrapping_key)
    (tmp_path / "run").mkdir()
    deliver(guard.credential, tmp_path / "run")
    deliver(guard.credential, tmp_path / "run")  # at each start anew
    assert (tmp_path / "run/anjungan-keys").stat().st_mode & 0o777 == 0o400
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "run"))
    monkeypatch.setenv("PATH", "")
    assert open_ring(unlocked.folder).ring == unlocked.ring
    (tmp_path / "run/anjungan-keys").unlink()
    with pytest.raises(KeyFailure) as failure:
        open_ring(unlocked.folder)
    assert failure.value.code == "K 15"


def test_a_seal_that_anybody_can_break_is_no_level_1(
    unlocked: Unlocked, without_tpm: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_tpm.boot(monkeypatch)
    guard, _ = sealed_by_machine("tpm2-absent")
    assert protection_of(guard, (unlocked.folder,)).by is Protector.NOTHING


# ------------------------------------------------------------ the disk


def lay(root: Path, number: str, uuid: str | None, *under: str) -> None:
    """One block device as the kernel shows it."""
    device = root / "sys/dev/block" / number
    (device / "slaves").mkdir(parents=True)
    if uuid is not None:
        (device / "dm").mkdir()
        (device / "dm/uuid").write_text(f"{uuid}\n")
    for one in under:
        (device / "slaves" / one).mkdir()
        (device / "slaves" / one / "dev").write_text(f"{one}\n")


@pytest.mark.parametrize(
    ("devices", "encrypted"),
    [
        ([("own", None)], False),
        ([("own", "CRYPT-LUKS2-0f-luks")], True),
        ([("own", "LVM-x", "8:1"), ("8:1", None)], False),
        ([("own", "LVM-x", "253:7"), ("253:7", "CRYPT-LUKS2-0f-luks", "8:1")], True),
        ([("own", "LVM-x", "253:7", "8:2"), ("253:7", "CRYPT-PLAIN-x"), ("8:2", None)], False),
    ],
    ids=["plain", "luks", "lvm", "lvm on luks", "lvm on luks and plain"],
)
def test_an_encrypted_disk_is_recognised(
    tmp_path: Path, unlocked: Unlocked, devices: list[tuple[str | None, ...]], encrypted: bool
) -> None:
    device = tmp_path.stat().st_dev
    own = f"{os.major(device)}:{os.minor(device)}"
    root = tmp_path / "root"
    for number, uuid, *under in devices:
        assert number
        lay(root, own if number == "own" else number, uuid, *map(str, under))
    assert is_encrypted(tmp_path / "not/there/yet", root) is encrypted
    protection = protection_of(unlocked.guard, (tmp_path, unlocked.folder), root)
    assert protection.level == (2 if encrypted else 3)


def test_a_key_file_says_what_guards_it_without_being_opened(unlocked: Unlocked) -> None:
    unlocked.guarded_by(*locked_by(PASSPHRASE, CHEAP))
    file = read_key_file(unlocked.folder)
    assert file is not None
    assert protection_of(file.guard, ()).level == 2
