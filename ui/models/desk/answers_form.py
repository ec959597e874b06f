"""All answers of a registration on one page: for corrections, and for who is helped here."""

from collections.abc import Iterable

from kiosk.domain.answers import (
    DEFAULT_WORKING_DAYS,
    Answers,
    Facts,
    Lives,
    Period,
    birth_date,
    chosen_job,
    quote_for,
)
from kiosk.domain.checks import Problem, Step
from kiosk.domain.money import format_rupiah
from kiosk.domain.months import age_on
from kiosk.domain.nik import NikRead, Sex, read_nik
from kiosk.domain.registration import Declaration, PhoneOwner, WorkPlace
from kiosk.domain.tariff import Package
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words
from kiosk.domain.work import Question, name_in
from kiosk.settings import Settings
from ui.models.desk.form import Field, Kind, Option, Remark, Values, so_many_months

YES, NO = "yes", "no"
NIK_TYPED_MAX = 24
"""With the spaces or dots that people put in."""


def answer_fields(facts: Facts, settings: Settings) -> tuple[Field, ...]:
    """Return the fields of everything that is asked here, in the order of the KTP and the talk."""
    return (*_person(facts, settings), *_work(facts), *_price(facts))


def consent_fields() -> tuple[Field, ...]:
    """Return the ticks without which nobody is registered; the clerk reads them out."""
    return (
        Field("consent", Kind.TICK, "desk.entry.consent"),
        *(Field(one.value, Kind.TICK, f"review.declaration.{one.value}") for one in Declaration),
    )


def _person(facts: Facts, settings: Settings) -> tuple[Field, ...]:
    asked = [
        Field("birthplace", Kind.CAPITALS, "review.birthplace")
        for _ in range(settings.ask_birthplace)
    ]
    asked += [
        Field("mother_name", Kind.CAPITALS, "review.mother")
        for _ in range(settings.ask_mother_name)
    ]
    home = facts.regions.find_kecamatan(facts.home_kecamatan).name

    def lives(_values: Values, texts: Texts) -> tuple[Option, ...]:
        return (
            Option(Lives.HERE.value, texts.say("desk.entry.lives_here", kecamatan=home)),
            Option(Lives.OTHER_KECAMATAN.value, texts.say("desk.entry.lives_other")),
            Option(Lives.ELSEWHERE.value, texts.say("desk.entry.lives_elsewhere")),
        )

    def kecamatan(_values: Values, _texts: Texts) -> tuple[Option, ...]:
        by_name = sorted(facts.regions.kecamatan, key=lambda one: one.name)
        return tuple(
            Option(one.code, one.name) for one in by_name if one.code != facts.home_kecamatan
        )

    def desa(values: Values, _texts: Texts) -> tuple[Option, ...]:
        here = values["lives"] == Lives.HERE.value
        code = facts.home_kecamatan if here else values["kecamatan_code"]
        among = [one for one in facts.regions.kecamatan if one.code == code]
        return tuple(Option(one.code, one.name) for one in (among[0].desa if among else ()))

    def owners(_values: Values, texts: Texts) -> tuple[Option, ...]:
        return tuple(Option(one.value, texts.say(f"phone.{one.value}")) for one in PhoneOwner)

    return (
        Field("nik", Kind.DIGITS, "review.nik", longest=NIK_TYPED_MAX, span=4),
        Field("name", Kind.CAPITALS, "review.name", span=4),
        Field("birth_date_digits", Kind.DATE, "desk.entry.birth_date", span=4),
        *asked,
        Field("lives", Kind.CHOICE, "review.address", options=lives, span=5),
        Field(
            "kecamatan_code",
            Kind.PICK,
            "desk.entry.kecamatan",
            options=kecamatan,
            span=3,
            shown=lambda values: values["lives"] == Lives.OTHER_KECAMATAN.value,
        ),
        Field(
            "desa_code",
            Kind.PICK,
            "desk.entry.desa",
            options=desa,
            span=4,
            shown=lambda values: values["lives"] in {Lives.HERE.value, Lives.OTHER_KECAMATAN.value},
        ),
        Field("elsewhere_line", Kind.CAPITALS, "desk.entry.line", shown=_is_elsewhere, span=5),
        Field(
            "elsewhere_postcode",
            Kind.DIGITS,
            "desk.entry.postcode",
            shown=_is_elsewhere,
            longest=5,
            span=2,
        ),
        Field("phone_owner", Kind.CHOICE, "review.phone", options=owners, span=4),
        Field(
            "phone",
            Kind.DIGITS,
            "desk.entry.phone",
            shown=lambda values: values["phone_owner"] in {"own", "family"},
            longest=20,
            span=4,
        ),
        Field("email", Kind.TEXT, "desk.entry.email", longest=80, span=4),
    )


