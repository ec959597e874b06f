"""Where a printer that speaks ESC/POS is: behind a network port, or on USB."""

import re
from dataclasses import dataclass

_PREFIX = "escpos"
_PORT = 9100
_NETWORK = re.compile(
    r"escpos://(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:(?P<port>[0-9]{1,5}))?/?"
)
_USB = re.compile(r"escpos-usb://(?P<vendor>[0-9A-Fa-f]{4}):(?P<product>[0-9A-Fa-f]{4})/?")


@dataclass(frozen=True, slots=True)
class NetworkAddress:
    """A host name or IP address, and the port of raw printing."""

    host: str
    port: int = _PORT


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """The vendor's and the product's number, as `lsusb` shows them."""

    vendor: int
    product: int


EscposAddress = NetworkAddress | UsbAddress


def parse_escpos_address(printer: str) -> EscposAddress | None:
    """Return the address in the setting `printer`, None for a printer that speaks no ESC/POS.

    Raises ValueError for one that is meant to be ESC/POS and names no such place.
    """
    if not printer.startswith(_PREFIX) or "://" not in printer:
        return None
    if usb := _USB.fullmatch(printer):
        return UsbAddress(int(usb["vendor"], 16), int(usb["product"], 16))
    network = _NETWORK.fullmatch(printer)
    if network is None or not 0 < int(network["port"] or _PORT) < 1 << 16:
        raise ValueError(
            'printer must be like "escpos://192.168.1.9:9100" (network) '
            'or "escpos-usb://04b8:0e15" (USB, as lsusb shows it)'
        )
    return NetworkAddress(network["host"].strip("[]"), int(network["port"] or _PORT))
