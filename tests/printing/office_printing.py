"""An office that prints on a printer that fails: real store, real print thread's work, one printer.

The judge is what the printer put on paper, never what the store says.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from fault_printer import FaultPrinter
from samples import StillClock, make_application, nik_of
from slip_samples import TEXTS, make_slip

from kiosk.domain.personal_copy import PersonalCopy
from kiosk.domain.print_job import UNFINISHED, PrintJob, PrintState
from kiosk.domain.registration import Registration
from kiosk.domain.rights import Request
from kiosk.domain.slip import Reminder
from kiosk.registration import Registered, register
from kiosk.storage.store import Store
from printing.file_printer import Papers
from printing.port import Printer
from printing.slip_page import render_slip
from printing.spooler import Spooler

PAGE = render_slip(make_slip(number="109170000424"), TEXTS)
"""One page serves for all: the printer knows them by the names of their jobs."""


class OnePage:
    """Makes the same page for everybody."""

    def render(self, registration: Registration, copy: int) -> bytes:
        return PAGE

    def render_reminder(self, reminder: Reminder) -> bytes:
        return PAGE

    def render_proof(self, request: Request, now: datetime) -> bytes:
        return PAGE

    def render_copy(self, copy: PersonalCopy) -> bytes:
        return PAGE

    def render_sample(self, language: str) -> bytes:
        return PAGE


@dataclass
class Office:
    """People register; `work` prints, starting the program anew whenever it was stopped."""

    store: Store
    open_printer: Callable[[], Printer]
    clock: StillClock = field(default_factory=StillClock)
    numbers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Start the program: nothing is known but what the store keeps."""
        papers = Papers(Path("no such folder"))
        self.spooler = Spooler(self.store, OnePage(), self.open_printer(), self.clock, papers)

    def register(self, people: int = 1) -> None:
        for _ in range(people):
            serial = len(self.numbers) + 1
            application = make_application(f"{serial}", nik=nik_of(serial))
            outcome = register(self.store, application, self.clock)
            assert isinstance(outcome, Registered)
            self.numbers.append(outcome.registration.number)

    def slips(self) -> list[PrintJob]:
        with self.store.reading() as record:
            found = [record.prints.slip(f"{serial + 1}") for serial in range(len(self.numbers))]
        return [slip for slip in found if slip is not None]

    def is_done(self) -> bool:
        return not any(slip.state in UNFINISHED for slip in self.slips())

    def work(self, steps: int) -> bool:
        """Do so many steps at most; whether nothing is left to do."""
        for _ in range(steps):
            if self.is_done():
                return True
            self.spooler.step()
        return self.is_done()


def judge(office: Office, printer: FaultPrinter) -> Counter[PrintState]:
    """Fail where a slip came out twice, was lost, or is claimed to be out and is not.

    Returns how the slips stand in the end.
    """
    papers = Counter(name.partition("-")[0] for name in printer.names())
    stands: Counter[PrintState] = Counter()
    for slip in office.slips():
        came = papers[slip.number]
        assert came <= 1, "printed twice"
        if slip.state is PrintState.CAME_OUT:
            assert came == 1, "said to be out, and is not"
        else:
            # A person is asked, or sees in the list of owed slips that it was not printed.
            assert slip.state in {PrintState.UNSURE, PrintState.FAILED}, slip.state
            assert slip.state is PrintState.UNSURE or came == 0
        stands[slip.state] += 1
    return stands
