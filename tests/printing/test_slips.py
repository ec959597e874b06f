"""From a registration to its slip: in whose language, and on which paper."""

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from samples import NOW, RESOURCES, make_application
from slip_samples import ENGLISH, KEYS, TEXTS

from kiosk.domain.benefits import parse_benefits
from kiosk.domain.failures import DataFailure
from kiosk.domain.registration import Registration, Status
from kiosk.settings import PaperName, Settings, read_settings
from printing.papers import PAPERS
from printing.slips import Slips

BENEFITS = parse_benefits((RESOURCES / "data" / "benefits.json").read_text("utf-8"), "benefits")


def make_slips(paper: PaperName = PaperName.ROLL_80) -> Slips:
    return Slips(Settings(paper=paper), {"id": TEXTS, "en": ENGLISH}, BENEFITS, KEYS)


def registered_in(language: str) -> Registration:
    application = make_application()
    return Registration(
        id="draft",
        number="109170000424",
        kiosk_number="10917",
        incarnation="",
        registered_at=NOW,
        status=Status.REGISTERED,
        revision=1,
        application=replace(application, language=language),
    )


def text_of(pdf: bytes) -> str:
    found: str = pypdfium2.PdfDocument(io.BytesIO(pdf))[0].get_textpage().get_text_range()
    return " ".join(found.split())


def test_a_slip_speaks_the_language_of_the_resident() -> None:
    indonesian = text_of(make_slips().render(registered_in("id"), 0))
    english = text_of(make_slips().render(registered_in("en"), 0))
    assert "Cara bayar" in indonesian
    assert "How to pay" not in indonesian
    assert "How to pay" in english
    assert "BELUM DILINDUNGI" in english
    assert make_slips().content(registered_in("en"), 0).language == "en"


def test_a_language_that_was_taken_away_falls_back_to_indonesian() -> None:
    slip = make_slips().content(registered_in("su"), 0)
    assert slip.language == "id"
    assert "Cara bayar" in text_of(make_slips().render(registered_in("su"), 0))


@pytest.mark.parametrize("paper", PaperName)
def test_a_slip_comes_on_the_paper_of_the_settings(paper: PaperName) -> None:
    pdf = make_slips(paper).render(registered_in("id"), 0)
    width_mm = pypdfium2.PdfDocument(pdf).get_page_size(0)[0] * 25.4 / 72
    assert width_mm == pytest.approx(PAPERS[paper].width_mm, abs=0.13)


@pytest.mark.parametrize("name", ["80mm", "58mm", "A5", "A4"])
def test_the_paper_is_a_setting(tmp_path: Path, name: str) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(f'paper = "{name}"\n')
    assert read_settings(file).paper == name
    assert PAPERS[read_settings(file).paper].name == name


def test_without_the_setting_slips_are_80_mm_wide() -> None:
    assert read_settings(None).paper is PaperName.ROLL_80


@pytest.mark.parametrize("value", ["A6", "a4", "80 mm", ""])
def test_another_paper_is_refused_naming_the_choices(tmp_path: Path, value: str) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(f'paper = "{value}"\n')
    with pytest.raises(DataFailure, match='"80mm" or "58mm" or "A5" or "A4"'):
        read_settings(file)
