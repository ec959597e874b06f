"""Going back loses nothing, and one answer can be mended without giving the others again."""

import pytest

from .residents import (
    BIRTHPLACE,
    BUSY,
    CITEREP,
    DECLARATIONS,
    EMAIL,
    EMPLOYER,
    MOTHER,
    NEIGHBOUR,
    QUESTIONED,
    STRANGER,
    TRADER,
    Resident,
    digits,
    email_keys,
    letters,
    nik_born,
)
from .stage import ASKING, OpenStage, Stage

BACK_TO_THE_REVIEW = (
    *("nik", "name", "address", "phone", "place", "income"),
    *("programme", "months"),
)


def shown(stage: Stage) -> tuple[str, ...]:
    """What the screen says but for "Langkah 2 dari 11": later answers add steps."""
    return tuple(sorted(text for text in stage.words() if not text.startswith("Langkah")))


@pytest.mark.parametrize(
    "resident",
    [TRADER, EMPLOYER, NEIGHBOUR, STRANGER, BUSY],
    ids=["trader", "employer", "near", "far", "busy"],
)
def test_going_back_and_on_again_shows_every_answer_as_it_was(
    stage: Stage, resident: Resident
) -> None:
    stage.tap("start", "register")
    answered = {}
    while stage.screen != "review":
        step = stage.screen
        stage.tap(*resident[step])
        answered[step] = shown(stage)
        stage.tap("next")
    reviewed = shown(stage)
    for step in reversed(answered):
        stage.tap("back")
        assert (stage.screen, shown(stage)) == (step, answered[step])
    for step, said in answered.items():
        assert (stage.screen, shown(stage)) == (step, said)
        stage.tap("next")
    assert (stage.screen, shown(stage)) == ("review", reviewed)


