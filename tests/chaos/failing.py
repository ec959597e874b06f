"""Lets the disk fail at the changes that an act makes, and judges what is said and what is left."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from .judging import judge
from .killing import spread
from .playing import Player
from .shim import Kind, Mode


class Fault(Enum):
    """How a disk fails."""

    ERROR = (Mode.FAIL_ONCE, errno.EIO)
    """One call fails."""
    FULL = (Mode.FULL, errno.ENOSPC)
    """From one call on nothing can grow; the first write takes what there is room for."""
    READ_ONLY = (Mode.READ_ONLY, errno.EROFS)
    """From one call on nothing can change, as file systems do after an error."""


@dataclass(frozen=True)
class Failing:
    """What was said when the n-th change of an act failed: codes, or what health() tells."""

    act: str
    fault: Fault
    at: int
    call: str
    said: str


def fail(acting: Player, act: str, fault: Fault, at: int) -> Failing | None:
    """Let the disk fail at one change of an act, and be good again once somebody was told.

    Raises AssertionError when anything was lost, or the kiosk does not go on by itself; None if the
    act ended before.
    """
    mode, error = fault.value
    run = acting.play(act, mode, at, error)
    assert run.exit_code == 0, (act, fault, at)
    refused = next((event for event in run.events if event.kind is Kind.FAILED), None)
    told = run.said()
    if refused is not None:
        assert told[-1] == {"at_last": ""}, (act, fault, at, told[-1])
        judge(run.kiosk, told)
    run.remove()
    return None if refused is None else Failing(act, fault, at, refused.what, _answer(told))


def _answer(told: list[Mapping[str, object]]) -> str:
    answers = [str(one[word]) for one in told for word in ("failed", "told") if one.get(word)]
    return ", ".join(dict.fromkeys(answers)) or "made good at once"


def fail_at(acting: Player, act: str, fault: Fault, some: int | None) -> list[Failing]:
    """Let the disk fail at each change of an act, or at `some` of them, evenly spread."""
    run = acting.play(act)
    whole = len(run.writes)
    run.remove()
    done = [fail(acting, act, fault, at) for at in spread(range(1, whole + 1), some)]
    return [one for one in done if one is not None]
