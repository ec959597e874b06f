"""A disk that fills and a clock that is wrong, as residents and staff meet them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from samples import load_texts
from small_disk import SmallDisk, small_disk

from kiosk.clock import local, local_date
from kiosk.domain.registration import Flag
from kiosk.domain.wording import date_words, moment_words
from kiosk.storage import tables

from .conftest import Quiet
from .desk_stage import ADMIN, CLERK, SUPERVISOR, DeskStage, employ
from .residents import DECLARATIONS, TRADER
from .stage import OpenStage, Stage
from .test_failsafe import NEXT_RESIDENT

TEXTS = load_texts()
SAY = TEXTS.say
MB = 1_000_000
PAUSES = SAY("idle.waits_for_room")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2106, 2, 7, tzinfo=UTC)


def look_again(stage: Stage) -> None:
    """Let the kiosk look at disk and clock, as it does every few seconds."""
    stage.app.watch.look()
    stage.wait_for_work()
    stage.app.tick()
    stage.visitor.settle()


# ------------------------------------------------------------------ room


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    for name, size in {"RESERVE_BYTES": 8, "STOP_BYTES": 4, "LOW_BYTES": 30}.items():
        monkeypatch.setattr(f"kiosk.room.{name}", size * MB)
    with small_disk(tmp_path / "disk", 64 * MB, monkeypatch) as opened:
        yield opened


@pytest.fixture
def on_disk(disk: SmallDisk, open_kiosk: OpenStage, quiet: Quiet) -> Stage:
    """A kiosk whose store lies on a small disk."""
    quiet.tolerate("room ")
    return open_kiosk(changes={"store_folder": disk.folder / "store"})


@pytest.mark.parametrize("way", [("register",), ("learn", "registerNow")])
def test_nobody_begins_on_a_full_disk_and_it_recovers_by_itself(
    on_disk: Stage, disk: SmallDisk, way: tuple[str, ...]
) -> None:
    assert not on_disk.says(PAUSES)
    disk.fill(leave=2 * MB)
    look_again(on_disk)
    assert on_disk.says(PAUSES)
    on_disk.tap("start", *way)
    assert on_disk.screen == "menu"
    assert on_disk.says(SAY("menu.register_waits_room"))
    on_disk.tap("learn")
    assert on_disk.screen == "benefits"
    on_disk.tap("leave")
    disk.clear()
    look_again(on_disk)
    assert not on_disk.says(PAUSES)
    on_disk.play(TRADER)
    assert on_disk.screen == "done"


def test_who_is_in_the_middle_when_the_disk_fills_comes_to_the_end(
    on_disk: Stage, disk: SmallDisk
) -> None:
    on_disk.play(TRADER, until="income")
    disk.fill(leave=50_000)
    look_again(on_disk)
    on_disk.go_on(TRADER)
    assert on_disk.screen == "done"
    (stored,) = on_disk.rows(tables.registration)
    assert stored["number"] == on_disk.number()
    on_disk.tap("tookSlip")
    assert on_disk.says(PAUSES)


def test_a_disk_that_fills_between_two_looks_stops_nobody(on_disk: Stage, disk: SmallDisk) -> None:
    on_disk.play(TRADER, until="review")
    on_disk.wait_for_work()
    disk.fill(leave=0)
    on_disk.tap(*DECLARATIONS, "next")
    on_disk.wait_until_idle()
    assert on_disk.screen == "done"


def test_a_kiosk_started_on_a_full_disk_waits_for_room(
    disk: SmallDisk, on_disk: Stage, open_kiosk: OpenStage
) -> None:
    disk.fill(leave=0)
    again = open_kiosk(changes={"store_folder": disk.folder / "store"})
    assert again.says(PAUSES)
    disk.clear()
    look_again(again)
    again.play(TRADER)
    assert again.screen == "done"


def test_the_staff_is_told_how_much_is_left(on_disk: Stage, disk: SmallDisk) -> None:
    employ(on_disk)
    desk = DeskStage(on_disk)
    desk.open()
    desk.sign_in()
    assert on_disk.visitor.find("standing") is None
    disk.fill(leave=20 * MB)
    look_again(on_disk)
    free = on_disk.services.room.room.free_mb
    assert desk.says(SAY("desk.standing.room_low", free=free))
    disk.fill(leave=1 * MB)
    look_again(on_disk)
    assert desk.says(SAY("desk.standing.room_none"))
    disk.clear()
    look_again(on_disk)
    assert on_disk.visitor.find("standing") is None


# ------------------------------------------------------------------ clock


@pytest.mark.parametrize("wrong", [LONG_AGO, FAR_AHEAD])
def test_a_visit_goes_on_while_the_clock_is_wrong_and_says_so_at_the_amounts(
    stage: Stage, quiet: Quiet, wrong: datetime
) -> None:
    quiet.tolerate("clock ")
    today = date_words(local_date(stage.clock.now()), TEXTS)
    stage.play(TRADER, until="programme")
    right = stage.clock.moment
    stage.clock.moment = wrong
    look_again(stage)
    assert stage.screen == "programme"
    stage.go_on(TRADER, until="review")
    stage.tap("edit-months")
    assert stage.says(SAY("months.day_unsure", date=today))
    stage.tap("next")
    stage.go_on(TRADER)
    stage.wait_for_slip("unconfirmed")
    stage.clock.moment = right + timedelta(minutes=1)
    stage.tap("tookSlip")
    look_again(stage)
    stage.play(NEXT_RESIDENT)
    assert stage.screen == "done"
    first, second = stage.rows(tables.registration)
    assert (first["flags"], second["flags"]) == (Flag.CLOCK.value, "")
    assert first["registered_at"] < second["registered_at"]
    assert first["this_month"] == second["this_month"]


def test_the_staff_sees_a_wrong_clock_and_a_supervisor_says_that_it_is_right(
    stage: Stage, quiet: Quiet
) -> None:
    quiet.tolerate("clock ")
    employ(stage)
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(CLERK)
    used = date_words(local_date(stage.clock.now()), TEXTS)
    stage.clock.moment = datetime(2027, 3, 1, tzinfo=UTC)
    look_again(stage)
    says = moment_words(local(stage.clock.moment), TEXTS)
    assert desk.says(SAY("desk.standing.clock", says=says, used=used))
    assert stage.visitor.find("confirmClock") is None
    for name in (SUPERVISOR, ADMIN):
        desk.tap("signOut")
        assert stage.visitor.find("standing") is None
        desk.open()
        desk.sign_in(name)
        assert stage.key("confirmClock")
    desk.tap("confirmClock")
    assert desk.notice == SAY("desk.told.clock_confirmed")
    assert stage.visitor.find("standing") is None
    assert stage.services.clock.now() == stage.clock.moment


def test_a_record_made_with_a_doubtful_clock_says_so(stage: Stage, quiet: Quiet) -> None:
    quiet.tolerate("clock ")
    employ(stage)
    right = stage.clock.moment
    stage.clock.moment = LONG_AGO
    stage.play(TRADER)
    number = stage.number()
    stage.wait_for_slip("unconfirmed")
    stage.clock.moment = right + timedelta(minutes=1)
    stage.tap("tookSlip")
    desk: Any = DeskStage(stage)
    desk.open()
    desk.sign_in()
    desk.open_record(number)
    assert desk.says(SAY("desk.alarm.clock"))
