"""What was changed at the centre is carried out here, or kept for a person to decide."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from kiosk.domain.desk import Attention, View
from kiosk.domain.search import NameQuery
from kiosk.sync.line import Line
from kiosk.sync.reconciling import reconcile
from sync.office import KioskAtCentre
from sync.test_handing_in import are_equal, in_view, line_of

CHANGE = """
    SELECT centre.change_here(r, %s, %s, r.revision + 1)
    FROM centre.registration r WHERE r.id = %s
"""


def change(kiosk: KioskAtCentre, id_: str, *, decided: bool = False, **fields: Any) -> int:
    """Change columns at the centre, as its desk does; returns the revision there."""
    from psycopg.types.json import Jsonb

    with kiosk.centre.connect() as owner:
        found = owner.execute(CHANGE, (Jsonb(fields), decided, id_)).fetchone()
    assert found is not None
    return int(found[0])


def conflicts(kiosk: KioskAtCentre) -> list[str]:
    """The registrations of which the centre has two versions."""
    with kiosk.centre.connect() as owner:
        found = owner.execute(
            "SELECT registration_id::text FROM centre.conflict WHERE state = 'open' ORDER BY id"
        )
        return [id_ for (id_,) in found.fetchall()]


def differ(kiosk: KioskAtCentre) -> int:
    """How many registrations a comparison finds different."""
    line: Line = kiosk.faults.line
    found = reconcile(kiosk.store, line, kiosk.clock)
    return found.sent_again + found.only_there


def test_a_change_is_carried_out_like_a_correction(kiosk: KioskAtCentre) -> None:
    (id_,) = kiosk.register()
    kiosk.hand_in()
    before = kiosk.row(id_)
    change(kiosk, id_, phone="081299999999", name="AHMAD SAPRUDDIN")
    kiosk.hand_in()
    after = kiosk.row(id_)
    assert (after["phone"], after["name"]) == ("081299999999", "AHMAD SAPRUDDIN")
    assert after["revision"] == 2
    with kiosk.store.reading() as record:
        kept = record.desk.replaced(id_)[2].before
        events = [(one.event, one.actor) for one in record.desk.audit_entries(id_)]
    assert kept == {"phone": before["phone"], "name": before["name"]}
    assert events[-1] == ("corrected", "centre")
    with kiosk.store.transaction() as record:
        record.desk.read_on(1000)
        found = record.desk.search(NameQuery(("sapruddin",)), 10, kiosk.clock.now())
    assert [row.id for row in found.rows] == [id_]
    assert not kiosk.rows("outbox")
    assert are_equal(kiosk)
    assert differ(kiosk) == 0


def test_a_status_comes_down_along_the_ways_that_there_are(kiosk: KioskAtCentre) -> None:
    (id_,) = kiosk.register()
    kiosk.correct(id_, status="handed_over")
    kiosk.hand_in()
    change(kiosk, id_, status="accepted")
    kiosk.hand_in()
    assert kiosk.row(id_)["status"] == "accepted"
    with kiosk.store.reading() as record:
        assert record.desk.audit_entries(id_)[-1].event == "accepted"
    change(kiosk, id_, status="registered")
    kiosk.hand_in()
    assert kiosk.row(id_)["status"] == "accepted"
    assert line_of(kiosk, id_).attention == {Attention.CONFLICT}
    assert conflicts(kiosk) == [id_]


def test_a_change_that_came_once_is_not_carried_out_twice(kiosk: KioskAtCentre) -> None:
    (id_,) = kiosk.register()
    kiosk.hand_in()
    change(kiosk, id_, phone="081299999999")
    kiosk.faults.lose_answers = 1
    kiosk.hand_in()
    kiosk.hand_in()
    kiosk.hand_in()
    assert len(kiosk.rows("correction")) == 1
    assert are_equal(kiosk)


def test_what_was_changed_on_both_sides_is_kept_on_both_until_a_person_decides(
    kiosk: KioskAtCentre,
) -> None:
    id_, other = kiosk.register(2)
    kiosk.hand_in()
    change(kiosk, id_, phone="081299999999")
    kiosk.correct(id_, phone="081211111111")
    kiosk.hand_in()
    assert kiosk.row(id_)["phone"] == "081211111111"
    assert kiosk.at_centre()[id_]["row"]["phone"] == "081299999999"
    assert conflicts(kiosk) == [id_]
    assert line_of(kiosk, id_).attention == {Attention.CONFLICT}
    assert in_view(kiosk, View.NEEDS_ATTENTION) == [id_]
    assert line_of(kiosk, other).attention == frozenset()
    change(kiosk, id_, decided=True, phone="081299999999")
    kiosk.hand_in()
    assert kiosk.row(id_)["phone"] == "081299999999"
    assert in_view(kiosk, View.NEEDS_ATTENTION) == []
    assert are_equal(kiosk)
    assert differ(kiosk) == 0


def test_the_same_change_on_both_sides_is_nothing_to_decide(kiosk: KioskAtCentre) -> None:
    (id_,) = kiosk.register()
    kiosk.hand_in()
    change(kiosk, id_, phone="081299999999")
    kiosk.correct(id_, phone="081299999999")
    kiosk.hand_in()
    assert conflicts(kiosk) == []
    assert (kiosk.rows("incoming"), kiosk.rows("outbox")) == ([], [])
    assert line_of(kiosk, id_).attention == frozenset()
    assert are_equal(kiosk)
    assert differ(kiosk) == 0


def test_what_met_and_was_then_corrected_to_the_same_is_nothing_to_decide(
    kiosk: KioskAtCentre,
) -> None:
    id_ = kiosk.register()[0]
    kiosk.hand_in()
    change(kiosk, id_, phone="081299999999")
    kiosk.register(30)
    kiosk.correct(id_, phone="081211111111")
    kiosk.talk.once()
    assert kiosk.rows("incoming")
    kiosk.correct(id_, phone="081299999999")
    kiosk.hand_in()
    assert conflicts(kiosk) == []
    assert (kiosk.rows("incoming"), kiosk.rows("outbox")) == ([], [])
    assert are_equal(kiosk)


def test_a_change_that_met_unsent_work_long_before_its_turn_is_still_a_conflict(
    kiosk: KioskAtCentre,
) -> None:
    id_ = kiosk.register()[0]
    kiosk.hand_in()
    change(kiosk, id_, phone="081299999999")
    kiosk.register(30)
    kiosk.correct(id_, phone="081211111111")
    kiosk.talk.once()
    assert kiosk.row(id_)["phone"] == "081211111111"
    kiosk.register(5)
    kiosk.hand_in()
    assert conflicts(kiosk) == [id_]
    assert kiosk.at_centre()[id_]["row"]["phone"] == "081299999999"
    assert kiosk.alarms() == []


def test_what_is_changed_here_after_the_decision_was_taken_goes_up_again(
    kiosk: KioskAtCentre,
) -> None:
    (id_,) = kiosk.register()
    kiosk.hand_in()
    change(kiosk, id_, phone="081299999999")
    kiosk.correct(id_, phone="081211111111")
    kiosk.hand_in()
    change(kiosk, id_, decided=True, phone="081299999999")
    kiosk.correct(id_, email="baru@example.com")
    kiosk.hand_in()
    here = kiosk.row(id_)
    assert (here["phone"], here["email"]) == ("081299999999", "baru@example.com")
    assert not kiosk.rows("incoming")
    assert not kiosk.rows("outbox")


def test_a_change_to_what_was_erased_here_brings_nobody_back(kiosk: KioskAtCentre) -> None:
    (id_,) = kiosk.register()
    kiosk.hand_in()
    kiosk.erase(id_)
    change(kiosk, id_, phone="081299999999")
    kiosk.hand_in()
    assert kiosk.rows("registration") == []
    assert kiosk.at_centre() == {}


def test_a_nik_that_somebody_here_has_is_left_to_a_person(kiosk: KioskAtCentre) -> None:
    one, other = kiosk.register(2)
    kiosk.hand_in()
    change(kiosk, one, nik=kiosk.row(other)["nik"])
    kiosk.hand_in()
    assert kiosk.row(one)["nik"] != kiosk.row(other)["nik"]
    assert line_of(kiosk, one).attention == {Attention.CONFLICT}
    assert conflicts(kiosk) == [one]
    assert not kiosk.rows("outbox")


def test_what_nobody_may_change_is_not_changed(kiosk: KioskAtCentre) -> None:
    (id_,) = kiosk.register()
    kiosk.hand_in()
    before = kiosk.row(id_)
    change(kiosk, id_, number="109170000018")
    change(kiosk, id_, employs_people="1")
    change(kiosk, id_, status="unheard")
    kiosk.hand_in()
    after = kiosk.row(id_)
    assert after.pop("revision") != before.pop("revision")
    assert after == before
    assert len(kiosk.rows("incoming")) == 3
    assert conflicts(kiosk) == [id_]


def test_more_changes_than_one_answer_holds_come_with_the_next(kiosk: KioskAtCentre) -> None:
    ids = kiosk.register(3)
    kiosk.hand_in()
    with kiosk.centre.connect() as owner:
        owner.execute(
            "SELECT centre.change_here(r, jsonb_build_object('phone', '0812' || n), false,"
            " r.revision + 1) FROM generate_series(1, 250) n"
            " CROSS JOIN LATERAL (SELECT * FROM centre.registration WHERE n > 0"
            " AND id = %s) r",
            (ids[0],),
        )
        (last,) = owner.execute("SELECT max(seq) FROM centre.change").fetchone() or (0,)
    kiosk.hand_in()
    with kiosk.store.reading() as record:
        assert record.centre.state().changes_seen == last


def test_the_time_for_which_a_registration_is_kept_begins_anew_with_a_change(
    kiosk: KioskAtCentre,
) -> None:
    def held() -> set[str]:
        with kiosk.store.reading() as record:
            return set(record.centre.held_elsewhere(kiosk.clock.now()))

    changed, other = kiosk.register(2)
    kiosk.hand_in()
    with kiosk.store.transaction() as record:
        record.centre.keep_state(replace(record.centre.state(), backed_up=2))
    kiosk.clock.forward(timedelta(days=1))
    assert held() == {changed, other}
    # The backup is from before.
    change(kiosk, changed, phone="081299999999")
    kiosk.hand_in()
    with kiosk.store.transaction() as record:
        record.centre.keep_state(replace(record.centre.state(), backed_up=2))
    assert held() == {other}
