"""The layouts that ship, for slips made without an office's data."""

from functools import cache
from pathlib import Path

from kiosk.data import SLIP_LAYOUTS_FILE, read_text
from kiosk.domain.slip_layouts import SlipLayouts, parse_slip_layouts

_FOLDER = Path(__file__).parent.parent / "resources" / "data"


@cache
def shipped_layouts() -> SlipLayouts:
    """Return the layouts that ship with the program."""
    return parse_slip_layouts(read_text(_FOLDER / SLIP_LAYOUTS_FILE), SLIP_LAYOUTS_FILE)
