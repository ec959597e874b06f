"""The centre at the desk: its line, its page, what it rejected, joining, and duplicates."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from samples import load_texts, make_application, nik_of

from kiosk.central.outcomes import CentreFlag, NotAllowed, Unreachable
from kiosk.domain.centre import Link, MatchBecause, SyncStatus
from kiosk.domain.centre_desk import Reconciled, TokenFlaw
from kiosk.domain.registration import Registration
from kiosk.domain.registration_number import group_number
from kiosk.registration import Registered, register
from kiosk.storage import tables

from .centre_stand_in import (
    KIOSK_TOKEN,
    STAFF_TOKEN,
    WELL,
    YESTERDAY,
    Access,
    give_centre,
    hand_in,
    pair,
    versions,
)
from .conftest import Quiet
from .desk_stage import ADMIN, CLERK, PIN, SUPERVISOR, DeskStage, employ
from .modes import LYING, Mode, show
from .settling import settle as wait_for
from .settling import workers_of
from .stage import OpenStage, Stage

SAY = load_texts().say
Key = Qt.Key


@pytest.fixture
def stage(open_kiosk: OpenStage) -> Stage:
    stage = open_kiosk()
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    employ(stage)
    return stage


@pytest.fixture
def centre(stage: Stage) -> Access:
    """A centre that this kiosk has joined; the supervisor has a login there."""
    return give_centre(stage, PIN, kept={SUPERVISOR})


@pytest.fixture
def people(stage: Stage, centre: Access) -> tuple[Registration, ...]:
    """One at the centre, one rejected there, and one on the way."""
    made = tuple(_register(stage, serial) for serial in (1, 2, 3))
    hand_in(stage, made[0])
    hand_in(stage, made[1], "bad_name", YESTERDAY)
    return made


def _register(stage: Stage, serial: int) -> Registration:
    name = ("", "AHMAD SAPRUDIN", "ROHAYATI", "UDIN")[serial]
    applied = make_application(f"id {serial}", nik=nik_of(serial), name=name)
    made = register(stage.services.store, applied, stage.clock)
    assert isinstance(made, Registered)
    return made.registration


def sign_in(stage: Stage, who: str) -> DeskStage:
    """Open the desk, and wait also for what the centre was asked."""
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(who)
    settle(desk)
    return desk


def settle(desk: DeskStage) -> None:
    """Wait for the desk's worker and for the one that asks the centre."""
    wait_for(desk.stage.visitor, *workers_of(desk.stage.app, far=True))
    desk.settle()


def tap(desk: DeskStage, *names: str) -> None:
    for name in names:
        desk.tap(name)
        settle(desk)


def line(desk: DeskStage) -> str:
    return str(desk.stage.key("centreLine").property("text"))


def events(stage: Stage) -> list[str]:
    return [str(row["event"]) for row in stage.rows(tables.audit)]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("who", [SUPERVISOR, CLERK, ADMIN])
def test_the_pages_stand_in_one_row(stage: Stage, centre: Access, who: str, language: str) -> None:
    """On the narrowest lying screen, whichever of them is open."""
    show(stage, Mode(LYING, language))
    desk = sign_in(stage, who)
    pages = ["records", "batches", "pairs", "printer", "staff", "settings", "readiness"]
    found = [key for page in pages if (key := stage.visitor.find(f"page_{page}")) is not None]
    assert len(found) >= 3
    for key in found:
        desk.tap(key.objectName())
        settle(desk)
        assert {one.y() for one in found} == {0.0}


# ------------------------------------------------------------ the line over every page


def test_without_a_centre_nothing_of_it_stands_in_the_way(stage: Stage) -> None:
    give_centre(stage, PIN, joined=False, kept=set())
    desk = sign_in(stage, CLERK)
    for name in ("centreStrip", "page_centre", "page_pairs", "view_not_at_centre"):
        assert stage.visitor.find(name) is None
    assert not any("usat" in word for word in stage.words())
    tap(desk, "page_printer")
    assert stage.visitor.find("centreStrip") is None


