"""The tests' own PostgreSQL keeps what the tests of the centre build upon."""

import signal

import psycopg
import pytest

from central.cluster import Cluster, cluster_folders, running_cluster
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


def test_a_commit_outlasts_a_kill_and_a_standby_takes_over() -> None:
    with running_cluster(safe=True) as primary, cluster_folders(1) as (folder,):
        standby = Cluster(folder, safe=True)
        standby.create_standby_of(primary, "s1")
        try:
            standby.start()
            with primary.connect() as owner:
                owner.execute("SET synchronous_commit = on")
                owner.execute("CREATE TABLE kept AS SELECT 1 AS id")
            primary.restart(signal.SIGKILL)
            with primary.connect() as owner:
                assert owner.execute("SELECT id FROM kept").fetchone() == (1,)
            primary.kill()
            standby.promote()
            with standby.connect() as owner:
                owner.execute("CREATE TABLE taken_over (id int)")
        finally:
            standby.stop(signal.SIGQUIT)
