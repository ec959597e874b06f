"""The two ways a slip leaves the program, and every way in which it may fail to."""

import os
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from slip_samples import TEXTS, make_slip

from printing.papers import A4, A5, ROLL_58, ROLL_80, Paper
from printing.printers import (
    CupsPrinter,
    Filed,
    FilePrinter,
    NotSubmitted,
    Papers,
    Printer,
    Refusal,
    Submitted,
)
from printing.readback import media_height_mm
from printing.slip_page import render_slip

NUMBER = "109170000424"
NAME = "ZULAIKHA QODRIYAH"
PDF = render_slip(make_slip(number=NUMBER, name=NAME), TEXTS)

FakeLp = Callable[[str], Path]


@pytest.fixture
def fake_lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeLp:
    """Put an `lp` first on PATH that keeps its arguments and input, then runs `behaviour`."""

    def install(behaviour: str) -> Path:
        kept = tmp_path / "bin"
        kept.mkdir()
        lp = kept / "lp"
        lp.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$@" > "{kept}/arguments"\n'
            f'printf "%s" "$LC_ALL" > "{kept}/language"\n{behaviour}\n'
        )
        lp.chmod(0o755)
        monkeypatch.setenv("PATH", f"{kept}{os.pathsep}{os.environ['PATH']}")
        return kept

    return install


ACCEPT = 'cat > "$(dirname "$0")/input"; echo "request id is slip-17 (1 file(s))"'


def test_cups_gets_the_slip_in_its_own_size_unscaled_and_nothing_personal(fake_lp: FakeLp) -> None:
    kept = fake_lp(ACCEPT)
    assert CupsPrinter("slip").submit(PDF, NUMBER) == Submitted("slip-17")
    assert (kept / "input").read_bytes() == PDF
    assert (kept / "language").read_text() == "C"
    height_points = pypdfium2.PdfDocument(PDF).get_page_size(0)[1]
    arguments = (kept / "arguments").read_text().splitlines()
    media = arguments[5].removeprefix("media=Custom.80x").removesuffix("mm")
    assert 0 <= int(media) - height_points / 72 * 25.4 < 0.2
    assert arguments == [
        *("-d", "slip", "-t", NUMBER),
        *("-o", f"media=Custom.80x{media}mm"),
        *("-o", "print-scaling=none"),
        *("-o", "printer-resolution=203dpi"),
        *("--", "-"),
    ]
    assert not any(word in argument for argument in arguments for word in NAME.split())


@pytest.mark.parametrize(
    ("paper", "media", "resolution"),
    [
        (ROLL_80, "Custom.80x{height}mm", "203dpi"),
        (ROLL_58, "Custom.58x{height}mm", "203dpi"),
        (A5, "A5", "600dpi"),
        (A4, "A4", "600dpi"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_cups_is_asked_for_the_paper_that_the_slip_was_made_for(
    fake_lp: FakeLp, paper: Paper, media: str, resolution: str
) -> None:
    kept = fake_lp(ACCEPT)
    pdf = render_slip(make_slip(), TEXTS, paper=paper)
    CupsPrinter("slip", paper).submit(pdf, NUMBER)
    height = media_height_mm(pdf)
    options = (kept / "arguments").read_text().splitlines()[5:10:2]
    assert options == [
        f"media={media.format(height=height)}",
        "print-scaling=none",
        f"printer-resolution={resolution}",
    ]


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (
            'echo "lp: Error - The printer or class does not exist." >&2; exit 1',
            NotSubmitted(Refusal.REFUSED, "lp: Error - The printer or class does not exist."),
        ),
        (
            'cat > /dev/null; printf "lp: Not accepting jobs\\nmore\\n" >&2; exit 1',
            NotSubmitted(Refusal.REFUSED, "lp: Not accepting jobs"),
        ),
        ("exit 1", NotSubmitted(Refusal.REFUSED, "")),
        ("kill -9 $$", NotSubmitted(Refusal.REFUSED, "")),
        ("cat > /dev/null", NotSubmitted(Refusal.NO_JOB, "lp: no request id")),
        ('printf "\\377\\n"', NotSubmitted(Refusal.NO_JOB, "lp: no request id")),
    ],
    ids=["no queue", "rejecting", "silent refusal", "killed", "no job named", "not text"],
)
def test_what_cups_does_not_take_is_not_called_submitted(
    fake_lp: FakeLp, behaviour: str, outcome: NotSubmitted
) -> None:
    fake_lp(behaviour)
    assert CupsPrinter("slip").submit(PDF, NUMBER) == outcome


def test_without_cups_on_the_machine_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert CupsPrinter("slip").submit(PDF, NUMBER) == NotSubmitted(Refusal.NO_CUPS, "lp: not found")


def test_an_lp_that_cannot_be_started_is_no_cups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lp = tmp_path / "lp"
    lp.write_bytes(b"\x7fnot a program")
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    outcome = CupsPrinter("slip").submit(PDF, NUMBER)
    assert isinstance(outcome, NotSubmitted)
    assert outcome.reason is Refusal.NO_CUPS


def test_a_cups_that_never_answers_is_given_up(fake_lp: FakeLp) -> None:
    fake_lp("exec tail -f /dev/null")
    outcome = CupsPrinter("slip", timeout_s=0.2).submit(PDF, NUMBER)
    assert outcome == NotSubmitted(Refusal.NO_ANSWER, "lp: no answer in 0.2 s")


@pytest.mark.parametrize(
    ("answer", "ready"),
    [
        ('echo "printer slip is idle.  enabled since Mon Nov 23 08:00:00 2026"', True),
        ('echo "printer slip now printing slip-7.  enabled since Mon Nov 23 08:00:00 2026"', True),
        ('echo "printer slip disabled since Mon Nov 23 08:00:00 2026 - Paused"', False),
        ('echo "lpstat: Invalid destination name in list \\"slip\\"." >&2; exit 1', False),
        ("exec sleep 60", False),
    ],
)
def test_cups_is_asked_whether_its_queue_takes_slips(
    fake_lp: FakeLp, monkeypatch: pytest.MonkeyPatch, answer: str, ready: bool
) -> None:
    monkeypatch.setattr("printing.printers.READY_TIMEOUT_S", 0.2 if "sleep" in answer else 30.0)
    kept = fake_lp(answer)
    (kept / "lp").rename(kept / "lpstat")
    assert CupsPrinter("slip").ready() is ready
    if ready:
        assert (kept / "arguments").read_text() == "-p\nslip\n"
        assert (kept / "language").read_text() == "C"


def test_without_cups_no_printer_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not CupsPrinter("slip").ready()


def test_a_file_is_written_whole_and_for_this_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "slips"
    outcome = FilePrinter(folder).submit(PDF, NUMBER)
    file = folder / f"{NUMBER}.pdf"
    assert outcome == Filed(file)
    assert file.read_bytes() == PDF
    assert [path.name for path in folder.iterdir()] == [file.name]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_copy_takes_the_place_of_the_slip_before_it(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path)
    printer.submit(b"before", NUMBER)
    printer.submit(PDF, NUMBER)
    assert (tmp_path / f"{NUMBER}.pdf").read_bytes() == PDF


def test_a_full_disk_leaves_the_old_file_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    printer = FilePrinter(tmp_path)
    printer.submit(PDF, NUMBER)
    monkeypatch.setattr(os, "fsync", full)
    outcome = printer.submit(b"new", NUMBER)
    assert outcome == NotSubmitted(Refusal.NOT_WRITTEN, "No space left on device")
    assert (tmp_path / f"{NUMBER}.pdf").read_bytes() == PDF


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "slips").write_text("a file in the way")
    outcome = FilePrinter(tmp_path / "slips").submit(PDF, NUMBER)
    assert isinstance(outcome, NotSubmitted)
    assert outcome.reason is Refusal.NOT_WRITTEN


