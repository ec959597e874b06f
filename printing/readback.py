"""Looks at a rendered slip as the printer's head will: dot by dot, black or white."""

import math
from threading import Lock
from typing import Any

import pypdfium2
import zxingcpp

from kiosk.domain.failures import KioskFailure
from printing.papers import MM_PER_INCH, ROLL_80

DPI = ROLL_80.dpi
_POINTS_PER_INCH = 72
_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode])
# PDFium must not be entered by two threads at once.
_pdfium = Lock()


class SlipUnreadable(KioskFailure):
    """The codes on the rendered page do not say what they must; the slip must not be printed."""

    def __init__(self, reason: str) -> None:
        super().__init__("P 22", f"slip cannot be read back: {reason}")


def rasterise(pdf: bytes, dpi: int = DPI) -> Any:
    """Return the first page as a grey PIL image, one pixel for each printer dot."""
    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            bitmap = document[0].render(scale=dpi / _POINTS_PER_INCH, grayscale=True)
            return bitmap.to_pil()
        finally:
            document.close()


def media_height_mm(pdf: bytes) -> int:
    """Return the whole millimetres of paper that the first page needs."""
    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            height_points: float = document.get_page_size(0)[1]
        finally:
            document.close()
    return math.ceil(height_points * MM_PER_INCH / _POINTS_PER_INCH)


def bars_width(page: Any) -> int:
    """Return how wide the bars on a page (a grey PIL image) are, in its dots; 0 for none."""
    bars = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128])
    for code in zxingcpp.read_barcodes(page, formats=bars, try_rotate=False):
        width: int = code.position.top_right.x - code.position.top_left.x
        return width
    return 0


def read_codes(page: Any) -> dict[Any, str]:
    """Return what the codes on a PIL image of a page say, by their formats."""
    found = zxingcpp.read_barcodes(
        page,
        formats=_FORMATS,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
        binarizer=zxingcpp.Binarizer.FixedThreshold,
    )
    return {code.format: code.text for code in found}


def check_codes(pdf: bytes, number: str, qr_text: str, dpi: int = DPI) -> None:
    """Read both codes from the page in one pass; raises SlipUnreadable unless they are right."""
    codes = read_codes(rasterise(pdf, dpi))
    if codes.get(zxingcpp.BarcodeFormat.Code128) != number:
        raise SlipUnreadable("the bars are not the number")
    if codes.get(zxingcpp.BarcodeFormat.QRCode) != qr_text:
        raise SlipUnreadable("the QR code is not its text")
