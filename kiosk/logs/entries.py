"""Everything that may stand in the log: one dataclass an event, with the fields that it declares.

The type of a field says what can be written in it, see kiosk/logs/kinds.py. `name` is what the
log calls the event.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar, get_args

from kiosk.domain.failures import DataFailure, KioskFailure
from kiosk.logs.kinds import KINDS, Code, DataFile, Kind, Places, SettingName, Version, places_of


class QtSource(StrEnum):
    """Which part of Qt speaks."""

    QML = "qml"
    SCRIPT = "js"
    PLATFORM = "qt.qpa"
    QUICK = "qt.quick"
    ENGINE = "qt.qml"
    DEFAULT = "default"
    OTHER = "other"


class QtLevel(StrEnum):
    """How bad Qt finds it."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"
    FATAL = "fatal"


class Event:
    """What may be logged; for people it is its name, and what it declares as it is written."""

    __slots__ = ()
    name: ClassVar[str]

    def told(self) -> dict[str, Any]:
        """Return the declared fields as they are written, without the empty ones."""
        declared = fields(self)  # type: ignore[arg-type]
        told = {one.name: KINDS[one.type].write(getattr(self, one.name)) for one in declared}
        return {name: value for name, value in told.items() if value not in ("", [], 0)}

    def __str__(self) -> str:
        words = (
            " < ".join(one) if isinstance(one, list) else str(one) for one in self.told().values()
        )
        return " ".join((self.name, *words))


@dataclass(frozen=True, slots=True)
class Started(Event):
    """The program has started."""

    name: ClassVar[str] = "started"
    version: Version


@dataclass(frozen=True, slots=True)
class Stopped(Event):
    """The program ended in order."""

    name: ClassVar[str] = "stopped"


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """The surroundings failed, see docs/codes.md; of a broken data file also which, and the line.

    Line 0 is not written: it stands for the file as a whole.
    """

    name: ClassVar[str] = "failure"
    code: Code
    file: DataFile
    line: int


@dataclass(frozen=True, slots=True)
class FailsafeShown(Event):
    """The failsafe screen came, with this code."""

    name: ClassVar[str] = "failsafe"
    code: Code


@dataclass(frozen=True, slots=True)
class WipeFailed(Event):
    """While a visit was wiped for the failsafe screen, something failed again."""

    name: ClassVar[str] = "failsafe wipe"
    kind: Kind


@dataclass(frozen=True, slots=True)
class Bug(Event):
    """An error nobody expected: its class, and where, the innermost place first."""

    name: ClassVar[str] = "bug"
    kind: Kind
    places: Places


@dataclass(frozen=True, slots=True)
class Warned(Event):
    """Python or a library warned of something."""

    name: ClassVar[str] = "warning"
    kind: Kind
    places: Places


@dataclass(frozen=True, slots=True)
class QtSaid(Event):
    """Qt complained. Its words are left out: they may quote an error, and that an answer."""

    name: ClassVar[str] = "qt"
    level: StrEnum
    source: StrEnum
    places: Places


@dataclass(frozen=True, slots=True)
class SlipFailed(Event):
    """A slip could not be made."""

    name: ClassVar[str] = "slip failure"
    code: Code


@dataclass(frozen=True, slots=True)
class SlipBug(Event):
    """An error nobody expected while a slip was made."""

    name: ClassVar[str] = "slip bug"
    kind: Kind
    places: Places


@dataclass(frozen=True, slots=True)
class SlipRejected(Event):
    """The printer does not want a page. Its own word for why stands with the slip in the store."""

    name: ClassVar[str] = "slip rejected"


@dataclass(frozen=True, slots=True)
class StoreDamaged(Event):
    """The store is damaged, and is made anew as soon as no other program has it open."""

    name: ClassVar[str] = "store damaged"


@dataclass(frozen=True, slots=True)
class StoreRebuilding(Event):
    """The store is being made anew."""

    name: ClassVar[str] = "store rebuilding"


@dataclass(frozen=True, slots=True)
class StoreRebuilt(Event):
    """The store was made anew: with so many registrations, from the backup of this number (0: from
    the journal alone), `taken` of them only from the damaged file, where `left` more stay."""

    name: ClassVar[str] = "store rebuilt"
    registrations: int
    backup: int
    taken: int
    left: int


@dataclass(frozen=True, slots=True)
class JournalTroubled(Event):
    """The journal is behind, see kiosk.domain.store_health."""

    name: ClassVar[str] = "journal"
    problem: StrEnum


