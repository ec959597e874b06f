"""What keeps a resident on a screen, and that each reason can be said."""

import ast
from dataclasses import fields, replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ANSWERS, FACTS, NIK, OWN_FIELDS, PHONE, ROOT, load_texts

from kiosk.domain.answers import Answers, Lives, Period
from kiosk.domain.checks import Problem, Step, check
from kiosk.domain.nik import NikProblem
from kiosk.domain.registration import Declaration, PhoneOwner
from kiosk.domain.tariff import Package

TEXTS = load_texts()
EMPLOYER: dict[str, Any] = {"segment_id": "umkm", "job_id": "perajin", "question_yes": True}
ELSEWHERE: dict[str, Any] = {
    "lives": Lives.ELSEWHERE,
    "elsewhere_line": "Jl. Raya 1",
    "elsewhere_postcode": "42111",
}
MONTHLY: dict[str, Any] = {"income_period": Period.MONTH}

ONLY_ONE = {"segment_id": "lain", "job_id": ""}

REFUSED: list[tuple[Step, dict[str, Any], str, dict[str, object]]] = [
    (Step.CONSENT, {"consent": None}, "consent.missing", {}),
    (Step.WORK, {"segment_id": ""}, "work.missing", {}),
    (Step.WORK, {"segment_id": "astronot"}, "work.missing", {}),
    (Step.JOB, {"job_id": ""}, "job.missing", {}),
    (Step.JOB, {"job_id": "tukang_cat"}, "job.missing", {}),
    (Step.QUESTION, {"question_yes": None}, "question.missing", {}),
    (Step.STOP, {}, "stop.final", {}),
    # the NIK
    (Step.NIK, {"nik": ""}, "nik.incomplete", {"missing": 16}),
    (Step.NIK, {"nik": NIK[:15]}, "nik.incomplete", {"missing": 1}),
    (Step.NIK, {"nik": "36O4"}, "nik.wrong.not_digits", {"typed": "O"}),
    (Step.NIK, {"nik": "36😀"}, "nik.wrong.not_digits", {"typed": "😀"}),
    (Step.NIK, {"nik": NIK + "7"}, "nik.wrong.too_long", {"typed": "7"}),
    (Step.NIK, {"nik": "99"}, "nik.wrong.unknown_province", {"typed": "99"}),
    (Step.NIK, {"nik": "36040132"}, "nik.wrong.day_out_of_range", {"typed": "32"}),
    (Step.NIK, {"nik": "3604011213"}, "nik.wrong.month_out_of_range", {"typed": "13"}),
    (Step.NIK, {"nik": "3604013002"}, "nik.wrong.impossible_date", {"typed": "3002"}),
    (Step.NIK, {"nik": "3604011205800000"}, "nik.wrong.serial_zero", {"typed": "0000"}),
    (Step.NIK, {"nik": "1" * 16}, "nik.wrong.one_digit_repeated", {"typed": "1" * 16}),
    # name and birth date
    (Step.NAME, {"name": ""}, "name.missing", {}),
    (Step.NAME, {"name": "   "}, "name.missing", {}),
    (Step.NAME, {"name": "123 😀"}, "name.missing", {}),
    (Step.NAME, {"name": "\u202e\u200f"}, "name.missing", {}),
    (Step.NAME, {"name": "." * 60 + "A"}, "name.missing", {}),
    (Step.NAME, {"birth_date_digits": "1205"}, "name.birth_date_wrong", {}),
    (Step.NAME, {"birth_date_digits": "31021980"}, "name.birth_date_wrong", {}),
    (Step.NAME, {"birth_date_digits": "23112026"}, "name.birth_date_in_future", {}),
    (Step.NAME, {"birth_date_digits": "12059999"}, "name.birth_date_in_future", {}),
    (Step.NAME, {"birth_date_digits": "21111905"}, "name.birth_date_too_long_ago", {}),
    (Step.NAME, {"name": "MUHAMMAD محمد"}, "name.unprintable", {"letter": "م"}),
    (Step.NAME, {"name": "李小龍"}, "name.unprintable", {"letter": "李"}),
    (Step.NAME, {"name": "Иван"}, "name.unprintable", {"letter": "И"}),
    (Step.BIRTHPLACE, {"birthplace": " 12"}, "birthplace.missing", {}),
    (Step.BIRTHPLACE, {"birthplace": "東京"}, "name.unprintable", {"letter": "東"}),
    (Step.MOTHER, {"mother_name": ""}, "mother.missing", {}),
    (Step.MOTHER, {"mother_name": "Жанна"}, "name.unprintable", {"letter": "Ж"}),
    # address
    (Step.ADDRESS, {"lives": None}, "address.missing", {}),
    (Step.ADDRESS, {"desa_code": ""}, "address.missing", {}),
    (Step.ADDRESS, {"desa_code": "36.04.01.2001"}, "address.missing", {}),
    (Step.KECAMATAN, {"lives": Lives.OTHER_KECAMATAN}, "kecamatan.missing", {}),
    (Step.DESA, {"lives": Lives.OTHER_KECAMATAN}, "desa.missing", {}),
    (Step.ELSEWHERE, {**ELSEWHERE, "elsewhere_line": "Jl 1"}, "elsewhere.line_missing", {}),
    (Step.ELSEWHERE, {**ELSEWHERE, "elsewhere_line": "J\n\n\n\n1"}, "elsewhere.line_missing", {}),
    (Step.ELSEWHERE, {**ELSEWHERE, "elsewhere_postcode": "421"}, "elsewhere.postcode_wrong", {}),
    (Step.ELSEWHERE, {**ELSEWHERE, "elsewhere_postcode": "4211a"}, "elsewhere.postcode_wrong", {}),
    (
        Step.ELSEWHERE,
        {**ELSEWHERE, "elsewhere_line": "Jl. Raya 1 中"},
        "name.unprintable",
        {"letter": "中"},
    ),
    (
        Step.ELSEWHERE,
        {**ELSEWHERE, "elsewhere_line": "Jl. Raya 1 😀"},
        "name.unprintable",
        {"letter": "😀"},
    ),
    # telephone
    (Step.PHONE, {"phone_owner": None}, "phone.owner_missing", {}),
    (Step.PHONE, {"phone": ""}, "phone.incomplete", {"missing": 10}),
    (Step.PHONE, {"phone": "0812"}, "phone.incomplete", {"missing": 6}),
    (Step.PHONE, {"phone": "+62"}, "phone.incomplete", {"missing": 9}),
    (Step.PHONE, {"phone": "62812"}, "phone.incomplete", {"missing": 6}),
    (Step.PHONE, {"phone": "0254200000"}, "phone.wrong_start", {}),
    (Step.PHONE, {"phone": "8123456789"}, "phone.wrong_start", {}),
    (Step.PHONE, {"phone": "+1 555 0100"}, "phone.wrong_start", {}),
    (Step.PHONE, {"phone": "08123456789012"}, "phone.too_long", {"digits": 13}),
    # e-mail, place, second job
    (Step.EMAIL, {"email": "siti"}, "email.no_at", {}),
    (Step.EMAIL, {"email": "siti@"}, "email.wrong", {}),
    (Step.EMAIL, {"email": "siti@gmail"}, "email.wrong", {}),
    (Step.EMAIL, {"email": "siti@gmail."}, "email.wrong", {}),
    (Step.EMAIL, {"email": "@gmail.com"}, "email.wrong", {}),
    (Step.EMAIL, {"email": "si ti@gmail.com"}, "email.wrong", {}),
    (Step.EMAIL, {"email": "siti@ya@hoo.com"}, "email.wrong", {}),
    (Step.EMAIL, {"email": "sití@gmail.com"}, "email.wrong", {}),
    (Step.EMAIL, {"email": "s" * 71 + "@gmail.com"}, "email.too_long", {"letters": 80}),
    (Step.PLACE, {"work_place": None}, "place.missing", {}),
    (Step.SECOND_WORK, {"second_segment_id": ""}, "second_work.missing", {}),
    (Step.SECOND_WORK, {**ONLY_ONE, "second_segment_id": "lain"}, "second_work.same", {}),
    (Step.SECOND_JOB, {"second_job_id": ""}, "second_job.missing", {}),
    (
        Step.SECOND_JOB,
        {"second_segment_id": "tani", "second_job_id": "petani_padi"},
        "second_job.missing",
        {},
    ),
    # income
    (Step.INCOME, {"income_digits": ""}, "income.missing", {}),
    (Step.INCOME, {"income_digits": "0"}, "income.missing", {}),
    (Step.INCOME, {"income_digits": "banyak"}, "income.missing", {}),
    (Step.INCOME, {"income_days": 0}, "income.missing", {}),
    (Step.INCOME, {"income_days": 32}, "income.missing", {}),
    (Step.INCOME, {**MONTHLY, "income_digits": "1000000001"}, "income.too_high", {}),
    (Step.INCOME, {**MONTHLY, "income_digits": "10000000000"}, "income.too_high", {}),
    # programme, months, review
    (Step.PROGRAMME, {"package": None}, "programme.missing", {}),
    (Step.PROGRAMME, EMPLOYER, "programme.jht_compulsory", {}),
    (Step.MONTHS, {"months": 0}, "months.missing", {}),
    (Step.MONTHS, {"months": 5}, "months.missing", {}),
    (
        Step.REVIEW,
        {"declarations": frozenset({Declaration.DATA_TRUE})},
        "review.declarations_missing",
        {"missing": 2},
    ),
]

