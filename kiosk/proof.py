"""Who asks must prove who they are, by two things that together only they should know.

Five failed tries an hour about one person, whether named by number or by NIK, and twenty on the
whole kiosk; then the staff helps. Somebody nobody knows is answered and counted like anybody else.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from hmac import compare_digest

from kiosk.clock import Clock
from kiosk.domain.answers import Answers
from kiosk.domain.nik import NIK_DIGITS
from kiosk.domain.person import clean_name, clean_phone, is_mobile_phone
from kiosk.domain.registration import PhoneOwner, Registration
from kiosk.drafts import from_plain, to_plain
from kiosk.registration import DRAFT_LIFETIME, drop_old_drafts
from kiosk.storage.store import Record, Store, Tries

TRIES = 5
TRIES_OF_ALL = 20
TRY_COUNTS_FOR = timedelta(hours=1)
PHONE_END_DIGITS = 4
SALT_BYTES = 16
STATUS_SEEN = "status_seen"
PROOF_REFUSED = "proof_refused"
DRAFT_RESUMED = "draft_resumed"


@dataclass(frozen=True, slots=True)
class SlipProof:
    """The slip in hand: its number, and the birth date of whom it is for."""

    number: str
    birth_date: date


@dataclass(frozen=True, slots=True)
class PhoneProof:
    """The NIK, and the last four digits of the telephone given."""

    nik: str
    phone_end: str


@dataclass(frozen=True, slots=True)
class NameProof:
    """The NIK, and the name given: for answers half given that came to no telephone."""

    nik: str
    name: str


@dataclass(frozen=True, slots=True)
class Proven:
    """The registration is the asker's own."""

    registration: Registration


@dataclass(frozen=True, slots=True)
class Resumed:
    """The answers half given are the asker's own, and live as long as new ones from now on."""

    draft_id: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class NotProven:
    """Not both were right; `tries_left` is at least 1. Which was wrong is never told."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class TooManyTries:
    """No more tries for now, right or wrong."""


def find_by_proof(
    store: Store, proof: SlipProof | PhoneProof, clock: Clock
) -> Proven | NotProven | TooManyTries:
    """Return the registration that is proven to be the asker's own.

    A number stands for its own registration, whatever became of it; a NIK for the one in force,
    else for the latest.
    """
    with store.transaction() as record:
        found = _asserted(record, proof)
        of = _person(record, proof, found)
        tries = _tries(record, of, clock)
        if _left(tries) == 0:
            return TooManyTries()
        if _proves(proof, found) and found is not None:
            record.add_audit(STATUS_SEEN, found.id, clock.now())
            return Proven(found)
        return _failed(record, of, tries, clock, about=found.id if found else "")


def resume(
    store: Store,
    proof: PhoneProof | NameProof,
    instead_of: str,
    clock: Clock,
    kept_for: timedelta = DRAFT_LIFETIME,
) -> Resumed | NotProven | TooManyTries:
    """Return the answers half given with this NIK, proven to be the asker's own.

    They take the place of the draft `instead_of` (empty for none), which is destroyed.
    """
    now = clock.now()
    with store.transaction() as record:
        of = _digest(record, proof.nik)
        tries = _tries(record, of, clock)
        if _left(tries) == 0:
            return TooManyTries()
        draft = _resumable(record, proof.nik, instead_of, now - kept_for)
        if draft is None or not _proves_draft(proof, draft.answers):
            return _failed(record, of, tries, clock, about=draft.draft_id if draft else "")
        record.save_draft(draft.draft_id, to_plain(draft.answers), now)
        record.drop_draft(instead_of)
        record.add_audit(DRAFT_RESUMED, draft.draft_id, now)
        return draft


def forget_tries(record: Record, nik: str) -> None:
    """Forget the failed tries about whom a NIK belongs to."""
    record.drop_failed_proofs_of(_digest(record, nik))


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Whose answers half given can be resumed: NIKs as salted digests, True where the telephone
    is asked for and not the name."""

    salt: bytes
    by_phone: Mapping[bytes, bool]

    def asks_for_phone(self, nik: str) -> bool | None:
        """Tell what proves a NIK's answers to be one's own; None where there are none."""
        return self.by_phone.get(_salted(nik, self.salt))


NOTHING_UNFINISHED = Unfinished(b"", {})


