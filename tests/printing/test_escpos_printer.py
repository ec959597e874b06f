"""The adapter of ESC/POS printers, against a printer of our own with the faults of real ones.

What came out is judged by the printer's paper, never by what the adapter says.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from escpos_machine import WAIT_S, Machine
from escpos_paper import Interpreter, Paper
from slip_samples import TEXTS, make_slip

from kiosk.domain.escpos_address import parse_escpos_address
from kiosk.domain.print_job import Hold
from kiosk.settings import PaperName
from printing import escpos_printer
from printing.escpos_head import head_of
from printing.escpos_printer import EscposPrinter
from printing.escpos_talk import Talk
from printing.forms import draw
from printing.port import (
    Abilities,
    CameOut,
    LostTrack,
    News,
    NoAnswer,
    NotPrinted,
    NotSent,
    Rejected,
    Sent,
    TellsNoMore,
    Underway,
)
from printing.slip_page import render_slip


def printed(page: bytes) -> Paper:
    interpreter = Interpreter(HEAD.dots)
    interpreter.feed(page)
    return interpreter.pages[0]


HEAD = head_of("default", PaperName.ROLL_80)
NATIVE = render_slip(make_slip(), TEXTS, paper=HEAD)
PICTURE = draw(render_slip(make_slip(), TEXTS, paper=HEAD.paper), HEAD)
NAME, NEXT = "109170000424-0-1", "109170000424-0-2"
WHOLE = [whole.height for whole in (printed(NATIVE), printed(PICTURE))]
forms = pytest.mark.parametrize("page", [NATIVE, PICTURE], ids=["native", "picture"])


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait long where nothing is lost by it."""
    monkeypatch.setattr(escpos_printer, "_PATIENCE_S", 0.05)
    monkeypatch.setattr(escpos_printer, "_QUIET_S", 0.05)


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait ten seconds for answers that never come."""
    monkeypatch.setattr(escpos_printer, "ANSWER_S", 1.0)
    monkeypatch.setattr("printing.escpos_talk._ANSWER_S", 0.2)


def wanted(_handle: str) -> bool:
    return True


def adapter_of(machine: Machine) -> EscposPrinter:
    address = parse_escpos_address(machine.address)
    assert address is not None
    return EscposPrinter(address)


@contextmanager
def connected(machine: Machine) -> Iterator[EscposPrinter]:
    printer = adapter_of(machine)
    with machine:
        yield printer
        printer.close()
    assert machine.garbage == []


def follow_until(
    printer: EscposPrinter, enough: Callable[[News], bool], name: str = NAME
) -> list[News]:
    """Follow until `enough` says so of the news, and return all of them."""
    heard: list[News] = []
    done = threading.Event()
    timer = threading.Timer(WAIT_S, done.set)
    timer.start()
    try:
        while not done.is_set():
            heard.append(printer.follow(name, name))
            if enough(heard[-1]):
                return heard
    finally:
        timer.cancel()
    raise AssertionError(f"only {heard[-3:]}")


def is_end(news: News) -> bool:
    return not isinstance(news, Underway | NoAnswer)


def held_by(hold: Hold) -> Callable[[News], bool]:
    return lambda news: news == Underway(hold=hold)


def whole_slips(machine: Machine) -> int:
    """How many whole slips it cut off, each apart from everything else."""
    return sum(page.height in WHOLE for page in machine.pages)


@forms
def test_a_page_came_out_when_the_printer_answers_behind_the_cut(page: bytes) -> None:
    machine = Machine()
    with connected(machine) as printer:
        assert printer.send(page, NAME, wanted) == Sent()
        *before, last = follow_until(printer, is_end)
        assert isinstance(last, CameOut)
        assert whole_slips(machine) == 1
        assert all(isinstance(news, Underway) for news in before)
        assert printer.send(page, NEXT, wanted) == Sent()
        assert isinstance(follow_until(printer, is_end, NEXT)[-1], CameOut)
        assert whole_slips(machine) == 2
        assert printer.abilities() == Abilities(reports_paper=True, reports_jobs=True)


@pytest.mark.parametrize(
    ("fault", "hold"),
    [
        ("no paper", Hold.NO_PAPER),
        ("cover_open", Hold.COVER_OPEN),
        ("jammed", Hold.JAM),
        ("paused", Hold.STOPPED),
    ],
)
def test_a_printer_that_cannot_print_gets_nothing(fault: str, hold: Hold) -> None:
    machine = Machine(paper_left=0 if fault == "no paper" else None)
    begun: list[str] = []

    def begin(handle: str) -> bool:
        begun.append(handle)
        return True

    with connected(machine) as printer:
        if fault != "no paper":
            setattr(machine, fault, True)
        assert printer.status().hold is hold
        assert printer.send(NATIVE, NAME, begin) == NotSent(hold)
        assert begun == []
        machine.refill()
        machine.mend()
        assert printer.status().hold is None
        assert machine.printed == []
        assert printer.send(NATIVE, NAME, begin) == Sent()
        assert isinstance(follow_until(printer, is_end, begun[0])[-1], CameOut)
        assert whole_slips(machine) == 1


@forms
@pytest.mark.parametrize("lines", [1, 20])
def test_paper_that_ends_in_the_middle_holds_the_page_until_there_is_more(
    page: bytes, lines: int
) -> None:
    machine = Machine(paper_left=lines)
    with connected(machine) as printer:
        assert printer.send(page, NAME, wanted) == Sent()
        follow_until(printer, held_by(Hold.NO_PAPER))
        assert printer.status().hold is Hold.NO_PAPER
        assert printer.follow(NAME, NAME) == Underway(hold=Hold.NO_PAPER)
        machine.refill()
        assert isinstance(follow_until(printer, is_end)[-1], CameOut)
        assert whole_slips(machine) == 1


@pytest.mark.parametrize("fault", ["cover_open", "jammed", "paused"])
def test_what_stops_the_printer_in_the_middle_is_named_and_then_it_goes_on(fault: str) -> None:
    machine = Machine(paper_left=5)
    with connected(machine) as printer:
        assert printer.send(NATIVE, NAME, wanted) == Sent()
        machine.wait_until(lambda: machine.paper_left == 0)
        setattr(machine, fault, True)
        machine.refill()
        hold = {"cover_open": Hold.COVER_OPEN, "jammed": Hold.JAM, "paused": Hold.STOPPED}[fault]
        follow_until(printer, held_by(hold))
        machine.mend()
        assert isinstance(follow_until(printer, is_end)[-1], CameOut)
        assert whole_slips(machine) == 1


@pytest.mark.usefixtures("silence")
def test_a_frozen_printer_is_not_reached_until_it_thaws() -> None:
    machine = Machine(paper_left=5, buffer=64)
    with connected(machine) as printer:
        assert printer.send(PICTURE, NAME, wanted) == Sent()
        machine.wait_until(lambda: machine.paper_left == 0)
        machine.frozen = True
        machine.refill()
        follow_until(printer, lambda news: news == NoAnswer(Hold.OFFLINE))
        machine.mend()
        assert isinstance(follow_until(printer, is_end)[-1], CameOut)
        assert whole_slips(machine) == 1


def test_a_closed_port_gets_nothing_and_nothing_is_begun() -> None:
    machine = Machine()
    printer = adapter_of(machine)
    with machine:
        machine.off()
        assert printer.status().hold is Hold.OFFLINE
        assert printer.send(NATIVE, NAME, pytest.fail) == NotSent(Hold.OFFLINE)
        machine.on()
        assert printer.send(NATIVE, NAME, wanted) == Sent()
        assert isinstance(follow_until(printer, is_end)[-1], CameOut)
        assert whole_slips(machine) == 1


def test_a_host_that_there_is_not_is_missing() -> None:
    address = parse_escpos_address("escpos://no..host")
    assert address is not None
    printer = EscposPrinter(address)
    assert printer.status().hold is Hold.MISSING
    assert printer.send(NATIVE, NAME, pytest.fail) == NotSent(Hold.MISSING)


def test_a_page_that_is_no_longer_wanted_is_not_printed() -> None:
    machine = Machine()
    with connected(machine) as printer:
        assert isinstance(printer.send(NATIVE, NAME, lambda _: False), NotSent)
        with pytest.raises(OSError, match="disk full"):
            printer.send(NATIVE, NAME, disk_full)
        assert isinstance(printer.follow(NAME, NAME), LostTrack)
        assert printer.send(NATIVE, NEXT, wanted) == Sent()
        assert isinstance(follow_until(printer, is_end, NEXT)[-1], CameOut)
        assert whole_slips(machine) == 1


def disk_full(_handle: str) -> bool:
    raise OSError("disk full")


@pytest.mark.parametrize("page", [NATIVE, PICTURE], ids=["native", "picture"])
@pytest.mark.parametrize("share", [0.01, 0.3, 0.55, 0.93, 0.999])
def test_a_line_cut_in_the_middle_claims_nothing_and_the_next_page_is_whole(
    page: bytes, share: float
) -> None:
    machine = Machine()
    with connected(machine) as printer:

        def begin(_handle: str) -> bool:
            machine.cut_line_after = machine.received + int((len(page) + 1100) * share)
            return True

        assert printer.send(page, NAME, begin) == Sent()
        assert isinstance(follow_until(printer, is_end)[-1], LostTrack)
        assert isinstance(printer.follow(NAME, NAME), LostTrack)
        assert printer.send(page, NEXT, wanted) == Sent()
        assert isinstance(follow_until(printer, is_end, NEXT)[-1], CameOut)
        assert whole_slips(machine) == 1
        assert machine.pages[-1].height in WHOLE


@forms
def test_switched_off_in_the_middle_nobody_knows_and_nothing_is_printed_again(page: bytes) -> None:
    machine = Machine(paper_left=8)
    with connected(machine) as printer:
        assert printer.send(page, NAME, wanted) == Sent()
        machine.wait_until(lambda: machine.paper_left == 0)
        machine.off()
        assert isinstance(follow_until(printer, is_end)[-1], LostTrack)
        machine.refill()
        machine.on()
        assert isinstance(printer.follow(NAME, NAME), LostTrack)
        assert printer.send(page, NEXT, wanted) == Sent()
        assert isinstance(follow_until(printer, is_end, NEXT)[-1], CameOut)
        assert whole_slips(machine) == 1


@forms
def test_switched_off_behind_a_box_that_keeps_the_line_it_has_lost_the_page(page: bytes) -> None:
    machine = Machine(paper_left=8)
    with connected(machine) as printer:
        assert printer.send(page, NAME, wanted) == Sent()
        follow_until(printer, held_by(Hold.NO_PAPER))
        machine.power_cycle_behind_a_box()
        machine.refill()
        assert isinstance(follow_until(printer, is_end)[-1], LostTrack)
        assert whole_slips(machine) == 0


def test_a_program_that_was_started_anew_knows_nothing_of_the_page() -> None:
    machine = Machine(paper_left=8)
    with connected(machine) as printer:
        assert printer.send(NATIVE, NAME, wanted) == Sent()
        printer.close()
        another = adapter_of(machine)
        assert isinstance(another.follow(NAME, NAME), LostTrack)
        assert another.forget(NAME, NAME)


@forms
def test_the_answer_to_a_lost_page_is_not_taken_for_one_to_the_next(
    page: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escpos_printer, "_QUIET_S", 0.5)
    machine = Machine(paper_left=8)
    with connected(machine) as printer:
        assert printer.send(page, NAME, wanted) == Sent()
        follow_until(printer, held_by(Hold.NO_PAPER))
        machine.cut_line()
        assert isinstance(follow_until(printer, is_end)[-1], LostTrack)
        assert printer.send(page, NEXT, pytest.fail) == NotSent(Hold.NO_PAPER)
        machine.refill()
        assert printer.send(page, NEXT, wanted) == Sent()
        assert isinstance(follow_until(printer, is_end, NEXT)[-1], CameOut)
        assert machine.pages[-1].height in WHOLE


@pytest.mark.usefixtures("silence")
@forms
def test_of_a_silent_printer_nothing_is_claimed(page: bytes) -> None:
    machine = Machine(stands=False, marks=False)
    with connected(machine) as printer:
        assert printer.abilities() == Abilities()
        assert printer.status().hold is None
        assert printer.send(page, NAME, wanted) == Sent()
        assert follow_until(printer, is_end)[-1] == TellsNoMore()
        machine.wait_until(lambda: whole_slips(machine) == 1)


@pytest.mark.usefixtures("silence")
def test_a_silent_printer_without_paper_takes_what_it_can_and_the_rest_later() -> None:
    machine = Machine(stands=False, marks=False, paper_left=8, buffer=512)
    with connected(machine) as printer:
        assert printer.send(PICTURE, NAME, wanted) == Sent()
        follow_until(printer, held_by(Hold.STOPPED))
        machine.refill()
        assert follow_until(printer, is_end)[-1] == TellsNoMore()
        machine.wait_until(lambda: whole_slips(machine) == 1)


@pytest.mark.usefixtures("silence")
def test_a_printer_that_only_says_how_it_stands_holds_the_page_and_claims_nothing() -> None:
    machine = Machine(marks=False, paper_left=8)
    with connected(machine) as printer:
        assert printer.send(NATIVE, NAME, wanted) == Sent()
        machine.wait_until(lambda: machine.paper_left == 0)
        follow_until(printer, held_by(Hold.NO_PAPER))
        machine.refill()
        assert follow_until(printer, is_end)[-1] == TellsNoMore()
        assert printer.abilities() == Abilities(reports_paper=True)
        machine.wait_until(lambda: whole_slips(machine) == 1)


def test_the_end_of_the_roll_within_the_last_lines_is_no_slip_in_the_hand() -> None:
    machine = Machine()
    with connected(machine) as printer:
        machine.ended_roll = 0x0F
        assert printer.send(NATIVE, NAME, wanted) == Sent()
        assert isinstance(follow_until(printer, is_end)[-1], LostTrack)


def test_low_paper_is_said_and_holds_nothing() -> None:
    machine = Machine()
    with connected(machine) as printer:
        machine.low = True
        assert (printer.status().hold, printer.status().paper_low) == (None, True)


def test_what_is_no_page_for_this_printer_is_not_sent() -> None:
    with connected(Machine()) as printer:
        pdf = render_slip(make_slip(), TEXTS)
        assert printer.send(pdf, NAME, pytest.fail) == Rejected("document-format-not-supported")
        with pytest.raises(ValueError, match="called by"):
            printer.send(NATIVE, "AHMAD SAPRUDIN", pytest.fail)


def test_what_the_printer_has_is_not_taken_back() -> None:
    machine = Machine(paper_left=8)
    with connected(machine) as printer:
        assert printer.send(NATIVE, NAME, wanted) == Sent()
        assert printer.forget(NEXT, NEXT)
        assert not printer.forget(NAME, NAME)
        assert isinstance(printer.follow(NAME, NAME), LostTrack)
        machine.refill()
        assert printer.send(NATIVE, NEXT, wanted) == Sent()
        assert isinstance(follow_until(printer, is_end, NEXT)[-1], CameOut)
        assert printer.forget(NEXT, NEXT)


def test_a_page_of_which_nothing_could_be_handed_over_was_not_printed() -> None:
    machine = Machine()
    with connected(machine) as printer:

        def off_at_the_last_moment(_handle: str) -> bool:
            machine.off()
            return True

        assert printer.send(NATIVE, NAME, off_at_the_last_moment) == Sent()
        assert isinstance(follow_until(printer, is_end)[-1], LostTrack | NotPrinted)
        assert machine.printed == []


def test_answers_are_told_apart_by_their_bits() -> None:
    # Of change (four bytes, unasked), of state, go ahead and stop, of marks; and what is none.
    link = Heard(b"\x10\x00\x00\x00" + b"\x16" + b"\x11\x13" + b"\x00\x0f" + b"\x01\x80\x32")
    talk = Talk(link)
    while talk.listen(0):
        pass
    assert talk.marks == [0x00, 0x0F]


class Heard:
    """A line on which something was said."""

    model = ""

    def __init__(self, said: bytes) -> None:
        self._said = said

    def write(self, data: bytes, timeout_s: float) -> int:
        return len(data) if timeout_s >= 0 else 0

    def read(self, timeout_s: float) -> bytes:
        said, self._said = self._said, b""
        return said if timeout_s >= 0 else b""

    def close(self) -> None:
        self._said = b""
