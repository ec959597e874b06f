"""The roles of the centre, and what is taken from everybody else.

The groups are the cluster's: two centres in one cluster share them.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

OWNER = "anjungan_owner"
LOGIN_MAKER = "anjungan_logins"
"""Owns the functions that make logins (sql/12_logins.sql), and is the only one here that may."""
GROUPS = (
    "anjungan_kiosk",
    "anjungan_clerk",
    "anjungan_supervisor",
    "anjungan_office_admin",
    "anjungan_kabupaten_admin",
    "anjungan_report",
    "anjungan_branch",
)
ADMIN_GROUP = "anjungan_kabupaten_admin"
SCHEMAS = ("centre", "kiosk_api", "desk_api", "branch_api", "report_api", "console_api")
LOGINS_SCHEMA = "logins"

ADMIN_OPTION_SINCE = 16
"""From this version on CREATEROLE reaches only what was given with the admin option."""

WATCHERS = "pg_monitor"
"""Who keeps the functions that tell how busy the server is."""

TELLTALES = r"""
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f'
      AND p.proname ~ :names
      AND EXISTS (
          SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
          WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE')
"""
NAMES = (
    # Storing what is no record, and signalling to other logins.
    r"^lo_|^loread$|^lowrite$|^pg_notify$|^pg_(try_)?advisory_|^pg_logical_emit_message$"
    # How many rows others wrote or read, and where: a login could count who is known.
    r"|^pg_stat_get_|^pg_lock_status$|^pg_(database|tablespace|relation|total_relation|table|indexes)_size$|^pg_blocking_pids$|^pg_safe_snapshot_"
    r"|^pg_current_wal_|^pg_last_|^pg_current_(xact_id|snapshot)|^txid_|^pg_xact_status$"
    r"|^pg_snapshot_|^pg_export_snapshot$|^pg_sleep"
)
_WISHES = (
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC",
    f"GRANT USAGE ON LANGUAGE plpgsql, sql TO {OWNER}, {LOGIN_MAKER}",
)
_COUNTED = ("relpages", "reltuples", "relallvisible", "relallfrozen")
_TABLE_OF_TABLES = "table pg_class: how many rows each table has"


def quoted(name: str) -> str:
    """Return a name as SQL says it."""
    return '"' + name.replace('"', '""') + '"'


def make_groups(connection: Connection) -> None:
    """Make the owner and the groups that are missing, and let the login act as the owner."""
    present = set(connection.exec_driver_sql("SELECT rolname FROM pg_roles").scalars())
    for role in (OWNER, *GROUPS):
        if role not in present:
            connection.exec_driver_sql(f"CREATE ROLE {role} NOLOGIN")
    if LOGIN_MAKER not in present:
        connection.exec_driver_sql(f"CREATE ROLE {LOGIN_MAKER} NOLOGIN CREATEROLE")
    if not _is_superuser(connection):
        connection.exec_driver_sql(f"GRANT {OWNER}, {LOGIN_MAKER} TO CURRENT_USER")
    _let_maker_manage(connection)
    connection.exec_driver_sql("GRANT anjungan_clerk TO anjungan_supervisor")
    # To end the connections of a login that was revoked.
    _try(connection, f"GRANT {WATCHERS}, pg_signal_backend TO {OWNER}")


def _let_maker_manage(connection: Connection) -> None:
    """Let it look after the logins that are there, and take from admins what made logins before.

    From PostgreSQL 16 on that needs the admin option on each of them.
    """
    found = connection.exec_driver_sql(
        "SELECT rolname, rolcreaterole FROM pg_roles"
        " WHERE rolname ~ '^(kiosk_[1-8][0-9]{4}|staff_[0-9a-f]{8})$'"
    ).all()
    for role, may_make in found:
        if may_make:
            _try(connection, f"ALTER ROLE {role} NOCREATEROLE")
    if major_version(connection) >= ADMIN_OPTION_SINCE:
        for role in (*GROUPS, *(str(name) for name, _ in found)):
            _try(
                connection,
                f"GRANT {role} TO {LOGIN_MAKER} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
            )


def major_version(connection: Connection) -> int:
    """Return the server's version, like 15."""
    return int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10_000


def make_schemas(connection: Connection, database: str) -> None:
    """Make the schemas that are missing; only the owner may make anything in them."""
    for schema in SCHEMAS:
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {OWNER}")
    connection.exec_driver_sql(
        f"CREATE SCHEMA IF NOT EXISTS {LOGINS_SCHEMA} AUTHORIZATION {LOGIN_MAKER}"
    )
    guard_database(connection, database)
    _try(connection, f"GRANT USAGE ON LANGUAGE plpgsql, sql TO {LOGIN_MAKER}")
    connection.exec_driver_sql(
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"
    )


def guard_database(connection: Connection, database: str) -> None:
    """Let only the centre's own groups connect; this is what a copy of a database loses."""
    groups = ", ".join(GROUPS)
    connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {quoted(database)} TO {OWNER}, {groups}")
    _try(connection, f"REVOKE ALL ON DATABASE {quoted(database)} FROM PUBLIC")


def take_from_everybody(connection: Connection, database: str) -> tuple[str, ...]:
    """Revoke from PUBLIC all that no login needs; returns what this login could not revoke."""
    guard_database(connection, database)
    for wish in _WISHES:
        _try(connection, wish)
    for function in _telltales(connection):
        _try(
            connection,
            f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {function} TO {OWNER}, {WATCHERS}",
        )
    _hide_counts(connection)
    return left_to_everybody(connection, database)


def left_to_everybody(connection: Connection, database: str) -> tuple[str, ...]:
    """Return what every login of the server still may, though none needs it."""
    return tuple(_left(connection, database))


def _hide_counts(connection: Connection) -> None:
    columns = connection.exec_driver_sql(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'pg_class'::regclass AND attnum > 0"
    ).scalars()
    shown = ", ".join(name for name in columns if name not in _COUNTED)
    _try(
        connection,
        "REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC",
        f"GRANT SELECT ({shown}) ON pg_catalog.pg_class TO PUBLIC",
        f"GRANT SELECT ON pg_catalog.pg_class TO {OWNER}, {WATCHERS}",
    )


def _left(connection: Connection, database: str) -> Iterable[str]:
    """What PUBLIC still has, whoever gave it."""
    for privilege in ("CONNECT", "TEMPORARY", "CREATE"):
        if _public_has(connection, "has_database_privilege", database, privilege):
            yield f"database: {privilege}"
    for privilege in ("USAGE", "CREATE"):
        if _public_has(connection, "has_schema_privilege", "public", privilege):
            yield f"schema public: {privilege}"
    if _public_has(connection, "has_table_privilege", "pg_catalog.pg_class", "SELECT"):
        yield _TABLE_OF_TABLES
    yield from _telltales(connection)


def _public_has(connection: Connection, asked: str, what: str, privilege: str) -> bool:
    return bool(
        connection.exec_driver_sql(
            f"SELECT {asked}('public', %s, %s)",
            (what, privilege),
        ).scalar()
    )


def _telltales(connection: Connection) -> list[str]:
    asked = TELLTALES.replace(":names", "%s")
    return sorted(connection.exec_driver_sql(asked, (NAMES,)).scalars())


def _try(connection: Connection, *statements: str) -> None:
    """Run statements, all or none, where this login may."""
    nested = connection.begin_nested()
    try:
        for statement in statements:
            connection.exec_driver_sql(statement)
    except DBAPIError:
        nested.rollback()
    else:
        nested.commit()


def _is_superuser(connection: Connection) -> bool:
    return connection.exec_driver_sql("SHOW is_superuser").scalar() == "on"


def role_settings(role: str) -> tuple[str, ...]:
    """Return the statements that keep a person's login from holding up the others."""
    limits: Mapping[str, str] = {
        "statement_timeout": "60s",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "60s",
    }
    return tuple(f"ALTER ROLE {role} SET {name} = '{value}'" for name, value in limits.items())
