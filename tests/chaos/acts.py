"""What a kiosk does while something goes wrong, each with the kiosk that it starts from."""

import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from alembic import command
from alembic.config import Config
from branch_lists import CLERK, COLUMNS
from keeping import Kept, add, add_many
from samples import ANSWERS, KEY, load_work

from kiosk import retention
from kiosk.domain.failures import KioskFailure
from kiosk.domain.print_job import PrintJob
from kiosk.domain.registration import Registration
from kiosk.domain.store_health import StoreHealth
from kiosk.handover.batches import Exported, FileKind, HandedOver, export, hand_over
from kiosk.opening import open_own, store_keys
from kiosk.registration import keep_draft, note_slip_came_out
from kiosk.settings import Settings
from kiosk.storage.by_hand import ByHand
from kiosk.storage.engine import MIGRATIONS, connect, make_engine
from kiosk.storage.kept import KeptStore
from kiosk.storage.rows import registration_row

PEOPLE = 12
FULL_LOG = 1_000 * 4_120
"""SQLite brings its log into the file once it is so long."""
DRAFT = "half"
LISTS = "lists"
EARLIER = "0003"
ANSWERS_GIVEN = 60
HELD_ELSEWHERE = ("id 2", "id 5", "id 11")
"""Whom the purge removes."""
Outcome = TypeVar("Outcome")


class Stage(Protocol):
    """What an act can ask for."""

    def say(self, **told: object) -> None:
        """Confirm something, as to a resident on the screen."""

    def heal(self) -> None:
        """Let the disk fail no longer."""


Steps = Iterator[None]
"""Up to the first pause an act gets ready; from there to the second things may go wrong."""


@dataclass(frozen=True)
class Act:
    """`prepare` makes the kiosk that it starts from, in another process."""

    prepare: Callable[[Kept], None]
    play: Callable[[Kept, Stage], Steps]


def digest(registration: Registration) -> str:
    """All of a registration in one word."""
    row = registration_row(registration, 0)
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()


def _insist(stage: Stage, do: Callable[[], Outcome]) -> Outcome:
    """Do something; if the disk refuses, say by which code, and do it again on a good one."""
    try:
        return do()
    except KioskFailure as failure:
        stage.say(failed=failure.code)
        stage.heal()
        return do()


def _open(stage: Stage, kiosk: Kept) -> KeptStore:
    store: KeptStore = _insist(stage, kiosk.open)
    stage.say(opened=True)
    return store


def _settle(stage: Stage, store: KeptStore) -> None:
    """Say what the staff is told, and how it stands once the disk is good again."""
    stage.say(told=_told(store.health()))
    stage.heal()
    stage.say(at_last=_told(store.tend(idle=False)))


def _told(health: StoreHealth) -> str:
    return str(health.journal_problem or "") or health.backup_problem or health.damage


def _register(stage: Stage, kiosk: Kept, store: KeptStore, serials: range) -> None:
    for serial in serials:
        registration = _insist(stage, partial(add, store, kiosk.clock, serial))
        stage.say(registered=registration.number, digest=digest(registration))


# Kiosks to start from


def _nothing(kiosk: Kept) -> None:
    """As it comes out of its box."""
    kiosk.folder.mkdir()


def _some_people(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        add_many(store, kiosk.clock, range(1, PEOPLE - 1))
        note_slip_came_out(store, "id 3", 0, kiosk.clock)
        store.back_up()
        add_many(store, kiosk.clock, range(PEOPLE - 1, PEOPLE + 1))


def _without_journal(kiosk: Kept) -> None:
    """The disk of its journal is away."""
    _some_people(kiosk)
    shutil.rmtree(kiosk.places.journal)
    kiosk.places.journal.write_text("not a folder")


def _long_log(kiosk: Kept) -> None:
    """The next registrations bring the log into the file; it was not closed in order."""
    other = Kept(kiosk.folder.with_name("other"))
    with other.opened() as store:
        add_many(store, other.clock, range(1, PEOPLE + 1))
        log, serial = other.file.with_name(f"{other.file.name}-wal"), PEOPLE
        while log.stat().st_size < FULL_LOG - 250_000:
            serial += 1
            add(store, other.clock, serial)
        other.cut_off(kiosk.folder.name)


def _of_earlier_version(kiosk: Kept) -> None:
    """A store of an earlier schema, with people."""
    kiosk.places.store.mkdir(parents=True)
    engine = make_engine(kiosk.file, KEY)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, EARLIER)
    engine.dispose()
    new = Kept(kiosk.folder.with_name("new"))
    _some_people(new)
    with closing(connect(new.file, KEY)) as connection:
        connection.execute(f"ATTACH '{kiosk.file}' AS old KEY \"x'{KEY.hex()}'\"")
        for table in ("store_fact", "registration", "audit", "outbox", "print_job"):
            columns = connection.execute(f"PRAGMA old.table_info({table})").fetchall()
            names = ", ".join(column[1] for column in columns)
            connection.execute(f"DELETE FROM old.{table}")
            connection.execute(f"INSERT INTO old.{table} SELECT {names} FROM main.{table}")


def _damaged(kiosk: Kept) -> None:
    _some_people(kiosk)
    kiosk.flip(12)


# Acts


def _register_two(kiosk: Kept, stage: Stage) -> Steps:
    with kiosk.opened() as store:
        yield
        _register(stage, kiosk, store, range(1001, 1003))
        _settle(stage, store)
        yield


