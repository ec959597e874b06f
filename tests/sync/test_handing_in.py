"""What is registered here comes to the centre, once, and is said to be there only then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from central.kiosks import SECRET
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import insert

from kiosk.domain.audit import ChainWhole
from kiosk.domain.centre import Handed, Link, Outcome, Pause
from kiosk.domain.desk import Attention, Row, Transfer, View
from kiosk.storage import tables
from kiosk.storage.centre import CentreRecord
from kiosk.sync import applying
from kiosk.sync.applying import _is_news
from kiosk.sync.line import NotReached, Refused, Unreadable, Unsafe
from kiosk.sync.payload import hash_of
from kiosk.sync.talk import Talk, Went
from sync.office import VERSION, KioskAtCentre


def line_of(kiosk: KioskAtCentre, id_: str) -> Row:
    """The desk's line of a registration."""
    with kiosk.store.reading() as record:
        line = record.desk.line(id_, kiosk.clock.now())
    assert line is not None
    return line


def in_view(kiosk: KioskAtCentre, view: View) -> list[str]:
    with kiosk.store.reading() as record:
        page = record.desk.page(view, None, 50, kiosk.clock.now())
        tally = record.desk.count(view, kiosk.clock.now())
    assert tally.count == len(page.rows)
    return [row.id for row in page.rows]


def are_equal(kiosk: KioskAtCentre) -> bool:
    """Both sides have the same registrations with the same content, and all are acknowledged."""
    with kiosk.store.reading() as record:
        here = {one.id: hash_of(one) for one in record.centre.registrations_after("", 10_000)}
    there = kiosk.at_centre()
    receipts = {row["registration_id"]: row["receipt"] for row in kiosk.rows("receipt")}
    return (
        here == {id_: one["hash"] for id_, one in there.items()}
        and receipts == {id_: one["receipt"] for id_, one in there.items()}
        and not kiosk.rows("outbox")
    )


def test_what_is_registered_comes_to_the_centre_as_it_stands_here(kiosk: KioskAtCentre) -> None:
    ids = kiosk.register(3)
    assert line_of(kiosk, ids[0]).transfer is Transfer.ON_THIS_KIOSK
    assert kiosk.hand_in() == Went(go_on=False)
    assert {id_: there["row"] for id_, there in kiosk.at_centre().items()} == {
        id_: kiosk.row(id_) for id_ in ids
    }
    assert line_of(kiosk, ids[0]).transfer is Transfer.AT_THE_CENTRE
    status = kiosk.status()
    assert (status.link, status.waiting, status.parked) == (Link.REACHED, 0, 0)
    assert status.reached_at == kiosk.clock.now()
    assert are_equal(kiosk)


def test_one_exchange_hands_in_one_registration(kiosk: KioskAtCentre) -> None:
    kiosk.register()
    assert kiosk.talk.once() == Went(go_on=False)
    assert len(kiosk.faults.asked) == 1


def test_of_several_revisions_only_the_latest_is_sent(kiosk: KioskAtCentre) -> None:
    (id_,) = kiosk.register()
    kiosk.correct(id_, phone="081200000001")
    kiosk.correct(id_, phone="081200000002")
    kiosk.hand_in()
    there = kiosk.at_centre()[id_]
    assert (there["revision"], there["receipt"]) == (3, 1)
    assert there["row"]["phone"] == "081200000002"
    assert are_equal(kiosk)


def test_a_lost_answer_leaves_one_row_there_and_says_nothing_wrong_here(
    kiosk: KioskAtCentre,
) -> None:
    ids = kiosk.register(2)
    kiosk.faults.lose_answers = 2
    assert isinstance(kiosk.hand_in(), NotReached)
    assert isinstance(kiosk.hand_in(), NotReached)
    assert line_of(kiosk, ids[0]).transfer is Transfer.ON_THIS_KIOSK
    assert kiosk.status().link is Link.NEVER_REACHED
    kiosk.hand_in()
    assert are_equal(kiosk)
    assert kiosk.alarms() == []


def test_an_answer_lost_once_and_for_all_is_no_sign_of_a_copied_store(kiosk: KioskAtCentre) -> None:
    for _ in range(3):
        kiosk.register()
        kiosk.faults.lose_answers = 3
        for _ in range(3):
            kiosk.talk.once()
        kiosk.start_again()
        kiosk.hand_in()
    assert are_equal(kiosk)
    assert kiosk.alarms() == []


