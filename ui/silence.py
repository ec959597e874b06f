"""When a visit ends by itself: after a silence, a warning is counted down, then it is over."""

from kiosk.clock import Clock
from kiosk.settings import Settings

WAITING_SILENCE_S = 300
LONGEST_WAIT_S = 900
"""News keeps a visit going for so long that nobody has touched, and no longer."""
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

    def __init__(self, clock: Clock, settings: Settings) -> None:
        self._clock = clock
        self._settings = settings
        self._touched_ms = self._spoken_ms = clock.monotonic_ms()

    def touched(self) -> None:
        """Somebody is there."""
        self._touched_ms = self._spoken_ms = self._clock.monotonic_ms()

    def spoke(self) -> None:
        """The screen says something else by itself, and whoever waited has to read it."""
        now_ms = self._clock.monotonic_ms()
        if now_ms - self._touched_ms < LONGEST_WAIT_S * 1000:
            self._spoken_ms = now_ms

    def left_s(self, screen: str, text_step: int, *, waits: bool = False) -> int | None:
        """Return the whole seconds left before the visit ends, None while nothing is counted.

        After `silence_s`, `reading_silence_s` where there is much to read, longer in the largest
        text or when somebody `waits` for the staff, a warning of `warning_s` is counted down.
        """
        if screen in {"idle", "locked"}:
            return None
        silent_s = (self._clock.monotonic_ms() - self._spoken_ms) / 1000
        allowed_s = self._allowed_s(screen, text_step, waits=waits)
        left_s = allowed_s + self._settings.warning_s - silent_s
        return None if left_s > self._settings.warning_s else max(0, round(left_s))

    def _allowed_s(self, screen: str, text_step: int, *, waits: bool) -> float:
        if waits or screen in WAITING:
            return WAITING_SILENCE_S
        settings = self._settings
        allowed_s = settings.reading_silence_s if screen in READING else settings.silence_s
        return allowed_s * (LARGEST_TEXT_FACTOR if text_step >= LARGEST_TEXT_STEP else 1)
