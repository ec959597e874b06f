"""The page of the logins at the centre: who has one, and making and ending them."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.central.staff import StaffLine, add, people, remove
from kiosk.central.token import Token
from kiosk.domain.staff import CentreRole
from ui.models.console.fleet_model import OFFICE, office_field
from ui.models.console.host import ConsoleHost
from ui.models.desk.form import Field, Form, Kind, Option, Values

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

NAME, ROLE = "person_name", "person_role"
_NAME_LONGEST = 60


@QmlElement
class ConsoleStaffModel(QObject):
    """Lists everybody with a login; who has only a token is not active yet."""

    changed = Signal()
    added = Signal(object)

    def __init__(self, host: ConsoleHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._people: tuple[StaffLine, ...] | None = None

    def enter(self) -> None:
        """Read who has a login."""
        session = self._host.session
        if session is not None:
            self._host.run(lambda: people(session), self._read)

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._people = None
        self.changed.emit()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self.changed.emit()

    def _read(self, found: tuple[StaffLine, ...]) -> None:
        # A list that is shown anew begins at its top again.
        if found != self._people:
            self._people = found
            self.changed.emit()

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        """Whether the centre has answered."""
        return self._people is not None

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, str]]:
        say, session = self._host.texts.say, self._host.session
        offices = {one.code: one.name for one in self._host.regions.kecamatan}
        mine = session.login.role if session else ""
        return [
            {
                "id": one.login,
                "name": one.name,
                "role": say(f"centre_console.role_{one.role.value}"),
                "office": offices.get(one.office, one.office),
                "note": one.login if one.active else say("centre_console.not_active"),
                "mayRemove": "yes" if one.login != mine and one.active else "",
            }
            for one in self._people or ()
        ]

    @Slot()
    def add(self) -> None:
        """Ask who gets a login, and what they are."""
        say = self._host.texts.say
        roles = tuple(
            Option(one.value, say(f"centre_console.role_{one.value}")) for one in CentreRole
        )
        office = replace(office_field(self._host.regions), shown=_is_of_an_office)
        self._host.open_form(
            Form(
                name="add_person",
                title="console.staff.add",
                lead="console.staff.add_lead",
                submit="console.enrol.submit",
                fields=(
                    Field(NAME, label="console.staff.name", longest=_NAME_LONGEST, span=12),
                    Field(
                        ROLE, Kind.CHOICE, "console.staff.role", options=lambda *_: roles, span=12
                    ),
                    office,
                ),
                send=self._send,
                kept=False,
            )
        )

    def _send(self, values: Values) -> None:
        session = self._host.session
        wanted = (NAME, ROLE, *((OFFICE,) if _is_of_an_office(values) else ()))
        missing = [one for one in wanted if not values[one].strip()]
        if missing or session is None:
            words = self._host.texts.say("console.enrol.missing")
            self._host.complain(dict.fromkeys(missing, words))
            return
        role, name = CentreRole(values[ROLE]), " ".join(values[NAME].split())
        self._host.run(partial(add, session, name, role, values[OFFICE]), self._added)

    def _added(self, token: Token) -> None:
        self._host.close_form()
        self.added.emit(token)
        self.enter()

    @Slot(str)
    def remove(self, login: str) -> None:
        """Ask once whether to end a login."""
        self._host.open_form(
            Form(
                name="remove_person",
                title="console.staff.remove",
                lead="console.staff.remove_lead",
                submit="console.staff.remove",
                fields=(),
                send=partial(self._remove, login),
                grave=True,
                kept=False,
            )
        )

    def _remove(self, login: str, _values: Values) -> None:
        session = self._host.session
        if session is not None:
            self._host.run(partial(remove, session, login), self._removed)

    def _removed(self, _done: None) -> None:
        self._host.close_form()
        self._host.tell("console.staff.removed")
        self.enter()


def _is_of_an_office(values: Values) -> bool:
    role = values.get(ROLE, "")
    return bool(role) and CentreRole(role).is_of_an_office
