"""A TCP proxy before the centre that breaks a connection after exactly so many bytes.

It sees what the network sees: TLS records, of which it can tell nothing but their length.
"""

import selectors
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

from central.cluster import HOST

_CHUNK = 65_536
_NO_LINGER = struct.pack("ii", 1, 0)


class Way(StrEnum):
    """A direction of the bytes."""

    UP = "to the centre"
    DOWN = "to the kiosk"


class How(StrEnum):
    """What becomes of the connection after the last byte."""

    RESET = "reset"
    CLOSE = "close"
    FREEZE = "freeze"
    """Nothing goes either way any more, and nobody is told."""


@dataclass
class _Cut:
    way: Way
    left: int
    how: How


@dataclass
class Proxy:
    """A running proxy on `port`; `is_down`: connections are refused at once.

    `counts` are the bytes that went each way since `cut_after` or `count_anew`, over all
    connections; `made` counts connections.
    """

    target: int
    port: int = 0
    is_down: bool = False
    made: int = 0
    counts: dict[Way, int] = field(default_factory=lambda: dict.fromkeys(Way, 0))
    _cut: _Cut | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _pairs: list["_Pair"] = field(default_factory=list)
    _door: socket.socket | None = None

    def cut_after(self, way: Way, count: int, how: How = How.RESET) -> None:
        """Let so many more bytes go that way, then break that connection; the next ones hold."""
        with self._lock:
            self._cut = _Cut(way, count, how)
            self.counts = dict.fromkeys(Way, 0)

    def count_anew(self) -> None:
        """Count from zero, and cut nothing."""
        with self._lock:
            self._cut = None
            self.counts = dict.fromkeys(Way, 0)

    @property
    def has_cut(self) -> bool:
        """What was armed has happened (or nothing was armed)."""
        with self._lock:
            return self._cut is None

    def break_all(self) -> None:
        """Reset all connections, the frozen ones too."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            pair.reset()

    def open(self) -> None:
        """Listen on a free port of loopback."""
        self._door = socket.create_server((HOST, 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._let_in, args=(self._door,), daemon=True).start()

    def close(self) -> None:
        """Listen no longer, and break what there is."""
        assert self._door is not None
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.break_all()

    def _let_in(self, door: socket.socket) -> None:
        while True:
            try:
                kiosk, _ = door.accept()
            except OSError:
                return
            self.made += 1
            centre = self._reach()
            if centre is None:
                _end(kiosk, How.RESET)
                continue
            with self._lock:
                self._pairs = [pair for pair in self._pairs if pair.is_alive]
                self._pairs.append(_Pair(self, kiosk, centre))

    def _reach(self) -> socket.socket | None:
        if self.is_down:
            return None
        with suppress(OSError):
            centre = socket.create_connection((HOST, self.target))
            centre.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return centre
        return None

    def allow(self, way: Way, count: int) -> tuple[int, How | None]:
        """How many of so many bytes may go, and how the connection ends after them."""
        with self._lock:
            cut, how = self._cut, None
            if cut is not None and cut.way is way:
                if count >= cut.left:
                    count, how, self._cut = cut.left, cut.how, None
                else:
                    cut.left -= count
            self.counts[way] += count
            return count, how


class _Pair:
    """The two connections that are one to those at its ends, and the thread that owns them."""

    def __init__(self, proxy: Proxy, kiosk: socket.socket, centre: socket.socket) -> None:
        self._proxy = proxy
        self._ways = {kiosk: (Way.UP, centre), centre: (Way.DOWN, kiosk)}
        self._told, self._telling = socket.socketpair()
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        """It has not ended yet."""
        return self._thread.is_alive()

    def reset(self) -> None:
        """Reset both."""
        with suppress(OSError):  # it ended by itself
            self._telling.send(b".")
        self._thread.join()

    def _carry(self) -> None:
        # A socket that is closed while another thread waits for it is not closed: one thread each.
        how: How | None = None
        with selectors.DefaultSelector() as ready:
            for one in (self._told, *self._ways):
                ready.register(one, selectors.EVENT_READ)
            while how is None:
                how = self._pass_on([key.fileobj for key, _ in ready.select()])
                if how is How.FREEZE:
                    how = None
                    for one in self._ways:
                        ready.unregister(one)
        for one in self._ways:
            _end(one, how)
        self._told.close()
        self._telling.close()

    def _pass_on(self, readable: list[object]) -> How | None:
        if self._told in readable:
            return How.RESET
        for source, (way, sink) in self._ways.items():
            how = self._pass(source, way, sink) if source in readable else None
            if how is not None:
                return how
        return None

    def _pass(self, source: socket.socket, way: Way, sink: socket.socket) -> How | None:
        try:
            chunk = source.recv(_CHUNK)
            if not chunk:
                return How.CLOSE
            allowed, how = self._proxy.allow(way, len(chunk))
            sink.sendall(chunk[:allowed])
        except OSError:
            return How.RESET
        return how


def _end(one: socket.socket, how: How) -> None:
    with suppress(OSError):
        if how is How.RESET:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        else:
            one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def running_proxy(target: int) -> Iterator[Proxy]:
    """A proxy before the server on that port of loopback."""
    proxy = Proxy(target)
    proxy.open()
    try:
        yield proxy
    finally:
        proxy.close()
