"""Stands in for the centre, so that a test can bring the desk into every state of the way to it.

What the kiosk itself knows of the centre stands in its real store.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from kiosk.accounts import MustWait, Place, WrongPin
from kiosk.central.outcomes import (
    AlreadyDecided,
    AlreadySettled,
    CentreFlag,
    Decided,
    Done,
    NoAnswer,
    Refused,
)
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.centre import (
    CentreConflict,
    Handed,
    Link,
    Match,
    MatchBecause,
    MatchSide,
    Outcome,
    SyncStatus,
    Verdict,
)
from kiosk.domain.centre_desk import Joined, Reconciled, TokenFlaw, TokenRefused, TokenSeen
from kiosk.domain.failures import KioskFailure
from kiosk.domain.registration import Registration
from kiosk.domain.staff import Account
from kiosk.storage.centre import Membership
from kiosk.sync.worker import Sync

from .stage import HUNG_S, Stage

KIOSK_TOKEN, STAFF_TOKEN = "KIOSK.aGVsbG8", "STAFF.aGVsbG8"
REACHED = datetime(2026, 11, 22, 3, 2, tzinfo=UTC)
YESTERDAY = datetime(2026, 11, 21, 7, 10, tzinfo=UTC)
WELL = SyncStatus(Link.REACHED, since=REACHED, reached_at=REACHED)
SAME = Reconciled(days=4, sent_again=0, only_there=0)
MEMBERSHIP = Membership(
    hosts=("pusat.serangkab.example:5432",),
    database="anjungan",
    ca="",
    role="kiosk_10917",
    secret="not one",
    kiosk_id="00000000-0000-4000-8000-000000000001",
    name="Loket 1",
)


class CutOffError(KioskFailure):
    """The centre does not answer."""

    def __init__(self) -> None:
        super().__init__("C 12", "the centre does not answer")


@dataclass
class Way:
    """The way to the centre, as a test says it is; `found` None: nobody answers."""

    now: SyncStatus = WELL
    found: Reconciled | None = SAME
    nudges: int = 0
    _moved: Callable[[], None] = lambda: None

    def status(self) -> SyncStatus:
        return self.now

    def listen(self, moved: Callable[[], None]) -> None:
        self._moved = moved

    def become(self, status: SyncStatus) -> None:
        self.now = status
        self._moved()

    def nudge(self) -> None:
        self.nudges += 1

    def reconcile_now(self) -> Reconciled:
        if self.found is None:
            raise CutOffError
        return self.found


def _set_event() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass
class Counter:
    """What one person of the staff may ask the centre; `silent` is said in place of an answer."""

    pairs: tuple[Match, ...] = ()
    versions: tuple[CentreConflict, ...] = ()
    flagged: tuple[CentreFlag, ...] = ()
    silent: NoAnswer | None = None
    decided: list[tuple[str, str, str | None, str]] = field(default_factory=list)
    closed: bool = False
    answers: threading.Event = field(default_factory=_set_event)
    """Not set: the line is dead, and whoever asks waits."""

    def flags(self) -> tuple[CentreFlag, ...] | NoAnswer:
        self.answers.wait(HUNG_S)
        return self.silent or self.flagged

    def matches(self) -> tuple[Match, ...] | NoAnswer:
        return self.silent or self.pairs

    def conflicts(self) -> tuple[CentreConflict, ...] | NoAnswer:
        return self.silent or self.versions

    def decide(
        self, match_id: str, verdict: Verdict, void_id: str | None, reason: str
    ) -> Decided | AlreadyDecided | Refused:
        if self.silent:
            return self.silent
        self.decided.append((match_id, verdict.value, void_id, reason))
        self.pairs = tuple(one for one in self.pairs if one.id != match_id)
        return Decided(verdict)

    def settle(self, conflict_id: str, keep: str, reason: str) -> Done | AlreadySettled | Refused:
        if self.silent:
            return self.silent
        if not self.versions:
            return AlreadySettled(YESTERDAY)
        self.decided.append((conflict_id, keep, None, reason))
        self.versions = ()
        return Done(3)

    def close(self) -> None:
        self.closed = True


@dataclass
class Access:
    """Takes tokens in, and opens the logins of those named in `kept`; the PIN is everybody's."""

    way: Way
    counter: Counter
    pin: str
    kept: set[str]
    refuses: TokenFlaw | None = None
    token_office: str = "36.04.09"

    def is_token(self, text: str) -> bool:
        return text.startswith(("KIOSK.", "STAFF."))

    def read(self, text: str, *, for_kiosk: bool) -> TokenSeen | TokenRefused:
        if not self.is_token(text):
            return TokenRefused(TokenFlaw.NOT_A_TOKEN)
        if text.startswith("KIOSK.") is not for_kiosk:
            return TokenRefused(TokenFlaw.OTHER_KIND)
        until = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
        host = "pusat.serangkab.example"
        if not for_kiosk:
            return TokenSeen(host, "", until)
        return TokenSeen(host, "10917", until, self.token_office, "Loket 1")

    def join(self, desk: Desk, text: str) -> Joined | TokenRefused | NotAllowed:
        if self.refuses:
            return TokenRefused(self.refuses, "C 11" if self.refuses is TokenFlaw.UNSAFE else "")
        self.way.become(SyncStatus(Link.NEVER_REACHED))
        return Joined("10917", "36.04.09", "Loket 1")

    def keep(
        self, desk: Desk, place: Place, pin: str, token: str
    ) -> Counter | TokenRefused | WrongPin | MustWait:
        if pin != self.pin:
            return WrongPin(0)
        if self.refuses:
            return TokenRefused(self.refuses)
        self.kept.add(desk.account.name)
        return self.counter

    def open(self, account: Account, pin: str) -> Counter | None:
        return self.counter if account.name in self.kept else None


