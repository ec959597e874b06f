"""A queue of CUPS in the settings: it leads to a printer, which gets the page itself if it can.

CUPS prints a page again whose end it did not see: after a restart in the middle of it, or after a
lost connection. So a printer that speaks IPP and reads what is made here is given the page past
CUPS, once. Others need CUPS's drivers and cables, and get it through the queue (cups_queue.py).
"""

import math
import time
from collections.abc import Callable

from printing.cups import cups_server, printer_behind
from printing.cups_queue import CupsQueue
from printing.ipp_client import Address, IppFailure, parse_address
from printing.ipp_printer import IppPrinter
from printing.ipp_printing import NoPrinter, hold_of
from printing.papers import Paper
from printing.port import (
    ANSWER_S,
    FORGET_S,
    Abilities,
    LostTrack,
    News,
    NoAnswer,
    NotSent,
    Outcome,
    Status,
    require_name,
)

_PAST_CUPS = "printer "


class CupsPrinter:
    """Prints on `paper` at the printer behind a queue of CUPS."""

    def __init__(
        self,
        queue: str,
        paper: Paper,
        server: Address | None = None,
        answer_s: float = ANSWER_S,
    ) -> None:
        self._paper = paper
        self._answer_s = answer_s
        self._queue = CupsQueue(queue, paper, server or cups_server(), answer_s)
        self._device_uri: str | None = None
        self._printers: dict[str, IppPrinter] = {}

    def status(self) -> Status:
        """Ask the printer, or else the queue; see Printer.status."""
        try:
            return (self._direct() or self._queue).status()
        except IppFailure as failure:
            return Status(hold_of(failure), says=str(failure))

    def stands(self) -> Status:
        """How it stands, without starting a queue that has stopped."""
        try:
            direct = self._direct()
        except IppFailure as failure:
            return Status(hold_of(failure), says=str(failure))
        return self._queue.stands() if direct is None else direct.status()

    def abilities(self) -> Abilities:
        """Ask the printer, or else the queue; see Printer.abilities."""
        try:
            return (self._direct() or self._queue).abilities()
        except IppFailure:
            return Abilities()

    def send(self, page: bytes, name: str, begin: Callable[[str], bool]) -> Outcome:
        """Hand over one page, a PDF; see Printer.send."""
        require_name(name)
        try:
            direct = self._direct()
        except IppFailure as failure:
            return NotSent(hold_of(failure))
        if direct is None:
            return self._queue.send(page, name, begin)
        return direct.send(page, name, lambda handle: begin(_PAST_CUPS + handle))

    def follow(self, handle: str, name: str) -> News:
        """Ask where the page was handed to; see Printer.follow."""
        require_name(name)
        if not handle.startswith(_PAST_CUPS):
            return self._queue.follow(handle, name)
        try:
            printer = self._behind()
        except IppFailure as failure:
            return NoAnswer(hold_of(failure))
        if printer is None:
            return LostTrack("the queue leads to another printer")
        return printer.follow(handle.removeprefix(_PAST_CUPS), name)

    def forget(self, handle: str, name: str) -> bool:
        """Take the page back where it was handed to; see Printer.forget."""
        require_name(name)
        if not handle.startswith(_PAST_CUPS):
            return self._queue.forget(handle, name)
        try:
            printer = self._behind(time.monotonic() + FORGET_S / 2)
        except IppFailure:
            return False
        return printer is None or printer.forget(handle.removeprefix(_PAST_CUPS), name)

    def close(self) -> None:
        """Nothing is held open."""

    def _direct(self) -> IppPrinter | None:
        """Return the printer behind the queue if it can be given a page; raises IppFailure."""
        printer = self._behind()
        return printer if printer is not None and printer.reads_pages() else None

    def _behind(self, until: float = math.inf) -> IppPrinter | None:
        """Return the printer behind the queue if it speaks IPP.

        CUPS is needed to learn where the printer is, once. The printer's certificate is not
        looked at, as CUPS itself does not.
        """
        try:
            self._device_uri = self._queue.look(until).device_uri
        except NoPrinter:
            raise
        except IppFailure:
            if self._device_uri is None:
                raise
        uri = self._device_uri
        if uri not in self._printers:
            address = printer_behind(uri)
            if address is None:
                return None
            self._printers[uri] = IppPrinter(
                parse_address(address), self._paper, self._answer_s, is_verified=False
            )
        return self._printers[uri]
