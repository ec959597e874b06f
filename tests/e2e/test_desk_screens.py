"""The desk's screens of the centre, and those that it changed, can be read however they are shown.

They look as they were found good: after a wanted change run this with UPDATE_SNAPSHOTS=1 and look
at the pictures in tests/screens/desk before they are committed.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from samples import make_application, nik_of

from kiosk.central.outcomes import CentreFlag
from kiosk.domain.centre import Link, SyncStatus
from kiosk.registration import Registered, register

from .boxes import measure
from .centre_stand_in import (
    KIOSK_TOKEN,
    REACHED,
    STAFF_TOKEN,
    YESTERDAY,
    give_centre,
    hand_in,
    pair,
    versions,
)
from .desk_stage import ADMIN, CLERK, PIN, SUPERVISOR, DeskStage, employ
from .inks import faint_texts
from .modes import LYING, PLAIN, UPRIGHT, WIDE, Mode, show
from .stage import OpenStage, Stage
from .test_desk_centre import settle, sign_in, tap
from .test_screens import FOLDER as SCREENS
from .test_screens import changes, picture_of

FOLDER = SCREENS / "desk"
PICTURED = (Mode(LYING), Mode(UPRIGHT, "en", contrast=True))
MEASURED = (Mode(LYING, "en", contrast=True), PLAIN)
WIDE_TOO = Mode(WIDE, "en")
"""The desk is drawn for 1366 wide and enlarged from there: one picture proves it."""
ALONE = ("join", "join-ask", "join-damaged", "join-seen")
JOINED = (
    *("records", "record-flagged", "record-rejected", "record-there", "centre", "centre-copied"),
    *("centre-parked", "pairs-versions", "pairs-match", "pairs-decide", "printer"),
    *("login", "login-pin", "pairs-no-login"),
)


class Look:
    """Shows a scene in every mode, and notes what it finds."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage = stage
        self.folder = folder
        self.faults: list[str] = []
        self.seen: list[str] = []

    def take(self, scene: str) -> None:
        """Look at what is shown now."""
        self.seen.append(scene)
        for mode in (*PICTURED, *MEASURED, *((WIDE_TOO,) if scene == "pairs-match" else ())):
            show(self.stage, mode)
            self.faults += [f"{scene}{mode}: {one}" for one in self._look(scene, mode)]
        show(self.stage, Mode(LYING))

    def _look(self, scene: str, mode: Mode) -> Iterator[str]:
        layout = measure(self.stage, mode.panel)
        picture = picture_of(self.stage)
        yield from layout.text_faults()
        yield from faint_texts(layout.texts, picture)
        if mode not in MEASURED:
            FOLDER.mkdir(exist_ok=True)
            yield from changes(picture, FOLDER / f"{scene}{mode}.png", self.folder)


@pytest.fixture
def stage(open_kiosk: OpenStage) -> Stage:
    stage = open_kiosk()
    employ(stage)
    show(stage, Mode(LYING))
    return stage


def test_the_centre_is_readable_on_every_page(stage: Stage, tmp_path: Path) -> None:
    centre = give_centre(stage, PIN, kept={SUPERVISOR})
    people = []
    for serial, name in enumerate(("AHMAD SAPRUDIN", "ROHAYATI", "UDIN SAHRUDIN"), 1):
        applied = make_application(f"id {serial}", nik=nik_of(serial), name=name)
        made = register(stage.services.store, applied, stage.clock)
        assert isinstance(made, Registered)
        people.append(made.registration)
    one, other, third = people
    hand_in(stage, one)
    hand_in(stage, other, "bad_nik", YESTERDAY)
    hand_in(stage, third, "other_content")
    stage.services.printing.nudge()
    stage.visitor.wait_until(lambda: len(stage.tray.slips) == len(people))
    centre.counter.pairs = (pair(one.id, one.number),)
    centre.counter.versions = (versions(third.id, third.number),)
    look = Look(stage, tmp_path)
    desk = sign_in(stage, SUPERVISOR)
    look.take("records")
    desk.open_record(one.number)
    look.take("record-there")
    centre.counter.flagged = (CentreFlag(one.id, "nik", "7"),)
    desk.desk.centre.read_flags()
    settle(desk)
    look.take("record-flagged")
    desk.open_record(other.number)
    look.take("record-rejected")
    centre.way.become(_cut_off())
    settle(desk)
    tap(desk, "centreStrip", "compareCentre")
    look.take("centre")
    desk.desk.centre.choose(other.id)
    look.take("centre-parked")
    tap(desk, "page_pairs")
    look.take("pairs-versions")
    desk.desk.pairs.choose("match 7")
    look.take("pairs-match")
    desk.desk.pairs.decide("same")
    look.take("pairs-decide")
    tap(desk, "page_printer")
    look.take("printer")
    desk.tap("signOut")
    _take_of_who_has_no_login(look)
    assert look.faults == []
    assert set(look.seen) == set(JOINED)


def _cut_off() -> SyncStatus:
    return SyncStatus(
        Link.NOT_REACHED,
        since=YESTERDAY,
        reached_at=YESTERDAY,
        waiting=3,
        oldest_waiting_at=YESTERDAY - timedelta(days=1),
        parked=2,
        code="C 21",
    )


def _take_of_who_has_no_login(look: Look) -> None:
    stage = look.stage
    way = stage.app.services.centre
    way.become(SyncStatus(Link.REACHED, reached_at=REACHED, copied_at=YESTERDAY))  # type: ignore[union-attr]
    desk = sign_in(stage, CLERK)
    tap(desk, "page_pairs")
    look.take("pairs-no-login")
    tap(desk, "pairsLogin", "loginCentre")
    look.take("login")
    desk.scan(STAFF_TOKEN)
    look.take("login-pin")
    desk.tap("signOut")
    desk = sign_in(stage, ADMIN)
    tap(desk, "centreStrip")
    look.take("centre-copied")


def test_joining_is_readable(stage: Stage, tmp_path: Path) -> None:
    give_centre(stage, PIN, joined=False, kept=set())
    look = Look(stage, tmp_path)
    desk: DeskStage = sign_in(stage, ADMIN)
    tap(desk, "page_centre")
    look.take("join")
    tap(desk, "joinCentre")
    look.take("join-ask")
    desk.scan("109170000427")
    look.take("join-damaged")
    desk.scan(KIOSK_TOKEN)
    look.take("join-seen")
    assert look.faults == []
    assert tuple(look.seen) == ALONE


def test_every_picture_is_of_a_scene() -> None:
    wanted = {f"{scene}{mode}.png" for scene in (*JOINED, *ALONE) for mode in PICTURED}
    found = {file.name for file in FOLDER.glob("*.png")}
    assert found == wanted | {f"pairs-match{WIDE_TOO}.png"}
