"""Puts the kiosk and the desk together from their parts, and takes them apart in order."""

import logging
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kiosk.care import cared_for
from kiosk.clock import Clock
from kiosk.data import Data, check_place, load_data
from kiosk.desk.office_settings import settings_in_force
from kiosk.domain.failures import KioskFailure
from kiosk.facts import OfficeFacts
from kiosk.first_start import is_new
from kiosk.keys import Unlocked
from kiosk.languages import Languages, load_languages
from kiosk.layers import Layers
from kiosk.logs.entries import SettingUnused
from kiosk.logs.kinds import SettingName
from kiosk.logs.writing import report
from kiosk.opening import open_own
from kiosk.room import Reserve
from kiosk.settings import Settings
from kiosk.storage.store import Store
from kiosk.timekeeping import open_clock
from kiosk.trust import judge_slip, read_trust
from printing.file_printer import Papers
from printing.port import Printer
from printing.printers import printer_of
from printing.slips import Slips
from printing.spooler import Spooler
from printing.turn import Turn

if TYPE_CHECKING:
    from ui.app import KioskApp
    from ui.desk import DeskApp
    from ui.first_start import FirstStartApp
    from ui.recordings import Recordings
    from ui.services import Services

log = logging.getLogger("anjungan.kiosk")

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
        open_services(settings, clock, printer, practice, unlocked) as (services, spooler),
        _running(KioskApp(services, executor, recordings), spooler) as app,
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
        open_services(settings, clock, printer, practice, unlocked) as (services, spooler),
        _running(DeskApp(services), spooler) as app,
    ):
        yield app


class AsksFirst:
    """Opens the first start on a new kiosk; the kiosk itself where that is done or was put off."""

    def __init__(self) -> None:
        self._put_off = False

    @contextmanager
    def __call__(
        self,
        settings: Settings,
        clock: Clock,
        printer: Printer | None = None,
        *,
        practice: bool = False,
        unlocked: Unlocked | None = None,
    ) -> Iterator["KioskApp | FirstStartApp"]:
        """Like open_kiosk()."""
        from ui.app import KioskApp  # noqa: PLC0415

        with open_services(settings, clock, printer, practice, unlocked) as (services, spooler):
            if self._put_off or practice or not is_new(services.store):
                with _running(KioskApp(services), spooler) as app:
                    yield app
            else:
                from ui.first_start import FirstStartApp  # noqa: PLC0415 (once in its life)

                with _running(FirstStartApp(services, self._put_it_off), spooler) as first:
                    yield first

    def _put_it_off(self) -> None:
        self._put_off = True


App = TypeVar("App", "KioskApp", "DeskApp", "FirstStartApp")


@contextmanager
def _running(app: App, spooler: Spooler) -> Iterator[App]:
    spooler.start(app.slip_moved)
    try:
        yield app
    finally:
        spooler.stop()
        app.close()


@contextmanager
def open_services(
    settings: Settings,
    clock: Clock,
    printer: Printer | None,
    practice: bool,
    unlocked: Unlocked | None,
) -> Iterator[tuple["Services", Spooler]]:
    """Open all that is below the screens; the spooler is not started yet."""
    from ui.services import Services  # noqa: PLC0415

    languages = load_languages(RESOURCES / "texts")
    data = load_data(RESOURCES, settings.data_folder)
    trust = read_trust({}, settings.trust_folder)
    for problem in (*languages.problems, *data.problems, *trust.problems):
        report(problem)
    check_place(settings, data)
    layers = Layers(settings, fits=partial(_go_together, data, languages))
    # First of all: on a full disk the store opens in the room that was held back.
    reserve = Reserve([settings.store_folder])
    reserve.look()
    keys, store = open_own(settings, practice=practice, unlocked=unlocked, clock=clock)
    settings = _in_force(store, layers)
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
    papers, turn = Papers(settings.slips_folder), Turn(settings.store_folder)
    spooler = Spooler(store, slips, printer or printer_of(settings), trusted, papers, has_turn=turn)
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
                layers,
                store_health,
                practice=practice,
            ),
            spooler,
        )
        turn.give_up()


def _go_together(data: Data, languages: Languages, settings: Settings) -> None:
    """Raise KioskFailure or ValueError for settings that a kiosk could not work with."""
    check_place(settings, data)
    if settings.language not in languages.texts:
        raise ValueError(f"there is no language {settings.language!r}")
    printer_of(settings).close()


def _in_force(store: Store, layers: Layers) -> Settings:
    """Return the settings in force; what does not fit any more is reported."""
    try:
        found = settings_in_force(store, layers)
    except KioskFailure:
        store.close()
        raise
    for misfit in found.misfits:
        log.warning(SettingUnused(SettingName(misfit.name), misfit.source, misfit.flaw))
    return found.settings
