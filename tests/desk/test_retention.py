"""What has been kept for long enough goes, wherever it lay; what has not, stays."""

import json
import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from branch_lists import COLUMNS
from opened_pages import decrypted
from probes import rows_at
from samples import ANSWERS, KEY, NOW, TODAY, StillClock, load_work, nik_of
from sqlalchemy import Engine

from kiosk.accounts import Place, sign_in
from kiosk.audit import check
from kiosk.desk import actions
from kiosk.desk.half_done import HalfDone, keep
from kiosk.desk.lists import catch_up, search
from kiosk.desk.recap import note_printed, recap
from kiosk.desk.rights import call_off, find_erased, record_request
from kiosk.desk.session import Desk
from kiosk.domain.audit import ChainBroken, ChainWhole, closing_code, read_code
from kiosk.domain.invitation import Invited
from kiosk.domain.print_job import PrintJob, PrintState
from kiosk.domain.recap import GapReason, Recap
from kiosk.domain.registration_number import make_number
from kiosk.domain.rights import Because, Erasure, Request, Right
from kiosk.handover.batches import FileKind, HandedOver, export, hand_over
from kiosk.old_files import FILE_DELETED, Lying, look
from kiosk.proof import PhoneProof, SlipProof, find_by_proof
from kiosk.registration import keep_draft, note_slip_came_out
from kiosk.retention import Kind, Purged, held_nowhere, purge
from kiosk.settings import Settings
from kiosk.storage.engine import open_engine
from kiosk.storage.store import Store
from printing.file_printer import FilePrinter

from .office import CLERK, SUPERVISOR, desk_of, detail_of, enrol, set_slip
from .somebody import leave_traces, of_somebody

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


class RunningClock(StillClock):
    """Its monotonic measure goes on as well, and never back."""

    passed = timedelta()

    def monotonic_ms(self) -> float:
        return self.passed / timedelta(milliseconds=1)

    def forward(self, by: timedelta) -> None:
        super().forward(by)
        self.passed += max(by, timedelta())


@pytest.fixture
def clock() -> RunningClock:
    return RunningClock()


@dataclass
class NoPapers:
    """No slip was made; remembers whose it was asked to forget."""

    cleared: bool = True
    asked: list[str] = field(default_factory=list)

    def forget(self, number: str, _slips: Collection[PrintJob]) -> bool:
        self.asked.append(number)
        return self.cleared


class CopiedStore(Store):
    """A store of which there are copies, on a disk that is away now and then."""

    away = False
    cleared = 0

    def forget_copies(self) -> bool:
        self.cleared += not self.away
        return not self.away


@dataclass
class Office:
    """A kiosk with its folders."""

    store: Store
    clock: StillClock
    settings: Settings
    papers: NoPapers = field(default_factory=NoPapers)

    @property
    def desk(self) -> Desk:
        return desk_of(SUPERVISOR, self.store, self.clock)

    def purge(self, *held: str) -> Purged:
        def elsewhere(_since: datetime) -> Iterable[str]:
            return held

        return purge(self.store, self.settings, self.clock, self.papers, elsewhere)

    def later(self, by: timedelta) -> None:
        self.clock.forward(by)

    @property
    def copies_are_behind(self) -> bool:
        return "copies_behind" in {name for name, _ in self.rows("store_fact")}

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        return rows_at(self.settings.store_folder)[table]


@pytest.fixture
def office(store: Store, store_folder: Path, clock: StillClock, tmp_path: Path) -> Office:
    settings = replace(
        Settings(),
        store_folder=store_folder,
        slips_folder=tmp_path / "slips",
        exchange_folder=tmp_path / "Anjungan BPU",
    )
    settings.slips_folder.mkdir()
    settings.exchange_folder.mkdir()
    return Office(store, clock, settings)


def written(path: Path, at: datetime, content: bytes = b"x") -> Path:
    path.write_bytes(content)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


# Nothing is left


