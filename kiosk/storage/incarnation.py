"""Which of several stores this is: a restored, rebuilt or copied one goes on as a new incarnation.

The store it comes from may have given numbers that this one knows nothing of, or may still give
some. So the counter jumps past them. Two machines that never meet cannot exclude a clash for good;
the centre will flag it.
"""

import hashlib
from pathlib import Path
from typing import Any
from uuid import uuid4

from kiosk.domain.registration_number import COUNTER_MAX
from kiosk.storage.facts import FLOOR, HOME, SYNC_STATE, fact, keep_fact

JUMP = 10_000
"""More than a kiosk registers in a quarter of a year."""

_FORGET_TICKET = """
    UPDATE store_fact SET value = json_set(value, '$.ticket', '', '$.last_receipt', 0)
    WHERE name = ?
"""

MACHINE_ID = Path("/etc/machine-id")


def begin_incarnation(cursor: Any) -> None:
    """Make the store a new incarnation of its kiosk; nothing for one that never gave a number."""
    facts = dict(cursor.execute("SELECT name, value FROM store_fact").fetchall())
    if "incarnation" not in facts:
        return
    counters = [_last(cursor, table) for table in ("registration", "erased")]
    last = max(int(facts.get(FLOOR, 0)), *counters)
    floor = last + min(JUMP, (COUNTER_MAX - last) // 2)
    for name, value in (("incarnation", str(uuid4())), (FLOOR, str(floor))):
        keep_fact(cursor, name, value)
    # What the centre gave, it gave to the incarnation before.
    cursor.execute(_FORGET_TICKET, (SYNC_STATE,))


def take_number(cursor: Any, number: str, last_counter: int) -> None:
    """Go on under the number that the centre gave; what was numbered before stays as it is.

    `last_counter` is the last one that the centre knows under this number, 0 for none. The store
    becomes a new incarnation, unless it had the number already and knows all that was given.
    """
    had_it = fact(cursor, "kiosk_number") == number
    keep_fact(cursor, "kiosk_number", number)
    own = max(_last(cursor, table) for table in ("registration", "erased"))
    given = max(own, int(fact(cursor, FLOOR) or 0)) if had_it else own
    if had_it and given >= last_counter:
        return
    last = max(given, last_counter)
    floor = last + min(JUMP, (COUNTER_MAX - last) // 2) if last else 0
    for name, value in (("incarnation", str(uuid4())), (FLOOR, str(floor))):
        keep_fact(cursor, name, value)
    cursor.execute(_FORGET_TICKET, (SYNC_STATE,))


def _last(cursor: Any, table: str) -> int:
    statement = f"""
        SELECT coalesce(max(counter), 0) FROM {table}
        WHERE kiosk_number = (SELECT value FROM store_fact WHERE name = 'kiosk_number')
    """  # noqa: S608
    return int(cursor.execute(statement).fetchone()[0])


def home_of(folder: Path, machine_id: Path = MACHINE_ID) -> str:
    """Name the machine and place of a store, as a digest; empty where the machine has no id."""
    try:
        machine = machine_id.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
    place = f"{machine}\n{folder.resolve()}"
    return hashlib.sha256(place.encode()).hexdigest()[:32] if machine else ""


def has_moved(cursor: Any, home: str) -> bool:
    """Tell whether the store was at home elsewhere; one that never was anywhere is at home now."""
    known = fact(cursor, HOME)
    return bool(home) and bool(known) and known != home
