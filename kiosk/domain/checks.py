"""What keeps a resident from leaving a step: one check a step, no more and no less."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

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
    monthly_income,
    second_jobs,
    second_segment,
)
from kiosk.domain.months import age_on
from kiosk.domain.nik import NikIncomplete, NikWrong, read_nik
from kiosk.domain.registration import Declaration, PhoneOwner
from kiosk.domain.tariff import Package

INCOME_MAX_MONTHLY = 1_000_000_000
WORKING_DAYS_MAX = 31
POSTCODE_DIGITS = 5
ADDRESS_MIN_LENGTH = 5
ADDRESS_MAX_LENGTH = 60
OLDEST_AGE = 120


class Step(StrEnum):
    """One decision, one screen."""

    CONSENT = "consent"
    WORK = "work"
    JOB = "job"
    QUESTION = "question"
    STOP = "stop"
    NIK = "nik"
    NAME = "name"
    BIRTHPLACE = "birthplace"
    MOTHER = "mother"
    ADDRESS = "address"
    KECAMATAN = "kecamatan"
    DESA = "desa"
    ELSEWHERE = "elsewhere"
    PHONE = "phone"
    EMAIL = "email"
    PLACE = "place"
    SECOND_WORK = "second_work"
    SECOND_JOB = "second_job"
    INCOME = "income"
    PROGRAMME = "programme"
    MONTHS = "months"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a step is not ready: the key of a sentence and the values it needs."""

    key: str
    values: dict[str, object] = field(default_factory=dict)


def check(step: Step, answers: Answers, facts: Facts) -> Problem | None:
    """What keeps the resident from leaving `step`, or None when it is answered well."""
    return _CHECKS[step](answers, facts)


def _check_consent(answers: Answers, _facts: Facts) -> Problem | None:
    return None if answers.consent else Problem("consent.missing")


def _check_work(answers: Answers, facts: Facts) -> Problem | None:
    if not answers.is_wni or chosen_segment(answers, facts):
        return None
    return Problem("work.missing")


def _check_job(answers: Answers, facts: Facts) -> Problem | None:
    return None if chosen_job(answers, facts) else Problem("job.missing")


def _check_question(answers: Answers, _facts: Facts) -> Problem | None:
    return Problem("question.missing") if answers.question_yes is None else None


def _check_stop(_answers: Answers, _facts: Facts) -> Problem | None:
    return Problem("stop.final")


def _check_nik(answers: Answers, facts: Facts) -> Problem | None:
    reading = read_nik(answers.nik, facts.regions, facts.today)
    if isinstance(reading, NikIncomplete):
        return Problem("nik.incomplete", {"missing": reading.missing})
    if isinstance(reading, NikWrong):
        return Problem(f"nik.wrong.{reading.problem.name.lower()}", {"typed": reading.typed})
    return None


def _check_name(answers: Answers, facts: Facts) -> Problem | None:
    misnamed = _misnamed(answers.name, Problem("name.missing"))
    if misnamed:
        return misnamed
    born = birth_date(answers, facts)
    if born is None:
        return Problem("name.birth_date_wrong")
    if born > facts.today:
        return Problem("name.birth_date_in_future")
    if age_on(born, facts.today) > OLDEST_AGE:
        return Problem("name.birth_date_too_long_ago")
    return None


def _misnamed(typed: str, missing: Problem) -> Problem | None:
    name = person.clean_name(typed)
    return _unprintable(name) if any(char.isalpha() for char in name) else missing


def _unprintable(line: str) -> Problem | None:
    letter = person.unprintable_letter(line)
    return Problem("name.unprintable", {"letter": letter}) if letter else None


def _check_birthplace(answers: Answers, _facts: Facts) -> Problem | None:
    return _misnamed(answers.birthplace, Problem("birthplace.missing"))


def _check_mother(answers: Answers, _facts: Facts) -> Problem | None:
    return _misnamed(answers.mother_name, Problem("mother.missing"))


def _check_address(answers: Answers, facts: Facts) -> Problem | None:
    if answers.lives is None:
        return Problem("address.missing")
    if answers.lives is Lives.HERE and living_desa(answers, facts) is None:
        return Problem("address.missing")
    return None


def _check_kecamatan(answers: Answers, facts: Facts) -> Problem | None:
    return None if living_kecamatan(answers, facts) else Problem("kecamatan.missing")


