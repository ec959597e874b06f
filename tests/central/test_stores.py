"""Which store calls: tickets, a centre that was restored, a store that was copied."""

import copy
from typing import Any

from central.fixtures import Centre
from central.kiosks import Kiosk, Kiosks, outcomes

STATES = "SELECT array_agg(state ORDER BY first_call) FROM centre.incarnation"


def ask(centre: Centre, sql: str) -> Any:
    """One value, as the owner sees it."""
    with centre.connect() as owner:
        found = owner.execute(sql).fetchone()
    return found and found[0]


def another_store(kiosk: Kiosk, **changed: Any) -> Kiosk:
    """The same login with another store."""
    made = Kiosk(kiosk.id, kiosk.number, kiosk.connection)
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def copied(kiosk: Kiosk) -> Kiosk:
    """A copy of the store as it is now."""
    return copy.copy(kiosk)


def test_an_answer_that_was_lost_many_times_is_no_copy(centre: Centre, kiosks: Kiosks) -> None:
    kiosk = kiosks.add()
    for _ in range(3):
        assert kiosk.exchange(kiosk.record(1), keep=False)["copied"] is False
    kiosk.exchange()
    for _ in range(3):
        assert kiosk.exchange(kiosk.record(2), keep=False)["copied"] is False
    assert ask(centre, "SELECT count(*) FROM centre.alarm") == 0
    assert ask(centre, STATES) == ["working"]


def test_an_older_copy_of_a_store_is_noticed_and_nothing_of_it_taken(
    centre: Centre, kiosks: Kiosks
) -> None:
    kiosk = kiosks.add()
    kiosk.exchange(kiosk.record(1))
    old = copied(kiosk)
    kiosk.exchange()
    kiosk.exchange(kiosk.record(2))
    reply = old.exchange(old.record(3), keep=False)
    assert (reply["copied"], reply["outcomes"], reply["ticket"]) == (True, [], "")
    assert ask(centre, "SELECT count(*) FROM centre.registration") == 2
    assert ask(centre, STATES) == ["questioned"]
    assert ask(centre, "SELECT array_agg(kind) FROM centre.alarm") == ["copied"]
    # It goes on as another incarnation, and so does the one that was copied.
    anew = another_store(old)
    assert outcomes(anew.exchange(anew.record(3))) == [("stored", 3, "")]
    assert outcomes(kiosk.exchange(kiosk.record(4))) == [("stored", 4, "")]


def test_a_copy_that_calls_first_is_noticed_when_the_other_calls(kiosks: Kiosks) -> None:
    kiosk = kiosks.add()
    kiosk.exchange(kiosk.record(1))
    other = copied(kiosk)
    assert other.exchange()["copied"] is False
    assert other.exchange()["copied"] is False
    assert kiosk.exchange(keep=False)["copied"] is True


def test_a_new_store_in_place_of_the_old_one_asks_nobody(centre: Centre, kiosks: Kiosks) -> None:
    kiosk = kiosks.add()
    kiosk.exchange(kiosk.record(1))
    rebuilt = another_store(kiosk)
    rebuilt.exchange(rebuilt.record(2))
    rebuilt.exchange()
    assert ask(centre, STATES) == ["working", "working"]
    assert ask(centre, "SELECT count(*) FROM centre.alarm") == 0


def test_two_stores_at_work_in_turn_are_questioned_and_both_go_on(
    centre: Centre, kiosks: Kiosks
) -> None:
    kiosk = kiosks.add()
    kiosk.exchange(kiosk.record(1))
    other = another_store(kiosk)
    other.exchange(other.record(2))
    assert outcomes(kiosk.exchange(kiosk.record(3))) == [("stored", 3, "")]
    assert ask(centre, STATES) == ["questioned", "questioned"]
    assert ask(centre, "SELECT array_agg(kind) FROM centre.alarm") == ["copied"]
    with centre.connect() as owner:
        owner.execute("UPDATE centre.incarnation SET state = 'settled'")
    other.exchange()
    kiosk.exchange()
    assert ask(centre, STATES) == ["settled", "settled"]


def test_a_restored_centre_tells_from_where_to_hand_in_again(
    centre: Centre, kiosks: Kiosks
) -> None:
    kiosk = kiosks.add()
    kiosk.exchange(kiosk.record(1))
    with centre.connect() as owner:
        before = owner.execute("SELECT * FROM centre.incarnation").fetchone()
        assert before is not None
        kiosk.exchange(kiosk.record(2))
        kiosk.exchange()
        owner.execute("DELETE FROM centre.registration WHERE receipt = 2")
        owner.execute("DELETE FROM centre.incarnation")
        owner.execute(
            f"INSERT INTO centre.incarnation VALUES ({', '.join(['%s'] * len(before))})", before
        )
        owner.execute("UPDATE centre.kiosk SET receipts = 1, calls = 1")
    # The answer may be lost; it is said until the store has shown that it knows.
    assert kiosk.exchange(keep=False)["again_after"] == 1
    reply = kiosk.exchange()
    assert (reply["again_after"], reply["copied"]) == (1, False)
    assert reply["backed_up"] <= 1
    assert kiosk.exchange()["again_after"] is None
    assert ask(centre, "SELECT count(*) FROM centre.alarm") == 0


def test_a_restored_centre_is_known_even_if_nothing_was_handed_in_since(
    centre: Centre, kiosks: Kiosks
) -> None:
    kiosk = kiosks.add()
    kiosk.exchange(kiosk.record(1))
    with centre.connect() as owner:
        owner.execute("CREATE TABLE centre.was AS SELECT * FROM centre.incarnation")
        kiosk.exchange()
        kiosk.exchange()
        owner.execute("DELETE FROM centre.incarnation")
        owner.execute("INSERT INTO centre.incarnation SELECT * FROM centre.was")
    reply = kiosk.exchange()
    assert (reply["copied"], reply["again_after"]) == (False, 1)


def test_a_centre_that_knows_the_store_no_more_wants_everything(
    centre: Centre, kiosks: Kiosks
) -> None:
    kiosk = kiosks.add()
    kiosk.exchange(kiosk.record(1))
    with centre.connect() as owner:
        owner.execute("DELETE FROM centre.incarnation")
    assert kiosk.exchange()["again_after"] == 0
