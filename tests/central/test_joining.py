"""A kiosk joins with its token, whatever is cut on the way, and only with a good one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from samples import KEY, StillClock

from central.authority import Authority, _pem
from central.cluster import Cluster
from central.enrolled import OFFICE, address_of, connect, console_of
from central.fixtures import Centre, Centres
from kiosk.central.address import CentreAddress, Login
from kiosk.central.console import Console
from kiosk.central.enrolment import Enrolled, enrol, enrol_again, kiosks, revoke
from kiosk.central.token import Token, TokenFlaw, write_token
from kiosk.domain.fleet import CommandKind, Order
from kiosk.keys import KioskKeys
from kiosk.storage.centre import CentreRecord
from kiosk.storage.store import Store
from kiosk.sync import joining
from kiosk.sync.joining import Joined, Moved, NotReached, TokenRefused, join, move
from kiosk.sync.joining import address_of as kept_address

KEYS = KioskKeys(bytes(32), bytes(range(32)))


@pytest.fixture(scope="module")
def centre(centres: Centres) -> Iterator[Centre]:
    with centres.new() as made:
        yield made


@pytest.fixture(scope="module")
def console(centre: Centre, tmp_path_factory: pytest.TempPathFactory) -> Console:
    return console_of(centre, tmp_path_factory.mktemp("console"))


@pytest.fixture
def enrolled(console: Console) -> Enrolled:
    return enrol(console, "Loket 1", OFFICE)


def _join(store: Store, enrolled: Enrolled, tmp_path: Path) -> Joined | TokenRefused | NotReached:
    return join(store, KEYS, write_token(enrolled.token), tmp_path, StillClock())


def _login(store: Store) -> Login:
    with store.reading() as record:
        membership = record.centre.membership()
    assert membership is not None
    return Login(membership.role, membership.secret)


def test_a_kiosk_joins_and_takes_its_number(
    store: Store, enrolled: Enrolled, console: Console, centre: Centre, tmp_path: Path
) -> None:
    with store.transaction() as record:
        before = record.identity()
    joined = _join(store, enrolled, tmp_path)
    assert joined == Joined(enrolled.number, "Loket 1", OFFICE)
    with store.transaction() as record:
        after = record.identity()
    assert after.kiosk_number == enrolled.number
    assert after.incarnation != before.incarnation
    with centre.connect() as owner:
        found = owner.execute(
            "SELECT k.state, k.public_key, i.incarnation, i.kiosk_number FROM centre.kiosk k "
            "JOIN centre.incarnation i ON i.kiosk_id = k.id WHERE k.number = %s",
            [enrolled.number],
        ).fetchall()
    assert found == [("active", KEYS.public_key.hex(), before.incarnation, before.kiosk_number)]
    assert _login(store).secret != enrolled.token.login.secret


def test_a_token_says_whose_configurations_count_and_a_newer_one_says_it_anew(
    store: Store, console: Console, tmp_path: Path
) -> None:
    first, second = ("A" * 43 + "=", "B" * 43 + "=")
    made = enrol(replace(console, keys=(first,)), "Loket 1", OFFICE)
    _join(store, made, tmp_path)
    with store.reading() as record:
        assert record.configuration.trusted() == (first,)
    with store.transaction() as record:
        record.orders.lock(Order(1, CommandKind.LOCK, "", "Admin"), StillClock().now())
    again = enrol_again(replace(console, keys=(first, second)), made.number)
    _join(store, again, tmp_path)
    with store.reading() as record:
        assert record.configuration.trusted() == (first, second)
        assert record.orders.locked() is None


def test_before_the_claim_a_login_can_only_claim(enrolled: Enrolled, centre: Centre) -> None:
    with (
        connect(centre, enrolled.token.login) as kiosk,
        pytest.raises(psycopg.Error) as refused,
    ):
        kiosk.execute("SELECT kiosk_api.exchange('{\"protocol\": 1}')")
    assert refused.value.sqlstate == "AB001"


def test_the_tokens_password_opens_nothing_once_it_was_used(
    store: Store, enrolled: Enrolled, centre: Centre, tmp_path: Path
) -> None:
    _join(store, enrolled, tmp_path)
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        connect(centre, enrolled.token.login)


def test_a_used_token_is_refused(
    store: Store, enrolled: Enrolled, tmp_path: Path, other_store: Store
) -> None:
    _join(store, enrolled, tmp_path)
    assert _join(other_store, enrolled, tmp_path) == TokenRefused(TokenFlaw.USED)


def test_an_expired_token_is_refused_by_the_centres_clock(
    store: Store, enrolled: Enrolled, centre: Centre, tmp_path: Path
) -> None:
    _let_expire(centre, enrolled)
    assert _join(store, enrolled, tmp_path) == TokenRefused(TokenFlaw.EXPIRED)


def test_a_persons_token_is_none_for_a_kiosk(store: Store, centre: Centre, tmp_path: Path) -> None:
    login = Login("staff_0a1b2c3d", "once")
    token = Token(address_of(centre), login, datetime.now(UTC).replace(microsecond=0))
    refused = join(store, KEYS, write_token(token), tmp_path, StillClock())
    assert refused == TokenRefused(TokenFlaw.OTHER_KIND)


@pytest.mark.parametrize("flaw", [TokenFlaw.DAMAGED, TokenFlaw.NEWER, TokenFlaw.NOT_A_TOKEN])
def test_a_bad_text_is_refused_before_anything_is_written(
    store: Store, flaw: TokenFlaw, tmp_path: Path
) -> None:
    text = {"damaged": "ABPU1-AAAAA-AAAAA", "newer": "ABPU2-AAAAA", "not_a_token": "halo"}[flaw]
    assert join(store, KEYS, text, tmp_path, StillClock()) == TokenRefused(flaw)
    with store.reading() as record:
        assert record.centre.pending() is None


def test_expired_logins_are_gone_when_the_console_next_looks(
    console: Console, enrolled: Enrolled, centre: Centre
) -> None:
    _let_expire(centre, enrolled)
    assert enrolled.number not in {one.number for one in kiosks(console)}
    with centre.connect() as owner:
        asked = "SELECT count(*) FROM pg_roles WHERE rolname = %s"
        assert owner.execute(asked, [enrolled.token.login.role]).fetchone() == (0,)


def _let_expire(centre: Centre, enrolled: Enrolled) -> None:
    with centre.connect() as owner:
        owner.execute(
            "UPDATE centre.kiosk SET claim_until = now() - interval '1 minute' WHERE number = %s",
            [enrolled.number],
        )


# ------------------------------------------------------------ cut off


def test_a_cut_before_the_commit_changes_nothing(
    store: Store, enrolled: Enrolled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(connection: Any, *_: object) -> None:
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patch:
        patch.setattr(joining, "set_own_secret", cut)
        assert isinstance(_join(store, enrolled, tmp_path), NotReached)
    assert isinstance(_join(store, enrolled, tmp_path), Joined)


def test_a_cut_after_the_commit_is_made_good_by_the_secret(
    store: Store, enrolled: Enrolled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(CentreRecord, "join", power_cut)
        with pytest.raises(KeyboardInterrupt):
            _join(store, enrolled, tmp_path)
    with store.reading() as record:
        assert record.centre.membership() is None
    assert isinstance(_join(store, enrolled, tmp_path), Joined)
    with store.transaction() as record:
        assert record.identity().kiosk_number == enrolled.number
        assert record.centre.pending() is None


def test_a_centre_that_is_away_is_no_bad_token(
    store: Store, enrolled: Enrolled, tmp_path: Path
) -> None:
    there = enrolled.token.address
    nobody = CentreAddress(("127.0.0.1",), (1,), there.database, there.ca)
    text = write_token(Token(nobody, enrolled.token.login, enrolled.token.expires_at))
    assert isinstance(join(store, KEYS, text, tmp_path, StillClock()), NotReached)
    assert isinstance(_join(store, enrolled, tmp_path), Joined)


# ------------------------------------------------------------ who a kiosk is


def test_a_server_that_moves_makes_no_other_kiosk(
    store: Store, enrolled: Enrolled, centre: Centre, tmp_path: Path
) -> None:
    _join(store, enrolled, tmp_path)
    login, ca = _login(store), address_of(centre).ca
    with _moved(centre.cluster) as port:
        away = CentreAddress(("127.0.0.1",), (centre.cluster.port + 1,), centre.database, ca)
        assert isinstance(move(store, away, tmp_path), NotReached)
        there = CentreAddress(("localhost",), (port,), centre.database, ca)
        assert move(store, there, tmp_path) == Moved()
        with store.transaction() as record:
            membership = record.centre.membership()
            assert membership is not None
            assert kept_address(membership) == there
            assert record.identity().kiosk_number == enrolled.number
        assert _login(store) == login
        assert _exchange(centre, login)["kiosk"]["number"] == enrolled.number


@contextmanager
def _moved(cluster: Cluster) -> Iterator[int]:
    """The server listens on another port, and afterwards on its own again."""
    own = cluster.port
    try:
        _listen(cluster, 0)
        yield cluster.port
    finally:
        _listen(cluster, own)


def _listen(cluster: Cluster, port: int) -> None:
    cluster.stop()
    cluster.port = port
    cluster.write_settings()
    cluster.start()


def test_a_revoked_kiosk_is_out_at_once_also_where_it_is_connected(
    store: Store, enrolled: Enrolled, console: Console, centre: Centre, tmp_path: Path
) -> None:
    _join(store, enrolled, tmp_path)
    login = _login(store)
    with connect(centre, login) as kiosk:
        kiosk.execute("SELECT 1")
        revoke(console, enrolled.number)
        with pytest.raises(psycopg.OperationalError):
            kiosk.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        connect(centre, login)
    states = {one.number: one.state for one in kiosks(console)}
    assert states[enrolled.number] == "revoked"


def test_a_revoked_kiosk_is_refused_by_the_functions_too(
    store: Store, enrolled: Enrolled, centre: Centre, tmp_path: Path
) -> None:
    _join(store, enrolled, tmp_path)
    with connect(centre, _login(store)) as kiosk, centre.connect() as owner:
        owner.execute(
            "UPDATE centre.kiosk SET state = 'revoked' WHERE number = %s", [enrolled.number]
        )
        for asked in (
            "SELECT kiosk_api.claim(repeat('0', 64), repeat('0', 36), '90000')",
            "SELECT kiosk_api.exchange('{\"protocol\": 1}')",
        ):
            with pytest.raises(psycopg.Error) as refused:
                kiosk.execute(asked)
            assert refused.value.sqlstate == "AB002"


def test_a_new_token_takes_the_number_up_again_behind_what_was_given(
    store: Store, other_store: Store, console: Console, centre: Centre, tmp_path: Path
) -> None:
    enrolled = enrol(console, "Loket 1", OFFICE)
    _join(store, enrolled, tmp_path)
    old = _login(store)
    with centre.connect() as owner:
        owner.execute(
            "INSERT INTO centre.erased SELECT gen_random_uuid(), id, number || '0001239', '', 1 "
            "FROM centre.kiosk WHERE number = %s",
            [enrolled.number],
        )
    again = enrol_again(console, enrolled.number)
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        connect(centre, old)
    assert isinstance(_join(other_store, again, tmp_path), Joined)
    with other_store.transaction() as record:
        standing = record.standing("x", "0")
    assert standing.identity.kiosk_number == enrolled.number
    assert standing.next_counter > 123


def _exchange(centre: Centre, login: Login) -> Any:
    request = {
        "protocol": 1,
        "version": "test",
        "incarnation": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
        "kiosk_number": "12345",
        "ticket": "",
        "last_receipt": 0,
        "records": [],
        "changes_seen": 0,
        "anchor": None,
        "health": {},
    }
    with connect(centre, login) as kiosk:
        row = kiosk.execute("SELECT kiosk_api.exchange(%s)", [json.dumps(request)]).fetchone()
    assert row is not None
    return row[0]


@pytest.fixture
def other_store(tmp_path: Path) -> Iterator[Store]:
    from kiosk.storage.store import open_store

    opened = open_store(tmp_path / "other", KEY)
    yield opened
    opened.close()


def test_another_server_than_the_tokens_gets_no_password(
    store: Store, enrolled: Enrolled, tmp_path: Path
) -> None:
    there = enrolled.token.address
    stranger = _pem(Authority.new().certificate).decode("ascii")
    address = CentreAddress(there.hosts, there.ports, there.database, stranger)
    text = write_token(Token(address, enrolled.token.login, enrolled.token.expires_at))
    assert join(store, KEYS, text, tmp_path, StillClock()) == NotReached(is_verified=False)
    assert isinstance(_join(store, enrolled, tmp_path), Joined)