def everything_in(office: Office) -> bytes:
    """Every byte of the kiosk's folders; the store's file and log decrypted."""
    folders = (office.settings.slips_folder, office.settings.exchange_folder)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return decrypted(office.settings.store_folder) + b"".join(one.read_bytes() for one in files)


def leave_half_said(office: Office, serial: int) -> list[bytes]:
    """Somebody who gave up, tried another's slip, and typed at the sign-in of the staff."""
    said = of_somebody(serial)
    keep_draft(office.store, "half", replace(ANSWERS, nik=nik_of(serial), **said), office.clock)
    keep(office.desk, HalfDone("entry", {"name": said["name"], "nik": nik_of(serial)}))
    sign_in(office.store, said["name"], "628417", Place.KIOSK, office.clock)
    find_by_proof(office.store, PhoneProof(nik_of(serial), "9999"), office.clock)
    typed = [said["name"].lower(), nik_of(serial), *said.values()]
    return [word.encode() for word in typed]


def leave_files(office: Office, number: str, words: list[bytes]) -> None:
    """A slip and a copy of the data as files, and a list for the branch."""
    page = b" ".join(words)
    printer = FilePrinter(office.settings.slips_folder)
    for name in (f"{number}-0-1", f"salinan-{number}-20261122102400"):
        printer.send(page, name, lambda _handle: True)
    written(office.settings.exchange_folder / "penyerahan-0001.csv", NOW, page)
    for path in office.settings.slips_folder.iterdir():
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))


def test_nothing_of_those_whose_time_is_over_is_left_in_any_byte_of_the_kiosk(
    office: Office,
) -> None:
    store, clock = office.store, office.clock
    for serial in range(1, 40):
        enrol(store, clock, serial, name=of_somebody(serial)["name"])
    gone = leave_traces(office.desk, office.settings.store_folder, 1234)
    gone += leave_half_said(office, 4321)
    invited = [Invited(of_somebody(2222)["name"], nik_of(2222), of_somebody(2222)["phone"])]
    with store.transaction() as record:
        record.handover.invite("DKPP", invited, CLERK.id, NOW)
    gone += [nik_of(2222).encode(), of_somebody(2222)["name"].encode()]
    for serial in range(40, 80):
        enrol(store, clock, serial, name=of_somebody(serial)["name"])
    while catch_up(office.desk):
        pass
    leave_files(office, detail_of(office.desk, "id 1234").registration.number, gone)
    assert store.clear_log()
    before = everything_in(office)
    assert [word for word in gone if word not in before] == []

    office.later(200 * DAY)
    done = office.purge("id 1234")
    assert done.complete
    after = everything_in(office)
    assert [word for word in gone if word in after] == []
    assert nik_of(39).encode() in after
    tables = rows_at(office.settings.store_folder)
    assert tables["draft"] == tables["half_done"] == tables["failed_proof"] == []
    assert tables["wrong_pin"] == tables["invitation"] == []


# Each for its time


def settle(office: Office) -> None:
    """Let the day's purge be done, so that only what is looked at changes."""
    office.purge()


def _fail(office: Office) -> None:
    find_by_proof(office.store, SlipProof("900001000018", TODAY), office.clock)


MINUTES: dict[str, tuple[timedelta, Callable[[Office], object]]] = {
    "draft": (
        timedelta(minutes=15),
        lambda office: keep_draft(office.store, "half", ANSWERS, office.clock),
    ),
    "half_done": (
        timedelta(hours=12),
        lambda office: keep(office.desk, HalfDone("entry", {"name": "X"})),
    ),
    "wrong_pin": (
        timedelta(hours=1),
        lambda office: sign_in(office.store, "X", "628417", Place.KIOSK, office.clock),
    ),
    "failed_proof": (
        timedelta(hours=1),
        _fail,
    ),
}


