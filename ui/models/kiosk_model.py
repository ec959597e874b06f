"""The kiosk itself: where it stands, language, contrast, and when a screen may be touched."""

from collections.abc import Mapping

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.clock import Clock
from kiosk.domain.texts import Texts
from kiosk.settings import Settings, TextSize

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

DEAF_AFTER_NEW_SCREEN_MS = 300
TEXT_SIZES = tuple(TextSize)


@QmlElement
class KioskModel(QObject):
    """What every screen shares.

    The board on the desk's screen presses keys by `boardPressed`: a character, or one of
    "erase", "next", "enter".

    A keyboard speaks by `typed` (one character), `erased`, and `entered` (Enter while no key has
    the focus).
    """

    languageChanged = Signal()
    touched = Signal()
    screenReplaced = Signal()
    typed = Signal(str)
    erased = Signal()
    entered = Signal()
    deskWanted = Signal()
    boardPressed = Signal(str)
    keyboardUsed = Signal()
    contrastChanged = Signal()
    textStepChanged = Signal()

    def __init__(
        self,
        settings: Settings,
        texts: Mapping[str, Texts],
        clock: Clock,
        *,
        practice: bool = False,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._practice = practice
        offered = settings.offered
        codes = [one for one in texts if not offered or one in offered] or list(texts)
        self._languages = tuple(texts[one] for one in codes)
        self._first = codes.index(settings.language) if settings.language in codes else 0
        self._spoken = self._first
        self._clock = clock
        self._contrast = settings.start_contrast
        self._text_step = self._first_text_step
        self._deaf_until_ms = 0.0

    @property
    def spoken(self) -> Texts:
        """The sentences of the language shown, for the other models."""
        return self._languages[self._spoken]

    @Property(dict, notify=languageChanged)
    def texts(self) -> dict[str, str]:
        return dict(self.spoken.sentences)

    @Property(str, notify=languageChanged)
    def language(self) -> str:
        return self.spoken.language

    @Property(str, notify=languageChanged)
    def nextLanguage(self) -> str:
        following = self._languages[self._next_language]
        return "" if following is self.spoken else following.say("language.name")

    @Property(bool, notify=contrastChanged)
    def contrast(self) -> bool:
        return self._contrast

    @Property(int, notify=textStepChanged)
    def textStep(self) -> int:
        return self._text_step

    @Property(bool, constant=True)
    def practice(self) -> bool:
        return self._practice

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

    @Property(str, constant=True)
    def controllerName(self) -> str:
        return self._settings.controller_name

    @Property(str, constant=True)
    def controllerContact(self) -> str:
        return self._settings.controller_contact

    @Property(int, constant=True)
    def draftMinutes(self) -> int:
        return self._settings.draft_minutes

    @Property(bool, constant=True)
    def asksBirthplace(self) -> bool:
        return self._settings.ask_birthplace

    @Property(bool, constant=True)
    def asksMotherName(self) -> bool:
        return self._settings.ask_mother_name

    @Slot(result=bool)
    def touchReady(self) -> bool:
        self.touched.emit()
        return self._clock.monotonic_ms() >= self._deaf_until_ms

    @Slot(str)
    def pressBoard(self, key: str) -> None:
        self.boardPressed.emit(key)

    @Slot()
    def wantDesk(self) -> None:
        self.deskWanted.emit()

    @Slot()
    def toggleContrast(self) -> None:
        self._set_contrast(not self._contrast)

    @Slot()
    def switchLanguage(self) -> None:
        self._speak(self._next_language)

    @Slot()
    def nextTextSize(self) -> None:
        self._set_text_step((self._text_step + 1) % len(TEXT_SIZES))

    @property
    def text_step(self) -> int:
        """0 normal, 1 large, 2 largest."""
        return self._text_step

    def back_to_normal(self) -> None:
        """Undo what one resident chose for their eyes, and speak the office's language again."""
        self._set_contrast(self._settings.start_contrast)
        self._speak(self._first)
        self._set_text_step(self._first_text_step)

    def new_screen(self) -> None:
        """Be deaf for a moment: a second tap was meant for the screen before."""
        self._deaf_until_ms = self._clock.monotonic_ms() + DEAF_AFTER_NEW_SCREEN_MS
        self.screenReplaced.emit()

    @property
    def _first_text_step(self) -> int:
        return TEXT_SIZES.index(self._settings.start_text_size)

    @property
    def _next_language(self) -> int:
        return (self._spoken + 1) % len(self._languages)

    def _speak(self, language: int) -> None:
        if language != self._spoken:
            self._spoken = language
            self.languageChanged.emit()

    def _set_contrast(self, contrast: bool) -> None:
        if contrast != self._contrast:
            self._contrast = contrast
            self.contrastChanged.emit()

    def _set_text_step(self, step: int) -> None:
        if step != self._text_step:
            self._text_step = step
            self.textStepChanged.emit()
