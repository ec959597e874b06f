"""The recap as the office keeps it: all figures on every paper, and nobody named but the staff."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from pages import assert_all_on_paper
from samples import load_work
from slip_samples import ENGLISH, TEXTS

from kiosk.domain.audit import ChainBroken, ChainWhole
from kiosk.domain.recap import (
    Begins,
    Contributions,
    Counted,
    Gap,
    GapReason,
    Recap,
    Series,
    SlipFigures,
)
from kiosk.domain.texts import Texts
from kiosk.settings import Settings
from printing.papers import PAPERS, ROLL_80, Paper
from printing.recap_page import render_recap

papers = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
languages = pytest.mark.parametrize("texts", [TEXTS, ENGLISH], ids=["id", "en"])
WORK = load_work()
EMPTY = Recap(
    day=date(2026, 11, 22),
    made_at=datetime(2026, 11, 22, 9, 5, tzinfo=UTC),
    made_by="Ibu Nur",
    practice=False,
    figures={},
    by_segment={},
    by_dinas={},
    slips=SlipFigures(),
    erased_since=0,
    contributions=Contributions(0, 0, 0),
    series=(),
    chain=ChainWhole(4711, "9f3a12bc" * 8),
)
SOME = {Counted.REGISTERED: 12, Counted.PAID: 3, Counted.MEMBER: 1}
FULL = replace(
    EMPTY,
    figures={one: 100 + place for place, one in enumerate(Counted)},
    by_segment={one.id: SOME for one in WORK.segments} | {"": {Counted.REGISTERED: 2}},
    by_dinas=dict.fromkeys(WORK.dinas, SOME) | {"": {Counted.REGISTERED: 2}},
    slips=SlipFigures(61, 12, 13, 14, 15),
    erased_since=16,
    contributions=Contributions(103, 1_730_400, 2),
    series=(
        Series(
            "912340000019",
            "912340000103",
            10,
            Begins.FIRST,
            (
                Gap("912340000026", "912340000034", 2, GapReason.ERASED),
                Gap("912340000053", "912340000053", 1, GapReason.UNKNOWN),
            ),
        ),
        Series("109170000117", "109170000129", 2, Begins.NEW_KIOSK_NUMBER, ()),
    ),
)
MANY_GAPS = replace(
    FULL,
    series=tuple(replace(series, gaps=FULL.series[0].gaps * 20) for series in FULL.series),
)


def text_of(recap: Recap, texts: Texts = TEXTS, paper: Paper = ROLL_80) -> str:
    pdf = render_recap(recap, Settings(paper=paper.name), WORK, texts)
    found: str = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    return " ".join(found.replace("\x02", "-").replace("\ufffe", "-").split())


@papers
def test_everything_that_was_counted_stands_on_it(paper: Paper) -> None:
    text = text_of(FULL, paper=paper)
    for expected in (
        "Kecamatan Ciruas",
        "22 November 2026",
        "Terdaftar 100",
        "Data dihapus 110",
        "Sudah diambil 61",
        "Belum keluar 14",
        "Data sudah dihapus 16",
        "Rp1.730.400",
        "Orang tanpa hitungan iuran 2",
        "Petani, pekebun 12 · 3 · 1",
        "9123 4000 0026 – 9123 4000 0034 2",  # noqa: RUF001
        "Data dihapus atas permintaan orangnya.",
        "9123 4000 0053 1",
        "laporkan",
        "Anjungan mendapat nomor baru.",
        "4711 catatan, semuanya utuh.",
        "9F3A 12BC 9F3A 12BC 9F3A",
        "tanda tangan penyelia",
        "pukul 16.05, oleh Ibu Nur",
    ):
        assert expected in text


@papers
@languages
@pytest.mark.parametrize("recap", [FULL, EMPTY, MANY_GAPS], ids=["full", "empty", "gaps"])
def test_all_of_it_is_on_one_page_within_the_paper_and_over_nothing(
    paper: Paper, texts: Texts, recap: Recap
) -> None:
    pdf = render_recap(recap, Settings(paper=paper.name), WORK, texts)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert_all_on_paper(pdf, paper)


def test_a_day_without_anything_says_so() -> None:
    assert "Tidak ada kegiatan pada hari ini." in text_of(EMPTY)
    assert "Tidak ada kegiatan" not in text_of(FULL)


def test_a_broken_trail_is_told_and_has_no_code() -> None:
    text = text_of(replace(FULL, chain=ChainBroken(31)))
    assert "Mulai catatan ke-31 jejak tidak cocok: laporkan." in text
    assert "9F3A" not in text


def test_a_practice_is_called_one() -> None:
    assert "CONTOH" in text_of(replace(FULL, practice=True))
    assert "CONTOH" not in text_of(FULL)


@pytest.mark.parametrize("parts", [{}, {"dulu": SOME}])
def test_a_segment_that_the_data_no_longer_has_is_shown_by_its_id(
    parts: Mapping[str, Mapping[Counted, int]],
) -> None:
    text = text_of(replace(FULL, by_segment=parts))
    assert ("dulu 12 · 3 · 1" in text) == bool(parts)


def test_gaps_that_are_too_many_for_the_paper_are_counted() -> None:
    assert "57 nomor lain yang terlewat ada di layar." in text_of(MANY_GAPS)
