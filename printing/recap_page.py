"""The day's recap as a PDF page, for the office's folder: figures, numbers, and a line to sign.

It names nobody but the staff.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from kiosk.clock import local
from kiosk.domain.audit import ChainBroken, closing_code
from kiosk.domain.money import format_rupiah
from kiosk.domain.recap import Begins, Counted, Figures, Gap, Recap, Series
from kiosk.domain.registration_number import group_number
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words
from kiosk.domain.work import Work, name_in
from kiosk.settings import Settings
from printing.blocks import Blocks
from printing.escpos_head import Head
from printing.forms import Stock, make_page
from printing.parts import (
    BODY,
    FACT,
    GUTTER,
    HEADING,
    OFFICE,
    SMALL,
    STRONG,
    SUBTITLE,
    TITLE,
    Put,
    lay_out,
)
from printing.sheet import GLUE

_HALVES = (0.5, 0.5)
_SIGN_ROOM = 120
_GAPS_SHOWN = 2
_FULL_DAY_SCALES = (0.93, 0.86)
"""For a sheet on a day with people of every segment and a number missing here and there."""

Block = Callable[[], None]


def recap_name(recap: Recap) -> str:
    """Return what the printer may call this recap."""
    return f"rekap-{recap.day:%Y%m%d}-{local(recap.made_at):%H%M%S}"


def render_recap(recap: Recap, settings: Settings, work: Work, texts: Texts) -> bytes:
    """Return the recap as one page for the printer and paper of the settings, in the language of
    `texts`.

    Raises MissingGlyph when a character cannot be shown, and SlipTooLong when it does not fit.
    """

    def render(paper: Stock) -> bytes:
        sheet = lay_out(
            _for_full_days(paper), lambda sheet: _RecapPage(sheet, recap, settings, work, texts)
        )
        title = texts.say("desk_recap.title")
        return sheet.finish(title=f"{title} {recap.day}", language=texts.language)

    return make_page(settings, render)


def _for_full_days(paper: Stock) -> Stock:
    if isinstance(paper, Head) or paper.height_mm is None:
        return paper
    smallest = paper.scales[-1]
    smaller = tuple(smallest * share for share in _FULL_DAY_SCALES)
    return replace(paper, scales=(*paper.scales, *smaller))


@dataclass(frozen=True, slots=True)
class _RecapPage:
    """The blocks of a recap, and the two ways in which they are put on paper."""

    sheet: Blocks
    recap: Recap
    settings: Settings
    work: Work
    texts: Texts

    def as_roll(self) -> None:
        """Everything in one column, its head in the middle."""
        sheet = self.sheet
        self._office(sheet.centred)
        sheet.rule(3)
        self._title(sheet.centred)
        sheet.rule(2)
        for block in (*self._figures(), *self._parts()):
            block()
            sheet.rule(2)
        self._numbers()
        sheet.rule(2)
        self._audit()
        self._sign()
        self._foot(sheet.centred)

    def as_page(self) -> None:
        """Two columns with what was done at the left and with whom at the right."""
        sheet = self.sheet
        sheet.columns(
            lambda: self._office(sheet.paragraph),
            lambda: self._title(sheet.paragraph),
            shares=_HALVES,
            gap=GUTTER,
        )
        self._divide(3)
        sheet.columns(
            lambda: self._stack(self._figures()),
            lambda: self._stack(self._parts()),
            shares=_HALVES,
            gap=GUTTER,
        )
        self._divide(2)
        sheet.columns(self._numbers, self._audit, shares=_HALVES, gap=GUTTER)
        sheet.seam()
        self._sign()
        self._foot(sheet.paragraph)

    def _divide(self, weight: int) -> None:
        self.sheet.seam()
        self.sheet.rule(weight)
        self.sheet.seam()

    def _stack(self, blocks: Iterable[Block]) -> None:
        for position, block in enumerate(blocks):
            if position:
                self.sheet.space(24)
            block()

    def _office(self, put: Put) -> None:
        put(self.settings.office, OFFICE)
        put(self.settings.kabupaten, SMALL)

    def _title(self, put: Put) -> None:
        put(self.texts.say("desk_recap.title"), TITLE)
        put(date_words(self.recap.day, self.texts), FACT)
        if self.recap.practice:
            self.sheet.across(self.texts.say("slip.practice"))
            put(self.texts.say("desk_recap.practice"), STRONG)
        if self.recap.is_empty:
            put(self.texts.say("desk_recap.empty"), SUBTITLE)

    def _figures(self) -> list[Block]:
        return [self._done, self._slips, self._contributions]

    def _parts(self) -> list[Block]:
        # The office knows the dinas by their letters; in full they would not fit.
        segments = {
            one.id: name_in(self.texts.language, one.tile_names) for one in self.work.segments
        }
        return [
            lambda: self._part("desk_recap.by_segment", self.recap.by_segment, segments),
            lambda: self._part(
                "desk_recap.by_dinas", self.recap.by_dinas, {one: one for one in self.work.dinas}
            ),
        ]

    def _done(self) -> None:
        self.sheet.paragraph(self.texts.say("desk_recap.done"), HEADING)
        for one in Counted:
            self._count(f"desk_recap.{one.value}", self.recap.figures.get(one, 0))

    def _slips(self) -> None:
        slips = self.recap.slips
        self.sheet.paragraph(self.texts.say("desk_recap.slips"), HEADING)
        self._count("desk_recap.slip_came_out", slips.came_out)
        self._count("desk_recap.slip_given_by_staff", slips.given_by_staff)
        self._count("desk_recap.slip_sent", slips.sent)
        self._count("desk_recap.slip_owed", slips.owed)
        self._count("desk_recap.slip_needless", slips.needless)
        self._count("desk_recap.erased_since", self.recap.erased_since)

    def _contributions(self) -> None:
        paid = self.recap.contributions
        self.sheet.paragraph(self.texts.say("desk_recap.contributions"), HEADING)
        self._count("desk_recap.people", paid.people)
        self.sheet.pair(
            self.texts.say("desk_recap.first_months"), BODY, format_rupiah(paid.total), FACT
        )
        if paid.unpriced:
            self._count("desk_recap.unpriced", paid.unpriced)

    def _part(self, key: str, parts: Mapping[str, Figures], names: Mapping[str, str]) -> None:
        self.sheet.paragraph(self.texts.say(key), HEADING)
        if not parts:
            self.sheet.paragraph(self.texts.say("desk_recap.nobody"), BODY)
            return
        self.sheet.paragraph(self.texts.say("desk_recap.columns"), SMALL)
        for part in (*(name for name in names if name in parts), *sorted(parts - names.keys())):
            name = names.get(part) or part or self.texts.say("desk_recap.nameless")
            shown = (Counted.REGISTERED, Counted.PAID, Counted.MEMBER)
            told = f"{GLUE}·{GLUE}".join(str(parts[part].get(one, 0)) for one in shown)
            self.sheet.pair(name, BODY, told, FACT)

    def _numbers(self) -> None:
        self.sheet.paragraph(self.texts.say("desk_recap.numbers"), HEADING)
        if not self.recap.series:
            self.sheet.paragraph(self.texts.say("desk_recap.no_numbers"), BODY)
        for series in self.recap.series:
            self._series(series)

    def _series(self, series: Series) -> None:
        sheet = self.sheet
        if series.begins is not Begins.GOES_ON:
            sheet.paragraph(self.texts.say(f"desk_recap.begins_{series.begins.value}"), SMALL)
        sheet.pair(_numbers(series), BODY, str(series.size), FACT)
        for gap in series.gaps[:_GAPS_SHOWN]:
            sheet.pair(_numbers(gap), BODY, str(gap.size), FACT)
            sheet.paragraph(self.texts.say(f"desk_recap.gap_{gap.reason.value}"), SMALL)
        more = sum(gap.size for gap in series.gaps[_GAPS_SHOWN:])
        if more:
            sheet.paragraph(self.texts.say("desk_recap.more_gaps", count=more), SMALL)
        if not series.gaps:
            sheet.paragraph(self.texts.say("desk_recap.no_gap"), SMALL)

    def _audit(self) -> None:
        chain, sheet = self.recap.chain, self.sheet
        sheet.paragraph(self.texts.say("desk_recap.audit"), HEADING)
        if isinstance(chain, ChainBroken):
            sheet.paragraph(self.texts.say("desk_recap.audit_broken", entry=chain.seq), STRONG)
            return
        sheet.paragraph(self.texts.say("desk_recap.audit_whole", entries=chain.entries), BODY)
        sheet.paragraph(closing_code(chain.head), FACT)

    def _sign(self) -> None:
        self.sheet.space(_SIGN_ROOM)
        self.sheet.rule(2)
        self.sheet.paragraph(self.texts.say("desk_recap.sign"), SMALL)

    def _foot(self, put: Put) -> None:
        made = local(self.recap.made_at)
        self.sheet.space(12)
        put(
            self.texts.say(
                "desk_recap.made",
                date=date_words(made.date(), self.texts),
                hour=f"{made.hour:02}",
                minute=f"{made.minute:02}",
                staff=self.recap.made_by,
                kiosk=self.settings.kiosk_name,
            ),
            SMALL,
        )

    def _count(self, key: str, count: int) -> None:
        self.sheet.pair(self.texts.say(key), BODY, str(count), FACT)


def _numbers(run: Series | Gap) -> str:
    first, last = (group_number(number).replace(" ", GLUE) for number in (run.first, run.last))
    return first if first == last else f"{first} – {last}"  # noqa: RUF001
