"""Pages of paper as a PDF: blocks are placed one under another, in whole printer dots.

What callers give is in design dots (203 to the inch on an 80 mm roll); a sheet scales it to its
own paper. Places on the page are dots of that paper from its upper left corner.
"""

import io
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from printing import codes, fonts
from printing.papers import MM_PER_INCH, Paper
from printing.readback import check_codes

# A space at which no line is broken; printed and extracted as a plain space.
GLUE = "\u00a0"
_POINTS_PER_INCH = 72
_RULE_SPACE = 10
_GAP = 16
_WIDEST_INDENT = 0.27
# Of the page's width: how wide a word across it is, and how far one is below the other.
_ACROSS_WIDTH, _ACROSS_STEP = 0.8, 0.55
_ACROSS_ANGLE, _ACROSS_GREY = 24, 0.8
_CAPITALS = 0.7

_Draw = Callable[[Any, int], None]


@dataclass(frozen=True, slots=True)
class Type:
    """A face with its size and line height in design dots.

    Of `smaller` sizes the first is taken that needs no more than `lines` lines; for a text that is
    too long for all of them, the one that needs the fewest.
    """

    face: str
    size: int
    line_height: int
    smaller: tuple[int, ...] = ()
    lines: int = 2


class Sheet:
    """Blocks are placed first, and drawn when it is known how much room they need together.

    A roll is as long as its blocks; on a page of fixed height the room that is left goes to the
    seams. Texts are wrapped and never clipped; every method that takes a text raises MissingGlyph.
    """

    def __init__(self, paper: Paper, scale: float) -> None:
        self._paper = paper
        self._scale = scale
        self._left = paper.left
        self._width = paper.width
        self._y = paper.top
        self._across = ""
        self._drawings: list[_Draw] = []
        self._seams: list[int] = []

    @property
    def spare(self) -> int:
        """The dots that are left on a page of fixed height; less than none if it is too full."""
        if self._paper.height_mm is None:
            return 0
        height = self._paper.whole_dots(self._paper.height_mm)
        return height - self._paper.bottom - self._y

    def space(self, design_dots: int) -> None:
        """Leave paper white."""
        self._y += self._dots(design_dots)

    def seam(self) -> None:
        """Let a share of the spare room of the page be here; not inside of columns."""
        self._seams.append(len(self._drawings))

    def columns(self, *fills: Callable[[], None], shares: Sequence[float], gap: int) -> None:
        """Let each of `fills` place its blocks in a column of its own, side by side.

        `shares` are the columns' parts of the width and come to 1.
        """
        left, width, top = self._left, self._width, self._y
        gap = self._dots(gap)
        room = width - gap * (len(fills) - 1)
        lowest = top
        for fill, share in zip(fills, shares, strict=True):
            self._width, self._y = int(room * share), top
            fill()
            lowest = max(lowest, self._y)
            self._left += self._width + gap
        self._left, self._width, self._y = left, width, lowest

    def across(self, text: str) -> None:
        """Let a word stand slanting and pale across the whole page, behind everything."""
        self._across = fonts.printable(text, fonts.BOLD)

    def centred(self, text: str, type_: Type) -> None:
        """Put a text in the middle, its lines each for themselves."""
        self._block(text, self._own(type_), self._left, self._width, centred=True)

    def paragraph(self, text: str, type_: Type) -> None:
        """Put a text at the left."""
        self._block(text, self._own(type_), self._left, self._width)

    def hanging(
        self, label: str, label_type: Type, text: str, text_type: Type, *, indent: int
    ) -> None:
        """Put a short label at the left and a text beside it, `indent` in."""
        self._hanging(label, self._own(label_type), text, self._own(text_type), self._dots(indent))

    def fields(
        self, facts: Mapping[str, str], label_type: Type, fact_type: Type, *, indent: int, gap: int
    ) -> None:
        """Put each fact beside its label, all equally far in: `indent`, or what labels need."""
        label_type, fact_type = self._own(label_type), self._own(fact_type)
        widest = max(fonts.width_of(label, label_type.face, label_type.size) for label in facts)
        usual = min(self._dots(indent), int(self._width * _WIDEST_INDENT))
        inset = max(usual, math.ceil(widest) + self._dots(_GAP))
        for label, fact in facts.items():
            self._hanging(label, label_type, fact, fact_type, inset)
            self.space(gap)

    def pair(self, left: str, left_type: Type, right: str, right_type: Type) -> None:
        """Put two texts on one line, the right one flush right; under the left one if too long."""
        left_type, right_type = self._own(left_type), self._own(right_type)
        right = fonts.printable(right, right_type.face)
        right_width = math.ceil(fonts.width_of(right, right_type.face, right_type.size))
        right_x = self._left + self._width - right_width
        room = self._width - right_width - self._dots(_GAP)
        if fonts.width_of(left, left_type.face, left_type.size) > room:
            self._block(left, left_type, self._left, self._width)
            self._line(right, right_type, right_type.size, right_x, self._y)
            self._y += right_type.line_height
            return
        self._line(right, right_type, right_type.size, right_x, self._y)
        drop = _baseline(right_type, right_type.size) - _baseline(left_type, left_type.size)
        self._y += max(0, drop)
        self._block(left, left_type, self._left, self._width)

    def rule(self, weight: int, *, dashed: bool = False) -> None:
        """Draw a line across, with white above and below."""
        self.space(_RULE_SPACE)
        y, left, right = self._y, self._left, self._left + self._width
        thick = self._dots(weight)
        dash = [self._dots(12), self._dots(6)] if dashed else []

        def draw(canvas: Any, top: int) -> None:
            canvas.setLineWidth(thick)
            canvas.setDash(dash)
            canvas.line(left, top - y - thick / 2, right, top - y - thick / 2)

        self._drawings.append(draw)
        self._y += thick
        self.space(_RULE_SPACE)

    def digits(self, number: str, type_: Type, *, cell: int, gap: int, centred: bool) -> None:
        """Put digits in equal cells (Lexend has no tabular figures); a space is `gap` wide.

        All of it shrinks to the width that there is.
        """
        gaps = number.count(" ")
        cells = len(number) - gaps
        shrink = min(self._scale, self._width / (cell * cells + gap * gaps))
        own = self._own(type_, shrink)
        cell, gap = int(cell * shrink), int(gap * shrink)
        spare = self._width - cell * cells - gap * gaps
        x = self._left + spare // 2 if centred else self._left
        for digit in number:
            if digit == " ":
                x += gap
                continue
            inset = (cell - fonts.width_of(digit, own.face, own.size)) / 2
            self._line(digit, own, own.size, x + inset, self._y)
            x += cell
        self._y += own.line_height

    def bars(self, number: str, *, height: int, centred: bool) -> None:
        """Draw the Code 128 of `number` in the middle, or flush right (white margin beside it)."""
        tall = self._dots(height)
        self._y += tall
        across = self._width == self._paper.width
        dots = codes.bar_dots(self._width, self._paper.dpi, self._paper.white * across)
        half = self._width - self._width // 2 if centred else codes.BAR_MODULES * dots // 2
        y, centre = self._y, self._left + self._width - half
        wide = (codes.BAR_MODULES + 2 * codes.QUIET_BARS) * dots

        def draw(canvas: Any, top: int) -> None:
            self._clear(canvas, centre - wide // 2, top - y, wide, tall)
            codes.draw_code128(canvas, number, dots, centre=centre, bottom=top - y, height=tall)

        self._drawings.append(draw)

    def framed(self, *blocks: tuple[str, Type]) -> None:
        """Put texts in the middle of a thick frame."""
        weight, padding = self._dots(6), self._dots(14)
        above, left, width = self._y, self._left, self._width
        self._y += weight + padding
        for text, type_ in blocks:
            room = width - 2 * padding
            self._block(text, self._own(type_), left + padding, room, centred=True)
        self._y += padding + weight
        below = self._y

        def draw(canvas: Any, top: int) -> None:
            canvas.setLineWidth(weight)
            canvas.setDash([])
            inner = weight / 2
            corner = (left + inner, top - below + inner)
            canvas.rect(*corner, width - weight, below - above - weight, stroke=1, fill=0)

        self._drawings.append(draw)

    def qr(self, text: str, beside: Sequence[tuple[str, Type]]) -> None:
        """Draw a QR code below a rule and above one, with short paragraphs beside it.

        Where the paper is too narrow for that, the code is in the middle and they are under it.
        """
        dots = self._dots(codes.QR_DOTS)
        side, quiet = codes.QR_MODULES * dots, codes.QR_QUIET_MODULES * dots
        rule_space = self._dots(_RULE_SPACE)
        indent = side + quiet + rule_space
        narrow = self._width - indent < side
        left = self._left + (self._width - side) // 2 if narrow else self._left
        self._y += quiet - rule_space
        bottom = self._y + side
        # A dot less than the quiet zone, for a rule begins where it ends.
        around = quiet - 1

        def draw(canvas: Any, top: int) -> None:
            whole = side + 2 * around
            self._clear(canvas, left - around, top - bottom - around, whole, whole)
            codes.draw_qr(canvas, text, dots, left=left, bottom=top - bottom)

        self._drawings.append(draw)
        if narrow:
            indent, self._y = 0, bottom + quiet
        for paragraph, type_ in beside:
            room = self._width - indent
            self._block(paragraph, self._own(type_), self._left + indent, room, centred=narrow)
            self._y += rule_space
        self._y = max(self._y, bottom + quiet - rule_space)

    def put(self, fill: Callable[[], None]) -> bool:
        """Let `fill` place its blocks if they fit on the page; if not, nothing is placed."""
        y, drawings, seams = self._y, len(self._drawings), len(self._seams)
        fill()
        if self.spare >= 0:
            return True
        self._y = y
        del self._drawings[drawings:], self._seams[seams:]
        return False

    def finish(self, *, title: str, language: str) -> bytes:
        """Return the page as a PDF; see to_pdf()."""
        return to_pdf([self], title=title, language=language)

    def check_codes(self, page: bytes, number: str, qr_text: str) -> None:
        """Read both codes from the finished page; raises SlipUnreadable unless they are right."""
        check_codes(page, number, qr_text, self._paper.dpi)

    def draw(self, canvas: Any) -> None:
        """Draw the page, as many whole dots as fit into the millimetres of the paper."""
        paper = self._paper
        needed_mm = math.ceil((self._y + paper.bottom) * MM_PER_INCH / paper.dpi)
        width = paper.whole_dots(paper.width_mm)
        height = paper.whole_dots(paper.height_mm or needed_mm)
        canvas.setPageSize((self._points(width), self._points(height)))
        canvas.scale(_POINTS_PER_INCH / paper.dpi, _POINTS_PER_INCH / paper.dpi)
        if self._across:
            self._draw_across(canvas, width, height)
        for position, draw in enumerate(self._drawings):
            draw(canvas, height - self._stretch(position))
        canvas.showPage()

    def _clear(self, canvas: Any, left: int, bottom: int, width: int, height: int) -> None:
        """Take the word across the page away from where a code is: in sparse dots, as pictures
        have it, it would make the code unreadable."""
        if self._across:
            canvas.saveState()
            canvas.setFillGray(1)
            canvas.rect(left, bottom, width, height, stroke=0, fill=1)
            canvas.restoreState()

    def _draw_across(self, canvas: Any, width: int, height: int) -> None:
        size = int(width * _ACROSS_WIDTH / fonts.width_of(self._across, fonts.BOLD, 1))
        canvas.saveState()
        canvas.setFillGray(_ACROSS_GREY)
        canvas.setFont(fonts.BOLD, size)
        step = width * _ACROSS_STEP
        for line in range(math.ceil(height / step) + 1):
            canvas.saveState()
            canvas.translate(width / 2, height - line * step)
            canvas.rotate(_ACROSS_ANGLE)
            canvas.drawCentredString(0, -size * _CAPITALS / 2, self._across)
            canvas.restoreState()
        canvas.restoreState()

    def _stretch(self, position: int) -> int:
        """How far the seams before a drawing push it down."""
        if not self._seams:
            return 0
        passed = sum(seam <= position for seam in self._seams)
        return self.spare * passed // len(self._seams)

    def _dots(self, design_dots: int) -> int:
        return round(design_dots * self._scale)

    def _own(self, type_: Type, scale: float | None = None) -> Type:
        return scaled(type_, scale or self._scale, self._paper.smallest_type)

    def _points(self, dots: int) -> float:
        """Stay below: a page a hair over whole dots would be rasterised one dot larger."""
        thousandths = round(dots * _POINTS_PER_INCH / self._paper.dpi * 1000, 6)
        return (math.ceil(thousandths) - 1) / 1000

    def _hanging(self, label: str, label_type: Type, text: str, own: Type, indent: int) -> None:
        label = fonts.printable(label, label_type.face)
        self._line(label, label_type, label_type.size, self._left, self._y)
        self._block(text, own, self._left + indent, self._width - indent)

    def _block(self, text: str, own: Type, left: int, width: int, *, centred: bool = False) -> None:
        size, lines = fit(fonts.printable(text, own.face), own, width)
        for line in lines:
            spare = width - fonts.width_of(line, own.face, size) if centred else 0.0
            self._line(line, own, size, left + spare / 2, self._y)
            self._y += own.line_height

    def _line(self, text: str, own: Type, size: int, x: float, above: int) -> None:
        baseline = above + _baseline(own, size)

        def draw(canvas: Any, top: int) -> None:
            canvas.setFont(own.face, size)
            canvas.drawString(x, top - baseline, text.replace(GLUE, " "))

        self._drawings.append(draw)


def to_pdf(sheets: Sequence[Sheet], *, title: str, language: str) -> bytes:
    """Return the pages.

    Their metadata are the title and the language; nothing else is known of the slip there.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1, lang=language)
    canvas.setTitle(title)
    canvas.setAuthor("Anjungan BPU")
    canvas.setCreator("Anjungan BPU")
    canvas.setViewerPreference("PrintScaling", "None")
    for sheet in sheets:
        sheet.draw(canvas)
    canvas.save()
    return buffer.getvalue()


@cache
def scaled(type_: Type, scale: float, smallest: int) -> Type:
    """Return a type in dots of a paper on which no letter is smaller than `smallest`."""

    def size(design_dots: int) -> int:
        return max(smallest, round(design_dots * scale))

    return Type(
        type_.face,
        size(type_.size),
        round(type_.line_height * scale),
        tuple(size(one) for one in type_.smaller),
        type_.lines,
    )


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


def fit(text: str, type_: Type, width: int) -> tuple[int, list[str]]:
    """Return the size in which a text is set, and its lines, none wider than `width`."""
    fitted = []
    for size in (type_.size, *type_.smaller):
        fitted.append((size, _wrap(text, type_.face, size, width)))
        if len(fitted[-1][1]) <= type_.lines:
            return fitted[-1]
    return min(fitted, key=lambda size_and_lines: len(size_and_lines[1]))


def _baseline(type_: Type, size: int) -> int:
    """Capitals (0.7 of the size in Lexend) stand in the middle of the line's height."""
    return (type_.line_height + round(_CAPITALS * size)) // 2
