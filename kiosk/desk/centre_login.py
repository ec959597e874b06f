"""A person's own login at the centre, kept at this desk under their PIN.

Opened at the sign-in, while the PIN is at hand; without one the desk works with this kiosk alone.
"""

from dataclasses import dataclass
from pathlib import Path

from kiosk.central.address import Login
from kiosk.central.desk import CentreDesk
from kiosk.central.logins import new_secret
from kiosk.central.token import Token, TokenFlaw, read_token
from kiosk.desk.kept_login import open_kept, sealed_login
from kiosk.desk.session import Desk
from kiosk.storage.store import Store
from kiosk.sync.joining import NotReached, Own, TokenRefused, address_of, make_own

LOGIN_KEPT = "centre_login_kept"
LOGIN_FORGOTTEN = "centre_login_forgotten"


@dataclass(frozen=True, slots=True)
class NoLogin:
    """This account keeps no login of the centre here, or none that this PIN opens."""


@dataclass(frozen=True, slots=True)
class NotJoined:
    """This kiosk belongs to no centre."""


def keep_login(desk: Desk, pin: str, text: str, ca_folder: Path) -> Own | TokenRefused | NotReached:
    """Make the login of a token this account's own, and keep it here under the account's PIN.

    The caller has judged the PIN. The new secret is kept before the centre hears of it: after a cut
    the same token is simply given again. Raises StoreFailure and CentreFailure "C 11".
    """
    token = read_token(text)
    if not isinstance(token, Token):
        return TokenRefused(token)
    if token.is_for_kiosk:
        return TokenRefused(TokenFlaw.OTHER_KIND)
    role, account = token.login.role, desk.account.id
    kept, before = open_login(desk.store, account, pin), ""
    if isinstance(kept, Login) and kept.role == role:
        secret = kept.secret
    else:
        secret = new_secret()
        sealed = sealed_login(account, pin, role, secret)
        with desk.store.transaction() as record:
            before = record.staff.centre_login(account)
            record.staff.keep_centre_login(account, sealed)
    own = make_own(text, ca_folder, secret)
    if isinstance(own, TokenRefused) and before:
        # A bad token must not cost the login that was good so far.
        with desk.store.transaction() as record:
            record.staff.keep_centre_login(account, before)
    if isinstance(own, Own):
        with desk.store.transaction() as record:
            record.staff.note(desk.deed(LOGIN_KEPT, desk.clock.now()))
    return own


def open_login(store: Store, account_id: str, pin: str) -> Login | NoLogin:
    """Return the login that an account keeps here; the caller has judged the PIN."""
    kept = open_kept(store, account_id, pin)
    return NoLogin() if kept is None else Login(*kept)


def has_login(store: Store, account_id: str) -> bool:
    """Tell whether an account keeps a login here."""
    with store.reading() as record:
        return bool(record.staff.centre_login(account_id))


def forget_login(desk: Desk) -> None:
    """Keep the login of this account no longer; at the centre it stays."""
    with desk.store.transaction() as record:
        if record.staff.centre_login(desk.account.id):
            record.staff.drop_centre_login(desk.account.id)
            record.staff.note(desk.deed(LOGIN_FORGOTTEN, desk.clock.now()))


def centre_desk(store: Store, login: Login, ca_folder: Path) -> CentreDesk | NotJoined:
    """Return the centre as this person sees it, reached where this kiosk reaches it."""
    with store.reading() as record:
        membership = record.centre.membership()
    if membership is None:
        return NotJoined()
    return CentreDesk.of(address_of(membership), login, ca_folder)
