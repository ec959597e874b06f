"""The kiosk's entry: what was typed, and who does it."""

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from kiosk import key_commands, readiness, setup, store_command
from kiosk.arguments import parse
from kiosk.clock import SystemClock
from kiosk.console_access import FILE as PLACE_FILE
from kiosk.data import load_data
from kiosk.domain.failures import KioskFailure
from kiosk.domain.texts import ORIGINAL
from kiosk.first_start import read_answers
from kiosk.instance import AlreadyOpen, Program, only_one
from kiosk.keys import public_keys_of
from kiosk.languages import load_languages
from kiosk.layers import Layers
from kiosk.logs.writing import clean_log, log_files, started
from kiosk.memory import forbid_core_dumps
from kiosk.opening import in_force, open_own
from kiosk.settings import read_settings
from kiosk.storage.store import Store
from kiosk.sync import command as sync_command
from kiosk.sync.command import seen_status
from kiosk.terminal import Terminal, texts_of_terminal, unlock_on
from kiosk.trust import read_trust
from kiosk.version import program_version
from printing.printers import list_printers, printer_of
from ui.composing import RESOURCES, AsksFirst, open_console, open_desk, open_kiosk

ALREADY_OPEN = 3
"""The exit code of a second start: whoever starts the kiosk again when it fails must not then."""


def main(arguments: list[str]) -> int:
    """Run the kiosk, set it up, play a demo visit, or verify slips; returns the exit code."""
    forbid_core_dumps()
    asked = parse(arguments)
    with clean_log():
        try:
            return _COMMANDS[asked.command](asked)
        except AlreadyOpen as twice:
            print(f"{twice.code}: {twice}; its window comes to the front", file=sys.stderr)
            return ALREADY_OPEN
        except KioskFailure as failure:
            print(f"{failure.code}: {failure}", file=sys.stderr)
            return 1


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


def _set_up(asked: argparse.Namespace) -> int:
    settings, answers = read_settings(asked.config), None
    if asked.answers:
        regions = load_data(RESOURCES, settings.data_folder).regions
        answers = read_answers(asked.answers, regions)
    layers = Layers(settings, fits=lambda one: printer_of(one).close())
    return setup.run(layers, RESOURCES, recover=asked.recover, answers=answers)


def _store(asked: argparse.Namespace) -> int:
    settings = read_settings(asked.config)
    texts = texts_of_terminal(load_languages(RESOURCES / "texts").texts)
    unlocked = unlock_on(Terminal(), texts, settings.keys_folder)
    return store_command.run(settings, asked, SystemClock(), sys.stdout, unlocked)


def _sync(asked: argparse.Namespace) -> int:
    settings, clock = read_settings(asked.config), SystemClock()
    texts = texts_of_terminal(load_languages(RESOURCES / "texts").texts)
    unlocked = unlock_on(Terminal(), texts, settings.keys_folder)
    _keys, store = open_own(settings, unlocked=unlocked, clock=clock)
    with closing(store):
        return sync_command.run(store, settings.store_folder, asked, clock, sys.stdout)


def _join(asked: argparse.Namespace) -> int:
    from kiosk.sync import join_command  # noqa: PLC0415 (done once in a kiosk's life)

    texts = texts_of_terminal(load_languages(RESOURCES / "texts").texts)
    settings = read_settings(asked.config)
    return join_command.run(settings, asked, texts, SystemClock(), Terminal())


def _demo(asked: argparse.Namespace) -> int:
    return _play(asked.answers, asked.out)


def _play(answers: Path | None, out: Path) -> int:
    from ui.demo import play  # noqa: PLC0415

    return play(answers, out, open_kiosk)


def _audit(asked: argparse.Namespace) -> int:
    from kiosk import audit  # noqa: PLC0415 (the kiosk itself never goes through it)

    settings = read_settings(asked.config)
    texts = texts_of_terminal(load_languages(RESOURCES / "texts").texts)
    unlocked = unlock_on(Terminal(), texts, settings.keys_folder)
    return audit.run(settings, asked.code, texts, sys.stdout, unlocked)


def _verify(asked: argparse.Namespace) -> int:
    from printing import verify  # noqa: PLC0415

    settings = read_settings(asked.config)
    trust = read_trust(public_keys_of(settings.keys_folder), asked.trust or settings.trust_folder)
    return verify.run(sys.stdin, trust, sys.stdout, asked.name)


def _diagnose(asked: argparse.Namespace) -> int:
    from kiosk.diagnostics import write_bundle  # noqa: PLC0415 (a kiosk at work never needs it)

    settings = in_force(read_settings(asked.config))
    try:
        write_bundle(
            settings, asked.out, {"printer": lambda: printer_of(settings).status().is_ready}
        )
    except OSError as refused:
        print(f"{asked.out}: {refused.strerror}", file=sys.stderr)
        return 1
    return 0


def _layout(asked: argparse.Namespace) -> int:
    from printing.layout_commands import LayoutDeed, run  # noqa: PLC0415 (ReportLab is slow)

    return run(
        LayoutDeed(asked.deed),
        asked.file,
        asked.out,
        settings=in_force(read_settings(asked.config)),
        resources=RESOURCES,
        clock=SystemClock(),
        tell=sys.stdout,
    )


def _key(asked: argparse.Namespace) -> int:
    return key_commands.run(read_settings(asked.config), RESOURCES, asked)


def _rehearse(_asked: argparse.Namespace) -> int:
    from ui import rehearsing  # noqa: PLC0415 (only a console needs it)

    return rehearsing.run(sys.stdin.buffer.read(), sys.stdout, open_kiosk)


def _central(asked: argparse.Namespace) -> int:
    from kiosk.central.commands import Central  # noqa: PLC0415 (no kiosk needs it)
    from printing.token_code import draw_token  # noqa: PLC0415

    texts = texts_of_terminal(load_languages(RESOURCES / "texts").texts)
    return Central(texts, Terminal(), partial(draw_token, out=sys.stdout)).obey(asked)


def _report(asked: argparse.Namespace) -> int:
    from printing.report_command import Reporter  # noqa: PLC0415 (ReportLab is slow)

    settings, clock = in_force(read_settings(asked.config)), SystemClock()
    languages = load_languages(RESOURCES / "texts").texts
    texts = languages.get(asked.language or settings.language, languages[ORIGINAL])

    def open_store() -> Store:
        unlocked = unlock_on(Terminal(), texts, settings.keys_folder)
        return open_own(settings, unlocked=unlocked, clock=clock)[1]

    reporter = Reporter(settings, RESOURCES, texts, clock, open_store, Terminal().tell)
    return reporter.obey(asked)


def _printers(_asked: argparse.Namespace) -> int:
    return list_printers(sys.stdout)


def _readiness(asked: argparse.Namespace) -> int:
    settings = in_force(read_settings(asked.config))

    def printer() -> readiness.PrinterStands:
        stands = printer_of(settings).status()
        return readiness.PrinterStands(stands.on_paper, stands.hold or "")

    return readiness.run(settings, RESOURCES, printer, partial(seen_status, settings))


_COMMANDS = {
    None: _run,
    "audit": _audit,
    "console": _run_console,
    "desk": _run_desk,
    "demo": _demo,
    "setup": _set_up,
    "store": _store,
    "join": _join,
    "sync": _sync,
    "verify": _verify,
    "key": _key,
    "central": _central,
    "rehearse": _rehearse,
    "printers": _printers,
    "readiness": _readiness,
    "report": _report,
    "layout": _layout,
    "diagnostics": _diagnose,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
