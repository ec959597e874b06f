"""What the desk tells of the centre beside the states of kiosk.domain.centre."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.domain.centre import Parked


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the latest revision of one registration is known to be.

    `at_centre_since` is when the centre's answer for this revision came, None while it has given
    none. With neither that nor `parked` it stands on this kiosk alone.
    """

    at_centre_since: datetime | None = None
    parked: Parked | None = None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What comparing with the centre found.

    `sent_again` registrations were missing or different there; `only_there` are those that the
    centre has and this kiosk has not.
    """

    days: int
    sent_again: int
    only_there: int


class TokenFlaw(StrEnum):
    """Why a token cannot be used."""

    NOT_A_TOKEN = "not_a_token"  # noqa: S105 (it names a flaw)
    DAMAGED = "damaged"
    EXPIRED = "expired"
    USED = "used"
    """It was used already, or withdrawn."""
    NEWER = "newer"
    """It was made by a newer version than this program."""
    UNREACHABLE = "unreachable"
    UNSAFE = "unsafe"
    """The address is no centre that could be trusted: its certificate proves nothing."""
    OTHER_KIND = "other_kind"
    """A kiosk's where a person's is wanted, or the other way round."""


@dataclass(frozen=True, slots=True)
class TokenSeen:
    """What a token says before it is used; nothing secret.

    `number`, `office` ("36.04.09") and `name` are the kiosk's, empty in a person's and where they
    are not said; `until` is when it expires.
    """

    centre: str
    number: str
    until: datetime
    office: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """A token that cannot be used; `code` is the failure's, else empty."""

    flaw: TokenFlaw
    code: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """This kiosk belongs to the centre now, under this number."""

    number: str
    office: str
    name: str
