"""What it costs without saying who one is, how to pay, and the reminder on paper."""

import threading
from typing import Any

import pypdfium2
import pytest
from samples import RESOURCES, load_texts

from kiosk.domain.print_job import Hold
from kiosk.domain.texts import parse_texts
from kiosk.storage import tables
from printing.fonts import MissingGlyph
from printing.port import Filed, Rejected, Sent, Underway

from .conftest import Quiet
from .residents import CASUAL, EMPLOYER, TRADER, Resident
from .stage import Stage

SAY = load_texts().say
ENGLISH = parse_texts((RESOURCES / "texts" / "en.toml").read_text("utf-8"), "en", "en.toml").say
PRICING = ("work", "job", "income", "programme", "months")


def price(stage: Stage, resident: Resident = TRADER) -> None:
    """Answer every question of a calculation, the last one too."""
    stage.go_on(resident, until="months")
    stage.tap(*resident["months"])


def ask_for_a_reminder(stage: Stage) -> None:
    stage.tap("start", "pay", "remind")
    price(stage)
    stage.tap("next")


def chosen(stage: Stage, key: str) -> bool:
    return bool(stage.key(key).property("chosen"))


def paper(stage: Stage) -> str:
    """The text of the only page that came out."""
    ((name, pdf),) = stage.tray.slips.items()
    assert name == "pengingat-20261122-102405"
    found: str = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    return " ".join(found.split())


def assert_nothing_is_stored(stage: Stage) -> None:
    stage.wait_for_work()
    for table in (tables.draft, tables.registration, tables.print_job, tables.outbox):
        assert stage.rows(table) == []


# The calculator


def test_a_price_is_told_without_consent_and_without_a_person(stage: Stage) -> None:
    stage.tap("start", "calculator")
    seen = [stage.screen]
    while stage.screen != "months":
        stage.tap(*TRADER[stage.screen], "next")
        seen.append(stage.screen)
    assert tuple(seen) == PRICING
    assert stage.says(SAY("common.step_of", number=5, count=5))
    stage.tap("months-3")
    assert stage.says("Rp33.600")
    assert stage.says("Rp42.000")
    assert stage.says(SAY("benefits.register"))
    assert_nothing_is_stored(stage)


def test_after_the_price_one_registers_and_finds_the_answers_chosen(stage: Stage) -> None:
    stage.tap("start", "calculator")
    price(stage)
    stage.tap("next")
    assert stage.screen == "consent"
    stage.tap("next")
    for step in ("work", "job"):
        assert stage.screen == step
        assert chosen(stage, *TRADER[step])
        stage.tap("next")
    stage.go_on(TRADER, until="income")
    assert stage.says("40.000")
    stage.tap("next")
    for step in ("programme", "months"):
        assert stage.screen == step
        assert chosen(stage, *TRADER[step])
        stage.tap("next")
    stage.go_on(TRADER)
    assert stage.screen == "done"
    assert stage.says("Rp33.600")
    assert len(stage.rows(tables.registration)) == 1


def test_no_income_is_said_to_be_kept_that_is_not(stage: Stage) -> None:
    stage.tap("start", "calculator")
    stage.go_on(TRADER, until="income")
    stage.tap(*TRADER["income"])
    assert stage.says(SAY("income.nothing_kept"))
    assert not stage.says(SAY("income.only_bracket"))


def test_until_the_months_are_chosen_the_way_on_says_what_is_missing(stage: Stage) -> None:
    stage.tap("start", "calculator")
    stage.go_on(TRADER, until="months")
    stage.tap("next")
    assert stage.screen == "months"
    assert stage.says(SAY("months.missing"))


def test_a_stop_is_told_in_the_calculator_too_and_can_be_mended(stage: Stage) -> None:
    stage.tap("start", "calculator")
    stage.go_on({**CASUAL, "question": ("question-yes",)}, until="stop")
    assert stage.says(SAY("stop.wage_earner.title"))
    stage.tap("backFromStop", "question-no")
    stage.go_on(CASUAL, until="months")


def test_who_employs_people_must_save_in_the_calculator_too(stage: Stage) -> None:
    stage.tap("start", "calculator")
    price(stage, EMPLOYER)
    assert stage.says("Rp93.600")


