"""Runs programs that refuse root: in a user namespace, or else as nobody."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")
_NOBODY = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--")


def unprivileged(*command: str) -> list[str]:
    """The command that runs this one without root's name."""
    return [*_prefix(), *command]


def give(folder: Path) -> None:
    """Let the user of `unprivileged` own the folder and what is in it."""
    if _prefix() == _NOBODY:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "nobody", "nogroup")


@cache
def _prefix() -> tuple[str, ...]:
    if os.geteuid() != 0:
        return ()
    tried = subprocess.run([*_NAMESPACE, "true"], capture_output=True, check=False)
    # A container may forbid user namespaces.
    return _NAMESPACE if tried.returncode == 0 else _NOBODY
