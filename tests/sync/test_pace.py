"""Batches fit the line, pauses have a ceiling, and nothing ever begins from nothing."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.pace import (
    AIMED_AT_S,
    FIRST_BATCH,
    LARGEST_BATCH,
    LONGEST_PATIENCE_S,
    LONGEST_PAUSE_S,
    PATIENCE_S,
    SHORTEST_PAUSE_S,
    Pace,
    after_failure,
    after_success,
    kept_pace,
    patience_s,
    pause_s,
)

PACES = st.builds(Pace, st.integers(1, LARGEST_BATCH), st.integers(0, 10**8), st.integers(0, 10**3))
DRAWS = st.floats(0, 1)


@given(PACES, st.integers(0, LARGEST_BATCH), st.integers(0, 10**8), st.floats(0, 10**4))
def test_a_batch_stays_within_its_bounds_and_moves_by_no_more_than_twice(
    pace: Pace, records: int, sent_bytes: int, took_s: float
) -> None:
    after = after_success(pace, records, sent_bytes, took_s)
    assert 1 <= after.batch <= LARGEST_BATCH
    assert pace.batch // 2 <= after.batch <= 2 * pace.batch
    assert after.failures == 0


@given(st.integers(1, LARGEST_BATCH), st.floats(0.01, 4))
def test_on_any_steady_line_batches_come_to_take_about_the_time_aimed_at(
    first: int, seconds_a_record: float
) -> None:
    pace = Pace(first)
    for _ in range(20):
        pace = after_success(pace, pace.batch, 1000, pace.batch * seconds_a_record)
    takes_s = pace.batch * seconds_a_record
    assert takes_s <= AIMED_AT_S or pace.batch == 1
    nearly = AIMED_AT_S * (1 - 1e-9)  # decimals that no float is
    assert takes_s + seconds_a_record > nearly or pace.batch == LARGEST_BATCH


def test_a_single_registration_does_not_make_the_next_backlog_small() -> None:
    pace = after_success(Pace(200), 1, 4000, 0.2)
    assert pace.batch == 200


@given(PACES, st.integers(1, 20))
def test_failures_in_a_row_halve_what_is_sent_down_to_one_and_no_further(
    pace: Pace, times: int
) -> None:
    after = pace
    for _ in range(times):
        after = after_failure(after, was_sending=True)
    assert after.batch == max(1, pace.batch >> times)


@given(PACES)
def test_a_network_that_is_not_there_says_nothing_of_how_much_it_carries(pace: Pace) -> None:
    assert after_failure(pace, was_sending=False).batch == pace.batch


@given(PACES, st.integers(0, 10**9))
def test_an_answer_is_waited_for_long_enough_and_not_for_ever(pace: Pace, sent: int) -> None:
    assert PATIENCE_S <= patience_s(pace, sent) <= LONGEST_PATIENCE_S
    assert patience_s(pace, sent) <= patience_s(after_failure(pace, was_sending=False), sent)


@given(st.integers(1, 10**6), DRAWS)
def test_a_pause_has_a_ceiling_and_a_success_ends_it(failures: int, draw: float) -> None:
    assert SHORTEST_PAUSE_S <= pause_s(failures, draw) <= LONGEST_PAUSE_S
    assert after_success(Pace(failures=failures), 0, 0, 1).failures == 0


def test_kiosks_that_lost_the_centre_together_come_back_apart() -> None:
    draws = [draw / 100 for draw in range(101)]
    pauses = [pause_s(10, draw) for draw in draws]
    assert len({round(pause) for pause in pauses}) == len(draws)
    assert max(pauses) == LONGEST_PAUSE_S


@given(st.integers(), st.integers())
def test_what_was_kept_is_taken_up_again_and_nonsense_is_not(batch: int, speed: int) -> None:
    pace = kept_pace(batch, speed)
    assert pace.batch == (batch if 1 <= batch <= LARGEST_BATCH else FIRST_BATCH)
    assert pace.bytes_per_s == max(0, speed)
