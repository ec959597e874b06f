"""A kiosk hands in over an emulated bad line; writes what it saw as JSON.

slow_line_child.py FOLDER LOSS RECORDS CONTROL, as root, with the tests' folders in PYTHONPATH;
CONTROL is how TCP reacts to loss (cubic, bbr). The whole process goes into networks of its own.
"""

import json
import os
import socket
import sys
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from central.cluster import HOST, running_cluster
from central.fixtures import Centre, install_centre
from central.kiosks import Kiosks
from central.slow_link import CENTRE, Link, enter_network, run_at_far_end
from sqlalchemy import event
from sync.at_work import Impatient, KioskAtWork, centre_has
from sync.office import Faults, make_empty

from kiosk.storage.centre import Membership
from kiosk.sync.line import CallOutcome
from kiosk.sync.talk import Caller

NUMBER = "10917"
LEARNING = 60


@dataclass
class Counting(Impatient):
    """A line that notes the bytes of what is asked."""

    asked: list[int]

    def call(self, function: str, request: str, patience_s: float) -> CallOutcome:
        """Call by the line."""
        self.asked.append(len(request.encode()))
        return super().call(function, request, patience_s)


@dataclass
class FarKiosk(KioskAtWork):
    """A kiosk at the other end, with a login that was made before."""

    control: str = ""
    asked: list[int] = field(default_factory=list)
    """The bytes of each question."""
    steps: list[tuple[float, int, str, int]] = field(default_factory=list)
    """After each exchange: seconds, how many wait, what came of it, and the bytes of it."""

    def enrol(self) -> None:
        """It was."""

    def membership(self) -> Membership:
        """The way over the line."""
        known = super().membership()
        return replace(known, hosts=tuple(host.replace(HOST, CENTRE) for host in known.hosts))

    def _faults(self) -> Faults:
        made = super()._faults()
        event.listen(made.line._engine, "connect", self._choose_control)
        return made

    def _choose_control(self, driver: Any, _record: object) -> None:
        with socket.socket(fileno=os.dup(driver.fileno())) as connected:
            connected.setsockopt(
                socket.IPPROTO_TCP, socket.TCP_CONGESTION, self.control.encode("ascii")
            )

    def caller_by(self, line: Caller) -> Impatient:
        """It waits as long as an office's."""
        return Counting(line, 1000.0, self.asked)

    def hand_in_all(self) -> float:
        """Exchange until nothing waits; returns the seconds it took."""
        began = time.monotonic()
        while not self.steps or self.waits():
            came = type(self.talk.once()).__name__
            at_s = round(time.monotonic() - began, 1)
            self.steps.append((at_s, self.waits(), came, self.asked[-1]))
        return time.monotonic() - began


def work(kiosk: FarKiosk, records: int) -> bytes:
    """Meet the centre, learn what the line carries, and hand in so many records."""
    meeting_s = kiosk.hand_in_all()
    kiosk.register_many(LEARNING)
    learning_s = kiosk.hand_in_all()
    met = len(kiosk.steps)
    kiosk.register_many(records)
    took_s = kiosk.hand_in_all()
    said = {
        "meeting_s": meeting_s,
        "learning_s": learning_s,
        "took_s": took_s,
        "steps": kiosk.steps[met:],
        "has": {id_: asdict(one) for id_, one in kiosk.has().items()},
    }
    kiosk.close()
    return json.dumps(said).encode()


def main(folder: Path, loss: float, records: int, control: str) -> None:
    """Play it, and write what was seen."""
    enter_network()
    with running_cluster(address=CENTRE) as cluster:
        with cluster.connect() as owner:
            owner.execute("CREATE DATABASE centre")
        install_centre(cluster.url("centre", sslmode="disable"))
        centre = Centre(cluster, "centre")
        made = Kiosks(centre).add(NUMBER)
        made.connection.close()

        make_empty(folder / "empty")

        def at_far_end() -> bytes:
            far = FarKiosk(
                centre, folder / "store", folder / "empty", NUMBER, id=made.id, control=control
            )
            return work(far, records)

        said = json.loads(run_at_far_end(Link(loss=loss), at_far_end))
        with cluster.connect("centre") as owner:
            there = centre_has(owner, made.id)
        said["equal"] = said.pop("has") == {id_: asdict(one) for id_, one in there.items()}
        print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
