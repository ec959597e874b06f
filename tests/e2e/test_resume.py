"""What was half entered is taken up again by whom it belongs to, also after a power cut."""

from datetime import timedelta

import pytest
from samples import load_texts

from kiosk.storage import tables

from .residents import NAME, NIK, PHONE, TRADER, Resident, digits, letters, nik_born
from .stage import OpenStage, Stage
from .traces import traces

SAY = load_texts().say
PHONE_END = PHONE[-4:]
OTHER: Resident = {**TRADER, "nik": digits(nik_born("150390")), "name": letters("DEDI")}


def leave_at(stage: Stage, step: str, resident: Resident = TRADER) -> None:
    """Register up to a step, and walk away."""
    stage.play(resident, until=step)
    stage.tap("leave")
    stage.wait_for_work()


def drafts(stage: Stage) -> list[str]:
    return [row["id"] for row in stage.rows(tables.draft)]


def test_the_menu_offers_it_only_while_there_is_something_to_resume(stage: Stage) -> None:
    stage.tap("start")
    assert stage.visitor.find("resume") is None
    stage.tap("leave")
    leave_at(stage, "income")
    stage.tap("start")
    assert stage.key("resume")
    assert traces(stage.app) == []
    stage.clock.forward(timedelta(minutes=15, seconds=1))
    stage.app.kiosk.touchReady()  # somebody is there all the while
    stage.app.visit.drop_old_drafts()
    stage.wait_for_work()
    assert stage.key("resume")  # while it is looked at no key moves
    stage.tap("leave", "start")
    assert stage.visitor.find("resume") is None


@pytest.mark.parametrize("step", ["consent", "work", "job", "nik", "name"])
def test_before_there_is_anything_to_prove_it_with_nothing_is_offered(
    stage: Stage, step: str
) -> None:
    leave_at(stage, step)
    stage.tap("start")
    assert stage.visitor.find("resume") is None


@pytest.mark.parametrize("step", ["income", "programme", "months", "review"])
def test_with_the_telephone_it_goes_on_at_the_first_unanswered_step(
    stage: Stage, step: str
) -> None:
    leave_at(stage, step)
    (draft,) = drafts(stage)
    stage.tap("start", "resume", *digits(NIK), "askNext")
    stage.prove(*digits(PHONE_END))
    assert stage.screen == step
    stage.go_on(TRADER)
    stage.wait_for_slip("unconfirmed")
    (one,) = stage.rows(tables.registration)
    assert (one["id"], one["nik"], one["name"]) == (draft, NIK, NAME)
    assert drafts(stage) == []


@pytest.mark.parametrize("step", ["address", "phone"])
def test_before_the_telephone_the_name_proves_it(stage: Stage, step: str) -> None:
    leave_at(stage, step)
    stage.tap("start", "resume", *digits(NIK), "askNext")
    assert stage.says(SAY("name.title"))
    stage.prove(*letters(NAME))
    assert stage.screen == step


def test_a_power_cut_in_the_middle_loses_nothing(open_kiosk: OpenStage) -> None:
    stage = open_kiosk()
    stage.play(TRADER, until="programme")
    stage.wait_for_work()
    again = open_kiosk()
    again.wait_for_work()
    again.clock.forward(timedelta(minutes=14))
    again.tap("start", "resume", *digits(NIK), "askNext")
    again.prove(*digits(PHONE_END))
    assert again.screen == "programme"
    again.go_on(TRADER)
    assert len(again.rows(tables.registration)) == 1


