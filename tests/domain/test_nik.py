"""The NIK: explained while it is typed, judged when it is whole. All NIK are made up."""

import csv
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.months import age_on
from kiosk.domain.nik import (
    NikIncomplete,
    NikProblem,
    NikRead,
    NikWarning,
    NikWrong,
    Sex,
    clean_nik,
    compare_with_ktp,
    mask_nik,
    read_nik,
)
from kiosk.domain.regions import (
    KECAMATAN_FILE,
    LEGACY_FILE,
    PROVINCES_FILE,
    SERANG_FILE,
    Standing,
    parse_regions,
)

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "resources" / "data" / "regions"
FILES = (PROVINCES_FILE, KECAMATAN_FILE, LEGACY_FILE, SERANG_FILE)
REGIONS = parse_regions(*((FOLDER / file).read_text("utf-8") for file in FILES))
TODAY = date(2026, 11, 22)


def read(text: str, today: date = TODAY) -> NikRead | NikIncomplete | NikWrong:
    return read_nik(text, REGIONS, today)


def make_nik(place: str, born: date, sex: Sex, serial: int) -> str:
    day = born.day + (40 if sex is Sex.FEMALE else 0)
    return f"{place}{day:02}{born:%m%y}{serial:04}"


def read_whole(text: str, today: date = TODAY) -> NikRead:
    reading = read(text, today)
    assert isinstance(reading, NikRead)
    return reading


CASES = list(csv.DictReader((HERE / "nik_cases.csv").read_text("utf-8").splitlines()))
COMPUTED = {
    "age 64y11m on the day": (date(1961, 12, 22), 64),
    "age 65 on the day": (date(1961, 11, 22), 65),
    "age under 17": (date(2009, 11, 23), 16),
}
KTP_SAYS = {
    "birth date on KTP differs from NIK": (date(1985, 8, 18), None, NikWarning.BIRTH_DATE_DIFFERS),
    "sex on KTP differs from NIK": (None, Sex.MALE, NikWarning.SEX_DIFFERS),
}


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_every_case_collected_from_the_field(case: dict[str, str]) -> None:
    if case["nik_synthetic"] == "(compute)":
        born, age = COMPUTED[case["case"]]
        nik = make_nik("360409", born, Sex.FEMALE, 1)
        assert age_on(read_whole(nik).facts.birth_date, TODAY) == age
    elif case["case"] in KTP_SAYS:
        born_ktp, sex_ktp, warning = KTP_SAYS[case["case"]]
        reading = read_whole(case["nik_synthetic"])
        assert reading.warnings == frozenset()
        assert compare_with_ktp(reading.facts, born_ktp, sex_ktp) == {warning}
    else:
        judge(case["nik_synthetic"], case["expected"], case["detail"])


def judge(nik: str, expected: str, detail: str) -> None:
    if expected == "error":
        assert isinstance(read(nik), NikWrong | NikIncomplete)
        return
    reading = read_whole(nik)
    assert bool(reading.warnings) == (expected == "warn")
    old = reading.facts.issued_at.standing in {Standing.LEGACY, Standing.RETIRED}
    assert old == (expected == "ok-legacy")
    if detail[:4].isdigit() and detail[4] == "-":
        facts = reading.facts
        assert f"{facts.birth_date} {facts.sex.value}" == detail[:12]


MISTAKES = [
    ("36040a", NikProblem.NOT_DIGITS, (6,), "a"),
    ("36040\u0660", NikProblem.NOT_DIGITS, (6,), "\u0660"),
    ("36040917088590012", NikProblem.TOO_LONG, (17,), "2"),
    ("99", NikProblem.UNKNOWN_PROVINCE, (1, 2), "99"),
    ("36040932", NikProblem.DAY_OUT_OF_RANGE, (7, 8), "32"),
    ("36040900", NikProblem.DAY_OUT_OF_RANGE, (7, 8), "00"),
    ("36040940", NikProblem.DAY_OUT_OF_RANGE, (7, 8), "40"),
    ("36040972", NikProblem.DAY_OUT_OF_RANGE, (7, 8), "72"),
    ("3604091713", NikProblem.MONTH_OUT_OF_RANGE, (9, 10), "13"),
    ("3604091700", NikProblem.MONTH_OUT_OF_RANGE, (9, 10), "00"),
    ("3604093104", NikProblem.IMPOSSIBLE_DATE, (7, 8, 9, 10), "3104"),
    ("3604097002", NikProblem.IMPOSSIBLE_DATE, (7, 8, 9, 10), "7002"),
    ("360409290201", NikProblem.IMPOSSIBLE_DATE, (7, 8, 9, 10, 11, 12), "290201"),
    ("3604091708850000", NikProblem.SERIAL_ZERO, (13, 14, 15, 16), "0000"),
    ("1" * 16, NikProblem.ONE_DIGIT_REPEATED, tuple(range(1, 17)), "1" * 16),
]


