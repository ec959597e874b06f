"""What one resident chose for their eyes and ears holds for the visit, and only for it."""

from typing import Any

from samples import RESOURCES

from kiosk.domain.texts import parse_texts

from .residents import NAME, SPOKEN_PHONE, TRADER
from .stage import Stage

ENGLISH = parse_texts((RESOURCES / "texts" / "en.toml").read_text("utf-8"), "en", "en.toml").say


def test_the_language_can_be_switched_in_the_middle_and_no_answer_is_lost(stage: Stage) -> None:
    stage.tap("start", "register")
    while stage.screen != "review":
        step = stage.screen
        stage.tap(*TRADER[step], "language", "next")
    assert stage.says(ENGLISH("review.title")) == (len(TRADER) % 2 == 0)
    assert stage.says(NAME)
    assert stage.says(SPOKEN_PHONE)


def test_consent_in_english_is_kept_as_such_and_the_next_resident_is_asked_in_indonesian(
    stage: Stage,
) -> None:
    stage.tap("language", "start", "register")
    assert stage.says(ENGLISH("consent.title"))
    stage.go_on(TRADER)
    assert stage.says(ENGLISH("done.title"))
    stage.wait_for_slip("unconfirmed")
    stage.tap("tookSlip", "start")
    assert not stage.says(ENGLISH("menu.title"))


def test_the_key_under_the_review_says_what_it_does_in_every_text_size(stage: Stage) -> None:
    stage.play(TRADER, until="review")

    def key() -> tuple[str, bool]:
        return stage.key("next").property("text"), stage.key("next").property("ready")

    in_normal_text = key()
    stage.tap("textSize")
    assert key() != in_normal_text
    stage.tap("textSize", "textSize")
    assert key() == in_normal_text


def test_text_size_and_contrast_fall_back_at_the_end(stage: Stage) -> None:
    kiosk: Any = stage.app.kiosk
    stage.tap("start", "textSize", "contrast")
    assert (kiosk.textStep, kiosk.contrast) == (1, True)
    stage.tap("leave")
    assert (kiosk.textStep, kiosk.contrast) == (0, False)
