"""Reads and writes what goes to the branch of BPJS and comes back, and the lists of the dinas."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    case,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.branch_answer import Change, Standing
from kiosk.domain.handover import Handed
from kiosk.domain.invitation import Invited
from kiosk.domain.orders import COVERED
from kiosk.domain.registration import Status
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.tables import (
    HANDED_OVER,
    IN_FORCE,
    WITH_NIK,
    WITHOUT_NIK,
    audit,
    batch,
    invitation,
    outbox,
    payment,
    registration,
)

BRANCH = "Kantor cabang"
"""The channel of a payment that the branch reports."""

_MONTHS = func.json_array_length(registration.c.this_month).label("months")
_HANDED = [
    _MONTHS if field.name == "months" else registration.c[field.name] for field in fields(Handed)
]
_PAGE = (
    select(*_HANDED)
    .where(
        HANDED_OVER,
        registration.c.batch == bindparam("number"),
        registration.c.number > bindparam("after"),
    )
    .order_by(registration.c.number)
    .limit(bindparam("size"))
)
# Whoever was erased is on no list: the centre has to hear of it.
_UNEXPORTED = text("""
    SELECT count(DISTINCT o.registration_id) FROM outbox o
    LEFT JOIN registration r ON r.id = o.registration_id
    LEFT JOIN batch b ON b.number = r.batch
    WHERE b.number IS NULL OR b.digest = ''
