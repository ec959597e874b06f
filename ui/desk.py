"""The staff's desk in a window of its own, on the same store as the kiosk."""

from concurrent.futures import Executor

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

from kiosk.accounts import Place
from kiosk.domain.print_job import PrintNews
from ui.bugs import catch_bugs, log_bug
from ui.centre_watch import CentreWatch
from ui.jobs import Jobs
from ui.keyboard import Keyboard
from ui.models import KioskModel
from ui.models.desk.desk_model import DeskModel
from ui.morning import Morning
from ui.printer_watch import PrinterWatch
from ui.purging import Purging
from ui.renewal import Renewal
from ui.services import Services
from ui.watch import Watch
from ui.window import KioskWindow

LEFT_AFTER_S = 5
"""Who has just typed a name may be about to sign in."""


class DeskApp(QObject):
    """The running desk: one window, its models, and the worker behind them."""

    _slip_moved = Signal(str, object)

    def __init__(self, services: Services, executor: Executor | None = None) -> None:
        super().__init__()
        self.services = services
        self.jobs = Jobs(self._on_bug, executor, self)
        self.kiosk = KioskModel(
            services.settings, services.texts, services.clock, practice=services.practice
        )
        self._watch = PrinterWatch(services.printing, services.clock, self._on_bug, self)
        self._centre_watch = CentreWatch(services.centre, self._on_bug, self)
        self.desk = DeskModel(
            services,
            self.kiosk,
            self.jobs,
            Place.DESK,
            watch=self._watch,
            centre=self._centre_watch,
        )
        self.desk.left.connect(self._end)
        self._window = KioskWindow("Desk.qml", self.kiosk, {"desk": self.desk})
        self.window = self._window.quick
        self.keyboard = Keyboard(self.window, self.kiosk, services.clock, self)
        self.keyboard.set_typing(typing=True)
        self.keyboard.scanned.connect(self.desk.scan)
        self._slip_moved.connect(self.desk.paper_moved, Qt.ConnectionType.QueuedConnection)
        self.purging = Purging(services, self.jobs, self.is_free, self)
        self.morning = Morning(services, self.is_free, self._on_bug, self)
        self.renewal = Renewal(services, self.jobs, self._is_left, self)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.desk.tick)
        self._second.start()
        self._standing = Watch(services, self.jobs, self)
        self._standing.look()

    def show(self, *, windowed: bool = True) -> None:
        """Open the window; the desk never holds the screen."""
        self._window.show(windowed=True)

    def come_to_front(self) -> None:
        """Show the window before all others."""
        self._window.come_to_front()

    def catch_bugs(self) -> None:
        """Tell every error that nobody expected with a code."""
        catch_bugs(self._on_bug, self.jobs)

    def slip_moved(self, registration_id: str, news: PrintNews) -> None:
        """Take news of a slip from the print thread."""
        self._slip_moved.emit(registration_id, news)

    def close(self) -> None:
        """Stop the work, then the screens, then the models: bindings must not outlive these."""
        self._second.stop()
        self._standing.stop()
        self.purging.stop()
        self.morning.stop()
        self.renewal.stop()
        self.desk.stop()
        self.jobs.stop()
        self._watch.stop()
        self._centre_watch.stop()
        self.keyboard.close()
        self._window.close()

    def is_free(self) -> bool:
        """Tell, from any thread, whether nobody works here."""
        return self.desk.session is None

    def _is_left(self) -> bool:
        return self.desk.session is None and self.desk.silent_s >= LEFT_AFTER_S

    @Slot()
    def _end(self) -> None:
        QCoreApplication.exit(0)

    def _on_bug(self, bug: BaseException) -> None:
        self.desk.fail(log_bug(bug))