ACCEPTED: list[tuple[Step, dict[str, Any]]] = [
    *((step, {}) for step in Step if step not in {Step.STOP, Step.QUESTION}),
    (Step.WORK, {"is_wni": False, "segment_id": ""}),
    (Step.QUESTION, {"question_yes": False}),
    (Step.NIK, {"nik": "3604.0112.0580.9001"}),
    (Step.NAME, {"name": "O"}),
    (Step.NAME, {"name": "A" * 60}),
    (Step.NAME, {"name": "A" * 61}),
    (Step.NAME, {"birth_date_digits": "22112026"}),
    (Step.NAME, {"birth_date_digits": "22111906"}),
    (Step.ADDRESS, {"lives": Lives.OTHER_KECAMATAN}),
    (Step.PHONE, {"phone": "+62 812 3456 7890"}),
    (Step.PHONE, {"phone_owner": PhoneOwner.FAMILY}),
    (Step.PHONE, {"phone_owner": PhoneOwner.NONE, "phone": "1"}),
    (Step.NAME, {"name": "José Müller Łukasz"}),
    (Step.EMAIL, {"email": ""}),
    (Step.EMAIL, {"email": "A.B-C_9@mail.serangkab.go.id"}),
    (Step.EMAIL, {"email": "s" * 70 + "@gmail.com"}),
    (Step.SECOND_WORK, {"second_segment_id": "lain"}),
    (Step.SECOND_JOB, {"second_segment_id": "tani", "second_job_id": "pekebun"}),
    (Step.INCOME, {**MONTHLY, "income_digits": "1"}),
    (Step.INCOME, {**MONTHLY, "income_digits": "1000000000"}),
    (Step.PROGRAMME, {**EMPLOYER, "package": Package.JKK_JKM_JHT}),
]


