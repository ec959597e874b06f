"""Backups at the desk: made, carried to a stick, tried, and the record restored from one.

They are made, opened and put back as kiosk.storage does by itself; here is who may, what is looked
at before, and what is told.
"""

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.failures import KioskFailure
from kiosk.domain.staff import Action
from kiosk.domain.store_health import StoreHealth
from kiosk.handover.exchange import Place, is_there
from kiosk.handover.progress import CalledOff, Cancelled, GoOn, always
from kiosk.handover.progress import look as tell
from kiosk.keys.ring import KEYS_FILE
from kiosk.storage.checking import Damaged
from kiosk.storage.copies import Tried
from kiosk.storage.files import sync_folder
from kiosk.storage.kept import KeptStore

BACKED_UP, RESTORED = "backed_up", "restored"
MEGABYTE = 1_000_000
_CHUNK = MEGABYTE
_SPARE_MB = 16
"""Left free beside a copy: nobody wants a disk that is full to the last byte."""
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class BackupsSeen:
    """How safe the record is; `folder` is where this kiosk keeps its own backups."""

    health: StoreHealth
    registrations: int
    folder: Path


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was tried after it was made; `keys_beside`: what opens it lies beside it."""

    file: Path
    tried: Tried
    keys_beside: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """The record was made anew; so many registrations are in it."""

    registrations: int


@dataclass(frozen=True, slots=True)
class NoRoom:
    """There is not room enough."""

    needs_mb: int
    free_mb: int


@dataclass(frozen=True, slots=True)
class PlaceGone:
    """The stick was pulled out, or does not take or give the file."""


@dataclass(frozen=True, slots=True)
class NotWhole:
    """The copy is damaged, or of another kiosk or an old key: it does not open."""


@dataclass(frozen=True, slots=True)
class NotMade:
    """The backup could not be made; what is told at the desk says why."""


@dataclass(frozen=True, slots=True)
class NoJournal:
    """Without the second record, what is newer than the backup could be lost."""


@dataclass(frozen=True, slots=True)
class OthersOpen:
    """Another window has the record open."""


@dataclass(frozen=True, slots=True)
class OnlyPractice:
    """What is practised is not kept."""


_REFUSALS: Mapping[str, NoJournal | OthersOpen] = {"S 16": NoJournal(), "S 17": OthersOpen()}


def look(desk: Desk) -> BackupsSeen | OnlyPractice | NotAllowed:
    """Tell how safe the record is."""
    store = _kept(desk)
    if not isinstance(store, KeptStore):
        return store
    return BackupsSeen(store.health(), store.registrations(), store.places.backups)


def make(
    desk: Desk, place: Place | None, go_on: GoOn = always
) -> Made | NoRoom | NotMade | NotWhole | PlaceGone | OnlyPractice | Cancelled | NotAllowed:
    """Make a backup, carry it to `place` (None: it stays where all are), and try the copy there."""
    store = _kept(desk)
    if not isinstance(store, KeptStore):
        return store
    size = store.places.file.stat().st_size
    folders = (store.places.backups, *([place.folder] if place else []))
    lacking = next(filter(None, (_room_for(size, one) for one in folders)), None)
    if lacking is not None:
        return lacking
    try:
        made = _make(store, place, go_on)
    except CalledOff:
        return Cancelled()
    except OSError as error:
        return _refused(error, size, place)
    if isinstance(made, Made):
        with store.transaction() as record:
            now, to = desk.clock.now(), _word_for(place)
            record.staff.note(
                desk.deed(BACKED_UP, now, registrations=made.tried.registrations, to=to)
            )
    return made


def _make(store: KeptStore, place: Place | None, go_on: GoOn) -> Made | NotMade | NotWhole:
    number = _number(store)
    made = store.back_up()
    if made is None:
        return NotMade()
    file = made.path if place is None else _carry(made.path, place, number, go_on)
    try:
        tried = store.try_copy(file)
    except Damaged:
        return NotWhole()
    return Made(file, tried, place is not None and _keys_in(place.folder))


def _word_for(place: Place | None) -> str:
    if place is None:
        return "disk"
    return "stick" if place.removable else "folder"


def try_copy(desk: Desk, file: Path) -> Tried | NotWhole | PlaceGone | OnlyPractice | NotAllowed:
    """Prove that a copy opens: with this kiosk's key, to the last byte, counted."""
    store = _kept(desk)
    if not isinstance(store, KeptStore):
        return store
    try:
        _read_from_the_disk(file)
        return store.try_copy(file)
    except Damaged:
        return NotWhole() if file.exists() else PlaceGone()
    except OSError:
        return PlaceGone()


