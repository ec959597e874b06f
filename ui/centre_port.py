"""What the screens need of the centre, put together in composing."""

from collections.abc import Callable
from typing import Protocol

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
from kiosk.domain.centre import CentreConflict, Match, SyncStatus, Verdict
from kiosk.domain.centre_desk import Joined, Reconciled, TokenRefused, TokenSeen
from kiosk.domain.staff import Account


class Centre(Protocol):
    """The way to the centre, as far as a screen knows it."""

    def status(self) -> SyncStatus:
        """Return what was last proven, at once."""

    def listen(self, moved: Callable[[], None]) -> None:
        """Call this, from whatever thread, whenever the status has changed."""

    def nudge(self) -> None:
        """There is something to hand in, or somebody wants it tried now."""

    def reconcile_now(self) -> Reconciled:
        """Compare with the centre, off the GUI thread. Raises KioskFailure without an answer."""


class Joining(Protocol):
    """Makes this kiosk one of a centre's."""

    def is_token(self, text: str) -> bool:
        """Tell whether a text is a token or a damaged one, so that it is shown nowhere."""

    def read(self, text: str, *, for_kiosk: bool) -> TokenSeen | TokenRefused:
        """Return what a token says, a kiosk's or a person's, at once and without the network."""

    def join(self, desk: Desk, text: str) -> Joined | TokenRefused | NotAllowed:
        """Use a token; the audit keeps who did. Off the GUI thread."""


class CentreDesk(Protocol):
    """The centre as one person of the staff may use it; every call is off the GUI thread."""

    def flags(self) -> tuple[CentreFlag, ...] | NoAnswer:
        """Return which registrations of the office somebody has to look at, and why."""

    def matches(self) -> tuple[Match, ...] | NoAnswer:
        """Return the registrations that may be one person's, the oldest first."""

    def conflicts(self) -> tuple[CentreConflict, ...] | NoAnswer:
        """Return the registrations of which there are two versions, the oldest first."""

    def decide(
        self, match_id: str, verdict: Verdict, void_id: str | None, reason: str
    ) -> Decided | AlreadyDecided | Refused:
        """Decide about a match; `void_id` is the office's own registration that is given up."""

    def settle(self, conflict_id: str, keep: str, reason: str) -> Done | AlreadySettled | Refused:
        """Settle a conflict: `keep` is "centre" or "kiosk"."""

    def close(self) -> None:
        """Close the connection."""


class CentreLogins(Protocol):
    """The logins at the centre of the people of this office, each sealed with its PIN."""

    def keep(
        self, desk: Desk, place: Place, pin: str, token: str
    ) -> CentreDesk | TokenRefused | WrongPin | MustWait:
        """Make the login of a token this person's own, and keep it. Off the GUI thread."""

    def open(self, account: Account, pin: str) -> CentreDesk | None:
        """Return what this person may use, None without a login. Reaches no network."""
