"""A copy of everything that is kept about one person (UU 27/2022)."""

from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.clock import local
from kiosk.desk.rights import DATA_COPIED
from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.domain.orders import Payment
from kiosk.domain.personal_copy import Fact, Named, Part, PersonalCopy, Rupiah, Value, Word
from kiosk.domain.registration import Flag, Registration
from kiosk.domain.rights import Request
from kiosk.domain.staff import Action
from kiosk.domain.tariff import Package
from kiosk.storage.audit import AuditEntry
from kiosk.storage.desk import Replaced, SlipChange
from kiosk.storage.rows import from_text, registration_from_row
from kiosk.storage.store import Record

_PACKAGES = {Package.JKK_JKM: "slip.jkk_jkm", Package.JKK_JKM_JHT: "slip.jkk_jkm_jht"}
_SEX = {"L": "nik.male", "P": "nik.female"}


def copy_of(desk: Desk, registration_id: str) -> PersonalCopy | NotAllowed | NotFound:
    """Return all that is kept about the person of a registration; the audit keeps who had it made.

    Not in it: what half-given answers may hold for a quarter of an hour.
    """
    refused = desk.refusal(Action.EXPORT_OR_ERASE)
    if refused:
        return refused
    now = desk.clock.now()
    with desk.store.transaction() as record:
        row = record.row(registration_id)
        if row is None:
            return NotFound()
        record.desk.note(registration_id, desk.deed(DATA_COPIED, now))
        parts = tuple(_parts(desk, record, row))
    return PersonalCopy(row["number"], row["language"], local(now), desk.account.name, parts)


def _parts(desk: Desk, record: Record, row: Mapping[str, Any]) -> Iterator[Part]:
    id_, registration = row["id"], registration_from_row(row)
    yield _part("registration", **_of_registration(registration))
    yield _part("person", **_of_person(desk, registration, row))
    yield _part("work", **_of_work(desk, registration, row))
    yield _part("programme", **_of_programme(registration, row))
    yield _part("consent", **_of_consent(registration))
    if registration.batch:
        yield _part(
            "receiver",
            receiver="BPJS Ketenagakerjaan",
            at=local(record.rights.handed_over_at(registration.batch)),
            batch=registration.batch,
        )
    yield from (_of_payment(one) for one in record.desk.payments(id_))
    replaced = record.desk.replaced(id_)
    yield from (_of_correction(revision, replaced[revision]) for revision in sorted(replaced))
    yield from (_of_slip(slip) for slip in record.desk.slips(id_))
    yield from (_of_invitation(one) for one in record.rights.invitations_of(row))
    yield from (_of_request(one) for one in record.rights.requests_of(id_))
    yield from (_of_entry(entry) for entry in record.desk.audit_entries(id_))
    for number in record.rights.other_numbers(row):
        yield _part("other", number=number)


def _part(name: str, /, **facts: Value | None) -> Part:
    """Facts without a value are not kept, and left out."""
    return Part(
        name, tuple(Fact(key, value) for key, value in facts.items() if value not in (None, ""))
    )


_CLOCK_UNSURE = Word("personal_copy.clock_unsure", Flag.CLOCK.value)


def _of_registration(registration: Registration) -> dict[str, Value | None]:
    status = registration.status
    return {
        "number": registration.number,
        "registered_at": local(registration.registered_at),
        "status": Word(f"status.{status.value}", status.value),
        "kpj": registration.kpj,
        "rejected_because": registration.rejected_because,
        "language": registration.application.language,
        "flags": _CLOCK_UNSURE if Flag.CLOCK in registration.flags else None,
    }


