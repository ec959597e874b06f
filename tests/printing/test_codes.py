"""Both codes of a slip, read from its page as a scanner would, and drawn dot by dot."""

from dataclasses import replace
from itertools import groupby
from typing import Any

import pytest
import segno
import zxingcpp
from barcode.codex import Code128
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from slip_samples import ENGLISH, KEYS, LONG_NAME, TEXTS, make_seal, make_slip, seal

from kiosk.domain.registration_number import make_number
from kiosk.domain.tariff import Package
from kiosk.domain.texts import Texts
from kiosk.settings import PaperName, RollDpi
from kiosk.trust import Genuine, check_slip, read_trust
from printing.codes import BAR_MODULES, QR_MODULES, QUIET_BARS, bar_dots
from printing.papers import A4, A5, PAPERS, ROLL_58, ROLL_80, ROLLS, Paper
from printing.readback import SlipUnreadable, check_codes, rasterise
from printing.slip_page import render_slip

numbers = st.builds(
    make_number,
    st.integers(0, 98_999).map("{:05}".format),
    st.integers(0, 999_999),
)


papers = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)


def black_and_white(pdf: bytes, dpi: int) -> Any:
    return rasterise(pdf, dpi).point(lambda grey: 255 if grey > 127 else 0)


# The kinds that a slip carries. A reader that also looks for ITF finds four digits of it by chance
# inside other bars: ITF has neither a fixed length nor a check.
KINDS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode])


def read_codes(image: Any) -> dict[str, str]:
    # The reader's second look, at half the dots, melts bars of A4 together and may find another
    # number beside the right one, such as 095459459799 beside 015459459799.
    found = zxingcpp.read_barcodes(image, formats=KINDS, try_downscale=False)
    return {str(code.format): code.text for code in found}


@papers
@settings(max_examples=6)
@given(number=numbers)
@example(number=make_number("00000", 0))
@example(number=make_number("98999", 999_999))
@example(number=make_number("10099", 999_900))
@example(number=make_number("09900", 990_099))
@example(number="015459459799")
def test_every_number_is_read_back_from_the_bars_and_its_seal_from_the_qr(
    paper: Paper, number: str
) -> None:
    content = make_slip(number=number)
    codes = read_codes(black_and_white(render_slip(content, TEXTS, paper=paper), paper.dpi))
    assert codes == {"Code 128": number, "QR Code": content.qr_text}


@papers
@pytest.mark.parametrize("texts", [TEXTS, ENGLISH], ids=["id", "en"])
@pytest.mark.parametrize("package", Package)
@pytest.mark.parametrize("months", [1, 2, 3, 6, 12])
def test_the_codes_are_read_from_the_fullest_slip_of_every_kind(
    paper: Paper, texts: Texts, package: Package, months: int
) -> None:
    content = make_slip(
        name=LONG_NAME, package=package, months=months, copy=12, sector_unclear=True
    )
    pdf = render_slip(content, texts, TEXTS, paper)
    codes = read_codes(black_and_white(pdf, paper.dpi))
    assert codes == {"Code 128": content.number, "QR Code": content.qr_text}


@pytest.mark.parametrize("paper", [A5, A4], ids=lambda paper: paper.name)
@pytest.mark.parametrize("dpi", [360, 600])
def test_office_printers_of_other_resolutions_print_codes_that_are_read(
    paper: Paper, dpi: int
) -> None:
    content = make_slip()
    codes = read_codes(black_and_white(render_slip(content, TEXTS, paper=paper), dpi))
    assert codes == {"Code 128": content.number, "QR Code": content.qr_text}


@pytest.mark.parametrize("package", Package)
@pytest.mark.parametrize("copy", [0, 1, 12])
def test_what_the_qr_says_is_genuine_and_is_what_the_slip_says(package: Package, copy: int) -> None:
    content = make_slip(package=package, months=12, copy=copy)
    text = read_codes(black_and_white(render_slip(content, TEXTS), ROLL_80.dpi))["QR Code"]
    assert check_slip(text, read_trust(KEYS.public_keys, None)) == Genuine(make_seal(content))


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


