"""Both codes of a slip, read from its page as a scanner would, and drawn dot by dot."""

from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import Any

import pytest
import segno
import zxingcpp
from barcode.codex import Code128
from hypothesis import example, given, settings
from hypothesis import strategies as st
from slip_samples import KEYS, TEXTS, make_seal, make_slip, seal

from kiosk.domain.registration_number import make_number
from kiosk.domain.tariff import Package
from kiosk.keys import Genuine, check_slip, trusted_keys
from printing.codes import QR_SIDE_DOTS
from printing.readback import SlipUnreadable, check_codes, rasterise
from printing.slip_page import render_slip

numbers = st.builds(
    make_number,
    st.integers(0, 98_999).map("{:05}".format),
    st.integers(0, 999_999),
)


def black_and_white(pdf: bytes) -> Any:
    return rasterise(pdf).point(lambda grey: 255 if grey > 127 else 0)


def read_codes(image: Any) -> dict[str, str]:
    return {str(code.format): code.text for code in zxingcpp.read_barcodes(image)}


@settings(max_examples=30, deadline=None)
@given(numbers)
@example(make_number("00000", 0))
@example(make_number("98999", 999_999))
@example(make_number("10099", 999_900))
@example(make_number("09900", 990_099))
def test_every_number_is_read_back_from_the_bars_and_its_seal_from_the_qr(number: str) -> None:
    content = make_slip(number=number)
    codes = read_codes(black_and_white(render_slip(content, TEXTS)))
    assert codes == {"Code 128": number, "QR Code": content.qr_text}


@pytest.mark.parametrize("package", Package)
@pytest.mark.parametrize("copy", [0, 1, 12])
def test_what_the_qr_says_is_genuine_and_is_what_the_slip_says(package: Package, copy: int) -> None:
    content = make_slip(package=package, months=12, copy=copy)
    text = read_codes(black_and_white(render_slip(content, TEXTS)))["QR Code"]
    assert check_slip(text, trusted_keys(KEYS, None)) == Genuine(make_seal(content))


def test_bars_that_the_barcode_library_garbles_never_leave_as_a_slip() -> None:
    with pytest.raises(SlipUnreadable, match="the bars are not the number") as failure:
        render_slip(seal(replace(make_slip(), number="991234567890")), TEXTS)
    assert failure.value.code == "P 22"


def test_a_page_with_another_slips_codes_is_refused() -> None:
    content = make_slip()
    pdf = render_slip(content, TEXTS)
    check_codes(pdf, content.number, content.qr_text)
    with pytest.raises(SlipUnreadable):
        check_codes(pdf, make_number("10917", 43), content.qr_text)
    with pytest.raises(SlipUnreadable):
        check_codes(pdf, content.number, make_slip(copy=1).qr_text)


@settings(max_examples=15, deadline=None)
@given(numbers)
def test_every_bar_and_space_is_three_dots_a_module(number: str) -> None:
    image = black_and_white(render_slip(make_slip(number=number), TEXTS))
    bars = [3 * len(list(run)) for _, run in groupby(Code128(number).build()[0])]
    rows = Counter(image.crop((0, y, image.width, y + 1)).tobytes() for y in range(image.height))
    heights = {}
    for row, times in rows.items():
        quiet_left, *runs = (len(list(run)) for _, run in groupby(row))
        if runs[:-1] == bars:
            heights[quiet_left, runs[-1]] = times
    assert heights == {(168, 168): 104}


def test_every_module_of_the_qr_is_four_by_four_dots_with_white_around() -> None:
    content = make_slip()
    image = black_and_white(render_slip(content, TEXTS))
    code = next(
        code
        for code in zxingcpp.read_barcodes(image)
        if code.format == zxingcpp.BarcodeFormat.QRCode
    )
    left, top = code.position.top_left.x, code.position.top_left.y
    matrix = segno.make_qr(
        content.qr_text, error="m", version=8, mode="alphanumeric", boost_error=False
    ).matrix
    for y in range(-16, QR_SIDE_DOTS + 16):
        for x in range(-16, QR_SIDE_DOTS + 16):
            inside = 0 <= x < QR_SIDE_DOTS and 0 <= y < QR_SIDE_DOTS
            dark = inside and matrix[y // 4][x // 4]
            assert image.getpixel((left + x, top + y)) == (0 if dark else 255)
