"""Everything kept about one person, as it is handed to them: for paper and for a machine."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.domain.money import format_rupiah
from kiosk.domain.months import Month
from kiosk.domain.tariff import Quote
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words, moment_words, month_words, period_words
from kiosk.domain.work import name_in


@dataclass(frozen=True, slots=True)
class Word:
    """A stored word, said by the sentence of a key; as it is stored where there is none."""

    key: str
    stored: str


@dataclass(frozen=True, slots=True)
class Named:
    """A stored code with the names of what it stands for, by language."""

    names: Mapping[str, str]
    stored: str


@dataclass(frozen=True, slots=True)
class Rupiah:
    """An amount of money."""

    amount: int


Value = str | int | date | datetime | Month | Quote | Word | tuple[Word, ...] | Named | Rupiah
"""A datetime comes in the office's own time."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is kept; its label is the sentence "personal_copy.<name>"."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Part:
    """Facts that belong together, under the sentence "personal_copy.part_<name>"."""

    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class PersonalCopy:
    """All that this kiosk keeps about the person of one registration, the whole NIK included."""

    number: str
    language: str
    made_at: datetime
    made_by: str
    parts: tuple[Part, ...]


def say_value(value: Value, texts: Texts) -> str:
    """Return a value as it is read on paper."""
    match value:
        case Word():
            return texts.sentences.get(value.key, value.stored)
        case tuple():
            return " ".join(say_value(word, texts) for word in value)
        case Named():
            return name_in(texts.language, value.names)
        case Rupiah() | Quote():
            return _say_money(value, texts)
        case Month() | date():
            return _say_time(value, texts)
        case _:
            return str(value)


def _say_money(value: Rupiah | Quote, texts: Texts) -> str:
    if isinstance(value, Rupiah):
        return format_rupiah(value.amount)
    months = period_words(value.months[0].month, value.months[-1].month, texts)
    return f"{months}: {format_rupiah(value.total)}"


def _say_time(value: Month | date, texts: Texts) -> str:
    if isinstance(value, Month):
        return month_words(value, texts)
    return moment_words(value, texts) if isinstance(value, datetime) else date_words(value, texts)


def to_json(copy: PersonalCopy) -> str:
    """Return the copy as JSON text: parts in their order, each with its facts as stored."""
    parts = [
        {"part": part.name} | {fact.name: _plain(fact.value) for fact in part.facts}
        for part in copy.parts
    ]
    whole = {"number": copy.number, "made_at": copy.made_at.isoformat(), "data": parts}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _plain(value: Value) -> object:
    match value:
        case Word() | Named():
            return value.stored
        case tuple():
            return [word.stored for word in value]
        case Rupiah() | Quote():
            return _plain_money(value)
        case date():
            return value.isoformat()
        case _:
            return value if isinstance(value, int) else str(value)


def _plain_money(value: Rupiah | Quote) -> object:
    if isinstance(value, Rupiah):
        return value.amount
    return [{"month": str(one.month), "normal": one.normal, "pay": one.pay} for one in value.months]
