"""What the kiosk draws on a slip, written down so that others can draw the same.

slip_drawing.py OUT writes the drawing as JSON; its measures are points from the lower left corner.
"""

import json
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas
from slip_samples import TEXTS, make_slip

from kiosk.domain.slip import SlipContent
from printing import codes
from printing.slip_page import render_slip

POINTS_PER_DOT = 72 / 203


def note_drawing(content: SlipContent) -> dict[str, Any]:
    """Let the kiosk draw the slip, and return the page, texts, lines, frames and codes."""
    noted: dict[str, Any] = {"texts": [], "lines": [], "frames": []}

    class NotingCanvas(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            noted["page"] = named["pagesize"]

        def drawString(self, x: float, y: float, text: str) -> None:  # noqa: N802
            place = [x * POINTS_PER_DOT, y * POINTS_PER_DOT]
            noted["texts"].append([*place, self._fontname, self._fontsize * POINTS_PER_DOT, text])
            super().drawString(x, y, text)

        def line(self, *ends: float) -> None:
            noted["lines"].append([one * POINTS_PER_DOT for one in (*ends, self._lineWidth)])
            super().line(*ends)

        def rect(self, *box: float, stroke: int, fill: int) -> None:
            if stroke:
                noted["frames"].append([one * POINTS_PER_DOT for one in (*box, self._lineWidth)])
            super().rect(*box, stroke=stroke, fill=fill)

    with (
        patch("printing.sheet.Canvas", NotingCanvas),
        patch.object(codes, "draw_code128", wraps=codes.draw_code128) as bars,
        patch.object(codes, "draw_qr", wraps=codes.draw_qr) as qr,
    ):
        render_slip(content, TEXTS)
    noted["bars"] = {"text": content.number, "unit": codes.BAR_DOTS * POINTS_PER_DOT}
    noted["bars"] |= {name: dots * POINTS_PER_DOT for name, dots in bars.call_args.kwargs.items()}
    noted["qr"] = {"text": content.qr_text, "side": codes.QR_SIDE_DOTS * POINTS_PER_DOT}
    noted["qr"] |= {name: dots * POINTS_PER_DOT for name, dots in qr.call_args.kwargs.items()}
    return noted


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(note_drawing(make_slip())), encoding="utf-8")
