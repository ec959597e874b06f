"""The readiness report as a PDF page: what wants a person first, each with what to do."""

from dataclasses import dataclass

from kiosk.clock import local
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words, moment_words
from kiosk.morning import Report
from kiosk.readiness import Finding, State
from kiosk.settings import Settings
from printing.blocks import Blocks
from printing.forms import Stock, make_page
from printing.parts import BODY, FACT, GUTTER, HEADING, OFFICE, SMALL, STRONG, TITLE, Put, lay_out

_HALVES = (0.5, 0.5)
_BESIDE_MAX = 6
"""More of them go on in the second column."""


def readiness_name(report: Report) -> str:
    """Return what the printer may call this report."""
    return f"kesiapan-{local(report.made_at):%Y%m%d-%H%M%S}"


def render_readiness(report: Report, settings: Settings, texts: Texts) -> bytes:
    """Return the report as one page for the printer and paper of the settings, in the language of
    `texts`.

    Raises MissingGlyph when a character cannot be shown, and SlipTooLong when it does not fit.
    """

    def render(paper: Stock) -> bytes:
        sheet = lay_out(paper, lambda sheet: _ReadinessPage(sheet, report, settings, texts))
        title = texts.say("desk.readiness.title")
        return sheet.finish(title=f"{title} {report.day}", language=texts.language)

    return make_page(settings, render)


@dataclass(frozen=True, slots=True)
class _ReadinessPage:
    """The blocks of a report, and the two ways in which they are put on paper."""

    sheet: Blocks
    report: Report
    settings: Settings
    texts: Texts

    def as_roll(self) -> None:
        """Everything in one column, its head in the middle."""
        self._office(self.sheet.centred)
        self.sheet.rule(3)
        self._title(self.sheet.centred)
        self.sheet.rule(2)
        self._findings()
        self._foot(self.sheet.centred)

    def as_page(self) -> None:
        """The office beside the title, and everything else below."""
        sheet = self.sheet
        sheet.columns(
            lambda: self._office(sheet.paragraph),
            lambda: self._title(sheet.paragraph),
            shares=_HALVES,
            gap=GUTTER,
        )
        sheet.space(20)
        sheet.rule(3)
        sheet.space(20)
        first, rest = self._to_see_to[:_BESIDE_MAX], self._to_see_to[_BESIDE_MAX:]
        sheet.columns(
            lambda: self._part("desk.readiness.to_see_to", first),
            lambda: self._beside(rest),
            shares=_HALVES,
            gap=GUTTER,
        )
        sheet.seam()
        self._foot(sheet.paragraph)

    def _office(self, put: Put) -> None:
        put(self.settings.office, OFFICE)
        put(self.settings.kiosk_name, SMALL)

    def _title(self, put: Put) -> None:
        put(self.texts.say("desk.readiness.title"), TITLE)
        put(date_words(self.report.day, self.texts), FACT)

    @property
    def _to_see_to(self) -> tuple[Finding, ...]:
        return self.report.to_see_to

    def _findings(self) -> None:
        self._part("desk.readiness.to_see_to", self._to_see_to)
        self.sheet.space(16)
        self._in_order()

    def _beside(self, rest: tuple[Finding, ...]) -> None:
        for one in rest:
            self._finding(one)
        if rest:
            self.sheet.space(16)
        self._in_order()

    def _in_order(self) -> None:
        good = tuple(one for one in self.report.findings if one.state is State.GOOD)
        self._part("desk.readiness.in_order", good)

    def _part(self, heading: str, findings: tuple[Finding, ...]) -> None:
        self.sheet.paragraph(self.texts.say(heading), HEADING)
        if not findings:
            self.sheet.paragraph(self.texts.say("desk.readiness.nothing"), BODY)
        for one in findings:
            self._finding(one)

    def _finding(self, one: Finding) -> None:
        say, sheet = self.texts.say, self.sheet
        topic = say(f"readiness.topic.{one.topic}")
        if one.state is State.GOOD:
            sheet.paragraph(f"{topic}: {one.said(self.texts)}", SMALL)
            return
        sheet.space(8)
        sheet.paragraph(f"{say(f'readiness.{one.state.value}')}: {topic}", STRONG)
        sheet.paragraph(one.said(self.texts), BODY)
        sheet.paragraph(one.to_do(self.texts), BODY)

    def _foot(self, put: Put) -> None:
        when = moment_words(local(self.report.made_at), self.texts)
        self.sheet.space(16)
        self.sheet.rule(2)
        put(self.texts.say("desk.readiness.made", when=when), SMALL)