def test_the_line_follows_what_was_proven_on_every_page(stage: Stage, centre: Access) -> None:
    desk = sign_in(stage, CLERK)
    assert line(desk) == "Di pusat sampai 22 Nov 10.02"
    desk.tap("page_recap")
    centre.way.become(SyncStatus(Link.NOT_REACHED, since=YESTERDAY, reached_at=YESTERDAY))
    settle(desk)
    assert line(desk) == "Pusat tidak terjangkau sejak kemarin 14.10"
    tap(desk, "centreStrip")
    assert desk.desk.page == "centre"
    assert desk.says(SAY("desk.centre.not_reached_do"))


def test_nobody_who_is_not_signed_in_is_told(stage: Stage, centre: Access) -> None:
    desk = sign_in(stage, CLERK)
    desk.tap("signOut")
    desk.open()
    assert stage.visitor.find("centreStrip") is None


# ------------------------------------------------------------ records


def test_a_record_says_since_when_it_is_at_the_centre(
    stage: Stage, people: tuple[Registration, ...]
) -> None:
    desk = sign_in(stage, CLERK)
    desk.open_record(people[0].number)
    assert desk.says(SAY("desk.centre.here_there", when="22 Nov 10.02"))
    desk.open_record(people[2].number)
    assert desk.says(SAY("desk.centre.here_only"))
    assert not desk.says("Di pusat sejak")


def test_the_list_of_what_is_not_at_the_centre_begins_with_the_oldest(
    stage: Stage, people: tuple[Registration, ...]
) -> None:
    desk = sign_in(stage, CLERK)
    tap(desk, "view_not_at_centre")
    assert desk.names() == ["ROHAYATI", "UDIN"]


def test_a_rejected_record_says_why_and_is_sent_again_from_its_pane(
    stage: Stage, centre: Access, people: tuple[Registration, ...]
) -> None:
    desk = sign_in(stage, CLERK)
    desk.open_record(people[1].number)
    assert desk.says(SAY("desk.centre.here_rejected", when="kemarin 14.10"))
    assert desk.says(SAY("desk.parked.bad", what="nama"))
    tap(desk, "tryRecordAgain")
    assert desk.notice == SAY("desk.told.tried_again")
    assert stage.rows(tables.parked) == []
    assert centre.way.nudges == 1
    assert desk.says(SAY("desk.centre.here_only"))
    assert "sent_to_centre_again" in events(stage)


def test_the_page_lists_what_was_rejected_and_sends_it_again(
    stage: Stage, centre: Access, people: tuple[Registration, ...]
) -> None:
    desk = sign_in(stage, CLERK)
    tap(desk, "centreStrip", f"parked_{group_number(people[1].number)}")
    assert desk.says(SAY("desk.parked.bad_do"))
    desk.tap("openParked")
    assert desk.says("ROHAYATI")
    tap(desk, "centreStrip", f"parked_{group_number(people[1].number)}", "tryAgain")
    assert stage.rows(tables.parked) == []
    assert not desk.says(group_number(people[1].number))


def test_an_admin_sees_how_it_stands_and_learns_of_nobody(
    stage: Stage, people: tuple[Registration, ...]
) -> None:
    desk = sign_in(stage, ADMIN)
    tap(desk, "centreStrip")
    assert desk.says(SAY("desk.centre.all_there"))
    assert not any(group_number(one.number) in word for one in people for word in stage.words())


# ------------------------------------------------------------ comparing and sending


def test_comparing_says_what_it_found(stage: Stage, centre: Access) -> None:
    desk = sign_in(stage, CLERK)
    tap(desk, "centreStrip", "compareCentre")
    assert desk.says(SAY("desk.centre.compare_same", days=4))
    centre.way.found = Reconciled(days=4, sent_again=2, only_there=1)
    tap(desk, "compareCentre")
    assert desk.says(SAY("desk.centre.compare_again", count=2))
    assert desk.says(SAY("desk.centre.compare_only_there", count=1))
    centre.way.found = None
    tap(desk, "compareCentre")
    assert desk.says(SAY("desk.centre.compare_failed", code="C 12"))


def test_sending_now_does_not_wait_until_it_is_due(stage: Stage, centre: Access) -> None:
    desk = sign_in(stage, CLERK)
    tap(desk, "centreStrip", "sendNow")
    assert centre.way.nudges == 1


