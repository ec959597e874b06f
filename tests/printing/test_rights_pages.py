"""What is handed to who asked about their data: a proof that names nobody, a copy of everything."""

from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest
from pages import assert_all_on_paper
from slip_samples import ENGLISH, RIGHTS_PAGE, TEXTS, WIB, make_proof

from kiosk.domain.personal_copy import Fact, Part, PersonalCopy
from kiosk.domain.rights import Right
from kiosk.domain.slip import CopyContent
from kiosk.domain.texts import Texts
from printing.copy_page import render_copy
from printing.fonts import MissingGlyph
from printing.papers import A4, PAPERS, ROLL_80, Paper
from printing.parts import SlipTooLong
from printing.proof_page import render_proof

papers = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
languages = pytest.mark.parametrize("texts", [TEXTS, ENGLISH], ids=["id", "en"])
rights = pytest.mark.parametrize("right", Right)


def make_copy(events: int = 3) -> CopyContent:
    person = Part("person", (Fact("nik", "3604011205809001"), Fact("name", "AHMAD SAPRUDIN")))
    history = tuple(Part("event", (Fact("event", f"ke-{n}"),)) for n in range(events))
    made_at = datetime(2026, 11, 24, 12, 30, tzinfo=WIB)
    copy = PersonalCopy("109170000424", "id", made_at, "Ibu Nur", (person, *history))
    return CopyContent(**RIGHTS_PAGE, copy=copy)


def text_of(pdf: bytes) -> str:
    found = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(found.replace("\x02", "-").replace("\ufffe", "-").split())


@papers
def test_the_proof_says_what_was_asked_when_by_when_and_what_was_done_by_whom(
    paper: Paper,
) -> None:
    text = text_of(render_proof(make_proof(), TEXTS, paper=paper))
    for expected in (
        "Penghapusan data",
        "1091 7000 0424".replace(" ", ""),
        "Data pendaftaran ini sudah dihapus",
        "Diminta 22 November 2026, pukul 10.24",
        "Batas 25 November 2026, pukul 10.24",
        "Selesai 24 November 2026, pukul 12.24",
        "Petugas Ibu Nur",
        "Tindakan kantor ini tidak berlaku di BPJS.",
        "Dinas Contoh pdp@contoh.go.id",
        "24 November 2026, 12.30. Anjungan Ciruas.",
    ):
        assert expected.replace(" ", "") in text.replace(" ", "")


@rights
def test_it_says_whether_bpjs_has_the_data(right: Right) -> None:
    assert "penyerahan 4" in text_of(render_proof(make_proof(right), TEXTS))
    kept_here = text_of(render_proof(make_proof(right, batch=0), TEXTS))
    assert "belum menyerahkan data ini" in kept_here
    assert "tidak berlaku di BPJS" not in kept_here


def test_who_is_responsible_is_the_office_where_nobody_else_is_named() -> None:
    proof = make_proof(controller_name="", controller_contact="")
    assert "Kantor Kecamatan Ciruas, Kabupaten Serang" in text_of(render_proof(proof, TEXTS))


def test_in_english_the_legal_lines_stand_in_indonesian_too() -> None:
    text = text_of(render_proof(make_proof(language="en"), ENGLISH, TEXTS))
    done = ("The data of this registration was erased", "Data pendaftaran ini sudah dihapus")
    for line in (*done, "Nama dan nomor KTP tidak ada lagi padanya"):
        assert text.count(line) == 1


@papers
@languages
@rights
def test_all_of_the_proof_is_on_one_page_and_over_nothing(
    paper: Paper, texts: Texts, right: Right
) -> None:
    named = "Dinas Tenaga Kerja dan Transmigrasi Kabupaten Serang"
    proof = make_proof(right, controller_name=named, done_by="Raden Ajeng " + "Tirtayasa" * 3)
    pdf = render_proof(proof, texts, TEXTS, paper)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert_all_on_paper(pdf, paper)


def test_of_the_practice_both_say_that_they_are_no_real_ones() -> None:
    content = make_copy()
    practised = replace(content, copy=replace(content.copy, number="000000000017"))
    assert "CONTOH" in text_of(render_proof(make_proof(number="000000000017"), ENGLISH, TEXTS))
    assert "CONTOH" in text_of(render_copy(practised, TEXTS))
    assert "CONTOH" not in text_of(render_proof(make_proof(), TEXTS))
    assert "CONTOH" not in text_of(render_copy(content, TEXTS))


@papers
def test_the_copy_has_every_fact_on_as_many_pages_as_it_needs(paper: Paper) -> None:
    pdf = render_copy(make_copy(events=120), TEXTS, paper)
    text = text_of(pdf)
    assert "NIK 3604011205809001" in text
    assert [n for n in range(120) if f"Kejadian: ke-{n}" not in text] == []
    pages = len(pypdfium2.PdfDocument(pdf))
    assert (pages == 1) == (paper.height_mm is None)
    assert text.count("halaman") == pages


@papers
@languages
def test_all_of_the_copy_is_on_the_paper(paper: Paper, texts: Texts) -> None:
    assert_all_on_paper(render_copy(make_copy(), texts, paper), paper)


def test_what_fits_on_no_page_is_refused_and_not_cut() -> None:
    content = make_copy()
    endless = Part("person", (Fact("name", "TIRTAYASA " * 900),))
    long_copy = replace(content, copy=replace(content.copy, parts=(endless,)))
    with pytest.raises(SlipTooLong):
        render_copy(long_copy, TEXTS, A4)
    assert render_copy(long_copy, TEXTS, ROLL_80)


def test_a_character_without_a_glyph_is_refused() -> None:
    with pytest.raises(MissingGlyph):
        render_proof(make_proof(done_by="李"), TEXTS)


def test_the_same_pages_are_the_same_bytes() -> None:
    assert render_proof(make_proof(), TEXTS) == render_proof(make_proof(), TEXTS)
    assert render_copy(make_copy(), TEXTS) == render_copy(make_copy(), TEXTS)
