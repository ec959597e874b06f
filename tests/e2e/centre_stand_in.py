"""Stands in for the centre, so that a test can bring the desk into every state of the way to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from kiosk.accounts import MustWait, WrongPin
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.centre import (
    CentreConflict,
    Link,
    Match,
    MatchBecause,
    MatchSide,
    Parked,
    SyncStatus,
    Verdict,
)
from kiosk.domain.centre_desk import (
    Flagged,
    Joined,
    Reconciled,
    TokenFlaw,
    TokenRefused,
    TokenSeen,
    Whereabouts,
)
from kiosk.domain.failures import KioskFailure
from kiosk.domain.staff import Account

from .stage import Stage

KIOSK_TOKEN, STAFF_TOKEN = "KIOSK.aGVsbG8", "STAFF.aGVsbG8"
REACHED = datetime(2026, 11, 22, 3, 2, tzinfo=UTC)
YESTERDAY = datetime(2026, 11, 21, 7, 10, tzinfo=UTC)


class CutOffError(KioskFailure):
    """The centre does not answer."""

    def __init__(self) -> None:
        super().__init__("C 10", "the centre does not answer")


@dataclass
class Way:
    """The way to the centre, as a test says it is."""

    now: SyncStatus = SyncStatus(Link.REACHED, since=REACHED, reached_at=REACHED)
    rejected: tuple[Parked, ...] = ()
    there: Mapping[str, datetime] = field(default_factory=dict)
    found: Reconciled | None = Reconciled(days=4, sent_again=0, only_there=0)
    nudges: int = 0
    tried: list[str] = field(default_factory=list)
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

    def parked(self) -> tuple[Parked, ...]:
        return self.rejected

    def whereabouts(self, registration_id: str) -> Whereabouts:
        parked = [one for one in self.rejected if one.registration_id == registration_id]
        return Whereabouts(self.there.get(registration_id), parked[0] if parked else None)

    def try_again(self, registration_id: str) -> None:
        self.tried.append(registration_id)
        self.rejected = tuple(
            one for one in self.rejected if one.registration_id != registration_id
        )
        self.become(replace(self.now, parked=len(self.rejected)))

    def reconcile_now(self) -> Reconciled:
        if self.found is None:
            raise CutOffError
        return self.found

    def address(self) -> str:
        return "pusat.serangkab.example"


@dataclass
class Door:
    """Takes one token of a kiosk."""

    way: Way
    refuses: TokenFlaw | None = None

    def is_token(self, text: str) -> bool:
        return text.startswith("KIOSK.")

    def read(self, text: str) -> TokenSeen | TokenRefused:
        if text.startswith("STAFF."):
            return TokenRefused(TokenFlaw.OTHER_KIND)
        if not self.is_token(text):
            return TokenRefused(TokenFlaw.DAMAGED)
        until = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
        return TokenSeen("pusat.serangkab.example", "Ciruas", "10917", "Loket 1", until)

    def join(self, desk: Desk, text: str) -> Joined | TokenRefused | NotAllowed:
        if self.refuses:
            return TokenRefused(self.refuses, "C 12")
        self.way.become(SyncStatus(Link.NEVER_REACHED))
        return Joined("10917", "Ciruas", "Loket 1")


@dataclass
class Counter:
    """What one person of the staff may ask the centre; `cut_off` answers nothing."""

    pairs: tuple[Match, ...] = ()
    versions: tuple[CentreConflict, ...] = ()
    flagged: Mapping[str, Flagged] = field(default_factory=dict)
    cut_off: bool = False
    decided: list[tuple[str, str, str, str]] = field(default_factory=list)

    def _answer(self) -> None:
        if self.cut_off:
            raise CutOffError

    def flags(self) -> Mapping[str, Flagged]:
        self._answer()
        return self.flagged

    def matches(self) -> tuple[Match, ...]:
        self._answer()
        return self.pairs

    def conflicts(self) -> tuple[CentreConflict, ...]:
        self._answer()
        return self.versions

    def decide(self, match_id: str, verdict: Verdict, void_id: str, reason: str) -> None:
        self._answer()
        self.decided.append((match_id, verdict.value, void_id, reason))
        self.pairs = tuple(one for one in self.pairs if one.id != match_id)

    def settle(self, conflict_id: str, keep: str, reason: str) -> None:
        self._answer()
        self.decided.append((conflict_id, keep, "", reason))
        self.versions = ()


@dataclass
class Logins:
    """Keeps who has a login; the PIN is the one that all of the staff have."""

    counter: Counter
    pin: str
    kept: set[str] = field(default_factory=set)

    def has(self, account: Account) -> bool:
        return account.name in self.kept

    def is_token(self, text: str) -> bool:
        return text.startswith("STAFF.")

    def keep(
        self, desk: Desk, pin: str, token: str
    ) -> Counter | TokenRefused | WrongPin | MustWait:
        if pin != self.pin:
            return WrongPin(0)
        self.kept.add(desk.account.name)
        return self.counter

    def open(self, account: Account, pin: str) -> Counter | None:
        return self.counter if self.has(account) else None


@dataclass
class CentreStandIn:
    """All of it."""

    way: Way
    door: Door
    counter: Counter
    logins: Logins


def give_centre(stage: Stage, pin: str, *, joined: bool = True, kept: set[str]) -> CentreStandIn:
    """Let the desk of this kiosk have a centre; `kept` are the names of who has a login."""
    way = Way() if joined else Way(SyncStatus(Link.NOT_JOINED))
    counter = Counter()
    parts = CentreStandIn(way, Door(way), counter, Logins(counter, pin, kept))
    stage.app.services = replace(
        stage.app.services, centre=way, joining=parts.door, centre_logins=parts.logins
    )
    return parts


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
                "109170000427",
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
