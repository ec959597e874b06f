"""Facts that a store keeps about itself, each by its name."""

from typing import Any

FLOOR = "counter_floor"
"""The counter that the store goes on behind."""
HOME = "home"
"""The machine and place that it is used at."""
CHECKED_AT = "checked_at"
COPIES_ARE_OLD = "copies_are_old"
"""Journal and backups hold what the store no longer has, or are of an old key."""
OF_ANOTHER_KEY = "key"
MEMBERSHIP = "centre"
"""Which centre the kiosk belongs to, and its login there."""
PENDING = "centre_pending"
"""The login that is being made this kiosk's own, should the answer never come."""
SYNC_STATE = "centre_state"
"""How far the store is with the centre."""
CONFIG_KEYS = "config_keys"
"""Whose signature counts under a configuration, by the version since which."""
CONFIG_REFUSED = "config_refused"
LOCKED = "locked_by_admin"
FUNNEL_TOLD = "funnel_told"
"""Up to which of them the centre knows the counts of visits."""


def keep_fact(cursor: Any, name: str, value: str) -> None:
    """Keep a fact about the store, in place of the one of that name."""
    cursor.execute(
        "INSERT INTO store_fact (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def fact(cursor: Any, name: str) -> str:
    """Return a fact about the store, empty if there is none."""
    row = cursor.execute("SELECT value FROM store_fact WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def drop_fact(cursor: Any, name: str) -> None:
    """Forget a fact about the store."""
    cursor.execute("DELETE FROM store_fact WHERE name = ?", (name,))
