"""Comparing a kiosk's days with the centre's, and giving a kiosk its own records back."""

import hashlib
import uuid
from typing import Any

import pytest
from psycopg import Error

from central.fixtures import Centre
from central.kiosks import Kiosk, Kiosks, erasure

DAY = "2026-11-22"


def stored(centre: Centre) -> dict[str, list[Any]]:
    """Id, revision and hash of all records, as a kiosk that has the same would say them."""
    with centre.connect() as owner:
        rows = owner.execute(
            "SELECT id::text, revision, encode(hash, 'hex') FROM centre.registration"
        ).fetchall()
    return {str(key): [revision, digest] for key, revision, digest in rows}


def day_of(records: dict[str, list[Any]]) -> list[Any]:
    """How many there are, and their hash, as the kiosk computes it."""
    lines = "".join(f"{key}:{one[0]}:{one[1]}\n" for key, one in sorted(records.items()))
    return [len(records), hashlib.sha256(lines.encode()).hexdigest()]


def test_equal_days_are_equal_and_only_others_are_named(centre: Centre, kiosks: Kiosks) -> None:
    kiosk = kiosks.add()
    kiosk.exchange(*(kiosk.record(counter) for counter in range(5)))
    days = {DAY: day_of(stored(centre)), "2026-11-23": day_of({}), "2026-11-24": [1, "00"]}
    asked = {"incarnation": kiosk.incarnation, "days": days}
    assert kiosk.call(asked, "reconcile") == {"differ": ["2026-11-24"]}
    with centre.connect() as owner:
        noted = owner.execute(
            "SELECT day, equal FROM centre.reconciliation ORDER BY day"
        ).fetchall()
    assert noted == [(DAY, True), ("2026-11-23", True), ("2026-11-24", False)]


def test_a_day_that_differs_is_named_record_by_record(centre: Centre, kiosks: Kiosks) -> None:
    kiosk = kiosks.add()
    records = [kiosk.record(counter) for counter in range(5)]
    kiosk.exchange(*records)
    gone = kiosk.record(7)
    kiosk.exchange(gone)
    kiosk.exchange(erasure(gone))
    mine = stored(centre)
    only_here, kept_there, other = (records[place]["id"] for place in range(3))
    del mine[only_here], mine[kept_there]
    mine[other] = [2, mine[other][1]]
    missing = str(uuid.uuid4())
    mine[missing] = [1, "00"]
    mine[gone["id"]] = [1, "00"]
    asked = {"day": DAY, "records": mine, "kept_there": [kept_there]}
    assert kiosk.call(asked, "reconcile") == {
        "missing": [missing],
        "other": [other],
        "only_here": [only_here],
    }


@pytest.fixture
def opened(centre: Centre, kiosks: Kiosks) -> Kiosk:
    """A kiosk that lost everything, and for which an admin opened a recovery."""
    other = kiosks.add("10918", "36.04.10")
    other.exchange(other.record(1))
    kiosk = kiosks.add()
    kiosk.exchange(*(kiosk.record(counter) for counter in range(5)))
    with centre.connect() as owner:
        owner.execute("UPDATE centre.kiosk SET recovery_until = now() + interval '1 hour'")
    return kiosk


def recover(kiosk: Kiosk, after: int, most: int) -> list[dict[str, Any]]:
    """What the centre gives back."""
    found = kiosk.connection.execute("SELECT kiosk_api.recover(%s, %s)", (after, most)).fetchone()
    assert found is not None
    return list(found[0]["records"])


def test_a_kiosk_gets_its_own_records_back_in_pages(opened: Kiosk) -> None:
    first = recover(opened, 0, 3)
    rest = recover(opened, first[-1]["receipt"], 3)
    assert [one["receipt"] for one in first + rest] == [1, 2, 3, 4, 5]
    assert {one["row"]["kiosk_number"] for one in first + rest} == {"10917"}


def test_nobody_gets_records_back_unless_an_admin_opened_it(centre: Centre, opened: Kiosk) -> None:
    with centre.connect() as owner:
        owner.execute("UPDATE centre.kiosk SET recovery_until = now() - interval '1 second'")
    with pytest.raises(Error) as refused:
        recover(opened, 0, 3)
    assert refused.value.sqlstate == "42501"


@pytest.mark.parametrize("asked", [None, [], {}, {"days": []}, {"day": DAY}, {"records": {}}])
def test_what_is_no_question_is_refused(kiosks: Kiosks, asked: Any) -> None:
    with pytest.raises(Error) as refused:
        kiosks.add().call(asked, "reconcile")
    assert refused.value.sqlstate == "22023"
