"""What the store knows of the centre, within the transaction of a Record."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, text

from kiosk.domain.audit import ChainWhole
from kiosk.domain.centre import CentreChange, Handed, Link, Parked, Pause
from kiosk.domain.rights import Because
from kiosk.storage import incoming, outgoing
from kiosk.storage.audit import AuditRecord
from kiosk.storage.facts import MEMBERSHIP, PENDING, SYNC_STATE, drop_fact, fact, keep_fact
from kiosk.storage.funnel import tell_all_again
from kiosk.storage.incarnation import begin_incarnation, take_number
from kiosk.storage.incoming import Applied
from kiosk.storage.outgoing import Outgoing, OutgoingRegistration
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.tables import anchor, erased, outbox, parked, registration
from kiosk.storage.tables import incoming as incoming_changes

CENTRE = "centre"
"""Where anchors of the audit are kept."""

# A later revision of what the centre rejected is on its way like any other.
_IS_PARKED = """EXISTS (SELECT 1 FROM parked p
    WHERE p.registration_id = o.registration_id AND p.revision >= o.revision)"""
_WAITING = text(f"""
    SELECT count(DISTINCT o.registration_id) FROM outbox o WHERE NOT {_IS_PARKED}
""")  # noqa: S608
_OLDEST = text(f"""
    SELECT coalesce(
        CASE WHEN o.revision > 1 THEN
            (SELECT max(a.at) FROM audit a WHERE a.registration_id = o.registration_id) END,
        (SELECT r.registered_at FROM registration r WHERE r.id = o.registration_id),
        (SELECT e.erased_at FROM erased e WHERE e.registration_id = o.registration_id))
    FROM outbox o WHERE NOT {_IS_PARKED} ORDER BY o.seq LIMIT 1
""")  # noqa: S608
_HEAD = text("SELECT seq, link FROM audit ORDER BY seq DESC LIMIT 1")
_HELD = text("""
    SELECT c.registration_id FROM receipt c
    WHERE c.receipt <= :backed_up AND c.at < :since
        AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.registration_id = c.registration_id)
        AND NOT EXISTS (SELECT 1 FROM incoming i WHERE i.registration_id = c.registration_id)
    ORDER BY c.receipt
""")


@dataclass(frozen=True, slots=True)
class Membership:
    """Which centre this kiosk belongs to, and how it is let in.

    `hosts` are "name:port"; `ca` is the PEM of who vouches for them, empty for the system's.
    """

    hosts: tuple[str, ...]
    database: str
    ca: str
    role: str
    secret: str = field(repr=False)
    kiosk_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A login of the centre and the secret that this kiosk drew for it."""

    role: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SyncState:
    """How far this store is with the centre, and what was last proven of the way there.

    `ticket` is what the centre gave last, and tells this store from an older copy of it; both it
    and `last_receipt` are the incarnation's. `changes_seen` is the last change that was taken in;
    `backed_up` the receipt up to which a verified backup of the centre holds this kiosk's records.
    `batch` and `bytes_per_s` are what the line last carried. `copied_at` is when the centre knew a
    later copy of this store, until somebody at the desk has reported it. `office` is the code
    of the office that the centre takes this kiosk for.
    """

    ticket: str = field(default="", repr=False)
    last_receipt: int = 0
    changes_seen: int = 0
    backed_up: int = 0
    link: Link = Link.NEVER_REACHED
    since: datetime | None = None
    reached_at: datetime | None = None
    pause: Pause = Pause.NONE
    code: str = ""
    batch: int = 0
    bytes_per_s: int = 0
    version: str = ""
    reconciled_at: datetime | None = None
    differing: int = 0
    copied_at: datetime | None = None
    office: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits: registrations on their way since `oldest_at`, and those the centre rejected."""

    waiting: int
    oldest_at: datetime | None
    parked: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes to the centre at once, in the outbox's order.

    `changes_seen` is the last change from there that all of these records know of.
    """

    records: Sequence[Outgoing]
    changes_seen: int


