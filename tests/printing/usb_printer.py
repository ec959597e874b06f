"""A USB printer as pyusb's backend sees it, with our ESC/POS printer behind it.

Stands in for libusb alone: finding, claiming and the transfers are pyusb's own.
"""

import errno
import socket
from array import array
from types import SimpleNamespace
from typing import Any

from usb.backend import IBackend
from usb.core import USBError

VENDOR, PRODUCT = 0x04B8, 0x0E15
OUT, BACK, PACKET = 0x02, 0x81, 64
_NAMES = {1: "Contoh", 2: "TM-Contoh"}


class UsbPrinter(IBackend):  # type: ignore[misc]
    """`port` is where the printer listens; `plugged`: whether it is on the bus."""

    def __init__(self, port: int, *, kind: int = 7) -> None:
        self.plugged = True
        self.allowed = True
        self.kernel_driver = True
        self.claimed: set[int] = set()
        self._port = port
        self._kind = kind
        self._line: socket.socket | None = None

    def enumerate_devices(self) -> Any:
        return iter(["device"] if self.plugged else [])

    def get_device_descriptor(self, _dev: Any) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0,
            bDeviceProtocol=0, bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT,
            bcdDevice=0, iManufacturer=1, iProduct=2, iSerialNumber=0, bNumConfigurations=1,
            address=1, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, _dev: Any, _config: int) -> Any:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1,
            bConfigurationValue=1, iConfiguration=0, bmAttributes=0xC0, bMaxPower=1,
            extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, _dev: Any, intf: int, alt: int, _config: int) -> Any:
        if intf or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0,
            bNumEndpoints=2, bInterfaceClass=self._kind, bInterfaceSubClass=1,
            bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, _dev: Any, ep: int, *_: int) -> Any:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(OUT, BACK)[ep], bmAttributes=2,
            wMaxPacketSize=PACKET, bInterval=0, bRefresh=0, bSynchAddress=0,
            extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, _dev: Any) -> str:
        if not self.allowed:
            raise USBError("Access denied", -3, errno.EACCES)
        return "handle"

    def close_device(self, _handle: Any) -> None:
        self._hang_up()

    def get_configuration(self, _handle: Any) -> int:
        return 1

    def is_kernel_driver_active(self, _handle: Any, _intf: int) -> bool:
        return self.kernel_driver

    def detach_kernel_driver(self, _handle: Any, _intf: int) -> None:
        self.kernel_driver = False

    def claim_interface(self, _handle: Any, intf: int) -> None:
        if self.kernel_driver:
            raise USBError("Resource busy", -6, errno.EBUSY)
        self.claimed.add(intf)
        self._line = socket.create_connection(("127.0.0.1", self._port))

    def release_interface(self, _handle: Any, intf: int) -> None:
        self.claimed.discard(intf)
        self._hang_up()

    def ctrl_transfer(self, *request: Any) -> int:
        """Of all requests only those for names come."""
        *_, value, _index, data, _timeout = request
        which = value & 0xFF
        said = b"\x09\x04" if not which else _NAMES[which].encode("utf-16-le")
        answer = bytes([len(said) + 2, 3]) + said
        data[: len(answer)] = array("B", answer)
        return len(answer)

    def bulk_write(self, _handle: Any, ep: int, _intf: int, data: Any, timeout: int) -> int:
        assert ep == OUT
        try:
            line = self._wire(timeout)
            return line.send(bytes(data))
        except OSError as error:
            raise self._failure(error) from None

    def bulk_read(self, _handle: Any, ep: int, _intf: int, buff: Any, timeout: int) -> int:
        assert ep == BACK
        try:
            line = self._wire(timeout)
            received = line.recv(len(buff))
        except OSError as error:
            raise self._failure(error) from None
        if not received:
            raise USBError("No such device", -4, errno.ENODEV)
        buff[: len(received)] = array("B", received)
        return len(received)

    def _wire(self, timeout: int) -> socket.socket:
        if not self.plugged or self._line is None:
            raise USBError("No such device", -4, errno.ENODEV)
        assert timeout > 0
        self._line.settimeout(timeout / 1000)
        return self._line

    def _failure(self, error: OSError) -> Any:
        if isinstance(error, TimeoutError):
            return USBError("Operation timed out", -7, errno.ETIMEDOUT)
        return USBError("No such device", -4, errno.ENODEV)

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
