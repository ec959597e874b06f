"""The places that files come from and go to, and the lists that lie there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.texts import Texts
from kiosk.handover.exchange import (
    ENDINGS,
    Gone,
    ListedFile,
    Place,
    find_places,
    list_files,
)
from kiosk.handover.reading import FileFlaw, Unreadable
from ui.models.desk.detail_view import hour_or_day
from ui.models.desk.host import FilesHost
from ui.models.desk.work_model import WorkModel

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

ICONS = {".csv": "file-csv", ".xlsx": "file-xls"}

Seen = tuple[tuple[Place, ...], Place | None, tuple[ListedFile, ...] | Gone]


@QmlElement
class FilesModel(QObject):
    """Offers sticks and one folder; nothing else of the machine can be reached from here."""

    changed = Signal()

    def __init__(
        self,
        host: FilesHost,
        parent: QObject,
        work: WorkModel,
        on_chosen: Callable[[Path], None] | None = None,
        *,
        endings: frozenset[str] = ENDINGS,
        none: str = "desk.files.none",
        own: tuple[Path, str] | None = None,
    ) -> None:
        """`own`: a folder of the kiosk itself that is offered first, and the key of its name."""
        super().__init__(parent)
        self._host = host
        self._work = work
        self._on_chosen = on_chosen
        self._endings, self._none, self._own = endings, none, own
        self._places: tuple[Place, ...] = ()
        self._place: Place | None = None
        self._files: tuple[ListedFile, ...] = ()
        self._gone = False
        self._looked = False
        self._chosen: Path | None = None

    def forget(self) -> None:
        """Let go of every name of a file."""
        self._places, self._place, self._files = (), None, ()
        self._gone = self._looked = False
        self.choose_none()

    def choose_none(self) -> None:
        """No file is chosen."""
        self._chosen = None
        self.changed.emit()

    @property
    def place(self) -> Place | None:
        """The place that is chosen, None where there is none to choose."""
        return self._place

    @property
    def path(self) -> Path | None:
        """The file that is chosen."""
        return self._chosen

    @property
    def chosen(self) -> str:
        """The name of the file that is chosen, "" for none."""
        return self._chosen.name if self._chosen else ""

    @Slot()
    def look(self) -> None:
        """Look again which sticks are in, and what lies in the place that is chosen."""
        self._read(self._place.folder if self._place else None)

    @Slot(int)
    def choosePlace(self, at: int) -> None:
        self._read(self._places[at].folder)

    @Slot(int)
    def choose(self, at: int) -> None:
        if self._work.running:
            return
        self._chosen = self._files[at].path
        self.changed.emit()
        if self._on_chosen is not None:
            self._on_chosen(self._chosen)

    def _read(self, wanted: Path | None) -> None:
        exchange = self._host.exchange_folder
        own = (Place(self._own[0], "", removable=False),) if self._own else ()
        self._host.run(lambda: _see(exchange, wanted, self._endings, own), self._seen)

    def _seen(self, seen: Seen) -> None:
        self._places, self._place, files = seen
        self._gone, self._looked = isinstance(files, Gone), True
        self._files = () if isinstance(files, Gone) else files
        self.changed.emit()

    @Property(list, notify=changed)
    def places(self) -> list[dict[str, Any]]:
        return [
            {
                "name": self.name_of(place),
                "icon": "usb" if place.removable else "folder",
                "chosen": place == self._place,
            }
            for place in self._places
        ]

    def name_of(self, place: Place) -> str:
        """Return what a place is called on the screen."""
        say = self._host.texts.say
        if self.is_own(place) and self._own is not None:
            return say(self._own[1])
        key = "desk.files.stick" if place.removable else "desk.files.folder"
        return say(key, name=place.name)

    def is_own(self, place: Place | None) -> bool:
        """Tell whether it is the kiosk's own folder."""
        return place is not None and self._own is not None and place.folder == self._own[0]

    @Property(list, notify=changed)
    def files(self) -> list[dict[str, Any]]:
        today, texts = self._host.today, self._host.texts
        return [
            {
                "name": one.path.name,
                "icon": ICONS.get(one.path.suffix.lower(), "clipboard-text"),
                "size": _size_words(one.size, texts),
                "when": hour_or_day(one.changed_at, today, texts),
                "chosen": one.path == self._chosen,
            }
            for one in self._files
        ]

    @Property(str, notify=changed)
    def told(self) -> str:
        """Why there is nothing to choose from."""
        say = self._host.texts.say
        if not self._looked or self._files:
            return ""
        if self._gone:
            return say("desk.files.gone")
        return say(self._none) if self._place else say("desk.files.no_place")


def _see(
    exchange: Path, wanted: Path | None, endings: frozenset[str], own: tuple[Place, ...] = ()
) -> Seen:
    places = (*own, *find_places(exchange))
    still = [one for one in places if one.folder == wanted]
    if wanted is not None and not still:
        return places, None, Gone()
    place = next(iter([*still, *places]), None)
    if place is None:
        return places, None, ()
    if place in own and not place.folder.exists():
        return places, place, ()
    return places, place, list_files(place.folder, endings)


def _size_words(size: int, texts: Texts) -> str:
    kilobytes = max(1, round(size / 1000))
    if kilobytes < 1000:
        return texts.say("desk.files.kb", size=kilobytes)
    return texts.say("desk.files.mb", size=round(kilobytes / 1000))


def is_locked(unreadable: Unreadable | None) -> bool:
    """Tell whether the right password opens the file."""
    return unreadable is not None and unreadable.flaw in {FileFlaw.LOCKED, FileFlaw.WRONG_PASSWORD}


def say_unreadable(unreadable: Unreadable, columns: str, texts: Texts) -> str:
    """Say why a file cannot be used; `columns` is the key of what it should hold."""
    if unreadable.flaw is FileFlaw.COLUMNS_MISSING:
        return texts.say(columns)
    return texts.say(f"desk.files.flaw.{unreadable.flaw.value}", header=unreadable.detail)