class CentreRecord:
    """Reads and writes what stands between this kiosk and the centre."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor = connection.connection.cursor()

    # Belonging

    def membership(self) -> Membership | None:
        """Return which centre this kiosk belongs to, or None."""
        kept = fact(self._cursor, MEMBERSHIP)
        if not kept:
            return None
        values = json.loads(kept)
        return Membership(**{**values, "hosts": tuple(values["hosts"])})

    def pending(self) -> Pending | None:
        """Return the login that is being made this kiosk's own, None without one."""
        kept = fact(self._cursor, PENDING)
        return Pending(**json.loads(kept)) if kept else None

    def keep_pending(self, pending: Pending) -> None:
        """Write down a secret before the centre hears of it, so that no cut can lose it."""
        keep_fact(self._cursor, PENDING, json.dumps(asdict(pending)))

    def join(self, membership: Membership, number: str, last_counter: int = 0) -> None:
        """Belong to a centre from now on, under the number it gave; all goes there from the start.

        Registrations keep the numbers they have; the store becomes a new incarnation, unless it
        takes up its own number with all that was given. `last_counter` is the last one that the
        centre knows under the number.
        """
        before = self.membership()
        is_known = before is not None and before.kiosk_id == membership.kiosk_id
        keep_fact(self._cursor, MEMBERSHIP, json.dumps(asdict(membership)))
        drop_fact(self._cursor, PENDING)
        if is_known:
            # What was carried out once must not be carried out over what came later.
            had = self.state()
            kept = SyncState(had.ticket, had.last_receipt, had.changes_seen)
        else:
            kept = SyncState()
            self._connection.execute(delete(incoming_changes))
        self.keep_state(kept)
        take_number(self._cursor, number, last_counter)
        outgoing.queue_all(self._connection)
        tell_all_again(self._connection)

    def take_number(self, number: str) -> None:
        """Go on under a number of the centre without joining it, to try something out."""
        take_number(self._cursor, number, 0)

    def point_at(self, membership: Membership) -> None:
        """Reach the same centre at another address; nothing else changes."""
        keep_fact(self._cursor, MEMBERSHIP, json.dumps(asdict(membership)))

    def state(self) -> SyncState:
        """Return how far this store is."""
        kept = fact(self._cursor, SYNC_STATE)
        return _state(json.loads(kept)) if kept else SyncState()

    def keep_state(self, state: SyncState) -> None:
        """Keep how far this store is."""
        values = asdict(state)
        for name in _TIMES:
            moment = values[name]
            values[name] = to_text(moment) if moment else ""
        keep_fact(self._cursor, SYNC_STATE, json.dumps(values))

    # Going there

    def queue(self) -> Queue:
        """Count what waits."""
        run = self._connection.execute
        oldest = run(_OLDEST).scalar()
        return Queue(
            waiting=run(_WAITING).scalar_one(),
            oldest_at=from_text(oldest) if oldest else None,
            parked=len(self.parked()),
        )

    def newest_queued(self) -> int:
        """Return a number that rises with everything that is to be handed in."""
        return self._connection.execute(select(func.max(outbox.c.seq))).scalar() or 0

    def batch(self, size: int) -> Batch:
        """Return what is to be handed in next, at most so many records, none for nothing.

        What meets a change from the centre goes first and alone, so that the centre sees that the
        kiosk did not know of it.
        """
        seen = self.state().changes_seen
        meeting = incoming.unsent(self._connection, size)
        if meeting:
            records = outgoing.records_of(self._connection, meeting.ids)
            return Batch(records, min(seen, meeting.first - 1))
        return Batch(outgoing.next_records(self._connection, size), seen)

    def acknowledge(self, handed: Iterable[Handed], at: datetime) -> None:
        """Take in what became of records: what the centre has leaves the outbox, else is parked."""
        outgoing.acknowledge(self._cursor, handed, to_text(at))

    def hand_in_after(self, receipt: int) -> int:
        """Hand in once more what the centre took later than `receipt`, and every erasure.

        Returns how many registrations that are.
        """
        tell_all_again(self._connection)
        return outgoing.queue_after(self._connection, receipt)

    def hand_in(self, ids: Iterable[str]) -> int:
        """Hand in these registrations once more; returns how many of them are here."""
        return sum(outgoing.queue_one(self._connection, one) for one in ids)

    def drop_dangling(self) -> None:
        """Remove from the outbox what a damaged store left without a registration."""
        outgoing.drop_dangling(self._connection)

    def registrations_after(self, id_: str, most: int) -> Sequence[OutgoingRegistration]:
        """Return the registrations whose ids follow `id_`, in the order of their ids."""
        ids = select(registration.c.id).where(registration.c.id > id_)
        some = ids.order_by(registration.c.id).limit(most)
        found = list(self._connection.execute(some).scalars())
        known = outgoing.registrations_of(self._connection, found)
        return [known[one] for one in found]

    def removed_in_time(self) -> Sequence[tuple[str, str]]:
        """Return what is gone here because its time was over, and when it was registered."""
        gone = select(erased.c.registration_id, erased.c.registered_at)
        in_time = gone.where(erased.c.because == Because.IN_TIME.value)
        return [
            (row.registration_id, row.registered_at) for row in self._connection.execute(in_time)
        ]

    def without_those_waiting(self, ids: Iterable[str]) -> Sequence[str]:
        """Return those of the registrations that are not in the outbox."""
        waiting = set(self._connection.execute(select(outbox.c.registration_id)).scalars())
        return [one for one in ids if one not in waiting]

    def parked(self) -> tuple[Parked, ...]:
        """Return what the centre rejected and nobody changed since, the oldest first."""
        newer = select(outbox.c.seq).where(
            outbox.c.registration_id == parked.c.registration_id,
            outbox.c.revision > parked.c.revision,
        )
        # Of a person who was erased, too: the centre still has them.
        number = func.coalesce(registration.c.number, erased.c.number).label("number")
        rows = self._connection.execute(
            select(parked, number)
            .outerjoin(registration, registration.c.id == parked.c.registration_id)
            .outerjoin(erased, erased.c.registration_id == parked.c.registration_id)
            .where(~newer.exists(), number.is_not(None))
            .order_by(parked.c.at, parked.c.registration_id)
        )
        return tuple(
            Parked(row.registration_id, row.number, row.reason, from_text(row.at)) for row in rows
        )

    def try_again(self, registration_id: str = "") -> int:
        """Let what was rejected go once more, or all of it; returns how many."""
        return outgoing.queue_parked(self._connection, registration_id)

    def at_centre_since(self, registration_id: str) -> datetime | None:
        """Return when the centre's answer for the latest revision came, None without one."""
        found = self._connection.execute(
            text("""
                SELECT at FROM receipt WHERE registration_id = :id
                    AND NOT EXISTS (SELECT 1 FROM outbox WHERE registration_id = :id)
            """),
            {"id": registration_id},
        ).scalar()
        return from_text(found) if found else None

    def held_elsewhere(self, since: datetime) -> tuple[str, ...]:
        """Return the registrations that the centre took before `since`, and that a verified backup
        of it holds as they stand here."""
        asked = {"backed_up": self.state().backed_up, "since": to_text(since)}
        return tuple(self._connection.execute(_HELD, asked).scalars())

    # Coming from there

    def take_in(
        self,
        changes: Sequence[CentreChange],
        at: datetime,
        met: Collection[str] = (),
        taken: Collection[str] = (),
    ) -> Mapping[Applied, int]:
        """Carry out changes made at the centre, in their order; counts what became of them.

        What does not fit is kept, and the centre is shown what stands here instead; `met` are the
        registrations of which it has just seen that, `taken` those of which it has just taken it.
        """
        return incoming.take_in(self._connection, changes, at, met, taken)

    # Proofs

    def head(self) -> ChainWhole:
        """Return the head of the audit's chain as it stands, without going through it."""
        row = self._connection.execute(_HEAD).one_or_none()
        return ChainWhole(row.seq, row.link) if row else ChainWhole(0, "")

    def keep_anchor(self, head: ChainWhole, at: datetime) -> None:
        """Note that the centre keeps this head of the audit, which stands for those before."""
        self._connection.execute(delete(anchor).where(anchor.c.place == CENTRE))
        AuditRecord(self._connection).keep_anchor(head, CENTRE, at)

    def begin_anew(self) -> None:
        """Go on as a new incarnation: the centre knows a later copy of this store."""
        begin_incarnation(self._cursor)


_TIMES = ("since", "reached_at", "reconciled_at", "copied_at")


def _state(values: dict[str, Any]) -> SyncState:
    times = {name: from_text(values[name]) if values.get(name) else None for name in _TIMES}
    kinds = {"link": Link(values["link"]), "pause": Pause(values["pause"])}
    return replace(SyncState(), **{**values, **times, **kinds})
