"""The blocks that pages have in common, and the way onto one page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from kiosk.domain.failures import KioskFailure
from kiosk.domain.money import format_rupiah
from kiosk.domain.slip import OfficePage, PageContent, RightsPage, group_months
from kiosk.domain.tariff import Package, Quote, QuoteNote
from kiosk.domain.texts import Texts
from kiosk.domain.wording import amount_words, date_words, month_words, period_words
from printing import fonts
from printing.blocks import Blocks
from printing.escpos_head import Head
from printing.escpos_sheet import EscposSheet
from printing.forms import Stock
from printing.papers import Paper
from printing.sheet import GLUE, Sheet, Type

Content = TypeVar("Content", bound=OfficePage)
OfRights = TypeVar("OfRights", bound=RightsPage)
Priced = TypeVar("Priced", bound=PageContent)

PACKAGE_KEYS = {Package.JKK_JKM: "slip.jkk_jkm", Package.JKK_JKM_JHT: "slip.jkk_jkm_jht"}

OFFICE = Type(fonts.BOLD, 36, 44, (32, 28))
TITLE = Type(fonts.BOLD, 36, 44, (32, 30, 28), lines=1)
SUBTITLE = Type(fonts.REGULAR, 26, 33, (25, 24, 23), lines=1)
FACT = Type(fonts.BOLD, 28, 36, (26, 25), lines=1)
HEADING = Type(fonts.BOLD, 34, 44)
TOTAL = Type(fonts.BOLD, 50, 58)
NEXT_TOTAL = Type(fonts.BOLD, 34, 44)
BODY = Type(fonts.REGULAR, 28, 36)
STRONG = Type(fonts.BOLD, 28, 36)
SMALL = Type(fonts.REGULAR, 26, 33)
NOT_A_CARD = Type(fonts.BOLD, 26, 33, (25,), lines=1)
# A legal line once more in Indonesian, under the one in the resident's language.
ECHO = Type(fonts.REGULAR, 25, 31)

# Of a page: the amounts need a little more room than the words beside them.
COLUMNS = (0.53, 0.47)
GUTTER = 36

Line = tuple[str, Type]
Put = Callable[[str, Type], None]


class SlipTooLong(KioskFailure):
    """A slip or reminder does not fit on one page, not even in the smallest type."""

    def __init__(self, paper: Paper) -> None:
        super().__init__("P 23", f"slip does not fit on one page of {paper.name}")


class Page(Protocol):
    """Blocks that can be put on a roll and on a sheet."""

    def as_roll(self) -> None:
        """Put everything in one column."""

    def as_page(self) -> None:
        """Put what belongs together side by side."""


def lay_out(paper: Stock, blocks_on: Callable[[Blocks], Page]) -> Blocks:
    """Put blocks on the paper in the largest type in which they fit; raises SlipTooLong."""
    if isinstance(paper, Head):
        roll = EscposSheet(paper)
        blocks_on(roll).as_roll()
        return roll
    for scale in paper.scales:
        sheet = Sheet(paper, scale)
        page = blocks_on(sheet)
        if paper.height_mm is None:
            page.as_roll()
        else:
            page.as_page()
        if sheet.spare >= 0:
            return sheet
    raise SlipTooLong(paper)


@dataclass(frozen=True, slots=True)
class Parts(Generic[Content]):
    """The blocks of one page, in the resident's language and where it counts in Indonesian too."""

    sheet: Blocks
    content: Content
    texts: Texts
    indonesian: Texts

    def divide(self, weight: int) -> None:
        """Draw a line across a sheet, where spare room may go."""
        self.sheet.seam()
        self.sheet.rule(weight)
        self.sheet.seam()

    def office(self, put: Put) -> None:
        """Name the office."""
        put(self.content.office, OFFICE)
        put(self.content.kabupaten, SMALL)

    def practice(self) -> None:
        """Say across the page that nobody here exists."""
        self.sheet.across(self.indonesian.say("slip.practice"))

    def title(self, put: Put, title: str, subtitle: str) -> None:
        """Say what this paper is; both are keys of sentences."""
        put(self.texts.say(title), TITLE)
        put(self.texts.say(subtitle), SUBTITLE)

    def help_line(self) -> Line:
        """Where to ask."""
        help_key = "slip.help" if self.content.help_number else "slip.help_at_the_counter"
        number = self.content.help_number.replace(" ", GLUE)
        return self.texts.say(help_key, number=number), SMALL

    def printed(self, moment: datetime) -> Line:
        """Where and when the page was made."""
        printed = self.texts.say(
            "slip.printed",
            date=day(moment.date(), self.texts),
            hour=moment.hour,
            minute=moment.minute,
            kiosk=self.content.kiosk_name,
        )
        return printed, SMALL

    def paragraphs(self, lines: Sequence[Line]) -> None:
        """Put lines one under another."""
        for position, (text, type_) in enumerate(lines):
            self.sheet.space(6 if position else 0)
            self.sheet.paragraph(text, type_)

    def legal(self, sentence: Callable[[Texts], str], type_: Type) -> list[Line]:
        """Return a sentence of legal weight, and once more in Indonesian where that is another."""
        said, echo = sentence(self.texts), sentence(self.indonesian)
        return [(said, type_)] if echo == said else [(said, type_), (echo, ECHO)]


