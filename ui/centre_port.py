"""What the screens need of the centre, put together in composing."""

from collections.abc import Callable, Mapping
from typing import Protocol

from kiosk.accounts import MustWait, WrongPin
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.centre import CentreConflict, Match, Parked, SyncStatus, Verdict
from kiosk.domain.centre_desk import (
    Flagged,
    Joined,
    Reconciled,
    TokenRefused,
    TokenSeen,
    Whereabouts,
)
from kiosk.domain.staff import Account


class Centre(Protocol):
    """The way to the centre, as far as a screen knows it.

    status(), listen() and nudge() answer at once; all else is called off the GUI thread, and what
    reaches the centre may take as long as the network.
    """

    def status(self) -> SyncStatus:
        """Return what was last proven."""

    def listen(self, moved: Callable[[], None]) -> None:
        """Call this, from whatever thread, whenever the status has changed."""

    def nudge(self) -> None:
        """There is something to hand in, or somebody wants it tried now."""

    def parked(self) -> tuple[Parked, ...]:
        """Return what the centre rejected, the oldest first."""

    def whereabouts(self, registration_id: str) -> Whereabouts:
        """Return where a registration is known to be."""

    def try_again(self, registration_id: str) -> None:
        """Hand in again what was rejected."""

    def reconcile_now(self) -> Reconciled:
        """Compare with the centre. Raises KioskFailure when it cannot be reached."""

    def address(self) -> str:
        """Return the host of the centre, "" where there is none."""


class Joining(Protocol):
    """Makes this kiosk one of a centre's."""

    def is_token(self, text: str) -> bool:
        """Tell whether a text is meant for this, so that it is shown nowhere else."""

    def read(self, text: str) -> TokenSeen | TokenRefused:
        """Return what a token says, at once and without the network."""

    def join(self, desk: Desk, text: str) -> Joined | TokenRefused | NotAllowed:
        """Use a token; the audit keeps who did. Off the GUI thread."""


class CentreDesk(Protocol):
    """The centre as one person of the staff may use it; every call is off the GUI thread.

    Raises KioskFailure when the centre cannot be reached or refuses.
    """

    def flags(self) -> Mapping[str, Flagged]:
        """Return what is open of this office, by registration."""

    def matches(self) -> tuple[Match, ...]:
        """Return the registrations that may be one person's, the oldest first."""

    def conflicts(self) -> tuple[CentreConflict, ...]:
        """Return the registrations of which there are two versions, the oldest first."""

    def decide(self, match_id: str, verdict: Verdict, void_id: str, reason: str) -> None:
        """Decide about two registrations; `void_id` is the one of this office to make void."""

    def settle(self, conflict_id: str, keep: str, reason: str) -> None:
        """Keep the version of the "centre" or of the "kiosk"."""


class CentreLogins(Protocol):
    """The logins at the centre of the people of this office, each sealed with its PIN."""

    def has(self, account: Account) -> bool:
        """Tell whether a login is kept for this account."""

    def is_token(self, text: str) -> bool:
        """Tell whether a text is meant for this, so that it is shown nowhere else."""

    def keep(
        self, desk: Desk, pin: str, token: str
    ) -> CentreDesk | TokenRefused | WrongPin | MustWait:
        """Try a login at the centre and keep it. Off the GUI thread."""

    def open(self, account: Account, pin: str) -> CentreDesk | None:
        """Return what this person may use, None without a login. Reaches no network."""
