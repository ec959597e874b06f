"""The PostgreSQL that all tests of a run share, and a fresh centre for each test (a plugin)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import psycopg

    from central.cluster import Cluster

TEMPLATE = "centre_template"


@dataclass(frozen=True)
class Centre:
    """A database with the centre in it, for one test."""

    cluster: "Cluster"
    database: str

    @property
    def owner_url(self) -> str:
        """The owner's URL, without TLS."""
        return self.cluster.url(self.database, sslmode="disable")

    def url(self, user: str, password: str, **options: str) -> str:
        """A login's URL, over TLS with the certificate verified unless `options` say otherwise."""
        verified = {"sslmode": "verify-full", "sslrootcert": str(self.cluster.authority)}
        return self.cluster.url(self.database, user, password, **{**verified, **options})

    def connect(self) -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection of the owner that commits each statement."""
        return self.cluster.connect(self.database)


@dataclass
class Centres:
    """Makes databases from the template; `with centres.new() as centre`."""

    cluster: "Cluster"
    _made: int = field(default=0)

    @contextmanager
    def new(self) -> Iterator[Centre]:
        """A fresh centre; afterwards it is gone, and so are the logins made meanwhile."""
        self._made += 1
        database = f"centre_{self._made}"
        with self.cluster.connect() as owner:
            before = _roles(owner)
            owner.execute(f"CREATE DATABASE {database} TEMPLATE {TEMPLATE}")
        guard(self.cluster.url(database, sslmode="disable"))
        try:
            yield Centre(self.cluster, database)
        finally:
            with self.cluster.connect() as owner:
                owner.execute(f"DROP DATABASE {database} WITH (FORCE)")
                for role in _roles(owner) - before:
                    owner.execute(f'DROP ROLE "{role}"')


@pytest.fixture(scope="session")
def cluster() -> Iterator["Cluster"]:
    """One PostgreSQL for all tests of this process; a test that stops it starts it again."""
    from central.cluster import running_cluster

    with running_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def centres(cluster: "Cluster") -> Centres:
    """Makes centres from a template in which the centre was installed once."""
    with cluster.connect() as owner:
        owner.execute(f"CREATE DATABASE {TEMPLATE}")
    install_centre(cluster.url(TEMPLATE, sslmode="disable"))
    return Centres(cluster)


@pytest.fixture
def centre(centres: Centres) -> Iterator[Centre]:
    """A fresh centre for one test."""
    with centres.new() as made:
        yield made


def install_centre(owner_url: str) -> None:
    """Install the centre into an empty database."""
    from kiosk.central.address import read_url
    from kiosk.central.install import init, installing

    with installing(*read_url(owner_url), Path()) as connection:
        init(connection)


def guard(owner_url: str) -> None:
    """Take from everybody what a database has anew when it was made from a template."""
    from kiosk.central.address import read_url
    from kiosk.central.install import installing
    from kiosk.central.roles import guard_database

    address, login = read_url(owner_url)
    with installing(address, login, Path()) as connection:
        guard_database(connection, address.database)


def _roles(owner: "psycopg.Connection[tuple[Any, ...]]") -> set[str]:
    return {str(name) for (name,) in owner.execute("SELECT rolname FROM pg_roles")}
