"""The staff says that the kiosk's clock is right."""

from dataclasses import dataclass

from kiosk.clock import BUILT, LONGEST_IN_STORE, TrustedClock
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.staff import Action

CLOCK_CONFIRMED = "clock_confirmed"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The machine's clock is trusted from now on."""


@dataclass(frozen=True, slots=True)
class CannotBe:
    """What the machine's clock says can be no day of this program's life."""


def confirm_clock(desk: Desk, clock: TrustedClock) -> Confirmed | CannotBe | NotAllowed:
    """Trust the machine's clock on somebody's word; the audit keeps whose.

    Raises StoreFailure when it cannot be written; then the clock is doubted as before.
    """
    refused = desk.refusal(Action.CONFIRM_CLOCK)
    if refused:
        return refused
    says = clock.reading()
    if not BUILT <= says.at <= BUILT + LONGEST_IN_STORE:
        return CannotBe()
    with desk.store.transaction() as record:
        record.keep_clock_fix(says)
        record.staff.note(desk.deed(CLOCK_CONFIRMED, says.at))
    clock.trust(says)
    return Confirmed()
