"""Between a registration and its row."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from kiosk.domain.months import Month
from kiosk.domain.nik import NikWarning, Sex
from kiosk.domain.registration import (
    Address,
    Application,
    Consent,
    Declaration,
    Flag,
    PhoneOwner,
    Registration,
    Resident,
    Status,
    Work,
    WorkPlace,
)
from kiosk.domain.tariff import MonthAmount, Package, Quote, QuoteNote

_write_json = json.JSONEncoder(separators=(",", ":")).encode


def to_text(moment: datetime) -> str:
    """Return an aware time as UTC ISO text with its offset; raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a time without its offset cannot be kept")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Read a time that to_text wrote."""
    return datetime.fromisoformat(text)


def registration_row(registration: Registration, counter: int) -> dict[str, object]:
    """Return the columns of a registration."""
    applied = registration.application
    resident = applied.resident
    return {
        "id": registration.id,
        "number": registration.number,
        "kiosk_number": registration.kiosk_number,
        "incarnation": registration.incarnation,
        "counter": counter,
        "registered_at": to_text(registration.registered_at),
        "status": registration.status.value,
        "revision": registration.revision,
        "consent_version": applied.consent.version,
        "consent_language": applied.consent.language,
        "consent_given_at": to_text(applied.consent.given_at),
        "nik": resident.nik,
        "name": resident.name,
        "sex": resident.sex.value,
        "birth_date": resident.birth_date.isoformat(),
        "nik_warnings": _words(warning.name for warning in resident.nik_warnings),
        "address_line": resident.address.line,
        "postcode": resident.address.postcode,
        "desa_code": resident.address.desa_code,
        "phone": resident.phone,
        "phone_owner": resident.phone_owner.value,
        "segment_id": applied.work.segment_id,
        "job_id": applied.work.job_id,
        "dinas": applied.work.dinas,
        "employs_people": int(applied.work.employs_people),
        "package": applied.package.value,
        "income_base": applied.this_month.base,
        "tariff_version": applied.this_month.tariff_version,
        "quote_notes": _words(note.value for note in applied.this_month.notes),
        "this_month": _months_text(applied.this_month),
        "next_month": _months_text(applied.next_month),
        "declarations": _words(declared.value for declared in applied.declarations),
        "language": applied.language,
        "email": resident.email,
        "birthplace": resident.birthplace,
        "mother_name": resident.mother_name,
        "work_place": applied.work.place.value if applied.work.place else "",
        "second_segment_id": applied.work.second_segment_id,
        "second_job_id": applied.work.second_job_id,
        "kpj": registration.kpj,
        "rejected_because": registration.rejected_because,
        "batch": registration.batch,
        "flags": _words(flag.value for flag in registration.flags),
    }


def registration_from_row(row: Mapping[str, Any]) -> Registration:
    """Return the registration that a row holds."""
    return Registration(
        id=row["id"],
        number=row["number"],
        kiosk_number=row["kiosk_number"],
        incarnation=row["incarnation"],
        registered_at=from_text(row["registered_at"]),
        status=Status(row["status"]),
        revision=row["revision"],
        kpj=row["kpj"],
        rejected_because=row["rejected_because"],
        batch=row["batch"],
        flags=frozenset(Flag(word) for word in row["flags"].split()),
        application=Application(
            draft_id=row["id"],
            consent=Consent(
                row["consent_version"], row["consent_language"], from_text(row["consent_given_at"])
            ),
            resident=_resident(row),
            work=_work(row),
            package=Package(row["package"]),
            this_month=_quote(row, "this_month"),
            next_month=_quote(row, "next_month"),
            declarations=frozenset(Declaration(word) for word in row["declarations"].split()),
            language=row["language"],
        ),
    )


def _work(row: Mapping[str, Any]) -> Work:
    return Work(
        segment_id=row["segment_id"],
        job_id=row["job_id"],
        dinas=row["dinas"],
        employs_people=bool(row["employs_people"]),
        place=WorkPlace(row["work_place"]) if row["work_place"] else None,
        second_segment_id=row["second_segment_id"],
        second_job_id=row["second_job_id"],
    )


def _resident(row: Mapping[str, Any]) -> Resident:
    return Resident(
        nik=row["nik"],
        name=row["name"],
        sex=Sex(row["sex"]),
        birth_date=date.fromisoformat(row["birth_date"]),
        address=Address(row["address_line"], row["postcode"], row["desa_code"]),
        phone=row["phone"],
        phone_owner=PhoneOwner(row["phone_owner"]),
        nik_warnings=frozenset(NikWarning[word] for word in row["nik_warnings"].split()),
        email=row["email"],
        birthplace=row["birthplace"],
        mother_name=row["mother_name"],
    )


def _quote(row: Mapping[str, Any], column: str) -> Quote:
    return Quote(
        package=Package(row["package"]),
        base=row["income_base"],
        months=tuple(
            MonthAmount(Month.parse(month), normal, pay, relief)
            for month, normal, pay, relief in json.loads(row[column])
        ),
        tariff_version=row["tariff_version"],
        notes=frozenset(QuoteNote(word) for word in row["quote_notes"].split()),
    )


def _months_text(quote: Quote) -> str:
    amounts = [[str(part.month), part.normal, part.pay, part.relief] for part in quote.months]
    return _write_json(amounts)


def _words(words: Any) -> str:
    return " ".join(sorted(words))
