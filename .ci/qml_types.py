"""Describes the models of ui/models to qmllint, as Qt itself sees them: writes a .qmltypes file.

PySide's own pyside6-metaobjectdump reads the source instead; it misses a model whose base class is
in a file it reads later, and takes every constant property for a stale one.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMetaMethod, QMetaObject, QMetaProperty, QObject
from PySide6.QtQml import qmlTypeId

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "ui.models"
OF_THE_DESK = "ui.models.desk.desk_model"
OF_THE_CONSOLE = "ui.models.console.console_model"
OF_THE_FIRST_START = "ui.models.desk.first_start_model"
MODULE = "Anjungan.Models"


def main(target: Path) -> None:
    """Write the description of every QObject class of the package to `target`."""
    application = QCoreApplication()  # before qmlTypeId, or Qt aborts
    sys.path.insert(0, str(ROOT))
    importlib.import_module(PACKAGE)
    importlib.import_module(OF_THE_DESK)
    importlib.import_module(OF_THE_CONSOLE)
    importlib.import_module(OF_THE_FIRST_START)
    components = "\n".join(_component(cls) for cls in _classes(QObject))
    target.write_text(f"import QtQuick.tooling 1.2\nModule {{\n{components}\n}}\n")
    application.shutdown()


def _classes(base: type[QObject]) -> Iterator[type[QObject]]:
    for cls in base.__subclasses__():
        if cls.__module__.startswith(f"{PACKAGE}."):
            yield cls
        yield from _classes(cls)


def _component(cls: type[QObject]) -> str:
    meta: QMetaObject = cls.staticMetaObject  # type: ignore[attr-defined]
    base = meta.superClass()
    assert base is not None
    lines = [
        f'name: "{cls.__name__}"',
        'accessSemantics: "reference"',
        f'prototype: "{base.className()}"',
    ]
    if qmlTypeId(MODULE, 1, 0, cls.__name__) != -1:  # type: ignore[arg-type]
        lines.append(f'exports: ["{MODULE}/{cls.__name__} 1.0"]')
        lines.append("isCreatable: false")
        lines.append("exportMetaObjectRevisions: [256]")
    properties = range(meta.propertyOffset(), meta.propertyCount())
    methods = range(meta.methodOffset(), meta.methodCount())
    lines += [_property(meta.property(i)) for i in properties]
    lines += [_method(meta.method(i)) for i in methods]
    return "Component {\n" + "\n".join(lines) + "\n}"


def _property(entry: QMetaProperty) -> str:
    name = _text(entry.name())
    parts = [f'name: "{name}"', f'read: "{name}"', _type(entry.typeName())]
    parts.append(f"index: {entry.relativePropertyIndex()}")  # without it, stale reads pass
    if entry.hasNotifySignal():
        parts.append(f'notify: "{_text(entry.notifySignal().name())}"')
    if entry.isConstant():
        parts.append("isPropertyConstant: true")
    if not entry.isWritable():
        parts.append("isReadonly: true")
    return f"Property {{ {'; '.join(parts)} }}"


def _method(entry: QMetaMethod) -> str:
    kind = "Signal" if entry.methodType() == QMetaMethod.MethodType.Signal else "Method"
    parts = [f'name: "{_text(entry.name())}"', _type(entry.typeName())]
    parameters = [f"Parameter {{ {_type(name)} }}" for name in entry.parameterTypes()]
    return f"{kind} {{ {'; '.join([*parts, ' '.join(parameters)])} }}"


def _type(name: object) -> str:
    text = _text(name)
    pointer = "; isPointer: true" if text.endswith("*") else ""
    return f'type: "{text.rstrip("*")}"{pointer}'


def _text(name: object) -> str:
    """Qt's names come as str, bytes or QByteArray, whatever the type hints say."""
    return name if isinstance(name, str) else bytes(name).decode()  # type: ignore[call-overload]


main(Path(sys.argv[1]))
