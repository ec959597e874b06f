"""The console of the kabupaten's admin in a window of its own; it needs no store of a kiosk."""

from concurrent.futures import Executor

from PySide6.QtCore import QObject, QTimer

from ui.bugs import catch_bugs, log_bug
from ui.far_executor import FarExecutor
from ui.jobs import Jobs
from ui.keyboard import Keyboard
from ui.models import KioskModel
from ui.models.console.console_model import ConsoleModel
from ui.models.console.host import ConsoleParts
from ui.window import KioskWindow


class ConsoleApp(QObject):
    """The running console: one window, its models, and the thread that asks the centre."""

    def __init__(self, parts: ConsoleParts, executor: Executor | None = None) -> None:
        super().__init__()
        self.jobs = Jobs(self._on_bug, executor or FarExecutor(), self)
        self.long_jobs = Jobs(self._on_bug, FarExecutor(), self)
        self.kiosk = KioskModel(parts.settings, parts.texts, parts.clock)
        self.console = ConsoleModel(parts, self.kiosk, self.jobs, self.long_jobs)
        self._window = KioskWindow("Console.qml", self.kiosk, {"admin": self.console})
        self.window = self._window.quick
        self.keyboard = Keyboard(self.window, self.kiosk, parts.clock, self)
        self.keyboard.set_typing(typing=True)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.console.tick)
        self._second.start()

    def show(self, *, windowed: bool = True) -> None:
        """Open the window; the console never holds the screen."""
        self._window.show(windowed=True)

    def come_to_front(self) -> None:
        """Show the window before all others."""
        self._window.come_to_front()

    def catch_bugs(self) -> None:
        """Tell every error that nobody expected with a code."""
        catch_bugs(self._on_bug, self.jobs)

    def close(self) -> None:
        """Stop the work, then the screen, then the models: bindings must not outlive these."""
        self._second.stop()
        self.jobs.stop()
        self.long_jobs.stop()
        self.keyboard.close()
        self._window.close()

    def _on_bug(self, bug: BaseException) -> None:
        self.console.fail(log_bug(bug))
