"""All kiosks as the kabupaten's admin sees them: how each stands, and what was done to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

LONGEST_MESSAGE = 200
LARGEST_BUNDLE = 512 * 1024
"""Of a diagnostics bundle, in bytes."""


class Urgency(StrEnum):
    """When a kiosk needs a person."""

    NOW = "now"
    TODAY = "today"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence of resources/texts by its key, and what is filled in."""

    key: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class KioskSeen:
    """What the centre knows of a kiosk.

    `state` is claiming, active, locked or revoked; `health` what it last told of itself, see
    kiosk/health.py, at `health_at` by the centre's clock; `questioned` counts the stores of a
    copied disk, noticed at `copied_since`; `orders_open` the orders that it has not carried out.
    """

    number: str
    name: str
    office: str
    state: str
    app_version: str
    seen_at: datetime | None
    health_at: datetime | None
    health: Mapping[str, Any]
    config_version: int
    config_since: datetime | None
    receipts: int
    questioned: int = 0
    orders_open: int = 0
    lock_message: str = ""
    locked_since: datetime | None = None
    copied_since: datetime | None = None

    @property
    def help_number(self) -> str:
        """The telephone by which the office is reached, as it told; empty without one."""
        said = self.health.get("help_number")
        return said if isinstance(said, str) else ""

    @property
    def clock_offset_s(self) -> int:
        """How many seconds its clock is ahead of the centre's; below 0 behind. 0: not known."""
        said = self.health.get("clock_at")
        if self.health_at is None or not isinstance(said, str):
            return 0
        try:
            told = datetime.fromisoformat(said)
        except ValueError:
            return 0
        return 0 if told.tzinfo is None else round((told - self.health_at).total_seconds())


@dataclass(frozen=True, slots=True)
class Judged:
    """What is the matter with a kiosk, since when if that is known, and what to say by telephone.

    `also` counts what else needs a person there.
    """

    urgency: Urgency
    what: Words
    since: datetime | None
    phone: Words | None
    also: int = 0


@dataclass(frozen=True, slots=True)
class FleetLine:
    """A kiosk on the fleet's page."""

    kiosk: KioskSeen
    judged: Judged


class ConfigState(StrEnum):
    """How far a version of the configuration came."""

    TRIAL = "trial"
    """Only one kiosk has it."""
    PUBLISHED = "published"
    STOPPED = "stopped"
    """The first kiosk stood worse with it, or refused it; nobody else gets it."""
    WITHDRAWN = "withdrawn"
    """An admin took it back, or published another before it was through."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of the configuration in the history. `by` is the name of the admin; `running`
    counts the kiosks that say they run it; `reason` a word for why it was stopped."""

    version: int
    state: ConfigState
    by: str
    why: str
    made_at: datetime
    trial_number: str
    hold_minutes: int
    decided_at: datetime | None
    reason: str
    running: int


class CommandKind(StrEnum):
    """What may be asked of a kiosk from afar."""

    LOCK = "lock"
    UNLOCK = "unlock"
    RESTART = "restart"
    SYNC = "sync"
    DIAGNOSTICS = "diagnostics"


class OrderResult(StrEnum):
    """What became of an order at the kiosk."""

    DONE = "done"
    FAILED = "failed"
    TOO_LARGE = "too_large"
    """The diagnostics are larger than the centre takes."""


@dataclass(frozen=True, slots=True)
class CommandLine:
    """An order to a kiosk and what came of it; `has_bundle`: its diagnostics can be fetched.

    `result` is empty while it is open, else an OrderResult's word, or "replaced" by a later order.
    """

    id: int
    kind: CommandKind
    message: str
    by: str
    at: datetime
    taken_at: datetime | None
    done_at: datetime | None
    result: str
    has_bundle: bool


@dataclass(frozen=True, slots=True)
class Order:
    """An order as the kiosk gets it; `by` is the admin's name."""

    id: int
    kind: CommandKind
    message: str
    by: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a draft cannot be published.

    `scope` is "kabupaten", the code of an office, the number of a kiosk, the name of a data file,
    a language, or a screen; `name` a setting or the key of a text, else empty; `reason` one of
    the words under `fleet.problem` in the texts; `says` more of it, in English, for who asks.
    """

    scope: str
    name: str
    reason: str
    says: str = ""

    @property
    def words(self) -> Words:
        """The sentence of its reason."""
        return Words(f"fleet.problem.{self.reason}")


@dataclass(frozen=True, slots=True)
class Published:
    """The version is at the centre; the first kiosk gets it with its next exchange."""

    version: int


@dataclass(frozen=True, slots=True)
class SomebodyElse:
    """Another admin published this version meanwhile; nothing was published."""

    version: int


@dataclass(frozen=True, slots=True)
class NotPublished:
    """The draft has problems; nothing was published."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class NotTrusted:
    """No kiosk would take what this key signs, or this admin cannot know that the newest version is
    an admin's: whoever signed that adds this key, and tells their own."""


@dataclass(frozen=True, slots=True)
class NoSuchVersion:
    """There is no such version, or it was never good for all."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The kiosk belongs to the other office from its next exchange on."""


@dataclass(frozen=True, slots=True)
class NotHandedIn:
    """`waiting` registrations of the kiosk are neither at the centre nor on a list that it saved;
    0: it was not seen for an hour."""

    waiting: int
