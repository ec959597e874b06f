"""The shim misses nothing: it sees what the kernel is asked for, by the word of strace."""

import re
from collections import Counter
from pathlib import Path

from fault_printer import FaultPrinter

from .shim import Kind, read_log
from .theft import run

CALLS = {
    "write": Kind.WRITE,
    "pwrite64": Kind.WRITE,
    "ftruncate": Kind.TRUNCATE,
    "fsync": Kind.SYNC,
    "fdatasync": Kind.SYNC,
    "rename": Kind.RENAME,
    "renameat": Kind.RENAME,
    "renameat2": Kind.RENAME,
    "link": Kind.LINK,
    "linkat": Kind.LINK,
    "unlink": Kind.UNLINK,
    "unlinkat": Kind.UNLINK,
    "mkdir": Kind.MKDIR,
    "mkdirat": Kind.MKDIR,
}
KINDS = {*CALLS.values(), Kind.RMDIR}
IN_FOLDER = {"renameat", "renameat2", "linkat", "unlinkat", "mkdirat"}
OTHERS = ("writev", "pwritev", "pwritev2", "sendfile", "copy_file_range", "fallocate", "truncate")
"""Ways to change a file that a kiosk does not take."""
_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")


def test_the_shim_sees_every_call_that_strace_sees(tmp_path: Path) -> None:
    """Whole visits with drafts, slips, a list for the branch, a backup, a check and a purge."""
    trace, home = tmp_path / "strace", f"{tmp_path}/home"
    asked = ",".join((*CALLS, *OTHERS))
    strace = ["strace", "-f", "-qq", "-y", "-s", "0", "-o", str(trace), "-e", f"trace={asked}"]
    with FaultPrinter() as printer:
        log = run(tmp_path, "office_at_work", printer.uri, "2", under=strace)
    seen = Counter(
        (event.kind, event.path or event.other)
        for event in read_log(log)
        if event.kind in KINDS and event.path.startswith(home)
    )
    told = Counter(_events(trace.read_text("utf-8", "replace"), home))
    assert sum(seen.values()) > 300
    assert seen == told


def _events(lines: str, home: str) -> list[tuple[Kind, str]]:
    found = []
    for line in lines.splitlines():
        match = _LINE.match(line)
        if match is None or int(match[3]) < 0 or home not in match[2]:
            continue
        if match[1] == "fallocate" and "/room.reserve" in match[2]:
            continue
        assert match[1] in CALLS, line
        folder, *names = re.findall(r"[<\"]([^<>\"]*)[>\"]", match[2])
        path = Path(folder, names[0]) if match[1] in IN_FOLDER else Path(folder)
        kind = Kind.RMDIR if "AT_REMOVEDIR" in match[2] else CALLS[match[1]]
        found.append((kind, str(path)))
    return found