def answered(changes: dict[str, Any]) -> Answers:
    complete = replace(
        ANSWERS,
        kecamatan_code="36.04.09",
        elsewhere_line="Jl. Raya 1",
        elsewhere_postcode="42111",
        has_second_job=True,
        second_segment_id="umkm",
        second_job_id="perajin",
    )
    if changes.get("lives") is Lives.OTHER_KECAMATAN:
        complete = replace(complete, kecamatan_code="", desa_code="")
    return replace(complete, **changes)


@pytest.mark.parametrize(
    ("step", "changes", "key", "values"),
    REFUSED,
    ids=[f"{key}-{number}" for number, (_step, _changes, key, _values) in enumerate(REFUSED)],
)
def test_a_missing_or_wrong_answer_is_refused_in_words(
    step: Step, changes: dict[str, Any], key: str, values: dict[str, object]
) -> None:
    problem = check(step, answered(changes), FACTS)
    assert problem == Problem(key, values)
    sentence = TEXTS.say(problem.key, **problem.values)
    assert sentence.endswith(".")
    assert "{" not in sentence
    shown = (str(value) for name, value in values.items() if name != "typed")
    assert all(value in sentence for value in shown)


@pytest.mark.parametrize(("step", "changes"), ACCEPTED)
def test_a_good_answer_is_let_through(step: Step, changes: dict[str, Any]) -> None:
    assert check(step, answered(changes), FACTS) is None


def test_every_reason_in_the_code_is_among_the_ones_tried_here() -> None:
    tree = ast.parse((ROOT / "kiosk/domain/checks.py").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    keys = [call.args[0] for call in calls if ast.unparse(call.func) == "Problem"]
    written = {key.value for key in keys if isinstance(key, ast.Constant)}
    built = {f"nik.wrong.{problem.name.lower()}" for problem in NikProblem}
    assert len([key for key in keys if isinstance(key, ast.JoinedStr)]) == 1
    assert written | built == {key for _step, _changes, key, _values in REFUSED}


TYPED = [one.name for one in fields(Answers) if one.type is str]


@given(
    st.fixed_dictionaries({name: st.text(max_size=20) for name in TYPED}),
    st.sampled_from(list(product(Lives, PhoneOwner, Period))),
    st.integers(-1000, 1000),
)
def test_nothing_that_is_typed_or_scanned_crashes_a_check(
    typed: dict[str, Any], choices: tuple[Lives, PhoneOwner, Period], number: int
) -> None:
    lives, owner, period = choices
    answers = replace(
        ANSWERS,
        **typed,
        lives=lives,
        phone_owner=owner,
        income_period=period,
        income_days=number,
        months=number,
    )
    for step in OWN_FIELDS:
        problem = check(step, answers, FACTS)
        assert problem is None or TEXTS.say(problem.key, **problem.values)


def test_a_sentence_of_refusal_never_repeats_a_name_or_a_telephone() -> None:
    wrong = replace(ANSWERS, name="12345", phone=PHONE * 2)
    for step in (Step.NAME, Step.PHONE):
        problem = check(step, wrong, FACTS)
        assert problem is not None
        assert not {"12345", PHONE, PHONE * 2} & {str(v) for v in problem.values.values()}
