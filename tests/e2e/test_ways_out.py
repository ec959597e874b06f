"""Who cannot register here is told so kindly and truly, and leaves nothing behind."""

import pytest
from samples import load_texts

from kiosk.storage import tables

from .residents import EMPLOYER, NAME, TRADER, Resident, digits, letters, nik_born
from .stage import OpenStage, Stage

SAY = load_texts().say


def at_work(segment: str, job: str) -> Resident:
    """Somebody who says yes to the question of that work."""
    return {
        **TRADER,
        "work": (f"work-{segment}",),
        "job": (f"job-{job}",),
        "question": ("question-yes",),
    }


def born(day_month_year: str) -> Resident:
    return {**TRADER, "nik": digits(nik_born(day_month_year))}


STOPS: dict[str, tuple[Resident, str, dict[str, int]]] = {
    "not WNI": ({**TRADER, "work": ("work-not_wni",)}, "not_wni", {}),
    "on a contractor's project": (
        at_work("konstruksi", "tukang_batu"),
        "construction_project",
        {},
    ),
    "with a fixed employer": (at_work("harian", "serabutan"), "wage_earner", {}),
    "paid for by the government": (at_work("kader", "ketua_rt_rw"), "paid_by_government", {}),
    "65 today": (born("221161"), "too_old", {"age": 65, "limit": 65}),
    "70 years old": (born("120556"), "too_old", {"age": 70, "limit": 65}),
    "17 tomorrow": (born("231109"), "too_young", {"age": 16, "limit": 17}),
    "a child by the birth date on the KTP": (
        {**TRADER, "name": (*letters(NAME), "changeBirthDate", *digits("01012015"))},
        "too_young",
        {"age": 11, "limit": 17},
    ),
}


@pytest.mark.parametrize("who", STOPS)
def test_the_way_ends_in_a_screen_that_says_why(stage: Stage, who: str) -> None:
    resident, reason, values = STOPS[who]
    stage.play(resident, until="stop")
    assert stage.says(SAY(f"stop.{reason}.title", **values))
    assert stage.says(SAY(f"stop.{reason}.text", **values))
    assert stage.visitor.find("next") is None
    assert stage.rows(tables.registration) == []


def test_from_a_stop_the_answer_can_be_mended(stage: Stage) -> None:
    stage.play(at_work("harian", "serabutan"), until="stop")
    stage.tap("backFromStop")
    assert stage.screen == "question"
    stage.go_on({**TRADER, "question": ("question-no",)})
    assert stage.screen == "done"


def test_from_a_stop_the_visit_can_be_ended(stage: Stage) -> None:
    stage.play(STOPS["70 years old"][0], until="stop")
    stage.tap("endFromStop")
    assert stage.screen == "idle"


def test_from_a_stop_staff_can_be_called_and_it_is_still_there_after(stage: Stage) -> None:
    stage.play(STOPS["not WNI"][0], until="stop")
    stage.tap("callFromStop")
    assert stage.says(SAY("call.sign"))
    stage.tap("helped")
    assert stage.says(SAY("stop.not_wni.title"))


def test_who_is_registered_already_learns_nothing_more_than_that(open_kiosk: OpenStage) -> None:
    stage = open_kiosk()
    stage.play(TRADER)
    stage.wait_for_slip("unconfirmed")
    number = stage.number()
    (before,) = stage.rows(tables.registration)
    stage.tap("tookSlip")
    other = {**EMPLOYER, "name": letters("SOMEBODY ELSE"), "phone": ("phone-none",)}
    stage.play(other, until="already")
    said = " ".join(stage.words())
    assert SAY("already.text") in said
    assert not any(word in said for word in (*NAME.split(), number, number[:4], "2026", "Rp"))
    assert stage.rows(tables.registration) == [before]
    stage.tap("endAlready")
    assert stage.screen == "idle"


def test_who_does_not_agree_is_asked_nothing_and_nothing_is_kept(stage: Stage) -> None:
    stage.tap("start", "register", "back")
    assert stage.screen in {"idle", "menu"}
    assert stage.rows(tables.draft) == []


def test_learning_about_the_benefits_leads_to_the_registration(stage: Stage) -> None:
    stage.tap("start", "learn")
    assert stage.says(SAY("benefits.not_health"))
    stage.tap("backToMenu", "learn", "registerNow")
    assert stage.screen == "consent"


def test_each_benefit_is_told_with_its_conditions_one_after_the_other(stage: Stage) -> None:
    stage.tap("start", "learn", "learn-death")
    assert stage.says(SAY("benefit.death.full", total="Rp42 juta", waiting=3))
    assert stage.says(SAY("benefit.death.early", waiting=3, before="Rp10 juta"))
    stage.tap("nextBenefit")
    assert stage.says(SAY("benefit.school.death", years=3))
    stage.tap("nextBenefit", "nextBenefit")
    assert stage.says(SAY("benefit.accident.death", jkk_death="Rp70 juta"))
    stage.tap("backToBenefits", "backToMenu")
    assert stage.screen == "menu"


@pytest.mark.parametrize("caller", ["idle", "menu", "work", "review", "done"])
def test_staff_can_be_called_from_anywhere_and_the_visit_goes_on(stage: Stage, caller: str) -> None:
    if caller == "menu":
        stage.tap("start")
    elif caller != "idle":
        stage.play(TRADER, until=caller)
    before = stage.words()
    stage.tap("help")
    assert stage.says(SAY("call.sign_lead"))
    stage.tap("helped")
    assert stage.screen == caller
    if caller != "done":  # there the slip moves on meanwhile
        assert stage.words() == before
