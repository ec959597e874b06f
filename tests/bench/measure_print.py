"""From confirming a registration to the job that a printer on loopback accepted, and from new paper
to the slip: python measure_print.py FOLDER. `ipptool` sends the same PDF in turn. Prints JSON.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from office_printing import PAGE, OnePage
from samples import KEY, StillClock, make_application, nik_of
from slip_samples import TEXTS, make_slip

from kiosk.domain.print_job import PrintNews, PrintState
from kiosk.domain.registration import Registration
from kiosk.registration import register
from kiosk.storage.store import Store, open_store
from printing.file_printer import Papers
from printing.ipp_client import parse_address
from printing.ipp_printer import IppPrinter
from printing.papers import ROLL_80
from printing.port import Outcome
from printing.slip_page import render_slip
from printing.spooler import LOOK_AGAIN_S, Spooler

ROUNDS, WARM_UP, REFILLS = 40, 3, 3
PATIENCE_S = 60
PRINT_JOB = """{
    OPERATION Print-Job
    GROUP operation-attributes-tag
    ATTR charset attributes-charset utf-8
    ATTR language attributes-natural-language en
    ATTR uri printer-uri $uri
    ATTR name requesting-user-name anjungan
    ATTR name job-name reference
    ATTR mimeMediaType document-format application/pdf
    FILE $filename
    STATUS successful-ok
}"""


class WholeSlips(OnePage):
    """Makes a slip of its own for everybody."""

    def render(self, registration: Registration, copy: int) -> bytes:
        return render_slip(make_slip(number=registration.number), TEXTS)


class Timed(IppPrinter):
    """Notes when the printer accepted each page, and how long it took to."""

    handed_over_ms = 0.0
    accepted_s = 0.0

    def send(self, page: bytes, name: str, begin: Callable[[str], bool]) -> Outcome:
        began_s = perf_counter()
        outcome = super().send(page, name, begin)
        self.accepted_s = perf_counter()
        self.handed_over_ms = (self.accepted_s - began_s) * 1000
        return outcome


@contextmanager
def loopback_printer() -> Iterator[tuple[str, Callable[[str], None]]]:
    """Give the address of a printer, and a way to tell it what happens to it."""
    script = Path(__file__).with_name("loopback_printer.py")
    with subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        answers, questions = process.stdout, process.stdin

        def tell(what: str) -> None:
            questions.write(f"{what}\n")
            questions.flush()
            answers.readline()

        yield answers.readline().strip(), tell
        questions.close()


def confirm(store: Store, serial: int) -> None:
    register(store, make_application(f"{serial}", nik=nik_of(serial)), StillClock())


def measure_accepting(store: Store, address: str, folder: Path) -> dict[str, list[float]]:
    """Confirm, and send by `ipptool`, in turn."""
    printer = Timed(parse_address(address), ROLL_80)
    spooler = Spooler(store, WholeSlips(), printer, StillClock(), Papers(folder / "none"))
    (folder / "slip.pdf").write_bytes(PAGE)
    (folder / "print.test").write_text(PRINT_JOB)
    times: dict[str, list[float]] = {"confirmed": [], "handed_over": [], "ipptool": []}
    for serial in range(WARM_UP + ROUNDS):
        began_s = perf_counter()
        confirm(store, 1 + serial)
        spooler.step()
        times["confirmed"].append((printer.accepted_s - began_s) * 1000)
        times["handed_over"].append(printer.handed_over_ms)
        while spooler.step() != LOOK_AGAIN_S:
            pass
        began_s = perf_counter()
        subprocess.run(
            ["ipptool", "-f", str(folder / "slip.pdf"), address, str(folder / "print.test")],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        times["ipptool"].append((perf_counter() - began_s) * 1000)
    return {name: found[WARM_UP:] for name, found in times.items()}


def measure_refills(store: Store, address: str, tell: Callable[[str], None]) -> list[float]:
    """Seconds from new paper to the owed slip."""
    came_out = threading.Event()
    waits = threading.Event()

    def hear(_registration_id: str, news: PrintNews) -> None:
        if news.hold:
            waits.set()
        if news.state is PrintState.CAME_OUT:
            came_out.set()

    printer = IppPrinter(parse_address(address), ROLL_80)
    spooler = Spooler(store, OnePage(), printer, StillClock(), Papers(Path("none")))
    spooler.start(hear)
    took_s = []
    for refill in range(REFILLS):
        tell("stop")
        waits.clear()
        came_out.clear()
        confirm(store, 1_001 + refill)
        spooler.nudge()
        waits.wait(PATIENCE_S)
        tell("mend")
        began_s = perf_counter()
        came_out.wait(PATIENCE_S)
        took_s.append(perf_counter() - began_s)
    spooler.stop()
    return took_s


def measure(folder: Path) -> dict[str, Any]:
    """Measure on a new store in `folder`."""
    folder.mkdir()
    store = open_store(folder / "store", KEY)
    with loopback_printer() as (address, tell):
        times = measure_accepting(store, address, folder)
        refills_s = measure_refills(store, address, tell)
    store.close()
    return times | {"refill_s": refills_s}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
