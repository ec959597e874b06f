"""What was done at the centre, as its audit keeps it; nobody can change it."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.central.console import Console

MOST = 200


@dataclass(frozen=True, slots=True)
class Note:
    """One deed. `actor` is a login; `subject` the number of a kiosk, a login, or an id."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str


def notes(console: Console, before: int | None = None) -> tuple[Note, ...]:
    """Return the latest MOST deeds, newest first; those before a number where one is given.

    Raises CentreFailure like Console.transaction().
    """
    return tuple(
        Note(
            int(one["seq"]),
            datetime.fromisoformat(one["at"]),
            str(one["actor"]),
            str(one["action"]),
            str(one["subject"]),
        )
        for one in console.look("audit", before, MOST)
    )
