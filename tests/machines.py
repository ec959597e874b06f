"""Machines to seal keys by: each with a secret of its system's own and, if wanted, a real TPM 2.0.

systemd-creds is the real one; the TPM is swtpm, which is one but for the chip.
"""

import os
import select
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.keys.passphrase import Cost

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
"""A try costs next to nothing, so that tests are quick."""
PASSPHRASE = "kobu tari meso lapi nade giro"


class Machine:
    """What of a machine is not on the disk that somebody copies, and its system's secret."""

    def __init__(self, folder: Path, *, tpm: bool) -> None:
        self.folder = folder
        self.secret = folder / "secret"
        self.tpm = folder / "tpm" if tpm else None

    def boot(self, patch: pytest.MonkeyPatch) -> None:
        """Let systemd-creds work as on this machine."""
        device = f"swtpm:path={self.tpm}" if self.tpm else str(self.folder / "no-tpm")
        patch.setenv("SYSTEMD_CREDENTIAL_SECRET", str(self.secret))
        patch.setenv("SYSTEMD_TPM2_DEVICE", device)
        patch.setenv("SYSTEMD_LOG_LEVEL", "err")
        patch.delenv("CREDENTIALS_DIRECTORY", raising=False)


@contextmanager
def machine(*, tpm: bool) -> Iterator[Machine]:
    """A machine that runs until the end of the test."""
    # The path of a socket must be short.
    folder = Path(tempfile.mkdtemp(prefix="tpm"))
    made = Machine(folder, tpm=tpm)
    try:
        if made.tpm is None:
            yield made
            return
        with _running_tpm(folder, made.tpm):
            yield made
    finally:
        shutil.rmtree(folder)


@contextmanager
def _running_tpm(folder: Path, socket: Path) -> Iterator[None]:
    (folder / "state").mkdir()
    command = ["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={folder / 'state'}"]
    command += ["--server", f"type=unixio,path={socket}"]
    command += ["--ctrl", f"type=unixio,path={socket}.ctrl", "--flags", "not-need-init"]
    # The command comes back once the TPM listens.
    subprocess.run([*command, "--daemon", "--pid", f"file={folder / 'pid'}"], check=True)
    process = os.pidfd_open(int((folder / "pid").read_text()))
    try:
        yield
    finally:
        signal.pidfd_send_signal(process, signal.SIGTERM)
        select.select([process], [], [])  # readable once the process is gone
        os.close(process)
