"""A registration: who, which work, which programme, and the states it may go through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.nik import NikWarning, Sex
from kiosk.domain.tariff import Package, Quote


class PhoneOwner(StrEnum):
    """Whose telephone was given."""

    OWN = "own"
    FAMILY = "family"
    NONE = "none"


class WorkPlace(StrEnum):
    """Where the work is done, as far as BPJS's own list of places can be told from it."""

    NEAR_HOME = "near_home"
    KABUPATEN = "kabupaten"
    OUTSIDE = "outside"
    MOVING = "moving"


class Declaration(StrEnum):
    """What the resident declares on the review screen, each one ticked by hand."""

    DATA_TRUE = "data_true"
    WORKING_AND_FIT = "working_and_fit"
    SEND_TO_BPJS = "send_to_bpjs"


@dataclass(frozen=True, slots=True)
class Consent:
    """Proof of consent (UU 27/2022 arts. 22 and 24): which text, in which language, when (UTC)."""

    version: str
    language: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Address:
    """Where the resident lives; `desa_code` is empty outside of Kabupaten Serang."""

    line: str
    postcode: str
    desa_code: str


@dataclass(frozen=True, slots=True)
class Resident:
    """The person, as on the KTP. `phone` is empty when `phone_owner` is NONE.

    `email` is optional; `birthplace` and `mother_name` are empty where the office does not ask.
    """

    nik: str
    name: str
    sex: Sex
    birth_date: date
    address: Address
    phone: str
    phone_owner: PhoneOwner
    nik_warnings: frozenset[NikWarning]
    email: str = ""
    birthplace: str = ""
    mother_name: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """The work registered for; `employs_people` makes JHT compulsory (Permenaker 5/2021).

    At most two jobs can be named; the ids of the second are empty for who has one.
    """

    segment_id: str
    job_id: str
    dinas: str
    employs_people: bool
    place: WorkPlace | None = None
    second_segment_id: str = ""
    second_job_id: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """Everything a resident confirmed on the review screen, complete and valid.

    `language` is the one that they read at the end, and the slip's.
    """

    draft_id: str
    consent: Consent
    resident: Resident
    work: Work
    package: Package
    this_month: Quote
    next_month: Quote
    declarations: frozenset[Declaration]
    language: str = ""


class Status(StrEnum):
    """What a registration goes through, from the kiosk to membership."""

    REGISTERED = "registered"
    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PAID = "paid"
    MEMBER = "member"
    VOID = "void"

    @property
    def awaits_payment(self) -> bool:
        """The first contribution is still to be paid, so what the slip says holds."""
        return self in {Status.REGISTERED, Status.HANDED_OVER, Status.ACCEPTED}


class Flag(StrEnum):
    """What has to be known of a registration beside its answers."""

    CLOCK = "clock"
    """It was made while the kiosk's clock was not trusted: its time, month and amounts follow the
    last trusted time."""


ALLOWED_NEXT: Mapping[Status, frozenset[Status]] = {
    Status.REGISTERED: frozenset({Status.HANDED_OVER, Status.VOID}),
    Status.HANDED_OVER: frozenset({Status.ACCEPTED, Status.REJECTED, Status.VOID}),
    Status.ACCEPTED: frozenset({Status.PAID, Status.VOID}),
    Status.REJECTED: frozenset({Status.VOID}),
    Status.PAID: frozenset({Status.MEMBER, Status.VOID}),
    Status.MEMBER: frozenset({Status.VOID}),
    Status.VOID: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Registration:
    """A confirmed registration as the kiosk keeps it. `id` is the draft's UUID.

    `kpj` is the 11-digit number of the member, empty before there is one; `rejected_because` is
    the branch's reason; `batch` is the number of the hand-over it last went with, 0 for none.
    """

    id: str
    number: str
    kiosk_number: str
    incarnation: str
    registered_at: datetime
    status: Status
    revision: int
    application: Application
    kpj: str = ""
    rejected_because: str = ""
    batch: int = 0
    flags: frozenset[Flag] = frozenset()
