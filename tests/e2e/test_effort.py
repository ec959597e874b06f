"""Nobody makes the way to a slip longer without noticing."""

from .effort import Effort, register
from .stage import Stage

AIM = 70
"""Touches in all, for a NIK of 16 digits and a name of 20 letters."""


def test_the_shortest_registration_takes_as_many_touches_as_it_did(stage: Stage) -> None:
    effort = register(stage)
    assert effort == Effort(taps=26, keystrokes=39, screens=15)
    assert effort.touches <= AIM
