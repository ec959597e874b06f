"""Stands on the screen while the store is checked, made anew or brought up to date."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication

from kiosk.clock import Clock
from kiosk.languages import load_languages
from kiosk.settings import Settings
from ui.composing import Done, Work
from ui.jobs import Jobs
from ui.models import KioskModel
from ui.window import RESOURCES, KioskWindow

LANGUAGES_TOLD = 2
"""Nobody can choose one yet."""


class WaitScreen(QObject):
    """Does what the start waits for on a worker; stands on the screen once that takes long."""

    _takes_long = Signal()

    def __init__(
        self, application: QGuiApplication, settings: Settings, clock: Clock, *, windowed: bool
    ) -> None:
        super().__init__()
        self._application = application
        self._settings = settings
        self._clock = clock
        self._windowed = windowed
        self._window: KioskWindow | None = None
        self._takes_long.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def wait_for(self, work: Work[Done]) -> Done:
        """Return what `work` returns, or raise what it raises.

        When the process is told to end meanwhile, the work is still brought to its end: the next
        event loop then ends at once.
        """
        outcome: list[Done | BaseException] = []

        def end(result: Done | BaseException) -> None:
            outcome.append(result)
            self._application.exit(0)

        jobs = Jobs(end)
        jobs.run(partial(work, self._takes_long.emit), end)
        self._application.exec()
        jobs.stop()
        QCoreApplication.sendPostedEvents(jobs)
        (result,) = outcome
        if isinstance(result, BaseException):
            raise result
        return result

    @Slot()
    def _show(self) -> None:
        if self._window is not None:
            return
        # Not before: nearly every start needs none of it.
        texts = load_languages(RESOURCES / "texts").texts
        self._kiosk = KioskModel(self._settings, texts, self._clock)
        told = [
            {"title": one.say("wait.title"), "text": one.say("wait.text")} for one in texts.values()
        ]
        self._window = KioskWindow("Wait.qml", self._kiosk, {"told": told[:LANGUAGES_TOLD]})
        self._window.show(windowed=self._windowed)

    def close(self) -> None:
        """Take the window down before what it shows; what is waited for next brings it again."""
        if self._window is not None:
            self._window.close()
            self._window = None
