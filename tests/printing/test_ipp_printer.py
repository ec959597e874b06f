"""A printer asked itself, through everything that goes wrong with printers.

The judge is what the printer put on paper. Nothing is said to be out, or not to be, that is not.
"""

import threading
from collections.abc import Callable

import pytest
from fault_printer import (
    CANCELED,
    FAULTS,
    FROZEN,
    GARBLED,
    JAM,
    LATE,
    LOW_PAPER,
    NO_PAPER,
    OFFLINE,
    POWER_CYCLE,
    REFUSES,
    SLOW,
    Fault,
    FaultPrinter,
    Stage,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from print_play import NUMBER, Play
from slip_samples import TEXTS, make_slip

from kiosk.domain.print_job import Hold
from printing.ipp import (
    Operation,
    Resolution,
    Tag,
    Value,
    collection,
    integer,
    keyword,
    words,
)
from printing.ipp_client import parse_address
from printing.ipp_printer import IppPrinter
from printing.papers import A4, A5, ROLL_58, ROLL_80, Paper
from printing.port import (
    Abilities,
    CameOut,
    LostTrack,
    NoAnswer,
    NotPrinted,
    NotSent,
    Rejected,
    Sent,
    Status,
    TellsNoMore,
    Underway,
)
from printing.readback import media_height_mm
from printing.slip_page import render_slip

SLIP = render_slip(make_slip(number=NUMBER), TEXTS)
NAME = f"{NUMBER}-0-1"
SOON_S = 0.15
"""So long is a frozen printer waited for."""


def direct(printer: FaultPrinter, answer_s: float = 10.0, paper: Paper = ROLL_80) -> IppPrinter:
    return IppPrinter(parse_address(printer.uri), paper, answer_s)


class Noted(list[str]):
    """Keeps handles."""

    def __call__(self, handle: str) -> bool:
        self.append(handle)
        return True


def send(printer: FaultPrinter, name: str = NAME) -> str:
    """Have a page sent; returns its handle."""
    noted = Noted()
    assert direct(printer).send(SLIP, name, noted) == Sent()
    return noted[0]


@pytest.mark.parametrize("two_steps", [True, False], ids=["two steps", "Print-Job alone"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.parametrize(
    "stage", [None, *Stage], ids=lambda stage: stage.name if stage else "before"
)
def test_each_fault_at_each_stage(stage: Stage | None, fault: Fault, two_steps: bool) -> None:
    with FaultPrinter(two_steps=two_steps) as printer:
        if stage is None:
            fault.begin(printer)
        else:
            printer.at(stage, fault.begin)
        play = Play(
            direct(printer, SOON_S if fault is FROZEN else 10.0),
            SLIP,
            mend=lambda: fault.mend(printer),
        )
        end = play.run()
        printer.mend()
        play.judge(printer.paper)
        if isinstance(end, Rejected):
            assert fault is REFUSES
        elif two_steps and stage not in fault.hides:
            assert isinstance(end, CameOut), play.said


MINIMAL_PDF = b"%PDF-1.4 a page that nobody looks into %%EOF"
ASKED = (
    Operation.GET_PRINTER_ATTRIBUTES,
    Operation.CREATE_JOB,
    Operation.SEND_DOCUMENT,
    Operation.GET_JOB_ATTRIBUTES,
    Operation.GET_JOBS,
)


@settings(max_examples=150)
@given(operation=st.sampled_from(ASKED), at=st.integers(0, 2500), is_question=st.booleans())
def test_the_network_cut_at_any_byte(operation: Operation, at: int, is_question: bool) -> None:
    with FaultPrinter() as printer:
        if is_question:
            printer.cut(operation, question=at)
        else:
            printer.cut(operation, answer=at)
        play = Play(IppPrinter(parse_address(printer.uri), A4), MINIMAL_PDF)
        assert isinstance(play.run(), CameOut), play.said
        play.judge(printer.paper)


@settings(max_examples=50)
@given(at=st.integers(0, 2500), is_question=st.booleans())
def test_a_printer_that_knows_one_step_cut_at_any_byte(at: int, is_question: bool) -> None:
    with FaultPrinter(two_steps=False) as printer:
        if is_question:
            printer.cut(Operation.PRINT_JOB, question=at)
        else:
            printer.cut(Operation.PRINT_JOB, answer=at)
        play = Play(IppPrinter(parse_address(printer.uri), A4), MINIMAL_PDF)
        play.run()
        play.judge(printer.paper)
        if not is_question:
            assert isinstance(play.said[-1], CameOut)


# What a job is told


def dots(*numbers: int) -> tuple[Value, ...]:
    return tuple(Value(Tag.RESOLUTION, Resolution(dpi, dpi)) for dpi in numbers)


def sized(width: int, height: int) -> tuple[Value, ...]:
    size = {"x-dimension": integer(width), "y-dimension": integer(height)}
    return collection({"media-size": collection(size)})


@pytest.mark.parametrize(
    ("paper", "media", "dpi"),
    [
        (ROLL_80, None, 203),
        (ROLL_58, None, 203),
        (A5, "iso_a5_148x210mm", 600),
        (A4, "iso_a4_210x297mm", 600),
    ],
    ids=["80 mm", "58 mm", "A5", "A4"],
)
def test_each_paper_is_asked_for_unscaled_and_in_its_dots(
    paper: Paper, media: str | None, dpi: int
) -> None:
    pdf = render_slip(make_slip(number=NUMBER), TEXTS, paper=paper)
    with FaultPrinter() as printer:
        assert direct(printer, paper=paper).send(pdf, NAME, Noted()) == Sent()
        (sheet,) = printer.paper
    assert sheet.document == pdf
    asked = dict(sheet.ticket)
    if media is None:
        size = sized(paper.width_mm * 100, media_height_mm(pdf) * 100)
        assert asked.pop("media-col") == size
    else:
        assert asked.pop("media") == keyword(media)
    assert asked == {
        "copies": integer(1),
        "sides": keyword("one-sided"),
        "print-scaling": keyword("none"),
        "job-sheets": keyword("none"),
        "printer-resolution": dots(dpi),
    }


def test_what_a_printer_does_not_know_it_is_not_told() -> None:
    unknown = (
        *("copies", "sides", "print-scaling", "job-sheets", "printer-resolution"),
        *("media", "media-col"),
    )
    with FaultPrinter(more={f"{name}-supported": () for name in unknown}) as printer:
        send(printer)
        assert printer.paper[0].ticket == {}


@pytest.mark.parametrize(
    ("paper", "offered", "chosen"),
    [(A4, (300,), 300), (A4, (360, 1200), 1200), (A4, (360,), None), (ROLL_80, (180,), None)],
)
def test_only_dots_are_asked_for_that_keep_bars_whole(
    paper: Paper, offered: tuple[int, ...], chosen: int | None
) -> None:
    more = {"printer-resolution-supported": dots(*offered)}
    with FaultPrinter(more=more) as printer:
        direct(printer, paper=paper).send(SLIP, NAME, Noted())
        asked = printer.paper[0].ticket.get("printer-resolution")
        assert asked == (None if chosen is None else dots(chosen))


def test_an_old_printer_is_told_a_length_by_name() -> None:
    with FaultPrinter(more={"media-col-supported": ()}) as printer:
        send(printer)
        size = f"80x{media_height_mm(SLIP)}mm"
        assert printer.paper[0].ticket["media"] == keyword(f"custom_{size}_{size}")


def test_nothing_but_the_name_says_whose_page_it_is() -> None:
    with FaultPrinter() as printer:
        send(printer)
        assert printer.names() == [NAME]
    with pytest.raises(ValueError, match="number, copy and attempt"):
        direct(printer).send(SLIP, "ZULAIKHA", Noted())


def test_a_printer_that_reads_neither_pdf_nor_dots_gets_nothing() -> None:
    with FaultPrinter(formats=("application/vnd.hp-PCL",)) as printer:
        noted = Noted()
        outcome = direct(printer).send(SLIP, NAME, noted)
        assert outcome == Rejected("document-format-not-supported")
        assert noted == []


def test_a_refusal_is_told_in_the_printers_word() -> None:
    for two_steps in (True, False):
        with FaultPrinter(two_steps=two_steps) as printer:
            REFUSES.begin(printer)
            assert direct(printer).send(SLIP, NAME, Noted()) == Rejected("not-authorized")


# Whether it is begun


@pytest.mark.parametrize("two_steps", [True, False])
def test_a_page_no_longer_wanted_is_not_printed(two_steps: bool) -> None:
    with FaultPrinter(two_steps=two_steps) as printer:
        outcome = direct(printer).send(SLIP, NAME, lambda _: False)
        assert isinstance(outcome, NotSent)
        send(printer, f"{NUMBER}-0-2")
        assert printer.names() == [f"{NUMBER}-0-2"]


def test_a_disk_that_fails_while_a_page_is_noted_prints_nothing() -> None:
    def begin(_handle: str) -> bool:
        raise OSError("no space")

    with FaultPrinter() as printer:
        with pytest.raises(OSError, match="no space"):
            direct(printer).send(SLIP, NAME, begin)
        send(printer, f"{NUMBER}-0-2")
        assert printer.names() == [f"{NUMBER}-0-2"]


class Killed(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("counts", [True, False])
def test_a_program_killed_before_the_document_left_prints_it_after_its_restart(
    counts: bool,
) -> None:
    with FaultPrinter(counts=counts) as printer:
        noted = Noted()

        def begin(handle: str) -> bool:
            noted(handle)
            printer.cut(Operation.CANCEL_JOB, question=0)  # the dead say no more
            raise Killed

        with pytest.raises(Killed):
            direct(printer).send(SLIP, NAME, begin)
        news = direct(printer).follow(noted[0], NAME)
        assert isinstance(news, NotPrinted if counts else NotPrinted | LostTrack)
        send(printer, f"{NUMBER}-0-2")
        assert printer.names() == [f"{NUMBER}-0-2"]


def test_a_program_killed_after_the_document_left_learns_that_it_is_out() -> None:
    for two_steps in (True, False):
        with FaultPrinter(two_steps=two_steps) as printer:
            handle = send(printer)
            assert isinstance(direct(printer).follow(handle, NAME), CameOut)


# What becomes of it


def test_a_page_is_followed_from_the_tray_to_paper() -> None:
    with FaultPrinter() as printer:
        printer.at(Stage.DOCUMENT_READ, NO_PAPER.begin)
        handle = send(printer)
        assert direct(printer).follow(handle, NAME) == Underway(hold=Hold.NO_PAPER)
        SLOW.begin(printer)
        printer.reason = ""
        printer.advance(1)
        assert direct(printer).follow(handle, NAME) == Underway(printing=True)
        SLOW.mend(printer)
        assert direct(printer).follow(handle, NAME) == CameOut("job-completed-successfully")


def test_paper_that_runs_out_half_way_is_waited_for() -> None:
    with FaultPrinter() as printer:
        printer.at(Stage.PRINTING, NO_PAPER.begin)
        handle = send(printer)
        assert direct(printer).follow(handle, NAME) == Underway(hold=Hold.NO_PAPER)


def test_a_number_given_out_again_is_not_taken_for_ours() -> None:
    with FaultPrinter() as printer:
        printer.at(Stage.DOCUMENT_READ, POWER_CYCLE.begin)
        handle = send(printer)
        POWER_CYCLE.mend(printer)
        for stranger in range(3):
            send(printer, f"pengingat-20261122-10240{stranger}")
        assert direct(printer).follow(handle, NAME) == LostTrack("unknown to the printer")
        assert direct(printer).forget(handle, NAME)
        assert len(printer.paper) == 3


def test_a_page_whose_number_changed_is_found_by_its_name() -> None:
    with FaultPrinter() as printer:
        send(printer)
        assert isinstance(direct(printer).follow("job 1", NAME), CameOut)
        assert isinstance(direct(printer).follow("job 77", NAME), CameOut)
        assert isinstance(direct(printer).follow("", NAME), CameOut)


@pytest.mark.parametrize(
    ("fault", "counts", "said"),
    [
        (JAM, True, NotPrinted("aborted-by-system")),
        (JAM, False, LostTrack("aborted-by-system")),
        (CANCELED, True, NotPrinted("job-canceled-at-device")),
        (CANCELED, False, LostTrack("job-canceled-at-device")),
    ],
    ids=["jam, counted", "jam, not counted", "canceled, counted", "canceled, not counted"],
)
def test_that_nothing_came_is_said_only_where_the_printer_counts(
    fault: Fault, counts: bool, said: NotPrinted | LostTrack
) -> None:
    with FaultPrinter(counts=counts) as printer:
        printer.at(Stage.PRINTING, fault.begin)
        handle = send(printer)
        assert direct(printer).follow(handle, NAME) == said


def test_a_page_aborted_after_it_was_counted_is_not_printed_again() -> None:
    with FaultPrinter() as printer:
        printer.at(Stage.PRINTED, JAM.begin)
        handle = send(printer)
        assert isinstance(direct(printer).follow(handle, NAME), LostTrack)


def test_a_page_is_out_when_the_printer_says_so_and_not_before() -> None:
    with FaultPrinter() as printer:
        LATE.begin(printer)
        handle = send(printer)
        assert direct(printer).follow(handle, NAME) == Underway(printing=True)
        LATE.mend(printer)
        assert isinstance(direct(printer).follow(handle, NAME), CameOut)


def test_another_machines_cups_is_not_believed_that_a_page_is_out() -> None:
    more = {"cups-version": words(Tag.TEXT, "2.4.2")}
    with FaultPrinter(more=more) as printer:
        handle = send(printer)
        assert direct(printer).follow(handle, NAME) == TellsNoMore()
        assert not direct(printer).abilities().reports_jobs
        printer.at(Stage.PRINTING, JAM.begin)
        handle = send(printer, f"{NUMBER}-0-2")
        assert isinstance(direct(printer).follow(handle, f"{NUMBER}-0-2"), LostTrack)


def test_a_page_is_taken_back() -> None:
    with FaultPrinter() as printer:
        printer.at(Stage.DOCUMENT_READ, NO_PAPER.begin)
        handle = send(printer)
        assert direct(printer).forget(handle, NAME)
        assert direct(printer).forget(handle, NAME)
        NO_PAPER.mend(printer)
        assert printer.paper == []
        assert isinstance(direct(printer).follow(handle, NAME), NotPrinted)
        OFFLINE.begin(printer)
        assert not direct(printer).forget(handle, NAME)


# How it stands


@pytest.mark.parametrize(
    ("state", "reasons", "status"),
    [
        (3, "none", Status()),
        (3, "media-low-report", Status(paper_low=True, says="media-low-report")),
        (3, "media-empty-warning", Status(paper_low=True, says="media-empty-warning")),
        (3, "media-jam-report", Status(says="media-jam-report")),
        (3, "media-empty-error", Status(Hold.NO_PAPER, says="media-empty-error")),
        (3, "media-empty", Status(Hold.NO_PAPER, says="media-empty")),
        (5, "media-empty-warning", Status(Hold.NO_PAPER, says="media-empty-warning")),
        (5, "media-needed-report", Status(Hold.NO_PAPER, says="media-needed-report")),
        (5, "door-open", Status(Hold.COVER_OPEN, says="door-open")),
        (5, "toner-empty-error", Status(Hold.NO_INK, says="toner-empty-error")),
        (5, "none", Status(Hold.STOPPED)),
        (5, "com.example.unknown", Status(Hold.STOPPED, says="com.example.unknown")),
    ],
)
def test_its_reasons_are_read_by_how_they_begin(state: int, reasons: str, status: Status) -> None:
    more = {
        "printer-state": (Value(Tag.ENUM, state),),
        "printer-state-reasons": keyword(reasons),
    }
    with FaultPrinter(more=more) as printer:
        assert direct(printer).status() == status


def test_of_several_reasons_the_worst_counts() -> None:
    reasons = ("toner-empty-error", "media-empty-error", "cover-open-error", "media-jam-error")
    for count, hold in ((4, Hold.JAM), (3, Hold.COVER_OPEN), (2, Hold.NO_PAPER), (1, Hold.NO_INK)):
        more = {"printer-state-reasons": keyword(*reasons[:count])}
        with FaultPrinter(more=more) as printer:
            assert direct(printer).status().hold is hold


def test_a_printer_that_takes_no_jobs_has_stopped() -> None:
    more = {"printer-is-accepting-jobs": (Value(Tag.BOOLEAN, False),)}
    with FaultPrinter(more=more) as printer:
        assert direct(printer).status().hold is Hold.STOPPED
        assert direct(printer).send(SLIP, NAME, Noted()) == NotSent(Hold.STOPPED)


def test_its_own_words_are_fit_to_be_shown() -> None:
    more = {"printer-state-message": words(Tag.TEXT, "Tutup\npenutup\x1b[31m" + "x" * 500)}
    with FaultPrinter(more=more) as printer:
        says = direct(printer).status().says
        assert says.startswith("Tutup penutup [31m")
        assert len(says) == 200


def test_it_tells_its_model_and_paper() -> None:
    with FaultPrinter() as printer:
        told = direct(printer).abilities()
        assert told == Abilities("Pencetak Uji 1000", "iso_a4_210x297mm", True, True)
        LOW_PAPER.begin(printer)
        assert direct(printer).status().paper_low
        OFFLINE.begin(printer)
        assert direct(printer).abilities() == Abilities()


def drip(printer: FaultPrinter) -> None:
    printer.drips = threading.Event()
    printer.garble = b"HTTP/1.1 200 OK\r\n\r\n"


def flood(printer: FaultPrinter) -> None:
    printer.garble = b"HTTP/1.1 200 OK\r\n\r\n" + bytes(4_200_000)


def says(answer: bytes) -> Callable[[FaultPrinter], None]:
    def garble(printer: FaultPrinter) -> None:
        printer.garble = answer

    return garble


@pytest.mark.parametrize(
    ("begin", "hold"),
    [
        (OFFLINE.begin, Hold.OFFLINE),
        (FROZEN.begin, Hold.OFFLINE),
        (GARBLED.begin, Hold.OFFLINE),
        (drip, Hold.OFFLINE),
        (flood, Hold.OFFLINE),
        (says(b"\x00" * 100), Hold.OFFLINE),
        (says(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"), Hold.OFFLINE),
        (says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), Hold.OFFLINE),
        (says(b"HTTP/1.1 200 OK\r\n\r\n\x01\x01\0\0\0\0\0\x07\x03"), Hold.OFFLINE),
        (says(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000), Hold.OFFLINE),
        (says(b"HTTP/1.1 404 Not Found\r\n\r\n"), Hold.MISSING),
        (says(b"HTTP/1.1 401 Unauthorized\r\n\r\n"), Hold.MISSING),
        (says(b"HTTP/1.1 500 Oops\r\n\r\n"), Hold.OFFLINE),
    ],
)
def test_who_does_not_answer_in_ipp_is_not_well(
    begin: Callable[[FaultPrinter], None], hold: Hold
) -> None:
    with FaultPrinter() as printer:
        handle = send(printer)
        begin(printer)
        me = direct(printer, SOON_S if begin in (FROZEN.begin, drip) else 10.0)
        status = me.status()
        assert status.hold is hold
        assert status.says
        assert me.send(SLIP, f"{NUMBER}-0-2", Noted()) == NotSent(hold)
        assert me.follow(handle, NAME) == NoAnswer(hold)
        if printer.drips is not None:
            printer.drips.set()


def test_a_host_that_does_not_exist_is_offline() -> None:
    printer = IppPrinter(parse_address("ipp://printer.invalid/ipp/print"), ROLL_80, SOON_S)
    assert printer.status().hold is Hold.OFFLINE


def test_a_path_without_a_printer_is_missing() -> None:
    with FaultPrinter() as printer:
        printer.is_missing = True
        assert direct(printer).status().hold is Hold.MISSING
        assert direct(printer).send(SLIP, NAME, Noted()) == NotSent(Hold.MISSING)
