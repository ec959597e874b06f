"""Layouts of an office's own on paper, tried before they are used."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from samples import FACTS, RESOURCES, StillClock
from slip_samples import ENGLISH, KEYS, PAYMENT, TEXTS, make_slip

from kiosk.data import load_data
from kiosk.domain.benefits import parse_benefits
from kiosk.domain.failures import DataFailure
from kiosk.domain.person import NAME_MAX_LENGTH, clean_name
from kiosk.domain.registration_number import is_practice_number
from kiosk.domain.slip_layouts import SlipLayouts, parse_slip_layouts
from kiosk.domain.slip_without import CAN_DO_WITHOUT
from kiosk.domain.texts import Texts
from kiosk.settings import PaperName, RollDpi, Settings
from kiosk.trust import Practice, check_slip, read_trust
from printing.layout_check import MOST_FAULTS, TRIED, Trial, within_reach
from printing.layout_commands import LayoutDeed, run
from printing.layouts import shipped_layouts
from printing.papers import A4, A5, PAPERS, ROLL_58, ROLL_80, ROLLS, Paper, paper_of
from printing.readback import rasterise
from printing.samples import SAMPLES, SampleName
from printing.slip_page import render_slip
from printing.slips import Slips

FILE = RESOURCES / "data" / "slip_layouts.json"
BENEFITS = parse_benefits((RESOURCES / "data" / "benefits.json").read_text("utf-8"), "benefits")
SETTINGS = Settings()
LANGUAGES = ("id", "en")
papers = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)


def own(**changes: Any) -> SlipLayouts:
    return parse_slip_layouts(json.dumps(own_file(**changes)), FILE.name)


def own_file(**changes: Any) -> dict[str, Any]:
    """The shipped layouts with the office's hours and another heading; what must stand first is
    the status."""
    file: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    file["texts"] = {
        "hours": {"look": "small", "id": "{office} buka sampai 15.00.", "en": "{office}: 8 to 3."},
        "call": {"look": "strong", "id": "WhatsApp {help_number}", "en": "WhatsApp {help_number}"},
    }
    file["headings"] = {"how_to_pay": {"id": "Langkah membayar", "en": "Steps to pay"}}
    for layout in ("roll", "page"):
        blocks = file[layout]
        at = next(place for place, one in enumerate(blocks) if one["block"] == "qr")
        blocks[at:at] = [{"block": "text", "name": name} for name in ("hours", "call")]
        status = next(one for one in blocks if one["block"] == "status")
        blocks.remove(status)
        blocks.insert(0, status)
    file["roll"] = [one for one in file["roll"] if one["block"] != "title"]
    return file | changes


def text_of(pdf: bytes) -> str:
    found: str = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    return " ".join(found.split())


def trial(texts: dict[str, Texts] | None = None, *papers: Paper) -> Trial:
    return Trial(SETTINGS, texts or {"id": TEXTS}, BENEFITS, FACTS, papers or (ROLL_80, A5))


# ------------------------------------------------------------ on paper


@papers
@pytest.mark.parametrize("texts", [TEXTS, ENGLISH], ids=["id", "en"])
def test_the_blocks_stand_in_the_offices_own_order_with_its_own_texts(
    paper: Paper, texts: Texts
) -> None:
    content = make_slip(language=texts.language)
    text = text_of(render_slip(content, texts, TEXTS, paper, own()))
    assert text.startswith(texts.say("slip.unprotected"))
    assert "BELUM DILINDUNGI" in text
    said = {"id": "Kecamatan Ciruas buka sampai 15.00.", "en": "Kecamatan Ciruas: 8 to 3."}
    assert f"{said[texts.language]} WhatsApp 0254 000 000" in text
    assert {"id": "Langkah membayar", "en": "Steps to pay"}[texts.language] in text
    assert texts.say("slip.how_to_pay") not in text
    on_roll = paper.height_mm is None
    assert (texts.say("slip.title") in text) is not on_roll


def test_a_text_that_names_a_number_that_is_not_set_is_left_out() -> None:
    without = replace(make_slip(), help_number="")
    text = text_of(render_slip(without, TEXTS, TEXTS, ROLL_80, own()))
    assert "WhatsApp" not in text
    assert "buka sampai 15.00." in text


# ------------------------------------------------------------ tried before they are used


def test_samples_are_the_longest_and_the_shortest_of_all() -> None:
    assert all(clean_name(name) == name for name in SampleName)
    assert len(SampleName.LONGEST) == NAME_MAX_LENGTH
    assert " " not in SampleName.ONE_WORD
    assert len({str(sample) for sample in SAMPLES}) == len(SAMPLES)


def test_papers_are_tried_on_every_head() -> None:
    assert set(TRIED) == {*ROLLS.values(), A5, A4}


def test_a_good_layout_has_no_faults() -> None:
    assert trial({"id": TEXTS, "en": ENGLISH}, ROLL_58).check(own()) == ()


def fault_of(layouts: SlipLayouts, *papers: Paper) -> str:
    return "\n".join(map(str, trial(None, *papers).check(layouts)))


def with_text(sentence: str, layout: str = "roll") -> SlipLayouts:
    file = own_file()
    file["texts"]["mine"] = {"look": "body", "id": sentence}
    file[layout].append({"block": "text", "name": "mine"})
    return parse_slip_layouts(json.dumps(file), FILE.name)


def test_a_character_that_cannot_be_printed_is_named() -> None:
    faults = fault_of(with_text("Buka ☎"), ROLL_80)
    assert "id, 80mm at 203 dpi, longest name, original: cannot print U+260E" in faults


def test_a_page_that_is_too_full_is_named() -> None:
    faults = fault_of(with_text("penuh " * 400, "page"), A5)
    assert "id, A5 at 300 dpi, longest name, copy: slip does not fit on one page" in faults


def test_bars_in_a_column_that_is_too_narrow_are_named() -> None:
    file = own_file()
    number, bars = next(
        one["columns"]
        for one in file["page"]
        if one["block"] == "columns" and one["columns"][0]["blocks"][0]["block"] == "number"
    )
    number["share"], bars["share"] = 75, 25
    layouts = parse_slip_layouts(json.dumps(file), FILE.name)
    assert "the bars are narrower than this paper allows" in fault_of(layouts, A5)
    number["share"], bars["share"] = 95, 5
    layouts = parse_slip_layouts(json.dumps(file), FILE.name)
    assert "no room for bars" in fault_of(layouts, A5)


def test_a_word_too_long_for_its_column_is_broken_and_stays_within_reach() -> None:
    assert fault_of(with_text("W" * 300), ROLL_58) == ""


@pytest.mark.parametrize("raster", [False, True], ids=["text", "raster"])
def test_the_offices_own_escpos_printer_is_tried_in_its_language(raster: bool) -> None:
    settings = replace(SETTINGS, printer="escpos://127.0.0.1:9100", escpos_raster=raster)
    own_printer = replace(trial(), settings=settings, papers=())
    assert own_printer.check(own()) == ()
    (first, *_) = own_printer.check(with_text("Buka 漢字"))
    assert str(first).startswith("id, default printer, longest name, original: cannot print U+")


def test_ink_where_the_printer_does_not_reach_is_named() -> None:
    shifted = replace(ROLL_80, left=ROLL_80.left + 20, width=ROLL_80.width)
    page = rasterise(trial().render(own(), "id", SAMPLES[0], shifted), ROLL_80.dpi)
    assert within_reach(page, shifted)
    assert not within_reach(page, ROLL_80)


def test_a_language_without_the_offices_words_is_named() -> None:
    file = own_file()
    del file["texts"]["hours"]["en"]
    layouts = parse_slip_layouts(json.dumps(file), FILE.name)
    faults = trial({"id": TEXTS, "en": ENGLISH}, ROLL_58).check(layouts)
    assert {str(one) for one in faults} == {"en: no words for '{office} buka sampai 15.00.'"}


# ------------------------------------------------------------ parts left out by a setting

NONE_OF_THEM = ",".join(CAN_DO_WITHOUT)


def test_slips_without_any_of_them_fit_and_can_be_scanned_on_every_paper() -> None:
    settings = replace(SETTINGS, slip_without=NONE_OF_THEM)
    texts = {"id": TEXTS, "en": ENGLISH}
    for layouts in (shipped_layouts(), own()):
        assert replace(trial(texts, *PAPERS.values()), settings=settings).check(layouts) == ()


@pytest.mark.parametrize("left_out", CAN_DO_WITHOUT)
def test_so_do_slips_without_one_of_them(left_out: str) -> None:
    settings = replace(SETTINGS, slip_without=left_out)
    assert replace(trial(None, ROLL_58, A5), settings=settings).check(shipped_layouts()) == ()


@pytest.mark.parametrize("raster", [False, True], ids=["text", "raster"])
def test_they_come_out_of_an_escpos_printer_too(raster: bool) -> None:
    settings = replace(
        SETTINGS,
        slip_without=NONE_OF_THEM,
        printer="escpos://127.0.0.1:9100",
        escpos_raster=raster,
    )
    own_printer = replace(trial(), settings=settings, papers=())
    assert own_printer.check(shipped_layouts()) == ()


@papers
@pytest.mark.parametrize("texts", [TEXTS, ENGLISH], ids=["id", "en"])
def test_a_slip_says_all_that_it_promises_without_the_parts_that_are_left_out(
    paper: Paper, texts: Texts
) -> None:
    settings = Settings(paper=paper.name, slip_without=NONE_OF_THEM, help_number="0254 000 000")
    slips = Slips(settings, {"id": TEXTS, "en": ENGLISH}, BENEFITS, PAYMENT, KEYS, FACTS)
    pdf = slips.render_sample(texts.language)
    text = text_of(pdf)
    for key in ("title", "subtitle", "seal"):
        assert texts.say(f"slip.{key}") not in text
    assert not text.startswith(SETTINGS.office)
    for promised in (
        SETTINGS.office,
        SETTINGS.kiosk_name,
        "0254 000 000",
        "BELUM DILINDUNGI",
        texts.say("slip.number"),
        texts.say("slip.how_to_pay"),
        texts.say("slip.not_a_card"),
    ):
        assert promised in text
    page = rasterise(pdf, paper_of(settings).dpi)
    assert {one.format.name for one in zxingcpp.read_barcodes(page)} == {"Code128", "QRCode"}


# ------------------------------------------------------------ the command


def command(tmp_path: Path, deed: LayoutDeed, file: dict[str, Any] | str) -> tuple[int, list[str]]:
    written = tmp_path / "mine.json"
    written.write_text(file if isinstance(file, str) else json.dumps(file))
    out = io.StringIO()
    code = run(
        deed,
        written,
        tmp_path / "out",
        settings=replace(SETTINGS, data_folder=tmp_path / "data"),
        resources=RESOURCES,
        clock=StillClock(),
        tell=out,
    )
    return code, out.getvalue().splitlines()


def test_a_layout_is_used_once_it_is_tried_on_everything(tmp_path: Path) -> None:
    code, lines = command(tmp_path, LayoutDeed.USE, own_file(version="2026-12-24"))
    assert (code, lines[0]) == (0, "this layout is good")
    in_force = load_data(RESOURCES, tmp_path / "data").slip_layouts
    assert in_force.version.startswith("2026-12-24+")


def test_a_layout_that_fails_is_not_used(tmp_path: Path) -> None:
    file = own_file()
    file["texts"]["hours"]["id"] = "漢字"
    code, lines = command(tmp_path, LayoutDeed.USE, file)
    assert code == 1
    assert lines[-1] == "this layout fails"
    assert len(lines) == MOST_FAULTS + 1
    assert not (tmp_path / "data" / "installed").exists()


def test_a_file_that_is_no_layout_is_refused_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataFailure, match=r"mine\.json line 1"):
        command(tmp_path, LayoutDeed.CHECK, "{")


def test_a_preview_shows_a_test_slip_on_every_paper_in_every_language(tmp_path: Path) -> None:
    code, _ = command(tmp_path, LayoutDeed.PREVIEW, own_file())
    assert code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {f"slip-{paper}-{language}.pdf" for paper in PAPERS for language in LANGUAGES}
    text = text_of((tmp_path / "out" / "slip-80mm-id.pdf").read_bytes())
    assert "CONTOH" in text
    assert "Langkah membayar" in text


# ------------------------------------------------------------ the test slip


@pytest.mark.parametrize(
    "settings",
    [Settings(paper=PaperName.A4), Settings(roll_dpi=RollDpi.COARSE)],
    ids=["A4", "180 dpi"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_test_slip_says_contoh_and_is_never_genuine(settings: Settings, language: str) -> None:
    texts = {"id": TEXTS, "en": ENGLISH}
    slips = Slips(settings, texts, BENEFITS, PAYMENT, KEYS, FACTS, layouts=own())
    pdf = slips.render_sample(language)
    assert "CONTOH" in text_of(pdf)
    page = rasterise(pdf, paper_of(settings).dpi)
    codes = {code.format.name: code.text for code in zxingcpp.read_barcodes(page)}
    assert is_practice_number(codes["Code128"])
    assert check_slip(codes["QRCode"], read_trust(KEYS.public_keys, None)) == Practice()