def _of_person(
    desk: Desk, registration: Registration, row: Mapping[str, Any]
) -> dict[str, Value | None]:
    resident = registration.application.resident
    return {
        "nik": resident.nik,
        "name": resident.name,
        "sex": Word(_SEX[row["sex"]], row["sex"]),
        "birth_date": resident.birth_date,
        "birthplace": resident.birthplace,
        "mother_name": resident.mother_name,
        "address_line": resident.address.line,
        "desa_code": _desa(desk, resident.address.desa_code),
        "postcode": resident.address.postcode,
        "phone": resident.phone,
        "phone_owner": Word(f"phone.{row['phone_owner']}", row["phone_owner"]),
        "email": resident.email,
        "nik_warnings": row["nik_warnings"].lower(),
    }


def _desa(desk: Desk, code: str) -> Value | None:
    try:
        return Named({"id": desk.facts.regions.find_desa(code).name}, code)
    except KeyError:
        return code


def _of_work(
    desk: Desk, registration: Registration, row: Mapping[str, Any]
) -> dict[str, Value | None]:
    work = registration.application.work
    place = row["work_place"]
    employs = "yes" if work.employs_people else "no"
    return {
        "segment_id": _segment(desk, work.segment_id),
        "job_id": _job(desk, work.segment_id, work.job_id),
        "employs_people": Word(f"personal_copy.{employs}", employs),
        "dinas": work.dinas,
        "work_place": Word(f"place.{place}", place) if place else None,
        "second_segment_id": _segment(desk, work.second_segment_id),
        "second_job_id": _job(desk, work.second_segment_id, work.second_job_id),
    }


def _segment(desk: Desk, id_: str) -> Value | None:
    found = [one for one in desk.facts.work.segments if one.id == id_]
    return Named(found[0].names, id_) if found else id_


def _job(desk: Desk, segment_id: str, id_: str) -> Value | None:
    try:
        return Named(desk.facts.work.find_job(segment_id, id_).names, id_)
    except KeyError:
        return id_


def _of_programme(registration: Registration, row: Mapping[str, Any]) -> dict[str, Value | None]:
    applied = registration.application
    return {
        "package": Word(_PACKAGES[applied.package], applied.package.value),
        "income_base": Rupiah(applied.this_month.base),
        "this_month": applied.this_month,
        "next_month": applied.next_month,
        "tariff_version": row["tariff_version"],
        "quote_notes": row["quote_notes"],
    }


def _of_consent(registration: Registration) -> dict[str, Value | None]:
    consent = registration.application.consent
    declared = sorted(one.value for one in registration.application.declarations)
    return {
        "consent_given_at": local(consent.given_at),
        "consent_version": consent.version,
        "consent_language": consent.language,
        "declarations": tuple(Word(f"review.declaration.{one}", one) for one in declared),
    }


def _of_payment(paid: Payment) -> Part:
    return _part(
        "payment",
        paid_on=paid.paid_on,
        channel=paid.channel,
        reference=paid.reference,
        first_month=paid.first_month,
        months=paid.months,
    )


def _of_correction(revision: int, replaced: Replaced) -> Part:
    """The old values as they were stored, under the names of what they were values of."""
    return _part("correction", revision=revision, reason=replaced.reason, **replaced.before)


def _of_slip(slip: SlipChange) -> Part:
    state = slip.job.state.value
    return _part(
        "slip",
        at=local(slip.at),
        copy=slip.job.copy,
        state=Word(f"desk.slip.{state}", state),
        evidence=slip.job.evidence,
        remark=slip.job.remark,
    )


def _of_invitation(row: Mapping[str, Any]) -> Part:
    return _part(
        "invitation",
        dinas=row["dinas"],
        name=row["name"],
        nik=row["nik"],
        phone=row["phone"],
        at=local(from_text(row["at"])),
    )


def _of_request(request: Request) -> Part:
    return _part(
        "request",
        right=Word(f"right.{request.right.value}", request.right.value),
        at=local(request.asked_at),
        due_at=local(request.due_at),
        closed_at=local(request.closed_at) if request.closed_at else None,
    )


def _of_entry(entry: AuditEntry) -> Part:
    return _part(
        "event",
        at=local(entry.at),
        event=Word(f"personal_copy.did_{entry.event}", entry.event),
        actor=entry.actor,
    )
