"""What is to be handed in at the centre: the current content of what the outbox names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text

from kiosk.domain.centre import Handed, Outcome
from kiosk.domain.rights import Because
from kiosk.storage.incoming import AT_THE_CENTRE
from kiosk.storage.tables import correction, erased, outbox, parked, payment, registration

_NEXT = text("""
    SELECT o.registration_id FROM outbox o
    WHERE NOT EXISTS (SELECT 1 FROM parked p
        WHERE p.registration_id = o.registration_id AND p.revision >= o.revision)
    ORDER BY o.seq LIMIT :size
""")
_OF_IDS: Any = bindparam("ids", expanding=True)
_ROWS = select(registration).where(registration.c.id.in_(_OF_IDS))
_PAYMENTS = (
    select(
        payment.c.registration_id,
        payment.c.channel,
        payment.c.reference,
        payment.c.paid_on,
        payment.c.first_month,
        payment.c.months,
        payment.c.at,
    )
    .where(payment.c.registration_id.in_(_OF_IDS))
    .order_by(payment.c.first_month)
)
# What was changed at the centre is known there, and not by the kiosk's words.
_CORRECTIONS = (
    select(
        correction.c.registration_id,
        correction.c.revision,
        correction.c.before,
        correction.c.reason,
        correction.c.actor,
        correction.c.at,
    )
    .where(correction.c.registration_id.in_(_OF_IDS), correction.c.actor != AT_THE_CENTRE)
    .order_by(correction.c.revision)
)
_ERASED = (
    select(
        erased.c.registration_id,
        erased.c.number,
        erased.c.erased_at,
        func.max(outbox.c.revision).label("revision"),
    )
    .join(outbox, outbox.c.registration_id == erased.c.registration_id)
    .where(erased.c.registration_id.in_(_OF_IDS), erased.c.because == Because.ASKED.value)
    .group_by(erased.c.registration_id)
)

# A store that was put together from damage may name a revision that is not here any more.
_TAKEN = """
    DELETE FROM outbox WHERE registration_id = ?1 AND (revision <= ?2
        OR revision > (SELECT r.revision FROM registration r WHERE r.id = ?1))
"""
_NOT_PARKED = "DELETE FROM parked WHERE registration_id = ?"
_RECEIPT = """
    INSERT INTO receipt (registration_id, revision, receipt, at)
    SELECT id, ?, ?, ? FROM registration WHERE id = ?
    ON CONFLICT (registration_id) DO UPDATE
    SET revision = excluded.revision, receipt = excluded.receipt, at = excluded.at
"""
_PARK = """
    INSERT OR REPLACE INTO parked (registration_id, revision, reason, at) VALUES (?, ?, ?, ?)
"""
_QUEUE_ONE = text("""
    INSERT OR IGNORE INTO outbox (registration_id, revision)
    SELECT id, revision FROM registration WHERE id = :id
""")
_QUEUE_AFTER = text("""
    INSERT OR IGNORE INTO outbox (registration_id, revision)
    SELECT r.id, r.revision FROM receipt c JOIN registration r ON r.id = c.registration_id
    WHERE c.receipt > :receipt ORDER BY c.receipt
""")
_QUEUE_ALL = text("""
    INSERT OR IGNORE INTO outbox (registration_id, revision)
    SELECT id, revision FROM registration ORDER BY rowid
""")
# Of which revision somebody was erased does not matter: nothing comes after it.
_QUEUE_ERASED = text("""
    INSERT OR IGNORE INTO outbox (registration_id, revision)
    SELECT registration_id, 1 FROM erased e WHERE because = 'asked'
        AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.registration_id = e.registration_id)
""")
_FORGET_RECEIPTS = text("DELETE FROM receipt WHERE receipt > :receipt")


@dataclass(frozen=True, slots=True)
class OutgoingRegistration:
    """A registration as it stands: its columns, and what hangs on it; strings and numbers."""

    id: str
    revision: int
    row: Mapping[str, str | int]
    payments: Sequence[Mapping[str, str | int]]
    corrections: Sequence[Mapping[str, str | int]]


@dataclass(frozen=True, slots=True)
class OutgoingErasure:
    """A registration that was erased because the person asked."""

    id: str
    revision: int
    number: str
    erased_at: str


Outgoing = OutgoingRegistration | OutgoingErasure


def next_records(connection: Connection, size: int) -> tuple[Outgoing, ...]:
    """Return what the outbox's first rows name, each once; what the centre rejected waits."""
    ids = list(dict.fromkeys(connection.execute(_NEXT, {"size": size}).scalars()))
    return records_of(connection, ids)


