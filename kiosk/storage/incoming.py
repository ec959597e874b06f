"""Changes that were made at the centre, carried out here or kept for a person to look at."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Integer, delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.centre import CentreChange
from kiosk.domain.registration import ALLOWED_NEXT, Status
from kiosk.storage.audit import Deed, add_entry
from kiosk.storage.rows import registration_from_row, to_text
from kiosk.storage.tables import IN_FORCE, correction, incoming, outbox, receipt, registration

AT_THE_CENTRE = "centre"
"""The actor of what was changed there."""
CORRECTED, CHANGE_KEPT = "corrected", "change_kept"

_OF_THE_KIOSK = frozenset({"id", "number", "kiosk_number", "incarnation", "counter", "revision"})
_OF_THE_DAY = frozenset(
    {"registered_at", "consent_version", "consent_language", "consent_given_at", "declarations"}
)
_CHANGEABLE: Mapping[str, type] = {
    column.name: int if isinstance(column.type, Integer) else str
    for column in registration.c
    if column.name not in _OF_THE_KIOSK | _OF_THE_DAY
}
"""What may be changed, and of which type it is: not what the resident declared, nor the number."""

_UNSENT = text("""
    SELECT i.registration_id, min(i.seq) AS first FROM incoming i
    WHERE EXISTS (SELECT 1 FROM outbox o WHERE o.registration_id = i.registration_id
        AND NOT EXISTS (SELECT 1 FROM parked p
            WHERE p.registration_id = o.registration_id AND p.revision >= o.revision))
    GROUP BY i.registration_id ORDER BY first LIMIT :size
