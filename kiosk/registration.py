"""The resident's use cases: register, ask for the slip again, keep or drop what is half entered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.clock import Clock
from kiosk.domain.answers import Answers
from kiosk.domain.print_job import BY_A_PERSON, FOLLOWED, PrintJob, PrintNews, PrintState
from kiosk.domain.registration import Application, Flag, Registration, Status
from kiosk.domain.registration_number import make_number
from kiosk.drafts import to_plain
from kiosk.storage.store import Record, Store

DRAFT_LIFETIME = timedelta(minutes=15)
REPRINTED = "reprinted"
HELP_BEGAN, HELP_ENDED = "help_began", "help_ended"


@dataclass(frozen=True, slots=True)
class Registered:
    """The registration is on disk."""

    registration: Registration


@dataclass(frozen=True, slots=True)
class AlreadyRegistered:
    """This kiosk holds a registration of the same NIK that is still in force."""


def register(
    store: Store, application: Application, clock: Clock, actor: str = ""
) -> Registered | AlreadyRegistered:
    """Write the registration, its audit entry, outbox row and owed slip in one transaction.

    The draft's id is the registration's: repeating the call returns the same registration.
    `actor` is the account of the staff who typed or helped, empty for the resident alone.
    Raises StoreFailure when the record cannot be written; then nothing is.
    """
    with store.transaction() as record:
        standing = record.standing(application.draft_id, application.resident.nik)
        if standing.same_draft is not None:
            return Registered(standing.same_draft)
        if standing.nik_in_force:
            record.drop_draft(application.draft_id)
            return AlreadyRegistered()
        identity = standing.identity
        registration = Registration(
            id=application.draft_id,
            number=make_number(identity.kiosk_number, standing.next_counter),
            kiosk_number=identity.kiosk_number,
            incarnation=identity.incarnation,
            registered_at=clock.now(),
            status=Status.REGISTERED,
            revision=1,
            application=application,
            flags=frozenset() if clock.is_trusted else frozenset({Flag.CLOCK}),
        )
        record.add(registration, standing.next_counter, actor)
    return Registered(registration)


def note_help(store: Store, event: str, draft_id: str, actor: str, clock: Clock) -> None:
    """Note that somebody of the staff took a visit over (HELP_BEGAN), or gave it back (HELP_ENDED).

    `draft_id` is the registration's, if one comes of it; empty for a visit without questions.
    """
    with store.transaction() as record:
        record.add_audit(event, draft_id, clock.now(), actor)


def keep_draft(
    store: Store,
    draft_id: str,
    answers: Answers,
    clock: Clock,
    kept_for: timedelta = DRAFT_LIFETIME,
) -> None:
    """Keep the answers given so far, and destroy drafts that are older than they may be."""
    now = clock.now()
    with store.transaction() as record:
        record.drop_drafts_before(now - kept_for)
        record.save_draft(draft_id, to_plain(answers), now)


def drop_old_drafts(store: Store, clock: Clock, kept_for: timedelta = DRAFT_LIFETIME) -> None:
    """Destroy the drafts that are older than they may be."""
    now = clock.now()
    with store.transaction() as record:
        record.bring_back_to(now)
        record.drop_drafts_before(now - kept_for)


def reprint(store: Store, registration_id: str, clock: Clock) -> int:
    """Owe the slip once more; returns which copy it is, 0 for the original.

    A slip on its way is waited for. One that never left the kiosk is tried again as what it was.
    Any other may be in somebody's hands or still come out, so the next is a copy and says so.
    Raises ValueError unless the first contribution is still to be paid: to who has paid, or whose
    registration is void, a slip would say what is not true.
    """
    now = clock.now()
    with store.transaction() as record:
        registration = record.find(registration_id)
        last = record.prints.latest(registration_id)
        if registration is None or last is None or not registration.status.awaits_payment:
            raise ValueError("no slip can be owed for this registration")
        if last.is_on_its_way:
            return last.copy
        record.add_audit(REPRINTED, registration_id, now)
        return owe_again(record, last, now)


def owe_again(record: Record, last: PrintJob, now: datetime, remark: str = "") -> int:
    """Owe a slip that is not on its way once more; returns which copy it is."""
    if last.never_left:
        record.prints.settle(last.id, PrintState.OWED, "", now)
        return last.copy
    record.add_print_job(last.registration_id, last.copy + 1, now, remark)
    return last.copy + 1


def note_slip_came_out(store: Store, registration_id: str, copy: int, clock: Clock) -> None:
    """The resident says that they hold this copy of the slip.

    Nobody can hold what no printer had yet: that stays owed. What the printer said stands.
    """
    with store.transaction() as record:
        job = record.prints.slip(registration_id, copy)
        if job is not None and job.state in FOLLOWED | _UNPROVEN:
            record.prints.settle(job.id, PrintState.CAME_OUT, BY_A_PERSON, clock.now())


def note_slip_missing(store: Store, registration_id: str, copy: int, clock: Clock) -> None:
    """The resident says that this copy of the slip did not come out.

    While the printer is at it that is no news: what becomes of it is still followed.
    """
    with store.transaction() as record:
        job = record.prints.slip(registration_id, copy)
        if job is not None and job.state in _UNPROVEN | {PrintState.CAME_OUT}:
            record.prints.settle(job.id, PrintState.FAILED, BY_A_PERSON, clock.now())


_UNPROVEN = frozenset({PrintState.UNCONFIRMED, PrintState.UNSURE})


def slip_news(store: Store, registration_id: str, copy: int) -> PrintNews | None:
    """Return what is known of a slip, whoever prints it; None if there is none (any more)."""
    with store.reading() as record:
        job = record.prints.slip(registration_id, copy)
    return PrintNews(job.state, job.hold) if job else None
