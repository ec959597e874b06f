"""The chain over the audit: what was changed, taken away or put in is noticed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from probes import start_child
from samples import KEY, StillClock, make_application, nik_of
from sqlalchemy import Engine

from kiosk.domain.audit import ChainBroken, ChainWhole
from kiosk.registration import register
from kiosk.storage.audit import Deed
from kiosk.storage.engine import open_engine
from kiosk.storage.store import Store, open_store

ENTRIES = 6


@pytest.fixture
def engine(store_folder: Path) -> Iterator[Engine]:
    engine = open_engine(store_folder, KEY)
    yield engine
    engine.dispose()


@pytest.fixture
def filled(engine: Engine, clock: StillClock) -> Store:
    """A store whose audit has six entries."""
    store = Store(engine)
    for serial in (1, 2, 3):
        register(store, make_application(f"id {serial}", nik=nik_of(serial)), clock)
        clock.forward(timedelta(minutes=1))
        with store.transaction() as record:
            record.desk.note(f"id {serial}", Deed("nik_seen", "somebody", clock.now(), {"a": 1}))
    return store


def verified(store: Store) -> ChainWhole | ChainBroken:
    with store.reading() as record:
        return record.desk.verify_audit()


def tamper(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_an_untouched_audit_is_whole_and_its_head_moves_with_each_entry(
    store: Store, clock: StillClock
) -> None:
    heads = [verified(store)]
    for serial in (1, 2):
        register(store, make_application(f"id {serial}", nik=nik_of(serial)), clock)
        heads.append(verified(store))
    assert heads[0] == ChainWhole(0, "")
    told = [(head.entries, len(head.head)) for head in heads if isinstance(head, ChainWhole)]
    assert told == [(0, 0), (1, 64), (2, 64)]
    assert len(set(heads)) == 3


@pytest.mark.parametrize("seq", range(1, ENTRIES + 1))
@pytest.mark.parametrize("column", ["at", "event", "registration_id", "actor", "details", "link"])
def test_a_changed_entry_is_noticed(filled: Store, engine: Engine, seq: int, column: str) -> None:
    tamper(engine, f"UPDATE audit SET {column} = {column} || 'x' WHERE seq = {seq}")
    assert verified(filled) == ChainBroken(seq)


@pytest.mark.parametrize("seq", range(1, ENTRIES + 1))
def test_a_deleted_entry_is_noticed_also_the_last(filled: Store, engine: Engine, seq: int) -> None:
    tamper(engine, f"DELETE FROM audit WHERE seq = {seq}")
    assert verified(filled) == ChainBroken(seq)


def test_deleting_the_last_and_writing_on_is_noticed(
    filled: Store, engine: Engine, clock: StillClock
) -> None:
    tamper(engine, f"DELETE FROM audit WHERE seq = {ENTRIES}")
    register(filled, make_application("id 9", nik=nik_of(9)), clock)
    assert verified(filled) == ChainBroken(ENTRIES)


def test_two_entries_exchanged_are_noticed(filled: Store, engine: Engine) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        tamper(engine, f"UPDATE audit SET seq = {new} WHERE seq = {old}")
    assert verified(filled) == ChainBroken(2)


def test_an_entry_put_in_between_is_noticed(filled: Store, engine: Engine) -> None:
    for seq in range(ENTRIES, 2, -1):
        tamper(engine, f"UPDATE audit SET seq = {seq + 1} WHERE seq = {seq}")
    tamper(engine, "INSERT INTO audit (seq, at, event, registration_id) VALUES (3, 'a', 'b', 'c')")
    assert verified(filled) == ChainBroken(4)


def test_whole_statements_of_entries_are_chained_too(filled: Store, engine: Engine) -> None:
    tamper(
        engine,
        "INSERT INTO audit (at, event, registration_id)"
        " SELECT at, 'handed_over', registration_id FROM audit ORDER BY seq",
    )
    whole = verified(filled)
    assert isinstance(whole, ChainWhole)
    assert whole.entries == 2 * ENTRIES


def test_the_chain_survives_threads_and_another_process(
    filled: Store, store_folder: Path, clock: StillClock
) -> None:
    other = open_store(store_folder, KEY)

    def write(serial: int) -> None:
        store = (filled, other)[serial % 2]
        register(store, make_application(f"id {serial}", nik=nik_of(serial)), clock)

    child = start_child("register_many", store_folder)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(10, 30)))
    assert child.communicate("")[0].strip() == "20"
    other.close()
    whole = verified(filled)
    assert isinstance(whole, ChainWhole)
    assert whole.entries == ENTRIES + 40
