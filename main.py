"""The kiosk's entry: arguments, settings, services, window, orderly end."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kiosk import key_commands, readiness, setup, store_command
from kiosk.care import cared_for
from kiosk.clock import Clock, SystemClock
from kiosk.data import check_place, load_data
from kiosk.domain.failures import KioskFailure
from kiosk.facts import OfficeFacts
from kiosk.instance import AlreadyOpen, Program, only_one
from kiosk.keys import Unlocked, public_keys_of
from kiosk.languages import load_languages
from kiosk.logs.writing import clean_log, log_files, report, started
from kiosk.memory import forbid_core_dumps
from kiosk.opening import open_own
from kiosk.room import Reserve
from kiosk.settings import Settings, read_settings
from kiosk.terminal import Terminal, texts_of_terminal, unlock_on
from kiosk.timekeeping import open_clock
from kiosk.trust import judge_slip, read_trust
from kiosk.version import program_version
from printing.file_printer import Papers
from printing.port import Printer
from printing.printers import list_printers, printer_of
from printing.slips import Slips
from printing.spooler import Spooler
from printing.turn import Turn

if TYPE_CHECKING:
    from ui.app import KioskApp
    from ui.desk import DeskApp
    from ui.recordings import Recordings
    from ui.services import Services

RESOURCES = Path(__file__).parent / "resources"

ALREADY_OPEN = 3
"""The exit code of a second start: whoever starts the kiosk again when it fails must not then."""


def main(arguments: list[str]) -> int:
    """Run the kiosk, set it up, play a demo visit, or verify slips; returns the exit code."""
    forbid_core_dumps()
    asked = _parse(arguments)
    with clean_log():
        try:
            return _COMMANDS[asked.command](asked)
        except AlreadyOpen as twice:
            print(f"{twice.code}: {twice}; its window comes to the front", file=sys.stderr)
            return ALREADY_OPEN
        except KioskFailure as failure:
            print(f"{failure.code}: {failure}", file=sys.stderr)
            return 1


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="main.py", description="Anjungan BPU")
    parser.add_argument("--config", type=Path, help="kiosk.toml of this kiosk")
    parser.add_argument("--windowed", action="store_true", help="in a window that can be closed")
    parser.add_argument("--practice", action="store_true", help="with people who do not exist")
    commands = parser.add_subparsers(dest="command")
    demo = commands.add_parser("demo", help="play a visit from a file of answers, without a screen")
    demo.add_argument("--answers", type=Path, help="TOML file, see docs/demo.md")
    demo.add_argument("--out", type=Path, default=Path("demo"), help="folder for what is left")
    commands.add_parser("desk", help="the staff's desk in a window, see docs/desk.md")
    diagnostics = commands.add_parser("diagnostics", help="a bundle for help from afar")
    diagnostics.add_argument("--out", type=Path, required=True, help="the zip file to write")
    set_up = commands.add_parser("setup", help="make the first admin, see docs/desk.md")
    set_up.add_argument("--recover", action="store_true", help="a new PIN for an admin")
    audit = commands.add_parser("audit", help="check the audit's chain, see docs/desk.md")
    audit.add_argument("act", choices=["verify"])
    audit.add_argument("--code", action="append", default=[], help="closing code from a recap")
    store_command.declare(commands.add_parser("store", help="the record, see docs/storage.md"))
    verify = commands.add_parser("verify", help="judge the QR texts on standard input, one a line")
    verify.add_argument("--name", help="the name on the KTP, compared with the printed one")
    verify.add_argument("--trust", type=_folder, help="folder in place of trust_folder")
    layout = commands.add_parser("layout", help="layouts of the slip, see docs/layouts.md")
    layout.add_argument("deed", choices=("check", "preview", "use"))
    layout.add_argument("file", type=Path, help="a file like resources/data/slip_layouts.json")
    layout.add_argument("--out", type=Path, default=Path("layout"), help="folder for a preview")
    key = commands.add_parser("key", help="what guards the keys, and new keys, see docs/keys.md")
    key_commands.add_arguments(key)
    commands.add_parser("printers", help="which printers there are, and what they report")
    commands.add_parser("readiness", help="whether this kiosk is fit for work")
    asked = parser.parse_args(arguments)
    if asked.practice and asked.command not in {None, "desk"}:
        parser.error(f"--practice does not go with {asked.command}")
    return asked


def _folder(given: str) -> Path:
    if not Path(given).is_dir():
        raise argparse.ArgumentTypeError(f"{given} is no folder")
    return Path(given)


def _has_screen() -> bool:
    named = os.environ.get("QT_QPA_PLATFORM", "")
    if named:
        return not named.startswith(("offscreen", "minimal"))
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def open_kiosk(
    settings: Settings,
    clock: Clock,
    printer: Printer | None = None,
    executor: Executor | None = None,
    recordings: "Recordings | None" = None,
    *,
    practice: bool = False,
    unlocked: Unlocked | None = None,
) -> Iterator["KioskApp"]:
    """Put the kiosk together on an existing QGuiApplication, and take it apart in order.

    `printer`, `executor` and `recordings` are given by tests, `unlocked` when somebody was asked
    for the passphrase of the keys. Raises KioskFailure when the
    store, its key or the data cannot be used.
    """
    from ui.app import KioskApp  # noqa: PLC0415

    with (
        _open_services(settings, clock, printer, practice, unlocked) as (services, spooler),
        _running(KioskApp(services, executor, recordings), spooler) as app,
    ):
        yield app


@contextmanager
def open_desk(
    settings: Settings,
    clock: Clock,
    printer: Printer | None = None,
    *,
    practice: bool = False,
    unlocked: Unlocked | None = None,
) -> Iterator["DeskApp"]:
    """Put the staff's desk together in a window of its own; like open_kiosk()."""
    from ui.desk import DeskApp  # noqa: PLC0415

    with (
        _open_services(settings, clock, printer, practice, unlocked) as (services, spooler),
        _running(DeskApp(services), spooler) as app,
    ):
        yield app


