"""How a slip is laid out: which blocks in which order, and texts of the office's own.

Data like the tariff. What a slip must say for its holder's sake cannot be left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from string import Formatter
from types import MappingProxyType

from kiosk.domain.located_json import Record, read_json, version_of
from kiosk.domain.slip import OfficePage
from kiosk.domain.texts import ORIGINAL, Texts

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MOST_DOTS = 200
_THICKEST_RULE = 6
_WHOLE = 100


class Part(StrEnum):
    """What a slip can be made of; each stands on it at most once."""

    OFFICE = "office"
    PRACTICE = "practice"
    COPY = "copy"
    TITLE = "title"
    NUMBER = "number"
    BARS = "bars"
    STATUS = "status"
    PERSON = "person"
    AMOUNTS = "amounts"
    HOW_TO_PAY = "how_to_pay"
    WAITING = "waiting"
    QR = "qr"
    SEAL = "seal"
    HELP = "help"
    FOOT = "foot"


COMPULSORY = frozenset(Part) - {Part.OFFICE, Part.TITLE, Part.HOW_TO_PAY, Part.SEAL, Part.HELP}
"""The practice's and the copy's marks have their place even where nobody sees them."""
BESIDE_QR = (Part.FOOT, Part.SEAL, Part.HELP)
_ACROSS = frozenset({Part.PRACTICE, Part.COPY, Part.QR})
"""Too wide for a column."""


class Heading(StrEnum):
    """The sentences that an office may replace by its own; none of them has legal weight."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    NUMBER = "number"
    HOW_TO_PAY = "how_to_pay"
    SEAL = "seal"


class Look(StrEnum):
    """How large and strong a text of the office's own is."""

    SMALL = "small"
    BODY = "body"
    STRONG = "strong"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Placed:
    """A part in its place; `beside` are short ones to the right of the QR code."""

    part: Part
    beside: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across, so many dots thick."""

    weight: int
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """White paper."""

    dots: int


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text of the office's own, by language; Indonesian stands in for one it lacks.

    Left out where it names a value that the office has not set.
    """

    look: Look
    sentences: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """Blocks one under another in a part of the width; `share` is percent."""

    share: int
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns side by side, on a page of fixed height alone."""

    gap: int
    columns: tuple[Column, ...]


Block = Placed | Rule | Space | OwnText | Columns


@dataclass(frozen=True, slots=True)
class SlipLayouts:
    """The layout of a roll, the one of a page of fixed height, and headings by language."""

    version: str
    roll: tuple[Block, ...]
    page: tuple[Block, ...]
    headings: Mapping[Heading, Mapping[str, str]]

    @property
    def own_texts(self) -> Iterator[Mapping[str, str]]:
        """Every text of the office's own, by language."""
        yield from self.headings.values()
        for block in (*_flat(self.roll), *_flat(self.page)):
            if isinstance(block, OwnText):
                yield block.sentences


def with_headings(texts: Texts, layouts: SlipLayouts, page: OfficePage) -> Texts:
    """Return the sentences with the headings that the office replaced."""
    own = {
        f"slip.{heading}": said
        for heading, sentences in layouts.headings.items()
        if (said := say_own(sentences, texts.language, page))
    }
    return replace(texts, sentences={**texts.sentences, **own}) if own else texts


def say_own(sentences: Mapping[str, str], language: str, page: OfficePage) -> str:
    """Return a text of the office's own with its values; empty where one of them is not set."""
    sentence = sentences.get(language, sentences[ORIGINAL])
    values = _values(page)
    return sentence.format_map(values) if all(values[name] for name in _named(sentence)) else ""


def _values(page: OfficePage) -> dict[str, str]:
    return {
        "office": page.office,
        "kabupaten": page.kabupaten,
        "kiosk": page.kiosk_name,
        "help_number": page.help_number,
    }


def parse_slip_layouts(text: str, file: str) -> SlipLayouts:
    """Read slip_layouts.json; raises DataFailure naming the line."""
    root = read_json(text, file)
    texts = {name: _own_text(one) for name, one in root.named_records("texts").items()}
    roll = _blocks(root.records("roll"), texts)
    if any(isinstance(block, Columns) for block in roll):
        raise root.refuse("a roll has no room for columns")
    page = _blocks(root.records("page"), texts)
    for name, layout in (("roll", roll), ("page", page)):
        _refuse_gaps(root, name, layout)
    return SlipLayouts(version_of(root, text), roll, page, MappingProxyType(_headings(root)))


