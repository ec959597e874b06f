"""Whatever a server answers is either understood or refused: nothing else leaves the outbox."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.centre import Handed, Outcome, Pause
from kiosk.storage.outgoing import OutgoingErasure
from kiosk.sync.exchange import NotUnderstood, read_reply

SENT = [OutgoingErasure("one", 2, "109170000018", "2026-11-27T03:00:00.000000+00:00")]
REPLY = {
    "protocol": 1,
    "kiosk": {"number": "10917", "name": "Ciruas", "office": "36.04.09", "state": "active"},
    "ticket": "2f",
    "outcomes": [["one", 2, "stored", 7, ""]],
    "changes": [
        {
            "seq": 3,
            "id": "two",
            "revision": 2,
            "base_revision": 1,
            "fields": {"phone": "0812"},
            "decided": False,
        }
    ],
    "more_changes": False,
    "backed_up": 5,
    "again_after": None,
    "copied": False,
    "pause": "",
    "now": "2026-11-27T03:00:00.000000+00:00",
}
ANYTHING: Any = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def test_a_whole_answer_is_understood() -> None:
    reply = read_reply(REPLY, SENT)
    assert reply.handed == (Handed("one", 2, Outcome.STORED, 7, ""),)
    assert [(one.seq, one.fields) for one in reply.changes] == [(3, {"phone": "0812"})]
    assert (reply.backed_up, reply.again_after, reply.pause) == (5, None, Pause.NONE)


@given(ANYTHING)
def test_what_is_no_answer_is_refused(said: Any) -> None:
    with pytest.raises(NotUnderstood):
        read_reply(said, SENT)


@given(st.sampled_from(sorted(REPLY.keys() - {"kiosk", "now"})), ANYTHING)
def test_a_spoilt_answer_takes_nothing_out_that_was_not_sent(name: str, said: Any) -> None:
    try:
        reply = read_reply({**REPLY, name: said}, SENT)
    except NotUnderstood:
        return
    assert {(one.registration_id, one.revision) for one in reply.handed} <= {("one", 2)}
    assert all(one.receipt >= 0 for one in reply.handed)


@pytest.mark.parametrize(
    "told", [["other", 2, "stored", 1, ""], ["one", 3, "stored", 1, ""], ["one", 2, "lost", 1, ""]]
)
def test_an_answer_about_another_record_or_revision_is_refused(told: list[Any]) -> None:
    with pytest.raises(NotUnderstood):
        read_reply({**REPLY, "outcomes": [told]}, SENT)
