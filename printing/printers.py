"""The printer as the spooler sees it: a small port with two adapters.

An adapter says that a slip was handed on, or why not. That it came out it never says.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from kiosk.settings import Settings
from printing.papers import PAPERS, ROLL_80, Paper

READY_TIMEOUT_S = 5.0
FORGET_TIMEOUT_S = 2.0
"""The store waits for it, and residents wait for the store."""
_NAME = re.compile(r"[0-9]+|[a-z]+-[0-9]+-[0-9]+")
_JOB = re.compile(r"[^\s-]\S*-[0-9]+")
_REQUEST_ID = re.compile(r"^request id is (\S+)", re.MULTILINE)


class Refusal(StrEnum):
    """Why a slip was not handed on."""

    NOT_WRITTEN = "not_written"
    """The file could not be written."""
    NO_CUPS = "no_cups"
    """There is no `lp` on this machine."""
    REFUSED = "refused"
    """The queue does not exist, or does not take this job."""
    NO_ANSWER = "no_answer"
    """Nobody answered in time. The job may exist all the same: a person has to look."""
    NO_JOB = "no_job"
    """Accepted without naming a job. It may exist all the same: a person has to look."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """Handed to a printer's queue, which calls the job `job`."""

    job: str


@dataclass(frozen=True, slots=True)
class Filed:
    """Written as a file; no printer knows of it."""

    path: Path


@dataclass(frozen=True, slots=True)
class NotSubmitted:
    """Not handed on; `detail` is what the system said, for the staff."""

    reason: Refusal
    detail: str


class Printer(Protocol):
    """Where slips go."""

    def ready(self) -> bool:
        """Whether slips come out on paper here, as far as the system knows."""

    def submit(self, pdf: bytes, name: str) -> Submitted | Filed | NotSubmitted:
        """Hand on one slip or reminder. `name` (the registration number, or the kind of page and
        digits, "pengingat-20261122-102400") is all that the job is called by. Raises ValueError if
        it is anything else, and nothing otherwise."""


@dataclass(frozen=True, slots=True)
class FilePrinter:
    """Writes slips as `<name>.pdf`, readable by this user alone.

    A copy takes the place of the slip before it.
    """

    folder: Path

    def ready(self) -> bool:
        """Never: a file is no slip in the hand."""
        return False

    def submit(self, pdf: bytes, name: str) -> Filed | NotSubmitted:
        """Write the whole file or none."""
        _require_name(name)
        target = self.folder / f"{name}.pdf"
        half_written = target.with_suffix(".part")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            half_written.touch(mode=0o600)
            with half_written.open("wb") as file:
                file.write(pdf)
                file.flush()
                os.fsync(file.fileno())
            half_written.replace(target)
        except OSError as error:
            return NotSubmitted(Refusal.NOT_WRITTEN, error.strerror or type(error).__name__)
        return Filed(target)


@dataclass(frozen=True, slots=True)
class CupsPrinter:
    """Hands slips to a queue of this machine's CUPS by `lp`, in their own size, unscaled.

    `paper` is what the slips were made for.
    """

    queue: str
    paper: Paper = ROLL_80
    timeout_s: float = 20.0

    def ready(self) -> bool:
        """Ask CUPS whether the queue exists and is enabled; waits at most READY_TIMEOUT_S."""
        lpstat = shutil.which("lpstat")
        if lpstat is None:
            return False
        try:
            answer = _ask(lpstat, "-p", self.queue, timeout_s=READY_TIMEOUT_S)
        except (OSError, subprocess.TimeoutExpired):
            return False
        return answer.returncode == 0 and b" disabled since " not in answer.stdout

    def submit(self, pdf: bytes, name: str) -> Submitted | NotSubmitted:
        """Submit one job, the PDF through standard input; waits at most `timeout_s`."""
        _require_name(name)
        lp = shutil.which("lp")
        if lp is None:
            return NotSubmitted(Refusal.NO_CUPS, "lp: not found")
        try:
            answer = _ask(lp, *self._options(pdf, name), said=pdf, timeout_s=self.timeout_s)
        except subprocess.TimeoutExpired:
            return NotSubmitted(Refusal.NO_ANSWER, f"lp: no answer in {self.timeout_s:g} s")
        except OSError as error:
            return NotSubmitted(Refusal.NO_CUPS, f"lp: {error.strerror}")
        return _outcome(answer)

    def _options(self, pdf: bytes, name: str) -> list[str]:
        settings = (
            f"media={self._media(pdf)}",
            "print-scaling=none",
            f"printer-resolution={self.paper.printer_dpi}dpi",
        )
        options = [word for setting in settings for word in ("-o", setting)]
        return ["-d", self.queue, "-t", name, *options, "--", "-"]

    def _media(self, pdf: bytes) -> str:
        if self.paper.height_mm is not None:
            return self.paper.name
        from printing.readback import media_height_mm  # noqa: PLC0415

        return f"Custom.{self.paper.width_mm}x{media_height_mm(pdf)}mm"


@dataclass(frozen=True, slots=True)
class Papers:
    """What may be left of pages on their way: files in a folder, and jobs that CUPS keeps."""

    folder: Path

    def forget(self, number: str, jobs: Collection[str]) -> bool:
        """Remove the files called by a registration's number, and those of `jobs` that CUPS has.

        `jobs` is the evidence of slips, of which only some are jobs; one that CUPS no longer knows
        is as good as removed. False when something may be left.
        """
        _require_name(number)
        try:
            for pattern in (f"{number}.*", f"*-{number}-*"):
                for file in self.folder.glob(pattern):
                    file.unlink()
        except OSError:
            return False
        ours = [job for job in jobs if _JOB.fullmatch(job)]
        cancel = shutil.which("cancel")
        if not ours or cancel is None:
            return not ours
        try:
            _ask(cancel, "-x", *ours, timeout_s=FORGET_TIMEOUT_S)
        except (OSError, subprocess.TimeoutExpired):
            return False
        return True


def _require_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(
            "a job is called by a registration number, or by a kind of page and digits"
        )


def printer_of(settings: Settings) -> Printer:
    """Return where this kiosk's slips go by its settings."""
    if not settings.printer:
        return FilePrinter(settings.slips_folder)
    return CupsPrinter(settings.printer, PAPERS[settings.paper])


def _ask(*command: str, timeout_s: float, said: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    # CUPS answers in the language of the system: have it in English.
    english = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(  # noqa: S603 - no shell; every argument is made here
        command,
        input=said,
        capture_output=True,
        timeout=timeout_s,
        env=english,
        check=False,
    )


def _outcome(answer: subprocess.CompletedProcess[bytes]) -> Submitted | NotSubmitted:
    said = answer.stdout.decode(errors="replace")
    if answer.returncode != 0:
        complaint = answer.stderr.decode(errors="replace").strip() or said.strip()
        return NotSubmitted(Refusal.REFUSED, complaint.partition("\n")[0])
    request = _REQUEST_ID.search(said)
    if request is None:
        return NotSubmitted(Refusal.NO_JOB, "lp: no request id")
    return Submitted(request[1])