@pytest.mark.parametrize("step", ["acknowledge", "take_in", "keep_state", "keep_anchor"])
def test_a_power_cut_at_any_step_of_the_answer_is_made_good(
    kiosk: KioskAtCentre, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    kiosk.register(3)
    done: Callable[..., Any] = getattr(CentreRecord, step)

    def cut(*given: Any) -> None:
        done(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as until_then:
        until_then.setattr(CentreRecord, step, cut)
        with pytest.raises(KeyboardInterrupt):
            kiosk.hand_in()
    assert kiosk.status().waiting == 3
    kiosk.start_again()
    kiosk.hand_in()
    assert are_equal(kiosk)
    assert kiosk.alarms() == []


def test_what_the_centre_rejects_is_put_aside_and_the_others_go_on(kiosk: KioskAtCentre) -> None:
    ids = kiosk.register(3)
    kiosk.correct(ids[1], nik="1")
    kiosk.hand_in()
    assert set(kiosk.at_centre()) == {ids[0], ids[2]}
    line = line_of(kiosk, ids[1])
    assert line.transfer is Transfer.NEEDS_ATTENTION
    assert line.attention == {Attention.PARKED}
    assert in_view(kiosk, View.NEEDS_ATTENTION) == [ids[1]]
    assert in_view(kiosk, View.NOT_AT_CENTRE) == [ids[1]]
    with kiosk.store.reading() as record:
        (parked,) = record.centre.parked()
    assert (parked.registration_id, parked.reason) == (ids[1], "bad_nik")
    status = kiosk.status()
    assert (status.link, status.waiting, status.parked) == (Link.REACHED, 0, 1)
    kiosk.faults.asked.clear()
    kiosk.talk.once()
    assert ids[1] not in kiosk.faults.asked[0]


def test_a_revision_that_damage_took_away_is_not_waited_for_for_ever(kiosk: KioskAtCentre) -> None:
    (id_,) = kiosk.register()
    with kiosk.store.transaction() as record:
        record._connection.execute(insert(tables.outbox).values(registration_id=id_, revision=2))
    for _ in range(3):
        kiosk.talk.once()
    assert kiosk.rows("outbox") == []
    assert are_equal(kiosk)


def test_once_corrected_it_goes_to_the_centre_like_any_other(kiosk: KioskAtCentre) -> None:
    (id_,) = kiosk.register()
    nik = kiosk.row(id_)["nik"]
    kiosk.correct(id_, nik="1")
    kiosk.hand_in()
    kiosk.correct(id_, nik=nik)
    assert line_of(kiosk, id_).transfer is Transfer.ON_THIS_KIOSK
    assert in_view(kiosk, View.NEEDS_ATTENTION) == []
    assert (kiosk.status().waiting, kiosk.status().parked) == (1, 0)
    kiosk.hand_in()
    assert are_equal(kiosk)


def test_what_was_rejected_can_be_tried_again_by_hand_and_by_a_new_version(
    kiosk: KioskAtCentre,
) -> None:
    (id_,) = kiosk.register()
    kiosk.correct(id_, nik="1")
    kiosk.hand_in()
    with kiosk.store.transaction() as record:
        before = record.centre.newest_queued()
        assert record.centre.try_again(id_) == 1
        # By that another program on this store notices that there is something to do.
        assert record.centre.newest_queued() > before
    assert kiosk.status().waiting == 1
    kiosk.hand_in()
    assert kiosk.status().parked == 1
    kiosk.start_again()
    assert kiosk.status().parked == 1
    Talk(kiosk.store, kiosk.faults, kiosk.clock, f"{VERSION}.1")
    assert (kiosk.status().waiting, kiosk.status().parked) == (1, 0)


def test_a_record_that_the_database_cannot_even_read_stops_no_other(kiosk: KioskAtCentre) -> None:
    ids = kiosk.register(9)
    kiosk.correct(ids[6], name="A\0B")
    kiosk.hand_in()
    assert set(kiosk.at_centre()) == set(ids) - {ids[6]}
    with kiosk.store.reading() as record:
        (parked,) = record.centre.parked()
    assert (parked.registration_id, parked.reason) == (ids[6], "database_22p05")


def test_a_batch_that_was_narrowed_once_grows_again(kiosk: KioskAtCentre) -> None:
    kiosk.register(31)
    kiosk.faults.instead = [Unreadable("22P05")] * 4
    kiosk.hand_in()
    assert are_equal(kiosk)
    assert len(kiosk.faults.asked) < 10


def test_what_another_program_notes_meanwhile_stays(
    kiosk: KioskAtCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*given: Any) -> bool:
        with kiosk.store.transaction() as record:
            record.centre.keep_state(replace(record.centre.state(), differing=7))
        return _is_news(*given)

    monkeypatch.setattr(applying, "_is_news", meanwhile)
    kiosk.register()
    kiosk.hand_in()
    assert kiosk.status().differing == 7


def test_a_request_that_the_centre_does_not_know_puts_no_record_aside(
    kiosk: KioskAtCentre,
) -> None:
    kiosk.talk = Talk(
        kiosk.store, kiosk.faults, kiosk.clock, "a version as long as no other is" * 2
    )
    kiosk.register(3)
    assert kiosk.hand_in() == Refused("C 26")
    assert (kiosk.status().waiting, kiosk.status().parked) == (3, 0)


def test_an_erasure_that_the_centre_rejects_is_shown_and_can_be_tried_again(
    kiosk: KioskAtCentre,
) -> None:
    (id_,) = kiosk.register()
    number = kiosk.row(id_)["number"]
    kiosk.hand_in()
    kiosk.erase(id_)
    rejected = Handed(id_, 2, Outcome.REJECTED, 0, "database_23514")
    with kiosk.store.transaction() as record:
        record.centre.acknowledge([rejected], kiosk.clock.now())
        (parked,) = record.centre.parked()
    assert (parked.number, kiosk.status().parked) == (number, 1)
    with kiosk.store.transaction() as record:
        record.centre.try_again(id_)
    kiosk.hand_in()
    assert kiosk.at_centre() == {}


def test_an_erasure_reaches_the_centre_and_nothing_of_the_person_stays(
    kiosk: KioskAtCentre,
) -> None:
    sent, unsent, stays = kiosk.register(2) + kiosk.register()
    kiosk.hand_in()
    kiosk.erase(sent)
    kiosk.register_one()
    kiosk.erase(unsent)
    kiosk.hand_in()
    assert {sent, unsent} & set(kiosk.at_centre()) == set()
    assert stays in kiosk.at_centre()
    assert are_equal(kiosk)
    with kiosk.centre.connect() as owner:
        gone = owner.execute("SELECT registration_id::text FROM centre.erased").fetchall()
    assert {id_ for (id_,) in gone} == {sent, unsent}


def test_the_order_is_that_of_revisions_however_wrong_the_clock_is(kiosk: KioskAtCentre) -> None:
    kiosk.clock.moment = datetime(2031, 1, 1, tzinfo=UTC)
    ids = kiosk.register(2)
    kiosk.hand_in()
    kiosk.clock.moment = datetime(2024, 2, 29, tzinfo=UTC)
    kiosk.correct(ids[0], phone="081200000009")
    ids += kiosk.register()
    kiosk.hand_in()
    there = kiosk.at_centre()
    assert there[ids[0]]["row"]["phone"] == "081200000009"
    assert [there[id_]["receipt"] for id_ in ids] == [3, 2, 4]
    assert are_equal(kiosk)


def test_weeks_without_a_network_are_caught_up_with(kiosk: KioskAtCentre) -> None:
    kiosk.hand_in()
    reached_at = kiosk.clock.now()
    kiosk.faults.instead = [NotReached("C 21", was_sending=False)] * 30
    first = kiosk.register_one()
    for _ in range(30):
        kiosk.clock.forward(timedelta(days=1))
        kiosk.register(4)
        kiosk.talk.once()
    status = kiosk.status()
    assert (status.link, status.code, status.waiting) == (Link.NOT_REACHED, "C 21", 121)
    assert status.oldest_waiting_at == first.registered_at
    assert status.reached_at == reached_at
    assert status.since is not None
    assert status.since - first.registered_at < timedelta(days=2)
    kiosk.start_again()
    kiosk.hand_in()
    assert len(kiosk.at_centre()) == 121
    assert are_equal(kiosk)


def test_more_than_the_centre_takes_on_a_day_waits_and_goes_on_later(kiosk: KioskAtCentre) -> None:
    def cap(count: int) -> None:
        with kiosk.centre.connect() as owner:
            owner.execute("UPDATE centre.kiosk SET daily_cap = %s", (count,))

    cap(2)
    kiosk.register(5)
    kiosk.hand_in()
    status = kiosk.status()
    assert (status.pause, status.waiting, status.parked) == (Pause.CAP, 3, 0)
    kiosk.hand_in()
    assert len(kiosk.at_centre()) == 2
    cap(50)
    kiosk.hand_in()
    assert kiosk.status().pause is Pause.NONE
    assert are_equal(kiosk)


def test_a_revoked_kiosk_is_told_so_and_keeps_everything(kiosk: KioskAtCentre) -> None:
    kiosk.register()
    with kiosk.centre.connect() as owner:
        owner.execute("UPDATE centre.kiosk SET state = 'revoked'")
    assert kiosk.hand_in() == Refused("C 24")
    assert (kiosk.status().link, kiosk.status().code) == (Link.REFUSED, "C 24")
    with kiosk.centre.connect() as owner:
        owner.execute(f"ALTER ROLE kiosk_{kiosk.number} NOLOGIN")
    kiosk.start_again()
    assert kiosk.hand_in() == Refused("C 22")
    with kiosk.centre.connect() as owner:
        owner.execute("UPDATE centre.kiosk SET state = 'active'")
        owner.execute(f"ALTER ROLE kiosk_{kiosk.number} LOGIN")
    kiosk.hand_in()
    assert kiosk.status().link is Link.REACHED
    assert are_equal(kiosk)


def test_a_wrong_secret_and_a_certificate_of_others_are_refusals(kiosk: KioskAtCentre) -> None:
    from central.authority import Authority

    others = Authority.new().certificate.public_bytes(Encoding.PEM).decode()
    with kiosk.centre.connect() as owner:
        owner.execute(f"ALTER ROLE kiosk_{kiosk.number} PASSWORD '{SECRET}x'")
    assert kiosk.hand_in() == Refused("C 22")
    kiosk.use(ca=others)
    assert kiosk.hand_in() == Refused("C 23")
    kiosk.use(database="postgres")
    with kiosk.centre.connect() as owner:
        owner.execute(f"ALTER ROLE kiosk_{kiosk.number} PASSWORD '{SECRET}'")
    assert isinstance(kiosk.hand_in(), Refused)


def test_a_commit_that_no_second_machine_confirmed_is_no_answer(kiosk: KioskAtCentre) -> None:
    (id_,) = kiosk.register()
    kiosk.faults.instead = [Unsafe()]
    assert kiosk.hand_in() == Unsafe()
    assert (kiosk.status().link, kiosk.status().code) == (Link.UNSAFE, "C 28")
    assert line_of(kiosk, id_).transfer is Transfer.ON_THIS_KIOSK
    kiosk.hand_in()
    assert are_equal(kiosk)


def test_the_centre_keeps_the_head_of_the_audit(kiosk: KioskAtCentre) -> None:
    kiosk.register(3)
    kiosk.hand_in()
    with kiosk.store.reading() as record:
        chain = record.audit.verify()
        head = record.centre.head()
    assert isinstance(chain, ChainWhole)
    assert chain == head
    with kiosk.centre.connect() as owner:
        told = owner.execute("SELECT entries, link FROM centre.anchor").fetchall()
    assert told == [(head.entries, head.head)]
    (anchor,) = [row for row in kiosk.rows("anchor") if row["place"] == "centre"]
    assert (anchor["entries"], anchor["link"]) == told[0]


def test_nothing_goes_in_its_time_before_a_backup_of_the_centre_holds_it(
    kiosk: KioskAtCentre,
) -> None:
    def held() -> set[str]:
        with kiosk.store.reading() as record:
            return set(record.centre.held_elsewhere(kiosk.clock.now()))

    ids = kiosk.register(3)
    kiosk.hand_in()
    kiosk.clock.forward(timedelta(days=1))
    assert held() == set()
    with kiosk.centre.connect() as owner:
        owner.execute(
            "WITH made AS (INSERT INTO centre.backup (place, size_bytes, sha256, verified_at)"
            " VALUES ('', 0, '', clock_timestamp()) RETURNING id)"
            " INSERT INTO centre.backup_covers (backup_id, kiosk_id, receipt)"
            " SELECT id, %s, 2 FROM made",
            (kiosk.id,),
        )
    kiosk.hand_in()
    assert held() == set(ids[:2])
    kiosk.correct(ids[0], phone="081200000001")
    assert held() == {ids[1]}


def test_twenty_thousand_that_wait_cost_a_registration_nothing(kiosk: KioskAtCentre) -> None:
    def steps_of_a_registration() -> int:
        steps = 0

        def count() -> int:
            nonlocal steps
            steps += 1
            return 0

        with kiosk.store.reading() as record:
            driver: Any = record._connection.connection.driver_connection
        driver.set_progress_handler(count, 10)
        kiosk.register()
        driver.set_progress_handler(None, 10)
        return steps

    kiosk.register()
    before = steps_of_a_registration()
    with kiosk.store.transaction() as record:
        waiting = [{"registration_id": f"id {n}", "revision": 1} for n in range(20_000)]
        record._connection.execute(tables.outbox.insert(), waiting)
    assert before > 5
    assert steps_of_a_registration() <= before * 1.2