def restore(
    desk: Desk, file: Path
) -> Restored | NoRoom | NotWhole | PlaceGone | NoJournal | OthersOpen | OnlyPractice | NotAllowed:
    """Make the record anew from a copy; what is newer stays, from the second record.

    The record of now is put aside. Afterwards the program must be composed anew: much of it was
    read at the start. Raises StoreFailure when the disk fails; then everything is as it was.
    """
    store = _kept(desk)
    if not isinstance(store, KeptStore):
        return store
    lacking = _room_for(2 * store.places.file.stat().st_size, store.places.store)
    if lacking is not None:
        return lacking
    try:
        store.restore(file)
    except Damaged:
        return NotWhole() if file.exists() else PlaceGone()
    except OSError:
        return PlaceGone()
    except KioskFailure as failure:
        if failure.code not in _REFUSALS:
            raise
        return _REFUSALS[failure.code]
    registrations = store.registrations()
    with store.transaction() as record:
        now = desk.clock.now()
        record.staff.note(desk.deed(RESTORED, now, registrations=registrations))
    return Restored(registrations)


def _kept(desk: Desk) -> KeptStore | OnlyPractice | NotAllowed:
    refused = desk.refusal(Action.KEEP_COPIES)
    if refused:
        return refused
    return desk.store if isinstance(desk.store, KeptStore) else OnlyPractice()


def _room_for(size: int, folder: Path) -> NoRoom | None:
    """Whether a folder, or the one that will hold it, has room; where nobody can tell there is."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    needs_mb = size // MEGABYTE + _SPARE_MB
    with suppress(OSError):
        free_mb = shutil.disk_usage(folder).free // MEGABYTE
        return NoRoom(needs_mb, free_mb) if free_mb < needs_mb else None
    return None


def _refused(error: OSError, size: int, place: Place | None) -> NoRoom | PlaceGone | NotMade:
    if error.errno in _NO_ROOM:
        return NoRoom(size // MEGABYTE + _SPARE_MB, 0)
    return NotMade() if place is None else PlaceGone()


def _number(store: KeptStore) -> str:
    with store.transaction() as record:
        return record.identity().kiosk_number


def _carry(backup: Path, place: Place, number: str, go_on: GoOn) -> Path:
    """Copy a backup to a place, whole or not at all; by the kiosk's `number` a stick that holds
    those of several tells them apart."""
    target = place.folder / f"{number}-{backup.name}"
    with _half_made(target, place) as half_made:
        _copy(backup, half_made, go_on)
        if not is_there(place):
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        half_made.replace(target)
        sync_folder(place.folder)
    _read_from_the_disk(target)
    return target


@contextmanager
def _half_made(target: Path, place: Place) -> Iterator[Path]:
    if not is_there(place):
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
    half_made = target.with_suffix(".half")
    try:
        yield half_made
    finally:
        with suppress(OSError):
            half_made.unlink(missing_ok=True)


def _copy(source: Path, target: Path, go_on: GoOn) -> None:
    total = source.stat().st_size
    done = 0
    with source.open("rb") as given, target.open("wb") as taken:
        while chunk := given.read(_CHUNK):
            taken.write(chunk)
            taken.flush()
            os.fsync(taken.fileno())
            done += len(chunk)
            tell(go_on, done, total)


def _read_from_the_disk(file: Path) -> None:
    """Have the system forget what it holds of a file, or trying it would prove its memory."""
    descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def _keys_in(folder: Path) -> bool:
    with suppress(OSError):
        return any(any(folder.glob(where)) for where in (KEYS_FILE, f"*/{KEYS_FILE}"))
    return False