@pytest.mark.parametrize("table", MINUTES)
def test_what_is_half_said_goes_after_minutes_and_hours(office: Office, table: str) -> None:
    time, leave = MINUTES[table]
    settle(office)
    leave(office)
    office.later(time)
    office.purge()
    assert len(office.rows(table)) == 1
    office.later(SECOND)
    assert office.purge() == Purged({}, complete=True)
    assert office.rows(table) == []


def test_the_office_may_choose_how_long(office: Office) -> None:
    office.settings = replace(office.settings, draft_minutes=30, half_done_hours=1)
    keep_draft(office.store, "half", ANSWERS, office.clock)
    keep(office.desk, HalfDone("entry", {"name": "X"}))
    office.later(timedelta(minutes=29))
    office.purge()
    assert (len(office.rows("draft")), len(office.rows("half_done"))) == (1, 1)
    office.later(timedelta(minutes=32))
    office.purge()
    assert office.rows("draft") == office.rows("half_done") == []


@pytest.mark.parametrize("table", MINUTES)
def test_a_clock_set_back_keeps_nothing_for_longer(office: Office, table: str) -> None:
    time, leave = MINUTES[table]
    office.clock.forward(365 * DAY)
    leave(office)
    office.clock.forward(-365 * DAY)
    office.purge()
    office.later(time + SECOND)
    office.purge()
    assert office.rows(table) == []


def test_who_was_invited_and_never_came_goes_and_who_came_stays(office: Office) -> None:
    with office.store.transaction() as record:
        people = [Invited("SITI", nik_of(1), ""), Invited("BUDI", nik_of(2), "")]
        record.handover.invite("DKPP", people, CLERK.id, NOW)
    enrol(office.store, office.clock, 1)
    office.later(180 * DAY)
    assert office.purge().counts == {}
    office.later(DAY)
    assert office.purge().counts == {Kind.INVITATIONS: 1}
    assert [row[2] for row in office.rows("invitation")] == ["SITI"]


def test_closed_requests_go_and_open_ones_stay(office: Office) -> None:
    for serial in (1, 2):
        enrol(office.store, office.clock, serial)
    closed = record_request(office.desk, "id 1", Right.COPY)
    assert isinstance(closed, Request)
    call_off(office.desk, closed.id)
    record_request(office.desk, "id 2", Right.COPY)
    office.later(1825 * DAY)
    assert Kind.REQUESTS not in office.purge().counts
    office.later(DAY)
    assert office.purge().counts[Kind.REQUESTS] == 1
    assert [row[1] for row in office.rows("rights_request")] == ["id 2"]


# Registrations


def test_without_a_centre_a_registration_stays_for_ever(office: Office) -> None:
    enrol(office.store, office.clock, 1)
    office.later(3650 * DAY)
    done = purge(office.store, office.settings, office.clock, office.papers)
    assert Kind.REGISTRATIONS not in done.counts
    assert len(office.rows("registration")) == 1
    assert tuple(held_nowhere(NOW)) == ()


def test_the_centre_is_asked_what_it_has_had_for_as_long_as_is_set(office: Office) -> None:
    asked: list[datetime] = []

    def elsewhere(since: datetime) -> Iterable[str]:
        asked.append(since)
        return ()

    purge(office.store, office.settings, office.clock, office.papers, elsewhere)
    assert asked == [NOW - 90 * DAY]


def test_what_is_safe_elsewhere_goes_but_for_its_number(office: Office) -> None:
    for serial in (1, 2, 3):
        enrol(office.store, office.clock, serial)
    while catch_up(office.desk):
        pass
    number = detail_of(office.desk, "id 2").registration.number
    office.later(DAY)
    assert office.purge("id 2", "nobody").counts[Kind.REGISTRATIONS] == 1
    assert office.papers.asked == [number]
    assert "id 2" not in str(search(office.desk, number))
    left = find_erased(office.desk, number)
    assert isinstance(left, Erasure)
    assert left.because is Because.IN_TIME
    # The centre is not told to erase it, and nobody gets its number.
    assert "id 2" not in {row[1] for row in office.rows("outbox")}
    again = detail_of(office.desk, enrol(office.store, office.clock, 9, nik=nik_of(2)))
    fresh = again.registration
    assert fresh.number == make_number(fresh.kiosk_number, 4)
    made = recap(office.desk, TODAY)
    assert isinstance(made, Recap)
    ((gap,),) = [one.gaps for one in made.series]
    assert (gap.first, gap.reason) == (number, GapReason.REMOVED)


