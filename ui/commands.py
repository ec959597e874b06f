"""What `main.py WORD` does without a window; nothing here needs Qt."""

import argparse
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial

from kiosk import key_commands, readiness, setup, store_command
from kiosk.clock import SystemClock
from kiosk.data import load_data
from kiosk.domain.texts import ORIGINAL, Texts
from kiosk.first_start import read_answers
from kiosk.keys import public_keys_of
from kiosk.languages import load_languages
from kiosk.layers import Layers
from kiosk.opening import in_force, open_own
from kiosk.settings import read_settings
from kiosk.storage.store import Store
from kiosk.sync import command as sync_command
from kiosk.sync.command import seen_status
from kiosk.terminal import Terminal, texts_of_terminal, unlock_on
from kiosk.trust import read_trust
from printing.printers import list_printers, printer_of
from ui.composing import RESOURCES


def _texts() -> Texts:
    return texts_of_terminal(load_languages(RESOURCES / "texts").texts)


def _set_up(asked: argparse.Namespace) -> int:
    settings, answers = read_settings(asked.config), None
    if asked.answers:
        regions = load_data(RESOURCES, settings.data_folder).regions
        answers = read_answers(asked.answers, regions)
    layers = Layers(settings, fits=lambda one: printer_of(one).close())
    return setup.run(layers, RESOURCES, recover=asked.recover, answers=answers)


def _store(asked: argparse.Namespace) -> int:
    settings = read_settings(asked.config)
    texts = _texts()
    unlocked = unlock_on(Terminal(), texts, settings.keys_folder)
    return store_command.run(settings, asked, SystemClock(), sys.stdout, unlocked)


def _sync(asked: argparse.Namespace) -> int:
    settings, clock = read_settings(asked.config), SystemClock()
    texts = _texts()
    unlocked = unlock_on(Terminal(), texts, settings.keys_folder)
    _keys, store = open_own(settings, unlocked=unlocked, clock=clock)
    with closing(store):
        return sync_command.run(
            store, settings.store_folder, asked, texts=texts, clock=clock, out=sys.stdout
        )


def _join(asked: argparse.Namespace) -> int:
    from kiosk.sync import join_command  # noqa: PLC0415 (done once in a kiosk's life)

    texts = _texts()
    settings = read_settings(asked.config)
    return join_command.run(settings, asked, texts, SystemClock(), Terminal())


def _audit(asked: argparse.Namespace) -> int:
    from kiosk import audit  # noqa: PLC0415 (the kiosk itself never goes through it)

    settings = read_settings(asked.config)
    texts = _texts()
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
        sys.stderr.write(f"{asked.out}: {refused.strerror}\n")
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


def _central(asked: argparse.Namespace) -> int:
    from kiosk.central.commands import Central  # noqa: PLC0415 (no kiosk needs it)
    from printing.token_code import draw_token  # noqa: PLC0415

    texts = _texts()
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


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "audit": _audit,
    "central": _central,
    "diagnostics": _diagnose,
    "join": _join,
    "key": _key,
    "layout": _layout,
    "printers": _printers,
    "readiness": _readiness,
    "report": _report,
    "setup": _set_up,
    "store": _store,
    "sync": _sync,
    "verify": _verify,
}
"""Each does what was typed and returns the exit code; raises KioskFailure."""
