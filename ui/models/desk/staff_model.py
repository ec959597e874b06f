"""The accounts of the staff, for the admin, and the two ways out of the kiosk."""

from collections.abc import Callable
from functools import partial
from typing import Any, assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.accounts import Created, MustWait, NameMissing, NameTaken, PinRefused, Place, WrongPin
from kiosk.desk import staffing
from kiosk.desk.session import NotAllowed
from kiosk.desk.staffing import (
    LastAdmin,
    Leaving,
    MayLeave,
    NoSuchAccount,
    PinIsNew,
    Switched,
)
from kiosk.domain.staff import PIN_MAX_DIGITS, Account, Action, Role
from kiosk.domain.texts import Texts
from ui.models.desk.form import Field, Form, Kind, Option, Remark, Values
from ui.models.desk.host import DeskHost
from ui.models.desk.pins import AGAIN, PIN, new_pin_fields, pin_refused, wrong_pin
from ui.shutdown import shut_down

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

NAME_LENGTH = 60
OWN = "admin_pin"


@QmlElement
class StaffModel(QObject):
    """Lists the accounts, makes new ones, gives PINs, switches on and off."""

    changed = Signal()

    def __init__(self, host: DeskHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._accounts: tuple[Account, ...] = ()
        self._chosen = ""

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Read the accounts."""
        desk = self._host.session
        if desk is not None:
            self._host.run(lambda: staffing.accounts(desk), self._seen)

    def leave(self) -> None:
        """The accounts are read anew the next time."""

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._accounts, self._chosen = (), ""
        self.changed.emit()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self.changed.emit()

    def _seen(self, accounts: tuple[Account, ...] | NotAllowed) -> None:
        if not isinstance(accounts, NotAllowed):
            self._accounts = accounts
            self.changed.emit()

    # ------------------------------------------------------------ what QML reads

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, str]]:
        say = self._host.texts.say
        return [
            {
                "id": one.id,
                "title": one.name,
                "note": say(f"desk.role.{one.role.value}"),
                "tag": say("desk.staff.off") if one.switched_off else "",
                "tone": "sand",
                "icon": "prohibit",
            }
            for one in self._accounts
        ]

    @Property(str, notify=changed)
    def chosen(self) -> str:
        return self._chosen

    @Property(str, notify=changed)
    def name(self) -> str:
        account = self._account
        return account.name if account else ""

    @Property(str, notify=changed)
    def role(self) -> str:
        account = self._account
        return self._host.texts.say(f"desk.role.{account.role.value}") if account else ""

    @Property(str, notify=changed)
    def may(self) -> str:
        """What the role of the chosen account may do."""
        account = self._account
        return self._host.texts.say(f"desk.role_may.{account.role.value}") if account else ""

    @Property(bool, notify=changed)
    def off(self) -> bool:
        account = self._account
        return account is not None and account.switched_off

    @Property(bool, notify=changed)
    def atKiosk(self) -> bool:
        """Whether the kiosk itself can be left from here."""
        desk = self._host.session
        at_kiosk = self._host.place is Place.KIOSK
        return at_kiosk and desk is not None and desk.account.may(Action.LEAVE_KIOSK)

    @property
    def _account(self) -> Account | None:
        return next((one for one in self._accounts if one.id == self._chosen), None)

    @Slot(str)
    def choose(self, account_id: str) -> None:
        self._host.close_form()
        self._chosen = account_id
        self.changed.emit()

    # ------------------------------------------------------------ accounts

    @Slot()
    def add(self) -> None:
        self._host.open_form(
            Form(
                name="new_account",
                title="desk.staff.add",
                lead="desk.staff.add_lead",
                submit="desk.staff.add_submit",
                fields=(
                    Field("name", label="desk.sign_in.name", longest=NAME_LENGTH, span=12),
                    Field("role", Kind.CHOICE, "desk.staff.role", options=_roles, span=12),
                    *new_pin_fields(),
                ),
                values={"role": Role.CLERK.value},
                remark=_role_remark,
                send=self._create,
                kept=False,
            )
        )

    def _create(self, values: Values) -> None:
        desk = self._host.session
        if desk is None or not self._twice_the_same(values):
            return
        name, role, pin = values["name"], Role(values["role"]), values[PIN]
        self._host.run(lambda: staffing.create(desk, name, role, pin), self._created)

    def _created(
        self, outcome: Created | NameTaken | NameMissing | PinRefused | NotAllowed
    ) -> None:
        host, say = self._host, self._host.texts.say
        match outcome:
            case Created(account):
                self._finish("desk.told.account_made", name=account.name)
                self._chosen = account.id
            case NameTaken():
                host.complain({"name": say("desk.problem.name_taken")})
            case NameMissing():
                host.complain({"name": say("desk.problem.name_missing")})
            case PinRefused(flaw):
                host.complain({PIN: pin_refused(flaw, host.texts)})
            case NotAllowed():
                self._refused()
            case _:
                assert_never(outcome)

    @Slot()
    def givePin(self) -> None:
        account = self._account
        if account is not None:
            self._host.open_form(
                Form(
                    name="give_pin",
                    title="desk.staff.give_pin",
                    lead="desk.staff.give_pin_lead",
                    submit="desk.staff.give_pin_submit",
                    fields=new_pin_fields(),
                    remark=lambda _values, _texts: Remark(account.name),
                    send=lambda values: self._give_pin(account, values),
                    kept=False,
                )
            )

    def _give_pin(self, account: Account, values: Values) -> None:
        desk = self._host.session
        if desk is not None and self._twice_the_same(values):
            self._host.run(
                lambda: staffing.give_pin(desk, account.id, values[PIN]),
                lambda outcome: self._pin_given(outcome, account),
            )

    def _pin_given(
        self, outcome: PinIsNew | PinRefused | NoSuchAccount | NotAllowed, account: Account
    ) -> None:
        match outcome:
            case PinIsNew():
                self._finish("desk.told.pin_given", name=account.name)
            case PinRefused(flaw):
                self._host.complain({PIN: pin_refused(flaw, self._host.texts)})
            case NoSuchAccount() | NotAllowed():
                self._refused()
            case _:
                assert_never(outcome)

    @Slot()
    def switch(self) -> None:
        """Switch the chosen account off, or on again."""
        desk, account = self._host.session, self._account
        if desk is None or account is None:
            return
        use_case = staffing.switch_on if account.switched_off else staffing.switch_off
        self._host.run(lambda: use_case(desk, account.id), self._switched)

    def _switched(self, outcome: Switched | LastAdmin | NoSuchAccount | NotAllowed) -> None:
        match outcome:
            case Switched(account):
                told = "switched_off" if account.switched_off else "switched_on"
                self._finish(f"desk.told.{told}", name=account.name)
            case LastAdmin():
                self._host.warn("desk.problem.last_admin")
            case NoSuchAccount() | NotAllowed():
                self._refused()
            case _:
                assert_never(outcome)

    def _twice_the_same(self, values: Values) -> bool:
        same = values[PIN] == values[AGAIN]
        if not same:
            self._host.complain({AGAIN: self._host.texts.say("desk_setup.pins_differ")})
        return same

    def _refused(self) -> None:
        self._host.close_form()
        self._host.warn("desk.problem.not_allowed")

    def _finish(self, key: str, **values: object) -> None:
        self._host.close_form()
        self._host.tell(key, **values)
        self.enter()

    # ------------------------------------------------------------ leaving the kiosk

    @Slot()
    def openDesktop(self) -> None:
        self._ask_pin(Leaving.DESKTOP)

    @Slot()
    def shutDown(self) -> None:
        self._ask_pin(Leaving.SHUT_DOWN)

    def _ask_pin(self, leaving: Leaving) -> None:
        self._host.open_form(
            Form(
                name=leaving.value,
                title=f"desk.leave.{leaving.value}",
                lead=f"desk.leave.{leaving.value}_lead",
                submit=f"desk.leave.{leaving.value}_submit",
                fields=(Field(OWN, Kind.PIN, "desk.leave.pin", longest=PIN_MAX_DIGITS),),
                send=partial(self._leave, leaving),
                grave=True,
                kept=False,
            )
        )

    def _leave(self, leaving: Leaving, values: Values) -> None:
        desk, place = self._host.session, self._host.place
        if desk is None:
            return
        go: Callable[[], bool] = shut_down if leaving is Leaving.SHUT_DOWN else _at_once

        def work() -> Any:
            outcome = staffing.leave(desk, place, values[OWN], leaving)
            return go() if isinstance(outcome, MayLeave) else outcome

        self._host.run(work, self._left)

    def _left(self, outcome: bool | WrongPin | MustWait | NotAllowed) -> None:
        match outcome:
            case True:
                self._host.leave_kiosk()
            case False:
                self._host.close_form()
                self._host.warn("desk.problem.no_power_off")
            case WrongPin(wait_s) | MustWait(wait_s):
                self._host.complain({OWN: wrong_pin(wait_s, self._host.texts)})
            case NotAllowed():
                self._refused()
            case _:
                assert_never(outcome)


def _at_once() -> bool:
    return True


def _roles(_values: Values, texts: Texts) -> tuple[Option, ...]:
    return tuple(Option(one.value, texts.say(f"desk.role.{one.value}")) for one in Role)


def _role_remark(values: Values, texts: Texts) -> Remark:
    return Remark(texts.say(f"desk.role_may.{values['role']}"))
