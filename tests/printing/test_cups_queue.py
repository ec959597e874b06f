"""Pages that a real CUPS hands to a printer that fails: the printer is believed, CUPS is not.

The judge is what the printer put on paper.
"""

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fault_printer import (
    ABORTS,
    CANCELED,
    COVER_OPEN,
    CUT,
    FORGETS,
    GARBLED,
    JAM,
    LATE,
    LOW_PAPER,
    NO_PAPER,
    OFFLINE,
    POWER_CYCLE,
    SLOW,
    Fault,
    FaultPrinter,
    Stage,
)
from print_play import NUMBER, Play
from private_cups import QUEUE, SOON_S, PrivateCups, queued_printer, running_cups, until
from slip_samples import TEXTS, make_slip

from kiosk.domain.print_job import Hold
from printing.cups_queue import CupsQueue
from printing.ipp import Operation, Resolution, Tag, Value, keyword
from printing.ipp_client import parse_address
from printing.papers import ROLL_80
from printing.port import (
    Abilities,
    CameOut,
    LostTrack,
    NoAnswer,
    NotPrinted,
    NotSent,
    Sent,
    Status,
    TellsNoMore,
    Underway,
)
from printing.readback import media_height_mm, rasterise
from printing.slip_page import render_slip

SLIP = render_slip(make_slip(number=NUMBER), TEXTS)
NAME = f"{NUMBER}-0-1"


@pytest.fixture(scope="module")
def cups() -> Iterator[PrivateCups]:
    with running_cups() as running:
        yield running


@pytest.fixture
def printer(cups: PrivateCups) -> Iterator[FaultPrinter]:
    with queued_printer(cups) as queued:
        yield queued


def through(cups: PrivateCups, queue: str = QUEUE) -> CupsQueue:
    return CupsQueue(queue, ROLL_80, cups.address)


def send(cups: PrivateCups, name: str = NAME) -> str:
    """Have a page sent; returns its handle."""
    handles: list[str] = []

    def begin(handle: str) -> bool:
        handles.append(handle)
        return True

    assert through(cups).send(SLIP, name, begin) == Sent()
    return handles[0]


def play(cups: PrivateCups, mend: Callable[[], None] = lambda: None) -> Play:
    return Play(
        through(cups),
        SLIP,
        mend,
        patience=8,
        longest=2000,
        pause=lambda: time.sleep(0.05),
    )


# A slip through CUPS


def test_a_slip_comes_out_as_it_was_made(cups: PrivateCups, printer: FaultPrinter) -> None:
    ended = play(cups)
    assert isinstance(ended.run(), CameOut)
    ended.judge(printer.paper)
    (sheet,) = printer.paper
    assert sheet.document == SLIP
    asked = dict(sheet.ticket)
    size = f"80x{media_height_mm(SLIP)}mm"
    assert asked["media"] == keyword(f"custom_{size}_{size}")
    assert asked["print-scaling"] == keyword("none")
    assert asked["printer-resolution"] == (Value(Tag.RESOLUTION, Resolution(203, 203)),)


def test_a_queue_that_makes_its_own_pages_keeps_their_size_and_dots(cups: PrivateCups) -> None:
    with FaultPrinter() as printer:
        cups.add_queue("everywhere", printer.uri, "-m", "everywhere")
        until(lambda: "Raw" not in cups.run("lpoptions", "-p", "everywhere"))
        ended = Play(
            through(cups, "everywhere"), SLIP, longest=2000, pause=lambda: time.sleep(0.05)
        )
        assert isinstance(ended.run(), CameOut)
        cups.run("lpadmin", "-x", "everywhere")
        ended.judge(printer.paper)
    made, printed = rasterise(SLIP), rasterise(printer.paper[0].document)
    assert all(abs(a - b) <= 2 for a, b in zip(made.size, printed.size, strict=True))
    column = made.size[1] // 3
    line = [made.getpixel((x, column)) < 128 for x in range(600)]
    assert any(
        line == [printed.getpixel((x, column + shift)) < 128 for x in range(600)]
        for shift in (-1, 0, 1)
    )


# Faults: what a printer does, at the stage at which it tells most


TELLING = (
    (NO_PAPER, None),
    (NO_PAPER, Stage.PRINTING),
    (COVER_OPEN, Stage.DOCUMENT_READ),
    (JAM, Stage.PRINTING),
    (JAM, Stage.PRINTED),
    (ABORTS, Stage.PRINTING),
    (CANCELED, Stage.PRINTING),
    (OFFLINE, None),
    (OFFLINE, Stage.PRINTING),
    (POWER_CYCLE, Stage.PRINTED),
    (FORGETS, Stage.PRINTED),
    (SLOW, None),
    (LATE, None),
    (CUT, Stage.DOCUMENT_BEGUN),
    (CUT, Stage.PRINTED),
    (GARBLED, Stage.DOCUMENT_READ),
    (LOW_PAPER, None),
)


