"""Kills acts by SIGKILL in between their writes, and judges what they leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from signal import SIGKILL

from .judging import judge
from .playing import Player
from .shim import Kind, Mode


@dataclass(frozen=True)
class Kill:
    """The act was about to make its n-th change of `whole`, a call to this kind of file."""

    act: str
    at: int
    whole: int
    call: str
    file: str

    @property
    def tenth(self) -> int:
        """In which tenth of the act it fell."""
        return min(9, self.at * 10 // self.whole)


def changes_of(acting: Player, act: str) -> int:
    """How many changes the act makes when nobody kills it; checks that the shim sees all."""
    run = acting.play(act)
    assert run.exit_code == 0
    judge(run.kiosk, run.said())
    changes = len(run.writes)
    run.remove()
    return changes


def kill(acting: Player, act: str, at: int, whole: int) -> Kill | None:
    """Kill an act at one of its changes, and judge; None if it ended before.

    That it fell between the first write and the last is shown by its own trace: there is a change
    before it, and one that was about to be made.
    """
    run = acting.play(act, Mode.KILL, at)
    if run.exit_code == 0:
        run.remove()
        return None
    last = run.events[-1]
    assert run.exit_code == -SIGKILL
    assert last.kind is Kind.KILLED
    # Calls that the system itself refuses, such as making a folder that is there, count as well.
    assert 0 < len(run.writes) < at
    judge(run.kiosk, run.said())
    run.remove()
    return Kill(act, at, whole, last.what, kind_of_file(last.path))


def kill_at(acting: Player, act: str, some: int | None) -> list[Kill]:
    """Kill an act at each of its changes but the first, or at `some` of them, evenly spread."""
    whole = changes_of(acting, act)
    return [
        done
        for at in spread(range(2, whole + 1), some)
        if (done := kill(acting, act, at, whole)) is not None
    ]


def spread(all_of_them: range, some: int | None) -> Iterable[int]:
    """Give some of many, evenly spread, the first and the last included."""
    if some is None or some >= len(all_of_them):
        return all_of_them
    last = len(all_of_them) - 1
    return [all_of_them[place * last // (some - 1)] for place in range(some)]


def kind_of_file(path: str) -> str:
    """Tell from a path what kind of file of a kiosk it is."""
    name = path.rsplit("/", 1)[-1]
    kinds = {
        "-wal": "log of the store",
        "-shm": "log of the store",
        ".db": "store",
        ".ready": "store made anew",
        ".ready-wal": "store made anew",
        ".ready-shm": "store made anew",
        ".journal": "journal",
        ".new": "journal",
        ".backup": "backup",
        ".half": "backup",
        ".half-journal": "backup",
    }
    if "/set-aside-" in path:
        return "store set aside"
    if "/lists" in path:
        return "list"
    fitting = [
        kind for ending, kind in sorted(kinds.items(), key=_longest) if name.endswith(ending)
    ]
    return fitting[0] if fitting else "other"


def _longest(pair: tuple[str, str]) -> int:
    return -len(pair[0])
