"""What a visit costs the hands: taps, keystrokes and screens, counted on the way through it."""

from dataclasses import dataclass

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
    stage.wait_for_slip("sent")
    tap("tookSlip")
    typed = sum(name.startswith(TYPED) for name in touched)
    return Effort(len(touched) - typed, typed, len(screens))
