"""`main.py central enrol|kiosks|stores|alarms|revoke|settle|staff`: the console on a terminal."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kiosk.central import enrolment, staff
from kiosk.central.address import is_loopback, read_url
from kiosk.central.console import Console
from kiosk.central.reports import set_target
from kiosk.central.signing import signing_folder
from kiosk.central.token import Token, in_lines, write_token
from kiosk.clock import local
from kiosk.domain.staff import CentreRole
from kiosk.domain.texts import Texts
from kiosk.fleet import keys_for_tokens

ORDERS = (
    *("enrol", "kiosks", "stores", "alarms", "revoke", "settle", "staff"),
    *("lock", "unlock", "cap", "recovery", "target"),
)
Draw = Callable[[str, Path | None], None]
"""Shows a token's text as a QR code: on the terminal, or as a .png or .svg file."""


def declare(orders: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Tell what can be typed behind `main.py central`."""
    enrol = orders.add_parser("enrol", help="a token for a kiosk, see docs/enrolment.md")
    enrol.add_argument("--name", help="how the office calls it")
    enrol.add_argument("--office", help="code of the kecamatan, like 36.04.09")
    enrol.add_argument("--again", metavar="NUMBER", help="a new token for a kiosk that exists")
    enrol.add_argument("--number", help="of a kiosk that a restored centre does not know any more")
    _add_token_options(enrol)
    orders.add_parser("kiosks", help="all kiosks, and how they stand")
    orders.add_parser("alarms", help="what an admin has to look at")
    orders.add_parser("stores", help="the stores seen of a kiosk").add_argument("number")
    orders.add_parser("revoke", help="let a kiosk in no more").add_argument("number")
    orders.add_parser("lock", help="let a kiosk show that an admin looks").add_argument("number")
    orders.add_parser("unlock", help="take that back").add_argument("number")
    cap = orders.add_parser("cap", help="how many records a kiosk may hand in a day")
    cap.add_argument("number")
    cap.add_argument("records", type=int)
    target = orders.add_parser("target", help="how many a dinas should bring in a year; 0: none")
    target.add_argument("dinas")
    target.add_argument("year", type=int)
    target.add_argument("registrations", type=int)
    recovery = orders.add_parser("recovery", help="let a kiosk fetch what it handed in")
    recovery.add_argument("number")
    recovery.add_argument("--hours", type=int, default=24, help="0 ends it")
    settle = orders.add_parser("settle", help="decide about a copied disk")
    settle.add_argument("number")
    settle.add_argument("--keep", choices=("one", "both"), required=True)
    _add_token_options(settle)
    _declare_staff(orders.add_parser("staff", help="logins of people"))


def _declare_staff(parser: argparse.ArgumentParser) -> None:
    deeds = parser.add_subparsers(dest="deed", required=True)
    add = deeds.add_parser("add", help="a token for a person")
    add.add_argument("--name", required=True)
    add.add_argument("--role", choices=[role.value for role in CentreRole], required=True)
    add.add_argument("--office", default="", help="code of the kecamatan")
    _add_token_options(add)
    deeds.add_parser("remove", help="let a person in no more").add_argument("login")
    deeds.add_parser("list", help="everybody with a login")


def _add_token_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hours", type=int, default=enrolment.HOURS, help="how long it is good")
    parser.add_argument("--reached-at", help="URL of the centre as the kiosks reach it")
    parser.add_argument("--qr", type=Path, help="a .png or .svg file for the QR code")


def run(
    asked: argparse.Namespace,
    console: Console,
    texts: Texts,
    tell: Callable[[str], None],
    draw: Draw,
) -> int:
    """Do one of ORDERS; returns the exit code. Raises CentreFailure."""
    if getattr(asked, "reached_at", None):
        console = replace(console, for_tokens=read_url(asked.reached_at)[0])
    return _Dialogue(console, texts, tell, draw).obey(asked)


@dataclass(frozen=True, slots=True)
class _Dialogue:
    console: Console
    texts: Texts
    tell: Callable[[str], None]
    draw: Draw

    def obey(self, asked: argparse.Namespace) -> int:
        orders: dict[str, Callable[[argparse.Namespace], int]] = {
            "enrol": self._enrol,
            "kiosks": self._kiosks,
            "stores": self._stores,
            "alarms": self._alarms,
            "revoke": self._revoke,
            "settle": self._settle,
            "staff": self._staff,
            "lock": lambda asked: self._on_kiosk("lock", asked.number),
            "unlock": lambda asked: self._on_kiosk("unlock", asked.number),
            "cap": lambda asked: self._on_kiosk("set_cap", asked.number, asked.records),
            "recovery": lambda asked: self._on_kiosk("open_recovery", asked.number, asked.hours),
            "target": self._target,
        }
        return orders[asked.order](asked)

    def _enrol(self, asked: argparse.Namespace) -> int:
        console = self._trusting()
        if asked.again:
            made = enrolment.enrol_again(console, asked.again, asked.hours)
        elif asked.name and asked.office:
            given = (asked.name, asked.office, asked.hours, asked.number)
            made = enrolment.enrol(console, *given)
        else:
            self._say("centre_console.enrol_how")
            return 2
        self._say("centre_console.enrolled", number=made.number)
        return self._hand_over(made.token, asked.qr)

    def _trusting(self) -> Console:
        """The console, with the keys that a new kiosk is to trust."""
        return replace(self.console, keys=keys_for_tokens(self.console, signing_folder()))

    def _kiosks(self, _asked: argparse.Namespace) -> int:
        for one in enrolment.kiosks(self.console):
            state = self.texts.say(f"centre_console.state_{one.state}")
            self.tell(f"{one.number}  {one.office}  {one.name}  {state}")
            if one.last_seen_at:
                self._say(
                    "centre_console.last_seen", at=_day(one.last_seen_at), receipts=one.receipts
                )
            if one.questioned:
                self._say("centre_console.questioned", count=one.questioned, number=one.number)
        return 0

    def _stores(self, asked: argparse.Namespace) -> int:
        for one in enrolment.stores_of(self.console, asked.number):
            self.tell(
                f"{one.incarnation[:8]}  {_day(one.first_seen_at)} - {_day(one.last_seen_at)}  "
                f"{one.registrations}  {self.texts.say(f'centre_console.store_{one.state}')}"
            )
        return 0

    def _alarms(self, _asked: argparse.Namespace) -> int:
        for one in enrolment.alarms(self.console):
            words = self.texts.say(f"centre_console.alarm_{one.kind}")
            self.tell(f"{_day(one.at)}  {one.number}  {words}")
        return 0

    def _revoke(self, asked: argparse.Namespace) -> int:
        enrolment.revoke(self.console, asked.number)
        self._say("centre_console.revoked", number=asked.number)
        return 0

    def _settle(self, asked: argparse.Namespace) -> int:
        if asked.keep == "one":
            made = enrolment.keep_one(self._trusting(), asked.number, asked.hours)
            self._say("centre_console.kept_one", number=asked.number)
            return self._hand_over(made.token, asked.qr)
        count = enrolment.keep_both(self.console, asked.number)
        self._say("centre_console.kept_both", number=asked.number, count=count)
        return 0

    def _on_kiosk(self, function: str, number: str, *values: int) -> int:
        enrolment.run_on_kiosk(self.console, function, number, *values)
        self._say("centre_console.done")
        return 0

    def _target(self, asked: argparse.Namespace) -> int:
        set_target(self.console, asked.dinas, asked.year, asked.registrations)
        self._say("centre_console.done")
        return 0

    def _staff(self, asked: argparse.Namespace) -> int:
        if asked.deed == "add":
            role = CentreRole(asked.role)
            token = staff.add(self.console, asked.name, role, asked.office, asked.hours)
            self._say("centre_console.staff_added", login=token.login.role)
            return self._hand_over(token, asked.qr)
        if asked.deed == "remove":
            staff.remove(self.console, asked.login)
            self._say("centre_console.staff_removed", login=asked.login)
            return 0
        for one in staff.people(self.console):
            role_name = self.texts.say(f"centre_console.role_{one.role.value}")
            active = "" if one.active else self.texts.say("centre_console.not_active")
            self.tell(f"{one.login}  {one.office:8}  {role_name}  {one.name}  {active}".rstrip())
        return 0

    def _hand_over(self, token: Token, file: Path | None) -> int:
        text = write_token(token)
        self._say("centre_console.token", until=_day(token.expires_at))
        self.tell("")
        self.tell(in_lines(text))
        self.tell("")
        self.draw(text, file)
        if all(map(is_loopback, token.address.hosts)):
            self._say("centre_console.loopback")
        return 0

    def _say(self, key: str, **values: object) -> None:
        self.tell(self.texts.say(key, **values))


def _day(moment: datetime | None) -> str:
    return f"{local(moment):%Y-%m-%d %H.%M} WIB" if moment else ""
