"""Puts the kiosk and the desk together from their parts, and takes them apart in order."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kiosk.care import cared_for
from kiosk.clock import Clock
from kiosk.data import check_place, load_data
from kiosk.desk.centre_access import CentreAccess
from kiosk.facts import OfficeFacts
from kiosk.keys import Unlocked
from kiosk.languages import load_languages
from kiosk.logs.writing import report
from kiosk.opening import open_own
from kiosk.room import Reserve
from kiosk.settings import Settings
from kiosk.sync.worker import Sync
from kiosk.timekeeping import open_clock
from kiosk.trust import judge_slip, read_trust
from kiosk.turn import PRINTING, Turn
from kiosk.version import program_version
from printing.file_printer import Papers
from printing.port import Printer
from printing.printers import printer_of
from printing.slips import Slips
from printing.spooler import Spooler

if TYPE_CHECKING:
    from ui.app import KioskApp
    from ui.desk import DeskApp
    from ui.recordings import Recordings
    from ui.services import Services

RESOURCES = Path(__file__).parent.parent / "resources"


@contextmanager
def open_kiosk(
    settings: Settings,
    clock: Clock,
    printer: Printer | None = None,
    executor: Executor | None = None,
    recordings: "Recordings | None" = None,
    *,
    practice: bool = False,
    unlocked: Unlocked | None = None,
) -> Iterator["KioskApp"]:
    """Put the kiosk together on an existing QGuiApplication, and take it apart in order.

    `printer`, `executor` and `recordings` are given by tests, `unlocked` when somebody was asked
    for the passphrase of the keys. Raises KioskFailure when the store, its key or the data cannot
    be used.
    """
    from ui.app import KioskApp  # noqa: PLC0415

    with (
        open_services(settings, clock, printer, practice, unlocked) as (services, spooler, sync),
        _running(KioskApp(services, executor, recordings), spooler, sync) as app,
    ):
        yield app


@contextmanager
def open_desk(
    settings: Settings,
    clock: Clock,
    printer: Printer | None = None,
    *,
    practice: bool = False,
    unlocked: Unlocked | None = None,
) -> Iterator["DeskApp"]:
    """Put the staff's desk together in a window of its own; like open_kiosk()."""
    from ui.desk import DeskApp  # noqa: PLC0415

    with (
        open_services(settings, clock, printer, practice, unlocked) as (services, spooler, sync),
        _running(DeskApp(services), spooler, sync) as app,
    ):
        yield app


App = TypeVar("App", "KioskApp", "DeskApp")


@contextmanager
def _running(app: App, spooler: Spooler, sync: Sync | None) -> Iterator[App]:
    spooler.start(app.slip_moved)
    try:
        if sync is not None:
            sync.start()
        yield app
    finally:
        if sync is not None:
            sync.stop()
        spooler.stop()
        app.close()


@contextmanager
def open_services(
    settings: Settings,
    clock: Clock,
    printer: Printer | None,
    practice: bool,
    unlocked: Unlocked | None,
) -> Iterator[tuple["Services", Spooler, Sync | None]]:
    """Open all that is below the screens; neither the spooler nor the sync is started yet.

    A store to practise in belongs to no centre.
    """
    from ui.services import Services  # noqa: PLC0415

    languages = load_languages(RESOURCES / "texts")
    data = load_data(RESOURCES, settings.data_folder)
    trust = read_trust({}, settings.trust_folder)
    for problem in (*languages.problems, *data.problems, *trust.problems):
        report(problem)
    check_place(settings, data)
    # First of all: on a full disk the store opens in the room that was held back.
    reserve = Reserve([settings.store_folder])
    reserve.look()
    keys, store = open_own(settings, practice=practice, unlocked=unlocked, clock=clock)
    trusted = open_clock(store, clock)
    facts = OfficeFacts(data, settings, trusted)
    slips = Slips(
        settings,
        languages.texts,
        data.benefits,
        data.payment,
        keys,
        facts,
        practice=practice,
        layouts=data.slip_layouts,
    )
    papers, turn = Papers(settings.slips_folder), Turn(settings.store_folder, PRINTING)
    spooler = Spooler(store, slips, printer or printer_of(settings), trusted, papers, has_turn=turn)
    sync = None if practice else Sync(store, settings.store_folder, trusted, program_version())
    access = None if practice else CentreAccess(store, keys, settings.store_folder)
    judge = partial(judge_slip, keys.public_keys, settings.trust_folder)
    with closing(store), cared_for(store) as store_health:
        yield (
            Services(
                settings,
                languages.texts,
                data,
                store,
                trusted,
                spooler,
                judge,
                reserve,
                store_health,
                centre=sync,
                joining=access,
                centre_logins=access,
                practice=practice,
            ),
            spooler,
            sync,
        )
        turn.give_up()