def test_a_copied_store_is_alarmed_until_the_admin_has_reported_it(
    stage: Stage, centre: Access
) -> None:
    with stage.services.store.transaction() as record:
        record.centre.keep_state(replace(record.centre.state(), copied_at=YESTERDAY))
    centre.way.now = replace(WELL, copied_at=YESTERDAY)
    desk = sign_in(stage, CLERK)
    assert line(desk) == SAY("desk.centre.line_copied")
    tap(desk, "centreStrip")
    assert desk.says(SAY("desk.centre.copied", when="kemarin 14.10"))
    assert stage.visitor.find("copyReported") is None
    desk.tap("signOut")
    desk = sign_in(stage, ADMIN)
    tap(desk, "centreStrip", "copyReported")
    with stage.services.store.reading() as record:
        assert record.centre.state().copied_at is None
    assert "copy_reported" in events(stage)


# ------------------------------------------------------------ joining


@pytest.fixture
def alone(stage: Stage) -> Access:
    """A kiosk that belongs to no centre yet."""
    return give_centre(stage, PIN, joined=False, kept=set())


def test_an_admin_joins_by_scanning_a_token(stage: Stage, alone: Access) -> None:
    desk = sign_in(stage, ADMIN)
    tap(desk, "page_centre", "joinCentre")
    desk.scan(KIOSK_TOKEN)
    assert desk.says("10917")
    assert desk.says("pusat.serangkab.example")
    assert not any(KIOSK_TOKEN in word for word in stage.words())
    tap(desk, "useToken")
    assert desk.notice == SAY("desk.told.joined", number="10917", office="Ciruas")
    assert line(desk) == SAY("desk.centre.line_never")
    assert stage.visitor.find("joinCentre") is None


def test_a_kiosk_that_the_centre_has_shut_out_takes_a_new_token(
    stage: Stage, centre: Access
) -> None:
    centre.way.now = SyncStatus(Link.REFUSED, since=YESTERDAY, reached_at=YESTERDAY, code="C 31")
    desk = sign_in(stage, ADMIN)
    assert line(desk) == SAY("desk.centre.line_refused")
    tap(desk, "centreStrip", "joinAgain")
    desk.scan(KIOSK_TOKEN)
    tap(desk, "useToken")
    assert line(desk) == SAY("desk.centre.line_never")
    assert stage.visitor.find("joinAgain") is None


def test_a_token_is_pasted_too(stage: Stage, alone: Access) -> None:
    desk = sign_in(stage, ADMIN)
    tap(desk, "page_centre", "joinCentre")
    desk.write("tokenText", f" {KIOSK_TOKEN}  ")
    tap(desk, "readToken")
    assert desk.says("10917")


def test_a_token_is_read_from_a_file(stage: Stage, alone: Access) -> None:
    folder: Path = stage.settings.exchange_folder
    folder.mkdir()
    (folder / "token.txt").write_text(f"{KIOSK_TOKEN[:8]}\n{KIOSK_TOKEN[8:]}\n")
    desk = sign_in(stage, ADMIN)
    tap(desk, "page_centre", "joinCentre", "file_0")
    assert desk.says("10917")


def test_a_text_that_is_no_token_is_told(stage: Stage, alone: Access) -> None:
    desk = sign_in(stage, ADMIN)
    tap(desk, "page_centre", "joinCentre")
    desk.scan("109170000427")
    assert desk.says(SAY("desk.join.flaw_not_a_token"))
    desk.scan(STAFF_TOKEN)
    assert desk.says(SAY("desk.join.flaw_other_kind"))


def test_a_token_of_another_kecamatan_is_not_taken(stage: Stage, alone: Access) -> None:
    alone.token_office = "36.04.11"
    desk = sign_in(stage, ADMIN)
    tap(desk, "page_centre", "joinCentre")
    desk.scan(KIOSK_TOKEN)
    assert desk.says(SAY("desk.join.other_office", theirs="Kragilan", own="Ciruas"))
    assert stage.visitor.find("useToken") is None
    alone.token_office = ""
    desk.scan(KIOSK_TOKEN)
    assert stage.visitor.find("useToken") is not None


@pytest.mark.parametrize("flaw", sorted(set(TokenFlaw) - {TokenFlaw.UNSAFE}))
def test_why_a_token_is_refused_is_told(stage: Stage, alone: Access, flaw: TokenFlaw) -> None:
    alone.refuses = flaw
    desk = sign_in(stage, ADMIN)
    tap(desk, "page_centre", "joinCentre")
    desk.scan(KIOSK_TOKEN)
    tap(desk, "useToken")
    assert desk.says(SAY(f"desk.join.flaw_{flaw.value}"))
    assert stage.visitor.find("centreStrip") is None


