"""Where CUPS is, and what stands behind its queues."""

import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from printing.dnssd import CannotBrowse, is_announced, resolve
from printing.ipp_client import Address, Unreachable, parse_address

_SOCKETS = (Path("/run/cups/cups.sock"), Path("/var/run/cups/cups.sock"))


def cups_server() -> Address:
    """Return where CUPS listens: CUPS_SERVER, else its socket, else this machine's port 631.

    Raises ValueError for a CUPS_SERVER that is no host, host:port or path.
    """
    named = os.environ.get("CUPS_SERVER", "").partition("/version=")[0]
    if named.startswith("/"):
        return _at_socket(Path(named))
    if named:
        return parse_address(f"ipp://{named}/")
    found = next((socket for socket in _SOCKETS if socket.is_socket()), None)
    return _at_socket(found) if found else parse_address("ipp://localhost/")


def _at_socket(socket: Path) -> Address:
    return replace(parse_address("ipp://localhost/"), socket=socket)


def printer_behind(device_uri: str) -> str | None:
    """Return the address in IPP of a queue's device; None where it speaks something else.

    Raises Unreachable where it is known by its announcement and announces itself no more.
    """
    if is_announced(device_uri):
        return _announced(device_uri)
    parts = urlsplit(device_uri)
    if parts.scheme not in ("ipp", "ipps", "http", "https") or not parts.hostname:
        return None
    # What stands before "@" and behind "?" is for CUPS's own backend.
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _announced(device_uri: str) -> str | None:
    try:
        address = resolve(device_uri)
    except CannotBrowse:
        return None
    if address is None:
        raise Unreachable("the printer does not announce itself")
    return address
