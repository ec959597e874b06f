"""Slips of people who do not exist."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from kiosk.domain.months import Month
from kiosk.domain.nik import mask_nik
from kiosk.domain.payment import parse_payment
from kiosk.domain.rights import Right
from kiosk.domain.seal import Seal, join, name_digest, seal_text
from kiosk.domain.slip import ProofContent, ReminderContent, SlipContent
from kiosk.domain.tariff import MonthAmount, Package, Quote, QuoteNote
from kiosk.domain.texts import Texts, parse_texts
from kiosk.keys import KioskKeys

NIK = "3604011205809001"
KEYS = KioskKeys(store_key=bytes(32), signing_seed=bytes(range(32)))
WIB = timezone(timedelta(hours=7))
_RESOURCES = Path(__file__).parents[2] / "resources"
LONG_NAME = "MUHAMMAD NUR HIDAYATULLAH AL-FAQIH BIN ABDURRAHMAN SAPUTRA X"


def load_texts(language: str) -> Texts:
    file = _RESOURCES / "texts" / f"{language}.toml"
    return parse_texts(file.read_text("utf-8"), language, file.name)


TEXTS = load_texts("id")
ENGLISH = load_texts("en")
PAYMENT = parse_payment(
    (_RESOURCES / "data" / "payment_channels.json").read_text("utf-8"), "payment_channels.json"
)


def make_quote(
    first: Month,
    months: int,
    package: Package = Package.JKK_JKM,
    *,
    sector_unclear: bool = False,
) -> Quote:
    """Half price until December 2026, as PP 50/2025 has it for most work."""
    savings = 20_000 if package is Package.JKK_JKM_JHT else 0
    amounts = []
    for month in (first.plus(later) for later in range(months)):
        relieved = month <= Month(2026, 12)
        pay = (8_400 if relieved else 16_800) + savings
        relief = "PP 50/2025" if relieved else None
        amounts.append(MonthAmount(month, 16_800 + savings, pay, relief))
    notes = frozenset({QuoteNote.SECTOR_UNCLEAR}) if sector_unclear else frozenset[QuoteNote]()
    return Quote(package, 1_000_000, tuple(amounts), "2026-11-22+00000000", notes)


def make_seal(content: SlipContent) -> Seal:
    quote = content.this_month
    return Seal(
        number=content.number,
        registered_on=content.registered_at.date(),
        kiosk_number=content.number[:5],
        copy=content.copy,
        package=quote.package,
        months=len(quote.months),
        total=quote.total,
        salt="ABCDEFGH",
        name_digest=name_digest(content.name, "ABCDEFGH"),
        key_id=KEYS.key_id,
    )


def seal(content: SlipContent) -> SlipContent:
    signed = seal_text(make_seal(content))
    return replace(content, qr_text=join(signed, KEYS.sign(signed.encode("ascii"))))


def make_slip(
    *,
    number: str = "109170000424",
    name: str = "AHMAD SAPRUDIN",
    package: Package = Package.JKK_JKM,
    months: int = 3,
    copy: int = 0,
    sector_unclear: bool = False,
    office: str = "Kecamatan Ciruas",
    language: str = "id",
) -> SlipContent:
    first = Month(2026, 11)
    unclear = sector_unclear
    return seal(
        SlipContent(
            office=office,
            kabupaten="Kabupaten Serang",
            kiosk_name="Anjungan Ciruas",
            help_number="0254 000 000",
            number=number,
            name=name,
            masked_nik=mask_nik(NIK),
            this_month=make_quote(first, months, package, sector_unclear=unclear),
            next_month=make_quote(first.plus(1), months, package, sector_unclear=unclear),
            jkm_total=42_000_000,
            jkm_before_waiting=10_000_000,
            jkm_waiting_months=3,
            registered_at=datetime(2026, 11, 22, 10, 24, tzinfo=WIB),
            copy=copy,
            printed_on=date(2026, 11, 25),
            qr_text="",
            language=language,
        )
    )


def make_reminder(
    *,
    package: Package = Package.JKK_JKM,
    months: int = 3,
    sector_unclear: bool = False,
    office: str = "Kecamatan Ciruas",
    language: str = "id",
) -> ReminderContent:
    first = Month(2026, 11)
    unclear = sector_unclear
    return ReminderContent(
        office=office,
        kabupaten="Kabupaten Serang",
        kiosk_name="Anjungan Ciruas",
        help_number="0254 000 000",
        this_month=make_quote(first, months, package, sector_unclear=unclear),
        next_month=make_quote(first.plus(1), months, package, sector_unclear=unclear),
        jkm_total=42_000_000,
        jkm_before_waiting=10_000_000,
        jkm_waiting_months=3,
        language=language,
        payment=PAYMENT,
        printed_at=datetime(2026, 11, 22, 10, 24, tzinfo=WIB),
    )


RIGHTS_PAGE: dict[str, Any] = {
    "office": "Kecamatan Ciruas",
    "kabupaten": "Kabupaten Serang",
    "kiosk_name": "Anjungan Ciruas",
    "help_number": "0254 000 000",
    "language": "id",
    "controller_name": "Dinas Contoh",
    "controller_contact": "pdp@contoh.go.id",
    "printed_at": datetime(2026, 11, 24, 12, 30, tzinfo=WIB),
}


def make_proof(right: Right = Right.ERASURE, **changes: Any) -> ProofContent:
    proof = ProofContent(
        **RIGHTS_PAGE,
        right=right,
        number="109170000424",
        asked_at=datetime(2026, 11, 22, 10, 24, tzinfo=WIB),
        due_at=datetime(2026, 11, 25, 10, 24, tzinfo=WIB),
        done_at=datetime(2026, 11, 24, 12, 24, tzinfo=WIB),
        done_by="Ibu Nur",
        batch=4,
    )
    return replace(proof, **changes)
