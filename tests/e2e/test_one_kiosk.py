"""A second start on the same store says so, and fetches the first window to the front."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from samples import ROOT

from .stage import settings_in

KIOSK = """
import sys
import main
import ui.window
from PySide6.QtCore import QCoreApplication

main._has_screen = lambda: True
to_front = ui.window.KioskWindow.come_to_front
shown = ui.window.KioskWindow.show

def come(window):
    to_front(window)
    print("front", flush=True)
    QCoreApplication.exit(0)

def show(window, *, windowed):
    shown(window, windowed=windowed)
    print("shown", flush=True)

ui.window.KioskWindow.come_to_front, ui.window.KioskWindow.show = come, show
sys.exit(main.main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("program", "store_works", "ends_with"),
    [("kiosk", True, 0), ("kiosk", False, 1), ("desk", True, 0)],
)
def test_a_second_start_fetches_the_first_to_the_front(
    tmp_path: Path, program: str, store_works: bool, ends_with: int
) -> None:
    """Also when the first stands out of order."""
    arguments = config_of(tmp_path, store_works=store_works)
    arguments += ["desk"] if program == "desk" else ["--windowed"]
    with start(arguments) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "shown\n"
        with start(arguments) as second:
            said, complained = second.communicate(timeout=60)
        assert (second.returncode, said) == (3, "")
        assert complained.startswith("S 19: ")
        front, complained = first.communicate(timeout=60)
    assert (front, first.returncode) == ("front\n", ends_with)
    logged = (tmp_path / "logs" / f"{program}.log").read_text().splitlines()
    events = [json.loads(line)["event"] for line in logged]
    assert (events[0], events[-1]) == ("started", "stopped")
    assert ("failure" in events) is not store_works
    assert ("S 11" in complained or "K 11" in complained) is not store_works


def config_of(folder: Path, *, store_works: bool) -> list[str]:
    settings = settings_in(folder)
    names = ("store_folder", "slips_folder", "data_folder", "keys_folder", "log_folder")
    config = folder / "kiosk.toml"
    config.write_text("".join(f'{name} = "{getattr(settings, name)}"\n' for name in names))
    if not store_works:
        settings.store_folder.mkdir(mode=0o700)
        (settings.store_folder / "anjungan.db").write_text("no store")
    return ["--config", str(config)]


def start(arguments: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", KIOSK, *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
