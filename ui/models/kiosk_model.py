"""The kiosk itself: where it stands, its contrast, and when a screen may be touched."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.clock import Clock
from kiosk.domain.texts import Texts
from kiosk.settings import Settings

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

DEAF_AFTER_NEW_SCREEN_MS = 300
TEXT_SIZES = 3


@QmlElement
class KioskModel(QObject):
    """What every screen shares."""

    textsChanged = Signal()
    touched = Signal()
    contrastChanged = Signal()
    textStepChanged = Signal()

    def __init__(self, settings: Settings, texts: Texts, clock: Clock) -> None:
        super().__init__()
        self._settings = settings
        self._texts = texts
        self._clock = clock
        self._contrast = False
        self._text_step = 0
        self._deaf_until_ms = 0.0

    @Property(dict, notify=textsChanged)
    def texts(self) -> dict[str, str]:
        return dict(self._texts.sentences)

    @Property(bool, notify=contrastChanged)
    def contrast(self) -> bool:
        return self._contrast

    @Property(int, notify=textStepChanged)
    def textStep(self) -> int:
        return self._text_step

    @Property(str, constant=True)
    def office(self) -> str:
        return self._settings.office

    @Property(str, constant=True)
    def kabupaten(self) -> str:
        return self._settings.kabupaten

    @Property(str, constant=True)
    def kioskName(self) -> str:
        return self._settings.kiosk_name

    @Property(str, constant=True)
    def helpNumber(self) -> str:
        return self._settings.help_number

    @Slot(result=bool)
    def touchReady(self) -> bool:
        self.touched.emit()
        return self._clock.monotonic_ms() >= self._deaf_until_ms

    @Slot()
    def toggleContrast(self) -> None:
        self._set_contrast(not self._contrast)

    @Slot()
    def nextTextSize(self) -> None:
        self._set_text_step((self._text_step + 1) % TEXT_SIZES)

    @property
    def text_step(self) -> int:
        """0 normal, 1 large, 2 largest."""
        return self._text_step

    def back_to_normal(self) -> None:
        """Undo what one resident chose for their eyes."""
        self._set_contrast(False)
        self._set_text_step(0)

    def new_screen(self) -> None:
        """Be deaf for a moment: a second tap was meant for the screen before."""
        self._deaf_until_ms = self._clock.monotonic_ms() + DEAF_AFTER_NEW_SCREEN_MS

    def _set_contrast(self, contrast: bool) -> None:
        if contrast != self._contrast:
            self._contrast = contrast
            self.contrastChanged.emit()

    def _set_text_step(self, step: int) -> None:
        if step != self._text_step:
            self._text_step = step
            self.textStepChanged.emit()

    # placeholder until the languages land
    @Property(str, constant=True)
    def nextLanguage(self) -> str:
        return "English"

    @Slot()
    def switchLanguage(self) -> None:
        return None
