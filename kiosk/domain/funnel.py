"""How far visits came, and how long each step took; nothing of who came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

BEGUN, ENDED = "begun", "ended"
"""Stand beside the steps: that a visit began, and that it came to its end."""


class Ending(StrEnum):
    """How a visit ended."""

    DONE = "done"
    GIVEN_UP = "given_up"
    STOPPED = "stopped"
    """Not by the person: it is not for them, they are registered already, or the kiosk failed."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A visit that is over, by the day it began and what it was for.

    `segment_id` and `dinas` are empty when no work was chosen. `spent_ms` is how long each step
    took together, in the order in which they were reached first; the last that was shown is
    `last`.
    """

    day: date
    purpose: str
    segment_id: str
    dinas: str
    spent_ms: Mapping[str, int]
    last: str
    ending: Ending


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many visits reached a step, went on from it, and were given up at it.

    `spent_ms` is the time of those that went on: how long somebody who has left was looked for
    says nothing about the step.
    """

    step: str
    reached: int
    passed: int = 0
    given_up: int = 0
    spent_ms: int = 0


def counts_of(walk: Walk) -> tuple[StepCount, ...]:
    """Return what one visit adds to the counts."""
    done = walk.ending is Ending.DONE
    steps = tuple(
        StepCount(step, 1, 1, 0, spent_ms)
        if step != walk.last or done
        else StepCount(step, 1, given_up=int(walk.ending is Ending.GIVEN_UP))
        for step, spent_ms in walk.spent_ms.items()
    )
    ended = (StepCount(ENDED, 1),) if done else ()
    return (StepCount(BEGUN, 1), *steps, *ended)
