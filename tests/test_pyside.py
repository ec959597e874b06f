"""Holds PySide6 to account: 6.12.0 loses references to True, False and None until Python aborts."""

import gc
import sys

import PySide6
from PySide6.QtCore import Property, QMetaObject, QObject, Signal, Slot

CALLS = 1_000
NOISE = 50  # other code may take or drop a few references meanwhile; a leak takes hundreds
IMMORTAL = 1 << 30  # Python 3.12 and newer count True, False and None from here, never to zero

_CUSHION = [True, False, None] * 10 * CALLS  # a leaking build must live to see its assertion fail


class _Switch(QObject):
    toggled = Signal(bool)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.received = 0

    @Slot(bool)
    def count(self, _on: bool) -> None:
        self.received += 1

    @Slot()
    def clear(self) -> None:
        self.received += 1

    def _get_on(self) -> bool:
        return True

    def _get_off(self) -> bool:
        return False

    on = Property(bool, _get_on, constant=True)
    off = Property(bool, _get_off, constant=True)


def _references() -> dict[str, int]:
    gc.collect()
    return {str(value): sys.getrefcount(value) for value in (True, False, None)}


def _assert_flat(before: dict[str, int]) -> None:
    mortal = {name: count for name, count in _references().items() if count < IMMORTAL}
    lost = {name: before[name] - count for name, count in mortal.items()}
    assert all(abs(difference) < NOISE for difference in lost.values()), lost


def test_the_pinned_version_is_the_one_installed() -> None:
    assert PySide6.__version__ == "6.11.3"


def test_signal_emits_keep_the_reference_counts_of_true_false_and_none() -> None:
    switch = _Switch()
    switch.toggled.connect(switch.count)
    switch.cleared.connect(switch.clear)
    before = _references()
    for _ in range(CALLS):
        switch.toggled.emit(True)
        switch.toggled.emit(False)
        switch.cleared.emit()
    _assert_flat(before)
    assert switch.received == 3 * CALLS


def test_slot_calls_keep_the_reference_counts_of_true_false_and_none() -> None:
    switch = _Switch()
    before = _references()
    for _ in range(CALLS):
        QMetaObject.invokeMethod(switch, "clear")
        switch.setObjectName("switch")
    _assert_flat(before)
    assert switch.received == CALLS


def test_property_reads_keep_the_reference_counts_of_true_false_and_none() -> None:
    switch = _Switch()
    before = _references()
    for _ in range(CALLS):
        assert switch.property("on") is True
        assert switch.property("off") is False
        assert switch.property("unknown") is None
    _assert_flat(before)
