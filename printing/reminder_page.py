"""The reminder as a PDF page: what to pay in this month and the next, where, and why not to stop.

It is nobody's: no name, no number and no code stands on it.
"""

from dataclasses import dataclass

from kiosk.domain.payment import Channel
from kiosk.domain.slip import ReminderContent
from kiosk.domain.texts import Texts
from printing.forms import Stock
from printing.papers import ROLL_80
from printing.parts import (
    BODY,
    COLUMNS,
    FACT,
    GUTTER,
    HEADING,
    PACKAGE_KEYS,
    SMALL,
    STRONG,
    PricedParts,
    lay_out,
)
from printing.sheet import GLUE


def render_reminder(
    content: ReminderContent,
    texts: Texts,
    indonesian: Texts | None = None,
    paper: Stock = ROLL_80,
) -> bytes:
    """Return the reminder as a one-page PDF, or as its printer takes it; the same
    bytes for the same content.

    `texts` are the resident's; where `indonesian` differs from them, the lines with legal weight
    are repeated in it. Raises MissingGlyph when a character cannot be shown, and SlipTooLong when
    it does not fit on one page.
    """
    sheet = lay_out(paper, lambda sheet: _Reminder(sheet, content, texts, indonesian or texts))
    return sheet.finish(title=texts.say("reminder.title"), language=content.language)


@dataclass(frozen=True, slots=True)
class _Reminder(PricedParts[ReminderContent]):
    """The blocks of one reminder, and the two ways in which they are put on paper."""

    def as_roll(self) -> None:
        """Everything in one column, its head in the middle."""
        sheet = self.sheet
        self._practice()
        self.office(sheet.centred)
        sheet.rule(3)
        self.title(sheet.centred, "reminder.title", "reminder.subtitle")
        sheet.space(16)
        self._programme()
        sheet.rule(2)
        self.amounts(usual=True)
        sheet.rule(3)
        self._how_to_pay()
        sheet.rule(2)
        self._stopped()
        sheet.rule(2, dashed=True)
        for text, type_ in (*self.foot(self.content.printed_at), self.help_line()):
            sheet.centred(text, type_)

    def as_page(self) -> None:
        """Two columns, left-aligned, with what is for everybody across them."""
        sheet = self.sheet
        self._practice()
        sheet.columns(
            lambda: self.office(sheet.paragraph),
            lambda: self.title(sheet.paragraph, "reminder.title", "reminder.subtitle"),
            shares=COLUMNS,
            gap=GUTTER,
        )
        self.divide(3)
        self._programme()
        self.divide(2)
        sheet.columns(self._amounts, self._how_to_pay, shares=COLUMNS, gap=GUTTER)
        self.divide(2)
        self._stopped()
        self.divide(2)
        self.paragraphs((*self.foot(self.content.printed_at), self.help_line()))

    def _practice(self) -> None:
        if self.content.practice:
            self.practice()

    def _amounts(self) -> None:
        self.amounts(usual=True)

    def _programme(self) -> None:
        package = PACKAGE_KEYS[self.content.this_month.package]
        programme = {self.texts.say("slip.programme"): self.texts.say(package)}
        self.sheet.fields(programme, BODY, FACT, indent=150, gap=3)

    def _how_to_pay(self) -> None:
        self.steps(
            (
                self.texts.say("slip.step_where"),
                self.texts.say("slip.step_say"),
                self.texts.say("slip.step_keep"),
            )
        )
        payment = self.content.payment
        self._channels("pay.without_phone", payment.reached(with_phone=False))
        self._channels("pay.with_phone", payment.reached(with_phone=True))

    def _channels(self, heading: str, channels: tuple[Channel, ...]) -> None:
        self.sheet.space(8)
        self.sheet.paragraph(self.texts.say(heading), STRONG)
        for channel in channels:
            kind = self.texts.say(f"pay.channel.{channel.kind.value}")
            names = ", ".join(name.replace(" ", GLUE) for name in channel.names)
            self.sheet.paragraph(f"{kind}: {names}", SMALL)

    def _stopped(self) -> None:
        payment = self.content.payment
        self.sheet.paragraph(self.texts.say("reminder.stopped"), HEADING)
        self.sheet.space(4)

        def rule(spoken: Texts) -> str:
            inactive = spoken.say("renew.inactive", months=payment.inactive_after_unpaid_months)
            return inactive if payment.fine else f"{inactive} {spoken.say('renew.no_fine')}"

        self.paragraphs(self.legal(rule, SMALL))
        self.sheet.space(6)
        self.sheet.paragraph(self.texts.say("renew.again"), SMALL)
        self.sheet.space(6)
        self.sheet.paragraph(self.texts.say("renew.waiting"), SMALL)
        self.waiting()
