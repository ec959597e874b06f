"""The office's own people: what each role may do, and which PIN is good enough."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

PIN_MIN_DIGITS = 6
PIN_MAX_DIGITS = 12


class Role(StrEnum):
    """On a kiosk only the accounts of its own office exist; the kabupaten's are at the centre."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class CentreRole(StrEnum):
    """What a person is at the centre, where each has a login of their own."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    OFFICE_ADMIN = "office_admin"
    KABUPATEN_ADMIN = "kabupaten_admin"
    REPORT = "report"
    BRANCH = "branch"

    @property
    def is_of_an_office(self) -> bool:
        """Tell whether it is the role of one office."""
        return self in {CentreRole.CLERK, CentreRole.SUPERVISOR, CentreRole.OFFICE_ADMIN}

    @property
    def group(self) -> str:
        """The group of the database that carries what the role may do."""
        return f"anjungan_{self.value}"


class Action(StrEnum):
    """What needs a role."""

    SEE = "see"
    ASSIST = "assist"
    REPRINT = "reprint"
    """See to a slip that is owed: print it, or hand it over."""
    COPY_SLIP = "copy_slip"
    """Have a slip printed that somebody may hold already; see the setting `reprint_by`."""
    MIND_PRINTER = "mind_printer"
    CORRECT = "correct"
    MARK_PAID = "mark_paid"
    RECORD_KPJ = "record_kpj"
    HAND_OVER = "hand_over"
    RECORD_REQUEST = "record_request"
    VOID = "void"
    EXPORT_OR_ERASE = "export_or_erase"
    CONFIRM_CLOCK = "confirm_clock"
    DECIDE_DUPLICATES = "decide_duplicates"
    MIND_CENTRE = "mind_centre"
    """See how the way to the centre stands, and have it tried."""
    JOIN_CENTRE = "join_centre"
    MANAGE_STAFF = "manage_staff"
    CHANGE_SETTINGS = "change_settings"
    SEE_READINESS = "see_readiness"
    KEEP_COPIES = "keep_copies"
    """Make backups, try them, and restore the record from one."""
    LOAD_DATA = "load_data"
    """See which tariff is in force, and load another where no centre does."""
    LEAVE_KIOSK = "leave_kiosk"
    SEE_NUMBERS = "see_numbers"


_CLERK = frozenset(
    {
        Action.SEE,
        Action.ASSIST,
        Action.REPRINT,
        Action.COPY_SLIP,
        Action.MIND_PRINTER,
        Action.CORRECT,
        Action.MARK_PAID,
        Action.RECORD_KPJ,
        Action.HAND_OVER,
        Action.RECORD_REQUEST,
        Action.MIND_CENTRE,
    }
)
MAY: Mapping[Role, frozenset[Action]] = {
    Role.CLERK: _CLERK,
    Role.SUPERVISOR: _CLERK
    | {
        Action.VOID,
        Action.EXPORT_OR_ERASE,
        Action.CONFIRM_CLOCK,
        Action.DECIDE_DUPLICATES,
        Action.SEE_READINESS,
        Action.SEE_NUMBERS,
    },
    Role.ADMIN: frozenset(
        {
            Action.MANAGE_STAFF,
            Action.CHANGE_SETTINGS,
            Action.SEE_READINESS,
            Action.KEEP_COPIES,
            Action.LOAD_DATA,
            Action.LEAVE_KIOSK,
            Action.MIND_PRINTER,
            Action.MIND_CENTRE,
            Action.JOIN_CENTRE,
            Action.CONFIRM_CLOCK,
        }
    ),
}
"""An admin runs the kiosk and sees no registrations."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody of the staff; `id` is a UUID.

    Who left the office is switched off, never deleted: the history goes on naming them.
    """

    id: str
    name: str
    role: Role
    switched_off: bool = False

    def may(self, action: Action) -> bool:
        """Tell whether the role allows an action."""
        return action in MAY[self.role]


class PinFlaw(StrEnum):
    """Why a PIN is refused."""

    NOT_DIGITS = "not_digits"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TRIVIAL = "trivial"


def flaw_of(pin: str) -> PinFlaw | None:
    """Return what is wrong with a PIN, or None.

    Trivial are one digit or a short group repeated, and runs up or down (123456, 987654, 135791).
    """
    if not (pin.isascii() and pin.isdecimal()):
        return PinFlaw.NOT_DIGITS
    if len(pin) < PIN_MIN_DIGITS:
        return PinFlaw.TOO_SHORT
    if len(pin) > PIN_MAX_DIGITS:
        return PinFlaw.TOO_LONG
    return PinFlaw.TRIVIAL if _repeats(pin) or _runs(pin) else None


def _repeats(pin: str) -> bool:
    return any(pin == (pin[:size] * len(pin))[: len(pin)] for size in range(1, len(pin) // 2 + 1))


def _runs(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(steps) == 1


def clean_staff_name(text: str) -> str:
    """Return the name with single spaces."""
    return " ".join(text.split())


def fold_name(text: str) -> str:
    """Return the name as it is compared: typed names differ in case and spaces."""
    return clean_staff_name(text).casefold()
