"""The window: fonts, models and screens put together, and taken apart in order."""

import ctypes
import linecache
import os
import sys
from collections.abc import Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontDatabase, QGuiApplication

from kiosk.clock import Clock, local
from kiosk.domain.print_job import PrintNews
from kiosk.domain.texts import Texts
from kiosk.domain.wording import moment_words
from kiosk.settings import Settings
from ui.bugs import catch_bugs, log_bug
from ui.centre_watch import CentreWatch
from ui.jobs import Jobs
from ui.keyboard import Keyboard
from ui.models import KioskModel, ListenModel, VisitModel
from ui.morning import Morning
from ui.printer_watch import PrinterWatch
from ui.purging import Purging
from ui.recordings import Recordings, SystemPlayer
from ui.renewal import Renewal
from ui.services import Services
from ui.watch import Watch
from ui.window import RESOURCES, KioskWindow

if TYPE_CHECKING:
    from ui.models.desk.desk_model import DeskModel

DRAFT_SWEEP_MS = 10_000
UNATTENDED = frozenset({"idle", "locked", "failsafe"})
"""The screens that stand where nobody is."""
LARGE_BLOCK_BYTES = 512 * 1024
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # of glibc's malloc.h


def make_application() -> QGuiApplication:
    """Make the one QGuiApplication with the kiosk's fonts.

    Everything is drawn by the software renderer: kiosk PCs are old, and their drivers too.
    """
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    # By itself Qt lets 5 ms pass before it paints, in case that more is about to change.
    os.environ.setdefault("QT_QPA_UPDATE_IDLE_TIME", "0")
    _give_memory_back()
    # PySide reads the sources of all that is imported after it, and they would stay there.
    linecache.clearcache()
    application = QGuiApplication(sys.argv[:1])
    for font in ("Lexend-Regular.ttf", "Lexend-SemiBold.ttf"):
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / font))
    return application


