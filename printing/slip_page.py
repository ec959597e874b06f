"""The slip as a PDF page: what stands where, on a roll and on a sheet, in design dots."""

from dataclasses import dataclass

from kiosk.domain.registration_number import group_number, is_practice_number
from kiosk.domain.slip import SlipContent
from kiosk.domain.texts import Texts
from printing import fonts
from printing.forms import Stock
from printing.papers import ROLL_80
from printing.parts import (
    BODY,
    COLUMNS,
    ECHO,
    FACT,
    GUTTER,
    PACKAGE_KEYS,
    SMALL,
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
_NUMBER_AND_BARS = (0.58, 0.42)


def render_slip(
    content: SlipContent,
    texts: Texts,
    indonesian: Texts | None = None,
    paper: Stock = ROLL_80,
) -> bytes:
    """Return the slip as a one-page PDF, or as its printer takes it; the same bytes for the same
    content.

    `texts` are the resident's; where `indonesian` differs from them, the lines with legal weight
    are repeated in it. Raises MissingGlyph when a character cannot be shown, SlipTooLong when it
    does not fit on one page, and SlipUnreadable when a code on the finished page does not read
    back as it must.
    """
    sheet = lay_out(paper, lambda sheet: _Slip(sheet, content, texts, indonesian or texts))
    page = sheet.finish(title=content.number, language=content.language)
    sheet.check_codes(page, content.number, content.qr_text)
    return page


@dataclass(frozen=True, slots=True)
class _Slip(PricedParts[SlipContent]):
    """The blocks of one slip, and the two ways in which they are put on paper."""

    def as_roll(self) -> None:
        """Everything in one column, its head in the middle."""
        sheet = self.sheet
        self.office(sheet.centred)
        sheet.rule(3)
        self._practice()
        if self.content.copy:
            self._copy()
            sheet.rule(3)
        self.title(sheet.centred, "slip.title", "slip.subtitle")
        sheet.space(16)
        self._number(sheet.centred, centred=True)
        sheet.space(14)
        self._bars(centred=True)
        sheet.space(22)
        self._status()
        sheet.space(18)
        self._person()
        sheet.rule(2)
        self.amounts()
        sheet.rule(3)
        self._how_to_pay()
        sheet.rule(2)
        self.waiting()
        sheet.rule(2)
        sheet.qr(self.content.qr_text, self._for_staff())
        sheet.rule(2, dashed=True)
        for text, type_ in self.foot(self.content.registered_at):
            sheet.centred(text, type_)

    def as_page(self) -> None:
        """Two columns, left-aligned, with what is for everybody across them."""
        sheet = self.sheet
        sheet.columns(
            lambda: self.office(sheet.paragraph),
            lambda: self.title(sheet.paragraph, "slip.title", "slip.subtitle"),
            shares=COLUMNS,
            gap=GUTTER,
        )
        self.divide(3)
        self._practice()
        if self.content.copy:
            self._copy()
            self.divide(3)
        sheet.columns(
            lambda: self._number(sheet.paragraph, centred=False),
            lambda: self._bars(centred=False),
            shares=_NUMBER_AND_BARS,
            gap=0,
        )
        sheet.space(18)
        sheet.seam()
        self._status()
        sheet.space(18)
        sheet.seam()
        self._person()
        self.divide(2)
        sheet.columns(self.amounts, self._pay_and_wait, shares=COLUMNS, gap=GUTTER)
        self.divide(2)
        sheet.qr(self.content.qr_text, [*self.foot(self.content.registered_at), *self._for_staff()])

    def _practice(self) -> None:
        if not is_practice_number(self.content.number):
            return
        self.practice()
        word, lead = self.texts.say("slip.practice"), self.texts.say("slip.practice_lead")
        self.sheet.framed((word, _STATUS), (lead, SMALL))
        self.sheet.space(14)

    def _copy(self) -> None:
        self.sheet.centred(self.texts.say("slip.copy", copy=self.content.copy), _STATUS)
        self.sheet.space(6)
        printed_on = day(self.content.printed_on, self.texts)
        self.sheet.centred(self.texts.say("slip.copy_printed", date=printed_on), SMALL)

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

    def _pay_and_wait(self) -> None:
        self._how_to_pay()
        self.sheet.rule(2)
        self.waiting()

    def _how_to_pay(self) -> None:
        self.steps(
            (
                self.texts.say("slip.step_data", office=self.content.office),
                self.texts.say("slip.step_where"),
                self.texts.say("slip.step_say"),
                self.texts.say("slip.step_keep"),
            )
        )

    def _for_staff(self) -> list[Line]:
        return [(self.texts.say("slip.seal"), SMALL), self.help_line()]
