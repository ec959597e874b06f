"""`main.py key`: what guards the keys, changing that, and changing the keys, on a terminal."""

import argparse
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kiosk.audit import note
from kiosk.clock import SystemClock
from kiosk.domain.texts import Texts
from kiosk.key_change import change_signing_key, change_store_key, forget_retired, settle
from kiosk.keys import KeyFailure, Unlocked, open_ring, public_keys_of, save_public_key
from kiosk.keys.files import reported
from kiosk.keys.key_file import Bare, Guard, Sealed
from kiosk.keys.machine import deliver
from kiosk.keys.passphrase import MIN_LETTERS, Cost, flaw_of, normal, propose
from kiosk.keys.protection import protection_of
from kiosk.keys.ring import locked_by, read_key_file, sealed_by_machine
from kiosk.languages import load_languages
from kiosk.opening import open_own
from kiosk.settings import Settings
from kiosk.storage.engine import STORE_FILE
from kiosk.terminal import Terminal, texts_of_terminal, unlock_on

CALLED_OFF = 130
"""What a shell calls a command that was ended by Ctrl+C."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `main.py key` understands."""
    orders = parser.add_subparsers(dest="order", required=True)
    orders.add_parser("status", help="what guards the keys")
    protect = orders.add_parser("protect", help="guard the keys in another way")
    protect.add_argument("guard", choices=("machine", "passphrase", "file"))
    change = orders.add_parser("change", help="make a new key")
    change.add_argument("key", choices=("store", "signing"))
    copy = orders.add_parser("copy", help="write a copy for safekeeping, under a passphrase")
    copy.add_argument("file", type=Path)
    orders.add_parser("forget", help="drop the store's old keys, and with them old backups")
    unseal = orders.add_parser("unseal", help="for the unit: hand the sealed keys over, as root")
    unseal.add_argument("folder", type=Path)


def run(settings: Settings, resources: Path, asked: argparse.Namespace) -> int:
    """Do one order on this terminal; returns the exit code. Raises KioskFailure."""
    texts = texts_of_terminal(load_languages(resources / "texts").texts)
    return KeyDialogue(settings, texts, Terminal()).obey(asked)


