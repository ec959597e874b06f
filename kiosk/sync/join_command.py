"""`main.py join`: this kiosk joins the centre with a token, from a file or typed."""

import sys
from contextlib import closing
from pathlib import Path

from kiosk.clock import Clock
from kiosk.domain.texts import Texts
from kiosk.opening import open_own
from kiosk.settings import Settings
from kiosk.sync.joining import Joined, NotReached, TokenRefused, join
from kiosk.terminal import Terminal, unlock_on


def run(
    settings: Settings, file: Path | None, texts: Texts, clock: Clock, terminal: Terminal
) -> int:
    """Join with the token in `file`, on standard input if it is no terminal, or asked for.

    Returns the exit code. Raises KioskFailure.
    """
    unlocked = unlock_on(terminal, texts, settings.keys_folder)
    try:
        text = _token(file, texts, terminal)
    except OSError as refused:
        terminal.tell(f"{file}: {refused.strerror}")
        return 1
    keys, store = open_own(settings, unlocked=unlocked)
    with closing(store):
        outcome = join(store, keys, text, settings.store_folder, clock)
    match outcome:
        case Joined(number, name, office):
            terminal.tell(texts.say("join.joined", number=number, name=name, office=office))
            return 0
        case TokenRefused(flaw):
            terminal.tell(texts.say(f"join.{flaw.value}"))
        case NotReached():
            terminal.tell(texts.say("join.not_reached"))
    return 1


def _token(file: Path | None, texts: Texts, terminal: Terminal) -> str:
    if file is not None:
        return file.read_text("ascii", errors="replace")
    if not sys.stdin.isatty():
        return sys.stdin.read()
    lines = [terminal.ask(f"{texts.say('join.token')}: ")]
    while lines[-1].strip():
        lines.append(terminal.ask(""))
    return "\n".join(lines)
