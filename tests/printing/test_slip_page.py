"""The slip as people hold it: what it says, that all of it is on the paper, what it refuses."""

import io
import math
import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import assert_all_on_paper
from slip_samples import ENGLISH, LONG_NAME, NIK, TEXTS, make_quote, make_slip, seal

from kiosk.domain.months import Month
from kiosk.domain.person import clean_line, clean_name, unprintable_letter
from kiosk.domain.slip import SlipContent
from kiosk.domain.tariff import Package
from kiosk.domain.texts import Texts
from printing.fonts import BOLD, REGULAR, MissingGlyph, printable
from printing.papers import A4, A5, PAPERS, ROLL_80, Paper
from printing.parts import SlipTooLong
from printing.readback import rasterise
from printing.slip_page import render_slip

PERIODS = [1, 2, 3, 6, 12]
papers = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
sheets = pytest.mark.parametrize("paper", [A5, A4], ids=lambda paper: paper.name)
languages = pytest.mark.parametrize("texts", [TEXTS, ENGLISH], ids=["id", "en"])


def text_page(pdf: bytes) -> Any:
    return pypdfium2.PdfDocument(pdf)[0].get_textpage()


def text_of(content: SlipContent, texts: Texts = TEXTS, paper: Paper = ROLL_80) -> str:
    """The text on the page with single spaces, as someone would copy it out of the PDF."""
    found: str = text_page(render_slip(content, texts, TEXTS, paper)).get_text_range()
    # PDFium marks a hyphen at the end of a line as a place where a word was divided.
    return " ".join(found.replace("\x02", "-").replace("\ufffe", "-").split())


def unspaced(text: str) -> str:
    return "".join(text.split())


@papers
def test_it_says_all_that_a_resident_needs(paper: Paper) -> None:
    text = text_of(make_slip(), paper=paper)
    for expected in (
        "Kecamatan Ciruas Kabupaten Serang",
        "SLIP PENDAFTARAN BPU",
        "Nomor pendaftaran",
        "1091 7000 0424",
        "BELUM DILINDUNGI sampai iuran pertama dibayar.",
        "Nama AHMAD SAPRUDIN",
        "NIK ************9001",
        "Program Celaka kerja (JKK) dan kematian (JKM)",
        "November–Desember 2026 2 × Rp8.400 Januari 2027 Rp16.800 Bayar 3 bulan Rp33.600",  # noqa: RUF001
        "Berlaku kalau dibayar sampai 30 November 2026.",
        "Kalau dibayar bulan Desember 2026 Desember 2026 Rp8.400",
        "Januari–Februari 2027 2 × Rp16.800 Bayar 3 bulan Rp42.000",  # noqa: RUF001
        "Jumlah akhir mengikuti tagihan BPJS Ketenagakerjaan.",
        "Bisa dibayar setelah data diterima BPJS.",
        "sebutkan NIK Anda",
        "Santunan kematian Rp42 juta",
        "dibayar 3 bulan berturut-turut. Sebelum itu Rp10 juta.",
        "Bantuan: loket kecamatan atau 0254 000 000",
        "Bukan kartu atau nomor peserta (KPJ).",
        "22 November 2026, 10.24. Anjungan Ciruas.",
    ):
        assert expected in text
    assert "SALINAN" not in text
    assert "Petugas BPJS memastikan" not in text


@papers
def test_a_resident_who_reads_english_holds_the_legal_lines_in_indonesian_too(
    paper: Paper,
) -> None:
    text = text_of(make_slip(language="en"), ENGLISH, paper)
    for said in (
        "NOT PROTECTED until the first contribution is paid.",
        "BELUM DILINDUNGI sampai iuran pertama dibayar.",
        "The bill of BPJS Ketenagakerjaan decides the final amount.",
        "Jumlah akhir mengikuti tagihan BPJS Ketenagakerjaan.",
        "The death benefit is Rp42 million after 3 months paid in a row. Before that Rp10 million.",
        "Santunan kematian Rp42 juta berlaku setelah iuran dibayar 3 bulan berturut-turut.",
        "Sebelum itu Rp10 juta.",
        "Not a member card or number (KPJ).",
        "Bukan kartu atau nomor peserta (KPJ).",
    ):
        assert text.count(said) == 1
    assert "Cara bayar" not in text


@papers
def test_in_indonesian_nothing_is_said_twice(paper: Paper) -> None:
    text = text_of(make_slip(), paper=paper)
    for sentence in ("BELUM DILINDUNGI", "Jumlah akhir", "Santunan kematian", "Bukan kartu"):
        assert text.count(sentence) == 1


