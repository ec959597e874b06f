"""Pages in the printer's own language: text in columns, with native bars and QR code.

What callers give are the design dots of printing.sheet; here they become letters of one to three
times their size. A line with a character that no code page of the printer has is drawn instead.
"""

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import assert_never

from PIL import Image, ImageDraw, ImageFont

from printing import codes, fonts
from printing import escpos_commands as commands
from printing.escpos_head import Head
from printing.escpos_readback import check_codes
from printing.sheet import GLUE, Type, fit, scaled

# From so many design dots on letters are twice as high and wide, or twice as high.
_LARGE, _TALL = 48, 30
_MOST_LINES = 2
_HEAVY = 3
_COLUMN_DOTS = 12
_WIDEST_INDENT, _WIDEST_LABEL = 0.27, 0.55
_STEP_IN = 2
_FRAME_SIDE = 2
# Of a drawn line's height, in the size of its letters, and where on it they stand.
_LINE_HEIGHT, _BASELINE = 1.25, 0.78
_LIGHTEST = 127
_SIDE = "side"


@dataclass(frozen=True, slots=True)
class Style:
    """How many times as wide and as tall as they are letters stand, and whether bold."""

    wide: int = 1
    tall: int = 1
    bold: bool = False


_PLAIN = Style()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text that takes `columns` of a line from `column` on.

    Where the line is drawn it is of `face` and at most `size` dots, and ends where the line does if
    `flush_right`.
    """

    text: str
    style: Style
    columns: int
    face: str
    size: int
    column: int = 0
    flush_right: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """Pieces of one line from left to right. `tight`: without white above and below."""

    pieces: tuple[_Piece, ...]
    centred: bool = False
    tight: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    weight: int
    dashed: bool


@dataclass(frozen=True, slots=True)
class _Codes:
    """What stands in the middle by itself: bars or a QR code."""

    raw: bytes


_Block = _Row | _Rule | _Codes | int
"""A number is a space of so many dots."""


class EscposSheet:
    """A roll of text; see printing.sheet.Sheet for its blocks.

    It has one column: what is said to stand side by side comes one under another.
    """

    def __init__(self, head: Head) -> None:
        self._head = head
        self._columns = head.columns
        self._blocks: list[_Block] = []
        self._across = ""

    def space(self, design_dots: int) -> None:
        """Leave paper white."""
        self._blocks.append(design_dots)

    def seam(self) -> None:
        """A roll has no spare room."""

    def columns(self, *fills: Callable[[], None], shares: Sequence[float], gap: int) -> None:
        """Let each of `fills` place its blocks, one under another."""
        for fill in fills:
            fill()
            self.space(gap if len(shares) > 1 else 0)

    def put(self, fill: Callable[[], None]) -> bool:
        """Let `fill` place its blocks: there is always room."""
        fill()
        return True

    def across(self, text: str) -> None:
        """Let a word stand above and below everything, and in every line across."""
        self._across = fonts.printable(text, fonts.BOLD)

    def centred(self, text: str, type_: Type) -> None:
        """Put a text in the middle."""
        self._blocks += [
            _Row((piece,), centred=True) for piece in self._lines(text, type_, 0, self._columns)
        ]

    def paragraph(self, text: str, type_: Type) -> None:
        """Put a text at the left."""
        self._blocks += [_Row((piece,)) for piece in self._lines(text, type_, 0, self._columns)]

    def hanging(
        self, label: str, label_type: Type, text: str, text_type: Type, *, indent: int
    ) -> None:
        """Put a short label at the left and a text beside it."""
        inset = max(round(indent / _COLUMN_DOTS), len(label) + 1)
        self._hanging(label, label_type, text, text_type, inset)

    def fields(
        self, facts: Mapping[str, str], label_type: Type, fact_type: Type, *, indent: int, gap: int
    ) -> None:
        """Put each fact beside its label, all equally far in: `indent`, or what labels need."""
        usual = min(indent // _COLUMN_DOTS, int(self._columns * _WIDEST_INDENT))
        inset = max(usual, max(len(label) for label in facts) + 1)
        for label, fact in facts.items():
            self._hanging(label, label_type, fact, fact_type, inset)
            self.space(gap)

    def pair(self, left: str, left_type: Type, right: str, right_type: Type) -> None:
        """Put two texts on one line, the right one flush right; under the left one if too long."""
        amount = self._flush_right(right, right_type)
        *above, last = self._lines(left, left_type, 0, self._columns)
        if above or last.columns >= amount.column:
            self._blocks += [_Row((one,)) for one in (*above, last, amount)]
        else:
            self._blocks.append(_Row((last, amount)))

    def rule(self, weight: int, *, dashed: bool = False) -> None:
        """Draw a line across."""
        self._blocks.append(_Rule(weight, dashed))

    def digits(self, number: str, type_: Type, *, cell: int, gap: int, centred: bool) -> None:
        """Put digits as large as they fit; a printer's digits have equal cells of their own."""
        wide = max(1, min(3, self._columns // len(number)))
        style = Style(wide, max(2, wide), bold=True)
        columns = len(number) * wide
        piece = _Piece(number, style, columns, type_.face, type_.size)
        self._blocks.append(_Row((piece,), centred=centred))

    def bars(self, number: str, *, height: int, centred: bool) -> None:
        """Draw the Code 128 of `number` in the middle, by the printer where it can."""
        head = self._head
        module = codes.bar_dots(head.dots, head.paper.dpi)
        raw = commands.code128(number, module, height) if head.draws_bars else None
        drawn = raw or commands.picture(codes.code128_image(number, module, height))
        self._blocks.append(_Codes(drawn))

    def framed(self, *blocks: tuple[str, Type]) -> None:
        """Put texts in the middle of a frame of double lines."""
        inner = self._columns - 2 * _FRAME_SIDE
        self._blocks.append(self._line("╔" + "═" * (self._columns - 2) + "╗"))
        for text, type_ in blocks:
            for piece in self._lines(text, type_, _FRAME_SIDE, inner):
                self._blocks.append(self._between_sides(piece))
        self._blocks.append(self._line("╚" + "═" * (self._columns - 2) + "╝"))

    def qr(self, text: str, beside: Sequence[tuple[str, Type]]) -> None:
        """Draw a QR code in the middle, by the printer where it can, with paragraphs under it."""
        quiet = codes.QR_QUIET_MODULES * codes.QR_DOTS
        if self._head.draws_qr:
            raw = commands.qr_code(text, codes.QR_DOTS)
        else:
            raw = commands.picture(codes.qr_image(text, codes.QR_DOTS))
        self._blocks += [quiet, _Codes(raw), quiet]
        for paragraph, type_ in beside:
            self.centred(paragraph, type_)

    def finish(self, *, title: str, language: str) -> bytes:
        """Return the page as the printer takes it, with the cut."""
        edge = [_Rule(_HEAVY, dashed=False)] if self._across else []
        return _Writer(self._head, self._across).write([*edge, *self._blocks, *edge])

    def check_codes(self, page: bytes, number: str, qr_text: str) -> None:
        """Read both codes from the finished page; raises SlipUnreadable unless they are right."""
        check_codes(page, number, qr_text)

    def _hanging(
        self, label: str, label_type: Type, text: str, text_type: Type, inset: int
    ) -> None:
        if inset > self._columns * _WIDEST_LABEL:
            self.paragraph(label, label_type)
            label, inset = "", _STEP_IN
        first, *more = self._lines(text, text_type, inset, self._columns - inset)
        labelled = self._lines(label, label_type, 0, inset - 1) if label else []
        self._blocks.append(_Row((*labelled, first)))
        self._blocks += [_Row((piece,)) for piece in more]

    def _lines(self, text: str, type_: Type, column: int, room: int) -> list[_Piece]:
        """Return the lines of a text that may take so many columns."""
        text = fonts.printable(text, type_.face)
        paper = self._head.paper
        own = scaled(type_, paper.scales[0], paper.smallest_type)
        if self._head.charset.shows(text.replace(GLUE, " ")):
            style, lines = _fit_columns(text, type_, room)
            sized = [(line, own.size, len(line) * style.wide) for line in lines]
        else:
            size, lines = fit(text, own, room * self._head.cell)
            style = _PLAIN
            widths = [fonts.width_of(line, own.face, size) / self._head.cell for line in lines]
            sized = [(line, size, math.ceil(w)) for line, w in zip(lines, widths, strict=True)]
        return [
            _Piece(line.replace(GLUE, " "), style, columns, own.face, size, column)
            for line, size, columns in sized
        ]

    def _flush_right(self, text: str, type_: Type) -> _Piece:
        piece, *more = self._lines(text, type_, 0, self._columns)
        if more:
            return piece
        return replace(piece, column=self._columns - piece.columns, flush_right=True)

    def _between_sides(self, piece: _Piece) -> _Row:
        side = _Piece("║", Style(tall=piece.style.tall), 1, _SIDE, 0)
        middle = replace(piece, column=(self._columns - piece.columns) // 2)
        return _Row((side, middle, replace(side, column=self._columns - 1)), tight=True)

    def _line(self, text: str) -> _Row:
        return _Row((_Piece(text, _PLAIN, len(text), fonts.REGULAR, 0),), tight=True)


class _Writer:
    """Writes blocks, and knows how the printer was last told to print."""

    def __init__(self, head: Head, across: str) -> None:
        self._head = head
        self._across = across
        self._page = ""
        self._centred = False
        self._tight = False
        self._style = _PLAIN
        self._out = [commands.INIT]

    def write(self, blocks: Sequence[_Block]) -> bytes:
        """Return the page."""
        for block in blocks:
            match block:
                case _Row():
                    self._row(block)
                case _Rule():
                    self._row(self._rule(block))
                case _Codes(raw):
                    self._align(centred=True)
                    self._out.append(raw)
                case int():
                    self._out += [commands.feed(block)] if block else []
                case _:
                    assert_never(block)
        return b"".join([*self._out, self._head.cut])

    def _rule(self, rule: _Rule) -> _Row:
        sign = "-" if rule.dashed else "═" if rule.weight >= _HEAVY else "─"
        said = f"{sign * 2} {self._across} " if self._across else "- " if rule.dashed else sign
        columns = self._head.columns
        text = (said * (columns // len(said))).ljust(columns, sign if self._across else " ")
        return _Row((_Piece(text, _PLAIN, columns, fonts.REGULAR, 0),), tight=True)

    def _row(self, row: _Row) -> None:
        self._align(centred=row.centred)
        if not all(self._head.charset.shows(piece.text) for piece in row.pieces):
            self._out.append(commands.picture(_drawn(row, self._head)))
            return
        if row.tight != self._tight:
            self._tight = row.tight
            self._out.append(commands.TIGHT if row.tight else commands.LOOSE)
        column = 0
        for piece in row.pieces:
            if not row.centred and piece.column > column:
                self._say(" " * (piece.column - column), replace(_PLAIN, tall=piece.style.tall))
            self._say(piece.text, piece.style)
            column = piece.column + piece.columns
        self._out.append(commands.LF)

    def _say(self, text: str, style: Style) -> None:
        if style != self._style:
            self._style = style
            self._out.append(commands.letters(style.wide, style.tall, bold=style.bold))
        for page, encoded in self._head.charset.encode(text, self._page):
            if page != self._page:
                self._page = page
                self._out.append(commands.code_page(self._head.charset.slot(page)))
            self._out.append(encoded)

    def _align(self, *, centred: bool) -> None:
        if centred != self._centred:
            self._centred = centred
            self._out.append(commands.align(centred))


def _styles(type_: Type) -> tuple[Style, ...]:
    """Return how a type stands in a printer's own letters, the largest first."""
    bold = type_.face == fonts.BOLD
    if type_.size >= _LARGE:
        return Style(2, 2, bold), Style(1, 2, bold)
    return (Style(1, 2 if type_.size >= _TALL else 1, bold),)


def _fit_columns(text: str, type_: Type, room: int) -> tuple[Style, list[str]]:
    """Return the largest style in which no word is broken and two lines are enough, and them."""
    *larger, smallest = _styles(type_)
    for style in larger:
        columns = room // style.wide
        lines = _wrap(text, columns)
        if len(lines) <= _MOST_LINES and max(map(len, text.split(" "))) <= columns:
            return style, lines
    return smallest, _wrap(text, room // smallest.wide)


def _wrap(text: str, columns: int) -> list[str]:
    return textwrap.wrap(text, columns, break_on_hyphens=False) or [""]


def _drawn(row: _Row, head: Head) -> Image.Image:
    """Draw a line in the typefaces of the other papers."""
    height = math.ceil(max(piece.size for piece in row.pieces) * _LINE_HEIGHT)
    picture = Image.new("L", (head.dots, height), 255)
    canvas = ImageDraw.Draw(picture)
    for piece in row.pieces:
        if piece.face == _SIDE:
            _draw_side(canvas, piece.column * head.cell, head.cell, height)
            continue
        room = head.dots if row.centred else piece.columns * head.cell
        size = piece.size
        while size > 1 and fonts.width_of(piece.text, piece.face, size) > room:
            size -= 1
        width = fonts.width_of(piece.text, piece.face, size)
        x = (head.dots - width) / 2 if row.centred else float(piece.column * head.cell)
        if piece.flush_right:
            x = head.columns * head.cell - width
        canvas.text((x, height * _BASELINE), piece.text, 0, _font(piece.face, size), anchor="ls")
    return picture.point(lambda grey: 255 if grey > _LIGHTEST else 0).convert("1")


def _draw_side(canvas: ImageDraw.ImageDraw, left: int, width: int, height: int) -> None:
    for x in (left + width // 3, left + 2 * width // 3):
        canvas.rectangle((x - 1, 0, x, height), fill=0)


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(fonts.file_of(face), size)