@dataclass(frozen=True, slots=True)
class PricedParts(Parts[Priced]):
    """The blocks of a page about a contribution."""

    def amounts(self, *, usual: bool = False) -> None:
        """Price the payment in this month and in the next; `usual` also each month unrelieved."""
        sheet, texts = self.sheet, self.texts
        quote, later = self.content.this_month, self.content.next_month
        self.quote(quote, TOTAL, usual=usual)
        last_day = day(quote.payment_month.last_day, texts)
        sheet.paragraph(texts.say("slip.valid_until", date=last_day), SMALL)
        if quote.saving:
            reliefs = dict.fromkeys(amount.relief for amount in quote.months if amount.relief)
            names = ", ".join(relief.replace(" ", GLUE) for relief in reliefs)
            normal = format_rupiah(quote.normal_total)
            sheet.paragraph(texts.say("slip.relief", normal=normal, relief=names), SMALL)
        sheet.rule(2)
        next_month = month_words(later.payment_month, texts)
        sheet.paragraph(texts.say("slip.next_month", month=next_month), STRONG)
        self.quote(later, NEXT_TOTAL, usual=usual)
        sheet.rule(2)
        if QuoteNote.SECTOR_UNCLEAR in quote.notes:
            sheet.paragraph(texts.say("slip.sector_unclear"), SMALL)
            sheet.space(4)
        if QuoteNote.DAY in quote.notes:
            month = month_words(quote.payment_month, texts)
            sheet.paragraph(texts.say("slip.day_unsure", month=month), SMALL)
            sheet.space(4)
        self.paragraphs(self.legal(lambda spoken: spoken.say("slip.final_amount"), SMALL))

    def quote(self, quote: Quote, total_type: Type, *, usual: bool) -> None:
        """Price months that cost the same in one line, and all of them in the last."""
        for group in group_months(quote.months):
            months = period_words(group.first, group.last, self.texts)
            self.sheet.pair(months, BODY, self._each(group.pay, group.count), BODY)
            if usual and group.normal != group.pay:
                normal = self._each(group.normal, group.count)
                self.sheet.paragraph(self.texts.say("months.usual", amount=normal), SMALL)
        self.sheet.rule(1)
        label = self.texts.say("slip.total", months=len(quote.months))
        self.sheet.pair(label, HEADING, format_rupiah(quote.total), total_type)
        self.sheet.space(4)

    def steps(self, steps: Sequence[str]) -> None:
        """Number what is to be done, below its heading."""
        self.sheet.paragraph(self.texts.say("slip.how_to_pay"), HEADING)
        self.sheet.space(4)
        for number, step in enumerate(steps, start=1):
            self.sheet.hanging(f"{number}.", STRONG, step, BODY, indent=34)
            self.sheet.space(4)

    def waiting(self) -> None:
        """Say from when the whole death benefit is paid."""

        def sentence(spoken: Texts) -> str:
            return spoken.say(
                "slip.jkm",
                total=amount_words(self.content.jkm_total, spoken).replace(" ", GLUE),
                months=self.content.jkm_waiting_months,
                before=amount_words(self.content.jkm_before_waiting, spoken).replace(" ", GLUE),
            )

        self.paragraphs(self.legal(sentence, SMALL))

    def foot(self, moment: datetime) -> list[Line]:
        """What the page is not, and where and when it was made."""
        not_a_card = self.legal(lambda spoken: spoken.say("slip.not_a_card"), NOT_A_CARD)
        return [*not_a_card, self.printed(moment)]

    def _each(self, amount: int, count: int) -> str:
        words = format_rupiah(amount)
        return words if count == 1 else self.texts.say("slip.each", count=count, amount=words)


@dataclass(frozen=True, slots=True)
class RightsParts(Parts[OfRights]):
    """The blocks of a page about the rights of a person."""

    def responsible(self) -> list[Line]:
        """Say who answers for the data, and how to reach them."""
        content, texts = self.content, self.texts
        office = texts.say("consent.office", office=content.office, kabupaten=content.kabupaten)
        lines = [(content.controller_name or office, STRONG)]
        if content.controller_contact:
            lines.append((content.controller_contact, BODY))
        return [*lines, self.help_line()]


def day(date_: date, texts: Texts) -> str:
    """Return a date that no line break divides."""
    return date_words(date_, texts).replace(" ", GLUE)
