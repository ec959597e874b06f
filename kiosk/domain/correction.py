"""Correcting what was registered: the clerk changes answers, and the kiosk's own checks judge them.

Only what was changed is judged and replaced. So a record stays correctable when today's kiosk asks
more than the one it was made on, or its job, desa or months are no longer in the data.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

from kiosk.domain import wizard
from kiosk.domain.answers import (
    Answers,
    Facts,
    Lives,
    Period,
    Stop,
    quote_for,
    stop_reason,
)
from kiosk.domain.checks import Problem, Step, check
from kiosk.domain.nik import mask_nik
from kiosk.domain.orders import POSSIBLE, AlreadySo, NotPossible, Order
from kiosk.domain.registration import Application, Registration, Resident
from kiosk.domain.tariff import Quote
from kiosk.domain.work import Question

_PLACE = frozenset({Step.ADDRESS, Step.KECAMATAN, Step.DESA, Step.ELSEWHERE})
_WORK = frozenset(
    {Step.WORK, Step.JOB, Step.QUESTION, Step.PLACE, Step.SECOND_WORK, Step.SECOND_JOB}
)
_PRICE = frozenset({Step.INCOME, Step.PROGRAMME, Step.MONTHS})
_REACHED = frozenset({Step.PHONE, Step.EMAIL})
_ALWAYS_READ = frozenset({Step.NIK, Step.NAME, Step.PHONE})
"""What a Resident cannot be made without."""


@dataclass(frozen=True, slots=True)
class Mistaken:
    """What is wrong, a problem for each step; in the order of the steps."""

    problems: tuple[tuple[Step, Problem], ...]


@dataclass(frozen=True, slots=True)
class MayNotRegister:
    """Corrected like this, the person could not have registered here."""

    stop: Stop


def answers_of(applied: Application, facts: Facts) -> Answers:
    """Return the answers that lead to this application, for the clerk to change.

    The income is the base of its bracket: the income itself is not kept.
    """
    resident, work = applied.resident, applied.work
    return Answers(
        consent=applied.consent,
        segment_id=work.segment_id,
        job_id=work.job_id,
        question_yes=_question(applied, facts),
        nik=resident.nik,
        name=resident.name,
        birth_date_digits=f"{resident.birth_date:%d%m%Y}",
        birthplace=resident.birthplace,
        mother_name=resident.mother_name,
        **_place(resident, facts),
        phone_owner=resident.phone_owner,
        phone=resident.phone,
        wants_email=bool(resident.email),
        email=resident.email,
        work_place=work.place,
        has_second_job=bool(work.second_segment_id),
        second_segment_id=work.second_segment_id,
        second_job_id=work.second_job_id,
        income_period=Period.MONTH,
        income_digits=str(applied.this_month.base),
        package=applied.package,
        months=len(applied.this_month.months),
        declarations=applied.declarations,
    )


def _place(resident: Resident, facts: Facts) -> dict[str, Any]:
    address = resident.address
    if not address.desa_code:
        return {
            "lives": Lives.ELSEWHERE,
            "elsewhere_line": address.line,
            "elsewhere_postcode": address.postcode,
        }
    kecamatan = address.desa_code.rpartition(".")[0]
    if kecamatan == facts.home_kecamatan:
        return {"lives": Lives.HERE, "desa_code": address.desa_code}
    return {
        "lives": Lives.OTHER_KECAMATAN,
        "kecamatan_code": kecamatan,
        "desa_code": address.desa_code,
    }


def _question(applied: Application, facts: Facts) -> bool | None:
    """What was answered: whoever answered yes to any but one question did not register."""
    questions = {one.id: one.question for one in facts.work.segments}
    question = questions.get(applied.work.segment_id)
    if question is Question.EMPLOYS_PEOPLE:
        return applied.work.employs_people
    return None if question is None else False


def correct(
    registration: Registration, given: Answers, then: Facts, now: Facts
) -> Registration | AlreadySo | Mistaken | MayNotRegister | NotPossible:
    """Return the registration as the changed answers make it.

    `then` are the facts on the day of the registration, on which age is judged; by `now` it is
    priced anew if the work, the income, the programme or the months have changed the amounts. A
    masked NIK stands for the one that is kept.
    """
    if registration.status not in POSSIBLE[Order.CORRECT]:
        return NotPossible(registration.status)
    applied = registration.application
    before = answers_of(applied, then)
    after = replace(given, consent=before.consent, declarations=before.declarations)
    if after.nik == mask_nik(before.nik):
        after = replace(after, nik=before.nik)
    touched = _touched(before, after)
    problems = _problems(touched, after, then)
    if problems:
        return Mistaken(problems)
    stop = stop_reason(after, then) if touched else None
    if stop is not None:
        return MayNotRegister(stop)
    corrected = _apply(applied, before, after, then, now)
    if corrected == applied:
        return AlreadySo()
    return replace(registration, application=corrected, revision=registration.revision + 1)


def _touched(before: Answers, after: Answers) -> frozenset[Step]:
    steps = {
        step
        for step, names in wizard.FIELDS.items()
        if any(getattr(before, name) != getattr(after, name) for name in names)
    }
    for group in (_PLACE, _REACHED, _WORK | {Step.PROGRAMME}):
        if steps & group - {Step.PROGRAMME}:
            steps |= group
    return frozenset(steps)


def _problems(
    touched: frozenset[Step], after: Answers, facts: Facts
) -> tuple[tuple[Step, Problem], ...]:
    judged = touched if touched <= _WORK | _PRICE else touched | _ALWAYS_READ
    if touched & _PRICE:
        judged |= _WORK
    visible = wizard.visible_steps(after, facts)
    found = ((step, check(step, after, facts)) for step in visible if step in judged)
    return tuple((step, problem) for step, problem in found if problem and step is not Step.STOP)


def _apply(
    applied: Application, before: Answers, after: Answers, then: Facts, now: Facts
) -> Application:
    touched = _touched(before, after)
    if not touched <= _WORK | _PRICE:
        was, becomes = wizard.resident_of(before, then), wizard.resident_of(after, then)
        applied = replace(applied, resident=_with_changes(applied.resident, was, becomes))
    if touched & _WORK:
        applied = replace(applied, work=wizard.work_of(after, then))
    if touched & (_WORK | _PRICE):
        applied = _price_anew(applied, before, after, now)
    return applied


def _with_changes(kept: Resident, was: Resident, becomes: Resident) -> Resident:
    """What the answers do not know (a question that this kiosk does not ask) stays as it is."""
    changed = {
        field.name: getattr(becomes, field.name)
        for field in fields(Resident)
        if getattr(was, field.name) != getattr(becomes, field.name)
    }
    return replace(kept, **changed)


def _price_anew(applied: Application, before: Answers, after: Answers, facts: Facts) -> Application:
    this_month = _quote(after, facts, 0)
    next_month = _quote(after, facts, 1)
    if this_month is None or next_month is None or this_month == _quote(before, facts, 0):
        return applied
    return replace(
        applied, package=this_month.package, this_month=this_month, next_month=next_month
    )


def _quote(answers: Answers, facts: Facts, later: int) -> Quote | None:
    if answers.package is None:
        return None
    return quote_for(answers, facts, months=answers.months, package=answers.package, later=later)
