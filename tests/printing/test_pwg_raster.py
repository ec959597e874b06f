"""Dots for printers that read no PDF: what CUPS's own reader reads is what was drawn."""

import ctypes
import os
import struct
import tempfile

import pytest
from fault_printer import PWG_RASTER, FaultPrinter
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from print_play import NUMBER
from slip_samples import TEXTS, make_slip

from printing.ipp import Resolution, Tag, Value, keyword
from printing.ipp_client import parse_address
from printing.ipp_printer import IppPrinter
from printing.papers import A4, ROLL_80, Paper
from printing.port import Sent
from printing.pwg_raster import BLACK, GREY, encode_page
from printing.readback import rasterise
from printing.slip_page import render_slip

NAME = f"{NUMBER}-0-1"


def read_by_cups(document: bytes) -> tuple[bytes, bytes]:
    """Return the page's header and its lines as libcups reads them."""
    cups = ctypes.CDLL("libcups.so.2")
    cups.cupsRasterOpen.restype = ctypes.c_void_p
    with tempfile.TemporaryFile() as file:
        file.write(document)
        file.flush()
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        raster = ctypes.c_void_p(cups.cupsRasterOpen(file.fileno(), 0))
        header = ctypes.create_string_buffer(1796)
        assert cups.cupsRasterReadHeader2(raster, header) == 1
        height, line_bytes = _number(header.raw, 376), _number(header.raw, 392)
        lines = ctypes.create_string_buffer(height * line_bytes)
        for row in range(height):
            line = ctypes.byref(lines, row * line_bytes)
            assert cups.cupsRasterReadPixels(raster, line, line_bytes) == line_bytes
        second = ctypes.create_string_buffer(1796)
        assert cups.cupsRasterReadHeader2(raster, second) == 0, "there is a second page"
        cups.cupsRasterClose(raster)
    return header.raw, lines.raw


def _number(header: bytes, offset: int) -> int:
    number: int = struct.unpack_from("=I", header, offset)[0]
    return number


def dots(*numbers: int) -> tuple[Value, ...]:
    return tuple(Value(Tag.RESOLUTION, Resolution(dpi, dpi)) for dpi in numbers)


@settings(max_examples=60)
@given(
    width=st.integers(1, 300),
    lines=st.lists(st.sampled_from([b"\x00", b"\xff", b"\x00\xff", bytes(range(256))]), min_size=1),
    times=st.sampled_from([1, 2, 300]),
)
def test_any_page_of_grey_dots_is_read_by_cups(width: int, lines: list[bytes], times: int) -> None:
    drawn = b"".join((line * width)[:width] * times for line in lines)
    image = Image.frombytes("L", (width, len(drawn) // width), drawn)
    header, read = read_by_cups(encode_page(image, GREY, 300))
    assert read == drawn
    assert (_number(header, 276), _number(header, 372)) == (300, width)


@settings(max_examples=40)
@given(width=st.integers(1, 70), seed=st.binary(min_size=1, max_size=64))
def test_black_is_set_and_white_is_not(width: int, seed: bytes) -> None:
    drawn = (seed * width)[: width * 8].ljust(width * 8, b"\xff")
    image = Image.frombytes("L", (width, 8), drawn)
    _, read = read_by_cups(encode_page(image, BLACK, 203))
    line_bytes = (width + 7) // 8
    for at, level in enumerate(drawn):
        row, column = divmod(at, width)
        is_black = read[row * line_bytes + column // 8] & (0x80 >> column % 8)
        assert bool(is_black) == (level < 128)


@pytest.mark.parametrize(
    ("paper", "offered", "dpi"),
    [(ROLL_80, (203, 300), 203), (A4, (300,), 300), (A4, (180,), 180), (ROLL_80, (), 203)],
    ids=["roll", "sheet", "other dots", "none named"],
)
def test_a_printer_that_reads_dots_alone_gets_the_slip_dot_by_dot(
    paper: Paper, offered: tuple[int, ...], dpi: int
) -> None:
    pdf = render_slip(make_slip(number=NUMBER), TEXTS, paper=paper)
    more = {"pwg-raster-document-resolution-supported": dots(*offered)}
    with FaultPrinter(formats=(PWG_RASTER,), more=more) as printer:
        me = IppPrinter(parse_address(printer.uri), paper)
        assert me.send(pdf, NAME, lambda _: True) == Sent()
        document = printer.paper[0].document
    header, read = read_by_cups(document)
    image = rasterise(pdf, dpi)
    assert read == image.tobytes()
    assert (_number(header, 276), _number(header, 280)) == (dpi, dpi)
    assert abs(_number(header, 352) - paper.width_mm / 25.4 * 72) < 1.5


def test_a_printer_that_reads_apples_dots_alone_gets_those() -> None:
    more = {"urf-supported": keyword("V1.4", "W8", "RS203-300", "CP1")}
    pdf = render_slip(make_slip(number=NUMBER), TEXTS)
    with FaultPrinter(formats=("image/urf",), more=more) as printer:
        IppPrinter(parse_address(printer.uri), ROLL_80).send(pdf, NAME, lambda _: True)
        header, read = read_by_cups(printer.paper[0].document)
    assert read == rasterise(pdf, 203).tobytes()
    assert (_number(header, 276), _number(header, 280)) == (203, 203)


def test_a_black_printer_gets_black_dots() -> None:
    more = {"pwg-raster-document-type-supported": keyword("black_1")}
    pdf = render_slip(make_slip(number=NUMBER), TEXTS)
    with FaultPrinter(formats=(PWG_RASTER,), more=more) as printer:
        IppPrinter(parse_address(printer.uri), ROLL_80).send(pdf, NAME, lambda _: True)
        header, _ = read_by_cups(printer.paper[0].document)
    assert (_number(header, 384), _number(header, 400)) == (1, 3)
