"""The one centre as kiosks and desks speak of it: what became of a record, what stands where.

"At the centre" is said only of what the centre has committed. Every state names the last proven
fact, with its time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a record that was handed in."""

    STORED = "stored"
    ALREADY_THERE = "already_there"
    NEWER_THERE = "newer_there"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Handed:
    """The centre's answer about one record.

    `receipt` is the running number under which this kiosk's record stands there, 0 when rejected;
    `reason` is a word for why it was rejected, else empty.
    """

    registration_id: str
    revision: int
    outcome: Outcome
    receipt: int
    reason: str


@dataclass(frozen=True, slots=True)
class CentreChange:
    """A change that was made at the centre; `fields` are columns of the record and their values.

    `decided` marks the decision of a person about two versions: it holds whatever stands here.
    """

    seq: int
    registration_id: str
    revision: int
    base_revision: int
    fields: Mapping[str, str | int]
    decided: bool


class Pause(StrEnum):
    """Why the centre takes nothing, or wants an admin to look."""

    NONE = ""
    CAP = "cap"
    """So many records in one day are too many: the rest goes tomorrow, or an admin raises it."""
    LOCKED = "locked"


class Link(StrEnum):
    """How the way to the centre stands, by the last thing that was proven."""

    NOT_JOINED = "not_joined"
    """This kiosk belongs to no centre; it works alone."""
    NEVER_REACHED = "never_reached"
    REACHED = "reached"
    """The last exchange ended well."""
    NOT_REACHED = "not_reached"
    """No network, no server, or it did not answer."""
    REFUSED = "refused"
    """The centre does not let this kiosk in: revoked, or its login or certificate does not fit."""
    UNSAFE = "unsafe"
    """The centre took the record but could not prove that it is safe there; it is sent again."""


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """What the staff may be told of the way to the centre.

    `since` is when `link` began; `reached_at` the last exchange that ended well; `waiting` counts
    registrations on their way to the centre, `oldest_waiting_at` the first of them; `parked` counts
    those it rejected, which are not among them; `differing` those that the last comparison found
    different; `code` is a failure's code, else empty; `copied_at` is when the centre knew a later
    copy of this store, until somebody at the desk has reported it.
    """

    link: Link
    since: datetime | None = None
    reached_at: datetime | None = None
    waiting: int = 0
    oldest_waiting_at: datetime | None = None
    parked: int = 0
    differing: int = 0
    pause: Pause = Pause.NONE
    code: str = ""
    copied_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Parked:
    """A record that the centre rejected, with the word for why; the others went on."""

    registration_id: str
    number: str
    reason: str
    at: datetime


class MatchBecause(StrEnum):
    """Why two registrations may be one person's."""

    NIK = "nik"
    NEAR_NIK = "near_nik"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class MatchSide:
    """One of two registrations, as the office that looks at it may see it.

    NIK and telephone are masked where the registration is another office's (`own` is False).
    """

    registration_id: str
    own: bool
    number: str
    office: str
    kiosk_name: str
    registered_at: datetime
    status: str
    revision: int
    nik: str
    name: str
    birth_date: str
    desa_code: str
    phone: str


@dataclass(frozen=True, slots=True)
class Match:
    """Two registrations that a person has to look at, side by side."""

    id: str
    because: MatchBecause
    found_at: datetime
    sides: tuple[MatchSide, MatchSide]


@dataclass(frozen=True, slots=True)
class CentreConflict:
    """One registration in two versions; a person decides. `differing` maps a column to
    (at the centre, from the kiosk)."""

    id: str
    registration_id: str
    number: str
    found_at: datetime
    differing: Mapping[str, tuple[str, str]]


class Verdict(StrEnum):
    """What a person decided about two registrations."""

    SAME_PERSON = "same_person"
    DIFFERENT = "different"
