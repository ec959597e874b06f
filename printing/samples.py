"""Slips of nobody: what a layout is tried with, and the test slip."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from itertools import product

from kiosk.domain.answers import Facts
from kiosk.domain.benefits import Benefits
from kiosk.domain.months import Month
from kiosk.domain.registration_number import PRACTICE_KIOSK_NUMBER, make_number
from kiosk.domain.seal import Seal, join, seal_text
from kiosk.domain.slip import SlipContent
from kiosk.domain.tariff import Package, Payer, Quote, quote
from kiosk.domain.work import Sector
from kiosk.settings import Settings
from printing.slips import on_every_page

HELP_NUMBER = "0254 0000 0000"
"""Where the office has none: a text that names it must fit once it has."""
_MASKED_NIK = "************0000"
_UNSIGNED = bytes(64)
_COPY = 12
_COUNTER = 888_888
_KIOSK_NUMBER = "88888"


class SampleName(StrEnum):
    """The names that a slip is tried with."""

    LONGEST = "MUHAMMAD WIRYODININGRAT SUMAWIJAYAKUSUMA AMONGMANGKUNEGAWAWA"
    SHORTEST = "AL"
    ONE_WORD = "SUHARTININGSIH"


@dataclass(frozen=True, slots=True)
class Sample:
    """One slip to try: whose, the original or a copy, and whether it says CONTOH."""

    name: SampleName
    copy: int
    practice: bool = False

    def __str__(self) -> str:
        kind = "copy" if self.copy else "original"
        test = " of the test slip" if self.practice else ""
        return f"{self.name.name.lower().replace('_', ' ')} name, {kind}{test}"


TEST_SLIP = Sample(SampleName.LONGEST, 0, practice=True)
FULLEST = (TEST_SLIP, Sample(SampleName.LONGEST, _COPY, practice=True))
SAMPLES = (*(Sample(name, copy) for name, copy in product(SampleName, (0, _COPY))), *FULLEST)


def sample_slip(
    sample: Sample, settings: Settings, benefits: Benefits, facts: Facts, language: str
) -> SlipContent:
    """Return the content of a sample in this office.

    The longest name stands beside the longest of all else. Nobody signed its code, and the test
    slip's number is one to practise with: neither is ever genuine.
    """
    month, fullest = Month.of(facts.today), sample.name is SampleName.LONGEST
    number = make_number(PRACTICE_KIOSK_NUMBER if sample.practice else _KIOSK_NUMBER, _COUNTER)
    this_month = _quote(facts, month, fullest=fullest)
    return SlipContent(
        **on_every_page(settings, benefits) | {"help_number": settings.help_number or HELP_NUMBER},
        number=number,
        name=sample.name,
        masked_nik=_MASKED_NIK,
        this_month=this_month,
        next_month=_quote(facts, month.plus(1), fullest=fullest),
        registered_at=datetime.combine(facts.today, time(10, 24)),
        copy=sample.copy,
        printed_on=facts.today,
        qr_text=_unsigned(number, sample, facts, this_month),
        language=language,
    )


def _quote(facts: Facts, month: Month, *, fullest: bool) -> Quote:
    choose = max if fullest else min
    return quote(
        facts.tariff,
        base=choose(bracket.base for bracket in facts.tariff.brackets),
        sector=Sector.OTHER,
        sector_unclear=fullest,
        payer=Payer.SELF,
        package=Package.JKK_JKM_JHT if fullest else Package.JKK_JKM,
        months=choose(facts.tariff.periods),
        payment_month=month,
    )


def _unsigned(number: str, sample: Sample, facts: Facts, printed: Quote) -> str:
    """A code as long as a seal; its signature is none."""
    seal = Seal(
        number=number,
        registered_on=facts.today,
        kiosk_number=number[: len(_KIOSK_NUMBER)],
        copy=sample.copy,
        package=printed.package,
        months=len(printed.months),
        total=printed.total,
        salt="A" * 8,
        name_digest="A" * 16,
        key_id="A" * 8,
    )
    return join(seal_text(seal), _UNSIGNED)