def _give_memory_back() -> None:
    """Let glibc keep one heap for all threads, and give large blocks back once they are freed.

    By itself it keeps one for each thread, and pictures that were drawn anew leave holes.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt:
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_MMAP_THRESHOLD, LARGE_BLOCK_BYTES)


class OutOfOrder:
    """Stands on the screen when the kiosk cannot start, with a code for the staff."""

    def __init__(
        self, settings: Settings, texts: Mapping[str, Texts], clock: Clock, code: str
    ) -> None:
        self._kiosk = KioskModel(settings, texts, clock)
        when = moment_words(local(clock.now()), self._kiosk.spoken)
        self._window = KioskWindow("OutOfOrder.qml", self._kiosk, {"code": code, "when": when})

    def show(self, *, windowed: bool) -> None:
        """Open an ordinary window, or one that holds the screen."""
        self._window.show(windowed=windowed)

    def come_to_front(self) -> None:
        """Show the window before all others."""
        self._window.come_to_front()

    def close(self) -> None:
        """Take the window down before what it shows."""
        self._window.close()


class KioskApp(QObject):
    """The running kiosk: one window, its models, and the worker behind them."""

    _slip_moved = Signal(str, object)

    def __init__(
        self,
        services: Services,
        executor: Executor | None = None,
        recordings: Recordings | None = None,
    ) -> None:
        super().__init__()
        self.jobs = Jobs(self._on_bug, executor, self)
        self.kiosk = KioskModel(
            services.settings, services.texts, services.clock, practice=services.practice
        )
        self.services = services
        self.visit = VisitModel(services, self.kiosk, self.jobs)
        recordings = recordings or Recordings(RESOURCES / "sounds", SystemPlayer())
        self.listen = ListenModel(recordings, self)
        self._player = recordings.player
        self.visit.screenChanged.connect(self._sound_the_call)
        self.visit.screenChanged.connect(self._look_for_recording)
        self.kiosk.languageChanged.connect(self._look_for_recording)
        self._look_for_recording()
        self._slip_moved.connect(self._tell_slip, Qt.ConnectionType.QueuedConnection)
        self._window = KioskWindow(
            "Main.qml", self.kiosk, {"visit": self.visit, "listen": self.listen}
        )
        self.window = self._window.quick
        self.window.frameSwapped.connect(self.visit.painted)
        self.keyboard = Keyboard(self.window, self.kiosk, services.clock, self)
        self.keyboard.scanned.connect(self._scanned)
        self._desk: DeskModel | None = None
        self.desk_jobs: Jobs | None = None
        self.printer = PrinterWatch(services.printing, services.clock, self._on_bug, self)
        self.printer.changed.connect(self._tell_printer)
        self._centre_watch: CentreWatch | None = None
        self.kiosk.deskWanted.connect(self._open_desk)
        self._sweep = QTimer(self, interval=DRAFT_SWEEP_MS)
        self._sweep.timeout.connect(self.visit.drop_old_drafts)
        self._sweep.timeout.connect(self.ask_printer)
        self.ask_printer()
        self._sweep.start()
        self.watch = Watch(services, self.jobs, self)
        self.watch.looked.connect(self.visit.look_at_room)
        self.watch.look()
        self.visit.drop_old_drafts()
        self.purging = Purging(services, self.jobs, self.is_free, self)
        self.morning = Morning(services, self.is_free, self._on_bug, self)
        self.renewal = Renewal(services, self.jobs, self.is_free, self, leads=True)
        self.visit.screenChanged.connect(self._tell_code)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.tick)
        self._second.start()

    def show(self, *, windowed: bool = True) -> None:
        """Open an ordinary window, or one that holds the screen."""
        self._window.show(windowed=windowed)

    def come_to_front(self) -> None:
        """Show the window before all others."""
        self._window.come_to_front()

    def catch_bugs(self) -> None:
        """Lead every error that nobody expected to the failsafe screen."""
        catch_bugs(self._on_bug, self.jobs)

    def slip_moved(self, registration_id: str, news: PrintNews) -> None:
        """Take news of a slip from the print thread."""
        self._slip_moved.emit(registration_id, news)

    def close(self) -> None:
        """Stop the work, then the screens, then the models: bindings must not outlive these."""
        self._sweep.stop()
        self.watch.stop()
        self.purging.stop()
        self.morning.stop()
        self.renewal.stop()
        self._second.stop()
        if self._desk is not None:
            self._desk.stop()
        self.jobs.stop()
        if self.desk_jobs:
            self.desk_jobs.stop()
        self.printer.stop()
        if self._centre_watch:
            self._centre_watch.stop()
        self.listen.stop()
        self.keyboard.close()
        self._window.close()

    def is_free(self) -> bool:
        """Tell, from any thread, whether nobody is here."""
        return self._desk is None and str(self.visit.screen) in UNATTENDED

    @property
    def desk(self) -> "DeskModel | None":
        """The staff's desk, while it is open over the screens."""
        return self._desk

    @Slot()
    def _open_desk(self) -> None:
        # Residents never need it, and the start does not wait for it.
        from kiosk.accounts import Place  # noqa: PLC0415
        from ui.models.desk.desk_model import DeskModel  # noqa: PLC0415

        if self._desk is not None:
            return
        # Apart from the residents' work: a long list never keeps a registration waiting.
        self.desk_jobs = self.desk_jobs or Jobs(self._on_bug, parent=self)
        if self._centre_watch is None:
            self._centre_watch = CentreWatch(self.services.centre, self._on_bug, self)
        self._desk = DeskModel(
            self.services,
            self.kiosk,
            self.desk_jobs,
            Place.KIOSK,
            watch=self.printer,
            centre=self._centre_watch,
        )
        self._desk.set_visit_waits(waits=str(self.visit.screen) not in UNATTENDED)
        self._desk.setParent(self)
        self._desk.left.connect(self._close_desk)
        self._desk.signedOut.connect(self._close_desk)
        self._desk.ended.connect(self._end)
        self._desk.helpsVisit.connect(self._help_visit)
        self.kiosk.new_screen()
        self.keyboard.set_typing(typing=True)
        self.window.setProperty("desk", self._desk)

    @Slot()
    def _close_desk(self) -> None:
        if self._desk is None:
            return
        self._desk.stop()
        self.window.setProperty("desk", None)
        self.keyboard.set_typing(typing=False)
        self._desk.deleteLater()
        self._desk = None
        self.kiosk.new_screen()
        self.renewal.look()

    @Slot()
    def _end(self) -> None:
        # Not quit(): that asks the window, which refuses to close.
        QGuiApplication.exit(0)

    @Slot(str, str)
    def _help_visit(self, account_id: str, name: str) -> None:
        """Somebody of the staff takes over the visit that runs below."""
        self._close_desk()
        self.visit.take_help(account_id, name)

    @Slot(str)
    def _scanned(self, text: str) -> None:
        if self._desk is None:
            self.visit.scan(text)
        else:
            self._desk.scan(text)

    @Slot()
    def ask_printer(self) -> None:
        """Between two visits, ask how the printer stands where registering waits for it."""
        if str(self.visit.screen) == "idle" and not self.services.settings.start_without_printer:
            self.printer.look()

    @Slot()
    def _tell_printer(self) -> None:
        if self.printer.status is not None:
            self.visit.look_at_printer(self.printer.status)

    @Slot()
    def tick(self) -> None:
        """Once a second: count silences down."""
        self.visit.tick()
        if self._desk is not None:
            self._desk.tick()

    @Slot()
    def _look_for_recording(self) -> None:
        self.listen.look_for(str(self.kiosk.language), str(self.visit.screen))

    @Slot()
    def _tell_code(self) -> None:
        fails = str(self.visit.screen) == "failsafe"
        self.services.vitals.code = str(self.visit.failureCode) if fails else ""

    @Slot()
    def _sound_the_call(self) -> None:
        settings = self.services.settings
        sound, volume = Path(settings.call_sound), settings.sound_volume
        calls = str(self.visit.screen) == "call" and volume > 0
        if calls and sound.is_file() and self._player.can_play(sound):
            self._player.play(sound, _nothing, volume)

    @Slot(str, object)
    def _tell_slip(self, registration_id: str, news: PrintNews) -> None:
        self.visit.slip_moved(registration_id, news)
        if self._desk is not None:
            self._desk.paper_moved(registration_id, news)

    def _on_bug(self, bug: BaseException) -> None:
        code = log_bug(bug)
        self._close_desk()
        self.visit.fail(code)


def _nothing() -> None:
    """Nobody waits for the end of the sound."""
