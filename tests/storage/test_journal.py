"""The journal: all that was committed, nothing that was not said, and nothing that was altered."""

import errno
import os
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from keeping import Kept, add, add_many, flip
from probes import PERSONAL
from samples import ANSWERS, KEY, NAME, NIK, make_application
from sqlalchemy import text

from kiosk.domain.store_health import JournalProblem
from kiosk.registration import keep_draft, register
from kiosk.storage import tables
from kiosk.storage.changes import NOT_KEPT, kept_tables, note_changes
from kiosk.storage.engine import open_engine
from kiosk.storage.frames import Gap
from kiosk.storage.kept import open_kept_store
from kiosk.storage.mending import Places


@pytest.fixture
def kiosk(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "kiosk")


def lose_the_store(kiosk: Kept) -> None:
    """Everything but the journal."""
    shutil.rmtree(kiosk.places.store)
    shutil.rmtree(kiosk.places.backups, ignore_errors=True)
    kiosk.places.store.mkdir()


# Complete


def test_what_was_registered_can_be_had_from_the_journal_alone(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        add_many(store, kiosk.clock, range(1, 6))
        after = kiosk.cut_off("after")
    lose_the_store(after)
    after.open().close()
    assert after.record() == kiosk.record()


def test_every_table_is_kept_or_named_as_left_out(kiosk: Kept) -> None:
    kept = {table.name for table in kept_tables()}
    assert kept | NOT_KEPT == set(tables.metadata.tables)
    with kiosk.opened():
        engine = open_engine(kiosk.places.store, KEY)
        with engine.begin() as connection:
            connection.execute(text("DROP TRIGGER change_payment_update"))
            note_changes(connection)
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type='trigger'"))
            triggers = {name for name in names.scalars() if name.startswith("change_")}
        engine.dispose()
    verbs = ("insert", "update", "delete")
    noted = {f"change_{name}_{verb}" for name in kept for verb in verbs}
    assert triggers == noted - {"change_audit_update"}


def test_half_given_answers_are_in_neither_journal_nor_backup(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        add(store, kiosk.clock, 1)
        before = kiosk.told_in_journal()
        keep_draft(store, "half", ANSWERS, kiosk.clock)
        assert kiosk.told_in_journal() == before
        backup = store.back_up()
    assert backup is not None
    copy = Kept(kiosk.folder.with_name("copy"))
    copy.places.store.mkdir(parents=True)
    shutil.copy(backup.path, copy.file)
    engine = open_engine(copy.places.store, KEY)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM draft")).scalar() == 0
    engine.dispose()


def test_nothing_can_be_read_in_it_nor_in_the_names_of_its_files(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        register(store, make_application(), kiosk.clock)
        told = kiosk.told_in_journal()
    assert NIK in told
    assert NAME in told
    plain = [word.encode() for word in (*PERSONAL, "registration", "petani_padi")]
    for file in (*kiosk.segments, *kiosk.backups):
        content = file.name.encode() + file.read_bytes()
        assert not [word for word in plain if word in content]
        assert file.stat().st_mode & 0o777 == 0o600
    assert kiosk.places.journal.stat().st_mode & 0o777 == 0o700


def test_each_day_has_a_file_and_those_of_before_are_left_alone(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        add(store, kiosk.clock, 1)
        before = {file: file.read_bytes() for file in kiosk.segments}
        kiosk.clock.forward(timedelta(days=1))
        add(store, kiosk.clock, 2)
        kiosk.clock.forward(timedelta(days=-400))
        add(store, kiosk.clock, 3)
    days = [file.stem[-10:] for file in kiosk.segments[-3:]]
    assert days == ["2026-11-22", "2026-11-23", "2025-10-19"]
    assert {file: file.read_bytes() for file in before} == before
    assert kiosk.journal().is_whole()


# Cut off, altered


def test_a_write_that_was_cut_off_anywhere_is_made_good_at_the_next_start(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        add(store, kiosk.clock, 1)
        whole = kiosk.segments[-1].stat().st_size
        add(store, kiosk.clock, 2)
    last = kiosk.segments[-1]
    content = last.read_bytes()
    for cut in range(whole, len(content), 97):
        after = kiosk.cut_off(f"after {cut}")
        os.truncate(after.places.journal / last.name, cut)
        assert '"id 2"' not in after.told_in_journal()
        with after.opened() as store:
            assert store.tend(idle=False).journal_behind == 0
        assert '"id 2"' in after.told_in_journal()
    lose_the_store(after)
    after.open().close()
    assert after.record() == kiosk.record()


def test_any_bit_that_turns_is_noticed(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        add(store, kiosk.clock, 1)
    last = kiosk.segments[-1]
    content = last.read_bytes()
    chance = random.Random(6)
    for at in chance.sample(range(len(content)), 60):
        flip(last, at)
        assert not kiosk.journal().is_whole(), at
        last.write_bytes(content)
    assert kiosk.journal().is_whole()


def records_of(file: Path) -> list[bytes]:
    parts = file.read_bytes().split(b"ABPJ")[1:]
    return [b"ABPJ" + part for part in parts]


def test_records_that_are_dropped_doubled_or_moved_are_noticed(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        store.tend(idle=False)
        add_many(store, kiosk.clock, range(1, 4))
    last = kiosk.segments[-1]
    first, *rest = records_of(last)
    assert len(rest) == 3
    for others in (rest[1:], [*rest, rest[0]], rest[::-1], [rest[0], *rest]):
        last.write_bytes(b"".join([first, *others]))
        assert not kiosk.journal().is_whole()
    last.write_bytes(b"".join([first, *rest]))
    assert kiosk.journal().is_whole()


def test_a_file_that_is_taken_away_is_noticed_and_the_journal_written_anew(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        for serial in range(1, 4):
            add(store, kiosk.clock, serial)
            kiosk.clock.forward(timedelta(days=1))
        kiosk.segments[2].unlink()
        assert any(isinstance(one, Gap) for one in kiosk.journal().read())
        assert store.check()
        assert kiosk.journal().is_whole()
    after = kiosk.cut_off("after")
    lose_the_store(after)
    after.open().close()
    assert after.record() == kiosk.record()


# Several writers


def test_two_programs_on_one_store_write_one_journal(kiosk: Kept) -> None:
    with kiosk.opened() as one, kiosk.opened() as other, ThreadPoolExecutor(4) as pool:
        busy = [
            pool.submit(add_many, store, kiosk.clock, range(first, first + 8))
            for first, store in enumerate((one, other, one, other))
            for first in [first * 10 + 1]
        ]
        numbers = [number for done in busy for number in done.result()]
        other.tend(idle=False)
        one.check()  # writes to the journal after the other program did
        add(one, kiosk.clock, 99)
        assert one.health().journal_behind == 0
    assert len(set(numbers)) == 32
    assert kiosk.journal().is_whole()
    after = kiosk.cut_off("after")
    lose_the_store(after)
    after.open().close()
    assert after.record() == kiosk.record()


def test_another_program_goes_on_in_the_journal_that_was_begun_anew(kiosk: Kept) -> None:
    with kiosk.opened() as one, kiosk.opened() as other:
        add(one, kiosk.clock, 1)
        add(other, kiosk.clock, 2)
        before = kiosk.segments
        assert one.forget_copies()
        assert not set(before) & set(kiosk.segments)
        add(other, kiosk.clock, 3)
        assert other.health().journal_behind == 0
    assert kiosk.journal().is_whole()
    assert '"id 3"' in kiosk.told_in_journal()


# Its disk


def test_while_its_disk_is_away_people_register_and_the_staff_is_told(kiosk: Kept) -> None:
    stick = kiosk.folder.with_name("stick")
    stick.mkdir()
    places = Places(kiosk.places.store, stick / "journal", kiosk.places.backups)
    with closing(open_kept_store(places, KEY, kiosk.clock, 3)) as store:
        add(store, kiosk.clock, 1)
        assert store.health().is_well
        pulled = stick.rename(stick.with_name("pulled"))
        add(store, kiosk.clock, 2)
        health = store.tend(idle=False)
        assert health.journal_problem is JournalProblem.GONE
        assert health.depends_on_one_file
        pulled.rename(stick)
        health = store.tend(idle=False)
        assert health.is_well
        assert not health.depends_on_one_file
    assert len(list(stick.rglob("*.journal"))) == 2


@pytest.mark.parametrize(
    ("number", "problem"),
    [(errno.ENOSPC, JournalProblem.FULL), (errno.EIO, JournalProblem.FAILING)],
)
def test_a_full_or_failing_disk_costs_no_registration_and_is_made_good(
    kiosk: Kept, monkeypatch: pytest.MonkeyPatch, number: int, problem: JournalProblem
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    with kiosk.opened() as store:
        add(store, kiosk.clock, 1)
        with monkeypatch.context() as disk:
            disk.setattr("kiosk.storage.journal.os.fdatasync", refuse)
            add(store, kiosk.clock, 2)
            assert store.tend(idle=False).journal_problem is problem
            assert store.health().journal_behind > 0
        add(store, kiosk.clock, 3)
        assert store.health().journal_behind == 0
    assert kiosk.journal().is_whole()


def test_the_journal_of_another_kiosk_is_left_as_it_is(kiosk: Kept, tmp_path: Path) -> None:
    other = Kept(tmp_path / "other", key=bytes(32))
    with other.opened() as store:
        add_many(store, other.clock, range(1, 9))
    kiosk.open().close()
    shutil.copytree(other.places.journal, kiosk.places.journal)
    before = {file: file.read_bytes() for file in kiosk.segments}
    with kiosk.opened() as store:
        add(store, kiosk.clock, 20)
        assert store.tend(idle=False).journal_problem is JournalProblem.FOREIGN
        assert not store.forget_copies()
        store._anew = True  # as after a migration
        assert store.tend(idle=False).journal_problem is JournalProblem.FOREIGN
    assert {file: file.read_bytes() for file in kiosk.segments} == before
    assert len(kiosk.record()["registration"]) == 1


def test_an_old_journal_that_comes_back_is_written_anew(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        add(store, kiosk.clock, 1)
        old = kiosk.cut_off("old")
        add(store, kiosk.clock, 2)
        assert store.check()  # after this the notes of before are forgotten
        add(store, kiosk.clock, 3)
    shutil.rmtree(kiosk.places.journal)
    shutil.copytree(old.places.journal, kiosk.places.journal)
    with kiosk.opened() as store:
        assert store.tend(idle=False).is_well
    assert kiosk.aside == []
    assert '"id 3"' in kiosk.told_in_journal()
