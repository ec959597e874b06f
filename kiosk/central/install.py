"""Installs the centre into a database, brings it up to date, and tells how it stands."""

import secrets
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, NullPool, create_engine
from sqlalchemy.exc import DBAPIError, OperationalError

from kiosk.central import roles
from kiosk.central.address import CentreAddress, Login, connect_arguments
from kiosk.central.failures import CentreFailure
from kiosk.central.logins import STAFF_CONNECTIONS, make_login, new_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "0004"
OLDEST_SERVER = 15
MIGRATIONS = Path(__file__).parent / "migrations"
FUNCTIONS = Path(__file__).parent / "sql"
_TIMEOUT_S = 30


class Step(StrEnum):
    """What an installation is doing."""

    ROLES = "roles"
    SCHEMAS = "schemas"
    TABLES = "tables"
    FUNCTIONS = "functions"
    RIGHTS = "rights"


Told = Callable[[Step], None]
"""Takes the step that begins."""


def _untold(_step: Step) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Installed:
    """What came of it: the schema's version, and what everybody still may (see docs/centre.md)."""

    version: str
    left_to_everybody: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirstAdmin:
    """The login that was made for the kabupaten's first admin."""

    role: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CentreStatus:
    """How the centre stands; `version` is empty where none is installed."""

    server: str
    version: str
    kiosks: int = 0
    registrations: int = 0
    left_to_everybody: tuple[str, ...] = ()


@contextmanager
def installing(address: CentreAddress, login: Login, ca_folder: Path) -> "Iterator[Connection]":
    """One transaction at the centre's database, committed at the end: all of it or nothing.

    Raises CentreFailure: "C 12" not reached, "C 13" no server for this, "C 14" not allowed.
    """
    engine = _engine(address, login, ca_folder)
    try:
        with engine.begin() as connection:
            _refuse_server(connection)
            yield connection
    except OperationalError as error:
        raise CentreFailure("C 12", f"the centre cannot be reached: {_first_line(error)}") from None
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != "42501":
            raise
        raise CentreFailure("C 14", f"this login may not do that: {_first_line(error)}") from None
    finally:
        engine.dispose()


def create_database(address: CentreAddress, login: Login, ca_folder: Path) -> bool:
    """Make the database where it is missing; tells whether it was."""
    there = CentreAddress(address.hosts, address.ports, "postgres", address.ca)
    engine = _engine(there, login, ca_folder).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            is_there = connection.exec_driver_sql(
                "SELECT true FROM pg_database WHERE datname = %s", (address.database,)
            ).scalar()
            if not is_there:
                name = roles.quoted(address.database)
                connection.exec_driver_sql(
                    f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"
                )
    except DBAPIError:
        # Whoever may not look there, or not make one, meets the true reason at the next step.
        return False
    finally:
        engine.dispose()
    return not is_there


def init(connection: Connection, tell: Told = _untold) -> Installed:
    """Install the centre, within the connection's transaction.

    Raises CentreFailure "C 15" where there is one, and "C 14" for a login without CREATEROLE or
    without CREATE on the database.
    """
    if version_of(connection):
        raise CentreFailure("C 15", "there is a centre already; `central upgrade` updates it")
    _refuse_login(connection)
    tell(Step.ROLES)
    roles.make_groups(connection)
    tell(Step.SCHEMAS)
    roles.make_schemas(connection, _database(connection))
    _add_extension(connection)
    return _bring_up_to_date(connection, tell)


def upgrade(connection: Connection, tell: Told = _untold) -> Installed:
    """Bring tables, functions and grants up to date, within the connection's transaction.

    Raises CentreFailure "C 16" without a centre, and "C 17" for one of a newer program.
    """
    version = version_of(connection)
    if not version:
        raise CentreFailure("C 16", "there is no centre in this database; `central init` makes one")
    if version > HEAD:
        raise CentreFailure("C 17", f"the centre has version {version}, newer than this program")
    _refuse_login(connection)
    tell(Step.ROLES)
    roles.make_groups(connection)
    tell(Step.SCHEMAS)
    roles.make_schemas(connection, _database(connection))
    return _bring_up_to_date(connection, tell)