def _is_elsewhere(values: Values) -> bool:
    return values["lives"] == Lives.ELSEWHERE.value


def _work(facts: Facts) -> tuple[Field, ...]:
    def jobs(_values: Values, texts: Texts) -> tuple[Option, ...]:
        return tuple(
            Option(
                f"{segment.id}/{job.id}",
                f"{_capital(name_in(texts.language, job.names))} · "
                f"{name_in(texts.language, segment.tile_names)}",
            )
            for segment in facts.work.segments
            for job in segment.jobs
        )

    def other_jobs(values: Values, texts: Texts) -> tuple[Option, ...]:
        return tuple(one for one in jobs(values, texts) if one.id != values["job"])

    def question(values: Values, texts: Texts) -> tuple[Option, ...]:
        asked = _question(values, facts)
        if asked is None:
            return ()
        return tuple(Option(one, texts.say(f"question.{asked.value}.{one}")) for one in (NO, YES))

    def places(_values: Values, texts: Texts) -> tuple[Option, ...]:
        return tuple(Option(one.value, texts.say(f"place.{one.value}")) for one in WorkPlace)

    return (
        Field("job", Kind.PICK, "review.work", options=jobs, span=4),
        Field("second_job", Kind.PICK, "desk.entry.second_work", options=other_jobs, span=4),
        Field(
            "question",
            Kind.CHOICE,
            "desk.entry.question",
            options=question,
            shown=lambda values: _question(values, facts) is not None,
            span=12,
        ),
        Field("work_place", Kind.PICK, "review.place", options=places, span=4),
    )


def _question(values: Values, facts: Facts) -> Question | None:
    segment_id = values["job"].partition("/")[0]
    return next((one.question for one in facts.work.segments if one.id == segment_id), None)


def _price(facts: Facts) -> tuple[Field, ...]:
    def periods(_values: Values, texts: Texts) -> tuple[Option, ...]:
        return tuple(Option(one.value, texts.say(f"income.per_{one.value}")) for one in Period)

    def packages(_values: Values, texts: Texts) -> tuple[Option, ...]:
        return tuple(
            Option(one.value, texts.say(f"desk.entry.package.{one.name.lower()}"))
            for one in Package
        )

    def months(_values: Values, texts: Texts) -> tuple[Option, ...]:
        return so_many_months(facts.tariff.periods, texts)

    return (
        Field("income_period", Kind.CHOICE, "desk.entry.income", options=periods, span=5),
        Field("income_digits", Kind.MONEY, "desk.entry.amount", span=4),
        Field(
            "income_days",
            Kind.DIGITS,
            "desk.entry.days",
            shown=lambda values: values["income_period"] == Period.DAY.value,
            longest=2,
            span=3,
        ),
        Field("package", Kind.CHOICE, "review.programme", options=packages, span=6),
        Field("months", Kind.CHOICE, "desk.form.months", options=months, span=6),
    )


def to_values(answers: Answers, facts: Facts) -> dict[str, str]:
    """Return what the fields show of answers."""
    job = chosen_job(answers, facts)
    return {
        "nik": answers.nik,
        "name": answers.name,
        "birth_date_digits": answers.birth_date_digits,
        "birthplace": answers.birthplace,
        "mother_name": answers.mother_name,
        "lives": answers.lives.value if answers.lives else "",
        "kecamatan_code": answers.kecamatan_code,
        "desa_code": answers.desa_code,
        "elsewhere_line": answers.elsewhere_line,
        "elsewhere_postcode": answers.elsewhere_postcode,
        "phone_owner": answers.phone_owner.value if answers.phone_owner else "",
        "phone": answers.phone,
        "email": answers.email,
        "job": f"{answers.segment_id}/{job.id}" if job else "",
        "second_job": f"{answers.second_segment_id}/{answers.second_job_id}"
        if answers.second_job_id
        else "",
        "question": "" if answers.question_yes is None else YES if answers.question_yes else NO,
        "work_place": answers.work_place.value if answers.work_place else "",
        "income_period": answers.income_period.value,
        "income_digits": answers.income_digits,
        "income_days": str(answers.income_days),
        "package": answers.package.value if answers.package else "",
        "months": str(answers.months) if answers.months else "",
    }


