"""Which way a registration may go from where it stands."""

from functools import cache

from kiosk.domain.registration import ALLOWED_NEXT, Status


def may_become(now: Status, then: Status) -> bool:
    """Tell whether `then` may follow `now` directly."""
    return then in ALLOWED_NEXT[now]


@cache
def way_to(now: Status, then: Status) -> tuple[Status, ...] | None:
    """Return the shortest way from `now` to `then`, without `now`; None where there is none.

    Empty when `now` is `then`.
    """
    ways: list[tuple[Status, ...]] = [()]
    for way in ways:
        here = way[-1] if way else now
        if here is then:
            return way
        ways += [(*way, following) for following in sorted(ALLOWED_NEXT[here])]
    return None
