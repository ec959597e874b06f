"""Killed in between its writes, a kiosk loses nothing: the short form of long_kills.py."""

import pytest

from .acts import ACTS
from .killing import kill_at
from .playing import Player

KILLS = 5


@pytest.mark.parametrize("act", ACTS)
def test_a_kill_loses_nothing(acting: Player, act: str) -> None:
    assert len(kill_at(acting, act, KILLS)) == KILLS
