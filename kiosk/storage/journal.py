"""The journal: what changed in the store, once more, encrypted, in another folder.

Files are only ever added to. A *generation* begins with a file that holds every row as it stood
then (the base), and goes on with dated files of what changed since. A new generation takes the
place of the old one when it is complete, and only then is the old one removed: so an erasure
reaches the journal too.

    000002-000001-2026-11-22.journal    base of the second generation
    000002-000002-2026-11-22.journal    what changed since, on that day
    000002-000003-2026-11-23.journal

Each record carries its length, number, the point that the store was at, and a checksum, so that the
end of what was written is found without the key. The rest is sealed by ChaCha20-Poly1305 under a
key made from the store's, and covers number, point and generation too: a record that was altered,
copied from elsewhere or put in another place does not open.
"""

import json
import os
import re
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.storage.changes import Changes, Image, Layout, Point, Values
from kiosk.storage.engine import Key, keys_of
from kiosk.storage.files import held, make_folder, open_lock, sync_folder, write_all, write_file
from kiosk.storage.frames import Cipher, Frame, Gap, Kind, frames_of

_NAME = re.compile(r"(\d{6})-(\d{6})-\d{4}-\d\d-\d\d\.journal")
_STAMP_BYTES = 8


@dataclass(frozen=True, slots=True)
class Segment:
    """One file. The first of a generation is its base."""

    path: Path
    generation: int
    part: int


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of the journal."""

    segment: Segment
    number: int
    point: Point
    size: int
    clean: bool
    """False with bytes behind the last whole record: a write that was cut off."""


@dataclass(frozen=True, slots=True)
class Read:
    """What could be read: rows of the base, or what changed."""

    layout: Layout
    kind: Kind
    point: Point
    table: str = ""
    rows: Sequence[Values] = ()
    images: Sequence[Image] = ()


class Journal:
    """The journal in a folder. Several threads and programs may write to it in turn.

    Whatever the disk refuses is raised as OSError, and leaves the journal as it was.
    """

    def __init__(self, folder: Path, store_key: Key, today: Callable[[], date]) -> None:
        self.folder = folder
        self.cipher = Cipher(keys_of(store_key).file)
        self._today = today
        self._turn = threading.Lock()
        self._anew = threading.Lock()
        self._tail: Tail | None = None
        self._layout: Layout | None = None
        self._day = date.min
        self._descriptor = -1
        self._lock = -1
        self._stamp = b""

    @property
    def exists(self) -> bool:
        """Tell whether there is a generation that is complete."""
        return bool(self._segments())

    def tail(self, *, opened: bool = False) -> Tail | None:
        """Return the end of what was written; with `opened` of what opens with the key.

        Without it the key is not needed, but whoever can write files could have made it up.
        """
        segments = self._segments()
        for segment in reversed(segments):
            tail = _tail_of(segment, self.cipher if opened else None)
            if tail is not None:
                return replace(tail, clean=tail.clean and segment is segments[-1])
        return None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Let nobody else write meanwhile. Makes the folder, but none that should hold it."""
        with self._turn, self._locked("journal.lock") as self._lock:
            self._look()
            yield

    @property
    def layout(self) -> Layout | None:
        """How rows were last written, within turn(); None if never."""
        return self._layout

    @property
    def point(self) -> Point | None:
        """What the store was at when the journal was last written, within turn(); None if never."""
        return self._tail.point if self._tail else None

    def append(self, changes: Iterable[Changes], layout: Layout) -> None:
        """Write what changed, within turn(), so that it is on the disk on return."""
        frames: list[bytes] = []
        for one in changes:
            if not frames and (self._descriptor < 0 or self._day != self._today()):
                self._next_part(layout)
            assert self._tail is not None
            number, point = self._tail.number + len(frames) + 1, one.point
            kind = Kind.CHANGES if one.complete else Kind.PART
            generation = self._tail.segment.generation
            frames.append(self._sealed(generation, kind, number, point, one.images))
        if frames:
            self._write(b"".join(frames), number, point)

    def start_anew(
        self, point: Point, rows: Iterable[tuple[str, Sequence[Values]]], layout: Layout
    ) -> None:
        """Begin a generation with every row as it stood at a point; the older ones stay.

        Others can write to the generation before it until it is complete.
        """
        with self._anew, self._locked("anew.lock"):
            generation = 1 + max((one.generation for one in self._files()), default=0)
            number = self._write_base(generation, point, rows, layout)
            with self.turn():
                self._begin(Segment(Path(), generation, 1), number, point, layout)

    def remove_older(self) -> None:
        """Remove the generations before the newest complete one, within turn()."""
        if self._tail is None:
            return
        for one in self._files():
            if one.generation < self._tail.segment.generation:
                one.path.unlink()
        sync_folder(self.folder)
        self._restamp()

    def read(self) -> Iterator[Read | Gap]:
        """Give what the newest complete generation holds, in order."""
        segments = self._segments()
        # Should the first be damaged: all files of a generation have the same.
        layout = next(filter(None, map(self._layout_of, segments)), None)
        number = -1
        for place, segment in enumerate(segments, 1):
            if segment.part != place:
                yield Gap()
            for frame in frames_of(segment.path):
                plain = self._opened(segment, frame)
                if plain is None or layout is None or isinstance(frame, Gap):
                    yield Gap()
                    continue
                if frame.number != number + 1:
                    yield Gap()
                number = frame.number
                yield _read(layout, frame, plain)

    def _opened(self, segment: Segment, frame: Frame | Gap) -> bytes | None:
        if isinstance(frame, Gap):
            return None
        return self.cipher.open(segment.generation, frame)

    def is_whole(self) -> bool:
        """Tell whether every record is there and opens, from the first to the last."""
        return not any(isinstance(one, Gap) for one in self.read())

    def fits_key(self) -> bool | None:
        """Tell whether any record opens with the key; None if there is none to try."""
        tried = None
        for segment in reversed(self._files()):
            for frame in frames_of(segment.path):
                if isinstance(frame, Frame):
                    if self.cipher.open(segment.generation, frame) is not None:
                        return True
                    tried = False
        return tried

    def points(self) -> set[Point]:
        """Return every point that the newest complete generation was written at."""
        return {
            frame.point
            for segment in self._segments()
            for frame in frames_of(segment.path)
            if isinstance(frame, Frame)
            and frame.kind in {Kind.LAYOUT, Kind.CHANGES}
            and self.cipher.open(segment.generation, frame) is not None
        }

    def size(self) -> int:
        """Return how many bytes the files take."""
        return sum(one.path.stat().st_size for one in self._files())

    def close(self) -> None:
        """Let go of the file that is written to."""
        with self._turn:
            self._forget_tail()

    # Writing

    @contextmanager
    def _locked(self, name: str) -> Iterator[int]:
        lock = self.folder / name
        try:
            descriptor = open_lock(lock)
        except FileNotFoundError:
            make_folder(self.folder)
            descriptor = open_lock(lock)
        with held(descriptor):
            yield descriptor

    def _sealed(
        self, generation: int, kind: Kind, number: int, point: Point, content: Any
    ) -> bytes:
        return self.cipher.frame(generation, kind, number, point, _write_json(content).encode())

    def _look(self) -> None:
        """Find the end anew when another program wrote, or nothing was written yet."""
        stamp = os.pread(self._lock, _STAMP_BYTES, 0)
        if stamp == self._stamp and self._tail is not None and self._descriptor >= 0:
            size = os.fstat(self._descriptor).st_size
            if size == self._tail.size:
                return
        self._forget_tail()
        self._tail, self._stamp = self.tail(), stamp
        if self._tail is None:
            return
        self._layout = self._layout_of(self._tail.segment)
        if self._tail.clean:
            self._descriptor = _open_to_append(self._tail.segment.path)
            self._day = date.fromisoformat(self._tail.segment.path.stem[-10:])

    def _restamp(self) -> None:
        """Tell other programs that files came or went; the time of the folder is too coarse."""
        self._stamp = secrets.token_bytes(_STAMP_BYTES)
        os.pwrite(self._lock, self._stamp, 0)

    def _layout_of(self, segment: Segment) -> Layout | None:
        first = next(frames_of(segment.path), Gap())
        if isinstance(first, Gap) or first.kind is not Kind.LAYOUT:
            return None
        plain = self.cipher.open(segment.generation, first)
        return None if plain is None else _layout(plain)

    def _next_part(self, layout: Layout) -> None:
        assert self._tail is not None
        self._begin(self._tail.segment, self._tail.number, self._tail.point, layout)

    def _begin(self, before: Segment, number: int, point: Point, layout: Layout) -> None:
        """Begin the file that follows one, and write to it from now on."""
        parts = [one.part for one in self._files() if one.generation == before.generation]
        part = 1 + max(parts, default=before.part)
        day = self._today()
        path = self.folder / _name(before.generation, part, day)
        first = self._sealed(before.generation, Kind.LAYOUT, number + 1, point, asdict(layout))
        # Under another name until it is whole: a file without a beginning would be damage.
        half_made = path.with_suffix(".new")
        write_file(half_made, [first])
        half_made.rename(path)
        sync_folder(self.folder)
        self._forget_tail()
        segment = Segment(path, before.generation, part)
        self._tail = Tail(segment, number + 1, point, len(first), clean=True)
        self._layout = layout
        self._descriptor, self._day = _open_to_append(path), day
        self._restamp()

    def _write(self, content: bytes, number: int, point: Point) -> None:
        assert self._tail is not None
        size = self._tail.size
        try:
            write_all(self._descriptor, content)
            os.fdatasync(self._descriptor)
        except OSError:
            # What was cut off must not stand before what follows. If even that fails, the next
            # look finds it and begins a new file.
            with suppress(OSError):
                os.ftruncate(self._descriptor, size)
            self._forget_tail()
            raise
        self._tail = Tail(self._tail.segment, number, point, size + len(content), clean=True)

    def _write_base(
        self,
        generation: int,
        point: Point,
        rows: Iterable[tuple[str, Sequence[Values]]],
        layout: Layout,
    ) -> int:
        def frames() -> Iterator[bytes]:
            yield self._sealed(generation, Kind.LAYOUT, 0, point, asdict(layout))
            number = 0
            for table, some in rows:
                number += 1
                yield self._sealed(generation, Kind.BASE, number, point, [table, some])
            numbers.append(number + 1)
            yield self._sealed(generation, Kind.BASE_END, number + 1, point, None)

        numbers: list[int] = []
        path = self.folder / _name(generation, 1, self._today())
        half_made = path.with_suffix(".new")
        write_file(half_made, frames())
        half_made.rename(path)
        return numbers[0]

    def _forget_tail(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor, self._tail, self._layout = -1, None, None

    # Files

    def _files(self) -> list[Segment]:
        """Every file, in order."""
        try:
            paths = sorted(self.folder.iterdir())
        except FileNotFoundError:
            return []
        found = [(path, _NAME.fullmatch(path.name)) for path in paths]
        return [Segment(path, int(match[1]), int(match[2])) for path, match in found if match]

    def _segments(self) -> list[Segment]:
        """The files of the newest generation that is complete: its base is followed by a file."""
        files = self._files()
        complete = [one.generation for one in files if one.part > 1]
        return [one for one in files if complete and one.generation == max(complete)]


def _name(generation: int, part: int, day: date) -> str:
    return f"{generation:06}-{part:06}-{day.isoformat()}.journal"


def _layout(plain: bytes) -> Layout:
    told = json.loads(plain)
    columns, keys = (
        {table: tuple(names) for table, names in told[part].items()} for part in ("columns", "keys")
    )
    return Layout(told["schema"], columns, keys)


def _read(layout: Layout, frame: Frame, plain: bytes) -> Read:
    content = json.loads(plain, object_hook=_to_bytes)
    if frame.kind is Kind.BASE:
        return Read(layout, frame.kind, frame.point, table=content[0], rows=content[1])
    if frame.kind in {Kind.PART, Kind.CHANGES}:
        images = [(table, key, values) for table, key, values in content]
        return Read(layout, frame.kind, frame.point, images=images)
    return Read(layout, frame.kind, frame.point)


def _from_bytes(value: bytes) -> dict[str, str]:
    return {"hex": value.hex()}


_write_json = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=_from_bytes
).encode


def _to_bytes(value: dict[str, Any]) -> Any:
    return bytes.fromhex(value["hex"]) if value.keys() == {"hex"} else value


def _tail_of(segment: Segment, cipher: Cipher | None) -> Tail | None:
    """The last record after which the store's changes were all written; None if there is none."""
    tail, last, size = None, 0, segment.path.stat().st_size
    for frame in frames_of(segment.path):
        if isinstance(frame, Gap):
            continue
        if cipher is not None and cipher.open(segment.generation, frame) is None:
            continue
        last = frame.number
        if frame.kind in {Kind.LAYOUT, Kind.CHANGES}:
            tail = Tail(segment, frame.number, frame.point, size, clean=frame.end == size)
    if tail is not None and last != tail.number:
        # Changes that belong together and were cut off: they are written once more.
        return Tail(segment, last, tail.point, size, clean=False)
    return tail


def _open_to_append(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
