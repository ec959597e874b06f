"""Asking and telling on a terminal, also for the passphrase of the keys."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path

from kiosk.domain.texts import ORIGINAL, Texts
from kiosk.keys import PassphraseMissing, Unlocked, asks_passphrase, open_ring

PASSPHRASE_TRIES = 3


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where questions are asked; what is typed as a secret does not appear."""

    ask: Callable[[str], str] = input
    ask_secret: Callable[[str], str] = getpass
    tell: Callable[[str], None] = print


def texts_of_terminal(texts: Mapping[str, Texts]) -> Texts:
    """Return the language that this terminal is set to, else Indonesian."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return texts.get(spoken.partition("_")[0], texts[ORIGINAL])


def unlock_on(terminal: Terminal, texts: Texts, keys_folder: Path) -> Unlocked | None:
    """Ask for the passphrase where the keys have one; None where nobody has to be asked.

    Raises KeyFailure, and PassphraseMissing after the third wrong one.
    """
    if not asks_passphrase(keys_folder):
        return None
    tries = 0
    while True:
        passphrase = terminal.ask_secret(f"{texts.say('keys.passphrase')}: ")
        try:
            return open_ring(keys_folder, may_create=False, passphrase=passphrase)
        except PassphraseMissing:
            tries += 1
            if tries == PASSPHRASE_TRIES:
                raise
        terminal.tell(texts.say("keys.wrong"))
