"""A person's login at the centre is kept under their PIN, and opens with nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from central.enrolled import OFFICE, console_of
from central.fixtures import Centre, Centres
from samples import StillClock

from kiosk.accounts import Place, create_first_admin
from kiosk.central.console import Console
from kiosk.central.desk import CentreDesk
from kiosk.central.enrolment import enrol
from kiosk.central.outcomes import Person
from kiosk.central.staff import add
from kiosk.central.token import TokenFlaw, write_token
from kiosk.desk.centre_login import (
    NoLogin,
    NotJoined,
    centre_desk,
    forget_login,
    has_login,
    keep_login,
    open_login,
)
from kiosk.desk.session import Desk
from kiosk.desk.staffing import change_own_pin, create, give_pin
from kiosk.domain.staff import CentreRole, Role
from kiosk.keys import KioskKeys
from kiosk.keys.passphrase import Cost
from kiosk.keys.pin import seal, unseal
from kiosk.storage.store import Store
from kiosk.sync.joining import NotReached, Own, TokenRefused, join, make_own

from .office import desk_of

PIN, NEW_PIN, ADMIN_PIN = "482913", "915274", "375192"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a PIN cost nothing: what it costs is passphrase.Cost's own."""
    monkeypatch.setattr("kiosk.keys.pin.Cost", lambda **given: Cost(**given) if given else CHEAP)


@pytest.fixture
def admin(store: Store, clock: StillClock) -> Desk:
    create_first_admin(store, "Bu Rina", ADMIN_PIN, clock)
    with store.reading() as record:
        found = record.staff.find("Bu Rina")
    assert found is not None
    return desk_of(found[0], store, clock)


@pytest.fixture
def clerk(admin: Desk) -> Desk:
    made = create(admin, "Pak Dedi", Role.CLERK, PIN)
    return replace(admin, account=made.account)  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def centre(centres: Centres) -> Iterator[Centre]:
    with centres.new() as made:
        yield made


@pytest.fixture(scope="module")
def console(centre: Centre, tmp_path_factory: pytest.TempPathFactory) -> Console:
    return console_of(centre, tmp_path_factory.mktemp("console"))


@pytest.fixture
def token(console: Console) -> str:
    return write_token(add(console, "Pak Dedi", CentreRole.CLERK, OFFICE))


def test_only_the_pin_of_its_owner_opens_it() -> None:
    kept = seal(PIN, "rahasia", "a", CHEAP)
    assert unseal(PIN, kept, "a") == "rahasia"
    assert unseal(NEW_PIN, kept, "a") is None
    assert unseal(PIN, kept, "b") is None
    assert "rahasia" not in kept


def test_a_person_calls_the_centre_from_a_kiosk_that_joined(
    clerk: Desk, token: str, console: Console, tmp_path: Path
) -> None:
    kept = keep_login(clerk, PIN, token, tmp_path)
    assert isinstance(kept, Own)
    login = open_login(clerk.store, clerk.account.id, PIN)
    assert login == kept.login
    assert centre_desk(clerk.store, login, tmp_path) == NotJoined()
    text = write_token(enrol(console, "Loket", OFFICE).token)
    join(clerk.store, KioskKeys(bytes(32), bytes(32)), text, tmp_path, clerk.clock)
    there = centre_desk(clerk.store, login, tmp_path)
    assert isinstance(there, CentreDesk)
    me = there.whoami()
    there.close()
    assert isinstance(me, Person)
    assert me.name == "Pak Dedi"


def test_a_cut_after_the_claim_is_made_good_by_the_same_token(
    clerk: Desk, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(text: str, folder: Path, secret: str) -> NotReached:
        assert isinstance(make_own(text, folder, secret), Own)
        return NotReached()

    with monkeypatch.context() as patch:
        patch.setattr("kiosk.desk.centre_login.make_own", lost)
        assert keep_login(clerk, PIN, token, tmp_path) == NotReached()
    assert isinstance(keep_login(clerk, PIN, token, tmp_path), Own)


def test_a_token_serves_one_person_once(
    clerk: Desk, admin: Desk, token: str, tmp_path: Path
) -> None:
    assert isinstance(keep_login(clerk, PIN, token, tmp_path), Own)
    again = keep_login(admin, ADMIN_PIN, token, tmp_path)
    assert again == TokenRefused(TokenFlaw.USED)


def test_a_bad_token_does_not_cost_the_login_that_is_kept(
    clerk: Desk, admin: Desk, token: str, console: Console, tmp_path: Path
) -> None:
    own = keep_login(clerk, PIN, token, tmp_path)
    assert isinstance(own, Own)
    used = write_token(add(console, "Orang lain", CentreRole.CLERK, OFFICE))
    assert isinstance(keep_login(admin, ADMIN_PIN, used, tmp_path), Own)
    assert keep_login(clerk, PIN, used, tmp_path) == TokenRefused(TokenFlaw.USED)
    assert open_login(clerk.store, clerk.account.id, PIN) == own.login


def test_a_kiosks_token_is_none_for_a_person(clerk: Desk, console: Console, tmp_path: Path) -> None:
    text = write_token(enrol(console, "Loket", OFFICE).token)
    assert keep_login(clerk, PIN, text, tmp_path) == TokenRefused(TokenFlaw.OTHER_KIND)
    assert not has_login(clerk.store, clerk.account.id)


def test_the_login_follows_ones_own_new_pin(clerk: Desk, token: str, tmp_path: Path) -> None:
    own = keep_login(clerk, PIN, token, tmp_path)
    assert isinstance(own, Own)
    change_own_pin(clerk, Place.DESK, PIN, NEW_PIN)
    assert open_login(clerk.store, clerk.account.id, NEW_PIN) == own.login
    assert open_login(clerk.store, clerk.account.id, PIN) == NoLogin()


def test_a_pin_given_by_the_admin_opens_nothing(
    clerk: Desk, admin: Desk, token: str, tmp_path: Path
) -> None:
    keep_login(clerk, PIN, token, tmp_path)
    give_pin(admin, clerk.account.id, NEW_PIN)
    assert open_login(clerk.store, clerk.account.id, NEW_PIN) == NoLogin()
    assert not has_login(clerk.store, clerk.account.id)


def test_a_login_can_be_forgotten(clerk: Desk, token: str, tmp_path: Path) -> None:
    keep_login(clerk, PIN, token, tmp_path)
    forget_login(clerk)
    assert open_login(clerk.store, clerk.account.id, PIN) == NoLogin()
