"""Versions of the tariff and the benefits that were loaded here, each in force from its date.

    installed/tariff/0002-2027-01-01.json

The number is the order in which they were loaded. None is ever changed or removed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kiosk.domain.failures import DataFailure
from kiosk.storage.files import make_folder, sync_folder, write_file

INSTALLED = "installed"
LOADABLE = ("tariff.json", "benefits.json")
_NAME = re.compile(r"([0-9]{4})-([0-9]{4}-[0-9]{2}-[0-9]{2})\.json")


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version that was loaded; the later day counts more, and on one day the later loaded."""

    from_day: date
    number: int
    path: Path = field(compare=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which loaded versions were in force when the data was read, of the file each."""

    kept: Path
    shipped: Mapping[str, date] = field(default_factory=dict)
    in_force: Mapping[str, Path | None] = field(default_factory=dict)

    def is_outdated(self, today: date) -> bool:
        """Tell whether another version is in force by now."""
        return any(
            _path(best(self.kept, file, today, day)) != self.in_force[file]
            for file, day in self.shipped.items()
        )


def versions(kept: Path, file: str) -> tuple[Version, ...]:
    """Return the loaded versions of a file, the one that counts most last."""
    try:
        names = sorted(_folder(kept, file).iterdir())
    except OSError:
        return ()
    found = [(path, _NAME.fullmatch(path.name)) for path in names]
    return tuple(
        sorted(Version(_day(match[2]), int(match[1]), path) for path, match in found if match)
    )


def best(kept: Path, file: str, today: date, shipped: date) -> Version | None:
    """Return the version in force on a day, None where the shipped one is.

    A version that ships with the program and is newer than what was loaded goes before it.
    """
    come = [one for one in versions(kept, file) if shipped <= one.from_day <= today]
    return come[-1] if come else None


def install(kept: Path, file: str, from_day: date, text: str) -> Path:
    """Keep a version; a power cut leaves it whole or not at all. Raises DataFailure."""
    folder = _folder(kept, file)
    number = 1 + max((one.number for one in versions(kept, file)), default=0)
    target = folder / f"{number:04}-{from_day.isoformat()}.json"
    half_written = target.with_suffix(".new")
    try:
        make_folder(folder, parents=True)
        write_file(half_written, [text.encode()])
        half_written.replace(target)
        sync_folder(folder)
    except OSError as failed:
        raise DataFailure(file, 0, f"cannot be kept ({failed.strerror})") from None
    return target


def _folder(kept: Path, file: str) -> Path:
    return kept / INSTALLED / Path(file).stem


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.max  # never in force


def _path(version: Version | None) -> Path | None:
    return version.path if version else None
