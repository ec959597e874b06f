"""Draws the Phosphor icons in the colours of the theme: image://icon/<name>/<ink>/<fill>."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

DEFAULT_SIZE_PX = 48


class IconProvider(QQuickImageProvider):
    """Gives QML an icon by name and two colours as hex digits."""

    def __init__(self, folder: Path) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folder = folder

    def requestImage(self, name: str, size: QSize, requested: QSize) -> QImage:
        icon, ink, fill = name.split("/")
        svg = (self._folder / f"{icon}.svg").read_text(encoding="utf-8")
        # The second tone is the only layer that Phosphor draws with an opacity.
        svg = svg.replace('opacity="0.2"', f'fill="#{fill}"').replace("currentColor", f"#{ink}")
        width = requested.width() if requested.width() > 0 else DEFAULT_SIZE_PX
        image = QImage(width, width, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, width, width))
        painter.end()
        size.setWidth(width)
        size.setHeight(width)
        return image
