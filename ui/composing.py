"""Puts the kiosk and the desk together from their parts, and takes them apart in order."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol, TypeVar

from kiosk.care import Care
from kiosk.clock import Clock, local_date
from kiosk.composition import Shipped, fits_a_kiosk
from kiosk.data import Data, check_place, layouts_folder, load_data
from kiosk.desk.centre_access import CentreAccess
from kiosk.domain.failures import KioskFailure
from kiosk.domain.judging import NO_PRINTER, READY
from kiosk.facts import OfficeFacts
from kiosk.first_start import is_new
from kiosk.health import Health, PrinterWord, Vitals
from kiosk.in_force import InForce, choose
from kiosk.keys import Unlocked
from kiosk.languages import Languages, load_languages
from kiosk.logs.entries import OwnContentUnused, SettingUnused
from kiosk.logs.kinds import DataFile, SettingName
from kiosk.logs.writing import report
from kiosk.opening import open_own
from kiosk.own_content import OWN_FILES
from kiosk.room import Reserve
from kiosk.settings import Settings
from kiosk.storage.orders import LockedByAdmin
from kiosk.storage.store import Store
from kiosk.sync.duties import Duties
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
    from ui.console import ConsoleApp
    from ui.desk import DeskApp
    from ui.first_start import FirstStartApp
    from ui.models.console.host import Rehearse
    from ui.recordings import Recordings
    from ui.services import Services

log = logging.getLogger("anjungan.kiosk")

RESOURCES = Path(__file__).parent.parent / "resources"


@dataclass(frozen=True, slots=True)
class Threads:
    """What works beside the screens; `sync` is None where there is no centre to speak to."""

    spooler: Spooler
    care: Care
    sync: Sync | None


Done = TypeVar("Done")
Work = Callable[[Callable[[], None]], Done]
"""Work that calls what it is given before it takes long."""


class Patience(Protocol):
    """Does work and returns what it returns, or raises what it raises."""

    def __call__(self, work: Work[Done], /) -> Done: ...


def _at_once(work: Work[Done], /) -> Done:
    return work(lambda: None)


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
    patience: Patience = _at_once,
) -> Iterator["KioskApp"]:
    """Put the kiosk together on an existing QGuiApplication, and take it apart in order.

    `printer`, `executor` and `recordings` are given by tests, `unlocked` when somebody was asked
    for the passphrase of the keys; `patience` opens the store. Raises KioskFailure when the store,
    its key or the data cannot be used.
    """
    from ui.app import KioskApp  # noqa: PLC0415

    with (
        open_services(
            settings, clock, printer, practice, unlocked, patience=patience, leads=True
        ) as (
            services,
            threads,
        ),
        _running(KioskApp(services, executor, recordings), threads) as app,
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
    patience: Patience = _at_once,
) -> Iterator["DeskApp"]:
    """Put the staff's desk together in a window of its own; like open_kiosk()."""
    from ui.desk import DeskApp  # noqa: PLC0415

    with (
        open_services(settings, clock, printer, practice, unlocked, patience=patience) as (
            services,
            threads,
        ),
        _running(DeskApp(services), threads) as app,
    ):
        yield app


@contextmanager
def open_console(
    settings: Settings,
    clock: Clock,
    executor: Executor | None = None,
    *,
    place: Path,
    signing: Path | None = None,
    rehearse: "Rehearse | None" = None,
    unlocked: Unlocked | None = None,
    patience: Patience = _at_once,
) -> Iterator["ConsoleApp"]:
    """Put the admin's console together, which needs no store; `place` is kiosk.console_access's.

    `unlocked` and `patience` are for what has a store; `signing` and `rehearse` are given by
    tests.
    """
    from kiosk.central.signing import signing_folder  # noqa: PLC0415
    from ui.console import ConsoleApp  # noqa: PLC0415 (no kiosk needs it)
    from ui.garbage import Garbage  # noqa: PLC0415 (commands need no Qt)
    from ui.models.console.host import ConsoleParts  # noqa: PLC0415
    from ui.rehearsing import rehearse as tried_by_itself  # noqa: PLC0415

    languages = load_languages(RESOURCES / "texts")
    data = load_data(RESOURCES, settings.data_folder, local_date(clock.now()))
    for problem in (*languages.problems, *data.problems):
        report(problem)
    trying, keys = rehearse or tried_by_itself, signing or signing_folder()
    parts = ConsoleParts(settings, data, languages, trying, clock, place, keys)
    with closing(Garbage()), closing(ConsoleApp(parts, executor)) as app:
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
        patience: Patience = _at_once,
    ) -> Iterator["KioskApp | FirstStartApp"]:
        """Like open_kiosk()."""
        from ui.app import KioskApp  # noqa: PLC0415

        with open_services(settings, clock, printer, practice, unlocked, patience=patience) as (
            services,
            threads,
        ):
            if self._put_off or practice or not is_new(services.store):
                with _running(KioskApp(services), threads) as app:
                    yield app
            else:
                from ui.first_start import FirstStartApp  # noqa: PLC0415 (once in its life)

                with _running(FirstStartApp(services, self._put_it_off), threads) as first:
                    yield first

    def _put_it_off(self) -> None:
        self._put_off = True


