"""Killed at 500 places of its work, the print thread's program prints every slip once."""

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fault_printer import FaultPrinter
from office_printing import Office, judge
from samples import ROOT

from kiosk.domain.print_job import PrintState
from kiosk.storage.store import Store
from printing.file_printer import FilePrinter

KILLS = 250
"""For each of the two ways in which a page is handed over."""
TO_THE_END = 10**9


@contextmanager
def child_of(store_folder: Path, printer: FaultPrinter) -> Iterator["subprocess.Popen[str]"]:
    here = Path(__file__).parent
    paths = (ROOT, ROOT / "tests", here)
    process = subprocess.Popen(
        [sys.executable, str(here / "killed_child.py"), str(store_folder), printer.uri],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, paths))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process
        assert process.stdin
        process.stdin.close()
        assert process.wait(60) == 0


def run(process: "subprocess.Popen[str]", calls: int) -> list[str]:
    """Let a child work until it is killed, or to its end; returns how it ended."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{calls}\n")
    process.stdin.flush()
    return process.stdout.readline().split()


def first_state(store: Store) -> PrintState:
    """How the slip stands that was under way."""
    with store.reading() as record:
        slips = record.prints.unfinished()
    return slips[0].state if slips else PrintState.CAME_OUT


@pytest.mark.parametrize("two_steps", [True, False], ids=["two steps", "Print-Job alone"])
def test_every_slip_comes_out_once(store: Store, store_folder: Path, two_steps: bool) -> None:
    chance = random.Random(20261127 + two_steps)
    stages: Counter[PrintState] = Counter()
    with FaultPrinter(two_steps=two_steps) as printer, child_of(store_folder, printer) as child:
        office = Office(store, lambda: FilePrinter(Path("unused")))
        office.register()
        _, whole = run(child, TO_THE_END)
        kills = 0
        while kills < KILLS:
            office.register()
            kills += run(child, chance.randrange(1, int(whole))) == ["killed"]
            stages[first_state(store)] += 1
        assert run(child, TO_THE_END)[0] == "done"
        stands = judge(office, printer)
    # In one step nobody can tell a page that never left from one that the printer forgot: then a
    # person is asked.
    asked = 0 if two_steps else KILLS // 5
    assert stands[PrintState.UNSURE] <= asked
    assert stands[PrintState.CAME_OUT] + stands[PrintState.UNSURE] == len(office.numbers)
    reached = {PrintState.OWED, PrintState.RENDERING, PrintState.SENT}
    assert reached <= set(stages), "the kills did not fall into every stage"
