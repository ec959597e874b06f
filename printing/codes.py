"""The slip's two codes, drawn in whole printer dots on a canvas whose unit is one dot."""

import re
from typing import Any

import segno
from barcode.codex import Code128
from barcode.writer import BaseWriter

BAR_DOTS = 3
QUIET_BARS = 10
QR_DOTS = 4
QR_QUIET_DOTS = 4 * QR_DOTS
# Version 8 holds 221 characters at level M and a seal has at most 190: the size never changes.
QR_VERSION = 8
QR_SIDE_DOTS = (17 + 4 * QR_VERSION) * QR_DOTS
# PDFium draws a bar of exactly whole dots one dot too wide and high; a little less comes out right.
_INSET = 0.1


class DotWriter(BaseWriter):  # type: ignore[misc]
    """python-barcode's way onto a ReportLab canvas: bars only, centred on `centre`."""

    def __init__(self, canvas: Any, centre: int, bottom: int) -> None:
        super().__init__(self._begin, self._bar, None, self._finish)
        self._canvas = canvas
        self._centre = centre
        self._bottom = bottom
        self._left = 0

    def _begin(self, code: list[str]) -> None:
        modules = len(code[0]) + 2 * QUIET_BARS
        self._left = self._centre - modules * BAR_DOTS // 2

    def _bar(self, x: int, _y: int, width: int, color: str) -> None:
        if color == self.foreground:
            corner = (self._left + x + _INSET, self._bottom + _INSET)
            size = (width - 2 * _INSET, self.module_height - 2 * _INSET)
            self._canvas.rect(*corner, *size, stroke=0, fill=1)

    def _finish(self) -> None:
        pass


def draw_code128(canvas: Any, number: str, *, centre: int, bottom: int, height: int) -> None:
    """Draw the bars of `number` and nothing else; all measures in dots from the lower left.

    python-barcode drops a leading "99" in silence: whatever is drawn must be read back.
    """
    measures = {
        "module_width": BAR_DOTS,
        "module_height": height,
        "quiet_zone": QUIET_BARS * BAR_DOTS,
        "write_text": False,
    }
    Code128(number, writer=DotWriter(canvas, centre, bottom)).render(measures)


def draw_qr(canvas: Any, text: str, *, left: int, bottom: int) -> None:
    """Draw a QR code of QR_SIDE_DOTS; the caller leaves QR_QUIET_DOTS white on every side."""
    symbol = segno.make_qr(
        text, error="m", version=QR_VERSION, mode="alphanumeric", boost_error=False
    )
    path = canvas.beginPath()
    for row, modules in enumerate(reversed(symbol.matrix)):
        y = bottom + row * QR_DOTS
        for dark in re.finditer(rb"\x01+", modules):
            x = left + dark.start() * QR_DOTS
            path.rect(x, y, len(dark[0]) * QR_DOTS, QR_DOTS)
    canvas.drawPath(path, stroke=0, fill=1)