def status(connection: Connection) -> CentreStatus:
    """Tell how the centre stands; for its owner."""
    server = str(connection.exec_driver_sql("SHOW server_version").scalar_one())
    version = version_of(connection)
    if not version:
        return CentreStatus(server, "")
    counts = connection.exec_driver_sql(
        "SELECT (SELECT count(*) FROM centre.kiosk), (SELECT count(*) FROM centre.registration)"
    ).one()
    left = roles.left_to_everybody(connection, _database(connection))
    return CentreStatus(server, version, int(counts[0]), int(counts[1]), left)


def make_first_admin(connection: Connection, name: str, secret: str = "") -> FirstAdmin:
    """Make a login for an admin of the kabupaten; without a secret given, draw one.

    The server gets no password, only what it can be checked by.
    """
    role = f"staff_{secrets.token_hex(4)}"
    secret = secret or new_secret()
    make_login(connection, role, roles.ADMIN_GROUP, secret, STAFF_CONNECTIONS)
    connection.exec_driver_sql(
        "INSERT INTO centre.staff (role_name, name, role) VALUES (%s, %s, 'kabupaten_admin')",
        (role, name),
    )
    connection.exec_driver_sql(
        "INSERT INTO centre.audit (action, subject) VALUES ('staff_added', %s)", (role,)
    )
    return FirstAdmin(role, secret)


def version_of(connection: Connection) -> str:
    """Return the version of the centre's schema; empty where there is none."""
    found = connection.exec_driver_sql("SELECT to_regclass('centre.alembic_version')").scalar()
    if found is None:
        return ""
    return str(
        connection.exec_driver_sql("SELECT version_num FROM centre.alembic_version").scalar()
    )


def _bring_up_to_date(connection: Connection, tell: Told) -> Installed:
    tell(Step.TABLES)
    connection.exec_driver_sql(f"SET LOCAL ROLE {roles.OWNER}")
    _migrate(connection)
    tell(Step.FUNCTIONS)
    for file in sorted(FUNCTIONS.glob("*.sql")):
        _run_file(connection, file)
    connection.exec_driver_sql("RESET ROLE")
    tell(Step.RIGHTS)
    left = roles.take_from_everybody(connection, _database(connection))
    return Installed(HEAD, left)


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 (only an installation needs it)
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _run_file(connection: Connection, file: Path) -> None:
    # Without this option the driver would take the files' percent signs for parameters.
    connection.exec_driver_sql(
        file.read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def _add_extension(connection: Connection) -> None:
    """Distances between words, where the server has them; without it matching has its own."""
    available = connection.exec_driver_sql(
        "SELECT true FROM pg_available_extensions WHERE name = 'fuzzystrmatch'"
    ).scalar()
    if available:
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS fuzzystrmatch SCHEMA centre")


def _refuse_server(connection: Connection) -> None:
    if _server_of(connection) < OLDEST_SERVER:
        raise CentreFailure("C 13", f"the centre needs PostgreSQL {OLDEST_SERVER} or newer")
    if connection.exec_driver_sql("SHOW server_encoding").scalar() != "UTF8":
        raise CentreFailure("C 13", "the centre's database must have the encoding UTF8")


def _refuse_login(connection: Connection) -> None:
    may = connection.exec_driver_sql(
        "SELECT rolsuper OR rolcreaterole, "
        "has_database_privilege(current_database(), 'CREATE') "
        "FROM pg_roles WHERE rolname = current_user"
    ).one()
    if not may[0]:
        raise CentreFailure("C 14", "this login may not create roles: it needs CREATEROLE")
    if not may[1]:
        raise CentreFailure("C 14", "this login may not create schemas in this database")


def _server_of(connection: Connection) -> int:
    shown = connection.exec_driver_sql("SHOW server_version_num").scalar_one()
    return int(shown) // 10_000


def _database(connection: Connection) -> str:
    return str(connection.exec_driver_sql("SELECT current_database()").scalar_one())


def _engine(address: CentreAddress, login: Login, ca_folder: Path) -> Engine:
    return create_engine(
        "postgresql+psycopg://",
        connect_args=connect_arguments(address, login, ca_folder, _TIMEOUT_S),
        poolclass=NullPool,
        use_native_hstore=False,
        hide_parameters=True,
    )


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).partition("\n")[0]
