"""What an ESC/POS printer makes of the bytes it gets: text, and a picture of the paper.

Written from the command reference alone: it shares nothing with the code it judges. The codes of a
page are drawn by zxing-cpp, which the kiosk only reads with.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import distribution

import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFont

CELL, HEIGHT, LINE = 12, 24, 30
_WHOLE = Image.Resampling.NEAREST
LINE_SIGNS = {"─": "lr", "═": "LR", "║": "UD", "╔": "RD", "╗": "LD", "╚": "RU", "╝": "LU"}


@cache
def code_pages(profile: str) -> dict[int, str]:
    """Python's codec for each code page of a model, by the number that the model calls it."""
    known = json.loads(distribution("python-escpos").read_text("../escpos/capabilities.json") or "")
    names = known["profiles"][profile]["codePages"].items()
    codecs = ((int(slot), known["encodings"][name].get("python_encode")) for slot, name in names)
    return {slot: codec for slot, codec in codecs if codec}


class Garbage(Exception):
    """The printer was sent something that it does not understand, or cannot print."""


@dataclass(frozen=True)
class Style:
    wide: int
    tall: int
    bold: bool


@dataclass
class Paper:
    """What has come out: `lines` as text, `codes` as texts, `picture` as dots."""

    dots: int
    lines: list[str] = field(default_factory=list)
    bars: list[tuple[str, int]] = field(default_factory=list)
    qr: list[tuple[str, int]] = field(default_factory=list)
    parts: list[Image.Image] = field(default_factory=list)
    cuts: int = 0
    rastered: int = 0

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.lines).split())

    @property
    def height(self) -> int:
        return sum(part.height for part in self.parts)

    @property
    def picture(self) -> Image.Image:
        """The paper with a margin of 3 mm at each side."""
        margin = 24
        picture = Image.new("L", (self.dots + 2 * margin, self.height + 2 * margin), 255)
        y = margin
        for part in self.parts:
            picture.paste(part, (margin, y))
            y += part.height
        return picture.convert("1")


