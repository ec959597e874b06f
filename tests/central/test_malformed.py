"""No request is so odd that anything but the documented errors comes of it."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Error

from central.kiosks import Json, Kiosk, Kiosks, record

DOCUMENTED = {"AB001", "AB002", "AB003", "22023"}
# A NUL has no place in jsonb, nor has half a surrogate: such text is refused before any function.
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**25), 10**25)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
GOOD = record("10917", 1)
columns = st.sampled_from(sorted(GOOD["row"]))
fields = st.sampled_from(sorted(GOOD))
rows = st.dictionaries(columns, values, max_size=3).map(lambda odd: {**GOOD["row"], **odd})
records = values | st.dictionaries(fields, values, max_size=2).map(lambda odd: {**GOOD, **odd})
records |= rows.map(lambda row: {**GOOD, "row": row, "id": row["id"], "revision": row["revision"]})
parts = st.sampled_from(
    ("protocol", "incarnation", "kiosk_number", "ticket", "last_receipt", "records", "changes_seen")
)


class Refused(Exception):
    """The centre refused the request in a way that is documented."""


def answer(kiosk: Kiosk, request: Any, function: str = "exchange") -> Json:
    """What the centre answers; Refused for a documented error, else the error itself."""
    try:
        return kiosk.call(request, function)
    except Error as error:
        if error.sqlstate in DOCUMENTED:
            raise Refused from None
        raise


@pytest.fixture
def kiosk(kiosks: Kiosks) -> Kiosk:
    """A kiosk that any number of examples shares."""
    return kiosks.add(daily_cap=1_000_000)


shared = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@shared
@given(odd=st.lists(records, max_size=4))
def test_odd_records_are_answered_one_by_one(kiosk: Kiosk, odd: list[Any]) -> None:
    reply = kiosk.exchange(*odd)
    assert len(reply["outcomes"]) == len(odd)
    assert not any("database" in outcome[4] for outcome in reply["outcomes"])


@shared
@given(odd=st.dictionaries(parts, values, max_size=2), anchor=values, health=values)
def test_odd_requests_meet_documented_errors_alone(
    kiosk: Kiosk, odd: dict[str, Any], anchor: Any, health: Any
) -> None:
    request = {**kiosk.request(), **odd, "anchor": anchor, "health": health}
    with suppress(Refused):
        reply = answer(kiosk, request)
        assert reply["protocol"] == 1
        if not reply["copied"] and request["incarnation"] == kiosk.incarnation:
            kiosk.ticket = reply["ticket"]


@shared
@given(odd=values)
def test_what_is_no_request_meets_documented_errors_alone(kiosk: Kiosk, odd: Any) -> None:
    for function in ("exchange", "reconcile"):
        with pytest.raises(Refused):
            answer(kiosk, odd, function)


@shared
@given(
    days=st.dictionaries(texts | st.just("2026-11-22"), values, max_size=3),
    records=st.dictionaries(texts, values, max_size=3),
    kept=values,
)
def test_odd_comparisons_are_answered(
    kiosk: Kiosk, days: dict[str, Any], records: dict[str, Any], kept: Any
) -> None:
    assert "differ" in kiosk.call({"days": days}, "reconcile")
    asked = {"day": "2026-11-22", "records": records, "kept_there": kept}
    assert "missing" in kiosk.call(asked, "reconcile")