@pytest.mark.parametrize(
    ("paper", "dpi", "module"),
    [
        (ROLL_80, 203, 3),
        (ROLL_58, 203, 3),
        (ROLLS[PaperName.ROLL_80, RollDpi.COARSE], 180, 3),
        (ROLLS[PaperName.ROLL_58, RollDpi.COARSE], 180, 3),
        (ROLLS[PaperName.ROLL_80, RollDpi.FINE], 300, 5),
        (ROLLS[PaperName.ROLL_58, RollDpi.FINE], 300, 5),
        (A5, 300, 5),
        (A5, 360, 6),
        (A5, 600, 10),
        (A4, 300, 5),
        (A4, 360, 6),
        (A4, 600, 10),
    ],
    ids=lambda value: getattr(value, "name", value),
)
@settings(max_examples=3)
@given(number=numbers)
def test_every_bar_and_space_is_whole_dots_with_white_beside_the_bars(
    paper: Paper, dpi: int, module: int, number: str
) -> None:
    image = black_and_white(render_slip(make_slip(number=number), TEXTS, paper=paper), dpi)
    found = next(
        code.position
        for code in zxingcpp.read_barcodes(image)
        if code.format == zxingcpp.BarcodeFormat.Code128
    )
    bars = [module * len(list(run)) for _, run in groupby(Code128(number).build()[0])]
    left, middle = found.top_left.x, (found.top_left.y + found.bottom_left.y) // 2
    while image.getpixel((left - 1, middle)) == 0:
        left -= 1
    quiet, width = QUIET_BARS * module, sum(bars)

    def row_at(y: int) -> bytes:
        row: bytes = image.crop((left - quiet, y, left + width + quiet, y + 1)).tobytes()
        return row

    runs = [len(list(run)) for _, run in groupby(row_at(middle))]
    assert runs == [quiet, *bars, quiet]
    height = sum(row_at(y) == row_at(middle) for y in range(image.height))
    assert height > 12 / 25.4 * dpi


def test_the_bars_take_as_many_dots_as_fit_with_their_quiet_zones() -> None:
    modules = BAR_MODULES + 2 * QUIET_BARS
    assert modules == 121
    assert bar_dots(2 * modules, 203) == 2
    assert bar_dots(3 * modules - 1, 203) == 2
    assert bar_dots(3 * modules, 203) == 3
    assert bar_dots(100 * modules, 203) == 3
    with pytest.raises(ValueError, match="no room for bars"):
        bar_dots(2 * modules - 1, 203)


@pytest.mark.parametrize(
    ("paper", "dpi", "module"),
    [
        (ROLL_80, 203, 4),
        (ROLL_58, 203, 4),
        (ROLLS[PaperName.ROLL_80, RollDpi.COARSE], 180, 4),
        (ROLLS[PaperName.ROLL_58, RollDpi.COARSE], 180, 3),
        (ROLLS[PaperName.ROLL_80, RollDpi.FINE], 300, 6),
        (ROLLS[PaperName.ROLL_58, RollDpi.FINE], 300, 5),
        (A5, 300, 6),
        (A5, 600, 12),
        (A4, 300, 8),
        (A4, 600, 16),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_every_module_of_the_qr_is_whole_dots_with_white_around(
    paper: Paper, dpi: int, module: int
) -> None:
    content = make_slip()
    page = black_and_white(render_slip(content, TEXTS, paper=paper), dpi)
    code = next(
        code
        for code in zxingcpp.read_barcodes(page, formats=KINDS)
        if code.format == zxingcpp.BarcodeFormat.QRCode
    )
    left, top = code.position.top_left.x, code.position.top_left.y
    side, quiet = QR_MODULES * module, 4 * module
    matrix = segno.make_qr(
        content.qr_text, error="m", version=8, mode="alphanumeric", boost_error=False
    ).matrix
    modules = bytes(0 if dark else 255 for row in matrix for dark in row)
    dots = Image.frombytes("L", (QR_MODULES, QR_MODULES), modules)
    wanted = Image.new("L", (side + 2 * quiet, side + 2 * quiet), 255)
    wanted.paste(dots.resize((side, side), Image.Resampling.NEAREST), (quiet, quiet))
    printed = page.crop((left - quiet, top - quiet, left + side + quiet, top + side + quiet))
    assert ImageChops.difference(printed, wanted).getbbox() is None
