"""One slip with both codes, read back: the kiosk's and the reference's in turn.

Prints the milliseconds of both as JSON.
"""

import json
from time import perf_counter
from typing import Any

from reference_slip import draw, read_back
from slip_drawing import note_drawing
from slip_samples import TEXTS, make_slip

from kiosk.domain.slip import SlipContent
from printing.readback import DPI
from printing.slip_page import render_slip

ROUNDS = 40
WARM_UP = 3


def _ours(content: SlipContent) -> float:
    began_s = perf_counter()
    render_slip(content, TEXTS)
    return (perf_counter() - began_s) * 1000


def _reference(drawing: dict[str, Any]) -> float:
    began_s = perf_counter()
    read = read_back(draw(drawing), DPI)
    took_ms = (perf_counter() - began_s) * 1000
    if not {drawing["bars"]["text"], drawing["qr"]["text"]} <= read:
        raise RuntimeError("the reference's slip does not read back")
    return took_ms


def measure() -> dict[str, list[float]]:
    """Render both in turn."""
    content = make_slip()
    drawing = note_drawing(content)
    pairs = [(_ours(content), _reference(drawing)) for _ in range(WARM_UP + ROUNDS)][WARM_UP:]
    return {"ours": [ours for ours, _ in pairs], "reference": [other for _, other in pairs]}


if __name__ == "__main__":
    print(json.dumps(measure()))
