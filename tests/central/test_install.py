"""Installing the centre by `main.py central`, as whoever owns the server would."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from samples import load_texts

from central.cluster import Cluster
from central.fixtures import Centre, Centres
from kiosk.arguments import parse
from kiosk.central import install
from kiosk.central.address import CentreAddress, Login, connect_arguments, read_url
from kiosk.central.commands import Central
from kiosk.central.failures import CentreFailure
from kiosk.terminal import Terminal

NEW = "anjungan_new"
DRAWN = "Kata sandi: "


@dataclass
class Typed:
    """Types commands at the cluster's owner's terminal and keeps what it says."""

    folder: Path
    said: list[str] = field(default_factory=list)

    def __call__(self, url: str, *words: str) -> int:
        self.said.clear()
        file = self.folder / "url"
        file.write_text(url)
        asked = parse(["central", "--url-file", str(file), *words])
        return self.obey(asked)

    def obey(self, asked: argparse.Namespace) -> int:
        """Do what was parsed."""
        terminal = Terminal(ask=lambda _prompt: "SITI", tell=self.said.append)
        return Central(load_texts(), terminal, lambda _text, _file: None).obey(asked)


@pytest.fixture
def typed(tmp_path: Path) -> Typed:
    """A terminal."""
    return Typed(tmp_path)


@pytest.fixture
def url(centres: Centres) -> Iterator[str]:
    """Of a database that is not there yet, on a server where a centre was installed before."""
    cluster = centres.cluster
    yield cluster.url(NEW, sslmode="disable")
    with cluster.connect() as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {NEW} WITH (FORCE)")


def test_init_makes_a_centre_and_its_first_admin(cluster: Cluster, typed: Typed, url: str) -> None:
    assert typed(url, "init") == 0
    login = typed.said[-3].rpartition(" ")[2]
    password = typed.said[-2].removeprefix(DRAWN)
    with psycopg.connect(cluster.url(NEW, login, password)) as admin:
        known = admin.execute("SELECT console_api.staff()").fetchone()
    assert known is not None
    assert [one["name"] for one in known[0]] == ["SITI"]
    assert typed(url, "status") == 0
    with cluster.connect(NEW) as owner:
        owner.execute(f"DROP OWNED BY {login}")
        owner.execute(f"DROP ROLE {login}")


def test_init_again_changes_nothing_and_says_so(cluster: Cluster, typed: Typed, url: str) -> None:
    typed(url, "init", "--admin", "SITI")
    with cluster.connect() as owner:
        before = owner.execute("SELECT count(*) FROM pg_roles").fetchone()
        with pytest.raises(CentreFailure) as refused:
            typed(url, "init", "--admin", "SITI")
        assert owner.execute("SELECT count(*) FROM pg_roles").fetchone() == before
    assert refused.value.code == "C 15"
    assert typed(url, "upgrade") == 0


def test_an_init_that_was_cut_off_leaves_nothing_and_goes_again(
    monkeypatch: pytest.MonkeyPatch, typed: Typed, url: str
) -> None:
    with monkeypatch.context() as cut:
        cut.setattr("kiosk.central.roles.take_from_everybody", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            typed(url, "init", "--admin", "SITI")
    assert typed(url, "status") == 1
    assert typed(url, "init", "--admin", "SITI") == 0


def test_the_password_may_come_from_a_file_and_is_then_not_shown(
    cluster: Cluster, typed: Typed, url: str, tmp_path: Path
) -> None:
    file = tmp_path / "password"
    file.write_text("a good long one\n")
    typed(url, "init", "--admin", "SITI", "--password-file", str(file))
    login = typed.said[-1].rpartition(" ")[2]
    psycopg.connect(cluster.url(NEW, login, "a good long one")).close()
    assert not any("a good long one" in line for line in typed.said)


def test_a_centre_of_a_newer_program_is_left_alone(
    cluster: Cluster, typed: Typed, url: str
) -> None:
    typed(url, "init", "--admin", "SITI")
    with cluster.connect(NEW) as owner:
        owner.execute("UPDATE centre.alembic_version SET version_num = '9999'")
    with pytest.raises(CentreFailure) as refused:
        typed(url, "upgrade")
    assert refused.value.code == "C 17"


def test_upgrade_without_a_centre_says_what_to_do(typed: Typed, cluster: Cluster) -> None:
    with pytest.raises(CentreFailure) as refused:
        typed(cluster.url(sslmode="disable"), "upgrade")
    assert refused.value.code == "C 16"


@pytest.fixture
def managed(cluster: Cluster) -> Iterator[str]:
    """The URL of a login as managed PostgreSQL gives one: no superuser, owner of a database."""
    with cluster.connect() as owner:
        owner.execute("CREATE ROLE managed LOGIN CREATEROLE CREATEDB PASSWORD 'managed-secret'")
        owner.execute(f"CREATE DATABASE {NEW} OWNER managed")
    yield cluster.url(NEW, "managed", "managed-secret", sslmode="disable")
    with cluster.connect() as owner:
        owner.execute(f"DROP DATABASE {NEW} WITH (FORCE)")
        owner.execute("DROP OWNED BY managed")
        owner.execute("DROP ROLE managed")


def test_a_login_that_is_no_superuser_installs_and_hears_what_is_left(
    typed: Typed, managed: str, centres: Centres
) -> None:
    assert typed(managed, "init", "--admin", "SITI") == 0
    assert "  lo_create(oid)" in typed.said
    assert typed(managed, "upgrade") == 0


def test_a_login_that_may_not_create_roles_hears_so(
    cluster: Cluster, typed: Typed, managed: str
) -> None:
    with cluster.connect() as owner:
        owner.execute("ALTER ROLE managed NOCREATEROLE")
    with pytest.raises(CentreFailure) as refused:
        typed(managed, "init", "--admin", "SITI")
    assert refused.value.code == "C 14"
    assert "CREATEROLE" in str(refused.value)


def test_a_wrong_password_or_no_server_is_told_without_the_password(
    cluster: Cluster, typed: Typed
) -> None:
    for wrong in (
        cluster.url(user="nobody", password="secret-word", sslmode="disable"),
        "postgresql://nobody:secret-word@127.0.0.1:1/centre",
    ):
        with pytest.raises(CentreFailure) as refused:
            typed(wrong, "status")
        assert refused.value.code == "C 12"
        assert "secret-word" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://a@centre.example/anjungan",
        "postgresql://a@centre.example/anjungan?sslmode=require",
        "postgresql://a@127.0.0.1,centre.example/anjungan?sslmode=verify-ca",
        "postgresql://a@127.0.0.1/anjungan?hostaddr=192.0.2.1",
        "postgresql://a@127.0.0.1/anjungan?options=-crow_security%3Doff",
        "postgresql://a@127.0.0.1/",
        "postgresql://a@127.0.0.1:x/anjungan",
        "nonsense",
    ],
)
def test_a_url_that_trusts_whoever_answers_is_refused(url: str) -> None:
    with pytest.raises(CentreFailure) as refused:
        read_url(url)
    assert refused.value.code == "C 11"


def test_a_password_on_the_command_line_is_refused(typed: Typed) -> None:
    asked = parse(["central", "--url", "postgresql://a:secret-word@127.0.0.1/x", "status"])
    with pytest.raises(CentreFailure) as refused:
        typed.obey(asked)
    assert refused.value.code == "C 11"
    assert "secret-word" not in str(refused.value)


def test_another_machine_is_verified_whatever_was_said(tmp_path: Path) -> None:
    address = CentreAddress(("a.example", "127.0.0.1"), (5432, 5433), "anjungan", "PEM")
    made: dict[str, Any] = connect_arguments(address, Login("kiosk_10917"), tmp_path, 5)
    assert (made["host"], made["port"]) == ("a.example,127.0.0.1", "5432,5433")
    assert made["sslmode"] == "verify-full"
    assert Path(made["sslrootcert"]).read_text() == "PEM"


def test_a_server_that_cannot_prove_its_name_is_not_talked_to(
    centre: Centre, tmp_path: Path
) -> None:
    from central.authority import Authority

    Authority.new().write_server(tmp_path, "127.0.0.1")
    address, login = read_url(centre.cluster.url(centre.database, sslmode="disable"))
    strange = CentreAddress(
        address.hosts, address.ports, address.database, (tmp_path / "ca.pem").read_text()
    )
    with pytest.raises(CentreFailure) as refused, install.installing(strange, login, tmp_path):
        pass
    assert refused.value.code == "C 12"
