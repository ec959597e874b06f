"""What is found where, and what is said where nothing can be looked at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_printer import LOW_PAPER, FaultPrinter
from private_cups import QUEUE, PrivateCups, queued_printer, running_cups

from kiosk.domain.print_job import Hold
from printing.discovery import FoundPrinter, NotLooked, Source, found_printers
from printing.ipp_client import Address, parse_address
from printing.port import Abilities, Status

MODEL = "Pencetak Uji 1000"
KNOWN = Abilities(MODEL, "iso_a4_210x297mm", True, True)


@pytest.fixture(scope="module")
def cups() -> Iterator[PrivateCups]:
    with running_cups() as running:
        yield running


@pytest.fixture
def printer(cups: PrivateCups) -> Iterator[FaultPrinter]:
    with queued_printer(cups) as queued:
        yield queued


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder for USB devices, on a machine that hears no announcements."""
    monkeypatch.setenv("PATH", str(tmp_path))
    devices = tmp_path / "devices"
    devices.mkdir()
    return devices


def found(source: Source, server: Address, usb: Path) -> list[FoundPrinter] | list[NotLooked]:
    return [one for one in found_printers(server, usb) if one.source is source]  # type: ignore[return-value]


def test_queues_of_cups_are_found_with_their_printers(
    cups: PrivateCups, printer: FaultPrinter, alone: Path
) -> None:
    LOW_PAPER.begin(printer)
    assert found(Source.QUEUE, cups.address, alone) == [
        FoundPrinter(
            Source.QUEUE,
            QUEUE,
            QUEUE,
            printer.uri,
            KNOWN,
            Status(paper_low=True, says="media-low-warning"),
        )
    ]


def test_looking_starts_no_stopped_queue(cups: PrivateCups, alone: Path) -> None:
    cups.add_queue("cable", "socket://127.0.0.1:9", "-m", "raw")
    program = Path("/usr/sbin/cupsdisable")
    assert program.exists()
    import subprocess

    subprocess.run([program, "-h", str(cups.socket), "cable"], check=True)
    try:
        (cable,) = found(Source.QUEUE, cups.address, alone)
        (again,) = found(Source.QUEUE, cups.address, alone)
    finally:
        subprocess.run(["/usr/sbin/lpadmin", "-h", str(cups.socket), "-x", "cable"], check=True)
    assert cable == again
    assert isinstance(cable, FoundPrinter)
    assert (cable.address, cable.device) == ("cable", "socket://127.0.0.1:9")
    assert cable.status is not None
    assert cable.status.hold is Hold.STOPPED
    assert not cable.abilities.reports_jobs


def test_devices_of_cups_are_shown_to_its_staff_alone(cups: PrivateCups, alone: Path) -> None:
    stranger = parse_address(f"ipp://127.0.0.1:{cups.port}/")
    assert found(Source.DEVICE, stranger, alone) == [
        NotLooked(Source.DEVICE, "CUPS shows it to members of the group lpadmin alone")
    ]
    # Kinds of connections and a braille file are no printers; this machine may have real ones.
    devices = found(Source.DEVICE, cups.address, alone)
    assert all(isinstance(one, FoundPrinter) and ":" in one.device for one in devices)


def test_without_cups_and_network_it_says_so(tmp_path: Path, alone: Path) -> None:
    server = parse_address("ipp://127.0.0.1:9/")
    findings = found_printers(server, tmp_path / "none")
    why = [(one.source, one.why) for one in findings if isinstance(one, NotLooked)]
    assert why == [
        (Source.QUEUE, "CUPS: nobody answers: ConnectionRefusedError"),
        (Source.DEVICE, "CUPS: nobody answers: ConnectionRefusedError"),
        (Source.NETWORK, "avahi-utils is not installed"),
        (Source.USB, f"{tmp_path}/none is not there"),
    ]


def test_announced_printers_are_found_and_asked(
    cups: PrivateCups, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultPrinter() as printer:
        line = f'=;lo;IPv4;Loket;_ipp._tcp;local;127.0.0.1;127.0.0.1;{printer.port};"rp=ipp/print"'
        program = alone.parent / "avahi-browse"
        program.write_text(f"#!/bin/sh\n[ $4 = _ipp._tcp ] && echo '{line}'\nexit 0\n")
        program.chmod(0o755)
        assert found(Source.NETWORK, cups.address, alone) == [
            FoundPrinter(Source.NETWORK, "Loket", printer.uri, printer.uri, KNOWN, Status())
        ]
    program.write_text("#!/bin/sh\necho 'Failed to create client object: Daemon' >&2\nexit 1\n")
    assert found(Source.NETWORK, cups.address, alone) == [
        NotLooked(Source.NETWORK, "Failed to create client object: Daemon")
    ]


def usb_device(devices: Path, name: str, interface_class: str, **said: str) -> None:
    """A device as the kernel shows it."""
    device, interface = devices / name, devices / f"{name}:1.0"
    device.mkdir()
    interface.mkdir()
    (interface / "bInterfaceClass").write_text(f"{interface_class}\n")
    for file, content in said.items():
        folder = interface if file == "ieee1284_id" else device
        (folder / file).write_text(f"{content}\n")


def test_printers_on_usb_are_found_without_rights(cups: PrivateCups, alone: Path) -> None:
    thermal = {"idVendor": "04b8", "idProduct": "0e28", "manufacturer": "EPSON"}
    said = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T82X;CLS:PRINTER;"
    usb_device(alone, "1-1", "07", **thermal, product="TM-T82X", ieee1284_id=said)
    usb_device(alone, "1-2", "07", idVendor="04b8", idProduct="1142", product="L3210")
    usb_device(alone, "1-3", "08", idVendor="0781", idProduct="5567", product="Cruzer")
    on_usb = found(Source.USB, cups.address, alone)
    assert on_usb == [
        FoundPrinter(
            Source.USB,
            "EPSON TM-T82X",
            "escpos-usb://04b8:0e28",
            "usb 04b8:0e28",
            Abilities("EPSON TM-T82X"),
            None,
        ),
        FoundPrinter(Source.USB, "L3210", "", "usb 04b8:1142", Abilities("L3210"), None),
    ]
