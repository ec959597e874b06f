"""How much is sent at once, how long an answer is waited for, and when it is tried again. Pure."""

from dataclasses import dataclass, replace

LARGEST_BATCH = 500
FIRST_BATCH = 20
AIMED_AT_S = 20.0
"""So long a batch should take: what is cut off has cost no more, and a line of 2 s there and back
is idle for a tenth of it."""
PATIENCE_S = 30.0
"""For the meeting, the commit there, and a line of 2 s there and back that loses packets."""
LONGEST_PATIENCE_S = 300.0
SLOWEST_BYTES_PER_S = 2_000
"""Assumed of a line that nothing is known of: 16 kbit/s."""
FIRST_PAUSE_S, LONGEST_PAUSE_S, SHORTEST_PAUSE_S = 5.0, 300.0, 1.0
_MOST_FAILURES = 32


@dataclass(frozen=True, slots=True)
class Pace:
    """What the line has carried of late. `bytes_per_s` is 0 while nothing is known."""

    batch: int = FIRST_BATCH
    bytes_per_s: int = 0
    failures: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.batch <= LARGEST_BATCH or self.bytes_per_s < 0 or self.failures < 0:
            raise ValueError("no pace")


def kept_pace(batch: int, bytes_per_s: int) -> Pace:
    """Return the pace of before a stop of the program; 0 and what cannot be give the first one."""
    size = batch if 1 <= batch <= LARGEST_BATCH else FIRST_BATCH
    return Pace(size, max(0, bytes_per_s))


def after_success(pace: Pace, records: int, sent_bytes: int, took_s: float) -> Pace:
    """Return the pace after a batch of so many records was answered."""
    if not records:
        return replace(pace, failures=0)
    took_s = max(took_s, 0.001)
    carried = max(1, int(sent_bytes / took_s))
    known = pace.bytes_per_s
    fits = int(records * AIMED_AT_S / took_s)
    # Few records that went fast say nothing of many.
    batch = pace.batch if records < pace.batch and took_s <= AIMED_AT_S else fits
    batch = min(max(batch, (pace.batch + 1) // 2), pace.batch * 2, LARGEST_BATCH)
    return Pace(max(1, batch), (3 * known + carried) // 4 if known else carried)


def after_failure(pace: Pace, *, was_sending: bool) -> Pace:
    """Return the pace after a try failed; what was cut off while it was sent was too much."""
    batch = max(1, pace.batch // 2) if was_sending else pace.batch
    return replace(pace, batch=batch, failures=min(pace.failures + 1, _MOST_FAILURES))


def patience_s(pace: Pace, sent_bytes: int) -> float:
    """Return how long an answer to so many bytes is waited for; longer after each failure."""
    carries = pace.bytes_per_s or SLOWEST_BYTES_PER_S
    needed = PATIENCE_S + 4 * sent_bytes / carries
    return min(needed * 2.0 ** min(pace.failures, 5), LONGEST_PATIENCE_S)


def pause_s(failures: int, draw: float) -> float:
    """Return how long to wait after so many failures in a row; `draw` is random, 0 to 1.

    Anything up to a limit that doubles: so kiosks that lost the centre together do not come back
    together. https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
    """
    longest = min(FIRST_PAUSE_S * 2.0 ** min(max(failures, 1) - 1, 10), LONGEST_PAUSE_S)
    return SHORTEST_PAUSE_S + draw * (longest - SHORTEST_PAUSE_S)
