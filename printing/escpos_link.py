"""The line to an ESC/POS printer: a network port or USB.

python-escpos's own connections are not used. `Network` knows IPv4 alone and sends all or nothing,
so that it cannot say how far a page got; `Usb` resets the printer when it opens it, which throws
away a page under way, and waits without end.
"""

import contextlib
import errno
import select
import socket
from typing import Any, Protocol

from kiosk.domain.escpos_address import EscposAddress, NetworkAddress, UsbAddress
from kiosk.domain.print_job import Hold

_CONNECT_S = 5.0
_USB_PRINTER_CLASS = 7
_READ_BYTES = 512
_SEND_BUFFER = 8192
_TIMEOUTS = frozenset({errno.ETIMEDOUT, errno.EAGAIN})


class LinkLost(Exception):
    """The line is gone; what was on its way may have arrived or not."""


class NoLink(Exception):
    """There is no line: `hold` says why, `says` more about it for the staff."""

    def __init__(self, hold: Hold, says: str) -> None:
        super().__init__(says)
        self.hold = hold
        self.says = says


class Link(Protocol):
    """Bytes there and back. All waiting is at most `timeout_s`; reading and writing may raise
    LinkLost. `model` is what the printer calls itself there, "" if it does not."""

    model: str

    def write(self, data: bytes, timeout_s: float) -> int:
        """Hand over as much as is taken, and return how many bytes that was."""

    def read(self, timeout_s: float) -> bytes:
        """Return what has come, as soon as something has; b"" if nothing does."""

    def close(self) -> None:
        """Let go; never raises."""


def open_link(address: EscposAddress) -> Link:
    """Connect to a printer; raises NoLink."""
    if isinstance(address, NetworkAddress):
        return _connect(address)
    return _find_on_usb(address)


class _NetworkLink:
    model = ""

    def __init__(self, connected: socket.socket) -> None:
        connected.setblocking(False)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        # What waits in this machine has not been handed over.
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        self._socket = connected

    def write(self, data: bytes, timeout_s: float) -> int:
        try:
            if not select.select([], [self._socket], [], timeout_s)[1]:
                return 0
            return self._socket.send(data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise LinkLost(_name(error)) from None

    def read(self, timeout_s: float) -> bytes:
        try:
            if not select.select([self._socket], [], [], timeout_s)[0]:
                return b""
            received = self._socket.recv(_READ_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise LinkLost(_name(error)) from None
        if not received:
            raise LinkLost("closed by the printer")
        return received

    def close(self) -> None:
        with contextlib.suppress(OSError):
            # Unread answers would make the kernel break the line, and the printer drop a page.
            self._socket.shutdown(socket.SHUT_WR)
            while self._socket.recv(_READ_BYTES):
                pass
        self._socket.close()


def _connect(address: NetworkAddress) -> Link:
    try:
        return _NetworkLink(socket.create_connection((address.host, address.port), _CONNECT_S))
    except (socket.gaierror, UnicodeError):
        raise NoLink(Hold.MISSING, "no such host") from None
    except OSError as error:
        raise NoLink(Hold.OFFLINE, _name(error)) from None


class _UsbLink:
    def __init__(self, device: Any, interface: Any, out: Any, back: Any) -> None:
        self._device = device
        self._interface = interface
        self._out = out
        self._back = back
        self.model = _names(device)

    def write(self, data: bytes, timeout_s: float) -> int:
        from usb.core import USBError  # noqa: PLC0415 (see _find_on_usb)

        try:
            # In packets, because a write that times out does not say how much of it was taken.
            packet = data[: self._out.wMaxPacketSize]
            written: int = self._out.write(packet, _milliseconds(timeout_s))
        except USBError as error:
            if error.errno in _TIMEOUTS:
                return 0
            raise LinkLost(_name(error)) from None
        return written

    def read(self, timeout_s: float) -> bytes:
        from usb.core import USBError  # noqa: PLC0415 (as above)

        if self._back is None:
            return b""
        try:
            return bytes(self._back.read(self._back.wMaxPacketSize, _milliseconds(timeout_s)))
        except USBError as error:
            if error.errno in _TIMEOUTS:
                return b""
            raise LinkLost(_name(error)) from None

    def close(self) -> None:
        from usb.core import USBError  # noqa: PLC0415 (as above)
        from usb.util import dispose_resources, release_interface  # noqa: PLC0415

        with contextlib.suppress(USBError):
            release_interface(self._device, self._interface)
        dispose_resources(self._device)


def _find_on_usb(address: UsbAddress) -> Link:
    from usb.core import NoBackendError, USBError, find  # noqa: PLC0415 (only where it is needed)

    try:
        device = find(idVendor=address.vendor, idProduct=address.product)
        if device is None:
            raise NoLink(Hold.OFFLINE, "no such device on USB")
        return _claim(device)
    except NoBackendError:
        raise NoLink(Hold.MISSING, "libusb-1.0-0 is not installed") from None
    except USBError as error:
        hold = Hold.MISSING if error.errno == errno.EACCES else Hold.OFFLINE
        raise NoLink(hold, _name(error)) from None


def _claim(device: Any) -> Link:
    from usb import util  # noqa: PLC0415 (as above)

    interface = util.find_descriptor(
        device.get_active_configuration(), bInterfaceClass=_USB_PRINTER_CLASS
    )
    if interface is None:
        raise NoLink(Hold.MISSING, "that device on USB is no printer")
    with contextlib.suppress(NotImplementedError):
        if device.is_kernel_driver_active(interface.bInterfaceNumber):
            device.detach_kernel_driver(interface.bInterfaceNumber)
    util.claim_interface(device, interface)

    def endpoint(direction: int) -> Any:
        return util.find_descriptor(
            interface,
            custom_match=lambda one: (
                util.endpoint_direction(one.bEndpointAddress) == direction
                and util.endpoint_type(one.bmAttributes) == util.ENDPOINT_TYPE_BULK
            ),
        )

    return _UsbLink(device, interface, endpoint(util.ENDPOINT_OUT), endpoint(util.ENDPOINT_IN))


def _names(device: Any) -> str:
    from usb.core import USBError  # noqa: PLC0415 (as above)

    try:
        return " ".join(name for name in (device.manufacturer, device.product) if name)
    except (USBError, ValueError):
        return ""


def _milliseconds(seconds: float) -> int:
    """To libusb none is without end."""
    return max(1, int(seconds * 1000))


def _name(error: OSError) -> str:
    return error.strerror or type(error).__name__
