"""A connection that is cut at any byte: what both sides have is the same, and there once."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from central.fixtures import Centre
from central.population import Population
from central.proxy import How, Proxy, Way, running_proxy
from sync.at_work import KioskAtWork, centre_has

SEED = 20261127


@pytest.fixture
def proxy(centre: Centre) -> Iterator[Proxy]:
    with running_proxy(centre.cluster.port) as running:
        yield running


@pytest.fixture
def kiosk(centre: Centre, proxy: Proxy, tmp_path: Path) -> Iterator[KioskAtWork]:
    made = KioskAtWork(centre, tmp_path, "10917", (proxy.port,), Population(SEED))
    made.join()
    yield made
    made.end()


def test_first(kiosk: KioskAtWork, centre: Centre, proxy: Proxy) -> None:
    import time
    kiosk.register(1)
    kiosk.drain()
    print(proxy.counts)
    assert kiosk.has() == centre_has(centre, kiosk.number)
    for n in (1, 60):
        proxy.count_anew()
        t=time.time()
        kiosk.register(n)
        t1=time.time()
        kiosk.drain()
        print(n, proxy.counts, t1-t, time.time()-t1)
    t=time.time()
    assert kiosk.has() == centre_has(centre, kiosk.number)
    print(time.time()-t)
