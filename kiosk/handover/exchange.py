"""Where files come from and go to: sticks in the machine, and one folder of the office.

In kiosk mode nothing of the system opens, so this is also all that can be reached.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

MEDIA = ("/media/*/*", "/run/media/*/*", "/mnt/*")
ENDINGS = frozenset({".xlsx", ".csv"})
LISTED_MAX = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that is offered; `name` is the stick's, or the folder's own."""

    folder: Path
    name: str
    removable: bool


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A list in a folder; `size` in bytes."""

    path: Path
    size: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Gone:
    """The folder cannot be read any more: the stick was pulled out, or is broken."""


def mounted_media(patterns: Iterable[str] = MEDIA) -> list[Path]:
    """Return the sticks that are in now; the empty folder of one pulled out is none.

    `patterns` begin at the root.
    """
    found = sorted(one for pattern in patterns for one in Path("/").glob(pattern[1:]))
    return [one for one in found if one.is_mount()]


def find_places(exchange_folder: Path) -> tuple[Place, ...]:
    """Return the sticks, and after them the exchange folder, made if it does not exist.

    Without the right to make it there is none.
    """
    places = [Place(one, one.name, removable=True) for one in mounted_media()]
    try:
        exchange_folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return tuple(places)
    return (*places, Place(exchange_folder, exchange_folder.name, removable=False))


def is_there(place: Place) -> bool:
    """Tell whether a stick is still in: its folder may stay behind, on the kiosk's own disk."""
    return not place.removable or place.folder in mounted_media()


def list_files(folder: Path, endings: frozenset[str] = ENDINGS) -> tuple[ListedFile, ...] | Gone:
    """Return the files of a folder with these endings, the newest first, at most 200.

    What Excel leaves beside an open file and hidden files are left out.
    """
    try:
        files = [
            ListedFile(one, state.st_size, datetime.fromtimestamp(state.st_mtime, UTC))
            for one in folder.iterdir()
            if one.suffix.lower() in endings and not one.name.startswith((".", "~$"))
            if one.is_file() and (state := one.stat())
        ]
    except OSError:
        return Gone()
    newest = sorted(files, key=lambda one: (one.changed_at, one.path.name), reverse=True)
    return tuple(newest[:LISTED_MAX])
