"""A PostgreSQL of the tests' own: Debian's binaries in a folder, on a free port of loopback."""

import os
import random
import secrets
import select
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from central.authority import Authority
from central.unprivileged import give, unprivileged
from central.waiting import SOON_S, until

OWNER = "postgres"
"""The login that may do everything."""
HOST = "127.0.0.1"
_OLDEST = 15
_PLACES = Path("/usr/lib/postgresql")
_SETTINGS = """\
listen_addresses = '{addresses}'
unix_socket_directories = ''
port = {port}
max_connections = 100
shared_buffers = 64MB
max_wal_senders = 4
wal_keep_size = 64MB
hot_standby = on
password_encryption = 'scram-sha-256'
ssl = on
ssl_ca_file = '{folder}/ca.pem'
ssl_cert_file = '{folder}/server.pem'
ssl_key_file = '{folder}/server.key'
log_min_messages = warning
jit = off
timezone = 'UTC'
autovacuum_naptime = 1h
fsync = {fsync}
"""
_ACCESS = """\
host all all 127.0.0.1/32 scram-sha-256
host replication postgres 127.0.0.1/32 scram-sha-256
hostssl all all all scram-sha-256
"""


def binaries() -> Path:
    """The folder of Debian's newest PostgreSQL."""
    found = [(_major(folder), folder) for folder in _PLACES.glob("*/bin") if _is_whole(folder)]
    newest = max(found, default=(0, Path()))
    assert newest[0] >= _OLDEST, "PostgreSQL 15 or newer is not installed: deploy/prepare.sh dev"
    return newest[1]