class Interpreter:
    """Reads one byte after another; `answer` gets what the printer says to GS r.

    `on_line` is called before each thing that is put on paper.
    """

    def __init__(
        self,
        dots: int,
        profile: str = "default",
        answer: Callable[[bytes], None] = lambda _: None,
        on_line: Callable[[], None] = lambda: None,
    ) -> None:
        self.dots = dots
        self._code_pages = code_pages(profile)
        self.pages = [Paper(dots)]
        self._answer = answer
        self._on_line = on_line
        self._bytes = bytearray()
        self._reset()

    @property
    def paper(self) -> Paper:
        return self.pages[-1]

    @property
    def waits(self) -> bool:
        """Whether a command is half here, or a line not yet printed."""
        return bool(self._bytes or self._line)

    def _reset(self) -> None:
        self._settings = {b"\x1ba": 0, b"\x1bE": 0, b"\x1bt": 0, b"\x1d!": 0}
        self._settings |= {b"\x1dh": 162, b"\x1dw": 3}
        self._spacing = LINE
        self._chinese = True
        self._qr_module, self._qr_level, self._qr_text = 3, "L", ""
        self._line: list[tuple[str, Style]] = []

    def feed(self, received: bytes) -> None:
        """Take bytes; what is half a command waits for the rest."""
        self._bytes += received
        while self._bytes:
            used = self._one(bytes(self._bytes))
            if not used:
                return
            del self._bytes[:used]

    def _one(self, data: bytes) -> int:
        if data[0] == 0:
            return 1
        if data[0] == 0x0A:
            self._print_line()
            return 1
        if data[0] in (0x1B, 0x1C, 0x1D):
            return self._command(data)
        if data[0] < 0x20:
            raise Garbage(f"control character {data[0]:02x}")
        self._letter(data[0])
        return 1

    def _letter(self, byte: int) -> None:
        if byte >= 0x80 and self._chinese:
            raise Garbage("two bytes of Chinese")
        letter = bytes([byte]).decode(self._code_pages[self._settings[b"\x1bt"]])
        size = self._settings[b"\x1d!"]
        bold = bool(self._settings[b"\x1bE"] & 1)
        self._line.append((letter, Style((size >> 4) + 1, (size & 7) + 1, bold)))
        if sum(style.wide for _, style in self._line) * CELL > self.dots:
            raise Garbage("a line wider than the paper")

    def _command(self, data: bytes) -> int:
        for word, length in (
            *((b"\x1b@", 0), (b"\x1c.", 0), (b"\x1b2", 0)),
            *((b"\x1b" + one, 1) for one in (b"M", b"a", b"E", b"t", b"J", b"d", b"3")),
            *((b"\x1d" + one, 1) for one in (b"!", b"h", b"w", b"H", b"r")),
        ):
            if data.startswith(word):
                if len(data) < len(word) + length:
                    return 0
                self._simple(word, data[2] if length else 0)
                return len(word) + length
        if len(data) < 3:
            return 0
        for word, take in (
            (b"\x1dV", self._cut),
            (b"\x1dk", self._bars),
            (b"\x1d(k", self._take_qr),
            (b"\x1dv0", self._raster),
        ):
            if data.startswith(word):
                return take(data)
        raise Garbage(f"unknown command {data[:3].hex()}")

    def _simple(self, word: bytes, value: int) -> None:
        match word:
            case b"\x1b@":
                self._reset()
            case b"\x1c.":
                self._chinese = False
            case b"\x1b2" | b"\x1b3":
                self._spacing = value if word == b"\x1b3" else LINE
            case b"\x1dr":
                self._answer(b"\x00")
            case b"\x1bJ" | b"\x1bd":
                self._leave_white(value * LINE if word == b"\x1bd" else value)
            case _:
                self._settings[word] = value

    def _leave_white(self, dots: int) -> None:
        if self._line:
            self._print_line()
        self._put(Image.new("1", (self.dots, dots), 1))

    def _print_line(self) -> None:
        line, self._line = self._line, []
        tallest = max((style.tall for _, style in line), default=1) * HEIGHT
        height = max(tallest, self._spacing)
        width = sum(style.wide for _, style in line) * CELL
        picture = Image.new("L", (max(width, 1), height), 255)
        x = 0
        for letter, style in line:
            glyph = _glyph(letter, style)
            picture.paste(glyph, (x, tallest - glyph.height))
            x += glyph.width
        self.paper.lines.append("".join(letter for letter, _ in line))
        self._put(picture)

    def _cut(self, data: bytes) -> int:
        if data[2] not in (0x41, 0x42):
            raise Garbage("a cut without feeding")
        if len(data) < 4:
            return 0
        self._on_line()
        self.paper.cuts += 1
        self.pages.append(Paper(self.dots))
        return 4

    def _bars(self, data: bytes) -> int:
        if len(data) < 4 or len(data) < 4 + data[3]:
            return 0
        module = self._settings[b"\x1dw"]
        kind, content = data[2], data[4 : 4 + data[3]]
        if kind != 73 or content[:2] != b"{C" or max(content[2:]) > 99:
            raise Garbage("no Code 128 of pairs of digits")
        text = "".join(f"{pair:02}" for pair in content[2:])
        modules = 11 + 11 * len(content[2:]) + 11 + 13
        if (modules + 20) * module > self.dots:
            raise Garbage("bars wider than the paper")
        self.paper.bars.append((text, module))
        self._put(_code128(text, modules, module, self._settings[b"\x1dh"]))
        return 4 + data[3]

    def _take_qr(self, data: bytes) -> int:
        if len(data) < 5 or len(data) < 5 + int.from_bytes(data[3:5], "little"):
            return 0
        end = 5 + int.from_bytes(data[3:5], "little")
        function, content = data[5:7], data[7:end]
        match function:
            case b"1A":
                if content != b"2\x00":
                    raise Garbage("no QR code of model 2")
            case b"1C":
                self._qr_module = content[0]
            case b"1E":
                self._qr_level = "LMQH"[content[0] - 48]
            case b"1P":
                self._qr_text = content[1:].decode("ascii")
            case b"1Q":
                self.paper.qr.append((self._qr_text, self._qr_module))
                self._put(_qr_code(self._qr_text, self._qr_module, self._qr_level))
            case _:
                raise Garbage("unknown function of GS ( k")
        return end

    def _raster(self, data: bytes) -> int:
        if len(data) < 8:
            return 0
        row = int.from_bytes(data[4:6], "little")
        rows = int.from_bytes(data[6:8], "little")
        end = 8 + row * rows
        if len(data) < end:
            return 0
        if data[3] or (row - 1) * 8 >= self.dots or self._line:
            raise Garbage("a picture that does not fit")
        dots = data[8:end]
        for order in (b"\x10\x04", b"\x10\x05", b"\x10\x14"):
            if order in dots:
                raise Garbage("an order to the printer within a picture")
        self.paper.rastered += rows
        picture = Image.frombytes("1", (row * 8, rows), dots)
        self._put(ImageChops.invert(picture.convert("L")))
        return end

    def _put(self, part: Image.Image) -> None:
        self._on_line()
        line = Image.new("L", (self.dots, part.height), 255)
        x = {0: 0, 1: (self.dots - part.width) // 2, 2: self.dots - part.width}[
            self._settings[b"\x1ba"]
        ]
        line.paste(part, (max(0, x), 0))
        self.paper.parts.append(line)


