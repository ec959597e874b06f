"""Puts the layers of the settings together, and says of each value where it comes from.

Each layer goes over the one before: the default, the kabupaten, the kecamatan, what the kabupaten
set for this kiosk alone, the machine's file, and what was changed on this kiosk's screen.
See docs/decisions/0053-settings-in-layers.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from kiosk.domain.failures import KioskFailure
from kiosk.domain.setting import Flaw, Owner, WrongValue
from kiosk.settings import DECLARED, Settings, checked_value


class Source(StrEnum):
    """Where a value comes from, the lowest layer first."""

    DEFAULT = "default"
    KABUPATEN = "kabupaten"
    KECAMATAN = "kecamatan"
    ASSIGNED = "assigned"
    """The kabupaten set it for this kiosk alone."""
    FILE = "file"
    KIOSK = "kiosk"


ORDER: Mapping[Owner, tuple[Source, ...]] = MappingProxyType(
    {
        Owner.OFFICE: tuple(Source),
        Owner.KABUPATEN: (Source.DEFAULT, Source.FILE, Source.KABUPATEN),
        Owner.MACHINE: (Source.DEFAULT, Source.FILE),
    }
)
"""Which layers may speak of a setting, by whom it belongs to, and the later over the earlier. The
file only stands in for a kabupaten that has said nothing yet."""

Given = Mapping[str, object]
"""Values by the names of their settings, as JSON and TOML write them."""


def _nothing_else(_settings: Settings) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Layers:
    """What lies below the changes of this kiosk's screen.

    `machine`: the settings as the machine's file leaves them. `fits` raises ValueError or
    KioskFailure for settings that do not go together with each other or with the data.
    """

    machine: Settings
    kabupaten: Given = field(default_factory=dict)
    kecamatan: Given = field(default_factory=dict)
    assigned: Given = field(default_factory=dict)
    fits: Callable[[Settings], None] = _nothing_else


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that is not used, and why; the layer below counts in its place."""

    name: str
    source: Source
    flaw: Flaw
    reason: str


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings in force; `beneath` is what each would be without this kiosk's own changes."""

    settings: Settings
    sources: Mapping[str, Source]
    beneath: Mapping[str, Any]
    misfits: tuple[Misfit, ...]


def put_together(layers: Layers, kiosk: Given) -> Configuration:
    """Return the settings in force; `kiosk` is what was changed on this kiosk's screen.

    A value that does not fit is left out and told as a misfit. Raises what `layers.fits` raises
    where the machine's file and the defaults by themselves do not fit.
    """
    misfits: list[Misfit] = []
    defaults = _values(Settings())
    said = {
        Source.DEFAULT: defaults,
        Source.KABUPATEN: layers.kabupaten,
        Source.KECAMATAN: layers.kecamatan,
        Source.ASSIGNED: layers.assigned,
        Source.FILE: _in_file(layers.machine, defaults),
        Source.KIOSK: kiosk,
    }
    stacks = {name: _stack(name, said, misfits) for name in DECLARED}
    settings = _settings_of(layers, stacks)
    if not _goes(layers, settings):
        settings = _one_by_one(layers, stacks, misfits)
    beneath = {
        name: next(value for source, value in reversed(stack) if source is not Source.KIOSK)
        for name, stack in stacks.items()
    }
    sources = {name: stack[-1][0] for name, stack in stacks.items()}
    return Configuration(settings, sources, beneath, tuple(misfits))


_Stack = list[tuple[Source, Any]]
"""What the layers say of one setting, the one that counts last."""


def _stack(name: str, said: Mapping[Source, Given], misfits: list[Misfit]) -> _Stack:
    stack: _Stack = []
    for source in ORDER[DECLARED[name].owner]:
        if name not in said[source]:
            continue
        value: Any = said[source][name]
        try:
            # Defaults and file are values already.
            trusted = source in (Source.DEFAULT, Source.FILE)
            stack.append((source, value if trusted else checked_value(name, value)))
        except WrongValue as wrong:
            misfits.append(Misfit(name, source, wrong.flaw, str(wrong)))
    return stack


def _values(settings: Settings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in DECLARED}


def _in_file(machine: Settings, defaults: Mapping[str, Any]) -> Given:
    values = _values(machine)
    return {
        name: value
        for name, value in values.items()
        if name in machine.in_file or value != defaults[name]
    }


def _settings_of(layers: Layers, stacks: Mapping[str, _Stack]) -> Settings:
    return replace(layers.machine, **{name: stack[-1][1] for name, stack in stacks.items()})


def _goes(layers: Layers, settings: Settings) -> bool:
    try:
        layers.fits(settings)
    except (ValueError, KioskFailure):
        return False
    return True


def _one_by_one(layers: Layers, stacks: Mapping[str, _Stack], misfits: list[Misfit]) -> Settings:
    """Begin with the machine's own settings, and take up what goes with the ones before."""
    settings = layers.machine
    layers.fits(settings)
    for name, stack in stacks.items():
        while (top := stack[-1])[0] not in (Source.DEFAULT, Source.FILE):
            tried = replace(settings, **{name: top[1]})
            try:
                layers.fits(tried)
            except (ValueError, KioskFailure) as refused:
                stack.pop()
                misfits.append(Misfit(name, top[0], flaw_of(refused), str(refused)))
                continue
            settings = tried
            break
    return settings


def flaw_of(refused: ValueError | KioskFailure) -> Flaw:
    """Return why a value was refused."""
    return refused.flaw if isinstance(refused, WrongValue) else Flaw.GOES_NOT
