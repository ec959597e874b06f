"""The tests' own printer speaks IPP as CUPS's test program wants it."""

import subprocess
from pathlib import Path

import pytest
from fault_printer import NO_PAPER, OFFLINE, FaultPrinter

PAGE = b"%PDF-1.4 a page that nobody looks into %%EOF"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.pdf"
    file.write_bytes(PAGE)
    return file


def ipptool(printer: FaultPrinter, test: str, page: Path) -> "subprocess.CompletedProcess[str]":
    command = ["ipptool", "-t", "-T", "20", "-f", str(page), printer.uri, test]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    "test", ["ipp-1.1.test", "create-job.test", "get-completed-jobs.test", "get-jobs.test"]
)
def test_it_answers_as_the_standard_wants(test: str, page: Path) -> None:
    with FaultPrinter() as printer:
        done = ipptool(printer, test, page)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "[FAIL]" not in done.stdout


def test_it_prints_once_it_has_paper(page: Path) -> None:
    with FaultPrinter() as printer:
        NO_PAPER.begin(printer)
        assert ipptool(printer, "print-job.test", page).returncode == 0
        assert printer.paper == []
        NO_PAPER.mend(printer)
        assert [sheet.document for sheet in printer.paper] == [PAGE]


def test_it_refuses_connections_while_it_is_off_and_keeps_its_port(page: Path) -> None:
    with FaultPrinter() as printer:
        OFFLINE.begin(printer)
        assert ipptool(printer, "print-job.test", page).returncode != 0
        OFFLINE.mend(printer)
        assert ipptool(printer, "print-job.test", page).returncode == 0
        assert len(printer.paper) == 1