def test_an_unsafe_address_is_told_with_its_code(stage: Stage, alone: Access) -> None:
    alone.refuses = TokenFlaw.UNSAFE
    desk = sign_in(stage, ADMIN)
    tap(desk, "page_centre", "joinCentre")
    desk.scan(KIOSK_TOKEN)
    tap(desk, "useToken")
    assert desk.says(f"{SAY('desk.join.flaw_unsafe')} {SAY('desk.centre.code', code='C 11')}")


def test_a_token_scanned_on_another_page_is_shown_nowhere(stage: Stage, centre: Access) -> None:
    desk = sign_in(stage, CLERK)
    desk.scan(STAFF_TOKEN)
    assert desk.notice == SAY("desk.join.scan_on_page")
    assert not any(STAFF_TOKEN in word for word in stage.words())


# ------------------------------------------------------------ a person's login


def test_a_login_is_kept_once_and_opens_with_the_pin_from_then_on(
    stage: Stage, centre: Access
) -> None:
    desk = sign_in(stage, CLERK)
    tap(desk, "page_pairs")
    assert desk.says(SAY("desk.centre.login_none"))
    tap(desk, "pairsLogin", "loginCentre")
    desk.scan(STAFF_TOKEN)
    desk.type("402918")
    desk.hit(Key.Key_Return)
    settle(desk)
    assert desk.says(SAY("desk.problem.wrong_pin"))
    desk.write("tokenPin", PIN)
    tap(desk, "useToken")
    assert desk.notice == SAY("desk.told.logged_in")
    assert desk.says(SAY("desk.centre.login_open"))
    desk.tap("signOut")
    desk = sign_in(stage, CLERK)
    tap(desk, "page_pairs")
    assert desk.says(SAY("desk.pairs.none"))


def test_who_signs_out_leaves_no_login_behind(
    stage: Stage, centre: Access, people: tuple[Registration, ...]
) -> None:
    centre.counter.flagged = (CentreFlag(people[0].id, "nik", "7"),)
    desk = sign_in(stage, SUPERVISOR)
    assert desk.says(SAY("desk.pairs.tag_match"))
    desk.tap("signOut")
    desk = sign_in(stage, CLERK)
    assert centre.counter.closed
    assert not desk.says(SAY("desk.pairs.tag_match"))


@pytest.mark.parametrize(
    ("answer", "told"),
    [(Unreachable(), "desk.centre.no_answer"), (NotAllowed(), "desk.centre.login_refused")],
)
def test_a_centre_that_gives_no_answer_is_told_and_asked_again(
    stage: Stage, centre: Access, answer: Unreachable | NotAllowed, told: str
) -> None:
    centre.counter.silent = answer
    desk = sign_in(stage, SUPERVISOR)
    tap(desk, "page_pairs")
    assert desk.says(SAY(told))
    centre.counter.silent = None
    tap(desk, "readPairs")
    assert desk.says(SAY("desk.pairs.none"))


def test_a_dead_line_keeps_nobody_waiting_neither_at_the_desk_nor_when_it_is_closed(
    open_kiosk: OpenStage, quiet: Quiet
) -> None:
    stage = open_kiosk()
    employ(stage)
    centre = give_centre(stage, PIN, kept={SUPERVISOR})
    centre.counter.answers.clear()
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(SUPERVISOR)
    desk.tap("page_recap", "page_records")
    assert desk.desk.page == "records"
    open_kiosk()
    centre.counter.answers.set()
    assert quiet.unexpected() == []


# ------------------------------------------------------------ what is there twice


def test_a_flagged_registration_carries_its_tag_and_leads_to_both(
    stage: Stage, centre: Access, people: tuple[Registration, ...]
) -> None:
    centre.counter.flagged = (CentreFlag(people[0].id, "nik", "7"),)
    centre.counter.pairs = (pair(people[0].id, people[0].number),)
    desk = sign_in(stage, SUPERVISOR)
    desk.open_record(people[0].number)
    assert desk.says(SAY("desk.pairs.tag_match"))
    assert desk.says(SAY("desk.pairs.alarm_nik"))
    tap(desk, "openPairs")
    assert desk.says(SAY("desk.pairs.title_match"))
    assert desk.says("************9001")
    assert desk.says("AHMAD SAPRUDDIN")


