"""Adds to the audit and checks its chain; the links are made by a trigger, see migration 0007."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, text

from kiosk.domain.audit import Chain, ChainBroken, ChainWhole, link
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.tables import anchor, audit

_KEYWORD = re.compile(r"[\w.:+-]{0,32}", re.ASCII)
_LONG_NUMBER = re.compile(r"[0-9]{8}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ENTRY = "at, event, registration_id, actor, details"
_WALK = text(f"""
    SELECT seq, link,
        keyed_link(lag(link, 1, :before) OVER (ORDER BY seq), {_ENTRY}) AS expected
    FROM audit ORDER BY seq
""")  # noqa: S608
_CONTENTS = text(f"SELECT seq, {_ENTRY} FROM audit ORDER BY seq")  # noqa: S608
_OF_CODE = text("SELECT seq FROM audit WHERE substr(link, 1, length(:code)) = :code")
_BASE = text("""
    SELECT seq, link, keyed_link('', 'base', seq, link) = seal AS sealed
    FROM (SELECT json_extract(value, '$.seq') AS seq, json_extract(value, '$.link') AS link,
            json_extract(value, '$.seal') AS seal
        FROM store_fact WHERE name = 'audit_base')
""")
_ANCHORS = text("""
    SELECT n.entries, coalesce(n.link = a.link, 0) AS fits
    FROM anchor n LEFT JOIN audit a ON a.seq = n.entries
    WHERE n.entries > :begin ORDER BY n.entries
""")
_LAST_TO_GO = text("""
    SELECT max(seq) FROM audit WHERE seq < coalesce(
        (SELECT seq FROM audit a WHERE at >= :moment
            OR EXISTS (SELECT 1 FROM registration r WHERE r.id = a.registration_id)
            OR EXISTS (SELECT 1 FROM rights_request q
                WHERE q.registration_id = a.registration_id AND q.state = 'open')
            ORDER BY seq LIMIT 1),
        (SELECT max(seq) FROM audit)
    )
""")
_KEEP_BASE = text("""
    INSERT OR REPLACE INTO store_fact SELECT 'audit_base', json_object(
        'seq', seq, 'link', link, 'seal', keyed_link('', 'base', seq, link)
    ) FROM audit WHERE seq = :last
""")
_LAST_GIVEN = text("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")
_OF_ONE = text("""
    SELECT a.at, a.event, a.details, coalesce(c.name, a.actor) AS actor
    FROM audit a LEFT JOIN account c ON c.id = a.actor
    WHERE a.registration_id = :registration_id ORDER BY a.seq
""")


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what, when; `actor` is an account's id.

    `details` are numbers and keywords, nothing that anybody typed or that can be traced to a
    person: entries outlive an erasure. Raises ValueError for what looks otherwise.
    """

    event: str
    actor: str
    at: datetime
    details: Mapping[str, Any]

    def __post_init__(self) -> None:
        if not all(_is_harmless(value) for value in self.details.values()):
            raise ValueError("the audit takes numbers and keywords, and ids of accounts")


def _is_harmless(value: object) -> bool:
    """Not a NIK, a telephone, the number of a slip or a KPJ; a name would mostly have spaces."""
    word = str(value)
    short = _KEYWORD.fullmatch(word) and not _LONG_NUMBER.search(word)
    return bool(short or _UUID.fullmatch(word))


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


def verify_chain(connection: Connection) -> Chain:
    """Go through the whole audit, a few microseconds an entry, and compare it with its anchors."""
    base = _read_base(connection)
    if base is None:
        return ChainBroken(1)
    walked = _walk(connection, base)
    if isinstance(walked, ChainBroken):
        return walked
    return _compare_with_anchors(connection, base) or walked


@dataclass(frozen=True, slots=True)
class Base:
    """What the chain begins behind: the last entry that was purged, (0, "") if none was."""

    seq: int
    link: str


def _read_base(connection: Connection) -> Base | None:
    row = connection.execute(_BASE).one_or_none()
    if row is None:
        return Base(0, "")
    return Base(row.seq, row.link) if row.sealed else None


def _walk(connection: Connection, base: Base) -> Chain:
    seq, head = base.seq, base.link
    found = connection.execution_options(yield_per=1000).execute(_WALK, {"before": base.link})
    for row in found:
        seq += 1
        if row.seq != seq or row.link != row.expected:
            found.close()
            return ChainBroken(seq)
        head = row.link
    # SQLite remembers the last number it gave, so that entries missing at the end are noticed too.
    last_given = connection.execute(_LAST_GIVEN).scalar() or 0
    return ChainWhole(seq, head) if seq == last_given else ChainBroken(seq + 1)


def _compare_with_anchors(connection: Connection, base: Base) -> ChainBroken | None:
    held = base.seq
    for row in connection.execute(_ANCHORS, {"begin": base.seq}).all():
        if not row.fits:
            return ChainBroken(held + 1, upto=row.entries)
        held = row.entries
    return None


class AuditRecord:
    """The audit as a whole, within the transaction of a Record."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, deed: Deed) -> None:
        """Write an entry that is about no registration."""
        add_entry(self._connection, "", deed)

    def verify(self) -> Chain:
        """Go through the chain and compare it with what is known to have left this machine."""
        return verify_chain(self._connection)

    def keep_anchor(self, head: ChainWhole, place: str, at: datetime) -> None:
        """Note that a head of the chain is now kept at `place` as well, out of reach from here."""
        values = {"entries": head.entries, "link": head.head, "place": place, "at": to_text(at)}
        self._connection.execute(insert(anchor).values(values))

    def purge(self, moment: datetime) -> int:
        """Delete the entries from the first on that are older than `moment` and about nobody who is
        still here; the chain goes on behind them. Returns how many those were.

        The first entry that has to stay ends them, so that the chain never has a hole. The last
        entry always stays.
        """
        last = self._connection.execute(_LAST_TO_GO, {"moment": to_text(moment)}).scalar()
        if last is None:
            return 0
        self._connection.execute(_KEEP_BASE, {"last": last})
        self._connection.execute(delete(anchor).where(anchor.c.entries < last))
        return self._connection.execute(delete(audit).where(audit.c.seq <= last)).rowcount

    def entry_of_code(self, code: str) -> int | None:
        """Return the entry whose link begins like `code`, or None if no entry ever had it.

        The link is the keyed one, or the one of before there was a key.
        """
        found = self._connection.execute(_OF_CODE, {"code": code}).scalar()
        return self._old_entry_of_code(code) if found is None else int(found)

    def _old_entry_of_code(self, code: str) -> int | None:
        before = ""
        for row in self._connection.execute(_CONTENTS).all():
            before = link(before, *row[1:])
            if before.startswith(code):
                return int(row.seq)
        return None
