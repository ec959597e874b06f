"""The day's end, on the screen and on paper."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta

from kiosk.clock import WIB
from kiosk.desk.actions import price_months
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.audit import ChainWhole
from kiosk.domain.desk import NOT_OUT
from kiosk.domain.print_job import PrintState
from kiosk.domain.recap import Contributions, Counted, Figures, Recap, SlipFigures, series_of
from kiosk.domain.staff import Action
from kiosk.storage.recap import Done, FirstPayments, SlipsSo

RECAP_PRINTED = "recap_printed"
ON_PAPER = "recap"


def recap(desk: Desk, day: date) -> Recap | NotAllowed:
    """Return what was done on a day of the office.

    The chain of the whole audit is checked for it, which takes about a second for each hundred
    thousand entries.
    """
    refused = desk.refusal(Action.SEE)
    if refused:
        return refused
    begin = datetime.combine(day, time(), WIB)
    with desk.store.reading() as record:
        of_day = record.day(begin, begin + timedelta(days=1))
        done = of_day.done()
        return Recap(
            day=day,
            made_at=desk.clock.now(),
            made_by=desk.account.name,
            practice=record.is_practice(),
            figures=_figures(done),
            by_segment=_by(done, lambda one: one.segment),
            by_dinas=_by(done, lambda one: one.dinas),
            slips=_slips(of_day.slips()),
            erased_since=sum(one.erased for one in done if one.what is Counted.REGISTERED),
            contributions=_contributions(desk, of_day.first_payments()),
            series=tuple(
                series for used, before in of_day.numbers() for series in series_of(used, before)
            ),
            chain=record.audit.verify(),
        )


def note_printed(desk: Desk, made: Recap) -> None:
    """Note that a recap goes to paper, and that the head of the audit is out of reach with it."""
    with desk.store.transaction() as record:
        now, chain = desk.clock.now(), made.chain
        if isinstance(chain, ChainWhole):
            record.audit.keep_anchor(chain, ON_PAPER, now)
        record.audit.note(desk.deed(RECAP_PRINTED, now, day=made.day.isoformat()))


def _figures(done: Iterable[Done]) -> Figures:
    counter: Counter[Counted] = Counter()
    for one in done:
        counter[one.what] += one.times
    return dict(counter)


def _by(done: Iterable[Done], part: Callable[[Done], str]) -> Mapping[str, Figures]:
    parts: dict[str, list[Done]] = {}
    for one in done:
        parts.setdefault(part(one), []).append(one)
    return {name: _figures(parts[name]) for name in sorted(parts)}


def _slips(slips: Iterable[SlipsSo]) -> SlipFigures:
    counter: Counter[str] = Counter()
    for one in slips:
        counter[_slip_stands(one)] += one.times
    return SlipFigures(**counter)


def _slip_stands(one: SlipsSo) -> str:
    if one.state in NOT_OUT:
        return "owed" if one.status.awaits_payment else "needless"
    if one.state is PrintState.HANDED_OVER_OTHERWISE:
        return "given_by_staff"
    return "came_out" if one.state is PrintState.CAME_OUT else "sent"


def _contributions(desk: Desk, payments: Iterable[FirstPayments]) -> Contributions:
    people = total = unpriced = 0
    for one in payments:
        people += one.people
        costs = price_months(
            desk.facts,
            one.segment_id,
            one.job_id,
            base=one.base,
            package=one.package,
            first_month=one.first_month,
            months=1,
        )
        if costs is None:
            unpriced += one.people
        else:
            total += one.people * costs.total
    return Contributions(people, total, unpriced)
