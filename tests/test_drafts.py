"""Answers half given, kept as JSON and read back."""

import json
from dataclasses import fields
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ANSWERS, FACTS

from kiosk.domain.answers import Answers, Lives, Period
from kiosk.domain.checks import Step
from kiosk.domain.registration import Consent, Declaration, PhoneOwner, WorkPlace
from kiosk.domain.tariff import Package
from kiosk.domain.wizard import first_unanswered
from kiosk.drafts import from_plain, to_plain

words = st.text(max_size=40)
moments = st.datetimes(timezones=st.just(UTC))
all_answers = st.builds(
    Answers,
    consent=st.none() | st.builds(Consent, words, words, moments),
    is_wni=st.booleans(),
    segment_id=words,
    job_id=words,
    question_yes=st.none() | st.booleans(),
    nik=words,
    name=words,
    birth_date_digits=words,
    birthplace=words,
    mother_name=words,
    lives=st.none() | st.sampled_from(Lives),
    kecamatan_code=words,
    desa_code=words,
    elsewhere_line=words,
    elsewhere_postcode=words,
    phone_owner=st.none() | st.sampled_from(PhoneOwner),
    phone=words,
    wants_email=st.booleans(),
    email=words,
    work_place=st.none() | st.sampled_from(WorkPlace),
    has_second_job=st.booleans(),
    second_segment_id=words,
    second_job_id=words,
    income_period=st.sampled_from(Period),
    income_digits=words,
    income_days=st.integers(),
    package=st.none() | st.sampled_from(Package),
    months=st.integers(),
    declarations=st.frozensets(st.sampled_from(Declaration)),
)


@given(all_answers)
def test_any_answers_come_back_as_they_were(answers: Answers) -> None:
    back = from_plain(json.loads(json.dumps(to_plain(answers))))
    assert back == answers
    assert [type(getattr(back, one.name)) for one in fields(Answers)] == [
        type(getattr(answers, one.name)) for one in fields(Answers)
    ]


def test_every_answer_is_kept() -> None:
    assert to_plain(ANSWERS).keys() == {one.name for one in fields(Answers)}
    assert to_plain(Answers()).keys() == to_plain(ANSWERS).keys()


def test_an_answer_that_was_not_given_yet_takes_its_default() -> None:
    assert from_plain({}) == Answers()
    assert from_plain({"name": "SITI"}) == Answers(name="SITI")


BEFORE_THE_PLACE_OF_WORK = (
    *("birthplace", "mother_name", "wants_email", "email", "work_place"),
    *("has_second_job", "second_segment_id", "second_job_id"),
)


def test_a_draft_of_before_there_were_these_questions_is_read() -> None:
    old = {k: v for k, v in to_plain(ANSWERS).items() if k not in BEFORE_THE_PLACE_OF_WORK}
    resumed = from_plain(json.loads(json.dumps(old)))
    assert (resumed.nik, resumed.months) == (ANSWERS.nik, ANSWERS.months)
    assert first_unanswered(resumed, FACTS) is Step.PLACE


@pytest.mark.parametrize(
    "plain",
    [
        {"lives": "on the moon"},
        {"package": "JP"},
        {"phone_owner": "neighbour"},
        {"income_period": "year"},
        {"work_place": "office"},
        {"declarations": ["something"]},
        {"consent": ["v", "id", "yesterday"]},
    ],
    ids=lambda plain: next(iter(plain)),
)
def test_a_value_that_is_no_answer_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"not a valid|Invalid isoformat"):
        from_plain(plain)
