"""A visit with a real printer that fails: it is never disturbed, and the screen tells the truth."""

import pytest
from fault_printer import (
    COVER_OPEN,
    FORGETS,
    JAM,
    NO_PAPER,
    OFFLINE,
    Fault,
    FaultPrinter,
    Stage,
)
from samples import load_texts

from kiosk.storage import tables
from printing.ipp_client import parse_address
from printing.ipp_printer import IppPrinter
from printing.papers import ROLL_80

from .residents import TRADER
from .stage import OpenStage
from .stage import Stage as Kiosk

SAY = load_texts().say
OUT, NOBODY_KNOWS = "came_out", "unsure"


def state_of(stage: Kiosk) -> str:
    (job,) = stage.rows(tables.print_job)
    return str(job["state"])


@pytest.mark.parametrize(
    ("fault", "at", "end"),
    [
        (NO_PAPER, None, OUT),
        (NO_PAPER, Stage.PRINTING, OUT),
        (COVER_OPEN, Stage.PRINTING, OUT),
        (OFFLINE, Stage.DOCUMENT_READ, OUT),
        (JAM, Stage.PRINTING, OUT),
        (FORGETS, Stage.DOCUMENT_READ, NOBODY_KNOWS),
    ],
    ids=lambda part: getattr(part, "name", str(part)),
)
def test_the_visit_goes_on_and_the_slip_comes_out_once(
    open_kiosk: OpenStage, fault: Fault, at: Stage | None, end: str
) -> None:
    with FaultPrinter() as printer:
        stage = open_kiosk(printer=IppPrinter(parse_address(printer.uri), ROLL_80))
        if at is None:
            fault.begin(printer)
        else:
            printer.at(at, fault.begin)
        stage.play(TRADER)
        before = stage.rows(tables.registration)
        if fault is NO_PAPER and at is None:
            stage.visitor.wait_until(lambda: stage.says(SAY("done.hold_no_paper")))
        assert stage.screen == "done"
        fault.mend(printer)
        stage.visitor.wait_until(lambda: state_of(stage) in {OUT, NOBODY_KNOWS})
        stage.visitor.settle()
        assert (state_of(stage), stage.screen) == (end, "done")
        assert stage.rows(tables.registration) == before
        assert len(printer.paper) == (0 if fault is FORGETS else 1)
        said = "done.slip_came_out" if end == OUT else "done.ask"
        stage.visitor.wait_until(lambda: stage.says(SAY(said)))
