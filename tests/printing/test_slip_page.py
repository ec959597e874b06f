"""The slip as people hold it: what it says, that all of it is on the paper, what it refuses."""

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import raw
from slip_samples import NIK, TEXTS, make_quote, make_slip, seal

from kiosk.domain.months import Month
from kiosk.domain.slip import SlipContent
from kiosk.domain.tariff import Package
from printing.fonts import MissingGlyph
from printing.readback import DPI
from printing.sheet import LEFT, WIDTH
from printing.slip_page import render_slip

DOTS_PER_POINT = DPI / 72
PERIODS = [1, 2, 3, 6, 12]
LONG_NAME = "MUHAMMAD NUR HIDAYATULLAH AL-FAQIH BIN ABDURRAHMAN SAPUTRA X"


def text_page(pdf: bytes) -> Any:
    return pypdfium2.PdfDocument(pdf)[0].get_textpage()


def text_of(content: SlipContent) -> str:
    """The text on the page with single spaces, as someone would copy it out of the PDF."""
    found: str = text_page(render_slip(content, TEXTS)).get_text_range()
    # PDFium marks a hyphen at the end of a line as a place where a word was divided.
    return " ".join(found.replace("\x02", "-").replace("\ufffe", "-").split())


def unspaced(text: str) -> str:
    return "".join(text.split())


def test_it_says_all_that_a_resident_needs() -> None:
    text = text_of(make_slip())
    for expected in (
        "Kecamatan Ciruas Kabupaten Serang",
        "SLIP PENDAFTARAN BPU",
        "Nomor pendaftaran 1091 7000 0424",
        "BELUM DILINDUNGI sampai iuran pertama dibayar.",
        "Nama AHMAD SAPRUDIN",
        "NIK ************9001",
        "Program Celaka kerja (JKK) dan kematian (JKM)",
        "November–Desember 2026 2 × Rp8.400 Januari 2027 Rp16.800 Bayar 3 bulan Rp33.600",  # noqa: RUF001
        "Berlaku bila dibayar sampai 30 November 2026.",
        "Bila dibayar bulan Desember 2026 Desember 2026 Rp8.400",
        "Januari–Februari 2027 2 × Rp16.800 Bayar 3 bulan Rp42.000",  # noqa: RUF001
        "Jumlah akhir mengikuti tagihan BPJS Ketenagakerjaan.",
        "Bisa dibayar setelah data diterima BPJS.",
        "sebutkan NIK Anda",
        "Santunan kematian Rp42 juta",
        "dibayar 3 bulan berturut-turut. Sebelum itu Rp10 juta.",
        "Bantuan: loket kecamatan atau 0254 000 000",
        "Bukan kartu peserta, bukan nomor KPJ.",
        "22 November 2026, 10.24. Anjungan Ciruas.",
    ):
        assert expected in text
    assert "SALINAN" not in text
    assert "Petugas BPJS memastikan" not in text


def test_without_a_help_number_it_sends_people_to_the_counter() -> None:
    text = text_of(replace(make_slip(), help_number=""))
    assert "Bantuan: loket kecamatan. Bukan kartu" in text


def test_a_copy_says_which_one_it_is() -> None:
    assert "SALINAN KE-2" in text_of(make_slip(copy=2))


def test_an_unclear_sector_is_said() -> None:
    assert "Petugas BPJS memastikan iuran" in text_of(make_slip(sector_unclear=True))


def test_without_relief_no_relief_is_spoken_of() -> None:
    quote = make_quote(Month(2027, 1), 3)
    late = seal(replace(make_slip(), this_month=quote, next_month=make_quote(Month(2027, 2), 3)))
    text = text_of(late)
    assert "keringanan" not in text
    assert "Berlaku bila dibayar sampai 31 Januari 2027." in text


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
    return height * DOTS_PER_POINT


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
def test_names_are_printed_whole_within_the_paper_and_over_nothing(name: str) -> None:
    pdf = render_slip(make_slip(name=name), TEXTS)
    assert_all_on_paper(pdf)


def test_long_words_of_the_office_fit_too() -> None:
    content = make_slip(office="Kecamatan " + "Tirtayasa" * 6)
    pdf = render_slip(replace(content, kiosk_name="W" * 60, help_number="0" * 50), TEXTS)
    assert_all_on_paper(pdf)


letters = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZÀÉÎÑÖÜĀŞŁabcxyzé'.- ")


@settings(max_examples=40, deadline=None)
@given(st.text(letters, min_size=1, max_size=60).filter(str.strip))
def test_any_latin_name_is_found_whole_on_the_slip(name: str) -> None:
    text = text_of(make_slip(name=name))
    before, after = "sampaiiuranpertamadibayar.Nama", "NIK************9001"
    assert f"{before}{unspaced(name)}{after}" in unspaced(text)


def assert_all_on_paper(pdf: bytes) -> None:
    """No character is cut off, smaller than 25 dots, or printed over another line."""
    page = text_page(pdf)
    lines = []
    for index in range(page.count_rects()):
        left, bottom, right, top = (edge * DOTS_PER_POINT for edge in page.get_rect(index))
        assert left >= LEFT - 1
        assert right <= LEFT + WIDTH + 1
        assert bottom > 0
        lines.append((left, bottom, right, top))
    for index, (left, bottom, right, top) in enumerate(lines):
        for other_left, other_bottom, other_right, other_top in lines[index + 1 :]:
            beside = right <= other_left + 1 or other_right <= left + 1
            apart = top <= other_bottom + 1 or other_top <= bottom + 1
            assert beside or apart
    sizes = {raw.FPDFText_GetFontSize(page, index) for index in range(page.count_chars())}
    assert min(size for size in sizes if size > 1) >= 25


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


def test_the_page_is_80_mm_wide_and_whole_dots_long() -> None:
    width, height = pypdfium2.PdfDocument(render_slip(make_slip(), TEXTS)).get_page_size(0)
    assert width * DOTS_PER_POINT == pytest.approx(639, abs=0.01)
    assert height * DOTS_PER_POINT == pytest.approx(round(height * DOTS_PER_POINT), abs=0.01)


def test_the_file_is_one_page_that_asks_not_to_be_scaled() -> None:
    pdf = render_slip(make_slip(), TEXTS)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert b"/PrintScaling /None" in pdf
    assert io.BytesIO(pdf).read(5) == b"%PDF-"
