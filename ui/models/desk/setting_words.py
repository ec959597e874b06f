"""What a setting and its value are called, in the language that is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from kiosk.desk.office_settings import Refused
from kiosk.domain.regions import Regions
from kiosk.domain.setting import Declared, Flaw, Owner, Shown, Unit
from kiosk.domain.setting import Form as TextForm
from kiosk.domain.setting_checks import items_of
from kiosk.domain.slip_without import CAN_DO_WITHOUT
from kiosk.domain.texts import Texts
from kiosk.layers import Source
from kiosk.settings import DECLARED, KINDS, Settings
from ui.models.desk.form import Field, Kind, Option, Values

VALUE = "value"
SEVERAL = frozenset({TextForm.LANGUAGES, TextForm.SLIP_PARTS})
"""Of what any number can be ticked."""
_OF_LANGUAGES = frozenset({TextForm.LANGUAGE, TextForm.LANGUAGES})
_CHOSEN = SEVERAL | {TextForm.KECAMATAN, TextForm.LANGUAGE}
YES, NO = "yes", "no"
FACTOR = 1.5
"""In the largest text a silence may last so many times as long, see ui.silence."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What some settings are chosen from."""

    regions: Regions
    languages: Mapping[str, Texts]

    def of(self, form: TextForm) -> tuple[Option, ...]:
        """Return what can be chosen, by its id; nothing where anything can be typed."""
        if form is TextForm.KECAMATAN:
            return tuple(Option(one.code, one.name) for one in self.regions.kecamatan)
        if form is TextForm.LANGUAGE:
            return self._named
        return ()

    def several_of(self, form: TextForm, texts: Texts) -> tuple[Option, ...]:
        """Return what can be ticked, by its id; nothing where no more than one is chosen."""
        if form is TextForm.LANGUAGES:
            return self._named
        if form is TextForm.SLIP_PARTS:
            parts = (one.value for one in CAN_DO_WITHOUT)
            return tuple(Option(one, texts.say(f"setting.slip_part.{one}")) for one in parts)
        return ()

    @property
    def _named(self) -> tuple[Option, ...]:
        named = {code: one.say("language.name") for code, one in self.languages.items()}
        return tuple(Option(code, name) for code, name in named.items())


def value_words(name: str, value: Any, texts: Texts, lists: Lists) -> str:
    """Return a value in words: with its unit, or as it is chosen."""
    about = DECLARED[name]
    if isinstance(value, bool):
        return texts.say(f"setting.switch.{YES if value else NO}")
    if isinstance(value, int):
        return _number_words(about, value, texts)
    if isinstance(value, StrEnum):
        return texts.say(f"setting.choice.{name}.{value.value}")
    if listed := lists.of(about.form):
        return next((one.label for one in listed if one.id == value), str(value))
    if about.form in SEVERAL:
        known = {one.id: one.label for one in lists.several_of(about.form, texts)}
        told = ", ".join(known.get(one, one) for one in items_of(value))
        return told or texts.say(f"setting.none.{about.form}")
    return str(value) or texts.say("setting.empty")


def _number_words(about: Declared, value: int, texts: Texts) -> str:
    if about.unit is Unit.SLIPS and not value:
        return texts.say("setting.not_counted")
    return texts.say(f"setting.unit.{about.unit}", count=value)


def source_words(source: Source, texts: Texts) -> str:
    """Return where a value comes from."""
    return texts.say(f"setting.source.{source.value}")


def owner_words(owner: Owner, texts: Texts) -> str:
    """Return who may change it."""
    return texts.say(f"setting.owner.{owner.value}")


def refusal(name: str, refused: Refused) -> tuple[str, Mapping[str, object]]:
    """Return the key of why a value was refused, and the limits that it names."""
    flaw, least, most = refused.flaw, refused.least, refused.most
    if flaw is Flaw.WRONG_KIND and DECLARED[name].limits:
        flaw, (least, most) = Flaw.OUT_OF_LIMITS, DECLARED[name].limits or (0, 0)
    if flaw is Flaw.WRONG_KIND and DECLARED[name].form is TextForm.LANGUAGES:
        return "setting.flaw.no_language", {}
    if flaw is Flaw.GOES_NOT and DECLARED[name].form in _OF_LANGUAGES:
        return "setting.flaw.not_offered", {}
    if flaw is Flaw.OUT_OF_LIMITS:
        return "setting.flaw.out_of_limits", {"least": least, "most": most}
    if flaw is Flaw.TOO_LONG:
        return "setting.flaw.too_long", {"most": most}
    return f"setting.flaw.{flaw.value}", {}


