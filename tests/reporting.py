"""A report about people who do not exist, of every kind that a page has to hold."""

import random
from dataclasses import dataclass, field
from datetime import date

from samples import NOW, load_regions, load_work

from kiosk.domain.checks import Step
from kiosk.domain.report import (
    BegunRow,
    CountRow,
    Numbers,
    RenewalRow,
    Report,
    Source,
    Span,
    StepRow,
    TargetRow,
    make_report,
)
from kiosk.domain.report_words import Names
from kiosk.domain.texts import Texts

YEAR = Span(date(2026, 1, 1), date(2026, 11, 27))
MONTH = Span(date(2026, 11, 1), date(2026, 11, 30))
LEFT_OUT = {Step.BIRTHPLACE, Step.MOTHER}


@dataclass
class Rows:
    """The rows of Numbers while they are made."""

    counts: list[CountRow] = field(default_factory=list)
    begun: list[BegunRow] = field(default_factory=list)
    steps: list[StepRow] = field(default_factory=list)
    renewals: list[RenewalRow] = field(default_factory=list)
    targets: list[TargetRow] = field(default_factory=list)


def names_in(texts: Texts) -> Names:
    """How everything is called."""
    return Names(load_work(), load_regions(), texts)


def made_up(
    span: Span = YEAR,
    source: Source = Source.CENTRE,
    *,
    times: int = 1,
    practice: bool = False,
) -> Report:
    """A report with all dinas, kecamatan and steps; `times` makes the figures larger."""
    dice = random.Random(8)
    numbers = Rows()
    days = [span.begin.fromordinal(at) for at in _ordinals(span)]
    kecamatan = load_regions().kecamatan
    for segment in load_work().segments:
        for office in kecamatan:
            for desa in office.desa:
                count = dice.randrange(1, 9) * times
                of = (segment.id, office.code, desa.code, dice.choice(days).isoformat())
                _add(numbers, segment.dinas, of, count)
        _add_steps(numbers, segment.dinas, 1000 * times, dice)
    _add_steps(numbers, "", 300 * times, dice)
    for at, dinas in enumerate(sorted(load_work().dinas)):
        months = ((f"2026-{month:02}", month * 7 * times) for month in range(7, 13))
        numbers.renewals.extend((dinas, "36.04.09", *one) for one in months)
        target = None if at % 4 == 3 else 4000 * times
        numbers.targets.append((dinas, target, (500 + 700 * at) * times))
    made = Numbers(numbers.counts, numbers.begun, numbers.steps, numbers.renewals, numbers.targets)
    return make_report(made, span, NOW, source, "Kabupaten Serang", practice=practice)


def empty(span: Span = MONTH) -> Report:
    """Nobody has come yet."""
    return make_report(Numbers(), span, NOW, Source.OWN, "Kecamatan Ciruas")


def _ordinals(span: Span) -> range:
    return range(span.begin.toordinal(), span.end.toordinal() + 1)


def _add(numbers: Rows, dinas: str, of: tuple[str, str, str, str], count: int) -> None:
    segment, office, desa, day = of
    paid, member = count * 6 // 10, count * 3 // 10
    counts = (count, count * 9 // 10, paid, member, 0, 0)
    parts = {"segment": segment, "office": office, "desa": desa, "day": day, "kiosk": "20001"}
    for way, part in parts.items():
        numbers.counts.append((way, dinas, part, *counts))
        if way != "desa":
            numbers.begun.append((way, dinas, part, count * 13 // 10))


def _add_steps(numbers: Rows, dinas: str, reached: int, dice: random.Random) -> None:
    numbers.steps.append(("register", dinas, "begun", reached, reached, 0, 0))
    for step in (one for one in Step if one not in LEFT_OUT):
        if not dinas and step is Step.JOB:
            return
        lost = reached * dice.randrange(0, 9) // 100
        passed = reached - lost
        spent_ms = passed * dice.randrange(3000, 40000)
        numbers.steps.append(("register", dinas, step.value, reached, passed, lost, spent_ms))
        reached = passed
    numbers.steps.append(("register", dinas, "ended", reached, 0, 0, 0))
