"""What the centre answers to a person of the staff: expected outcomes, each a type of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.domain.centre import Verdict
from kiosk.domain.staff import CentreRole


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The centre did not answer; whether a change was taken shows when it does."""


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The centre does not let this person do that, or not in at all."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """There is no such thing in this person's office."""


@dataclass(frozen=True, slots=True)
class NotPossible:
    """What stands there does not allow it."""


@dataclass(frozen=True, slots=True)
class ReasonMissing:
    """A reason of 1 to 200 characters is needed."""


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """The registration has another revision by now; nothing was changed."""

    revision: int


@dataclass(frozen=True, slots=True)
class AlreadySo:
    """It stands like that already."""

    revision: int


@dataclass(frozen=True, slots=True)
class Done:
    """The registration has this revision now; it goes down to its kiosk."""

    revision: int


@dataclass(frozen=True, slots=True)
class Decided:
    """The match is decided."""

    verdict: Verdict


@dataclass(frozen=True, slots=True)
class AlreadyDecided:
    """Somebody decided the match before; nothing was changed."""

    verdict: Verdict
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class AlreadySettled:
    """Somebody settled the conflict before; nothing was changed."""

    settled_at: datetime


@dataclass(frozen=True, slots=True)
class Erased:
    """The centre holds nothing of this person's registration any more."""


@dataclass(frozen=True, slots=True)
class EraseAtTheKiosk:
    """Its kiosk still works: erased at that desk, it disappears here by itself."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who the centre takes the caller for; `office` is empty for the kabupaten's people."""

    login: str
    name: str
    role: CentreRole
    office: str


@dataclass(frozen=True, slots=True)
class CentreFlag:
    """What somebody has to look at: `id` is the match's or, for "conflict", the conflict's."""

    registration_id: str
    because: str
    id: str


@dataclass(frozen=True, slots=True)
class FoundThere:
    """A registration of the office as a line of a list; the NIK is masked."""

    registration_id: str
    number: str
    registered_at: datetime
    status: str
    revision: int
    name: str
    nik: str


@dataclass(frozen=True, slots=True)
class SeenThere:
    """A registration whole, as its kiosk handed it in: "row", "payments" and "corrections"."""

    revision: int
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Exported:
    """All that the centre holds about one registration, for the person."""

    payload: Mapping[str, Any]
    received_at: datetime
    revisions: tuple[Mapping[str, Any], ...]


NoAnswer = Unreachable | NotAllowed
Refused = NotFound | NotPossible | ReasonMissing | NoAnswer


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a login; not `active` before they made it theirs, or after it was stopped."""

    login: str
    name: str
    role: CentreRole
    office: str
    active: bool


@dataclass(frozen=True, slots=True)
class Stopped:
    """The login can do nothing any more."""
