"""Plays acts in processes of their own, under the shim, on copies of a kiosk that is made once."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from keeping import Kept
from samples import ROOT

from .acts import ACTS
from .disk import Disk
from .shim import NOT_ON_DISK, Event, Kind, Mode, build, read_log

NEVER = -1


@dataclass(frozen=True)
class Run:
    """How an act went: what it left, all that it did to its folder, and how it ended."""

    folder: Path
    exit_code: int
    before: Disk | None

    @property
    def kiosk(self) -> Kept:
        return Kept(self.folder / "kiosk")

    @cached_property
    def all_events(self) -> Sequence[Event]:
        """All that was done and said, from the first event that is known."""
        return list(read_log(self.folder.with_suffix(".log")))

    @property
    def ready(self) -> int:
        """How many of them there were until things could go wrong."""
        is_ready = [event.kind is Kind.NOTE and "ready" in event.path for event in self.all_events]
        return is_ready.index(True) + 1

    @property
    def events(self) -> Sequence[Event]:
        """What the act itself did and said."""
        return self.all_events[self.ready :]

    @property
    def writes(self) -> Sequence[Event]:
        """What it did to the disk."""
        return [event for event in self.events if event.kind not in NOT_ON_DISK]

    def said(self) -> list[Mapping[str, Any]]:
        """What it confirmed."""
        return said(self.events)

    def remove(self) -> None:
        shutil.rmtree(self.folder)
        self.folder.with_suffix(".log").unlink()


def said(events: Sequence[Event]) -> list[Mapping[str, Any]]:
    """What was confirmed in the course of these events."""
    return [json.loads(event.path) for event in events if event.kind is Kind.NOTE]


class Player:
    """Has one child, which forks another for each act."""

    def __init__(self, folder: Path, child: "subprocess.Popen[str]") -> None:
        self._folder = folder
        self._child = child
        self._runs = 0
        self._templates: dict[object, Path] = {}

    def play(
        self,
        act: str,
        mode: Mode = Mode.TRACE,
        at: int = NEVER,
        error: int = errno.EIO,
        *,
        synchronous: bool = True,
    ) -> Run:
        """Play an act on a fresh kiosk; at the event number `at`, from 1 on, `mode` takes place."""
        template = self._template(act)
        self._runs += 1
        folder = self._folder / f"run-{self._runs:06}"
        shutil.copytree(template, folder)
        before = Disk(folder) if mode is Mode.TRACE else None
        asked = {
            "act": act,
            "folder": str(folder),
            "mode": mode.name,
            "at": at,
            "error": error,
            "synchronous": synchronous,
        }
        assert self._child.stdin
        assert self._child.stdout
        print(json.dumps(asked), file=self._child.stdin, flush=True)
        return Run(folder, int(self._child.stdout.readline()), before)

    def _template(self, act: str) -> Path:
        prepare = ACTS[act].prepare
        if prepare not in self._templates:
            work = self._folder / f"template-{len(self._templates)}"
            work.mkdir()
            template = work / "run"
            template.mkdir()
            prepare(Kept(template / "kiosk"))
            self._templates[prepare] = template
        return self._templates[prepare]


@contextmanager
def player(folder: Path) -> Iterator[Player]:
    """A player that works in a folder."""
    paths = [ROOT, *(ROOT / "tests" / part for part in ("", "storage", "handover"))]
    environment = os.environ | {
        "LD_PRELOAD": str(build(folder)),
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "chaos.acting_child"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        yield Player(folder, child)
        assert child.stdin
        child.stdin.close()
        assert child.wait(60) == 0