def test_going_back_from_the_first_question_leads_to_the_menu_and_forgets(stage: Stage) -> None:
    stage.tap("start", "calculator")
    price(stage)
    for _ in PRICING:
        stage.tap("back")
    assert stage.screen == "menu"
    for way in (("calculator",), ("back", "register", "next")):
        stage.tap(*way)
        assert stage.screen == "work"
        assert not chosen(stage, *TRADER["work"])


def test_a_calculation_that_is_left_leaves_nothing_for_the_next_resident(stage: Stage) -> None:
    stage.tap("start", "calculator")
    price(stage)
    stage.tap("leave")
    assert_nothing_is_stored(stage)
    stage.tap("start", "register", "next")
    assert not chosen(stage, *TRADER["work"])


def test_a_registration_begun_after_a_calculation_is_left_without_a_trace(stage: Stage) -> None:
    stage.tap("start", "calculator")
    price(stage)
    stage.tap("next", "back")
    assert stage.screen == "menu"
    stage.tap("register", "next")
    assert not chosen(stage, *TRADER["work"])


# How to pay


def test_it_says_where_to_pay_with_a_phone_and_without_and_what_to_say(stage: Stage) -> None:
    stage.tap("start", "pay")
    for sentence in ("pay.lead", "pay.bring", "pay.without_phone", "pay.with_phone"):
        assert stage.says(SAY(sentence))
    for name in ("Alfamart", "BRILink", "BRImo", "QRIS"):
        assert stage.says(name)
    stage.tap("backFromPay")
    assert stage.screen == "menu"


def test_who_stopped_paying_learns_that_there_is_a_way_back(stage: Stage) -> None:
    stage.tap("start", "pay", "stoppedPaying")
    assert stage.says(SAY("renew.inactive", months=3))
    assert stage.says(SAY("renew.no_fine"))
    assert stage.says(SAY("renew.waiting"))
    assert stage.says("Rp42 juta")
    stage.tap("backToPay")
    assert stage.screen == "pay"
    stage.tap("stoppedPaying", "remind")
    assert stage.screen == "work"


# The reminder


def test_a_reminder_comes_out_with_both_months_and_nobodys_name(stage: Stage) -> None:
    ask_for_a_reminder(stage)
    assert stage.screen == "reminder"
    assert stage.says("Rp33.600")
    assert stage.says("Rp42.000")
    stage.wait_for_reminder("unconfirmed")
    assert stage.says(SAY("reminder.print_sent"))
    text = paper(stage)
    for expected in (
        SAY("reminder.title"),
        "2 × Rp8.400 Biasanya 2 × Rp16.800",  # noqa: RUF001
        "Bayar 3 bulan Rp33.600",
        "Bayar 3 bulan Rp42.000",
        "Alfamart",
        SAY("renew.inactive", months=3),
        SAY("slip.final_amount"),
        SAY("slip.not_a_card"),
    ):
        assert expected in text
    assert_nothing_is_stored(stage)
    stage.tap("reminderSeen")
    assert stage.screen == "idle"
    pay: Any = stage.app.visit.pay
    assert set(pay.reminder.values()) == {""}


def test_a_reminder_without_a_printer_is_left_for_the_staff(stage: Stage) -> None:
    stage.tray.answer = lambda: Filed(stage.settings.slips_folder / "reminder.pdf")
    ask_for_a_reminder(stage)
    stage.wait_for_reminder("filed")
    assert stage.says(SAY("reminder.print_filed"))
    assert stage.says(SAY("reminder.print_filed_lead"))


@pytest.mark.parametrize("reason", ["client-error-document-format-not-supported", "refused"])
def test_a_printer_that_refuses_is_admitted_and_ends_nothing(
    stage: Stage, reason: str, quiet: Quiet
) -> None:
    quiet.tolerate("slip rejected")
    stage.tray.answer = lambda: Rejected(reason)
    ask_for_a_reminder(stage)
    stage.wait_for_reminder("failed")
    assert stage.screen == "reminder"
    assert stage.says(SAY("reminder.print_failed"))
    assert stage.says(SAY("reminder.print_failed_lead"))
    assert stage.says("Rp33.600")
    stage.tap("reminderSeen")
    assert stage.screen == "idle"


