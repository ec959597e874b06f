"""The kiosk's entry: arguments, settings, services, window, orderly end."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kiosk import setup, store_command
from kiosk.care import cared_for
from kiosk.clock import Clock, SystemClock
from kiosk.data import check_place, load_data
from kiosk.domain.failures import KioskFailure
from kiosk.facts import OfficeFacts
from kiosk.keys import check_own_slip, open_keys, trusted_keys
from kiosk.languages import load_languages
from kiosk.opening import open_own
from kiosk.settings import Settings, read_settings
from printing.printers import Papers, Printer, printer_of
from printing.slips import Slips
from printing.spooler import Spooler
from printing.turn import Turn

if TYPE_CHECKING:
    from ui.app import KioskApp
    from ui.desk import DeskApp
    from ui.recordings import Recordings
    from ui.services import Services

RESOURCES = Path(__file__).parent / "resources"

log = logging.getLogger("anjungan")


def main(arguments: list[str]) -> int:
    """Run the kiosk, set it up, play a demo visit, or verify slips; returns the exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(name)s %(levelname)s %(message)s")
    asked = _parse(arguments)
    try:
        return _COMMANDS[asked.command](asked)
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
    set_up = commands.add_parser("setup", help="make the first admin, see docs/desk.md")
    set_up.add_argument("--recover", action="store_true", help="a new PIN for an admin")
    store_command.declare(commands.add_parser("store", help="the record, see docs/storage.md"))
    verify = commands.add_parser("verify", help="judge the QR texts on standard input, one a line")
    verify.add_argument("--name", help="the name on the KTP, compared with the printed one")
    verify.add_argument("--trust", type=Path, help="folder of other kiosks' *.pub keys")
    asked = parser.parse_args(arguments)
    if asked.practice and asked.command in {"demo", "setup", "store", "verify"}:
        parser.error(f"--practice does not go with {asked.command}")
    return asked


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
) -> Iterator["KioskApp"]:
    """Put the kiosk together on an existing QGuiApplication, and take it apart in order.

    `printer`, `executor` and `recordings` are given by tests. Raises KioskFailure when the
    store, its key or the data cannot be used.
    """
    from ui.app import KioskApp  # noqa: PLC0415

    with (
        _open_services(settings, clock, printer, practice=practice) as (services, spooler),
        _running(KioskApp(services, executor, recordings), spooler) as app,
    ):
        yield app


@contextmanager
def open_desk(
    settings: Settings, clock: Clock, printer: Printer | None = None, *, practice: bool = False
) -> Iterator["DeskApp"]:
    """Put the staff's desk together in a window of its own; like open_kiosk()."""
    from ui.desk import DeskApp  # noqa: PLC0415

    with (
        _open_services(settings, clock, printer, practice=practice) as (services, spooler),
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
    settings: Settings, clock: Clock, printer: Printer | None, *, practice: bool
) -> Iterator[tuple["Services", Spooler]]:
    from ui.services import Services  # noqa: PLC0415

    languages = load_languages(RESOURCES / "texts")
    data = load_data(RESOURCES, settings.data_folder)
    for problem in (*languages.problems, *data.problems):
        log.warning("%s", problem)
    check_place(settings, data)
    keys, store = open_own(settings, practice=practice, clock=clock)
    facts = OfficeFacts(data, settings, clock)
    slips = Slips(
        settings, languages.texts, data.benefits, data.payment, keys, facts, practice=practice
    )
    papers, turn = Papers(settings.slips_folder), Turn(settings.store_folder)
    spooler = Spooler(store, slips, printer or printer_of(settings), clock, papers, has_turn=turn)
    judge = partial(check_own_slip, keys)
    with closing(store), cared_for(store):
        yield (
            Services(
                settings, languages.texts, data, store, clock, spooler, judge, practice=practice
            ),
            spooler,
        )
        turn.give_up()


def _run(asked: argparse.Namespace) -> int:
    if not _has_screen():
        print("There is no screen here: playing one visit into demo/ instead.")
        return _play(None, Path("demo"))
    return _show(asked, open_kiosk)


def _run_desk(asked: argparse.Namespace) -> int:
    if not _has_screen():
        print("There is no screen here, and the desk needs one.", file=sys.stderr)
        return 1
    return _show(asked, open_desk)


def _show(asked: argparse.Namespace, opened: Callable[..., Any]) -> int:
    from ui.run import run  # noqa: PLC0415 (verify needs no Qt)

    settings = read_settings(asked.config)
    if asked.practice:
        from kiosk.practice import prepare  # noqa: PLC0415 (a kiosk at work never needs it)

        settings = prepare(settings, RESOURCES, SystemClock())
    return run(settings, partial(opened, practice=asked.practice), windowed=asked.windowed)


def _set_up(asked: argparse.Namespace) -> int:
    return setup.run(read_settings(asked.config), RESOURCES, recover=asked.recover)


def _store(asked: argparse.Namespace) -> int:
    return store_command.run(read_settings(asked.config), asked, SystemClock(), sys.stdout)


def _demo(asked: argparse.Namespace) -> int:
    return _play(asked.answers, asked.out)


def _play(answers: Path | None, out: Path) -> int:
    from ui.demo import play  # noqa: PLC0415

    return play(answers, out, open_kiosk)


def _verify(asked: argparse.Namespace) -> int:
    from printing import verify  # noqa: PLC0415

    settings = read_settings(asked.config)
    folder = settings.keys_folder
    keys = open_keys(folder, may_create=False) if folder.exists() else None
    return verify.run(sys.stdin, trusted_keys(keys, asked.trust), sys.stdout, asked.name)


_COMMANDS = {
    None: _run,
    "desk": _run_desk,
    "demo": _demo,
    "setup": _set_up,
    "store": _store,
    "verify": _verify,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
