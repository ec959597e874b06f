"""Printers that announce themselves on the network (DNS-SD), as far as avahi is there to ask."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

BROWSE_S = 5.0
_FIELDS = 10
KINDS = {"_ipp._tcp": "ipp", "_ipps._tcp": "ipps"}
_ESCAPE = re.compile(r"\\([0-9]{3})")
_RESOURCE = re.compile(r'"rp=([^"]*)"')


class CannotBrowse(Exception):
    """Nobody listens to announcements here; the message says why."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A printer as it announces itself: its name, and its address in IPP."""

    name: str
    kind: str
    address: str


def browse(kinds: Iterable[str] = KINDS) -> list[Announced]:
    """Return the IPP printers that announce themselves; raises CannotBrowse."""
    program = shutil.which("avahi-browse")
    if program is None:
        raise CannotBrowse("avahi-utils is not installed")
    # A printer answers once for each network and each kind of address.
    found = [one for kind in kinds for one in parse(_ask(program, kind))]
    return list({(one.name, one.kind): one for one in reversed(found)}.values())


def _ask(program: str, kind: str) -> str:
    command = [program, "--resolve", "--parsable", "--terminate", kind]
    try:
        answer = subprocess.run(  # noqa: S603 - no shell; every argument is made here
            command, capture_output=True, timeout=BROWSE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotBrowse(f"avahi-browse: {type(error).__name__}") from None
    if answer.returncode != 0:
        said = answer.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise CannotBrowse(said or "avahi-browse failed")
    return answer.stdout.decode(errors="replace")


def parse(said: str) -> list[Announced]:
    """Read what `avahi-browse --resolve --parsable` says."""
    found = []
    for line in said.splitlines():
        fields = line.split(";", _FIELDS - 1)
        if fields[0] != "=" or len(fields) < _FIELDS or fields[4] not in KINDS:
            continue
        _, _, _, name, kind, _, host, _, port, notes = fields
        path = _RESOURCE.search(notes)
        address = f"{KINDS[kind]}://{host}:{port}/{path[1] if path else 'ipp/print'}"
        found.append(Announced(_unescaped(name), kind, address))
    return found


def _unescaped(name: str) -> str:
    """Return a name without avahi's escapes: decimal bytes, and a backslash before a dot."""
    plain = _ESCAPE.sub(lambda number: chr(int(number[1]) % 256), name).replace("\\", "")
    return plain.encode("latin-1", errors="replace").decode(errors="replace")


def is_announced(uri: str) -> bool:
    """Whether CUPS names a printer by its announcement: "dnssd://Name._ipp._tcp.local/"."""
    parts = urlsplit(uri)
    return parts.scheme == "dnssd" or unquote(parts.netloc).rstrip(".").endswith("._tcp.local")


def resolve(uri: str) -> str | None:
    """Return the address in IPP of a printer that CUPS names by its announcement, None where no
    such printer announces itself. Raises CannotBrowse, also where it speaks something else."""
    name, _, kind = unquote(urlsplit(uri).netloc).partition("._ipp")
    wanted = f"_ipp{kind}".partition("._tcp")[0] + "._tcp"
    if wanted not in KINDS:
        raise CannotBrowse("it does not speak IPP")
    found = browse([wanted])
    return next((one.address for one in found if one.name == name), None)
