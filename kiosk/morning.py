"""The readiness report of the morning: made once a day, kept until the next, shown at the desk."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kiosk.clock import local
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.staff import Action
from kiosk.readiness import Finding, Situation, State, look
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.store import Store

MORNING_HOUR = 5
"""A kiosk that stays on overnight is looked at anew from this hour on."""
_DAY = "day"


@dataclass(frozen=True, slots=True)
class Report:
    """How the kiosk stood at a moment."""

    made_at: datetime
    findings: tuple[Finding, ...]

    @property
    def day(self) -> date:
        """The office's calendar day it was made on."""
        return local(self.made_at).date()

    @property
    def to_see_to(self) -> tuple[Finding, ...]:
        """What wants a person, what is bad before what is to be watched."""
        order = (State.BAD, State.ATTENTION)
        return tuple(one for state in order for one in self.findings if one.state is state)

    @property
    def pressing(self) -> tuple[Finding, ...]:
        """What should be told wherever the staff work: what is bad, and what soon ends.

        That a kiosk has no second disk is as true every day; who reads it every day reads it no
        more. What the desk follows by the second is told there.
        """
        return tuple(
            one
            for one in self.to_see_to
            if one.topic not in _TOLD_LIVE and (one.state is State.BAD or one.topic == _ENDS)
        )


_ENDS = "data"
_TOLD_LIVE = frozenset({"printer", "clock", "space", "centre"})


def make_report(store: Store, situation: Situation) -> Report:
    """Look at everything, and keep what was found in place of the report before."""
    report = Report(situation.now, look(situation))
    with store.transaction() as record:
        record.keep_readiness(_written(report))
    return report


def last_report(store: Store) -> Report | None:
    """Return the last report, None if there is none that can be read."""
    with store.reading() as record:
        text = record.readiness()
    try:
        return _read(text)
    except (ValueError, KeyError, TypeError):
        # A later version of the program wrote it; the next one takes its place.
        return None


def is_due(report: Report | None, now: datetime) -> bool:
    """Tell whether the day's report is still to be made."""
    if report is None:
        return True
    here = local(now)
    morning = here.replace(hour=MORNING_HOUR, minute=0, second=0, microsecond=0)
    # Also when the clock was set back: a report of tomorrow says nothing of today.
    return report.day > here.date() or local(report.made_at) < morning <= here


def see(desk: Desk) -> Report | NotAllowed | None:
    """Return the last report to who may see it."""
    return desk.refusal(Action.SEE_READINESS) or last_report(desk.store)


def look_again(desk: Desk, situation: Situation) -> Report | NotAllowed:
    """Make a report now, for who may see it."""
    return desk.refusal(Action.SEE_READINESS) or make_report(desk.store, situation)


def _written(report: Report) -> str:
    findings = [
        {
            "topic": one.topic,
            "state": one.state.value,
            "says": one.says,
            "todo": one.todo,
            "values": {name: _plain(value) for name, value in one.values.items()},
        }
        for one in report.findings
    ]
    return json.dumps({"at": to_text(report.made_at), "findings": findings})


def _plain(value: int | str | date) -> Any:
    return {_DAY: value.isoformat()} if isinstance(value, date) else value


def _read(text: str) -> Report | None:
    if not text:
        return None
    kept = json.loads(text)
    return Report(from_text(kept["at"]), tuple(_finding(one) for one in kept["findings"]))


def _finding(kept: Mapping[str, Any]) -> Finding:
    values = {
        name: date.fromisoformat(value[_DAY]) if isinstance(value, dict) else value
        for name, value in kept["values"].items()
    }
    return Finding(State(kept["state"]), kept["says"], kept["todo"], values, kept["topic"])
