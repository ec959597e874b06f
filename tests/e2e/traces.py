"""Looks for what a resident typed wherever it could have stayed."""

import gc
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType, TracebackType
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QJSValue
from PySide6.QtQuick import QQuickItem

from ui.app import KioskApp
from ui.window import QML

from .residents import BIRTHPLACE, EMAIL, MOTHER, NAME, NIK, PHONE

SECRETS = tuple(secret.replace(" ", "") for secret in (NIK, NAME, PHONE, EMAIL, BIRTHPLACE, MOTHER))
_NOT_FOLLOWED = (ModuleType, type, CodeType, FrameType)


def betrays(text: str) -> bool:
    """Whether a text holds what a resident typed, however it is spaced."""
    packed = text.replace(" ", "")
    return any(secret in packed for secret in SECRETS)


def traces(app: KioskApp) -> list[str]:
    """Where the trader is still to be found: on the screens, in the models, on the clipboard."""
    found = [f"on {place}" for place in _in_scene(app)]
    found += [f"in a {kind}" for kind in held_by([app])]
    if betrays(QGuiApplication.clipboard().text()):
        found.append("on the clipboard")
    return found


def traces_in_files(folder: Path) -> list[Path]:
    """Which files name the trader, by their own name or in plain text."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if betrays(path.name) or betrays(path.read_text("latin-1"))]


# Named in advance: a QMetaObject asked for in Python outlives the item that it describes.
_DECLARED = re.compile(r"property (?:string|var|url|list<\w+>) (\w+)")


@cache
def _names_of_texts() -> frozenset[str]:
    """Every property of our QML that can hold a text, and those of Qt's own items."""
    sources = (file.read_text("utf-8") for file in QML.rglob("*.qml"))
    declared = (name for source in sources for name in _DECLARED.findall(source))
    return frozenset({*declared, "text", "source", "model"})


def _in_scene(app: KioskApp) -> Iterator[str]:
    for thing in _scene(app):
        for name in _names_of_texts():
            if betrays(_readable(thing, name)):
                yield f"{thing.objectName()}.{name}"


def _readable(thing: QObject, name: str) -> str:
    try:
        value = thing.property(name)
    except RuntimeError:  # a model, for which PySide has no converter; see held_by
        return ""
    if isinstance(value, QJSValue):
        value = value.toVariant()
    return str(value) if isinstance(value, str | list | dict) else ""


def _scene(app: KioskApp) -> Iterator[QObject]:
    """Every item, visible or not, and every object that QML made."""
    yield from app.window.findChildren(QObject)
    waiting: list[QQuickItem] = [app.window.contentItem()]
    while waiting:
        item = waiting.pop()
        yield item
        waiting.extend(item.childItems())


def held_by(roots: Iterable[object]) -> Iterator[str]:
    """The kinds of Python objects that hold a secret and can be reached from the roots."""
    seen: set[int] = set()
    waiting: list[Any] = list(roots)
    while waiting:
        holder = waiting.pop()
        for value in _reached_from(holder):
            if isinstance(value, str | bytes):
                text = value if isinstance(value, str) else value.decode("latin-1")
                if betrays(text):
                    yield type(holder).__name__
            elif id(value) not in seen and not isinstance(value, _NOT_FOLLOWED):
                seen.add(id(value))
                waiting.append(value)


def _reached_from(holder: Any) -> list[Any]:
    if isinstance(holder, FunctionType):  # not its globals: they are the whole program
        cells = [cell.cell_contents for cell in holder.__closure__ or ()]
        return [*cells, *(holder.__defaults__ or ())]
    if isinstance(holder, TracebackType):
        return [*holder.tb_frame.f_locals.values(), holder.tb_next]
    own = [vars(holder)] if isinstance(holder, QObject) else []
    return own + gc.get_referents(holder)
