"""An emulated bad line between two network namespaces: so fast, so far, losing so many packets.

Two TUN devices, and a process that carries each IP packet from one to the other at its time. The
kernels' own TCP runs above it. Needs root and /dev/net/tun.
"""

import ctypes
import fcntl
import heapq
import os
import random
import select
import signal
import socket
import struct
import subprocess
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

CENTRE, KIOSK = "10.77.0.1", "10.77.0.2"
"""The addresses at the line's ends."""
_NEW_NETWORK = 0x40000000
_SET_INTERFACE, _TUN, _NO_HEADER = 0x400454CA, 0x0001, 0x1000
_PACKET = 2048


@dataclass(frozen=True)
class Link:
    """A line; `queue` packets wait for it at most in each direction, the rest is lost."""

    bytes_per_s: int = 8_000
    one_way_s: float = 1.0
    loss: float = 0.0
    queue: int = 100
    seed: int = 7


@dataclass
class _Direction:
    """One direction: what is on its way, by the time when it arrives."""

    link: Link
    luck: random.Random
    free_at: float = 0.0
    on_its_way: list[tuple[float, int, bytes]] = field(default_factory=list)
    count: int = 0

    def take(self, packet: bytes, now: float) -> None:
        waiting_s = max(0.0, self.free_at - now)
        is_full = waiting_s * self.link.bytes_per_s > self.link.queue * 1500
        if is_full or self.luck.random() < self.link.loss:
            return
        self.free_at = max(now, self.free_at) + len(packet) / self.link.bytes_per_s
        self.count += 1
        arrival = self.free_at + self.link.one_way_s
        heapq.heappush(self.on_its_way, (arrival, self.count, packet))

    def deliver(self, device: int, now: float) -> None:
        while self.on_its_way and self.on_its_way[0][0] <= now:
            os.write(device, heapq.heappop(self.on_its_way)[2])

    def next_at(self) -> float:
        return self.on_its_way[0][0] if self.on_its_way else float("inf")


def enter_network() -> None:
    """Put this process into a network of its own, where nothing but loopback is up."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) != 0:
        raise OSError(ctypes.get_errno(), "no network of one's own: this needs root")
    _ip("link", "set", "lo", "up")


def open_end(address: str, other: str) -> int:
    """Make this network's end of the line, and return the device."""
    device = os.open("/dev/net/tun", os.O_RDWR)
    asked = struct.pack("16sH", b"line0", _TUN | _NO_HEADER)
    fcntl.ioctl(device, _SET_INTERFACE, asked + bytes(22))
    _ip("addr", "add", f"{address}/32", "peer", f"{other}/32", "dev", "line0")
    _ip("link", "set", "line0", "up", "mtu", "1500")
    return device


def run_at_far_end(link: Link, work: Callable[[], bytes]) -> bytes:
    """Run `work` in a process at the kiosk's end of a line to this process's network.

    This process must be in a network of its own (`enter_network`). Returns what `work` returns.
    """
    here = open_end(CENTRE, KIOSK)
    ours, theirs = socket.socketpair()
    worker = os.fork()
    if worker == 0:
        _work_there(theirs, work)
    theirs.close()
    _, (there, *_), _, _ = socket.recv_fds(ours, 1, 1)
    carrier = os.fork()
    if carrier == 0:
        _carry(link, here, there)
    os.close(there)
    os.close(here)
    ours.sendall(b".")
    said = b"".join(iter(lambda: ours.recv(65_536), b""))
    os.waitpid(worker, 0)
    os.kill(carrier, signal.SIGKILL)
    os.waitpid(carrier, 0)
    return said


def _work_there(parent: socket.socket, work: Callable[[], bytes]) -> None:
    try:
        enter_network()
        socket.send_fds(parent, [b"."], [open_end(KIOSK, CENTRE)])
        parent.recv(1)
        parent.sendall(work())
    except BaseException:  # noqa: BLE001 (this process ends here)
        traceback.print_exc()
    finally:
        os._exit(0)


def _carry(link: Link, here: int, there: int) -> None:
    luck = random.Random(link.seed)
    ways = {here: (_Direction(link, luck), there), there: (_Direction(link, luck), here)}
    while True:
        soonest = min(direction.next_at() for direction, _ in ways.values())
        wait_s = None if soonest == float("inf") else max(0.0, soonest - time.monotonic())
        readable, _, _ = select.select(list(ways), [], [], wait_s)
        now = time.monotonic()
        for device in readable:
            ways[device][0].take(os.read(device, _PACKET), now)
        for direction, sink in ways.values():
            direction.deliver(sink, now)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