App = TypeVar("App", "KioskApp", "DeskApp", "FirstStartApp")


@contextmanager
def _running(app: App, threads: Threads) -> Iterator[App]:
    from ui.garbage import Garbage  # noqa: PLC0415 (commands need no Qt)

    garbage = Garbage()
    threads.spooler.start(app.slip_moved)
    threads.care.start(app.is_free)
    try:
        if threads.sync is not None:
            threads.sync.start()
        yield app
    finally:
        if threads.sync is not None:
            threads.sync.stop()
        threads.spooler.stop()
        app.close()
        threads.care.stop()
        garbage.close()


@contextmanager
def open_services(
    settings: Settings,
    clock: Clock,
    printer: Printer | None,
    practice: bool,
    unlocked: Unlocked | None,
    *,
    patience: Patience = _at_once,
    leads: bool = False,
) -> Iterator[tuple["Services", Threads]]:
    """Open all that is below the screens; none of the threads is started yet.

    A store to practise in belongs to no centre. `leads`: for the kiosk itself, see kiosk.in_force.
    """
    from ui.services import Services  # noqa: PLC0415

    languages = load_languages(RESOURCES / "texts")
    data = load_data(RESOURCES, settings.data_folder, local_date(clock.now()))
    trust = read_trust({}, settings.trust_folder)
    for problem in (*languages.problems, *data.problems, *trust.problems):
        report(problem)
    check_place(settings, data)
    own_layouts = layouts_folder(RESOURCES, settings.data_folder) != RESOURCES / "data"
    shipped = Shipped(settings, data, languages, _go_together, own_layouts)
    # First of all: on a full disk the store opens in the room that was held back.
    reserve = Reserve([settings.store_folder])
    reserve.look()
    opening = partial(open_own, settings, practice=practice, unlocked=unlocked, clock=clock)
    keys, store = patience(lambda on_wait: opening(on_wait=on_wait))
    in_force = _in_force(store, shipped, clock, leads=leads)
    settings, composed = in_force.found.settings, in_force.composed
    data, languages = composed.data, composed.languages
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
    vitals = Vitals()
    sync = None
    if not practice:
        printer_word = PrinterWord(partial(_printer_word, spooler))
        health = Health(
            store, settings, trusted, in_force.version, data.tariff.version, printer_word, vitals
        )
        duties = Duties(health, shipped.flaw_of, partial(_bundle, settings, printer_word))
        sync = Sync(store, settings.store_folder, trusted, program_version(), duties)
    access = None if practice else CentreAccess(store, keys, settings.store_folder)
    judge = partial(judge_slip, keys.public_keys, settings.trust_folder)
    care = Care(store)
    with closing(store):
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
                composed.layers,
                lambda: care.health,
                centre=sync,
                joining=access,
                centre_logins=access,
                practice=practice,
                config=in_force.version,
                locked=_locked(store),
                vitals=vitals,
                beneath=composed.beneath,
                own=composed.own,
            ),
            Threads(spooler, care, sync),
        )
        turn.give_up()


def _go_together(data: Data, languages: Languages, settings: Settings) -> None:
    """Raise KioskFailure or ValueError for settings that a kiosk could not work with."""
    fits_a_kiosk(data, languages, settings)
    printer_of(settings).close()


def _in_force(store: Store, shipped: Shipped, clock: Clock, *, leads: bool) -> InForce:
    """Return what the program is composed of; what does not fit any more is reported."""
    try:
        in_force = choose(store, shipped, clock, program_version(), leads=leads)
    except KioskFailure:
        store.close()
        raise
    for misfit in in_force.found.misfits:
        log.warning(SettingUnused(SettingName(misfit.name), misfit.source, misfit.flaw))
    for left_out in in_force.composed.own.misfits:
        file = left_out.part if left_out.part in OWN_FILES else ""
        log.warning(OwnContentUnused(DataFile(file), left_out.why))
    return in_force


def _locked(store: Store) -> LockedByAdmin | None:
    with store.reading() as record:
        return record.orders.locked()


def _printer_word(spooler: Spooler) -> str:
    status = spooler.status()
    if status.hold is not None:
        return status.hold.value
    return READY if status.on_paper else NO_PRINTER


def _bundle(settings: Settings, printer: Callable[[], str]) -> bytes:
    """Return the diagnostics as bytes; see kiosk.diagnostics for what may be in them."""
    from kiosk.diagnostics import write_bundle  # noqa: PLC0415 (a kiosk rarely needs it)

    with TemporaryDirectory() as folder:
        file = Path(folder) / "diagnostics.zip"
        write_bundle(settings, file, {"printer": printer})
        return file.read_bytes()
