"""Looks at a finished ESC/POS page before it may be printed: what the printer will make of it."""

from collections.abc import Iterator, Sequence

import zxingcpp
from PIL import Image

from kiosk.domain.registration_number import group_number
from printing import escpos_commands as commands
from printing.escpos_commands import Command
from printing.readback import SlipUnreadable, read_codes

_QUIET_DOTS = 40


def check_codes(page: bytes, number: str, qr_text: str) -> None:
    """Raise SlipUnreadable unless the page says the number once in digits and once in bars, and
    `qr_text` in one QR code. Codes that the page has as pictures are read from them."""
    try:
        found = list(commands.walk(page))
        bars, texts = _native_codes(found)
    except ValueError as error:
        raise SlipUnreadable(str(error)) from None
    for picture in pictures(found):
        codes = read_codes(picture)
        bars += [text for kind, text in codes.items() if kind == zxingcpp.BarcodeFormat.Code128]
        texts += [text for kind, text in codes.items() if kind == zxingcpp.BarcodeFormat.QRCode]
    if bars != [number]:
        raise SlipUnreadable("the bars are not the number")
    if texts != [qr_text]:
        raise SlipUnreadable("the QR code is not its text")
    said = b"\n".join(one.data for one in found if one.word == commands.TEXT)
    if said.count(group_number(number).encode("ascii")) != 1:
        raise SlipUnreadable("the number is not there once")


def _native_codes(found: Sequence[Command]) -> tuple[list[str], list[str]]:
    bars = [commands.read_code128(one.data) for one in found if one.word == commands.BARS]
    stored = [commands.read_qr_code(one.data) for one in found if one.word == commands.CODE]
    drawn = sum(one.ends_a_line for one in found if one.word == commands.CODE)
    texts = [text for text in stored if text is not None]
    if drawn != len(texts):
        raise ValueError("a QR code is stored and not drawn")
    return bars, texts


def pictures(found: Sequence[Command]) -> Iterator[Image.Image]:
    """Yield what is drawn, strips that follow each other as one, with white around it."""
    strips = b""
    width = 0
    for one in (*found, Command(commands.LF)):
        row, dots = commands.read_picture(one.data) if one.word == commands.PICTURE else (0, b"")
        if strips and row != width:
            yield _picture(width, strips)
            strips = b""
        width, strips = row, strips + dots


def _picture(row: int, dots: bytes) -> Image.Image:
    black = Image.frombytes("1", (row * 8, len(dots) // row), bytes(byte ^ 0xFF for byte in dots))
    sheet = Image.new("1", (black.width + 2 * _QUIET_DOTS, black.height + 2 * _QUIET_DOTS), 1)
    sheet.paste(black, (_QUIET_DOTS, _QUIET_DOTS))
    return sheet.convert("L")
