"""A disk that fails, is full or read-only costs nothing, is told, and is over once it is over.

The short form of long_disk_errors.py.
"""

import pytest

from .acts import ACTS
from .failing import Fault, fail_at
from .playing import Player

TIMES = 3
ACTS_WITH_JOURNAL = [act for act in ACTS if act != "register, without a journal"]


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("act", ACTS_WITH_JOURNAL)
def test_a_failing_disk_costs_nothing(acting: Player, act: str, fault: Fault) -> None:
    # A disk that is full does not mind the last of the changes, where nothing grows.
    assert len(fail_at(acting, act, fault, TIMES)) >= TIMES - 1
