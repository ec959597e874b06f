"""What a slip says of its registration, and that its seal proves it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import zxingcpp
from samples import FACTS, NAME, NIK, RESOURCES, SampleFacts, make_application
from slip_samples import ENGLISH, KEYS, PAYMENT, TEXTS

from kiosk.domain.benefits import parse_benefits
from kiosk.domain.months import Month
from kiosk.domain.registration import Registration, Status
from kiosk.domain.seal import name_digest
from kiosk.domain.tariff import Package
from kiosk.settings import Settings
from kiosk.trust import Altered, Genuine, check_slip, read_trust
from printing.fonts import MissingGlyph
from printing.readback import rasterise
from printing.slips import Slips

BENEFITS = parse_benefits((RESOURCES / "data" / "benefits.json").read_text("utf-8"), "benefits")
SETTINGS = Settings(help_number="0254 000 000")
SLIPS = Slips(SETTINGS, {"id": TEXTS, "en": ENGLISH}, BENEFITS, PAYMENT, KEYS, FACTS)
NUMBER = "900010000019"
LATE_EVENING_UTC = datetime(2026, 11, 30, 17, 5, tzinfo=UTC)


def registration(**changes: object) -> Registration:
    return Registration(
        id="draft",
        number=NUMBER,
        kiosk_number=NUMBER[:5],
        incarnation="",
        registered_at=LATE_EVENING_UTC,
        status=Status.REGISTERED,
        revision=1,
        application=make_application(**changes),  # type: ignore[arg-type]
    )


def test_the_slip_says_what_was_registered() -> None:
    one = registration(package=Package.JKK_JKM_JHT, months=6)
    content = SLIPS.content(one, 0)
    assert (content.number, content.name, content.copy) == (NUMBER, NAME, 0)
    assert content.this_month == one.application.this_month
    assert content.next_month == one.application.next_month
    assert (content.office, content.kiosk_name) == (SETTINGS.office, SETTINGS.kiosk_name)
    assert content.help_number == SETTINGS.help_number
    assert content.jkm_total == BENEFITS.jkm_total


def test_the_whole_nik_never_reaches_the_slip() -> None:
    content = SLIPS.content(registration(), 0)
    assert content.masked_nik == "*" * 12 + NIK[-4:]
    assert NIK not in repr(content)


def test_the_time_on_the_slip_is_the_offices() -> None:
    content = SLIPS.content(registration(), 0)
    assert content.registered_at.isoformat() == "2026-12-01T00:05:00+07:00"


def test_the_seal_is_genuine_and_says_the_same_as_the_slip() -> None:
    one = registration(months=12)
    content = SLIPS.content(one, 2)
    verdict = check_slip(content.qr_text, read_trust(KEYS.public_keys, None))
    assert isinstance(verdict, Genuine)
    seal = verdict.seal
    assert (seal.number, seal.kiosk_number, seal.copy) == (NUMBER, NUMBER[:5], 2)
    assert seal.registered_on.isoformat() == "2026-12-01"
    assert (seal.package, seal.months) == (Package.JKK_JKM, 12)
    assert seal.total == one.application.this_month.total
    assert seal.name_digest == name_digest(NAME, seal.salt)
    assert seal.key_id == KEYS.key_id


def test_a_copy_of_a_later_month_shows_and_seals_what_it_costs_then() -> None:
    one = registration()
    later = replace(SLIPS, facts=SampleFacts(date(2026, 12, 3)))
    content = later.content(one, 1)
    assert content.this_month == one.application.next_month
    assert content.this_month.payment_month == Month(2026, 12)
    assert content.next_month.payment_month == Month(2027, 1)
    verdict = check_slip(content.qr_text, read_trust(KEYS.public_keys, None))
    assert isinstance(verdict, Genuine)
    assert verdict.seal.total == content.this_month.total != one.application.this_month.total


def test_neither_name_nor_nik_stands_in_the_qr_code() -> None:
    text = SLIPS.content(registration(), 0).qr_text
    assert not [word for word in (NIK, NIK[-4:] + ".", *NAME.split()) if word in text]


def test_every_slip_has_its_own_salt() -> None:
    one = registration()
    assert len({SLIPS.content(one, 0).qr_text for _ in range(5)}) == 5


def test_a_changed_seal_is_found_out() -> None:
    text = SLIPS.content(registration(), 0).qr_text
    forged = text.replace(f".{NUMBER}.", f".{NUMBER[:-2]}27.")
    assert forged != text
    assert check_slip(forged, read_trust(KEYS.public_keys, None)) == Altered()


def test_the_finished_slip_carries_the_number_and_the_seal() -> None:
    pdf = SLIPS.render(registration(), 1)
    codes = {one.format: one.text for one in zxingcpp.read_barcodes(rasterise(pdf))}
    assert codes[zxingcpp.BarcodeFormat.Code128] == NUMBER
    verdict = check_slip(codes[zxingcpp.BarcodeFormat.QRCode], read_trust(KEYS.public_keys, None))
    assert isinstance(verdict, Genuine)
    assert (verdict.seal.number, verdict.seal.copy) == (NUMBER, 1)


@pytest.mark.parametrize(
    "name",
    ["O", "A" * 60, "JOSÉ-MARÍA D'AROSA, S.PD."],
    ids=["one letter", "60 letters", "accents and signs"],
)
def test_short_long_and_accented_names_come_out(name: str) -> None:
    assert SLIPS.render(registration(name=name), 0).startswith(b"%PDF")


def test_a_name_that_cannot_be_printed_is_refused_by_its_letter_alone() -> None:
    one = registration()
    resident = replace(one.application.resident, name="\u0645\u062d\u0645\u062f")
    one = replace(one, application=replace(one.application, resident=resident))
    with pytest.raises(MissingGlyph) as refused:
        SLIPS.render(one, 0)
    assert refused.value.code == "P 21"
    assert "\u0645" not in str(refused.value)
