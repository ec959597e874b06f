"""Sends one page to a printer that fails, as the spooler does, and keeps what was claimed of it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from fault_printer import Sheet

from printing.port import (
    CameOut,
    LostTrack,
    News,
    NotPrinted,
    NotSent,
    Outcome,
    Printer,
    Rejected,
    TellsNoMore,
)

NUMBER = "109170000424"
ENDS = (CameOut, LostTrack, TellsNoMore, Rejected)
DENIALS = (NotSent, NotPrinted)


@dataclass
class Play:
    """Sends until the page is out or cannot be. After `patience` answers that are no end, `mend`
    is called once; after `longest` it gives up."""

    printer: Printer
    pdf: bytes
    mend: Callable[[], None] = lambda: None
    patience: int = 3
    longest: int = 15
    pause: Callable[[], None] = lambda: None
    """Called before each question."""
    claims: dict[str, Outcome | News] = field(default_factory=dict)
    """What was said last of each attempt."""
    handles: dict[str, str] = field(default_factory=dict)
    said: list[Outcome | News] = field(default_factory=list)

    def run(self) -> Outcome | News:
        """Return what was said in the end."""
        while True:
            name = f"{NUMBER}-0-{len(self.claims) + 1}"
            last = self._note(name, self.printer.send(self.pdf, name, self._begin(name)))
            while not isinstance(last, ENDS + DENIALS) and len(self.said) < self.longest:
                self.pause()
                last = self._note(name, self.printer.follow(self.handles[name], name))
            if isinstance(last, ENDS) or len(self.said) >= self.longest:
                return last

    def _note(self, name: str, said: Outcome | News) -> Outcome | News:
        self.claims[name] = said
        self.said.append(said)
        if not isinstance(said, ENDS) and len(self.said) == self.patience:
            self.mend()
        return said

    def _begin(self, name: str) -> Callable[[str], bool]:
        def begin(handle: str) -> bool:
            assert name not in self.handles, "begun twice"
            assert 0 < len(handle) <= 200
            self.handles[name] = handle
            return True

        return begin

    def judge(self, paper: Collection[Sheet]) -> None:
        """Fail where what was claimed is not what lies in the printer's tray."""
        names = [sheet.name for sheet in paper]
        assert len(names) <= 1, f"printed twice: {names}, {self.said}"
        for name, claim in self.claims.items():
            if isinstance(claim, CameOut):
                assert name in names, f"said to be out and is not: {self.said}"
            if isinstance(claim, DENIALS):
                assert name not in names, f"said not to be out and is: {self.said}"
