"""What even an admin of the kabupaten cannot: take over logins, bend configurations.

Through plain SQL of their own login, as a hostile admin would type it.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from central.console_attacks import VERIFIER
from central.enrolled import OFFICE, connect
from central.fixtures import Centre, Centres
from central.offices import Offices, offices_of
from central.publishing import NOW, Admin, fetched, report, signing_key
from kiosk.central.address import Login, read_url
from kiosk.central.enrolment import enrol, enrol_again, revoke
from kiosk.central.install import installing, upgrade
from kiosk.central.logins import new_secret
from kiosk.central.staff import add, remove
from kiosk.central.token import TokenFlaw, write_token
from kiosk.domain.configuration import Content, Document, write_document
from kiosk.domain.staff import CentreRole
from kiosk.keys.signed import is_signed
from kiosk.sync.joining import TokenRefused, make_own

Connection = psycopg.Connection[Any]


@pytest.fixture
def offices(centre: Centre, tmp_path: Path) -> Iterator[Offices]:
    with closing(offices_of(centre, tmp_path)) as made:
        yield made


@pytest.fixture
def admin(offices: Offices) -> Iterator[Connection]:
    """Another admin than the first, at a prompt."""
    login = offices.person(CentreRole.KABUPATEN_ADMIN)
    with connect(offices.centre, login) as made:
        yield made


@dataclass(frozen=True)
class Still:
    """A centre that everything is refused at: version 1 is good for all, version 2 on trial."""

    offices: Offices
    publisher: Admin
    admin: Connection


@pytest.fixture(scope="module")
def still(centres: Centres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Still]:
    with centres.new() as centre, closing(offices_of(centre, tmp_path_factory.mktemp("s"))) as made:
        publisher = published_at(made)
        with connect(centre, made.person(CentreRole.KABUPATEN_ADMIN)) as admin:
            yield Still(made, publisher, admin)
            assert publisher.states() == {1: "published", 2: "trial"}


def published_at(offices: Offices) -> Admin:
    """Publish version 1 for all, version 2 at the kiosk here."""
    made = Admin(offices.console, signing_key())
    made.publish(offices.here.number, retention_days=30)
    report(offices.here, 1)
    report(offices.here, 1)
    assert made.states() == {1: "published"}
    made.publish(offices.here.number, hold_minutes=60, retention_days=40)
    return made


def refused(connection: Connection, asked: str, *values: object) -> str:
    """Why the centre refuses a call."""
    with pytest.raises(psycopg.Error) as caught:
        connection.execute(asked.encode(), values)
    return caught.value.sqlstate or ""


# ------------------------------------------------------------ logins


def test_no_admin_gives_somebodys_login_another_password(
    offices: Offices, admin: Connection
) -> None:
    let_in = "SELECT console_api.let_in(%s, %s)"
    at_work = offices.person(CentreRole.SUPERVISOR, OFFICE).role
    waiting = add(offices.console, "Belum", CentreRole.SUPERVISOR, OFFICE).login.role
    for login in (at_work, waiting, offices.here.login.role, "postgres", "anjungan_owner", None):
        assert refused(admin, let_in, login, VERIFIER) == "P0002"


@pytest.mark.parametrize(
    "verifier", ["geheim", "", "md5" + "0" * 32, "x' CREATEROLE --", f"{VERIFIER}' SUPERUSER", None]
)
def test_a_login_is_given_nothing_but_what_its_password_is_checked_by(
    still: Still, verifier: str | None
) -> None:
    admin = still.admin
    with admin.transaction(force_rollback=True):
        made = admin.execute("SELECT console_api.staff_add('A', 'clerk', '36.04.09', 1)").fetchone()
        assert made is not None
        login = made[0]["login"]
        assert refused(admin, "SELECT console_api.let_in(%s, %s)", login, verifier) == "22023"


@pytest.mark.parametrize(
    ("role", "office"),
    [
        ("owner", ""),
        ("kiosk", ""),
        ("logins", ""),
        ("superuser", ""),
        ("anjungan_owner", ""),
        ("clerk'; --", "36.04.09"),
        ("supervisor", ""),
        ("supervisor", "36.04.09' OR ''='"),
        ("kabupaten_admin", "36.04.09"),
        (None, ""),
    ],
)
def test_no_token_has_a_role_beside_the_table(still: Still, role: str | None, office: str) -> None:
    asked = "SELECT console_api.staff_add('A', %s, %s, 1)"
    assert refused(still.admin, asked, role, office) == "22023"


def test_a_login_made_by_the_console_can_make_none(offices: Offices) -> None:
    logins = [add(offices.console, "A", CentreRole.KABUPATEN_ADMIN).login.role]
    logins += [offices.console.login.role, enrol(offices.console, "Loket", OFFICE).token.login.role]
    with offices.centre.connect() as owner:
        found = owner.execute(
            "SELECT rolcreaterole, rolcreatedb, rolsuper, rolbypassrls, rolreplication"
            " FROM pg_roles WHERE rolname = ANY(%s)",
            (logins,),
        ).fetchall()
    assert found == [(False,) * 5] * 3


def test_an_upgrade_takes_from_admins_what_made_logins_before(offices: Offices) -> None:
    old = offices.console.login.role
    with offices.centre.connect() as owner:
        owner.execute(f"ALTER ROLE {old} CREATEROLE")
    with installing(*read_url(offices.centre.owner_url), offices.folder) as connection:
        upgrade(connection)
    with connect(offices.centre, offices.console.login) as former:
        assert refused(former, "GRANT anjungan_owner TO CURRENT_USER") == "42501"
    assert enrol(offices.console, "Loket", OFFICE).number


def test_an_admin_who_was_removed_can_do_nothing_more(offices: Offices) -> None:
    login = offices.person(CentreRole.KABUPATEN_ADMIN)
    with connect(offices.centre, login) as open_still:
        with offices.centre.connect() as owner:  # as where the owner may end no session
            owner.execute(
                "UPDATE centre.staff SET active = false WHERE role_name = %s", (login.role,)
            )
        assert refused(open_still, "SELECT console_api.kiosks()") == "42501"
        assert refused(open_still, "SELECT report_api.renewals()") == "42501"
        assert refused(open_still, "SELECT desk_api.whoami()") == "42501"
        assert refused(open_still, "SELECT desk_api.claim()") == "AB002"
        remove(offices.console, login.role)
        with pytest.raises(psycopg.OperationalError):
            open_still.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError):
        connect(offices.centre, login)


def test_a_token_is_good_once_and_in_time(offices: Offices) -> None:
    token = add(offices.console, "Sri", CentreRole.KABUPATEN_ADMIN)
    offices_own = make_own(write_token(token), offices.folder, new_secret())
    assert not isinstance(offices_own, TokenRefused)
    again = make_own(write_token(token), offices.folder, new_secret())
    assert again == TokenRefused(TokenFlaw.USED)
    late = add(offices.console, "Tuti", CentreRole.KABUPATEN_ADMIN)
    with offices.centre.connect() as owner:
        owner.execute(
            "UPDATE centre.staff SET claim_until = now() - interval '1 s' WHERE role_name = %s",
            (late.login.role,),
        )
    with connect(offices.centre, late.login) as somebody:
        assert refused(somebody, "SELECT desk_api.claim()") == "AB004"
        assert refused(somebody, "SELECT console_api.kiosks()") == "42501"


def test_who_holds_a_revoked_kiosks_token_is_out(offices: Offices) -> None:
    first = enrol(offices.console, "Loket", OFFICE)
    revoke(offices.console, first.number)
    with pytest.raises(psycopg.OperationalError):
        connect(offices.centre, first.token.login)
    second = enrol_again(offices.console, first.number)
    with pytest.raises(psycopg.OperationalError):
        connect(offices.centre, Login(second.token.login.role, first.token.login.secret))


# ------------------------------------------------------------ configurations


PUBLISH = "SELECT console_api.publish(%s, %s, %s, %s, %s)"


def document(offices: Offices, key: str, **settings: object) -> bytes:
    """Version 3, built on version 2, as the admin's console would write it."""
    said = Document(
        version=3,
        base=2,
        made_at=NOW,
        by=offices.console.login.role,
        why="uji",
        needs="0.1.0",
        keys=(key,),
        content=Content(kabupaten=settings),
    )
    return write_document(said)


