"""What a kiosk tells of itself: numbers and codes, and nothing of anybody."""

import json
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from samples import NOW, StillClock, make_application

from kiosk.clock import local
from kiosk.domain.centre import Link, SyncStatus
from kiosk.domain.configuration import Because, Refused
from kiosk.domain.funnel import Ending, Walk
from kiosk.domain.paper import PaperCount
from kiosk.domain.print_job import PrintState
from kiosk.funnel import count_walk
from kiosk.health import Health, PrinterWord, Vitals
from kiosk.registration import Registered, register
from kiosk.settings import Settings
from kiosk.storage.store import Store

REACHED = SyncStatus(Link.REACHED, reached_at=NOW)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "backups").mkdir()
    return replace(
        Settings(),
        store_folder=tmp_path,
        backup_folder=str(tmp_path / "backups"),
        keys_folder=tmp_path / "keys",
        pages_per_refill=100,
    )


@pytest.fixture
def health(store: Store, settings: Settings) -> Health:
    return Health(store, settings, StillClock(), 7, "2026-11-22", lambda: "ready", Vitals())


def told(health: Health, status: SyncStatus = REACHED) -> dict[str, Any]:
    return dict(health(status))


def test_a_kiosk_that_stands_well_has_only_a_backup_to_wish_for(health: Health) -> None:
    said = told(health)
    assert (said["config"], said["printer"], said["code"]) == (7, "ready", "")
    assert said["today"] == {"registered": 0, "started": 0}
    assert (said["waiting"], said["unexported"]) == (0, 0)
    assert (said["backup_at"], said["trouble"]) == (None, 1)


def test_a_backup_counts_by_its_age(health: Health, settings: Settings) -> None:
    (settings.backup_place / "x.backup").touch()
    said = told(health)
    assert said["backup_at"] is not None


def test_people_of_today_slips_and_paper_are_counted(
    health: Health, store: Store, settings: Settings
) -> None:
    clock = StillClock()
    registered = register(store, make_application("0" * 36), clock)
    assert isinstance(registered, Registered)
    with store.transaction() as record:
        record.prints.set_paper(PaperCount(used=90, since=NOW))
    assert {**told(health), "trouble": 0} == {
        **told(health),
        "trouble": 0,
        "slips_owed": 1,
        "slips_failed": 0,
        "paper_left": 10,
        "today": {"registered": 1, "started": 0},
        "unexported": 1,
    }
    with store.transaction() as record:
        (job,) = record.prints.unfinished()
        record.prints.settle(job.id, PrintState.FAILED, "P 11", NOW)
    said = told(health)
    assert (said["slips_owed"], said["slips_failed"]) == (0, 1)
    clock.forward(timedelta(days=1))
    assert told(replace(health, clock=clock))["today"] == {
        "registered": 0,
        "started": 0,
    }


def test_who_began_today_is_counted_once_the_visit_is_over(health: Health, store: Store) -> None:
    today = local(NOW).date()
    for day, purpose, ending in [
        (today, "register", Ending.DONE),
        (today, "register", Ending.GIVEN_UP),
        (today, "calculate", Ending.DONE),
        (today - timedelta(days=1), "register", Ending.DONE),
    ]:
        count_walk(store, Walk(day, purpose, "", "", {"nik": 900}, "nik", ending))
    assert told(health)["today"]["started"] == 2


def test_the_number_to_ring_is_told(health: Health) -> None:
    office = replace(health.settings, help_number="(0254) 281234")
    assert told(replace(health, settings=office))["help_number"] == "(0254) 281234"


def test_troubles_are_counted_as_the_console_judges_them(health: Health, store: Store) -> None:
    before = told(health)["trouble"]
    with store.transaction() as record:
        record.configuration.refuse(Refused(8, Because.DATA, "tariff.json"), "0.1.0", NOW)
    health.vitals.code = "S 11"
    status = replace(REACHED, parked=2, waiting=1, oldest_waiting_at=NOW - timedelta(days=2))
    said = told(health, status)
    assert said["config_refused"] == {
        "version": 8,
        "reason": "data",
        "what": "tariff.json",
        "at": NOW.isoformat(),
    }
    assert said["trouble"] == before + 4


def test_it_is_small_and_holds_nothing_that_anybody_typed(health: Health, store: Store) -> None:
    application = make_application("0" * 36)
    register(store, application, StillClock())
    said = json.dumps(told(health))
    assert len(said) < 1500
    resident = application.resident
    for secret in (resident.name, resident.nik, str(resident.phone)):
        assert secret not in said


def test_a_printer_that_takes_its_time_holds_nobody_up() -> None:
    answers, asked = threading.Event(), threading.Event()

    def ask() -> str:
        asked.set()
        answers.wait(30)
        return "jam"

    word = PrinterWord(ask)
    assert word() == "none"
    assert asked.wait(30)
    assert word() == "none"
    answers.set()
    for thread in threading.enumerate():
        if thread.name == "printer word":
            thread.join(30)
    assert word() == "jam"
