"""Owed slips reach the printer once, in order, and nothing about them undoes a registration."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from samples import NAME, NIK, NOW, StillClock, make_application, nik_of
from slip_samples import make_quote

from kiosk.domain.failures import KioskFailure
from kiosk.domain.months import Month
from kiosk.domain.paper import PaperCount
from kiosk.domain.personal_copy import PersonalCopy
from kiosk.domain.print_job import Hold, PrintJob, PrintNews, PrintState
from kiosk.domain.registration import Registration
from kiosk.domain.rights import Request, RequestState, Right
from kiosk.domain.slip import Reminder
from kiosk.registration import Registered, note_slip_missing, register
from kiosk.storage.audit import Deed
from kiosk.storage.store import Store
from printing.file_printer import FilePrinter, Papers
from printing.port import (
    Abilities,
    CameOut,
    LostTrack,
    NoAnswer,
    NotPrinted,
    NotSent,
    Outcome,
    Rejected,
    Sent,
    Status,
    TellsNoMore,
    Underway,
)
from printing.port import (
    News as PrinterNews,
)
from printing.spooler import TRIES, Page, Spooler

PATIENCE_S = 30
NOWHERE = Papers(Path("no such folder"))
OWED, RENDERING, SENT = PrintState.OWED, PrintState.RENDERING, PrintState.SENT
FILED, FAILED = PrintState.FILED, PrintState.FAILED
CAME_OUT, PRINTING = PrintState.CAME_OUT, PrintState.PRINTING
ALL_OF_IT = [RENDERING, SENT, CAME_OUT]


class PaperJam(KioskFailure):
    """A slip that cannot be made."""

    def __init__(self) -> None:
        super().__init__("P 99", "the slip cannot be made")


@dataclass
class Press:
    """Renderer and printer in one: remembers what it made, and does as a test says."""

    on_render: Callable[[Registration], None] = lambda _registration: None
    on_reminder: Callable[[Reminder], None] = lambda _reminder: None
    answer: Callable[[str], Outcome] = lambda _name: Sent()
    tells: Callable[[str], PrinterNews] = lambda _name: CameOut("job-completed-successfully")
    hold: Hold | None = None
    made: list[tuple[str, int]] = field(default_factory=list)
    submitted: list[tuple[bytes, str]] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    closed: bool = False

    def render(self, registration: Registration, copy: int) -> bytes:
        self.on_render(registration)
        self.made.append((registration.id, copy))
        return f"slip of {registration.id}".encode()

    def render_reminder(self, reminder: Reminder) -> bytes:
        self.on_reminder(reminder)
        self.made.append((reminder.id, 0))
        return f"reminder {reminder.id}".encode()

    def render_proof(self, request: Request, now: datetime) -> bytes:
        return f"proof of {request.number} {now}".encode()

    def render_copy(self, copy: PersonalCopy) -> bytes:
        return f"copy of {copy.number}".encode()

    def render_sample(self, language: str) -> bytes:
        return f"test slip in {language}".encode()

    def status(self) -> Status:
        return Status(self.hold)

    def abilities(self) -> Abilities:
        return Abilities()

    def send(self, page: bytes, name: str, begin: Callable[[str], bool]) -> Outcome:
        outcome = self.answer(name)
        if isinstance(outcome, Sent) and not begin(f"job of {name}"):
            return NotSent(Hold.STOPPED)
        self.submitted.append((page, name))
        return outcome

    def follow(self, handle: str, name: str) -> PrinterNews:
        assert handle == f"job of {name}"
        return self.tells(name)

    def forget(self, handle: str, name: str) -> bool:
        self.forgotten.append(name)
        return True

    def close(self) -> None:
        self.closed = True


@dataclass
class News:
    """What the spooler told, and a way to wait for it."""

    told: list[tuple[str, PrintState]] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def __call__(self, registration_id: str, news: PrintNews) -> None:
        with self._changed:
            self.told.append((registration_id, news.state))
            self._changed.notify_all()

    def wait_for(self, count: int) -> list[tuple[str, PrintState]]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.told) >= count, PATIENCE_S)
            return list(self.told)


class Hearing(logging.Filter):
    """Lets every record through and says that there was one."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = threading.Event()

    def filter(self, record: logging.LogRecord) -> bool:
        self.heard.set()
        return True