def test_a_sentence_that_a_language_lacks_is_not_printed_twice() -> None:
    key = "slip.not_a_card"
    gappy = Texts("su", {**ENGLISH.sentences, key: TEXTS.sentences[key]})
    assert text_of(make_slip(), gappy).count("Bukan kartu") == 1


def test_without_a_help_number_it_sends_people_to_the_counter() -> None:
    text = text_of(replace(make_slip(), help_number=""))
    assert "Bantuan: loket kecamatan. Bukan kartu" in text


def test_a_copy_says_which_one_it_is() -> None:
    assert "SALINAN KE-2" in text_of(make_slip(copy=2))


def test_a_copy_says_when_it_was_printed_and_when_the_registration_was() -> None:
    text = text_of(make_slip(copy=2))
    assert "Dicetak 25 November 2026" in text
    assert "22 November 2026, 10.24" in text
    assert "Dicetak" not in text_of(make_slip())


def test_an_unclear_sector_is_said() -> None:
    assert "Petugas BPJS memastikan iuran" in text_of(make_slip(sector_unclear=True))


def test_without_relief_no_relief_is_spoken_of() -> None:
    quote = make_quote(Month(2027, 1), 3)
    late = seal(replace(make_slip(), this_month=quote, next_month=make_quote(Month(2027, 2), 3)))
    text = text_of(late)
    assert "keringanan" not in text
    assert "Berlaku kalau dibayar sampai 31 Januari 2027." in text


@pytest.mark.parametrize("package", Package)
@pytest.mark.parametrize("months", PERIODS)
def test_every_package_and_period_has_both_totals(package: Package, months: int) -> None:
    content = make_slip(package=package, months=months)
    text = text_of(content)
    for quote in (content.this_month, content.next_month):
        total = f"{quote.total:,}".replace(",", ".")
        assert f"Bayar {months} bulan Rp{total}" in text
    assert ("hari tua (JHT)" in text) is (package is Package.JKK_JKM_JHT)


def test_a_year_is_hardly_longer_than_a_month() -> None:
    length = {months: page_length_dots(make_slip(months=months)) for months in (1, 12)}
    assert length[12] - length[1] < 100


def page_length_dots(content: SlipContent) -> float:
    height: float = pypdfium2.PdfDocument(render_slip(content, TEXTS)).get_page_size(0)[1]
    return height * ROLL_80.dpi / 72


def test_the_whole_nik_is_nowhere_and_the_metadata_know_nobody() -> None:
    content = make_slip(name="ZULAIKHA QODRIYAH")
    pdf = render_slip(content, TEXTS)
    assert NIK not in unspaced(text_page(pdf).get_text_range())
    assert NIK[:12] not in content.qr_text
    document = pypdfium2.PdfDocument(pdf)
    metadata = " ".join([*document.get_metadata_dict().values()])
    for secret in (NIK, "ZULAIKHA", "QODRIYAH"):
        assert secret not in metadata
        assert secret.encode() not in pdf
        assert secret not in content.qr_text
    assert content.number in metadata