def test_a_reminder_that_finds_no_paper_says_so(stage: Stage) -> None:
    stage.tray.hold = Hold.NO_PAPER
    ask_for_a_reminder(stage)
    stage.wait_for_reminder("failed")
    why, what = SAY("done.hold_no_paper"), SAY("reminder.print_failed_lead")
    assert stage.says(f"{why}. {what}")


def test_a_reminder_in_a_printer_that_stands_still_says_why(stage: Stage) -> None:
    stage.tray.tells = lambda: Underway(hold=Hold.JAM)
    ask_for_a_reminder(stage)
    stage.visitor.wait_until(lambda: stage.says(SAY("done.hold_jam")))
    assert stage.says(SAY("reminder.print_waits_lead"))


@pytest.mark.parametrize(
    ("bug", "said"), [(MissingGlyph("李"), "slip failure P 21"), (RuntimeError(), "slip bug")]
)
def test_a_reminder_that_cannot_be_made_is_admitted_and_ends_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, quiet: Quiet, bug: Exception, said: str
) -> None:
    quiet.tolerate(said)

    def fail(*_: Any) -> bytes:
        raise bug

    monkeypatch.setattr("printing.slips.Slips.render_reminder", fail)
    ask_for_a_reminder(stage)
    stage.wait_for_reminder("failed")
    assert stage.screen == "reminder"
    assert stage.tray.slips == {}


def test_while_the_printer_works_it_is_not_said_to_be_printed(stage: Stage) -> None:
    let_go = threading.Event()

    def slowly() -> Sent:
        assert let_go.wait(30)
        return Sent()

    stage.tray.answer = slowly
    ask_for_a_reminder(stage)
    stage.wait_for_reminder("rendering")
    assert stage.says(SAY("reminder.print_rendering"))
    let_go.set()
    stage.wait_for_reminder("unconfirmed")


def test_news_of_a_reminder_never_reaches_the_next_resident(stage: Stage) -> None:
    let_go = threading.Event()

    def slowly() -> Sent:
        assert let_go.wait(30)
        return Sent()

    stage.tray.answer = slowly
    ask_for_a_reminder(stage)
    stage.wait_for_reminder("rendering")
    stage.tap("reminderSeen")
    told: list[str] = []
    pay: Any = stage.app.visit.pay
    pay.printChanged.connect(lambda: told.append(pay.printed))
    stage.play(TRADER)
    let_go.set()
    stage.wait_for_slip("unconfirmed")
    assert told == []


def test_a_resident_who_registers_meanwhile_gets_the_slip_all_the_same(stage: Stage) -> None:
    ask_for_a_reminder(stage)
    stage.tap("reminderSeen")
    stage.play(TRADER)
    stage.wait_for_slip("unconfirmed")
    assert set(stage.tray.slips) == {"pengingat-20261122-102405", stage.number()}


def test_the_language_is_switched_in_the_middle_and_the_paper_follows(stage: Stage) -> None:
    stage.tap("start", "pay", "language")
    assert stage.says(ENGLISH("pay.title"))
    stage.tap("stoppedPaying", "remind")
    price(stage)
    stage.tap("language")
    assert stage.says(SAY("pay.remind"))
    stage.tap("language", "next")
    stage.wait_for_reminder("unconfirmed")
    assert stage.says(ENGLISH("reminder.print_sent"))
    text = paper(stage)
    assert ENGLISH("reminder.title") in text
    assert SAY("slip.final_amount") in text
    stage.tap("language")
    assert stage.says(SAY("reminder.print_sent"))
    assert stage.says(SAY("months.pay_for", months=3))


def test_changing_an_answer_before_printing_changes_the_paper(stage: Stage) -> None:
    stage.tap("start", "pay", "remind")
    price(stage)
    stage.tap("months-1", "back", "back", "income-month", "pad000", "next", "next", "next")
    stage.wait_for_reminder("unconfirmed")
    assert "Biasanya Rp" in paper(stage)
    assert "Bayar 1 bulan Rp" in paper(stage)
    assert "Rp8.400" not in paper(stage)
