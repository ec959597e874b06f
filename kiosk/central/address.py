"""Where the centre is, and the only way to connect to it: verified, or on this machine."""

import hashlib
import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from sqlalchemy import Engine, QueuePool, create_engine

from kiosk.central.failures import CentreFailure
from kiosk.keys.files import create_private

PORT = 5432
CONNECT_TIMEOUT_S = 60
"""For each host. Meeting over TLS takes some eight round trips; one may last 2 s, or be lost."""
SILENCE_TIMEOUT_S = 90
_KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 6}
_UNDERSTOOD = {"host", "port", "dbname", "user", "password", "sslmode", "sslrootcert"}


@dataclass(frozen=True, slots=True)
class Login:
    """A role of the centre, and its password; empty where the system vouches for the user."""

    role: str
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CentreAddress:
    """One centre: its hosts in the order they are tried, a port for each, and its database.

    `ca` holds the certificates (PEM) that vouch for the hosts; empty: those that the system trusts.
    A host that starts with "/" is the folder of a socket on this machine.
    """

    hosts: tuple[str, ...]
    ports: tuple[int, ...]
    database: str
    ca: str = ""

    def __post_init__(self) -> None:
        if not self.hosts or len(self.hosts) != len(self.ports) or not self.database:
            raise CentreFailure("C 11", "an address needs hosts, a port for each, and a database")

    @property
    def is_verified(self) -> bool:
        """Tell whether the server has to prove who it is."""
        return bool(self.ca) or not all(is_loopback(host) for host in self.hosts)


def is_loopback(host: str) -> bool:
    """Tell whether nothing sent to this host leaves the machine."""
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def read_url(url: str) -> tuple[CentreAddress, Login]:
    """Read postgresql://role:password@host:port,host:port/database?sslmode=verify-full.

    `sslrootcert` may name a file of certificates, or be "system". Raises CentreFailure "C 11" for
    what is no such URL, and for another machine without sslmode=verify-full. No message repeats a
    password.
    """
    # A kiosk's start has no URL to read, and the driver takes 0.1 s to load.
    from psycopg import ProgrammingError  # noqa: PLC0415
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    try:
        said = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except ProgrammingError:
        raise CentreFailure("C 11", "the centre's URL cannot be read") from None
    if unknown := sorted(said.keys() - _UNDERSTOOD):
        raise CentreFailure("C 11", f"the centre's URL has options not known: {unknown}")
    hosts = tuple(said.get("host", "").split(","))
    _refuse_unverified(hosts, said.get("sslmode", ""))
    address = CentreAddress(
        hosts, _ports(said.get("port", ""), len(hosts)), said.get("dbname", ""), _ca_of(said)
    )
    return address, Login(said.get("user", ""), said.get("password", ""))


def _refuse_unverified(hosts: tuple[str, ...], sslmode: str) -> None:
    others = [host for host in hosts if not is_loopback(host)]
    if others and sslmode != "verify-full":
        raise CentreFailure(
            "C 11",
            f"{others[0]} is another machine: its URL must end with ?sslmode=verify-full, "
            "or everything would be sent to whoever answers",
        )


def _ports(given: str, count: int) -> tuple[int, ...]:
    parts = [part or str(PORT) for part in given.split(",")]
    if len(parts) == 1:
        parts *= count
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise CentreFailure("C 11", "a port is a number")
    return tuple(int(part) for part in parts)


def _ca_of(said: Mapping[str, str]) -> str:
    file = said.get("sslrootcert", "system")
    if file == "system":
        return ""
    try:
        return Path(file).read_text(encoding="ascii")
    except (OSError, ValueError):
        raise CentreFailure("C 11", f"sslrootcert {file} cannot be read") from None


def make_engine(
    address: CentreAddress,
    login: Login,
    ca_folder: Path,
    *,
    connect_timeout_s: int = CONNECT_TIMEOUT_S,
) -> Engine:
    """Return an engine with one kept connection, on which each statement is its own transaction.

    Connects at first use, to the host that takes writes. `ca_folder` (the user's own) takes the
    certificates as a file, because libpq reads them there. Raises CentreFailure "C 11" where it
    cannot.
    """
    # hide_parameters is not enough: at DEBUG the engine would log the rows that it reads.
    logging.getLogger("sqlalchemy.engine.Engine").setLevel(logging.WARNING)
    return create_engine(
        "postgresql+psycopg://",
        connect_args=connect_arguments(address, login, ca_folder, connect_timeout_s),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        isolation_level="AUTOCOMMIT",
        use_native_hstore=False,
        hide_parameters=True,
    )


def connect_arguments(
    address: CentreAddress, login: Login, ca_folder: Path, connect_timeout_s: int
) -> dict[str, str | int]:
    """Return what psycopg.connect takes."""
    arguments: dict[str, str | int] = {
        "host": ",".join(address.hosts),
        "port": ",".join(str(port) for port in address.ports),
        "dbname": address.database,
        "connect_timeout": connect_timeout_s,
        "tcp_user_timeout": SILENCE_TIMEOUT_S * 1000,
        "target_session_attrs": "read-write",
        "application_name": "anjungan",
        "client_encoding": "UTF8",
        "gssencmode": "disable",
        "sslmode": "prefer",
        **_KEEPALIVE,
    }
    if login.role:
        arguments["user"] = login.role
    if login.secret:
        arguments["password"] = login.secret
    if address.is_verified:
        arguments |= {"sslmode": "verify-full", "sslrootcert": _ca_file(address.ca, ca_folder)}
    return arguments


def _ca_file(ca: str, folder: Path) -> str:
    if not ca:
        # libpq's own "system" looks where the wheel was built, not where this system keeps them.
        trusted = ssl.get_default_verify_paths().cafile
        return trusted or "system"
    file = folder / f"centre-{hashlib.sha256(ca.encode()).hexdigest()[:16]}.pem"
    try:
        if not file.exists():
            create_private(file, ca.encode("ascii"))
    except OSError as error:
        raise CentreFailure(
            "C 11", f"the centre's certificate cannot be kept: {error.strerror}"
        ) from None
    return str(file)
