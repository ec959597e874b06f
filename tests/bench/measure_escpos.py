"""An ESC/POS slip in the printer's letters and as a picture: bytes, and milliseconds to make it.

`PYTHONPATH=.:tests:tests/printing .venv/bin/python tests/bench/measure_escpos.py` prints a table.
"""

from collections.abc import Callable
from statistics import median
from time import process_time

from slip_samples import TEXTS, make_slip

from kiosk.settings import PaperName
from printing.escpos_head import head_of
from printing.forms import draw
from printing.slip_page import render_slip

ROUNDS = 20
MODELS = (
    ("default", PaperName.ROLL_80),
    ("default", PaperName.ROLL_58),
    ("POS-5890", PaperName.ROLL_58),
)


def _took_ms(make: Callable[[], bytes]) -> float:
    began_s = process_time()
    make()
    return (process_time() - began_s) * 1000


def measure() -> None:
    """Print a line for each model and form."""
    content = make_slip()
    for profile, paper in MODELS:
        head = head_of(profile, paper)
        forms: dict[str, Callable[[], bytes]] = {
            "letters": lambda head=head: render_slip(content, TEXTS, paper=head),  # type: ignore[misc]
            "picture": lambda head=head: draw(  # type: ignore[misc]
                render_slip(content, TEXTS, paper=head.paper), head
            ),
        }
        for form, make in forms.items():
            size = len(make())
            took = median(_took_ms(make) for _ in range(ROUNDS))
            print(f"{profile:10} {paper:5} {form:8} {size:7} bytes {took:6.1f} ms of CPU")


if __name__ == "__main__":
    measure()
