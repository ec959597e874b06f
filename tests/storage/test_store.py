"""The record: whole or not at all, on disk before it is said, and silent about people."""

import json
import logging
import signal
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from probes import PERSONAL, rows_at, rows_in, start_child
from samples import ANSWERS, KEY, NOW, StillClock, make_application, nik_of
from sqlalchemy import ClauseElement, Connection, Engine, event, text

from kiosk.domain.registration import Registration
from kiosk.domain.registration_number import is_valid_number
from kiosk.registration import Registered, keep_draft, register
from kiosk.storage import tables
from kiosk.storage.engine import STORE_FILE, StoreFailure, open_engine
from kiosk.storage.store import Record, Store, open_store

PAGE = 4096
OTHER_ANSWERS = replace(ANSWERS, nik=nik_of(2))


class PulledOutError(Exception):
    """Somebody pulled the plug between two statements."""


@pytest.fixture
def engine(store_folder: Path) -> Iterator[Engine]:
    engine = open_engine(store_folder, KEY)
    yield engine
    engine.dispose()


def registered(store: Store, clock: StillClock, **changes: Any) -> Registration:
    outcome = register(store, make_application(**changes), clock)
    assert isinstance(outcome, Registered)
    return outcome.registration


def listen(engine: Engine, moment: str, act: Callable[[], None]) -> Callable[[], None]:
    """Call `act` before every statement or commit; returns how to stop that."""

    def heard(*_arguments: object) -> None:
        act()

    event.listen(engine, moment, heard)
    return lambda: event.remove(engine, moment, heard)


# One transaction


def test_a_registration_comes_with_audit_outbox_and_slip_and_without_its_draft(
    engine: Engine, clock: StillClock
) -> None:
    store = Store(engine)
    keep_draft(store, "draft", ANSWERS, clock)
    keep_draft(store, "another draft", OTHER_ANSWERS, clock)
    one = registered(store, clock)
    at = NOW.isoformat(timespec="microseconds")
    rows = rows_in(engine)
    assert [row[:2] for row in rows["registration"]] == [("draft", one.number)]
    assert [row[:6] for row in rows["audit"]] == [(1, at, "registered", "draft", "", "")]
    assert rows["outbox"] == [(1, "draft", 1)]
    assert rows["print_job"] == [(1, "draft", 0, "owed", "", at, "", "", 0, "", 0)]
    assert [row[0] for row in rows["draft"]] == ["another draft"]