def test_who_has_asked_something_is_not_removed_before_the_answer(office: Office) -> None:
    enrol(office.store, office.clock, 1)
    asked = record_request(office.desk, "id 1", Right.COPY)
    assert isinstance(asked, Request)
    assert office.purge("id 1").counts == {}
    call_off(office.desk, asked.id)
    office.later(DAY)
    assert office.purge("id 1").counts == {Kind.REGISTRATIONS: 1}


def test_while_papers_are_left_the_registration_stays_and_is_tried_again(office: Office) -> None:
    enrol(office.store, office.clock, 1)
    office.papers.cleared = False
    assert office.purge("id 1") == Purged({}, complete=False)
    assert len(office.rows("registration")) == 1
    office.papers.cleared = True
    office.later(DAY)
    assert office.purge("id 1") == Purged({Kind.REGISTRATIONS: 1}, complete=True)


def test_a_batch_of_whom_somebody_is_gone_has_no_digest_any_more(office: Office) -> None:
    """Of a small batch it would be a digest of the person's NIK."""
    enrol(office.store, office.clock, 1)
    assert isinstance(hand_over(office.store, CLERK, office.clock), HandedOver)
    folder = office.settings.exchange_folder
    given: dict[str, Any] = {"columns": COLUMNS, "work": load_work(), "clock": office.clock}
    export(office.store, CLERK, 1, FileKind.CSV, folder, **given)
    digest = office.rows("batch")[0][3]
    office.purge("id 1")
    assert digest.encode() not in decrypted(office.settings.store_folder)
    exported = export(office.store, CLERK, 1, FileKind.CSV, folder, **given)
    assert not exported.as_first  # type: ignore[union-attr]


# The audit


def audit_of(office: Office) -> list[tuple[Any, ...]]:
    return office.rows("audit")


def chain_of(office: Office) -> ChainWhole | ChainBroken:
    return check(office.store, []).chain


def years_pass(office: Office) -> None:
    """Two registrations, the first of which is gone since; a recap; more than five years."""
    for serial in (1, 2):
        enrol(office.store, office.clock, serial)
    made = recap(office.desk, TODAY)
    assert isinstance(made, Recap)
    note_printed(office.desk, made)
    office.purge("id 1")
    office.later(1826 * DAY)


def test_the_audit_of_who_is_gone_goes_and_the_chain_holds(office: Office) -> None:
    years_pass(office)
    assert office.purge().counts == {Kind.ENTRIES: 1}
    assert [row[0] for row in audit_of(office)] == [2, 3, 4, 5]
    chain = chain_of(office)
    assert isinstance(chain, ChainWhole)
    assert chain.entries == 5
    enrol(office.store, office.clock, 3)
    assert isinstance(chain_of(office), ChainWhole)
    # What is left for the one who is still here must stay, however old it is.
    office.later(1826 * DAY)
    assert Kind.ENTRIES not in office.purge().counts


def test_codes_of_what_is_left_still_fit_and_the_last_entry_always_stays(office: Office) -> None:
    years_pass(office)
    codes = [read_code(closing_code(row[6])) or "" for row in audit_of(office)]
    office.purge("id 2")
    office.later(1826 * DAY)
    office.purge()
    assert isinstance(chain_of(office), ChainWhole)
    assert {row[2] for row in audit_of(office)} == {"purged"}
    assert check(office.store, codes[:1]).codes == {codes[0]: None}
    assert not search(office.desk, "SITI").more  # type: ignore[union-attr]


