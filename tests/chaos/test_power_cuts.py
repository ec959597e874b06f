"""A power cut takes nothing that was confirmed; the short form of long_power_cuts.py.

The mechanism is a shim (disk_shim.c, LD_PRELOAD) that logs every call which changes a file; disk.py
makes of the log the disk as it is after a cut at any of them.
"""

import pytest

from .acts import ACTS
from .disk import Cut
from .playing import Player
from .power import cut_everywhere

EVERY = 60
"""Of the other acts so few of the changes are tried."""
REGISTER, ALONE = "register", "register, without a journal"


def test_at_every_write_of_a_registration(acting: Player) -> None:
    run = acting.play(REGISTER)
    done = cut_everywhere(run, [Cut.DROPPED, Cut.TORN], until="registered")
    assert done.boundaries > 30
    assert done.disks > 30


@pytest.mark.parametrize("act", [act for act in ACTS if act != REGISTER])
def test_at_some_writes_of_all_that_a_kiosk_does(acting: Player, act: str) -> None:
    assert cut_everywhere(acting.play(act), [Cut.DROPPED, Cut.SUBSET], every=EVERY).disks > 1


@pytest.mark.parametrize("synchronous", [True, False])
def test_a_store_that_does_not_sync_loses_registrations(acting: Player, synchronous: bool) -> None:
    """So the cuts would show it if anything confirmed were not on the disk."""
    run = acting.play(ALONE, synchronous=synchronous)
    done = cut_everywhere(run, [Cut.DROPPED], every=8, may_lose=True)
    assert (done.lost == 0) is synchronous


def test_the_journal_alone_saves_what_a_store_that_does_not_sync_loses(acting: Player) -> None:
    run = acting.play(REGISTER, synchronous=False)
    assert cut_everywhere(run, [Cut.DROPPED], every=24).disks > 1