def to_answers(values: Values) -> Answers:
    """Return the answers that stand in the fields; consent and declarations apart."""

    def of(key: str) -> str:
        return values.get(key, "")

    segment_id, _, job_id = of("job").partition("/")
    second_segment_id, _, second_job_id = of("second_job").partition("/")
    return Answers(
        segment_id=segment_id,
        job_id=job_id,
        question_yes={YES: True, NO: False}.get(of("question")),
        nik=_bare(of("nik")),
        name=of("name"),
        birth_date_digits=of("birth_date_digits"),
        birthplace=of("birthplace"),
        mother_name=of("mother_name"),
        lives=Lives(of("lives")) if of("lives") else None,
        kecamatan_code=of("kecamatan_code"),
        desa_code=of("desa_code"),
        elsewhere_line=of("elsewhere_line"),
        elsewhere_postcode=of("elsewhere_postcode"),
        phone_owner=PhoneOwner(of("phone_owner")) if of("phone_owner") else None,
        phone=of("phone"),
        wants_email=bool(of("email").strip()),
        email=of("email"),
        work_place=WorkPlace(of("work_place")) if of("work_place") else None,
        has_second_job=bool(second_segment_id),
        second_segment_id=second_segment_id,
        second_job_id=second_job_id,
        income_period=Period(of("income_period") or Period.MONTH.value),
        income_digits=of("income_digits"),
        # Not asked but of who counts by the day.
        income_days=_whole(of("income_days")) if of("income_days") else DEFAULT_WORKING_DAYS,
        package=Package(of("package")) if of("package") else None,
        months=_whole(of("months")),
        declarations=frozenset(one for one in Declaration if of(one.value)),
    )


def _whole(text: str) -> int:
    """0 for what is no number: the checks say what is missing."""
    return int(text) if text.isascii() and text.isdecimal() else 0


def _bare(nik: str) -> str:
    """Without the spaces, dots and hyphens that people put in; a masked NIK keeps its stars."""
    return "".join(char for char in nik if char not in " .-")


FIELD_OF = {
    Step.CONSENT: "consent",
    Step.WORK: "job",
    Step.JOB: "job",
    Step.QUESTION: "question",
    Step.NIK: "nik",
    Step.NAME: "name",
    Step.BIRTHPLACE: "birthplace",
    Step.MOTHER: "mother_name",
    Step.ADDRESS: "lives",
    Step.KECAMATAN: "kecamatan_code",
    Step.DESA: "desa_code",
    Step.ELSEWHERE: "elsewhere_line",
    Step.PHONE: "phone",
    Step.EMAIL: "email",
    Step.PLACE: "work_place",
    Step.SECOND_WORK: "second_job",
    Step.SECOND_JOB: "second_job",
    Step.INCOME: "income_digits",
    Step.PROGRAMME: "package",
    Step.MONTHS: "months",
    Step.REVIEW: Declaration.SEND_TO_BPJS.value,
}
_ELSEWHERE_IN_A_STEP = {
    "address.missing": "desa_code",
    "elsewhere.postcode_wrong": "elsewhere_postcode",
    "phone.owner_missing": "phone_owner",
}


def say_problems(
    problems: Iterable[tuple[Step, Problem]], values: Values, texts: Texts
) -> dict[str, str]:
    """Return what to say below which field."""
    said: dict[str, str] = {}
    for step, problem in problems:
        field = FIELD_OF[step]
        if problem.key.startswith("name.birth_date"):
            field = "birth_date_digits"
        elif problem.key == "address.missing" and not values.get("lives"):
            field = "lives"
        else:
            field = _ELSEWHERE_IN_A_STEP.get(problem.key, field)
        said.setdefault(field, texts.say(problem.key, **problem.values))
    return said


def remark(values: Values, facts: Facts, texts: Texts) -> Remark:
    """Say what the NIK tells, and what the programme costs."""
    answers = to_answers(values)
    reading = read_nik(answers.nik, facts.regions, facts.today)
    told = []
    if isinstance(reading, NikRead):
        born = birth_date(answers, facts) or reading.facts.birth_date
        sex = "female" if reading.facts.sex is Sex.FEMALE else "male"
        told.append(
            texts.say(
                f"desk.entry.from_nik_{sex}",
                date=date_words(reading.facts.birth_date, texts),
                age=age_on(born, facts.today),
            )
        )
    quote = _quote(answers, facts)
    if quote is None:
        return Remark(" ".join(told))
    told.append(texts.say("desk.entry.costs", months=answers.months))
    return Remark(" ".join(told), format_rupiah(quote))


def _quote(answers: Answers, facts: Facts) -> int | None:
    if answers.package is None or not answers.months:
        return None
    try:
        quoted = quote_for(answers, facts, months=answers.months, package=answers.package)
    except ValueError:
        return None
    return quoted.total if quoted else None


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
