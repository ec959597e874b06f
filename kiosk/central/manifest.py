"""What a backup of the centre says of itself: how much it holds of each kiosk, and the logins."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from kiosk.central import install, roles
from kiosk.central.failures import CentreFailure

_NO_PARAMETERS = {"no_parameters": True}
_HOLDINGS = """
    SELECT k.id::text AS kiosk, k.receipts, count(r.id) AS registrations,
           encode(sha256(coalesce(string_agg(
               convert_to(r.id::text || ':' || r.revision || ':', 'UTF8') || r.hash, ''
               ORDER BY r.id), '')), 'hex') AS digest
    FROM centre.kiosk k LEFT JOIN centre.registration r ON r.kiosk_id = k.id
    GROUP BY k.id
"""
_LOGINS = """
    SELECT r.rolname AS role, coalesce(a.rolpassword, '') AS verifier, r.rolcanlogin AS may_log_in,
           r.rolcreaterole AS makes_roles, r.rolconnlimit AS connections,
           coalesce(r.rolconfig, '{}') AS settings,
           coalesce(array_agg(g.rolname::text) FILTER (WHERE g.rolname IS NOT NULL), '{}') AS groups
    FROM pg_roles r JOIN pg_authid a USING (rolname)
    LEFT JOIN pg_auth_members m ON m.member = r.oid LEFT JOIN pg_roles g ON g.oid = m.roleid
    WHERE r.rolname IN (SELECT role_name FROM centre.kiosk UNION SELECT role_name FROM centre.staff)
    GROUP BY r.rolname, a.rolpassword, r.rolcanlogin, r.rolcreaterole, r.rolconnlimit, r.rolconfig
"""


@dataclass(frozen=True, slots=True)
class Holding:
    """What the centre holds of one kiosk: up to which receipt, how many, and a digest of them."""

    receipts: int
    registrations: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; `logins` is empty where the owner may not read them."""

    made_at: str
    version: str
    server: int
    holdings: Mapping[str, Holding]
    logins: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)

    @property
    def registrations(self) -> int:
        """How many registrations are in it."""
        return sum(holding.registrations for holding in self.holdings.values())


def take_manifest(connection: Connection) -> Manifest:
    """List what the centre holds as this transaction sees it; raises CentreFailure "C 16"."""
    version = install.version_of(connection)
    if not version:
        raise CentreFailure("C 16", "there is no centre in this database")
    server = int(str(connection.exec_driver_sql("SHOW server_version_num").scalar_one())) // 10_000
    may_read = connection.exec_driver_sql("SHOW is_superuser").scalar() == "on"
    logins: tuple[Mapping[str, Any], ...] = ()
    if may_read:
        rows = connection.exec_driver_sql(_LOGINS).mappings()
        logins = tuple(dict(row) for row in rows)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Manifest(now, version, server, holdings(connection), logins)


def holdings(connection: Connection) -> Mapping[str, Holding]:
    """Return what the centre holds of each kiosk, by the kiosk's id."""
    rows = connection.exec_driver_sql(_HOLDINGS)
    return {row.kiosk: Holding(row.receipts, row.registrations, row.digest) for row in rows}


def differing(said: Mapping[str, Holding], found: Mapping[str, Holding]) -> tuple[str, ...]:
    """Return the kiosks of which one has other than the other."""
    return tuple(sorted(kiosk for kiosk in {*said, *found} if said.get(kiosk) != found.get(kiosk)))


def as_bytes(manifest: Manifest) -> bytes:
    """Write it down."""
    return json.dumps(asdict(manifest)).encode()


def manifest_of(text: bytes) -> Manifest:
    """Read what `as_bytes` wrote."""
    said = json.loads(text)
    holdings = {kiosk: Holding(**holding) for kiosk, holding in said.pop("holdings").items()}
    return Manifest(holdings=holdings, logins=tuple(said.pop("logins")), **said)


def make_login(connection: Connection, login: Mapping[str, Any]) -> None:
    """A role of the centre as it was; one that is there already stays as it is."""
    is_there = connection.exec_driver_sql(
        "SELECT true FROM pg_roles WHERE rolname = %s", (login["role"],)
    ).scalar()
    if is_there:
        return
    role = roles.quoted(login["role"])
    options = ["LOGIN" if login["may_log_in"] else "NOLOGIN"]
    options += ["CREATEROLE"] if login["makes_roles"] else []
    options += [f"CONNECTION LIMIT {int(login['connections'])}"]
    options += [f"PASSWORD {_literal(login['verifier'])}"] if login["verifier"] else []
    connection.exec_driver_sql(
        f"CREATE ROLE {role} {' '.join(options)}", execution_options=_NO_PARAMETERS
    )
    for group in login["groups"]:
        connection.exec_driver_sql(f"GRANT {roles.quoted(group)} TO {role}")
    for setting in login["settings"]:
        name, _, value = setting.partition("=")
        connection.exec_driver_sql(
            f"ALTER ROLE {role} SET {roles.quoted(name)} = {_literal(value)}", _NO_PARAMETERS
        )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
