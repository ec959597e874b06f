"""The tests' own PostgreSQL keeps what the tests of the centre build upon."""

import signal

import psycopg
import pytest

from central.fixtures import Centre, Centres


def test_a_login_reaches_the_centre_over_verified_tls(centre: Centre) -> None:
    with centre.connect() as owner:
        owner.execute("CREATE ROLE somebody LOGIN PASSWORD 'a word'")
        owner.execute(f"GRANT CONNECT ON DATABASE {centre.database} TO somebody")
    with psycopg.connect(centre.url("somebody", "a word")) as connection:
        assert connection.pgconn.ssl_in_use


def test_a_wrong_password_is_refused(centre: Centre) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(centre.url("postgres", "not this"))


def test_nothing_of_one_centre_is_left_in_the_next(centres: Centres) -> None:
    with centres.new() as first, first.connect() as owner:
        owner.execute("CREATE TABLE left_over (id int)")
        owner.execute("CREATE ROLE left_over LOGIN")
    with centres.new() as second, second.connect() as owner:
        assert owner.execute("SELECT to_regclass('left_over')").fetchone() == (None,)
        owner.execute("CREATE ROLE left_over LOGIN")


def test_a_commit_outlasts_a_kill(centre: Centre) -> None:
    with centre.connect() as owner:
        owner.execute("CREATE TABLE kept AS SELECT 1 AS id")
    centre.cluster.restart(signal.SIGKILL)
    with centre.connect() as owner:
        assert owner.execute("SELECT id FROM kept").fetchone() == (1,)
