"""What an ESC/POS printer can do, from python-escpos's collection of profiles."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from kiosk.domain.escpos_address import parse_escpos_address
from kiosk.domain.failures import DataFailure
from kiosk.settings import PaperName, Settings
from printing import escpos_commands as commands
from printing.papers import MM_PER_INCH, PAPERS, Paper

_USUAL_DPI = 203
_USUAL_DOTS = {PaperName.ROLL_80: 576, PaperName.ROLL_58: 384}
_CELL_DOTS = 12
_CELLS = range(10, 17)
"""So many dots a letter of font A is wide, whatever a profile says of its columns."""
_NARROWEST = 0.95
_LINE_SIGNS = "─═║╔╗╚╝"


class Charset:
    """The letters of a printer, in the code pages that its profile names."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        from escpos.magicencode import Encoder  # noqa: PLC0415 (slow, see _profiles)

        self._encoder = Encoder(dict(pages))
        # The lowest are those that printers are most likely to have.
        self._pages = sorted(pages, key=lambda page: int(pages[page]))
        self._known: dict[str, str] = {}

    def shows(self, text: str) -> bool:
        """Whether there is a code page for every character."""
        return all(self._page("", character) for character in text)

    def encode(self, text: str, page: str) -> Iterator[tuple[str, bytes]]:
        """Yield the text in pieces of one code page each, beginning with `page` while it serves.

        The text must be one that shows().
        """
        piece = ""
        for character in text:
            needed = self._page(page, character)
            if needed != page and piece:
                yield page, self._encoder.encode(piece, page)
                piece = ""
            page, piece = needed, piece + character
        if piece:
            yield page, self._encoder.encode(piece, page)

    def slot(self, page: str) -> int:
        """Return the number by which the printer calls a code page."""
        slot: int = self._encoder.get_sequence(page)
        return slot

    def _page(self, page: str, character: str) -> str:
        if page and self._encoder.can_encode(page, character):
            return page
        if character not in self._known:
            able = (page for page in self._pages if self._encoder.can_encode(page, character))
            self._known[character] = next(able, "")
        return self._known[character]


@dataclass(frozen=True, slots=True)
class Head:
    """A head of `dots` with `columns` letters of font A in a line, on a roll.

    `paper` is that roll in dots of this head, `left` the first of the head on it. `draws_bars`
    and `draws_qr`: the printer makes these codes itself; `cut` ends a page.
    """

    paper: Paper
    left: int
    dots: int
    columns: int
    charset: Charset
    draws_bars: bool
    draws_qr: bool
    cut: bytes

    @property
    def cell(self) -> int:
        """The dots of a column."""
        return self.dots // self.columns


def check_printer(settings: Settings) -> None:
    """Raise DataFailure when the settings of an ESC/POS printer do not go together."""
    if parse_escpos_address(settings.printer) is not None:
        head_of(settings.escpos_profile, settings.paper)


@cache
def head_of(profile: str, paper: PaperName) -> Head:
    """Return what a printer of that profile prints on that paper.

    Raises DataFailure for a profile that there is not, or that cannot print these pages, and for
    a paper that does not go with it.
    """
    profiles = _profiles()
    if profile not in profiles:
        raise _unfit(f"there is no escpos_profile {profile!r}, but: {', '.join(sorted(profiles))}")
    found = profiles[profile]
    roll = PAPERS[paper]
    if roll.height_mm is not None:
        raise _unfit(f'paper must be "80mm" or "58mm" for an ESC/POS printer, not "{paper}"')
    charset, features = (
        Charset({name: slot for slot, name in found["codePages"].items()}),
        found["features"],
    )
    if not features["bitImageRaster"] or features["starCommands"] or not charset.shows(_LINE_SIGNS):
        raise _unfit(f"a printer of escpos_profile {profile!r} cannot print these pages")
    dpi, dots = _measure(found, paper)
    share = dpi / roll.dpi
    width = min(round(roll.width * share), dots)
    if width < _NARROWEST * roll.width * share or dots > roll.width_mm * dpi / MM_PER_INCH + 1:
        raise _unfit(f"escpos_profile {profile!r} is no printer for paper {paper}")
    left = round(roll.left * share) - (dots - width) // 2
    fitting = width / roll.width
    return Head(
        paper=replace(
            roll,
            dpi=dpi,
            printer_dpi=dpi,
            left=left + (dots - width) // 2,
            width=width,
            smallest_type=round(roll.smallest_type * fitting),
            scales=tuple(scale * fitting for scale in roll.scales),
        ),
        left=left,
        dots=dots,
        columns=_columns(found, dots),
        charset=charset,
        draws_bars=features["barcodeB"],
        draws_qr=features["qrCode"],
        cut=_cut(features),
    )


def _measure(profile: Mapping[str, Any], paper: PaperName) -> tuple[int, int]:
    media = profile["media"]
    dots, dpi = media["width"].get("pixels"), media.get("dpi")
    return (
        dpi if isinstance(dpi, int) else _USUAL_DPI,
        dots if isinstance(dots, int) else _USUAL_DOTS[paper],
    )


def _columns(profile: Mapping[str, Any], dots: int) -> int:
    columns: int = profile["fonts"]["0"]["columns"]
    known = isinstance(profile["media"]["width"].get("pixels"), int)
    return columns if known and dots // columns in _CELLS else dots // _CELL_DOTS


def _cut(features: Mapping[str, bool]) -> bytes:
    if features["paperPartCut"]:
        return commands.CUT_PARTLY
    return commands.CUT if features["paperFullCut"] else commands.FEED_TO_TEAR


def _unfit(why: str) -> DataFailure:
    return DataFailure("kiosk.toml", 0, why)


@cache
def _profiles() -> Mapping[str, Any]:
    """python-escpos reads its collection in 0.2 s, and keeps a copy in a new folder each time."""
    from escpos import capabilities  # noqa: PLC0415 (as above)

    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    profiles: Mapping[str, Any] = capabilities.CAPABILITIES["profiles"]
    return profiles
