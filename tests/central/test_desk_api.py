"""What the staff of an office does at the centre, and how its kiosks hear of it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from central.crowd import KIOSKS, Crowd
from central.enrolled import OFFICE, OTHER_OFFICE
from central.fixtures import Centres
from central.kiosks import record_of
from central.offices import Offices, offices_of
from central.population import Population
from kiosk.central.address import CentreAddress
from kiosk.central.desk import CentreDesk
from kiosk.central.enrolment import revoke
from kiosk.central.outcomes import (
    AlreadyDecided,
    AlreadySettled,
    AlreadySo,
    ChangedMeanwhile,
    Decided,
    Done,
    EraseAtTheKiosk,
    Erased,
    Exported,
    NotAllowed,
    NotFound,
    NotPossible,
    Person,
    ReasonMissing,
    SeenThere,
    Stopped,
    Unreachable,
)
from kiosk.central.staff import people, remove
from kiosk.domain.centre import MatchBecause, Verdict
from kiosk.domain.staff import CentreRole

WHY = "sudah bicara dengan orangnya"


@pytest.fixture(scope="module")
def offices(centres: Centres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    with centres.new() as centre:
        made = offices_of(centre, tmp_path_factory.mktemp("offices"))
        yield made
        made.close()


@pytest.fixture(scope="module")
def supervisor(offices: Offices) -> Iterator[CentreDesk]:
    desk = offices.desk(offices.person(CentreRole.SUPERVISOR, OFFICE))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def other_supervisor(offices: Offices) -> Iterator[CentreDesk]:
    desk = offices.desk(offices.person(CentreRole.SUPERVISOR, OTHER_OFFICE))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def clerk(offices: Offices) -> Iterator[CentreDesk]:
    desk = offices.desk(offices.person(CentreRole.CLERK, OFFICE))
    yield desk
    desk.close()


def test_the_centre_knows_who_calls(clerk: CentreDesk) -> None:
    me = clerk.whoami()
    assert isinstance(me, Person)
    assert (me.name, me.role, me.office) == ("Orang clerk", CentreRole.CLERK, OFFICE)


# ------------------------------------------------------------ the same person twice


def test_a_match_is_decided_side_by_side(
    offices: Offices, clerk: CentreDesk, supervisor: CentreDesk, other_supervisor: CentreDesk
) -> None:
    nik = "3604011205801111"
    own = offices.here.row(1, nik=nik)
    other = offices.there.row(1, nik=nik, name="AHMAD SAPRUDIN BIN UDIN", phone="081299998888")
    offices.here.hand_in(own)
    offices.there.hand_in(other)
    found = clerk.matches()
    assert isinstance(found, tuple)
    (match,) = found
    mine, theirs = match.sides
    assert match.because is MatchBecause.NIK
    assert (mine.own, mine.nik, mine.phone) == (True, nik, own["phone"])
    assert (theirs.own, theirs.nik, theirs.phone) == (False, "*" * 12 + "1111", "*" * 8 + "8888")
    assert (theirs.number, theirs.office, theirs.name) == (
        other["number"],
        OTHER_OFFICE,
        other["name"],
    )
    assert (theirs.desa_code, theirs.kiosk_name) == ("", "")
    flags = clerk.flags()
    assert isinstance(flags, tuple)
    assert [(one.registration_id, one.because) for one in flags] == [(own["id"], "nik")]

    seen = offices.console.look("audit", None, 1000)[0]
    assert (seen["action"], seen["details"]) == ("matches_seen", {"matches": [int(match.id)]})

    assert clerk.decide(match.id, Verdict.SAME_PERSON, None, WHY) == NotAllowed()
    assert supervisor.decide(match.id, Verdict.SAME_PERSON, None, " ") == ReasonMissing()
    stolen = supervisor.decide(match.id, Verdict.SAME_PERSON, other["id"], WHY)
    assert stolen == NotFound()
    assert supervisor.decide(match.id, Verdict.DIFFERENT, own["id"], WHY) == NotPossible()
    decided = supervisor.decide(match.id, Verdict.SAME_PERSON, own["id"], WHY)
    assert decided == Decided(Verdict.SAME_PERSON)
    again = other_supervisor.decide(match.id, Verdict.DIFFERENT, None, WHY)
    assert isinstance(again, AlreadyDecided)
    assert again.verdict is Verdict.SAME_PERSON
    assert clerk.matches() == ()

    (change,) = offices.here.hand_in()["changes"]
    assert change["fields"] == {"status": "void"}
    assert (change["id"], change["revision"], change["base_revision"]) == (own["id"], 2, 1)
    assert offices.there.hand_in()["changes"] == []
    offices.here.changes_seen = change["seq"]
    back = offices.here.hand_in({**own, "status": "void", "revision": 2})
    assert back["outcomes"][0][2] == "already_there"


def test_a_match_of_other_offices_is_nobodys_here(
    offices: Offices, other_supervisor: CentreDesk, supervisor: CentreDesk
) -> None:
    nik = "3604011205802222"
    offices.there.hand_in(offices.there.row(2, nik=nik), offices.there.row(3, nik=nik))
    found = other_supervisor.matches()
    assert isinstance(found, tuple)
    assert all(side.own for side in found[0].sides)
    assert supervisor.matches() == ()
    assert supervisor.decide(found[0].id, Verdict.DIFFERENT, None, WHY) == NotFound()
    assert other_supervisor.decide(found[0].id, Verdict.DIFFERENT, None, WHY) == Decided(
        Verdict.DIFFERENT
    )


def test_a_reader_looks_at_so_many_who_wait_and_the_next_one_goes_on(
    centres: Centres, tmp_path: Path
) -> None:
    with centres.new() as centre, closing(offices_of(centre, tmp_path)) as offices:
        login = offices.person(CentreRole.CLERK, OFFICE)
        with closing(offices.desk(login)) as desk, centre.connect() as owner:
            Crowd(owner).take(KIOSKS[0], Population(5).people(1200))
            for left in (200, 0):
                desk.flags()
                waiting = owner.execute("SELECT count(*) FROM centre.to_match").fetchone()
                assert waiting == (left,)


def test_another_office_that_hands_in_no_telephone_spoils_nobodys_page(
    offices: Offices, supervisor: CentreDesk
) -> None:
    nik = "3604011205803333"
    theirs = offices.there.row(4, nik=nik, phone=None)
    offices.here.hand_in(offices.here.row(4, nik=nik))
    offices.there.hand_in(theirs)
    found = supervisor.matches()
    assert isinstance(found, tuple)
    sides = [side for match in found for side in match.sides if side.number == theirs["number"]]
    assert {side.phone for side in sides} == {""}
    for match in found:
        supervisor.decide(match.id, Verdict.DIFFERENT, None, WHY)


# ------------------------------------------------------------ two versions


@pytest.mark.parametrize(("keep", "phone"), [("centre", "081200000001"), ("kiosk", "081200000002")])
def test_two_versions_are_settled_by_a_person(
    offices: Offices, clerk: CentreDesk, supervisor: CentreDesk, keep: str, phone: str
) -> None:
    row = offices.here.row(10 if keep == "centre" else 11, nik=f"36040112058033{len(keep):02}")
    offices.here.changes_seen = _seen(offices)
    offices.here.hand_in(row)
    assert clerk.change(row["id"], 1, {"phone": "081200000001"}, WHY) == Done(2)
    meanwhile = {**row, "phone": "081200000002", "revision": 2}
    answer = offices.here.hand_in(meanwhile)
    assert answer["outcomes"][0][2] == "newer_there"
    found = clerk.conflicts()
    assert isinstance(found, tuple)
    (conflict,) = found
    assert conflict.differing == {"phone": ("081200000001", "081200000002")}
    assert clerk.settle(conflict.id, keep, WHY) == NotAllowed()
    assert supervisor.settle(conflict.id, keep, WHY) == Done(3)
    assert isinstance(supervisor.settle(conflict.id, keep, WHY), AlreadySettled)
    last = offices.here.hand_in()["changes"][-1]
    assert (last["decided"], last["fields"], last["revision"]) == (True, {"phone": phone}, 3)
    seen = clerk.see(row["id"])
    assert isinstance(seen, SeenThere)
    assert seen.payload["row"]["phone"] == phone


def test_a_choice_settles_the_versions_that_it_answers_and_no_other(
    offices: Offices, clerk: CentreDesk, supervisor: CentreDesk
) -> None:
    """What the kiosk itself corrected meanwhile is answered; a value nobody chose is not."""
    row = offices.here.row(13, nik="3604011205803399")
    offices.here.changes_seen = _seen(offices)
    offices.here.hand_in(row)
    assert clerk.change(row["id"], 1, {"phone": "081200000001"}, WHY) == Done(2)

    def hand_in(revision: int, before: str = "", **columns: str) -> str:
        record = record_of({**row, **columns, "revision": revision})
        record["corrections"] = [{"revision": revision, "before": before}] if before else []
        return str(offices.here.exchange(record)["outcomes"][0][2])

    assert hand_in(2, phone="081200000002") == "newer_there"
    assert hand_in(3, phone="081200000004") == "newer_there"
    assert hand_in(4, '{"phone": "081200000002"}', phone="081200000003") == "newer_there"
    assert hand_in(5, "[" * 9000, email="lain@example.com") == "newer_there"
    found = clerk.conflicts()
    assert isinstance(found, tuple)
    assert len(found) == 4
    chosen = next(one for one in found if one.differing["phone"][1] == "081200000003")
    assert supervisor.settle(chosen.id, "kiosk", WHY) == Done(5)
    left = clerk.conflicts()
    assert isinstance(left, tuple)
    assert {one.id for one in left} == {
        one.id for one in found if "email" in one.differing or one.differing["phone"][1][-1] == "4"
    }
    for one in left:
        supervisor.settle(one.id, "centre", WHY)
    assert clerk.conflicts() == ()


def _seen(offices: Offices) -> int:
    changes = offices.here.hand_in()["changes"]
    return max([offices.here.changes_seen, *(int(one["seq"]) for one in changes)])


# ------------------------------------------------------------ one registration


def test_a_change_needs_the_revision_a_reason_and_a_column_that_may_change(
    offices: Offices, clerk: CentreDesk
) -> None:
    row = offices.here.row(20, nik="3604011205804444")
    offices.here.hand_in(row)
    id_ = row["id"]
    assert clerk.change(id_, 1, {"phone": "0811"}, "") == ReasonMissing()
    assert clerk.change(id_, 7, {"phone": "0811"}, WHY) == ChangedMeanwhile(1)
    assert clerk.change(id_, 1, {"phone": row["phone"]}, WHY) == AlreadySo(1)
    for wrong in (
        {"nik": "3604011205809001"},
        {"name": "BUDI"},
        {"desa_code": "36.04.09.2002"},
        {"number": "123456789012"},
        {"phone": "bukan nomor"},
        {"status": "void"},
        {"status": "member", "kpj": "12345678901"},
        {"kpj": "12345678901"},
        {"revision": "9"},
    ):
        assert clerk.change(id_, 1, wrong, WHY) == NotPossible()
    assert clerk.change(id_, 1, {"phone": "0811222333"}, WHY) == Done(2)


def test_another_offices_registration_is_not_there(
    offices: Offices, supervisor: CentreDesk
) -> None:
    row = offices.there.row(30, nik="3604011205805555", name="ZULKARNAEN HIDAYAT")
    offices.there.hand_in(row)
    id_ = row["id"]
    assert supervisor.see(id_) == NotFound()
    assert supervisor.change(id_, 1, {"phone": "0811"}, WHY) == NotFound()
    assert supervisor.void(id_, 1, WHY) == NotFound()
    assert supervisor.export(id_) == NotFound()
    assert supervisor.erase(id_) == NotFound()
    assert supervisor.search(row["nik"]) == ()
    assert supervisor.search(row["number"]) == ()
    assert supervisor.search("ZULKAR") == ()


def test_a_search_finds_the_offices_own_without_the_nik(
    offices: Offices, clerk: CentreDesk
) -> None:
    row = offices.here.row(40, nik="3604011205806666", name="WAWAN GUNAWAN")
    offices.here.hand_in(row)
    for words in (row["number"], row["nik"], "wawan g"):
        found = clerk.search(words)
        assert isinstance(found, tuple)
        assert [(one.registration_id, one.nik) for one in found] == [(row["id"], "*" * 12 + "6666")]
    assert clerk.search("%") == ()
    assert clerk.search("WAW_N") == ()


def test_void_is_a_supervisors_and_final(
    offices: Offices, clerk: CentreDesk, supervisor: CentreDesk
) -> None:
    row = offices.here.row(50, nik="3604011205807777")
    offices.here.hand_in(row)
    assert clerk.void(row["id"], 1, WHY) == NotAllowed()
    assert supervisor.void(row["id"], 1, WHY) == Done(2)
    assert supervisor.void(row["id"], 2, WHY) == NotPossible()


def test_export_and_erasure(offices: Offices, clerk: CentreDesk, supervisor: CentreDesk) -> None:
    row = offices.here.row(60, nik="3604011205808888")
    offices.here.hand_in(row)
    assert clerk.export(row["id"]) == NotAllowed()
    exported = supervisor.export(row["id"])
    assert isinstance(exported, Exported)
    assert exported.payload["row"] == row
    assert supervisor.erase(row["id"]) == EraseAtTheKiosk()
    assert isinstance(clerk.see(row["id"]), SeenThere)


def test_everything_done_is_kept_with_who_did_it_and_no_personal_data(
    offices: Offices, supervisor: CentreDesk
) -> None:
    row = offices.here.row(70, nik="3604011205809999", name="RAHASIA SEKALI")
    offices.here.hand_in(row)
    supervisor.see(row["id"])
    supervisor.void(row["id"], 1, "RAHASIA SEKALI dua kali")
    me = supervisor.whoami()
    assert isinstance(me, Person)
    entries = offices.console.look("audit", None, 1000)
    mine = [one["action"] for one in entries if one["subject"] == row["id"]]
    assert mine == ["voided", "seen"]
    assert {one["actor"] for one in entries if one["subject"] == row["id"]} == {me.login}
    text = str(entries)
    assert "RAHASIA" not in text
    assert row["nik"] not in text


# ------------------------------------------------------------ who is out


def test_somebody_removed_is_out_at_once(offices: Offices) -> None:
    login = offices.person(CentreRole.CLERK, OFFICE)
    desk = offices.desk(login)
    assert isinstance(desk.whoami(), Person)
    remove(offices.console, login.role)
    assert isinstance(desk.whoami(), (NotAllowed, Unreachable))
    assert desk.whoami() == NotAllowed()
    desk.close()
    assert [one.active for one in people(offices.console) if one.login == login.role] == [False]


def test_the_offices_admin_stops_the_offices_own_people_alone(offices: Offices) -> None:
    mine, theirs = (offices.person(CentreRole.CLERK, at) for at in (OFFICE, OTHER_OFFICE))
    admin = offices.desk(offices.person(CentreRole.OFFICE_ADMIN, OFFICE))
    clerk = offices.desk(mine)
    assert isinstance(clerk.whoami(), Person)
    listed = admin.staff()
    assert isinstance(listed, tuple)
    assert {one.office for one in listed} == {OFFICE}
    assert mine.role in {one.login for one in listed}
    assert admin.stop(theirs.role) == NotFound()
    assert admin.stop(mine.role) == Stopped()
    assert clerk.whoami() == NotAllowed()
    assert clerk.stop(mine.role) == NotAllowed()
    for desk in (admin, clerk):
        desk.close()


def test_a_centre_that_is_away_is_unreachable(offices: Offices) -> None:
    login = offices.person(CentreRole.CLERK, OFFICE)
    there = offices.console.for_tokens
    away = CentreAddress(("127.0.0.1",), (1,), there.database, there.ca)
    assert CentreDesk.of(away, login, offices.folder).matches() == Unreachable()


def test_a_centre_that_was_restarted_answers_at_once(offices: Offices) -> None:
    login = offices.person(CentreRole.CLERK, OFFICE)
    with closing(offices.desk(login)) as desk:
        assert isinstance(desk.whoami(), Person)
        with offices.centre.connect() as owner:
            owner.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = %s",
                (login.role,),
            )
        assert isinstance(desk.whoami(), Person)


def test_erasure_at_the_centre_once_the_kiosk_is_revoked(centres: Centres, tmp_path: Path) -> None:
    with centres.new() as centre:
        offices = offices_of(centre, tmp_path)
        row = offices.here.row(1)
        offices.here.hand_in(row)
        revoke(offices.console, offices.here.number)
        desk = offices.desk(offices.person(CentreRole.SUPERVISOR, OFFICE))
        assert desk.erase(row["id"]) == Erased()
        assert desk.see(row["id"]) == NotFound()
        desk.close()
        offices.close()
        with centre.connect() as owner:
            for table in ("registration", "person", "revision", "to_match"):
                left = owner.execute(f"SELECT count(*) FROM centre.{table}").fetchone()
                assert left == (0,)
