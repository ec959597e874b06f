"""Residents of every kind reach the slip, and what is stored is what they said."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from samples import RESOURCES, load_texts

from kiosk.data import SLIP_LAYOUTS_FILE, install_layouts
from kiosk.domain.tariff import Package
from kiosk.storage import tables
from kiosk.trust import Genuine, check_slip, read_trust

from .residents import (
    BIRTHPLACE,
    BUSY,
    CASUAL,
    CORRECTED,
    DECLARATIONS,
    EMAIL,
    EMPLOYER,
    MOTHER,
    NAME,
    NEIGHBOUR,
    NIK,
    OJEK,
    OLDEST,
    PHONE,
    QUESTIONED,
    STRANGER,
    TRADER,
    YOUNGEST,
    Resident,
    digits,
    nik_born,
)
from .stage import ASKING, OpenStage, Stage, read_codes

SAY = load_texts().say
BASIC, SAVINGS = Package.JKK_JKM.value, Package.JKK_JKM_JHT.value

VISITS: dict[str, tuple[Resident, dict[str, Any], list[int]]] = {
    "trader": (
        TRADER,
        {
            "nik": NIK,
            "name": NAME,
            "sex": "P",
            "birth_date": "1985-08-17",
            "nik_warnings": "",
            "address_line": "Desa Citerep, Kec. Ciruas",
            "postcode": "42182",
            "desa_code": "36.04.09.2002",
            "phone": PHONE,
            "phone_owner": "own",
            "segment_id": "dagang",
            "job_id": "pedagang_pasar",
            "dinas": "DISKOUMPERINDAG",
            "employs_people": 0,
            "package": BASIC,
            "income_base": 1_000_000,
            "status": "registered",
            "email": "",
            "birthplace": "",
            "mother_name": "",
            "work_place": "near_home",
            "second_segment_id": "",
            "second_job_id": "",
        },
        [8_400, 8_400, 16_800],
    ),
    "ojek rider with a relative's phone": (
        OJEK,
        {
            "name": "DEDI M. NU'MAN",
            "sex": "L",
            "phone": "0878111222",
            "phone_owner": "family",
            "job_id": "ojek_pangkalan",
            "dinas": "DISHUB",
            "income_base": 1_400_000,
        },
        [10_400, 10_400, 10_400, 10_400, 10_400, 20_800],
    ),
    "home business with employees": (
        EMPLOYER,
        {"employs_people": 1, "package": SAVINGS, "segment_id": "umkm", "job_id": "perajin"},
        [28_400, 28_400, 36_800],
    ),
    "casual worker with a name of one letter and no phone": (
        CASUAL,
        {
            "name": "A",
            "phone": "",
            "phone_owner": "none",
            "segment_id": "harian",
            "job_id": "kuli_angkut",
            "dinas": "DISNAKER",
            "income_base": 2_600_000,
        },
        [16_400],
    ),
    "from another kecamatan": (
        NEIGHBOUR,
        {
            "address_line": "Desa Cerukcuk, Kec. Tanara",
            "postcode": "42194",
            "desa_code": "36.04.14.2002",
        },
        [8_400, 8_400, 16_800],
    ),
    "from outside the kabupaten": (
        STRANGER,
        {"address_line": "KP. BARU RT 01/02 LEBAK", "postcode": "42391", "desa_code": ""},
        [8_400, 8_400, 16_800],
    ),
    "whose birth date is not the one of the NIK": (
        CORRECTED,
        {"birth_date": "1985-08-16", "nik_warnings": "BIRTH_DATE_DIFFERS"},
        [8_400, 8_400, 16_800],
    ),
    "65 years old tomorrow": (OLDEST, {"birth_date": "1961-11-23"}, [8_400, 8_400, 16_800]),
    "17 years old today": (YOUNGEST, {"birth_date": "2009-11-22"}, [8_400, 8_400, 16_800]),
    "with an e-mail and a second job": (
        BUSY,
        {
            "email": EMAIL,
            "work_place": "moving",
            "segment_id": "dagang",
            "job_id": "pedagang_pasar",
            "second_segment_id": "konstruksi",
            "second_job_id": "tukang_cat",
            "birthplace": "",
            "mother_name": "",
        },
        [8_400, 8_400, 16_800],
    ),
    "with a job of which there is only one": (
        {**TRADER, "work": ("work-lain",)},
        {"segment_id": "lain", "job_id": "pekerjaan_mandiri_lainnya"},
        [8_400, 8_400, 16_800],
    ),
}


@pytest.mark.parametrize("who", VISITS)
def test_a_visit_ends_with_the_record_the_number_and_the_slip(stage: Stage, who: str) -> None:
    resident, expected, pays = VISITS[who]
    stage.play(resident)
    stage.wait_for_slip("unconfirmed")
    number = stage.number()
    (stored,) = stage.rows(tables.registration)
    assert stored["number"] == number
    assert {name: stored[name] for name in expected} == expected
    priced = [pay for _month, _normal, pay, _relief in json.loads(stored["this_month"])]
    assert priced == pays
    assert len(json.loads(stored["next_month"])) == len(pays)
    assert stored["consent_language"] == "id"
    assert stored["registered_at"][:19] == f"{stage.clock.now():%Y-%m-%dT%H:%M:%S}"
    assert len(stored["declarations"].split()) == 3
    codes = read_codes(stage.tray.slips[number])
    assert codes["Code128"] == number
    verdict = check_slip(codes["QRCode"], read_trust(stage.keys.public_keys, None))
    assert isinstance(verdict, Genuine)
    assert (verdict.seal.number, verdict.seal.total) == (number, sum(priced))
    assert (verdict.seal.package.value, verdict.seal.months) == (stored["package"], len(priced))


def test_an_office_that_asks_more_records_it_and_says_so_before(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(changes=ASKING)
    stage.tap("start", "register")
    assert stage.says(SAY("consent.what_birthplace"))
    assert stage.says(SAY("consent.what_mother"))
    stage.go_on(QUESTIONED, until="review")
    while stage.screen == "review" and stage.visitor.find("tick-data_true") is None:
        stage.tap("next")
    stage.tap(*DECLARATIONS, "next")
    stage.wait_until_idle()
    (stored,) = stage.rows(tables.registration)
    assert (stored["birthplace"], stored["mother_name"]) == (BIRTHPLACE, MOTHER)
    assert stored["consent_version"] == SAY("consent.version") + "+birthplace+mother"


def test_who_is_responsible_and_how_to_reach_them_stand_in_the_consent(
    open_kiosk: OpenStage,
) -> None:
    named = {"controller_name": "Dinas Contoh", "controller_contact": "pdp@contoh.go.id"}
    stage = open_kiosk(changes=named)
    stage.tap("start", "register")
    assert stage.says("Dinas Contoh")
    assert stage.says("pdp@contoh.go.id")
    stage.go_on(BUSY)
    (stored,) = stage.rows(tables.registration)
    assert stored["consent_version"] == SAY("consent.version") + "+controller"


def test_an_office_that_does_not_ask_says_nothing_of_it(stage: Stage) -> None:
    stage.tap("start", "register")
    assert not stage.says(SAY("consent.what_birthplace"))
    stage.go_on(BUSY)
    (stored,) = stage.rows(tables.registration)
    assert stored["consent_version"] == SAY("consent.version")


def test_at_the_end_of_a_month_only_the_amount_that_was_read_is_registered(stage: Stage) -> None:
    stage.clock.stand_at(datetime(2026, 11, 30, 16, 59, tzinfo=UTC))
    stage.play(TRADER, until="review")
    assert stage.says("Rp33.600")
    stage.clock.forward(timedelta(minutes=2))
    stage.app.kiosk.touchReady()  # somebody is there all the while
    stage.tap(*DECLARATIONS)
    assert stage.says("Rp33.600")
    stage.tap("next")
    assert stage.screen == "review"
    assert stage.says("Rp42.000")
    assert stage.says(SAY("review.repriced"))
    assert stage.rows(tables.registration) == []
    stage.tap("next")
    stage.wait_until_idle()
    assert stage.screen == "done"
    (stored,) = stage.rows(tables.registration)
    priced = [pay for _month, _normal, pay, _relief in json.loads(stored["this_month"])]
    assert sum(priced) == 42_000


def test_the_record_has_its_audit_entry_its_outbox_row_and_its_slip(stage: Stage) -> None:
    stage.play(TRADER)
    stage.wait_for_slip("unconfirmed")
    (stored,) = stage.rows(tables.registration)
    (audited,) = stage.rows(tables.audit)
    (outgoing,) = stage.rows(tables.outbox)
    (job,) = stage.rows(tables.print_job)
    assert audited["registration_id"] == outgoing["registration_id"] == stored["id"]
    assert (audited["event"], outgoing["revision"]) == ("registered", 1)
    assert (job["registration_id"], job["copy"], job["state"]) == (stored["id"], 0, "unconfirmed")
    stage.tap("tookSlip")
    stage.visitor.wait_until(lambda: stage.rows(tables.print_job)[0]["state"] == "came_out")


def test_employers_are_offered_only_the_programme_with_savings(stage: Stage) -> None:
    stage.play(EMPLOYER, until="programme")
    assert stage.visitor.find("programme-JKK+JKM") is None
    assert stage.visitor.find("programme-JKK+JKM+JHT") is not None


def test_residents_after_one_another_get_numbers_of_their_own(stage: Stage) -> None:
    numbers = []
    for born in ("010180", "020280", "030380"):
        stage.play({**TRADER, "nik": digits(nik_born(born))})
        numbers.append(stage.number())
        stage.wait_for_slip("unconfirmed")
        stage.tap("tookSlip")
    assert [number[5:11] for number in numbers] == ["000001", "000002", "000003"]
    assert [row["number"] for row in stage.rows(tables.registration)] == numbers
    assert set(stage.tray.slips) == set(numbers)


def test_a_slip_still_owed_when_the_kiosk_stops_comes_at_the_next_start(
    open_kiosk: OpenStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("printing.spooler.Spooler.nudge", lambda _spooler: None)
        stage = open_kiosk()
        stage.play(TRADER)
        number = stage.number()
        assert stage.tray.slips == {}
    again = open_kiosk()
    again.visitor.wait_until(lambda: number in again.tray.slips)
    assert read_codes(again.tray.slips[number])["Code128"] == number


def test_slips_are_laid_out_as_the_office_wants(open_kiosk: OpenStage) -> None:
    shipped = (RESOURCES / "data" / SLIP_LAYOUTS_FILE).read_text("utf-8")
    heading = '"headings": {"how_to_pay": {"id": "Langkah membayar"}}'
    stage = open_kiosk()
    install_layouts(shipped.replace('"headings": {}', heading), stage.settings.data_folder)
    stage = open_kiosk()
    stage.play(TRADER)
    stage.visitor.wait_until(lambda: len(stage.tray.slips) == 1)
    (slip,) = stage.tray.slips.values()
    assert "Langkah membayar" in pypdfium2.PdfDocument(slip)[0].get_textpage().get_text_range()
