"""Configurations at the centre: first one kiosk, then all, and back again."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from central.enrolled import console_of
from central.fixtures import Centre
from central.kiosks import Kiosk, Kiosks, outcomes
from central.publishing import NOW, Admin, fetched, report, signing_key
from kiosk.central.console import Console
from kiosk.central.enrolment import keep_both
from kiosk.central.failures import CentreFailure
from kiosk.domain.configuration import Content, Document, write_document
from kiosk.domain.fleet import (
    CommandKind,
    Moved,
    NoSuchVersion,
    NotHandedIn,
    NotTrusted,
    Problem,
    Published,
    SomebodyElse,
)
from kiosk.fleet import (
    TO_ALL,
    Draft,
    Trial,
    bundle,
    fleet,
    history,
    keys_to_trust,
    last_good,
    move,
    newest,
    order,
    orders,
    publish,
    roll_back,
    withdraw,
)


@pytest.fixture
def admin(centre: Centre, tmp_path: Path) -> Admin:
    return Admin(console_of(centre, tmp_path), signing_key())


@pytest.fixture
def first(kiosks: Kiosks) -> Kiosk:
    return kiosks.add("10917")


@pytest.fixture
def others(kiosks: Kiosks) -> list[Kiosk]:
    return [kiosks.add("10918"), kiosks.add("10919", "36.04.10")]


# ------------------------------------------------------------ the trial


def test_the_first_kiosk_gets_it_at_once_and_the_others_once_it_stands_well(
    admin: Admin, first: Kiosk, others: list[Kiosk]
) -> None:
    assert admin.publish(first.number, silence_s=60) == Published(1)
    assert fetched(first) == 1
    assert [fetched(one) for one in others] == [0, 0]
    assert report(others[0], 0)["config"] == 0
    report(first, 1)
    assert [fetched(one) for one in others] == [1, 1]
    assert report(others[0], 0)["config"] == 1
    assert admin.states() == {1: "published"}


def test_a_kiosk_that_has_it_gets_nothing(admin: Admin, first: Kiosk) -> None:
    admin.publish(first.number, silence_s=60)
    assert fetched(first, have=1) == 0
    assert fetched(first, have=7) == 0


def test_a_first_kiosk_that_stands_worse_stops_it(
    admin: Admin, first: Kiosk, others: list[Kiosk]
) -> None:
    report(first, 0, trouble=1)
    admin.publish(first.number, silence_s=60, hold_minutes=30)
    report(first, 1, trouble=2)
    assert admin.states() == {1: "stopped"}
    assert history(admin.console)[0].reason == "worse"
    assert [fetched(one) for one in others] == [0, 0]
    assert _alarms(admin.console) == [("config_stopped", {"version": 1, "because": "worse"})]


def test_troubles_of_before_do_not_stop_it(admin: Admin, first: Kiosk) -> None:
    report(first, 0, trouble=2)
    admin.publish(first.number, silence_s=60)
    report(first, 1, trouble=2)
    assert admin.states() == {1: "published"}


def test_a_first_kiosk_that_refuses_it_stops_it(
    admin: Admin, first: Kiosk, others: list[Kiosk]
) -> None:
    admin.publish(first.number, silence_s=60)
    report(first, 0, config_refused={"version": 1, "reason": "setting", "what": "silence_s"})
    assert admin.states() == {1: "stopped"}
    assert fetched(others[0]) == 0


def test_others_wait_until_the_time_is_over(
    admin: Admin, first: Kiosk, others: list[Kiosk], centre: Centre
) -> None:
    admin.publish(first.number, silence_s=60, hold_minutes=30)
    report(first, 1)
    assert admin.states() == {1: "trial"}
    with centre.connect() as owner:
        owner.execute("UPDATE centre.config SET made_at = made_at - interval '1 hour'")
        owner.execute(
            "UPDATE centre.kiosk SET config_since = config_since - interval '31 min',"
            " health_at = health_at - interval '31 min'"
        )
    assert fetched(others[0]) == 0, "the time is over, but the kiosk has not told since"
    report(first, 1)
    assert fetched(others[0]) == 1


def test_what_another_kiosk_tells_decides_nothing(
    admin: Admin, first: Kiosk, others: list[Kiosk]
) -> None:
    admin.publish(first.number, silence_s=60)
    report(others[0], 1)
    report(others[1], 0, config_refused={"version": 1, "reason": "setting"})
    assert admin.states() == {1: "trial"}
    assert fetched(others[0]) == 0


def test_one_press_brings_the_last_good_one_back_to_all(
    admin: Admin, first: Kiosk, others: list[Kiosk]
) -> None:
    admin.publish(first.number, silence_s=60)
    report(first, 1)
    admin.publish(first.number, silence_s=20)
    report(first, 2, trouble=1)
    assert last_good(admin.console) == 1
    assert roll_back(admin.console, admin.key, 1, "kembali", NOW) == Published(3)
    assert [fetched(one) for one in (first, *others)] == [3, 3, 3]
    found = newest(admin.console)
    assert found is not None
    assert found.content.kabupaten == {"silence_s": 60}


def test_before_the_first_version_there_was_nothing_and_that_can_be_gone_back_to(
    admin: Admin, first: Kiosk, others: list[Kiosk]
) -> None:
    admin.publish(first.number, silence_s=60)
    report(first, 1, trouble=1)
    assert last_good(admin.console) == 0
    assert roll_back(admin.console, admin.key, 0, "kembali", NOW) == Published(2)
    assert fetched(others[0]) == 2
    assert roll_back(admin.console, admin.key, 1, "tidak pernah baik", NOW) == NoSuchVersion()


def test_what_is_new_cannot_go_to_all_at_once(admin: Admin, first: Kiosk) -> None:
    draft = Draft(None, Content(kabupaten={"silence_s": 60}), "semua")
    with pytest.raises(CentreFailure) as refused:
        publish(admin.console, admin.key, draft, TO_ALL, check=lambda _: (), now=NOW)
    assert refused.value.code == "C 32"
    assert admin.states() == {}


def test_a_withdrawn_one_goes_to_nobody_else(
    admin: Admin, first: Kiosk, others: list[Kiosk]
) -> None:
    admin.publish(first.number, silence_s=60)
    withdraw(admin.console, 1)
    report(first, 1)
    assert admin.states() == {1: "withdrawn"}
    assert [fetched(one) for one in (first, *others)] == [0, 0, 0]


def test_a_kiosk_offline_for_weeks_gets_the_newest_alone(
    admin: Admin, first: Kiosk, others: list[Kiosk]
) -> None:
    for version, silence_s in ((1, 60), (2, 50), (3, 40)):
        admin.publish(first.number, silence_s=silence_s)
        report(first, version)
    assert fetched(others[0]) == 3


# ------------------------------------------------------------ who publishes


def test_two_admins_at_once_and_the_second_is_told(admin: Admin, first: Kiosk) -> None:
    base = newest(admin.console)
    came: list[object] = []

    def go(silence_s: int) -> None:
        content = Content(kabupaten={"silence_s": silence_s})
        draft, trial = Draft(base, content, "bersama"), Trial(first.number)
        came.append(publish(admin.console, admin.key, draft, trial, check=lambda _: (), now=NOW))

    both = [threading.Thread(target=go, args=(seconds,)) for seconds in (30, 60)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(map(str, came)) == sorted(map(str, [Published(1), SomebodyElse(1)]))
    assert admin.states() == {1: "trial"}


def test_a_key_that_nobody_trusts_publishes_nothing_until_it_is_named(
    admin: Admin, first: Kiosk
) -> None:
    admin.publish(first.number, silence_s=60)
    second = Admin(admin.console, signing_key("b", admin.key))
    assert second.publish(first.number, silence_s=50) == NotTrusted()
    draft = Draft(newest(admin.console), Content(), "kunci kedua", (second.key.public,))
    publish(admin.console, admin.key, draft, Trial(first.number), check=lambda _: (), now=NOW)
    assert second.publish(first.number, silence_s=50) == Published(3)


def test_an_admin_who_knows_nobody_builds_on_nothing(admin: Admin, first: Kiosk) -> None:
    admin.publish(first.number, silence_s=60)
    stranger = signing_key("b")
    draft = Draft(newest(admin.console), Content(), "kunci kedua", (stranger.public,))
    publish(admin.console, admin.key, draft, Trial(first.number), check=lambda _: (), now=NOW)
    assert Admin(admin.console, stranger).publish(first.number, silence_s=50) == NotTrusted()
    knows = Admin(admin.console, signing_key("b", admin.key))
    assert knows.publish(first.number, silence_s=50) == Published(3)
    assert admin.publish(first.number, silence_s=40) == Published(4)


def test_nothing_is_built_on_what_the_centre_made_up(
    admin: Admin, first: Kiosk, centre: Centre
) -> None:
    """Whoever rules the centre's server puts a version of their own there, with their key in it."""
    admin.publish(first.number, silence_s=60)
    report(first, 1)
    thief = signing_key("t")
    forged = Document(2, NOW, "x", "", "0.1.0", (admin.key.public, thief.public))
    written = write_document(forged)
    with centre.connect() as owner:
        owner.execute(
            "INSERT INTO centre.config (version, document, signature, why, state)"
            " VALUES (2, %s, %s, '', 'published')",
            (written, thief.sign(written)),
        )
    assert admin.publish(first.number, silence_s=50) == NotTrusted()
    assert roll_back(admin.console, admin.key, 1, "kembali", NOW) == NotTrusted()
    assert keys_to_trust(admin.console, admin.key.anchors) is None


