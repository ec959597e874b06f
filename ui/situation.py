"""What a readiness report of the running kiosk looks at."""

from kiosk.domain.centre import Link, SyncStatus
from kiosk.morning import Report, is_due, last_report, make_report
from kiosk.readiness import PrinterStands, Situation
from ui.services import Services


def situation_of(services: Services) -> Situation:
    """Return what a report looks at; the printer is asked when it is made."""

    def printer() -> PrinterStands:
        status = services.printing.status()
        return PrinterStands(status.on_paper, status.hold or "")

    def centre() -> SyncStatus:
        return services.centre.status() if services.centre else SyncStatus(Link.NOT_JOINED)

    return Situation(
        services.settings,
        now=services.clock.now(),
        printer=printer,
        centre=centre,
        data=lambda: services.data,
        clock_is_trusted=lambda: services.clock.is_trusted,
    )


def make_if_due(services: Services) -> Report | None:
    """Make the day's report unless it is made; takes as long as the printer takes to answer."""
    if not is_due(last_report(services.store), services.clock.now()):
        return None
    return make_report(services.store, situation_of(services))