def test_the_same_slip_is_the_same_bytes_in_every_run() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from slip_samples import *; from printing.slip_page import render_slip;"
        "sys.stdout.buffer.write(render_slip(make_slip(months=12), TEXTS))"
    )
    here = Path(__file__).parent
    runs = [
        subprocess.run(
            [sys.executable, "-c", program, str(here)],
            cwd=here.parents[1],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] == render_slip(make_slip(months=12), TEXTS)


@papers
@languages
@pytest.mark.parametrize(
    "name",
    [
        "SU",
        "NUR'AINI DÉSIRÉE-ŞÜKRAN",
        LONG_NAME,
        "W" * 60,
        "A" * 30 + " " + "M" * 29,
        " ".join("W" * 30),
        "DE\u0301SIRE\u0301E",
    ],
    ids=["short", "accented", "long", "one word", "two words", "letters", "decomposed"],
)
def test_names_are_printed_whole_within_the_paper_and_over_nothing(
    name: str, texts: Texts, paper: Paper
) -> None:
    slip = make_slip(
        name=name, package=Package.JKK_JKM_JHT, months=12, copy=12, sector_unclear=True
    )
    assert_all_on_paper(render_slip(slip, texts, TEXTS, paper), paper)


@papers
@languages
def test_long_words_of_the_office_fit_too(texts: Texts, paper: Paper) -> None:
    content = make_slip(office="Kecamatan " + "Tirtayasa" * 6)
    content = replace(content, kiosk_name="W" * 60, help_number="0" * 50)
    assert_all_on_paper(render_slip(content, texts, TEXTS, paper), paper)


@sheets
def test_what_does_not_fit_on_one_page_is_refused_and_not_cut(paper: Paper) -> None:
    with pytest.raises(SlipTooLong, match=f"one page of {paper.name}") as refusal:
        render_slip(make_slip(office="Tirtayasa " * 300), TEXTS, paper=paper)
    assert refusal.value.code == "P 23"


@sheets
@languages
@pytest.mark.parametrize("months", [1, 12])
def test_a_sheet_is_filled_from_margin_to_margin_without_empty_parts(
    paper: Paper, texts: Texts, months: int
) -> None:
    pdf = render_slip(make_slip(months=months), texts, TEXTS, paper)
    ink = rasterise(pdf, paper.dpi).point(lambda grey: 255 if grey < 128 else 0)
    left, top, right, bottom = ink.getbbox()
    assert left == pytest.approx(paper.left, abs=2)
    assert right == pytest.approx(paper.left + paper.width, abs=2)
    assert top < 1.2 * paper.top
    assert ink.height - bottom < 1.5 * paper.bottom
    rows = [ink.crop((0, y, ink.width, y + 1)).getbbox() is not None for y in range(top, bottom)]
    white = max(len(list(run)) for inked, run in groupby(rows) if not inked)
    assert white < ink.height / 20
    middle = paper.left + paper.width // 2
    for half in ((0, 0, middle, ink.height), (middle, 0, ink.width, ink.height)):
        _, first, _, last = ink.crop(half).getbbox()
        assert last - first > ink.height * 0.75


letters = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZÀÉÎÑÖÜĀŞŁabcxyzé'.- ")


@settings(max_examples=40, deadline=None)
@given(st.text(letters, min_size=1, max_size=60).filter(str.strip))
def test_any_latin_name_is_found_whole_on_the_slip(name: str) -> None:
    text = text_of(make_slip(name=name))
    before, after = "sampaiiuranpertamadibayar.Nama", "NIK************9001"
    assert f"{before}{unspaced(name)}{after}" in unspaced(text)


@pytest.mark.parametrize(
    ("character", "named"),
    [
        ("李", "U+674E CJK UNIFIED IDEOGRAPH-674E"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\u0323", "U+0323 COMBINING DOT BELOW"),
        ("ع", "U+0639 ARABIC LETTER AIN"),
        ("😀", "U+1F600 GRINNING FACE"),
        ("\n", "U+000A unnamed"),
        ("\x00", "U+0000 unnamed"),
        ("\ud800", "U+D800 unnamed"),
        ("\U0010ffff", "U+10FFFF unnamed"),
    ],
    ids=lambda value: value if value.isascii() and value.isprintable() else None,
)
def test_a_character_without_a_glyph_is_refused_by_its_name(character: str, named: str) -> None:
    content = replace(make_slip(), name=f"SITI Q{character} AMINAH")
    with pytest.raises(MissingGlyph, match=re.escape(named)) as refusal:
        render_slip(content, TEXTS)
    assert "AMINAH" not in str(refusal.value)
    assert refusal.value.code == "P 21"


def test_every_letter_that_a_step_lets_through_is_in_both_faces() -> None:
    for code in (*range(0x250), 0x1E9E, 0x212B, 0xFB01):
        for line in (clean_name(chr(code)), clean_line(chr(code))):
            if not unprintable_letter(line):
                assert [printable(line, face) for face in (REGULAR, BOLD)] == [line, line]


@papers
def test_the_page_has_the_width_of_its_paper_in_whole_dots(paper: Paper) -> None:
    pdf = render_slip(make_slip(), TEXTS, paper=paper)
    for points in pypdfium2.PdfDocument(pdf).get_page_size(0):
        dots = points * paper.dpi / 72
        assert dots == pytest.approx(round(dots), abs=0.01)
    width_mm, height_mm = (
        points * 25.4 / 72 for points in pypdfium2.PdfDocument(pdf).get_page_size(0)
    )
    assert 0 <= paper.width_mm - width_mm < 0.13
    assert 0 <= (paper.height_mm or math.ceil(height_mm)) - height_mm < 0.13


@papers
def test_the_file_is_one_page_that_asks_not_to_be_scaled(paper: Paper) -> None:
    pdf = render_slip(make_slip(), TEXTS, paper=paper)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert b"/PrintScaling /None" in pdf
    assert io.BytesIO(pdf).read(5) == b"%PDF-"
