"""Kills a change of the keys before each of its writes: key_change_child.py ACT FOLDER EVERY.

ACT: "change" the store's key, or "protect" the keys by a passphrase. FOLDER holds a kiosk ("store",
"keys"). A forked child acts on a copy of it, and strace kills it at the entry of the n-th call of
a kind. Prints one JSON line for each kill: the call, n, where the copy is left, and the signal that
ended it. EVERY: of the many writes into files one in so many is killed; 1 for all.
"""

import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from machines import CHEAP, PASSPHRASE

from kiosk.key_change import change_store_key
from kiosk.keys import open_ring
from kiosk.keys.ring import locked_by

Act = Callable[[Path], None]

WRITES = ("pwrite64", "write")
STEPS = ("fsync", "fdatasync", "rename", "link", "unlink", "ftruncate")
LET_ANYBODY_TRACE = (0x59616D61, ctypes.c_ulong(-1))  # PR_SET_PTRACER, PR_SET_PTRACER_ANY


def change(folder: Path) -> None:
    change_store_key(open_ring(folder / "keys"), folder / "store")


def protect(folder: Path) -> None:
    open_ring(folder / "keys").guarded_by(*locked_by(PASSPHRASE, CHEAP))


ACTS = {"change": change, "protect": protect}


def acting_child(act: Act, folder: Path) -> int:
    """Fork a child that stops, and acts once it is let go."""
    child = os.fork()
    if child:
        os.waitpid(child, os.WUNTRACED)
        return child
    try:
        ctypes.CDLL(None).prctl(*LET_ANYBODY_TRACE)
        os.kill(os.getpid(), signal.SIGSTOP)
        act(folder)
    finally:
        os._exit(0)


def traced(act: Act, folder: Path, *options: str) -> int:
    """Act under strace; returns the signal that ended it, or 0."""
    child = acting_child(act, folder)
    command = ["strace", "-p", str(child), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        strace.stderr.readline()  # "attached"
        os.kill(child, signal.SIGCONT)
        _, status = os.waitpid(child, 0)
        strace.stderr.read()
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def fresh(template: Path, name: str) -> Path:
    copy = template.with_name(name)
    shutil.copytree(template, copy)
    return copy


def calls(act: Act, template: Path) -> Counter[str]:
    """How often each call is made when nobody kills."""
    log = template.with_name("log")
    wanted = ",".join((*WRITES, *STEPS))
    assert traced(act, fresh(template, "whole"), "-o", str(log), "-e", f"trace={wanted}") == 0
    return Counter(re.findall(r"(?m)^(\w+)\(", log.read_text()))


def points(counted: Counter[str], every: int) -> Iterator[tuple[str, int]]:
    for call, times in counted.items():
        for n in range(1, times + 1, every if call in WRITES else 1):
            yield call, n


def main(act: Act, template: Path, every: int) -> None:
    act(fresh(template, "warm"))
    for call, n in points(calls(act, template), every):
        copy = fresh(template, f"killed-{call}-{n}")
        rule = f"inject={call}:signal=KILL:when={n}"
        killed = traced(act, copy, "-o", os.devnull, "-e", f"trace={call}", "-e", rule)
        print(json.dumps([call, n, str(copy), killed]), flush=True)


if __name__ == "__main__":
    main(ACTS[sys.argv[1]], Path(sys.argv[2]), int(sys.argv[3]))
