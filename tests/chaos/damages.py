"""Seeded damage to what a kiosk keeps: bits turned, files cut, emptied, taken away or swapped."""

import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from keeping import Kept, Rows, add, add_many
from samples import StillClock

from kiosk.registration import note_slip_came_out, reprint
from kiosk.storage.by_hand import ByHand
from kiosk.storage.engine import STORE_FILE
from kiosk.storage.kept import KeptStore

WAL = f"{STORE_FILE}-wal"
HARMLESS = {
    ("longer", "log"),  # SQLite writes over what lies behind the end of its log
    ("swapped for an older", "journal"),  # is completed from the store
    ("swapped for an older", "backup"),  # is whole
    ("taken away", "backup"),
}


@dataclass(frozen=True)
class Template:
    """A kiosk as a power cut left it, an older state of it, another kiosk, and what was said to be
    saved."""

    cut: Kept
    older: Kept
    other: Kept
    record: Rows


@dataclass(frozen=True)
class Damage:
    """What was done, and how the kiosk noticed."""

    seed: int
    act: str
    what: str
    noticed: str


def make_template(folder: Path) -> Template:
    """Let a kiosk register, print and back up, and pull its plug."""
    kiosk = Kept(folder / "kiosk")
    with kiosk.opened() as store:
        add_many(store, kiosk.clock, range(1, 16))
        _print(store, kiosk.clock, 4)
        store.back_up()
        older = kiosk.cut_off("older")
        add_many(store, kiosk.clock, range(16, 31))
        store.back_up()
        assert store.clear_log()
        _print(store, kiosk.clock, 20)
        add_many(store, kiosk.clock, range(31, 36))
        cut = kiosk.cut_off("cut")
    other = Kept(folder / "other", key=bytes(32))
    with other.opened() as store:
        add(store, other.clock, 77)
        store.back_up()
        after = other.cut_off("other cut")
    return Template(cut, older, after, kiosk.record())


def _print(store: KeptStore, clock: StillClock, serial: int) -> None:
    note_slip_came_out(store, f"id {serial}", 0, clock)
    reprint(store, f"id {serial}", clock)


# What happens to a file


def bit(chance: random.Random, content: bytes) -> bytes:
    return _turned(chance, content, 1)


def bits(chance: random.Random, content: bytes) -> bytes:
    return _turned(chance, content, 20)


def _turned(chance: random.Random, content: bytes, times: int) -> bytes:
    turned = bytearray(content)
    for at in chance.sample(range(len(content)), times):
        turned[at] ^= 1 << chance.randrange(8)
    return bytes(turned)


def block(chance: random.Random, content: bytes) -> bytes:
    size = chance.choice([512, 4096, 16384])
    at = chance.randrange(len(content))
    wiped = chance.randbytes(min(size, len(content) - at))
    return content[:at] + wiped + content[at + size :]


def cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(1, len(content))]


def emptied(_chance: random.Random, _content: bytes) -> bytes:
    return b""


def longer(chance: random.Random, content: bytes) -> bytes:
    return content + chance.randbytes(chance.randrange(1, 9000))


ACTS: Mapping[str, Callable[[random.Random, bytes], bytes]] = {
    act.__name__: act for act in (bit, bits, block, cut, emptied, longer)
}
OTHER_ACTS = ("taken away", "swapped for an older", "swapped for another's")


def _files(kiosk: Kept) -> dict[str, list[Path]]:
    return {
        "store": [kiosk.file],
        "log": [kiosk.places.store / WAL],
        "journal": kiosk.segments,
        "backup": kiosk.backups[-1:],
    }


WEIGHTS = {"store": 9, "log": 4, "journal": 5, "backup": 2}


def play(template: Template, folder: Path, seed: int) -> Damage:
    """Do one damage to a copy, let the kiosk start, tend itself and register; returns how it went.

    Raises AssertionError when anything was lost, or not noticed.
    """
    chance = random.Random(seed)
    # By the clock of the files, or a backup would be due.
    kiosk = Kept(folder / f"kiosk {seed}", clock=StillClock(datetime.now(UTC)))
    shutil.copytree(template.cut.folder, kiosk.folder)
    (what,) = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))
    file = chance.choice(_files(kiosk)[what])
    act = chance.choice([*ACTS, *OTHER_ACTS])
    before = file.read_bytes()
    _damage(template, kiosk, file, act, chance)
    journal, backups = kiosk.segments[-1:], kiosk.backups
    changed = not file.exists() or file.read_bytes() != before
    with kiosk.opened() as store:
        store.tend()
        store.check()
        assert store.tend().is_well, (seed, act, what)
        number = add(store, kiosk.clock, 99).number
    found = kiosk.record()
    for table, rows in template.record.items():
        assert set(rows) <= set(found[table]), (seed, act, what, table)
    assert len(found["registration"]) == len(template.record["registration"]) + 1
    assert number not in {row[1] for row in template.record["registration"]}
    checked = ByHand(kiosk.places, kiosk.key, kiosk.clock, 3).verify()
    wrong = {one.what for one in checked if not one.good}
    # A damaged backup goes when newer ones have taken its place.
    assert wrong <= ({file.name} if what == "backup" else set()), (seed, act, what, wrong)
    noticed = _noticed(kiosk, journal, backups)
    assert noticed or not changed or (act, what) in HARMLESS, (seed, act, what)
    shutil.rmtree(kiosk.folder)
    return Damage(seed, act, what, noticed or "harmless")


def _damage(template: Template, kiosk: Kept, file: Path, act: str, chance: random.Random) -> None:
    if act in ACTS:
        file.write_bytes(ACTS[act](chance, file.read_bytes()))
        return
    file.unlink()
    if act != "taken away":
        source = template.older if act.endswith("older") else template.other
        there = [path for path in source.folder.rglob(f"*{file.suffix}") if path.is_file()]
        shutil.copy(min(there, key=lambda path: path.name != file.name), file)


def _noticed(kiosk: Kept, journal: list[Path], backups: list[Path]) -> str:
    told = []
    if kiosk.aside:
        told.append("rebuilt")
    if not journal or kiosk.segments[-1].name[:6] != journal[0].name[:6]:
        told.append("journal anew")
    if kiosk.backups[-1:] != backups[-1:]:
        told.append("new backup")
    return ", ".join(told)
