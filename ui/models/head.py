"""What stands above and below the work of a step: the question, how far one is, what is missing."""

from dataclasses import dataclass

from kiosk.domain.answers import birth_date, employs_people, stop_reason
from kiosk.domain.checks import Step, check
from kiosk.domain.months import age_on
from kiosk.domain.wizard import Purpose, WizardState, progress
from ui.models.step_model import Visit


@dataclass(frozen=True, slots=True)
class Head:
    """The words around a step."""

    step: str = ""
    title: str = ""
    lead: str = ""
    step_name: str = ""
    number: int = 1
    count: int = 1
    problem: str = ""
    ready: bool = False
    more: bool = False
    """The review goes on on a second page."""
    ending: str = ""
    """The purpose that the way on fulfils now; empty before, and for a registration."""


def look_at_head(visit: Visit, *, review_goes_on: bool) -> Head:
    """Put the step of the visit into words."""
    state, texts = visit.state, visit.texts
    step = state.step
    problem = check(step, state.answers, visit.facts)
    number, count = progress(state, visit.facts)
    title, lead = _question(visit)
    more = step is Step.REVIEW and review_goes_on
    complains = problem is not None and state.complaining
    return Head(
        step=step.value,
        title=title,
        lead=lead,
        step_name="" if step is Step.STOP else texts.say(f"{step.value}.step"),
        number=number,
        count=count,
        problem=texts.say(problem.key, **problem.values) if problem and complains else "",
        ready=problem is None or more,
        more=more,
        ending=_ending(state),
    )


def _ending(state: WizardState) -> str:
    priced = state.purpose is not Purpose.REGISTER and state.step is Step.MONTHS
    return state.purpose.value if priced else ""


def _question(visit: Visit) -> tuple[str, str]:
    """The question and the sentence below it."""
    step, answers, texts = visit.state.step, visit.state.answers, visit.texts
    if step is Step.STOP:
        return _stop(visit)
    if step is Step.QUESTION:
        segment = visit.facts.work.find_segment(answers.segment_id)
        topic = f"question.{segment.question.value}" if segment.question else ""
        return texts.say(f"{topic}.title"), texts.say(f"{topic}.lead")
    if step is Step.PROGRAMME and employs_people(answers, visit.facts):
        return texts.say("programme.title_employer"), texts.say("programme.lead_employer")
    if step is Step.WORK and visit.state.purpose is not Purpose.REGISTER:
        return texts.say("work.title"), texts.say("work.lead_price")
    lead = texts.sentences.get(f"{step.value}.lead", "")
    return texts.say(f"{step.value}.title"), lead.format_map(_place(visit))


def _place(visit: Visit) -> dict[str, str]:
    """The kecamatan that a question is about."""
    codes = {
        Step.ADDRESS: visit.facts.home_kecamatan,
        Step.DESA: visit.state.answers.kecamatan_code,
    }
    code = codes.get(visit.state.step)
    return {"kecamatan": visit.facts.regions.find_kecamatan(code).name} if code else {}


def _stop(visit: Visit) -> tuple[str, str]:
    reason = stop_reason(visit.state.answers, visit.facts)
    if reason is None:
        return "", ""
    born = birth_date(visit.state.answers, visit.facts)
    ages = visit.facts.tariff.ages
    values = {
        "age": age_on(born, visit.facts.today) if born else 0,
        "limit": ages.max_age_exclusive if reason.value == "too_old" else ages.min_age,
    }
    topic = f"stop.{reason.value}"
    return visit.texts.say(f"{topic}.title", **values), visit.texts.say(f"{topic}.text", **values)
