"""The slip as a PDF page: its blocks, placed as its layout says, in design dots."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from kiosk.domain.registration_number import group_number, is_practice_number
from kiosk.domain.slip import SlipContent
from kiosk.domain.slip_layouts import (
    Block,
    Column,
    Columns,
    Look,
    OwnText,
    Part,
    Placed,
    Rule,
    SlipLayouts,
    Space,
    say_own,
    with_headings,
)
from kiosk.domain.texts import Texts
from printing import fonts
from printing.forms import Stock
from printing.layouts import shipped_layouts
from printing.papers import ROLL_80
from printing.parts import (
    BODY,
    ECHO,
    FACT,
    HEADING,
    PACKAGE_KEYS,
    SMALL,
    STRONG,
    Line,
    PricedParts,
    Put,
    day,
    lay_out,
)
from printing.sheet import Type

_DIGITS = Type(fonts.BOLD, 64, 72)
_STATUS = Type(fonts.BOLD, 54, 62, (52, 48, 42, 36), lines=1)
_UNTIL = Type(fonts.REGULAR, 34, 44, (31, 28), lines=1)
_ECHO_STRONG = Type(fonts.BOLD, 28, 36)
_LOOKS = {Look.SMALL: SMALL, Look.BODY: BODY, Look.STRONG: STRONG, Look.HEADING: HEADING}


def render_slip(
    content: SlipContent,
    texts: Texts,
    indonesian: Texts | None = None,
    paper: Stock = ROLL_80,
    layouts: SlipLayouts | None = None,
) -> bytes:
    """Return the slip as a one-page PDF, or as its printer takes it; the same bytes for the same
    content.

    `texts` are the resident's; where `indonesian` differs from them, the lines with legal weight
    are repeated in it. Without `layouts` the blocks stand as shipped. Raises MissingGlyph when a
    character cannot be shown, SlipTooLong when it does not fit on one page, SlipUnreadable when a
    code on the finished page does not read back as it must, and ValueError for a layout in which
    a code has no room.
    """
    layouts = layouts or shipped_layouts()
    spoken, indonesian = with_headings(texts, layouts, content), indonesian or texts
    sheet = lay_out(paper, lambda sheet: _Slip(sheet, content, spoken, indonesian, layouts))
    page = sheet.finish(title=content.number, language=content.language)
    sheet.check_codes(page, content.number, content.qr_text)
    return page


@dataclass(frozen=True, slots=True)
class _Way:
    """How blocks follow one another. `seams`: room that is left goes to the rules and spaces."""

    centred: bool = False
    seams: bool = False


_DOWN_A_ROLL = _Way(centred=True)
_DOWN_A_PAGE = _Way(seams=True)
_IN_A_COLUMN = _Way()


@dataclass(frozen=True, slots=True)
class _Slip(PricedParts[SlipContent]):
    """Puts the blocks of one slip on paper in the order of its layout."""

    layouts: SlipLayouts

    def as_roll(self) -> None:
        """Everything in one column, what is centred in the middle."""
        self._place(self.layouts.roll, _DOWN_A_ROLL)

    def as_page(self) -> None:
        """Left-aligned, with columns where the layout has some."""
        self._place(self.layouts.page, _DOWN_A_PAGE)

    def _place(self, blocks: Sequence[Block], way: _Way) -> None:
        for block in blocks:
            match block:
                case Placed(part, beside):
                    self._part(part, beside, way)
                case Rule():
                    self._rule(block, way)
                case Space(dots):
                    self.sheet.space(dots)
                    self._seam(way)
                case OwnText(look, sentences):
                    self._own(say_own(sentences, self.texts.language, self.content), look, way)
                case Columns(gap, columns):
                    self._columns(gap, columns)
                case _:
                    assert_never(block)

    def _part(self, part: Part, beside: tuple[Part, ...], way: _Way) -> None:
        put = self._put(way)
        parts: Mapping[Part, Callable[[], None]] = {
            Part.OFFICE: lambda: self.office(put),
            Part.PRACTICE: self._practice,
            Part.COPY: lambda: self._copy(way),
            Part.TITLE: lambda: self.title(put, "slip.title", "slip.subtitle"),
            Part.NUMBER: lambda: self._number(put, centred=way.centred),
            Part.BARS: lambda: self._bars(centred=way.centred),
            Part.STATUS: self._status,
            Part.PERSON: self._person,
            Part.AMOUNTS: self.amounts,
            Part.HOW_TO_PAY: self._how_to_pay,
            Part.WAITING: self.waiting,
            Part.QR: lambda: self.sheet.qr(
                self.content.qr_text, [line for one in beside for line in self._lines(one)]
            ),
        }
        for text, type_ in self._lines(part):
            put(text, type_)
        if part in parts:
            parts[part]()

    def _lines(self, part: Part) -> list[Line]:
        """The lines of a part that can stand beside the QR code."""
        if part is Part.SEAL:
            return [(self.texts.say("slip.seal"), SMALL)]
        if part is Part.HELP:
            return [self.help_line()]
        return self.foot(self.content.registered_at) if part is Part.FOOT else []

    def _columns(self, gap: int, columns: Sequence[Column]) -> None:
        self.sheet.columns(
            *(partial(self._place, column.blocks, _IN_A_COLUMN) for column in columns),
            shares=[column.share / 100 for column in columns],
            gap=gap,
        )

    def _own(self, text: str, look: Look, way: _Way) -> None:
        if text:
            self._put(way)(text, _LOOKS[look])

    def _rule(self, rule: Rule, way: _Way) -> None:
        self._seam(way)
        self.sheet.rule(rule.weight, dashed=rule.dashed)
        self._seam(way)

    def _seam(self, way: _Way) -> None:
        if way.seams:
            self.sheet.seam()

    def _put(self, way: _Way) -> Put:
        return self.sheet.centred if way.centred else self.sheet.paragraph

    def _practice(self) -> None:
        if not is_practice_number(self.content.number):
            return
        self.practice()
        word, lead = self.texts.say("slip.practice"), self.texts.say("slip.practice_lead")
        self.sheet.framed((word, _STATUS), (lead, SMALL))
        self.sheet.space(14)

    def _copy(self, way: _Way) -> None:
        if not self.content.copy:
            return
        self.sheet.centred(self.texts.say("slip.copy", copy=self.content.copy), _STATUS)
        self.sheet.space(6)
        printed_on = day(self.content.printed_on, self.texts)
        self.sheet.centred(self.texts.say("slip.copy_printed", date=printed_on), SMALL)
        self._rule(Rule(3), way)

    def _number(self, put: Put, *, centred: bool) -> None:
        put(self.texts.say("slip.number"), SMALL)
        number = group_number(self.content.number)
        self.sheet.digits(number, _DIGITS, cell=42, gap=30, centred=centred)

    def _bars(self, *, centred: bool) -> None:
        self.sheet.bars(self.content.number, height=104, centred=centred)

    def _status(self) -> None:
        unprotected, until = "slip.unprotected", "slip.unprotected_until"
        lines = [(self.texts.say(unprotected), _STATUS), (self.texts.say(until), _UNTIL)]
        if self.indonesian.say(unprotected) != self.texts.say(unprotected):
            lines.append((self.indonesian.say(unprotected), _ECHO_STRONG))
            lines.append((self.indonesian.say(until), ECHO))
        self.sheet.framed(*lines)

    def _person(self) -> None:
        facts = {
            "slip.name": self.content.name,
            "slip.nik": self.content.masked_nik,
            "slip.programme": self.texts.say(PACKAGE_KEYS[self.content.this_month.package]),
        }
        labelled = {self.texts.say(label): fact for label, fact in facts.items()}
        self.sheet.fields(labelled, BODY, FACT, indent=150, gap=3)

    def _how_to_pay(self) -> None:
        self.steps(
            (
                self.texts.say("slip.step_data", office=self.content.office),
                self.texts.say("slip.step_where"),
                self.texts.say("slip.step_say"),
                self.texts.say("slip.step_keep"),
            )
        )
