"""Shows the slip of nobody as it would come out with other settings, before these are kept."""

from functools import partial
from io import BytesIO

from kiosk.domain.slip_layouts import SlipLayouts
from printing.forms import make_page
from printing.layout_check import Trial
from printing.papers import paper_of
from printing.port import Outcome
from printing.printers import printer_of
from printing.readback import rasterise
from printing.samples import TEST_SLIP


def print_sample(trial: Trial, layouts: SlipLayouts, language: str, name: str) -> Outcome:
    """Hand the fullest slip to the printer of the trial's settings, and follow it no further.

    For who stands beside the printer. Raises KioskFailure where the slip cannot be made, and
    DataFailure where there is no such printer.
    """
    page = make_page(trial.settings, partial(trial.render, layouts, language, TEST_SLIP))
    printer = printer_of(trial.settings)
    try:
        return printer.send(page, name, lambda _handle: True)
    finally:
        printer.close()


def picture_of_slip(trial: Trial, layouts: SlipLayouts, language: str) -> bytes:
    """Return the fullest slip in one language as PNG, in the dots of a usual head.

    It was made in every language, in the form that the printer takes: raises KioskFailure where
    one does not come out.
    """
    for one in trial.texts:
        make_page(trial.settings, partial(trial.render, layouts, one, TEST_SLIP))
    page = rasterise(trial.render(layouts, language, TEST_SLIP, paper_of(trial.settings)))
    written = BytesIO()
    page.save(written, "PNG")
    return written.getvalue()
