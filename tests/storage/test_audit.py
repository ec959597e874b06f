"""The chain over the audit: what was changed, taken away or put in is noticed, and where."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from probes import bytes_in, rows_at, start_child
from samples import KEY, NAME, NIK, NOW, PHONE, StillClock, load_texts, make_application, nik_of
from sqlalchemy import URL, Connection, Engine, create_engine

from kiosk.audit import check, note, run
from kiosk.domain.audit import (
    Chain,
    ChainBroken,
    ChainWhole,
    closing_code,
    keyed_link,
    link,
    read_code,
)
from kiosk.opening import open_own, store_keys
from kiosk.registration import register
from kiosk.settings import Settings
from kiosk.storage.audit import AuditRecord, Deed, verify_chain
from kiosk.storage.engine import MIGRATIONS, STORE_FILE, StoreFailure, StoreKeys, open_engine
from kiosk.storage.store import Store, open_store

ENTRIES = 6
OF_THE_KEY = "0007"
"""The migration that gave the chain its key."""


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


def verified(store: Store) -> Chain:
    with store.reading() as record:
        return record.audit.verify()


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


# Somebody who knows how the chain is made


def links_of(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.exec_driver_sql("SELECT link FROM audit ORDER BY seq").scalars())


def anchor(store: Store) -> None:
    head = verified(store)
    assert isinstance(head, ChainWhole)
    with store.transaction() as record:
        record.audit.keep_anchor(head, "paper", NOW)


def make_links(connection: Connection, begin: int, function: str) -> None:
    """Make every link from `begin` on as the trigger would."""
    for seq in (
        connection.exec_driver_sql("SELECT seq FROM audit WHERE seq >= ? ORDER BY seq", (begin,))
        .scalars()
        .all()
    ):
        connection.exec_driver_sql(
            f"UPDATE audit SET link = {function}(coalesce((SELECT b.link FROM audit b WHERE"
            " b.seq < ? ORDER BY b.seq DESC LIMIT 1), ''),"
            " at, event, registration_id, actor, details) WHERE seq = ?",
            (seq, seq),
        )


def test_without_the_audit_s_key_no_link_can_be_made(
    filled: Store, engine: Engine, store_folder: Path
) -> None:
    with engine.begin() as connection:
        driver: Any = connection.connection.driver_connection
        driver.create_function("forged_link", 6, partial(keyed_link, KEY))
        connection.exec_driver_sql("UPDATE audit SET actor = 'x' WHERE seq = 3")
        make_links(connection, 3, "forged_link")
    assert verified(filled) == ChainBroken(3)


def test_with_the_key_only_a_head_kept_elsewhere_tells_and_says_between_which(
    filled: Store, engine: Engine, clock: StillClock
) -> None:
    anchor(filled)
    register(filled, make_application("id 9", nik=nik_of(9)), clock)
    anchor(filled)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit SET actor = 'x' WHERE seq = 7")
        make_links(connection, 7, "keyed_link")
    assert verified(filled) == ChainBroken(7, upto=7)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit SET actor = 'x' WHERE seq = 3")
        make_links(connection, 3, "keyed_link")
    assert verified(filled) == ChainBroken(1, upto=6)


def test_the_end_cut_off_with_sqlite_s_own_memory_is_noticed_by_a_head_kept_elsewhere(
    filled: Store, engine: Engine
) -> None:
    anchor(filled)
    tamper(engine, "DELETE FROM audit WHERE seq > 4")
    tamper(engine, "UPDATE sqlite_sequence SET seq = 4 WHERE name = 'audit'")
    assert verified(filled) == ChainBroken(1, upto=6)


def test_a_code_on_paper_tells_even_if_the_anchors_were_forged_as_well(
    filled: Store, engine: Engine
) -> None:
    printed = read_code(closing_code(links_of(engine)[-1]))
    assert printed is not None
    assert check(filled, [printed]).is_good
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit SET actor = 'x' WHERE seq = 3")
        make_links(connection, 3, "keyed_link")
    assert isinstance(verified(filled), ChainWhole)
    assert check(filled, [printed]).codes == {printed: None}
    assert not check(filled, [printed]).is_good


TEXTS = ("at", "event", "registration_id", "actor", "details", "link")
Tampering = Callable[[Connection, int, DataObject], int]


def flip(connection: Connection, last: int, data: DataObject) -> int:
    """One bit of one letter."""
    seq, column = data.draw(st.integers(1, last)), data.draw(st.sampled_from(TEXTS))
    query = f"SELECT {column} FROM audit WHERE seq = {seq}"
    text = str(connection.exec_driver_sql(query).scalar_one()) or "x"
    place = data.draw(st.integers(0, len(text) - 1))
    flipped = chr(ord(text[place]) ^ (1 << data.draw(st.integers(0, 6))))
    connection.exec_driver_sql(
        f"UPDATE audit SET {column} = ? WHERE seq = ?",
        (text[:place] + flipped + text[place + 1 :], seq),
    )
    return seq


def drop(connection: Connection, last: int, data: DataObject) -> int:
    first = data.draw(st.integers(1, last))
    connection.exec_driver_sql(f"DELETE FROM audit WHERE seq = {first}")
    if data.draw(st.booleans()):  # and close the gap
        move(connection, first + 1, last, -1)
    return first


def cut(connection: Connection, last: int, data: DataObject) -> int:
    first = data.draw(st.integers(1, last))
    connection.exec_driver_sql(f"DELETE FROM audit WHERE seq >= {first}")
    return first


def swap(connection: Connection, last: int, data: DataObject) -> int:
    one, other = sorted(data.draw(st.sets(st.integers(1, last), min_size=2, max_size=2)))
    for old, new in ((one, 9999), (other, one), (9999, other)):
        connection.exec_driver_sql(f"UPDATE audit SET seq = {new} WHERE seq = {old}")
    return one


def put_in(connection: Connection, last: int, data: DataObject) -> int:
    """A copy of another entry, its own link included."""
    here, other = data.draw(st.integers(1, last)), data.draw(st.integers(1, last))
    copied = connection.exec_driver_sql(
        f"SELECT {', '.join(TEXTS)} FROM audit WHERE seq = {other}"
    ).one()
    move(connection, here, last, +1)
    connection.exec_driver_sql("DROP TRIGGER chain_audit")
    connection.exec_driver_sql(
        f"INSERT INTO audit (seq, {', '.join(TEXTS)}) VALUES ({here}, ?, ?, ?, ?, ?, ?)",
        tuple(copied),
    )
    # The copy of what stands there already fits; what follows it does not.
    return here + (here == other)


def move(connection: Connection, first: int, last: int, by: int) -> None:
    for seq in sorted(range(first, last + 1), reverse=by > 0):
        connection.exec_driver_sql(f"UPDATE audit SET seq = {seq + by} WHERE seq = {seq}")


def rewrite(connection: Connection, last: int, data: DataObject) -> int:
    """Change one entry, and make every link after it by the old rule, which needs no key."""
    first = data.draw(st.integers(1, last))
    connection.exec_driver_sql(f"UPDATE audit SET details = 'x' WHERE seq = {first}")
    driver: Any = connection.connection.driver_connection
    driver.create_function("old_link", 6, link)
    make_links(connection, first, "old_link")
    return first


class _UndoneError(Exception):
    """Ends a transaction whose changes nobody wants."""


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data(), tampering=st.sampled_from([flip, drop, cut, swap, put_in, rewrite]))
def test_whatever_is_done_to_the_audit_is_found_where_it_was_done(
    filled: Store, engine: Engine, data: DataObject, tampering: Tampering
) -> None:
    with suppress(_UndoneError), engine.begin() as connection:
        first = tampering(connection, ENTRIES, data)
        assert verify_chain(connection) == ChainBroken(first)
        raise _UndoneError
    assert isinstance(verified(filled), ChainWhole)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_whoever_has_every_key_is_found_by_the_next_head_kept_elsewhere(
    filled: Store, engine: Engine, data: DataObject
) -> None:
    heads = links_of(engine)
    kept = data.draw(st.sets(st.integers(1, ENTRIES), min_size=1))
    changed = data.draw(st.integers(1, max(kept)))
    with suppress(_UndoneError), engine.begin() as connection:
        for entries in kept:
            record = AuditRecord(connection)
            record.keep_anchor(ChainWhole(entries, heads[entries - 1]), "paper", NOW)
        connection.exec_driver_sql(f"UPDATE audit SET actor = 'x' WHERE seq = {changed}")
        make_links(connection, changed, "keyed_link")
        held = max((one for one in kept if one < changed), default=0)
        missed = min(one for one in kept if one >= changed)
        assert verify_chain(connection) == ChainBroken(held + 1, upto=missed)
        raise _UndoneError


# Keys and older stores


def test_another_key_for_the_audit_is_refused_and_the_store_left_as_it_is(
    filled: Store, store_folder: Path
) -> None:
    filled.close()
    before = bytes_in(store_folder)
    with pytest.raises(StoreFailure) as refused:
        open_store(store_folder, StoreKeys(KEY, bytes(32)))
    assert refused.value.code == "S 18"
    assert bytes_in(store_folder) == before


def make_old_store(folder: Path) -> list[str]:
    """Make a store as it was before there was a key, with six entries; returns their links."""

    folder.mkdir()
    url = URL.create(
        "sqlite+pysqlcipher", password=f"x'{KEY.hex()}'", database=str(folder / STORE_FILE)
    )
    engine = create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    of_the_key = ScriptDirectory.from_config(config).get_revision(OF_THE_KEY)
    assert of_the_key is not None
    with engine.begin() as connection:
        driver: Any = connection.connection.driver_connection
        driver.create_function("audit_link", 6, link)
        config.attributes["connection"] = connection
        command.upgrade(config, str(of_the_key.down_revision))
        for entry in range(1, ENTRIES + 1):
            connection.exec_driver_sql(
                "INSERT INTO audit (at, event, registration_id) VALUES ('now', 'seen', ?)",
                (f"id {entry}",),
            )
    links = links_of(engine)
    engine.dispose()
    return links


def test_an_older_store_is_chained_anew_and_its_papers_still_fit(
    store_folder: Path, clock: StillClock
) -> None:
    old = make_old_store(store_folder)
    store = open_store(store_folder, KEY)
    register(store, make_application("id 9", nik=nik_of(9)), clock)
    assert isinstance(verified(store), ChainWhole)
    printed = [read_code(closing_code(old[entry - 1])) or "" for entry in (2, ENTRIES)]
    assert check(store, printed).codes == {printed[0]: 2, printed[1]: ENTRIES}
    store.close()
    assert not set(old) & {row[6] for row in rows_at(store_folder)["audit"]}


def test_what_was_broken_in_an_older_store_does_not_look_whole_afterwards(
    store_folder: Path,
) -> None:
    make_old_store(store_folder)
    with closing(sqlcipher3.connect(str(store_folder / STORE_FILE))) as connection:
        connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        connection.execute("UPDATE audit SET actor = 'x' WHERE seq = 4")
        connection.commit()
    store = open_store(store_folder, KEY)
    assert verified(store) == ChainBroken(4)
    store.close()


# What it may hold


@pytest.mark.parametrize("value", [NIK, int(NIK), NAME, PHONE, "12345678901", "a@b.id", ["x"]])
def test_what_somebody_typed_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="numbers and keywords"):
        Deed("any", "", NOW, {"what": value})


def test_numbers_keywords_and_ids_are_taken(store: Store, clock: StillClock) -> None:
    id_ = "90000000-9999-4999-8999-999999999999"
    note(store, "key_changed", clock, actor=id_, level=3, place="store.key", account=id_)
    assert isinstance(verified(store), ChainWhole)


# On a terminal


def told_by(settings: Settings, *codes: str) -> tuple[int, str]:
    out = StringIO()
    status = run(settings, codes, load_texts(), out)
    return status, out.getvalue()


def test_the_command_says_how_the_chain_stands_and_whether_a_code_is_in_it(
    tmp_path: Path, clock: StillClock
) -> None:
    settings_ = replace(Settings(), store_folder=tmp_path / "store", keys_folder=tmp_path / "keys")
    keys, store = open_own(settings_)
    register(store, make_application("id 1"), clock)
    head = verified(store)
    assert isinstance(head, ChainWhole)
    code = closing_code(head.head)
    store.close()
    assert told_by(settings_) == (0, f"1 catatan, semuanya utuh. Kode penutup: {code}\n")
    status, told = told_by(settings_, code.lower())
    assert (status, f"Kode {code} cocok: catatan ke-1." in told) == (0, True)
    status, told = told_by(settings_, "0" * 20)
    assert (status, "tidak ada" in told) == (1, True)
    assert told_by(settings_, "9F3A") == (1, "Kode terdiri dari 20 angka dan huruf A sampai F.\n")
    engine = open_engine(settings_.store_folder, store_keys(keys))
    tamper(engine, "UPDATE audit SET actor = 'x'")
    assert told_by(settings_) == (1, "Mulai catatan ke-1 jejak tidak cocok: laporkan.\n")
    with engine.begin() as connection:
        AuditRecord(connection).keep_anchor(head, "paper", NOW)
        make_links(connection, 1, "keyed_link")
    engine.dispose()
    assert "ke-1 sampai ke-1 tidak cocok" in told_by(settings_)[1]