def _blocks(records: Sequence[Record], texts: Mapping[str, OwnText]) -> tuple[Block, ...]:
    return tuple(_block(record, texts) for record in records)


def _block(record: Record, texts: Mapping[str, OwnText]) -> Block:
    match record.text("block"):
        case "rule":
            weight = _whole(record, "weight", _THICKEST_RULE)
            return Rule(weight, "dashed" in record.names() and record.flag("dashed"))
        case "space":
            return Space(_whole(record, "dots", _MOST_DOTS))
        case "text":
            name = record.text("name")
            if name not in texts:
                raise record.refuse(f"there is no text {name!r}")
            return texts[name]
        case "columns":
            return _columns(record, texts)
        case _:
            return _placed(record)


def _placed(record: Record) -> Placed:
    part = record.one_of("block", Part)
    if "beside" not in record.names():
        return Placed(part)
    beside = record.each_of("beside", Part)
    if part is not Part.QR or not set(beside) <= set(BESIDE_QR):
        raise record.refuse("only foot, seal and help stand beside something, and that is the qr")
    return Placed(part, beside)


def _columns(record: Record, texts: Mapping[str, OwnText]) -> Columns:
    columns = tuple(
        Column(_whole(one, "share", _WHOLE), _blocks(one.records("blocks"), texts))
        for one in record.records("columns")
    )
    if sum(column.share for column in columns) != _WHOLE:
        raise record.refuse("the shares of the columns do not come to 100")
    inside = [block for column in columns for block in column.blocks]
    if any(isinstance(block, Columns) for block in inside):
        raise record.refuse("a column has no room for columns")
    if any(part in _ACROSS for part in _parts(inside)):
        raise record.refuse("practice, copy and qr stand across the page, not in a column")
    return Columns(_whole(record, "gap", _MOST_DOTS), columns)


def _refuse_gaps(root: Record, name: str, layout: Sequence[Block]) -> None:
    parts = list(_parts(_flat(layout)))
    missing = sorted(COMPULSORY - set(parts))
    if missing:
        raise root.refuse(f"{name} leaves out {', '.join(missing)}")
    twice = sorted({part for part in parts if parts.count(part) > 1})
    if twice:
        raise root.refuse(f"{name} has {', '.join(twice)} twice")


def _flat(layout: Sequence[Block]) -> Iterator[Block]:
    for block in layout:
        if isinstance(block, Columns):
            for column in block.columns:
                yield from column.blocks
        else:
            yield block


def _parts(blocks: Sequence[Block] | Iterator[Block]) -> Iterator[Part]:
    for block in blocks:
        if isinstance(block, Placed):
            yield block.part
            yield from block.beside


def _headings(root: Record) -> dict[Heading, Mapping[str, str]]:
    given = root.named_records("headings")
    try:
        return {Heading(name): _sentences(one, one.names()) for name, one in given.items()}
    except ValueError:
        raise root.refuse(f"only {', '.join(Heading)} can be replaced") from None


def _own_text(record: Record) -> OwnText:
    languages = [name for name in record.names() if name != "look"]
    return OwnText(record.one_of("look", Look), _sentences(record, languages))


def _sentences(record: Record, languages: Sequence[str]) -> Mapping[str, str]:
    if ORIGINAL not in languages:
        raise record.refuse(f"{ORIGINAL} is missing")
    return MappingProxyType({language: _sentence(record, language) for language in languages})


def _sentence(record: Record, language: str) -> str:
    sentence = record.text(language)
    if not _LANGUAGE.fullmatch(language):
        raise record.refuse(f"{language!r} is no language")
    try:
        names = _named(sentence)
    except ValueError:
        raise record.refuse(f"{language} has broken braces") from None
    known = _values(OfficePage("", "", "", "", ""))
    if not names <= known.keys():
        raise record.refuse(f"{language} may name {', '.join(known)} and nothing else")
    return sentence


def _named(sentence: str) -> set[str]:
    """The values that a sentence names; raises ValueError for braces that are broken or do more."""
    parts = list(Formatter().parse(sentence))
    if any(spec or how for _, _, spec, how in parts):
        raise ValueError
    return {name for _, name, _, _ in parts if name is not None}


def _whole(record: Record, key: str, most: int) -> int:
    number = record.whole(key)
    if number > most:
        raise record.refuse(f"{key} is more than {most}")
    return number
