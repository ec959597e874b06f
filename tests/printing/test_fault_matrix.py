"""Every fault of a printer at every stage of a page, and a stop of the program at each step.

Judged by what the printer put on paper: nothing comes out twice, nothing is lost, nothing is said
to be out that is not, and nobody's registration changes.
"""

import signal
from collections.abc import Callable, Iterator

import pytest
from fault_printer import FAULTS, FROZEN, REFUSES, Fault, FaultPrinter, Stage
from office_printing import Office, judge
from private_cups import QUEUE, PrivateCups, queued_printer, running_cups

from kiosk.domain.print_job import PrintState
from kiosk.storage import store as store_module
from kiosk.storage.store import Store
from printing.cups_printer import CupsPrinter
from printing.ipp_client import parse_address
from printing.ipp_printer import IppPrinter
from printing.papers import ROLL_80
from printing.port import Printer

SOON_S = 0.3
"""So long is a frozen printer waited for."""
PATIENCE = 8
"""After so many steps somebody mends the printer."""
STEPS = 200


def asked_itself(printer: FaultPrinter, answer_s: float = 10.0) -> Callable[[], Printer]:
    return lambda: IppPrinter(parse_address(printer.uri), ROLL_80, answer_s)


def behind_cups(cups: PrivateCups, answer_s: float = 10.0) -> Callable[[], Printer]:
    return lambda: CupsPrinter(QUEUE, ROLL_80, cups.address, answer_s)


@pytest.fixture(scope="module")
def cups() -> Iterator[PrivateCups]:
    with running_cups() as running:
        yield running


def registrations(store: Store, people: int) -> list[object]:
    with store.reading() as record:
        return [record.row(f"{serial + 1}") for serial in range(people)]


def play(office: Office, printer: FaultPrinter, stage: Stage | None, fault: Fault) -> None:
    """Let three people register, something happen, somebody mend it, and judge what came out."""
    office.register(3)
    before = registrations(office.store, 3)
    if stage is None:
        fault.begin(printer)
    else:
        printer.at(stage, fault.begin)
    office.work(PATIENCE)
    fault.mend(printer)
    office.register()
    done = office.work(STEPS)
    printer.mend()
    assert done or office.work(STEPS), "a slip is stuck"
    stands = judge(office, printer)
    assert registrations(office.store, 3) == before
    order = [name.partition("-")[0] for name in printer.names()]
    assert order == sorted(order), "not in the order in which people came"
    hidden = stage in fault.hides
    assert stands[PrintState.UNSURE] <= int(hidden), "a person is asked without need"
    assert stands[PrintState.FAILED] == 0 or fault is REFUSES


at_each_stage = pytest.mark.parametrize(
    "stage", [None, *Stage], ids=lambda stage: stage.name if stage else "before"
)
of_each_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)


@of_each_fault
@at_each_stage
def test_each_fault_at_each_stage_of_a_page(
    store: Store, stage: Stage | None, fault: Fault
) -> None:
    with FaultPrinter() as printer:
        answer_s = SOON_S if fault is FROZEN else 10.0
        play(Office(store, asked_itself(printer, answer_s)), printer, stage, fault)


@of_each_fault
@at_each_stage
def test_each_fault_at_each_stage_of_a_page_behind_cups(
    store: Store, cups: PrivateCups, stage: Stage | None, fault: Fault
) -> None:
    with queued_printer(cups) as printer:
        answer_s = SOON_S if fault is FROZEN else 10.0
        play(Office(store, behind_cups(cups, answer_s)), printer, stage, fault)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("stage", Stage)
def test_cups_and_the_program_started_anew_at_each_stage(
    store: Store, cups: PrivateCups, stage: Stage, how: signal.Signals
) -> None:
    with queued_printer(cups) as printer:
        office = Office(store, behind_cups(cups))
        office.register(2)
        printer.at(stage, lambda _: cups.stop(how))
        office.work(PATIENCE)
        if not cups.is_running:
            cups.start()
        office.start()
        office.register()
        assert office.work(STEPS), "a slip is stuck"
        assert judge(office, printer) == {PrintState.CAME_OUT: 3}


class Stopped(BaseException):
    """The program ends here."""


@pytest.fixture
def stop_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Ends the program at the n-th thing that it does to its store or its printer."""
    left = [-1]

    def count() -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Stopped

    begin = store_module.Store.transaction

    def transaction(self: Store) -> object:
        count()
        return begin(self)

    from printing import ipp_client

    ask = ipp_client.Client.ask

    def counted(*args: object, **more: object) -> object:
        count()
        answer = ask(*args, **more)  # type: ignore[arg-type]
        count()
        return answer

    monkeypatch.setattr(store_module.Store, "transaction", transaction)
    monkeypatch.setattr(ipp_client.Client, "ask", counted)

    def at(number: int) -> None:
        left[0] = number

    yield at
    left[0] = -1


@pytest.mark.parametrize("two_steps", [True, False], ids=["two steps", "Print-Job alone"])
def test_a_stop_of_the_program_at_each_step(
    store: Store, stop_at: Callable[[int], None], two_steps: bool
) -> None:
    with FaultPrinter(two_steps=two_steps) as printer:
        office = Office(store, asked_itself(printer))
        stops = 0
        for number in range(1, 100):
            office.register()
            stop_at(number)
            try:
                office.work(STEPS)
            except Stopped:
                stops += 1
                stop_at(-1)
                office.start()
                assert office.work(STEPS), "a slip is stuck"
            else:
                break
        stop_at(-1)
        stands = judge(office, printer)
        assert stops > 12, "the stops did not fall into the work"
        assert stands[PrintState.FAILED] == 0
        # In one step nobody can tell a page that never left from one that the printer forgot.
        assert stands[PrintState.UNSURE] <= (0 if two_steps else 2)
