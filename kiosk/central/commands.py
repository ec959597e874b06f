"""`main.py central`: installing the centre, and the console on a terminal."""

import argparse
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.central import backup, backup_commands, console_commands, install
from kiosk.central.address import CentreAddress, Login, read_url
from kiosk.central.console import Console
from kiosk.central.console_commands import Draw
from kiosk.central.failures import CentreFailure
from kiosk.domain.texts import Texts
from kiosk.terminal import Terminal

URL_VARIABLE = "ANJUNGAN_CENTRE_URL"
SECRET_MIN_LETTERS = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `main.py central` understands."""
    parser.add_argument("--url", help="postgresql://role@host/database, without a password")
    parser.add_argument("--url-file", type=Path, help=f"a file with the URL; else {URL_VARIABLE}")
    orders = parser.add_subparsers(dest="order", required=True)
    init = orders.add_parser("init", help="install the centre, see docs/centre.md")
    orders.add_parser("upgrade", help="bring the centre up to date")
    orders.add_parser("status", help="how the centre stands")
    admin = orders.add_parser("admin", help="a login for another admin of the kabupaten")
    for makes_admin in (init, admin):
        makes_admin.add_argument("--admin", help="the admin's name; asked for if not given")
        makes_admin.add_argument("--password-file", type=Path, help="else one is drawn and shown")
    console_commands.declare(orders)
    backup_commands.declare(orders)


@dataclass(frozen=True, slots=True)
class Central:
    """Does what was typed. `draw` shows a token as a QR code."""

    texts: Texts
    terminal: Terminal
    draw: Draw

    def obey(self, asked: argparse.Namespace) -> int:
        """Do one order; returns the exit code. Raises CentreFailure."""
        address, login = self._way(asked)
        # The certificates that a URL names are copied for libpq; nothing else is kept here.
        with tempfile.TemporaryDirectory(prefix="anjungan-") as folder:
            there = _There(address, login, Path(folder))
            orders: dict[str, Callable[[argparse.Namespace, _There], int]] = {
                "init": self._init,
                "upgrade": self._upgrade,
                "status": self._status,
                "admin": self._admin,
                **dict.fromkeys(backup_commands.ORDERS, self._backup),
            }
            return orders.get(asked.order, self._console)(asked, there)

    def _way(self, asked: argparse.Namespace) -> tuple[CentreAddress, Login]:
        if asked.url_file:
            given = _line_of(asked.url_file)
        else:
            given = asked.url or os.environ.get(URL_VARIABLE, "")
        if not given:
            raise CentreFailure("C 11", f"give --url, --url-file or {URL_VARIABLE}")
        address, login = read_url(given)
        if asked.url and not asked.url_file and login.secret:
            raise CentreFailure(
                "C 11", "a password on the command line is seen by others: use --url-file"
            )
        by_socket = address.hosts[0] == "" or address.hosts[0].startswith("/")
        if not login.secret and not by_socket:
            prompt = self.texts.say("central.ask_password", login=login.role)
            login = Login(login.role, self.terminal.ask_secret(f"{prompt}: "))
        return address, login

    def _init(self, asked: argparse.Namespace, there: "_There") -> int:
        name, secret = self._name_of_admin(asked), _secret_of(asked)
        if install.create_database(*there.way):
            self._say("central.database_made", database=there.address.database)
        with install.installing(*there.way) as connection:
            installed = install.init(connection, self._step)
            admin = install.make_first_admin(connection, name, secret)
        self._say("central.ready", version=installed.version)
        self._tell_left(installed.left_to_everybody)
        self._tell_admin(admin, shown=not secret)
        return 0

    def _upgrade(self, _asked: argparse.Namespace, there: "_There") -> int:
        with install.installing(*there.way) as connection:
            upgraded = install.upgrade(connection, self._step)
        self._say("central.ready", version=upgraded.version)
        self._tell_left(upgraded.left_to_everybody)
        return 0

    def _status(self, _asked: argparse.Namespace, there: "_There") -> int:
        with install.installing(*there.way) as connection:
            found = install.status(connection)
        self._say("central.server", server=found.server)
        if not found.version:
            self._say("central.none")
            return 1
        counts = {"kiosks": found.kiosks, "registrations": found.registrations}
        self._say("central.stands", version=found.version, **counts)
        self._tell_left(found.left_to_everybody)
        if found.version < install.HEAD:
            self._say("central.behind")
        return 0 if found.version == install.HEAD else 1

    def _admin(self, asked: argparse.Namespace, there: "_There") -> int:
        name, secret = self._name_of_admin(asked), _secret_of(asked)
        with install.installing(*there.way) as connection:
            if not install.version_of(connection):
                raise CentreFailure("C 16", "there is no centre in this database")
            admin = install.make_first_admin(connection, name, secret)
        self._tell_admin(admin, shown=not secret)
        return 0

    def _backup(self, asked: argparse.Namespace, there: "_There") -> int:
        centre = backup.Centre(*there.way)
        return backup_commands.run(asked, centre, self.texts, self.terminal.tell)

    def _console(self, asked: argparse.Namespace, there: "_There") -> int:
        console = Console(*there.way, there.address)
        return console_commands.run(asked, console, self.texts, self.terminal.tell, self.draw)

    def _name_of_admin(self, asked: argparse.Namespace) -> str:
        name = asked.admin or self.terminal.ask(f"{self.texts.say('central.ask_admin')}: ")
        if not name.strip():
            raise CentreFailure("C 18", "an admin has a name")
        return str(name.strip())

    def _tell_admin(self, admin: install.FirstAdmin, *, shown: bool) -> None:
        self._say("central.admin", login=admin.role)
        if shown:
            self._say("central.password", password=admin.secret)
            self._say("central.password_once")

    def _tell_left(self, left: tuple[str, ...]) -> None:
        if left:
            self._say("central.left", count=len(left))
            for one in left:
                self.terminal.tell(f"  {one}")

    def _step(self, step: install.Step) -> None:
        self._say(f"central.step_{step.value}")

    def _say(self, key: str, **values: object) -> None:
        self.terminal.tell(self.texts.say(key, **values))


@dataclass(frozen=True, slots=True)
class _There:
    address: CentreAddress
    login: Login
    ca_folder: Path

    @property
    def way(self) -> tuple[CentreAddress, Login, Path]:
        return self.address, self.login, self.ca_folder


def _secret_of(asked: argparse.Namespace) -> str:
    if asked.password_file is None:
        return ""
    secret = _line_of(asked.password_file)
    if len(secret) < SECRET_MIN_LETTERS:
        raise CentreFailure("C 18", f"a password has at least {SECRET_MIN_LETTERS} letters")
    return secret


def _line_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0].strip()
    except (OSError, ValueError):
        raise CentreFailure("C 11", f"{file} cannot be read") from None
