"""What people do on the screen is counted, step by step, and nothing of who they are."""

from kiosk.storage import tables

from .conftest import Quiet
from .residents import EMAIL, NAME, NIK, PHONE, TRADER
from .stage import Stage

EVERY_TAP_MS = 300
"""So much time a tap of the stage takes."""


def counts(stage: Stage, purpose: str = "register") -> dict[str, tuple[int, int, int]]:
    """Reached, passed and given up, by step."""
    stage.wait_for_work()
    return {
        row["step"]: (row["reached"], row["passed"], row["given_up"])
        for row in stage.rows(tables.funnel)
        if row["purpose"] == purpose
    }


def of(stage: Stage) -> set[tuple[str, str, str]]:
    """Day, segment and dinas of what is counted."""
    return {(row["day"], row["segment_id"], row["dinas"]) for row in stage.rows(tables.funnel)}


def end(stage: Stage) -> None:
    stage.fall_silent(200)
    stage.fall_silent(200)
    assert stage.screen == "idle"


def test_who_registers_has_passed_every_step(stage: Stage) -> None:
    stage.play(TRADER)
    found = counts(stage)
    assert found["begun"] == (1, 0, 0)
    assert found["ended"] == (1, 0, 0)
    steps = found.keys() - {"begun", "ended"}
    assert {"consent", "work", "nik", "phone", "review"} <= steps
    assert all(found[step] == (1, 1, 0) for step in steps)
    assert of(stage) == {("2026-11-22", "dagang", "DISKOUMPERINDAG")}


def test_who_falls_silent_has_given_up_where_they_were(stage: Stage) -> None:
    stage.play(TRADER, until="phone")
    end(stage)
    found = counts(stage)
    assert found["nik"] == (1, 1, 0)
    assert found["phone"] == (1, 0, 1)
    assert "review" not in found
    assert "ended" not in found


def test_who_goes_back_to_the_menu_has_given_up(stage: Stage) -> None:
    stage.tap("start", "register", "back")
    assert counts(stage) == {"begun": (1, 0, 0), "consent": (1, 0, 1)}
    assert of(stage) == {("2026-11-22", "", "")}


def test_two_visits_are_two(stage: Stage) -> None:
    for _ in range(2):
        stage.play(TRADER, until="work")
        end(stage)
    assert counts(stage)["work"] == (2, 0, 2)


def test_the_time_of_a_step_is_that_of_those_who_went_on(stage: Stage) -> None:
    stage.play(TRADER, until="nik")
    stage.clock.skip(17_000)
    stage.go_on(TRADER, until="name")
    stage.clock.skip(25_000)
    end(stage)
    stage.wait_for_work()
    spent_ms = {row["step"]: row["spent_ms"] for row in stage.rows(tables.funnel)}
    assert 17_000 <= spent_ms["nik"] < 17_000 + 60 * EVERY_TAP_MS
    assert spent_ms["name"] == 0


def test_a_price_that_leads_to_a_registration_came_to_its_end(stage: Stage) -> None:
    stage.tap("start", "calculator")
    stage.go_on(TRADER, until="months")
    stage.tap(*TRADER["months"], "next")
    assert stage.screen == "consent"
    end(stage)
    assert counts(stage, "calculate")["ended"] == (1, 0, 0)
    assert counts(stage) == {"begun": (1, 0, 0), "consent": (1, 0, 1)}


def test_whom_it_is_not_for_has_not_given_up(stage: Stage) -> None:
    stage.play(TRADER, until="work")
    stage.tap("work-not_wni", "next")
    assert stage.screen == "stop"
    end(stage)
    assert counts(stage)["stop"] == (1, 0, 0)


def test_a_failure_of_the_kiosk_is_nobody_giving_up(stage: Stage, quiet: Quiet) -> None:
    quiet.tolerate("failsafe")
    stage.play(TRADER, until="nik")
    stage.app.visit.fail("S 14")
    assert counts(stage)["nik"] == (1, 0, 0)


def test_nothing_of_the_person_is_counted(stage: Stage) -> None:
    stage.play(TRADER)
    stage.wait_for_work()
    said = str(stage.rows(tables.funnel))
    assert not any(one in said for one in (NIK, NAME, PHONE, EMAIL))
