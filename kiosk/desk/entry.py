"""Registers somebody at the desk: the kiosk's own rules, typed by the staff."""

from dataclasses import dataclass, replace

from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain import wizard
from kiosk.domain.answers import Answers, stop_reason
from kiosk.domain.checks import Problem, Step, check
from kiosk.domain.correction import MayNotRegister, Mistaken
from kiosk.domain.months import Month
from kiosk.domain.registration import Application, Consent
from kiosk.domain.staff import Action
from kiosk.domain.wizard import WizardState
from kiosk.registration import AlreadyRegistered, Registered, register


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed for somebody; `draft_id` makes sending it twice the same as once.

    `consent_version` is the text that was read out, "" when it was not agreed to.
    """

    draft_id: str
    answers: Answers
    consent_version: str
    language: str


def enter(
    desk: Desk, entry: Entry
) -> Registered | AlreadyRegistered | Mistaken | MayNotRegister | NotAllowed:
    """Register the person; the audit keeps who typed it.

    Every step is judged, so that all mistakes are told at once.
    """
    refused = desk.refusal(Action.ASSIST)
    if refused:
        return refused
    answers = _with_consent(desk, entry)
    stop = stop_reason(answers, desk.facts)
    if stop is not None:
        return MayNotRegister(stop)
    problems = _problems(desk, answers)
    if problems:
        return Mistaken(problems)
    confirmed = _application(desk, entry, answers)
    return register(desk.store, confirmed, desk.clock, desk.account.id)


def _with_consent(desk: Desk, entry: Entry) -> Answers:
    if not entry.consent_version:
        return entry.answers
    consent = Consent(entry.consent_version, entry.language, desk.clock.now())
    return replace(entry.answers, consent=consent)


def _problems(desk: Desk, answers: Answers) -> tuple[tuple[Step, Problem], ...]:
    # After a stop there are no more steps: what is asked behind it does not matter then.
    visible = wizard.visible_steps(answers, desk.facts)
    found = ((step, check(step, answers, desk.facts)) for step in visible if step is not Step.STOP)
    return tuple((step, problem) for step, problem in found if problem)


def _application(desk: Desk, entry: Entry, answers: Answers) -> Application:
    month = Month.of(desk.facts.today)
    state = WizardState(entry.draft_id, answers, Step.REVIEW, priced_in=month)
    confirmed = wizard.application(state, desk.facts)
    if confirmed is None:
        raise AssertionError("an incomplete entry passed the checks")
    return replace(confirmed, language=entry.language)
