"""Stands before the screen for the moment in which the program is composed anew."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPaintEvent, QRasterWindow

SEA_DEEP, WHITE = QColor("#07363B"), QColor("#FFFFFF")
LETTERS_SHARE = 32
"""So many lines of the sentence would be as high as the window."""


class Curtain(QRasterWindow):
    """A plain window with a sentence on it; needs no model and no QML."""

    def __init__(self, says: str) -> None:
        super().__init__()
        self._says = says
        self.setFlags(
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
        )

    def close_over(self, place: QRect | None) -> None:
        """Cover a window that stands at this place, or the whole screen."""
        self.setGeometry(place or QGuiApplication.primaryScreen().geometry())
        if place is None:
            self.showFullScreen()
        else:
            self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = QRect(0, 0, self.width(), self.height())
        painter.fillRect(room, SEA_DEEP)
        font = QFont("Lexend")
        font.setPixelSize(max(16, min(room.width(), room.height()) // LETTERS_SHARE))
        painter.setFont(font)
        painter.setPen(WHITE)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self._says)
        painter.end()