def give_centre(stage: Stage, pin: str, *, joined: bool = True, kept: set[str]) -> Access:
    """Let the desk of this kiosk have a centre; `kept` are the names of who has a login.

    The real way to the centre is stopped: it would look for the host that the store names.
    """
    sync = stage.services.centre
    assert isinstance(sync, Sync)
    sync.stop()
    way = Way() if joined else Way(SyncStatus(Link.NOT_JOINED))
    access = Access(way, Counter(), pin, kept)
    stage.app.services = replace(
        stage.app.services, centre=way, joining=access, centre_logins=access
    )
    if joined:
        with stage.services.store.transaction() as record:
            record.centre.join(MEMBERSHIP, "10917", 0)
    return access


def hand_in(stage: Stage, one: Registration, reason: str = "", at: datetime = REACHED) -> None:
    """Let the centre take a registration, or reject it for a reason."""
    outcome = Outcome.REJECTED if reason else Outcome.STORED
    handed = Handed(one.id, one.revision, outcome, 0 if reason else 1, reason)
    with stage.services.store.transaction() as record:
        record.centre.acknowledge([handed], at)


def side(registration_id: str, number: str, *, own: bool, **changes: object) -> MatchSide:
    """One side of a pair, of people who do not exist."""
    masked = MatchSide(
        registration_id=registration_id,
        own=own,
        number=number,
        office="36.04.09" if own else "36.04.11",
        kiosk_name="Kantor Kecamatan Ciruas" if own else "Pasar Kragilan",
        registered_at=datetime(2026, 11, 22, 2, 24, tzinfo=UTC),
        status="registered",
        revision=1,
        nik="3604011205809001" if own else "************9001",
        name="AHMAD SAPRUDIN",
        birth_date="1980-05-12",
        desa_code="36.04.09.2001",
        phone="081234567890" if own else "********7890",
    )
    return replace(masked, **changes)  # type: ignore[arg-type]


def pair(registration_id: str, number: str, *, because: MatchBecause = MatchBecause.NIK) -> Match:
    """Somebody of this office, and perhaps the same person in another."""
    return Match(
        id="7",
        because=because,
        found_at=YESTERDAY,
        sides=(
            side(registration_id, number, own=True),
            side(
                "other",
                "104210000427",
                own=False,
                name="AHMAD SAPRUDDIN",
                desa_code="36.04.11.2001",
                registered_at=YESTERDAY,
            ),
        ),
    )


def versions(registration_id: str, number: str) -> CentreConflict:
    """One registration that was corrected here and at the centre."""
    return CentreConflict(
        id="3",
        registration_id=registration_id,
        number=number,
        found_at=YESTERDAY,
        differing={
            "name": ("AHMAD SAPRUDIN", "AHMAD SAPRUDDIN"),
            "nik": ("3604011205809001", "3604011205809002"),
            "phone": ("081234567890", ""),
            "status": ("registered", "void"),
            "next_month": ("[]", "[1]"),
        },
    )
