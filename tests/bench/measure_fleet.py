"""What one poll of a kiosk costs the centre, and how soon 500 kiosks have what was published.

The kiosks poll in the order of a virtual clock, each every EVERY_S from a moment of its own, over
one connection that takes each kiosk's login in turn; the calls are real and their times count.
"""

import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from central.cluster import running_cluster
from central.enrolled import console_of
from central.fixtures import TEMPLATE, Centre, Centres, install_centre
from central.kiosks import Kiosk
from central.publishing import NOW, Admin, report, signing_key
from psycopg.types.json import Jsonb

from kiosk.domain.configuration import Content
from kiosk.fleet import fleet
from kiosk.sync.worker import EVERY_S

KIOSKS = 500
ROUNDS = 3
SENTENCES = 400
HEALTH = {
    "config": 0,
    "data": "2026-11-22",
    "code": "",
    "printer": "ready",
    "slips_owed": 0,
    "slips_failed": 0,
    "paper_left": 120,
    "disk_free_mb": 20480,
    "waiting": 0,
    "oldest_waiting_at": None,
    "parked": 0,
    "clock_at": NOW.isoformat(),
    "clock_doubted": False,
    "key_level": 2,
    "backup_at": NOW.isoformat(),
    "journal_elsewhere": True,
    "today": {"registered": 12},
    "config_refused": None,
    "trouble": 0,
}


def measure() -> dict[str, float]:
    """Return milliseconds of a poll, a fetch and the fleet's page, and seconds of the pick-up."""
    with running_cluster() as cluster, TemporaryDirectory() as folder:
        with cluster.connect() as owner:
            owner.execute(f"CREATE DATABASE {TEMPLATE}")
        install_centre(cluster.url(TEMPLATE, sslmode="disable"))
        with Centres(cluster).new() as centre:
            return _measured(centre, Path(folder))


def _measured(centre: Centre, folder: Path) -> dict[str, float]:
    admin = Admin(console_of(centre, folder), signing_key())
    with centre.connect() as owner, owner.transaction():
        kiosks = [_made(owner, str(20000 + serial)) for serial in range(KIOSKS)]
    with psycopg.connect(centre.owner_url, autocommit=True) as line:
        for one in kiosks:
            one.connection = line
        found: dict[str, float] = {}
        polls = [_timed(partial(_poll, one, 0)) for _ in range(ROUNDS) for one in kiosks]
        found["poll_ms"] = statistics.median(polls)
        found["poll_p99_ms"] = statistics.quantiles(polls, n=100)[-1]
        said = {f"no.{number}": "x" * 60 for number in range(SENTENCES)}
        admin.publish(kiosks[0].number, Content(texts={"id": said}))
        found["poll_on_trial_ms"] = statistics.median(
            [_timed(partial(_poll, one, 0)) for one in kiosks[1:]]
        )
        _as(kiosks[0])
        report(kiosks[0], 1)
        found |= _picked_up(kiosks)
        line.execute("RESET SESSION AUTHORIZATION")
        pages = [_timed(partial(fleet, admin.console, NOW)) for _ in range(5)]
        found["fleet_page_ms"] = statistics.median(pages)
    return found


def _picked_up(kiosks: list[Kiosk]) -> dict[str, float]:
    """From the moment that it is for all, until each kiosk has it."""
    draw = random.Random(7)
    due = sorted((draw.uniform(0, EVERY_S), place) for place in range(1, len(kiosks)))
    busy_until, delays, fetches = 0.0, [], []
    for at, place in due:
        poll_ms = _timed(partial(_poll, kiosks[place], 0))
        fetch_ms = _timed(partial(_fetch, kiosks[place]))
        begins = max(at, busy_until)
        busy_until = begins + (poll_ms + fetch_ms) / 1000
        delays.append(busy_until)
        fetches.append(fetch_ms)
    return {
        "fetch_ms": statistics.median(fetches),
        "pick_up_median_s": statistics.median(delays),
        "pick_up_last_s": max(delays),
        "pick_up_over_interval": max(delays) / EVERY_S,
    }


def _as(kiosk: Kiosk) -> None:
    kiosk.connection.execute("RESET SESSION AUTHORIZATION")
    kiosk.connection.execute(f"SET SESSION AUTHORIZATION kiosk_{kiosk.number}")


def _poll(kiosk: Kiosk, config: int) -> Callable[[], Any]:
    _as(kiosk)
    return lambda: kiosk.exchange(health={**HEALTH, "config": config})


def _fetch(kiosk: Kiosk) -> Callable[[], Any]:
    return lambda: kiosk.connection.execute(
        "SELECT kiosk_api.fetch_config(%s)", (Jsonb({"have": 0}),)
    ).fetchone()


def _timed(prepare: Callable[[], Any]) -> float:
    """Milliseconds of what `prepare` returns, or of itself where that is nothing to call."""
    began = time.perf_counter()
    act = prepare()
    if callable(act):
        began = time.perf_counter()
        act()
    return (time.perf_counter() - began) * 1000


def _made(owner: "psycopg.Connection[Any]", number: str) -> Kiosk:
    owner.execute(f"CREATE ROLE kiosk_{number} LOGIN IN ROLE anjungan_kiosk")
    row = owner.execute(
        "INSERT INTO centre.kiosk (id, number, role_name, name, office, state)"
        " VALUES (gen_random_uuid(), %s, %s, %s, '36.04.09', 'active') RETURNING id",
        (number, f"kiosk_{number}", f"Anjungan {number}"),
    ).fetchone()
    assert row is not None
    return Kiosk(str(row[0]), number, owner)


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name}: {value:.2f}")
