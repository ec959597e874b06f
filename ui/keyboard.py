"""The keyboard plugged in: typing, the way from key to key, and the scanner that types too."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMetaObject,
    QObject,
    QRectF,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.clock import Clock
from ui.models import KioskModel

SCAN_GAP_MS = 35
"""Nobody types the next character so soon; scanners take 1 to 20 ms."""
SCAN_LENGTH = 6
SCAN_TAIL_MS = 200
"""What follows a scan so closely is the scanner's own: Enter, Tab, a line feed."""
PAUSE_MS = SCAN_GAP_MS + 5

_SWALLOWED = {QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.InputMethod}
_CONTROL = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_WALK = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ERASE = Qt.Key.Key_Backspace
_OF_THE_BOARD = {
    "erase": Qt.Key.Key_Backspace,
    "next": Qt.Key.Key_Tab,
    "enter": Qt.Key.Key_Return,
}
_REPEATED_WHEN_HELD = {_ERASE, *_WALK, *_ARROWS}
_COMMANDS = {*_REPEATED_WHEN_HELD, *_ENTER}


class Keyboard(QObject):
    """Takes every key of the window before the screens do, and lets nothing else through.

    A burst of characters is a scan: it is told by `scanned` and does nothing else. Characters go
    to the keys on the screen by `KioskModel.typed`, where they mean what a touch there means.
    """

    scanned = Signal(str)

    def __init__(
        self, window: QQuickWindow, kiosk: KioskModel, clock: Clock, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._kiosk = kiosk
        self._clock = clock
        self._typing = self._handing_on = False
        self._waiting = ""
        self._pressed_ms = self._scanned_ms = float("-inf")
        self._heard_ms = 0.0
        self._pause = QTimer(self, interval=PAUSE_MS)
        self._pause.timeout.connect(self._paused)
        self._last_call = QTimer(self, interval=0, singleShot=True)
        self._last_call.timeout.connect(self.settle)
        kiosk.screenReplaced.connect(self.unfocus)
        kiosk.boardPressed.connect(self._press)
        window.installEventFilter(self)

    def close(self) -> None:
        """Take no more keys."""
        self._window.removeEventFilter(self)
        self._pause.stop()
        self._last_call.stop()

    def set_typing(self, *, typing: bool) -> None:
        """Whether there are fields to type in: then keys go on to Qt, but for a scanner's."""
        self.settle()
        self._typing = typing

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._handing_on:
            return False
        if self._typing:
            pressed = event if kind == QEvent.Type.KeyPress else None
            return isinstance(pressed, QKeyEvent) and self._hold(pressed)
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._take(event)
            return True
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin):
            self.unfocus()
        return kind in _SWALLOWED

    @Slot()
    def settle(self) -> None:
        """Nothing more follows: a scan is told, what a person typed is typed."""
        self._pause.stop()
        self._last_call.stop()
        waiting, self._waiting = self._waiting, ""
        if len(waiting) >= SCAN_LENGTH:
            self._scanned_ms = self._pressed_ms
            self.scanned.emit(waiting)
            return
        for character in waiting:
            self._type(character)

    @Slot()
    def unfocus(self) -> None:
        """Let no key have the focus."""
        focused: QQuickItem | None = self._window.activeFocusItem()
        if focused is not None and focused.activeFocusOnTab():
            focused.setFocus(False)

    @Slot()
    def _paused(self) -> None:
        if self._clock.monotonic_ms() - self._heard_ms >= PAUSE_MS:
            # Not yet the end: keys that came while a screen was painted are still in the queue.
            self._last_call.start()

    def _take(self, event: QKeyEvent) -> None:
        key, character = Qt.Key(event.key()), _character(event)
        if event.modifiers() & _CONTROL or not (character or key in _COMMANDS):
            return
        if event.isAutoRepeat() and key not in _REPEATED_WHEN_HELD:
            return
        if self._is_of_a_burst(event, character) or character:
            return
        if self._kiosk.touchReady():
            self._command(key)

    def _hold(self, event: QKeyEvent) -> bool:
        """Keep a character until it is known whether it is a scanner's; let other keys go on."""
        self._kiosk.touched.emit()
        character = "" if event.modifiers() & _CONTROL else _character(event)
        return self._is_of_a_burst(event, character) or bool(character)

    def _is_of_a_burst(self, event: QKeyEvent, character: str) -> bool:
        """Take a character up; tell whether this key ends a scan and means nothing else."""
        # The moment it was pressed, where the system tells it, and not the moment it is heard:
        # painting a screen takes longer than a scanner's gaps.
        pressed_ms = event.timestamp() or self._clock.monotonic_ms()
        if not character or pressed_ms - self._pressed_ms > SCAN_GAP_MS:
            self.settle()
        if 0 <= pressed_ms - self._scanned_ms <= SCAN_TAIL_MS:
            return True
        if character:
            self._waiting += character
            self._pressed_ms = pressed_ms
            self._heard_ms = self._clock.monotonic_ms()
            self._last_call.stop()
            self._pause.start()
        return False

    def _type(self, character: str) -> None:
        if self._typing:
            self._kiosk.keyboardUsed.emit()
            self._hand_on(character)
            return
        if not self._kiosk.touchReady():
            return
        if character == " " and self._focused():
            self._enter()
        else:
            self._kiosk.typed.emit(character)

    def _hand_on(self, character: str) -> None:
        """Let Qt have a character that a person typed."""
        self._send(Qt.Key.Key_Space if character == " " else Qt.Key.Key_unknown, character)

    @Slot(str)
    def _press(self, name: str) -> None:
        """Press a key of the board on the screen."""
        if name in _OF_THE_BOARD:
            self._send(_OF_THE_BOARD[name], "")
        else:
            self._hand_on(name)

    def _send(self, key: Qt.Key, character: str) -> None:
        self._handing_on = True
        none = Qt.KeyboardModifier.NoModifier
        try:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(self._window, QKeyEvent(kind, key, none, character))
        finally:
            self._handing_on = False

    def _command(self, key: Qt.Key) -> None:
        if key in _ENTER:
            self._enter()
        elif key == _ERASE:
            self._kiosk.erased.emit()
        elif key in _WALK:
            self._walk(_WALK[key])
        else:
            self._move(*_ARROWS[key])

    def _enter(self) -> None:
        focused = self._focused()
        if focused is None:
            self._kiosk.entered.emit()
        else:
            QMetaObject.invokeMethod(focused, "press")

    def _focused(self) -> QQuickItem | None:
        # The focus stays with a key that has gone from the screen.
        item: QQuickItem | None = self._window.activeFocusItem()
        seen = item and item.isVisible() and item.isEnabled() and item.activeFocusOnTab()
        return item if seen else None

    def _walk(self, step: int) -> None:
        places = reading_order(list(self._places()))
        focused = self._focused()
        here = next((i for i, place in enumerate(places) if place.item is focused), None)
        if here is None:
            here = -1 if step > 0 else 0
        if places:
            _focus(places[(here + step) % len(places)])

    def _move(self, right: int, down: int) -> None:
        places = list(self._places())
        here = next((place for place in places if place.item is self._focused()), None)
        if here is None:
            self._walk(1)
            return
        beyond = [place for place in places if _gap(here.area, place.area, right, down) >= 0]
        if beyond:
            _focus(min(beyond, key=lambda place: _distance(here.area, place.area, right, down)))

    def _places(self) -> Iterator["Place"]:
        """Every key that can be pressed now, where the next frame paints it."""
        waiting = [self._window.contentItem()]
        while waiting:
            item = waiting.pop()
            if not (item.isVisible() and item.isEnabled()):
                continue
            item.ensurePolished()
            if item.activeFocusOnTab():
                yield Place(item, item.mapRectToScene(QRectF(0, 0, item.width(), item.height())))
            waiting.extend(item.childItems())