@pytest.mark.parametrize(
    ("typed", "problem", "positions", "digits"),
    MISTAKES,
    ids=[f"{problem.name} {len(typed)}" for typed, problem, _, _ in MISTAKES],
)
def test_a_mistake_names_its_digits_as_soon_as_they_are_typed(
    typed: str, problem: NikProblem, positions: tuple[int, ...], digits: str
) -> None:
    assert read(typed) == NikWrong(problem, positions, digits)
    assert isinstance(read(typed[:-1]), NikIncomplete | NikRead)


def exists(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("year", [1996, 1999, 2000, 2001])
def test_a_date_is_good_exactly_when_the_calendar_has_it(year: int) -> None:
    for dd, mm in product(range(100), range(14)):
        typed = f"360409{dd:02}{mm:02}{year % 100:02}"
        good = exists(dd, mm, year) or exists(dd - 40, mm, year)
        assert isinstance(read(typed), NikIncomplete) == good


def test_a_screen_can_say_what_is_missing() -> None:
    assert read("") == NikIncomplete(16)
    assert read("3604 0917 08") == NikIncomplete(6)


def test_a_whole_nik_tells_sex_birth_date_and_place_of_issue() -> None:
    facts = read_whole("3604-0957.0885 9001").facts
    assert facts.nik == "3604095708859001"
    assert (facts.sex, facts.birth_date) == (Sex.FEMALE, date(1985, 8, 17))
    assert (facts.issued_at.kecamatan, facts.issued_at.kabupaten) == ("Ciruas", "Kabupaten Serang")


@pytest.mark.parametrize(
    ("nik", "warning"),
    [
        ("3604991708859001", NikWarning.UNKNOWN_KECAMATAN),
        ("3699091708859001", NikWarning.UNKNOWN_KABUPATEN),
    ],
    ids=["kecamatan", "kabupaten"],
)
def test_an_unknown_place_inside_a_known_province_is_a_warning(
    nik: str, warning: NikWarning
) -> None:
    assert read_whole(nik).warnings == {warning}


def test_born_today_is_this_century_and_tomorrow_the_last_one() -> None:
    assert read_whole("3604092211269001").facts.birth_date == TODAY
    assert read_whole("3604092311269001").facts.birth_date == date(1926, 11, 23)


def test_a_kiosk_whose_clock_fell_back_still_reads_a_nik() -> None:
    assert read_whole("3604092902009001", date(1970, 1, 1)).facts.birth_date == date(2000, 2, 29)


def test_a_ktp_that_agrees_or_is_not_known_gives_no_warning() -> None:
    facts = read_whole("3604091708859001").facts
    assert compare_with_ktp(facts) == frozenset()
    assert compare_with_ktp(facts, date(1985, 8, 17), Sex.MALE) == frozenset()
    assert compare_with_ktp(facts, date(1985, 7, 18), Sex.FEMALE) == {
        NikWarning.BIRTH_DATE_DIFFERS,
        NikWarning.SEX_DIFFERS,
    }


def test_the_mask_shows_the_last_four_digits_only() -> None:
    assert mask_nik("3604091708859001") == "************9001"


PLACES = st.sampled_from(["360409", "360401", "367301", "911301", "960101", "110101"])
BIRTHS = st.dates(date(1926, 11, 23), TODAY)
NIKS = st.builds(make_nik, PLACES, BIRTHS, st.sampled_from(Sex), st.integers(1, 9999))
ALMOST_NIKS = st.builds(
    lambda place, day, month, year, serial: f"{place}{day:02}{month:02}{year:02}{serial:04}",
    st.sampled_from(["360409", "360499", "990101"]),
    st.integers(0, 99),
    st.integers(0, 19),
    st.integers(0, 99),
    st.integers(0, 2),
)
DIGITS = st.text("0123456789", max_size=18)


@given(PLACES, BIRTHS, st.sampled_from(Sex), st.integers(1, 9999))
def test_whoever_was_born_in_the_last_hundred_years_is_read_right(
    place: str, born: date, sex: Sex, serial: int
) -> None:
    facts = read_whole(make_nik(place, born, sex, serial)).facts
    assert (facts.birth_date, facts.sex) == (born, sex)


@given(NIKS)
def test_nobody_is_interrupted_while_typing_a_real_nik(nik: str) -> None:
    for typed in range(16):
        assert read(nik[:typed]) == NikIncomplete(16 - typed)


@given(ALMOST_NIKS, st.integers(1, 16), DIGITS)
def test_a_mistake_stays_one_whatever_follows(almost: str, typed: int, rest: str) -> None:
    if isinstance(read(almost[:typed]), NikWrong):
        assert isinstance(read(almost[:typed] + rest), NikWrong)


@given(st.one_of(ALMOST_NIKS, DIGITS, st.text(max_size=20)), st.dates())
def test_any_text_on_any_day_gets_an_answer_that_names_what_was_typed(
    text: str, today: date
) -> None:
    reading = read(text, today)
    if isinstance(reading, NikWrong):
        clean = clean_nik(text)
        assert reading.typed == "".join(clean[place - 1] for place in reading.positions)
        assert reading.typed


@given(ALMOST_NIKS, st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_nobody_is_born_after_today(almost: str, today: date) -> None:
    reading = read(almost, today)
    if isinstance(reading, NikRead):
        assert reading.facts.birth_date <= max(today, date(2000, 12, 31))
