"""What a visit costs the hands: taps, keystrokes and screens, counted on the way through it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from .desk_stage import DeskStage
from .residents import BRIEF, Resident
from .stage import Stage

TYPED = ("pad", "letter")


@dataclass(frozen=True)
class Effort:
    """A keystroke types one sign of an answer, every other touch is a tap."""

    taps: int
    keystrokes: int
    screens: int

    @property
    def touches(self) -> int:
        """All in all."""
        return self.taps + self.keystrokes


def register(stage: Stage, resident: Resident = BRIEF) -> Effort:
    """Register somebody from the idle screen to the slip in the hand, and count."""
    touched: list[str] = []
    screens = {stage.screen}

    def tap(*names: str) -> None:
        for name in names:
            stage.tap(name)
            stage.wait_until_idle()
            touched.append(name)
            screens.add(stage.screen)

    tap("start", "register")
    while stage.screen != "done":
        tap(*resident[stage.screen], "next")
    stage.wait_for_slip("unconfirmed")
    tap("tookSlip")
    typed = sum(name.startswith(TYPED) for name in touched)
    return Effort(len(touched) - typed, typed, len(screens))


ASSISTED_FIELDS = 18
"""Where a clerk has to look at the KTP, or ask, before going on."""


def assist(desk: DeskStage, nik: str, name: str) -> int:
    """Fill in the desk's page for one person, from field to field by Tab; returns the keys pressed.

    The page is left unsent: Enter or the yellow key sends it.
    """
    before = desk.keys
    tab, right, space = Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Space
    typed: list[str | Qt.Key] = [
        *(nik, tab, name, tab, tab, tab, "cit", tab),
        *(tab, "081234567890", tab, tab, "padi", tab, tab, "rumah", tab),
        *(tab, "1500000", tab, right, tab, right, right, right, tab),
        *(space, tab, space, tab, space, tab, space),
    ]
    for one in typed:
        if isinstance(one, str):
            desk.type(one)
        else:
            desk.hit(one)
    return desk.keys - before
