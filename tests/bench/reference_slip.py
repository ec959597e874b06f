"""The same slip as a straightforward ReportLab script draws it: one call for each thing."""

import io
import json
from pathlib import Path
from typing import Any

import segno
from reportlab.graphics.barcode.code128 import Code128
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
for face in ("Lexend-Regular", "Lexend-SemiBold"):
    pdfmetrics.registerFont(TTFont(face, FONTS / f"{face}.ttf"))


def read_drawing(file: Path) -> dict[str, Any]:
    """Read what slip_drawing.py wrote."""
    drawing: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return drawing


def draw(drawing: dict[str, Any]) -> bytes:
    """Draw the texts, lines, frames and both codes; returns the PDF."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=drawing["page"])
    for x, y, face, size, text in drawing["texts"]:
        canvas.setFont(face, size)
        canvas.drawString(x, y, text)
    for x1, y1, x2, y2, weight in drawing["lines"]:
        canvas.setLineWidth(weight)
        canvas.line(x1, y1, x2, y2)
    for x, y, width, height, weight in drawing["frames"]:
        canvas.setLineWidth(weight)
        canvas.rect(x, y, width, height)
    _draw_bars(canvas, **drawing["bars"])
    _draw_qr(canvas, **drawing["qr"])
    canvas.save()
    return buffer.getvalue()


def _draw_bars(
    canvas: Canvas, text: str, *, unit: float, centre: float, bottom: float, height: float
) -> None:
    bars = Code128(text, barWidth=unit, barHeight=height, quiet=0)
    bars.drawOn(canvas, centre - bars.width / 2, bottom)


def _draw_qr(canvas: Canvas, text: str, *, side: float, left: float, bottom: float) -> None:
    matrix = segno.make(text, error="m", micro=False).matrix
    module = side / len(matrix)
    for row, modules in enumerate(matrix):
        for column, dark in enumerate(modules):
            if dark:
                x, y = left + column * module, bottom + side - (row + 1) * module
                canvas.rect(x, y, module, module, stroke=0, fill=1)


def read_back(pdf: bytes, dpi: int) -> set[str]:
    """Return the texts of all codes on the page."""
    # Here, because the process whose memory is compared only writes the slip.
    import pypdfium2
    from zxingcpp import BarcodeFormat, BarcodeFormats, read_barcodes

    image = pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72).to_pil()
    formats = BarcodeFormats([BarcodeFormat.Code128, BarcodeFormat.QRCode])
    return {code.text for code in read_barcodes(image, formats=formats)}