App = TypeVar("App", "KioskApp", "DeskApp")


@contextmanager
def _running(app: App, spooler: Spooler) -> Iterator[App]:
    spooler.start(app.slip_moved)
    try:
        yield app
    finally:
        spooler.stop()
        app.close()


@contextmanager
def _open_services(
    settings: Settings,
    clock: Clock,
    printer: Printer | None,
    practice: bool,
    unlocked: Unlocked | None,
) -> Iterator[tuple["Services", Spooler]]:
    from ui.services import Services  # noqa: PLC0415

    languages = load_languages(RESOURCES / "texts")
    data = load_data(RESOURCES, settings.data_folder)
    trust = read_trust({}, settings.trust_folder)
    for problem in (*languages.problems, *data.problems, *trust.problems):
        report(problem)
    check_place(settings, data)
    # First of all: on a full disk the store opens in the room that was held back.
    reserve = Reserve([settings.store_folder])
    reserve.look()
    keys, store = open_own(settings, practice=practice, unlocked=unlocked, clock=clock)
    trusted = open_clock(store, clock)
    facts = OfficeFacts(data, settings, trusted)
    slips = Slips(
        settings,
        languages.texts,
        data.benefits,
        data.payment,
        keys,
        facts,
        practice=practice,
        layouts=data.slip_layouts,
    )
    papers, turn = Papers(settings.slips_folder), Turn(settings.store_folder)
    spooler = Spooler(store, slips, printer or printer_of(settings), trusted, papers, has_turn=turn)
    judge = partial(judge_slip, keys.public_keys, settings.trust_folder)
    with closing(store), cared_for(store):
        yield (
            Services(
                settings,
                languages.texts,
                data,
                store,
                trusted,
                spooler,
                judge,
                reserve,
                practice=practice,
            ),
            spooler,
        )
        turn.give_up()


def _run(asked: argparse.Namespace) -> int:
    if not _has_screen():
        print("There is no screen here: playing one visit into demo/ instead.")
        return _play(None, Path("demo"))
    return _show(asked, open_kiosk, Program.KIOSK)


def _run_desk(asked: argparse.Namespace) -> int:
    if not _has_screen():
        print("There is no screen here, and the desk needs one.", file=sys.stderr)
        return 1
    return _show(asked, open_desk, Program.DESK)


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
    return setup.run(read_settings(asked.config), RESOURCES, recover=asked.recover)


def _store(asked: argparse.Namespace) -> int:
    settings = read_settings(asked.config)
    texts = texts_of_terminal(load_languages(RESOURCES / "texts").texts)
    unlocked = unlock_on(Terminal(), texts, settings.keys_folder)
    return store_command.run(settings, asked, SystemClock(), sys.stdout, unlocked)


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

    settings = read_settings(asked.config)
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
        settings=read_settings(asked.config),
        resources=RESOURCES,
        clock=SystemClock(),
        tell=sys.stdout,
    )


def _key(asked: argparse.Namespace) -> int:
    return key_commands.run(read_settings(asked.config), RESOURCES, asked)


def _printers(_asked: argparse.Namespace) -> int:
    return list_printers(sys.stdout)


def _readiness(asked: argparse.Namespace) -> int:
    return readiness.run(read_settings(asked.config), RESOURCES)


_COMMANDS = {
    None: _run,
    "audit": _audit,
    "desk": _run_desk,
    "demo": _demo,
    "setup": _set_up,
    "store": _store,
    "verify": _verify,
    "key": _key,
    "printers": _printers,
    "readiness": _readiness,
    "layout": _layout,
    "diagnostics": _diagnose,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