@dataclass
class Cluster:
    """A cluster in `folder`. A commit outlasts a killed server; with `safe`, a machine's end too.

    `address`: where it is reached besides loopback.
    """

    folder: Path
    safe: bool = False
    address: str = HOST
    port: int = 0
    password: str = field(default_factory=lambda: secrets.token_hex(12), repr=False)
    _server: "subprocess.Popen[bytes] | None" = None

    @property
    def data(self) -> Path:
        """PGDATA."""
        return self.folder / "data"

    @property
    def authority(self) -> Path:
        """The CA's certificate that vouches for 127.0.0.1 and localhost."""
        return self.folder / "ca.pem"

    @property
    def process_id(self) -> int:
        """Of the server that runs."""
        assert self._server is not None
        return self._server.pid

    def create(self) -> None:
        """Make an empty cluster."""
        given = self.folder / "password"
        given.write_text(self.password, encoding="ascii")
        Authority.new().write_server(self.folder, self.address)
        give(self.folder)
        self.run(
            *("initdb", "-D", str(self.data), "-U", OWNER, "-E", "UTF8", "--no-sync"),
            *("--locale=C.UTF-8", f"--pwfile={given}", "--auth=scram-sha-256"),
        )
        (self.data / "pg_hba.conf").write_text(_ACCESS, encoding="ascii")
        self.write_settings()

    def create_standby_of(self, primary: "Cluster", name: str) -> None:
        """Copy a running cluster; started, it follows that one under the name."""
        for file in ("ca.pem", "server.pem", "server.key"):
            shutil.copy(primary.folder / file, self.folder / file)
        give(self.folder)
        self.password = primary.password
        self.run(
            *("pg_basebackup", "-D", str(self.data), "-R", "-c", "fast", "--no-sync"),
            *("-d", primary.url(application_name=name)),
        )
        self.write_settings()

    def write_settings(self, **more: str) -> None:
        """Write its settings anew, with these besides; they count from the next start on."""
        self.port = self.port or _free_port()
        on = "on" if self.safe else "off"
        text = _SETTINGS.format(
            addresses=HOST if self.address == HOST else "*",
            port=self.port,
            folder=self.folder,
            fsync=on,
        )
        text += "".join(f"{name} = '{value}'\n" for name, value in more.items())
        (self.data / "postgresql.conf").write_text(text, encoding="ascii")

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                # The server ends with the process that started it, whatever becomes of that.
                unprivileged(
                    *("setpriv", "--pdeathsig", "QUIT", "--"),
                    *(str(binaries() / "postgres"), "-D", str(self.data)),
                ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
            )
        self._wait_for("ready", "standby")

    def reload(self) -> None:
        """Let the settings count that need no start."""
        os.kill(self.process_id, signal.SIGHUP)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Shut down: SIGINT in order, SIGQUIT at once, as if the program crashed."""
        if self._server is None:
            return
        self._server.send_signal(how)
        try:
            self._server.wait(SOON_S)
        except subprocess.TimeoutExpired:
            self.kill()
        self._server = None

    def kill(self) -> None:
        """kill -9 of the server and all that it started, as a machine that is switched off."""
        if self._server is None:
            return
        server = self._server.pid
        self._server.send_signal(signal.SIGSTOP)
        until(lambda: _is_stopped(server))
        others = [os.pidfd_open(child) for child in children(server)]
        self._server.kill()
        self._server.wait()
        for other in others:
            with suppress(ProcessLookupError):  # it noticed by itself
                signal.pidfd_send_signal(other, signal.SIGKILL)
            select.select([other], [], [])  # readable once the process is gone
            os.close(other)
        self._server = None

    def restart(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop by a signal (SIGKILL too), and start again on the same port."""
        if how is signal.SIGKILL:
            self.kill()
        else:
            self.stop(how)
        self.start()

    def promote(self) -> None:
        """Make a primary of the standby; back once it takes writes."""
        self.run("pg_ctl", "promote", "-D", str(self.data), "-w")

    def url(
        self, database: str = "postgres", user: str = OWNER, password: str = "", **options: str
    ) -> str:
        """libpq's URL for a login; `options` such as sslmode="disable"."""
        secret = password or self.password
        query = "&".join(f"{name}={quote(value)}" for name, value in options.items())
        return f"postgresql://{user}:{quote(secret)}@{HOST}:{self.port}/{database}?{query}"

    def connect(self, database: str = "postgres") -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection of the owner that commits each statement."""
        return psycopg.connect(self.url(database, sslmode="disable"), autocommit=True)

    def run(self, program: str, *arguments: str) -> str:
        """Run one of PostgreSQL's programs as the server's user."""
        done = subprocess.run(
            unprivileged(str(binaries() / program), *arguments),
            capture_output=True,
            text=True,
            timeout=SOON_S,
            check=False,
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C"},
        )
        assert done.returncode == 0, f"{program}: {done.stdout[-1000:]} {done.stderr[-1000:]}"
        return done.stdout

    def log(self) -> str:
        """What the server wrote."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def _wait_for(self, *states: str) -> None:
        def is_there() -> bool:
            assert self._server is not None
            assert self._server.poll() is None, f"the server ended: {self.log()[-2000:]}"
            return self._state() in states

        until(is_there)

    def _state(self) -> str:
        """The last line of postmaster.pid, if this server wrote it."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return ""
        is_ours = len(lines) >= 8 and lines[0] == str(self.process_id)
        return lines[7].strip() if is_ours else ""


@contextmanager
def running_cluster(*, safe: bool = False, address: str = HOST) -> Iterator[Cluster]:
    """An empty cluster that runs; it is gone afterwards."""
    with cluster_folders(1) as (folder,):
        cluster = Cluster(folder, safe, address)
        try:
            cluster.create()
            cluster.start()
            yield cluster
        finally:
            cluster.stop(signal.SIGQUIT)


@contextmanager
def cluster_folders(count: int) -> Iterator[Sequence[Path]]:
    """Folders for clusters; pytest's own may not be entered by another user."""
    folders = [Path(tempfile.mkdtemp(prefix="pg-")).resolve() for _ in range(count)]
    try:
        yield folders
    finally:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


def children(parent: int) -> list[int]:
    """The process ids of the server's processes."""
    file = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(child) for child in file.read_text(encoding="ascii").split()]


def _is_stopped(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    return stat.rpartition(")")[2].split()[0] == "T"


def _major(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdecimal() else 0


def _is_whole(folder: Path) -> bool:
    return all((folder / name).exists() for name in ("initdb", "postgres", "pg_basebackup"))


def _free_port() -> int:
    """Below those the system gives away, so that it stays ours while the server is down."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as found, suppress(OSError):
            found.bind((HOST, port))
            return port
