"""Logins of the centre, as its owner makes them by plain SQL: the first admin's, those of a backup.
All others are made by functions of the centre (sql/12_logins.sql), which an admin may only call.

No password goes over the line, only what it can be checked by.
"""

import re
import secrets

from sqlalchemy import Connection

from kiosk.central.roles import ADMIN_OPTION_SINCE, LOGIN_MAKER, major_version, role_settings

KIOSK_CONNECTIONS = 2
STAFF_CONNECTIONS = 4
_VERIFIER = re.compile(r"SCRAM-SHA-256\$[A-Za-z0-9$:+/=]+")
_LOGIN = re.compile(r"kiosk_[0-9]{5}|staff_[0-9a-f]{8}")


def new_secret() -> str:
    """Draw a password of 144 random bits, in letters that need no quotes."""
    return secrets.token_urlsafe(18)


def verifier_of(connection: Connection, role: str, secret: str) -> str:
    """Return what the server checks a password by (SCRAM-SHA-256), made on this machine."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise ValueError("the connection is closed")
    made: bytes = driver.pgconn.encrypt_password(secret.encode(), role.encode(), b"scram-sha-256")
    return made.decode("ascii")


def make_login(
    connection: Connection, role: str, group: str, secret: str, connections: int
) -> None:
    """Make a login that is in exactly one group."""
    make_login_as_it_was(
        connection, role, group, verifier_of(connection, role, secret), connections
    )


def make_login_as_it_was(
    connection: Connection, role: str, group: str, verifier: str, connections: int
) -> None:
    """Make a login by what its password is checked by; an empty one lets nobody in."""
    _refuse_other(role)
    password = f"'{verifier}'" if _VERIFIER.fullmatch(verifier) else "NULL"
    connection.exec_driver_sql(
        f"CREATE ROLE {role} LOGIN CONNECTION LIMIT {connections} PASSWORD {password}"
    )
    connection.exec_driver_sql(f"GRANT {group} TO {role}")
    for statement in role_settings(role):
        connection.exec_driver_sql(statement)
    if major_version(connection) >= ADMIN_OPTION_SINCE:
        connection.exec_driver_sql(
            f"GRANT {role} TO {LOGIN_MAKER} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
        )


def has_login(connection: Connection, role: str) -> bool:
    """Tell whether a login is there already, as where the centre is older than the server."""
    found = connection.exec_driver_sql("SELECT true FROM pg_roles WHERE rolname = %s", (role,))
    return found.scalar() is not None


def end_login(connection: Connection, role: str) -> None:
    """Let a login in no more; open connections stay."""
    _refuse_other(role)
    connection.exec_driver_sql(f"ALTER ROLE {role} NOLOGIN")


def set_own_secret(connection: Connection, role: str, secret: str) -> None:
    """Give the login that is connected another password."""
    verifier = verifier_of(connection, role, secret)
    connection.exec_driver_sql(f"ALTER ROLE CURRENT_USER PASSWORD '{verifier}'")


def _refuse_other(role: str) -> None:
    if not _LOGIN.fullmatch(role):
        raise ValueError("no login of a kiosk or a person")
