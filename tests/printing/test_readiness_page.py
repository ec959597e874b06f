"""The readiness report on paper: everything on one page, whatever paper and language."""

from datetime import UTC, date, datetime

import pypdfium2
import pytest
from pages import assert_all_on_paper
from slip_samples import ENGLISH, TEXTS

from kiosk.domain.texts import Texts
from kiosk.morning import Report
from kiosk.readiness import CHECKS, Finding, State
from kiosk.settings import Settings
from printing.papers import PAPERS, Paper
from printing.readiness_page import readiness_name, render_readiness

TOPICS = tuple(check.__name__ for check in CHECKS)
LONGEST = ("readiness.data_relief_other", "readiness.data_relief_other_todo")
VALUES: dict[str, int | str | date] = {"last_day": date(2026, 12, 31), "weeks": 5}
MADE_AT = datetime(2026, 11, 27, 0, 30, tzinfo=UTC)
WORST = Report(MADE_AT, tuple(Finding(State.BAD, *LONGEST, VALUES, one) for one in TOPICS))
BEST = Report(
    MADE_AT, tuple(Finding(State.GOOD, "readiness.printer_good", topic=one) for one in TOPICS)
)
languages = pytest.mark.parametrize("texts", [TEXTS, ENGLISH], ids=["id", "en"])
papers = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_range().split())


@papers
@languages
@pytest.mark.parametrize("report", [WORST, BEST], ids=["worst", "best"])
def test_all_of_it_is_on_one_page(report: Report, texts: Texts, paper: Paper) -> None:
    settings = Settings(paper=paper.name)
    pdf = render_readiness(report, settings, texts)
    assert_all_on_paper(pdf, paper)
    text = text_of(pdf)
    for topic in TOPICS:
        assert texts.say(f"readiness.topic.{topic}") in text
    assert settings.kiosk_name in text


def test_what_wants_a_person_says_what_to_do_before_what_is_in_order() -> None:
    report = Report(MADE_AT, (BEST.findings[0], WORST.findings[1]))
    text = text_of(render_readiness(report, Settings(), TEXTS))
    todo = TEXTS.say("readiness.data_relief_other_todo").split()
    assert text.index(todo[0]) < text.index(TEXTS.say("readiness.printer_good"))
    assert "31 Desember 2026" in text


def test_its_name_is_by_the_offices_clock() -> None:
    assert readiness_name(WORST) == "kesiapan-20261127-073000"
