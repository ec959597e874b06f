"""Versions of the configuration put into words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kiosk.data import Data
from kiosk.domain.fleet import ConfigState, Problem, VersionLine
from kiosk.domain.setting import WrongValue
from kiosk.domain.texts import Texts
from kiosk.drafting import DATA, FOR_ALL, KABUPATEN, TEXT, Change
from kiosk.settings import DECLARED, read_value
from ui.models.console.moments import exactly
from ui.models.desk.setting_words import Lists, value_words
from ui.models.parts.words import part_words

_LOOKS = {
    ConfigState.TRIAL: ("amber", "hourglass-medium"),
    ConfigState.PUBLISHED: ("leaf", "check-circle"),
    ConfigState.STOPPED: ("brick", "warning"),
    ConfigState.WITHDRAWN: ("sand", "prohibit"),
}


@dataclass(frozen=True, slots=True)
class ConfigView:
    """Tells of configurations; `kiosk` returns what the kiosk of a number is called."""

    texts: Texts
    lists: Lists
    shipped: Data
    offices: Mapping[str, str]
    kiosk: Callable[[str], str]

    def scope(self, scope: str) -> str:
        """Return for whom a value counts."""
        if scope in FOR_ALL:
            return self.texts.say("console.config.all")
        if "." in scope:
            return self.texts.say("console.config.office", name=self.offices.get(scope, scope))
        return self.texts.say("console.config.kiosk", name=self.kiosk(scope))

    def setting(self, name: str) -> str:
        """Return what a setting is called."""
        return self.texts.say(f"setting.{name}.label") if name in DECLARED else name

    def value(self, name: str, value: object) -> str:
        """Return a value in words."""
        if value is None:
            return self.texts.say("console.config.inherits")
        try:
            read = read_value(name, value)
        except WrongValue:
            return str(value)
        return value_words(name, read, self.texts, self.lists)

    def changes(self, changes: Iterable[Change]) -> list[dict[str, str]]:
        """Return lines of what a version or a draft says."""
        return [self._change(one) for one in changes]

    def _change(self, one: Change) -> dict[str, str]:
        if one.scope in (DATA, TEXT):
            name, value = part_words(one, self.shipped, self.texts)
        else:
            name, value = self.setting(one.name), self.value(one.name, one.after)
        scope = self.scope(one.scope)
        return {"id": f"{one.scope}/{one.name}", "scope": scope, "name": name, "value": value}

    def line(self, one: VersionLine) -> dict[str, str]:
        """Return a line of the history."""
        tone, icon = _LOOKS[one.state]
        return {
            "id": str(one.version),
            "title": self.texts.say("console.config.version", version=one.version),
            "note": self.texts.say(
                "console.config.made", by=one.by, at=exactly(one.made_at, self.texts)
            ),
            "tag": self.texts.say(f"console.config.state.{one.state.value}"),
            "tone": tone,
            "icon": icon,
        }

    def facts(self, one: VersionLine) -> list[dict[str, str]]:
        """Return what is known of a version."""
        say = self.texts.say
        told = {
            "why": one.why or "-",
            "made": say("console.config.made", by=one.by, at=exactly(one.made_at, self.texts)),
            "running": say("console.config.running", count=one.running),
            "trial": self._trial(one),
            "decided": exactly(one.decided_at, self.texts) if one.decided_at else "",
            "reason": say(f"console.config.reason.{one.reason}") if one.reason else "",
        }
        return [
            {"key": key, "label": say(f"console.config.fact.{key}"), "value": value}
            for key, value in told.items()
            if value
        ]

    def _trial(self, one: VersionLine) -> str:
        if not one.trial_number:
            return ""
        name = self.kiosk(one.trial_number)
        return self.texts.say(
            "console.config.trial_at", name=name, hold=hold_words(one.hold_minutes, self.texts)
        )

    def problem(self, one: Problem) -> str:
        """Return why a draft cannot be published."""
        place = self.scope(one.scope) if _is_scope(one.scope) else one.scope
        parts = (place, self.setting(one.name) if one.name else "")
        where = ", ".join(part for part in parts if part)
        says = f" ({one.says})" if one.says else ""
        return f"{where}: {self.texts.say(f'fleet.problem.{one.reason}')}{says}"


def _is_scope(scope: str) -> bool:
    return scope == KABUPATEN or scope.replace(".", "").isdigit()


def hold_words(minutes: int, texts: Texts) -> str:
    """Return how long a trial lasts, in the largest unit that is whole."""
    for unit, length in (("days", 1440), ("hours", 60)):
        if minutes >= length and minutes % length == 0:
            return texts.say(f"setting.unit.{unit}", count=minutes // length)
    return texts.say("setting.unit.minutes", count=minutes)
