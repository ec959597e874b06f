"""The first start of a new kiosk on its own screen: a few questions, then the kiosk itself."""

from collections.abc import Callable
from concurrent.futures import Executor

from PySide6.QtCore import QCoreApplication, QObject, Slot

from kiosk.domain.print_job import PrintNews
from ui.bugs import catch_bugs, log_bug
from ui.far_executor import FarExecutor
from ui.jobs import Jobs
from ui.keyboard import Keyboard
from ui.models import KioskModel
from ui.models.desk.first_centre_model import FirstCentreModel
from ui.models.desk.first_start_model import FirstStartModel
from ui.printer_watch import PrinterWatch
from ui.renewal import RENEW
from ui.services import Services
from ui.window import KioskWindow


class FirstStartApp(QObject):
    """The running first start: one window, its model, and the workers behind it."""

    def __init__(
        self,
        services: Services,
        put_off: Callable[[], None],
        executor: Executor | None = None,
    ) -> None:
        super().__init__()
        self.services = services
        self._put_off = put_off
        self.jobs = Jobs(self._on_bug, executor, self)
        self.far_jobs = Jobs(self._on_bug, FarExecutor(), self)
        self.kiosk = KioskModel(services.settings, services.texts, services.clock)
        self._watch = PrinterWatch(services.printing, services.clock, self._on_bug, self)
        centre = FirstCentreModel(services, self.kiosk, self.jobs, self.far_jobs, self)
        self.first = FirstStartModel(
            services, self.kiosk, self.jobs, self._watch, self, centre=centre
        )
        self.first.done.connect(self._go_on)
        self.first.putOff.connect(self._later)
        self._window = KioskWindow("FirstStart.qml", self.kiosk, {"first": self.first})
        self.window = self._window.quick
        self.keyboard = Keyboard(self.window, self.kiosk, services.clock, self)
        self.keyboard.set_typing(typing=True)
        self.keyboard.scanned.connect(centre.scan)

    def show(self, *, windowed: bool = True) -> None:
        """Open an ordinary window, or one that holds the screen."""
        self._window.show(windowed=windowed)
        self.first.begin()

    def is_free(self) -> bool:
        """Tell, from any thread, that no visit is disturbed: there is none yet."""
        return True

    def come_to_front(self) -> None:
        """Show the window before all others."""
        self._window.come_to_front()

    def catch_bugs(self) -> None:
        """Tell every error that nobody expected with a code."""
        catch_bugs(self._on_bug, self.jobs)

    def slip_moved(self, registration_id: str, news: PrintNews) -> None:
        """Nobody has registered here yet."""

    def close(self) -> None:
        """Stop the work, then the screen, then the model: bindings must not outlive it."""
        self.jobs.stop()
        self.far_jobs.stop()
        self._watch.stop()
        self.keyboard.close()
        self._window.close()

    @Slot()
    def _go_on(self) -> None:
        QCoreApplication.exit(RENEW)

    @Slot()
    def _later(self) -> None:
        self._put_off()
        QCoreApplication.exit(RENEW)

    def _on_bug(self, bug: BaseException) -> None:
        self.first.fail(log_bug(bug))
