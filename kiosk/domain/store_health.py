"""What the staff is told about the kiosk's own record: its copies, its last check, its repairs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class JournalProblem(StrEnum):
    """Why registrations lie in the store alone for now."""

    GONE = "gone"
    """The folder's disk or stick is not there."""
    FULL = "full"
    FAILING = "failing"
    """The disk is read-only or refuses to write."""
    FOREIGN = "foreign"
    """The folder holds the journal of another kiosk, or of another key."""
    NEWER = "newer"
    """The journal has what the store has not: the store will be rebuilt."""


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """How safe the record is. Times are None for what never happened.

    `journal_behind` counts the changes that the journal lacks. With `journal_on_another_disk` False
    the journal lies on the store's own disk and is lost together with it. `set_aside` names the
    folders of damaged stores that were replaced.
    """

    checked_at: datetime | None
    damage: str
    journal_problem: JournalProblem | None
    journal_behind: int
    journal_on_another_disk: bool
    backups: int
    backed_up_at: datetime | None
    backup_problem: str
    set_aside: tuple[str, ...]

    @property
    def depends_on_one_file(self) -> bool:
        """Tell whether something lies in the store and nowhere else."""
        return self.journal_behind > 0

    @property
    def is_well(self) -> bool:
        """Tell whether the staff has nothing to do."""
        return not (self.damage or self.journal_problem or self.backup_problem)