@pytest.fixture
def engine(office: Office) -> Iterable[Engine]:
    opened = open_engine(office.settings.store_folder, KEY)
    yield opened
    opened.dispose()


@pytest.mark.parametrize(
    "forgery",
    [
        "DELETE FROM audit WHERE seq = 2",
        "DELETE FROM store_fact WHERE name = 'audit_base'",
        "UPDATE store_fact SET value = json_set(value, '$.link', 'x') WHERE name = 'audit_base'",
    ],
)
def test_nobody_else_can_take_the_beginning_away(
    office: Office, engine: Engine, forgery: str
) -> None:
    years_pass(office)
    office.purge()
    assert isinstance(chain_of(office), ChainWhole)
    with engine.begin() as connection:
        connection.exec_driver_sql(forgery)
    assert isinstance(chain_of(office), ChainBroken)


def test_a_beginning_moved_on_by_hand_is_found(office: Office, engine: Engine) -> None:
    years_pass(office)
    office.purge()
    base = next(value for name, value in office.rows("store_fact") if name == "audit_base")
    forged = json.dumps({**json.loads(base), "seq": 2, "link": audit_of(office)[0][6]})
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit WHERE seq = 2")
        connection.exec_driver_sql(
            "UPDATE store_fact SET value = ? WHERE name = 'audit_base'", (forged,)
        )
    assert chain_of(office) == ChainBroken(1)


def test_the_audit_says_how_much_went_and_nothing_of_whom(office: Office) -> None:
    enrol(office.store, office.clock, 1)
    with office.store.transaction() as record:
        record.handover.invite("DKPP", [Invited("SITI", nik_of(9), "")], CLERK.id, NOW)
    written(office.settings.exchange_folder / "penyerahan-0001.xlsx", NOW)
    office.later(200 * DAY)
    office.purge("id 1")
    (told,) = [row for row in audit_of(office) if row[2] == "purged"]
    assert told[3:5] == ("", "")
    assert json.loads(told[5]) == {"lists": 1, "registrations": 1, "invitations": 1}
    office.later(DAY)
    office.purge()
    assert len([row for row in audit_of(office) if row[2] == "purged"]) == 1


# Files


def file_slip(office: Office, serial: int) -> Path:
    one = enrol(office.store, office.clock, serial)
    set_slip(office.settings.store_folder, one, PrintState.FILED.value)
    number = detail_of(office.desk, one).registration.number
    return written(office.settings.slips_folder / f"{number}-0-1.pdf", office.clock.now())


def slip_of(office: Office, serial: int) -> tuple[str, str]:
    with office.store.reading() as record:
        job = record.prints.slip(f"id {serial}")
    assert job is not None
    return job.state.value, job.evidence


def test_a_slip_goes_as_soon_as_somebody_says_that_it_was_handed_over(office: Office) -> None:
    files = [file_slip(office, serial) for serial in (1, 2, 3)]
    actions.give_slip(office.desk, "id 1")
    note_slip_came_out(office.store, "id 2", 0, office.clock)
    assert office.purge().counts == {Kind.PAGES: 2}
    assert [file.exists() for file in files] == [False, False, True]


def test_a_slip_that_nobody_fetched_goes_after_days_and_the_staff_is_told(office: Office) -> None:
    file = file_slip(office, 1)
    office.later(7 * DAY)
    assert office.purge().counts == {}
    assert slip_of(office, 1) == ("filed", "")
    office.later(DAY)
    assert office.purge().counts == {Kind.PAGES: 1}
    assert not file.exists()
    assert slip_of(office, 1) == ("unsure", FILE_DELETED)


