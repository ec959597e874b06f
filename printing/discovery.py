"""Looks for printers: queues and devices of CUPS, announcements on the network, USB.

Nothing is changed by looking, and what cannot be looked at says why.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from printing.cups import cups_server
from printing.cups_printer import CupsPrinter
from printing.dnssd import CannotBrowse, browse
from printing.ipp import Operation, Tag, integer, keyword, text_of
from printing.ipp_client import Address, Client, IppFailure, Refused, parse_address
from printing.ipp_printer import IppPrinter
from printing.ipp_printing import printable
from printing.papers import ROLL_80
from printing.port import Abilities, Status

LOOK_S = 3.0
"""So long is one printer waited for."""
_DEVICES_S = 5
_USB = Path("/sys/bus/usb/devices")
_PRINTER_CLASS = "07"
_ESCPOS = "ESC/POS"
_NO_PRINTERS = frozenset({"cups-brf", "serial", "parallel", "file"})


class Source(StrEnum):
    """Where it was looked."""

    QUEUE = "cups_queue"
    DEVICE = "cups_device"
    NETWORK = "network"
    USB = "usb"


@dataclass(frozen=True, slots=True)
class FoundPrinter:
    """A printer, as far as it says.

    `address` is what to put into the setting `printer`; "" where it needs a queue of CUPS first.
    `device` is where it is connected. `status` is None where nobody can be asked.
    """

    source: Source
    name: str
    address: str
    device: str
    abilities: Abilities
    status: Status | None


@dataclass(frozen=True, slots=True)
class NotLooked:
    """Somewhere printers may be that could not be looked at, and why."""

    source: Source
    why: str


Finding = FoundPrinter | NotLooked


def found_printers(server: Address | None = None, usb: Path = _USB) -> list[Finding]:
    """Look everywhere; takes as long as what does not answer, a few seconds each. Never raises."""
    return [
        *_from_cups(Source.QUEUE, server, _queues),
        *_from_cups(Source.DEVICE, server, _devices),
        *_announced(),
        *_on_usb(usb),
    ]


def _from_cups(
    source: Source,
    server: Address | None,
    look: Callable[[Address], Iterator[FoundPrinter]],
) -> list[Finding]:
    try:
        return list(look(server or cups_server()))
    except Refused:
        return [NotLooked(source, "CUPS shows it to members of the group lpadmin alone")]
    except (IppFailure, ValueError) as failure:
        return [NotLooked(source, f"CUPS: {failure}")]


def _queues(server: Address) -> Iterator[FoundPrinter]:
    asked = {"requested-attributes": keyword("printer-name", "device-uri")}
    answer = _at_root(server, LOOK_S).ask(Operation.CUPS_GET_PRINTERS, asked)
    for queue in answer.groups_of(Tag.PRINTER_GROUP):
        name = text_of(queue, "printer-name")
        printer = CupsPrinter(name, ROLL_80, server, LOOK_S)
        yield FoundPrinter(
            source=Source.QUEUE,
            name=printable(name),
            address=name,
            device=printable(text_of(queue, "device-uri")),
            abilities=printer.abilities(),
            status=printer.stands(),
        )


def _devices(server: Address) -> Iterator[FoundPrinter]:
    asked = {"timeout": integer(_DEVICES_S)}
    answer = _at_root(server, _DEVICES_S + LOOK_S).ask(Operation.CUPS_GET_DEVICES, asked)
    for device in answer.groups_of(Tag.PRINTER_GROUP):
        uri = text_of(device, "device-uri")
        scheme, colon, _ = uri.partition(":")
        if not colon or scheme in _NO_PRINTERS:
            continue  # a kind of connection that CUPS knows, not a printer
        yield FoundPrinter(
            source=Source.DEVICE,
            name=printable(text_of(device, "device-info")),
            address=uri if scheme in ("ipp", "ipps") else "",
            device=printable(uri),
            abilities=Abilities(model=printable(text_of(device, "device-make-and-model"))),
            status=None,
        )


def _at_root(server: Address, answer_s: float) -> Client:
    return Client(replace(server, path="/"), answer_s)


def _announced() -> Iterator[Finding]:
    try:
        found = browse()
    except CannotBrowse as reason:
        yield NotLooked(Source.NETWORK, str(reason))
        return
    for one in found:
        with suppress(ValueError):
            printer = IppPrinter(parse_address(one.address), ROLL_80, LOOK_S)
            yield FoundPrinter(
                source=Source.NETWORK,
                name=printable(one.name),
                address=one.address,
                device=one.address,
                abilities=printer.abilities(),
                status=printer.status(),
            )


def _on_usb(devices: Path) -> Iterator[Finding]:
    """Read what the kernel knows: that needs no rights, and disturbs no printer."""
    if not devices.is_dir():
        yield NotLooked(Source.USB, f"{devices} is not there")
        return
    for interface in sorted(devices.glob("*:*")):
        if _read(interface / "bInterfaceClass") == _PRINTER_CLASS:
            yield _usb_printer(devices / interface.name.partition(":")[0], interface)


def _usb_printer(device: Path, interface: Path) -> FoundPrinter:
    number = f"{_read(device / 'idVendor')}:{_read(device / 'idProduct')}"
    said = dict(
        part.split(":", 1) for part in _read(interface / "ieee1284_id").split(";") if ":" in part
    )
    commands = said.get("CMD") or said.get("COMMAND SET", "")
    model = " ".join(
        name for name in (_read(device / "manufacturer"), _read(device / "product")) if name
    )
    return FoundPrinter(
        source=Source.USB,
        name=printable(model),
        address=f"escpos-usb://{number}" if _ESCPOS in commands.upper() else "",
        device=f"usb {number}",
        abilities=Abilities(model=printable(model)),
        status=None,
    )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
