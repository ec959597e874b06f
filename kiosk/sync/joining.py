"""A kiosk joins the centre with its token.

It draws its own secret and writes it down before the centre hears of it. One transaction there
claims the kiosk and puts the secret in place of the token's password. A cut at any point is made
good by doing the same again: the secret is tried first.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from kiosk.central.address import CentreAddress, Login, make_engine
from kiosk.central.logins import new_secret, set_own_secret
from kiosk.central.refusals import refuses_login, unverified
from kiosk.central.token import Token, TokenFlaw, read_token
from kiosk.clock import Clock
from kiosk.keys import KioskKeys
from kiosk.storage.audit import Deed
from kiosk.storage.centre import Membership, Pending
from kiosk.storage.store import Store

CONNECT_TIMEOUT_S = 30
JOINED = "centre_joined"
_FLAWS = {
    "AB002": TokenFlaw.USED,
    "AB004": TokenFlaw.EXPIRED,
    "AB005": TokenFlaw.USED,
}


@dataclass(frozen=True, slots=True)
class Joined:
    """The kiosk belongs to the centre from now on."""

    number: str
    name: str
    office: str


@dataclass(frozen=True, slots=True)
class Own:
    """A person's login is theirs alone from now on."""

    login: Login
    name: str
    role: str
    office: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The same centre is reached at another address from now on."""


@dataclass(frozen=True, slots=True)
class NotLetIn:
    """This kiosk belongs to no centre, or who answers there does not know it."""


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """The token is no good; `flaw` says why."""

    flaw: TokenFlaw


@dataclass(frozen=True, slots=True)
class NotReached:
    """The centre was not reached, or fell silent; trying again with the same token is right.

    Not `is_verified`: somebody answered who could not prove to be the centre.
    """

    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class _Refused:
    """The centre does not let this password in."""


def join(
    store: Store, keys: KioskKeys, text: str, ca_folder: Path, clock: Clock, *, actor: str = ""
) -> Joined | TokenRefused | NotReached:
    """Join with the text of a token; repeating it is right whatever happened before.

    `ca_folder` takes the centre's certificate as a file; `actor` is the account of who asked, empty
    for the terminal. Raises StoreFailure and CentreFailure "C 11".
    """
    token = _token_for(text, kiosk=True)
    if not isinstance(token, Token):
        return TokenRefused(token)
    pending, may_count = _write_down(store, token.login.role)
    with store.transaction() as record:
        identity = record.identity()
    arguments = (keys.public_key.hex(), identity.incarnation, identity.kiosk_number)
    claim = _Claim(token, pending.secret, ca_folder, "kiosk_api.claim(%s, %s, %s)", arguments)
    said = claim.make(may_count=may_count)
    if not isinstance(said, Mapping):
        return said
    membership = membership_of(token.address, Login(pending.role, pending.secret), said)
    with store.transaction() as record:
        record.centre.join(membership, said["number"], int(said["last_counter"]))
        # Whoever brought a token here may take it into use: the centre counts it as at work.
        record.orders.unlock()
        if token.keys:
            record.configuration.trust(token.keys)
        record.staff.note(Deed(JOINED, actor, clock.now(), {"number": said["number"]}))
    return Joined(said["number"], said["name"], said["office"])


def make_own(text: str, ca_folder: Path, secret: str) -> Own | TokenRefused | NotReached:
    """Make a person's login theirs, with a secret that the caller has written down before.

    Repeating it with the same secret is right whatever happened before.
    """
    token = _token_for(text, kiosk=False)
    if not isinstance(token, Token):
        return TokenRefused(token)
    said = _Claim(token, secret, ca_folder, "desk_api.claim()", ()).make(may_count=True)
    if not isinstance(said, Mapping):
        return said
    return Own(Login(token.login.role, secret), said["name"], said["role"], said["office"])


def move(store: Store, address: CentreAddress, ca_folder: Path) -> Moved | NotLetIn | NotReached:
    """Reach the centre at another address, once it has answered there; who the kiosk is stays."""
    with store.reading() as record:
        membership = record.centre.membership()
    if membership is None:
        return NotLetIn()
    login = Login(membership.role, membership.secret)
    try:
        with _connected(address, login, ca_folder):
            pass
    except DBAPIError as error:
        judged = _judged(error)
        return judged if isinstance(judged, NotReached) else NotLetIn()
    said = {"id": membership.kiosk_id, "name": membership.name}
    with store.transaction() as record:
        record.centre.point_at(membership_of(address, login, said))
    return Moved()


def membership_of(address: CentreAddress, login: Login, said: Mapping[str, Any]) -> Membership:
    """Return what a kiosk keeps of the centre; `said` is the claim's answer."""
    hosts = tuple(f"{host}:{port}" for host, port in zip(address.hosts, address.ports, strict=True))
    return Membership(
        hosts=hosts,
        database=address.database,
        ca=address.ca,
        role=login.role,
        secret=login.secret,
        kiosk_id=said["id"],
        name=said["name"],
    )


