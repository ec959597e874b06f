"""An office's days under the shim: python -m chaos.office_at_work LOG PRINTER VISITS.

LOG is where the shim writes all that is written anywhere,
PRINTER an address, the socket of a CUPS, or empty. Nobody here exists.
"""

import ctypes
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from desk.office import CLERK, SUPERVISOR, desk_of, detail_of
from private_cups import QUEUE
from samples import ANSWERS, NOW, StillClock, make_application, nik_of

from kiosk.desk import actions
from kiosk.desk.copies import copy_of
from kiosk.desk.half_done import HalfDone, keep
from kiosk.desk.lists import catch_up
from kiosk.diagnostics import write_bundle
from kiosk.domain.answers import Lives
from kiosk.domain.handover import parse_columns
from kiosk.domain.invitation import Invited
from kiosk.domain.personal_copy import PersonalCopy
from kiosk.domain.registration import PhoneOwner
from kiosk.handover.batches import Exported, FileKind, HandedOver, export, hand_over
from kiosk.logs.writing import clean_log, log_files
from kiosk.proof import PhoneProof, find_by_proof
from kiosk.registration import Registered, keep_draft, note_slip_came_out, register
from kiosk.retention import purge
from kiosk.settings import Settings
from kiosk.storage.kept import KeptStore
from printing.cups_queue import CupsQueue
from printing.ipp_client import parse_address
from printing.papers import ROLL_80
from printing.port import Printer
from printing.printers import printer_of
from printing.spooler import Spooler
from ui.composing import RESOURCES, open_services
from ui.services import Services

from .searching import PEOPLE
from .shim import Mode

SPECIAL = 20
"""One visit in so many has more to it."""
_shim = ctypes.CDLL(None)


def answers_of(serial: int) -> dict[str, Any]:
    """What only the `serial`-th person says."""
    letters = "".join(chr(ord("A") + int(digit)) for digit in f"{serial:04}")
    return {
        "nik": nik_of(serial),
        "name": f"{PEOPLE['name']}{letters}",
        "phone": f"{PEOPLE['phone']}{serial:04}",
        "phone_owner": PhoneOwner.OWN,
        "lives": Lives.ELSEWHERE,
        "elsewhere_line": f"JL {PEOPLE['address']} NO {serial:04}",
        "elsewhere_postcode": "42182",
    }


class Office:
    """A kiosk and the desk beside it."""

    def __init__(self, services: Services, spooler: Spooler, clock: StillClock) -> None:
        self.services, self.spooler, self.clock = services, spooler, clock
        self.store = services.store
        self.desk = desk_of(SUPERVISOR, self.store, clock)

    def visit(self, serial: int) -> str:
        """Somebody answers, registers and takes the slip; returns the registration's id."""
        said = answers_of(serial)
        for known in (("nik",), ("nik", "name", "phone"), tuple(said)):
            given = replace(ANSWERS, **{name: said[name] for name in known})
            keep_draft(self.store, f"draft {serial}", given, self.clock)
        outcome = register(self.store, make_application(f"draft {serial}", **said), self.clock)
        assert isinstance(outcome, Registered)
        self.print_all()
        note_slip_came_out(self.store, outcome.registration.id, 0, self.clock)
        return outcome.registration.id

    def more(self, serial: int, one: str) -> None:
        """Somebody asks, is corrected and given a copy; a dinas invites, a clerk is called away."""
        later = answers_of(serial + 5000)
        find_by_proof(self.store, PhoneProof(nik_of(serial), f"{serial:04}"), self.clock)
        find_by_proof(self.store, PhoneProof(later["nik"], "0000"), self.clock)
        answers = replace(detail_of(self.desk, one).answers, name=later["name"])
        assert isinstance(actions.correct(self.desk, one, 1, answers, later["name"]), actions.Done)
        catch_up(self.desk)
        with self.store.transaction() as record:
            invited = [Invited(later["name"], later["nik"], later["phone"])]
            record.handover.invite(f"Dinas {later['name']}", invited, "a", NOW)
        keep(self.desk, HalfDone("entry", {"nik": later["nik"], "name": later["name"]}))
        keep_draft(self.store, f"left {serial}", replace(ANSWERS, **later), self.clock)
        copy = copy_of(self.desk, one)
        assert isinstance(copy, PersonalCopy)
        self.spooler.print_copy(copy, f"copy {serial}")
        self.print_all()

    def print_all(self) -> None:
        """Print what is owed and asked for, until the printer has it all on paper."""
        while self.spooler.step() == 0.0 or self._is_printing():
            time.sleep(0.01)

    def _is_printing(self) -> bool:
        with self.store.reading() as record:
            return bool(record.prints.unfinished())

    def close_the_day(self, settings: Settings) -> None:
        """Hand over, back up, check and delete what has been kept for long enough."""
        made = hand_over(self.store, CLERK, self.clock)
        assert isinstance(made, HandedOver)
        settings.exchange_folder.mkdir()
        file = RESOURCES / "data" / "handover_columns.json"
        written = export(
            self.store,
            CLERK,
            made.batch.number,
            FileKind.LOCKED,
            settings.exchange_folder,
            columns=parse_columns(file.read_text("utf-8"), file.name),
            work=self.services.data.work,
            clock=self.clock,
        )
        assert isinstance(written, Exported)
        assert isinstance(self.store, KeptStore)
        assert self.store.back_up() is not None
        assert self.store.check()
        assert purge(self.store, settings, self.clock, self.spooler).complete


@contextmanager
def opened(settings: Settings, printer: Printer) -> Iterator[Office]:
    """The kiosk as main.py puts it together, but for the window."""
    clock = StillClock()
    with open_services(settings, clock, printer, False, None) as (services, spooler, _sync):
        yield Office(services, spooler, clock)


def printer_at(where: str) -> Printer:
    """The printer at an address, the queue of a CUPS at a socket, or none."""
    if not where or "://" in where:
        return printer_of(replace(Settings(), printer=where))
    address = replace(parse_address("ipp://localhost/"), socket=Path(where))
    return CupsQueue(QUEUE, ROLL_80, address)


def work(log: Path, where: str, visits: int) -> None:
    """Open, serve so many people, close."""
    logging.getLogger().setLevel(logging.DEBUG)
    _shim.chaos_begin(b"/", str(log).encode(), Mode.TRACE, -1, 0)
    settings = Settings()
    with (
        clean_log(),
        log_files(settings.log_folder, "kiosk"),
        opened(settings, printer_at(where)) as office,
    ):
        for serial in range(1, visits + 1):
            one = office.visit(serial)
            if serial % SPECIAL == 0:
                office.more(serial, one)
        office.close_the_day(settings)
    write_bundle(settings, Path.home() / "diagnostics.zip", {})
    _shim.chaos_end()


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
