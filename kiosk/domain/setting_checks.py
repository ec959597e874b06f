"""What a value of a setting may be, as far as its declaration tells."""

import re
from collections.abc import Collection
from typing import Any

from kiosk.domain.escpos_address import parse_escpos_address
from kiosk.domain.setting import Declared, Flaw, Form, WrongValue
from kiosk.domain.slip_without import CAN_DO_WITHOUT

SOUNDS = (".wav", ".ogg")
_LANGUAGE = re.compile(r"[a-z]{2,8}")


def items_of(text: str) -> tuple[str, ...]:
    """Return what stands between the commas of a text, nothing for an empty one."""
    return tuple(one.strip() for one in text.split(",")) if text.strip() else ()


def check_limits(name: str, about: Declared, value: Any) -> None:
    """Raise WrongValue for a number out of its limits, a printer that is none, and for one of
    several that cannot be chosen."""
    if about.limits is not None and not about.limits[0] <= value <= about.limits[1]:
        least, most = about.limits
        says = f"must be a whole number from {least} to {most}"
        raise WrongValue(name, Flaw.OUT_OF_LIMITS, says, least, most)
    match about.form:
        case Form.PRINTER:
            _check_printer(name, value)
        case Form.SLIP_PARTS:
            _check_items(name, value, CAN_DO_WITHOUT)
        case Form.LANGUAGES:
            _check_items(name, value, [one for one in items_of(value) if _LANGUAGE.fullmatch(one)])


def check_text(name: str, about: Declared, text: str) -> None:
    """Raise WrongValue for a text that may not come from the screen or from afar."""
    if about.needed and not text.strip():
        raise WrongValue(name, Flaw.MISSING, "may not be empty")
    if len(text) > about.longest or not text.isprintable():
        says = f"must have at most {about.longest} characters"
        raise WrongValue(name, Flaw.TOO_LONG, says, 0, about.longest)
    if about.form is Form.SOUND and text and not text.lower().endswith(SOUNDS):
        raise WrongValue(name, Flaw.NO_SOUND, "must be a WAV or OGG file")


def _check_printer(name: str, value: str) -> None:
    try:
        parse_escpos_address(value)
    except ValueError as wrong:
        raise WrongValue(name, Flaw.NO_ADDRESS, str(wrong).removeprefix(f"{name} ")) from None


def _check_items(name: str, value: str, known: Collection[str]) -> None:
    items = items_of(value)
    wrong = [one for one in items if one not in known or items.count(one) > 1]
    if wrong:
        raise WrongValue(name, Flaw.NOT_LISTED, f"cannot have {wrong[0]!r}, or has it twice")
