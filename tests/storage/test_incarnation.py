"""A copied store is another incarnation, so that no number is given twice."""

from contextlib import closing
from pathlib import Path

import pytest
from keeping import Kept, add, add_many

from kiosk.domain.registration_number import COUNTER_MAX, make_number
from kiosk.storage.engine import connect
from kiosk.storage.incarnation import JUMP, begin_incarnation, home_of

PEOPLE = 5


@pytest.fixture
def kiosk(tmp_path: Path) -> Kept:
    kiosk = Kept(tmp_path / "kiosk")
    with kiosk.opened() as store:
        add_many(store, kiosk.clock, range(1, PEOPLE + 1))
    return kiosk


def test_a_copy_elsewhere_goes_on_as_another_incarnation(kiosk: Kept) -> None:
    copy = kiosk.cut_off("copy")
    with kiosk.opened() as store, closing(copy.open()) as other:
        here, there = add(store, kiosk.clock, 40), add(other, copy.clock, 41)
        again = add(other, copy.clock, 42)
    assert here.kiosk_number == there.kiosk_number
    assert here.incarnation != there.incarnation == again.incarnation
    assert here.number == make_number(here.kiosk_number, PEOPLE + 1)
    assert there.number == make_number(here.kiosk_number, PEOPLE + JUMP + 1)
    assert again.number == make_number(here.kiosk_number, PEOPLE + JUMP + 2)
    assert [event for event, _ in copy.events()] == ["store_moved"]


def test_the_same_place_on_another_machine_is_another_home(tmp_path: Path) -> None:
    machines = [tmp_path / "one", tmp_path / "two", tmp_path / "none"]
    for machine in machines[:2]:
        machine.write_text(f"{machine.name}\n")
    one, two, none = (home_of(tmp_path / "store", machine) for machine in machines)
    assert one
    assert one != two
    assert none == ""
    assert str(tmp_path) not in one


def test_whoever_stays_at_home_stays_the_same(kiosk: Kept) -> None:
    for serial in range(40, 43):
        with kiosk.opened() as store:
            number = add(store, kiosk.clock, serial).number
    assert int(number[5:11]) == PEOPLE + 3
    assert kiosk.events() == []


def test_near_the_end_of_the_numbers_the_jump_is_shorter(kiosk: Kept) -> None:
    counters = []
    with closing(connect(kiosk.file, kiosk.key)) as connection:
        connection.execute("UPDATE registration SET counter = ? WHERE counter = 5", (995_999,))
        for _ in range(3):
            begin_incarnation(connection.cursor())
            row = connection.execute("SELECT value FROM store_fact WHERE name = 'counter_floor'")
            counters.append(int(row.fetchone()[0]))
    assert counters == [997_999, 998_999, 999_499]
    assert counters[-1] < COUNTER_MAX
