"""The kiosk's keys: made once, kept private, never replaced."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.keys import KeyFailure, KioskKeys, open_keys, read_public_key, save_public_key

KEYS = KioskKeys(store_key=bytes(32), signing_seed=bytes(range(32)))


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "keys"


def test_new_keys_are_private_and_found_again(folder: Path) -> None:
    keys = open_keys(folder)
    assert len(keys.store_key) == 32
    assert mode_of(folder) == 0o700
    assert {path.name: mode_of(path) for path in folder.iterdir()} == {
        "kiosk.keys": 0o600,
        "spare.keys": 0o600,
    }
    again = open_keys(folder)
    assert (again.store_key, again.public_key) == (keys.store_key, keys.public_key)


def test_two_kiosks_share_no_key(tmp_path: Path) -> None:
    one, other = open_keys(tmp_path / "one"), open_keys(tmp_path / "other")
    assert one.store_key != other.store_key
    assert one.public_key != other.public_key


def test_several_starts_at_once_agree_on_one_key(folder: Path) -> None:
    with ThreadPoolExecutor(8) as starts:
        keys = list(starts.map(open_keys, [folder] * 8))
    assert len({key.store_key for key in keys}) == 1
    assert open_keys(folder).store_key == keys[0].store_key
    assert sorted(path.name for path in folder.iterdir()) == ["kiosk.keys", "spare.keys"]


def write_as_before(folder: Path, store_key: bytes = bytes(32)) -> None:
    """Leave the keys as kiosks had them before: bare, in hex, one a file."""
    folder.mkdir(mode=0o700, parents=True)
    for name, key in (("store.key", store_key), ("signing.key", bytes(range(32)))):
        (folder / name).write_text(f"{key.hex()}\n")
        (folder / name).chmod(0o600)


def test_the_keys_of_a_kiosk_of_before_are_read_and_left_as_they_are(folder: Path) -> None:
    write_as_before(folder)
    keys = open_keys(folder)
    assert (keys.store_key, keys.public_key) == (KEYS.store_key, KEYS.public_key)
    assert sorted(path.name for path in folder.iterdir()) == ["signing.key", "store.key"]


def test_derived_keys_are_those_of_the_standard_and_differ_by_purpose() -> None:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    standard = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"anjungan-bpu journal")
    assert KEYS.derived("journal") == standard.derive(KEYS.store_key)
    assert len({KEYS.derived("journal"), KEYS.derived("audit"), KEYS.store_key}) == 3


@pytest.mark.parametrize("name", ["store.key", "signing.key"])
@pytest.mark.parametrize(
    "content",
    [b"", b"ab" * 31, b"ab" * 33, b"zz" * 32, b"\xff" * 64, bytes(4096)],
    ids=["empty", "short", "long", "not hex", "not text", "zeros"],
)
def test_a_broken_key_of_before_is_refused_and_left_alone(
    folder: Path, name: str, content: bytes
) -> None:
    write_as_before(folder)
    (folder / name).write_bytes(content)
    with pytest.raises(KeyFailure) as failure:
        open_keys(folder)
    assert failure.value.code == "K 12"
    assert name in str(failure.value)
    assert (folder / name).read_bytes() == content


def test_any_damaged_byte_of_the_keys_is_mended_from_the_spare_and_the_reverse(
    folder: Path,
) -> None:
    key = open_keys(folder).store_key
    whole = (folder / "kiosk.keys").read_bytes()
    for position in range(0, len(whole), 5):
        damaged = bytearray(whole)
        damaged[position] ^= 1 << position % 8
        (folder / ("kiosk.keys" if position % 2 else "spare.keys")).write_bytes(damaged)
        assert open_keys(folder).store_key == key, position
        files = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert files == {"kiosk.keys": whole, "spare.keys": whole}, position


@pytest.mark.parametrize("name", ["kiosk.keys", "spare.keys"])
def test_a_lost_key_file_is_written_again(folder: Path, name: str) -> None:
    key = open_keys(folder).store_key
    (folder / name).unlink()
    assert open_keys(folder, may_create=False).store_key == key
    assert (folder / name).exists()


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\xff", b'{"checksum": 1}'])
def test_keys_damaged_twice_are_refused_and_left_alone(folder: Path, content: bytes) -> None:
    open_keys(folder)
    for name in ("kiosk.keys", "spare.keys"):
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)
    with pytest.raises(KeyFailure) as failure:
        open_keys(folder)
    assert failure.value.code == "K 12"
    assert {path.read_bytes() for path in folder.iterdir()} == {content}


def test_a_key_open_to_others_is_refused(folder: Path) -> None:
    open_keys(folder)
    (folder / "kiosk.keys").chmod(0o640)
    with pytest.raises(KeyFailure, match=r"kiosk\.keys is open to other users"):
        open_keys(folder)


def test_a_folder_open_to_others_is_refused_before_a_key_lies_in_it(folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    with pytest.raises(KeyFailure, match="open to other users"):
        open_keys(folder)
    assert list(folder.iterdir()) == []


def test_a_link_in_place_of_the_keys_is_not_followed(folder: Path, tmp_path: Path) -> None:
    open_keys(folder)
    elsewhere = tmp_path / "elsewhere"
    (folder / "spare.keys").unlink()
    (folder / "kiosk.keys").rename(elsewhere)
    (folder / "kiosk.keys").symlink_to(elsewhere)
    with pytest.raises(KeyFailure):
        open_keys(folder)
    assert (folder / "kiosk.keys").is_symlink()


def test_beside_an_existing_store_a_lost_key_is_not_made_anew(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True)
    with pytest.raises(KeyFailure) as failure:
        open_keys(folder, may_create=False)
    assert failure.value.code == "K 11"
    assert list(folder.iterdir()) == []


def test_without_a_folder_nothing_is_made_when_nothing_may_be(folder: Path) -> None:
    with pytest.raises(KeyFailure):
        open_keys(folder, may_create=False)
    assert not folder.exists()


def test_a_power_cut_while_a_key_is_made_leaves_none_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", cut)
        with pytest.raises(KeyFailure):
            open_keys(folder)
    assert list(folder.iterdir()) == []
    assert open_keys(folder).store_key == open_keys(folder).store_key


def test_opening_the_keys_does_not_load_the_signature_library(folder: Path) -> None:
    program = (
        "import sys, pathlib; from kiosk.keys import open_keys;"
        "open_keys(pathlib.Path(sys.argv[1])); print('cryptography' in sys.modules)"
    )
    root = Path(__file__).parent.parent
    answer = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == "False"


def test_saving_a_public_key_twice_changes_nothing(tmp_path: Path) -> None:
    first = save_public_key(KEYS.public_key, tmp_path).read_bytes()
    assert save_public_key(KEYS.public_key, tmp_path).read_bytes() == first
    assert len(list(tmp_path.iterdir())) == 1


def test_a_broken_public_key_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "ciruas.pub").write_text("not a key")
    with pytest.raises(KeyFailure, match=r"ciruas\.pub") as failure:
        read_public_key(tmp_path / "ciruas.pub")
    assert failure.value.code == "K 12"
