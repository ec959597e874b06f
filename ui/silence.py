"""When a visit ends by itself: after a silence, a warning is counted down, then it is over."""

from kiosk.clock import Clock

WARNING_S = 30
SILENCE_S = 45
READING_SILENCE_S = 90
WAITING_SILENCE_S = 300
LARGEST_TEXT_STEP = 2
LARGEST_TEXT_FACTOR = 1.5

READING = frozenset(
    {
        "menu",
        "benefits",
        "benefit",
        "pay",
        "renew",
        "reminder",
        "consent",
        "programme",
        "months",
        "review",
        "done",
        "stop",
        "already",
        "proof",
        "status",
        "tries",
        "unfinished",
    }
)
WAITING = frozenset({"call", "failsafe"})
"""Somebody is on the way: these screens wait longer."""


class Silence:
    """Measures how long nobody has touched the screen."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._touched_ms = clock.monotonic_ms()

    def touched(self) -> None:
        """Somebody is there."""
        self._touched_ms = self._clock.monotonic_ms()

    def left_s(self, screen: str, text_step: int) -> int | None:
        """Return the whole seconds left before the visit ends, None while nothing is counted.

        After 45 s of silence, 90 s where there is much to read, longer in the largest text,
        a warning of 30 s is counted down.
        """
        if screen == "idle":
            return None
        silent_s = (self._clock.monotonic_ms() - self._touched_ms) / 1000
        left_s = _allowed_s(screen, text_step) + WARNING_S - silent_s
        return None if left_s > WARNING_S else max(0, round(left_s))


def _allowed_s(screen: str, text_step: int) -> float:
    if screen in WAITING:
        return WAITING_SILENCE_S
    allowed_s = READING_SILENCE_S if screen in READING else SILENCE_S
    return allowed_s * (LARGEST_TEXT_FACTOR if text_step >= LARGEST_TEXT_STEP else 1)
