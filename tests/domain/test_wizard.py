"""The resident's way: taps of a person and of a monkey, and the ends it may have."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from samples import (
    ANSWERS,
    ASKING,
    FACTS,
    HOME,
    NAME,
    NIK,
    OWN_FIELDS,
    PHONE,
    TODAY,
    SampleFacts,
    answers_of,
    born_on,
    load_work,
    make_application,
    walk,
)

from kiosk.domain import wizard
from kiosk.domain.answers import Answers, Lives, Period, Stop, stop_reason
from kiosk.domain.checks import Step, check
from kiosk.domain.months import Month
from kiosk.domain.nik import NikWarning, Sex
from kiosk.domain.registration import Address, Consent, Declaration, PhoneOwner, WorkPlace
from kiosk.domain.tariff import Package
from kiosk.domain.wizard import Purpose, WizardState
from kiosk.domain.work import Job, Question, Segment

SEGMENTS = load_work().segments
TURNS_65_TODAY, TURNS_65_TOMORROW = date(1961, 11, 22), date(1961, 11, 23)
TURNS_17_TODAY, TURNS_17_TOMORROW = date(2009, 11, 22), date(2009, 11, 23)

# What can be tapped or typed: good and bad values of every answer. What is good here is said
# without the program's own checks.

GOOD_NIKS = {
    NIK: date(1980, 5, 12),
    "3604015205809001": date(1980, 5, 12),
    "3604.0112.0580.9001": date(1980, 5, 12),
    born_on(TURNS_65_TODAY): TURNS_65_TODAY,
    born_on(TURNS_65_TOMORROW): TURNS_65_TOMORROW,
    born_on(TURNS_17_TODAY): TURNS_17_TODAY,
    born_on(TURNS_17_TOMORROW): TURNS_17_TOMORROW,
}
TYPED_DATES = {"12051980": date(1980, 5, 12), "01011960": date(1960, 1, 1)}
BAD_DATES = ["1", "31022000", "01012030", "01011800", "0000000", "x"]
KECAMATAN = {one.code: {desa.code for desa in one.desa} for one in FACTS.regions.kecamatan}
DESA = sorted(code for codes in KECAMATAN.values() for code in codes if code[-1] == "1")

GOOD: dict[str, list[Any]] = {
    "consent": [ANSWERS.consent],
    "segment_id": ["umkm", "umkm", "tani", "lain", "konstruksi", "harian", "kader"],
    "is_wni": [True],
    "job_id": [job.id for segment in SEGMENTS for job in segment.jobs],
    "question_yes": [False, False, True],
    "nik": [NIK] * 6 + list(GOOD_NIKS),
    "name": [NAME, "Siti Nur'aini", "O", "A" * 60],
    "birth_date_digits": ["", *TYPED_DATES],
    "birthplace": ["SERANG", "Pandeglang", "É"],
    "mother_name": ["ROHANI", "Siti Nur'aini"],
    "lives": [*Lives, Lives.OTHER_KECAMATAN],
    "desa_code": DESA,
    "kecamatan_code": list(KECAMATAN),
    "elsewhere_line": ["Jl. Raya 1, Cipocok", "RT 01"],
    "elsewhere_postcode": ["42111"],
    "phone_owner": list(PhoneOwner),
    "phone": [PHONE, "+62 812-3456-789", "6281234567890"],
    "wants_email": [False, True],
    "email": ["", "siti@gmail.com", "A.B-C_9@mail.serangkab.go.id"],
    "work_place": list(WorkPlace),
    "has_second_job": [False, True],
    "second_segment_id": ["tani", "umkm", "lain", "konstruksi"],
    "second_job_id": [job.id for segment in SEGMENTS for job in segment.jobs],
    "income_period": list(Period),
    "income_digits": ["75000", "1000000"],
    "income_days": [1, 26, 31],
    "package": list(Package),
    "months": [1, 2, 3, 6, 12],
    "declarations": [frozenset(Declaration)],
}
BAD: dict[str, list[Any]] = {
    "consent": [None],
    "segment_id": ["", "astronot"],
    "is_wni": [False],
    "job_id": ["", "astronot"],
    "question_yes": [None],
    "nik": ["", "3604", "3604011205800000", "9999011205809001", "\u0663", NIK + "1", "😀"],
    "name": ["", "   ", "😀", "." * 70 + "A", "12345", "\u202e", "محمد", "李", "Иван"],
    "birthplace": ["", "  ", "123", "東京"],
    "mother_name": ["", ".", "فاطمة"],
    "birth_date_digits": BAD_DATES,
    "lives": [None],
    "desa_code": ["", "36.04.99.2001"],
    "kecamatan_code": ["", "31.71.01"],
    "elsewhere_line": ["", "Jl  ", "Jl\n\u202e\n1", "شارع 1, Lebak"],
    "elsewhere_postcode": ["", "4211", "421111", "ABCDE"],
    "phone_owner": [None],
    "phone": ["", "0812", "0254200000", "+1 555 0100", "08" + "1" * 20, "😀"],
    "email": ["siti", "siti@", "siti@gmail", "a@b@c.id", "siti @gmail.com", "é@gmail.com", "x@.id"],
    "work_place": [None],
    "second_segment_id": ["", "astronot"],
    "second_job_id": ["", "astronot"],
    "income_digits": ["", "0", "10000000000", "-5", "dua", "\u0663"],
    "income_days": [0, -1, 32, 400],
    "package": [None],
    "months": [0, -1, 5, 13],
    "declarations": [frozenset(), frozenset({Declaration.DATA_TRUE})],
}


LEADS_TO: dict[Step, dict[str, Any]] = {
    Step.QUESTION: {"segment_id": "umkm", "job_id": "perajin"},
    Step.STOP: {"nik": born_on(TURNS_65_TODAY)},
    Step.KECAMATAN: {"lives": Lives.OTHER_KECAMATAN},
    Step.DESA: {"lives": Lives.OTHER_KECAMATAN, "kecamatan_code": DESA[0][:8]},
    Step.ELSEWHERE: {"lives": Lives.ELSEWHERE},
    Step.EMAIL: {"wants_email": True},
    Step.SECOND_WORK: {"has_second_job": True},
    Step.SECOND_JOB: {"has_second_job": True, "second_segment_id": "umkm"},
}
"""What has to be answered otherwise than in ANSWERS to see a screen."""
STOPPED_BY_WORK: dict[str, Any] = {
    "segment_id": "harian",
    "job_id": "serabutan",
    "question_yes": True,
}
PRICING = (Step.WORK, Step.JOB, Step.QUESTION, Step.STOP, Step.INCOME, Step.PROGRAMME, Step.MONTHS)
"""The screens that a price needs; none of them asks who one is."""
SCREENS = dict.fromkeys(Purpose, PRICING) | {Purpose.REGISTER: tuple(Step)}


LINES = (
    {Step.WORK, Step.JOB, Step.QUESTION},
    {Step.ADDRESS, Step.KECAMATAN, Step.DESA, Step.ELSEWHERE},
    {Step.PHONE, Step.EMAIL},
    {Step.SECOND_WORK, Step.SECOND_JOB},
)
"""Screens that are one line of the review, mended one after the other."""


def segment_of(answers: Answers) -> Segment | None:
    return next((one for one in SEGMENTS if one.id == answers.segment_id), None)


def jobs_of(answers: Answers) -> list[Job]:
    segment = segment_of(answers)
    return list(segment.jobs) if segment else []


def second_jobs_of(answers: Answers) -> list[str]:
    """The second job may be any of its segment that is not the first."""
    segment = next((one for one in SEGMENTS if one.id == answers.second_segment_id), None)
    jobs = [job.id for job in segment.jobs] if segment and answers.has_second_job else []
    if answers.second_segment_id != answers.segment_id:
        return jobs
    only = jobs[0] if len(jobs) == 1 else ""
    return [job for job in jobs if job not in {answers.job_id, only}]


def employs(answers: Answers) -> bool:
    segment = segment_of(answers)
    asked = segment is not None and segment.question is Question.EMPLOYS_PEOPLE
    return asked and answers.question_yes is True


def born(answers: Answers) -> date | None:
    if answers.birth_date_digits:
        return TYPED_DATES.get(answers.birth_date_digits)
    return GOOD_NIKS.get(answers.nik)


def has_good(answers: Answers, *names: str) -> bool:
    return all(getattr(answers, name) in GOOD[name] for name in names)


def desa_belongs(answers: Answers, kecamatan: str) -> bool:
    return answers.desa_code in KECAMATAN.get(kecamatan, set())


def income_is_good(answers: Answers) -> bool:
    # Every good amount stays under the limit, for every good number of days.
    return has_good(answers, "income_digits") and (answers.income_days in range(1, 32))


IS_GOOD: dict[Step, Callable[[Answers], bool]] = {
    Step.CONSENT: lambda a: a.consent is not None,
    Step.WORK: lambda a: not a.is_wni or segment_of(a) is not None,
    Step.JOB: lambda a: a.job_id in {job.id for job in jobs_of(a)},
    Step.QUESTION: lambda a: a.question_yes is not None,
    Step.STOP: lambda _a: False,
    Step.NIK: lambda a: has_good(a, "nik"),
    Step.NAME: lambda a: has_good(a, "name") and born(a) is not None,
    Step.BIRTHPLACE: lambda a: has_good(a, "birthplace"),
    Step.MOTHER: lambda a: has_good(a, "mother_name"),
    Step.ADDRESS: lambda a: (
        a.lives is not None and (a.lives is not Lives.HERE or desa_belongs(a, HOME))
    ),
    Step.KECAMATAN: lambda a: has_good(a, "kecamatan_code"),
    Step.DESA: lambda a: desa_belongs(a, a.kecamatan_code),
    Step.ELSEWHERE: lambda a: has_good(a, "elsewhere_line", "elsewhere_postcode"),
    Step.PHONE: lambda a: (
        a.phone_owner is PhoneOwner.NONE or (a.phone_owner is not None and has_good(a, "phone"))
    ),
    Step.EMAIL: lambda a: has_good(a, "email"),
    Step.PLACE: lambda a: a.work_place is not None,
    Step.SECOND_WORK: lambda a: bool(second_jobs_of(a)),
    Step.SECOND_JOB: lambda a: a.second_job_id in second_jobs_of(a),
    Step.INCOME: income_is_good,
    Step.PROGRAMME: lambda a: (
        a.package is not None and not (employs(a) and a.package is Package.JKK_JKM)
    ),
    Step.MONTHS: lambda a: has_good(a, "months"),
    Step.REVIEW: lambda a: a.declarations == frozenset(Declaration),
}

Relevant = dict[tuple[Step, str, str], Any]


def relevant(answers: Answers, facts: SampleFacts, purpose: Purpose) -> Relevant:
    """Every answer whose screen is part of the way. Job and question are asked of a segment.

    Declarations are left out: they speak of all the others and fall with any of them.
    """
    kept = {}
    for step in wizard.visible_steps(answers, facts, purpose):
        of = answers.segment_id if step in {Step.JOB, Step.QUESTION} else ""
        of = answers.second_segment_id if step is Step.SECOND_JOB else of
        for name in OWN_FIELDS[step]:
            if name != "declarations":
                kept[step, name, of] = getattr(answers, name)
    return kept


def first_bad(answers: Answers, facts: SampleFacts, purpose: Purpose) -> Step | None:
    steps = wizard.visible_steps(answers, facts, purpose)
    return next((step for step in steps if not IS_GOOD[step](answers)), None)


class Taps(RuleBasedStateMachine):
    """A person and a monkey at the same kiosk, from one of its screens on."""

    screen = Step.CONSENT
    purpose = Purpose.REGISTER
    registrable = 0
    priced = 0
    stops = 0
    mended = 0

    def __init__(self) -> None:
        super().__init__()
        self.facts = ASKING
        self.past = timedelta()
        self.state = wizard.begin("draft", purpose=self.purpose)
        self.shown = {self.state.step}
        self.at_review: Answers | None = None

    # ------------------------------------------------------------ taps

    @initialize(data=st.data())
    def come_to_the_screen_and_err_there(self, data: st.DataObject) -> None:
        screen = self.screen
        changes = LEADS_TO.get(screen, {})
        if screen is Step.STOP and self.purpose is not Purpose.REGISTER:
            changes = STOPPED_BY_WORK
        answers = replace(ANSWERS, **changes)
        for _ in Step:
            if self.state.step is not screen:
                self._answer(answers_of(self.state, answers))
                self.go_on()
        assert self.state.step is screen
        wrong = [name for name in OWN_FIELDS[screen] if name in BAD and name != "is_wni"]
        self._answer({name: data.draw(st.sampled_from(BAD[name])) for name in wrong})
        self.go_on()
        assert self.state.complaining

    @rule(data=st.data())
    def answer_well(self, data: st.DataObject) -> None:
        names = OWN_FIELDS[self.state.step]
        self._answer({name: data.draw(st.sampled_from(self._good(name))) for name in names})

    @rule(data=st.data())
    def answer_anything_and_press_on(self, data: st.DataObject) -> None:
        names = OWN_FIELDS[self.state.step]
        if names:
            name = data.draw(st.sampled_from(names))
            self._answer({name: data.draw(st.sampled_from(BAD.get(name, []) + GOOD[name]))})
        self.go_on()

    @rule(data=st.data())
    def a_stale_tap_for_another_screen(self, data: st.DataObject) -> None:
        others = sorted(GOOD.keys() - set(OWN_FIELDS[self.state.step]))
        name = data.draw(st.sampled_from(others))
        with pytest.raises(ValueError, match=name):
            wizard.answer(self.state, **{name: GOOD[name][0]})

    @rule()
    def go_on(self) -> None:
        before, steps = self.state, self._steps()
        self._show(wizard.go_on(before, self.facts))
        after = self.state
        assert after.answers == before.answers
        if before.step not in steps:
            return
        if not IS_GOOD[before.step](before.answers):
            assert after == replace(before, complaining=True)
        elif before.before_edit is not None:
            following = steps[steps.index(before.step) + 1]
            if any({before.step, following} <= line for line in LINES):
                assert after.step is following
            else:
                assert after.step is (self._first_bad() or Step.REVIEW)
            assert (after.before_edit is None) == (after.step is Step.REVIEW)
        elif before.step is not steps[-1]:
            assert after.step is steps[steps.index(before.step) + 1]
        place = steps.index(after.step)
        assert all(IS_GOOD[step](after.answers) for step in steps[:place])

    @rule()
    def go_back(self) -> None:
        before, steps = self.state, self._steps()
        after = wizard.go_back(before, self.facts)
        if after is None:
            assert before.step is steps[0]
            return
        if before.before_edit is not None:
            assert (after.step, after.answers) == (Step.REVIEW, self.at_review)
            Taps.mended += 1
        else:
            assert after.answers == before.answers
            if before.step in steps:
                assert after.step is steps[steps.index(before.step) - 1]
        self._show(after)

    @rule(data=st.data())
    def edit_one(self, data: st.DataObject) -> None:
        self.edit(data.draw(st.sampled_from(self._steps()[1:])))

    @rule(step=st.sampled_from(Step))
    def edit(self, step: Step) -> None:
        before, steps = self.state, self._steps()
        self._show(wizard.edit(before, step, self.facts))
        if before.step is Step.REVIEW and step in steps[1:-1]:
            self.at_review = before.answers
            assert self.state.step is step
        else:
            assert self.state == before

    @rule(data=st.data(), screens=st.integers(1, len(Step)))
    def hurry(self, data: st.DataObject, screens: int) -> None:
        for _ in range(screens):
            if not IS_GOOD[self.state.step](self.state.answers):
                self.answer_well(data)
            self.go_on()

    @rule(data=st.data())
    def change_the_segment(self, data: st.DataObject) -> None:
        self.edit(Step.WORK)
        if self.state.step is Step.WORK:
            self._answer({"segment_id": data.draw(st.sampled_from(GOOD["segment_id"]))})
            self.go_on()

    @rule()
    def midnight(self) -> None:
        self.past += timedelta(days=1)
        self.facts = replace(ASKING, today=TODAY + self.past)

    # ------------------------------------------------------------ what must always hold

    @invariant()
    def the_progress_counts_from_1(self) -> None:
        number, count = wizard.progress(self.state, self.facts)
        assert 1 <= number <= count

    @invariant()
    def only_good_answers_are_registered_and_all_of_them(self) -> None:
        answers = self.state.answers
        confirmed = wizard.application(self.state, self.facts)
        ready = self.state.step is Step.REVIEW and self._first_bad() is None
        ready = ready and self.state.priced_in == Month.of(self.facts.today)
        assert (confirmed is not None) == ready
        if confirmed is None:
            Taps.stops += self.state.step is Step.STOP
            return
        Taps.registrable += 1
        assert set(self._steps()) <= self.shown
        assert answers.is_wni
        assert not answers.question_yes or employs(answers)
        assert TURNS_65_TODAY < confirmed.resident.birth_date - self.past <= TURNS_17_TODAY
        assert confirmed.resident.birth_date == born(answers)
        assert confirmed.consent == answers.consent
        assert confirmed.package is answers.package
        assert len(confirmed.this_month.months) == answers.months
        assert confirmed.work.employs_people == employs(answers)
        work = confirmed.work
        assert (work.second_job_id in second_jobs_of(answers)) == answers.has_second_job
        assert (work.second_segment_id, work.second_job_id) != (work.segment_id, work.job_id)
        assert bool(confirmed.resident.email) == (answers.wants_email and answers.email != "")
        assert confirmed.resident.birthplace
        assert confirmed.resident.mother_name

    @invariant()
    def a_finished_visit_has_its_two_prices(self) -> None:
        answers, last = self.state.answers, self._steps()[-1]
        ready = self.state.step is last and self._first_bad() is None
        assert wizard.is_finished(self.state, self.facts) == ready
        if ready:
            now, later = wizard.quotes(self.state, self.facts)
            assert {len(now.months), len(later.months)} == {answers.months}
            assert {now.package, later.package} == {answers.package}
            assert later.payment_month == now.payment_month.plus(1)
            Taps.priced += 1

    @invariant()
    def who_only_asks_for_a_price_is_asked_nothing_else(self) -> None:
        if self.purpose is not Purpose.REGISTER:
            asked = {name for step in PRICING for name in OWN_FIELDS[step]}
            untouched = {name for own in OWN_FIELDS.values() for name in own} - asked
            blank = Answers()
            for name in untouched:
                assert getattr(self.state.answers, name) == getattr(blank, name)
            assert self.state.purpose is self.purpose
            assert self.state.step in PRICING

    # ------------------------------------------------------------ inside

    def _steps(self) -> tuple[Step, ...]:
        return wizard.visible_steps(self.state.answers, self.facts, self.purpose)

    def _first_bad(self) -> Step | None:
        return first_bad(self.state.answers, self.facts, self.purpose)

    def _good(self, name: str) -> list[Any]:
        answers = self.state.answers
        if name == "job_id":
            return [job.id for job in jobs_of(answers)]
        if name == "second_job_id":
            return second_jobs_of(answers)
        if name == "second_segment_id":
            return [one for one in GOOD[name] if one != answers.segment_id]
        if name == "desa_code":
            here = self.state.step is Step.ADDRESS
            return sorted(KECAMATAN[HOME if here else answers.kecamatan_code])
        return GOOD[name]

    def _answer(self, changes: dict[str, Any]) -> None:
        before = self.state
        self._show(wizard.answer(before, **changes), changes)
        after = self.state
        assert {name: getattr(after.answers, name) for name in changes} == changes
        if after.answers != before.answers:
            assert not after.complaining
            if self.state.step is not Step.REVIEW:
                assert after.answers.declarations == frozenset()

    def _show(self, after: WizardState, changes: dict[str, Any] | None = None) -> None:
        if self.state.before_edit is None or after.before_edit is not None:
            was = relevant(self.state.answers, self.facts, self.purpose)
            now = relevant(after.answers, self.facts, self.purpose)
            for answer in was.keys() & now.keys():
                if answer[1] not in (changes or {}):
                    assert now[answer] == was[answer], f"{answer[:2]} was lost"
        self.state = after
        self.shown.add(after.step)


@pytest.mark.parametrize("purpose", Purpose)
def test_no_sequence_of_taps_breaks_the_way(purpose: Purpose) -> None:
    Taps.registrable = Taps.stops = Taps.mended = Taps.priced = 0
    for screen in SCREENS[purpose]:

        class TapsFromHere(Taps):
            pass

        TapsFromHere.screen, TapsFromHere.purpose = screen, purpose
        run_state_machine_as_test(
            TapsFromHere, settings=settings(max_examples=16, stateful_step_count=20)
        )
    assert min(Taps.priced, Taps.stops) > 0
    if purpose is Purpose.REGISTER:
        assert min(Taps.registrable, Taps.mended) > 0


# The straight way


@pytest.mark.parametrize("segment", SEGMENTS, ids=lambda segment: segment.id)
def test_every_job_leads_to_a_registration(segment: Segment) -> None:
    for job in segment.jobs:
        confirmed = make_application(segment_id=segment.id, job_id=job.id, question_yes=False)
        assert (confirmed.work.segment_id, confirmed.work.job_id) == (segment.id, job.id)
        assert confirmed.work.dinas == segment.dinas
        assert not confirmed.work.employs_people


def test_the_steps_stand_in_the_order_of_the_product() -> None:
    answers = replace(ANSWERS, segment_id="konstruksi", job_id="tukang_cat", question_yes=False)
    assert wizard.visible_steps(answers, FACTS) == (
        *(Step.CONSENT, Step.WORK, Step.JOB, Step.QUESTION, Step.NIK, Step.NAME, Step.ADDRESS),
        *(Step.PHONE, Step.PLACE, Step.INCOME, Step.PROGRAMME, Step.MONTHS, Step.REVIEW),
    )
    full = replace(answers, wants_email=True, has_second_job=True, second_segment_id="konstruksi")
    assert wizard.visible_steps(full, ASKING) == (
        *(Step.CONSENT, Step.WORK, Step.JOB, Step.QUESTION, Step.NIK, Step.NAME),
        *(Step.BIRTHPLACE, Step.MOTHER, Step.ADDRESS, Step.PHONE, Step.EMAIL, Step.PLACE),
        *(Step.SECOND_WORK, Step.SECOND_JOB, Step.INCOME, Step.PROGRAMME, Step.MONTHS),
        Step.REVIEW,
    )


@pytest.mark.parametrize("purpose", [Purpose.CALCULATE, Purpose.REMIND])
def test_a_price_is_asked_for_without_consent_and_without_a_person(purpose: Purpose) -> None:
    answers = replace(ANSWERS, segment_id="konstruksi", job_id="tukang_cat", question_yes=False)
    assert wizard.visible_steps(answers, FACTS, purpose) == (
        *(Step.WORK, Step.JOB, Step.QUESTION, Step.INCOME, Step.PROGRAMME, Step.MONTHS),
    )
    assert wizard.begin(purpose=purpose).step is Step.WORK
    assert wizard.visible_steps(Answers(**STOPPED_BY_WORK), FACTS, purpose)[-1] is Step.STOP


def test_a_registration_after_a_calculation_begins_with_consent_and_knows_the_answers() -> None:
    calculated = walk(purpose=Purpose.CALCULATE)
    assert wizard.is_finished(calculated, FACTS)
    state = wizard.begin("draft", answers=calculated.answers)
    seen = [state.step]
    state = wizard.go_on(wizard.answer(state, consent=ANSWERS.consent), FACTS)
    while not check(state.step, state.answers, FACTS):
        seen.append(state.step)
        state = wizard.go_on(state, FACTS)
    assert [*seen, state.step] == [Step.CONSENT, Step.WORK, Step.JOB, Step.NIK]
    assert (state.answers.package, state.answers.months) == (ANSWERS.package, ANSWERS.months)


def test_a_segment_with_one_job_asks_for_none() -> None:
    steps = wizard.visible_steps(replace(ANSWERS, segment_id="lain", job_id=""), FACTS)
    assert Step.JOB not in steps
    confirmed = make_application(segment_id="lain", job_id="")
    assert confirmed.work.job_id == "pekerjaan_mandiri_lainnya"


def test_an_address_in_another_kecamatan_asks_for_it_and_its_desa() -> None:
    code = next(code for code in KECAMATAN if code != HOME)
    desa = sorted(KECAMATAN[code])[0]
    changes: dict[str, Any] = {
        "lives": Lives.OTHER_KECAMATAN,
        "kecamatan_code": code,
        "desa_code": desa,
    }
    steps = wizard.visible_steps(replace(ANSWERS, **changes), FACTS)
    assert steps[steps.index(Step.ADDRESS) :][:3] == (Step.ADDRESS, Step.KECAMATAN, Step.DESA)
    address = make_application(**changes).resident.address
    kecamatan = FACTS.regions.find_kecamatan(code)
    village = FACTS.regions.find_desa(desa)
    line = f"Desa {village.name}, Kec. {kecamatan.name}"
    assert address == Address(line, village.postcode, desa)


def test_an_address_elsewhere_is_kept_as_typed_without_a_desa() -> None:
    confirmed = make_application(
        lives=Lives.ELSEWHERE, elsewhere_line="  JL. RAYA 1 \n", elsewhere_postcode="42111"
    )
    assert confirmed.resident.address == Address("JL. RAYA 1", "42111", "")


def test_the_application_says_what_was_answered() -> None:
    confirmed = make_application("the draft", name=" siti  aminah ", phone="+62 812 3456 7890")
    resident = confirmed.resident
    assert confirmed.draft_id == "the draft"
    assert (resident.nik, resident.name, resident.sex) == (NIK, "SITI AMINAH", Sex.MALE)
    assert resident.birth_date == date(1980, 5, 12)
    assert (resident.phone, resident.phone_owner) == (PHONE, PhoneOwner.OWN)
    assert resident.nik_warnings == frozenset()
    assert confirmed.declarations == frozenset(Declaration)
    assert confirmed.this_month.payment_month == Month.of(TODAY)
    assert confirmed.next_month.payment_month == Month.of(TODAY).plus(1)


def test_who_has_no_telephone_leaves_none() -> None:
    resident = make_application(phone_owner=PhoneOwner.NONE).resident
    assert (resident.phone, resident.phone_owner) == ("", PhoneOwner.NONE)


def test_an_e_mail_is_kept_in_small_letters_and_only_if_it_was_wanted() -> None:
    assert make_application(wants_email=True, email="Siti@Gmail.COM").resident.email == (
        "siti@gmail.com"
    )
    assert make_application(wants_email=True, email="").resident.email == ""
    assert make_application(wants_email=False, email="siti@gmail.com").resident.email == ""


def test_birthplace_and_mother_are_kept_only_where_the_office_asks() -> None:
    asked = make_application(facts=ASKING, birthplace=" serang ", mother_name="rohani").resident
    assert (asked.birthplace, asked.mother_name) == ("SERANG", "ROHANI")
    resident = make_application().resident
    assert (resident.birthplace, resident.mother_name) == ("", "")


SECOND: dict[str, Any] = {
    "has_second_job": True,
    "second_segment_id": "konstruksi",
    "second_job_id": "tukang_cat",
}


def test_a_second_job_is_kept_without_its_question_and_without_a_price() -> None:
    assert make_application().work.place is WorkPlace.NEAR_HOME
    one, two = make_application(), make_application(**SECOND)
    assert Step.QUESTION not in wizard.visible_steps(replace(ANSWERS, **SECOND), FACTS)
    assert (two.work.second_segment_id, two.work.second_job_id) == ("konstruksi", "tukang_cat")
    assert (two.work.segment_id, two.work.job_id, two.work.dinas) == (
        *(one.work.segment_id, one.work.job_id),
        one.work.dinas,
    )
    assert (two.this_month, two.next_month) == (one.this_month, one.next_month)


def test_a_second_job_that_is_switched_off_again_is_not_kept() -> None:
    work = make_application(**{**SECOND, "has_second_job": False}).work
    assert (work.second_segment_id, work.second_job_id) == ("", "")


def test_the_first_job_becoming_the_second_is_asked_for_again() -> None:
    answers = replace(
        ANSWERS, has_second_job=True, second_segment_id="tani", second_job_id="pekebun"
    )
    state = wizard.edit(walk(answers), Step.JOB, FACTS)
    state = wizard.go_on(wizard.answer(state, job_id="pekebun"), FACTS)
    assert state.step is Step.SECOND_JOB
    assert wizard.go_on(state, FACTS).complaining


def test_a_birth_date_that_differs_from_the_nik_is_a_warning() -> None:
    resident = make_application(birth_date_digits="13051980").resident
    assert resident.birth_date == date(1980, 5, 13)
    assert resident.nik_warnings == {NikWarning.BIRTH_DATE_DIFFERS}


# Stops


def stop_of(facts: SampleFacts = FACTS, **changes: Any) -> Stop | None:
    state = walk(replace(ANSWERS, **changes), facts)
    reason = stop_reason(state.answers, facts)
    assert (reason is not None) == (state.step is Step.STOP)
    assert reason is None or wizard.application(state, facts) is None
    return reason


@pytest.mark.parametrize(
    ("segment", "job", "yes"),
    [
        ("konstruksi", "tukang_batu", Stop.CONSTRUCTION_PROJECT),
        ("harian", "kuli_angkut", Stop.WAGE_EARNER),
        ("keagamaan", "marbot", Stop.PAID_BY_GOVERNMENT),
        ("kader", "linmas", Stop.PAID_BY_GOVERNMENT),
        ("umkm", "perajin", None),
    ],
)
def test_a_yes_stops_where_somebody_else_registers_or_pays(
    segment: str, job: str, yes: Stop | None
) -> None:
    answers: dict[str, Any] = {
        "segment_id": segment,
        "job_id": job,
        "package": Package.JKK_JKM_JHT,
    }
    assert stop_of(**answers, question_yes=True) is yes
    assert stop_of(**answers, question_yes=False) is None


def test_who_is_not_wni_is_stopped_before_anything_is_typed() -> None:
    assert stop_of(is_wni=False) is Stop.NOT_WNI
    assert stop_of(is_wni=False, segment_id="") is Stop.NOT_WNI
    assert walk(replace(ANSWERS, is_wni=False)).answers.nik == ""


@pytest.mark.parametrize(
    ("birthday", "stop"),
    [
        (TURNS_65_TODAY, Stop.TOO_OLD),
        (TURNS_65_TOMORROW, None),
        (date(1940, 1, 1), Stop.TOO_OLD),
        (TURNS_17_TODAY, None),
        (TURNS_17_TOMORROW, Stop.TOO_YOUNG),
        (date(2020, 1, 1), Stop.TOO_YOUNG),
    ],
    ids=["65 today", "64y 364d", "86", "17 today", "17 tomorrow", "6"],
)
def test_age_counts_to_the_day(birthday: date, stop: Stop | None) -> None:
    assert stop_of(nik=born_on(birthday)) is stop
    assert stop_of(birth_date_digits=f"{birthday:%d%m%Y}") is stop


def test_the_ktp_outweighs_the_nik_in_the_age() -> None:
    assert stop_of(nik=born_on(TURNS_65_TODAY), birth_date_digits="23111961") is None


def test_someone_born_on_29_february_turns_65_on_1_march() -> None:
    leap: dict[str, Any] = {"nik": born_on(date(1960, 2, 29))}
    assert stop_of(SampleFacts(today=date(2025, 2, 28)), **leap) is None
    assert stop_of(SampleFacts(today=date(2025, 3, 1)), **leap) is Stop.TOO_OLD


def test_from_a_stop_one_can_go_back_and_mend_the_answer() -> None:
    state = walk(replace(ANSWERS, segment_id="harian", job_id="serabutan", question_yes=True))
    assert wizard.go_on(state, FACTS).complaining
    back = wizard.go_back(state, FACTS)
    assert back is not None
    assert back.step is Step.QUESTION
    again = wizard.go_on(wizard.answer(back, question_yes=False), FACTS)
    assert again.step is Step.NIK


# Who employs people


def test_who_employs_people_must_take_jht() -> None:
    trade: dict[str, Any] = {"segment_id": "umkm", "job_id": "perajin", "question_yes": True}
    refused = walk(replace(ANSWERS, **trade, package=Package.JKK_JKM))
    assert (refused.step, refused.complaining) == (Step.PROGRAMME, True)
    confirmed = make_application(**trade, package=Package.JKK_JKM_JHT)
    assert confirmed.work.employs_people
    assert confirmed.package is Package.JKK_JKM_JHT


def test_taking_on_people_later_asks_for_the_programme_again() -> None:
    answers = replace(ANSWERS, segment_id="umkm", job_id="perajin", question_yes=False)
    state = wizard.edit(walk(answers), Step.QUESTION, FACTS)
    state = wizard.go_on(wizard.answer(state, question_yes=True), FACTS)
    assert state.step is Step.PROGRAMME
    state = wizard.go_on(wizard.answer(state, package=Package.JKK_JKM_JHT), FACTS)
    assert state.step is Step.REVIEW


# Review, mending, declarations


def test_declarations_start_unticked_and_each_is_needed() -> None:
    state = walk(replace(ANSWERS, declarations=frozenset()))
    assert state.step is Step.REVIEW
    assert state.answers.declarations == frozenset()
    for missing in Declaration:
        ticked = wizard.answer(state, declarations=frozenset(Declaration) - {missing})
        assert wizard.application(ticked, FACTS) is None
        assert wizard.go_on(ticked, FACTS).complaining


def test_a_changed_answer_unticks_the_declarations() -> None:
    state = wizard.edit(walk(), Step.NAME, FACTS)
    state = wizard.go_on(wizard.answer(state, name="BUDI"), FACTS)
    assert state.step is Step.REVIEW
    assert state.answers.declarations == frozenset()
    assert wizard.application(state, FACTS) is None


def test_an_answer_given_again_unchanged_leaves_the_ticks() -> None:
    state = wizard.edit(walk(), Step.NAME, FACTS)
    state = wizard.go_on(wizard.answer(state, name=ANSWERS.name), FACTS)
    assert state.answers == walk().answers


def mended_from(step: Step, answers: Answers = ANSWERS) -> list[Step]:
    """The screens seen when one is opened from the review and nothing is changed."""
    state = wizard.edit(walk(answers), step, FACTS)
    seen: list[Step] = []
    while state.step is not Step.REVIEW:
        seen.append(state.step)
        state = wizard.go_on(state, FACTS)
    assert state == walk(answers)
    return seen


def test_one_mended_answer_returns_straight_to_the_review() -> None:
    for step in set(wizard.visible_steps(ANSWERS, FACTS)[1:-1]) - {Step.WORK}:
        assert mended_from(step) == [step]


def test_a_line_of_the_review_is_mended_screen_by_screen() -> None:
    asked = replace(ANSWERS, segment_id="konstruksi", job_id="tukang_cat", question_yes=False)
    assert mended_from(Step.WORK) == [Step.WORK, Step.JOB]
    assert mended_from(Step.WORK, asked) == [Step.WORK, Step.JOB, Step.QUESTION]
    assert mended_from(Step.JOB, asked) == [Step.JOB, Step.QUESTION]
    moved = replace(
        ANSWERS, lives=Lives.OTHER_KECAMATAN, kecamatan_code=DESA[0][:8], desa_code=DESA[0]
    )
    assert mended_from(Step.ADDRESS, moved) == [Step.ADDRESS, Step.KECAMATAN, Step.DESA]


def test_consent_and_the_review_itself_are_not_mended() -> None:
    for step in (Step.CONSENT, Step.REVIEW, Step.QUESTION, Step.STOP):
        assert wizard.edit(walk(), step, FACTS) == walk()


def test_another_segment_asks_for_its_job_and_its_question_and_nothing_else() -> None:
    state = wizard.answer(wizard.edit(walk(), Step.WORK, FACTS), segment_id="konstruksi")
    assert (state.answers.job_id, state.answers.question_yes) == ("", None)
    asked = []
    for wanted in ({"job_id": "tukang_cat"}, {"question_yes": False}):
        state = wizard.go_on(state, FACTS)
        asked.append(state.step)
        state = wizard.answer(state, **wanted)
    state = wizard.go_on(state, FACTS)
    assert [*asked, state.step] == [Step.JOB, Step.QUESTION, Step.REVIEW]
    assert answers_of(replace(state, step=Step.INCOME), ANSWERS) == {
        name: getattr(state.answers, name) for name in OWN_FIELDS[Step.INCOME]
    }


def test_going_back_in_the_middle_of_mending_restores_everything() -> None:
    state = wizard.answer(wizard.edit(walk(), Step.WORK, FACTS), segment_id="konstruksi")
    state = wizard.answer(wizard.go_on(state, FACTS), job_id="tukang_cat")
    back = wizard.go_back(wizard.go_on(state, FACTS), FACTS)
    assert back == walk()


def test_mending_into_a_stop_and_back_restores_everything() -> None:
    state = wizard.answer(wizard.edit(walk(), Step.NIK, FACTS), nik=born_on(TURNS_65_TODAY))
    state = wizard.go_on(state, FACTS)
    assert state.step is Step.STOP
    assert wizard.go_back(state, FACTS) == walk()


def test_from_the_first_screen_back_leaves() -> None:
    assert wizard.go_back(WizardState("draft"), FACTS) is None


# Answers half given, taken up again


@pytest.mark.parametrize(
    "step", [step for step in OWN_FIELDS if step in wizard.visible_steps(ANSWERS, FACTS)]
)
def test_answers_half_given_are_taken_up_at_the_first_that_is_missing(step: Step) -> None:
    steps = wizard.visible_steps(ANSWERS, FACTS)
    given = {
        name: getattr(ANSWERS, name)
        for before in steps[: steps.index(step)]
        for name in OWN_FIELDS[before]
    }
    state = wizard.resume("left", Answers(**given), FACTS)
    assert (state.draft_id, state.step, state.answers) == ("left", step, Answers(**given))
    assert (state.before_edit, state.complaining) == (None, False)


def test_what_was_declared_is_asked_anew() -> None:
    state = wizard.resume("left", ANSWERS, FACTS)
    assert state.step is Step.REVIEW
    assert state.answers == replace(ANSWERS, declarations=frozenset())
    assert wizard.application(state, FACTS) is None


def test_who_turned_65_meanwhile_is_stopped() -> None:
    answers = replace(ANSWERS, nik=born_on(TURNS_65_TOMORROW))
    facts = SampleFacts(TODAY + timedelta(days=1))
    assert wizard.resume("left", answers, facts).step is Step.STOP


# What lies outside of the taps


def test_an_answer_of_another_screen_is_refused_without_its_value() -> None:
    with pytest.raises(ValueError, match="nik") as refused:
        wizard.answer(WizardState("draft"), nik=NIK)
    assert NIK not in str(refused.value)


def test_a_birthday_at_midnight_leads_to_the_stop_and_not_astray() -> None:
    answers = replace(ANSWERS, nik=born_on(TURNS_65_TOMORROW))
    review = walk(answers)
    assert wizard.application(review, FACTS) is not None
    tomorrow = replace(FACTS, today=TODAY + timedelta(days=1))
    for state in (review, replace(review, step=Step.PHONE)):
        number, count = wizard.progress(state, tomorrow)
        assert 1 <= number <= count
        assert wizard.application(state, tomorrow) is None
        assert wizard.go_on(state, tomorrow).step is Step.STOP
        back = wizard.go_back(state, tomorrow)
        assert back is not None
        assert back.step is Step.STOP


LAST_DAY = replace(FACTS, today=date(2026, 11, 30))
NEXT_DAY = replace(FACTS, today=date(2026, 12, 1))


def test_only_the_amounts_that_were_shown_are_registered() -> None:
    review = walk(facts=LAST_DAY)
    shown = wizard.application(review, LAST_DAY)
    assert shown is not None
    assert wizard.application(review, NEXT_DAY) is None
    told = wizard.go_on(review, NEXT_DAY)
    assert (told.step, told.repriced, told.complaining) == (Step.REVIEW, True, False)
    assert told.answers == review.answers
    confirmed = wizard.application(told, NEXT_DAY)
    assert confirmed is not None
    assert confirmed.this_month.payment_month == Month(2026, 12)
    assert confirmed.this_month.total != shown.this_month.total
    assert not wizard.go_on(told, NEXT_DAY).repriced


def test_a_new_month_is_told_also_to_who_comes_back_from_mending() -> None:
    mending = wizard.edit(walk(facts=LAST_DAY), Step.PHONE, LAST_DAY)
    for back in (wizard.go_on(mending, NEXT_DAY), wizard.go_back(mending, NEXT_DAY)):
        assert back is not None
        assert (back.step, back.repriced) == (Step.REVIEW, True)


def test_who_turns_17_at_midnight_goes_on_where_the_stop_was() -> None:
    stopped = walk(replace(ANSWERS, nik=born_on(TURNS_17_TOMORROW)))
    assert stopped.step is Step.STOP
    tomorrow = replace(FACTS, today=TODAY + timedelta(days=1))
    assert wizard.go_on(stopped, tomorrow).step is Step.ADDRESS


def test_work_that_the_data_no_longer_has_is_asked_for_again() -> None:
    answers = walk().answers
    gone = {
        Step.WORK: replace(answers, segment_id="astronot"),
        Step.JOB: replace(answers, job_id="astronot"),
    }
    for step, without in gone.items():
        state = replace(walk(), answers=without)
        assert wizard.application(state, FACTS) is None
        assert wizard.go_on(state, FACTS).step is step


def test_consent_is_kept_with_its_version_language_and_time() -> None:
    assert isinstance(ANSWERS.consent, Consent)
    assert make_application().consent == ANSWERS.consent
