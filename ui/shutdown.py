"""Switching the computer off."""

import logging
import subprocess

from kiosk.logs.entries import NoPowerOff

log = logging.getLogger("anjungan.desk")

TIMEOUT_S = 30


def shut_down() -> bool:
    """Ask the system to switch the computer off; False when it refuses or cannot be asked."""
    try:
        subprocess.run(
            ["systemctl", "poweroff"],  # noqa: S607 (where it lies depends on the system)
            check=True,
            timeout=TIMEOUT_S,
            capture_output=True,
        )
    except (OSError, subprocess.SubprocessError) as refused:
        log.warning(NoPowerOff(type(refused)))
        return False
    return True
