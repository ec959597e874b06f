"""The settings of this kiosk as its admin sees and changes them.

Every change is kept with who made it, and the audit knows of it; undoing one is another one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.failures import KioskFailure
from kiosk.domain.setting import Flaw, Owner, WrongValue
from kiosk.domain.setting import Form as TextForm
from kiosk.domain.staff import Action
from kiosk.layers import Configuration, Layers, Misfit, Source, flaw_of, put_together
from kiosk.settings import DECLARED, Settings, checked_value
from kiosk.storage.settings import SettingChange
from kiosk.storage.store import Record, Store


@dataclass(frozen=True, slots=True)
class SettingSeen:
    """How one setting stands. `last` is the last of its `changes` on this screen, None if there
    was none; `misfit` a value that does not fit any more and is not used."""

    name: str
    value: Any
    source: Source
    beneath: Any
    last: SettingChange | None
    misfit: Misfit | None
    changes: int = 0

    @property
    def may_change(self) -> bool:
        """Whether it is the office's to change."""
        return DECLARED[self.name].owner is Owner.OFFICE

    @property
    def may_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self.may_change and self.last is not None

    @property
    def may_inherit(self) -> bool:
        """Whether the layers below could count again, which taking back would not come to."""
        return self.may_change and self.source is Source.KIOSK and self.changes > 1


@dataclass(frozen=True, slots=True)
class SettingsSeen:
    """All settings in the order they are declared, what they come to, and the names of the staff
    by their ids."""

    settings: Settings
    lines: tuple[SettingSeen, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Saved:
    """The change is kept; it counts once nobody is at the kiosk."""

    name: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """This is how it stands."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The value cannot be used. `least` and `most` are limits, of a number or of characters."""

    flaw: Flaw
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class NotYours:
    """This setting belongs to the kabupaten, or to the machine's file."""

    owner: Owner


@dataclass(frozen=True, slots=True)
class NothingToUndo:
    """Nothing was changed here."""


def settings_in_force(store: Store, layers: Layers) -> Configuration:
    """Return what counts now: the layers, and what was changed on this kiosk's screen."""
    with store.reading() as record:
        return put_together(layers, record.settings.in_force())


def look(desk: Desk, layers: Layers) -> SettingsSeen | NotAllowed:
    """Return how every setting stands."""
    refused = desk.refusal(Action.CHANGE_SETTINGS)
    if refused:
        return refused
    with desk.store.reading() as record:
        history = record.settings.history()
        names = record.staff.names()
        now = put_together(layers, record.settings.in_force())
    misfits = {one.name: one for one in now.misfits}
    lines = tuple(
        SettingSeen(
            name,
            getattr(now.settings, name),
            now.sources[name],
            now.beneath[name],
            history[name][-1] if name in history else None,
            misfits.get(name),
            len(history.get(name, ())),
        )
        for name in DECLARED
    )
    return SettingsSeen(now.settings, lines, names)


def consider(
    desk: Desk, layers: Layers, name: str, value: object
) -> Settings | Refused | NotYours | NotAllowed:
    """Return what the settings would be with this value, and keep nothing."""
    refused = _refusal(desk, name)
    if refused:
        return refused
    with desk.store.reading() as record:
        return _considered(layers, record.settings.in_force(), name, value)


def change(
    desk: Desk, layers: Layers, name: str, value: object
) -> Saved | Unchanged | Refused | NotYours | NotAllowed:
    """Set a setting on this kiosk; `value` is as JSON has it."""
    refused = _refusal(desk, name)
    if refused:
        return refused
    with desk.store.transaction() as record:
        return _keep(desk, record, layers, name, value)


def inherit(
    desk: Desk, layers: Layers, name: str
) -> Saved | Unchanged | Refused | NotYours | NotAllowed:
    """Let the layers below count again."""
    return change(desk, layers, name, None)


def undo(
    desk: Desk, layers: Layers, name: str
) -> Saved | Unchanged | Refused | NothingToUndo | NotYours | NotAllowed:
    """Take the last change of a setting back, which is a change as well."""
    refused = _refusal(desk, name)
    if refused:
        return refused
    with desk.store.transaction() as record:
        past = record.settings.history().get(name, ())
        if not past:
            return NothingToUndo()
        return _keep(desk, record, layers, name, past[-2].after if len(past) > 1 else None)


def _refusal(desk: Desk, name: str) -> NotYours | NotAllowed | None:
    refused = desk.refusal(Action.CHANGE_SETTINGS)
    if refused:
        return refused
    owner = DECLARED[name].owner
    return None if owner is Owner.OFFICE else NotYours(owner)


def _keep(
    desk: Desk, record: Record, layers: Layers, name: str, value: object
) -> Saved | Unchanged | Refused:
    here = record.settings.in_force()
    before = getattr(put_together(layers, here).settings, name)
    if value in (here.get(name), before):
        return Unchanged()
    considered = _considered(layers, here, name, value)
    if isinstance(considered, Refused):
        return considered
    now = desk.clock.now()
    record.settings.add(SettingChange(name, before, value, desk.account.id, now))
    return Saved(name)


def _considered(
    layers: Layers, here: Mapping[str, Any], name: str, value: object
) -> Settings | Refused:
    others = {key: given for key, given in here.items() if key != name}
    now = put_together(layers, others).settings
    try:
        wanted = put_together(layers, others).beneath[name] if value is None else _own(name, value)
        considered = replace(now, **{name: wanted})
        layers.fits(considered)
    except (ValueError, KioskFailure) as refused:
        limits = (refused.least, refused.most) if isinstance(refused, WrongValue) else (0, 0)
        return Refused(flaw_of(refused), *limits)
    return considered


def _own(name: str, value: object) -> Any:
    checked = checked_value(name, value)
    sound = DECLARED[name].form is TextForm.SOUND and checked
    if sound and not Path(checked).is_file():
        raise WrongValue(name, Flaw.NO_SOUND, "is not there")
    return checked