def test_a_draft_with_problems_never_leaves_the_console(admin: Admin, first: Kiosk) -> None:
    problem = Problem("kabupaten", "silence_s", "out_of_limits")
    draft = Draft(None, Content(), "")
    told = publish(
        admin.console, admin.key, draft, Trial(first.number), check=lambda _: (problem,), now=NOW
    )
    assert getattr(told, "problems", None) == (problem,)
    assert admin.states() == {}


def test_a_centre_that_goes_away_while_publishing_has_all_or_nothing(
    admin: Admin, first: Kiosk
) -> None:
    """The connection ends between the call and the commit."""
    document = write_document(Document(1, NOW, "x", "", "0.1.0", (admin.key.public,)))

    def go_away() -> None:
        signed = (document, admin.key.sign(document))
        with admin.console.transaction() as connection:
            admin.console.call(connection, "publish", *signed, first.number, 0, 0)
            connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(CentreFailure):
        go_away()
    assert admin.states() == {}
    assert admin.publish(first.number, silence_s=60) == Published(1)


def test_after_the_centre_was_restored_the_next_version_is_newer_than_what_kiosks_run(
    admin: Admin, first: Kiosk, centre: Centre
) -> None:
    admin.publish(first.number, silence_s=60)
    report(first, 1)
    report(first, 5)
    assert admin.publish(first.number, silence_s=50) == Published(6)
    assert fetched(first, have=5) == 6
    assert admin.publish(first.number, silence_s=40) == Published(7)
    report(first, 1_999_999_999)
    assert admin.publish(first.number, silence_s=30) == Published(8)


