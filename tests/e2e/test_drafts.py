"""What is half entered is kept for a quarter of an hour, and not a minute longer."""

import json
from datetime import timedelta
from typing import Any

from kiosk.storage import tables

from .residents import NAME, NIK, PHONE, TRADER
from .stage import Stage


def draft(stage: Stage) -> dict[str, Any]:
    (row,) = stage.rows(tables.draft)
    kept: dict[str, Any] = json.loads(row["answers"])
    return kept


GIVEN: dict[str, dict[str, Any]] = {
    "consent": {},
    "work": {"segment_id": "dagang"},
    "job": {"job_id": "pedagang_pasar"},
    "nik": {"nik": NIK},
    "name": {"name": NAME},
    "address": {"lives": "here", "desa_code": "36.04.09.2002"},
    "phone": {"phone_owner": "own", "phone": PHONE},
    "place": {"work_place": "near_home"},
    "income": {"income_period": "day", "income_digits": "40000"},
    "programme": {"package": "JKK+JKM"},
    "months": {"months": 3},
}


def test_every_answered_step_is_in_the_store_before_the_next_is_answered(stage: Stage) -> None:
    stage.tap("start", "register")
    so_far: dict[str, Any] = {}
    for step, given in GIVEN.items():
        assert stage.screen == step
        stage.tap(*TRADER[step], "next")
        so_far |= given
        stage.wait_for_work()
        assert so_far.items() <= draft(stage).items()
    assert draft(stage)["consent"][:2] == ["2026-11-22.2", "id"]


def test_before_consent_nothing_is_kept(stage: Stage) -> None:
    stage.tap("start", "register")
    assert stage.rows(tables.draft) == []


def test_the_registration_takes_the_place_of_the_draft(stage: Stage) -> None:
    stage.play(TRADER)
    assert stage.rows(tables.draft) == []
    stage.wait_for_slip("unconfirmed")
    stage.tap("tookSlip")
    assert stage.rows(tables.draft) == []


def test_a_visit_left_half_way_can_be_resumed_for_a_quarter_of_an_hour(stage: Stage) -> None:
    stage.play(TRADER, until="income")
    stage.tap("leave")
    stage.wait_for_work()
    assert draft(stage)["phone"] == PHONE
    stage.clock.forward(timedelta(minutes=15))
    stage.app.visit.drop_old_drafts()
    stage.wait_for_work()
    assert draft(stage)["nik"] == NIK


def test_after_a_quarter_of_an_hour_it_is_destroyed(stage: Stage) -> None:
    stage.play(TRADER, until="income")
    stage.tap("leave")
    stage.wait_for_work()
    assert draft(stage)["phone"] == PHONE
    stage.clock.forward(timedelta(minutes=15, seconds=1))
    stage.app.visit.drop_old_drafts()
    stage.wait_for_work()
    assert stage.rows(tables.draft) == []
