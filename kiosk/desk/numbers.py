"""The office's own numbers, as the supervisor sees them at the desk."""

from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.report import Report, Source, Span, make_report
from kiosk.domain.staff import Action


def numbers(desk: Desk, span: Span, place: str) -> Report | NotAllowed:
    """Return the report of this kiosk's own record; `place` is how the office calls itself.

    What was removed here because its time was over is at the centre alone. Raises StoreFailure.
    """
    refused = desk.refusal(Action.SEE_NUMBERS)
    if refused:
        return refused
    with desk.store.reading() as record:
        counted = record.report(desk.facts.home_kecamatan).numbers(span.begin, span.end)
        practice = record.is_practice()
    return make_report(counted, span, desk.clock.now(), Source.OWN, place, practice=practice)
