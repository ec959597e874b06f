"""Changing one's own PIN."""

from typing import assert_never

from kiosk.accounts import MustWait, PinRefused, WrongPin
from kiosk.desk.staffing import PinIsNew, change_own_pin
from kiosk.domain.staff import PIN_MAX_DIGITS
from ui.models.desk.form import Field, Form, Kind, Values
from ui.models.desk.host import DeskHost
from ui.models.desk.pins import AGAIN, PIN, new_pin_fields, pin_refused, wrong_pin

OLD = "old_pin"


class OwnPin:
    """The page that the name in the head leads to: a form, and nothing else."""

    def __init__(self, host: DeskHost) -> None:
        self._host = host

    def enter(self) -> None:
        """Show the form."""
        self._host.open_form(
            Form(
                name="own_pin",
                title="desk.own_pin.title",
                lead="desk.own_pin.lead",
                submit="desk.own_pin.submit",
                fields=(
                    Field(OLD, Kind.PIN, "desk.own_pin.old", longest=PIN_MAX_DIGITS, span=12),
                    *new_pin_fields(),
                ),
                send=self._send,
                kept=False,
            )
        )

    def leave(self) -> None:
        """The form is closed with its page."""

    def forget(self) -> None:
        """Nothing is held here."""

    def retell(self) -> None:
        """The form says itself anew."""

    def _send(self, values: Values) -> None:
        host, desk = self._host, self._host.session
        if desk is None:
            return
        if values[PIN] != values[AGAIN]:
            host.complain({AGAIN: host.texts.say("desk_setup.pins_differ")})
            return
        old, new = values[OLD], values[PIN]
        host.run(lambda: change_own_pin(desk, host.place, old, new), self._sent)

    def _sent(self, outcome: PinIsNew | PinRefused | WrongPin | MustWait) -> None:
        host = self._host
        match outcome:
            case PinIsNew():
                host.close_form()
                host.tell("desk.told.pin_changed")
            case PinRefused(flaw):
                host.complain({PIN: pin_refused(flaw, host.texts)})
            case WrongPin(wait_s) | MustWait(wait_s):
                host.complain({OLD: wrong_pin(wait_s, host.texts)})
            case _:
                assert_never(outcome)
