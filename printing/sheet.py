"""An 80 mm roll as a PDF page: blocks are placed one under another, in whole printer dots.

Measures are dots at 203 dpi, from the upper left corner of the paper.
"""

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from printing import codes, fonts
from printing.readback import DPI

PAPER_MM = 80
# 71 of the 72 mm that an 80 mm head can reach: half a millimetre is left for crooked paper.
LEFT, WIDTH = 36, 567
CENTRE = LEFT + WIDTH // 2
RIGHT = LEFT + WIDTH
# A space at which no line is broken; printed and extracted as a plain space.
GLUE = "\u00a0"
_POINTS_PER_DOT = 72 / DPI
_MM_PER_DOT = 25.4 / DPI
_TOP, _BOTTOM = 20, 24
_RULE_SPACE = 10
_GAP = 16

_Draw = Callable[[Any, int], None]


@dataclass(frozen=True, slots=True)
class Type:
    """A face with its size and line height in dots.

    Of `smaller` sizes the first is taken that needs no more than `lines` lines; a text that is too
    long for all of them has more lines, in the smallest.
    """

    face: str
    size: int
    line_height: int
    smaller: tuple[int, ...] = ()
    lines: int = 2


class Sheet:
    """A roll that grows downwards: blocks are placed first, and drawn when its length is known.

    Texts are wrapped and never clipped; every method that takes a text raises MissingGlyph.
    """

    def __init__(self) -> None:
        self._drawings: list[_Draw] = []
        self._y = _TOP

    def space(self, dots: int) -> None:
        """Leave paper white."""
        self._y += dots

    def centred(self, text: str, type_: Type) -> None:
        """Put a text in the middle, its lines each for themselves."""
        self._block(text, type_, LEFT, WIDTH, centred=True)

    def paragraph(self, text: str, type_: Type) -> None:
        """Put a text at the left."""
        self._block(text, type_, LEFT, WIDTH)

    def hanging(
        self, label: str, label_type: Type, text: str, text_type: Type, *, indent: int
    ) -> None:
        """Put a short label at the left and a text beside it, `indent` dots in."""
        label = fonts.printable(label, label_type.face)
        self._line(label, label_type, label_type.size, LEFT, self._y)
        self._block(text, text_type, LEFT + indent, WIDTH - indent)

    def pair(self, left: str, left_type: Type, right: str, right_type: Type) -> None:
        """Put two texts on one line, the right one flush right; a long left one is wrapped."""
        right = fonts.printable(right, right_type.face)
        right_width = math.ceil(fonts.width_of(right, right_type.face, right_type.size))
        drop = max(0, _baseline(right_type, right_type.size) - _baseline(left_type, left_type.size))
        self._line(right, right_type, right_type.size, RIGHT - right_width, self._y)
        self.space(drop)
        self._block(left, left_type, LEFT, WIDTH - right_width - _GAP)

    def rule(self, weight: int, *, dashed: bool = False) -> None:
        """Draw a line across, with white above and below."""
        self.space(_RULE_SPACE)
        y = self._y

        def draw(canvas: Any, paper: int) -> None:
            canvas.setLineWidth(weight)
            canvas.setDash([12, 6] if dashed else [])
            canvas.line(LEFT, paper - y - weight / 2, RIGHT, paper - y - weight / 2)

        self._drawings.append(draw)
        self.space(weight + _RULE_SPACE)

    def digits(self, number: str, type_: Type, *, cell: int, gap: int) -> None:
        """Put digits in equal cells (Lexend has no tabular figures); a space is `gap` wide."""
        x = CENTRE - (cell * len(number) - (cell - gap) * number.count(" ")) // 2
        for digit in number:
            if digit == " ":
                x += gap
                continue
            inset = (cell - fonts.width_of(digit, type_.face, type_.size)) / 2
            self._line(digit, type_, type_.size, x + inset, self._y)
            x += cell
        self.space(type_.line_height)

    def bars(self, number: str, *, height: int) -> None:
        """Draw the Code 128 of `number`."""
        self.space(height)
        y = self._y
        self._drawings.append(
            lambda canvas, paper: codes.draw_code128(
                canvas, number, centre=CENTRE, bottom=paper - y, height=height
            )
        )

    def framed(self, *blocks: tuple[str, Type]) -> None:
        """Put texts in the middle of a thick frame."""
        weight, padding = 6, 14
        top = self._y
        self.space(weight + padding)
        for text, type_ in blocks:
            self._block(text, type_, LEFT + padding, WIDTH - 2 * padding, centred=True)
        self.space(padding + weight)
        bottom = self._y

        def draw(canvas: Any, paper: int) -> None:
            canvas.setLineWidth(weight)
            canvas.setDash([])
            inner = weight / 2
            corner = (LEFT + inner, paper - bottom + inner)
            canvas.rect(*corner, WIDTH - weight, bottom - top - weight, stroke=1, fill=0)

        self._drawings.append(draw)

    def qr(self, text: str, beside: Sequence[str], type_: Type) -> None:
        """Draw a QR code between two rules, at the left, with short paragraphs beside it."""
        quiet = codes.QR_QUIET_DOTS - _RULE_SPACE
        self.space(quiet)
        top = self._y
        bottom = top + codes.QR_SIDE_DOTS
        self._drawings.append(
            lambda canvas, paper: codes.draw_qr(canvas, text, left=LEFT, bottom=paper - bottom)
        )
        indent = codes.QR_SIDE_DOTS + codes.QR_QUIET_DOTS + _RULE_SPACE
        for paragraph in beside:
            self._block(paragraph, type_, LEFT + indent, WIDTH - indent)
            self.space(_RULE_SPACE)
        self._y = max(self._y, bottom + quiet)

    def to_pdf(self, *, title: str, language: str) -> bytes:
        """Return the page, as many whole dots as fit into whole millimetres of paper.

        Its metadata are the title and the language; nothing else is known of the slip there.
        """
        length_mm = math.ceil((self._y + _BOTTOM) * _MM_PER_DOT)
        paper = int(length_mm / _MM_PER_DOT)
        page_size = (_points(int(PAPER_MM / _MM_PER_DOT)), _points(paper))
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=page_size, invariant=1, pageCompression=1, lang=language)
        canvas.setTitle(title)
        canvas.setAuthor("Anjungan BPU")
        canvas.setCreator("Anjungan BPU")
        canvas.setViewerPreference("PrintScaling", "None")
        canvas.scale(_POINTS_PER_DOT, _POINTS_PER_DOT)
        for draw in self._drawings:
            draw(canvas, paper)
        canvas.save()
        return buffer.getvalue()

    def _block(
        self, text: str, type_: Type, left: int, width: int, *, centred: bool = False
    ) -> None:
        size, lines = _fit(fonts.printable(text, type_.face), type_, width)
        for line in lines:
            spare = width - fonts.width_of(line, type_.face, size) if centred else 0.0
            self._line(line, type_, size, left + spare / 2, self._y)
            self.space(type_.line_height)

    def _line(self, text: str, type_: Type, size: int, x: float, top: int) -> None:
        baseline = top + _baseline(type_, size)

        def draw(canvas: Any, paper: int) -> None:
            canvas.setFont(type_.face, size)
            canvas.drawString(x, paper - baseline, text.replace(GLUE, " "))

        self._drawings.append(draw)


def _wrap(text: str, face: str, size: int, width: int) -> list[str]:
    """Break a text into lines no wider than `width`; a word that is wider is broken too."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if fonts.width_of(longer, face, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _break_word(word, face, size, width)
        lines += full
    return [*lines, line]


def _break_word(word: str, face: str, size: int, width: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and fonts.width_of(pieces[-1] + character, face, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _fit(text: str, type_: Type, width: int) -> tuple[int, list[str]]:
    sizes = (type_.size, *type_.smaller)
    for size in sizes:
        lines = _wrap(text, type_.face, size, width)
        if len(lines) <= type_.lines:
            return size, lines
    return sizes[-1], lines


def _baseline(type_: Type, size: int) -> int:
    """Capitals (0.7 of the size in Lexend) stand in the middle of the line's height."""
    return (type_.line_height + round(0.7 * size)) // 2


def _points(dots: int) -> float:
    """Round down: a page a hair over whole dots would be rasterised one dot larger."""
    return math.floor(dots * _POINTS_PER_DOT * 1000) / 1000
