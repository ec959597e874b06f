"""Judges a kiosk after something went wrong, by what it had confirmed to people before."""

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import IO, Any

from branch_lists import CLERK, COLUMNS
from keeping import Kept, add
from olefile import OleFileIO
from opened_pages import pages_of
from openpyxl import load_workbook
from samples import load_work, make_application, nik_of
from sqlalchemy import Connection, select, text

from kiosk.domain.audit import ChainWhole
from kiosk.domain.registration import Application
from kiosk.handover.batches import UNFINISHED, Exported, FileKind, export, hand_over
from kiosk.handover.locking import unlock
from kiosk.storage import tables
from kiosk.storage.audit import verify_chain
from kiosk.storage.engine import open_engine
from kiosk.storage.kept import KeptStore

from .acts import DRAFT, HELD_ELSEWHERE, LISTS, PEOPLE, digest, keys_of, start

Said = Sequence[Mapping[str, Any]]


def judge(kiosk: Kept, said: Said) -> None:
    """Start the kiosk as after any start, and compare; raises AssertionError.

    Nothing confirmed may be lost, nothing may be there by half, no number may be given twice, and
    the kiosk must work on.
    """
    was_started = keys_of(kiosk).exists() or not kiosk.places.store.exists()
    with closing(start(kiosk) if was_started else kiosk.open()) as store:
        _confirmed_is_there(store, said)
        _people_from_before_are_as_they_were(store)
        _draft_is_at_most_one_answer_behind(store, said)
        assert store.tend(idle=False).damage == ""
        if (kiosk.folder / LISTS).exists():
            _lists_are_whole(kiosk, store, said)
        told = [one["registered"] for one in said if "registered" in one]
        assert len(set(told)) == len(told)
        numbers = _numbers(store)
        new = add(store, kiosk.clock, 2001).number
        assert new not in numbers | set(told)
        assert store.check()
        assert store.health().damage == ""
    if any("purged" in one for one in said):
        _purged_is_nowhere(kiosk)
    engine = open_engine(kiosk.places.store, kiosk.key)
    with engine.connect() as connection:
        _nothing_is_there_by_half(connection)
    engine.dispose()


def _confirmed_is_there(store: KeptStore, said: Said) -> None:
    with store.reading() as record:
        for one in said:
            if "registered" in one:
                found = record.find_number(one["registered"])
                assert found is not None, "a confirmed registration is lost"
                assert digest(found) == one["digest"]


def _people_from_before_are_as_they_were(store: KeptStore) -> None:
    with store.reading() as record:
        for serial in range(1, PEOPLE + 1):
            found = record.find(f"id {serial}")
            # That nobody is missing is seen below, from outside.
            assert found is None or found.application == _application_of(serial)


@cache
def _application_of(serial: int) -> Application:
    return make_application(f"id {serial}", nik=nik_of(serial))


def _draft_is_at_most_one_answer_behind(store: KeptStore, said: Said) -> None:
    given = max((one["draft"] for one in said if "draft" in one), default=0)
    if given:
        with store.reading() as record:
            draft = record.draft(DRAFT)
        assert draft is not None
        # The next answer may have been kept though nobody was told.
        assert int(draft["income_digits"]) in {given, given + 1}


def _numbers(store: KeptStore) -> set[str]:
    with store.reading() as record:
        return set(record._connection.execute(select(tables.registration.c.number)).scalars())


def _nothing_is_there_by_half(connection: Connection) -> None:
    assert isinstance(verify_chain(connection), ChainWhole)
    assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    ids = connection.execute(select(tables.registration.c.id)).scalars().all()
    erased = connection.execute(select(tables.erased.c.registration_id)).scalars().all()
    expected = Counter(ids)
    registered = select(tables.audit.c.registration_id).where(tables.audit.c.event == "registered")
    first = select(tables.print_job.c.registration_id).where(tables.print_job.c.copy == 0)
    sent = select(tables.outbox.c.registration_id).distinct()
    for whose in (first, sent):
        assert Counter(connection.execute(whose).scalars()) == expected
    assert Counter(connection.execute(registered).scalars()) == Counter([*ids, *erased])
    assert set(erased) in (set(), set(HELD_ELSEWHERE))
    counters = connection.execute(select(tables.registration.c.counter)).scalars().all()
    assert len(set(counters)) == len(counters)
    assert {f"id {serial}" for serial in range(1, PEOPLE + 1)} <= {*ids, *erased} or len(ids) <= 2


def _purged_is_nowhere(kiosk: Kept) -> None:
    """Of whom was removed in time neither the store nor a copy has anything."""
    niks = [nik_of(int(one.removeprefix("id "))).encode() for one in HELD_ELSEWHERE]
    # The pages themselves, free ones included.
    told = [kiosk.told_in_journal().encode(), *map(pages_of, [kiosk.file, *kiosk.backups])]
    assert not [nik for nik in niks for some in told if nik in some]
    assert all(nik_of(1).encode() in some for some in told)


def _lists_are_whole(kiosk: Kept, store: KeptStore, said: Said) -> None:
    """Everybody is in one batch, and the files are whole or not there; they can be made again."""
    lists = kiosk.folder / LISTS
    passwords = {one["exported"]: one["password"] for one in said if "exported" in one}
    assert set(passwords) <= {file.name for file in lists.iterdir()}
    for file in lists.glob("penyerahan-*"):
        assert _people_in(file, passwords.get(file.name)) == PEOPLE
    hand_over(store, CLERK, kiosk.clock)
    with store.reading() as record:
        (batch,) = record.handover.batches()
    assert batch.size == PEOPLE
    assert all(one["batch"] == batch.number for one in said if "batch" in one)
    for kind in (FileKind.XLSX, FileKind.CSV):
        again = export(
            store,
            CLERK,
            batch.number,
            kind,
            lists,
            columns=COLUMNS,
            work=load_work(),
            clock=kiosk.clock,
        )
        assert isinstance(again, Exported)
        assert again.as_first
        assert _people_in(again.file, again.password) == PEOPLE
    assert not list(lists.glob(f"{UNFINISHED}*"))


def _people_in(file: Path, password: str | None) -> int:
    content = io.BytesIO(file.read_bytes())
    if file.suffix == ".csv":
        return len(content.read().decode("utf-8-sig").splitlines()) - 1
    if file.name.endswith(f"-terkunci{file.suffix}"):
        if password is None:
            # Nobody was told the password: it can only be seen that the file has its parts.
            assert {"EncryptionInfo", "EncryptedPackage"} <= set(parts_of(content))
            return PEOPLE
        content = io.BytesIO(unlock(content, password).read())
    return int(load_workbook(content).worksheets[0].max_row) - 1


def parts_of(content: IO[bytes]) -> list[str]:
    """What a locked file consists of."""
    with OleFileIO(content) as parts:
        return ["/".join(path) for path in parts.listdir()]
