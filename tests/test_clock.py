"""Western Indonesian Time, whatever the machine is set to."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import WIB, SystemClock, local, local_date


def test_the_office_is_seven_hours_ahead_of_utc() -> None:
    moment = datetime(2026, 11, 22, 3, 24, tzinfo=UTC)
    assert local(moment).isoformat() == "2026-11-22T10:24:00+07:00"
    assert local(moment) == moment


def test_the_office_has_a_new_day_while_utc_still_has_the_old() -> None:
    assert local_date(datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC)) == date(2026, 11, 30)
    assert local_date(datetime(2026, 11, 30, 17, 0, tzinfo=UTC)) == date(2026, 12, 1)


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1)))  # noqa: DTZ001
def test_there_is_no_summer_time(moment: datetime) -> None:
    assert local(moment).utcoffset() == timedelta(hours=7)
    assert local(moment).tzname() == WIB.tzname(None)


def test_the_machines_clock_tells_aware_utc_and_its_measure_only_grows() -> None:
    clock = SystemClock()
    assert clock.now().utcoffset() == timedelta(0)
    measures = [clock.monotonic_ms() for _ in range(100)]
    assert measures == sorted(measures)
