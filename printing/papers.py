"""The papers a slip comes on: a small closed set, measured in printer dots."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kiosk.settings import PaperName, RollDpi, Settings

MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Paper:
    """A roll has no height: it is as long as its slip. A sheet is filled from top to bottom.

    `dpi` is the grid in whose dots the slip is drawn and read back, `printer_dpi` (a whole
    multiple) what the printer is asked for: only then are bars whole dots of the printer. `left`
    and `width` say where ink goes, between white `top` and `bottom`, in dots. `scales` turn the
    slip's design measures (dots of the usual 80 mm head) into dots of this paper: the first is
    taken with which everything fits. No letter is smaller than `smallest_type` dots.
    """

    name: PaperName
    width_mm: int
    height_mm: int | None
    dpi: int
    printer_dpi: int
    left: int
    width: int
    top: int
    bottom: int
    smallest_type: int
    scales: tuple[float, ...]

    @property
    def white(self) -> int:
        """The dots beside the ink, left and right together."""
        return self.whole_dots(self.width_mm) - self.width

    def whole_dots(self, millimetres: int) -> int:
        """Return how many whole dots fit into so many millimetres."""
        return int(millimetres * self.dpi / MM_PER_INCH)


# 71 of the 72 mm that an 80 mm head can reach, 47 of the 48 mm of a 58 mm head: half a millimetre
# on each side is left for crooked paper.
ROLL_80 = Paper(
    name=PaperName.ROLL_80,
    width_mm=80,
    height_mm=None,
    dpi=203,
    printer_dpi=203,
    left=36,
    width=567,
    top=20,
    bottom=24,
    smallest_type=25,
    scales=(1.0,),
)
ROLL_58 = Paper(
    name=PaperName.ROLL_58,
    width_mm=58,
    height_mm=None,
    dpi=203,
    printer_dpi=203,
    left=43,
    width=376,
    top=20,
    bottom=24,
    smallest_type=25,
    scales=(0.93,),
)
# Office printers have 300, 360, 600 or 1200 dpi: what is whole at 300 is whole at 600 and 1200.
A5 = Paper(
    name=PaperName.A5,
    width_mm=148,
    height_mm=210,
    dpi=300,
    printer_dpi=600,
    left=130,
    width=1488,
    top=120,
    bottom=120,
    smallest_type=32,
    scales=(1.4, 1.35, 1.3, 1.25, 1.2, 1.15, 1.1),
)
A4 = Paper(
    name=PaperName.A4,
    width_mm=210,
    height_mm=297,
    dpi=300,
    printer_dpi=600,
    left=184,
    width=2112,
    top=170,
    bottom=170,
    smallest_type=45,
    scales=(2.0, 1.9, 1.8, 1.7, 1.6),
)
PAPERS: Mapping[PaperName, Paper] = MappingProxyType(
    {paper.name: paper for paper in (ROLL_80, ROLL_58, A5, A4)}
)


def _on_head(roll: Paper, head: RollDpi) -> Paper:
    """The same roll, as large, in the dots of another head."""
    dpi = int(head)
    finer = dpi / roll.dpi
    return replace(
        roll,
        dpi=dpi,
        printer_dpi=dpi,
        left=round(roll.left * finer),
        width=int(roll.width * finer),
        top=round(roll.top * finer),
        bottom=round(roll.bottom * finer),
        smallest_type=round(roll.smallest_type * finer),
        scales=tuple(scale * finer for scale in roll.scales),
    )


ROLLS: Mapping[tuple[PaperName, RollDpi], Paper] = MappingProxyType(
    {(roll.name, head): _on_head(roll, head) for roll in (ROLL_80, ROLL_58) for head in RollDpi}
)


def paper_of(settings: Settings) -> Paper:
    """Return what the pages of a kiosk are drawn for: its paper, and the head of its roll printer.

    A sheet is drawn in dots that are whole at 300, 600 and 1200 dpi.
    """
    return ROLLS.get((settings.paper, settings.roll_dpi), PAPERS[settings.paper])
