"""Checking the status and printing the slip again, for whom it is about and nobody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from samples import load_texts
from sqlalchemy import update

from kiosk.domain.registration import Status
from kiosk.domain.seal import read_sealed
from kiosk.storage import tables
from printing.port import Rejected

from .conftest import Quiet
from .residents import CASUAL, DECLARATIONS, NAME, NIK, PHONE, TRADER, digits, nik_born
from .stage import OpenStage, Stage, read_codes
from .traces import traces

SAY = load_texts().say
BORN = "17081985"
PHONE_END = PHONE[-4:]
OTHER_NUMBER = "100000000017"


def register(stage: Stage) -> str:
    """Let the trader register and take the slip; returns the number."""
    stage.play(TRADER)
    stage.wait_for_slip("unconfirmed")
    number = stage.number()
    stage.tap("tookSlip")
    stage.wait_for_work()
    return number


def by_slip(number: str, born: str = BORN) -> tuple[str, ...]:
    return ("haveSlip", *digits(number), "askNext", *digits(born))


def by_phone(nik: str = NIK, end: str = PHONE_END) -> tuple[str, ...]:
    return ("haveNoSlip", *digits(nik), "askNext", *digits(end))


def set_status(stage: Stage, status: Status) -> None:
    with stage.store_connection() as connection:
        connection.execute(update(tables.registration).values(status=status.value))


def jobs(stage: Stage) -> list[tuple[int, str]]:
    return [(row["copy"], row["state"]) for row in stage.rows(tables.print_job)]


# Status


WAYS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "the slip and the birth date": by_slip,
    "the NIK and the telephone": lambda _number: by_phone(),
}


@pytest.mark.parametrize("way", WAYS)
def test_who_proves_it_sees_how_far_it_has_come_and_no_person(stage: Stage, way: str) -> None:
    number = register(stage)
    stage.tap("start", "status")
    stage.prove(*WAYS[way](number))
    assert stage.screen == "status"
    words = stage.words()
    assert f"{number[:4]} {number[4:8]} {number[8:]}" in words
    assert SAY("status.registered") in words
    assert SAY("status.next.registered") in words
    assert "Rp33.600" in words
    assert [SAY(f"status.stage.{one}") in words for one in ("registered", "member")] == [True, True]
    assert traces(stage.app) == []
    stage.tap("endStatus")
    assert stage.screen == "idle"


@pytest.mark.parametrize("status", Status)
def test_every_stage_is_told_honestly(stage: Stage, status: Status) -> None:
    register(stage)
    set_status(stage, status)
    stage.tap("start", "status")
    stage.prove(*by_phone())
    assert stage.says(SAY(f"status.{status.value}"))
    assert stage.says(SAY(f"status.next.{status.value}"))
    unpaid = status in {Status.REGISTERED, Status.HANDED_OVER, Status.ACCEPTED}
    assert stage.says("Rp33.600") == unpaid
    assert (stage.visitor.find("printAgain") is not None) == unpaid
    ended = status in {Status.VOID, Status.REJECTED}
    assert stage.says(SAY("status.stage.paid")) == (not ended)


def test_in_a_later_month_the_amount_is_that_months(stage: Stage) -> None:
    register(stage)
    stage.clock.forward(timedelta(days=20))
    stage.tap("start", "status")
    stage.prove(*by_phone())
    assert stage.says("Rp42.000")
    assert stage.says("31 Desember 2026")
    assert not stage.says("Rp33.600")


def test_the_status_is_told_in_the_other_language_too(stage: Stage) -> None:
    number = register(stage)
    stage.tap("start", "status")
    stage.prove(*by_phone())
    stage.tap("language")
    assert stage.says("You are registered")
    assert stage.says(number[:4])


# Wrong answers


def test_a_number_mistyped_is_told_at_once_and_costs_no_try(stage: Stage) -> None:
    number = register(stage)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    stage.tap("start", "status", "haveSlip", *digits(wrong))
    assert stage.says(SAY("proof.check_number"))
    stage.tap("askNext")
    assert stage.screen == "claim"
    assert stage.rows(tables.failed_proof) == []
    stage.tap("padDelete", f"pad{number[-1]}")
    assert not stage.says(SAY("proof.check_number"))
    stage.prove("askNext", *digits(BORN))
    assert stage.screen == "status"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("haveSlip", *digits("12")), SAY("nik.incomplete", missing=10)),
        (("haveNoSlip", *digits("3604")), SAY("nik.incomplete", missing=12)),
        (("haveNoSlip", *digits("9904")), SAY("proof.check_nik")),
        (("haveNoSlip", *digits(NIK), "askNext", *digits("78")), SAY("nik.incomplete", missing=2)),
        (
            ("haveSlip", *digits(OTHER_NUMBER), "askNext", *digits("3102")),
            SAY("nik.incomplete", missing=4),
        ),
        (
            ("haveSlip", *digits(OTHER_NUMBER), "askNext", *digits("31021990")),
            SAY("name.birth_date_wrong"),
        ),
    ],
)
def test_what_is_missing_is_said_and_costs_no_try(
    stage: Stage, keys: tuple[str, ...], said: str
) -> None:
    stage.tap("start", "status")
    stage.prove(*keys)
    assert stage.screen in {"claim", "secret"}
    assert stage.says(said)
    assert stage.rows(tables.failed_proof) == []


WRONG: dict[str, Callable[[str], tuple[str, ...]]] = {
    "a wrong birth date": lambda number: by_slip(number, "18081985"),
    "a number of nobody": lambda _number: by_slip(OTHER_NUMBER),
    "a wrong telephone": lambda _number: by_phone(end="1111"),
    "a NIK of nobody": lambda _number: by_phone(nik_born("010190")),
}


@pytest.mark.parametrize("what", WRONG)
def test_five_wrong_tries_lead_to_the_staff_and_tell_nothing(stage: Stage, what: str) -> None:
    number = register(stage)
    stage.tap("start", "status", *WRONG[what](number))
    for left in (4, 3, 2, 1):
        stage.prove()
        assert stage.says(SAY("proof.failed", tries=left))
        stage.prove()  # the same once more is no new try
        assert stage.says(SAY("proof.failed", tries=left))
        dated = stage.says(SAY("proof.birth_date_title"))
        secret = f"0{left}011990" if dated else str(left) * 4
        stage.tap("padClear", *digits(secret))
    stage.prove()
    assert stage.screen == "tries"
    assert stage.says(SAY("proof.tries"))
    assert number[:4] not in " ".join(stage.words())
    stage.tap("callFromTries", "helped", "endFromTries")
    assert stage.screen == "idle"


def test_after_five_wrong_tries_the_right_answer_waits_for_an_hour_also_after_a_power_cut(
    open_kiosk: OpenStage,
) -> None:
    stage = open_kiosk()
    register(stage)
    stage.tap("start", "status", *by_phone(end="0000"))
    for last in "12345":
        stage.prove("padDelete", f"pad{last}")
    assert stage.screen == "tries"
    again = open_kiosk()
    again.tap("start", "status")
    again.prove(*by_phone())
    assert again.screen == "tries"
    again.tap("endFromTries", "start", "status")
    again.clock.forward(timedelta(hours=1, seconds=1))
    again.prove(*by_phone())
    assert again.screen == "status"


def test_who_gave_no_telephone_is_not_found_by_one(stage: Stage) -> None:
    stage.play(CASUAL)
    stage.wait_for_slip("unconfirmed")
    stage.tap("tookSlip", "start", "status")
    stage.prove(*by_phone(nik_born("201275"), "0000"))
    assert stage.says(SAY("proof.failed_title"))


def test_going_back_leads_screen_by_screen_to_the_menu(stage: Stage) -> None:
    stage.tap("start", "status", "haveSlip", *digits(OTHER_NUMBER), "askNext")
    for screen in ("claim", "proof", "menu"):
        stage.tap("askBack")
        assert stage.screen == screen


# The slip once more


@pytest.mark.parametrize("way", WAYS)
def test_the_slip_is_printed_again_as_a_copy(stage: Stage, way: str) -> None:
    number = register(stage)
    stage.tray.slips.clear()
    stage.tap("start", "reprint")
    stage.prove(*WAYS[way](number))
    assert stage.screen == "done"
    stage.wait_for_slip("unconfirmed")
    assert stage.says(SAY("done.title_again"))
    assert not stage.says(SAY("done.title"))
    assert stage.number() == number
    codes = read_codes(stage.tray.slips[number])
    sealed = read_sealed(codes["QRCode"])
    assert codes["Code128"] == number
    assert sealed is not None
    assert (sealed.seal.number, sealed.seal.copy) == (number, 1)
    assert traces(stage.app) == []
    stage.tap("tookSlip")
    stage.wait_for_work()
    assert jobs(stage) == [(0, "came_out"), (1, "came_out")]
    assert [row["event"] for row in stage.rows(tables.audit)] == [
        *("registered", "status_seen", "reprinted"),
    ]


def test_from_the_status_the_slip_can_be_printed_too(stage: Stage) -> None:
    number = register(stage)
    stage.tap("start", "status")
    stage.prove(*by_slip(number))
    stage.tap("printAgain")
    stage.wait_for_work()
    stage.wait_for_slip("unconfirmed")
    assert stage.screen == "done"
    stage.fall_silent(10)
    stage.tap("noSlip")
    stage.wait_for_work()
    assert stage.says(SAY("done.slip_missed"))
    assert jobs(stage) == [(0, "came_out"), (1, "failed")]


def test_an_original_that_no_printer_took_is_printed_as_the_original(
    stage: Stage, quiet: Quiet
) -> None:
    quiet.tolerate("slip rejected")
    works = stage.tray.answer
    stage.tray.answer = lambda: Rejected("refused")
    stage.play(TRADER)
    stage.wait_for_slip("failed")
    number = stage.number()
    stage.tap("finish", "start", "reprint")
    stage.tray.answer = works
    stage.prove(*by_slip(number))
    stage.wait_for_slip("unconfirmed")
    sealed = read_sealed(read_codes(stage.tray.slips[number])["QRCode"])
    assert sealed is not None
    assert sealed.seal.copy == 0
    assert jobs(stage) == [(0, "unconfirmed")]


def test_a_copy_of_next_month_asks_for_next_months_amount(stage: Stage) -> None:
    number = register(stage)
    stage.clock.forward(timedelta(days=20))
    stage.tap("start", "reprint")
    stage.prove(*by_slip(number))
    stage.wait_for_slip("unconfirmed")
    assert stage.says("Rp42.000")
    sealed = read_sealed(read_codes(stage.tray.slips[number])["QRCode"])
    assert sealed is not None
    assert sealed.seal.total == 42_000


@pytest.mark.parametrize("status", [Status.PAID, Status.MEMBER, Status.VOID, Status.REJECTED])
def test_no_slip_is_printed_that_would_not_be_true(stage: Stage, status: Status) -> None:
    number = register(stage)
    set_status(stage, status)
    stage.tap("start", "reprint")
    stage.prove(*by_slip(number))
    assert stage.screen == "status"
    assert stage.says(SAY(f"status.{status.value}"))
    assert jobs(stage) == [(0, "came_out")]


def test_an_office_can_give_slips_once_more_at_the_counter_only(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(changes={"residents_reprint": False})
    number = register(stage)
    stage.tap("start", "reprint")
    assert stage.says(SAY("proof.reprint_at_counter"))
    stage.tap("askBack", "status")
    stage.prove(*by_slip(number))
    assert stage.screen == "status"
    assert stage.visitor.find("printAgain") is None


# Who is registered already


def already(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    stage.tap(*DECLARATIONS, "next")
    stage.wait_until_idle()
    assert stage.screen == "already"


def test_who_is_registered_already_proves_it_without_typing_the_nik_again(stage: Stage) -> None:
    register(stage)
    already(stage)
    stage.tap("proveKnown", "haveSlip", "askBack", "haveNoSlip")
    assert stage.screen == "secret"
    assert not stage.says(NIK)
    stage.prove(*digits(PHONE_END))
    assert stage.screen == "status"


def test_who_only_knows_the_nik_of_a_registration_gets_no_further(stage: Stage) -> None:
    number = register(stage)
    already(stage)
    stage.tap("proveKnown", "haveNoSlip", *digits("0000"))
    stage.prove()
    assert stage.says(SAY("proof.failed_title"))
    assert number[:4] not in " ".join(stage.words())
    stage.tap("askBack")
    assert stage.screen == "proof"
    stage.tap("askBack")
    assert stage.screen == "menu"
    assert traces(stage.app) == []


# The scanner


@pytest.mark.parametrize("screen", ["idle", "menu"])
@pytest.mark.parametrize("what", ["number", "number in groups", "QR", "QR under Caps Lock"])
def test_a_scanned_slip_asks_for_the_birth_date(stage: Stage, screen: str, what: str) -> None:
    number = register(stage)
    qr = read_codes(stage.tray.slips[number])["QRCode"]
    scanned = {
        "number": number,
        "number in groups": f"{number[:4]} {number[4:8]} {number[8:]}\r\n",
        "QR": qr + "\n",
        "QR under Caps Lock": qr.lower(),
    }[what]
    if screen == "menu":
        stage.tap("start")
    stage.app.visit.scan(scanned)
    assert stage.screen == "secret"
    stage.prove(*digits(BORN))
    assert stage.screen == "status"


@pytest.mark.parametrize("text", ["", "x", NIK, "109170000425", "BPU1.x", "\x00", "9" * 5000])
def test_anything_else_that_is_scanned_is_ignored(stage: Stage, text: str) -> None:
    stage.app.visit.scan(text)
    assert stage.screen == "idle"


@pytest.mark.parametrize("screen", ["consent", "nik", "name", "review", "done"])
def test_elsewhere_a_scanner_changes_nothing(stage: Stage, screen: str) -> None:
    stage.play(TRADER, until=screen)
    before: Any = stage.app.visit.state
    stage.app.visit.scan(OTHER_NUMBER)
    assert stage.screen == screen
    assert stage.app.visit.state == before


# Nothing stays


@pytest.mark.parametrize("way", [by_slip(OTHER_NUMBER), by_phone()])
def test_who_leaves_in_the_middle_of_the_proof_leaves_nothing(
    stage: Stage, way: tuple[str, ...]
) -> None:
    stage.tap("start", "status", *way)
    stage.tap("leave")
    assert stage.screen == "idle"
    assert traces(stage.app) == []
    assert not stage.says(NAME)
    stage.tap("start", "status", "haveNoSlip")
    assert stage.says(SAY("nik.count", typed=0))