def _qr_code(text: str, module: int, level: str) -> Image.Image:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    small = Image.fromarray(code.to_image(scale=1, add_quiet_zones=False))
    return small.resize((small.width * module, small.height * module), _WHOLE)


def _code128(text: str, modules: int, module: int, height: int) -> Image.Image:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    small = Image.fromarray(code.to_image(scale=1, add_quiet_zones=False))
    if small.width != modules:
        raise Garbage("bars of another length")
    return small.crop((0, 0, modules, 1)).resize((modules * module, height), _WHOLE)


@cache
def _glyph(letter: str, style: Style) -> Image.Image:
    size = (CELL * style.wide, HEIGHT * style.tall)
    picture = Image.new("L", (CELL * 4, HEIGHT * 4), 255)
    canvas = ImageDraw.Draw(picture)
    if letter in LINE_SIGNS:
        _draw_sign(canvas, LINE_SIGNS[letter], picture.size)
        return picture.resize(size).point(lambda grey: 255 if grey > 127 else 0)
    font = _font("SemiBold" if style.bold else "Regular")
    width = max(int(font.getlength(letter)), 1)
    drawn = Image.new("L", (width, HEIGHT * 4), 255)
    ImageDraw.Draw(drawn).text((0, 76), letter, 0, font, anchor="ls")
    most = CELL * 4 - 2
    if width > most:
        drawn = drawn.resize((most, HEIGHT * 4))
    picture.paste(drawn, ((CELL * 4 - drawn.width) // 2, 0))
    return picture.resize(size).point(lambda grey: 255 if grey > 140 else 0)


@cache
def _font(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(f"resources/fonts/Lexend-{weight}.ttf", 80)


def _draw_sign(canvas: ImageDraw.ImageDraw, ways: str, size: tuple[int, int]) -> None:
    width, height = size
    middle_x, middle_y = width // 2, height // 2
    ends = {"L": (0, middle_y), "R": (width, middle_y), "U": (middle_x, 0), "D": (middle_x, height)}
    for way in ways:
        x, y = ends[way.upper()]
        apart = 8 if way.isupper() else 0
        for shift in (-apart, apart):
            if way.upper() in "LR":
                line = (middle_x, middle_y + shift, x, middle_y + shift)
            else:
                line = (middle_x + shift, middle_y, middle_x + shift, y)
            canvas.line(line, fill=0, width=6)