@pytest.mark.parametrize(
    ("fault", "stage"), TELLING, ids=[f"{f.name}, {s.name if s else 'before'}" for f, s in TELLING]
)
def test_what_the_printer_did_is_what_is_said(
    cups: PrivateCups, printer: FaultPrinter, fault: Fault, stage: Stage | None
) -> None:
    if stage is None:
        fault.begin(printer)
    else:
        printer.at(stage, fault.begin)
    ended = play(cups, lambda: fault.mend(printer))
    end = ended.run()
    printer.mend()
    assert isinstance(end, LostTrack if stage in fault.hides else CameOut), ended.said
    until(lambda: cups.run("lpstat", "-o", QUEUE) == "")
    ended.judge(printer.paper)


def test_cups_stopped_before_the_printer_had_the_page_prints_it_after_its_start(
    cups: PrivateCups, printer: FaultPrinter
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def hold(_: FaultPrinter) -> None:
        reached.set()
        go_on.wait(SOON_S)

    printer.at(Stage.JOB_ASKED, hold)
    handle = send(cups)
    assert reached.wait(SOON_S)
    cups.stop(signal.SIGKILL)
    assert through(cups).follow(handle, NAME) == NoAnswer(Hold.OFFLINE)
    go_on.set()
    cups.start()
    until(lambda: isinstance(through(cups).follow(handle, NAME), CameOut))
    assert printer.names() == [NAME]


# Whether it is begun


def test_a_page_no_longer_wanted_never_gets_to_the_printer(
    cups: PrivateCups, printer: FaultPrinter
) -> None:
    assert isinstance(through(cups).send(SLIP, NAME, lambda _: False), NotSent)
    until(lambda: cups.run("lpstat", "-o", QUEUE) == "")
    assert Operation.CREATE_JOB not in printer.asked


class Killed(BaseException):
    """The program ends here."""


def test_a_program_killed_before_the_document_left_learns_that_nothing_came(
    cups: PrivateCups, printer: FaultPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    handles: list[str] = []

    def begin(handle: str) -> bool:
        handles.append(handle)
        raise Killed

    with monkeypatch.context() as dead:
        dead.setattr("printing.ipp_printing.RemotePrinter.cancel", lambda *_: None)
        with pytest.raises(Killed):
            through(cups).send(SLIP, NAME, begin)
    assert isinstance(through(cups).follow(handles[0], NAME), NotPrinted)
    assert cups.run("lpstat", "-o", QUEUE) == ""
    assert printer.paper == []


def test_a_page_taken_back_leaves_nothing_in_cups(cups: PrivateCups, printer: FaultPrinter) -> None:
    printer.at(Stage.DOCUMENT_READ, NO_PAPER.begin)
    handle = send(cups)
    until(lambda: Operation.SEND_DOCUMENT in printer.asked)
    assert through(cups).forget(handle, NAME)
    until(lambda: not list((cups.root / "spool").glob("d*")))
    assert through(cups).forget(handle, NAME)
    NO_PAPER.mend(printer)
    assert printer.paper == []
    OFFLINE.begin(printer)
    assert not through(cups).forget(handle, NAME)


# How it stands


def test_the_printer_behind_the_queue_says_how_it_stands(
    cups: PrivateCups, printer: FaultPrinter
) -> None:
    assert through(cups).status() == Status()
    told = through(cups).abilities()
    assert told == Abilities("Pencetak Uji 1000", "iso_a4_210x297mm", True, True)
    NO_PAPER.begin(printer)
    assert through(cups).status().hold is Hold.NO_PAPER
    assert through(cups).send(SLIP, NAME, lambda _: True) == NotSent(Hold.NO_PAPER)
    NO_PAPER.mend(printer)
    OFFLINE.begin(printer)
    assert through(cups).status().hold is Hold.OFFLINE


def test_a_queue_that_does_not_exist_is_missing(cups: PrivateCups) -> None:
    nowhere = through(cups, "nowhere")
    assert nowhere.status().hold is Hold.MISSING
    assert nowhere.send(SLIP, NAME, lambda _: True) == NotSent(Hold.MISSING)
    assert nowhere.follow("job 1", NAME) == NoAnswer(Hold.MISSING)
    assert nowhere.abilities() == Abilities()


def test_without_cups_nobody_answers(tmp_path: Path) -> None:
    server = replace(parse_address("ipp://localhost/"), socket=tmp_path / "none")
    nobody = CupsQueue(QUEUE, ROLL_80, server)
    assert nobody.status().hold is Hold.OFFLINE
    assert nobody.follow("job 1", NAME) == NoAnswer(Hold.OFFLINE)
    assert not nobody.forget("job 1", NAME)


@pytest.mark.parametrize("program", ["cupsdisable", "cupsreject"])
def test_a_stopped_queue_goes_on_by_itself_once_the_printer_is_well(
    cups: PrivateCups, printer: FaultPrinter, program: str
) -> None:
    cups.run(program, QUEUE)
    NO_PAPER.begin(printer)
    assert through(cups).status().hold is Hold.NO_PAPER
    NO_PAPER.mend(printer)
    assert through(cups).stands().hold is Hold.STOPPED
    assert through(cups).status() == Status()
    assert isinstance(play(cups).run(), CameOut)


def test_a_stopped_queue_stays_so_without_the_right_to_start_it(
    cups: PrivateCups, printer: FaultPrinter
) -> None:
    cups.run("cupsdisable", QUEUE)
    stranger = CupsQueue(QUEUE, ROLL_80, parse_address(f"ipp://127.0.0.1:{cups.port}/"))
    assert stranger.status().hold is Hold.STOPPED
    assert stranger.send(SLIP, NAME, lambda _: True) == NotSent(Hold.STOPPED)


def test_a_stopped_queue_with_a_page_of_ours_is_not_started_behind_its_back(
    cups: PrivateCups, printer: FaultPrinter
) -> None:
    printer.at(Stage.PRINTED, LATE.begin)
    handle = send(cups)
    until(lambda: printer.paper != [])
    cups.run("cupsdisable", QUEUE)
    until(lambda: through(cups).status().hold is Hold.STOPPED)
    LATE.mend(printer)
    # CUPS cancels at the printer what it stops: it may be that nobody knows any more.
    until(lambda: isinstance(through(cups).follow(handle, NAME), CameOut | LostTrack))
    until(lambda: through(cups).status() == Status())
    assert cups.run("lpstat", "-o", QUEUE) == ""
    assert printer.names() == [NAME]


# A page that CUPS does not move


def test_a_page_stuck_in_cups_is_taken_away_and_printed(
    cups: PrivateCups, printer: FaultPrinter
) -> None:
    """As after a restart of CUPS in the wrong moment: the job waits in a queue that is well."""
    cups.run("lpadmin", "-p", QUEUE, "-o", "job-hold-until-default=indefinite")
    handle = send(cups)
    me = through(cups)
    until(lambda: not isinstance(me.follow(handle, NAME), Underway))
    assert isinstance(me.follow(handle, NAME), NotPrinted)
    assert cups.run("lpstat", "-o", QUEUE) == ""
    assert printer.paper == []


# Printers that do not speak IPP


@pytest.fixture
def sink(cups: PrivateCups) -> Iterator[socket.socket]:
    """A port that takes pages and says nothing, and its queue."""
    with socket.create_server(("127.0.0.1", 0)) as port:
        cups.add_queue(QUEUE, f"socket://127.0.0.1:{port.getsockname()[1]}", "-m", "raw")
        try:
            yield port
        finally:
            cups.run("cancel", "-a", "-x", QUEUE)
            cups.run("lpadmin", "-x", QUEUE)


def test_of_a_printer_that_says_nothing_is_said_that_it_has_the_page(
    cups: PrivateCups, sink: socket.socket
) -> None:
    handle = send(cups)
    assert isinstance(through(cups).follow(handle, NAME), Underway)
    connection, _ = sink.accept()
    with connection:
        taken = b""
        while piece := connection.recv(65536):
            taken += piece
    assert taken == SLIP
    until(lambda: through(cups).follow(handle, NAME) == TellsNoMore())
    told = through(cups).abilities()
    assert not told.reports_jobs
    assert not told.reports_paper


def test_a_printer_that_is_switched_off_is_offline_as_far_as_cups_knows(
    cups: PrivateCups, sink: socket.socket
) -> None:
    assert through(cups).status() == Status()
    sink.close()
    handle = send(cups)
    until(lambda: through(cups).follow(handle, NAME) == Underway(True, Hold.OFFLINE))
    assert through(cups).status().hold is Hold.OFFLINE


def test_a_page_taken_back_before_cups_began_with_it_did_not_come_out(
    cups: PrivateCups, sink: socket.socket
) -> None:
    cups.run("lpadmin", "-p", QUEUE, "-o", "job-hold-until-default=indefinite")
    handle = send(cups)
    assert through(cups).follow(handle, NAME) == Underway(hold=Hold.STOPPED)
    cups.run("cancel", handle.split()[1])
    assert isinstance(through(cups).follow(handle, NAME), NotPrinted)


def test_a_page_taken_back_while_cups_was_at_it_may_have_come_out(
    cups: PrivateCups, sink: socket.socket
) -> None:
    handle = send(cups)
    connection, _ = sink.accept()
    with connection:
        cups.run("cancel", handle.split()[1])
        until(lambda: isinstance(through(cups).follow(handle, NAME), LostTrack))


def test_a_page_that_cups_does_not_know_is_lost(cups: PrivateCups, sink: socket.socket) -> None:
    assert isinstance(through(cups).follow("job 4711 after 1.00000000", NAME), LostTrack)
