"""A new tariff or new benefits, loaded from a file by the office's admin where no centre sends any.

Looked at first, see kiosk.comparing. Then kept, in force from the date it bears; what was before
stays.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.comparing import Considered, DataSeen, Outcome, compare, seen
from kiosk.data import Data
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.staff import Action
from kiosk.installed import install

LOADED = "data_loaded"


@dataclass(frozen=True, slots=True)
class OfTheCentre:
    """The kiosk belongs to a centre, which alone sends it data, signed."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """It is kept, and in force from its day."""

    from_day: date
    at_once: bool


def look(desk: Desk, data: Data) -> DataSeen | NotAllowed:
    """Tell what is in force and what is to come."""
    refused = desk.refusal(Action.LOAD_DATA)
    return refused or seen(data, desk.facts.today, joined=_joined(desk))


def consider(desk: Desk, data: Data, path: Path) -> Outcome | NotAllowed:
    """Read a file and tell what it would change; nothing is kept."""
    refused = desk.refusal(Action.LOAD_DATA)
    return refused or compare(path, lambda _day: data, desk.facts.today)


def load(desk: Desk, data: Data, considered: Considered) -> Loaded | OfTheCentre | NotAllowed:
    """Keep a file that was considered. Raises DataFailure when the disk refuses."""
    refused = desk.refusal(Action.LOAD_DATA)
    if refused:
        return refused
    if _joined(desk):
        return OfTheCentre()
    install(data.chosen.kept, considered.file, considered.from_day, considered.text)
    with desk.store.transaction() as record:
        told = {"file": Path(considered.file).stem, "version": considered.from_day.isoformat()}
        record.staff.note(desk.deed(LOADED, desk.clock.now(), **told))
    return Loaded(considered.from_day, considered.from_day <= desk.facts.today)


def _joined(desk: Desk) -> bool:
    with desk.store.reading() as record:
        return record.centre.membership() is not None
