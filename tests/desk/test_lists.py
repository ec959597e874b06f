"""The views of the list, their order, pages and counts; and the search."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import KEY, StillClock, nik_of

from kiosk.desk import lists
from kiosk.desk.actions import Done, correct
from kiosk.desk.lists import catch_up, overview, page, search
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.desk import Attention, Found, Overview, Page, Tally, Transfer, View
from kiosk.domain.registration import Status
from kiosk.domain.search import DigitQuery, NameQuery, fold_words, read_query
from kiosk.domain.staff import Action
from kiosk.storage.audit import Deed
from kiosk.storage.engine import open_engine
from kiosk.storage.store import open_store

from .office import ADMIN, CLERK, bring_to, desk_of, detail_of, enrol, set_columns, set_slip


def ids(desk: Desk, view: View) -> list[str]:
    """Everybody in a view, page by page."""
    found: list[str] = []
    after = None
    while True:
        shown = page(desk, view, after)
        assert isinstance(shown, Page)
        found += [row.id for row in shown.rows]
        after = shown.after
        if after is None:
            return found


def counts(desk: Desk) -> dict[View, int]:
    seen = overview(desk)
    assert isinstance(seen, Overview)
    assert not any(tally.or_more for tally in seen.counts.values())
    return {view: tally.count for view, tally in seen.counts.items()}


def found(desk: Desk, typed: str) -> list[str]:
    outcome = search(desk, typed)
    assert isinstance(outcome, Found)
    assert outcome.unread == 0
    return [row.id for row in outcome.rows]


@pytest.fixture
def days(desk: Desk, clock: StillClock) -> list[str]:
    """Five registrations, the first of them four days ago, the last one today."""
    clock.forward(timedelta(days=-4))
    made = []
    for serial in range(1, 6):
        made.append(enrol(desk.store, clock, serial))
        if serial < 5:
            clock.forward(timedelta(days=1))
    return made


def test_who_waits_longest_stands_first_but_of_today_and_all_the_newest(
    desk: Desk, days: list[str], clock: StillClock
) -> None:
    today = enrol(desk.store, clock, 6)
    assert ids(desk, View.TODAY) == [today, days[-1]]
    assert ids(desk, View.ALL) == [today, *reversed(days)]
    assert ids(desk, View.NOT_HANDED_OVER) == [*days, today]
    assert ids(desk, View.SLIP_NOT_OUT) == [*days, today]
    assert ids(desk, View.NOT_AT_CENTRE) == [*days, today]
    assert ids(desk, View.NEEDS_ATTENTION) == []


def test_a_day_begins_at_midnight_of_the_office(desk: Desk, clock: StillClock) -> None:
    one = enrol(desk.store, clock)  # 10.24 in the office
    clock.forward(timedelta(hours=13))
    assert ids(desk, View.TODAY) == [one]
    clock.forward(timedelta(hours=1))
    assert ids(desk, View.TODAY) == []


@pytest.mark.parametrize("view", View)
def test_pages_follow_each_other_without_a_gap_or_a_repeat(
    desk: Desk, store_folder: Path, clock: StillClock, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [enrol(desk.store, clock, serial) for serial in range(1, 8)]
    for one in made:
        set_columns(store_folder, one, nik_warnings="BIRTH_DATE_DIFFERS")
    for size in (1, 2, 3, 7, 8):
        monkeypatch.setattr(lists, "PAGE_SIZE", size)
        assert sorted(ids(desk, view)) == made
    assert counts(desk)[view] == 7


def test_a_page_goes_on_where_it_ended_whatever_was_added_meanwhile(
    desk: Desk, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    made = [enrol(desk.store, clock, serial) for serial in range(1, 5)]
    first = page(desk, View.ALL)
    assert isinstance(first, Page)
    enrol(desk.store, clock, 9)
    second = page(desk, View.ALL, first.after)
    assert isinstance(second, Page)
    assert [row.id for row in (*first.rows, *second.rows)] == list(reversed(made))


def test_what_was_handed_over_waits_no_more(
    desk: Desk, store_folder: Path, days: list[str]
) -> None:
    bring_to(store_folder, days[0], Status.HANDED_OVER)
    assert ids(desk, View.NOT_HANDED_OVER) == days[1:]


def test_what_waits_too_long_is_late(desk: Desk, days: list[str], clock: StillClock) -> None:
    clock.forward(timedelta(seconds=1))
    shown = page(desk, View.NOT_HANDED_OVER)
    assert isinstance(shown, Page)
    assert [row.late for row in shown.rows] == [True, True, False, False, False]
    seen = overview(desk)
    assert isinstance(seen, Overview)
    assert seen.late == Tally(2, or_more=False)


def test_a_slip_in_somebodys_hands_is_out_and_a_paid_ones_is_not_asked_for(
    desk: Desk, store_folder: Path, days: list[str]
) -> None:
    for one, state in zip(days, ("came_out", "handed_over_otherwise", "unconfirmed"), strict=False):
        set_slip(store_folder, one, state)
    bring_to(store_folder, days[3], Status.PAID)
    assert ids(desk, View.SLIP_NOT_OUT) == [days[4]]


def test_attention_is_for_what_nobody_else_will_mend(
    desk: Desk, store_folder: Path, days: list[str]
) -> None:
    rejected, differs, failed, handed_over, fine = days
    bring_to(store_folder, rejected, Status.REJECTED)
    set_columns(store_folder, differs, nik_warnings="SEX_DIFFERS")
    set_slip(store_folder, differs, "failed")
    set_slip(store_folder, failed, "failed")
    warned = {"nik_warnings": "SEX_DIFFERS", "status": Status.HANDED_OVER.value}
    set_columns(store_folder, handed_over, **warned)
    shown = page(desk, View.NEEDS_ATTENTION)
    assert isinstance(shown, Page)
    assert {row.id: row.attention for row in shown.rows} == {
        rejected: {Attention.REJECTED},
        differs: {Attention.NIK_DIFFERS, Attention.SLIP_FAILED},
        failed: {Attention.SLIP_FAILED},
    }
    everybody = page(desk, View.ALL)
    assert isinstance(everybody, Page)
    assert [row.id for row in everybody.rows if not row.attention] == [fine, handed_over]
    assert counts(desk)[View.NEEDS_ATTENTION] == 3


def test_a_registration_of_two_revisions_waits_for_the_centre_once(
    desk: Desk, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)
    answers = replace(detail_of(desk, one).answers, name="BUDI")
    assert correct(desk, one, 1, answers, "x") == Done(2)
    assert ids(desk, View.NOT_AT_CENTRE) == [one]
    assert detail_of(desk, one).transfer is Transfer.ON_THIS_KIOSK


def test_an_admin_sees_nobody(desk: Desk, clock: StillClock) -> None:
    admin = desk_of(ADMIN, desk.store, clock)
    refused = NotAllowed(Action.SEE)
    assert (overview(admin), page(admin, View.ALL), search(admin, "a")) == (refused,) * 3


# Search


@pytest.fixture
def people(desk: Desk, clock: StillClock) -> dict[str, str]:
    """Ids by name, the last one the newest."""
    names = ("AHMAD SAPRUDIN", "SITI NURHAYATI", "MA'MUN SIDIK", "JOSÉ AHMAD", "RINA")
    phones = ("081211112222", "081233334444", "081255556666", "081277778888", "081299990000")
    return {
        name: enrol(desk.store, clock, 4200 + place, name=name, phone=phones[place])
        for place, name in enumerate(names)
    }


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ahm", ["JOSÉ AHMAD", "AHMAD SAPRUDIN"]),
        ("AHMAD sap", ["AHMAD SAPRUDIN"]),
        ("sap ahmad", ["AHMAD SAPRUDIN"]),
        ("jose", ["JOSÉ AHMAD"]),
        ("josé", ["JOSÉ AHMAD"]),
        ("mamun", ["MA'MUN SIDIK"]),
        ("ma'mun", ["MA'MUN SIDIK"]),
        ("s", ["MA'MUN SIDIK", "SITI NURHAYATI", "AHMAD SAPRUDIN"]),
        ("hmad", []),
        ("siti ahmad", []),
        ("4203", ["JOSÉ AHMAD"]),
        ("3604", ["RINA", "JOSÉ AHMAD", "MA'MUN SIDIK", "SITI NURHAYATI", "AHMAD SAPRUDIN"]),
        (nik_of(4201), ["SITI NURHAYATI"]),
        ("0812 3333", ["SITI NURHAYATI"]),
        ("+62 812-5555", ["MA'MUN SIDIK"]),
        ("8888", ["JOSÉ AHMAD"]),
        ("4203 rina", ["RINA"]),
        ("", []),
        ("   ", []),
        ("*", []),
        ("\"' OR 1", []),
        ("999999999999999999999999", []),
    ],
)
def test_what_is_typed_finds_whom_it_means(
    desk: Desk, people: dict[str, str], typed: str, names: list[str]
) -> None:
    assert found(desk, typed) == [people[name] for name in names]


def test_a_registration_number_is_found_from_both_ends(desk: Desk, people: dict[str, str]) -> None:
    rina = people["RINA"]
    number = detail_of(desk, rina).registration.number
    assert found(desk, number) == [rina]
    assert found(desk, f"{number[:4]} {number[4:8]} {number[8:]}") == [rina]
    assert found(desk, number[-5:]) == [rina]
    assert set(found(desk, number[:5])) == set(people.values())


def test_what_was_registered_or_corrected_a_moment_ago_is_found(
    desk: Desk, people: dict[str, str], clock: StillClock
) -> None:
    rina = people["RINA"]
    assert found(desk, "rina") == [rina]
    changed = replace(
        detail_of(desk, rina).answers, name="KARTINI", nik=nik_of(77), phone="081300001111"
    )
    assert correct(desk, rina, 1, changed, "x") == Done(2)
    assert [found(desk, typed) for typed in ("rina", "4204", "0000", "081299990000")] == [[]] * 4
    for typed in ("kart", nik_of(77), "0077", "081300001111"):
        assert found(desk, typed) == [rina]
    new = enrol(desk.store, clock, 88, name="RINA BARU")
    assert found(desk, "rina") == [new]


def written(folder: Path, traces: set[str]) -> set[str]:
    """Which of these the index holds, in whatever form."""
    engine = open_engine(folder, KEY)
    with engine.connect() as connection:
        tables = ("search_name_data", "search_name_content", "search_digits")
        rows = [connection.exec_driver_sql(f"SELECT * FROM {one}").all() for one in tables]
    engine.dispose()
    return {trace for trace in traces if trace in repr(rows)}


def test_of_who_was_erased_nothing_stays_in_the_index(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    name, phone = "ZZYZX QUOKKA", "081377776666"
    one = enrol(desk.store, clock, 1, name=name, phone=phone)
    assert found(desk, "zzyzx") == found(desk, "77776666") == [one]
    traces = {"zzyzx", "quokka", phone, phone[::-1], nik_of(1)}
    assert written(store_folder, traces) == traces
    set_columns(store_folder, one, name="", nik="", phone="")
    with desk.store.transaction() as record:
        record.desk.note(one, Deed("erased", "somebody", clock.now(), {}))
    assert found(desk, "zzyzx") == found(desk, "77776666") == found(desk, nik_of(1)) == []
    assert written(store_folder, traces) == set()


def test_two_desks_on_one_store_find_the_same(
    desk: Desk, people: dict[str, str], store_folder: Path, clock: StillClock
) -> None:
    other = desk_of(CLERK, open_store(store_folder, KEY), clock)
    for typed in ("ahmad", "rina", "0812"):
        assert found(other, typed) == found(desk, typed)
    new = enrol(other.store, clock, 99, name="DUA MEJA")
    assert found(desk, "meja") == found(other, "meja") == [new]
    other.store.close()


def test_a_full_store_is_taken_in_bit_by_bit_and_says_so(
    desk: Desk, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "READ_AT_ONCE", 2)
    made = [enrol(desk.store, clock, serial) for serial in range(1, 6)]
    first = search(desk, "ahmad")
    assert isinstance(first, Found)
    assert (len(first.rows), first.unread) == (2, 3)
    assert catch_up(desk) == 1
    assert catch_up(desk) == 0
    assert found(desk, "ahmad") == list(reversed(made))


def test_a_list_that_was_cut_says_so(
    desk: Desk, people: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "FOUND_MAX", 2)
    for typed in ("s", "3604"):
        cut = search(desk, typed)
        assert isinstance(cut, Found)
        assert (len(cut.rows), cut.more) == (2, True)


def test_registering_writes_nothing_into_the_index(desk: Desk, clock: StillClock) -> None:
    enrol(desk.store, clock)
    with desk.store.reading() as record:
        assert record.desk.unread() == 1


@given(st.text())
def test_no_text_breaks_the_reading_of_a_query(typed: str) -> None:
    query = read_query(typed)
    if isinstance(query, NameQuery):
        assert all(word.isalnum() for word in query.words)
    elif isinstance(query, DigitQuery):
        assert query.digits.isdecimal()
        assert query.digits.isascii()


@given(st.lists(st.text(min_size=1), min_size=1, max_size=3))
def test_folding_twice_is_folding_once(words: list[str]) -> None:
    once = fold_words(" ".join(words))
    assert fold_words(" ".join(once)) == once
