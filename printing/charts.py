"""Charts and tables for a page of a report, drawn as vectors with the project's look.

Measures are points from the upper left corner of the page. Texts that are too long get smaller and
are then broken into lines; none is cut.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.domain.report_words import StepLine, count_words
from printing import fonts

SEA, SEA_DEEP, SEA_TINT = "#0B4A50", "#07363B", "#DCECE9"
KUNYIT, KUNYIT_EDGE = "#FFB92E", "#7A4B00"
INK, INK_SOFT, LINE, SAND, BRICK, WHITE = (
    *("#10292C", "#38494B", "#DDD5C5", "#F1EADB", "#8F2114", "#FFFFFF"),
)
SMALLEST = 6.5
Point = tuple[float, float]
_LEADING = 1.25


@dataclass(frozen=True, slots=True)
class Bar:
    """One part: how many, how many of them `inner`, and where its target is, if it has one.

    `note` stands behind it in place of the count.
    """

    name: str
    count: int
    inner: int = 0
    target: int | None = None
    note: str = ""


class Board:
    """Draws on one page; `y` grows downwards."""

    def __init__(self, canvas: Any, height: float) -> None:
        self._canvas = canvas
        self._height = height

    # ------------------------------------------------------------ shapes and texts

    def box(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """Fill a rectangle."""
        if width > 0 and height > 0:
            self._canvas.setFillColor(fill)
            self._canvas.rect(x, self._height - y - height, width, height, stroke=0, fill=1)

    def line(self, start: Point, end: Point, colour: str, weight: float) -> None:
        """Draw a line."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(weight)
        (x, y), (to_x, to_y) = start, end
        self._canvas.line(x, self._height - y, to_x, self._height - to_y)

    def text(
        self,
        words: str,
        x: float,
        y: float,
        size: float,
        *,
        width: float,
        bold: bool = False,
        colour: str = INK,
        right: bool = False,
        middle: bool = False,
        shrinks: bool = True,
    ) -> float:
        """Put a text below `y`; returns where it ends.

        Before it takes two lines it gets smaller, unless it is a paragraph that never `shrinks`.
        """
        face = fonts.BOLD if bold else fonts.REGULAR
        words = fonts.printable(words, face)
        while shrinks and size > SMALLEST and fonts.width_of(words, face, size) > width:
            size -= 0.5
        self._canvas.setFillColor(colour)
        self._canvas.setFont(face, size)
        for line in broken(words, face, size, width):
            y += size * _LEADING
            spare = width - fonts.width_of(line, face, size)
            inset = spare if right else spare / 2 if middle else 0
            self._canvas.drawString(x + inset, self._height - y + size * 0.25, line)
        return y

    def heading(self, words: str, x: float, y: float, width: float) -> float:
        """Put the title of a chart below `y`; returns where the chart begins."""
        return self.text(words, x, y, 10.5, width=width, bold=True, colour=SEA) + 4

    # ------------------------------------------------------------ charts

    def bars(
        self,
        bars: Sequence[Bar],
        x: float,
        y: float,
        width: float,
        *,
        label_width: float,
        note_width: float = 48,
        row: float = 15,
    ) -> float:
        """Draw lying bars, the inner part in yellow and a target as a mark; returns their end."""
        room = width - label_width - note_width - 8
        most = max((max(one.count, one.target or 0) for one in bars), default=0) or 1
        for one in bars:
            self.text(one.name, x, y + 1, 8, width=label_width - 6)
            left, tall = x + label_width, row - 5
            self.box(left, y + 2, room, tall, SAND)
            self.box(left, y + 2, room * one.count / most, tall, SEA)
            self.box(left, y + 2 + tall * 0.25, room * one.inner / most, tall * 0.5, KUNYIT)
            if one.target is not None:
                at = left + room * one.target / most
                self.line((at, y), (at, y + row - 1), BRICK, 1.6)
            note = one.note or count_words(one.count)
            self.text(note, left + room + 6, y + 1, 8, width=note_width, bold=True, right=True)
            y += row
        return y

    def columns(self, bars: Sequence[Bar], x: float, y: float, width: float, height: float) -> None:
        """Draw standing bars over their names, with a scale of whole numbers."""
        most = max((one.count for one in bars), default=0)
        top, steps = scale(most)
        gutter, foot = 26, 12
        room, base = width - gutter, y + height - foot
        for at in range(steps + 1):
            count = top * at // steps
            level = base - (base - y) * at / steps
            self.line((x + gutter, level), (x + width, level), LINE, 0.5)
            words = count_words(count)
            self.text(words, x, level - 6, 7, width=gutter - 4, colour=INK_SOFT, right=True)
        step = room / max(len(bars), 1)
        thick = min(step * 0.7, 34)
        for place, one in enumerate(bars):
            left = x + gutter + step * place + (step - thick) / 2
            tall, inner = (base - y) * one.count / top, (base - y) * one.inner / top
            self.box(left, base - tall, thick, tall, SEA)
            self.box(left + thick * 0.2, base - inner, thick * 0.6, inner, KUNYIT)
            self.text(
                one.name, left - 4, base + 1, 7, width=thick + 8, colour=INK_SOFT, middle=True
            )

    def funnel(
        self,
        lines: Sequence[StepLine],
        heads: Sequence[str],
        *,
        x: float,
        y: float,
        width: float,
        row: float,
        seconds: Callable[[int], str],
    ) -> float:
        """Draw how many reached each step and, at its end in red, who gave up there."""
        size, figure, name = min(7.5, row * 0.68), 42.0, width * 0.27
        room = width - name - 3 * figure - 4
        rights = [x + name + room + 4 + figure * place for place in range(3)]
        for words, left in zip(heads, rights, strict=True):
            self.text(words, left, y, 6.5, width=figure, colour=INK_SOFT, right=True)
        y += 10
        most = max((one.reached for one in lines), default=0) or 1
        for one in lines:
            self.text(one.name, x, y, size, width=name - 4)
            reached, lost = room * one.reached / most, room * one.given_up / most
            self.box(x + name, y + 1.5, room, row - 3.5, SAND)
            self.box(x + name, y + 1.5, reached, row - 3.5, SEA)
            self.box(x + name + reached - lost, y + 1.5, lost, row - 3.5, BRICK)
            figures = (
                count_words(one.reached),
                count_words(one.given_up) if one.given_up else "-",
                "-" if one.seconds is None else seconds(one.seconds),
            )
            for words, left in zip(figures, rights, strict=True):
                self.text(words, left, y, size, width=figure, right=True)
            y += row
        return y

    def key(self, parts: Sequence[tuple[str, str]], x: float, y: float) -> None:
        """Say what the colours are, beside each other."""
        for colour, words in parts:
            self.box(x, y + 2, 8, 6, colour)
            self.text(words, x + 11, y, 7, width=90, colour=INK_SOFT)
            x += 11 + fonts.width_of(words, fonts.REGULAR, 7) + 14

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        x: float,
        y: float,
        widths: Sequence[float],
        *,
        row: float = 12,
    ) -> float:
        """Put a table, its first column at the left and the others flush right; returns its end."""
        whole = sum(widths)
        lines = max(
            len(broken(head, fonts.BOLD, SMALLEST, width - 6))
            for head, width in zip(heads, widths, strict=True)
        )
        tall = row + 2 if lines == 1 else lines * SMALLEST * _LEADING + 4
        self.box(x, y, whole, tall, SEA_TINT)
        self._row(heads, x, y + 1, widths, bold=True)
        y += tall
        for cells in rows:
            self._row(cells, x, y, widths, bold=False)
            y += row
            self.line((x, y), (x + whole, y), LINE, 0.4)
        return y

    def _row(
        self, cells: Sequence[str], x: float, y: float, widths: Sequence[float], *, bold: bool
    ) -> None:
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            self.text(cell, x + 3, y, 7.5, width=width - 6, bold=bold, right=place > 0)
            x += width


def scale(most: int) -> tuple[int, int]:
    """Return a round number that is not less than `most`, and into how many equal whole steps."""
    unit = 1
    while True:
        for times in (1, 2, 3, 4, 5, 6, 8, 10):
            top = times * unit
            if top >= most and top >= 1:
                return top, next(steps for steps in (4, 5, 3, 2, 1) if top % steps == 0)
        unit *= 10


def broken(words: str, face: str, size: float, width: float) -> list[str]:
    """Break a text into lines no wider than `width`; a word that is wider stands alone."""
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and fonts.width_of(longer, face, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
