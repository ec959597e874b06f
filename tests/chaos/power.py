"""Cuts the power at every event of an act, and judges what the disk is left with."""

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from keeping import Kept

from kiosk.domain.failures import KioskFailure

from .disk import Cut, Picture, write_picture
from .judging import judge
from .playing import Run, said


@dataclass
class Cuts:
    """What came of the cuts of one act."""

    boundaries: int = 0
    cuts: int = 0
    disks: int = 0
    """Of these disks: the same disk after the same confirmations is opened once."""
    lost: int = 0


def cut_everywhere(
    run: Run,
    cuts: Sequence[Cut],
    *,
    every: int = 1,
    until: str = "",
    seed: int = 1,
    may_lose: bool = False,
) -> Cuts:
    """Cut the power after each event of a run, in each of these ways; judge the disk each time.

    `every` leaves out all but one in so many; `until` ends behind the first confirmation
    of that kind. With `may_lose` a loss is counted; else it is raised as AssertionError.
    """
    done, chance, seen = Cuts(), random.Random(seed), set()
    for confirmed, pictures in _boundaries(run, cuts, chance, every):
        done.boundaries += 1
        for picture in pictures:
            done.cuts += 1
            which = (_digest(picture), confirmed)
            if which in seen:
                continue
            seen.add(which)
            done.disks += 1
            done.lost += not _survives(run, picture, confirmed, may_lose=may_lose)
        if until and any(until in one for one in said(run.events[:confirmed])):
            break
    return done


def _boundaries(
    run: Run, cuts: Sequence[Cut], chance: random.Random, every: int
) -> Iterator[tuple[int, Iterable[Picture]]]:
    """Give how many events there were until each cut, and the disks that it may leave."""
    assert run.before is not None
    disk = run.before
    for event in run.all_events[: run.ready]:
        disk.follow(event)
    for number, event in enumerate(run.events, 1):
        disk.follow(event)
        if number % every == 0 or number == len(run.events):
            yield number, [disk.after(cut, chance) for cut in cuts]


def _survives(run: Run, picture: Picture, events: int, *, may_lose: bool) -> bool:
    target = run.folder.with_name(f"{run.folder.name}-cut")
    write_picture(picture, run.folder, target)
    try:
        judge(Kept(target / "kiosk"), said(run.events[:events]))
    except (AssertionError, KioskFailure):
        if may_lose:
            return False
        raise
    return True


def _digest(picture: Picture) -> str:
    found = hashlib.sha256()
    for path, content in picture.items():
        found.update(f"{path}\0{content is None}{len(content or b'')}\0".encode())
        found.update(content or b"")
    return found.hexdigest()
