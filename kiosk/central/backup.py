"""A copy of the centre that is encrypted, and proven to open before anybody relies on it.

A kiosk may forget a registration only when a backup that was rehearsed holds it: `rehearse` marks
the backup as verified, and each kiosk is told up to which of its receipts it reaches.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from kiosk.central import install, roles
from kiosk.central.address import CentreAddress, Login, make_engine
from kiosk.central.failures import CentreFailure
from kiosk.central.programs import feed, find_program, output_of
from kiosk.central.sealed_file import NotOpened, SealedWriter, opened_pieces

SUFFIX = ".anjungan-centre"
_HEAD_BYTES = 8
_NO_PARAMETERS = {"no_parameters": True}
_READ_BYTES = 1 << 20
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

Told = Callable[[str, int], None]
"""Takes the name of the step that goes on, and how many bytes it is at."""


@dataclass(frozen=True, slots=True)
class Centre:
    """Where a centre is, and the login of its owner."""

    address: CentreAddress
    login: Login
    ca_folder: Path

    def named(self, database: str) -> "Centre":
        """The same server, another database."""
        return replace(self, address=replace(self.address, database=database))

    def reach(self) -> dict[str, Any]:
        """As the programs of PostgreSQL are told."""
        return {"address": self.address, "login": self.login, "ca_folder": self.ca_folder}


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


@dataclass(frozen=True, slots=True)
class BackedUp:
    """The file, whole and on the disk; nobody has tried yet whether it opens."""

    file: Path
    size_bytes: int
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The backup opened, and held what it should. `noted`: this centre knows it as its own, and
    kiosks are told."""

    manifest: Manifest
    noted: bool


@dataclass(frozen=True, slots=True)
class Differs:
    """The backup opened, but does not hold of these kiosks what its own list says."""

    kiosks: tuple[str, ...]


def _untold(_step: str, _bytes: int) -> None:
    pass


def back_up(centre: Centre, folder: Path, key: bytes, tell: Told = _untold) -> BackedUp:
    """Write a backup of the centre into a folder, as it stands at one moment.

    Raises CentreFailure: "C 12" to "C 14" as install.installing, "C 16" where there is no centre,
    "C 18" without pg_dump, "C 19" when that fails, "C 20" when the file cannot be written.
    """
    tell("list", 0)
    with _snapshot(centre) as (connection, snapshot):
        manifest = _manifest(connection)
        program = find_program("pg_dump", manifest.server)
        name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}{SUFFIX}"
        file = folder / name
        options = ("-Fc", f"--snapshot={snapshot}", "--no-comments")
        with (
            _written_whole(file) as part,
            output_of(program, *options, **centre.reach()) as dump,
        ):
            size, digest = _seal(part, key, manifest, dump, tell)
    with install.installing(centre.address, centre.login, centre.ca_folder) as connection:
        _note(connection, name, size, digest, manifest)
    return BackedUp(file, size, manifest)


def rehearse(centre: Centre, file: Path, key: bytes, tell: Told = _untold) -> Rehearsed | Differs:
    """Restore a backup into a database made for that, compare, and throw it away again.

    Raises CentreFailure as `back_up`; "C 21" for a file that does not open.
    """
    manifest = read_manifest(file, key)
    scratch = centre.named(f"{centre.address.database}_check_{secrets.token_hex(3)}")
    install.create_database(scratch.address, scratch.login, scratch.ca_folder)
    try:
        _fill(scratch, file, key, manifest, tell)
        tell("compare", 0)
        with install.installing(scratch.address, scratch.login, scratch.ca_folder) as connection:
            restored = _holdings(connection)
    finally:
        _drop(scratch)
    differing = _differing(manifest.holdings, restored)
    if differing:
        return Differs(differing)
    with install.installing(centre.address, centre.login, centre.ca_folder) as connection:
        return Rehearsed(manifest, noted=_note_verified(connection, _digest_of(file)))


def restore(centre: Centre, file: Path, key: bytes, tell: Told = _untold) -> Manifest:
    """Make a centre of a backup, in a database that must not exist yet; logins included.

    Kiosks and staff get in as before. What kiosks handed in later they hand in again by themselves:
    they show a receipt that this centre has never given. Raises CentreFailure as `rehearse`; "C 15"
    when the database exists.
    """
    manifest = read_manifest(file, key)
    if not install.create_database(centre.address, centre.login, centre.ca_folder):
        raise CentreFailure("C 15", f"the database {centre.address.database} exists already")
    with install.installing(centre.address, centre.login, centre.ca_folder) as connection:
        roles.make_groups(connection)
        for login in manifest.logins:
            _make_login(connection, login)
    _fill(centre, file, key, manifest, tell)
    tell("rights", 0)
    with install.installing(centre.address, centre.login, centre.ca_folder) as connection:
        install.upgrade(connection)
    return manifest


def read_manifest(file: Path, key: bytes) -> Manifest:
    """Read what a backup says of itself; raises CentreFailure "C 21"."""
    with _opened(file, key) as (manifest, _):
        return manifest


