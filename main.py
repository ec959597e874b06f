"""The kiosk's entry: what was typed, and who does it."""

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from kiosk.arguments import parse
from kiosk.clock import SystemClock
from kiosk.console_access import FILE as PLACE_FILE
from kiosk.domain.failures import KioskFailure
from kiosk.instance import AlreadyOpen, Program, only_one
from kiosk.logs.writing import clean_log, log_files, started
from kiosk.memory import forbid_core_dumps
from kiosk.settings import read_settings
from kiosk.version import program_version
from ui.composing import RESOURCES, AsksFirst, open_console, open_desk, open_kiosk

ALREADY_OPEN = 3
"""The exit code of a second start: whoever starts the kiosk again when it fails must not then."""


def main(arguments: list[str]) -> int:
    """Run the kiosk or the desk, play a demo visit, or do a command; returns the exit code."""
    forbid_core_dumps()
    asked = parse(arguments)
    with clean_log():
        try:
            return _deed(asked.command)(asked)
        except AlreadyOpen as twice:
            print(f"{twice.code}: {twice}; its window comes to the front", file=sys.stderr)
            return ALREADY_OPEN
        except KioskFailure as failure:
            print(f"{failure.code}: {failure}", file=sys.stderr)
            return 1


def _deed(command: str | None) -> Callable[[argparse.Namespace], int]:
    if command in _WINDOWS:
        return _WINDOWS[command]
    from ui.commands import COMMANDS  # noqa: PLC0415 (no window waits for them)

    return COMMANDS[str(command)]


def _has_screen() -> bool:
    named = os.environ.get("QT_QPA_PLATFORM", "")
    if named:
        return not named.startswith(("offscreen", "minimal"))
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _run(asked: argparse.Namespace) -> int:
    if not _has_screen():
        print("There is no screen here: playing one visit into demo/ instead.")
        return _play(None, Path("demo"))
    return _show(asked, AsksFirst(), Program.KIOSK)


def _run_desk(asked: argparse.Namespace) -> int:
    if not _has_screen():
        print("There is no screen here, and the desk needs one.", file=sys.stderr)
        return 1
    return _show(asked, open_desk, Program.DESK)


def _run_console(asked: argparse.Namespace) -> int:
    if not _has_screen():
        print("There is no screen here, and the console needs one.", file=sys.stderr)
        return 1
    from ui.run import run  # noqa: PLC0415 (verify needs no Qt)

    settings = read_settings(asked.config)
    place: Path = asked.centre or settings.keys_folder.with_name("console") / PLACE_FILE
    with (
        only_one(place.parent, Program.CONSOLE) as bell,
        log_files(settings.log_folder, Program.CONSOLE),
        started(program_version()),
    ):
        open_app = partial(open_console, place=place)
        return run(settings, open_app, windowed=True, bell=bell, needs_keys=False)


def _show(asked: argparse.Namespace, opened: Callable[..., Any], program: Program) -> int:
    from ui.run import run  # noqa: PLC0415 (verify needs no Qt)

    settings = read_settings(asked.config)
    if asked.practice:
        from kiosk.practice import prepare  # noqa: PLC0415 (a kiosk at work never needs it)

        settings = prepare(settings, RESOURCES, SystemClock())
    with (
        only_one(settings.store_folder, program) as bell,
        log_files(settings.log_folder, program),
        started(program_version()),
    ):
        open_app = partial(opened, practice=asked.practice)
        return run(settings, open_app, windowed=asked.windowed, bell=bell)


def _demo(asked: argparse.Namespace) -> int:
    return _play(asked.answers, asked.out)


def _play(answers: Path | None, out: Path) -> int:
    from ui.demo import play  # noqa: PLC0415

    return play(answers, out, open_kiosk)


def _rehearse(_asked: argparse.Namespace) -> int:
    from ui import rehearsing  # noqa: PLC0415 (only a console needs it)

    return rehearsing.run(sys.stdin.buffer.read(), sys.stdout, open_kiosk)


_WINDOWS = {
    None: _run,
    "console": _run_console,
    "desk": _run_desk,
    "demo": _demo,
    "rehearse": _rehearse,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
