"""What of the program's memory can reach a disk: core dumps and swap."""

import ctypes
import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path

from kiosk.keys.protection import ROOT, device_is_encrypted, is_encrypted

_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4  # of linux/prctl.h


def forbid_core_dumps() -> None:
    """Let a crash of this program, and of those that it starts, leave no memory on the disk.

    The limit alone does not keep a collector such as systemd-coredump from getting it.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def core_dumps_are_forbidden() -> bool:
    """Whether this process leaves no core dump."""
    dumpable = sys.platform == "linux" and ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)
    return resource.getrlimit(resource.RLIMIT_CORE)[0] == 0 and not dumpable


@dataclass(frozen=True, slots=True)
class Swap:
    """One place where memory is put aside."""

    path: Path
    encrypted: bool


def swaps(root: Path = ROOT) -> tuple[Swap, ...]:
    """Return where this machine puts memory aside; compressed memory (zram) is no disk."""
    try:
        lines = (root / "proc/swaps").read_text("utf-8").splitlines()[1:]
    except OSError:
        return ()
    paths = (Path(_unescaped(line.split()[0])) for line in lines)
    return tuple(
        Swap(path, _is_encrypted(path, root)) for path in paths if not path.name.startswith("zram")
    )


def swap_is_barred(root: Path = ROOT) -> bool:
    """Whether this process runs under a unit whose memory is never put aside (MemorySwapMax=0)."""
    try:
        lines = (root / "proc/self/cgroup").read_text("utf-8").splitlines()
        own = next(line.removeprefix("0::/") for line in lines if line.startswith("0::/"))
        limit = root / "sys/fs/cgroup" / own / "memory.swap.max"
        return limit.read_text("ascii").strip() == "0"
    except (OSError, StopIteration):
        return False


def _is_encrypted(path: Path, root: Path) -> bool:
    try:
        device = path.stat().st_rdev
        if not device:
            return is_encrypted(path, root)
    except OSError:
        return False
    return device_is_encrypted(f"{os.major(device)}:{os.minor(device)}", root)


def _unescaped(name: str) -> str:
    return name.encode("ascii", "replace").decode("unicode_escape")
