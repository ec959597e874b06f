"""The words of ESC/POS that pages are made of, and the way through a page, command by command."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ESC, FS, GS, LF = b"\x1b", b"\x1c", b"\x1d", b"\n"

# A Chinese model reads two bytes beyond ASCII as one sign unless it is told not to (FS .).
INIT = ESC + b"@" + FS + b"." + ESC + b"M\x00"
TIGHT, LOOSE = ESC + b"3\x00", ESC + b"2"
"""Lines as high as their letters (what is taller than the distance set makes it larger), and with
white between them."""
CUT_PARTLY, CUT = GS + b"V\x42\x00", GS + b"V\x41\x00"
FEED_TO_TEAR = ESC + b"d\x04"

_STRIP_BYTES = 1024
_PIECE_BYTES = 1000
# No more than this is handed over at once: between two pieces a printer can be asked how it stands.

_CODE128 = 73
_QR = b"1"
# Within any data a printer takes these for questions, or for orders to open a drawer or to switch
# itself off (DLE EOT, DLE ENQ, DLE DC4). One dot more beside another keeps them out of pictures.
_ORDERS = {b"\x10\x04": b"\x10\x06", b"\x10\x05": b"\x10\x07", b"\x10\x14": b"\x10\x1c"}

_ARGUMENTS = {
    **dict.fromkeys((ESC + b"@", FS + b".", ESC + b"2"), 0),
    **dict.fromkeys((ESC + one for one in (b"M", b"a", b"E", b"t", b"J", b"d", b"3")), 1),
    **dict.fromkeys((GS + one for one in (b"!", b"B", b"h", b"w", b"H")), 1),
    GS + b"V": 2,
}
BARS, CODE, PICTURE = GS + b"k", GS + b"(k", GS + b"v0"
TEXT = b""
_PRINTING = frozenset({LF, ESC + b"J", ESC + b"d", BARS, PICTURE, GS + b"V"})


@dataclass(frozen=True, slots=True)
class Command:
    """One command as it stands in a page: `word` says which, `data` what comes behind it."""

    word: bytes
    data: bytes = b""

    @property
    def raw(self) -> bytes:
        """The bytes of the command."""
        return self.word + self.data

    @property
    def ends_a_line(self) -> bool:
        """Whether nothing is half done behind it."""
        return self.word in _PRINTING or (self.word == CODE and self.data[2:4] == _QR + b"Q")


def align(centred: bool) -> bytes:
    """Set all that follows in the middle, or at the left."""
    return ESC + b"a" + bytes([centred])


def letters(wide: int, tall: int, *, bold: bool) -> bytes:
    """Set how many times as wide and as tall as they are letters get."""
    return GS + b"!" + bytes([(wide - 1) << 4 | (tall - 1)]) + ESC + b"E" + bytes([bold])


def feed(dots: int) -> bytes:
    """Leave so many dots of paper white."""
    return ESC + b"J" + bytes([dots])


def code_page(slot: int) -> bytes:
    """Let the bytes beyond ASCII be those of a code page."""
    return ESC + b"t" + bytes([slot])


def code128(digits: str, module: int, height: int) -> bytes | None:
    """Draw bars of an even number of digits, `module` dots wide, without the digits under them.

    Two digits are one byte (set C). None where that would make an order out of the number.
    """
    pairs = bytes(int(digits[index : index + 2]) for index in range(0, len(digits), 2))
    if any(order in pairs for order in _ORDERS):
        return None
    data = b"{C" + pairs
    measures = GS + b"h" + bytes([height]) + GS + b"w" + bytes([module]) + GS + b"H\x00"
    return measures + BARS + bytes([_CODE128, len(data)]) + data


def read_code128(data: bytes) -> str:
    """Return what the data of a `BARS` command draws; raises ValueError for what is no Code 128."""
    kind, prefix, digits = data[0], data[2:4], data[4:]
    if kind != _CODE128 or prefix != b"{C" or any(pair > 99 for pair in digits):
        raise ValueError("no Code 128 of digits")
    return "".join(f"{pair:02}" for pair in digits)


def qr_code(text: str, module: int) -> bytes:
    """Draw a QR code of level M, `module` dots a module."""
    settings = b"A2\x00", b"C" + bytes([module]), b"E1"
    return b"".join(_code(one) for one in (*settings, b"P0" + text.encode("ascii"), b"Q0"))


def _code(function: bytes) -> bytes:
    data = _QR + function
    return CODE + len(data).to_bytes(2, "little") + data


def read_qr_code(data: bytes) -> str | None:
    """Return the text that a `CODE` command stores; None for one that stores none."""
    return data[5:].decode("ascii") if data[2:5] == b"1P0" else None


def picture(image: Any) -> bytes:
    """Draw a PIL image of black and white (mode "1"), in strips that a small buffer holds."""
    return b"".join(_strips(image))


def _strips(image: Any) -> Iterator[bytes]:
    row = (image.width + 7) // 8
    black = bytes(byte ^ 0xFF for byte in image.tobytes())
    # Pillow pads a row with what is white here and black there.
    padding = row * 8 - image.width
    if padding:
        mask = (0xFF << padding) & 0xFF
        rows = (black[at : at + row] for at in range(0, len(black), row))
        black = b"".join(line[:-1] + bytes([line[-1] & mask]) for line in rows)
    step = max(1, _STRIP_BYTES // row)
    for top in range(0, image.height, step):
        height = min(step, image.height - top)
        dots = black[top * row : (top + height) * row]
        for order, harmless in _ORDERS.items():
            dots = dots.replace(order, harmless)
        size = row.to_bytes(2, "little") + height.to_bytes(2, "little")
        yield PICTURE + b"\x00" + size + dots


def read_picture(data: bytes) -> tuple[int, bytes]:
    """Return the bytes of a row, and all rows, of a `PICTURE` command."""
    return int.from_bytes(data[1:3], "little"), data[5:]


def walk(page: bytes) -> Iterator[Command]:
    """Go through a page command by command; raises ValueError for what no page of ours holds."""
    at = 0
    while at < len(page):
        command = _next(page, at)
        yield command
        at += len(command.raw)


def _next(page: bytes, at: int) -> Command:
    if page[at : at + 1] == LF:
        return Command(LF)
    if page[at : at + 1] not in (ESC, FS, GS):
        return _text(page, at)
    word = next((one for one in (CODE, PICTURE, BARS) if page.startswith(one, at)), None)
    start = at + len(word or b"??")
    word = word or page[at:start]
    end = start + _length(word, page[start : start + 5])
    if end > len(page):
        raise ValueError("a command is cut off")
    return Command(word, page[start:end])


def _length(word: bytes, head: bytes) -> int:
    """Return how many bytes come behind a command's word, `head` being the first of them."""
    if word in _ARGUMENTS:
        return _ARGUMENTS[word]
    if word not in (BARS, CODE, PICTURE):
        raise ValueError("an unknown command")
    if len(head) < 5:
        raise ValueError("a command is cut off")
    if word == BARS:
        return 2 + head[1]
    if word == CODE:
        return 2 + int.from_bytes(head[:2], "little")
    return 5 + int.from_bytes(head[1:3], "little") * int.from_bytes(head[3:5], "little")


def _text(page: bytes, at: int) -> Command:
    end = at
    while end < len(page) and page[end] >= 0x20:
        end += 1
    if end == at:
        raise ValueError("a control character")
    return Command(TEXT, page[at:end])


def last_of(page: bytes) -> bytes:
    """Return the command with which a page ends: the cut, or what feeds it to where it is torn."""
    *_, last = walk(page)
    return last.raw


def in_pieces(page: bytes) -> list[bytes]:
    """Divide a page, where nothing is half done, into pieces of one to two kilobytes.

    Raises ValueError for what is no page of ours.
    """
    pieces, piece = [], b""
    for command in walk(page):
        piece += command.raw
        if command.ends_a_line and len(piece) >= _PIECE_BYTES:
            pieces.append(piece)
            piece = b""
    return [*pieces, piece] if piece else pieces
