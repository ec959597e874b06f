"""Kiosk and desk as they are put together: what a resident registers reaches the centre."""

import threading
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from samples import RESOURCES, StillClock, make_application

from kiosk.domain.centre import Link
from kiosk.practice import prepare
from kiosk.registration import Registered, register
from kiosk.settings import Settings
from kiosk.sync import worker
from sync.office import KioskAtCentre
from ui.composing import open_services

SOON_S = 30.0


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    places: dict[str, Any] = {
        f"{name}_folder": tmp_path / name for name in ("store", "keys", "slips", "data", "trust")
    }
    return replace(Settings(), **places)


def test_a_registration_reaches_the_centre_and_the_end_waits_for_nothing(
    kiosk: KioskAtCentre, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "FIRST_AFTER_S", 0.0)
    clock, there = StillClock(), threading.Event()
    with open_services(settings, clock, None, False, None) as (services, threads):
        sync = threads.sync
        assert services.centre is sync
        assert sync is not None
        assert sync.status().link is Link.NOT_JOINED
        with services.store.transaction() as record:
            record.identity()
            record.centre.join(kiosk.membership(), kiosk.number)

        def look() -> None:
            if sync.status().link is Link.REACHED and not sync.status().waiting:
                there.set()

        sync.start()
        outcome = register(services.store, make_application(str(uuid.uuid4())), clock)
        assert isinstance(outcome, Registered)
        sync.listen(look)
        sync.nudge()
        assert there.wait(SOON_S)
        sync.stop()
        assert not sync._thread.is_alive()
    assert set(kiosk.at_centre()) == {outcome.registration.id}


def test_in_practice_there_is_no_centre(settings: Settings) -> None:
    clock = StillClock()
    practised = prepare(settings, RESOURCES, clock)
    with open_services(practised, clock, None, True, None) as (services, threads):
        assert (services.centre, threads.sync) == (None, None)
