"""Who decides or erases and who looks for duplicates never wait for each other in a circle."""

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from central.enrolled import OFFICE
from central.fixtures import Centre
from central.kiosks import erasure, record_of
from central.offices import offices_of
from central.waiting import until
from kiosk.central.outcomes import Decided
from kiosk.domain.centre import Verdict
from kiosk.domain.staff import CentreRole

NIK = "3604011205801111"
Connection = psycopg.Connection[tuple[Any, ...]]


def test_a_decision_and_a_look_at_the_same_pair_both_end(centre: Centre, tmp_path: Path) -> None:
    with closing(offices_of(centre, tmp_path)) as offices:
        own, other = offices.here.row(1, nik=NIK), offices.there.row(1, nik=NIK)
        offices.here.hand_in(own)
        offices.there.hand_in(other)
        with closing(offices.desk(offices.person(CentreRole.SUPERVISOR, OFFICE))) as desk:
            found = desk.matches()
            assert isinstance(found, tuple)
            came: list[object] = []

            def decide() -> None:
                came.append(desk.decide(found[0].id, Verdict.SAME_PERSON, own["id"], "satu orang"))

            _look_meanwhile(centre, own["id"], decide)
            assert came == [Decided(Verdict.SAME_PERSON)]


def test_an_erasure_and_a_look_at_the_same_pair_both_end(centre: Centre, tmp_path: Path) -> None:
    with closing(offices_of(centre, tmp_path)) as offices:
        own, other = offices.here.row(1, nik=NIK), offices.there.row(1, nik=NIK)
        offices.here.hand_in(own)
        offices.there.hand_in(other)
        offices.here.exchange()
        came: list[str] = []

        def erase() -> None:
            came.append(offices.here.exchange(erasure(record_of(own)))["outcomes"][0][2])

        _look_meanwhile(centre, own["id"], erase)
        assert came == ["stored"]
        with centre.connect() as owner:
            assert owner.execute("SELECT FROM centre.match").fetchone() is None


def _look_meanwhile(centre: Centre, id_: str, deed: Callable[[], None]) -> None:
    """Look for duplicates of a registration that was changed; `deed` begins in the middle of it."""
    with centre.connect() as looking, centre.connect() as owner:
        owner.execute(
            "INSERT INTO centre.to_match SELECT id, kiosk_id FROM centre.registration"
            " WHERE id = %s ON CONFLICT DO NOTHING",
            (id_,),
        )
        with looking.transaction():
            looking.execute("DELETE FROM centre.to_match")
            thread = threading.Thread(target=deed)
            thread.start()
            until(lambda: _waits(owner))
            looking.execute(
                "INSERT INTO centre.match AS m (one, other, because) SELECT one, other, because"
                " FROM centre.match ON CONFLICT (one, other) DO UPDATE SET because = 'nik'"
                " WHERE m.changed"
            )
        thread.join()


def _waits(owner: Connection) -> bool:
    asked = (
        "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND pid <> pg_backend_pid()"
    )
    return owner.execute(asked).fetchone() is not None
