"""The tables of a report: each part on a line of its own, with how many came how far there."""

from typing import Any

from kiosk.domain.report import DinasReport, Report, Stages, Way
from kiosk.domain.report_words import STAGES, Line, Names, count_words, lines, share_words

SUMMARY, DINAS = "summary", "dinas"
VIEWS = (SUMMARY, DINAS, *(Way.SEGMENT, Way.OFFICE, Way.DESA, Way.DAY, Way.KIOSK))
_NOT_KNOWN = "-"


def shown_of(report: Report, dinas: str) -> DinasReport:
    """Return one dinas of a report; the whole for ALL, and for one of which nothing is told."""
    return next((one for one in report.by_dinas if one.dinas == dinas), report.whole)


def heads(view: str, report: Report, names: Names) -> list[str]:
    """Return what stands above the columns of numbers."""
    say = names.texts.say
    stages = [say(f"report.{name}") for name in STAGES]
    if view != DINAS:
        return stages
    year = report.span.end.year
    return [*stages, say("console.report.reached", year=year), say("report.target", year=year), "%"]


def rows(view: str, report: Report, dinas: str, names: Names) -> list[dict[str, Any]]:
    """Return the lines, the sum of all first."""
    one = shown_of(report, dinas)
    if view == DINAS:
        return _dinas_rows(report, one, names)
    way, total = Way(view), Line(names.texts.say("console.report.total"), one.stages)
    return [_row(line, way) for line in (total, *_parts(one, way, names))]


def _parts(one: DinasReport, way: Way, names: Names) -> tuple[Line, ...]:
    if way is Way.DAY:
        return tuple(Line(names.day(day), said) for day, said in sorted(one.ways[way].items()))
    return lines(one, way, names)


def _row(line: Line, way: Way) -> dict[str, Any]:
    cells = _counts(line.stages)
    # Where somebody lives who gave up is not known.
    return {"name": line.name, "cells": [_NOT_KNOWN, *cells[1:]] if way is Way.DESA else cells}


def _dinas_rows(report: Report, one: DinasReport, names: Names) -> list[dict[str, Any]]:
    each = report.by_dinas if one is report.whole else (one,)
    told = [_dinas_row(names.dinas(part.dinas), part) for part in each]
    total = _dinas_row(names.texts.say("console.report.total"), one)
    if any(part.target is None for part in each):
        # What some reached without a target is no share of what others should.
        total["cells"][-1] = _NOT_KNOWN
    return [total, *told]


def _dinas_row(name: str, one: DinasReport) -> dict[str, Any]:
    has_target = one.target is not None
    target = count_words(one.target or 0) if has_target else _NOT_KNOWN
    share = share_words(one.reached, one.target or 0) if has_target else _NOT_KNOWN
    return {"name": name, "cells": [*_counts(one.stages), count_words(one.reached), target, share]}


def _counts(stages: Stages) -> list[str]:
    return [count_words(getattr(stages, name)) for name in STAGES]