def _manifest(connection: Connection) -> Manifest:
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
    return Manifest(now, version, server, _holdings(connection), logins)


def _holdings(connection: Connection) -> Mapping[str, Holding]:
    rows = connection.exec_driver_sql(_HOLDINGS)
    return {row.kiosk: Holding(row.receipts, row.registrations, row.digest) for row in rows}


def _differing(said: Mapping[str, Holding], found: Mapping[str, Holding]) -> tuple[str, ...]:
    return tuple(sorted(kiosk for kiosk in {*said, *found} if said.get(kiosk) != found.get(kiosk)))


@contextmanager
def _snapshot(centre: Centre) -> Iterator[tuple[Connection, str]]:
    """A transaction that sees one moment, and the name by which pg_dump sees the same."""
    with install.installing(centre.address, centre.login, centre.ca_folder) as connection:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        yield connection, str(snapshot)


@contextmanager
def _written_whole(file: Path) -> Iterator[Any]:
    """A file that has its name only once all of it is on the disk."""
    part = file.with_name(f"{file.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as written:
            yield written
        part.rename(file)
        folder = os.open(file.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except OSError as error:
        reason = error.strerror or "no room"
        raise CentreFailure("C 20", f"the backup cannot be written: {reason}") from None
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


class _Counting:
    """Counts and digests what is written through it."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.size, self.digest = 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.digest.update(data)
        return int(self._file.write(data))

    def flush(self) -> None:
        self._file.flush()

    def fileno(self) -> int:
        return int(self._file.fileno())


def _seal(
    file: Any, key: bytes, manifest: Manifest, dump: Iterator[bytes], tell: Told
) -> tuple[int, str]:
    counting = _Counting(file)
    writer = SealedWriter(counting, key)
    head = json.dumps(asdict(manifest)).encode()
    for piece in chain((len(head).to_bytes(_HEAD_BYTES, "big"), head), dump):
        writer.write(piece)
        tell("copy", counting.size)
    writer.finish()
    return counting.size, counting.digest.hexdigest()


@contextmanager
def _opened(file: Path, key: bytes) -> Iterator[tuple[Manifest, Iterator[bytes]]]:
    try:
        with file.open("rb") as sealed:
            pieces = opened_pieces(sealed, key)
            held = bytearray()
            for piece in pieces:
                held += piece
                end = _HEAD_BYTES + int.from_bytes(held[:_HEAD_BYTES], "big")
                if len(held) >= end:
                    break
            manifest = _manifest_of(bytes(held[_HEAD_BYTES:end]))
            yield manifest, chain((bytes(held[end:]),), pieces)
    except NotOpened as reason:
        raise CentreFailure("C 21", f"{file.name} does not open: {reason}") from None
    except OSError as error:
        raise CentreFailure("C 21", f"{file.name} cannot be read: {error.strerror}") from None


def _manifest_of(text: bytes) -> Manifest:
    said = json.loads(text)
    holdings = {kiosk: Holding(**holding) for kiosk, holding in said.pop("holdings").items()}
    return Manifest(holdings=holdings, logins=tuple(said.pop("logins")), **said)


def _fill(centre: Centre, file: Path, key: bytes, manifest: Manifest, tell: Told) -> None:
    program = find_program("pg_restore", manifest.server)
    options = ("--exit-on-error", "--single-transaction", "-d", centre.address.database)
    with _opened(file, key) as (_, pieces):
        feed(program, *options, pieces=_counted(pieces, tell), **centre.reach())


def _counted(pieces: Iterator[bytes], tell: Told) -> Iterator[bytes]:
    at = 0
    for piece in pieces:
        at += len(piece)
        tell("restore", at)
        yield piece


def _drop(scratch: Centre) -> None:
    there = scratch.named("postgres")
    engine = make_engine(there.address, there.login, there.ca_folder)
    try:
        with engine.connect() as connection:
            name = roles.quoted(scratch.address.database)
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    finally:
        engine.dispose()


def _note(connection: Connection, name: str, size: int, digest: str, manifest: Manifest) -> None:
    backup_id = connection.exec_driver_sql(
        "INSERT INTO centre.backup (place, size_bytes, sha256) VALUES (%s, %s, %s) RETURNING id",
        (name, size, digest),
    ).scalar_one()
    for kiosk, holding in manifest.holdings.items():
        connection.exec_driver_sql(
            "INSERT INTO centre.backup_covers (backup_id, kiosk_id, receipt) VALUES (%s, %s, %s)",
            (backup_id, kiosk, holding.receipts),
        )


def _note_verified(connection: Connection, digest: str) -> bool:
    noted = connection.exec_driver_sql(
        "UPDATE centre.backup SET verified_at = clock_timestamp() WHERE sha256 = %s", (digest,)
    )
    return noted.rowcount > 0


def _digest_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as read:
        while some := read.read(_READ_BYTES):
            digest.update(some)
    return digest.hexdigest()


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _make_login(connection: Connection, login: Mapping[str, Any]) -> None:
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
