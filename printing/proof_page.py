"""The proof that a person's request about their data was carried out, as a PDF page.

It names no person: after an erasure nobody could put a name on it.
"""

from dataclasses import dataclass

from kiosk.domain.registration_number import group_number, is_practice_number
from kiosk.domain.rights import Right
from kiosk.domain.slip import ProofContent
from kiosk.domain.texts import Texts
from kiosk.domain.wording import moment_words
from printing import fonts
from printing.forms import Stock
from printing.papers import ROLL_80
from printing.parts import BODY, FACT, HEADING, SMALL, STRONG, Line, Put, RightsParts, lay_out
from printing.sheet import Type

_DONE = Type(fonts.BOLD, 38, 46, (34, 30, 28), lines=2)
_DIGITS = Type(fonts.BOLD, 54, 62)


def render_proof(
    content: ProofContent,
    texts: Texts,
    indonesian: Texts | None = None,
    paper: Stock = ROLL_80,
) -> bytes:
    """Return the proof as a one-page PDF, or as its printer takes it; the same
    bytes for the same content.

    `texts` are the person's; where `indonesian` differs from them, the lines with legal weight are
    repeated in it. Raises MissingGlyph and SlipTooLong as the slip does.
    """
    sheet = lay_out(paper, lambda sheet: _Proof(sheet, content, texts, indonesian or texts))
    return sheet.finish(title=texts.say("rights_proof.title"), language=content.language)


@dataclass(frozen=True, slots=True)
class _Proof(RightsParts[ProofContent]):
    """The blocks of one proof; both ways of putting them are one column."""

    def as_roll(self) -> None:
        """Its head in the middle."""
        self._put(self.sheet.centred, centred=True)

    def as_page(self) -> None:
        """Its head at the left."""
        self._put(self.sheet.paragraph, centred=False)

    def _put(self, put: Put, *, centred: bool) -> None:
        sheet, texts = self.sheet, self.texts
        if is_practice_number(self.content.number):
            self.practice()
        self.office(put)
        sheet.rule(3)
        self.title(put, "rights_proof.title", f"right.{self.content.right.value}")
        sheet.space(16)
        put(texts.say("slip.number"), SMALL)
        number = group_number(self.content.number)
        sheet.digits(number, _DIGITS, cell=38, gap=26, centred=centred)
        sheet.space(14)
        self._done()
        sheet.space(18)
        self._when()
        sheet.rule(2)
        self.paragraphs(self.legal(self._what_it_means, SMALL))
        sheet.rule(2)
        self.paragraphs(self.legal(self._at_bpjs, SMALL))
        sheet.rule(2)
        sheet.paragraph(texts.say("rights_proof.who"), HEADING)
        self.paragraphs(self.responsible())
        sheet.rule(2, dashed=True)
        self.paragraphs(
            [(texts.say("rights_proof.law"), SMALL), self.printed(self.content.printed_at)]
        )

    def _done(self) -> None:
        key = f"rights_proof.done_{self.content.right.value}"
        said, echo = self.texts.say(key), self.indonesian.say(key)
        lines: list[Line] = [(said, _DONE)]
        self.sheet.framed(*lines if said == echo else [*lines, (echo, STRONG)])

    def _when(self) -> None:
        content = self.content
        moments = {
            "rights_proof.asked_at": content.asked_at,
            "rights_proof.due_at": content.due_at,
            "rights_proof.done_at": content.done_at,
        }
        facts = {
            self.texts.say(label): moment_words(moment, self.texts)
            for label, moment in moments.items()
        }
        facts[self.texts.say("rights_proof.done_by")] = content.done_by
        self.sheet.fields(facts, BODY, FACT, indent=150, gap=3)

    def _what_it_means(self, spoken: Texts) -> str:
        return spoken.say(f"rights_proof.means_{self.content.right.value}")

    def _at_bpjs(self, spoken: Texts) -> str:
        if not self.content.batch:
            return spoken.say("rights_proof.not_handed_over")
        handed_over = spoken.say("rights_proof.handed_over", batch=self.content.batch)
        if self.content.right is Right.COPY:
            return handed_over
        return f"{handed_over} {spoken.say('rights_proof.not_at_bpjs')}"
