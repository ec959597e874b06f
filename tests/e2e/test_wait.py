"""After a stop out of order the window comes first; the store is checked and mended behind it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from samples import RESOURCES, ROOT, StillClock, make_application, nik_of

from kiosk.languages import load_languages
from kiosk.opening import open_own
from kiosk.registration import register
from kiosk.settings import read_settings
from kiosk.storage.presence import NOTE_FILE

from .test_one_kiosk import config_of

PEOPLE = 3
TEXTS = load_languages(RESOURCES / "texts").texts
SAY = TEXTS["id"].say

# The check begins when the window was painted, and may then wait for the test's word.
KIOSK = """
import json, sys, threading
import main, ui.window
from kiosk.storage import mending
from PySide6.QtCore import QCoreApplication, QTimer

main._has_screen = lambda: True
shown, check = ui.window.KioskWindow.show, mending.check
painted = threading.Event()

def words(item):
    if item.isVisible():
        yield str(item.property("text") or "")
        for child in item.childItems():
            yield from words(child)

def show(window, *, windowed):
    window.quick.frameSwapped.connect(painted.set)
    shown(window, windowed=windowed)
    print(json.dumps(list(words(window.quick.contentItem()))), flush=True)
    if window.quick.property("told") is None:
        QTimer.singleShot(0, lambda: QCoreApplication.exit(0))

def checked(cursor):
    print(json.dumps(["painted" if painted.wait(30) else "not painted"]), flush=True)
    if sys.argv[1] == "held":
        sys.stdin.readline()
    check(cursor)

ui.window.KioskWindow.show, mending.check = show, checked
sys.exit(main.main(sys.argv[2:]))
"""


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A kiosk with some registrations that was closed in order."""

    arguments: list[str]

    @property
    def store(self) -> Path:
        return read_settings(Path(self.arguments[1])).store_folder

    @property
    def journal(self) -> Path:
        return read_settings(Path(self.arguments[1])).journal_place

    def start(self, how: str = "alone") -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", KIOSK, how, *self.arguments, "--windowed"],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self) -> tuple[list[list[str]], int]:
        """Start it; returns what stood on its screens until one came to stay, and how it ended."""
        with self.start() as process:
            said, _ = process.communicate(timeout=60)
        return [json.loads(line) for line in said.splitlines()], process.returncode

    def niks(self) -> list[str]:
        _, store = open_own(read_settings(Path(self.arguments[1])), clock=StillClock())
        with closing(store), store.reading() as record:
            found = [record.find(f"draft {serial}") for serial in range(PEOPLE)]
        return [one.application.resident.nik for one in found if one is not None]


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    kiosk = Kiosk(config_of(tmp_path, store_works=True))
    _, store = open_own(read_settings(Path(kiosk.arguments[1])), clock=StillClock())
    with closing(store):
        for serial in range(PEOPLE):
            register(
                store, make_application(f"draft {serial}", nik=nik_of(serial + 1)), StillClock()
            )
    return kiosk


def lose_power(kiosk: Kiosk) -> None:
    (kiosk.store / NOTE_FILE).unlink()


def damage(kiosk: Kiosk) -> None:
    lose_power(kiosk)
    file = kiosk.store / "anjungan.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("happens", [lose_power, damage])
def test_one_waits_in_both_languages_and_then_the_kiosk_goes_on_with_every_registration(
    kiosk: Kiosk, happens: Callable[[Kiosk], None]
) -> None:
    happens(kiosk)
    (waiting, painted, idle), code = kiosk.run()
    for texts in TEXTS.values():
        assert texts.say("wait.title") in waiting
        assert texts.say("wait.text") in waiting
    assert painted == ["painted"]
    assert SAY("idle.start") in idle
    assert code == 0
    assert (list(kiosk.store.glob("set-aside-*")) != []) is (happens is damage)
    assert kiosk.niks() == [nik_of(serial + 1) for serial in range(PEOPLE)]


def test_after_an_orderly_stop_nobody_waits(kiosk: Kiosk) -> None:
    (idle,), code = kiosk.run()
    assert SAY("idle.start") in idle
    assert code == 0


def test_what_cannot_be_mended_ends_out_of_order_with_its_code(kiosk: Kiosk) -> None:
    damage(kiosk)
    for segment in kiosk.journal.glob("*.journal"):
        segment.unlink()
    (waiting, _, stands), code = kiosk.run()
    assert SAY("wait.title") in waiting
    assert any("S 16" in text for text in stands)
    assert code == 1


def test_a_kiosk_that_is_told_to_end_while_it_checks_ends_in_order(kiosk: Kiosk) -> None:
    lose_power(kiosk)
    with kiosk.start("held") as process:
        assert process.stdout is not None
        assert SAY("wait.title") in json.loads(process.stdout.readline())
        assert json.loads(process.stdout.readline()) == ["painted"]
        process.send_signal(signal.SIGTERM)
        process.communicate("\n", timeout=60)
    assert process.returncode == 0
    assert (kiosk.store / NOTE_FILE).exists()
