"""The forms of the page of reports: days of one's own, and what a dinas should reach."""

from collections.abc import Callable
from datetime import date
from functools import partial

from kiosk.central.reports import LARGEST_TARGET, TARGET_YEARS, set_target
from kiosk.domain.report import Report, Span
from kiosk.domain.report_words import Names, count_words
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words
from ui.models.console.host import ConsoleHost
from ui.models.desk.form import Field, Form, Kind, Option, Problem, Remark, Values
from ui.models.desk.record_forms import read_date

FROM, TO = "from_day", "to_day"
DINAS, YEAR, TARGET = "target_dinas", "target_year", "target"


def span_form(host: ConsoleHost, shown: Span, today: date, chosen: Callable[[Span], None]) -> Form:
    """Return the form of the first and last day; `chosen` takes days that have come, in order."""

    def send(values: Values) -> None:
        begin, end = read_date(values[FROM]), read_date(values[TO])
        problems = _flaws(begin, end, today)
        if problems or begin is None or end is None:
            host.complain(problems)
        else:
            host.close_form()
            chosen(Span(begin, end))

    begin, end = min(shown.begin, today), min(shown.end, today)
    return Form(
        name="report_days",
        title="console.report.days",
        lead="console.report.days_lead",
        submit="console.report.show",
        fields=(
            Field(FROM, Kind.DATE, "console.report.from"),
            Field(TO, Kind.DATE, "console.report.to"),
        ),
        values={FROM: f"{begin:%d%m%Y}", TO: f"{end:%d%m%Y}"},
        send=send,
        kept=False,
    )


def _flaws(begin: date | None, end: date | None, today: date) -> dict[str, Problem]:
    """Return what is wrong with the days, by field."""
    flaws: dict[str, Problem] = {}
    for key, day in ((FROM, begin), (TO, end)):
        if day is None:
            flaws[key] = partial(_say, "desk.problem.no_date")
        elif day > today:
            flaws[key] = partial(_say_day, "console.report.not_come", today)
    if begin and end and not flaws and begin > end:
        flaws[TO] = partial(_say_day, "console.report.backwards", begin)
    return flaws


def _say_day(key: str, day: date, texts: Texts) -> str:
    return texts.say(key, day=date_words(day, texts))


def _say(key: str, texts: Texts, **values: object) -> str:
    return texts.say(key, **values)


def target_form(
    host: ConsoleHost, report: Report, names: Callable[[], Names], done: Callable[[], None]
) -> Form:
    """Return the form in which a dinas gets its target, or loses it by 0."""

    def send(values: Values) -> None:
        session, problems = host.session, _missing(values)
        if problems or session is None:
            host.complain(problems)
            return
        asked = (values[DINAS], int(values[YEAR]), int(values[TARGET]))
        host.run(partial(set_target, session, *asked), partial(sent, values))

    def sent(values: Values, _done: None) -> None:
        host.close_form()
        wanted = int(values[TARGET])
        key = "console.report.target_set" if wanted else "console.report.target_gone"
        said = {"dinas": values[DINAS], "year": values[YEAR]}
        host.tell(key, count=count_words(wanted), **said)
        done()

    return Form(
        name="report_target",
        title="console.report.target",
        lead="console.report.target_lead",
        submit="console.report.set_target",
        fields=(
            Field(
                DINAS,
                Kind.PICK,
                "report.dinas",
                options=lambda *_: _dinas_of(report, names()),
                span=12,
            ),
            Field(YEAR, Kind.DIGITS, "console.report.year", longest=4),
            Field(TARGET, Kind.DIGITS, "console.report.target_count", longest=8),
        ),
        values={YEAR: str(report.span.end.year)},
        remark=lambda values, texts: _standing(report, values, texts),
        send=send,
        kept=False,
    )


def _dinas_of(report: Report, names: Names) -> tuple[Option, ...]:
    """Return the dinas of the tariff's data, and what has a target beside them."""
    keys = {*names.work.dinas, *(one.dinas for one in report.by_dinas if one.dinas)}
    return tuple(
        Option(key, f"{key}: {names.dinas(key)}" if key in names.work.dinas else key)
        for key in sorted(keys)
    )


def _missing(values: Values) -> dict[str, Problem]:
    flaws: dict[str, Problem] = {}
    if not values[DINAS]:
        flaws[DINAS] = partial(_say, "console.enrol.missing")
    first, last = TARGET_YEARS
    if not _is_within(values[YEAR], first, last):
        flaws[YEAR] = partial(_say, "console.report.no_year", first=first, last=last)
    if not _is_within(values[TARGET], 0, LARGEST_TARGET):
        most = count_words(LARGEST_TARGET)
        flaws[TARGET] = partial(_say, "console.report.no_count", most=most)
    return flaws


def _is_within(typed: str, least: int, most: int) -> bool:
    return typed.isascii() and typed.isdecimal() and least <= int(typed) <= most


def _standing(report: Report, values: Values, texts: Texts) -> Remark:
    """Say what counts now, as far as it was read."""
    if not values[DINAS] or values[YEAR] != str(report.span.end.year):
        return Remark()
    found = {one.dinas: one.target for one in report.by_dinas}
    target = found.get(values[DINAS])
    if target is None:
        return Remark(texts.say("console.report.no_target_yet"))
    return Remark(texts.say("console.report.target_now", count=count_words(target)))