def test_a_look_at_an_answer_leads_straight_back_to_the_review(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    reviewed = shown(stage)
    for step in BACK_TO_THE_REVIEW:
        stage.tap(f"edit-{step}")
        assert stage.screen == step
        stage.tap("next")
        assert (stage.screen, shown(stage)) == ("review", reviewed)


MENDED: dict[str, tuple[str, tuple[str, ...], str]] = {
    "nik": ("nik", ("padClear", *digits(nik_born("150390"))), "3604 0915 0390 0011"),
    "name": ("name", letters(" RAHAYU"), "SITI AMINAH RAHAYU"),
    "birth date": ("name", ("changeBirthDate", *digits("16081985")), "16 Agustus 1985"),
    "desa": ("address", ("desa-36.04.09.2001",), "Desa Ciruas, Kec. Ciruas 42182"),
    "phone": ("phone", ("padDelete", "pad9"), "0812 3456 7899"),
    "no phone": ("phone", ("phone-none",), "Tidak ada"),
    "place": ("place", ("place-outside",), "Di luar Kab. Serang"),
    "income": ("income", digits("0"), "Golongan 23, sampai Rp11.199.000"),
    "programme": ("programme", ("programme-JKK+JKM+JHT",), "JKK + JKM + JHT"),
    "months": ("months", ("months-1",), "November 2026"),
}


@pytest.mark.parametrize("what", MENDED)
def test_a_mended_answer_stands_in_the_review_and_the_others_stay(stage: Stage, what: str) -> None:
    step, keys, value = MENDED[what]
    stage.play(TRADER, until="review")
    before = set(shown(stage))
    stage.tap(f"edit-{step}", *keys, "next")
    assert stage.screen == "review"
    assert stage.says(value)
    assert len(before - set(shown(stage))) <= 3  # the answer, and what follows from it


def test_going_back_while_mending_leaves_the_answer_as_it_was(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    reviewed = shown(stage)
    stage.tap("edit-phone", "padClear", *digits("0899"), "back")
    assert (stage.screen, shown(stage)) == ("review", reviewed)


def test_giving_up_a_move_half_way_leaves_the_address_as_it_was(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    reviewed = shown(stage)
    stage.tap("edit-address", "lives-other_kecamatan", "next", "kecamatan-36.04.14", "next")
    assert stage.screen == "desa"
    stage.tap("back")
    assert (stage.screen, shown(stage)) == ("review", reviewed)


def test_a_move_is_asked_to_its_end_before_the_review(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    stage.tap("edit-address", "lives-other_kecamatan", "next")
    stage.go_on(NEIGHBOUR, until="review")
    assert stage.says("Desa Cerukcuk, Kec. Tanara 42194")


def test_other_work_is_asked_to_its_end_before_the_review(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    stage.tap("edit-work", "work-umkm", "next", "job-perajin", "next", "question-yes", "next")
    assert stage.screen == "programme"  # savings are compulsory now
    stage.tap("programme-JKK+JKM+JHT", "next")
    assert stage.screen == "review"


def test_the_job_can_be_mended_within_the_same_kind_of_work(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    stage.tap("edit-work", "next")
    assert stage.screen == "job"
    stage.tap("job-warung_toko_kecil", "next")
    assert stage.screen == "review"
    assert stage.says("Warung, toko kecil")


def test_whether_one_employs_people_can_be_mended(stage: Stage) -> None:
    stage.play(EMPLOYER, until="review")
    stage.tap("edit-work", "next", "next")
    assert stage.screen == "question"


def test_an_e_mail_can_be_added_from_the_review_mended_and_emptied(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    assert stage.visitor.find("edit-email") is None
    stage.tap("edit-phone", "addEmail", "next", *email_keys(EMAIL), "next")
    assert stage.screen == "review"
    assert stage.says(EMAIL)
    stage.tap("edit-email", "emailClear", *email_keys("a@b.id"), "next")
    assert stage.says("a@b.id")
    stage.tap("edit-email", "emailClear", "next")
    assert stage.screen == "review"
    assert stage.visitor.find("edit-email") is None


def test_a_second_job_can_be_added_from_the_review_mended_and_taken_away(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    amount = stage.says("Rp33.600")
    stage.tap("edit-place", "addJob", "next")
    stage.go_on(BUSY, until="review")
    assert stage.says("Tukang cat")
    assert amount
    assert stage.says("Rp33.600")
    stage.tap("edit-second_work", "secondwork-jasa", "next")
    assert stage.screen == "second_job"
    stage.tap("secondjob-tukang_cukur", "next")
    assert stage.screen == "review"
    stage.tap("edit-place", "addJob", "next")
    assert stage.screen == "review"
    assert stage.visitor.find("edit-second_work") is None


def test_the_first_job_is_not_offered_as_the_second(stage: Stage) -> None:
    stage.play(BUSY, until="second_work")
    stage.tap("secondwork-dagang", "next")
    assert stage.visitor.find("secondjob-warung_toko_kecil") is not None
    assert stage.visitor.find("secondjob-pedagang_pasar") is None


def test_birthplace_and_mother_are_mended_one_by_one(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(changes=ASKING)
    stage.play(QUESTIONED, until="review")
    for step, value in (("birthplace", BIRTHPLACE), ("mother", MOTHER)):
        stage.tap(f"edit-{step}", "letterX", "next")
        assert stage.screen == "review"
        assert stage.says(value + "X")


def test_declarations_are_made_again_after_an_answer_changed(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    stage.tap(*DECLARATIONS, "edit-phone", "phone-none", "next", "next")
    assert stage.screen == "review"
    assert not any(stage.key(tick).property("ticked") for tick in DECLARATIONS)


def test_a_mended_answer_that_ends_the_way_can_be_taken_back(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    reviewed = shown(stage)
    stage.tap("edit-work", "work-not_wni", "next")
    assert stage.screen == "stop"
    stage.tap("backFromStop")
    assert (stage.screen, shown(stage)) == ("review", reviewed)


def test_another_desa_key_is_not_taken_for_the_first(stage: Stage) -> None:
    stage.play(TRADER, until="address")
    stage.tap(CITEREP, "desa-36.04.09.2001")
    assert not stage.key(CITEREP).property("chosen")
    assert stage.key("desa-36.04.09.2001").property("chosen")