@pytest.mark.parametrize(
    "title",
    ["", "../109170000424", NAME, f"{NUMBER}\n", f"../pengingat-{NUMBER}-1", "pengingat"],
    ids=["nothing", "a path", "a person's name", "a line end", "a page's path", "a kind alone"],
)
@pytest.mark.parametrize(
    "printer", [FilePrinter(Path("unused")), CupsPrinter("slip")], ids=["file", "cups"]
)
def test_a_job_is_called_by_a_number_or_a_kind_and_digits_only(
    printer: Printer, title: str
) -> None:
    with pytest.raises(ValueError, match="registration number"):
        printer.submit(PDF, title)


# Taking back what was on its way


@pytest.fixture
def fake_cancel(fake_lp: FakeLp) -> FakeLp:
    """Put a `cancel` there as well."""

    def install(behaviour: str) -> Path:
        kept = fake_lp("")
        cancel = kept / "cancel"
        cancel.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{kept}/cancelled"\n{behaviour}\n')
        cancel.chmod(0o755)
        return kept

    return install


EVIDENCE = ["slip-17", "person", "P 11", "no_cups", f"{NUMBER}.pdf", "slip-18"]


@pytest.mark.parametrize("behaviour", ["exit 0", "echo 'Job #17 does not exist!' >&2; exit 1"])
def test_jobs_are_taken_out_of_cups_with_their_files(
    fake_cancel: FakeLp, tmp_path: Path, behaviour: str
) -> None:
    kept = fake_cancel(behaviour)
    assert Papers(tmp_path / "slips").forget(NUMBER, EVIDENCE)
    assert (kept / "cancelled").read_text().split() == ["-x", "slip-17", "slip-18"]


def test_without_jobs_cups_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Papers(tmp_path).forget(NUMBER, ["person"])
    assert not Papers(tmp_path).forget(NUMBER, ["slip-17"])


def test_a_file_that_cannot_be_removed_is_said(tmp_path: Path) -> None:
    (tmp_path / f"{NUMBER}.pdf").mkdir()
    assert not Papers(tmp_path).forget(NUMBER, [])


def test_other_numbers_keep_their_files(tmp_path: Path) -> None:
    other = "109170000432"
    for name in (NUMBER, f"salinan-{NUMBER}-1", other, f"salinan-{other}-1"):
        FilePrinter(tmp_path).submit(PDF, name)
    assert Papers(tmp_path).forget(NUMBER, [])
    assert {file.stem for file in tmp_path.iterdir()} == {other, f"salinan-{other}-1"}
