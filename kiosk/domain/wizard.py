"""The resident's way through the questions: a frozen state and pure transitions.

Which steps there are is derived from the answers; there is no history to corrupt. A transition
that is not allowed changes no answer and no step, so no sequence of taps can break the order.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from kiosk.domain import person
from kiosk.domain.answers import (
    Answers,
    Facts,
    Lives,
    birth_date,
    chosen_job,
    chosen_second_job,
    chosen_segment,
    employs_people,
    living_desa,
    living_kecamatan,
    quote_for,
    second_jobs,
    second_segment,
    stop_by_age,
    stop_by_work,
)
from kiosk.domain.checks import ADDRESS_MAX_LENGTH, Step, check
from kiosk.domain.months import Month
from kiosk.domain.nik import NikRead, compare_with_ktp, read_nik
from kiosk.domain.registration import Address, Application, PhoneOwner, Resident, Work
from kiosk.domain.tariff import Quote

T = TypeVar("T")


class Purpose(StrEnum):
    """What the questions are asked for; only a registration asks who one is."""

    REGISTER = "register"
    CALCULATE = "calculate"
    REMIND = "remind"
    """The same amounts, printed for who pays later or stopped paying."""


@dataclass(frozen=True, slots=True)
class WizardState:
    """Where a visit stands.

    `before_edit` holds the answers to fall back to while one answer is mended from the review;
    `complaining` is set when the resident pressed on while something was missing.
    `priced_in` is the month whose amounts the review shows, and `repriced` is set when they are no
    longer the ones it showed before, because a month has ended.
    """

    draft_id: str
    answers: Answers = field(default_factory=Answers)
    step: Step = Step.CONSENT
    before_edit: Answers | None = None
    complaining: bool = False
    purpose: Purpose = Purpose.REGISTER
    priced_in: Month | None = None
    repriced: bool = False


def begin(
    draft_id: str = "", *, purpose: Purpose = Purpose.REGISTER, answers: Answers | None = None
) -> WizardState:
    """The first step of a visit; `answers` are those known from a calculation before it."""
    answers = answers or Answers()
    first = Step.CONSENT if purpose is Purpose.REGISTER else Step.WORK
    return WizardState(draft_id, answers, first, purpose=purpose)


def visible_steps(
    answers: Answers, facts: Facts, purpose: Purpose = Purpose.REGISTER
) -> tuple[Step, ...]:
    """The steps of this visit in order; after a stop there are no more."""
    working = _work_steps(answers, facts)
    opening = (Step.CONSENT, *working) if purpose is Purpose.REGISTER else working
    if stop_by_work(answers, facts):
        return (*opening, Step.STOP)
    if purpose is not Purpose.REGISTER:
        return (*opening, Step.INCOME, Step.PROGRAMME, Step.MONTHS)
    known = (*opening, Step.NIK, Step.NAME)
    if stop_by_age(answers, facts):
        return (*known, Step.STOP)
    return (
        *known,
        *_asked_steps(facts),
        *_address_steps(answers),
        *_phone_steps(answers),
        *_place_steps(answers, facts),
        Step.INCOME,
        Step.PROGRAMME,
        Step.MONTHS,
        Step.REVIEW,
    )


def _work_steps(answers: Answers, facts: Facts) -> tuple[Step, ...]:
    segment = chosen_segment(answers, facts)
    if segment is None or not answers.is_wni:
        return (Step.WORK,)
    job = (Step.JOB,) if len(segment.jobs) > 1 else ()
    question = (Step.QUESTION,) if segment.question else ()
    return (Step.WORK, *job, *question)


def _asked_steps(facts: Facts) -> tuple[Step, ...]:
    """What only some offices ask."""
    birthplace = (Step.BIRTHPLACE,) if facts.asks_birthplace else ()
    return (*birthplace, Step.MOTHER) if facts.asks_mother_name else birthplace


def _address_steps(answers: Answers) -> tuple[Step, ...]:
    if answers.lives is Lives.OTHER_KECAMATAN:
        return (Step.ADDRESS, Step.KECAMATAN, Step.DESA)
    if answers.lives is Lives.ELSEWHERE:
        return (Step.ADDRESS, Step.ELSEWHERE)
    return (Step.ADDRESS,)


def _phone_steps(answers: Answers) -> tuple[Step, ...]:
    return (Step.PHONE, Step.EMAIL) if answers.wants_email else (Step.PHONE,)


def _place_steps(answers: Answers, facts: Facts) -> tuple[Step, ...]:
    if not answers.has_second_job:
        return (Step.PLACE,)
    job = (Step.SECOND_JOB,) if len(second_jobs(answers, facts)) > 1 else ()
    return (Step.PLACE, Step.SECOND_WORK, *job)


def first_unanswered(
    answers: Answers, facts: Facts, purpose: Purpose = Purpose.REGISTER
) -> Step | None:
    """The first visible step that is not answered well, or None when all are."""
    steps = visible_steps(answers, facts, purpose)
    return next((step for step in steps if check(step, answers, facts)), None)


FIELDS: dict[Step, frozenset[str]] = {
    Step.CONSENT: frozenset({"consent"}),
    Step.WORK: frozenset({"segment_id", "is_wni"}),
    Step.JOB: frozenset({"job_id"}),
    Step.QUESTION: frozenset({"question_yes"}),
    Step.STOP: frozenset(),
    Step.NIK: frozenset({"nik"}),
    Step.NAME: frozenset({"name", "birth_date_digits"}),
    Step.BIRTHPLACE: frozenset({"birthplace"}),
    Step.MOTHER: frozenset({"mother_name"}),
    Step.ADDRESS: frozenset({"lives", "desa_code"}),
    Step.KECAMATAN: frozenset({"kecamatan_code"}),
    Step.DESA: frozenset({"desa_code"}),
    Step.ELSEWHERE: frozenset({"elsewhere_line", "elsewhere_postcode"}),
    Step.PHONE: frozenset({"phone_owner", "phone", "wants_email"}),
    Step.EMAIL: frozenset({"email"}),
    Step.PLACE: frozenset({"work_place", "has_second_job"}),
    Step.SECOND_WORK: frozenset({"second_segment_id"}),
    Step.SECOND_JOB: frozenset({"second_job_id"}),
    Step.INCOME: frozenset({"income_period", "income_digits", "income_days"}),
    Step.PROGRAMME: frozenset({"package"}),
    Step.MONTHS: frozenset({"months"}),
    Step.REVIEW: frozenset({"declarations"}),
}
"""Which answers each step gives."""


def answer(state: WizardState, **changes: Any) -> WizardState:
    """Return the state with some answers of its current step changed.

    Answers that the change makes meaningless are dropped (another segment has other jobs), and so
    are the declarations, which spoke of the answers as they were. Raises ValueError for an answer
    that belongs to another step: a stale tap must never reach an answer out of sight.
    """
    if not changes.keys() <= FIELDS[state.step]:
        raise ValueError(f"{sorted(changes)} cannot be answered at {state.step}")
    old = state.answers
    new = replace(old, **changes)
    if new == old:
        return state
    if new.segment_id != old.segment_id:
        new = replace(new, job_id="", question_yes=None)
    if new.second_segment_id != old.second_segment_id:
        new = replace(new, second_job_id="")
    if "declarations" not in changes:
        new = replace(new, declarations=frozenset())
    return replace(state, answers=new, complaining=False)


def go_on(state: WizardState, facts: Facts) -> WizardState:
    """Move to the next step if this one is answered, else say what is missing."""
    steps = visible_steps(state.answers, facts, state.purpose)
    if state.step not in steps:
        return _to_first_unanswered(state, facts)
    if check(state.step, state.answers, facts):
        return replace(state, complaining=True)
    if state.step is steps[-1]:
        return _to_first_unanswered(state, facts)
    following = steps[steps.index(state.step) + 1]
    if state.before_edit is not None and not _on_one_line(state.step, following):
        return _to_first_unanswered(state, facts)
    if following is Step.REVIEW:
        return _to_last(state, facts)
    return replace(state, step=following, complaining=False)


_LINES = (
    frozenset({Step.WORK, Step.JOB, Step.QUESTION}),
    frozenset({Step.ADDRESS, Step.KECAMATAN, Step.DESA, Step.ELSEWHERE}),
    frozenset({Step.PHONE, Step.EMAIL}),
    frozenset({Step.SECOND_WORK, Step.SECOND_JOB}),
)
"""Steps that are one line of the review, and so are mended one after the other."""


def _on_one_line(step: Step, other: Step) -> bool:
    return any({step, other} <= line for line in _LINES)


def _to_first_unanswered(state: WizardState, facts: Facts) -> WizardState:
    """To the last step once every answer stands; before that to what an edit made missing.

    Also the way on from a step that is no longer one: at midnight a resident may turn 17 or 65.
    """
    unanswered = first_unanswered(state.answers, facts, state.purpose)
    if unanswered is Step.REVIEW or unanswered is None:
        return _to_last(state, facts)
    return replace(state, step=unanswered, complaining=False)


def _to_last(state: WizardState, facts: Facts) -> WizardState:
    """Show the amounts of this month; a second press confirms them if they are new."""
    month = Month.of(facts.today)
    return replace(
        state,
        step=visible_steps(state.answers, facts, state.purpose)[-1],
        before_edit=None,
        complaining=False,
        priced_in=month,
        repriced=state.priced_in not in (None, month),
    )


def go_back(state: WizardState, facts: Facts) -> WizardState | None:
    """Move to the step before, or None when the resident leaves the questions.

    While one answer is mended from the review, going back keeps the answers as they were.
    """
    if state.before_edit is not None:
        return _to_last(replace(state, answers=state.before_edit), facts)
    steps = visible_steps(state.answers, facts, state.purpose)
    if state.step not in steps:
        return _to_first_unanswered(state, facts)
    place = steps.index(state.step)
    if place == 0:
        return None
    return replace(state, step=steps[place - 1], complaining=False)


def edit(state: WizardState, step: Step, facts: Facts) -> WizardState:
    """From the review, open one earlier step for mending."""
    steps = visible_steps(state.answers, facts, state.purpose)
    if state.step is not Step.REVIEW or step not in steps[1:-1]:
        return state
    return replace(state, step=step, before_edit=state.answers, complaining=False)


def resume(draft_id: str, answers: Answers, facts: Facts) -> WizardState:
    """Take up answers half given at the first that is missing; what was declared is asked anew."""
    kept = replace(answers, declarations=frozenset())
    return _to_first_unanswered(WizardState(draft_id, kept), facts)


def progress(state: WizardState, facts: Facts) -> tuple[int, int]:
    """Which step of how many the resident is at, the first being 1."""
    steps = visible_steps(state.answers, facts, state.purpose)
    place = steps.index(state.step) + 1 if state.step in steps else len(steps)
    return place, len(steps)


def is_finished(state: WizardState, facts: Facts) -> bool:
    """Whether the last step is shown and every step is answered well."""
    steps = visible_steps(state.answers, facts, state.purpose)
    return state.step is steps[-1] and first_unanswered(state.answers, facts, state.purpose) is None


def quotes(state: WizardState, facts: Facts) -> tuple[Quote, Quote]:
    """What a finished visit comes to, paid in the month that it was priced in, or this one; and
    paid in the month after.
    """
    answers, since = state.answers, state.priced_in or Month.of(facts.today)
    months, package = answers.months, _known(answers.package)
    this_month = quote_for(answers, facts, months=months, package=package, since=since)
    next_month = quote_for(answers, facts, months=months, package=package, since=since, later=1)
    return _known(this_month), _known(next_month)


def application(state: WizardState, facts: Facts) -> Application | None:
    """Everything confirmed, complete and valid, with the amounts that the review showed.

    None when anything is missing, or when the month has ended for which the amounts were shown.
    """
    answers, month = state.answers, Month.of(facts.today)
    if state.step is not Step.REVIEW or state.priced_in != month:
        return None
    if not is_finished(state, facts):
        return None
    this_month, next_month = quotes(state, facts)
    return Application(
        draft_id=state.draft_id,
        consent=_known(answers.consent),
        resident=resident_of(answers, facts),
        work=work_of(answers, facts),
        package=this_month.package,
        this_month=this_month,
        next_month=next_month,
        declarations=answers.declarations,
    )


def work_of(answers: Answers, facts: Facts) -> Work:
    """The work that was answered; its steps must have passed their checks."""
    segment = _known(chosen_segment(answers, facts))
    second, second_job = second_segment(answers, facts), chosen_second_job(answers, facts)
    return Work(
        segment_id=segment.id,
        job_id=_known(chosen_job(answers, facts)).id,
        dinas=segment.dinas,
        employs_people=employs_people(answers, facts),
        place=_known(answers.work_place),
        second_segment_id=second.id if second else "",
        second_job_id=second_job.id if second_job else "",
    )


def resident_of(answers: Answers, facts: Facts) -> Resident:
    """The person that was answered; NIK, name and phone must have passed their checks."""
    reading = read_nik(answers.nik, facts.regions, facts.today)
    if not isinstance(reading, NikRead):
        raise AssertionError("an unread NIK passed the checks")
    born = _known(birth_date(answers, facts))
    owner = _known(answers.phone_owner)
    return Resident(
        nik=reading.facts.nik,
        name=person.clean_name(answers.name),
        sex=reading.facts.sex,
        birth_date=born,
        address=_address(answers, facts),
        phone="" if owner is PhoneOwner.NONE else person.clean_phone(answers.phone),
        phone_owner=owner,
        nik_warnings=reading.warnings | compare_with_ktp(reading.facts, born),
        email=person.clean_email(answers.email) if answers.wants_email else "",
        birthplace=person.clean_name(answers.birthplace) if facts.asks_birthplace else "",
        mother_name=person.clean_name(answers.mother_name) if facts.asks_mother_name else "",
    )


def _address(answers: Answers, facts: Facts) -> Address:
    desa, kecamatan = living_desa(answers, facts), living_kecamatan(answers, facts)
    if desa is None or kecamatan is None:
        line = person.clean_line(answers.elsewhere_line)[:ADDRESS_MAX_LENGTH].rstrip()
        return Address(line, answers.elsewhere_postcode, "")
    line = f"Desa {desa.name}, Kec. {kecamatan.name}"
    return Address(line, desa.postcode, desa.code)


def _known(value: T | None) -> T:
    if value is None:
        raise AssertionError("an incomplete answer passed the checks")
    return value
