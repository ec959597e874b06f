"""An ESC/POS printer of our own on a loopback port, with the faults of real ones.

What it put on paper is judged by what its own interpreter made of the bytes (escpos_paper).
"""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from escpos_paper import Garbage, Interpreter, Paper

WAIT_S = 20
_AT_ONCE = 32
_RECEIVE_BUFFER = 4096
_RESET = struct.pack("ii", 1, 0)


class Machine:
    """Switched on when it is entered. Faults are set from outside, under no lock of its own.

    `paper_left` lines are left on the roll (None: enough), `buffer` bytes wait inside; what comes
    besides is left on the network. `stands` and `marks`: whether it answers DLE EOT and GS r.
    """

    def __init__(
        self,
        dots: int = 576,
        *,
        paper_left: int | None = None,
        buffer: int = 4096,
        stands: bool = True,
        marks: bool = True,
    ) -> None:
        self.stands, self.marks, self.buffer = stands, marks, buffer
        self.paper_left = paper_left
        self.cover_open = self.jammed = self.paused = self.frozen = self.low = False
        self.cut_line_after: int | None = None
        self.ended_roll = 0
        self.received = 0
        self.connections = 0
        self.garbage: list[str] = []
        self._dots = dots
        self._changed = threading.Condition()
        self._waiting = bytearray()
        self._half = bytearray()
        self._line: socket.socket | None = None
        self._stopped = False
        self._power = 0
        self._all: list[Paper] = []
        self._interpreter = self._begin()
        self._listener = self._open(0)
        self.port: int = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._start(self._listen)
        self._start(self._print)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        with self._changed:
            self._stopped = True
        self.off()
        with self._changed:
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(WAIT_S)
            assert not thread.is_alive()

    @property
    def address(self) -> str:
        return f"escpos://127.0.0.1:{self.port}"

    @property
    def pages(self) -> list[Paper]:
        """The pages that were cut off."""
        return [page for page in self._all if page.cuts]

    @property
    def printed(self) -> list[Paper]:
        """Everything on paper, whole pages or not."""
        return [page for page in self._all if page.parts]

    def off(self) -> None:
        """Switch it off: the line breaks, what it had not printed is gone, nobody answers."""
        if self._listener.fileno() < 0:
            return
        with self._changed:
            self._forget()
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._hang_up(reset=True)

    def on(self) -> None:
        """Switch it on again at the same port."""
        with self._changed:
            self._listener = self._open(self.port)
        self._start(self._listen)

    def power_cycle_behind_a_box(self) -> None:
        """Forget everything, while the box that holds the line does not notice."""
        with self._changed:
            self._forget()

    def cut_line(self) -> None:
        """Break the line; the printer keeps what it has."""
        with self._changed:
            self._hang_up(reset=True)

    def refill(self) -> None:
        """Put in a new roll."""
        with self._changed:
            self.paper_left = None
            self._changed.notify_all()

    def mend(self) -> None:
        """Close the cover, take out the jam, press the button."""
        with self._changed:
            self.cover_open = self.jammed = self.paused = self.frozen = False
            self._changed.notify_all()

    def wait_until(self, is_so: Callable[[], object]) -> None:
        """Wait for something to have happened in the printer."""
        with self._changed:
            assert self._changed.wait_for(is_so, WAIT_S)

    @property
    def stalled(self) -> bool:
        return self.paper_left == 0 or self.cover_open or self.jammed or self.paused or self.frozen

    def _begin(self) -> Interpreter:
        power = self._power
        interpreter = Interpreter(
            self._dots, answer=self._answer, on_line=lambda: self._one_line(power)
        )
        interpreter.pages = self._all
        self._all.append(Paper(self._dots))
        return interpreter

    @staticmethod
    def _open(port: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
        listener.bind(("127.0.0.1", port))
        listener.listen()
        return listener

    def _forget(self) -> None:
        self._waiting.clear()
        self._half.clear()
        self._power += 1
        self._interpreter = self._begin()
        self._changed.notify_all()

    def _hang_up(self, *, reset: bool) -> None:
        if self._line is not None:
            if reset:
                self._line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            with contextlib.suppress(OSError):
                # Wakes the thread that reads; a closed descriptor would not.
                self._line.shutdown(socket.SHUT_RD)
            self._line.close()
            self._line = None
        self._changed.notify_all()

    def _start(self, run: Callable[[], None]) -> None:
        thread = threading.Thread(target=run, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        listener = self._listener
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with self._changed:
                self._hang_up(reset=False)
                self._line = line
                self.connections += 1
            self._start(lambda line=line: self._receive(line))  # type: ignore[misc]

    def _receive(self, line: socket.socket) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._stopped or self._line is not line or self._has_room()
                )
                if self._stopped or self._line is not line:
                    return
            try:
                received = line.recv(256)
            except OSError:
                return
            if not received:
                return
            with self._changed:
                if self._line is not line:
                    return  # switched off since
                self._take(received)
                self._changed.notify_all()

    def _has_room(self) -> bool:
        return len(self._waiting) < self.buffer and not self.frozen

    def _take(self, received: bytes) -> None:
        if self.cut_line_after is not None:
            left = max(0, self.cut_line_after - self.received)
            if len(received) > left:
                self._waiting += received[:left]
                self.received += left
                self.cut_line_after = None
                self._hang_up(reset=True)
                return
        self.received += len(received)
        self._half += received
        while (at := self._half.find(b"\x10\x04")) >= 0 and at + 2 < len(self._half):
            what = self._half[at + 2]
            del self._half[at : at + 3]
            if self.stands:
                self._say(bytes([self._state(what)]))
        rest = next((n for n in (2, 1) if self._half.endswith(b"\x10\x04"[:n])), 0)
        ready = len(self._half) - rest
        self._waiting += self._half[:ready]
        del self._half[:ready]

    def _state(self, what: int) -> int:
        no_paper = self.paper_left == 0
        return (
            0x12
            | {
                1: 0x08 if self.stalled else 0,
                2: 0x04 * self.cover_open | 0x20 * no_paper | 0x40 * self.jammed,
                3: 0x08 * self.jammed,
                4: 0x0C * (no_paper or self.low) | 0x60 * no_paper,
            }[what]
        )

    def _say(self, answer: bytes) -> None:
        if self._line is not None:
            try:
                self._line.sendall(answer)
            except OSError:
                self._hang_up(reset=False)

    def _answer(self, _: bytes) -> None:
        with self._changed:
            if self.marks:
                self._say(bytes([self.ended_roll]))

    def _print(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._stopped or (self._waiting and not self.stalled)
                )
                if self._stopped:
                    return
                some = bytes(self._waiting[:_AT_ONCE])
                del self._waiting[:_AT_ONCE]
                interpreter = self._interpreter
                self._changed.notify_all()
            try:
                interpreter.feed(some)
            except Garbage as garbage:
                self.garbage.append(str(garbage))
            except _SwitchedOff:
                continue

    def _one_line(self, power: int) -> None:
        """Wait for paper in the middle of whatever is printed."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._stopped or self._power != power or not self.stalled
            )
            if self._stopped or self._power != power:
                raise _SwitchedOff
            if self.paper_left is not None:
                self.paper_left -= 1
            self._changed.notify_all()


class _SwitchedOff(Exception):
    """In the middle of a line."""
