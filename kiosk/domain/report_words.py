"""A report put into words: names of its parts, and its lines in the order in which they are read.

Paper, spreadsheet and screen say the same.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kiosk.domain.checks import Step
from kiosk.domain.funnel import ENDED, StepCount
from kiosk.domain.months import Month
from kiosk.domain.regions import Regions
from kiosk.domain.report import (
    ALL,
    DinasReport,
    Parts,
    Renewals,
    Report,
    Source,
    Span,
    Stages,
    Way,
)
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words, month_words
from kiosk.domain.work import Work, name_in

STAGES = ("begun", "registered", "slip_out", "paid", "member")
"""From the first to the last, as they are shown."""
RENEWALS = ("paid_ahead", "ends_now", "unpaid", "inactive")
DAYS_SHOWN = 31
"""Of more days the months are shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One part and how many came how far there."""

    name: str
    stages: Stages


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of a visit. `seconds` on average, None where nobody went on."""

    name: str
    reached: int
    given_up: int
    seconds: int | None


def count_words(count: int) -> str:
    """Return "1.234"."""
    return f"{count:,}".replace(",", ".")


def share_words(part: int, whole: int) -> str:
    """Return "45%", "<1%" for less, and "-" of nothing."""
    if not whole:
        return "-"
    percent = part * 100 // whole
    return "<1%" if part and not percent else f"{percent}%"


def span_words(span: Span, texts: Texts) -> str:
    """Return "1 November - 27 November 2026", or a month that is whole, or a single day."""
    month = Month.of(span.begin)
    if span == Span(month.first_day, month.last_day):
        return month_words(month, texts)
    if span.begin == span.end:
        return date_words(span.begin, texts)
    first, last = date_words(span.begin, texts), date_words(span.end, texts)
    return texts.say("report.span", first=first, last=last)


@dataclass(frozen=True, slots=True)
class Names:
    """How everything of a report is called; `kiosks` by their numbers, see of()."""

    work: Work
    regions: Regions
    texts: Texts
    kiosks: Mapping[str, str] = field(default_factory=dict)

    def of(self, report: Report) -> "Names":
        """Return the names with those of the kiosks that a report knows."""
        kiosks = {
            one.number: f"{self._kecamatan(one.office)}, {one.name} ({one.number})"
            for one in report.kiosks
        }
        return replace(self, kiosks=kiosks)

    def dinas(self, key: str) -> str:
        """A dinas in full; an unknown one by its key."""
        return self.work.dinas.get(key, key or self.texts.say("report.nameless"))

    def part(self, way: Way, key: str) -> str:
        """A part of a way of looking at it; an unknown one by its key."""
        match way:
            case Way.SEGMENT:
                return self._segment(key)
            case Way.OFFICE:
                return self._kecamatan(key)
            case Way.DESA:
                return self._desa(key)
            case Way.DAY:
                return self.day(key)
            case Way.KIOSK:
                return self.kiosks.get(key, key)

    def day(self, key: str) -> str:
        """A day like "27 November 2026", of a key like "2026-11-27"."""
        return date_words(date.fromisoformat(key), self.texts)

    def step(self, name: str) -> str:
        """What a visit was asked there."""
        return self.texts.say(f"report.step.{name}")

    def _segment(self, key: str) -> str:
        known = {one.id: one for one in self.work.segments}
        if key in known:
            return name_in(self.texts.language, known[key].tile_names)
        return key or self.texts.say("report.nameless")

    def _kecamatan(self, key: str) -> str:
        try:
            return self.regions.find_kecamatan(key).name
        except KeyError:
            return key

    def _desa(self, key: str) -> str:
        if not key:
            return self.texts.say("report.elsewhere")
        try:
            return f"{self.regions.find_desa(key).name}, {self._kecamatan(key[:8])}"
        except KeyError:
            return key


def lines(dinas: DinasReport, way: Way, names: Names, most: int = 0) -> tuple[Line, ...]:
    """Return the parts by size, those with the most registrations first; at most so many.

    What is left of them is one line more.
    """
    parts = sorted(
        dinas.ways[way].items(), key=lambda one: (-one[1].registered, -one[1].begun, one[0])
    )
    shown = parts[: most - 1] if most and len(parts) > most else parts
    told = [Line(names.part(way, key), stages) for key, stages in shown]
    rest = parts[len(shown) :]
    if rest:
        others = Stages()
        for _, stages in rest:
            others = others.plus(stages)
        told.append(Line(names.texts.say("report.others", count=len(rest)), others))
    return tuple(told)


def over_time(dinas: DinasReport, span: Span, names: Names) -> tuple[Line, ...]:
    """Return every day of the span, or every month of a longer one, also those of nobody."""
    days = dinas.ways[Way.DAY]
    if (span.end - span.begin).days < DAYS_SHOWN:
        return tuple(Line(str(day.day), days.get(day.isoformat(), Stages())) for day in _days(span))
    return _months(_by_month(days), span, names)


def _by_month(days: Parts) -> Parts:
    months: dict[str, Stages] = defaultdict(Stages)
    for day in sorted(days):
        months[day[:7]] = months[day[:7]].plus(days[day])
    return months


def _months(months: Parts, span: Span, names: Names) -> tuple[Line, ...]:
    told, month = [], Month.of(span.begin)
    while month <= Month.of(span.end):
        name = names.texts.say(f"month_name.{month.month}")[:3]
        told.append(Line(name, months.get(str(month), Stages())))
        month = month.plus(1)
    return tuple(told)


def _days(span: Span) -> Iterator[date]:
    for after in range((span.end - span.begin).days + 1):
        yield span.begin + timedelta(days=after)


def steps(dinas: DinasReport, names: Names) -> tuple[StepLine, ...]:
    """Return the steps of a registration on the screen, from the first to its end.

    Who began is who was asked for consent; whom it is not for has not given up.
    """
    return tuple(
        StepLine(
            names.step(one.step),
            one.reached,
            one.given_up,
            round(one.spent_ms / one.passed / 1000) if one.passed else None,
        )
        for one in _in_order(dinas.steps)
        if one.step != Step.STOP
    )


def _in_order(steps: Sequence[StepCount]) -> tuple[StepCount, ...]:
    known = {one.step: one for one in steps}
    names = (*(step.value for step in Step), ENDED)
    return tuple(known[name] for name in names if name in known)


def renewal_lines(renewals: Renewals, texts: Texts) -> tuple[tuple[str, int], ...]:
    """Return how those who have paid stand, each with its words."""
    return tuple((texts.say(f"report.{name}"), getattr(renewals, name)) for name in RENEWALS)


def heading(report: Report, dinas: DinasReport, names: Names) -> str:
    """Return whom a page is about."""
    return report.place if dinas.dinas == ALL else names.dinas(dinas.dinas)


def notes(report: Report, texts: Texts) -> Sequence[str]:
    """Return what has to be known of the figures."""
    source = "report.of_centre" if report.source is Source.CENTRE else "report.of_kiosk"
    told = (texts.say(source), texts.say("report.note_begun"), texts.say("report.note_slip"))
    if not report.behind:
        return told
    return (*told, texts.say("report.note_behind", count=len(report.behind)))
