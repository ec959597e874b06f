"""Logins of the centre: made, given a new password and ended by plain SQL of the admin's login.

No password goes over the line, only what it can be checked by.
"""

import re
import secrets

from sqlalchemy import Connection

from kiosk.central.roles import ADMIN_GROUP, ADMIN_OPTION_SINCE, GROUPS, role_settings

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
    may_make = "CREATEROLE " if group == ADMIN_GROUP else ""
    password = f"'{verifier}'" if _VERIFIER.fullmatch(verifier) else "NULL"
    connection.exec_driver_sql(
        f"CREATE ROLE {role} LOGIN {may_make}CONNECTION LIMIT {connections} PASSWORD {password}"
    )
    connection.exec_driver_sql(f"GRANT {group} TO {role}")
    for statement in role_settings(role):
        connection.exec_driver_sql(statement)
    if _major(connection) >= ADMIN_OPTION_SINCE:
        _let_admins_manage(connection, role, group)


def has_login(connection: Connection, role: str) -> bool:
    """Tell whether a login is there already, as where the centre is older than the server."""
    found = connection.exec_driver_sql("SELECT true FROM pg_roles WHERE rolname = %s", (role,))
    return found.scalar() is not None


def renew_login(connection: Connection, role: str, secret: str) -> None:
    """Give a login another password, and let it in again."""
    _refuse_other(role)
    verifier = verifier_of(connection, role, secret)
    connection.exec_driver_sql(f"ALTER ROLE {role} LOGIN PASSWORD '{verifier}'")


def end_login(connection: Connection, role: str) -> None:
    """Let a login in no more; open connections are ended by disconnect()."""
    _refuse_other(role)
    connection.exec_driver_sql(f"ALTER ROLE {role} NOLOGIN")


def drop_login(connection: Connection, role: str) -> None:
    """Drop a login that was never used."""
    _refuse_other(role)
    connection.exec_driver_sql(f"DROP ROLE IF EXISTS {role}")


def set_own_secret(connection: Connection, role: str, secret: str) -> None:
    """Give the login that is connected another password."""
    verifier = verifier_of(connection, role, secret)
    connection.exec_driver_sql(f"ALTER ROLE CURRENT_USER PASSWORD '{verifier}'")


def _let_admins_manage(connection: Connection, role: str, group: str) -> None:
    """From PostgreSQL 16 on CREATEROLE reaches only what one made or was given."""
    if group == ADMIN_GROUP:
        given, taken = ", ".join(GROUPS), role
    else:
        given, taken = role, ADMIN_GROUP
    connection.exec_driver_sql(
        f"GRANT {given} TO {taken} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
    )


def _refuse_other(role: str) -> None:
    if not _LOGIN.fullmatch(role):
        raise ValueError("no login of a kiosk or a person")


def _major(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10_000
