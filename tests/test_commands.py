"""What can be typed behind `main.py`: somebody does each of it, and without a window no Qt."""

import re
import subprocess
import sys

import pytest
from samples import ROOT

import main
from kiosk.arguments import parse
from ui.commands import COMMANDS


def test_somebody_does_whatever_can_be_typed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--help"])
    listed = re.search(r"\{([a-z,]+)\}", capsys.readouterr().out)
    assert listed is not None
    assert set(listed[1].split(",")) == (main._WINDOWS.keys() | COMMANDS.keys()) - {None}


def test_what_needs_no_window_loads_no_qt() -> None:
    loaded = "import sys, main, ui.commands; print('PySide6' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