@pytest.fixture
def press() -> Press:
    return Press()


@pytest.fixture
def spooler(store: Store, press: Press, clock: StillClock) -> Spooler:
    """Not started: a test prints with print_owed() or starts the thread itself."""
    return Spooler(store, press, press, clock, NOWHERE)


def owe(store: Store, *serials: int) -> list[str]:
    """Register people, whose slips are owed then; returns their numbers."""
    numbers = []
    for serial in serials:
        application = make_application(f"{serial}", nik=nik_of(serial))
        outcome = register(store, application, StillClock())
        assert isinstance(outcome, Registered)
        numbers.append(outcome.registration.number)
    return numbers


def work(spooler: Spooler) -> None:
    """Let the spooler do all that can be done without waiting."""
    while spooler.step() == 0:
        pass


def job(store: Store, registration_id: str) -> PrintJob:
    with store.transaction() as record:
        found = record.prints.slip(registration_id)
    assert found is not None
    return found


def put(store: Store, registration_id: str, state: PrintState) -> None:
    known = job(store, registration_id)
    with store.transaction() as record:
        record.prints.settle(known.id, state, "", StillClock().now())


def state(store: Store, registration_id: str) -> tuple[PrintState, str]:
    found = job(store, registration_id)
    return found.state, found.evidence


# One after the other


def test_owed_slips_are_printed_once_in_their_order(
    store: Store, press: Press, spooler: Spooler
) -> None:
    numbers = owe(store, 3, 1, 2)
    work(spooler)
    work(spooler)
    assert press.made == [("3", 0), ("1", 0), ("2", 0)]
    wanted = zip(("3", "1", "2"), numbers, strict=True)
    assert press.submitted == [
        (f"slip of {one}".encode(), f"{number}-0-1") for one, number in wanted
    ]
    assert {state(store, one) for one in "312"} == {(CAME_OUT, "job-completed-successfully")}


def test_nothing_owed_is_nothing_done(press: Press, spooler: Spooler) -> None:
    work(spooler)
    assert press.submitted == []


def test_a_slip_left_as_a_file_is_not_called_sent(
    store: Store, press: Press, clock: StillClock, tmp_path: Path
) -> None:
    (number,) = owe(store, 1)
    work(Spooler(store, press, FilePrinter(tmp_path / "slips"), clock, NOWHERE))
    assert state(store, "1") == (FILED, f"{number}-0-1.pdf")
    assert (tmp_path / "slips" / f"{number}-0-1.pdf").read_bytes() == b"slip of 1"


# When it goes wrong


def test_a_slip_that_cannot_be_made_has_failed_with_its_code(
    store: Store, press: Press, spooler: Spooler
) -> None:
    def jam(registration: Registration) -> None:
        if registration.id == "2":
            raise PaperJam

    press.on_render = jam
    numbers = owe(store, 1, 2, 3)
    work(spooler)
    assert state(store, "2") == (FAILED, "P 99")
    assert [name for _page, name in press.submitted] == [f"{numbers[0]}-0-1", f"{numbers[2]}-0-1"]


