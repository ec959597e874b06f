"""The kiosk outlasts a monkey, and a long day of visits without growing; the short forms.

`make soak` runs the long ones of soak.py.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtQml import qmlEngine

from printing.port import Outcome

from .monkey import Monkey
from .residents import CASUAL, NIK, digits
from .stage import OpenStage, Stage, Tray

ACTS = 600
WARM_UP, VISITS = 6, 12
PYTHON_OBJECTS_APART = 300
"""What Python itself keeps: cached patterns, interned texts, the last free lists."""


class ForgetfulTray(Tray):
    """A printer that takes every slip and keeps none."""

    def send(self, page: bytes, name: str, begin: Callable[[str], bool]) -> Outcome:
        outcome = super().send(page, name, begin)
        self.slips.clear()
        return outcome


@dataclass(frozen=True)
class Weight:
    """How much there is of the kiosk, between two visits."""

    rss_kb: int
    qt_objects: int
    python_objects: int

    def __str__(self) -> str:
        return (
            f"{self.rss_kb / 1024:.0f} MB, {self.qt_objects} QObjects, "
            f"{self.python_objects} Python objects"
        )


def visit(stage: Stage, number: int) -> None:
    """Register somebody new, take the slip and go."""
    nik = digits(f"{NIK[:-4]}{number:04}")
    stage.play({**CASUAL, "nik": nik})
    stage.wait_for_slip("unconfirmed")
    stage.tap("tookSlip")
    stage.wait_for_work()


def weigh(stage: Stage) -> Weight:
    """Count after all that can be thrown away is."""
    engine: Any = qmlEngine(stage.app.window)
    for _ in range(2):
        engine.collectGarbage()
        gc.collect()
        stage.visitor.settle()
    status = Path("/proc/self/status").read_text("ascii")
    rss_kb = int(status.partition("VmRSS:")[2].split()[0])
    return Weight(rss_kb, _count_objects(stage), len(gc.get_objects()))


def _count_objects(stage: Stage) -> int:
    counted = len(stage.app.window.findChildren(QObject)) + len(stage.app.findChildren(QObject))
    waiting = [stage.app.window.contentItem()]
    while waiting:
        item = waiting.pop()
        counted += 1
        waiting += item.childItems()
    return counted


def assert_flat(before: Weight, after: Weight) -> None:
    """No visit leaves an object behind."""
    assert after.qt_objects == before.qt_objects
    assert after.python_objects <= before.python_objects + PYTHON_OBJECTS_APART


def test_a_monkey_finds_nothing_that_breaks(open_kiosk: OpenStage) -> None:
    monkey = Monkey(open_kiosk(printer=ForgetfulTray()), seed=1)
    monkey.play(ACTS)
    print(monkey.report())
    assert monkey.stage.screen == "idle"
    assert monkey.screens["done"] >= 1


def test_visits_leave_no_object_behind(
    open_kiosk: OpenStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is looked after from time to time brings its own with it the first time: of no visit.
    monkeypatch.setattr("kiosk.care.FIRST_AFTER_S", 3600)
    monkeypatch.setattr("kiosk.sync.worker.FIRST_AFTER_S", 3600)
    monkeypatch.setattr("ui.renewal.LOOK_EVERY_MS", 3_600_000)
    monkeypatch.setattr("ui.purging.FIRST_MS", 3_600_000)
    stage = open_kiosk(printer=ForgetfulTray())
    stage.visitor.wait_until(lambda: bool(stage.app.window.property("allBuilt")))
    weights = []
    for number in range(1, VISITS + 1):
        visit(stage, number)
        if number in {WARM_UP, VISITS}:
            weights.append(weigh(stage))
    assert_flat(*weights)
