"""A report as a workbook: the same figures as on paper, all of them, a sheet for each way."""

import io
from collections.abc import Iterator, Sequence

from kiosk.clock import local
from kiosk.domain.report import ALL, DinasReport, Report, Stages, Way
from kiosk.domain.report_words import (
    RENEWALS,
    STAGES,
    Names,
    lines,
    notes,
    renewal_lines,
    span_words,
    steps,
)
from kiosk.domain.wording import moment_words
from kiosk.handover.writing import Table, write_book

_ALL_STAGES = (*STAGES, "rejected", "void")
Row = Sequence[str | int]


def report_book(report: Report, names: Names) -> bytes:
    """Return the workbook, in the language of the names' texts."""
    file = io.BytesIO()
    write_book(file, _tables(report, names), made_at=report.made_at)
    return file.getvalue()


def _tables(report: Report, names: Names) -> Iterator[Table]:
    def say(key: str) -> str:
        return names.texts.say(key)

    stages = tuple(say(f"report.{name}") for name in _ALL_STAGES)
    yield Table(say("report.sheet_summary"), ("", ""), _summary(report, names))
    year = names.texts.say("report.target", year=report.span.end.year)
    yield Table(
        say("report.sheet_dinas"),
        (say("report.dinas"), year, f"{report.span.end.year}", *stages),
        [
            (names.dinas(one.dinas), one.target or "", one.reached, *_counts(one.stages))
            for one in report.by_dinas
        ],
    )
    for way in Way:
        heads = (say("report.dinas"), say(f"report.sheet_{way.value}"), *stages)
        yield Table(say(f"report.sheet_{way.value}"), heads, list(_parts(report, way, names)))
    heads = (say("report.dinas"), *(say(key) for key in _STEP_HEADS))
    yield Table(say("report.sheet_funnel"), heads, list(_steps(report, names)))
    standings = (say(f"report.{name}") for name in RENEWALS)
    heads = (say("report.dinas"), say("report.sheet_office"), *standings)
    yield Table(say("report.sheet_renewals"), heads, list(_renewals(report, names)))


_STEP_HEADS = (
    "report.step_title",
    "report.step_reached",
    "report.step_given_up",
    "report.seconds_head",
)


def _summary(report: Report, names: Names) -> list[Row]:
    texts, whole = names.texts, report.whole
    made = moment_words(local(report.made_at), texts)
    rows: list[Row] = [
        (texts.say("report.title"), report.place),
        (span_words(report.span, texts), texts.say("report.made", when=made)),
    ]
    if report.practice:
        rows.append((texts.say("report.practice"), ""))
    rows += [
        (texts.say(f"report.{name}"), count)
        for name, count in zip(_ALL_STAGES, _counts(whole.stages), strict=True)
    ]
    rows += renewal_lines(whole.renewals, texts)
    rows += [(note, "") for note in notes(report, texts)]
    return rows


def _parts(report: Report, way: Way, names: Names) -> Iterator[Row]:
    for one in report.by_dinas:
        dinas = names.dinas(one.dinas)
        if way is Way.DAY:
            for day, stages in sorted(one.ways[way].items()):
                yield (dinas, day, *_counts(stages))
        else:
            for line in lines(one, way, names):
                yield (dinas, line.name, *_counts(line.stages))


def _steps(report: Report, names: Names) -> Iterator[Row]:
    for one in (report.whole, *report.by_dinas):
        for step in steps(one, names):
            seconds = "" if step.seconds is None else step.seconds
            yield (_name(one, report, names), step.name, step.reached, step.given_up, seconds)


def _renewals(report: Report, names: Names) -> Iterator[Row]:
    for one in report.by_dinas:
        for office, renewals in sorted(one.renewals_by_office.items()):
            counts = (getattr(renewals, name) for name in RENEWALS)
            yield (names.dinas(one.dinas), names.part(Way.OFFICE, office), *counts)


def _name(one: DinasReport, report: Report, names: Names) -> str:
    return report.place if one.dinas == ALL else names.dinas(one.dinas)


def _counts(stages: Stages) -> tuple[int, ...]:
    return tuple(getattr(stages, name) for name in _ALL_STAGES)
