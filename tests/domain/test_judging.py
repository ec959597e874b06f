"""Which kiosk needs a person, and what to say to whoever picks up the telephone there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ROOT

from kiosk.domain.fleet import FleetLine, KioskSeen, Urgency
from kiosk.domain.judging import judge, most_urgent_first, troubles_of
from kiosk.languages import load_languages

NOW = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
TEXTS = load_languages(ROOT / "resources" / "texts").texts
WELL: Mapping[str, Any] = {
    "config": 3,
    "config_refused": None,
    "code": "",
    "printer": "ready",
    "slips_owed": 0,
    "slips_failed": 0,
    "paper_left": None,
    "disk_free_mb": 20_000,
    "waiting": 2,
    "oldest_waiting_at": (NOW - timedelta(minutes=5)).isoformat(),
    "parked": 0,
    "clock_at": NOW.isoformat(),
    "clock_doubted": False,
    "backup_at": (NOW - timedelta(hours=3)).isoformat(),
}


def kiosk(**changes: Any) -> KioskSeen:
    """One that stands well, but for the changes of it or of its health."""
    health = {**WELL, **{name: changes.pop(name) for name in list(changes) if name in WELL}}
    made = KioskSeen(
        number="10917",
        name="Loket 1",
        office="36.04.09",
        state="active",
        app_version="0.1.0",
        seen_at=NOW,
        health_at=NOW,
        health=health,
        config_version=3,
        config_since=NOW,
        receipts=7,
    )
    return replace(made, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"seen_at": NOW - timedelta(hours=2)},
        {"oldest_waiting_at": (NOW - timedelta(hours=25)).isoformat()},
        {"backup_at": (NOW - timedelta(hours=50)).isoformat()},
        {"config_refused": {"version": 4, "at": (NOW - timedelta(hours=1)).isoformat()}},
        {"state": "locked", "locked_since": NOW - timedelta(hours=4)},
        {"questioned": 2, "copied_since": NOW - timedelta(hours=5)},
    ],
)
def test_since_when_is_told_where_it_is_known(changes: dict[str, Any]) -> None:
    told = judge(kiosk(**changes), NOW).since
    assert told is not None
    assert told < NOW


def test_a_kiosk_that_stands_well_needs_nobody() -> None:
    judged = judge(kiosk(), NOW)
    assert (judged.urgency, judged.what.key, judged.phone) == (
        Urgency.FINE,
        "fleet.what.fine",
        None,
    )


@pytest.mark.parametrize(
    ("changes", "urgency", "word"),
    [
        ({"code": "S 14"}, Urgency.NOW, "out_of_order"),
        ({"printer": "no_paper"}, Urgency.NOW, "printer_no_paper"),
        ({"printer": "offline"}, Urgency.NOW, "printer_offline"),
        ({"disk_free_mb": 150}, Urgency.NOW, "disk_full"),
        ({"disk_free_mb": 900}, Urgency.TODAY, "disk_full"),
        ({"slips_failed": 2}, Urgency.TODAY, "slips_failed"),
        ({"paper_left": 3}, Urgency.TODAY, "paper_low"),
        ({"clock_doubted": True}, Urgency.TODAY, "clock_doubted"),
        ({"clock_at": (NOW - timedelta(minutes=9)).isoformat()}, Urgency.TODAY, "clock_off"),
        ({"backup_at": None}, Urgency.TODAY, "backup_old"),
        ({"backup_at": (NOW - timedelta(days=3)).isoformat()}, Urgency.TODAY, "backup_old"),
        ({"config_refused": {"version": 4, "reason": "data"}}, Urgency.TODAY, "config_refused"),
        ({"parked": 1}, Urgency.TODAY, "parked"),
        (
            {"oldest_waiting_at": (NOW - timedelta(days=2)).isoformat()},
            Urgency.TODAY,
            "waits_long",
        ),
        ({"seen_at": None}, Urgency.TODAY, "never_seen"),
        ({"seen_at": NOW - timedelta(hours=2)}, Urgency.TODAY, "silent"),
        ({"seen_at": NOW - timedelta(days=4)}, Urgency.NOW, "silent_long"),
        ({"questioned": 2}, Urgency.TODAY, "copied"),
        ({"state": "locked"}, Urgency.TODAY, "locked"),
    ],
)
def test_what_is_the_matter_is_said_in_words(
    changes: dict[str, Any], urgency: Urgency, word: str
) -> None:
    judged = judge(kiosk(**changes), NOW)
    assert (judged.urgency, judged.what.key) == (urgency, f"fleet.what.{word}")
    assert judged.phone is not None
    for texts in TEXTS.values():
        assert texts.say(judged.what.key, **judged.what.values)
        assert texts.say(judged.phone.key, **judged.phone.values)


def test_the_most_urgent_matter_is_told_and_the_others_are_counted() -> None:
    judged = judge(kiosk(parked=1, printer="jam", clock_doubted=True), NOW)
    assert (judged.what.key, judged.also) == ("fleet.what.printer_jam", 2)


@pytest.mark.parametrize("state", ["revoked", "claiming"])
def test_of_a_kiosk_that_is_out_nothing_is_asked(state: str) -> None:
    judged = judge(kiosk(state=state, printer="jam", seen_at=None), NOW)
    assert (judged.urgency, judged.what.key) == (Urgency.FINE, f"fleet.what.{state}")


def test_who_needs_a_person_comes_first() -> None:
    seen = [
        kiosk(number="1", state="revoked"),
        kiosk(number="2"),
        kiosk(number="3", parked=1),
        kiosk(number="4", printer="jam"),
    ]
    lines = most_urgent_first(FleetLine(one, judge(one, NOW)) for one in seen)
    assert [line.kiosk.number for line in lines] == ["4", "3", "2", "1"]


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(WELL)), anything))
def test_whatever_a_kiosk_tells_of_itself_it_is_judged(health: dict[str, Any]) -> None:
    seen = replace(kiosk(), health=health)
    judged = judge(seen, NOW)
    for texts in TEXTS.values():
        assert texts.say(judged.what.key, **judged.what.values)
    assert len(troubles_of(health, NOW)) <= judged.also + 1
