"""`main.py sync` and the line of `main.py readiness`."""

from datetime import timedelta
from io import StringIO

import pytest
from samples import NOW, RESOURCES

from kiosk import arguments
from kiosk.domain.centre import Link, SyncStatus
from kiosk.languages import load_languages
from kiosk.readiness import Finding, Situation, State, centre
from kiosk.settings import Settings
from kiosk.sync import command
from kiosk.sync.line import NotReached
from kiosk.sync.worker import read_status
from kiosk.turn import SYNCING, Turn
from sync.office import KioskAtCentre

TEXTS = load_languages(RESOURCES / "texts").texts
SAY = TEXTS["en"].say


def typed(kiosk: KioskAtCentre, *words: str) -> tuple[int, list[str]]:
    """What a terminal shows, and the exit code."""
    out = StringIO()
    asked = arguments.parse(["sync", *words])
    folder = kiosk.kept.places.store
    code = command.run(kiosk.store, folder, asked, texts=TEXTS["en"], clock=kiosk.clock, out=out)
    return code, out.getvalue().splitlines()


def test_it_tells_what_waits_and_hands_it_in(kiosk: KioskAtCentre) -> None:
    kiosk.register(2)
    code, lines = typed(kiosk, "status")
    assert code == 1
    assert lines[:2] == [
        "Centre: never reached yet.",
        "Not at the centre: 2, the oldest since 22 November 2026, 10:24",
    ]
    code, lines = typed(kiosk, "now")
    assert code == 0
    assert lines[0] == SAY("sync_status.compared", days=1, sent_again=0, only_there=0)
    assert SAY("sync_status.link_reached") in lines
    assert SAY("sync_status.waiting", count=0) in lines
    assert len(kiosk.at_centre()) == 2


def test_what_was_rejected_stands_there_with_its_reason_and_can_go_again(
    kiosk: KioskAtCentre,
) -> None:
    good, bad = kiosk.register(2)
    kiosk.correct(bad, nik="1")
    code, lines = typed(kiosk, "now")
    number = str(kiosk.row(bad)["number"])
    assert code == 1
    assert [line.split(",")[0] for line in lines if number in line] == [
        f"Rejected: number {number} (bad_nik)"
    ]
    for typed_number, count in ((number, 1), (str(kiosk.row(good)["number"]), 1), ("1", 0)):
        code, lines = typed(kiosk, "again", typed_number)
        assert lines == [SAY("sync_status.once_more", count=count)]
        assert code == int(not count)
    assert read_status(kiosk.store).waiting == 2


def test_while_a_program_hands_in_the_command_leaves_it_alone(kiosk: KioskAtCentre) -> None:
    kiosk.register()
    turn = Turn(kiosk.kept.places.store, SYNCING)
    assert turn()
    assert typed(kiosk, "now") == (1, [SAY("sync_status.another")])
    turn.give_up()
    assert kiosk.at_centre() == {}


def finding(status: SyncStatus | None) -> Finding:
    return centre(Situation(Settings(), now=NOW, centre=lambda: status))


@pytest.mark.parametrize(
    ("status", "state", "says"),
    [
        (None, State.GOOD, "centre_unseen"),
        (SyncStatus(Link.NOT_JOINED), State.GOOD, "centre_none"),
        (SyncStatus(Link.NEVER_REACHED, waiting=3), State.ATTENTION, "centre_never"),
        (SyncStatus(Link.REACHED, reached_at=NOW), State.GOOD, "centre"),
        (SyncStatus(Link.REFUSED, reached_at=NOW), State.ATTENTION, "centre"),
        (
            SyncStatus(Link.REACHED, reached_at=NOW - timedelta(days=2)),
            State.ATTENTION,
            "centre",
        ),
        (SyncStatus(Link.REACHED, reached_at=NOW, parked=1), State.ATTENTION, "centre_parked"),
        (SyncStatus(Link.REACHED, reached_at=NOW, differing=1), State.ATTENTION, "centre_parked"),
    ],
)
def test_the_readiness_report_has_a_line_on_the_centre(
    status: SyncStatus | None, state: State, says: str
) -> None:
    found = finding(status)
    assert (found.state, found.says) == (state, f"readiness.{says}")
    assert bool(found.todo) is (state is not State.GOOD)


def test_the_line_tells_how_many_wait_and_for_how_long(kiosk: KioskAtCentre) -> None:
    kiosk.hand_in()
    kiosk.faults.instead = [NotReached("C 21", was_sending=False)]
    kiosk.register(3)
    kiosk.hand_in()
    kiosk.clock.forward(timedelta(hours=30))
    status = read_status(kiosk.store)
    found = centre(Situation(Settings(), now=kiosk.clock.now(), centre=lambda: status))
    assert found.values == {"waiting": 3, "parked": 0, "hours": 30, "oldest": 30}
