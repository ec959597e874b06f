"""Acts under the shim: LD_PRELOAD=disk_shim.so python -m chaos.acting_child.

Each line on standard input asks for one act in a process of its own, which is forked; one line
answers how it ended. What was loaded and compiled before is shared, so that an act costs little.
"""

import ctypes
import json
import os
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import Any

from keeping import Kept

from kiosk.storage import engine, mending

from .acts import ACTS
from .shim import Mode

_shim = ctypes.CDLL(None)


class ShimStage:
    """Confirms into the shim's log, so that it is known between which writes."""

    def say(self, **told: object) -> None:
        _shim.chaos_note(json.dumps(told).encode())

    def heal(self) -> None:
        _shim.chaos_heal()


def act(asked: dict[str, Any]) -> None:
    """Do what is asked for, from the first pause of the act to the second under the shim."""
    if not asked["synchronous"]:
        off = "PRAGMA synchronous = OFF"
        pragmas = tuple(off if "synchronous" in one else one for one in engine.PRAGMAS)
        setattr(engine, "PRAGMAS", pragmas)  # noqa: B010
    folder, mode = Path(asked["folder"]), Mode[asked["mode"]]
    root, log = (str(path).encode() for path in (folder, folder.with_suffix(".log")))
    begin = partial(_shim.chaos_begin, root, log, mode, asked["at"], asked["error"])
    stage = ShimStage()
    steps = ACTS[asked["act"]].play(Kept(folder / "kiosk"), stage)
    if mode is Mode.TRACE:
        # From the start: what is not synced by then may still be lost.
        begin()
    next(steps)
    if mode is not Mode.TRACE:
        begin()
    stage.say(ready=True)
    next(steps)
    _shim.chaos_end()


def _nowhere(_folder: Path) -> str:
    return ""


def main() -> None:
    # Copies of a kiosk are not taken for copies.
    setattr(mending, "home_of", _nowhere)  # noqa: B010
    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                act(json.loads(line))
            except BaseException:  # noqa: BLE001
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
