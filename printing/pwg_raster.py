"""A page as dots, for printers that read no PDF: PWG Raster (PWG 5102.4), and Apple's URF, which
packs its lines the same way behind another header."""

import re
import struct
from typing import Any

_WORD = b"RaS2"
_RUN = re.compile(rb"(.)\1+", re.DOTALL)
_LONGEST = 128
_MOST_REPEATS = 256
GREY, BLACK = "sgray_8", "black_1"
_BITS = {GREY: 8, BLACK: 1}
_SPACES = {GREY: 18, BLACK: 3}


def encode_page(image: Any, kind: str, dpi: int) -> bytes:
    """Return a grey PIL image, one pixel for each dot, as a document of one page.

    `kind` is GREY (a byte for each dot) or BLACK (a bit for each dot, black set).
    """
    bits = _BITS[kind]
    # PIL's "1" has white set, and is cut at the middle, so that bars stay whole.
    dots = image if kind == GREY else image.point(lambda level: 255 * (level < 128)).convert("1")
    width, height = image.size
    line_bytes = (width * bits + 7) // 8
    data = dots.tobytes()
    lines = [data[at : at + line_bytes] for at in range(0, line_bytes * height, line_bytes)]
    return b"".join([_WORD, _header(image.size, kind, line_bytes, dpi), *_packed(lines)])


def encode_urf(image: Any, dpi: int) -> bytes:
    """Return a grey PIL image as a document of one page in URF."""
    width, height = image.size
    data = image.tobytes()
    lines = [data[at : at + width] for at in range(0, width * height, width)]
    # 8 bits of grey, one side, normal quality, one copy.
    header = struct.pack(">8B4xIII8x", 8, 0, 1, 4, 0, 0, 0, 1, width, height, dpi)
    return b"".join([b"UNIRAST\0", struct.pack(">I", 1), header, *_packed(lines)])


def _header(size: tuple[int, int], kind: str, line_bytes: int, dpi: int) -> bytes:
    width, height = size
    header = bytearray(1796)
    header[0:10] = b"PwgRaster\0"
    points = (round(width * 72 / dpi), round(height * 72 / dpi))
    fields = {
        276: (dpi, dpi),
        340: (1,),  # copies
        352: points,
        372: (width, height),
        384: (_BITS[kind], _BITS[kind], line_bytes, 0, _SPACES[kind]),
        420: (1,),  # colours
        452: (1, 1, 1),  # pages, and dots that are not mirrored
        472: (width, height),
    }
    for offset, numbers in fields.items():
        struct.pack_into(f">{len(numbers)}I", header, offset, *numbers)
    return bytes(header)


def _packed(lines: list[bytes]) -> list[bytes]:
    """Return the lines, equal ones told once with how often."""
    packed = []
    at = 0
    while at < len(lines):
        line = lines[at]
        repeats = 1
        while repeats < _MOST_REPEATS and at + repeats < len(lines) and lines[at + repeats] == line:
            repeats += 1
        packed.append(bytes([repeats - 1]) + _pack_line(line))
        at += repeats
    return packed


def _pack_line(line: bytes) -> bytes:
    """Return PackBits: runs of one byte, and between them bytes as they are."""
    packed = bytearray()
    at = 0
    for run in _RUN.finditer(line):
        _literally(packed, line[at : run.start()])
        at = run.end()
        for begin in range(run.start(), at, _LONGEST):
            packed += bytes([min(_LONGEST, at - begin) - 1, line[begin]])
    _literally(packed, line[at:])
    return bytes(packed)


def _literally(packed: bytearray, piece: bytes) -> None:
    for begin in range(0, len(piece), _LONGEST):
        part = piece[begin : begin + _LONGEST]
        # A single byte is a run of one; 128 and more say how many follow as they are.
        packed += bytes([257 - len(part) if len(part) > 1 else 0]) + part
