"""People who do not exist, the data that ships, and a clock that stands still."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.domain import regions, wizard
from kiosk.domain.answers import Answers, Lives, Period
from kiosk.domain.checks import Step
from kiosk.domain.regions import Regions, parse_regions
from kiosk.domain.registration import Application, Consent, Declaration, PhoneOwner, WorkPlace
from kiosk.domain.tariff import Package, Tariff
from kiosk.domain.tariff_file import parse_tariff
from kiosk.domain.texts import Texts, parse_texts
from kiosk.domain.wizard import Purpose, WizardState
from kiosk.domain.work import Work, parse_work

ROOT = Path(__file__).parent.parent
RESOURCES = ROOT / "resources"
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 3, 24, 5, 123456, tzinfo=UTC)
KEY = bytes(range(32))

NIK = "3604011205809001"
"""A man born on 12 May 1980."""
NAME = "AHMAD SAPRUDIN"
PHONE = "081234567890"
HOME = "36.04.09"
ADDRESS_LINE = "Desa Ciruas, Kec. Ciruas"

OWN_FIELDS: dict[Step, tuple[str, ...]] = {
    Step.CONSENT: ("consent",),
    Step.WORK: ("segment_id", "is_wni"),
    Step.JOB: ("job_id",),
    Step.QUESTION: ("question_yes",),
    Step.STOP: (),
    Step.NIK: ("nik",),
    Step.NAME: ("name", "birth_date_digits"),
    Step.BIRTHPLACE: ("birthplace",),
    Step.MOTHER: ("mother_name",),
    Step.ADDRESS: ("lives", "desa_code"),
    Step.KECAMATAN: ("kecamatan_code",),
    Step.DESA: ("desa_code",),
    Step.ELSEWHERE: ("elsewhere_line", "elsewhere_postcode"),
    Step.PHONE: ("phone_owner", "phone", "wants_email"),
    Step.EMAIL: ("email",),
    Step.PLACE: ("work_place", "has_second_job"),
    Step.SECOND_WORK: ("second_segment_id",),
    Step.SECOND_JOB: ("second_job_id",),
    Step.INCOME: ("income_period", "income_digits", "income_days"),
    Step.PROGRAMME: ("package",),
    Step.MONTHS: ("months",),
    Step.REVIEW: ("declarations",),
}
"""Which answers are given on which screen."""


@cache
def load_texts() -> Texts:
    file = RESOURCES / "texts" / "id.toml"
    return parse_texts(file.read_text("utf-8"), "id", file.name)


@cache
def load_work() -> Work:
    return parse_work((RESOURCES / "data" / "segments.json").read_text("utf-8"), "segments.json")


@cache
def load_tariff() -> Tariff:
    return parse_tariff((RESOURCES / "data" / "tariff.json").read_text("utf-8"), "tariff.json")


@cache
def load_regions() -> Regions:
    folder = RESOURCES / "data" / "regions"
    files = (
        regions.PROVINCES_FILE,
        regions.KECAMATAN_FILE,
        regions.LEGACY_FILE,
        regions.SERANG_FILE,
    )
    return parse_regions(*((folder / file).read_text("utf-8") for file in files))


@dataclass(frozen=True)
class SampleFacts:
    """The shipped data as seen by the office in Ciruas, on a day of the test's choice."""

    today: date = TODAY
    home_kecamatan: str = HOME
    asks_birthplace: bool = False
    asks_mother_name: bool = False
    day_is_sure: bool = True

    def on(self, day: date) -> "SampleFacts":
        return replace(self, today=day)

    @property
    def work(self) -> Work:
        return load_work()

    @property
    def tariff(self) -> Tariff:
        return load_tariff()

    @property
    def regions(self) -> Regions:
        return load_regions()


FACTS = SampleFacts()
ASKING = SampleFacts(asks_birthplace=True, asks_mother_name=True)
"""An office that switched on all that can be asked."""

ANSWERS = Answers(
    consent=Consent("2026-11-22.2", "id", NOW),
    segment_id="tani",
    job_id="petani_padi",
    nik=NIK,
    name=NAME,
    birthplace="SERANG",
    mother_name="ROHANI",
    lives=Lives.HERE,
    desa_code="36.04.09.2001",
    phone_owner=PhoneOwner.OWN,
    phone=PHONE,
    email="ahmad.s@gmail.com",
    work_place=WorkPlace.NEAR_HOME,
    income_period=Period.DAY,
    income_digits="75000",
    package=Package.JKK_JKM,
    months=3,
    declarations=frozenset(Declaration),
)
"""Everything answered well; the walk goes to the end."""


class StillClock:
    """Stands still until it is put forward."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def monotonic_ms(self) -> float:
        return 0.0

    @property
    def boot(self) -> str:
        return "boot"

    @property
    def is_trusted(self) -> bool:
        return True

    def forward(self, by: timedelta) -> None:
        self.moment += by


def nik_of(serial: int) -> str:
    """The NIK of the `serial`-th person who does not exist, 1 to 9999."""
    return f"{NIK[:12]}{serial:04}"


def born_on(day: date) -> str:
    """The NIK of a man born on that day."""
    return f"360401{day:%d%m%y}9001"


def answers_of(state: WizardState, answers: Answers) -> dict[str, Any]:
    """What `answers` has for the screen that `state` shows."""
    return {name: getattr(answers, name) for name in OWN_FIELDS[state.step]}


def walk(
    answers: Answers = ANSWERS,
    facts: SampleFacts = FACTS,
    draft_id: str = "draft",
    purpose: Purpose = Purpose.REGISTER,
) -> WizardState:
    """Answer every screen in its order and press on, until the way ends."""
    state = wizard.begin(draft_id, purpose=purpose)
    while True:
        state = wizard.answer(state, **answers_of(state, answers))
        after = wizard.go_on(state, facts)
        if after.step is state.step:
            return after
        state = after


def make_application(
    draft_id: str = "draft", facts: SampleFacts = FACTS, **changes: Any
) -> Application:
    """What a resident confirmed who gave ANSWERS but for `changes`."""
    confirmed = wizard.application(walk(replace(ANSWERS, **changes), facts, draft_id), facts)
    if confirmed is None:
        raise AssertionError("these answers do not lead to a registration")
    return confirmed
