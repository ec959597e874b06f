"""How a setting is shown at the desk: its line, and everything that is known of it."""

from dataclasses import dataclass
from typing import Any

from kiosk.clock import local
from kiosk.desk.office_settings import SettingSeen, SettingsSeen
from kiosk.domain.setting import WrongValue
from kiosk.domain.texts import Texts
from kiosk.domain.wording import moment_words
from kiosk.layers import Source
from kiosk.settings import DECLARED, Settings, read_value
from ui.models.desk.setting_words import Lists, hint_words, owner_words, source_words, value_words

TAGS = {
    Source.KIOSK: ("sea", "pencil-simple"),
    Source.FILE: ("sand", "desktop"),
    Source.KABUPATEN: ("leaf", "bank"),
    Source.KECAMATAN: ("leaf", "bank"),
    Source.ASSIGNED: ("leaf", "bank"),
    Source.DEFAULT: ("sand", "package"),
}


@dataclass(frozen=True, slots=True)
class SettingView:
    """Shows settings in a language; `running` are those that the program works with now."""

    running: Settings
    texts: Texts
    lists: Lists

    def line(self, one: SettingSeen) -> dict[str, str]:
        """Return a line of the list."""
        tone, icon = TAGS[one.source]
        return {
            "id": one.name,
            "title": self.texts.say(f"setting.{one.name}.label"),
            "note": self.words(one.name, one.value),
            "tag": "" if one.source is Source.DEFAULT else source_words(one.source, self.texts),
            "tone": "amber" if one.misfit else tone,
            "icon": "warning" if one.misfit else icon,
        }

    def detail(self, one: SettingSeen, all_seen: SettingsSeen) -> dict[str, Any]:
        """Return what stands beside the list."""
        return self.line(one) | {
            "text": self.texts.say(f"setting.{one.name}.text"),
            "facts": self._facts(one, all_seen),
            "misfit": self.texts.say("setting.misfit") if one.misfit else "",
            "mayChange": one.may_change,
            "mayUndo": one.may_undo,
            "mayInherit": one.may_inherit,
        }

    def words(self, name: str, value: Any) -> str:
        """Return a value in words."""
        return value_words(name, value, self.texts, self.lists)

    def _words_of(self, name: str, kept: object) -> str:
        """A value as it was kept, which may be none by now."""
        try:
            return self.words(name, read_value(name, kept))
        except WrongValue:
            return str(kept)

    def _facts(self, one: SettingSeen, all_seen: SettingsSeen) -> list[dict[str, str]]:
        counts = getattr(self.running, one.name) == one.value
        told = {
            "from": source_words(one.source, self.texts),
            "who": owner_words(DECLARED[one.name].owner, self.texts),
            "counts": self.texts.say(f"setting.counts.{'now' if counts else 'idle'}"),
            "limits": hint_words(one.name, self.texts) if one.may_change else "",
            "was": self._was(one, all_seen),
        }
        return [
            {"key": key, "label": self.texts.say(f"setting.fact.{key}"), "value": value}
            for key, value in told.items()
            if value
        ]

    def _was(self, one: SettingSeen, all_seen: SettingsSeen) -> str:
        if one.last is None:
            return ""
        return self.texts.say(
            "setting.was",
            value=self._words_of(one.name, one.last.before),
            who=all_seen.names.get(one.last.actor, ""),
            at=moment_words(local(one.last.at), self.texts),
        )
