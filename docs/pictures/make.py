"""Puts screens and slip of a played visit side by side: make.py FOLDER writes visit.png here.

FOLDER is what `main.py demo --out FOLDER` left.
"""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

SCREENS = ("idle", "nik", "months", "done")
GROUND = "#E4E2DC"
EDGE = "#C4C0B6"
SCREEN_SIZE = (396, 704)
SLIP_HEIGHT = 800
MARGIN, GAP = 44, 36
COLOURS = 256


def main(folder: Path) -> None:
    """Write visit.png beside this file."""
    found = (next((folder / "screens").glob(f"*-{name}.png")) for name in SCREENS)
    parts = [_framed(Image.open(file).convert("RGB").resize(SCREEN_SIZE)) for file in found]
    parts.append(_framed(_slip(folder / "slip.pdf")))
    width = sum(part.width for part in parts) + GAP * (len(parts) - 1) + 2 * MARGIN
    height = max(part.height for part in parts) + 2 * MARGIN
    strip = Image.new("RGB", (width, height), GROUND)
    left = MARGIN
    for part in parts:
        strip.paste(part, (left, (height - part.height) // 2))
        left += part.width + GAP
    strip.quantize(COLOURS, dither=Image.Dither.NONE).save(
        Path(__file__).with_name("visit.png"), optimize=True
    )


def _slip(file: Path) -> Image.Image:
    page = pypdfium2.PdfDocument(file)[0]
    slip: Image.Image = page.render(scale=203 / 72).to_pil().convert("RGB")
    return slip.resize((round(slip.width * SLIP_HEIGHT / slip.height), SLIP_HEIGHT))


def _framed(picture: Image.Image) -> Image.Image:
    framed = Image.new("RGB", (picture.width + 4, picture.height + 4), EDGE)
    framed.paste(picture, (2, 2))
    return framed


main(Path(sys.argv[1]))
