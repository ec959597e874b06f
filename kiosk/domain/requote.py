"""What a registration costs when it is paid later than it was quoted for."""

from kiosk.domain.months import Month
from kiosk.domain.registration import Application
from kiosk.domain.tariff import Payer, Quote, Tariff, quote
from kiosk.domain.work import Work


def quotes_in(
    applied: Application, month: Month, tariff: Tariff, work: Work
) -> tuple[Quote, Quote]:
    """Return the quotes for payment in `month` and in the month after it.

    Until the month quoted for is over these are the quotes that the resident confirmed; later ones
    are priced anew by the data in force, for the same base, package, months and job. The confirmed
    ones remain where the data no longer knows the job or the base: see `payment_month`.
    """
    confirmed = (applied.this_month, applied.next_month)
    if month <= applied.this_month.payment_month:
        return confirmed
    try:
        job = work.find_job(applied.work.segment_id, applied.work.job_id)
        now, later = (
            quote(
                tariff,
                base=applied.this_month.base,
                sector=job.sector,
                sector_unclear=job.sector_unclear,
                payer=Payer.SELF,
                package=applied.package,
                months=len(applied.this_month.months),
                payment_month=paid,
            )
            for paid in (month, month.plus(1))
        )
    except (KeyError, ValueError):
        return confirmed
    return now, later