def records_of(connection: Connection, ids: Sequence[str]) -> tuple[Outgoing, ...]:
    """Return these registrations as they stand, or that they were erased, in the given order."""
    found: dict[str, Outgoing] = dict(registrations_of(connection, ids))
    gone = [one for one in ids if one not in found]
    if gone:
        for row in connection.execute(_ERASED, {"ids": gone}):
            id_ = row.registration_id
            found[id_] = OutgoingErasure(id_, row.revision, row.number, row.erased_at)
    return tuple(found[one] for one in ids if one in found)


def registrations_of(
    connection: Connection, ids: Sequence[str]
) -> Mapping[str, OutgoingRegistration]:
    """Return those of these registrations that are here, by id."""
    asked = {"ids": list(ids)}
    payments = _by_registration(connection.execute(_PAYMENTS, asked).mappings())
    corrections = _by_registration(connection.execute(_CORRECTIONS, asked).mappings())
    return {
        row["id"]: OutgoingRegistration(
            row["id"],
            row["revision"],
            dict(row),
            payments.get(row["id"], ()),
            corrections.get(row["id"], ()),
        )
        for row in connection.execute(_ROWS, asked).mappings()
    }


def _by_registration(rows: Iterable[Mapping[Any, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        values = dict(row)
        found.setdefault(values.pop("registration_id"), []).append(values)
    return found


def acknowledge(cursor: Any, handed: Iterable[Handed], at: str) -> None:
    """Write what became of records; see CentreRecord.acknowledge()."""
    told = tuple(handed)
    taken = [one for one in told if one.outcome is not Outcome.REJECTED]
    cursor.executemany(_TAKEN, [(one.registration_id, one.revision) for one in taken])
    cursor.executemany(_NOT_PARKED, [(one.registration_id,) for one in taken])
    cursor.executemany(
        _RECEIPT, [(one.revision, one.receipt, at, one.registration_id) for one in taken]
    )
    rejected = [one for one in told if one.outcome is Outcome.REJECTED]
    cursor.executemany(
        _PARK, [(one.registration_id, one.revision, one.reason, at) for one in rejected]
    )


def queue_one(connection: Connection, registration_id: str) -> int:
    """Put a registration into the outbox; returns 1 if it is here."""
    connection.execute(_QUEUE_ONE, {"id": registration_id})
    here = select(registration.c.id).where(registration.c.id == registration_id)
    return int(connection.execute(here).first() is not None)


def queue_parked(connection: Connection, registration_id: str) -> int:
    """Put what was rejected at the outbox's end, of one registration or (for "") of all."""
    chosen = select(parked.c.registration_id)
    if registration_id:
        chosen = chosen.where(parked.c.registration_id == registration_id)
    ids = list(connection.execute(chosen).scalars())
    for one in ids:
        of_it = outbox.c.registration_id == one
        revision = connection.execute(select(func.max(outbox.c.revision)).where(of_it)).scalar()
        connection.execute(delete(parked).where(parked.c.registration_id == one))
        connection.execute(delete(outbox).where(of_it))
        if revision is not None:
            told = {"registration_id": one, "revision": revision}
            connection.execute(insert(outbox).values(told))
    return len(ids)


def queue_all(connection: Connection) -> None:
    """Put everything into the outbox, for a centre that knows nothing of this kiosk."""
    connection.execute(delete(parked))
    connection.execute(_QUEUE_ALL)
    connection.execute(_QUEUE_ERASED)
    connection.execute(_FORGET_RECEIPTS, {"receipt": 0})


def queue_after(connection: Connection, receipt: int) -> int:
    """Put into the outbox what the centre took after `receipt`; see CentreRecord."""
    queued = connection.execute(_QUEUE_AFTER, {"receipt": receipt}).rowcount
    connection.execute(_QUEUE_ERASED)
    connection.execute(_FORGET_RECEIPTS, {"receipt": receipt})
    return queued


def drop_dangling(connection: Connection) -> None:
    """Remove from the outbox what is neither here nor was erased because the person asked."""
    known = select(registration.c.id).where(registration.c.id == outbox.c.registration_id)
    asked = select(erased.c.registration_id).where(
        erased.c.registration_id == outbox.c.registration_id,
        erased.c.because == Because.ASKED.value,
    )
    connection.execute(delete(outbox).where(~known.exists(), ~asked.exists()))
