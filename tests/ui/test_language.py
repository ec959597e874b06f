"""Switching the language in the middle of a visit: everything is told again, nothing is lost."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Property, QObject
from samples import ANSWERS, NAME, NIK, PHONE, RESOURCES, StillClock, answers_of

from kiosk.clock import TrustedClock
from kiosk.data import Data, load_data
from kiosk.domain.answers import Answers, Lives
from kiosk.domain.personal_copy import PersonalCopy
from kiosk.domain.print_job import PrintJob
from kiosk.domain.registration import PhoneOwner
from kiosk.domain.rights import Request
from kiosk.domain.slip import Reminder
from kiosk.domain.tariff import Package
from kiosk.domain.texts import Texts
from kiosk.languages import load_languages
from kiosk.layers import Layers
from kiosk.room import Reserve
from kiosk.settings import Settings
from kiosk.storage.store import Store
from kiosk.trust import NotASlip
from printing.port import Abilities, Status
from printing.spooler import Page
from ui.jobs import Jobs
from ui.models import KioskModel, VisitModel
from ui.services import Services

LANGUAGES = load_languages(RESOURCES / "texts").texts
INDONESIAN, ENGLISH = LANGUAGES["id"], LANGUAGES["en"]

FROM_AFAR = replace(
    ANSWERS,
    segment_id="umkm",
    job_id="perajin",
    question_yes=True,
    lives=Lives.ELSEWHERE,
    desa_code="",
    elsewhere_line="KP BARU LEBAK",
    elsewhere_postcode="42391",
    phone_owner=PhoneOwner.NONE,
    phone="",
    package=Package.JKK_JKM_JHT,
    months=12,
)
NEXT_DOOR = replace(
    ANSWERS,
    segment_id="transport",
    job_id="becak_bentor",
    lives=Lives.OTHER_KECAMATAN,
    kecamatan_code="36.04.14",
    desa_code="36.04.14.2002",
)
TOO_OLD = replace(ANSWERS, nik="3604011205509001")


class HandedOver(Jobs):
    """Work is done when the test says so, in the test's own thread."""

    def __init__(self) -> None:
        super().__init__(_no_bug)
        self._waiting: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []

    def run(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        self._waiting.append((work, on_result))

    def do_all(self) -> None:
        while self._waiting:
            work, on_result = self._waiting.pop(0)
            on_result(work())


class NoPrinter:
    def status(self) -> Status:
        return Status(on_paper=False)

    def abilities(self) -> Abilities:
        return Abilities()

    def nudge(self) -> None:
        """There is nothing to wake."""

    def print_reminder(self, reminder: Reminder) -> None:
        """There is nothing to print it on."""

    def print_page(self, page: Page) -> None:
        """Nor this."""

    def print_proof(self, request: Request, page_id: str) -> None:
        """Nor this."""

    def print_copy(self, copy: PersonalCopy, page_id: str) -> None:
        """Nor this."""

    @property
    def may_stop(self) -> bool:
        """Nothing waits."""
        return True

    def print_test(self, language: str, page_id: str) -> None:
        """Nor this."""

    def forget(self, number: str, slips: Collection[PrintJob]) -> bool:
        """There is nothing left of anybody."""
        return True


class Counter:
    """A kiosk without a window, and a resident who answers on every screen."""

    def __init__(self, data: Data, store: Store, texts: dict[str, Texts]) -> None:
        settings, clock = Settings(), StillClock()
        self.jobs = HandedOver()
        # mypy knows no types for the properties of a QObject
        self.kiosk: Any = KioskModel(settings, texts, clock)
        services = Services(
            settings,
            texts,
            data,
            store,
            TrustedClock(clock, None),
            NoPrinter(),
            lambda _: NotASlip(),
            Reserve([]),
            Layers(settings),
        )
        self.visit: Any = VisitModel(services, self.kiosk, self.jobs)

    def answer(self, answers: Answers) -> None:
        """Answer what the screen asks."""
        state = self.visit.state
        self.visit.answer(**answers_of(state, answers))

    def screens(self, answers: Answers = ANSWERS) -> Iterator[str]:
        """Begin a visit and go from screen to screen, each answered, up to the review or a stop."""
        self.visit.begin()
        self.answer(answers)
        yield self.visit.screen
        while self.visit.screen not in {"review", "stop"}:
            self.visit.next()
            self.answer(answers)
            yield self.visit.screen

    def go_to(self, screen: str, answers: Answers = ANSWERS) -> None:
        """Begin a visit and go on until `screen` is shown and answered."""
        assert screen in self.screens(answers)

    def register(self) -> None:
        """Go all the way to the last screen."""
        self.go_to("review")
        self.visit.next()
        self.jobs.do_all()
        assert self.visit.screen == "done"

    def told(self) -> dict[str, object]:
        """Everything that QML can read of the visit and its models, as it stands now."""
        models = {name: getattr(self.visit, name) for name in _properties(self.visit)}
        steps = {name: model for name, model in models.items() if isinstance(model, QObject)}
        told = {name: value for name, value in models.items() if name not in steps}
        for step, model in steps.items():
            told |= {f"{step}.{name}": getattr(model, name) for name in _properties(model)}
        return told


def _no_bug(bug: BaseException) -> None:
    raise bug


def _broken(_model: QObject) -> None:
    raise RuntimeError


def _properties(model: QObject) -> list[str]:
    return [name for name, value in vars(type(model)).items() if isinstance(value, Property)]


RESIDENTS = {
    "from here": ANSWERS,
    "from afar, with employees": FROM_AFAR,
    "from next door, by becak": NEXT_DOOR,
    "76 years old": TOO_OLD,
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    return load_data(RESOURCES, tmp_path_factory.mktemp("data"))


@pytest.fixture
def make_counter(data: Data, store: Store) -> Callable[..., Counter]:
    def make(texts: dict[str, Texts] | None = None) -> Counter:
        return Counter(data, store, dict(LANGUAGES) if texts is None else texts)

    return make


@pytest.fixture
def counter(make_counter: Callable[..., Counter]) -> Counter:
    return make_counter()


@pytest.mark.parametrize("who", RESIDENTS)
def test_on_every_screen_a_switch_tells_all_as_if_the_visit_had_always_been_english(
    make_counter: Callable[..., Counter], who: str
) -> None:
    answers = RESIDENTS[who]
    always, switched = make_counter(), make_counter()
    always.kiosk.switchLanguage()
    always.told()
    for screen in always.screens(answers):
        switched.go_to(screen, answers)
        switched.told()
        switched.kiosk.switchLanguage()
        # A hidden model is brought up to date when its screen is entered, or by a switch.
        always.kiosk.switchLanguage()
        always.kiosk.switchLanguage()
        assert switched.told() == always.told()
        switched.visit.leave()


@pytest.mark.parametrize("who", RESIDENTS)
def test_on_every_screen_a_switch_changes_no_answer_and_no_step(counter: Counter, who: str) -> None:
    for screen in counter.screens(RESIDENTS[who]):
        before = counter.visit.state
        counter.kiosk.switchLanguage()
        assert (counter.visit.state, counter.visit.screen) == (before, screen)


def test_questions_work_and_months_are_in_english(counter: Counter) -> None:
    counter.kiosk.switchLanguage()
    counter.go_to("work")
    assert counter.visit.title == ENGLISH.say("work.title")
    assert counter.visit.work.choices[0]["label"] == "Farmer, grower"
    counter.go_to("months")
    assert [row["month"] for row in counter.visit.months.rows] == [
        "November 2026",
        "December 2026",
        "January 2027",
    ]
    assert counter.visit.months.amount == "Rp53.600"


def test_a_half_typed_nik_and_the_complaint_about_it_survive(counter: Counter) -> None:
    counter.go_to("nik")
    counter.visit.nik.clear()
    counter.visit.nik.type("360401")
    counter.visit.next()
    counter.kiosk.switchLanguage()
    assert counter.visit.nik.digits == "360401"
    assert counter.visit.nik.title == ENGLISH.say("nik.incomplete", missing=10)
    assert counter.visit.problem == ENGLISH.say("nik.incomplete", missing=10)
    counter.visit.nik.type(NIK[6:])
    assert counter.visit.nik.born == "Born 12 May 1980 (age 46)"


def test_fields_stay_as_they_are_used_while_the_language_changes(counter: Counter) -> None:
    counter.go_to("name")
    counter.visit.name.changeDate()
    counter.visit.nik.toggleHidden()
    counter.kiosk.switchLanguage()
    assert counter.visit.name.dating
    assert counter.visit.name.name == NAME
    assert counter.visit.nik.hidden


def test_the_key_is_called_by_the_name_of_the_language_it_leads_to(counter: Counter) -> None:
    kiosk = counter.kiosk
    assert (kiosk.language, kiosk.nextLanguage) == ("id", "English")
    kiosk.switchLanguage()
    assert (kiosk.language, kiosk.nextLanguage) == ("en", "Indonesia")
    assert kiosk.texts["common.next"] == "Next"
    kiosk.switchLanguage()
    assert (kiosk.language, kiosk.nextLanguage) == ("id", "English")


def test_the_keys_lead_through_all_languages_in_turn(make_counter: Callable[..., Counter]) -> None:
    sunda = replace(INDONESIAN, language="su")
    kiosk = make_counter({"id": INDONESIAN, "en": ENGLISH, "su": sunda}).kiosk
    heard = []
    for _turn in range(4):
        heard.append(kiosk.language)
        kiosk.switchLanguage()
    assert heard == ["id", "en", "su", "id"]


def test_with_one_language_there_is_nothing_to_switch_to(
    make_counter: Callable[..., Counter],
) -> None:
    kiosk = make_counter({"id": INDONESIAN}).kiosk
    assert kiosk.nextLanguage == ""
    kiosk.switchLanguage()
    assert kiosk.language == "id"


def test_work_without_a_name_in_a_language_has_its_indonesian_one(
    make_counter: Callable[..., Counter],
) -> None:
    sunda = replace(INDONESIAN, language="su")
    counter = make_counter({"id": INDONESIAN, "su": sunda})
    counter.kiosk.switchLanguage()
    counter.go_to("job")
    assert counter.visit.work.choices[0]["label"] == "Petani, pekebun"
    assert counter.visit.job.choices[0]["label"] == "Petani padi"


def test_the_consent_keeps_the_language_it_was_given_in(counter: Counter, store: Store) -> None:
    counter.kiosk.switchLanguage()
    counter.visit.begin()
    counter.visit.agree()
    counter.kiosk.switchLanguage()
    while counter.visit.screen != "done":
        counter.answer(ANSWERS)
        counter.visit.next()
        counter.jobs.do_all()
    number = counter.visit.done.number.replace(" ", "")
    with store.transaction() as record:
        assert record.row_of_number(number)["consent_language"] == "en"


def test_a_switch_while_the_registration_is_saved_loses_nothing(counter: Counter) -> None:
    counter.go_to("review")
    counter.visit.next()
    assert counter.visit.busy
    counter.kiosk.switchLanguage()
    counter.jobs.do_all()
    assert counter.visit.screen == "done"
    assert counter.visit.done.when == "22 November 2026, 10:24"


def test_the_last_screen_can_be_switched_and_still_knows_of_the_slip(counter: Counter) -> None:
    counter.register()
    number = counter.visit.done.number
    counter.visit.slipMissing()
    counter.kiosk.switchLanguage()
    assert counter.visit.done.number == number
    assert counter.visit.done.slipTitle == ENGLISH.say("done.slip_missed")
    assert counter.visit.done.payLater == "Rp67.000 if paid in December 2026"


@pytest.mark.parametrize("end", ["leave", "tookSlip"])
def test_the_end_of_a_visit_brings_indonesian_back_and_forgets_the_outcome(
    counter: Counter, end: str
) -> None:
    idle = counter.told()["offer.price"]
    counter.kiosk.switchLanguage()
    assert counter.told()["offer.price"] != idle
    counter.register()
    getattr(counter.visit, end)()
    assert (counter.visit.screen, counter.kiosk.language) == ("idle", "id")
    assert counter.told()["offer.price"] == idle
    counter.kiosk.switchLanguage()
    assert (counter.visit.done.number, counter.visit.done.payNow) == ("", "")


def test_the_failsafe_begins_in_indonesian_and_can_be_read_in_english(counter: Counter) -> None:
    counter.kiosk.switchLanguage()
    counter.go_to("income")
    counter.visit.fail("S 11")
    assert counter.kiosk.language == "id"
    assert counter.visit.failureTime == "22 November 2026, pukul 10.24"
    counter.kiosk.switchLanguage()
    assert counter.visit.failureTime == "22 November 2026, 10:24"
    assert counter.visit.failureCode == "S 11"


def test_what_failed_may_fail_again_while_indonesian_comes_back(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.kiosk.switchLanguage()
    counter.go_to("income")
    monkeypatch.setattr("ui.models.income_model.IncomeModel.refresh", _broken)
    counter.visit.fail("S 11")
    assert (counter.visit.screen, counter.visit.failureCode) == ("failsafe", "S 11")
    assert counter.kiosk.language == "id"
    assert counter.visit.state.answers == Answers()


def test_the_words_above_a_question_do_not_outlive_the_visit(counter: Counter) -> None:
    counter.go_to("stop", TOO_OLD)
    assert "76" in counter.visit.title
    counter.visit.leave()
    counter.visit.tick()
    assert counter.visit.title == INDONESIAN.say("consent.title")


def test_what_the_last_screen_keeps_to_be_told_again_names_no_person(counter: Counter) -> None:
    counter.register()
    kept = repr(vars(counter.visit.done))
    assert counter.visit.done.amount in kept
    assert not any(word in kept for word in (NIK, PHONE, *NAME.split()))
