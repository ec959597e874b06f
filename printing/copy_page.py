"""Everything kept about one person as a PDF: one long roll, or as many sheets as it needs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kiosk.domain.personal_copy import Part, say_value
from kiosk.domain.registration_number import group_number, is_practice_number
from kiosk.domain.slip import CopyContent
from kiosk.domain.texts import Texts
from printing import fonts
from printing.escpos_head import Head
from printing.escpos_sheet import EscposSheet
from printing.forms import Stock
from printing.papers import A4, Paper
from printing.parts import HEADING, SMALL, RightsParts, SlipTooLong
from printing.sheet import GLUE, Sheet, Type, to_pdf

_FACT = Type(fonts.BOLD, 26, 34)
_TABLES = frozenset({"registration", "person", "work", "programme", "consent", "receiver"})
"""The other parts are one line each: there may be many of the same kind."""

_Block = Callable[["_Copy"], None]


def render_copy(content: CopyContent, texts: Texts, paper: Stock = A4) -> bytes:
    """Return the copy as a PDF, or as its printer takes it; the same bytes for the same content.

    Raises MissingGlyph when a character cannot be shown, and SlipTooLong when one part alone fills
    more than a sheet.
    """
    title = texts.say("personal_copy.title")
    if isinstance(paper, Head):
        roll = EscposSheet(paper)
        only = _Copy(roll, content, texts, texts)
        only.head(1)
        for block in _blocks(content):
            only.put(block)
        return roll.finish(title=title, language=content.language)
    return to_pdf(_sheets(content, texts, paper), title=title, language=content.language)


def _sheets(content: CopyContent, texts: Texts, paper: Paper) -> list[Sheet]:
    sheets: list[Sheet] = []

    def turn() -> "_Copy":
        sheets.append(Sheet(paper, paper.scales[-1]))
        page = _Copy(sheets[-1], content, texts, texts)
        page.head(len(sheets))
        return page

    page = turn()
    for block in _blocks(content):
        if page.put(block):
            continue
        page = turn()
        if not page.put(block):
            raise SlipTooLong(paper)
    return sheets


def _blocks(content: CopyContent) -> Iterator[_Block]:
    yield lambda page: page.introduce()
    for name, parts in groupby(content.copy.parts, lambda part: part.name):
        first, *more = parts
        if name in _TABLES:
            yield lambda page, part=first: page.table(part)  # type: ignore[misc]
            continue
        yield lambda page, part=first: page.line(part, begins=True)  # type: ignore[misc]
        for other in more:
            yield lambda page, part=other: page.line(part, begins=False)  # type: ignore[misc]
    yield lambda page: page.end()


@dataclass(frozen=True, slots=True)
class _Copy(RightsParts[CopyContent]):
    """One page of the copy."""

    def put(self, block: _Block) -> bool:
        """Place a block if there is room for it."""
        return self.sheet.put(lambda: block(self))

    def head(self, page: int) -> None:
        """Say whose copy it is, by the number alone, and which page."""
        if is_practice_number(self.content.copy.number):
            self.practice()
        number = group_number(self.content.copy.number).replace(" ", GLUE)
        of = self.texts.say("personal_copy.page", number=number, page=page)
        self.sheet.paragraph(f"{self.content.office}. {of}", SMALL)
        self.sheet.rule(3)

    def introduce(self) -> None:
        """Say what it is and that it must be looked after."""
        self.title(self.sheet.paragraph, "personal_copy.title", "personal_copy.lead")
        self.sheet.space(8)
        self.sheet.paragraph(self.texts.say("personal_copy.keep"), SMALL)

    def table(self, part: Part) -> None:
        """Put each fact beside its label."""
        self._heading(part)
        facts = {
            self._label(fact.name): say_value(fact.value, self.texts) or "-" for fact in part.facts
        }
        self.sheet.fields(facts, SMALL, _FACT, indent=150, gap=2)

    def line(self, part: Part, *, begins: bool) -> None:
        """Put all facts into one paragraph, under a heading if it is the first of its kind."""
        if begins:
            self._heading(part)
        facts = [
            f"{self._label(fact.name)}: {say_value(fact.value, self.texts)}" for fact in part.facts
        ]
        self.sheet.paragraph("; ".join(facts), SMALL)
        self.sheet.space(4)

    def end(self) -> None:
        """Say who answers for the data, and when and by whom the copy was made."""
        self.sheet.rule(2)
        self.sheet.paragraph(self.texts.say("rights_proof.who"), HEADING)
        self.paragraphs(self.responsible())
        self.sheet.rule(2, dashed=True)
        made_by = self.texts.say("personal_copy.made_by", name=self.content.copy.made_by)
        law = (self.texts.say("rights_proof.law"), SMALL)
        self.paragraphs([(made_by, SMALL), law, self.printed(self.content.printed_at)])

    def _heading(self, part: Part) -> None:
        self.sheet.space(14)
        self.sheet.paragraph(self.texts.say(f"personal_copy.part_{part.name}"), HEADING)
        self.sheet.space(4)

    def _label(self, name: str) -> str:
        return self.texts.say(f"personal_copy.{name}")
