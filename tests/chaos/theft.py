"""Traces all that a program writes, wherever, and searches it for people."""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from private_cups import PrivateCups
from samples import ROOT

from .searching import found_in
from .shim import Kind, build, read_log

Places = Mapping[str, bytes]
"""All that was ever written to a file, by its path."""
WITHOUT_CONTENT = ("-shm", "/room.reserve")
"""Files that others change than by writing: places in the log by SQLite, and room held back."""
Hit = tuple[str, str]
"""A path, and what of a person is there."""


def trace(folder: Path, module: str, *arguments: str) -> Places:
    """Run a module of this package with a home of its own; returns all that it wrote anywhere.

    Also what was written over or deleted since: it is still on the disk. Names count as written.
    """
    log = run(folder, module, *arguments)
    written = _written(log)
    log.unlink()
    return written | files_in(folder / "home")


def run(folder: Path, module: str, *arguments: str, under: Sequence[str] = ()) -> Path:
    """Run a module under the shim (and another program), at home in `folder`; returns the log."""
    home, log = folder / "home", folder / "log"
    (home / "tmp").mkdir(parents=True)
    paths = [ROOT, *(ROOT / "tests" / part for part in ("", "storage", "handover", "printing"))]
    environment = {name: value for name, value in os.environ.items() if name[:4] != "XDG_"}
    environment |= {
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "LD_PRELOAD": str(build(folder)),
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [*under, sys.executable, "-m", f"chaos.{module}", str(log), *arguments]
    with (home / "errors").open("wb") as errors:
        subprocess.run(command, check=True, env=environment, stdout=errors, stderr=errors)
    return log


def _written(log: Path) -> dict[str, bytes]:
    places: defaultdict[str, bytearray] = defaultdict(bytearray)
    for event in read_log(log):
        assert event.kind is not Kind.UNKNOWN or event.path.endswith(WITHOUT_CONTENT), event.path
        for name in filter(None, (event.path, event.other)):
            places[name].extend(event.data if name == event.path else b"")
    return {f"{name} (written)": bytes(content) for name, content in places.items()}


def files_in(*folders: Path) -> dict[str, bytes]:
    """All files in folders as they are now."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes() for path in files}


def hits(places: Places) -> set[Hit]:
    """Find everybody, in contents and in names."""
    return {
        (name, kind)
        for name, content in places.items()
        for kind in found_in(content) | found_in(name.encode())
    }


@contextmanager
def files_of(cups: PrivateCups, log: Path) -> Iterator[set[str]]:
    """Follow a CUPS and all that it starts; the set holds in the end what was opened to write."""
    opened: set[str] = set()
    command = [
        "strace",
        "-f",
        "-qq",
        "-s",
        "4096",
        "-y",
        "-o",
        str(log),
        "-p",
        str(cups.process_id),
    ]
    rules = ["-e", "trace=open,openat,creat,rename,renameat,renameat2", "-e", "signal=none"]
    strace = subprocess.Popen([*command, *rules], stderr=subprocess.PIPE, text=True)
    try:
        yield opened
    finally:
        strace.terminate()
        strace.communicate()
        opened.update(_opened_to_write(log.read_text("utf-8", "replace").splitlines()))


def _opened_to_write(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        is_new_name = "rename" in line
        if is_new_name or any(flag in line for flag in ("O_WRONLY", "O_RDWR", "O_CREAT", "creat(")):
            yield from line.split('"')[1::2]
