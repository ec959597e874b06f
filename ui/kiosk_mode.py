"""Kiosk mode: the window holds the screen until the process ends, and keeps it awake."""

import os
import shutil

from PySide6.QtCore import QEvent, QObject, QPointF, QProcess, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPointingDevice
from PySide6.QtQuick import QQuickWindow

_REFUSED = {
    QEvent.Type.Close,
    QEvent.Type.ContextMenu,
    QEvent.Type.DragEnter,
    QEvent.Type.DragMove,
    QEvent.Type.Drop,
}
_TOUCHES = {QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd}


class KioskMode(QObject):
    """Takes the whole screen for a window and refuses whatever would take it away.

    Only the end of the process lets go of it: see ui/run.py.
    """

    def __init__(self, window: QQuickWindow) -> None:
        super().__init__()
        self._window = window
        self._mouse_at: QPointF | None = None
        window.installEventFilter(self)
        QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)
        window.setFlags(
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
        )
        # matchbox leaves a full-screen window the size that it had. Asked of the window itself, the
        # screen would be taken down with the window.
        window.setGeometry(QGuiApplication.primaryScreen().geometry())
        window.showFullScreen()
        window.requestActivate()
        keep_awake()

    def close(self) -> None:
        """Let go of the window."""
        self._window.removeEventFilter(self)
        QGuiApplication.restoreOverrideCursor()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _REFUSED:
            event.ignore()
            return True
        if kind in _TOUCHES:
            self._show_cursor(shown=False)
        elif kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._pointed(event)
        return False  # keys are refused by ui/keyboard.py

    def _pointed(self, event: QMouseEvent) -> None:
        """Show the cursor to who moves a mouse; a touch panel may speak like a mouse."""
        place = event.globalPosition()
        by_mouse = event.pointerType() != QPointingDevice.PointerType.Finger
        if by_mouse and self._mouse_at not in (None, place) and not event.buttons():
            self._show_cursor(shown=True)
        self._mouse_at = place

    def _show_cursor(self, *, shown: bool) -> None:
        QGuiApplication.changeOverrideCursor(
            Qt.CursorShape.ArrowCursor if shown else Qt.CursorShape.BlankCursor
        )


def keep_awake() -> None:
    """Ask the system never to blank this screen; whoever cannot be asked is left alone."""
    xset = shutil.which("xset")
    if xset and QGuiApplication.platformName() == "xcb":
        QProcess.startDetached(xset, ["s", "off", "s", "noblank", "-dpms"])
    # Without this variable Qt would try to start a bus of its own.
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        _inhibit_screen_saver()


def _inhibit_screen_saver() -> None:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage  # noqa: PLC0415

    inhibit = QDBusMessage.createMethodCall(
        "org.freedesktop.ScreenSaver",
        "/org/freedesktop/ScreenSaver",
        "org.freedesktop.ScreenSaver",
        "Inhibit",
    )
    inhibit.setArguments(["Anjungan BPU", "kiosk"])
    # It holds for as long as this connection does, so nobody waits for the answer.
    QDBusConnection.sessionBus().send(inhibit)
