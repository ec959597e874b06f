"""Both codes are read from what every declared printer puts on paper, clean and by a bad camera.

Each printer gets one or two of the slips; raster_matrix.py gives every printer all of them.
"""

import pytest
from raster import DEVICES, SLIPS, WANTED, Device, pdf_of, read_on

from printing import codes
from printing.papers import ROLL_58, ROLL_80, Paper

VIEWS = range(10)
APART = 7
"""From one printer's slip to the next one's: all layouts, languages and names get their turn."""


@pytest.mark.parametrize("place", range(len(DEVICES)), ids=[str(one) for one in DEVICES])
def test_every_printers_slips_are_read(place: int) -> None:
    device = DEVICES[place]
    fine = device.dpi == 600
    turns = (0,) if fine else (0, 12)
    slips = [SLIPS[(APART * place + turn) % len(SLIPS)] for turn in turns]
    rates = read_on(device, slips, VIEWS[:3] if fine else VIEWS)
    assert rates.good, str(rates)


def test_each_printer_that_is_declared_is_among_them() -> None:
    assert {device.dpi for device in DEVICES} == {180, 203, 300, 600}
    assert {device.paper.name for device in DEVICES} == {"80mm", "58mm", "A5", "A4"}


@pytest.mark.parametrize("paper", [ROLL_80, ROLL_58], ids=lambda paper: paper.name)
def test_bars_of_one_dot_less_would_not_be_read_often_enough(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "_WIDEST_BAR_MM", 2 * 25.4 / paper.dpi + 0.001)
    pdf_of.cache_clear()
    rates = read_on(Device(paper, paper.dpi, "pdfium"), SLIPS[:2], range(20))
    pdf_of.cache_clear()
    assert rates.bars < WANTED * rates.views