@dataclass(frozen=True, slots=True)
class KeyDialogue:
    """Asks and tells about the keys. `cost`: of the passphrases it takes."""

    settings: Settings
    texts: Texts
    terminal: Terminal
    cost: Cost | None = None
    with_key: str = "auto"

    def obey(self, asked: argparse.Namespace) -> int:
        """Do what was asked for; returns the exit code. Raises KioskFailure."""
        try:
            return self._obey(asked)
        except (EOFError, KeyboardInterrupt):
            self.terminal.tell("")
            self._say("desk_setup.called_off")
            return CALLED_OFF

    def _obey(self, asked: argparse.Namespace) -> int:
        if asked.order == "status":
            return self.status()
        if asked.order == "unseal":
            return self.unseal(asked.folder)
        unlocked = self._unlocked()
        orders = {
            "protect": lambda: self.protect(unlocked, asked.guard),
            "change": lambda: self.change(unlocked, asked.key),
            "copy": lambda: self.copy(unlocked, asked.file),
            "forget": lambda: self.forget(unlocked),
        }
        return orders[asked.order]()

    def status(self) -> int:
        """Tell the level, and by which key slips are signed."""
        folder = self.settings.keys_folder
        file = read_key_file(folder) if folder.exists() else None
        if file is None:
            self._say("keys.none")
            return 1
        self._tell_level(file.guard)
        self._say("keys.signs", key_id=next(iter(public_keys_of(folder))))
        return 0

    def protect(self, unlocked: Unlocked, how: str) -> int:
        """Guard the keys by the machine, a passphrase or nothing but the file's mode."""
        was_bare = isinstance(unlocked.guard, Bare)
        guard, wrapping_key = self._new_guard(how)
        self._note(unlocked.guarded_by(guard, wrapping_key), "keys_protected", guard=how)
        self._tell_level(guard)
        if was_bare and not isinstance(guard, Bare):
            self._say("keys.were_bare")
        if isinstance(guard, Sealed):
            self._say("keys.copy_wanted")
        return 0

    def change(self, unlocked: Unlocked, key: str) -> int:
        """Put the store under a new key, or sign with a new one."""
        if key == "store":
            changed = change_store_key(unlocked, self.settings.store_folder)
            self._note(changed, "store_key_changed")
            self._say("keys.store_changed")
        else:
            self._change_signing(unlocked)
        self._say("keys.copy_again")
        return 0

    def _change_signing(self, unlocked: Unlocked) -> None:
        """Leave both public keys where staff look for files."""
        old = unlocked.ring.keys.public_key
        changed = change_signing_key(unlocked)
        self._note(changed, "signing_key_changed")
        new = changed.ring.keys
        for public_key in (old, new.public_key):
            save_public_key(public_key, self.settings.exchange_folder)
        self._say("keys.signing_changed", key_id=new.key_id)
        self._say("keys.public_saved", folder=self.settings.exchange_folder)

    def copy(self, unlocked: Unlocked, file: Path) -> int:
        """Write a copy for safekeeping, under a passphrase of its own."""
        if file.exists():
            raise KeyFailure("K 11", f"{file} exists and stays as it is")
        unlocked.copy_to(file, *locked_by(self._new_passphrase(), self.cost))
        self._note(unlocked, "keys_copied")
        self._say("keys.copied", file=file)
        return 0

    def forget(self, unlocked: Unlocked) -> int:
        """Drop the store's old keys, once somebody said so."""
        self._say("keys.forget_means", count=len(unlocked.ring.retired_store_keys))
        word = self.texts.say("keys.forget_word")
        if self.terminal.ask(f"{self.texts.say('keys.forget_ask', word=word)}: ").strip() != word:
            self._say("desk_setup.called_off")
            return 1
        self._note(forget_retired(unlocked), "store_keys_forgotten")
        self._say("keys.forgotten")
        return 0

    def unseal(self, folder: Path) -> int:
        """Hand the wrapping key over to the kiosk; nothing to do where it is not sealed."""
        file = read_key_file(self.settings.keys_folder)
        if file is not None and isinstance(file.guard, Sealed):
            with reported(folder):
                deliver(file.guard.credential, folder)
        return 0

    def _note(self, unlocked: Unlocked, event: str, **details: str) -> None:
        """The audit keeps what was done with the keys, once there is one."""
        if (self.settings.store_folder / STORE_FILE).exists():
            _, store = open_own(self.settings, unlocked=unlocked)
            with closing(store):
                note(store, event, SystemClock(), **details)

    def _unlocked(self) -> Unlocked:
        folder = self.settings.keys_folder
        unlocked = unlock_on(self.terminal, self.texts, folder)
        return settle(unlocked or open_ring(folder, may_create=False), self.settings.store_folder)

    def _new_guard(self, how: str) -> tuple[Guard, bytes | None]:
        match how:
            case "machine":
                return sealed_by_machine(self.with_key)
            case "passphrase":
                return locked_by(self._new_passphrase(), self.cost)
            case _:
                return Bare(), None

    def _new_passphrase(self) -> str:
        """Ask until a passphrase is good enough and was typed twice alike; Enter takes ours."""
        proposal = propose()
        self._say("keys.proposal", proposal=proposal)
        self._say("keys.write_down")
        while True:
            passphrase = self._secret("keys.new") or proposal
            flaw = flaw_of(passphrase)
            if flaw is not None:
                self._say(f"keys.flaw_{flaw.value}", least=MIN_LETTERS)
            elif normal(self._secret("keys.again")) != normal(passphrase):
                self._say("keys.differ")
            else:
                return passphrase

    def _secret(self, key: str) -> str:
        return self.terminal.ask_secret(f"{self.texts.say(key)}: ").strip()

    def _tell_level(self, guard: Guard) -> None:
        folders = (self.settings.keys_folder, self.settings.store_folder)
        protection = protection_of(guard, folders)
        self._say("keys.level", level=protection.level)
        self._say(f"keys.by_{protection.by.value}")

    def _say(self, key: str, **values: object) -> None:
        self.terminal.tell(self.texts.say(key, **values))
