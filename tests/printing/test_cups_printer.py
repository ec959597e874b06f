"""A queue of CUPS in the settings: its printer gets the page itself, whatever becomes of CUPS."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_printer import FAULTS, FROZEN, OFFLINE, PWG_RASTER, Fault, FaultPrinter, Stage
from print_play import NUMBER, Play
from private_cups import QUEUE, PrivateCups, queued_printer, running_cups
from slip_samples import TEXTS, make_slip

from kiosk.domain.print_job import Hold
from printing.cups import cups_server, printer_behind
from printing.cups_printer import CupsPrinter
from printing.dnssd import Announced, is_announced, parse
from printing.ipp_client import Unreachable
from printing.papers import ROLL_80
from printing.port import (
    Abilities,
    CameOut,
    LostTrack,
    NoAnswer,
    NotSent,
    Rejected,
    Sent,
    Status,
)
from printing.slip_page import render_slip

SLIP = render_slip(make_slip(number=NUMBER), TEXTS)
NAME = f"{NUMBER}-0-1"
SHORT_S = 0.3


@pytest.fixture(scope="module")
def cups() -> Iterator[PrivateCups]:
    with running_cups() as running:
        yield running


@pytest.fixture
def printer(cups: PrivateCups) -> Iterator[FaultPrinter]:
    with queued_printer(cups) as queued:
        yield queued


@pytest.fixture
def me(cups: PrivateCups) -> CupsPrinter:
    return CupsPrinter(QUEUE, ROLL_80, cups.address)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.parametrize("stage", [None, Stage.PRINTING, Stage.PRINTED])
def test_a_slip_comes_out_of_the_printer_behind_a_queue(
    cups: PrivateCups, printer: FaultPrinter, stage: Stage | None, fault: Fault
) -> None:
    if stage is None:
        fault.begin(printer)
    else:
        printer.at(stage, fault.begin)
    answer_s = SHORT_S if fault is FROZEN else 10.0
    play = Play(
        CupsPrinter(QUEUE, ROLL_80, cups.address, answer_s), SLIP, lambda: fault.mend(printer)
    )
    end = play.run()
    printer.mend()
    play.judge(printer.paper)
    if stage not in fault.hides and not isinstance(end, Rejected):
        assert isinstance(end, CameOut), play.said


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("stage", Stage)
def test_cups_stopped_at_each_stage_and_started_again_prints_nothing_twice(
    cups: PrivateCups,
    printer: FaultPrinter,
    me: CupsPrinter,
    stage: Stage,
    how: signal.Signals,
) -> None:
    printer.at(stage, lambda _: cups.stop(how))
    play = Play(me, SLIP, cups.start)
    assert isinstance(play.run(), CameOut), play.said
    if not cups.is_running:
        cups.start()
    play.judge(printer.paper)
    assert cups.run("lpstat", "-o", QUEUE) == ""


def test_a_page_is_followed_by_a_program_started_since(
    cups: PrivateCups, printer: FaultPrinter, me: CupsPrinter
) -> None:
    handles: list[str] = []

    def begin(handle: str) -> bool:
        handles.append(handle)
        return True

    assert me.send(SLIP, NAME, begin) == Sent()
    anew = CupsPrinter(QUEUE, ROLL_80, cups.address)
    assert isinstance(anew.follow(handles[0], NAME), CameOut)
    assert anew.forget(handles[0], NAME)
    OFFLINE.begin(printer)
    assert anew.follow(handles[0], NAME) == NoAnswer(Hold.OFFLINE)
    assert not anew.forget(handles[0], NAME)
    cups.run("lpadmin", "-p", QUEUE, "-v", "socket://127.0.0.1:9")
    assert isinstance(anew.follow(handles[0], NAME), LostTrack)


def test_a_stopped_queue_keeps_no_page_back(
    cups: PrivateCups, printer: FaultPrinter, me: CupsPrinter
) -> None:
    cups.run("cupsdisable", QUEUE)
    assert me.status() == Status()
    assert me.send(SLIP, NAME, lambda _: True) == Sent()
    assert printer.names() == [NAME]


def test_a_printer_that_needs_a_driver_gets_the_page_through_cups(cups: PrivateCups) -> None:
    with FaultPrinter(formats=("application/vnd.hp-PCL",)) as printer:
        cups.add_queue("driver", printer.uri, "-m", "raw")
        me = CupsPrinter("driver", ROLL_80, cups.address)
        assert me.status() == me.stands() == Status()
        assert me.abilities().reports_jobs
        play = Play(me, SLIP, longest=1_000_000)
        assert isinstance(play.run(), CameOut)
        assert me.forget(play.handles[NAME], NAME)
        cups.run("lpadmin", "-x", "driver")
        play.judge(printer.paper)
        assert not play.handles[NAME].startswith("printer")


def test_a_printer_that_reads_dots_alone_gets_them(cups: PrivateCups) -> None:
    with FaultPrinter(formats=(PWG_RASTER,)) as printer:
        cups.add_queue("dots", printer.uri, "-m", "raw")
        me = CupsPrinter("dots", ROLL_80, cups.address)
        assert me.send(SLIP, NAME, lambda _: True) == Sent()
        cups.run("lpadmin", "-x", "dots")
        assert printer.paper[0].document.startswith(b"RaS2")


def test_a_queue_that_does_not_exist_is_missing(cups: PrivateCups) -> None:
    nowhere = CupsPrinter("nowhere", ROLL_80, cups.address)
    assert nowhere.status().hold is nowhere.stands().hold is Hold.MISSING
    assert nowhere.send(SLIP, NAME, lambda _: True) == NotSent(Hold.MISSING)
    assert nowhere.follow("printer job 1", NAME) == NoAnswer(Hold.MISSING)
    assert not nowhere.forget("printer job 1", NAME)
    assert nowhere.abilities() == Abilities()


def test_without_cups_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "none"))
    nobody = CupsPrinter(QUEUE, ROLL_80)
    assert nobody.status().hold is Hold.OFFLINE
    assert nobody.follow("printer job 1", NAME) == NoAnswer(Hold.OFFLINE)


# Where CUPS and printers are


@pytest.mark.parametrize(
    ("named", "uri", "at"),
    [
        ("printserver", "ipp://printserver:631/ipp/print", None),
        ("192.0.2.1:8631/version=1.1", "ipp://192.0.2.1:8631/ipp/print", None),
        ("/run/other.sock", "ipp://localhost:631/ipp/print", Path("/run/other.sock")),
    ],
)
def test_cups_is_where_cups_server_says(
    monkeypatch: pytest.MonkeyPatch, named: str, uri: str, at: Path | None
) -> None:
    monkeypatch.setenv("CUPS_SERVER", named)
    found = cups_server()
    assert (found.uri, found.socket) == (uri, at)


def test_cups_is_on_this_machine(monkeypatch: pytest.MonkeyPatch, cups: PrivateCups) -> None:
    monkeypatch.delenv("CUPS_SERVER", raising=False)
    monkeypatch.setattr("printing.cups._SOCKETS", (Path("/none"), cups.socket))
    assert cups_server().socket == cups.socket
    monkeypatch.setattr("printing.cups._SOCKETS", ())
    assert (cups_server().host, cups_server().port) == ("localhost", 631)


@pytest.mark.parametrize(
    ("device", "address"),
    [
        ("ipp://192.0.2.7/ipp/print", "ipp://192.0.2.7/ipp/print"),
        ("ipps://me@host:443/ipp?waitjob=false", "ipps://host:443/ipp"),
        ("http://host:631/ipp", "http://host:631/ipp"),
        ("usb://EPSON/L3210?serial=1", None),
        ("socket://192.0.2.7:9100", None),
        ("implicitclass://slip/", None),
        ("ipp:", None),
        ("", None),
        ("dnssd://Kantor%20._pdl-datastream._tcp.local/?uuid=1", None),
    ],
)
def test_a_printer_behind_a_queue_is_asked_where_it_speaks_ipp(
    device: str, address: str | None
) -> None:
    assert printer_behind(device) == address


ANNOUNCED = "\n".join(
    (
        r"+;lo;IPv4;Kantor\032Kecamatan\032\0402\041;_ipp._tcp;local",
        (
            r"=;lo;IPv4;Kantor\032Kecamatan\032\0402\041;_ipp._tcp;local;kantor.local;192.0.2.7;"
            '631;"txtvers=1" "rp=ipp/print" "ty=Kantor; 2"'
        ),
        r"=;lo;IPv6;Loket;_ipps._tcp;local;loket.local;2001:db8::1;8443;",
        "=;lo;IPv4;broken",
        "=;lo;IPv4;x;_http._tcp;local;x.local;192.0.2.9;80;",
    )
)


def test_announcements_are_read() -> None:
    assert parse(ANNOUNCED) == [
        Announced("Kantor Kecamatan (2)", "_ipp._tcp", "ipp://kantor.local:631/ipp/print"),
        Announced("Loket", "_ipps._tcp", "ipps://loket.local:8443/ipp/print"),
    ]


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An avahi-browse that has heard what stands in the returned file."""
    program = tmp_path / "avahi-browse"
    program.write_text(f'#!/bin/sh\ngrep ";$4;" "{tmp_path}/heard"\nexit 0\n')
    program.chmod(0o755)
    (tmp_path / "heard").write_text(ANNOUNCED)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path / "heard"


def test_a_queue_of_an_announced_printer_asks_it(browser: Path) -> None:
    device = "dnssd://Kantor%20Kecamatan%20(2)._ipp._tcp.local/?uuid=1"
    assert is_announced(device)
    assert printer_behind(device) == "ipp://kantor.local:631/ipp/print"
    assert printer_behind("ipps://Loket._ipps._tcp.local/") == "ipps://loket.local:8443/ipp/print"
    browser.write_text("")
    with pytest.raises(Unreachable):
        printer_behind(device)
    (browser.parent / "avahi-browse").unlink()
    assert printer_behind(device) is None
