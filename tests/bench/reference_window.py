"""A bare QML window with one text field and the encrypted store, tapped once.

reference_window.py STORE KEY_FILE [SLIP OUT]: with the last two also writes a slip with bare
ReportLab, and tells the peak memory.
"""

import os
import resource
import sys
from pathlib import Path

from PySide6.QtCore import QPointF, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
from sqlalchemy import create_engine, text
from taps import announce_first_tap

QML = Path(__file__).with_suffix(".qml")


def start(store: Path, key_file: Path) -> None:
    """Open store and window, and tell of the first tap."""
    os.environ["QT_QUICK_BACKEND"] = "software"
    application = QGuiApplication(sys.argv[:1])
    key = key_file.read_text().strip()
    database = create_engine(f"sqlite+pysqlcipher://:x'{key}'@/{store}")
    with database.connect() as connection:
        connection.execute(text("SELECT count(*) FROM registration")).scalar_one()
    engine = QQmlApplicationEngine()
    engine.load(QUrl.fromLocalFile(str(QML)))
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    window.show()
    announce_first_tap(window, QPointF(540, 960), lambda: bool(window.property("touched")))
    application.processEvents()


def write_slip(slip: Path, out: Path) -> None:
    """Write the slip and tell the peak memory in kB."""
    from reference_slip import draw, read_drawing

    out.write_bytes(draw(read_drawing(slip)))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True)


if __name__ == "__main__":
    start(Path(sys.argv[1]), Path(sys.argv[2]))
    if sys.argv[3:]:
        write_slip(Path(sys.argv[3]), Path(sys.argv[4]))
