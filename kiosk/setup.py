"""`main.py setup`: the first admin, and a new PIN for an admin who lost it, asked on a terminal."""

import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from kiosk.accounts import (
    AlreadySetUp,
    Created,
    NameMissing,
    NameTaken,
    NoSuchAdmin,
    PinRefused,
    Recovered,
    create_first_admin,
    has_admin,
    hash_new,
    recover_admin,
)
from kiosk.clock import Clock, SystemClock
from kiosk.domain.failures import KioskFailure
from kiosk.domain.staff import PIN_MAX_DIGITS, PIN_MIN_DIGITS, flaw_of
from kiosk.domain.texts import Texts
from kiosk.first_start import Answers, Unfit, set_up
from kiosk.keys import KioskKeys
from kiosk.languages import load_languages
from kiosk.layers import Layers
from kiosk.opening import open_own
from kiosk.settings import Settings
from kiosk.storage.store import Store
from kiosk.terminal import Terminal, texts_of_terminal, unlock_on

CALLED_OFF = 130
"""What a shell calls a command that was ended by Ctrl+C."""


def run(layers: Layers, resources: Path, *, recover: bool, answers: Answers | None = None) -> int:
    """Set this kiosk up on this terminal or by answers, or recover an admin's PIN; see talk()."""
    texts = texts_of_terminal(load_languages(resources / "texts").texts)
    if answers is not None:
        terminal = Terminal() if sys.stdin.isatty() else Terminal(ask_secret=_read_line)
        return take(layers, texts, SystemClock(), terminal, answers)
    return talk(layers.machine, texts, SystemClock(), Terminal(), recover=recover)


def talk(
    settings: Settings, texts: Texts, clock: Clock, terminal: Terminal, *, recover: bool
) -> int:
    """Ask what is needed and do it; returns the exit code.

    Raises KeyFailure or StoreFailure when the store cannot be opened.
    """
    unlocked = unlock_on(terminal, texts, settings.keys_folder)
    _, store = open_own(settings, unlocked=unlocked)
    with closing(store):
        dialogue = _Dialogue(store, texts, clock, terminal)
        try:
            return dialogue.recover() if recover else dialogue.set_up()
        except (EOFError, KeyboardInterrupt):
            terminal.tell("")
            terminal.tell(texts.say("desk_setup.called_off"))
            return CALLED_OFF


def take(layers: Layers, texts: Texts, clock: Clock, terminal: Terminal, answers: Answers) -> int:
    """Set a new kiosk up by answers that are there; only the PIN is asked for.

    Returns the exit code. Raises KeyFailure or StoreFailure as talk() does.
    """
    settings = layers.machine
    unlocked = unlock_on(terminal, texts, settings.keys_folder)
    keys, store = open_own(settings, unlocked=unlocked)
    with closing(store):
        dialogue = _Dialogue(store, texts, clock, terminal)
        try:
            code = dialogue.take(layers, answers)
        except (EOFError, KeyboardInterrupt):
            terminal.tell(texts.say("desk_setup.called_off"))
            return CALLED_OFF
        if code == 0 and answers.token_file is not None:
            return dialogue.join(keys, settings.store_folder, answers, answers.token_file)
        return code


def _read_line(_prompt: str) -> str:
    return sys.stdin.readline().rstrip("\n")


