"""The printer as the spooler sees it: a small port with an adapter for each kind of printer.

An adapter knows one printer. `status`, `abilities` and `forget` are called from several threads,
the rest from the print thread alone; it waits for a printer at most ANSWER_S and never says more
than the printer does.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.domain.print_job import Hold

ANSWER_S = 10.0
"""So long is an answer waited for. A printer at work may need longer to print, not to answer."""
FORGET_S = 2.0

_NAME = re.compile(r"[0-9]{12}(-[0-9]+){2}|[a-z]+-[0-9]+-[0-9]+")


@dataclass(frozen=True, slots=True)
class Status:
    """How a printer stands. `hold` is the worst of what keeps it from printing, None when it can
    print; `paper_low` is said by some. `says` is its own words for the staff, "" if it has none.
    `on_paper` is False where pages are only left as files."""

    hold: Hold | None = None
    paper_low: bool = False
    says: str = ""
    on_paper: bool = True

    @property
    def is_ready(self) -> bool:
        """Whether a page would come out on paper now, as far as the printer tells."""
        return self.on_paper and self.hold is None


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a kind of printer is able to report.

    `model` and `media` as it calls them itself ("" when it does not say). `reports_paper`: it says
    when the paper is out. `reports_jobs`: it says of a single page that it came out; of the others
    a person is asked.
    """

    model: str = ""
    media: str = ""
    reports_paper: bool = False
    reports_jobs: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """The printer may have the page: from now on follow() tells what becomes of it."""


@dataclass(frozen=True, slots=True)
class Filed:
    """Written as a file; no printer knows of it."""

    path: Path


@dataclass(frozen=True, slots=True)
class NotSent:
    """The printer has nothing of the page, and will get it when `hold` is over."""

    hold: Hold


@dataclass(frozen=True, slots=True)
class Rejected:
    """The printer has nothing of the page and does not want it: its own word is `reason`, one of
    its keywords or a short text of ours without personal data."""

    reason: str


Outcome = Sent | Filed | NotSent | Rejected


@dataclass(frozen=True, slots=True)
class Underway:
    """The printer has it. `printing`: it works on it; `hold`: why it does not go on."""

    printing: bool = False
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class CameOut:
    """The printer says that the page is on paper, in its own words ("job-completed-...")."""

    evidence: str


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """Nothing came out and nothing will: the printer says so, or never had the page."""

    evidence: str


@dataclass(frozen=True, slots=True)
class TellsNoMore:
    """It was handed over in full to a printer that says nothing of single pages."""


@dataclass(frozen=True, slots=True)
class LostTrack:
    """The page was with the printer, which cannot tell any more what became of it."""

    evidence: str


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nobody answered: ask again later."""

    hold: Hold


News = Underway | CameOut | NotPrinted | TellsNoMore | LostTrack | NoAnswer


class Printer(Protocol):
    """Where slips go."""

    def status(self) -> Status:
        """Ask how the printer stands; never raises."""

    def abilities(self) -> Abilities:
        """Ask what it can report; never raises."""

    def send(self, page: bytes, name: str, begin: Callable[[str], bool]) -> Outcome:
        """Hand over one page in the form that this kind of printer takes (a PDF, or ESC/POS bytes);
        `name` (see require_name) is all that the job is called by, and is never used twice.

        `begin(handle)` is called once, before the first byte that could ever be printed leaves;
        it notes the handle on disk. When it returns False, the page is no longer wanted: nothing
        may be printed and NotSent is returned. After it returned True the answer is Sent, whatever
        happens then: only follow() can know. Raises what `begin` raises (after taking back what
        was begun) and nothing else but ValueError for a name that is none.
        """

    def follow(self, handle: str, name: str) -> News:
        """Ask what became of a page that was sent, perhaps before this program was started."""

    def forget(self, handle: str, name: str) -> bool:
        """Take a page back and let the printer drop what it keeps of it; True unless something may
        be left. Unknown pages are no failure; never raises, and waits FORGET_S at most: the store
        waits for it."""

    def close(self) -> None:
        """Let go of the connection."""


def require_name(name: str) -> None:
    """Raise ValueError for what could not be a job's name: "900001000018-0-2" (number, copy and
    attempt) or "pengingat-20261122-102400" (kind of page and digits)."""
    if not is_name(name):
        raise ValueError("a job is called by number, copy and attempt, or by kind and digits")


def is_name(name: str) -> bool:
    """Whether a job of this name could be ours."""
    return _NAME.fullmatch(name) is not None
