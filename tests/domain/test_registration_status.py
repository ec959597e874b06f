"""The states of a registration and the only ways between them."""

from itertools import pairwise

import pytest

from kiosk.domain.registration import ALLOWED_NEXT, Status

WAY_TO_MEMBERSHIP = [
    *(Status.REGISTERED, Status.HANDED_OVER, Status.ACCEPTED, Status.PAID, Status.MEMBER),
]


def test_every_state_says_what_may_follow() -> None:
    assert set(ALLOWED_NEXT) == set(Status)


def test_the_way_to_membership_is_open() -> None:
    for now, following in pairwise(WAY_TO_MEMBERSHIP):
        assert following in ALLOWED_NEXT[now]


@pytest.mark.parametrize("status", WAY_TO_MEMBERSHIP)
def test_no_state_is_skipped_or_taken_back(status: Status) -> None:
    place = WAY_TO_MEMBERSHIP.index(status)
    following = ALLOWED_NEXT[status] & set(WAY_TO_MEMBERSHIP)
    assert following == set(WAY_TO_MEMBERSHIP[place + 1 : place + 2])


def test_anything_can_be_made_void_and_void_is_the_end() -> None:
    assert ALLOWED_NEXT[Status.VOID] == frozenset()
    assert all(Status.VOID in ALLOWED_NEXT[status] for status in Status if status != Status.VOID)


def test_only_what_was_handed_over_is_accepted_or_rejected() -> None:
    for answer in (Status.ACCEPTED, Status.REJECTED):
        assert [s for s in Status if answer in ALLOWED_NEXT[s]] == [Status.HANDED_OVER]


def test_a_rejected_one_can_only_be_made_void() -> None:
    assert ALLOWED_NEXT[Status.REJECTED] == {Status.VOID}