# ------------------------------------------------------------ orders


def test_an_order_is_given_taken_and_told_of(admin: Admin, first: Kiosk) -> None:
    id_ = order(admin.console, first.number, CommandKind.SYNC)
    told = report(first, 0)["commands"]
    assert told == [{"id": id_, "kind": "sync", "message": "", "by": "Admin Kabupaten"}]
    (line,) = orders(admin.console, first.number)
    assert line.taken_at is not None
    assert line.done_at is None
    reply = first.exchange(health={"config": 0}, done=[[id_, "done"]])
    assert reply["commands"] == []
    (line,) = orders(admin.console, first.number)
    assert (line.result, line.done_at is not None) == ("done", True)
    assert _audited(admin.console, "order_done") == [f"kiosk_{first.number}"]


def test_a_lock_has_a_message_and_the_latest_order_counts(admin: Admin, first: Kiosk) -> None:
    order(admin.console, first.number, CommandKind.LOCK, "Sedang diperbaiki.")
    order(admin.console, first.number, CommandKind.UNLOCK)
    order(admin.console, first.number, CommandKind.LOCK, "Pindah ruang.")
    reply = report(first, 0)
    assert [(one["kind"], one["message"]) for one in reply["commands"]] == [
        ("lock", "Pindah ruang.")
    ]
    assert reply["pause"] == "locked"
    (line,) = fleet(admin.console, NOW)
    assert (line.kiosk.state, line.kiosk.lock_message) == ("locked", "Pindah ruang.")


def test_a_kiosk_tells_of_its_own_orders_alone(
    admin: Admin, first: Kiosk, others: list[Kiosk]
) -> None:
    id_ = order(admin.console, first.number, CommandKind.RESTART)
    others[0].exchange(done=[[id_, "done"], ["x", "done"], [id_, "<b>"], id_, None])
    (line,) = orders(admin.console, first.number)
    assert line.done_at is None