def hint_words(name: str, texts: Texts) -> str:
    """Return the limits of what is typed, or "" for what is chosen."""
    about = DECLARED[name]
    if about.limits is not None:
        least, most = about.limits
        up_to = texts.say(f"setting.unit.{about.unit}", count=most)
        return texts.say("setting.limits", least=least, most=up_to)
    is_typed = KINDS[name] is str and about.form not in _CHOSEN
    return texts.say("setting.longest", most=about.longest) if is_typed else ""


def field_of(name: str, lists: Lists) -> Field:
    """Return the field in which the setting is changed."""
    about, kind = DECLARED[name], KINDS[name]
    label = f"setting.{name}.label"
    if kind is bool or issubclass(kind, StrEnum):
        return Field(VALUE, Kind.CHOICE, label, options=_choices(name), span=12)
    if listed := lists.of(about.form):
        many = about.form is TextForm.KECAMATAN
        kind_of_field = Kind.PICK if many else Kind.CHOICE
        return Field(VALUE, kind_of_field, label, options=lambda *_: listed, span=12)
    if about.form in SEVERAL:
        several = partial(_ticks, lists, about.form)
        return Field(VALUE, Kind.TICKS, label, options=several, span=12)
    if kind is int:
        longest = len(str((about.limits or (0, 0))[1]))
        return Field(VALUE, Kind.DIGITS, label, longest=longest, span=6)
    return Field(VALUE, Kind.TEXT, label, longest=about.longest, span=12)


def _choices(name: str) -> Any:
    kind = KINDS[name]

    def options(_values: Values, texts: Texts) -> tuple[Option, ...]:
        if kind is bool:
            return tuple(Option(one, texts.say(f"setting.switch.{one}")) for one in (YES, NO))
        return tuple(Option(one, texts.say(f"setting.choice.{name}.{one}")) for one in kind)

    return options


def _ticks(lists: Lists, form: TextForm, _values: Values, texts: Texts) -> tuple[Option, ...]:
    return lists.several_of(form, texts)


def written(name: str, value: Any, lists: Lists) -> str:
    """Return a value as it stands in the field."""
    if isinstance(value, bool):
        return YES if value else NO
    if DECLARED[name].form in SEVERAL:
        every = value == "" and DECLARED[name].form is TextForm.LANGUAGES
        return ",".join(lists.languages if every else items_of(value))
    return str(value)


def typed(name: str, text: str, lists: Lists) -> object:
    """Return what stands in the field as JSON has it; text where a number was not typed, and an
    empty list, which no setting takes, where not one language is ticked."""
    kind = KINDS[name]
    if DECLARED[name].form is TextForm.LANGUAGES:
        ticked = items_of(text)
        return ("" if set(ticked) == set(lists.languages) else text) if ticked else []
    if kind is bool:
        return text == YES if text in (YES, NO) else text
    if kind is int:
        return int(text) if text.isascii() and text.isdecimal() else text
    return " ".join(text.split())


def times_words(name: str, text: str, settings: Settings, texts: Texts) -> str:
    """Return how a silent visit would end, while times are typed that can be."""
    about = DECLARED[name]
    if about.shown is not Shown.TIMES or about.limits is None or not text.isdecimal():
        return ""
    value = int(text)
    if not about.limits[0] <= value <= about.limits[1]:
        return ""
    times = {one: getattr(settings, one) for one in ("silence_s", "reading_silence_s", "warning_s")}
    times[name] = value
    return texts.say(
        "setting.times",
        silence=times["silence_s"],
        reading=times["reading_silence_s"],
        warning=times["warning_s"],
        most=round(times["reading_silence_s"] * FACTOR) + times["warning_s"],
    )
