"""The staff says that the kiosk's clock is right."""

from kiosk.clock import TrustedClock
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.staff import Action

CLOCK_CONFIRMED = "clock_confirmed"


def confirm_clock(desk: Desk, clock: TrustedClock) -> NotAllowed | None:
    """Trust the machine's clock from now on; the audit keeps who said so. None when it was done.

    Raises StoreFailure when it cannot be written; then the clock is doubted as before.
    """
    refused = desk.refusal(Action.CONFIRM_CLOCK)
    if refused:
        return refused
    says = clock.reading()
    with desk.store.transaction() as record:
        record.keep_clock_fix(says)
        record.staff.note(desk.deed(CLOCK_CONFIRMED, says.at))
    clock.trust(says)
    return None
