"""Tries layouts of the slip before they are used: every language, paper and kind of slip."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice, product
from typing import Any

from kiosk.domain.answers import Facts
from kiosk.domain.benefits import Benefits
from kiosk.domain.escpos_address import parse_escpos_address
from kiosk.domain.failures import KioskFailure
from kiosk.domain.slip_layouts import SlipLayouts
from kiosk.domain.texts import ORIGINAL, Texts
from kiosk.settings import Settings
from printing import codes
from printing.forms import Stock, make_page
from printing.layouts import layouts_of
from printing.papers import PAPERS, ROLLS, Paper
from printing.readback import bars_width, rasterise
from printing.samples import FULLEST, SAMPLES, Sample, sample_slip
from printing.slip_page import render_slip

TRIED = (*ROLLS.values(), *(paper for paper in PAPERS.values() if paper.height_mm is not None))
"""Every paper, on every head."""
MOST_FAULTS = 20
_DARK = 128


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not come out on paper, and where; for the staff."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Trial:
    """What slips are tried with: this office's settings, data and languages."""

    settings: Settings
    texts: Mapping[str, Texts]
    benefits: Benefits
    facts: Facts
    papers: tuple[Paper, ...] = TRIED

    def check(self, layouts: SlipLayouts) -> tuple[Fault, ...]:
        """Return what fails, as far as somebody would read on; nothing if the layouts can be used.

        Takes some seconds.
        """
        faults = chain(
            self._missing_languages(layouts), self._on_paper(layouts), self._on_escpos(layouts)
        )
        return tuple(islice(faults, MOST_FAULTS))

    def render(self, layouts: SlipLayouts, language: str, sample: Sample, paper: Stock) -> bytes:
        """Return a sample as it goes on this paper; raises as render_slip() does."""
        content = sample_slip(sample, self.settings, self.benefits, self.facts, language)
        shown = layouts_of(self.settings, layouts)
        return render_slip(content, self.texts[language], self.texts[ORIGINAL], paper, shown)

    def _missing_languages(self, layouts: SlipLayouts) -> Iterator[Fault]:
        for sentences in layouts.own_texts:
            for language in self.texts.keys() - sentences.keys():
                yield Fault(language, f"no words for {sentences[ORIGINAL]!r}")

    def _on_paper(self, layouts: SlipLayouts) -> Iterator[Fault]:
        for language in self.texts:
            for paper in self.papers:
                for sample in _samples_on(paper):
                    where = f"{language}, {paper.name} at {paper.dpi} dpi, {sample}"
                    for reason in self._faults(layouts, language, paper, sample):
                        yield Fault(where, reason)

    def _on_escpos(self, layouts: SlipLayouts) -> Iterator[Fault]:
        """What fails in the language of this kiosk's own printer, if it has one."""
        if parse_escpos_address(self.settings.printer) is None:
            return
        for language, sample in product(self.texts, SAMPLES):
            try:
                make_page(self.settings, partial(self.render, layouts, language, sample))
            except (KioskFailure, ValueError) as failed:
                where = f"{language}, {self.settings.escpos_profile} printer, {sample}"
                yield Fault(where, str(failed))

    def _faults(
        self, layouts: SlipLayouts, language: str, paper: Paper, sample: Sample
    ) -> Iterator[str]:
        try:
            pdf = self.render(layouts, language, sample, paper)
        except (KioskFailure, ValueError) as failed:
            yield str(failed)
            return
        page = rasterise(pdf, paper.dpi)
        if not within_reach(page, paper):
            yield "ink outside of what the printer reaches"
        widest = codes.bar_dots(paper.width, paper.dpi, paper.white) * codes.BAR_MODULES
        if bars_width(page) < widest - codes.BAR_MODULES:
            yield "the bars are narrower than this paper allows"


def _samples_on(paper: Paper) -> tuple[Sample, ...]:
    """All on the usual papers; on a roll's other heads, which differ by rounding, the fullest."""
    return SAMPLES if paper == PAPERS[paper.name] else FULLEST


def within_reach(page: Any, paper: Paper) -> bool:
    """Tell whether all that is dark on a page (a grey PIL image) lies where ink may go; a dot of
    rounding is let pass."""
    dark: tuple[int, int, int, int] = page.point(lambda grey: 255 * (grey < _DARK)).getbbox()
    left, top, right, bottom = dark
    sides = left >= paper.left - 1 and right <= paper.left + paper.width + 1
    return sides and top >= paper.top - 1 and bottom <= int(page.height) - paper.bottom + 1