@dataclass(frozen=True, slots=True)
class _Dialogue:
    store: Store
    texts: Texts
    clock: Clock
    terminal: Terminal

    def set_up(self) -> int:
        """Ask for the first admin's name and PIN."""
        if has_admin(self.store):
            return self._refuse("desk_setup.already")
        self._say("desk_setup.title")
        name = self.terminal.ask(self._prompt("desk_setup.name"))
        return self._made(create_first_admin(self.store, name, self._new_pin(), self.clock))

    def _made(self, made: Created | NameMissing | NameTaken | AlreadySetUp | PinRefused) -> int:
        match made:
            case Created(account):
                self._say("desk_setup.done", name=account.name)
                return 0
            case NameMissing():
                return self._refuse("desk_setup.name_missing")
            case NameTaken():
                return self._refuse("desk_setup.name_taken")
            case AlreadySetUp():
                return self._refuse("desk_setup.already")
            case PinRefused(flaw):
                return self._refuse(f"desk_setup.pin_{flaw.value}")
            case _:
                assert_never(made)

    def take(self, layers: Layers, answers: Answers) -> int:
        """Ask for the PIN once, and set all else up by answers."""
        if has_admin(self.store):
            return self._refuse("desk_setup.already")
        pin = self.terminal.ask_secret(self._prompt("desk_setup.pin"))
        pin_hash = hash_new(pin)
        if isinstance(pin_hash, PinRefused):
            return self._made(pin_hash)
        made = set_up(self.store, layers, answers, pin_hash, self.clock)
        if isinstance(made, Unfit):
            return self._refuse("desk_setup.unfit", setting=made.name or "-")
        return self._made(made)

    def join(self, keys: KioskKeys, ca_folder: Path, answers: Answers, file: Path) -> int:
        """Join the centre with the token in a file; the kiosk stays set up whatever comes of it."""
        if self._have_joined(keys, ca_folder, answers, file):
            return 0
        return self._refuse("desk_setup.not_joined")

    def _have_joined(self, keys: KioskKeys, ca_folder: Path, answers: Answers, file: Path) -> bool:
        from kiosk.central.token import Token, read_token  # noqa: PLC0415 (SQLAlchemy is slow)
        from kiosk.sync import join_command, joining  # noqa: PLC0415

        try:
            text = join_command.read_file(file)
        except OSError as refused:
            self.terminal.tell(f"{file}: {refused.strerror}")
            return False
        token, chosen = read_token(text), answers.settings["kecamatan_code"]
        if isinstance(token, Token) and token.office not in {"", chosen}:
            self._say("desk_setup.other_office", theirs=token.office, chosen=chosen)
            return False
        try:
            outcome = joining.join(self.store, keys, text, ca_folder, self.clock)
        except KioskFailure as failure:
            self.terminal.tell(f"{failure.code}: {failure}")
            return False
        return join_command.tell(outcome, self.texts, self.terminal) == 0

    def recover(self) -> int:
        """Ask which admin gets a new PIN, and for the PIN."""
        if not has_admin(self.store):
            return self._refuse("desk_setup.nobody")
        self._say("desk_setup.recover_title")
        name = self.terminal.ask(self._prompt("desk_setup.recover_name"))
        outcome = recover_admin(self.store, name, self._new_pin(), self.clock)
        match outcome:
            case Recovered(account):
                self._say("desk_setup.recovered", name=account.name)
                return 0
            case NoSuchAdmin():
                return self._refuse("desk_setup.no_such_admin")
            case PinRefused(flaw):
                return self._refuse(f"desk_setup.pin_{flaw.value}")
            case _:
                assert_never(outcome)

    def _new_pin(self) -> str:
        """Ask until a PIN is good enough and was typed twice alike."""
        while True:
            pin = self.terminal.ask_secret(self._prompt("desk_setup.pin"))
            flaw = flaw_of(pin)
            if flaw is not None:
                self._refuse(f"desk_setup.pin_{flaw.value}")
            elif self.terminal.ask_secret(self._prompt("desk_setup.pin_again")) != pin:
                self._refuse("desk_setup.pins_differ")
            else:
                return pin

    def _prompt(self, key: str) -> str:
        return f"{self.texts.say(key)}: "

    def _refuse(self, key: str, **values: object) -> int:
        self._say(key, **values)
        return 1

    def _say(self, key: str, **values: object) -> None:
        digits = {"least": PIN_MIN_DIGITS, "most": PIN_MAX_DIGITS}
        self.terminal.tell(self.texts.say(key, **digits, **values))
