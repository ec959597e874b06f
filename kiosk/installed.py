"""Versions of the tariff and the benefits that were loaded here, each in force from its date.

    installed/tariff/0002-2027-01-01.json

The number is the order in which they were loaded. None is ever changed or removed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kiosk.domain.configuration import DATED_FILES
from kiosk.domain.failures import DataFailure
from kiosk.storage.files import make_folder, sync_folder, write_file

INSTALLED = "installed"
LOADABLE = DATED_FILES
_NAME = re.compile(r"([0-9]{4})-([0-9]{4}-[0-9]{2}-[0-9]{2})\.json")


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version that was loaded; the later day counts more, and on one day the later loaded."""

    from_day: date
    number: int
    path: Path = field(compare=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which versions were in force when the data was read for the day `on`, of the file each.

    `sent` are the days of those that a configuration brought, which go before those loaded here.
    `in_force` has the day of one that was sent, the path of one that was loaded, None where the
    shipped one is in force.
    """

    kept: Path
    shipped: Mapping[str, date] = field(default_factory=dict)
    in_force: Mapping[str, date | Path | None] = field(default_factory=dict)
    sent: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    on: date = date.max

    def is_outdated(self, today: date) -> bool:
        """Tell whether another version is in force by now."""
        return any(self.best(file, today) != self.in_force[file] for file in self.shipped)

    def best(self, file: str, today: date) -> date | Path | None:
        """Return what is in force on a day, as `in_force` has it."""
        shipped = self.shipped.get(file, date.min)
        come = [day for day in self.sent.get(file, ()) if shipped <= day <= today]
        return max(come) if come else _path(best(self.kept, file, today, shipped))

    def to_come(self, today: date) -> tuple[tuple[str, date], ...]:
        """Return the files of which another version counts from a later day, and from which."""
        return tuple(
            (file, day)
            for file in LOADABLE
            for day in self.sent.get(file) or _days(self.kept, file)
            if day > today
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


def _days(kept: Path, file: str) -> tuple[date, ...]:
    return tuple(one.from_day for one in versions(kept, file))


def _path(version: Version | None) -> Path | None:
    return version.path if version else None
