"""A token that was just made: as a QR code and as text, shown this once."""

from base64 import b64encode

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement

from kiosk.central.address import is_loopback
from kiosk.central.token import Token, in_lines, write_token
from ui.models.console.host import ConsoleHost
from ui.models.console.moments import exactly

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ConsoleTokenModel(QObject):
    """Shows it until the admin says that it was handed over."""

    changed = Signal()

    def __init__(self, host: ConsoleHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._token: Token | None = None
        self._text = self._picture = ""

    @Slot(object)
    def show(self, token: Token) -> None:
        """Show a token."""
        from printing.token_code import token_picture  # noqa: PLC0415 (few make tokens)

        self._token, self._text = token, write_token(token)
        picture = b64encode(token_picture(self._text)).decode("ascii")
        self._picture = f"data:image/png;base64,{picture}"
        self.changed.emit()

    @Slot()
    def close(self) -> None:
        """Let go of it."""
        self._token, self._text, self._picture = None, "", ""
        self.changed.emit()

    @Slot()
    def copy(self) -> None:
        """Put the text where another program can take it."""
        QGuiApplication.clipboard().setText(self._text)
        self._host.tell("console.token.copied")

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        return self._token is not None

    @Property(str, notify=changed)
    def text(self) -> str:
        return in_lines(self._text)

    @Property(str, notify=changed)
    def picture(self) -> str:
        return self._picture

    @Property(bool, notify=changed)
    def forKiosk(self) -> bool:
        return self._token is not None and self._token.is_for_kiosk

    @Property(str, notify=changed)
    def until(self) -> str:
        return exactly(self._token.expires_at, self._host.texts) if self._token else ""

    @Property(bool, notify=changed)
    def onlyHere(self) -> bool:
        """Whether it leads to this machine, so that no other can use it."""
        return self._token is not None and all(map(is_loopback, self._token.address.hosts))

    @Property(bool, notify=changed)
    def withoutKey(self) -> bool:
        """Whether the kiosk could trust no configuration: nobody has made a key yet."""
        return self._token is not None and self._token.is_for_kiosk and not self._token.keys
