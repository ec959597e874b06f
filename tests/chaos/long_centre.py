"""Connections to the centre that are cut at every byte, kiosks at random (make chaos)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from central.fixtures import Centre
from central.proxy import Proxy, running_proxy
from sync.at_work import KioskAtWork, at_work
from sync.cutting import BATCH, bytes_of, cut_all, every, some
from sync.failing_over import fail_over
from sync.five import five_at_work

SEED = 7


@pytest.fixture
def proxy(centre: Centre) -> Iterator[Proxy]:
    with running_proxy(centre.cluster.port) as running:
        yield running


@pytest.fixture
def kiosk(centre: Centre, proxy: Proxy, tmp_path: Path) -> Iterator[KioskAtWork]:
    with at_work(centre, tmp_path / "store", ports=(proxy.port,)) as made:
        yield made


def test_an_exchange_is_cut_at_every_byte(kiosk: KioskAtWork, proxy: Proxy) -> None:
    cuts = every(bytes_of(kiosk, proxy, 1))
    noticed = cut_all(kiosk, proxy, cuts, 1)
    print(f"\none record: {len(cuts)} cuts, {noticed} noticed, all equal")
    assert noticed >= len(cuts) - 2


def test_the_meeting_is_cut_at_a_thousand_bytes(kiosk: KioskAtWork, proxy: Proxy) -> None:
    cuts = some(bytes_of(kiosk, proxy, 1, meets=True), 1000, SEED)
    noticed = cut_all(kiosk, proxy, cuts, 1, meets=True)
    print(f"\nwith the meeting: {len(cuts)} cuts, {noticed} noticed, all equal")
    assert noticed >= len(cuts) // 2


def test_a_batch_is_cut_a_thousand_times(kiosk: KioskAtWork, proxy: Proxy) -> None:
    kiosk.owner.execute("UPDATE centre.kiosk SET daily_cap = 1000000")
    cuts = some(bytes_of(kiosk, proxy, BATCH), 1000, SEED)
    noticed = cut_all(kiosk, proxy, cuts, BATCH)
    print(f"\n{BATCH} records: {len(cuts)} cuts, {noticed} noticed, all equal")
    assert noticed >= len(cuts) - 10


@pytest.mark.parametrize("seed", range(10, 20))
def test_five_kiosks_and_the_centre_end_equal(centre: Centre, tmp_path: Path, seed: int) -> None:
    with five_at_work(centre, tmp_path, seed) as five:
        five.live(500)
        print(f"\nseed {seed}: {five.counts}")


@pytest.mark.parametrize("before", [50, 100, 200, 400, 800])
def test_nothing_acknowledged_is_lost_with_the_first_server(tmp_path: Path, before: int) -> None:
    failed_over = fail_over(tmp_path, before)
    print(f"\n{failed_over}")
    assert failed_over.lost == 0