""")
_STANDING = select(
    registration.c.id,
    registration.c.number,
    registration.c.nik,
    registration.c.status,
    registration.c.revision,
    registration.c.registered_at,
    _MONTHS,
    registration.c.kpj,
    registration.c.rejected_because,
)


@dataclass(frozen=True, slots=True)
class Batch:
    """A numbered hand-over; `actor` is the id of an account.

    `digest` is that of the cells first exported, empty before that.
    """

    number: int
    made_at: datetime
    actor: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Known:
    """The registrations that the rows of an answer may mean."""

    by_number: Mapping[str, Standing]
    by_nik: Mapping[str, tuple[Standing, ...]]
    kpj_owner: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DinasCount:
    """How many people a dinas named, how many of them are registered and in force, and paid."""

    dinas: str
    invited: int
    registered: int
    paid: int


class HandOverRecord:
    """The hand-over within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self) -> int:
        """Return how many registrations no batch holds yet."""
        statement = select(func.count()).where(registration.c.status == Status.REGISTERED.value)
        return int(self._connection.execute(statement).scalar_one())

    def unexported(self) -> int:
        """Return how many wait for the centre and are on no list that was saved for the branch."""
        return int(self._connection.execute(_UNEXPORTED).scalar_one())

    def make_batch(self, actor: str, at: datetime, largest: int) -> Batch | None:
        """Hand over the registrations that wait longest; None if there are none."""
        if not self.waiting():
            return None
        made = {"made_at": to_text(at), "actor": actor, "digest": ""}
        result = self._connection.execute(insert(batch).values(made))
        assert result.inserted_primary_key is not None
        number = int(result.inserted_primary_key[0])
        longest = (
            select(registration.c.id)
            .where(registration.c.status == Status.REGISTERED.value)
            .order_by(registration.c.registered_at)
            .limit(largest)
        )
        handed = self._connection.execute(
            update(registration)
            .where(registration.c.id.in_(longest))
            .values(
                status=Status.HANDED_OVER.value,
                batch=number,
                revision=registration.c.revision + 1,
            )
        )
        self._note_handed_over(number, actor, at)
        return Batch(number, at, actor, "", handed.rowcount)

    def _note_handed_over(self, number: int, actor: str, at: datetime) -> None:
        in_batch = (HANDED_OVER, registration.c.batch == number)
        entries = select(
            literal(to_text(at)),
            literal(Status.HANDED_OVER.value),
            registration.c.id,
            literal(actor),
            literal(f"batch {number}"),
        )
        columns = ["at", "event", "registration_id", "actor", "details"]
        self._connection.execute(
            insert(audit).from_select(
                columns, entries.where(*in_batch).order_by(registration.c.number)
            )
        )
        revisions = select(registration.c.id, registration.c.revision)
        self._connection.execute(
            insert(outbox).from_select(
                ["registration_id", "revision"],
                revisions.where(*in_batch).order_by(registration.c.number),
            )
        )

    def batch(self, number: int) -> Batch | None:
        """Return the batch of that number, or None."""
        found = self._batches(batch.c.number == number)
        return found[0] if found else None

    def batches(self) -> tuple[Batch, ...]:
        """Return all batches, the newest first."""
        return self._batches(batch.c.number > 0)

    def _batches(self, where: ColumnElement[bool]) -> tuple[Batch, ...]:
        size = (
            select(func.count())
            .where(HANDED_OVER, registration.c.batch == batch.c.number)
            .scalar_subquery()
        )
        statement = select(batch, size.label("size")).where(where).order_by(batch.c.number.desc())
        return tuple(
            Batch(row.number, from_text(row.made_at), row.actor, row.digest, row.size)
            for row in self._connection.execute(statement)
        )

    def page(self, number: int, after: str, size: int) -> list[Handed]:
        """Return the next registrations of a batch, by number, from the one after `after`."""
        asked = {"number": number, "after": after, "size": size}
        return [Handed(*row) for row in self._connection.execute(_PAGE, asked)]

    def note_digest(self, number: int, digest: str) -> None:
        """Keep the digest of what was exported, if none is kept yet."""
        self._connection.execute(
            update(batch)
            .where(batch.c.number == number, batch.c.digest == "")
            .values(digest=digest)
        )

    def known(
        self, numbers: Collection[str], niks: Collection[str], kpjs: Collection[str]
    ) -> Known:
        """Return what is known of these numbers, NIKs and KPJs; a few hundred at a time.

        A NIK finds the registrations handed over; if there are none, the one in force.
        """
        by_nik: dict[str, tuple[Standing, ...]] = {}
        for index in (HANDED_OVER, IN_FORCE):
            missing = [nik for nik in niks if nik not in by_nik]
            found = self._standing(registration.c.nik.in_(missing), index) if missing else ()
            for one in found:
                by_nik[one.nik] = (*by_nik.get(one.nik, ()), one)
        numbered = self._standing(registration.c.number.in_(numbers)) if numbers else ()
        return Known({one.number: one for one in numbered}, by_nik, self._kpj_owners(kpjs))

    def _standing(self, *where: object) -> tuple[Standing, ...]:
        rows = self._connection.execute(_STANDING.where(*where))  # type: ignore[arg-type]
        return tuple(
            Standing(
                id=row.id,
                number=row.number,
                nik=row.nik,
                status=Status(row.status),
                revision=row.revision,
                registered_on=_local_day(row.registered_at),
                months=row.months,
                kpj=row.kpj,
                rejected_because=row.rejected_because,
            )
            for row in rows
        )

    def _kpj_owners(self, kpjs: Collection[str]) -> Mapping[str, str]:
        statement = select(registration.c.kpj, registration.c.id).where(
            registration.c.kpj.in_(kpjs), registration.c.kpj != ""
        )
        return {row.kpj: row.id for row in self._connection.execute(statement)} if kpjs else {}

    def names(self, ids: Collection[str]) -> Mapping[str, str]:
        """Return who these registrations are of, by their ids; a few hundred at a time."""
        statement = select(registration.c.id, registration.c.name).where(registration.c.id.in_(ids))
        return {row.id: row.name for row in self._connection.execute(statement)}

    def stale(self, changes: Sequence[Change]) -> tuple[Change, ...]:
        """Return the changes whose registration was changed, or KPJ given away, meanwhile."""
        ids = [change.registration_id for change in changes]
        statement = select(registration.c.id, registration.c.revision).where(
            registration.c.id.in_(ids)
        )
        revisions = {row.id: row.revision for row in self._connection.execute(statement)}
        owners = self._kpj_owners([change.kpj for change in changes if change.kpj])
        return tuple(
            change
            for change in changes
            if revisions.get(change.registration_id) != change.revision
            or owners.get(change.kpj, change.registration_id) != change.registration_id
        )

    def apply(self, changes: Sequence[Change], actor: str, at: datetime, evidence: str) -> None:
        """Write changes that are not stale, each with its audit entries and outbox row."""
        run, moment = self._connection.execute, to_text(at)
        written = update(registration).where(registration.c.id == bindparam("of"))
        run(
            written.values(
                status=bindparam("to"),
                revision=bindparam("next"),
                kpj=bindparam("card"),
                rejected_because=bindparam("because"),
            ),
            [
                {
                    "of": change.registration_id,
                    "to": change.steps[-1].value,
                    "next": change.revision + 1,
                    "card": change.kpj,
                    "because": change.rejected_because,
                }
                for change in changes
            ],
        )
        run(
            insert(audit),
            [
                {
                    "at": moment,
                    "event": step.value,
                    "registration_id": change.registration_id,
                    "actor": actor,
                    "details": f"{evidence} row {change.row}",
                }
                for change in changes
                for step in change.steps
            ],
        )
        run(
            insert(outbox),
            [
                {"registration_id": change.registration_id, "revision": change.revision + 1}
                for change in changes
            ],
        )
        paid = [
            {
                "registration_id": change.registration_id,
                "channel": BRANCH,
                "reference": change.paid.reference,
                "paid_on": change.paid.on.isoformat(),
                "first_month": f"{change.paid.on:%Y-%m}",
                "months": change.paid.months,
                "actor": actor,
                "at": moment,
            }
            for change in changes
            if change.paid
        ]
        if paid:
            run(insert(payment), paid)

    def invited(self, dinas: str, niks: Collection[str]) -> tuple[Invited, ...]:
        """Return whom a dinas has invited of these NIKs."""
        return self._invited(invitation.c.dinas == dinas, invitation.c.nik.in_(niks), WITH_NIK)

    def invited_without_nik(self, dinas: str) -> tuple[Invited, ...]:
        """Return whom a dinas has invited by name alone."""
        return self._invited(invitation.c.dinas == dinas, WITHOUT_NIK)

    def _invited(self, *where: object) -> tuple[Invited, ...]:
        statement = select(invitation.c.name, invitation.c.nik, invitation.c.phone)
        rows = self._connection.execute(statement.where(*where))  # type: ignore[arg-type]
        return tuple(Invited(*row) for row in rows)

    def invite(self, dinas: str, people: Sequence[Invited], actor: str, at: datetime) -> int:
        """Write invitations that do not exist yet; returns how many those were."""
        before = self._count_invitations()
        rows = [
            {
                "dinas": dinas,
                "name": one.name,
                "nik": one.nik,
                "phone": one.phone,
                "registration_id": "",
                "actor": actor,
                "at": to_text(at),
            }
            for one in people
        ]
        if rows:
            self._connection.execute(upsert(invitation).on_conflict_do_nothing(), rows)
        return self._count_invitations() - before

    def _count_invitations(self) -> int:
        statement = select(func.count()).select_from(invitation)
        return int(self._connection.execute(statement).scalar_one())

    def match_invitations(self) -> None:
        """Join each invitation that has a NIK with the registration of it that is in force."""
        of_nik = select(registration.c.id).where(registration.c.nik == invitation.c.nik, IN_FORCE)
        matched = func.coalesce(of_nik.scalar_subquery(), "")
        self._connection.execute(
            update(invitation)
            .where(invitation.c.nik != "", invitation.c.registration_id != matched)
            .values(registration_id=matched)
        )

    def count_invitations(self) -> tuple[DinasCount, ...]:
        """Return the numbers of each dinas that has invited anybody."""
        registered = func.count(func.nullif(invitation.c.registration_id, ""))
        paid = func.count(case((registration.c.status.in_(COVERED), 1)))
        statement = (
            select(invitation.c.dinas, func.count(), registered, paid)
            .outerjoin(registration, registration.c.id == invitation.c.registration_id)
            .group_by(invitation.c.dinas)
            .order_by(invitation.c.dinas)
        )
        rows = self._connection.execute(statement)
        return tuple(DinasCount(*row) for row in rows)


def _local_day(text: str) -> date:
    return (from_text(text) + timedelta(hours=7)).date()
