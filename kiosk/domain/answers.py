"""What a resident has answered so far, and what those answers mean."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from kiosk.domain import person
from kiosk.domain.months import Month, age_on
from kiosk.domain.nik import NikRead, read_nik
from kiosk.domain.regions import Desa, Kecamatan, Regions
from kiosk.domain.registration import Consent, Declaration, PhoneOwner, WorkPlace
from kiosk.domain.tariff import Package, Payer, Quote, QuoteNote, Tariff, quote
from kiosk.domain.work import Job, Question, Segment, Work

DEFAULT_WORKING_DAYS = 26


class Stop(StrEnum):
    """Why the kiosk cannot register this person; each has an honest way on."""

    NOT_WNI = "not_wni"
    CONSTRUCTION_PROJECT = "construction_project"
    WAGE_EARNER = "wage_earner"
    PAID_BY_GOVERNMENT = "paid_by_government"
    TOO_OLD = "too_old"
    TOO_YOUNG = "too_young"


class Lives(StrEnum):
    """Where the resident lives, seen from this office."""

    HERE = "here"
    OTHER_KECAMATAN = "other_kecamatan"
    ELSEWHERE = "elsewhere"


class Period(StrEnum):
    """The span a resident counts their income in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Facts(Protocol):
    """What the answers are judged against."""

    @property
    def today(self) -> date: ...
    @property
    def day_is_sure(self) -> bool: ...
    @property
    def home_kecamatan(self) -> str: ...
    @property
    def work(self) -> Work: ...
    @property
    def tariff(self) -> Tariff: ...
    @property
    def regions(self) -> Regions: ...
    @property
    def asks_birthplace(self) -> bool: ...
    @property
    def asks_mother_name(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Answers:
    """What was tapped and typed so far; texts may be incomplete while they are typed."""

    consent: Consent | None = None
    is_wni: bool = True
    segment_id: str = ""
    job_id: str = ""
    question_yes: bool | None = None
    nik: str = ""
    name: str = ""
    birth_date_digits: str = ""
    birthplace: str = ""
    mother_name: str = ""
    lives: Lives | None = None
    kecamatan_code: str = ""
    desa_code: str = ""
    elsewhere_line: str = ""
    elsewhere_postcode: str = ""
    phone_owner: PhoneOwner | None = None
    phone: str = ""
    wants_email: bool = False
    email: str = ""
    work_place: WorkPlace | None = None
    has_second_job: bool = False
    second_segment_id: str = ""
    second_job_id: str = ""
    income_period: Period = Period.DAY
    income_digits: str = ""
    income_days: int = DEFAULT_WORKING_DAYS
    package: Package | None = None
    months: int = 0
    declarations: frozenset[Declaration] = frozenset()


def chosen_segment(answers: Answers, facts: Facts) -> Segment | None:
    """The segment tapped, or None, also when the data no longer has it."""
    return _segment(answers.segment_id, facts)


def _segment(segment_id: str, facts: Facts) -> Segment | None:
    return next((one for one in facts.work.segments if one.id == segment_id), None)


def chosen_job(answers: Answers, facts: Facts) -> Job | None:
    """The job tapped, or the only one its segment has, or None."""
    segment = chosen_segment(answers, facts)
    if segment is None:
        return None
    if len(segment.jobs) == 1:
        return segment.jobs[0]
    return next((job for job in segment.jobs if job.id == answers.job_id), None)


def second_segment(answers: Answers, facts: Facts) -> Segment | None:
    """The segment tapped for the second job; None also for who has one job."""
    return _segment(answers.second_segment_id, facts) if answers.has_second_job else None


def second_jobs(answers: Answers, facts: Facts) -> tuple[Job, ...]:
    """The jobs that the second can be: those of its segment, but not the first job again."""
    segment = second_segment(answers, facts)
    if segment is None:
        return ()
    if segment != chosen_segment(answers, facts):
        return segment.jobs
    first = chosen_job(answers, facts)
    return tuple(job for job in segment.jobs if job != first)


def chosen_second_job(answers: Answers, facts: Facts) -> Job | None:
    """The second job tapped, or the only one that it can be, or None."""
    jobs = second_jobs(answers, facts)
    if len(jobs) == 1:
        return jobs[0]
    return next((job for job in jobs if job.id == answers.second_job_id), None)


def birth_date(answers: Answers, facts: Facts) -> date | None:
    """The birth date as on the KTP: typed, else as read from the NIK."""
    if answers.birth_date_digits:
        return person.read_birth_date(answers.birth_date_digits)
    reading = read_nik(answers.nik, facts.regions, facts.today)
    return reading.facts.birth_date if isinstance(reading, NikRead) else None


def monthly_income(answers: Answers) -> int:
    """The income as whole rupiah a month; 0 while nothing is typed that is a number."""
    digits = answers.income_digits
    amount = int(digits) if digits.isascii() and digits.isdecimal() else 0
    if answers.income_period is Period.DAY:
        return amount * answers.income_days
    if answers.income_period is Period.WEEK:
        return amount * 52 // 12
    return amount


def employs_people(answers: Answers, facts: Facts) -> bool:
    """Whether JHT is compulsory because the resident employs people (Permenaker 5/2021 art. 31)."""
    segment = chosen_segment(answers, facts)
    asked = segment is not None and segment.question is Question.EMPLOYS_PEOPLE
    return asked and answers.question_yes is True


def living_kecamatan(answers: Answers, facts: Facts) -> Kecamatan | None:
    """The kecamatan of Kabupaten Serang the resident lives in, or None."""
    if answers.lives is Lives.HERE:
        return facts.regions.find_kecamatan(facts.home_kecamatan)
    if answers.lives is Lives.OTHER_KECAMATAN:
        among = facts.regions.kecamatan
        return next((one for one in among if one.code == answers.kecamatan_code), None)
    return None


def living_desa(answers: Answers, facts: Facts) -> Desa | None:
    """The desa tapped, if it belongs to the kecamatan lived in."""
    kecamatan = living_kecamatan(answers, facts)
    if kecamatan is None:
        return None
    return next((desa for desa in kecamatan.desa if desa.code == answers.desa_code), None)


def quote_for(
    answers: Answers,
    facts: Facts,
    *,
    months: int,
    package: Package,
    later: int = 0,
    since: Month | None = None,
) -> Quote | None:
    """What the resident would pay for `months`, paying `later` months after `since`.

    `since` is this month if not given; None while job or income are missing. A second job changes
    nothing: nobody could say yet what it would cost.
    """
    job = chosen_job(answers, facts)
    income = monthly_income(answers)
    if job is None or income <= 0:
        return None
    quoted = quote(
        facts.tariff,
        base=facts.tariff.bracket_for(income).base,
        sector=job.sector,
        sector_unclear=job.sector_unclear,
        payer=Payer.SELF,
        package=package,
        months=months,
        payment_month=(since or Month.of(facts.today)).plus(later),
    )
    return quoted if facts.day_is_sure else replace(quoted, notes=quoted.notes | {QuoteNote.DAY})


def stop_reason(answers: Answers, facts: Facts) -> Stop | None:
    """Why this person cannot register here, as far as the answers tell; None if they can."""
    return stop_by_work(answers, facts) or stop_by_age(answers, facts)


_STOPPING = {
    Question.CONTRACTOR_PROJECT: Stop.CONSTRUCTION_PROJECT,
    Question.FIXED_EMPLOYER: Stop.WAGE_EARNER,
    Question.PAID_BY_GOVERNMENT: Stop.PAID_BY_GOVERNMENT,
}


def stop_by_work(answers: Answers, facts: Facts) -> Stop | None:
    """The stop that the work leads to: each question has its own honest way out."""
    if not answers.is_wni:
        return Stop.NOT_WNI
    segment = chosen_segment(answers, facts)
    if segment is None or segment.question is None or not answers.question_yes:
        return None
    return _STOPPING.get(segment.question)


def stop_by_age(answers: Answers, facts: Facts) -> Stop | None:
    """The stop that the age leads to; the limits come from the tariff's eligibility data."""
    born = birth_date(answers, facts)
    if born is None or born > facts.today:
        return None
    age = age_on(born, facts.today)
    if age >= facts.tariff.ages.max_age_exclusive:
        return Stop.TOO_OLD
    return Stop.TOO_YOUNG if age < facts.tariff.ages.min_age else None
