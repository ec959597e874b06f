"""The disk as a power cut leaves it: what was synced, and of the rest what chance wants.

The rules are harder than those of ext4, XFS or Btrfs: data counts as written once its file was
synced, and a name once its folder was. Of what was not, any write may be there or not, whole or by
sectors; the names that changed may be there up to any moment, as file systems keep their order.
"""

import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath

from .shim import NOT_ON_DISK, Event, Kind

SECTOR = 512
SHARED_MEMORY = "-shm"
"""SQLite's: never synced, and made anew by the first who opens the store."""

Picture = Mapping[str, bytes | None]
"""Every file by its path; None for a folder."""


class Cut(StrEnum):
    """What becomes of what was not synced."""

    DROPPED = "all dropped"
    NAMES_KEPT = "names kept, data dropped"
    DATA_KEPT = "data kept, names dropped"
    SUBSET = "some writes kept"
    TORN = "writes torn at sectors"


@dataclass(slots=True, eq=False)
class _File:
    synced: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Writes since, by place; None for a change of length."""


_FOLDER = _File()


@dataclass(frozen=True, slots=True)
class _Renaming:
    kind: Kind
    path: str
    other: str
    file: _File | None

    @property
    def folders(self) -> set[str]:
        return {_parent(path) for path in (self.path, self.other) if path}


class Disk:
    """Follows a log of events, knowing at each moment what is safe."""

    def __init__(self, folder: Path) -> None:
        self._synced: dict[str, _File] = {}
        self._names: dict[str, _File] = {}
        self._pending: list[_Renaming] = []
        self._files: dict[int, _File] = {}
        for path in [folder, *folder.rglob("*")]:
            file = _FOLDER
            if path.is_file():
                file = _File(path.read_bytes())
                self._files[path.stat().st_ino] = file
            self._synced[str(path)] = file
        self._names.update(self._synced)

    def follow(self, event: Event) -> None:
        """Let the next event happen."""
        assert event.kind is not Kind.UNKNOWN or event.path.endswith(SHARED_MEMORY), event.path
        if event.kind in NOT_ON_DISK:
            return
        if event.kind is Kind.SYNC:
            self._sync(event)
        elif event.kind is Kind.WRITE:
            self._file(event).pending.append((event.at, event.data))
        elif event.kind is Kind.TRUNCATE:
            self._file(event).pending.append((event.at, None))
        else:
            self._rename(event)

    def _file(self, event: Event) -> _File:
        return self._files[event.file]

    def _sync(self, event: Event) -> None:
        if self._names.get(event.path) is not _FOLDER:
            file = self._file(event)
            file.synced, file.pending = _after(file, file.pending), []
            return
        for one in [one for one in self._pending if event.path in one.folders]:
            self._pending.remove(one)
            _apply(self._synced, one)

    def _rename(self, event: Event) -> None:
        file = None
        if event.kind is Kind.CREATE:
            file = self._files[event.file] = _File()
        elif event.kind is Kind.MKDIR:
            file = _FOLDER
        elif event.kind in {Kind.RENAME, Kind.LINK}:
            file = self._names[event.path]
        done = _Renaming(event.kind, event.path, event.other, file)
        _apply(self._names, done)
        self._pending.append(done)

    def after(self, cut: Cut, chance: random.Random) -> Picture:
        """Return what is on the disk if the power fails now."""
        names = dict(self._synced)
        kept = {
            Cut.DROPPED: 0,
            Cut.DATA_KEPT: 0,
            Cut.NAMES_KEPT: len(self._pending),
        }.get(cut, chance.randint(0, len(self._pending)))
        for one in self._pending[:kept]:
            _apply(names, one)
        return {
            path: None if file is _FOLDER else _left(file, cut, chance)
            for path, file in sorted(names.items())
            if _is_reachable(path, names, min(names, key=len)) and not path.endswith(SHARED_MEMORY)
        }


def write_picture(picture: Picture, root: Path, target: Path) -> None:
    """Write a picture of `root` as the folder `target`."""
    shutil.rmtree(target, ignore_errors=True)
    for path, content in picture.items():
        place = target / Path(path).relative_to(root)
        if content is None:
            place.mkdir(mode=0o700)
        else:
            place.write_bytes(content)
            place.chmod(0o600)


def _parent(path: str) -> str:
    return str(PurePosixPath(path).parent)


def _is_reachable(path: str, names: Mapping[str, _File], root: str) -> bool:
    while path != root:
        path = _parent(path)
        if names.get(path) is not _FOLDER:
            return False
    return True


def _apply(names: dict[str, _File], one: _Renaming) -> None:
    if one.kind is Kind.RENAME:
        moved = {path: file for path, file in names.items() if _is_at(path, one.path)}
        for path in moved:
            del names[path]
        assert one.file is not None
        names[one.other] = one.file
        for path, file in moved.items():
            names[one.other + path[len(one.path) :]] = file
    elif one.kind in {Kind.UNLINK, Kind.RMDIR}:
        names.pop(one.path, None)
    else:
        assert one.file is not None
        names[one.other or one.path] = one.file


def _is_at(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _left(file: _File, cut: Cut, chance: random.Random) -> bytes:
    if cut in {Cut.DROPPED, Cut.NAMES_KEPT}:
        return file.synced
    pending = file.pending
    if cut is Cut.SUBSET:
        pending = [one for one in pending if chance.random() < 0.5]
    elif cut is Cut.TORN:
        pending = [sector for one in pending for sector in _torn(one, chance)]
    return _after(file, pending)


def _torn(one: tuple[int, bytes | None], chance: random.Random) -> list[tuple[int, bytes | None]]:
    """The sectors of a write that got through."""
    at, data = one
    if data is None:
        return [one] if chance.random() < 0.5 else []
    ends = [*range(at - at % SECTOR + SECTOR, at + len(data), SECTOR), at + len(data)]
    parts = [(begin, data[begin - at : end - at]) for begin, end in zip([at, *ends], ends)]  # noqa: B905
    return [part for part in parts if chance.random() < 0.5]


def _after(file: _File, pending: list[tuple[int, bytes | None]]) -> bytes:
    content = bytearray(file.synced)
    for at, data in pending:
        if data is None:
            content = content[:at].ljust(at, b"\0")
        else:
            content = content.ljust(at, b"\0")
            content[at : at + len(data)] = data
    return bytes(content)
