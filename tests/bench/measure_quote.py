"""Quotes of twelve months: prints the milliseconds of each as JSON."""

import json
from time import perf_counter

from samples import TODAY, load_tariff

from kiosk.domain.months import Month
from kiosk.domain.tariff import Package, Payer, Tariff, quote
from kiosk.domain.work import Sector

ROUNDS = 500


def _quote(tariff: Tariff, base: int) -> float:
    began_s = perf_counter()
    quote(
        tariff,
        base=base,
        sector=Sector.OTHER,
        sector_unclear=True,
        payer=Payer.SELF,
        package=Package.JKK_JKM_JHT,
        months=12,
        payment_month=Month.of(TODAY),
    )
    return (perf_counter() - began_s) * 1000


def measure() -> list[float]:
    """Quote for each bracket in turn, the dearest kind: all programmes, sector unclear."""
    tariff = load_tariff()
    bases = [bracket.base for bracket in tariff.brackets]
    return [_quote(tariff, bases[turn % len(bases)]) for turn in range(ROUNDS)]


if __name__ == "__main__":
    print(json.dumps(measure()))
