"""The reminder as people hold it: all of it on every paper, and nobody named on it."""

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from pages import assert_all_on_paper
from slip_samples import ENGLISH, PAYMENT, TEXTS, make_quote, make_reminder

from kiosk.domain.months import Month
from kiosk.domain.slip import ReminderContent
from kiosk.domain.tariff import Package
from kiosk.domain.texts import Texts
from printing.fonts import MissingGlyph
from printing.papers import A4, A5, PAPERS, ROLL_80, Paper
from printing.parts import SlipTooLong
from printing.readback import rasterise
from printing.reminder_page import render_reminder

papers = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
languages = pytest.mark.parametrize("texts", [TEXTS, ENGLISH], ids=["id", "en"])


def text_of(content: ReminderContent, texts: Texts = TEXTS, paper: Paper = ROLL_80) -> str:
    document = pypdfium2.PdfDocument(render_reminder(content, texts, TEXTS, paper))
    found: str = document[0].get_textpage().get_text_range()
    # PDFium marks a hyphen at the end of a line as a place where a word was divided.
    return " ".join(found.replace("\x02", "-").replace("\ufffe", "-").split())


@papers
def test_it_says_what_to_pay_now_and_next_month_where_and_what_a_pause_means(paper: Paper) -> None:
    text = text_of(make_reminder(), paper=paper)
    for expected in (
        "Kecamatan Ciruas Kabupaten Serang",
        "Pengingat iuran BPU",
        "Untuk yang sudah terdaftar",
        "Program Celaka kerja (JKK) dan kematian (JKM)",
        "November–Desember 2026 2 × Rp8.400 Biasanya 2 × Rp16.800 Januari 2027 Rp16.800",  # noqa: RUF001
        "Bayar 3 bulan Rp33.600",
        "Berlaku kalau dibayar sampai 30 November 2026.",
        "Kalau dibayar bulan Desember 2026 Desember 2026 Rp8.400 Biasanya Rp16.800",
        "Bayar 3 bulan Rp42.000",
        "Jumlah akhir mengikuti tagihan BPJS Ketenagakerjaan.",
        "sebutkan NIK Anda",
        "Minimarket: Alfamart, Dan-Dan",
        "Dompet digital: LinkAja",
        "Kalau 3 bulan berturut-turut tidak dibayar, Anda bukan peserta aktif lagi.",
        "Tidak ada denda.",
        "Hitungan untuk santunan kematian mulai lagi dari awal.",
        "Santunan kematian Rp42 juta",
        "Bukan kartu atau nomor peserta (KPJ).",
        "22 November 2026, 10.24. Anjungan Ciruas.",
        "Bantuan: loket kecamatan atau 0254 000 000",
    ):
        assert expected in text


@papers
def test_a_resident_who_reads_english_holds_the_legal_lines_in_indonesian_too(
    paper: Paper,
) -> None:
    text = text_of(make_reminder(language="en"), ENGLISH, paper)
    for said in (
        "The bill of BPJS Ketenagakerjaan decides the final amount.",
        "Jumlah akhir mengikuti tagihan BPJS Ketenagakerjaan.",
        "After 3 unpaid months in a row you are not active. There is no fine.",
        "Kalau 3 bulan berturut-turut tidak dibayar, Anda bukan peserta aktif lagi.",
        "Santunan kematian Rp42 juta",
        "Not a member card or number (KPJ).",
        "Bukan kartu atau nomor peserta (KPJ).",
    ):
        assert text.count(said) == 1
    assert "Cara bayar" not in text


def test_a_fine_is_not_denied_where_the_data_knows_of_one() -> None:
    fined = replace(make_reminder(), payment=replace(PAYMENT, fine=True))
    assert "denda" not in text_of(fined)


@papers
def test_one_of_the_practice_says_so(paper: Paper) -> None:
    assert "CONTOH" in text_of(replace(make_reminder(), practice=True), paper=paper)
    assert "CONTOH" not in text_of(make_reminder(), paper=paper)


def test_without_relief_nothing_is_said_to_be_usual() -> None:
    quoted = make_quote(Month(2027, 1), 3)
    text = text_of(replace(make_reminder(), this_month=quoted, next_month=quoted))
    assert "Biasanya" not in text
    assert "Januari–Maret 2027 3 × Rp16.800" in text  # noqa: RUF001


@papers
def test_no_code_stands_on_it(paper: Paper) -> None:
    page = rasterise(render_reminder(make_reminder(), TEXTS, paper=paper), paper.dpi)
    assert zxingcpp.read_barcodes(page) == []


@papers
@languages
@pytest.mark.parametrize("months", [1, 12])
def test_all_of_it_is_on_one_page_within_the_paper_and_over_nothing(
    paper: Paper, texts: Texts, months: int
) -> None:
    content = make_reminder(
        package=Package.JKK_JKM_JHT,
        months=months,
        sector_unclear=True,
        office="Kecamatan " + "Tirtayasa" * 4,
    )
    pdf = render_reminder(content, texts, TEXTS, paper)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert_all_on_paper(pdf, paper)


@pytest.mark.parametrize("paper", [A5, A4], ids=lambda paper: paper.name)
def test_what_does_not_fit_on_one_page_is_refused_and_not_cut(paper: Paper) -> None:
    with pytest.raises(SlipTooLong):
        render_reminder(make_reminder(office="Tirtayasa " * 300), TEXTS, paper=paper)


@pytest.mark.parametrize("field", ["office", "kiosk_name", "help_number"])
def test_a_character_without_a_glyph_is_refused(field: str) -> None:
    broken: dict[str, Any] = {field: "\N{LATIN SMALL LETTER A}李"}
    with pytest.raises(MissingGlyph, match=r"U\+674E"):
        render_reminder(replace(make_reminder(), **broken), TEXTS)


def test_the_same_reminder_is_the_same_bytes() -> None:
    assert render_reminder(make_reminder(), TEXTS) == render_reminder(make_reminder(), TEXTS)
