"""Pages as an ESC/POS printer puts them on paper, read back from the paper."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from escpos_paper import Interpreter, Paper
from slip_samples import (
    ENGLISH,
    LONG_NAME,
    TEXTS,
    make_proof,
    make_reminder,
    make_slip,
    seal,
)
from test_recap_page import FULL, WORK
from test_rights_pages import make_copy
from test_slip_snapshot import assert_unchanged

from kiosk.domain.slip import SlipContent
from kiosk.domain.tariff import Package
from kiosk.domain.texts import Texts
from kiosk.settings import PaperName, Settings
from printing.copy_page import render_copy
from printing.escpos_commands import in_pieces, walk
from printing.escpos_head import Head, head_of
from printing.escpos_readback import check_codes
from printing.fonts import MissingGlyph
from printing.forms import Stock, draw
from printing.papers import PAPERS
from printing.proof_page import render_proof
from printing.readback import SlipUnreadable, rasterise
from printing.recap_page import render_recap
from printing.reminder_page import render_reminder
from printing.slip_page import render_slip

ROLLS = [PaperName.ROLL_80, PaperName.ROLL_58]
rolls = pytest.mark.parametrize("roll", ROLLS)
languages = pytest.mark.parametrize("texts", [TEXTS, ENGLISH], ids=["id", "en"])
names = pytest.mark.parametrize(
    "name",
    [LONG_NAME, "SU", "W" * 60, "NUR'AINI DÉSIRÉE-ŞÜKRAN", "ĀNI ǾDEGAARD"],
    ids=["longest", "shortest", "one word", "accented", "in no code page"],
)

Page = Callable[[Stock], bytes]


def head(roll: PaperName, profile: str = "default") -> Head:
    return head_of(profile, roll)


def printed(page: bytes, head: Head, profile: str = "default") -> Paper:
    machine = Interpreter(head.dots, profile)
    machine.feed(page)
    assert not machine.waits
    first, *rest = machine.pages
    assert not any(page.parts for page in rest)
    return first


def slip(name: str, texts: Texts, number: str = "109170000424") -> tuple[SlipContent, Page]:
    content = make_slip(
        name=name, package=Package.JKK_JKM_JHT, months=12, copy=2, sector_unclear=True
    )
    content = seal(replace(content, number=number))
    return content, lambda stock: render_slip(content, texts, TEXTS, stock)


def codes_on(paper: Paper) -> list[tuple[str, str]]:
    found = zxingcpp.read_barcodes(
        paper.picture.convert("L"), try_rotate=False, try_invert=False, try_downscale=False
    )
    return [(code.format.name, code.text) for code in found]


def sentences_of(pdf: bytes) -> list[str]:
    """What the same page says as a PDF, word by word."""
    found: str = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    return found.replace("\x02", "-").replace("\ufffe", "-").split()


def says(paper: Paper) -> str:
    return "".join("".join(paper.lines).split())


@rolls
@languages
@names
def test_a_slip_in_the_printers_letters_has_both_codes_and_everything_it_must_say(
    name: str, texts: Texts, roll: PaperName
) -> None:
    content, page = slip(name, texts)
    paper = printed(page(head(roll)), head(roll))
    assert paper.cuts == 1
    assert [text for text, _ in paper.bars] == [content.number]
    assert [text for text, _ in paper.qr] == [content.qr_text]
    assert sorted(codes_on(paper)) == [("Code128", content.number), ("QRCode", content.qr_text)]
    assert "?" not in says(paper)
    position = 0
    for said in (
        content.office,
        texts.say("slip.copy", copy=2),
        texts.say("slip.title"),
        "1091 7000 0424",
        texts.say("slip.unprotected"),
        texts.say("slip.unprotected_until"),
        *([] if name.startswith("Ā") else [name]),
        content.masked_nik,
        texts.say("slip.total", months=12),
        "Rp424.800",
        texts.say("slip.sector_unclear"),
        texts.say("slip.final_amount"),
        TEXTS.say("slip.final_amount"),
        texts.say("slip.how_to_pay"),
        texts.say("slip.step_say"),
        texts.say("slip.step_keep"),
        texts.say("slip.seal"),
        "0254 000 000",
        TEXTS.say("slip.not_a_card"),
        content.kiosk_name,
    ):
        wanted = "".join(said.split())
        position = says(paper).replace("║", "").find(wanted, position)
        assert position >= 0, said


@rolls
@languages
def test_every_page_says_word_for_word_what_its_pdf_says(texts: Texts, roll: PaperName) -> None:
    pages: list[Page] = [
        lambda stock: render_reminder(make_reminder(months=12), texts, TEXTS, stock),
        lambda stock: render_proof(make_proof(), texts, TEXTS, stock),
        lambda stock: render_copy(make_copy(40), texts, stock),
    ]
    for page in pages:
        paper = printed(page(head(roll)), head(roll))
        signs = re.compile("[─═║╔╗╚╝]|(- )+-?(?= |$)")
        found = signs.sub("", " ".join(paper.lines))
        words = "".join(sentences_of(page(PAPERS[roll])))
        # The PDF says the right half of a line after the left one, whatever their order on paper.
        assert sorted("".join(found.split()).replace("-", "")) == sorted(words.replace("-", ""))
        assert codes_on(paper) == []


@rolls
@languages
@names
def test_a_slip_as_a_picture_is_the_pdf_dot_by_dot(
    name: str, texts: Texts, roll: PaperName
) -> None:
    content, page = slip(name, texts)
    pdf = page(head(roll).paper)
    paper = printed(draw(pdf, head(roll)), head(roll))
    assert sorted(codes_on(paper)) == [("Code128", content.number), ("QRCode", content.qr_text)]
    assert paper.lines == []
    assert paper.cuts == 1
    whole = rasterise(pdf).point(lambda grey: 255 if grey > 127 else 0)
    ink, drawn = whole.point(lambda grey: 255 - grey).getbbox(), paper.picture
    left = head(roll).left
    on_head = whole.crop((left, 0, left + head(roll).dots, whole.height))
    assert ink[0] >= left
    assert ink[2] <= left + head(roll).dots
    black = sum(1 for dot in on_head.tobytes() if not dot)
    assert black <= drawn.convert("L").tobytes().count(0) <= black * 1.06


@pytest.mark.parametrize(
    ("profile", "roll"),
    [
        ("TM-T20II", PaperName.ROLL_80),
        ("TM-T88V", PaperName.ROLL_80),
        ("TM-P80-42col", PaperName.ROLL_80),
        ("POS-5890", PaperName.ROLL_58),
        ("NT-5890K", PaperName.ROLL_58),
        ("RP-F10-58mm", PaperName.ROLL_58),
        ("NT-80-V-UL", PaperName.ROLL_80),
        ("T-1", PaperName.ROLL_80),
    ],
)
def test_models_get_what_they_can_print(profile: str, roll: PaperName) -> None:
    model = head(roll, profile)
    content, page = slip("NUR'AINI DÉSIRÉE-ŞÜKRAN", TEXTS)
    wanted = [("Code128", content.number), ("QRCode", content.qr_text)]
    native = printed(page(model), model, profile)
    assert sorted(codes_on(native)) == wanted
    assert bool(native.bars) is model.draws_bars
    assert bool(native.qr) is model.draws_qr
    assert sorted(codes_on(printed(draw(page(model.paper), model), model, profile))) == wanted


def test_what_would_be_an_order_to_the_printer_is_drawn_in_another_way() -> None:
    # 16 04 and 16 05 in two digits a byte are "how do you stand" and "start anew".
    for number in ("160401234567", "001604160516", "101620010203"):
        content, page = slip("SU", TEXTS, number)
        for roll in ROLLS:
            stream = page(head(roll))
            assert not re.search(rb"\x10[\x04\x05\x14]", stream)
            assert ("Code128", content.number) in codes_on(printed(stream, head(roll)))


@rolls
def test_one_of_the_practice_says_so_in_every_line_across(roll: PaperName) -> None:
    content, page = slip("SU", TEXTS, "000000000017")
    paper = printed(page(head(roll)), head(roll))
    assert sum("CONTOH" in line for line in paper.lines) > 10
    assert "CONTOH" in paper.lines[0]
    assert "CONTOH" in paper.lines[-1]
    pale = printed(draw(page(head(roll).paper), head(roll)), head(roll))
    plain = printed(draw(slip("SU", TEXTS)[1](head(roll).paper), head(roll)), head(roll))
    dots = [one.picture.convert("L").tobytes().count(0) for one in (pale, plain)]
    assert dots[0] > dots[1] * 1.05
    assert sorted(codes_on(pale)) == [("Code128", content.number), ("QRCode", content.qr_text)]


@rolls
def test_a_letter_without_a_code_page_is_drawn_and_the_line_stays_in_its_place(
    roll: PaperName,
) -> None:
    _, page = slip("ĀNI ǾDEGAARD", TEXTS)
    paper = printed(page(head(roll)), head(roll))
    assert paper.rastered
    plain = printed(slip("ANI ODEGAARD", TEXTS)[1](head(roll)), head(roll))
    assert paper.text == plain.text.replace("Nama ANI ODEGAARD ", "")


@rolls
@pytest.mark.parametrize("character", ["李", "\u202e", "😀"], ids=["cjk", "bidi", "emoji"])
def test_a_letter_that_nothing_can_show_is_refused(character: str, roll: PaperName) -> None:
    content = replace(make_slip(), name=f"SITI {character}")
    with pytest.raises(MissingGlyph):
        render_slip(content, TEXTS, paper=head(roll))


def test_a_page_whose_codes_are_wrong_is_refused() -> None:
    content, page = slip("SU", TEXTS)
    good = page(head(PaperName.ROLL_80))
    check_codes(good, content.number, content.qr_text)
    qr_text = content.qr_text.encode()
    bad = {
        "digits": good.replace(b"1091 7000 0424", b"1091 7000 0425"),
        "bars": good.replace(b"{C\x0a\x5b", b"{C\x0a\x5c"),
        "qr": good.replace(qr_text, qr_text[:-1] + b"X"),
        "qr not drawn": good.replace(b"\x1d(k\x03\x001Q0", b""),
        "twice": good + good,
        "length": good.replace(b"\x1dkI\x08", b"\x1dkI\x07"),
        "cut off": good[:-1],
        "unknown": good + b"\x1bp\x00\x10\x10",
        "control": good + b"\x07",
    }
    for what, stream in bad.items():
        assert stream != good, what
        with pytest.raises(SlipUnreadable):
            check_codes(stream, content.number, content.qr_text)


@rolls
def test_a_page_is_divided_where_nothing_is_half_said(roll: PaperName) -> None:
    _, page = slip("SU", TEXTS)
    for stream in (page(head(roll)), draw(page(head(roll).paper), head(roll))):
        pieces = in_pieces(stream)
        assert b"".join(pieces) == stream
        assert max(map(len, pieces)) < 2100
        for piece in pieces:
            *_, last = walk(piece)
            assert last.ends_a_line


def test_the_same_page_is_the_same_bytes_whatever_was_made_before() -> None:
    content, page = slip("SU", TEXTS)
    first = page(head(PaperName.ROLL_80))
    slip("NUR'AINI DÉSIRÉE-ŞÜKRAN ŁĀ", TEXTS)[1](head(PaperName.ROLL_80))
    assert page(head(PaperName.ROLL_80)) == first
    assert content.qr_text.encode() in first


@rolls
def test_the_recap_goes_to_the_printer_in_its_form(roll: PaperName) -> None:
    made = {
        raster: render_recap(
            FULL, Settings(printer="escpos://x", paper=roll, escpos_raster=raster), WORK, TEXTS
        )
        for raster in (False, True)
    }
    paper = printed(made[False], head(roll))
    for said in (
        TEXTS.say("desk_recap.title"),
        "Rp1.730.400",
        "9123",
        TEXTS.say("desk_recap.sign"),
    ):
        assert "".join(said.split()) in says(paper)
    assert printed(made[True], head(roll)).rastered > 2000


SNAPSHOTS = {
    "escpos-80mm": (make_slip(), TEXTS, PaperName.ROLL_80),
    "escpos-58mm": (make_slip(), TEXTS, PaperName.ROLL_58),
    "escpos-80mm-copy-english": (slip("ĀNI ǾDEGAARD", ENGLISH)[0], ENGLISH, PaperName.ROLL_80),
}


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_the_slip_in_letters_looks_as_it_did(name: str, tmp_path: Path) -> None:
    content, texts, roll = SNAPSHOTS[name]
    page = render_slip(content, texts, TEXTS, head(roll))
    assert_unchanged(printed(page, head(roll)).picture, name, tmp_path)
