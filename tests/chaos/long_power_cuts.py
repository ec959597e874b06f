"""Cuts the power after every change of a registration, and after many of all other acts.

python -m pytest -q -s tests/chaos/long_power_cuts.py
"""

import pytest

from .acts import ACTS
from .disk import Cut
from .playing import Player
from .power import Cuts, cut_everywhere

EVERYWHERE = {
    "register",
    "register, the first of the day",
    "register, without a journal",
    "first start",
}
EVERY = 4
"""Of the other acts one change in so many."""


@pytest.mark.parametrize("act", ACTS)
def test_power_cuts(acting: Player, act: str) -> None:
    done = cut_everywhere(acting.play(act), list(Cut), every=1 if act in EVERYWHERE else EVERY)
    _tell(act, done)


@pytest.mark.parametrize("act", ["register", "register, without a journal"])
def test_power_cuts_without_syncs(acting: Player, act: str) -> None:
    run = acting.play(act, synchronous=False)
    done = cut_everywhere(run, list(Cut), may_lose=True)
    _tell(f"{act}, with synchronous=OFF", done)
    assert (done.lost > 0) is ("without" in act)


def _tell(act: str, done: Cuts) -> None:
    print(
        f"\n{act}: {done.cuts} cuts at {done.boundaries} moments, "
        f"{done.disks} different disks, {done.lost} lost"
    )