@dataclass(frozen=True, slots=True)
class JournalDamaged(Event):
    """The journal is damaged and is written anew from the store."""

    name: ClassVar[str] = "journal damaged"


@dataclass(frozen=True, slots=True)
class BackupFailed(Event):
    """No backup could be made."""

    name: ClassVar[str] = "no backup"


@dataclass(frozen=True, slots=True)
class PurgeIncomplete(Event):
    """Something whose time is over could not be deleted yet."""

    name: ClassVar[str] = "purge incomplete"


class Side(StrEnum):
    """How a wrong clock goes."""

    AHEAD = "ahead"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class ClockDoubted(Event):
    """The machine's clock is so many whole hours from where it should be."""

    name: ClassVar[str] = "clock doubted"
    hours: int
    side: StrEnum


@dataclass(frozen=True, slots=True)
class ClockTrusted(Event):
    """The machine's clock is right again, or somebody said that it is."""

    name: ClassVar[str] = "clock trusted"


@dataclass(frozen=True, slots=True)
class RoomChanged(Event):
    """There is more or less room on a disk than before; so many megabytes are free."""

    name: ClassVar[str] = "room"
    state: StrEnum
    free_mb: int


@dataclass(frozen=True, slots=True)
class LinkMoved(Event):
    """The way to the centre stands otherwise than before, with a failure's code if there is one."""

    name: ClassVar[str] = "centre"
    link: StrEnum
    code: Code


@dataclass(frozen=True, slots=True)
class SettingUnused(Event):
    """A value of a setting does not fit any more, and that of the layer below counts."""

    name: ClassVar[str] = "setting unused"
    setting: SettingName
    source: StrEnum
    flaw: StrEnum


@dataclass(frozen=True, slots=True)
class OwnContentUnused(Event):
    """A sentence or a data file that was changed on this kiosk's screen does not fit any more;
    `file` is empty for a sentence."""

    name: ClassVar[str] = "own content unused"
    file: DataFile
    why: StrEnum


@dataclass(frozen=True, slots=True)
class SettingsRenewed(Event):
    """The program takes itself apart and together again, with settings that were changed."""

    name: ClassVar[str] = "settings renewed"


@dataclass(frozen=True, slots=True)
class ConfigTaken(Event):
    """A configuration of the kabupaten is kept; it counts once nobody is at the kiosk."""

    name: ClassVar[str] = "config taken"
    version: int


@dataclass(frozen=True, slots=True)
class ConfigRefused(Event):
    """A configuration of the kabupaten is not used, and why; the one before stays."""

    name: ClassVar[str] = "config refused"
    version: int
    because: StrEnum


@dataclass(frozen=True, slots=True)
class OrderDone(Event):
    """What came of an order of the kabupaten's admin."""

    name: ClassVar[str] = "order"
    kind: StrEnum
    result: StrEnum


@dataclass(frozen=True, slots=True)
class NoPowerOff(Event):
    """The system refused to switch the computer off."""

    name: ClassVar[str] = "no power off"
    kind: Kind


@dataclass(frozen=True, slots=True)
class Withheld(Event):
    """A message in free words, of which only its place and its error's are written."""

    name: ClassVar[str] = "withheld"
    kind: Kind | None
    places: Places


Entry = (
    Started
    | Stopped
    | Failed
    | FailsafeShown
    | WipeFailed
    | Bug
    | Warned
    | QtSaid
    | SlipFailed
    | SlipBug
    | SlipRejected
    | StoreDamaged
    | StoreRebuilding
    | StoreRebuilt
    | JournalTroubled
    | JournalDamaged
    | BackupFailed
    | PurgeIncomplete
    | ClockDoubted
    | ClockTrusted
    | RoomChanged
    | LinkMoved
    | SettingUnused
    | OwnContentUnused
    | SettingsRenewed
    | ConfigTaken
    | ConfigRefused
    | OrderDone
    | NoPowerOff
    | Withheld
)
EVENTS: Mapping[str, type[Entry]] = {event.name: event for event in get_args(Entry)}


def failed(failure: KioskFailure) -> Failed:
    """Return the entry of a failure."""
    if isinstance(failure, DataFailure):
        return Failed(Code(failure.code), DataFile(failure.file), failure.line)
    return Failed(Code(failure.code), DataFile(), 0)


def bug(error: BaseException) -> Bug:
    """Return the entry of an error nobody expected."""
    return Bug(type(error), places_of(error.__traceback__))
