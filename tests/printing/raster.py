"""Slips as printers put them on paper, and how well a scanner reads them there.

A printer is its dots per inch and who turns the page into black and white dots: PDFium or poppler.
A bad camera sees each dot as one pixel: the paper 5 % larger or smaller, up to 6 degrees askew,
blurred by 0.1 mm, each pixel up to 40 of 255 lighter or darker. That is strong enough that bars of
one dot less fall below 95 %, see test_raster.py.
"""

import io
import json
import random
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image, ImageChops, ImageFilter
from slip_samples import ENGLISH, TEXTS, make_slip

from kiosk.domain.slip import SlipContent
from kiosk.domain.slip_layouts import SlipLayouts, parse_slip_layouts
from printing.layout_check import TRIED
from printing.layouts import shipped_layouts
from printing.papers import MM_PER_INCH, Paper
from printing.readback import rasterise
from printing.samples import SampleName
from printing.slip_page import render_slip

LANGUAGES = {"id": TEXTS, "en": ENGLISH}
FINER = {180: (), 203: (), 300: (600,)}
"""What is drawn for 300 dpi is whole dots at 600, too."""
SCALE, TILT_DEGREES, BLUR_MM, NOISE = 0.05, 6, 0.1, 40
MARGIN_MM = 6
WANTED = 0.95
"""So many of 100 views of a bad camera must be read; of the paper itself all."""
_KINDS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode])


@dataclass(frozen=True)
class Device:
    """A printer: the paper that slips are drawn for, its dots per inch, and who makes the dots."""

    paper: Paper
    dpi: int
    engine: str

    def __str__(self) -> str:
        return f"{self.paper.name}-{self.paper.dpi}-at-{self.dpi}-{self.engine}"


@dataclass(frozen=True)
class Slip:
    """One of the slips that are tried."""

    layout: str
    language: str
    name: SampleName
    copy: int


DEVICES = [
    Device(paper, dpi, engine)
    for paper in TRIED
    for dpi in (paper.dpi, *FINER[paper.dpi])
    for engine in ("pdfium", "poppler")
]
SLIPS = [Slip(*one) for one in product(("shipped", "own"), LANGUAGES, SampleName, (0, 2))]


@cache
def layouts_of(name: str) -> SlipLayouts:
    """The shipped layouts, or an office's own: the codes close together at the top."""
    if name == "shipped":
        return shipped_layouts()
    file: dict[str, Any] = json.loads(
        (Path(__file__).parents[2] / "resources/data/slip_layouts.json").read_text("utf-8")
    )
    file["texts"] = {"hours": {"look": "small", "id": "Senin-Jumat 08.00.", "en": "Mon-Fri 8."}}
    for layout in ("roll", "page"):
        qr = next(one for one in file[layout] if one["block"] == "qr")
        file[layout].remove(qr)
        file[layout][1:1] = [{"block": "rule", "weight": 6}, qr, {"block": "text", "name": "hours"}]
    return parse_slip_layouts(json.dumps(file), "own")


def content_of(slip: Slip) -> SlipContent:
    return make_slip(name=slip.name, copy=slip.copy, language=slip.language, months=12)


@cache
def pdf_of(slip: Slip, paper: Paper) -> bytes:
    texts = LANGUAGES[slip.language]
    return render_slip(content_of(slip), texts, TEXTS, paper, layouts_of(slip.layout))


def printed(slip: Slip, device: Device) -> Image.Image:
    """The dots of the slip as this printer puts them on paper."""
    pdf = pdf_of(slip, device.paper)
    if device.engine == "pdfium":
        grey: Image.Image = rasterise(pdf, device.dpi)
    else:
        command = ["pdftoppm", "-r", str(device.dpi), "-gray", "-"]
        made = subprocess.run(command, input=pdf, capture_output=True, check=True)
        grey = Image.open(io.BytesIO(made.stdout))
    return grey.point(lambda level: 255 if level > 127 else 0)


def codes_on(page: Image.Image) -> dict[str, Any]:
    """The codes that are found, by their kind."""
    return {code.format.name: code for code in zxingcpp.read_barcodes(page, formats=_KINDS)}


def cut_out(page: Image.Image, code: Any, dpi: int) -> Image.Image:
    """A code and what stands around it."""
    corners = [
        getattr(code.position, f"{y}_{x}") for y in ("top", "bottom") for x in ("left", "right")
    ]
    margin = round(MARGIN_MM * dpi / MM_PER_INCH)
    xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
    return page.crop((min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin))


def seen(paper: Image.Image, dpi: int, seed: int) -> Image.Image:
    """One view of a bad camera."""
    chance = random.Random(seed)
    scale = 1 + chance.uniform(-SCALE, SCALE)
    size = (round(paper.width * scale), round(paper.height * scale))
    tilt = chance.uniform(-TILT_DEGREES, TILT_DEGREES)
    view = paper.resize(size, Image.Resampling.BICUBIC)
    view = view.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    view = view.filter(ImageFilter.GaussianBlur(BLUR_MM * dpi / MM_PER_INCH))
    grain = Image.frombytes("L", view.size, chance.randbytes(view.width * view.height))
    grain = grain.point(lambda level: level * 2 * NOISE // 255)
    return ImageChops.add(view, grain, offset=-NOISE)


@dataclass
class Rates:
    """How many codes were read, on the paper itself and by the bad camera."""

    device: Device
    slips: int = 0
    clean: int = 0
    views: int = 0
    bars: int = 0
    qr: int = 0

    @property
    def good(self) -> bool:
        """Whether as many were read as must be."""
        return self.clean == self.slips and min(self.bars, self.qr) >= WANTED * self.views

    def __str__(self) -> str:
        return (
            f"{self.device!s:30} clean {self.clean}/{self.slips}  "
            f"bars {self.bars / self.views:.1%}  QR {self.qr / self.views:.1%} of {self.views}"
        )


def read_on(device: Device, slips: Iterable[Slip], seeds: Iterable[int]) -> Rates:
    """Print slips on a device, and read them there."""
    rates = Rates(device)
    for slip in slips:
        content = content_of(slip)
        page = printed(slip, device)
        found = codes_on(page)
        rates.slips += 1
        if {kind: code.text for kind, code in found.items()} != _wanted(content):
            continue
        rates.clean += 1
        cuts = {kind: cut_out(page, code, device.dpi) for kind, code in found.items()}
        for seed in seeds:
            rates.views += 1
            rates.bars += _reads(cuts["Code128"], "Code128", content, device, seed)
            rates.qr += _reads(cuts["QRCode"], "QRCode", content, device, seed)
    return rates


def _wanted(content: SlipContent) -> dict[str, str]:
    return {"Code128": content.number, "QRCode": content.qr_text}


def _reads(cut: Image.Image, kind: str, content: SlipContent, device: Device, seed: int) -> bool:
    code = codes_on(seen(cut, device.dpi, seed)).get(kind)
    return code is not None and code.text == _wanted(content)[kind]