def address_of(membership: Membership) -> CentreAddress:
    """Return where a kiosk's centre is."""
    parts = [host.rpartition(":") for host in membership.hosts]
    return CentreAddress(
        hosts=tuple(host for host, _, _ in parts),
        ports=tuple(int(port) for _, _, port in parts),
        database=membership.database,
        ca=membership.ca,
    )


def _token_for(text: str, *, kiosk: bool) -> Token | TokenFlaw:
    token = read_token(text)
    if isinstance(token, Token) and token.is_for_kiosk is not kiosk:
        return TokenFlaw.OTHER_KIND
    return token


def _write_down(store: Store, role: str) -> tuple[Pending, bool]:
    """Return the secret for a login, and whether the centre may have it already."""
    with store.transaction() as record:
        kept = record.centre.pending()
        if kept is not None and kept.role == role:
            return kept, True
        fresh = Pending(role, new_secret())
        record.centre.keep_pending(fresh)
    return fresh, False


@dataclass(frozen=True, slots=True)
class _Claim:
    """Claims what a token is for: by the new secret if it counts already, else by the token's."""

    token: Token
    secret: str = field(repr=False)
    ca_folder: Path
    function: str
    arguments: tuple[str, ...]

    def make(self, *, may_count: bool) -> Mapping[str, Any] | TokenRefused | NotReached:
        role = self.token.login.role
        said = self._by(Login(role, self.secret), is_new=False) if may_count else _Refused()
        if isinstance(said, _Refused):
            said = self._by(self.token.login, is_new=True)
        if isinstance(said, _Refused):
            # The centre does not say why a password is wrong, so here this clock has to count.
            over = self.token.expires_at < datetime.now(UTC)
            return TokenRefused(TokenFlaw.EXPIRED if over else TokenFlaw.USED)
        return said

    def _by(
        self, login: Login, *, is_new: bool
    ) -> Mapping[str, Any] | TokenRefused | NotReached | _Refused:
        try:
            with _connected(self.token.address, login, self.ca_folder) as connection:
                claimed = connection.exec_driver_sql(f"SELECT {self.function}", self.arguments)
                said: Mapping[str, Any] = claimed.scalar_one()
                if is_new:
                    set_own_secret(connection, login.role, self.secret)
        except DBAPIError as error:
            return _judged(error)
        return said


@contextmanager
def _connected(address: CentreAddress, login: Login, ca_folder: Path) -> Iterator[Connection]:
    engine = make_engine(address, login, ca_folder, connect_timeout_s=CONNECT_TIMEOUT_S)
    try:
        with engine.execution_options(isolation_level="READ COMMITTED").begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _judged(error: DBAPIError) -> TokenRefused | NotReached | _Refused:
    flaw = _FLAWS.get(getattr(error.orig, "sqlstate", None) or "")
    if flaw is not None:
        return TokenRefused(flaw)
    words = str(error.orig)
    return _Refused() if refuses_login(words) else NotReached(not unverified(words))
