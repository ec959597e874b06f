"""Whether the screen shown can be listened to, and whether it is being listened to."""

from pathlib import Path

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ui.recordings import Recordings

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ListenModel(QObject):
    """Plays the recording of a screen; another screen or language ends it."""

    changed = Signal()

    def __init__(self, recordings: Recordings, parent: QObject) -> None:
        super().__init__(parent)
        self._recordings = recordings
        self._file: Path | None = None
        self._playing = False

    @Property(bool, notify=changed)
    def possible(self) -> bool:
        return self._file is not None

    @Property(bool, notify=changed)
    def playing(self) -> bool:
        return self._playing

    @Slot()
    def toggle(self) -> None:
        if self._playing:
            self.stop()
        elif self._file is not None:
            self._set(self._file, playing=True)
            self._recordings.player.play(self._file, self._over)

    def stop(self) -> None:
        """Fall silent."""
        if self._playing:
            self._recordings.player.stop()
            self._over()

    def look_for(self, language: str, screen: str) -> None:
        """Another screen is shown, or the same one in another language."""
        self.stop()
        self._set(self._recordings.find(language, screen), playing=False)

    @Slot()
    def _over(self) -> None:
        self._set(self._file, playing=False)

    def _set(self, file: Path | None, *, playing: bool) -> None:
        if (file, playing) != (self._file, self._playing):
            self._file, self._playing = file, playing
            self.changed.emit()
