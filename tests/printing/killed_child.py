"""Prints what an office owes, and is killed on the way: python killed_child.py STORE PRINTER.

Each line on standard input is a number of calls; a child is forked that does the print thread's
work until it has made so many calls of this project's or of the network's code, and is then killed
by SIGKILL. Each answer is one line: "killed", or "done" and how many calls the whole work took.
"""

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from office_printing import OnePage
from samples import KEY, StillClock

from kiosk.storage.store import open_store
from printing.file_printer import Papers
from printing.ipp_client import parse_address
from printing.ipp_printer import IppPrinter
from printing.papers import ROLL_80
from printing.spooler import LOOK_AGAIN_S, Spooler

COUNTED = ("/kiosk/storage/", "/printing/", "/http/client", "/socket")


class Calls:
    """Counts calls and returns, and ends this process at one of them as a power cut would."""

    def __init__(self, last: int) -> None:
        self.made, self._last = 0, last

    def __call__(self, frame: FrameType, event: str, _argument: Any) -> None:
        if any(part in frame.f_code.co_filename for part in COUNTED):
            self.made += 1
            if self.made == self._last:
                os.kill(os.getpid(), signal.SIGKILL)


def work(folder: Path, address: str, calls: Calls) -> None:
    store = open_store(folder, KEY)
    printer = IppPrinter(parse_address(address), ROLL_80)
    spooler = Spooler(store, OnePage(), printer, StillClock(), Papers(folder / "none"))
    sys.setprofile(calls)
    while spooler.step() != LOOK_AGAIN_S:
        pass
    sys.setprofile(None)
    store.close()


def main(folder: Path, address: str) -> None:
    for line in sys.stdin:
        child = os.fork()
        if not child:
            calls = Calls(int(line))
            work(folder, address, calls)
            print("done", calls.made, flush=True)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            print("killed", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