def clear_out(
    store: Store, at_work: str, clock: Clock, kept_for: timedelta = DRAFT_LIFETIME
) -> Unfinished:
    """Destroy old drafts and forget old tries; tell what can be resumed, but for one draft."""
    drop_old_drafts(store, clock, kept_for)
    salt = secrets.token_bytes(SALT_BYTES)
    with store.transaction() as record:
        record.drop_failed_proofs_before(clock.now() - TRY_COUNTS_FOR)
        # Of several drafts with one NIK the latest counts, which comes first.
        drafts = reversed(tuple(_drafts(record, at_work)))
        by_phone = {_salted(one.answers.nik, salt): _has_phone(one.answers) for one in drafts}
    return Unfinished(salt, by_phone)


def _asserted(record: Record, proof: SlipProof | PhoneProof) -> Registration | None:
    if isinstance(proof, SlipProof):
        return record.find_number(proof.number)
    return record.find_nik(proof.nik)


def _person(record: Record, proof: SlipProof | PhoneProof, found: Registration | None) -> str:
    """Whom a proof is about: a number known here counts as the NIK that it belongs to."""
    if isinstance(proof, PhoneProof):
        return _digest(record, proof.nik)
    return _digest(record, found.application.resident.nik if found else proof.number)


def _digest(record: Record, asserted: str) -> str:
    """So that a NIK which nobody registered is kept nowhere; keyed with what each store has."""
    key = record.identity().incarnation.encode()
    return blake2b(asserted.encode(), key=key, digest_size=SALT_BYTES).hexdigest()


def _salted(nik: str, salt: bytes) -> bytes:
    return blake2b(nik.encode(), key=salt, digest_size=SALT_BYTES).digest()


def _tries(record: Record, of: str, clock: Clock) -> Tries:
    now = clock.now()
    record.bring_back_to(now)
    record.drop_failed_proofs_before(now - TRY_COUNTS_FOR)
    return record.failed_proofs(of)


def _left(tries: Tries) -> int:
    return max(0, min(TRIES - tries.of_one, TRIES_OF_ALL - tries.of_all))


def _failed(
    record: Record, of: str, tries: Tries, clock: Clock, *, about: str
) -> NotProven | TooManyTries:
    """`about` is the id of the registration or draft that was asked for, "" if there is none."""
    now = clock.now()
    record.add_failed_proof(of, now)
    record.add_audit(PROOF_REFUSED, about, now)
    left = _left(tries) - 1
    return NotProven(left) if left else TooManyTries()


def _proves(proof: SlipProof | PhoneProof, found: Registration | None) -> bool:
    resident = found.application.resident if found else None
    if isinstance(proof, SlipProof):
        return _same(
            proof.birth_date.isoformat(), resident.birth_date.isoformat() if resident else ""
        )
    return _same(proof.phone_end, resident.phone[-PHONE_END_DIGITS:] if resident else "")


def _proves_draft(proof: PhoneProof | NameProof, answers: Answers) -> bool:
    if isinstance(proof, NameProof):
        return not _has_phone(answers) and _same(_bare(proof.name), _bare(answers.name))
    known = clean_phone(answers.phone) if _has_phone(answers) else ""
    return _same(proof.phone_end, known[-PHONE_END_DIGITS:])


def _same(given: str, known: str) -> bool:
    """Compare in the same time whatever is wrong; what is not known is never right."""
    return compare_digest(given.encode(), known.encode()) and known != ""


def _bare(name: str) -> str:
    """The letters of a name: spaces, dots and small letters are no proof of anything."""
    return "".join(char for char in clean_name(name) if char.isalpha())


def _has_phone(answers: Answers) -> bool:
    given = answers.phone_owner not in (None, PhoneOwner.NONE)
    return given and is_mobile_phone(clean_phone(answers.phone))


def _drafts(record: Record, but: str) -> Iterator[Resumed]:
    """The drafts that somebody can prove to be their own, the latest first."""
    for draft in record.drafts():
        try:
            answers = from_plain(draft.answers)
        except (TypeError, ValueError):
            continue  # kept by an older version of the program, a quarter of an hour ago
        provable = _has_phone(answers) or _bare(answers.name)
        if draft.id != but and len(answers.nik) == NIK_DIGITS and provable:
            yield Resumed(draft.id, answers)


def _resumable(record: Record, nik: str, but: str, since: datetime) -> Resumed | None:
    record.drop_drafts_before(since)
    return next((one for one in _drafts(record, but) if one.answers.nik == nik), None)