def test_a_failure_at_any_statement_leaves_nothing_and_the_draft(
    engine: Engine, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(engine)
    keep_draft(store, "draft", ANSWERS, clock)
    before = rows_in(engine)
    statements = failures = 0

    def fail_at_the_next_place() -> None:
        nonlocal statements
        statements += 1
        if statements > failures:
            raise PulledOutError

    def fail_or_run(record: Record, statement: ClauseElement, **values: object) -> Any:
        fail_at_the_next_place()
        return run(record, statement, **values)

    run = Record._run
    monkeypatch.setattr(Record, "_run", fail_or_run)
    done = False
    while not done:
        statements = 0
        stop = listen(engine, "before_cursor_execute", fail_at_the_next_place)
        try:
            registered(store, clock)
            done = True
        except PulledOutError:
            failures += 1
        finally:
            stop()
        if not done:
            assert rows_in(engine) == before
    # BEGIN, standing, facts, their rows, registration, audit, outbox, print job, draft
    assert failures == 9
    after = rows_in(engine)
    assert [len(after[name]) for name in ("registration", "audit", "outbox", "print_job")] == [
        1
    ] * 4
    assert after["draft"] == []


def test_a_failure_at_the_commit_leaves_nothing_and_the_draft(
    engine: Engine, clock: StillClock
) -> None:
    store = Store(engine)
    keep_draft(store, "draft", ANSWERS, clock)
    before = rows_in(engine)

    def fail() -> None:
        raise PulledOutError

    stop = listen(engine, "commit", fail)
    with pytest.raises(PulledOutError):
        registered(store, clock)
    stop()
    assert rows_in(engine) == before
    assert registered(store, clock).number[5:11] == "000001"


def test_an_error_in_the_middle_of_any_use_undoes_all_of_it(
    store: Store, store_folder: Path, clock: StillClock
) -> None:
    def begin_and_fail() -> None:
        with store.transaction() as record:
            record.identity()
            record.save_draft("draft", {"name": "X"}, clock.now())
            raise PulledOutError

    with pytest.raises(PulledOutError):
        begin_and_fail()
    rows = rows_at(store_folder)
    assert [name for name, _ in rows["store_fact"]] == ["audit_key"]
    assert rows["draft"] == []


# On disk


def test_a_registration_survives_the_kill_right_after_it(store_folder: Path) -> None:
    with start_child("register_and_wait", store_folder) as child:
        assert child.stdout is not None
        number = child.stdout.readline().strip()
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert is_valid_number(number)
    assert (store_folder / f"{STORE_FILE}-wal").exists()
    rows = rows_at(store_folder)
    assert [row[:2] for row in rows["registration"]] == [("draft 1", number)]
    assert [len(rows[name]) for name in ("audit", "outbox", "print_job")] == [1, 1, 1]
    assert [row[3] for row in rows["print_job"]] == ["owed"]


def test_a_kill_before_the_commit_leaves_nothing(store_folder: Path) -> None:
    with start_child("wait_before_the_commit", store_folder) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip()
        child.send_signal(signal.SIGKILL)
        child.wait()
    rows = rows_at(store_folder)
    assert [name for name, _ in rows.pop("store_fact")] == ["audit_key"]
    assert all(left == [] for left in rows.values())


def test_a_full_disk_is_said_loses_nothing_and_is_over_once_there_is_room(
    store_folder: Path,
) -> None:
    open_store(store_folder, KEY).close()
    with start_child("register_on_a_full_disk", store_folder) as child:
        told = json.loads(child.communicate()[0])
    assert told["code"] == "S 14"
    assert told["written"] > 0
    assert is_valid_number(told["again"])
    rows = rows_at(store_folder)
    counts = {name: len(rows[name]) for name in ("registration", "audit", "outbox", "print_job")}
    assert counts == dict.fromkeys(counts, told["written"] + 1)
    counter = [column.name for column in tables.registration.columns].index("counter")
    assert [row[counter] for row in rows["registration"]] == list(range(1, told["written"] + 2))


def pages_of(folder: Path, table: str) -> list[int]:
    """The first pages of a table and its indexes."""
    engine = open_engine(folder, KEY)
    with engine.connect() as connection:
        roots = text("SELECT rootpage FROM sqlite_master WHERE tbl_name = :table AND rootpage > 0")
        pages = list(connection.execute(roots, {"table": table}).scalars())
    engine.dispose()
    return pages


def test_a_store_damaged_on_disk_is_a_failure_with_a_code(
    store: Store, store_folder: Path, clock: StillClock
) -> None:
    for serial in range(1, 30):
        registered(store, clock, draft_id=f"draft {serial}", nik=nik_of(serial))
    store.close()
    file = store_folder / STORE_FILE
    content = bytearray(file.read_bytes())
    for page in pages_of(store_folder, "registration"):
        content[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    file.write_bytes(content)
    damaged = open_store(store_folder, KEY)
    with pytest.raises(StoreFailure) as failure:
        registered(damaged, clock, draft_id="one more", nik=nik_of(100))
    damaged.close()
    assert failure.value.code == "S 14"
    assert file.read_bytes() == content


# Nothing of a person in errors and logs


def told_by(error: BaseException) -> str:
    """All that a log could tell of an error and of those behind it."""
    told = []
    behind: BaseException | None = error
    while behind is not None:
        told += [str(behind), repr(behind), *traceback.format_exception(behind)]
        behind = behind.__cause__ or behind.__context__
    return "\n".join(told)


def silent_about_people(said: str) -> bool:
    return not [word for word in PERSONAL if word in said]


@pytest.fixture
def loud(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """As much logging as anyone could switch on before the store is opened."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="sqlalchemy.engine")
    return caplog


def test_a_broken_rule_of_the_tables_tells_no_values(
    loud: pytest.LogCaptureFixture, store: Store, clock: StillClock
) -> None:
    one = registered(store, clock)
    with pytest.raises(sqlcipher3.IntegrityError) as broken, store.transaction() as record:
        record.add(one, 2)
    assert silent_about_people(told_by(broken.value))
    assert silent_about_people(loud.text)


def test_a_store_that_cannot_be_written_tells_no_values(
    loud: pytest.LogCaptureFixture, engine: Engine, clock: StillClock
) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE registration RENAME TO elsewhere"))
    with pytest.raises(StoreFailure) as failure:
        registered(Store(engine), clock)
    assert failure.value.code == "S 14"
    assert silent_about_people(told_by(failure.value))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO registration"))
        connection.execute(text("ALTER TABLE registration RENAME COLUMN name TO nome"))
    with pytest.raises(StoreFailure) as failure:
        registered(Store(engine), clock)
    assert silent_about_people(told_by(failure.value))
    assert silent_about_people(loud.text)


def test_writing_and_reading_log_no_values(
    loud: pytest.LogCaptureFixture, store: Store, clock: StillClock
) -> None:
    keep_draft(store, "another draft", OTHER_ANSWERS, clock)
    one = registered(store, clock)
    with store.transaction() as record:
        assert record.find(one.id) is not None
        assert record.draft("another draft") is not None
    assert silent_about_people(loud.text)


# Beginning


def test_a_transaction_holds_writers_off_from_its_first_read(engine: Engine) -> None:
    begun: list[str] = []

    def remember(_c: Connection, _cursor: Any, statement: str, *_rest: object) -> None:
        begun.append(statement)

    event.listen(engine, "before_cursor_execute", remember)
    with Store(engine).transaction() as record:
        record.identity()
    assert begun[0] == "BEGIN IMMEDIATE"
