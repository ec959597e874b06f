"""Adds to the audit and checks its chain; the links are made by a trigger, see migration 0003."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, text

from kiosk.domain.audit import ChainBroken, ChainWhole, link
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.tables import audit

_ENTRIES = text(
    "SELECT seq, at, event, registration_id, actor, details, link FROM audit ORDER BY seq"
)
_LINK = text("SELECT link FROM audit WHERE seq = :seq")
_LAST_GIVEN = text("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")
_OF_ONE = text("""
    SELECT a.at, a.event, a.details, coalesce(c.name, a.actor) AS actor
    FROM audit a LEFT JOIN account c ON c.id = a.actor
    WHERE a.registration_id = :registration_id ORDER BY a.seq
""")


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what, when; `actor` is an account's id.

    `details` say nothing that can be traced to a person: entries outlive an erasure.
    """

    event: str
    actor: str
    at: datetime
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What was done; `actor` by name. What was not written as `details` is a line in `note`."""

    at: datetime
    event: str
    actor: str
    details: Mapping[str, Any]
    note: str


def add_entry(connection: Connection, registration_id: str, deed: Deed) -> None:
    """Write an entry about a registration."""
    details = json.dumps(deed.details, separators=(",", ":")) if deed.details else ""
    connection.execute(
        insert(audit).values(
            at=to_text(deed.at),
            event=deed.event,
            registration_id=registration_id,
            actor=deed.actor,
            details=details,
        )
    )


def entries_of(connection: Connection, registration_id: str) -> tuple[AuditEntry, ...]:
    """Return the entries about a registration in their order."""
    rows = connection.execute(_OF_ONE, {"registration_id": registration_id})
    return tuple(
        AuditEntry(from_text(row.at), row.event, row.actor, *_read(row.details)) for row in rows
    )


def _read(details: str) -> tuple[Mapping[str, Any], str]:
    if details.startswith("{"):
        return json.loads(details), ""
    return {}, details


def link_of(connection: Connection, seq: int) -> str | None:
    """Return the link of one entry, or None if there is none of that number."""
    return connection.execute(_LINK, {"seq": seq}).scalar()


def verify_chain(connection: Connection) -> ChainWhole | ChainBroken:
    """Go through the whole audit, a few microseconds an entry."""
    seq, before = 0, ""
    for row in connection.execution_options(yield_per=1000).execute(_ENTRIES):
        seq += 1
        expected = link(before, row.at, row.event, row.registration_id, row.actor, row.details)
        if row.seq != seq or row.link != expected:
            return ChainBroken(seq)
        before = row.link
    # SQLite remembers the last number it gave, so that entries missing at the end are noticed too.
    last_given = connection.execute(_LAST_GIVEN).scalar() or 0
    return ChainWhole(seq, before) if seq == last_given else ChainBroken(seq + 1)
