"""A connection that is cut at any byte: what both sides have is the same, and there once.

A share of the bytes, drawn from a seed; tests/chaos/long_centre.py takes every one.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from central.fixtures import Centre
from central.proxy import How, Proxy, Way, running_proxy
from central.waiting import until
from sqlalchemy import text

from kiosk.sync.line import NotReached
from sync.at_work import KioskAtWork, at_work
from sync.cutting import BATCH, Cut, bytes_of, cut_all, some

SEED = 20261127


@pytest.fixture
def proxy(centre: Centre) -> Iterator[Proxy]:
    with running_proxy(centre.cluster.port) as running:
        yield running


@pytest.fixture
def kiosk(centre: Centre, proxy: Proxy, tmp_path: Path) -> Iterator[KioskAtWork]:
    with at_work(centre, tmp_path / "store", ports=(proxy.port,)) as made:
        yield made


def test_an_exchange_is_cut_anywhere(kiosk: KioskAtWork, proxy: Proxy) -> None:
    cuts = some(bytes_of(kiosk, proxy, 1), 60, SEED)
    # Nobody notices a reset behind the last byte of the answer.
    assert cut_all(kiosk, proxy, cuts, 1) >= len(cuts) - 2


def test_the_meeting_is_cut_anywhere(kiosk: KioskAtWork, proxy: Proxy) -> None:
    cuts = some(bytes_of(kiosk, proxy, 1, meets=True), 30, SEED)
    assert cut_all(kiosk, proxy, cuts, 1, meets=True) >= len(cuts) // 2


def test_a_batch_is_cut_anywhere(kiosk: KioskAtWork, proxy: Proxy) -> None:
    cuts = some(bytes_of(kiosk, proxy, BATCH), 12, SEED)
    assert cut_all(kiosk, proxy, cuts, BATCH) >= len(cuts) - 2


@pytest.mark.parametrize("way", Way)
def test_a_line_that_falls_silent_is_given_up(kiosk: KioskAtWork, proxy: Proxy, way: Way) -> None:
    kiosk.drain()
    kiosk.impatient.patience_s = 0.3
    cut_all(kiosk, proxy, [Cut(way, 200, How.FREEZE)], 1)


def test_while_nobody_answers_all_waits(kiosk: KioskAtWork, proxy: Proxy) -> None:
    proxy.is_down = True
    ids = kiosk.register_many(3)
    assert isinstance(kiosk.talk.once(), NotReached)
    assert kiosk.waits() == 3
    proxy.is_down = False
    kiosk.drain()
    kiosk.assert_equal(ids)


def test_other_content_under_the_same_revision_is_no_overwrite(kiosk: KioskAtWork) -> None:
    (id_,) = kiosk.register_many(1)
    kiosk.drain()
    stood = kiosk.centre_has()
    with kiosk.store.transaction() as record:
        record._connection.execute(text("UPDATE registration SET phone = '081234567899'"))
        record.centre.hand_in([id_])
    kiosk.talk.once()
    assert kiosk.centre_has() == stood
    assert kiosk.alarms() == ["other_content"]
    assert [parked["reason"] for parked in kiosk.rows("parked")] == ["other_content"]


def test_a_request_that_arrives_after_its_repetition_is_no_copy(kiosk: KioskAtWork) -> None:
    kiosk.drain()
    (late,) = kiosk.owner.execute(
        "SELECT pid FROM pg_stat_activity WHERE usename = %s", (f"kiosk_{kiosk.number}",)
    ).fetchone() or (0,)
    os.kill(late, signal.SIGSTOP)
    kiosk.impatient.patience_s = 0.4
    ids = kiosk.register_many(1)
    assert isinstance(kiosk.talk.once(), NotReached)
    kiosk.impatient.patience_s = 60.0
    kiosk.drain()
    os.kill(late, signal.SIGCONT)
    until(lambda: not Path(f"/proc/{late}").exists())
    ids += kiosk.register_many(1)
    kiosk.drain()
    kiosk.assert_equal(ids)
    assert kiosk.alarms() == []
