"""ESC/POS printers on USB, through pyusb."""

from collections.abc import Iterator

import pytest
import usb.backend.libusb0
import usb.backend.libusb1
import usb.backend.openusb
from escpos_machine import Machine
from test_escpos_printer import (
    NAME,
    NATIVE,
    NEXT,
    follow_until,
    held_by,
    is_end,
    wanted,
    whole_slips,
)
from usb_printer import UsbPrinter

from kiosk.domain.escpos_address import UsbAddress
from kiosk.domain.print_job import Hold
from printing import escpos_printer
from printing.escpos_printer import EscposPrinter
from printing.port import Abilities, CameOut, LostTrack, NotSent, Sent

ADDRESS = UsbAddress(0x04B8, 0x0E15)


@pytest.fixture
def machine() -> Iterator[Machine]:
    with Machine() as machine:
        yield machine
    assert machine.garbage == []


@pytest.fixture
def plug(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> UsbPrinter:
    plug = UsbPrinter(machine.port)
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda: plug)
    monkeypatch.setattr(escpos_printer, "_PATIENCE_S", 0.05)
    monkeypatch.setattr(escpos_printer, "_QUIET_S", 0.05)
    return plug


def test_a_page_comes_out_and_the_printer_is_given_back(machine: Machine, plug: UsbPrinter) -> None:
    printer = EscposPrinter(ADDRESS)
    assert printer.abilities() == Abilities(
        "Contoh TM-Contoh", reports_paper=True, reports_jobs=True
    )
    assert printer.send(NATIVE, NAME, wanted) == Sent()
    assert isinstance(follow_until(printer, is_end)[-1], CameOut)
    assert whole_slips(machine) == 1
    assert plug.claimed == set()
    printer.close()


def test_paper_that_ends_in_the_middle_holds_the_page(machine: Machine, plug: UsbPrinter) -> None:
    machine.paper_left = 8
    printer = EscposPrinter(ADDRESS)
    assert printer.send(NATIVE, NAME, wanted) == Sent()
    follow_until(printer, held_by(Hold.NO_PAPER))
    assert plug.claimed == {0}
    machine.refill()
    assert isinstance(follow_until(printer, is_end)[-1], CameOut)
    assert whole_slips(machine) == 1


def test_an_unplugged_printer_gets_nothing(machine: Machine, plug: UsbPrinter) -> None:
    plug.plugged = False
    printer = EscposPrinter(ADDRESS)
    assert printer.status().hold is Hold.OFFLINE
    assert printer.send(NATIVE, NAME, pytest.fail) == NotSent(Hold.OFFLINE)
    assert machine.printed == []


def test_unplugged_in_the_middle_nobody_knows(machine: Machine, plug: UsbPrinter) -> None:
    machine.paper_left = 8
    printer = EscposPrinter(ADDRESS)
    assert printer.send(NATIVE, NAME, wanted) == Sent()
    machine.wait_until(lambda: machine.paper_left == 0)
    plug.plugged = False
    assert isinstance(follow_until(printer, is_end)[-1], LostTrack)
    assert whole_slips(machine) == 0
    machine.off()
    machine.on()
    machine.refill()
    plug.plugged = True
    assert printer.send(NATIVE, NEXT, wanted) == Sent()
    assert isinstance(follow_until(printer, is_end, NEXT)[-1], CameOut)
    assert whole_slips(machine) == 1


def test_what_keeps_usb_from_being_used_is_said(
    machine: Machine, plug: UsbPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = EscposPrinter(ADDRESS)
    plug.allowed = False
    assert printer.status().hold is Hold.MISSING
    monkeypatch.setattr(
        usb.backend.libusb1, "get_backend", lambda: UsbPrinter(machine.port, kind=3)
    )
    assert "no printer" in printer.status().says
    for backend in (usb.backend.libusb1, usb.backend.libusb0, usb.backend.openusb):
        monkeypatch.setattr(backend, "get_backend", lambda: None)
    assert printer.status().hold is Hold.MISSING
    assert "libusb" in printer.status().says
