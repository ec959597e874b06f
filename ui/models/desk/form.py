"""A form as its use case describes it: fields in order, and what becomes of what was typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.texts import Texts

Values = Mapping[str, str]
"""What stands in the fields, by their keys; a tick is "yes" or "", several are their ids with
commas between them."""


Words = str | Callable[[Texts], str]
"""The key of a text; or words that no key says, made anew in another language."""
Problem = str | Callable[[Texts], str]
"""What is wrong with a field: in the words of now, or to be said anew in another language."""


class Kind(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    PASSAGE = "passage"
    """A sentence that may take several lines."""
    CAPITALS = "capitals"
    DIGITS = "digits"
    MONEY = "money"
    DATE = "date"
    PIN = "pin"
    SECRET = "secret"  # noqa: S105 (a kind)
    """A passphrase; nothing of it is shown."""
    CHOICE = "choice"
    """One of a few, side by side."""
    PICK = "pick"
    """One of many, found by typing."""
    TICK = "tick"
    TICKS = "ticks"
    """Several of a few, one under the other."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    id: str
    label: str


def _no_options(_values: Values, _texts: Texts) -> tuple[Option, ...]:
    return ()


def _always(_values: Values) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `options` and `shown` follow the values.

    `span` is how much of a line it takes, of twelve.
    """

    key: str
    kind: Kind = Kind.TEXT
    label: Words = ""
    hint: Words = ""
    options: Callable[[Values, Texts], tuple[Option, ...]] = _no_options
    shown: Callable[[Values], bool] = _always
    longest: int = 60
    span: int = 6


@dataclass(frozen=True, slots=True)
class Remark:
    """What the form says about the values as they are: a price, what a choice leads to."""

    text: str = ""
    title: str = ""


def _no_remark(_values: Values, _texts: Texts) -> Remark:
    return Remark()


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `name` is kept with half-done work, so that it can be opened again.

    `kept`: whether half-done work in it is kept over a silence, which a PIN never is. `title`,
    `lead` and `submit` are keys of texts; `values` what the fields begin with. `send`
    takes the values and later answers with FormModel.complain() or by leaving the form. `back`
    takes them where the form is one of several, in place of throwing them away.
    """

    name: str
    title: str
    submit: str
    fields: tuple[Field, ...]
    send: Callable[[Values], None]
    lead: str = ""
    values: Values | None = None
    remark: Callable[[Values, Texts], Remark] = _no_remark
    grave: bool = False
    whole_page: bool = False
    kept: bool = True
    back: Callable[[Values], None] | None = None
    back_text: str = "common.back"


def in_words(words: Words, texts: Texts) -> str:
    """Return words in the language of `texts`."""
    if callable(words):
        return words(texts)
    return texts.say(words) if words else ""


def so_many_months(periods: Iterable[int], texts: Texts) -> tuple[Option, ...]:
    """Return each number of months that can be paid for."""
    return tuple(
        Option(
            str(months),
            texts.say("desk.form.one_month")
            if months == 1
            else texts.say("desk.form.so_many", months=months),
        )
        for months in sorted(periods)
    )
