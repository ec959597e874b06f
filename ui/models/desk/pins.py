"""What the forms say about PINs, and the two fields for a new one."""

from kiosk.domain.staff import PIN_MAX_DIGITS, PIN_MIN_DIGITS, PinFlaw
from kiosk.domain.texts import Texts
from ui.models.desk.form import Field, Kind

PIN, AGAIN = "new_pin", "pin_again"


def new_pin_fields() -> tuple[Field, Field]:
    """A new PIN is typed twice."""
    return (
        Field(PIN, Kind.PIN, "desk_setup.pin", hint="desk.staff.pin_hint", longest=PIN_MAX_DIGITS),
        Field(AGAIN, Kind.PIN, "desk_setup.pin_again", longest=PIN_MAX_DIGITS),
    )


def pin_refused(flaw: PinFlaw, texts: Texts) -> str:
    """Say why a new PIN is not good enough."""
    return texts.say(f"desk_setup.pin_{flaw.value}", least=PIN_MIN_DIGITS, most=PIN_MAX_DIGITS)


def wrong_pin(wait_s: int, texts: Texts) -> str:
    """Say that the PIN of now is wrong, and how long to wait for the next try."""
    if wait_s:
        return texts.say("desk.problem.wrong_pin_wait", seconds=wait_s)
    return texts.say("desk.problem.wrong_pin")
