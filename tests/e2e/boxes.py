"""Measures what is on the screen: where the texts are painted, and where keys can be touched."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible
from PySide6.QtQml import qmlEngine
from PySide6.QtQuick import QQuickItem

from .modes import UPRIGHT, Panel
from .stage import Stage

SMALLEST_KEY_MM = 15
AS_DRAWN = ("pad", "letter", "email", "edit-")
"""Keys of the pad and of the board, and the rows of the review stand closer than others."""
STRIP = ("leave", "language", "textSize", "contrast", "listen", "help")
"""The keys of the strip touch each other, with a line between them."""
EMPTY_ABOVE = 0.2
"""Of the size of a letter: Lexend keeps that much free above the tallest, in every line."""
LAYOUT_ROUNDS = 3
ALLOWED_PX = 1.0
"""Text is laid out in fractions of a pixel."""

# Asked of the engine itself: PySide has no converter for the enumerations of a Text.
_DESCRIBE = """(function(item) {
    if (typeof item.tapped === "function")
        return { kind: "key", text: "" };
    if (item.lineHeightMode === undefined || item.text === "")
        return { kind: "", text: "" };
    return {
        kind: "text",
        text: item.text,
        cut: item.truncated,
        size: item.font.pixelSize,
        ink: [item.color.r, item.color.g, item.color.b],
        width: item.contentWidth,
        height: item.contentHeight,
        alignX: item.effectiveHorizontalAlignment,
        alignY: item.verticalAlignment
    };
})"""
_RIGHT, _CENTER_X, _BOTTOM, _CENTER_Y = 2, 4, 64, 128


@dataclass(frozen=True)
class Box:
    """Something on the screen and the part of the screen it takes."""

    name: str
    place: QRectF
    home: QRectF
    """For a text: the nearest drawn box around it. For a key: all of where it can be touched."""
    key: int = 0
    """For a text: the key it stands on, if any; told apart by a number."""
    cut: bool = False
    accessible: str = ""
    ink: tuple[int, int, int] = (0, 0, 0)
    """For a text: the colour it is meant to have."""


@dataclass(frozen=True)
class Layout:
    """One screen, measured."""

    panel: Panel
    screen: QRectF
    strip: QRectF
    texts: tuple[Box, ...]
    keys: tuple[Box, ...]

    def faults(self) -> list[str]:
        """Everything that a person could not read or touch."""
        return [*self._bad_keys(), *self._bad_gaps(), *self._bad_texts(), *self._collisions()]

    def text_faults(self) -> list[str]:
        """What a person could not read; the desk's keys are smaller than the residents'."""
        return [*self._bad_texts(), *self._collisions()]

    def keys_moved_from(self, other: "Layout") -> list[str]:
        """The keys that stand elsewhere than in another layout, which may be larger or smaller."""
        scale = self.screen.width() / other.screen.width()
        if [key.name for key in self.keys] != [key.name for key in other.keys]:
            return ["of another name"]
        pairs = zip(self.keys, other.keys, strict=True)
        return [
            key.name for key, same in pairs if _apart(key.place, same.place, scale) > ALLOWED_PX
        ]

    def _bad_keys(self) -> Iterator[str]:
        for key in self.keys:
            smallest = self.panel.mm(min(key.place.width(), key.place.height()))
            if not key.cut and smallest < SMALLEST_KEY_MM:
                yield f"key {key.name} is only {_size(key.place)}"
            if not _within(key.place, self.screen):
                yield f"key {key.name} leaves the screen"
            if not key.accessible:
                yield f"key {key.name} has no name for who cannot see it"

    def _bad_gaps(self) -> Iterator[str]:
        for one, other in combinations(self.keys, 2):
            if _overlap(one.home, other.home):
                yield f"keys {one.name} and {other.name} overlap"
            elif not (_as_drawn(one, other) or _in_strip(one, other)):
                gap_mm = self.panel.mm(_gap(one.place, other.place) + ALLOWED_PX)
                if gap_mm < self.panel.gap_mm:
                    yield f"keys {one.name} and {other.name} are only {gap_mm:.1f} mm apart"

    def _bad_texts(self) -> Iterator[str]:
        for text in self.texts:
            if text.cut:
                yield f"{text.name!r} is cut short"
            if not _within(text.place, self.screen):
                yield f"{text.name!r} leaves the screen"
            elif not _within(text.place, text.home):
                yield f"{text.name!r} leaves its box: {_size(text.place)} in {_size(text.home)}"
            if not text.key and _overlap(text.place, self.strip):
                yield f"{text.name!r} runs into the strip"

    def _collisions(self) -> Iterator[str]:
        for one, other in combinations(self.texts, 2):
            if _overlap(one.place, other.place):
                yield f"{one.name!r} and {other.name!r} overlap"
        for text in self.texts:
            for number, key in enumerate(self.keys, start=1):
                if text.key != number and _overlap(text.place, key.place):
                    yield f"{text.name!r} runs into the key {key.name}"


def measure(stage: Stage, panel: Panel = UPRIGHT) -> Layout:
    """Measure what is on the screen now."""
    engine: Any = qmlEngine(stage.app.window)
    describe = engine.evaluate(_DESCRIBE)
    # One round lays out what the round before has moved.
    for _ in range(LAYOUT_ROUNDS):
        list(stage.visitor.items())
    seen = _uncovered(list(stage.visitor.items()))
    told: list[dict[str, Any]] = [
        describe.call([engine.newQObject(item)]).toVariant() for item in seen
    ]
    keys = [
        item
        for item, about in zip(seen, told, strict=True)
        if about["kind"] == "key" and not _is_scrolled_away(item)
    ]
    boxes = (
        _text_box(item, about, keys)
        for item, about in zip(seen, told, strict=True)
        if about["kind"] == "text"
    )
    texts = [box for box in boxes if not box.place.isEmpty()]
    window = stage.app.window
    screen = QRectF(0, 0, window.width(), window.height())
    keyed = tuple(_key_box(key) for key in keys)
    strip = QRectF()
    for box in keyed:
        if box.name in STRIP:
            strip = strip.united(box.place)
    return Layout(panel, screen, strip, tuple(texts), keyed)


def keys_in_sight(stage: Stage) -> list[QQuickItem]:
    """Every key and field that can be touched now."""
    engine: Any = qmlEngine(stage.app.window)
    # Asked of the engine: a QMetaObject asked for in Python can outlive the item it describes.
    is_key = engine.evaluate('(item => typeof item.tapped === "function")')
    seen = _uncovered(list(stage.visitor.items()))
    return [item for item in seen if is_key.call([engine.newQObject(item)]).toBool()]


def _uncovered(items: list[QQuickItem]) -> list[QQuickItem]:
    """Without what lies under the warning of the end, which leaves only the strip in sight."""
    warning = next((item for item in items if item.objectName() == "silenceWarning"), None)
    if warning is None:
        return items
    return [
        item
        for item in items
        if any(one is warning or one.objectName() in STRIP for one in (item, *_ancestors(item)))
    ]


def _key_box(key: QQuickItem) -> Box:
    place = key.mapRectToScene(QRectF(0, 0, key.width(), key.height()))
    reach = float(key.property("reach") or 0)
    touched = place.adjusted(-reach, -reach, reach, reach)
    interface = QAccessible.queryAccessibleInterface(key)
    name = interface.text(QAccessible.Text.Name)
    if label := key.height() - float(key.property("boxHeight") or key.height()):
        place.setTop(
            place.bottom() - place.height() * (1 - label / key.height())
        )  # a field: what is beside its box has a label between
    seen = _unscrolled(key, place)
    return Box(key.objectName() or name, seen, touched, cut=seen != place, accessible=name)


def _text_box(item: QQuickItem, about: dict[str, Any], keys: list[QQuickItem]) -> Box:
    width, height = about["width"], about["height"]
    x = _aligned(item.width(), width, about["alignX"], _CENTER_X, _RIGHT)
    y = _aligned(item.height(), height, about["alignY"], _CENTER_Y, _BOTTOM)
    empty = EMPTY_ABOVE * about["size"]
    place = item.mapRectToScene(QRectF(x, y + empty, width, height - empty))
    home, clipped, key = place, False, 0
    found_home = False
    for around in _ancestors(item):
        area = around.mapRectToScene(QRectF(0, 0, around.width(), around.height()))
        if around.clip():
            clipped = True
        if around.inherits("QQuickFlickable"):
            # What is scrolled away is not there.
            place = place.intersected(area)
        if not found_home and (around.inherits("QQuickRectangle") or around in keys):
            home, found_home = area, True
        if around in keys:
            key = keys.index(around) + 1
    # A field shows the end of what is typed and lets the beginning go.
    shown = place.intersected(home) if clipped else place
    ink = tuple(round(level * 255) for level in about["ink"])
    return Box(about["text"], shown, home, key, about["cut"], ink=ink)


def _is_scrolled_away(item: QQuickItem) -> bool:
    place = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))
    return _unscrolled(item, place).isEmpty()


def _unscrolled(item: QQuickItem, place: QRectF) -> QRectF:
    """What of a place on the screen is not scrolled away."""
    for around in _ancestors(item):
        if around.inherits("QQuickFlickable"):
            place = place.intersected(
                around.mapRectToScene(QRectF(0, 0, around.width(), around.height()))
            )
    return place


def _ancestors(item: QQuickItem) -> Iterator[QQuickItem]:
    around = item.parentItem()
    while around is not None:
        yield around
        around = around.parentItem()


def _aligned(room: float, taken: float, alignment: int, center: int, end: int) -> float:
    if alignment == center:
        return (room - taken) / 2
    return room - taken if alignment == end else 0.0


def _within(inner: QRectF, outer: QRectF) -> bool:
    return outer.adjusted(-ALLOWED_PX, -ALLOWED_PX, ALLOWED_PX, ALLOWED_PX).contains(inner)


def _overlap(one: QRectF, other: QRectF) -> bool:
    common = one.intersected(other)
    return common.width() > ALLOWED_PX and common.height() > ALLOWED_PX


def _apart(one: QRectF, other: QRectF, scale: float) -> float:
    pairs = zip(edges(one), edges(other), strict=True)
    return max(abs(edge - scale * before) for edge, before in pairs)


def edges(area: QRectF) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    return area.left(), area.top(), area.right(), area.bottom()


def _as_drawn(one: Box, other: Box) -> bool:
    return any(one.name.startswith(kind) and other.name.startswith(kind) for kind in AS_DRAWN)


def _in_strip(one: Box, other: Box) -> bool:
    return one.name in STRIP and other.name in STRIP


def _gap(one: QRectF, other: QRectF) -> float:
    """How far two keys are apart, seen along the axis that parts them."""
    across = max(one.left(), other.left()) - min(one.right(), other.right())
    down = max(one.top(), other.top()) - min(one.bottom(), other.bottom())
    return max(across, down)


def _size(area: QRectF) -> str:
    return f"{area.width():.0f}x{area.height():.0f}"
