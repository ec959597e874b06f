"""A window of the kiosk: loads what it shows, opens it, and takes both apart in order."""

from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from ui.icons import IconProvider
from ui.kiosk_mode import KioskMode
from ui.models import KioskModel

RESOURCES = Path(__file__).parent.parent / "resources"
QML = Path(__file__).parent / "qml"
WINDOWED_SHARE = 0.9
"""How much of the screen an ordinary window takes."""


class KioskWindow:
    """One QML window; `kiosk` and `properties` are what its root asks for."""

    def __init__(self, file: str, kiosk: KioskModel, properties: dict[str, Any]) -> None:
        self._engine, self.quick = _load(file, kiosk, properties)
        self._kiosk_mode: KioskMode | None = None

    def show(self, *, windowed: bool) -> None:
        """Open an ordinary window, or one that holds the screen."""
        if not windowed:
            self._kiosk_mode = KioskMode(self.quick)
            return
        if QGuiApplication.platformName() != "offscreen":
            room = QGuiApplication.primaryScreen().availableSize() * WINDOWED_SHARE
            fitted = self.quick.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
            self.quick.resize(fitted)
        self.quick.show()

    def come_to_front(self) -> None:
        """Show the window before all others, also when it was made small."""
        self.quick.setWindowStates(self.quick.windowStates() & ~Qt.WindowState.WindowMinimized)
        self.quick.raise_()
        self.quick.requestActivate()

    def close(self) -> None:
        """Take down the window, then its screens: bindings must not outlive their models."""
        if self._kiosk_mode:
            self._kiosk_mode.close()
        self.quick.close()
        shiboken6.delete(self._engine)


def _load(
    file: str, kiosk: KioskModel, properties: dict[str, Any]
) -> tuple[QQmlApplicationEngine, QQuickWindow]:
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(QML))
    engine.addImageProvider("icon", IconProvider(RESOURCES / "icons"))
    for singleton in ("Theme", "Texts", "Touch"):
        instance = engine.singletonInstance("Anjungan.Look", singleton)
        if not isinstance(instance, QObject):
            raise RuntimeError(f"{singleton}.qml could not be loaded")
        instance.setProperty("kiosk", kiosk)
    engine.setInitialProperties({"kiosk": kiosk, **properties})
    engine.load(QUrl.fromLocalFile(str(QML / file)))
    roots = engine.rootObjects()
    if not roots or not isinstance(roots[0], QQuickWindow):
        raise RuntimeError(f"{file} could not be loaded")
    return engine, roots[0]
