"""The report for a meeting: a page for all and one for each dinas, with the figures given."""

import io
import itertools
import re

import openpyxl
import pypdfium2
import pytest
from reporting import MONTH, YEAR, empty, made_up, names_in
from samples import RESOURCES, load_texts, load_work

from kiosk.domain.report import ALL, Report, Source, Span, Way
from kiosk.domain.report_words import count_words
from kiosk.domain.texts import Texts, parse_texts
from kiosk.handover.report_book import report_book
from printing.charts import scale
from printing.report_page import HEIGHT, WIDTH, render_report

ID = load_texts()
EN = parse_texts((RESOURCES / "texts" / "en.toml").read_text("utf-8"), "en", "en.toml")


def pages(report: Report, texts: Texts = ID) -> list[str]:
    """The words of each page."""
    document = pypdfium2.PdfDocument(render_report(report, names_in(texts)))
    return [
        " ".join(document[at].get_textpage().get_text_range().split())
        for at in range(len(document))
    ]


def test_there_is_a_page_for_all_and_one_for_each_dinas() -> None:
    report = made_up()
    found = pages(report)
    assert len(found) == 1 + len(load_work().dinas)
    assert "Kabupaten Serang 1 Januari 2026" in found[0]
    for page, dinas in zip(found[1:], report.by_dinas, strict=True):
        assert load_work().dinas[dinas.dinas] in page
        for name in ("begun", "registered", "slip_out", "paid", "member"):
            assert count_words(getattr(dinas.stages, name)) in page
        if dinas.target is not None:
            assert f"{count_words(dinas.reached)} / {count_words(dinas.target)}" in page


@pytest.mark.parametrize("texts", [ID, EN], ids=["id", "en"])
@pytest.mark.parametrize("times", [1, 60])
@pytest.mark.parametrize("span", [YEAR, MONTH], ids=["year", "month"])
def test_nothing_lies_outside_of_the_page_or_over_other_words(
    span: Span, times: int, texts: Texts
) -> None:
    page_bytes = render_report(made_up(span, times=times, practice=True), names_in(texts))
    document = pypdfium2.PdfDocument(page_bytes)
    for at in range(len(document)):
        text = document[at].get_textpage()
        boxes = [text.get_rect(one) for one in range(text.count_rects())]
        for left, bottom, right, top in boxes:
            assert 30 <= left <= right <= WIDTH - 30
            assert 4 <= bottom <= top <= HEIGHT
        for one, other in itertools.combinations(boxes, 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            along = min(one[3], other[3]) - max(one[1], other[1])
            assert across <= 1 or along <= 1.5, (at, one, other)


def test_nobody_has_come_yet_is_said() -> None:
    (page,) = pages(empty())
    assert page.count(ID.say("report.nobody")) == 3
    assert "Kecamatan Ciruas November 2026" in page


def test_whose_record_was_counted_is_said() -> None:
    assert ID.say("report.of_centre") in pages(made_up())[0]
    assert ID.say("report.of_kiosk") in pages(made_up(source=Source.OWN))[0]
    assert ID.say("report.practice") in pages(made_up(practice=True))[0]


@pytest.mark.parametrize("most", [0, 1, 3, 7, 99, 101, 12_345, 999_999])
def test_a_scale_is_round_and_holds_all(most: int) -> None:
    top, steps = scale(most)
    assert top >= max(most, 1)
    assert top % steps == 0
    assert re.fullmatch("[1-9]0*", str(top))
    assert top <= max(2 * most, 1)


def book(report: Report, texts: Texts = ID) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(report_book(report, names_in(texts))))


def test_the_workbook_has_the_figures_as_numbers() -> None:
    report = made_up()
    made = book(report)
    head, *rows = made[ID.say("report.sheet_dinas")].values
    assert head[3] == ID.say("report.begun")
    by_name = {row[0]: row for row in rows}
    for one in report.by_dinas:
        _name, target, reached, *counts = by_name[load_work().dinas[one.dinas]]
        assert (target, reached) == (one.target, one.reached)
        assert counts == [
            getattr(one.stages, part)
            for part in ("begun", "registered", "slip_out", "paid", "member", "rejected", "void")
        ]


@pytest.mark.parametrize("way", list(Way))
def test_every_way_adds_up_in_the_workbook(way: Way) -> None:
    report = made_up()
    _, *rows = book(report)[ID.say(f"report.sheet_{way.value}")].values
    assert sum(row[3] for row in rows) == report.whole.stages.registered
    assert report.whole.dinas == ALL


def test_the_same_report_gives_the_same_files() -> None:
    report, names = made_up(), names_in(EN)
    assert render_report(report, names) == render_report(report, names)
    assert report_book(report, names) == report_book(report, names)
    assert "Report on BPU registration" in pages(report, EN)[0]
