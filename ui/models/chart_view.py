"""A report put into what the charts of the screens show; for the desk and whoever else has one."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from kiosk.domain.months import Month
from kiosk.domain.report import DinasReport, Report, Span, Way
from kiosk.domain.report_words import (
    STAGES,
    Line,
    Names,
    count_words,
    lines,
    over_time,
    renewal_lines,
    share_words,
    steps,
)
from kiosk.domain.wording import month_words

SEGMENTS_SHOWN, PLACES_SHOWN = 6, 8
_SHARED = frozenset({"slip_out", "paid", "member"})


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A lying bar, or a point of the line: `count` with `inner` of them, and a target or -1."""

    name: str
    count: int
    inner: int
    note: str
    target: int = -1


def figures(dinas: DinasReport, names: Names) -> list[dict[str, str]]:
    """Return the stages: label, count, and which share of the registered that is."""
    stages, say = dinas.stages, names.texts.say
    return [
        {
            "label": say(f"report.{name}"),
            "count": count_words(getattr(stages, name)),
            **_share(getattr(stages, name) if name in _SHARED else 0, stages.registered, names),
        }
        for name in STAGES
    ]


def _share(part: int, whole: int, names: Names) -> dict[str, str]:
    """In words, and in short where there is less room."""
    share = share_words(part, whole) if part else ""
    note = names.texts.say("report.of_registered", share=share) if share else ""
    return {"share": share, "note": note}


def parts(dinas: DinasReport, way: Way, names: Names, most: int) -> list[dict[str, Any]]:
    """Return the largest parts as bars, but not those where nobody registered."""
    told = lines(dinas, way, names, most)
    return [asdict(_bar(one)) for one in told if one.stages.registered]


def targets(report: Report, names: Names) -> list[dict[str, Any]]:
    """Return what each dinas reached of its year against its target, those furthest first."""
    told = sorted(report.by_dinas, key=lambda one: (-one.reached, one.dinas))
    return [
        asdict(
            ChartBar(
                names.dinas(one.dinas),
                one.reached,
                0,
                count_words(one.reached)
                if one.target is None
                else share_words(one.reached, one.target),
                -1 if one.target is None else one.target,
            )
        )
        for one in told
    ]


def line(dinas: DinasReport, span: Span, names: Names, today: date) -> list[dict[str, Any]]:
    """Return the days or months; of those that have not come yet the count is -1."""
    told = [_bar(one) for one in over_time(dinas, span, names)]
    ahead = max(0, (span.end - today).days) if len(told) > (span.end - span.begin).days else 0
    come = len(told) - ahead
    return [asdict(one if at < come else replace(one, count=-1)) for at, one in enumerate(told)]


def funnel(dinas: DinasReport, names: Names) -> list[dict[str, Any]]:
    """Return the steps with who reached them, who gave up there, and the average time."""
    say = names.texts.say
    return [
        {
            "name": one.name,
            "reached": one.reached,
            "givenUp": one.given_up,
            "reachedText": count_words(one.reached),
            "givenUpText": count_words(one.given_up) if one.given_up else "-",
            "time": "-" if one.seconds is None else say("report.seconds", count=one.seconds),
        }
        for one in steps(dinas, names)
    ]


def renewals(dinas: DinasReport, names: Names) -> list[dict[str, str]]:
    """Return how those who have paid stand."""
    told = renewal_lines(dinas.renewals, names.texts)
    return [{"label": words, "value": count_words(count)} for words, count in told]


def renewals_title(span: Span, names: Names) -> str:
    """Return from which month that is seen."""
    month = month_words(Month.of(span.end), names.texts)
    return names.texts.say("report.renewals", month=month)


def _bar(one: Line) -> ChartBar:
    registered = one.stages.registered
    return ChartBar(one.name, registered, one.stages.paid, count_words(registered))
