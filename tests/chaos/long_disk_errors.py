"""Lets the disk fail at every change of a registration, and at many of all other acts.

python -m pytest -q -s tests/chaos/long_disk_errors.py
"""

from collections import Counter

import pytest

from .failing import Fault, fail_at
from .playing import Player
from .test_disk_errors import ACTS_WITH_JOURNAL

EVERYWHERE = {"register", "register, the first of the day", "first start"}
TIMES = 40
"""So often in each of the other acts."""


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("act", ACTS_WITH_JOURNAL)
def test_disk_errors(acting: Player, act: str, fault: Fault) -> None:
    done = fail_at(acting, act, fault, None if act in EVERYWHERE else TIMES)
    said = Counter(one.said for one in done)
    told = ", ".join(f"{count} {what}" for what, count in said.most_common())
    print(f"\n{act}, {fault.name.lower()}: {len(done)} faults, 0 lost; said: {told}")