def _register_next_day(kiosk: Kept, stage: Stage) -> Steps:
    kiosk.clock.forward(timedelta(days=1))
    yield from _register_two(kiosk, stage)


def _register_first(kiosk: Kept, stage: Stage) -> Steps:
    yield
    with closing(_open(stage, kiosk)) as store:
        _register(stage, kiosk, store, range(1001, 1002))
        _settle(stage, store)
        yield


def start(kiosk: Kept) -> KeptStore:
    """Open the kiosk as the program does, with the keys in its own folder, made if missing."""
    settings = replace(
        Settings(),
        store_folder=kiosk.places.store,
        journal_folder=str(kiosk.places.journal),
        backup_folder=str(kiosk.places.backups),
        keys_folder=keys_of(kiosk),
    )
    keys, store = open_own(settings, clock=kiosk.clock)
    assert isinstance(store, KeptStore)
    kiosk.key = store_keys(keys)
    return store


def keys_of(kiosk: Kept) -> Path:
    """Where the keys of a kiosk lie that was started and not made by a test."""
    return kiosk.folder / "keys"


def _first_start(kiosk: Kept, stage: Stage) -> Steps:
    yield
    with closing(_insist(stage, partial(start, kiosk))) as store:
        _register(stage, kiosk, store, range(1001, 1002))
        _settle(stage, store)
        yield


def _register_many(kiosk: Kept, stage: Stage) -> Steps:
    with kiosk.opened() as store:
        yield
        _register(stage, kiosk, store, range(1001, 1012))
        _settle(stage, store)
        yield


def _draft(kiosk: Kept, stage: Stage) -> Steps:
    with kiosk.opened() as store:
        yield
        for given in range(1, ANSWERS_GIVEN + 1):
            answers = replace(ANSWERS, income_digits=str(given))
            _insist(stage, partial(keep_draft, store, DRAFT, answers, kiosk.clock))
            stage.say(draft=given)
        _settle(stage, store)
        yield


def _only_open(kiosk: Kept, stage: Stage) -> Steps:
    yield
    with closing(_open(stage, kiosk)) as store:
        _settle(stage, store)
        yield


def _back_up(kiosk: Kept, stage: Stage) -> Steps:
    kiosk.backups_kept = 1
    with kiosk.opened() as store:
        yield
        for serial in (1001, 1002):
            if store.back_up() is None:
                stage.say(failed="backup", told=store.health().backup_problem)
                stage.heal()
                assert store.back_up() is not None
            stage.say(backed_up=True)
            _register(stage, kiosk, store, range(serial, serial + 1))
        _settle(stage, store)
        yield


def _restore(kiosk: Kept, stage: Stage) -> Steps:
    by_hand = ByHand(kiosk.places, kiosk.key, kiosk.clock, kiosk.backups_kept)
    yield
    _insist(stage, partial(by_hand.restore, None, with_journal=True))
    with closing(_open(stage, kiosk)) as store:
        _settle(stage, store)
        yield


def _hand_over(kiosk: Kept, stage: Stage) -> Steps:
    columns, work = COLUMNS, load_work()
    with kiosk.opened() as store:
        lists = kiosk.folder / LISTS
        lists.mkdir()
        yield
        made = _insist(stage, partial(hand_over, store, CLERK, kiosk.clock))
        assert isinstance(made, HandedOver)
        number = made.batch.number
        stage.say(batch=number, size=made.batch.size)
        for kind in (*FileKind, FileKind.CSV):
            write = partial(
                export,
                store,
                CLERK,
                number,
                kind,
                lists,
                columns=columns,
                work=work,
                clock=kiosk.clock,
            )
            written = _insist(stage, write)
            if not isinstance(written, Exported):
                stage.say(failed=type(written).__name__)
                stage.heal()
                written = write()
            assert isinstance(written, Exported)
            stage.say(exported=written.file.name, password=written.password)
        _settle(stage, store)
        yield


class _NoPapers:
    """No slips were left."""

    def forget(self, number: str, slips: Collection[PrintJob]) -> bool:
        return True


def _purge(kiosk: Kept, stage: Stage) -> Steps:
    folder = kiosk.folder
    settings = replace(
        Settings(),
        store_folder=kiosk.places.store,
        slips_folder=folder / "slips",
        exchange_folder=folder / "exchange",
    )
    kiosk.clock.forward(timedelta(days=100))
    with kiosk.opened() as store:
        purge = partial(
            retention.purge,
            store,
            settings,
            kiosk.clock,
            _NoPapers(),
            lambda _since: HELD_ELSEWHERE,
        )
        yield
        if not _insist(stage, purge).complete:
            stage.say(failed="not complete")
            stage.heal()
            assert purge().complete
        stage.say(purged=True)
        _register(stage, kiosk, store, range(1001, 1002))
        _settle(stage, store)
        yield


ACTS: Mapping[str, Act] = {
    "register": Act(_some_people, _register_two),
    "register, the first of the day": Act(_some_people, _register_next_day),
    "register, the first of all": Act(_nothing, _register_first),
    "first start": Act(_nothing, _first_start),
    "register, with a long log": Act(_long_log, _register_many),
    "register, without a journal": Act(_without_journal, _register_two),
    "draft": Act(_some_people, _draft),
    "migrate": Act(_of_earlier_version, _only_open),
    "back up": Act(_some_people, _back_up),
    "purge": Act(_some_people, _purge),
    "rebuild": Act(_damaged, _only_open),
    "restore": Act(_some_people, _restore),
    "hand over": Act(_some_people, _hand_over),
}
