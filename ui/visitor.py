"""A synthetic resident: taps the real screens by the names of their keys."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.clock import SystemClock
from ui.app import KioskApp
from ui.models.kiosk_model import DEAF_AFTER_NEW_SCREEN_MS

DEADLINE_MS = 30_000


class HurriedClock(SystemClock):
    """The machine's clock, whose monotonic part can be put forward instead of waiting."""

    def __init__(self) -> None:
        self._skipped_ms = 0.0

    def monotonic_ms(self) -> float:
        return super().monotonic_ms() + self._skipped_ms

    def skip(self, milliseconds: float) -> None:
        """Let so many milliseconds be over."""
        self._skipped_ms += milliseconds


class NoSuchKeyError(Exception):
    """There is no key of this name on the screen."""


class Visitor:
    """Sees what is on the screen and taps it, never touching a model."""

    def __init__(self, app: KioskApp, skip: Callable[[float], None]) -> None:
        self._app = app
        self._skip = skip

    @property
    def screen(self) -> str:
        """The name of the screen shown."""
        return str(self._app.visit.screen)

    def tap(self, name: str) -> None:
        """Tap the middle of the key called `name`; raises NoSuchKeyError when none is shown."""
        self.tap_at(self.place_of(name))

    def place_of(self, name: str) -> QPointF:
        """Return the middle of a key in the window, once everything stands where it belongs."""
        place = self._middle_of(name)
        while (moved := self._middle_of(name)) != place:
            place = moved
        return place

    def tap_at(self, place: QPointF) -> None:
        """Tap a point of the window, once the screen listens."""
        self._skip(DEAF_AFTER_NEW_SCREEN_MS)
        point = QPoint(round(place.x()), round(place.y()))
        QTest.mouseClick(
            self._app.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point
        )
        self.settle()

    def find(self, name: str) -> QQuickItem | None:
        """Return the visible item called `name`, or None."""
        # All of them are laid out: what comes later may move what came before.
        return next((item for item in list(self.items()) if item.objectName() == name), None)

    def items(self) -> Iterator[QQuickItem]:
        """Every item that can be seen, where the next frame paints it."""
        waiting = [self._app.window.contentItem()]
        while waiting:
            item = waiting.pop()
            if item.isVisible():
                item.ensurePolished()
                yield item
                waiting.extend(item.childItems())

    def settle(self) -> None:
        """Let the events under way happen, and the visit be forgotten if it has ended."""
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        # Outside of exec() Qt never deletes what deleteLater() was asked for, and every switch
        # gets slower by what the one before left behind.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if self._app.visit.forgetting:
            self.wait_until(lambda: not self._app.visit.forgetting)

    def wait_until(self, reached: Callable[[], bool]) -> None:
        """Let events happen until something is reached; raises TimeoutError after 30 s."""
        clock = SystemClock()
        deadline_ms = clock.monotonic_ms() + DEADLINE_MS
        while not reached():
            if clock.monotonic_ms() > deadline_ms:
                raise TimeoutError("the kiosk did not get there in 30 s")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 10)

    def picture(self) -> QImage:
        """What the screen shows now."""
        self.settle()
        return self._app.window.grabWindow()

    def _middle_of(self, name: str) -> QPointF:
        item = self.find(name)
        if item is None:
            raise NoSuchKeyError(name)
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