""")


class Applied(StrEnum):
    """What became of a change."""

    APPLIED = "applied"
    SAME = "same"
    """It stood here already."""
    KEPT = "kept"
    """It does not fit what stands here: a person decides at the centre."""
    GONE = "gone"
    """The registration is not here any more."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Registrations that were changed here while they were changed at the centre; `first` is the
    first of those changes."""

    ids: Sequence[str]
    first: int

    def __bool__(self) -> bool:
        return bool(self.ids)


def unsent(connection: Connection, most: int) -> Meeting:
    """Return registrations of which the centre does not know yet that they were changed here."""
    rows = connection.execute(_UNSENT, {"size": most}).all()
    return Meeting(
        [row.registration_id for row in rows], min((row.first for row in rows), default=0)
    )


def take_in(
    connection: Connection,
    changes: Sequence[CentreChange],
    at: datetime,
    met: Collection[str],
    taken: Collection[str] = (),
) -> Mapping[Applied, int]:
    """Carry out changes in their order; see CentreRecord.take_in()."""
    # What was handed in meanwhile may have been all that they did not fit, or say the same.
    seen_there = {*met, *taken}
    again = [_take_in(connection, one, at, seen_there) for one in _kept_of(connection, seen_there)]
    return Counter([*again, *(_take_in(connection, one, at, met) for one in changes)])


def _kept_of(connection: Connection, ids: Collection[str]) -> list[CentreChange]:
    """Take out the changes of these registrations that are kept, oldest first."""
    if not ids:
        return []
    of_them = incoming.c.registration_id.in_(ids)
    rows = connection.execute(select(incoming).where(of_them).order_by(incoming.c.seq)).all()
    connection.execute(delete(incoming).where(of_them))
    return [
        CentreChange(
            seq=row.seq,
            registration_id=row.registration_id,
            revision=row.revision,
            base_revision=row.base_revision,
            fields=json.loads(row.fields),
            decided=bool(row.decided),
        )
        for row in rows
    ]


def _take_in(
    connection: Connection, change: CentreChange, at: datetime, met: Collection[str]
) -> Applied:
    found = select(registration).where(registration.c.id == change.registration_id)
    row = connection.execute(found).mappings().one_or_none()
    if row is None:
        return Applied.GONE
    before = dict(row)
    if not change.decided and before["revision"] >= change.revision and _says(before, change):
        return Applied.SAME
    after = _after(connection, before, change)
    if after is None:
        if change.registration_id not in met:
            _object(connection, before, change, at)
        _keep(connection, change, at)
        return Applied.KEPT
    _write(connection, before, after, at)
    if change.decided:
        _settle(connection, after)
    else:
        _stands_there_since(connection, change, at)
    return Applied.APPLIED


def _says(row: Mapping[str, Any], change: CentreChange) -> bool:
    return all(row.get(column) == value for column, value in change.fields.items())


def _after(
    connection: Connection, before: Mapping[str, Any], change: CentreChange
) -> dict[str, Any] | None:
    """Return the row as the change makes it, None where it cannot be carried out."""
    if not all(type(value) is _CHANGEABLE.get(name) for name, value in change.fields.items()):
        return None
    after = {**before, **change.fields, "revision": change.revision}
    if change.decided:
        # It goes back as the kiosk's own next revision, with all that only the kiosk knows.
        after["revision"] = max(before["revision"], change.revision) + 1
    elif not _continues(connection, before, after, change):
        return None
    return after if _is_readable(after) and not _collides(connection, after) else None


def _continues(
    connection: Connection,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    change: CentreChange,
) -> bool:
    """Tell whether the change was made to what stands here, and may be."""
    if before["revision"] != change.base_revision or _is_waiting(connection, before["id"]):
        return False
    statuses = {status.value for status in ALLOWED_NEXT[Status(before["status"])]}
    return after["status"] in statuses | {before["status"]}


def _is_readable(row: Mapping[str, Any]) -> bool:
    try:
        registration_from_row(row)
    except (ValueError, KeyError, TypeError):
        return False
    return True


def _collides(connection: Connection, row: Mapping[str, Any]) -> bool:
    """Tell whether another registration here has the NIK in force, or the KPJ."""
    other = registration.c.id != row["id"]
    same_kpj = (registration.c.kpj == row["kpj"]) & (registration.c.kpj != "")
    if row["kpj"] and connection.execute(select(registration.c.id).where(same_kpj, other)).first():
        return True
    if Status(row["status"]) in {Status.VOID, Status.REJECTED}:
        return False
    same_nik = registration.c.nik == row["nik"]
    found = select(registration.c.id).where(same_nik, IN_FORCE, other)
    return connection.execute(found).first() is not None


def _keep(connection: Connection, change: CentreChange, at: datetime) -> None:
    kept = upsert(incoming).values(
        seq=change.seq,
        registration_id=change.registration_id,
        revision=change.revision,
        base_revision=change.base_revision,
        fields=json.dumps(dict(change.fields), ensure_ascii=False),
        decided=int(change.decided),
        at=to_text(at),
    )
    connection.execute(kept.on_conflict_do_nothing())


def _object(
    connection: Connection, before: Mapping[str, Any], change: CentreChange, at: datetime
) -> None:
    """Let what stands here go to the centre as a revision of its own, unless one is on its way or
    was before: there it meets the change, and a person is asked."""
    kept = select(incoming.c.seq).where(incoming.c.registration_id == change.registration_id)
    if _is_waiting(connection, change.registration_id) or connection.execute(kept).first():
        return
    revision = max(before["revision"] + 1, change.revision)
    of_it = registration.c.id == change.registration_id
    connection.execute(update(registration).where(of_it).values(revision=revision))
    told = {"registration_id": change.registration_id, "revision": revision}
    connection.execute(insert(outbox).values(told))
    deed = Deed(CHANGE_KEPT, AT_THE_CENTRE, at, {"revision": revision})
    add_entry(connection, change.registration_id, deed)


def _is_waiting(connection: Connection, registration_id: str) -> bool:
    waits = select(outbox.c.seq).where(outbox.c.registration_id == registration_id).limit(1)
    return connection.execute(waits).first() is not None


def _write(
    connection: Connection, before: Mapping[str, Any], after: Mapping[str, Any], at: datetime
) -> None:
    """Write the new revision like a correction: old values kept, and the audit told."""
    changed = {name: value for name, value in after.items() if value != before[name]}
    connection.execute(update(registration).where(registration.c.id == after["id"]).values(changed))
    old = {name: before[name] for name in changed if name != "revision"}
    connection.execute(
        insert(correction).values(
            registration_id=after["id"],
            revision=after["revision"],
            before=json.dumps(old, ensure_ascii=False),
            reason="",
            actor=AT_THE_CENTRE,
            at=to_text(at),
        )
    )
    events = [after["status"]] if "status" in old else []
    # The search reads on in what was corrected.
    events += [CORRECTED] if old.keys() - {"status"} or not events else []
    for event in events:
        deed = Deed(event, AT_THE_CENTRE, at, {"revision": after["revision"]})
        add_entry(connection, after["id"], deed)


def _stands_there_since(connection: Connection, change: CentreChange, at: datetime) -> None:
    """A backup of the centre that holds the receipt may be from before the change: the time for
    which the registration is kept here begins anew."""
    of_it = receipt.c.registration_id == change.registration_id
    now = {"revision": change.revision, "at": to_text(at)}
    connection.execute(update(receipt).where(of_it).values(now))


def _settle(connection: Connection, row: Mapping[str, Any]) -> None:
    """A person has decided: nothing that met before stays open, and the centre hears of it."""
    connection.execute(delete(incoming).where(incoming.c.registration_id == row["id"]))
    told = {"registration_id": row["id"], "revision": row["revision"]}
    connection.execute(insert(outbox).values(told))
