"""One kiosk at the console: how it stands, what to say by telephone, and what can be done."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.central.console import Console
from kiosk.central.enrolment import Enrolled, enrol_again, keep_both, keep_one, revoke
from kiosk.console_access import with_keys
from kiosk.domain.fleet import (
    LONGEST_MESSAGE,
    CommandKind,
    CommandLine,
    FleetLine,
    NotHandedIn,
    Urgency,
)
from kiosk.fleet import bundle, move, order, orders
from ui.models.console.fleet_model import OFFICE, FleetModel, office_field
from ui.models.console.fleet_view import Names, look_of, said, what_words
from ui.models.console.host import ConsoleHost
from ui.models.console.kiosk_view import facts_of, orders_of
from ui.models.desk.form import Field, Form, Values

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

MESSAGE = "message"
_AT_WORK = ("active", "locked")


@QmlElement
class FleetKioskModel(QObject):
    """The kiosk that is open; everything done to it is asked once and noted at the centre."""

    changed = Signal()
    actsChanged = Signal()
    enrolled = Signal(object)

    def __init__(self, host: ConsoleHost, fleet: FleetModel, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._fleet = fleet
        self._number = ""
        self._orders: tuple[CommandLine, ...] = ()
        self._acts: list[dict[str, str]] = []
        fleet.changed.connect(self.changed)
        self.changed.connect(self._see_acts)

    def enter(self) -> None:
        """Read how the kiosk stands, and what it was ordered."""
        session, number = self._host.session, self._number
        self._fleet.enter()
        if session is not None and number:
            self._host.run(lambda: (number, orders(session, number)), self._orders_read)

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._number, self._orders = "", ()
        self.changed.emit()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self.changed.emit()

    def open(self, number: str) -> None:
        """Show a kiosk."""
        self._number, self._orders = number, ()
        self.changed.emit()

    def _orders_read(self, read: tuple[str, tuple[CommandLine, ...]]) -> None:
        number, found = read
        if number == self._number:
            self._orders = found
            self.changed.emit()

    # ------------------------------------------------------------ what QML reads

    @property
    def _line(self) -> FleetLine | None:
        return next((one for one in self._fleet.lines if one.kiosk.number == self._number), None)

    @property
    def _state(self) -> str:
        return self._line.kiosk.state if self._line else ""

    @Property(str, notify=changed)
    def number(self) -> str:
        return self._number

    @Property(str, notify=changed)
    def name(self) -> str:
        return self._fleet.names(self._line.kiosk) if self._line else self._number

    @Property(str, notify=changed)
    def kioskName(self) -> str:
        return self._line.kiosk.name if self._line else ""

    @Property(dict, notify=changed)
    def standing(self) -> dict[str, str]:
        """What is the matter, with its tone and icon."""
        if self._line is None:
            none = {"what": "", "phone": "", "ring": ""}
            return {**none, "tone": "sand", "icon": "hourglass-medium"}
        tone, icon = look_of(self._line)
        texts = self._host.texts
        is_fine = self._line.judged.urgency is Urgency.FINE
        number = self._line.kiosk.help_number
        return {
            "what": what_words(self._line, texts),
            "tone": tone,
            "icon": icon,
            "phone": "" if is_fine else said(self._line.judged.phone, texts),
            "ring": "" if is_fine or not number else texts.say("console.ring", number=number),
        }

    @Property(list, notify=changed)
    def facts(self) -> list[dict[str, str]]:
        if self._line is None:
            return []
        office = self._names.office(self._line.kiosk.office)
        return facts_of(self._line, office, self._host.now(), self._host.texts)

    @property
    def _names(self) -> Names:
        return self._fleet.names

    @Property(list, notify=changed)
    def orders(self) -> list[dict[str, str]]:
        return orders_of(self._orders, self._host.now(), self._host.texts)

    @Property(list, notify=actsChanged)
    def acts(self) -> list[dict[str, str]]:
        """What can be done to it now."""
        return self._acts

    @Slot()
    def _see_acts(self) -> None:
        """Tell of the keys only when they are others: new ones would take the focus away."""
        now = self._acts_now()
        if now != self._acts:
            self._acts = now
            self.actsChanged.emit()

    def _acts_now(self) -> list[dict[str, str]]:
        questioned = self._line is not None and self._line.kiosk.questioned > 0
        shown = {
            "lock": self._state == "active",
            "unlock": self._state == "locked",
            "sync": self._state in _AT_WORK,
            "restart": self._state in _AT_WORK,
            "diagnostics": self._state in _AT_WORK,
            "keep_one": questioned,
            "keep_both": questioned,
            "move": self._state in _AT_WORK,
            "enrol_again": bool(self._state),
            "revoke": self._state in (*_AT_WORK, "claiming"),
        }
        say = self._host.texts.say
        icons = {
            "lock": "lock-key",
            "unlock": "lock-key-open",
            "sync": "cloud-arrow-up",
            "restart": "arrow-counter-clockwise",
            "diagnostics": "first-aid-kit",
            "keep_one": "prohibit",
            "keep_both": "check",
            "move": "signpost",
            "enrol_again": "plugs-connected",
            "revoke": "prohibit",
        }
        return [
            {"id": act, "label": say(f"console.do.{act}"), "icon": icons[act]}
            for act, is_shown in shown.items()
            if is_shown
        ]

    # ------------------------------------------------------------ what is done

    @Slot(str)
    def begin(self, act: str) -> None:
        """Ask once whether to do it."""
        fields: tuple[Field, ...] = ()
        if act == "lock":
            fields = (
                Field(MESSAGE, label="console.lock_message", longest=LONGEST_MESSAGE, span=12),
            )
        elif act == "move":
            fields = (office_field(self._host.regions),)
        self._host.open_form(
            Form(
                name=act,
                title=f"console.do.{act}",
                lead=f"console.do_lead.{act}",
                submit=f"console.do.{act}",
                fields=fields,
                send=partial(self._send, act),
                grave=act in ("lock", "revoke", "keep_one", "enrol_again"),
                kept=False,
            )
        )

    def _send(self, act: str, values: Values) -> None:
        session, number = self._host.session, self._number
        if session is None or not number:
            return
        if act == "move" and not values[OFFICE]:
            self._host.complain({OFFICE: self._host.texts.say("console.enrol.missing")})
            return
        folder = self._host.keys_folder
        self._host.run(lambda: _do(session, folder, number, act, values), partial(self._done, act))

    def _done(self, act: str, outcome: Any) -> None:
        if isinstance(outcome, NotHandedIn):
            key = "console.not_handed_in" if outcome.waiting else "console.not_seen_lately"
            self._host.complain({}, self._host.texts.say(key, count=outcome.waiting))
            return
        self._host.close_form()
        if isinstance(outcome, Enrolled):
            self.enrolled.emit(outcome.token)
        self._host.tell(f"console.did.{act}", name=self.name)
        self.enter()

    @Slot(str)
    def fetchBundle(self, order_id: str) -> None:
        """Fetch the diagnostics that a kiosk sent."""
        session = self._host.session
        if session is not None:
            folder = self._host.parts.settings.exchange_folder
            file = folder / f"diagnostics-{self._number}-{order_id}.zip"
            self._host.run(
                lambda: _saved(file, bundle(session, int(order_id))), partial(self._saved, file)
            )

    def _saved(self, file: Path, saved: bool) -> None:
        if saved:
            self._host.tell("console.saved", file=str(file))
        else:
            self._host.warn("console.not_saved", folder=str(file.parent))


def _saved(file: Path, content: bytes | None) -> bool:
    """Write a file into the folder where the admin finds it; tells whether that was possible."""
    if content is None:
        return False
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError:
        return False
    return True


def _do(session: Console, keys: Path, number: str, act: str, values: Values) -> Any:
    others: dict[str, Callable[[], Any]] = {
        "move": lambda: move(session, number, values[OFFICE]),
        "revoke": lambda: revoke(session, number),
        "enrol_again": lambda: enrol_again(with_keys(session, keys), number),
        "keep_one": lambda: keep_one(with_keys(session, keys), number),
        "keep_both": lambda: keep_both(session, number),
    }
    if act in others:
        return others[act]()
    message = " ".join(values.get(MESSAGE, "").split())
    return order(session, number, CommandKind(act), message)
