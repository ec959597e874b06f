"""How people of the desk get to the centre: this kiosk by joining, each person by a login."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.accounts import MustWait, Place, SignedIn, WrongPin, judge_pin
from kiosk.central.desk import CentreDesk
from kiosk.central.failures import CentreFailure
from kiosk.central.token import Token, read_token
from kiosk.central.token import TokenFlaw as Flaw
from kiosk.desk.centre_login import NoLogin, NotJoined, centre_desk, keep_login, open_login
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.centre_desk import Joined, TokenFlaw, TokenRefused, TokenSeen
from kiosk.domain.staff import Account, Action
from kiosk.keys import KioskKeys
from kiosk.storage.store import Store
from kiosk.sync import joining

_KIOSK_LOGIN = "kiosk_"


@dataclass(frozen=True, slots=True)
class CentreAccess:
    """Takes tokens in and opens logins; `ca_folder` takes the centre's certificate as a file."""

    store: Store
    keys: KioskKeys
    ca_folder: Path

    def is_token(self, text: str) -> bool:
        """Tell whether a text is a token or a damaged one, so that it is shown nowhere."""
        return read_token(text) is not Flaw.NOT_A_TOKEN

    def read(self, text: str, *, for_kiosk: bool) -> TokenSeen | TokenRefused:
        """Return what a token says, a kiosk's or a person's, at once and without the network."""
        token = read_token(text)
        if not isinstance(token, Token):
            return TokenRefused(TokenFlaw(token.value))
        if token.is_for_kiosk is not for_kiosk:
            return TokenRefused(TokenFlaw.OTHER_KIND)
        number = token.login.role.removeprefix(_KIOSK_LOGIN) if for_kiosk else ""
        hosts = ", ".join(token.address.hosts)
        return TokenSeen(hosts, number, token.expires_at, token.office, token.name)

    def join(self, desk: Desk, text: str) -> Joined | TokenRefused | NotAllowed:
        """Join with a token; the audit keeps who did. Raises StoreFailure."""
        refused = desk.refusal(Action.JOIN_CENTRE)
        if refused:
            return refused
        try:
            joined = joining.join(
                self.store, self.keys, text, self.ca_folder, desk.clock, actor=desk.account.id
            )
        except CentreFailure as failure:
            return TokenRefused(TokenFlaw.UNSAFE, failure.code)
        if not isinstance(joined, joining.Joined):
            return _refused(joined)
        return Joined(joined.number, joined.office, joined.name)

    def keep(
        self, desk: Desk, place: Place, pin: str, token: str
    ) -> CentreDesk | TokenRefused | WrongPin | MustWait:
        """Make the login of a token this person's own, and keep it under their PIN.

        Raises StoreFailure.
        """
        judged = judge_pin(self.store, desk.account.name, pin, place, desk.clock)
        if not isinstance(judged, SignedIn):
            return judged
        try:
            own = keep_login(desk, pin, token, self.ca_folder)
            opened = self.open(desk.account, pin)
        except CentreFailure as failure:
            return TokenRefused(TokenFlaw.UNSAFE, failure.code)
        if isinstance(own, (joining.TokenRefused, joining.NotReached)):
            return _refused(own)
        return opened or TokenRefused(TokenFlaw.UNREACHABLE)

    def open(self, account: Account, pin: str) -> CentreDesk | None:
        """Return what this person may use, None without a login. Reaches no network.

        The caller has judged the PIN. Raises StoreFailure and CentreFailure "C 11".
        """
        login = open_login(self.store, account.id, pin)
        if isinstance(login, NoLogin):
            return None
        desk = centre_desk(self.store, login, self.ca_folder)
        return None if isinstance(desk, NotJoined) else desk


def _refused(outcome: joining.TokenRefused | joining.NotReached) -> TokenRefused:
    if isinstance(outcome, joining.NotReached):
        return TokenRefused(TokenFlaw.UNREACHABLE)
    return TokenRefused(TokenFlaw(outcome.flaw.value))
