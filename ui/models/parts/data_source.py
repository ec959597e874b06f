"""The tariff and the benefits of a content that is edited: taken in from a file, from their day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.comparing import Considered, DataSeen, Outcome, compare, seen
from kiosk.domain.wording import date_words
from kiosk.editing.files import TooLarge, carried, counting, put_file, take_back_file
from ui.models.desk.data_view import DataWords
from ui.models.parts.host import PartsHost

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


class DataHost(PartsHost, Protocol):
    """A page that takes in files as well."""

    @property
    def today(self) -> date: ...
    def warn(self, key: str, **values: object) -> None:
        """Say in one line what could not be done."""


class EditedData:
    """Reads the data of the content, and puts files into it."""

    def __init__(self, host: DataHost) -> None:
        self._host = host

    def words(self, _seen: DataSeen) -> DataWords:
        """Return what the page says of who changes the data."""
        return DataWords("parts.files.who", self._host.take_key)

    def looking(self) -> Callable[[], DataSeen]:
        """Return what looks how the data stand."""
        content, shipped, today = self._host.content, self._host.shipped_data, self._host.today
        return lambda: seen(counting(content, shipped, today), today, joined=False)

    def comparing(self, path: Path) -> Callable[[], Outcome]:
        """Return what reads a file."""
        content, shipped, today = self._host.content, self._host.shipped_data, self._host.today
        return lambda: compare(path, lambda day: counting(content, shipped, day), today)

    def load(self, considered: Considered, loaded: Callable[[str], None]) -> None:
        """Put a file into the content as it was looked at."""
        outcome = put_file(self._host.content, considered)
        if isinstance(outcome, TooLarge):
            kb = (-(-outcome.size // 1024), outcome.largest // 1024)
            self._host.warn("parts.files.too_large", size=kb[0], largest=kb[1])
            return
        self._host.put(outcome)
        loaded("parts.files.taken")


@QmlElement
class CarriedModel(QObject):
    """The tariffs and benefits that the content carries, each from its day."""

    changed = Signal()

    def __init__(self, host: DataHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host

    def retell(self) -> None:
        """The content is another one, or the language."""
        self.changed.emit()

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, str]]:
        texts = self._host.texts
        return [
            {
                "id": one.name,
                "title": texts.say(f"parts.files.{one.file.removesuffix('.json')}"),
                "note": texts.say("parts.files.from_day", date=date_words(one.from_day, texts))
                if one.from_day
                else "",
            }
            for one in carried(self._host.content)
        ]

    @Slot(str)
    def takeBack(self, name: str) -> None:
        """Carry a version no more."""
        self._host.put(take_back_file(self._host.content, name))
