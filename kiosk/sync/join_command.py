"""`main.py join`: this kiosk joins the centre with a token, or reaches it at another address."""

import sys
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from kiosk.central.address import read_url
from kiosk.central.token import LONGEST
from kiosk.clock import Clock
from kiosk.domain.texts import Texts
from kiosk.opening import open_own
from kiosk.settings import Settings
from kiosk.sync.joining import Joined, Moved, NotLetIn, NotReached, TokenRefused, join, move
from kiosk.terminal import Terminal, unlock_on


def run(
    settings: Settings, asked: Namespace, texts: Texts, clock: Clock, terminal: Terminal
) -> int:
    """Do what was typed; returns the exit code. Raises KioskFailure."""
    if asked.moved:
        return _move(settings, asked.moved, texts, terminal)
    return _join(settings, asked.token, texts, clock, terminal)


def _move(settings: Settings, url: str, texts: Texts, terminal: Terminal) -> int:
    address, _login = read_url(url)
    unlocked = unlock_on(terminal, texts, settings.keys_folder)
    _keys, store = open_own(settings, unlocked=unlocked)
    with closing(store):
        outcome = move(store, address, settings.store_folder)
    match outcome:
        case Moved():
            terminal.tell(texts.say("join.moved"))
            return 0
        case NotLetIn():
            terminal.tell(texts.say("join.not_let_in"))
        case NotReached(is_verified):
            terminal.tell(texts.say("join.not_reached" if is_verified else "join.not_verified"))
    return 1


def _join(
    settings: Settings, file: Path | None, texts: Texts, clock: Clock, terminal: Terminal
) -> int:
    unlocked = unlock_on(terminal, texts, settings.keys_folder)
    try:
        text = _token(file, texts, terminal)
    except OSError as refused:
        terminal.tell(f"{file}: {refused.strerror}")
        return 1
    keys, store = open_own(settings, unlocked=unlocked)
    with closing(store):
        outcome = join(store, keys, text, settings.store_folder, clock)
    return tell(outcome, texts, terminal)


def tell(outcome: Joined | TokenRefused | NotReached, texts: Texts, terminal: Terminal) -> int:
    """Tell what came of joining; returns the exit code."""
    match outcome:
        case Joined(number, name, office):
            terminal.tell(texts.say("join.joined", number=number, name=name, office=office))
            return 0
        case TokenRefused(flaw):
            terminal.tell(texts.say(f"join.{flaw.value}"))
        case NotReached(is_verified):
            terminal.tell(texts.say("join.not_reached" if is_verified else "join.not_verified"))
    return 1


def read_file(file: Path) -> str:
    """Return a token's text, as long as a token can be. Raises OSError."""
    with file.open(encoding="ascii", errors="replace") as opened:
        return opened.read(LONGEST + 1)


def _token(file: Path | None, texts: Texts, terminal: Terminal) -> str:
    if file is not None:
        return read_file(file)
    if not sys.stdin.isatty():
        return sys.stdin.read()
    lines = [terminal.ask(f"{texts.say('join.token')}: ")]
    while lines[-1].strip():
        lines.append(terminal.ask(""))
    return "\n".join(lines)
