"""How well the keys are protected from who has the disk: found out, not declared."""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk.keys.key_file import Bare, Guard, Locked, Sealed
from kiosk.keys.machine import Sealer, sealer_of

ROOT = Path("/")


class Protector(StrEnum):
    """What stands between a stolen disk and the keys, best first."""

    TPM = "tpm"
    PASSPHRASE = "passphrase"  # noqa: S105 (it names one)
    DISK = "disk"
    SYSTEM_FILE = "system_file"
    NOTHING = "nothing"


LEVELS = {
    Protector.TPM: 1,
    Protector.PASSPHRASE: 2,
    Protector.DISK: 2,
    Protector.SYSTEM_FILE: 3,
    Protector.NOTHING: 3,
}


@dataclass(frozen=True, slots=True)
class Protection:
    """The level, 1 the best and 3 the worst, and what makes it that."""

    by: Protector

    @property
    def level(self) -> int:
        """1: the machine, 2: a passphrase or an encrypted disk, 3: a file on the same disk."""
        return LEVELS[self.by]


def protection_of(guard: Guard, folders: tuple[Path, ...], root: Path = ROOT) -> Protection:
    """Return how keys under `guard` are protected; `folders` must all lie on an encrypted disk.

    `root`: where /sys and /proc are looked for.
    """
    match guard:
        case Locked():
            return Protection(Protector.PASSPHRASE)
        case Sealed(credential) if sealer_of(credential) is Sealer.TPM:
            return Protection(Protector.TPM)
    if all(is_encrypted(folder, root) for folder in folders):
        return Protection(Protector.DISK)
    match guard:
        case Sealed(credential) if sealer_of(credential) is Sealer.SYSTEM_FILE:
            return Protection(Protector.SYSTEM_FILE)
        case Sealed() | Bare():
            return Protection(Protector.NOTHING)


def is_encrypted(path: Path, root: Path = ROOT) -> bool:
    """Whether the file system of `path`, or of its nearest parent, lies on dm-crypt."""
    while not path.exists() and path != path.parent:
        path = path.parent
    device = path.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    return device_is_encrypted(_block_device(number, root), root)


def device_is_encrypted(number: str, root: Path = ROOT) -> bool:
    """Whether a block device, "major:minor", is dm-crypt or lies on nothing but such."""
    device = root / "sys/dev/block" / number
    try:
        if (device / "dm/uuid").read_text("ascii").startswith("CRYPT-"):
            return True
    except OSError:
        pass
    under = [entry / "dev" for entry in (device / "slaves").glob("*")]
    return bool(under) and all(
        device_is_encrypted(one.read_text("ascii").strip(), root) for one in under
    )


def _block_device(number: str, root: Path) -> str:
    """Return the device behind a file system that counts as one of its own, such as Btrfs."""
    if (root / "sys/dev/block" / number).exists():
        return number
    try:
        mounts = (root / "proc/self/mountinfo").read_text("utf-8").splitlines()
    except OSError:
        return number
    for mount in mounts:
        fields = mount.split()
        if fields[2] == number:
            source = Path(fields[fields.index("-") + 2])
            return _number_of(source) or number
    return number


def _number_of(source: Path) -> str | None:
    try:
        device = source.stat().st_rdev
    except OSError:
        return None
    return f"{os.major(device)}:{os.minor(device)}" if device else None
