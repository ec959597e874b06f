"""The slip as a PDF page: what stands where, on a roll and on a sheet, in design dots."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kiosk.domain.failures import KioskFailure
from kiosk.domain.money import format_rupiah
from kiosk.domain.registration_number import group_number
from kiosk.domain.slip import SlipContent, group_months
from kiosk.domain.tariff import Package, Quote, QuoteNote
from kiosk.domain.texts import Texts
from kiosk.domain.wording import amount_words, date_words, month_words, period_words
from printing import fonts
from printing.papers import ROLL_80, Paper
from printing.readback import check_codes
from printing.sheet import GLUE, Sheet, Type

_PACKAGE_KEYS = {Package.JKK_JKM: "slip.jkk_jkm", Package.JKK_JKM_JHT: "slip.jkk_jkm_jht"}

_OFFICE = Type(fonts.BOLD, 36, 44, (32, 28))
_TITLE = Type(fonts.BOLD, 36, 44, (32, 30, 28), lines=1)
_DIGITS = Type(fonts.BOLD, 64, 72)
_STATUS = Type(fonts.BOLD, 54, 62, (52, 48, 42, 36), lines=1)
_UNTIL = Type(fonts.REGULAR, 34, 44, (31, 28), lines=1)
_FACT = Type(fonts.BOLD, 28, 36, (26, 25), lines=1)
_HEADING = Type(fonts.BOLD, 34, 44)
_TOTAL = Type(fonts.BOLD, 50, 58)
_NEXT_TOTAL = Type(fonts.BOLD, 34, 44)
_BODY = Type(fonts.REGULAR, 28, 36)
_STRONG = Type(fonts.BOLD, 28, 36)
_SMALL = Type(fonts.REGULAR, 26, 33)
_SUBTITLE = Type(fonts.REGULAR, 26, 33, (25, 24, 23), lines=1)
_NOT_A_CARD = Type(fonts.BOLD, 26, 33, (25,), lines=1)
# A legal line once more in Indonesian, under the one in the resident's language.
_ECHO = Type(fonts.REGULAR, 25, 31)
_ECHO_STRONG = Type(fonts.BOLD, 28, 36)

# Of a page: the amounts need a little more room than the words beside them.
_COLUMNS = (0.53, 0.47)
_GUTTER = 36
_NUMBER_AND_BARS = (0.58, 0.42)

_Line = tuple[str, Type]
_Put = Callable[[str, Type], None]


class SlipTooLong(KioskFailure):
    """The slip does not fit on one page of its paper, not even in the smallest type."""

    def __init__(self, paper: Paper) -> None:
        super().__init__("P 23", f"slip does not fit on one page of {paper.name}")


def render_slip(
    content: SlipContent,
    texts: Texts,
    indonesian: Texts | None = None,
    paper: Paper = ROLL_80,
) -> bytes:
    """Return the slip as a one-page PDF, the same bytes for the same content.

    `texts` are the resident's; where `indonesian` differs from them, the lines with legal weight
    are repeated in it. Raises MissingGlyph when a character cannot be shown, SlipTooLong when it
    does not fit on one page, and SlipUnreadable when a code on the finished page does not read
    back as it must.
    """
    sheet = _lay_out(content, texts, indonesian or texts, paper)
    pdf = sheet.to_pdf(title=content.number, language=content.language)
    check_codes(pdf, content.number, content.qr_text, paper.dpi)
    return pdf


def _lay_out(content: SlipContent, texts: Texts, indonesian: Texts, paper: Paper) -> Sheet:
    for scale in paper.scales:
        slip = _Slip(Sheet(paper, scale), content, texts, indonesian)
        if paper.height_mm is None:
            slip.as_roll()
        else:
            slip.as_page()
        if slip.sheet.spare >= 0:
            return slip.sheet
    raise SlipTooLong(paper)


@dataclass(frozen=True, slots=True)
class _Slip:
    """The blocks of one slip, and the two ways in which they are put on paper."""

    sheet: Sheet
    content: SlipContent
    texts: Texts
    indonesian: Texts

    def as_roll(self) -> None:
        """Everything in one column, its head in the middle."""
        sheet = self.sheet
        self._office(sheet.centred)
        sheet.rule(3)
        if self.content.copy:
            self._copy()
            sheet.rule(3)
        self._title(sheet.centred)
        sheet.space(16)
        self._number(sheet.centred, centred=True)
        sheet.space(14)
        self._bars(centred=True)
        sheet.space(22)
        self._status()
        sheet.space(18)
        self._person()
        sheet.rule(2)
        self._amounts()
        sheet.rule(3)
        self._how_to_pay()
        sheet.rule(2)
        self._waiting()
        sheet.rule(2)
        sheet.qr(self.content.qr_text, self._for_staff())
        sheet.rule(2, dashed=True)
        for text, type_ in self._foot():
            sheet.centred(text, type_)

    def as_page(self) -> None:
        """Two columns, left-aligned, with what is for everybody across them."""
        sheet = self.sheet
        sheet.columns(
            lambda: self._office(sheet.paragraph),
            lambda: self._title(sheet.paragraph),
            shares=_COLUMNS,
            gap=_GUTTER,
        )
        self._divide(3)
        if self.content.copy:
            self._copy()
            self._divide(3)
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
        self._divide(2)
        sheet.columns(self._amounts, self._pay_and_wait, shares=_COLUMNS, gap=_GUTTER)
        self._divide(2)
        sheet.qr(self.content.qr_text, [*self._foot(), *self._for_staff()])

    def _divide(self, weight: int) -> None:
        self.sheet.seam()
        self.sheet.rule(weight)
        self.sheet.seam()

    def _office(self, put: _Put) -> None:
        put(self.content.office, _OFFICE)
        put(self.content.kabupaten, _SMALL)

    def _copy(self) -> None:
        self.sheet.centred(self.texts.say("slip.copy", copy=self.content.copy), _STATUS)

    def _title(self, put: _Put) -> None:
        put(self.texts.say("slip.title"), _TITLE)
        put(self.texts.say("slip.subtitle"), _SUBTITLE)

    def _number(self, put: _Put, *, centred: bool) -> None:
        put(self.texts.say("slip.number"), _SMALL)
        number = group_number(self.content.number)
        self.sheet.digits(number, _DIGITS, cell=42, gap=30, centred=centred)

    def _bars(self, *, centred: bool) -> None:
        self.sheet.bars(self.content.number, height=104, centred=centred)

    def _status(self) -> None:
        unprotected, until = "slip.unprotected", "slip.unprotected_until"
        lines = [(self.texts.say(unprotected), _STATUS), (self.texts.say(until), _UNTIL)]
        if self.indonesian.say(unprotected) != self.texts.say(unprotected):
            lines.append((self.indonesian.say(unprotected), _ECHO_STRONG))
            lines.append((self.indonesian.say(until), _ECHO))
        self.sheet.framed(*lines)

    def _person(self) -> None:
        facts = {
            "slip.name": self.content.name,
            "slip.nik": self.content.masked_nik,
            "slip.programme": self.texts.say(_PACKAGE_KEYS[self.content.this_month.package]),
        }
        labelled = {self.texts.say(label): fact for label, fact in facts.items()}
        self.sheet.fields(labelled, _BODY, _FACT, indent=150, gap=3)

    def _amounts(self) -> None:
        sheet, texts = self.sheet, self.texts
        quote, later = self.content.this_month, self.content.next_month
        self._quote(quote, _TOTAL)
        last_day = _day(quote.payment_month.last_day, texts)
        sheet.paragraph(texts.say("slip.valid_until", date=last_day), _SMALL)
        if quote.saving:
            reliefs = dict.fromkeys(amount.relief for amount in quote.months if amount.relief)
            names = ", ".join(relief.replace(" ", GLUE) for relief in reliefs)
            normal = format_rupiah(quote.normal_total)
            sheet.paragraph(texts.say("slip.relief", normal=normal, relief=names), _SMALL)
        sheet.rule(2)
        next_month = month_words(later.payment_month, texts)
        sheet.paragraph(texts.say("slip.next_month", month=next_month), _STRONG)
        self._quote(later, _NEXT_TOTAL)
        sheet.rule(2)
        if QuoteNote.SECTOR_UNCLEAR in quote.notes:
            sheet.paragraph(texts.say("slip.sector_unclear"), _SMALL)
            sheet.space(4)
        self._paragraphs(self._legal(lambda spoken: spoken.say("slip.final_amount"), _SMALL))

    def _quote(self, quote: Quote, total_type: Type) -> None:
        for group in group_months(quote.months):
            amount = format_rupiah(group.pay)
            if group.count > 1:
                amount = self.texts.say("slip.each", count=group.count, amount=amount)
            self.sheet.pair(period_words(group.first, group.last, self.texts), _BODY, amount, _BODY)
        self.sheet.rule(1)
        label = self.texts.say("slip.total", months=len(quote.months))
        self.sheet.pair(label, _HEADING, format_rupiah(quote.total), total_type)
        self.sheet.space(4)

    def _pay_and_wait(self) -> None:
        self._how_to_pay()
        self.sheet.rule(2)
        self._waiting()

    def _how_to_pay(self) -> None:
        self.sheet.paragraph(self.texts.say("slip.how_to_pay"), _HEADING)
        self.sheet.space(4)
        steps = (
            self.texts.say("slip.step_data", office=self.content.office),
            self.texts.say("slip.step_where"),
            self.texts.say("slip.step_say"),
            self.texts.say("slip.step_keep"),
        )
        for number, step in enumerate(steps, start=1):
            self.sheet.hanging(f"{number}.", _STRONG, step, _BODY, indent=34)
            self.sheet.space(4)

    def _waiting(self) -> None:
        def sentence(spoken: Texts) -> str:
            return spoken.say(
                "slip.jkm",
                total=amount_words(self.content.jkm_total, spoken).replace(" ", GLUE),
                months=self.content.jkm_waiting_months,
                before=amount_words(self.content.jkm_before_waiting, spoken).replace(" ", GLUE),
            )

        self._paragraphs(self._legal(sentence, _SMALL))

    def _for_staff(self) -> list[_Line]:
        help_key = "slip.help" if self.content.help_number else "slip.help_at_the_counter"
        number = self.content.help_number.replace(" ", GLUE)
        help_line = self.texts.say(help_key, number=number)
        return [(self.texts.say("slip.seal"), _SMALL), (help_line, _SMALL)]

    def _foot(self) -> list[_Line]:
        moment = self.content.registered_at
        printed = self.texts.say(
            "slip.printed",
            date=_day(moment.date(), self.texts),
            hour=moment.hour,
            minute=moment.minute,
            kiosk=self.content.kiosk_name,
        )
        not_a_card = self._legal(lambda spoken: spoken.say("slip.not_a_card"), _NOT_A_CARD)
        return [*not_a_card, (printed, _SMALL)]

    def _paragraphs(self, lines: list[_Line]) -> None:
        for position, (text, type_) in enumerate(lines):
            self.sheet.space(6 if position else 0)
            self.sheet.paragraph(text, type_)

    def _legal(self, sentence: Callable[[Texts], str], type_: Type) -> list[_Line]:
        """Return a sentence of legal weight, and once more in Indonesian where that is another."""
        said, echo = sentence(self.texts), sentence(self.indonesian)
        return [(said, type_)] if echo == said else [(said, type_), (echo, _ECHO)]


def _day(day: date, texts: Texts) -> str:
    return date_words(day, texts).replace(" ", GLUE)
