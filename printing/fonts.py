"""The slip's typefaces (Lexend), and the refusal to print what they cannot show."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.domain.failures import KioskFailure

REGULAR = "Lexend-Regular"
BOLD = "Lexend-SemiBold"
_FOLDER = Path(__file__).parent.parent / "resources" / "fonts"


class MissingGlyph(KioskFailure):
    """A text holds a character that the slip's typefaces cannot show.

    The message names the character, never the text it stands in.
    """

    def __init__(self, character: str) -> None:
        name = unicodedata.name(character, "unnamed control or unassigned character")
        super().__init__("P 21", f"cannot print U+{ord(character):04X} {name}")


def file_of(face: str) -> Path:
    """Return where a face is."""
    return _FOLDER / f"{face}.ttf"


@cache
def load(face: str) -> Any:
    """Register a face with ReportLab once and return its TTFont."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    font = TTFont(face, str(file_of(face)))
    pdfmetrics.registerFont(font)
    return font


def width_of(text: str, face: str, size: float) -> float:
    """Return the width of one line of text, in the unit of `size`."""
    width: float = load(face).stringWidth(text, size)
    return width


def printable(text: str, face: str) -> str:
    """Return `text` composed (NFC) and with single spaces; raises MissingGlyph.

    Characters that need more than a glyph of their own are refused too: controls, text direction
    marks, and combining marks that do not melt into a letter.
    """
    composed = unicodedata.normalize("NFC", text)
    glyphs = load(face).face.charToGlyph
    for character in composed:
        if ord(character) not in glyphs or unicodedata.category(character)[0] in "CM":
            raise MissingGlyph(character)
    return " ".join(word for word in composed.split(" ") if word)
