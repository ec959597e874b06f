"""Sealing by the machine: systemd-creds, with the TPM where there is one.

What it makes can be opened only by this machine's TPM (and its system's own secret), or, without a
TPM, by a file of the system that lies on the same disk. Opening takes root: the unit does it
before the kiosk starts (deploy/anjungan.service) and hands the result over in memory.
"""

import os
import subprocess
from base64 import b64decode
from enum import StrEnum
from pathlib import Path

from kiosk.keys.files import KEY_BYTES, KeyFailure, give_to_owner_of_folder

NAME = "anjungan-keys"
DELIVERED = Path("/run/anjungan") / NAME
PROGRAM = "systemd-creds"
TIMEOUT_S = 60
ID_BYTES = 16


class Sealer(StrEnum):
    """What holds the other half of a seal."""

    TPM = "tpm"
    SYSTEM_FILE = "system_file"
    NOTHING = "nothing"


SEALERS = {
    "0c7cc07b117645919c4b0bea08bc20fe": Sealer.TPM,
    "faf7eb9341e3412ca1a436f95a29362f": Sealer.TPM,
    "93a894094874449090caf2fc93cab553": Sealer.TPM,
    "af4950a849134eb1a73846304ff30c05": Sealer.TPM,
    "5a1c6a86df9d4096b1d5a65e0862f19a": Sealer.SYSTEM_FILE,
}
"""The identifiers with which systemd's encrypted credentials begin: TPM, TPM with signed policy,
each with and without the system's secret; and the secret alone."""


def sealer_of(credential: str) -> Sealer:
    """Return what a credential really is sealed by, whatever was asked for."""
    try:
        return SEALERS.get(b64decode(credential)[:ID_BYTES].hex(), Sealer.NOTHING)
    except ValueError:
        return Sealer.NOTHING


def seal(key: bytes, with_key: str = "auto") -> str:
    """Return the credential that systemd-creds makes of a key; raises KeyFailure "K 15"."""
    made = _run(["encrypt", f"--with-key={with_key}", f"--name={NAME}", "-", "-"], key)
    return "".join(made.decode("ascii").split())


def unseal(credential: str) -> bytes:
    """Return the key of a credential: as handed over at the start, else by systemd-creds itself.

    Raises KeyFailure "K 15".
    """
    key = _delivered()
    if key is None:
        key = _run(["decrypt", f"--name={NAME}", "-", "-"], credential.encode("ascii"))
    if len(key) != KEY_BYTES:
        raise KeyFailure("K 15", "what was unsealed is not a key")
    return key


def deliver(credential: str, folder: Path) -> None:
    """Unseal as root and leave the key for the kiosk in `folder`, which lies in memory.

    Raises KeyFailure "K 15", and OSError for a folder that cannot be written.
    """
    key = _run(["decrypt", f"--name={NAME}", "-", "-"], credential.encode("ascii"))
    target = folder / NAME
    target.unlink(missing_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        give_to_owner_of_folder(descriptor, folder)


def _delivered() -> bytes | None:
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if not folder and os.geteuid() == 0:
        return None
    try:
        return (Path(folder) / NAME if folder else DELIVERED).read_bytes()
    except OSError:
        return None


def _run(arguments: list[str], given: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 (fixed arguments)
            [PROGRAM, *arguments], input=given, capture_output=True, timeout=TIMEOUT_S, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise KeyFailure("K 15", f"{PROGRAM}: {type(error).__name__}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = said[-1] if said else f"exit code {done.returncode}"
        raise KeyFailure("K 15", f"{PROGRAM} {arguments[0]}: {reason}")
    return done.stdout