def test_a_bug_in_one_slip_does_not_keep_the_others_from_paper(
    store: Store, press: Press, spooler: Spooler, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def stumble(registration: Registration) -> None:
        if registration.id == "1":
            raise LookupError(registration.application.resident.name)

    press.on_render = stumble
    owe(store, 1, 2)
    work(spooler)
    assert job(store, "1").state is FAILED
    assert job(store, "2").state is CAME_OUT
    assert "LookupError" in caplog.text
    assert NAME not in caplog.text


def test_what_the_printer_does_not_want_is_tried_thrice_and_keeps_nobody_waiting(
    store: Store, press: Press, spooler: Spooler
) -> None:
    numbers = owe(store, 1, 2)
    poison = numbers[0]
    press.answer = lambda name: Rejected("no such format") if poison in name else Sent()
    for _ in range(TRIES):
        work(spooler)
    assert state(store, "1") == (FAILED, "no such format")
    assert job(store, "2").state is CAME_OUT
    names = [name for _page, name in press.submitted if poison in name]
    assert names == [f"{poison}-0-1", f"{poison}-0-2", f"{poison}-0-3"]


def test_a_failed_slip_leaves_its_registration_as_it_was(
    store: Store, press: Press, spooler: Spooler
) -> None:
    press.answer = lambda _name: Rejected("no")
    owe(store, 1)
    with store.transaction() as record:
        before = record.row("1")
    for _ in range(TRIES):
        work(spooler)
    assert job(store, "1").state is FAILED
    with store.transaction() as record:
        assert record.row("1") == before


def test_a_failed_slip_is_not_tried_again_by_itself(
    store: Store, press: Press, spooler: Spooler
) -> None:
    press.answer = lambda _name: Rejected("no")
    owe(store, 1)
    for _ in range(TRIES + 2):
        work(spooler)
    assert len(press.submitted) == TRIES


def test_the_job_is_called_by_its_number_and_nothing_personal(
    store: Store, press: Press, spooler: Spooler
) -> None:
    owe(store, 1)
    work(spooler)
    ((_page, name),) = press.submitted
    number, copy, attempt = name.split("-")
    assert (len(number), copy, attempt) == (12, "0", "1")
    assert NIK not in name


# A printer that cannot print now


@pytest.mark.parametrize("hold", Hold)
def test_slips_wait_for_a_printer_that_cannot_print_and_come_out_once_in_their_order(
    store: Store, press: Press, spooler: Spooler, hold: Hold
) -> None:
    numbers = owe(store, 1, 2, 3)
    press.hold = hold
    work(spooler)
    work(spooler)
    assert press.submitted == []
    assert {job(store, one).hold for one in "123"} == {hold}
    press.hold = None
    work(spooler)
    assert [name for _page, name in press.submitted] == [f"{number}-0-1" for number in numbers]
    assert {(job(store, one).state, job(store, one).hold) for one in "123"} == {(CAME_OUT, None)}


def test_everybody_who_waits_is_told_what_for_and_when_it_goes_on(
    store: Store, press: Press, spooler: Spooler
) -> None:
    told: list[tuple[str, PrintNews]] = []
    press.hold = Hold.NO_PAPER
    owe(store, 1, 2)
    spooler._on_news = lambda one, news: told.append((one, news))
    work(spooler)
    work(spooler)
    waits = PrintNews(OWED, Hold.NO_PAPER)
    assert told == [("1", waits), ("2", waits)]
    press.hold = None
    work(spooler)
    assert told[2:4] == [("1", PrintNews(OWED)), ("2", PrintNews(OWED))]


def test_a_printer_that_refuses_at_the_last_moment_gets_the_slip_later(
    store: Store, press: Press, spooler: Spooler
) -> None:
    owe(store, 1)
    press.answer = lambda _name: NotSent(Hold.OFFLINE)
    work(spooler)
    assert (job(store, "1").state, job(store, "1").hold) == (OWED, Hold.OFFLINE)
    press.answer = lambda _name: Sent()
    work(spooler)
    assert (job(store, "1").state, job(store, "1").hold) == (CAME_OUT, None)


# What the printer says of a slip


def test_a_slip_is_followed_through_every_hold_until_it_is_out(
    store: Store, press: Press, spooler: Spooler
) -> None:
    owe(store, 1, 2)
    says: list[PrinterNews] = [
        Underway(),
        Underway(printing=True),
        Underway(printing=True, hold=Hold.NO_PAPER),
        NoAnswer(Hold.OFFLINE),
    ]
    seen: list[tuple[PrintState, Hold | None]] = []
    press.tells = lambda _name: says[len(seen)]
    for _ in says:
        work(spooler)
        seen.append((job(store, "1").state, job(store, "1").hold))
    assert seen == [
        (SENT, None),
        (PRINTING, None),
        (PRINTING, Hold.NO_PAPER),
        (PRINTING, Hold.OFFLINE),
    ]
    assert len(press.submitted) == 1, "the second slip waits for the first"
    press.tells = lambda _name: CameOut("out")
    work(spooler)
    assert [state(store, one) for one in "12"] == [(CAME_OUT, "out"), (CAME_OUT, "out")]


def test_a_slip_that_did_not_come_out_is_printed_again_under_another_name(
    store: Store, press: Press, spooler: Spooler
) -> None:
    (number,) = owe(store, 1)
    press.tells = lambda name: NotPrinted("jam") if name.endswith("-1") else CameOut("out")
    work(spooler)
    assert state(store, "1") == (OWED, "jam")
    work(spooler)
    assert state(store, "1") == (CAME_OUT, "out")
    assert [name for _page, name in press.submitted] == [f"{number}-0-1", f"{number}-0-2"]


@pytest.mark.parametrize(
    ("says", "wanted"),
    [
        (TellsNoMore(), (PrintState.UNCONFIRMED, "")),
        (LostTrack("job-unknown"), (PrintState.UNSURE, "job-unknown")),
    ],
)
def test_what_the_printer_cannot_tell_is_left_to_a_person_and_never_printed_again(
    store: Store,
    press: Press,
    spooler: Spooler,
    says: PrinterNews,
    wanted: tuple[PrintState, str],
) -> None:
    press.tells = lambda _name: says
    owe(store, 1, 2)
    work(spooler)
    work(spooler)
    assert [state(store, one) for one in "12"] == [wanted, wanted]
    assert len(press.submitted) == 2


def test_a_slip_given_by_a_person_meanwhile_is_not_begun(
    store: Store, press: Press, spooler: Spooler
) -> None:
    owe(store, 1)
    press.on_render = lambda _registration: put(store, "1", PrintState.HANDED_OVER_OTHERWISE)
    work(spooler)
    assert press.submitted == []
    assert job(store, "1").state is PrintState.HANDED_OVER_OTHERWISE


# The paper


def paper(store: Store) -> PaperCount:
    with store.reading() as record:
        return record.prints.paper()


def test_pages_are_counted_and_a_refill_that_the_printer_noticed_begins_anew(
    store: Store, press: Press, spooler: Spooler, clock: StillClock
) -> None:
    owe(store, 1, 2)
    work(spooler)
    assert paper(store).used == 2
    press.hold = Hold.NO_PAPER
    owe(store, 3)
    work(spooler)
    assert paper(store).ran_out
    press.hold = Hold.OFFLINE
    work(spooler)
    assert paper(store).ran_out, "switched off is not refilled"
    press.hold = None
    work(spooler)
    assert paper(store) == PaperCount(used=1, since=clock.now())


# Reminders


def reminder(name: str) -> Reminder:
    quoted = make_quote(Month(2026, 11), 1)
    return Reminder(name, quoted, quoted, asked_at=NOW, language="id")


def test_a_reminder_is_printed_under_a_name_that_is_nobodys(
    store: Store, press: Press, spooler: Spooler
) -> None:
    news = News()
    spooler.start(news)
    spooler.print_reminder(reminder("r"))
    told = news.wait_for(3)
    spooler.stop()
    assert told == [("r", one) for one in ALL_OF_IT]
    assert press.submitted == [(b"reminder r", "pengingat-20261122-102405")]
    with store.transaction() as record:
        assert record.prints.unfinished() == ()


def test_any_other_page_is_printed_and_told_of_in_the_same_way(
    press: Press, spooler: Spooler
) -> None:
    news = News()
    spooler.start(news)
    spooler.print_page(Page("p", "rekap-20261122-160500", lambda: b"a recap"))
    told = news.wait_for(3)
    spooler.stop()
    assert told == [("p", one) for one in ALL_OF_IT]
    assert press.submitted == [(b"a recap", "rekap-20261122-160500")]


def test_owed_slips_come_before_reminders_also_those_owed_meanwhile(
    store: Store, press: Press, spooler: Spooler
) -> None:
    owe(store, 1)
    spooler.print_reminder(reminder("first"))
    spooler.print_reminder(reminder("second"))
    press.on_reminder = lambda asked: None if asked.id == "second" else register_another()

    def register_another() -> None:
        owe(store, 2)

    news = News()
    spooler.start(news)
    news.wait_for(12)
    spooler.stop()
    assert [one for one, _copy in press.made] == ["1", "first", "2", "second"]


@pytest.mark.parametrize("bug", [PaperJam, LookupError])
def test_a_reminder_that_fails_is_told_and_keeps_no_slip_from_paper(
    store: Store, press: Press, spooler: Spooler, bug: type[Exception]
) -> None:
    def jam(_reminder: Reminder) -> None:
        raise bug

    press.on_reminder, news = jam, News()
    spooler.start(news)
    spooler.print_reminder(reminder("r"))
    news.wait_for(2)
    owe(store, 1)
    spooler.nudge()
    told = news.wait_for(5)
    spooler.stop()
    assert told[:2] == [("r", RENDERING), ("r", FAILED)]
    assert job(store, "1").state is CAME_OUT


def test_a_reminder_that_no_printer_can_take_now_is_told_at_once_and_let_go(
    press: Press, spooler: Spooler
) -> None:
    press.hold, news = Hold.NO_PAPER, News()
    spooler.start(news)
    spooler.print_reminder(reminder("r"))
    assert news.wait_for(1) == [("r", FAILED)]
    spooler.stop()
    assert press.made == []


def test_proofs_and_copies_come_after_the_slips_and_are_called_by_the_number(
    store: Store, press: Press, spooler: Spooler, clock: StillClock
) -> None:
    (number,) = owe(store, 1)
    proof = Request(
        id=1,
        registration_id="1",
        number=number,
        right=Right.COPY,
        language="id",
        asked_at=NOW,
        due_at=NOW + timedelta(hours=72),
        recorded_by="Rina",
        state=RequestState.DONE,
        closed_at=NOW,
        closed_by="Rina",
        batch=0,
    )
    spooler.print_proof(proof, "p")
    spooler.print_copy(PersonalCopy(number, "id", clock.now(), "Rina", ()), "c")
    news = News()
    spooler.start(news)
    told = news.wait_for(9)
    spooler.stop()
    assert told[3:] == [(page, one) for page in "pc" for one in ALL_OF_IT]
    assert [name for _, name in press.submitted] == [
        f"{number}-0-1",
        f"bukti-{number}-20261122102405",
        f"salinan-{number}-20261122102405",
    ]


def test_a_slip_of_who_is_erased_while_it_is_made_is_taken_away_again(
    store: Store, press: Press, clock: StillClock, tmp_path: Path
) -> None:
    owe(store, 1)
    folder = tmp_path / "slips"

    def erase(registration: Registration) -> None:
        with store.transaction() as record:
            row = record.row(registration.id)
            assert row is not None
            record.rights.erase(row, Deed("erased", "a", NOW, {}))

    press.on_render = erase
    work(Spooler(store, press, FilePrinter(folder), clock, Papers(folder)))
    assert list(folder.iterdir()) == []
    assert press.made == [("1", 0)]


def test_a_slip_of_who_was_erased_since_they_were_counted_is_not_made(
    store: Store, press: Press, spooler: Spooler
) -> None:
    owe(store, 1, 2)

    def erase_the_next(_registration: Registration) -> None:
        with store.transaction() as record:
            row = record.row("2")
            if row is not None:
                record.rights.erase(row, Deed("erased", "a", NOW, {}))

    press.on_render = erase_the_next
    work(spooler)
    assert press.made == [("1", 0)]


def test_a_reminder_left_as_a_file_is_not_called_sent(
    store: Store, press: Press, clock: StillClock, tmp_path: Path
) -> None:
    news, spooler = News(), Spooler(store, press, FilePrinter(tmp_path), clock, NOWHERE)
    spooler.start(news)
    spooler.print_reminder(reminder("r"))
    assert news.wait_for(2)[-1] == ("r", FILED)
    spooler.stop()
    assert [file.name for file in tmp_path.glob("*.pdf")] == ["pengingat-20261122-102405.pdf"]


def test_a_store_that_fails_does_not_keep_a_reminder_from_paper(
    store: Store, press: Press, spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise PaperJam

    monkeypatch.setattr(spooler, "_unfinished", fail)
    news = News()
    spooler.start(news)
    spooler.print_reminder(reminder("r"))
    assert news.wait_for(2)[-1] == ("r", SENT)
    spooler.stop()


def test_a_stop_forgets_reminders(
    store: Store, press: Press, spooler: Spooler, clock: StillClock
) -> None:
    def stop_at_work(_reminder: Reminder) -> None:
        with pytest.raises(RuntimeError, match="join"):
            spooler.stop()

    press.on_reminder, news = stop_at_work, News()
    spooler.print_reminder(reminder("under way"))
    spooler.print_reminder(reminder("forgotten"))
    spooler.start(news)
    news.wait_for(2)
    spooler.stop()
    after = Spooler(store, press, press, clock, NOWHERE)
    after.start(News())
    after.stop()
    assert [one for one, _copy in press.made] == ["under way"]


# Stopping and starting


def test_a_slip_that_a_crash_left_half_way_is_made_again(
    store: Store, press: Press, spooler: Spooler
) -> None:
    (number,) = owe(store, 1)
    with store.transaction() as record:
        begun = record.prints.begin(record.prints.unfinished()[0], NOW)
    assert begun is not None
    work(spooler)
    assert job(store, "1").state is CAME_OUT
    assert [name for _page, name in press.submitted] == [f"{number}-0-2"]
    assert press.forgotten == [f"{number}-0-1"], "the printer may hold an empty job of that name"


def test_a_slip_that_was_with_the_printer_when_the_program_stopped_is_followed_not_sent_again(
    store: Store, press: Press, spooler: Spooler, clock: StillClock
) -> None:
    owe(store, 1)
    press.tells = lambda _name: Underway(printing=True)
    work(spooler)
    assert job(store, "1").state is PRINTING
    press.tells = lambda _name: CameOut("out")
    work(Spooler(store, press, press, clock, NOWHERE))
    assert state(store, "1") == (CAME_OUT, "out")
    assert len(press.submitted) == 1


@pytest.mark.parametrize(
    "done", [FILED, FAILED, CAME_OUT, PrintState.UNSURE, PrintState.UNCONFIRMED]
)
def test_a_slip_that_came_to_its_end_is_never_made_again(
    store: Store, press: Press, spooler: Spooler, done: PrintState
) -> None:
    owe(store, 1)
    put(store, "1", done)
    work(spooler)
    assert press.made == []


def test_a_start_goes_on_with_what_a_stop_left_owed(
    store: Store, press: Press, clock: StillClock
) -> None:
    owe(store, 1, 2)
    first, second = News(), News()
    before = Spooler(store, press, press, clock, NOWHERE)

    def stop_at_work(_registration: Registration) -> None:
        # A thread cannot wait for its own end; what counts is that it was asked to stop.
        with pytest.raises(RuntimeError, match="join"):
            before.stop()

    press.on_render = stop_at_work
    before.start(first)
    first.wait_for(2)
    before.stop()
    assert first.told == [("1", RENDERING), ("1", SENT)]
    assert press.closed
    assert job(store, "2").state is OWED

    press.on_render = lambda _registration: None
    after = Spooler(store, press, press, clock, NOWHERE)
    after.start(second)
    second.wait_for(4)
    after.stop()
    assert second.told == [("1", CAME_OUT), *(("2", one) for one in ALL_OF_IT)]
    assert [one for one, _copy in press.made] == ["1", "2"]


def test_a_stop_with_nothing_to_do_ends_the_thread(spooler: Spooler) -> None:
    spooler.start(News())
    spooler.stop()
    assert "print" not in {thread.name for thread in threading.enumerate()}


# The thread


def test_every_change_is_told_in_order(store: Store, press: Press, spooler: Spooler) -> None:
    def jam(registration: Registration) -> None:
        if registration.id == "2":
            raise PaperJam

    press.on_render = jam
    news = News()
    owe(store, 1, 2, 3)
    spooler.start(news)
    told = news.wait_for(8)
    spooler.stop()
    assert told == [
        *(("1", one) for one in ALL_OF_IT),
        *(("2", RENDERING), ("2", FAILED)),
        *(("3", one) for one in ALL_OF_IT),
    ]


def test_what_is_told_stands_in_the_store_already(
    store: Store, press: Press, spooler: Spooler
) -> None:
    owe(store, 1)
    seen: list[tuple[PrintState, PrintState]] = []
    news = News()

    def look(registration_id: str, told: PrintNews) -> None:
        seen.append((told.state, job(store, registration_id).state))
        news(registration_id, told)

    spooler.start(look)
    news.wait_for(3)
    spooler.stop()
    assert seen == [(one, one) for one in ALL_OF_IT]


def test_a_nudge_prints_what_was_registered_since(
    store: Store, press: Press, spooler: Spooler
) -> None:
    news = News()
    spooler.start(news)
    for serial in (1, 2, 3):
        owe(store, serial)
        spooler.nudge()
        assert news.wait_for(3 * serial)[-1] == (f"{serial}", CAME_OUT)
    spooler.stop()


def test_never_two_slips_at_once_however_often_it_is_nudged(
    store: Store, press: Press, spooler: Spooler
) -> None:
    busy, news = threading.Lock(), News()
    overlaps: list[str] = []

    def answer(name: str) -> Sent:
        if not busy.acquire(blocking=False):
            overlaps.append(name)
        spooler.nudge()
        busy.release()
        return Sent()

    def render(_registration: Registration) -> None:
        for _ in range(3):
            spooler.nudge()

    press.answer, press.on_render = answer, render
    spooler.start(news)
    people = range(1, 9)
    registering = [threading.Thread(target=owe, args=(store, serial)) for serial in people]
    nudging = [threading.Thread(target=spooler.nudge) for _ in range(20)]
    for thread in (*registering, *nudging):
        thread.start()
    for thread in (*registering, *nudging):
        thread.join()
    spooler.nudge()
    news.wait_for(3 * len(people))
    spooler.stop()
    assert overlaps == []
    assert sorted(one for one, _copy in press.made) == [str(serial) for serial in people]
    assert [told for _one, told in news.told] == ALL_OF_IT * len(people)


def test_a_store_that_fails_is_logged_by_its_code_and_the_next_nudge_goes_on(
    store: Store, press: Press, spooler: Spooler, caplog: pytest.LogCaptureFixture
) -> None:
    news, log = News(), Hearing()
    broken = [PaperJam()]

    def fail_once(registration_id: str, told: PrintNews) -> None:
        if broken and told.state is CAME_OUT:
            raise broken.pop()
        news(registration_id, told)

    owe(store, 1, 2)
    with caplog.filtering(log):
        spooler.start(fail_once)
        assert log.heard.wait(PATIENCE_S)
        spooler.nudge()
        assert news.wait_for(5)[-1] == ("2", CAME_OUT)
        spooler.stop()
    assert "failure P 99" in caplog.text
    assert [one for one, _copy in press.made] == ["1", "2"]


def test_what_the_resident_said_of_a_finished_slip_stays(
    store: Store, spooler: Spooler, clock: StillClock
) -> None:
    owe(store, 1)
    work(spooler)
    note_slip_missing(store, "1", 0, clock)
    work(spooler)
    assert state(store, "1") == (PrintState.FAILED, "person")
