"""A draft is tried on real screens and on paper, in a process of its own."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kiosk.clock import Clock, local_date
from kiosk.composition import Place
from kiosk.domain.configuration import Content
from kiosk.domain.failures import DataFailure
from kiosk.domain.fleet import Problem
from kiosk.settings import Settings
from ui.rehearsing import _NOBODYS, _tried, rehearse

WIDE = "W" * 40


def test_what_does_not_fit_is_named_in_every_language_and_nothing_else() -> None:
    """Of the office's longest name, which every check lets pass."""
    found = rehearse(Content(kiosks={"10917": {"office": WIDE}}), Place("36.04.09", "10917"))
    assert {one.reason for one in found} == {"does_not_fit"}
    assert {one.scope for one in found} >= {"id idle", "en idle"}
    assert all(WIDE in one.says for one in found)


EVERYTHING = {
    "ask_birthplace": True,
    "ask_mother_name": True,
    "start_without_printer": False,
    "residents_reprint": False,
    "start_text_size": "largest",
    "start_contrast": True,
    "slip_without": "office,title,seal",
    "language": "en",
    "languages": "en",
}
"""What changes the way of a visit, as far as it can be changed from afar."""


def test_whatever_an_admin_may_switch_on_can_be_tried() -> None:
    assert rehearse(Content(kabupaten=EVERYTHING), Place("36.04.09", "10917")) == ()


def test_only_the_languages_that_the_draft_offers_are_tried() -> None:
    wide = {"office": WIDE, "language": "en", "languages": "en"}
    found = rehearse(Content(kiosks={"10917": wide}), Place("36.04.09", "10917"))
    assert {one.scope.partition(" ")[0] for one in found if one.scope != "slip"} == {"en"}


def test_a_sentence_that_fits_until_a_resident_enlarges_the_words_is_named() -> None:
    long = {"id": {"nik.hide": "Tutup nomorku"}, "en": {"nik.hide": "Hide"}}
    found = rehearse(Content(texts=long), Place("36.04.09", "10917"))
    assert {(one.scope, one.says) for one in found} == {("id nik", "Tutup nomorku")}


def test_a_trial_that_does_not_end_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.rehearsing.AT_MOST_S", 0.01)
    (found,) = rehearse(Content(), Place("36.04.09", "10917"))
    assert (found.scope, found.reason) == ("visit", "visit")


def test_a_draft_with_which_the_kiosk_would_not_begin_is_named() -> None:
    draft = Content(texts={"id": {"common.next": "Terus"}})
    found = rehearse(draft, Place("36.04.08", "10918"))
    assert found == (Problem("visit", "", "goes_not", "text common.next"),)


def test_a_tariff_to_come_is_tried_as_on_its_day() -> None:
    days: list[date] = []

    def stands_on(_settings: Settings, clock: Clock) -> AbstractContextManager[Any]:
        days.append(local_date(clock.now()))
        raise DataFailure("kiosk.toml", 0, "not opened")

    for name in ("tariff.2120-01-01.json", "benefits.2020-01-01.json"):
        document = replace(_NOBODYS, content=Content(data={name: "{}"}))
        with pytest.raises(DataFailure):
            list(_tried(document, Place("36.04.09", "10917"), stands_on))
    assert days[0] == date(2120, 1, 1)
    assert days[1] > date(2020, 1, 1)
