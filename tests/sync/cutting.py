"""Cuts at chosen bytes, and what must be so after each."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from central.proxy import How, Proxy, Way

from kiosk.sync.line import NotReached
from kiosk.sync.pace import Pace
from sync.at_work import KioskAtWork

BATCH = 60


@dataclass(frozen=True)
class Cut:
    """After so many bytes that way, counted from the beginning of the exchange or connection."""

    way: Way
    after: int
    how: How = How.RESET


def bytes_of(
    kiosk: KioskAtWork, proxy: Proxy, count: int, *, meets: bool = False
) -> dict[Way, int]:
    """How many bytes an exchange of so many records is; with `meets`, the connection as well."""
    kiosk.drain()
    kiosk.register_many(count)
    _prepare(kiosk, count, meets=meets)
    proxy.count_anew()
    kiosk.talk.once()
    assert kiosk.waits() == 0
    return dict(proxy.counts)


def every(sizes: dict[Way, int]) -> list[Cut]:
    """A cut at every byte of both directions, resets and ends by turns."""
    hows = (How.RESET, How.CLOSE)
    return [Cut(way, at, hows[at % 2]) for way in Way for at in range(1, sizes[way] + 1)]


def some(sizes: dict[Way, int], count: int, seed: int) -> list[Cut]:
    """So many cuts drawn from a seed, as many in each direction; the first and last byte too."""
    luck = random.Random(seed)
    ends = [Cut(way, at) for way in Way for at in (1, sizes[way])]
    drawn = [
        Cut(way, luck.randint(1, sizes[way]), luck.choice((How.RESET, How.CLOSE)))
        for way in list(Way) * (count // 2)
    ]
    return (ends + drawn)[:count]


def cut_all(
    kiosk: KioskAtWork, proxy: Proxy, cuts: Sequence[Cut], count: int, *, meets: bool = False
) -> int:
    """Hand in `count` new records at each cut; returns how often the kiosk was told of one.

    After each: the same on both sides. A cut behind the last byte that matters is not noticed.
    """
    noticed = 0
    for cut in cuts:
        ids = kiosk.register_many(count)
        _prepare(kiosk, count, meets=meets)
        proxy.cut_after(cut.way, cut.after, cut.how)
        came = kiosk.drain()
        noticed += any(isinstance(one, NotReached) for one in came)
        proxy.count_anew()
        kiosk.assert_equal(ids)
    kiosk.assert_equal()
    return noticed


def _prepare(kiosk: KioskAtWork, count: int, *, meets: bool) -> None:
    kiosk.talk.pace = Pace(batch=count)
    if meets:
        kiosk.hang_up()