def test_diagnostics_are_asked_for_and_kept(admin: Admin, first: Kiosk) -> None:
    id_ = order(admin.console, first.number, CommandKind.DIAGNOSTICS)
    assert bundle(admin.console, id_) is None
    sent = {"id": id_, "content": "UEsDBA=="}
    assert first.call(sent, "put_bundle") == {"outcome": "stored"}
    assert bundle(admin.console, id_) == b"PK\x03\x04"


def test_a_kiosk_moves_once_all_is_handed_in(admin: Admin, first: Kiosk) -> None:
    assert move(admin.console, first.number, "36.04.10") == NotHandedIn(1)
    report(first, 0, waiting=3)
    assert move(admin.console, first.number, "36.04.10") == NotHandedIn(3)
    report(first, 0, waiting=0)
    assert move(admin.console, first.number, "36.04.10") == Moved()
    assert report(first, 0)["kiosk"]["office"] == "36.04.10"


@pytest.mark.parametrize(
    ("told", "moved"),
    [(0, True), (1, False), (None, False), ("0", False), (-1, False), (False, False)],
)
def test_a_kiosk_moves_where_what_waits_is_on_a_list_for_the_branch(
    admin: Admin, first: Kiosk, told: object, moved: bool
) -> None:
    """One of before tells nothing of lists."""
    lists: dict[str, Any] = {} if told is None else {"unexported": told}
    report(first, 0, waiting=3, parked=1, **lists)
    expected = Moved() if moved else NotHandedIn(4)
    assert move(admin.console, first.number, "36.04.10") == expected


def test_what_was_registered_before_a_move_stays_with_that_office(
    admin: Admin, first: Kiosk, centre: Centre
) -> None:
    """Also what is handed in afterwards; and so with each of several moves."""
    report(first, 0, waiting=2, unexported=0)
    move(admin.console, first.number, "36.04.10")
    report(first, 0)
    move(admin.console, first.number, "36.04.11")
    at = ["2026-01-01T03:00:00.000000+00:00", "", "2099-01-01T03:00:00.000000+00:00"]
    with centre.connect() as owner:
        moves = owner.execute("SELECT at, office FROM centre.moved ORDER BY at").fetchall()
        at[1] = moves[1][0][:-12] + "000000+00:00"  # just before the second move
        owner.execute("UPDATE centre.moved SET at = '2026-06-01' WHERE at = %s", (moves[0][0],))
    handed = [first.record(place, registered_at=one) for place, one in enumerate(at, 1)]
    assert {outcome for outcome, _, _ in outcomes(first.exchange(*handed))} == {"stored"}
    with centre.connect() as owner:
        found = owner.execute(
            "SELECT r.office, p.office FROM centre.registration r"
            " JOIN centre.person p ON p.registration_id = r.id ORDER BY r.counter"
        ).fetchall()
    assert found == [(one, one) for one in ("36.04.09", "36.04.10", "36.04.11")]


def test_since_when_a_kiosk_is_locked_or_copied_is_told(admin: Admin, first: Kiosk) -> None:
    order(admin.console, first.number, CommandKind.LOCK)
    report(first, 0)
    report(replace(first, incarnation=str(uuid4()), ticket=""), 0)
    report(first, 0)
    line = next(one for one in fleet(admin.console, NOW) if one.kiosk.number == first.number)
    assert line.kiosk.questioned == 2
    assert line.kiosk.locked_since is not None
    assert line.kiosk.copied_since is not None
    assert line.kiosk.copied_since > line.kiosk.locked_since
    keep_both(admin.console, first.number)
    order(admin.console, first.number, CommandKind.UNLOCK)
    line = next(one for one in fleet(admin.console, NOW) if one.kiosk.number == first.number)
    assert (line.kiosk.locked_since, line.kiosk.copied_since) == (None, None)


def test_a_kiosk_not_seen_for_an_hour_does_not_move(
    admin: Admin, first: Kiosk, centre: Centre
) -> None:
    report(first, 0)
    with centre.connect() as owner:
        owner.execute("UPDATE centre.kiosk SET health_at = health_at - interval '61 min'")
    assert move(admin.console, first.number, "36.04.10") == NotHandedIn(0)


def _alarms(console: Console) -> list[tuple[str, object]]:
    return [(one["kind"], one["details"]) for one in console.look("alarms")]


def _audited(console: Console, action: str) -> list[str]:
    return [one["actor"] for one in console.look("audit", None, 100) if one["action"] == action]
