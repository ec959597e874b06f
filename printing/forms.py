"""In which form this kiosk's pages are made: a PDF, or what its ESC/POS printer understands."""

from collections.abc import Callable
from typing import Any

from kiosk.domain.escpos_address import parse_escpos_address
from kiosk.settings import Settings
from printing import escpos_commands as commands
from printing.escpos_head import Head, head_of
from printing.papers import Paper, paper_of
from printing.readback import SlipUnreadable, rasterise, read_codes

Stock = Paper | Head
"""What a page is put on: a paper (as a PDF), or a printer's head (in its own language)."""

_BLACK, _WHITE = 127, 250
# Where it is pale, every fourth dot of every other line is black.
_SPARSE_LINES = (b"\x88", b"\x00", b"\x22", b"\x00")


def make_page(settings: Settings, render: Callable[[Stock], bytes]) -> bytes:
    """Return the page that `render` makes, in the form that this kiosk's printer takes.

    Raises what `render` does, and SlipUnreadable for a code that is lost in a picture.
    """
    if parse_escpos_address(settings.printer) is None:
        return render(paper_of(settings))
    head = head_of(settings.escpos_profile, settings.paper)
    return draw(render(head.paper), head) if settings.escpos_raster else render(head)


def draw(pdf: bytes, head: Head) -> bytes:
    """Return a one-page PDF on the head's paper as a picture for its printer, with the cut.

    Raises SlipUnreadable unless the picture has the codes that the page has.
    """
    page = rasterise(pdf, head.paper.dpi)
    on_head = page.crop((head.left, 0, head.left + head.dots, page.height))
    dots = _two_colours(on_head)
    if read_codes(dots.convert("L")) != read_codes(page):
        raise SlipUnreadable("the picture has not the codes of the page")
    return commands.INIT + commands.picture(dots) + head.cut


def _two_colours(page: Any) -> Any:
    """Return the page in black and white; what is pale on it becomes sparse dots."""
    from PIL import Image  # noqa: PLC0415 (a kiosk with another printer never needs it)

    dots = page.point(lambda grey: 255 if grey > _BLACK else 0).convert("1")
    pale = page.point(lambda grey: 255 if _BLACK < grey < _WHITE else 0).convert("1")
    row = (page.width + 7) // 8
    lines = b"".join(_SPARSE_LINES[y % len(_SPARSE_LINES)] * row for y in range(page.height))
    grid = Image.frombytes("1", page.size, lines)
    dots.paste(0, mask=Image.composite(grid, Image.new("1", page.size, 0), pale))
    return dots
