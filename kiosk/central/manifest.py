"""What a backup of the centre says of itself: how much it holds of each kiosk, and the logins."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from kiosk.central import install, roles
from kiosk.central.failures import CentreFailure
from kiosk.central.logins import (
    KIOSK_CONNECTIONS,
    STAFF_CONNECTIONS,
    end_login,
    has_login,
    make_login_as_it_was,
)

_HOLDINGS = """
    SELECT k.id::text AS kiosk, k.receipts, count(r.id) AS registrations,
           encode(sha256(coalesce(string_agg(
               convert_to(r.id::text || ':' || r.revision || ':', 'UTF8') || r.hash, ''
               ORDER BY r.id), '')), 'hex') AS digest
    FROM centre.kiosk k LEFT JOIN centre.registration r ON r.kiosk_id = k.id
    GROUP BY k.id
"""
_LOGINS = """
    SELECT a.rolname AS role, 'anjungan_' || l.kind AS "group",
           coalesce(a.rolpassword, '') AS verifier, a.rolcanlogin AS may_log_in
    FROM (SELECT role_name, 'kiosk' AS kind FROM centre.kiosk
          UNION ALL SELECT role_name, role FROM centre.staff) l
    JOIN pg_authid a ON a.rolname = l.role_name
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
    """Make a login as it was; one that is there already stays as it is."""
    role, group = str(login["role"]), str(login["group"])
    if has_login(connection, role):
        return
    if group not in roles.GROUPS:
        raise CentreFailure("C 44", "the backup has a login of no group of the centre")
    connections = KIOSK_CONNECTIONS if role.startswith("kiosk_") else STAFF_CONNECTIONS
    make_login_as_it_was(connection, role, group, str(login["verifier"]), connections)
    if not login["may_log_in"]:
        end_login(connection, role)
