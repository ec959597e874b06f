"""No printer: pages are left as PDF files for the counter."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from printing.port import (
    Abilities,
    Filed,
    LostTrack,
    News,
    NotPrinted,
    Rejected,
    Status,
    require_name,
)

NOT_WRITTEN = "not_written"


@dataclass(frozen=True, slots=True)
class FilePrinter:
    """Writes pages as `<name>.pdf` into a folder, readable by this user alone."""

    folder: Path

    def status(self) -> Status:
        """Always at hand, and never ready: a file is no slip in the hand."""
        return Status(on_paper=False)

    def abilities(self) -> Abilities:
        """None."""
        return Abilities()

    def send(self, page: bytes, name: str, begin: Callable[[str], bool]) -> Filed | Rejected:
        """Write the whole file or none; `begin` is not asked, for nothing can come out twice."""
        require_name(name)
        target = self.folder / f"{name}.pdf"
        half_written = target.with_suffix(".part")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            half_written.touch(mode=0o600)
            with half_written.open("wb") as file:
                file.write(page)
                file.flush()
                os.fsync(file.fileno())
            half_written.replace(target)
        except OSError:
            return Rejected(NOT_WRITTEN)
        return Filed(target)

    def follow(self, handle: str, name: str) -> News:
        """A printer had it that is no longer set."""
        return LostTrack("no_printer") if handle else NotPrinted("no_printer")

    def forget(self, handle: str, name: str) -> bool:
        """A printer that is no longer set may keep something of it; the files are Papers' work."""
        return not handle

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The files that were left of pages."""

    folder: Path

    def forget(self, number: str) -> bool:
        """Remove the files called by a registration's number; False when something may be left."""
        if not number.isdecimal():
            raise ValueError("files are called by a registration number")
        try:
            for pattern in (f"{number}-*", f"*-{number}-*"):
                for file in self.folder.glob(pattern):
                    file.unlink()
        except OSError:
            return False
        return True