def test_all_that_was_answered_is_still_there(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    before = stage.words()
    stage.tap("leave")
    stage.wait_for_work()
    stage.tap("start", "resume", *digits(NIK), "askNext")
    stage.prove(*digits(PHONE_END))
    assert stage.words() == before


def test_a_nik_without_answers_is_told_kindly(stage: Stage) -> None:
    leave_at(stage, "income")
    stage.tap("start", "resume", *digits(nik_born("150390")))
    assert stage.says(SAY("proof.nothing_title"))
    stage.tap("askNext")
    assert stage.screen == "claim"
    assert stage.rows(tables.failed_proof) == []
    stage.tap("askBack")
    assert stage.screen == "menu"


def test_five_wrong_tries_lead_to_the_staff(stage: Stage) -> None:
    leave_at(stage, "income")
    stage.tap("start", "resume", *digits(NIK), "askNext", *digits("7891"))
    for last in "23456":
        assert stage.screen == "secret"
        stage.prove("padDelete", f"pad{last}")
    assert stage.screen == "tries"
    assert stage.says(SAY("proof.tries_resume"))
    stage.tap("askBack")
    assert stage.screen == "menu"


# Somebody registers anew


def test_who_registers_anew_is_asked_whether_to_go_on(stage: Stage) -> None:
    leave_at(stage, "programme")
    (left,) = drafts(stage)
    stage.play(TRADER, until="unfinished")
    stage.tap("takeUp")
    stage.prove(*digits(PHONE_END))
    assert stage.screen == "programme"
    assert drafts(stage) == [left]
    stage.go_on(TRADER)
    (one,) = stage.rows(tables.registration)
    assert one["id"] == left


def test_who_says_no_goes_on_anew_and_the_old_answers_go_with_the_registration(
    stage: Stage,
) -> None:
    leave_at(stage, "programme")
    stage.play(TRADER, until="unfinished")
    stage.tap("startAnew")
    assert stage.screen == "name"
    stage.wait_for_work()
    assert len(drafts(stage)) == 2
    stage.go_on(TRADER)
    assert drafts(stage) == []
    assert len(stage.rows(tables.registration)) == 1


def test_who_cannot_prove_it_may_still_register_anew(stage: Stage) -> None:
    leave_at(stage, "programme")
    stage.play(TRADER, until="unfinished")
    stage.tap("takeUp", "askBack")
    assert stage.screen == "unfinished"
    stage.tap("takeUp", *digits("0000"))
    for last in "12345":
        stage.prove("padDelete", f"pad{last}")
    assert stage.screen == "tries"
    stage.tap("askBack")
    assert stage.screen == "name"
    stage.go_on(TRADER)


def test_nobody_else_is_asked(stage: Stage) -> None:
    leave_at(stage, "programme")
    stage.play(OTHER, until="name")
    assert stage.screen == "name"


def test_ones_own_answers_of_this_visit_are_not_offered(stage: Stage) -> None:
    stage.play(TRADER, until="phone")
    stage.app.visit.drop_old_drafts()
    stage.wait_for_work()
    while stage.screen != "nik":
        stage.tap("back")
    stage.tap("next")
    assert stage.screen == "name"


def test_after_resuming_they_are_not_offered_again(stage: Stage) -> None:
    leave_at(stage, "phone")
    stage.tap("start", "resume", *digits(NIK), "askNext")
    stage.prove(*letters(NAME))
    while stage.screen != "nik":
        stage.tap("back")
    stage.tap("next")
    assert stage.screen == "name"


# Nothing stays


@pytest.mark.parametrize(
    "keys",
    [
        ("start", "resume", *digits(NIK)),
        ("start", "resume", *digits(NIK), "askNext", *digits(PHONE_END)),
        ("start", "resume", *digits(NIK), "askNext", *digits(PHONE_END), "askNext"),
    ],
)
def test_who_leaves_while_resuming_leaves_nothing(stage: Stage, keys: tuple[str, ...]) -> None:
    leave_at(stage, "income")
    stage.tap(*keys)
    stage.wait_for_work()
    stage.tap("leave")
    stage.wait_for_work()
    assert stage.screen == "idle"
    assert traces(stage.app) == []


def test_who_leaves_when_asked_whether_to_go_on_leaves_nothing(stage: Stage) -> None:
    leave_at(stage, "income")
    stage.play(TRADER, until="unfinished")
    stage.tap("leave")
    stage.wait_for_work()
    assert stage.screen == "idle"
    assert traces(stage.app) == []