def _character(event: QKeyEvent) -> str:
    text = event.text()
    return text if len(text) == 1 and text.isprintable() else ""


@dataclass(frozen=True, slots=True)
class Place:
    """A key and where it stands in the window."""

    item: Any
    area: QRectF


def reading_order(places: list[Place]) -> list[Place]:
    """Order keys as one reads: from the top, and what stands side by side from the left.

    Where no line can be drawn between rows, the widest gap between columns comes first.
    """
    for start, end in ((QRectF.top, QRectF.bottom), (QRectF.left, QRectF.right)):
        ahead, rest = _cut_at_widest_gap(places, start, end)
        if rest:
            return reading_order(ahead) + reading_order(rest)
    return places


def _cut_at_widest_gap(
    places: list[Place], start: Callable[[QRectF], float], end: Callable[[QRectF], float]
) -> tuple[list[Place], list[Place]]:
    """Part the keys before and behind the widest gap; the second part is empty without one."""
    ordered = sorted(places, key=lambda place: start(place.area))
    reached = list(accumulate((end(place.area) for place in ordered), max))
    gaps = [start(place.area) - before for place, before in zip(ordered[1:], reached, strict=False)]
    widest = max(gaps, default=-1.0)
    cut = gaps.index(widest) + 1 if widest >= 0 else len(ordered)
    return ordered[:cut], ordered[cut:]


def _focus(place: Place) -> None:
    place.item.forceActiveFocus(Qt.FocusReason.TabFocusReason)


def _gap(here: QRectF, there: QRectF, right: int, down: int) -> float:
    """How far `there` begins beyond `here` in one direction; negative if it does not."""
    if right:
        return there.left() - here.right() if right > 0 else here.left() - there.right()
    return there.top() - here.bottom() if down > 0 else here.top() - there.bottom()


def _distance(here: QRectF, there: QRectF, right: int, down: int) -> tuple[float, float]:
    """How far it is; a key that stands aside is further than one straight ahead."""
    aside = max(_gap(here, there, *turn) for turn in ((down, right), (-down, -right)))
    between = there.center() - here.center()
    return (
        _gap(here, there, right, down) + 3 * max(0.0, aside),
        abs(between.x()) + abs(between.y()),
    )
