"""PostgreSQL's own programs, which make a copy of the centre and read it back."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from kiosk.central.address import CentreAddress, Login, connect_arguments
from kiosk.central.failures import CentreFailure

_DEBIAN = Path("/usr/lib/postgresql")
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
}
_TIMEOUT_S = 30
_READ_BYTES = 1 << 20


def find_program(name: str, server: int) -> str:
    """Return the path of pg_dump or pg_restore, no older than the server's main version.

    Raises CentreFailure "C 41" naming what to install.
    """
    for folder in sorted(_DEBIAN.glob("*/bin"), key=_version_of):
        if _version_of(folder) >= server and (folder / name).exists():
            return str(folder / name)
    found = shutil.which(name)
    if found is None or _version_said_by(found) < server:
        raise CentreFailure(
            "C 41", f"{name} {server} or newer is missing: install postgresql-client-{server}"
        )
    return found


@contextmanager
def output_of(
    program: str, *options: str, address: CentreAddress, login: Login, ca_folder: Path
) -> Iterator[Iterator[bytes]]:
    """Run a program at the centre and give what it writes, piece by piece.

    Raises CentreFailure "C 42" at the end if the program failed.
    """
    with TemporaryFile() as errors:
        running = subprocess.Popen(  # noqa: S603
            [program, *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(address, login, ca_folder),
        )
        written = running.stdout
        assert written is not None
        with running:
            try:
                yield iter(lambda: written.read(_READ_BYTES), b"")
            except BaseException:
                running.kill()
                raise
        _refuse_failure(program, running.returncode, errors)


def feed(
    program: str,
    *options: str,
    pieces: Iterable[bytes],
    address: CentreAddress,
    login: Login,
    ca_folder: Path,
) -> None:
    """Run a program at the centre that reads these pieces; raises CentreFailure "C 42"."""
    with TemporaryFile() as errors:
        running = subprocess.Popen(  # noqa: S603
            [program, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=_environment(address, login, ca_folder),
        )
        assert running.stdin is not None
        try:
            for piece in pieces:
                running.stdin.write(piece)
            running.stdin.close()
        except BrokenPipeError:
            pass  # it says why
        except BaseException:
            running.kill()
            raise
        finally:
            running.wait()
        _refuse_failure(program, running.returncode, errors)


def _environment(address: CentreAddress, login: Login, ca_folder: Path) -> dict[str, str]:
    """By the environment, since every user of the machine can read a command line."""
    said = connect_arguments(address, login, ca_folder, _TIMEOUT_S)
    given = {_VARIABLES[name]: str(value) for name, value in said.items() if name in _VARIABLES}
    return {**os.environ, "LC_ALL": "C", **given}


def _refuse_failure(program: str, code: int, errors: IO[bytes]) -> None:
    if code == 0:
        return
    errors.seek(0)
    # Only the first line: a later one, such as CONTEXT, may repeat a row.
    said = errors.read(500).decode("utf-8", "replace").partition("\n")[0]
    raise CentreFailure("C 42", f"{Path(program).name} failed: {said}")


def _version_of(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdecimal() else 0


def _version_said_by(program: str) -> int:
    said = subprocess.run(  # noqa: S603
        [program, "--version"], capture_output=True, text=True, check=False
    ).stdout
    digits = said.rpartition(" ")[2].partition(".")[0]
    return int(digits) if digits.strip().isdecimal() else 0