def test_other_pages_go_after_days_and_what_is_not_ours_stays(office: Office) -> None:
    folder = office.settings.slips_folder
    ours = (
        *("salinan-900001000018-20261122102400.pdf", "bukti-900001000018-20261122102400.pdf"),
        *("pengingat-20261122-102400.pdf", "rekap-20261122-102400.pdf", "900001000018.part"),
        *("900001000018.pdf", "900001000018-0-1.pdf"),
    )
    theirs = ("surat.pdf", "catatan 12.txt", "900001000018.docx", "rekap.pdf")
    for name in (*ours, *theirs):
        written(folder / name, NOW)
    office.later(7 * DAY + SECOND)
    assert office.purge().counts == {Kind.PAGES: len(ours)}
    assert {path.name for path in folder.iterdir()} == set(theirs)


def test_lists_for_the_branch_go_after_days_and_what_others_put_there_stays(
    office: Office,
) -> None:
    folder = office.settings.exchange_folder
    ours = ("penyerahan-0001.xlsx", "penyerahan-0002.csv", "penyerahan-0003-terkunci.xlsx")
    theirs = ("jawaban cabang.xlsx", "penyerahan-0001 (jawaban).xlsx", "anggota.csv")
    for name in (*ours, *theirs):
        written(folder / name, NOW)
    young = written(folder / "penyerahan-0004.csv", NOW + 20 * DAY)
    half = folder / ".penyerahan-x7_y"
    half.mkdir()
    written(half / "penyerahan-0001.csv", NOW)
    os.utime(half, (NOW.timestamp(), NOW.timestamp()))
    assert look(office.settings, NOW + 31 * DAY) == Lying(0, 4, 0)
    assert look(office.settings, NOW + 31 * DAY + SECOND) == Lying(0, 4, 3)
    office.later(30 * DAY + SECOND)
    assert office.purge().counts == {Kind.LISTS: 4}
    assert {path.name for path in folder.iterdir()} == {*theirs, young.name}


def test_a_file_that_cannot_be_deleted_is_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(office.settings.exchange_folder / "penyerahan-0001.csv", NOW)
    office.later(31 * DAY)

    def refuse(_path: Path, *, missing_ok: bool) -> None:
        raise PermissionError

    with monkeypatch.context() as held:
        held.setattr(Path, "unlink", refuse)
        assert office.purge() == Purged({}, complete=False)
    assert file.exists()
    assert office.purge() == Purged({Kind.LISTS: 1}, complete=True)


def test_folders_that_are_not_there_yet_are_no_failure(office: Office, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    office.settings = replace(office.settings, slips_folder=nowhere, exchange_folder=nowhere)
    assert office.purge() == Purged({}, complete=True)
    assert not nowhere.exists()


# Copies, and when


@pytest.fixture
def copied(office: Office, engine: Engine) -> CopiedStore:
    """The office's store is one that has copies."""
    store = CopiedStore(engine)
    office.store = store
    return store


def test_copies_forget_too_and_are_reminded_until_they_have(
    office: Office, copied: CopiedStore
) -> None:
    enrol(office.store, office.clock, 1)
    copied.away = True
    assert office.purge("id 1") == Purged({Kind.REGISTRATIONS: 1}, complete=False)
    assert office.copies_are_behind
    assert office.purge() == Purged({}, complete=False)
    copied.away = False
    assert office.purge() == Purged({}, complete=True)
    assert (copied.cleared, office.copies_are_behind) == (1, False)
    office.later(DAY)
    office.purge()
    assert copied.cleared == 1


def test_the_log_is_tried_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as busy:
        busy.setattr(Store, "clear_log", lambda _store: False)
        assert not office.purge().complete
    assert office.purge().complete


def test_days_are_gone_through_once_a_day_and_after_a_clock_was_set_back(office: Office) -> None:
    enrol(office.store, office.clock, 1)
    office.purge()
    office.later(timedelta(hours=19))
    assert office.purge("id 1").counts == {}
    office.later(timedelta(hours=1))
    assert office.purge("id 1").counts == {Kind.REGISTRATIONS: 1}
    office.clock.forward(-DAY)
    enrol(office.store, office.clock, 2)
    assert office.purge("id 2").counts == {Kind.REGISTRATIONS: 1}