def test_a_supervisor_decides_with_a_reason_whose_registration_is_made_void(
    stage: Stage, centre: Access, people: tuple[Registration, ...]
) -> None:
    centre.counter.pairs = (pair(people[0].id, people[0].number),)
    desk = sign_in(stage, SUPERVISOR)
    tap(desk, "page_pairs", "decide_same", "formSubmit")
    assert desk.says(SAY("desk.problem.reason_missing"))
    assert desk.says(SAY("desk.problem.void_missing"))
    assert centre.counter.decided == []
    assert stage.visitor.find("void_other") is None
    tap(desk, f"void_{people[0].id}")
    desk.write("reason", "Orangnya datang membawa dua slip")
    tap(desk, "formSubmit")
    assert desk.notice == SAY("desk.told.decided")
    reason = "Orangnya datang membawa dua slip"
    assert centre.counter.decided == [("7", "same_person", people[0].id, reason)]
    assert desk.says(SAY("desk.pairs.none"))
    assert centre.way.nudges == 1


def test_two_people_both_stay_in_force(
    stage: Stage, centre: Access, people: tuple[Registration, ...]
) -> None:
    centre.counter.pairs = (pair(people[0].id, people[0].number, because=MatchBecause.NAME),)
    desk = sign_in(stage, SUPERVISOR)
    tap(desk, "page_pairs", "decide_different")
    desk.write("reason", "Kembar")
    tap(desk, "formSubmit")
    assert centre.counter.decided == [("7", "different", None, "Kembar")]


def test_a_decision_that_the_centre_did_not_take_is_not_told_as_taken(
    stage: Stage, centre: Access, people: tuple[Registration, ...]
) -> None:
    centre.counter.pairs = (pair(people[0].id, people[0].number),)
    desk = sign_in(stage, SUPERVISOR)
    tap(desk, "page_pairs", "decide_different")
    desk.write("reason", "Kembar")
    centre.counter.silent = Unreachable()
    tap(desk, "formSubmit")
    assert desk.says(SAY("desk.centre.no_answer"))
    assert desk.notice == ""
    centre.counter.silent = None
    tap(desk, "formSubmit")
    assert centre.counter.decided == [("7", "different", None, "Kembar")]


def test_a_clerk_sees_both_sides_and_cannot_decide(
    stage: Stage, centre: Access, people: tuple[Registration, ...]
) -> None:
    centre.kept.add(CLERK)
    centre.counter.pairs = (pair(people[0].id, people[0].number),)
    desk = sign_in(stage, CLERK)
    tap(desk, "page_pairs")
    assert desk.says("AHMAD SAPRUDDIN")
    assert desk.says(SAY("desk.pairs.only_look"))
    for deed in ("same", "different"):
        assert stage.visitor.find(f"decide_{deed}") is None


def test_of_two_versions_a_supervisor_keeps_one(
    stage: Stage, centre: Access, people: tuple[Registration, ...]
) -> None:
    centre.counter.versions = (versions(people[0].id, people[0].number),)
    desk = sign_in(stage, SUPERVISOR)
    tap(desk, "page_pairs")
    assert desk.says(SAY("desk.pairs.title_versions", number=group_number(people[0].number)))
    tap(desk, "decide_kiosk")
    desk.write("reason", "Sesuai KTP")
    tap(desk, "formSubmit")
    assert centre.counter.decided == [("3", "kiosk", None, "Sesuai KTP")]
    assert desk.says(SAY("desk.pairs.none"))


def test_what_somebody_else_has_settled_meanwhile_is_told(
    stage: Stage, centre: Access, people: tuple[Registration, ...]
) -> None:
    centre.counter.versions = (versions(people[0].id, people[0].number),)
    desk = sign_in(stage, SUPERVISOR)
    tap(desk, "page_pairs", "decide_centre")
    desk.write("reason", "Sesuai KTP")
    centre.counter.versions = ()
    tap(desk, "formSubmit")
    assert desk.notice == SAY("desk.told.decided_before")
