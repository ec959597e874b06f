"""What the first start asks, question by question."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any

from kiosk.domain.setting import Flaw
from kiosk.domain.texts import Texts
from kiosk.first_start import Answers, Unfit
from kiosk.settings import DECLARED, checked_value
from ui.models.desk.form import Field, Kind, Option, Values
from ui.models.desk.pins import new_pin_fields
from ui.models.desk.setting_words import Lists, field_of, value_words

ADMIN, NO_PRINTER = "admin", "-"
NAME_LENGTH = 60


class Step(StrEnum):
    """The questions, in order, and the page behind them."""

    LANGUAGE = "language"
    OFFICE = "office"
    KIOSK = "kiosk"
    PRINTER = "printer"
    ADMIN = "admin"
    CENTRE = "centre"
    READY = "ready"


STEPS = tuple(Step)
_ASKS = {
    Step.LANGUAGE: ("language",),
    Step.OFFICE: ("kecamatan_code",),
    Step.KIOSK: ("office", "kiosk_name"),
    Step.PRINTER: ("paper",),
}


def fields_of(
    step: Step, lists: Lists, printers: Callable[[Values, Texts], tuple[Option, ...]]
) -> tuple[Field, ...]:
    """Return the fields of a question."""
    if step is Step.ADMIN:
        name = Field(ADMIN, label="desk.sign_in.name", longest=NAME_LENGTH, span=12)
        return (name, *new_pin_fields())
    asked = tuple(replace(field_of(name, lists), key=name) for name in _ASKS[step])
    if step is Step.PRINTER:
        label = "setting.printer.label"
        return (Field("printer", Kind.CHOICE, label, options=printers, span=12), *asked)
    return asked


def settings_in(values: Values) -> dict[str, Any]:
    """Return what was answered, by the names of the settings."""
    given = {name: text for name, text in values.items() if name in DECLARED}
    return given | ({"printer": ""} if given.get("printer") == NO_PRINTER else {})


def summary_of(answers: Answers, lists: Lists, texts: Texts) -> list[dict[str, str]]:
    """Return what was answered, for the last page."""
    settings = answers.settings
    told = [
        {
            "label": texts.say(f"setting.{name}.label"),
            "value": value_words(name, checked_value(name, settings[name]), texts, lists),
        }
        for name in ("office", "kiosk_name", "printer", "paper")
        if name in settings
    ]
    return [*told, {"label": texts.say("desk.role.admin"), "value": answers.admin}]


def unfit_words(unfit: Unfit, texts: Texts) -> str:
    """Say what is wrong with an answer."""
    if unfit.flaw is Flaw.TOO_LONG:
        return texts.say("setting.flaw.too_long", most=DECLARED[unfit.name].longest)
    return texts.say(f"setting.flaw.{unfit.flaw.value}")
