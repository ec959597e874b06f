"""Answers half given, as plain values that the store can keep and read back."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from enum import Enum
from typing import Any

from kiosk.domain.answers import Answers, Lives, Period
from kiosk.domain.registration import Consent, Declaration, PhoneOwner, WorkPlace
from kiosk.domain.tariff import Package


def to_plain(answers: Answers) -> dict[str, object]:
    """Return the answers as values that JSON can hold."""
    return {one.name: _plain(getattr(answers, one.name)) for one in fields(answers)}


def from_plain(plain: Mapping[str, Any]) -> Answers:
    """Return the answers that to_plain() gave; raises ValueError for a value that is none."""
    return Answers(**{name: _read(name, value) for name, value in plain.items()})


def _plain(value: object) -> object:
    if isinstance(value, Consent):
        return [value.version, value.language, value.given_at.isoformat()]
    if isinstance(value, frozenset):
        return sorted(one.value for one in value)
    return value.value if isinstance(value, Enum) else value


_READERS: dict[str, Callable[[Any], Any]] = {
    "consent": lambda kept: Consent(kept[0], kept[1], datetime.fromisoformat(kept[2])),
    "lives": Lives,
    "phone_owner": PhoneOwner,
    "work_place": WorkPlace,
    "income_period": Period,
    "package": Package,
    "declarations": lambda kept: frozenset(Declaration(word) for word in kept),
}


def _read(name: str, value: Any) -> Any:
    reader = _READERS.get(name)
    return value if reader is None or value is None else reader(value)