@pytest.fixture
def published(offices: Offices) -> Admin:
    """As in Still."""
    return published_at(offices)


@pytest.mark.parametrize(
    "numbers",
    [
        '"version":2,"base":1',
        '"version":1,"base":0',
        '"version":3,"base":1',
        '"version":2,"base":2',
        '"version":-1,"base":2',
        '"version":null,"base":2',
        '"version":"3","base":2',
        '"version":3.5,"base":2',
        '"version":2000000000,"base":2',
        '"version":1004,"base":2',
    ],
)
def test_nothing_is_published_over_what_is_there_or_far_ahead(still: Still, numbers: str) -> None:
    """So far ahead that no number would be left for the next."""
    written = document(still.offices, still.publisher.key.public)
    written = written.replace(b'"base":2,', b"").replace(b'"version":3', numbers.encode())
    assert numbers.encode() in written
    signature, trial = still.publisher.key.sign(written), still.offices.here.number
    assert refused(still.admin, PUBLISH, written, signature, trial, 2, 0) == "22023"
    behind = still.admin.execute(PUBLISH, (written, signature, trial, 1, 0)).fetchone()
    assert behind == ({"outcome": "other", "version": 2},)


@pytest.mark.parametrize("signature", ["", "A" * 88, "x", "A" * 86 + "==\n", "' --", None])
def test_what_is_not_signed_is_not_published(still: Still, signature: str | None) -> None:
    written, trial = document(still.offices, still.publisher.key.public), still.offices.here.number
    assert refused(still.admin, PUBLISH, written, signature, trial, 2, 0) == "22023"


def test_what_another_key_signed_reaches_one_kiosk_and_counts_nowhere(
    offices: Offices, published: Admin, admin: Connection
) -> None:
    """The centre cannot judge a signature: nobody else gets it, and no kiosk takes it."""
    written = document(offices, published.key.public, retention_days=1)
    forged = signing_key("z").sign(written)
    assert refused(admin, PUBLISH, written, forged, "", 2, 0) == "22023"
    admin.execute(PUBLISH, (written, forged, offices.here.number, 2, 0))
    assert fetched(offices.there, have=1) == 0
    assert not is_signed(written, forged, (published.key.public,))
    report(offices.here, 1, config_refused={"version": 3, "because": "unsigned"})
    assert published.states()[3] == "stopped"
