"""What a kiosk tells the centre of itself, for whoever looks after all of them."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.clock import Clock
from kiosk.domain.centre import SyncStatus

MEGABYTE = 1024 * 1024


def health_of(status: SyncStatus, clock: Clock, folder: Path) -> Mapping[str, Any]:
    """Return numbers and words, nothing of a person; `folder` is the store's."""
    oldest = status.oldest_waiting_at
    return {
        "waiting": status.waiting,
        "oldest_waiting_at": oldest.isoformat() if oldest else "",
        "parked": status.parked,
        "differing": status.differing,
        "clock": clock.now().isoformat(timespec="seconds"),
        "clock_trusted": clock.is_trusted,
        "free_mb": _free_mb(folder),
    }


def _free_mb(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free // MEGABYTE
    except OSError:
        return 0
