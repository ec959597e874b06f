"""The slip's two codes, drawn in whole printer dots on a canvas whose unit is one dot."""

import re
from dataclasses import dataclass
from typing import Any

import segno
from barcode.codex import Code128
from barcode.writer import BaseWriter
from PIL import Image

from printing.papers import MM_PER_INCH

QUIET_BARS = 10
# Twelve digits in set C: start, six pairs, check symbol and stop.
BAR_MODULES = 11 + 6 * 11 + 11 + 13
# 3 dots at 203 dpi; 5 at 300 dpi, which are whole dots at 360, 600, 720 and 1200 dpi too.
_WIDEST_BAR_MM = 0.43
# One dot is lost in any printer's ink or heat.
_FEWEST_BAR_DOTS = 2
BAR_DOTS = 3
# Version 8 holds 221 characters at level M and a seal has at most 190: the size never changes.
QR_VERSION = 8
QR_MODULES = 17 + 4 * QR_VERSION
QR_QUIET_MODULES = 4
QR_DOTS = 4
QR_SIDE_DOTS = QR_MODULES * QR_DOTS
# PDFium draws a bar of exactly whole dots one dot too wide and high; a little less comes out right.
_INSET = 0.1


class DotWriter(BaseWriter):  # type: ignore[misc]
    """python-barcode's way onto a ReportLab canvas: bars only, centred on `centre`."""

    def __init__(self, canvas: Any, dots: int, centre: int, bottom: int) -> None:
        super().__init__(self._begin, self._bar, None, self._finish)
        self._canvas = canvas
        self._dots = dots
        self._centre = centre
        self._bottom = bottom
        self._left = 0

    def _begin(self, code: list[str]) -> None:
        modules = len(code[0]) + 2 * QUIET_BARS
        self._left = self._centre - modules * self._dots // 2

    def _bar(self, x: int, _y: int, width: int, color: str) -> None:
        if color == self.foreground:
            corner = (self._left + x + _INSET, self._bottom + _INSET)
            size = (width - 2 * _INSET, self.module_height - 2 * _INSET)
            self._canvas.rect(*corner, *size, stroke=0, fill=1)

    def _finish(self) -> None:
        pass


def bar_dots(room: int, dpi: int, white: int = 0) -> int:
    """Return the dots of the bars' module: the most, up to 0.43 mm, that fit with the quiet zones.

    The bars themselves stay within `room`, their quiet zones may take the `white` beside it.
    Raises ValueError where there is no place for bars that a scanner could read.
    """
    fitting = min(room // BAR_MODULES, (room + white) // (BAR_MODULES + 2 * QUIET_BARS))
    if fitting < _FEWEST_BAR_DOTS:
        raise ValueError(f"no room for bars in {room} dots")
    return min(fitting, int(_WIDEST_BAR_MM * dpi / MM_PER_INCH))


def draw_code128(
    canvas: Any, number: str, dots: int = BAR_DOTS, *, centre: int, bottom: int, height: int
) -> None:
    """Draw the bars of `number` and nothing else, `dots` a module; measured from the lower left.

    python-barcode drops a leading "99" in silence: whatever is drawn must be read back.
    """
    measures = {
        "module_width": dots,
        "module_height": height,
        "quiet_zone": QUIET_BARS * dots,
        "write_text": False,
    }
    Code128(number, writer=DotWriter(canvas, dots, centre, bottom)).render(measures)


def draw_qr(canvas: Any, text: str, dots: int = QR_DOTS, *, left: int, bottom: int) -> None:
    """Draw a QR code of `dots` a module; the caller leaves QR_QUIET_MODULES white around."""
    path = canvas.beginPath()
    for row, modules in enumerate(reversed(_qr_matrix(text))):
        y = bottom + row * dots
        for dark in re.finditer(rb"\x01+", modules):
            x = left + dark.start() * dots
            path.rect(x, y, len(dark[0]) * dots, dots)
    canvas.drawPath(path, stroke=0, fill=1)


@dataclass(frozen=True, slots=True)
class Run:
    """Dark modules side by side, counted from the upper left of a code without its quiet zone."""

    x: int
    y: int
    length: int


def number_runs(number: str) -> tuple[Run, ...]:
    """Return the QR code of a registration number and nothing else, to be shown on a screen.

    It has 21 modules a side; QR_QUIET_MODULES around it stay white.
    """
    symbol = segno.make_qr(number, error="q", version=1, mode="numeric", boost_error=False)
    return tuple(
        Run(dark.start(), y, len(dark[0]))
        for y, modules in enumerate(symbol.matrix)
        for dark in re.finditer(rb"\x01+", modules)
    )


def code128_image(number: str, dots: int, height: int) -> Image.Image:
    """Return the bars of `number` in black and white, without the quiet zones.

    As with draw_code128, what is drawn must be read back.
    """
    (modules,) = Code128(number).build()
    return _image([modules], dots).resize((len(modules) * dots, height))


def qr_image(text: str, dots: int) -> Image.Image:
    """Return a QR code in black and white, without the white around it."""
    return _image(["".join(map(str, row)) for row in _qr_matrix(text)], dots)


def _image(rows: list[str], dots: int) -> Image.Image:
    """Draw modules, "1" being a dark one, `dots` wide and high."""
    picture = Image.new("1", (len(rows[0]), len(rows)), 1)
    picture.putdata([255 if module == "0" else 0 for row in rows for module in row])
    return picture.resize((picture.width * dots, picture.height * dots))


def _qr_matrix(text: str) -> tuple[bytearray, ...]:
    symbol = segno.make_qr(
        text, error="m", version=QR_VERSION, mode="alphanumeric", boost_error=False
    )
    matrix: tuple[bytearray, ...] = symbol.matrix
    return matrix
