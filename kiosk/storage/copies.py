"""A backup held against the store that it is a copy of."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.storage.backups import HALF_SAID
from kiosk.storage.checking import Contents

_NOT_COMPARED = frozenset({*HALF_SAID, "change"})
"""What a backup leaves out, and the notes of changes, which are shortened as time goes by."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A backup that opened and is whole; registrations in it and in the store now.

    `as_now`: nothing was changed since it was made, and every table has as many rows.
    """

    registrations: int
    now: int
    as_now: bool


def tried(copy: Contents, store: Contents) -> Tried:
    """Compare what a backup holds with what the store holds."""
    same = copy.point == store.point and _compared(copy.rows) == _compared(store.rows)
    return Tried(copy.rows.get("registration", 0), store.rows["registration"], same)


def _compared(rows: Mapping[str, int]) -> dict[str, int]:
    return {table: count for table, count in rows.items() if table not in _NOT_COMPARED}
