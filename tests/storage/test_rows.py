"""A registration comes back from its row exactly as it went in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import FACTS, NOW, make_application, nik_of

from kiosk.domain.months import Month
from kiosk.domain.nik import NikWarning, Sex
from kiosk.domain.registration import (
    Address,
    Application,
    Consent,
    Declaration,
    PhoneOwner,
    Registration,
    Resident,
    Status,
    Work,
    WorkPlace,
)
from kiosk.domain.tariff import Package, Payer, Quote, quote
from kiosk.storage import tables
from kiosk.storage.rows import from_text, registration_from_row, registration_row, to_text
from kiosk.storage.store import Store

words = st.text(max_size=60)
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(
    min_value=datetime(2020, 1, 2),  # noqa: DTZ001 (hypothesis adds the offset)
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=offsets,
)


@st.composite
def quotes_of_two_months(draw: st.DrawFn) -> tuple[Quote, Quote]:
    """What one job costs when paid in some month and in the month after."""
    segment = draw(st.sampled_from(FACTS.work.segments))
    job = draw(st.sampled_from(segment.jobs))
    bracket = draw(st.sampled_from(FACTS.tariff.brackets))
    package = draw(st.sampled_from(Package))
    months = draw(st.sampled_from(FACTS.tariff.periods))
    first = Month(2026, 1).plus(draw(st.integers(0, 24)))
    this_month, next_month = (
        quote(
            FACTS.tariff,
            base=bracket.base,
            sector=job.sector,
            sector_unclear=job.sector_unclear,
            payer=Payer.SELF,
            package=package,
            months=months,
            payment_month=month,
        )
        for month in (first, first.plus(1))
    )
    return this_month, next_month


@st.composite
def registrations(draw: st.DrawFn) -> Registration:
    this_month, next_month = draw(quotes_of_two_months())
    identifier = str(draw(st.uuids()))
    return Registration(
        id=identifier,
        number=draw(words),
        kiosk_number=draw(words),
        incarnation=draw(words),
        registered_at=draw(moments),
        status=draw(st.sampled_from(Status)),
        revision=draw(st.integers(1, 1000)),
        kpj="",  # unique in the store
        rejected_because=draw(words),
        batch=draw(st.integers(0, 1000)),
        application=Application(
            draft_id=identifier,
            consent=draw(st.builds(Consent, words, words, moments)),
            resident=draw(
                st.builds(
                    Resident,
                    nik=words,
                    name=words,
                    sex=st.sampled_from(Sex),
                    birth_date=st.dates(),
                    address=st.builds(Address, words, words, words),
                    phone=words,
                    phone_owner=st.sampled_from(PhoneOwner),
                    nik_warnings=st.frozensets(st.sampled_from(NikWarning)),
                    email=words,
                    birthplace=words,
                    mother_name=words,
                )
            ),
            work=draw(
                st.builds(
                    Work,
                    segment_id=words,
                    job_id=words,
                    dinas=words,
                    employs_people=st.booleans(),
                    place=st.none() | st.sampled_from(WorkPlace),
                    second_segment_id=words,
                    second_job_id=words,
                )
            ),
            package=this_month.package,
            this_month=this_month,
            next_month=next_month,
            declarations=draw(st.frozensets(st.sampled_from(Declaration))),
            language=draw(words),
        ),
    )


@given(registrations(), st.integers(1, 999_999))
def test_every_registration_comes_back_as_it_was(registration: Registration, counter: int) -> None:
    row = registration_row(registration, counter)
    assert registration_from_row(row) == registration
    assert row["counter"] == counter


@given(registrations())
def test_a_row_has_every_column_and_only_plain_values(registration: Registration) -> None:
    row = registration_row(registration, 1)
    assert row.keys() == {column.name for column in tables.registration.columns}
    assert {type(value) for value in row.values()} <= {str, int}


def test_registrations_come_back_from_the_file_as_they_were(store: Store) -> None:
    """One store for all: Hypothesis would open a new one for every example."""
    counter = 0

    @given(registrations())
    def kept(registration: Registration) -> None:
        nonlocal counter
        counter += 1
        one = replace(registration, number=str(counter), incarnation="one")
        resident = replace(one.application.resident, nik=nik_of(counter))
        one = replace(one, application=replace(one.application, resident=resident))
        with store.transaction() as record:
            if record.find(one.id) is None:
                record.add(one, counter)
                assert record.find(one.id) == one

    kept()
    assert counter > 10


@given(moments)
def test_a_time_keeps_its_instant_and_stands_in_utc_with_its_offset(moment: datetime) -> None:
    text = to_text(moment)
    assert text.endswith("+00:00")
    assert from_text(text) == moment
    assert from_text(text).utcoffset() == timedelta(0)


@given(moments, moments)
def test_times_sort_as_texts_as_they_do_on_the_clock(one: datetime, other: datetime) -> None:
    assert (to_text(one) < to_text(other)) == (one < other)


def test_a_time_without_its_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        to_text(NOW.replace(tzinfo=None))
    naive = replace(
        Registration("draft", "", "", "", NOW, Status.REGISTERED, 1, make_application()),
        registered_at=NOW.replace(tzinfo=None),
    )
    with pytest.raises(ValueError, match="offset"):
        registration_row(naive, 1)


def test_a_time_is_the_same_whatever_clock_told_it() -> None:
    jakarta = NOW.astimezone(timezone(timedelta(hours=7)))
    assert to_text(jakarta) == to_text(NOW) == NOW.astimezone(UTC).isoformat()
