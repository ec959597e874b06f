"""A report as a PDF for a meeting: a page about all, and one for each dinas, on A4."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.clock import local
from kiosk.domain.months import Month
from kiosk.domain.report import ALL, DinasReport, Report, Way
from kiosk.domain.report_words import (
    STAGES,
    Line,
    Names,
    count_words,
    heading,
    lines,
    notes,
    over_time,
    renewal_lines,
    share_words,
    span_words,
    steps,
)
from kiosk.domain.wording import moment_words, month_words
from printing import fonts
from printing.charts import (
    BRICK,
    INK_SOFT,
    KUNYIT,
    LINE,
    SAND,
    SEA,
    SEA_DEEP,
    WHITE,
    Bar,
    Board,
)

WIDTH, HEIGHT = 595.0, 842.0
_LEFT, _WIDTH, _GAP = 40.0, 515.0, 20.0
_HALF = (_WIDTH - _GAP) / 2
_BAND, _FOOT = 74.0, 52.0
_DINAS_SHOWN, _OFFICES_SHOWN, _RANK = 12, 30, 10.5


def render_report(report: Report, names: Names) -> bytes:
    """Return the pages, in the language of the names' texts.

    Raises MissingGlyph when a character cannot be shown.
    """
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 (slow, and rarely needed)

    for face in (fonts.REGULAR, fonts.BOLD):
        fonts.load(face)
    buffer = io.BytesIO()
    texts = names.texts
    canvas = Canvas(buffer, (WIDTH, HEIGHT), invariant=1, pageCompression=1, lang=texts.language)
    canvas.setTitle(f"{texts.say('report.title')} {span_words(report.span, texts)}")
    canvas.setAuthor("Anjungan BPU")
    canvas.setCreator("Anjungan BPU")
    pages = (report.whole, *report.by_dinas)
    for number, dinas in enumerate(pages, 1):
        page = _Page(Board(canvas, HEIGHT), report, dinas, names)
        page.draw(texts.say("report.page", page=number, pages=len(pages)))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Page:
    board: Board
    report: Report
    dinas: DinasReport
    names: Names

    def draw(self, page: str) -> None:
        self._head()
        self._foot(page)
        y = self._figures(_BAND + 12)
        if self.dinas.dinas == ALL:
            self._all(y)
        else:
            self._one(y)

    def _all(self, y: float) -> None:
        y = self._by_dinas(y) + 10
        y = self._columns(y, 112) + 12
        self._funnel(_LEFT, y, _WIDTH - 180 - _GAP, HEIGHT - _FOOT - y)
        left = _LEFT + _WIDTH - 180
        below = self._renewals(left, y, 180) + 10
        self._ranked(Way.OFFICE, left, below, 180, HEIGHT - _FOOT - below)

    def _one(self, y: float) -> None:
        y = self._target(y) + 8
        y = self._columns(y, 74) + 8
        below = max(self._segments(_LEFT, y, _HALF), self._renewals(_LEFT + _HALF + _GAP, y, _HALF))
        y = self._offices(below + 8) + 10
        self._funnel(_LEFT, y, _WIDTH - 200 - _GAP, HEIGHT - _FOOT - y)
        self._ranked(Way.DESA, _LEFT + _WIDTH - 200, y, 200, HEIGHT - _FOOT - y)

    # ------------------------------------------------------------ what stands on every page

    def _head(self) -> None:
        board, report = self.board, self.report
        board.box(0, 0, WIDTH, _BAND, SEA_DEEP)
        board.box(0, _BAND - 4, WIDTH, 4, KUNYIT)
        y = board.text(self._say("report.title"), _LEFT, 7, 10, width=_WIDTH, colour=WHITE)
        title = heading(report, self.dinas, self.names)
        y = board.text(title, _LEFT, y, 19, width=_WIDTH, bold=True, colour=WHITE)
        span = span_words(report.span, self.names.texts)
        if self.dinas.dinas != ALL:
            span = f"{report.place} · {span}"
        board.text(span, _LEFT, y, 11, width=_WIDTH - 150, colour=WHITE)
        if report.practice:
            board.text(
                self._say("report.practice"),
                *(_LEFT + _WIDTH - 200, 7, 10),
                width=200,
                bold=True,
                colour=KUNYIT,
                right=True,
            )

    def _foot(self, page: str) -> None:
        board, y = self.board, HEIGHT - _FOOT + 6
        board.line((_LEFT, y), (_LEFT + _WIDTH, y), LINE, 0.6)
        when = moment_words(local(self.report.made_at), self.names.texts)
        board.text(self._say("report.made", when=when), _LEFT, y + 2, 7, width=_WIDTH - 90)
        board.text(page, _LEFT + _WIDTH - 90, y + 2, 7, width=90, right=True)
        told = " ".join(notes(self.report, self.names.texts))
        board.text(told, _LEFT, y + 11, 6.5, width=_WIDTH, colour=INK_SOFT, shrinks=False)

    def _figures(self, y: float) -> float:
        stages, board = self.dinas.stages, self.board
        width = (_WIDTH - 4 * 8) / len(STAGES)
        for place, name in enumerate(STAGES):
            x, count = _LEFT + place * (width + 8), getattr(stages, name)
            board.box(x, y, width, 52, SAND)
            board.box(x, y, 3, 52, SEA)
            inner = width - 16
            board.text(self._say(f"report.{name}"), x + 10, y + 3, 8, width=inner, colour=INK_SOFT)
            board.text(
                count_words(count), x + 10, y + 14, 19, width=inner, bold=True, colour=SEA_DEEP
            )
            if stages.registered and name in {"slip_out", "paid", "member"}:
                share = share_words(count, stages.registered)
                words = self._say("report.of_registered", share=share)
                board.text(words, x + 10, y + 38, 7, width=inner, colour=INK_SOFT)
        return y + 62

    # ------------------------------------------------------------ charts

    def _by_dinas(self, y: float) -> float:
        y = self.board.heading(self._say("report.by_dinas", year=self._year), _LEFT, y, _WIDTH)
        told = self.report.by_dinas
        if not told:
            return self._nobody(_LEFT, y, _WIDTH)
        bars = [
            Bar(self.names.dinas(one.dinas), one.reached, 0, one.target, _reached(one))
            for one in sorted(told, key=lambda one: (-one.reached, one.dinas))
        ]
        end = self.board.bars(
            bars[:_DINAS_SHOWN], _LEFT, y, _WIDTH, label_width=240, note_width=100
        )
        self.board.key([(BRICK, self._say("report.target_mark"))], _LEFT + 240, end)
        return end + 8

    def _target(self, y: float) -> float:
        one, board = self.dinas, self.board
        words = self._say("report.target", year=self._year)
        if one.target is None:
            told = self._say("report.no_target", year=self._year, reached=count_words(one.reached))
            return board.text(told, _LEFT, y, 9, width=_WIDTH)
        bar = Bar(words, one.reached, 0, one.target, _reached(one))
        return board.bars([bar], _LEFT, y, _WIDTH, label_width=80, note_width=120, row=18)

    def _columns(self, y: float, height: float) -> float:
        told = over_time(self.dinas, self.report.span, self.names)
        days = (self.report.span.end - self.report.span.begin).days < len(told)
        title = self._say("report.by_day" if days else "report.by_month")
        top = self.board.heading(title, _LEFT, y, _WIDTH)
        self._key(_LEFT + _WIDTH - 130, y + 3)
        self.board.columns([_bar(one) for one in told], _LEFT, top + 4, _WIDTH, height)
        return top + 4 + height

    def _key(self, x: float, y: float) -> None:
        self.board.key(
            [
                (SEA, self._say("report.registered").lower()),
                (KUNYIT, self._say("report.paid_part")),
            ],
            x,
            y,
        )

    def _segments(self, x: float, y: float, width: float) -> float:
        y = self.board.heading(self._say("report.by_segment"), x, y, width)
        told = [
            one for one in lines(self.dinas, Way.SEGMENT, self.names, 5) if one.stages.registered
        ]
        if not told:
            return self._nobody(x, y, width)
        return self.board.bars([_bar(one) for one in told], x, y, width, label_width=86)

    def _renewals(self, x: float, y: float, width: float) -> float:
        month = month_words(Month.of(self.report.span.end), self.names.texts)
        y = self.board.heading(self._say("report.renewals", month=month), x, y, width)
        rows = [
            (words, count_words(count))
            for words, count in renewal_lines(self.dinas.renewals, self.names.texts)
        ]
        for words, count in rows:
            self.board.text(words, x, y, 8, width=width - 50)
            self.board.text(count, x + width - 48, y, 8, width=48, bold=True, right=True)
            y += 14
            self.board.line((x, y), (x + width, y), LINE, 0.4)
        return y

    def _funnel(self, x: float, y: float, width: float, height: float) -> None:
        top = self.board.heading(self._say("report.funnel"), x, y, width)
        told = steps(self.dinas, self.names)
        if not told:
            self._nobody(x, top, width)
            return
        row = min(12.0, (y + height - top - 12) / len(told))
        heads = [self._say(f"report.step_{name}") for name in ("reached", "given_up", "seconds")]
        self.board.funnel(
            told,
            heads,
            x=x,
            y=top,
            width=width,
            row=row,
            seconds=lambda count: self._say("report.seconds", count=count),
        )

    # ------------------------------------------------------------ tables

    def _offices(self, y: float) -> float:
        y = self.board.heading(self._say("report.by_office"), _LEFT, y, _WIDTH)
        told = lines(self.dinas, Way.OFFICE, self.names, _OFFICES_SHOWN)
        if not told:
            return self._nobody(_LEFT, y, _WIDTH)
        halves = max(5, (len(told) + 1) // 2)
        shown = (told[:halves], told[halves:])
        ends = [
            self._stages_table(part, _LEFT + place * (_HALF + _GAP), y, _HALF)
            for place, part in enumerate(shown)
            if part
        ]
        return max(ends)

    def _stages_table(self, told: Sequence[Line], x: float, y: float, width: float) -> float:
        figure = 44.0
        heads = ("", *(self._say(f"report.{name}") for name in STAGES[1:]))
        rows = [
            (one.name, *(count_words(getattr(one.stages, name)) for name in STAGES[1:]))
            for one in told
        ]
        widths = (width - figure * 4, *(figure,) * 4)
        return self.board.table(heads, rows, x, y, widths, row=10.5)

    def _ranked(self, way: Way, x: float, y: float, width: float, height: float) -> None:
        """The parts with the most registrations, as many as there is room for."""
        top = self.board.heading(self._say(f"report.by_{way.value}"), x, y, width)
        room = int((y + height - top) / _RANK)
        told = lines(self.dinas, way, self.names, max(room, 2))
        if not told:
            self._nobody(x, top, width)
        for place, one in enumerate(told):
            level = top + place * _RANK
            self.board.text(one.name, x, level, 7.5, width=width - 42)
            count = count_words(one.stages.registered)
            self.board.text(count, x + width - 40, level, 7.5, width=40, right=True)

    def _nobody(self, x: float, y: float, width: float) -> float:
        return self.board.text(self._say("report.nobody"), x, y, 8.5, width=width, colour=INK_SOFT)

    def _say(self, key: str, **values: object) -> str:
        return self.names.texts.say(key, **values)

    @property
    def _year(self) -> int:
        return self.report.span.end.year


def _bar(one: Line) -> Bar:
    return Bar(one.name, one.stages.registered, one.stages.paid)


def _reached(one: DinasReport) -> str:
    if one.target is None:
        return count_words(one.reached)
    share = share_words(one.reached, one.target)
    return f"{count_words(one.reached)} / {count_words(one.target)} · {share}"
