"""Changing keys: nothing is lost, whenever it is cut off; keys of another store change nothing."""

import json
import resource
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from child import register_one
from machines import CHEAP, PASSPHRASE
from samples import ROOT
from sqlcipher3 import dbapi2
from test_trust import SEAL

from kiosk.audit import check
from kiosk.domain.audit import ChainWhole
from kiosk.domain.failures import KioskFailure
from kiosk.domain.seal import join, seal_text
from kiosk.key_change import MARK_FILE, change_signing_key, change_store_key, forget_retired
from kiosk.keys import (
    KeyFailure,
    Unlocked,
    derived_key,
    open_keys,
    open_ring,
)
from kiosk.keys.key_file import Locked
from kiosk.keys.ring import asks_passphrase, locked_by
from kiosk.opening import open_own
from kiosk.settings import Settings
from kiosk.storage.engine import STORE_FILE, StoreFailure
from kiosk.storage.rekey import key_fits
from kiosk.trust import Genuine, check_slip, read_trust

PEOPLE = 12
KILLED_WRITE_OF = 24
"""Of the writes into files, which look all the same, one in so many is killed."""


@dataclass(frozen=True)
class Kiosk:
    """A kiosk's folders."""

    folder: Path

    @property
    def settings(self) -> Settings:
        return Settings(store_folder=self.folder / "store", keys_folder=self.folder / "keys")

    @property
    def unlocked(self) -> Unlocked:
        return open_ring(self.folder / "keys")

    def start(self) -> None:
        """Start the kiosk and end it."""
        open_own(self.settings)[1].close()

    def change(self) -> Unlocked:
        return change_store_key(self.unlocked, self.folder / "store")

    def rows(self) -> dict[str, list[Any]]:
        """All that the store holds of people, read with its present key.

        Not what it notes of itself where its copy is opened elsewhere (see kiosk.storage.mending).
        """
        path = self.folder / "store" / STORE_FILE
        with closing(dbapi2.connect(str(path))) as connection:
            key = open_keys(self.folder / "keys").store_key
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
            ).fetchall()
            rows = {
                name: connection.execute(f'SELECT rowid, * FROM "{name}" ORDER BY rowid').fetchall()
                for (name,) in tables
                if name not in OF_ITSELF
            }
            rows["audit"] = [row for row in rows["audit"] if "store_moved" not in row]
            return rows

    def files(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    def copy(self, name: str) -> "Kiosk":
        return Kiosk(Path(shutil.copytree(self.folder, self.folder.with_name(name))))


OF_ITSELF = {"change", "store_fact", "sqlite_sequence"}
OF_EACH_START = {"open.lock", "closed"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Kiosk:
    """A kiosk where some registered, to be copied."""
    kiosk = Kiosk(tmp_path_factory.mktemp("filled") / "kiosk")
    _, store = open_own(kiosk.settings)
    for serial in range(PEOPLE):
        register_one(store, serial + 1)
    store.close()
    return kiosk


@pytest.fixture
def kiosk(filled: Kiosk, tmp_path: Path) -> Kiosk:
    return Kiosk(Path(shutil.copytree(filled.folder, tmp_path / "kiosk")))


# ------------------------------------------------------------ a new key for the store


def test_a_new_key_opens_all_that_the_old_one_did(kiosk: Kiosk) -> None:
    before, old = kiosk.rows(), kiosk.unlocked.ring
    kiosk.change()
    new = kiosk.unlocked.ring
    assert len(before["registration"]) == PEOPLE
    assert kiosk.rows() == before
    assert new.store_key != old.store_key
    assert new.signing_seed == old.signing_seed
    assert not key_fits(kiosk.settings.store_folder, old.store_key)
    kiosk.start()
    files = [path for path in kiosk.folder.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_old_keys_are_kept_for_what_is_still_under_them(kiosk: Kiosk) -> None:
    first = kiosk.unlocked.ring.store_key
    second = kiosk.change().ring.store_key
    third = kiosk.change().ring
    assert third.retired_store_keys == (second, first)
    derived = (derived_key(key, "journal") for key in (third.store_key, second, first))
    assert third.keys.ever_derived("journal") == tuple(derived)
    forget_retired(kiosk.unlocked)
    assert kiosk.unlocked.ring.retired_store_keys == ()
    kiosk.start()


def test_a_new_key_stays_behind_the_passphrase(kiosk: Kiosk) -> None:
    kiosk.unlocked.guarded_by(*locked_by(PASSPHRASE, CHEAP))
    locked = open_ring(kiosk.settings.keys_folder, passphrase=PASSPHRASE)
    changed = change_store_key(locked, kiosk.settings.store_folder)
    again = open_ring(kiosk.settings.keys_folder, passphrase=PASSPHRASE)
    assert isinstance(again.guard, Locked)
    assert again.ring == changed.ring
    open_own(kiosk.settings, unlocked=again)[1].close()


def test_keys_in_hex_are_gone_once_the_file_that_replaces_them_is_there(kiosk: Kiosk) -> None:
    ring, folder = kiosk.unlocked.ring, kiosk.settings.keys_folder
    for name in ("kiosk.keys", "spare.keys"):
        (folder / name).unlink()
    for name, key in (("store.key", ring.store_key), ("signing.key", ring.signing_seed)):
        (folder / name).write_text(key.hex())
        (folder / name).chmod(0o600)
    kiosk.start()
    assert kiosk.change().ring.retired_store_keys == (ring.store_key,)
    assert sorted(path.name for path in folder.iterdir()) == ["kiosk.keys", "spare.keys"]


def test_a_key_is_not_changed_while_the_store_is_in_use(kiosk: Kiosk) -> None:
    _, store = open_own(kiosk.settings)
    with closing(store), pytest.raises(StoreFailure, match="in use") as failure:
        kiosk.change()
    assert failure.value.code == "S 12"
    assert kiosk.unlocked.ring.next_store_key is None
    before = kiosk.rows()
    kiosk.change()
    assert kiosk.rows() == before


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """A disk that is full, as far as one process can have it."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)


def test_without_room_for_a_second_store_the_first_stays_as_it_is(kiosk: Kiosk) -> None:
    before, key = kiosk.rows(), kiosk.unlocked.ring.store_key
    with no_file_longer_than(50_000), pytest.raises(StoreFailure) as failure:
        kiosk.change()
    assert failure.value.code == "S 12"
    assert kiosk.unlocked.ring.store_key == key
    assert kiosk.unlocked.ring.next_store_key is None
    assert kiosk.rows() == before
    names = {path.name for path in kiosk.settings.store_folder.iterdir()}
    assert names - OF_EACH_START == {STORE_FILE, MARK_FILE}


# ------------------------------------------------------------ cut off


@dataclass(frozen=True)
class Kill:
    """Where something was killed, and the kiosk that it left."""

    call: str
    n: int
    kiosk: Kiosk


def kills(act: str, template: Kiosk, tmp_path: Path) -> Iterator[Kill]:
    """Kill `act` before each of its steps, each time in a copy of the kiosk of its own."""
    folder = shutil.copytree(template.folder, tmp_path / "kiosk")
    script = ROOT / "tests/chaos/key_change_child.py"
    done = subprocess.run(
        [sys.executable, script, act, folder, str(KILLED_WRITE_OF)],
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    for line in done.stdout.splitlines():
        call, n, left, ended_by = json.loads(line)
        assert ended_by == signal.SIGKILL, (call, n)
        yield Kill(call, n, Kiosk(Path(left)))
        shutil.rmtree(left)


def test_a_kill_anywhere_leaves_a_store_that_opens_with_one_of_both_keys(
    filled: Kiosk, tmp_path: Path
) -> None:
    before, old = filled.rows(), filled.unlocked.ring.store_key
    found: Counter[str] = Counter()
    for kill in kills("change", filled, tmp_path):
        kill.kiosk.start()
        ring = kill.kiosk.unlocked.ring
        assert ring.next_store_key is None, kill
        assert kill.kiosk.rows() == before, kill
        assert old in (ring.store_key, *ring.retired_store_keys), kill
        names = {path.name for path in kill.kiosk.settings.store_folder.iterdir()}
        assert names - OF_EACH_START == {STORE_FILE, MARK_FILE}, kill
        found["old" if ring.store_key == old else "new"] += 1
    # Some kills before the step that counts and some after it, or nothing was shown.
    assert found["old"] > 10
    assert found["new"] > 5


def test_a_kill_while_the_guard_changes_leaves_the_keys_under_one_of_both(
    filled: Kiosk, tmp_path: Path
) -> None:
    ring = filled.unlocked.ring
    found: Counter[bool] = Counter()
    for kill in kills("protect", filled, tmp_path):
        folder = kill.kiosk.settings.keys_folder
        locked = asks_passphrase(folder)
        assert open_ring(folder, passphrase=PASSPHRASE if locked else None).ring == ring, kill
        # Reading mends the spare: no bare copy of locked keys stays.
        spare = (folder / "spare.keys").read_bytes()
        assert (folder / "kiosk.keys").read_bytes() == spare, kill
        found[locked] += 1
    assert set(found) == {False, True}


# ------------------------------------------------------------ keys of another store


def test_keys_of_another_kiosk_are_refused_and_nothing_is_touched(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    other = Kiosk(tmp_path / "other")
    other.start()
    shutil.rmtree(other.settings.store_folder)
    shutil.copytree(kiosk.settings.store_folder, other.settings.store_folder)
    before = other.files()
    for attempt in (other.start, other.change):
        with pytest.raises(KeyFailure) as failure:
            attempt()
        assert failure.value.code == "K 14"
    assert other.files() == before


def test_a_store_whose_keys_are_gone_gets_no_new_ones(kiosk: Kiosk) -> None:
    shutil.rmtree(kiosk.settings.keys_folder)
    (kiosk.settings.store_folder / STORE_FILE).unlink()
    with pytest.raises(KeyFailure) as failure:
        kiosk.start()
    assert failure.value.code == "K 11"
    assert not kiosk.settings.keys_folder.exists()


@pytest.mark.parametrize("mark", [None, b"", b"x" * 12, bytes(500)])
def test_a_damaged_mark_keeps_nobody_out(kiosk: Kiosk, mark: bytes | None) -> None:
    path = kiosk.settings.store_folder / MARK_FILE
    whole = path.read_bytes()
    path.unlink()
    if mark is not None:
        path.write_bytes(mark)
    kiosk.start()
    assert path.read_bytes() == whole


def test_the_mark_of_another_store_keeps_nobody_out_whose_key_fits(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    other = Kiosk(tmp_path / "other")
    other.start()
    path = kiosk.settings.store_folder / MARK_FILE
    whole = path.read_bytes()
    shutil.copy(other.settings.store_folder / MARK_FILE, path)
    kiosk.start()
    assert path.read_bytes() == whole


def test_a_change_that_was_cut_off_does_not_hide_that_the_store_is_damaged(kiosk: Kiosk) -> None:
    path = kiosk.settings.store_folder / STORE_FILE
    path.write_bytes(b"no store" * 1000)
    with pytest.raises(KioskFailure) as failure:
        kiosk.change()
    assert failure.value.code == "S 11"
    with pytest.raises(StoreFailure) as failure:
        kiosk.start()
    assert failure.value.code == "S 11"
    assert path.read_bytes() == b"no store" * 1000


# ------------------------------------------------------------ a new key for slips


def test_the_audit_s_chain_goes_on_whatever_key_is_new(kiosk: Kiosk) -> None:
    kiosk.change()
    for serial in (1, 2):
        change_signing_key(kiosk.unlocked)
        _, store = open_own(kiosk.settings)
        register_one(store, PEOPLE + serial)
        chain = check(store, []).chain
        assert isinstance(chain, ChainWhole)
        assert chain.entries >= PEOPLE + serial
        store.close()


def test_slips_of_before_stay_genuine_after_the_signing_key_changed(kiosk: Kiosk) -> None:
    old = kiosk.unlocked.ring.keys
    signed = seal_text(replace(SEAL, key_id=old.key_id))
    slip = join(signed, old.sign(signed.encode("ascii")))
    new = change_signing_key(kiosk.unlocked).ring.keys
    assert new.key_id != old.key_id
    assert isinstance(check_slip(slip, read_trust(new.public_keys, None)), Genuine)
    assert new.store_key == old.store_key
    kiosk.start()
