"""The ways that a registration may go."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.lifecycle import may_become, way_to
from kiosk.domain.registration import ALLOWED_NEXT, Status


def test_the_way_to_membership_goes_through_every_state_between() -> None:
    assert way_to(Status.HANDED_OVER, Status.MEMBER) == (
        *(Status.ACCEPTED, Status.PAID, Status.MEMBER),
    )


def test_who_is_there_needs_no_step() -> None:
    assert all(way_to(status, status) == () for status in Status)


@given(st.sampled_from(Status), st.sampled_from(Status))
def test_a_way_is_made_of_allowed_steps(now: Status, then: Status) -> None:
    way = way_to(now, then)
    if way is not None:
        assert all(may_become(before, after) for before, after in pairwise((now, *way)))
        assert (now, *way)[-1] is then


def test_nothing_leads_back_or_out_of_the_end() -> None:
    assert way_to(Status.PAID, Status.ACCEPTED) is None
    assert way_to(Status.REJECTED, Status.ACCEPTED) is None
    assert all(way_to(Status.VOID, status) is None for status in set(Status) - {Status.VOID})


def test_a_step_is_allowed_where_the_table_says_so() -> None:
    for now in Status:
        assert {then for then in Status if may_become(now, then)} == ALLOWED_NEXT[now]
