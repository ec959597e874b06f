"""The layouts that ship, and what the settings leave of layouts."""

from functools import cache
from pathlib import Path

from kiosk.data import SLIP_LAYOUTS_FILE, read_text
from kiosk.domain.slip_layouts import SlipLayouts, parse_slip_layouts
from kiosk.domain.slip_without import without
from kiosk.settings import Settings

_FOLDER = Path(__file__).parent.parent / "resources" / "data"


@cache
def shipped_layouts() -> SlipLayouts:
    """Return the layouts that ship with the program."""
    return parse_slip_layouts(read_text(_FOLDER / SLIP_LAYOUTS_FILE), SLIP_LAYOUTS_FILE)


def layouts_of(settings: Settings, layouts: SlipLayouts | None) -> SlipLayouts:
    """Return layouts, the shipped ones for None, without the parts that the settings leave out."""
    return without(layouts or shipped_layouts(), settings.left_off_slips)
