"""The proxy that cuts lets through exactly what it is told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from central.cluster import HOST
from central.proxy import How, Proxy, Way, running_proxy

WORDS = b"what is said comes back twice, "


class Echo:
    """A server that says everything twice, and remembers what it heard."""

    def __init__(self) -> None:
        self.door = socket.create_server((HOST, 0))
        self.heard = b""
        self.is_done = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                other, _ = self.door.accept()
                self._answer(other)

    def _answer(self, other: socket.socket) -> None:
        self.heard = b""
        with other, suppress(OSError):
            while word := other.recv(1):
                self.heard += word
                with suppress(OSError):  # it hears to the end, also what it cannot answer
                    other.sendall(word * 2)
        self.is_done.set()


@pytest.fixture
def echo() -> Iterator[Echo]:
    made = Echo()
    yield made
    made.door.close()


@pytest.fixture
def proxy(echo: Echo) -> Iterator[Proxy]:
    with running_proxy(echo.door.getsockname()[1]) as running:
        yield running


def _hear(proxy: Proxy) -> bytes:
    heard = b""
    with socket.create_connection((HOST, proxy.port)) as kiosk, suppress(OSError):
        kiosk.sendall(WORDS)
        while len(heard) < 2 * len(WORDS):
            chunk = kiosk.recv(1000)
            if not chunk:
                break
            heard += chunk
    return heard


@pytest.mark.parametrize("how", [How.RESET, How.CLOSE])
@pytest.mark.parametrize("count", [0, 1, 17])
def test_the_centre_hears_exactly_so_many_bytes(
    proxy: Proxy, echo: Echo, how: How, count: int
) -> None:
    proxy.cut_after(Way.UP, count, how)
    _hear(proxy)
    assert echo.is_done.wait(10)
    assert len(echo.heard) == count
    assert proxy.has_cut


@pytest.mark.parametrize("count", [1, 17])
def test_the_kiosk_hears_no_byte_more(proxy: Proxy, count: int) -> None:
    proxy.cut_after(Way.DOWN, count, How.CLOSE)
    assert len(_hear(proxy)) == count


def test_after_a_cut_the_next_connection_holds(proxy: Proxy) -> None:
    proxy.cut_after(Way.DOWN, 3, How.RESET)
    _hear(proxy)
    assert len(_hear(proxy)) == 2 * len(WORDS)
    assert proxy.made == 2


def test_a_frozen_connection_is_silent_until_it_is_broken(proxy: Proxy) -> None:
    proxy.cut_after(Way.DOWN, 4, How.FREEZE)
    with socket.create_connection((HOST, proxy.port)) as kiosk:
        kiosk.sendall(WORDS)
        assert len(kiosk.recv(4, socket.MSG_WAITALL)) == 4
        kiosk.settimeout(0.2)
        with pytest.raises(TimeoutError):
            kiosk.recv(1)
        kiosk.settimeout(10)
        proxy.break_all()
        with pytest.raises(ConnectionResetError):
            kiosk.recv(1)


def test_nobody_gets_through_while_it_is_down(proxy: Proxy) -> None:
    proxy.is_down = True
    assert _hear(proxy) == b""
    proxy.is_down = False
    assert len(_hear(proxy)) == 2 * len(WORDS)
