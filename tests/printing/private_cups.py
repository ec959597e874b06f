"""A CUPS of one's own: the real cupsd in a folder, on a free port of loopback, without D-Bus."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from fault_printer import FaultPrinter

from printing.ipp_client import Address, parse_address

_FILES = """\
CacheDir {root}/cache
RequestRoot {root}/spool
ServerRoot {root}
StateDir {root}/state
TempDir {root}/spool/tmp
Printcap {root}/printcap
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
FileDevice Yes
SystemGroup {staff}
User {user}
Group {group}
"""
_DAEMON = """\
Listen 127.0.0.1:{port}
Listen {root}/socket
LogLevel debug
Browsing Off
DefaultShared No
WebInterface No
DirtyCleanInterval 0
JobRetryInterval 1
PreserveJobFiles No
MaxLogSize 0
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  <Limit Create-Job Print-Job Print-URI Validate-Job>
    Order deny,allow
  </Limit>
  <Limit Send-Document Cancel-Job Get-Job-Attributes>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit CUPS-Add-Modify-Printer CUPS-Delete-Printer CUPS-Get-Devices>
    AuthType Default
    Require user @SYSTEM
    Order deny,allow
  </Limit>
  <Limit Pause-Printer Resume-Printer CUPS-Accept-Jobs CUPS-Reject-Jobs>
    AuthType Default
    Require user @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
QUEUE = "slip"
_PROGRAMS = "/usr/sbin:/usr/bin:/sbin:/bin"
SOON_S = 60.0


def until(is_so: Callable[[], bool]) -> None:
    """Wait for what a real CUPS does in its own time."""
    end = time.monotonic() + SOON_S
    while not is_so():
        assert time.monotonic() < end, "it does not come to that"
        time.sleep(0.02)


@dataclass
class PrivateCups:
    """A running cupsd; a context manager that ends it with everything it started."""

    root: Path
    port: int = field(default=0)
    _daemon: "subprocess.Popen[bytes] | None" = None

    def __enter__(self) -> Self:
        self.port = _free_port()
        me = pwd.getpwuid(os.geteuid()).pw_name
        is_root = os.geteuid() == 0
        user, group, staff = ("lp", "lp", "root") if is_root else (me, "lp", _group())
        for folder in ("cache", "spool/tmp", "state", "ppd", "ssl"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        self._write("cups-files.conf", _FILES, user=user, group=group, staff=staff)
        self._write("cupsd.conf", _DAEMON)
        if is_root:
            for path in (self.root, *self.root.rglob("*")):
                shutil.chown(path, group=group)
                path.chmod(0o770 if path.is_dir() else 0o640)
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _write(self, name: str, template: str, **values: str) -> None:
        text = template.format(root=self.root, port=self.port, **values)
        (self.root / name).write_text(text, encoding="utf-8")

    @property
    def is_running(self) -> bool:
        """It was started and not ended."""
        return self._daemon is not None

    @property
    def process_id(self) -> int:
        """Of the cupsd that runs."""
        assert self._daemon is not None
        return self._daemon.pid

    @property
    def address(self) -> Address:
        """Where it listens, for the program."""
        return replace(parse_address("ipp://localhost/"), socket=self.socket)

    @property
    def socket(self) -> Path:
        """Where it listens beside its port."""
        return self.root / "socket"

    def start(self) -> None:
        """Start, and wait until it answers."""
        cupsd = shutil.which("cupsd", path=_PROGRAMS)
        assert cupsd is not None, "cupsd is not installed"
        self._daemon = subprocess.Popen(
            [
                *(cupsd, "-f", "-c", str(self.root / "cupsd.conf")),
                *("-s", str(self.root / "cups-files.conf")),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until(self._answers)

    def _answers(self) -> bool:
        assert self._daemon is not None
        assert self._daemon.poll() is None, "cupsd ended: " + self.log()
        # It listens at the socket last.
        with socket.socket(socket.AF_UNIX) as asking:
            try:
                asking.connect(str(self.socket))
            except OSError:
                return False
        return True

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it, and what it started, as systemd does with a service."""
        if self._daemon is None:
            return
        children = _children(self._daemon.pid)
        self._daemon.send_signal(how)
        if how == signal.SIGKILL:
            _kill(children)
        self._daemon.wait(SOON_S)
        _kill(children)
        self._daemon = None

    def restart(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it by a signal, and start it again."""
        self.stop(how)
        self.start()

    def add_queue(self, name: str, uri: str, *options: str) -> None:
        """Make a queue that is switched on."""
        self.run("lpadmin", "-p", name, "-v", uri, *options, "-E")

    def run(self, program: str, *arguments: str) -> str:
        """Run one of CUPS's programs against it."""
        found = shutil.which(program, path=_PROGRAMS)
        assert found is not None, f"{program} is not installed"
        done = subprocess.run(
            [found, "-h", str(self.socket), *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
        assert done.returncode == 0, f"{program}: {done.stdout} {done.stderr} {self.log()[-3000:]}"
        return done.stdout

    def log(self) -> str:
        """What it wrote."""
        file = self.root / "error_log"
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""


@contextmanager
def running_cups() -> Iterator[PrivateCups]:
    """A CUPS in a folder of its own."""
    # pytest's own folders may not be entered by CUPS's user, and their names are too long for a
    # socket.
    root = Path(tempfile.mkdtemp(prefix="cups-"))
    try:
        with PrivateCups(root) as running:
            yield running
    finally:
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def queued_printer(cups: PrivateCups) -> Iterator[FaultPrinter]:
    """A printer with a queue that hands it PDF as it is."""
    with FaultPrinter() as printer:
        cups.add_queue(QUEUE, printer.uri, "-m", "raw")
        try:
            yield printer
        finally:
            cups.run("cancel", "-a", "-x", QUEUE)
            cups.run("lpadmin", "-x", QUEUE)


def _children(parent: int) -> list[int]:
    """Filters and backends, each in a process group of its own."""
    file = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(child) for child in file.read_text(encoding="ascii").split()]


def _kill(processes: list[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _group() -> str:
    import grp

    return grp.getgrgid(os.getegid()).gr_name