def _check_desa(answers: Answers, facts: Facts) -> Problem | None:
    return None if living_desa(answers, facts) else Problem("desa.missing")


def _check_elsewhere(answers: Answers, _facts: Facts) -> Problem | None:
    line = person.clean_line(answers.elsewhere_line)
    if len(line) < ADDRESS_MIN_LENGTH:
        return Problem("elsewhere.line_missing")
    unprintable = _unprintable(line)
    if unprintable:
        return unprintable
    postcode = answers.elsewhere_postcode
    if len(postcode) != POSTCODE_DIGITS or not (postcode.isascii() and postcode.isdecimal()):
        return Problem("elsewhere.postcode_wrong")
    return None


def _check_phone(answers: Answers, _facts: Facts) -> Problem | None:
    if answers.phone_owner is None:
        return Problem("phone.owner_missing")
    if answers.phone_owner is PhoneOwner.NONE:
        return None
    phone = person.clean_phone(answers.phone)
    if person.is_mobile_phone(phone):
        return None
    if not phone.startswith("08"[: len(phone)]):
        return Problem("phone.wrong_start")
    missing = person.PHONE_MIN_DIGITS - len(phone)
    if missing > 0:
        return Problem("phone.incomplete", {"missing": missing})
    return Problem("phone.too_long", {"digits": person.PHONE_MAX_DIGITS})


def _check_email(answers: Answers, _facts: Facts) -> Problem | None:
    email = person.clean_email(answers.email)
    if not email:
        return None
    if len(email) > person.EMAIL_MAX_LENGTH:
        return Problem("email.too_long", {"letters": person.EMAIL_MAX_LENGTH})
    if "@" not in email:
        return Problem("email.no_at")
    return None if person.is_email(email) else Problem("email.wrong")


def _check_place(answers: Answers, _facts: Facts) -> Problem | None:
    return None if answers.work_place else Problem("place.missing")


def _check_second_work(answers: Answers, facts: Facts) -> Problem | None:
    if second_segment(answers, facts) is None:
        return Problem("second_work.missing")
    return None if second_jobs(answers, facts) else Problem("second_work.same")


def _check_second_job(answers: Answers, facts: Facts) -> Problem | None:
    return None if chosen_second_job(answers, facts) else Problem("second_job.missing")


def _check_income(answers: Answers, _facts: Facts) -> Problem | None:
    income = monthly_income(answers)
    if income <= 0 or not 1 <= answers.income_days <= WORKING_DAYS_MAX:
        return Problem("income.missing")
    if income > INCOME_MAX_MONTHLY:
        return Problem("income.too_high")
    return None


def _check_programme(answers: Answers, facts: Facts) -> Problem | None:
    if answers.package is None:
        return Problem("programme.missing")
    if employs_people(answers, facts) and answers.package is not Package.JKK_JKM_JHT:
        return Problem("programme.jht_compulsory")
    return None


def _check_months(answers: Answers, facts: Facts) -> Problem | None:
    return None if answers.months in facts.tariff.periods else Problem("months.missing")


def _check_review(answers: Answers, _facts: Facts) -> Problem | None:
    missing = len(Declaration) - len(answers.declarations)
    return Problem("review.declarations_missing", {"missing": missing}) if missing else None


_CHECKS: dict[Step, Callable[[Answers, Facts], Problem | None]] = {
    Step.CONSENT: _check_consent,
    Step.WORK: _check_work,
    Step.JOB: _check_job,
    Step.QUESTION: _check_question,
    Step.STOP: _check_stop,
    Step.NIK: _check_nik,
    Step.NAME: _check_name,
    Step.BIRTHPLACE: _check_birthplace,
    Step.MOTHER: _check_mother,
    Step.ADDRESS: _check_address,
    Step.KECAMATAN: _check_kecamatan,
    Step.DESA: _check_desa,
    Step.ELSEWHERE: _check_elsewhere,
    Step.PHONE: _check_phone,
    Step.EMAIL: _check_email,
    Step.PLACE: _check_place,
    Step.SECOND_WORK: _check_second_work,
    Step.SECOND_JOB: _check_second_job,
    Step.INCOME: _check_income,
    Step.PROGRAMME: _check_programme,
    Step.MONTHS: _check_months,
    Step.REVIEW: _check_review,
}
