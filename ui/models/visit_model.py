"""One resident's visit: which screen is shown, what was answered, and its end without traces."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.clock import local
from kiosk.domain import wizard
from kiosk.domain.answers import Answers
from kiosk.domain.benefits import Benefits
from kiosk.domain.checks import Step, check
from kiosk.domain.failures import KioskFailure
from kiosk.domain.print_job import PrintState
from kiosk.domain.registration import Application, Consent
from kiosk.domain.texts import Texts
from kiosk.domain.wizard import WizardState
from kiosk.domain.wording import moment_words
from kiosk.facts import OfficeFacts
from kiosk.registration import (
    AlreadyRegistered,
    Registered,
    drop_old_drafts,
    keep_draft,
    note_slip_came_out,
    note_slip_missing,
    register,
)
from ui.jobs import Jobs
from ui.models import choice_model as choice
from ui.models.choice_model import ChoiceModel
from ui.models.done_model import DoneModel, outcome_of
from ui.models.elsewhere_model import ElsewhereModel
from ui.models.errand import Errand
from ui.models.head import Head, look_at_head
from ui.models.income_model import IncomeModel
from ui.models.kiosk_model import KioskModel
from ui.models.learn_model import LearnModel
from ui.models.months_model import MonthsModel
from ui.models.name_model import NameModel
from ui.models.nik_model import NikModel
from ui.models.offer_model import OfferModel, look_at_offer
from ui.models.phone_model import PhoneModel
from ui.models.programme_model import ProgrammeModel
from ui.models.review_model import ReviewModel
from ui.models.step_model import StepModel
from ui.services import Services
from ui.silence import Silence

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger("anjungan.visit")

AFTER_PAINTING_MS = 50

IDLE, MENU, CALL = "idle", "menu", "call"
DONE, ALREADY, FAILSAFE = "done", "already", "failsafe"


@QmlElement
class VisitModel(QObject):
    """Holds the state of the visit and leads from screen to screen."""

    screenChanged = Signal()
    changed = Signal()
    busyChanged = Signal()
    failureChanged = Signal()
    secondsLeftChanged = Signal()

    def __init__(self, services: Services, kiosk: KioskModel, jobs: Jobs) -> None:
        super().__init__()
        self.services = services
        self._kiosk = kiosk
        self._jobs = jobs
        self.facts = OfficeFacts(services.data, services.settings.kecamatan_code, services.clock)
        self.state = WizardState(draft_id="")
        self._screen = IDLE
        self._before_call = IDLE
        self._head = Head()
        self._busy = False
        self._failure: tuple[str, datetime] | None = None
        self._silence = Silence(services.clock)
        self._seconds_left = 0
        kiosk.touched.connect(self._silence_broken)
        self._kept = Answers()
        self._registration_id = ""
        self._visit_count = 0
        # One timer for all slips: QTimer.singleShot() leaves an object behind for every call.
        self._print_soon = QTimer(self, singleShot=True, interval=AFTER_PAINTING_MS)
        self._print_soon.timeout.connect(services.printing.nudge)
        self._learn = LearnModel(self, self)
        self._errands: tuple[Errand, ...] = (self._learn,)
        self._nik = NikModel(self, self)
        self._name = NameModel(self, self)
        self._elsewhere = ElsewhereModel(self, self)
        self._phone = PhoneModel(self, self)
        self._income = IncomeModel(self, self)
        self._programme = ProgrammeModel(self, self)
        self._months = MonthsModel(self, self)
        self._review = ReviewModel(self, self)
        self._done = DoneModel(self)
        self._offer = OfferModel(lambda: look_at_offer(self.facts, self.benefits, self.texts), self)
        self._work = ChoiceModel(self, choice.look_at_work, choice.choose_work, self)
        self._job = ChoiceModel(self, choice.look_at_job, choice.choose_job, self)
        self._question = ChoiceModel(self, choice.look_at_question, choice.choose_question, self)
        self._home = ChoiceModel(self, choice.look_at_home, choice.choose_home, self)
        self._kecamatan = ChoiceModel(self, choice.look_at_kecamatan, choice.choose_kecamatan, self)
        self._desa = ChoiceModel(self, choice.look_at_desa, choice.choose_desa, self)
        self._phone_owner = ChoiceModel(
            self, choice.look_at_phone_owner, choice.choose_phone_owner, self
        )
        self._models: dict[Step, tuple[StepModel, ...]] = {
            Step.WORK: (self._work,),
            Step.JOB: (self._job,),
            Step.QUESTION: (self._question,),
            Step.NIK: (self._nik,),
            Step.NAME: (self._name,),
            Step.ADDRESS: (self._home,),
            Step.KECAMATAN: (self._kecamatan,),
            Step.DESA: (self._desa,),
            Step.ELSEWHERE: (self._elsewhere,),
            Step.PHONE: (self._phone_owner, self._phone),
            Step.INCOME: (self._income,),
            Step.PROGRAMME: (self._programme,),
            Step.MONTHS: (self._months,),
            Step.REVIEW: (self._review,),
        }
        kiosk.languageChanged.connect(self._retell)
        self._review.splitChanged.connect(self._refresh_head)

    # ------------------------------------------------------------ what the steps may know

    @property
    def texts(self) -> Texts:
        """The sentences of the language shown."""
        return self._kiosk.spoken

    @property
    def benefits(self) -> Benefits:
        """What the programmes pay out."""
        return self.services.data.benefits

    def answer(self, **changes: Any) -> None:
        """Take an answer of the step on the screen."""
        if not self._busy:
            self._move_to(wizard.answer(self.state, **changes))

    # ------------------------------------------------------------ what the errands may ask

    def show(self, screen: str) -> None:
        """Lead to a screen."""
        self._silence.touched()
        if screen != self._screen:
            self._screen = screen
            self._kiosk.new_screen()
            self.screenChanged.emit()

    def show_menu(self) -> None:
        """Lead back to the menu; every errand is forgotten."""
        self._forget_errands()
        self.show(MENU)

    def run(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        """Work off the GUI thread; the result never reaches a visit after this one."""
        visit = self._visit_count

        def deliver(result: Any) -> None:
            if visit != self._visit_count:
                return
            if isinstance(result, KioskFailure):
                self.fail(result.code)
            else:
                on_result(result)

        self._jobs.run(work, deliver)

    # ------------------------------------------------------------ what QML reads

    @Property(str, notify=screenChanged)
    def screen(self) -> str:
        return self._screen

    @Property(str, notify=changed)
    def headStep(self) -> str:
        return self._head.step

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._head.title

    @Property(str, notify=changed)
    def lead(self) -> str:
        return self._head.lead

    @Property(str, notify=changed)
    def stepName(self) -> str:
        return self._head.step_name

    @Property(int, notify=changed)
    def stepNumber(self) -> int:
        return self._head.number

    @Property(int, notify=changed)
    def stepCount(self) -> int:
        return self._head.count

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self._head.problem

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        return self._head.ready

    @Property(bool, notify=changed)
    def more(self) -> bool:
        return self._head.more

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        return self._busy

    @Property(int, notify=secondsLeftChanged)
    def secondsLeft(self) -> int:
        return self._seconds_left

    @Property(str, notify=failureChanged)
    def failureCode(self) -> str:
        return self._failure[0] if self._failure else ""

    @Property(str, notify=failureChanged)
    def failureTime(self) -> str:
        return moment_words(self._failure[1], self.texts) if self._failure else ""

    @Property(NikModel, constant=True)
    def nik(self) -> NikModel:
        return self._nik

    @Property(NameModel, constant=True)
    def name(self) -> NameModel:
        return self._name

    @Property(ElsewhereModel, constant=True)
    def elsewhere(self) -> ElsewhereModel:
        return self._elsewhere

    @Property(PhoneModel, constant=True)
    def phone(self) -> PhoneModel:
        return self._phone

    @Property(IncomeModel, constant=True)
    def income(self) -> IncomeModel:
        return self._income

    @Property(ProgrammeModel, constant=True)
    def programme(self) -> ProgrammeModel:
        return self._programme

    @Property(MonthsModel, constant=True)
    def months(self) -> MonthsModel:
        return self._months

    @Property(ReviewModel, constant=True)
    def review(self) -> ReviewModel:
        return self._review

    @Property(DoneModel, constant=True)
    def done(self) -> DoneModel:
        return self._done

    @Property(LearnModel, constant=True)
    def learn(self) -> LearnModel:
        return self._learn

    @Property(OfferModel, constant=True)
    def offer(self) -> OfferModel:
        return self._offer

    @Property(ChoiceModel, constant=True)
    def work(self) -> ChoiceModel:
        return self._work

    @Property(ChoiceModel, constant=True)
    def job(self) -> ChoiceModel:
        return self._job

    @Property(ChoiceModel, constant=True)
    def question(self) -> ChoiceModel:
        return self._question

    @Property(ChoiceModel, constant=True)
    def home(self) -> ChoiceModel:
        return self._home

    @Property(ChoiceModel, constant=True)
    def kecamatan(self) -> ChoiceModel:
        return self._kecamatan

    @Property(ChoiceModel, constant=True)
    def desa(self) -> ChoiceModel:
        return self._desa

    @Property(ChoiceModel, constant=True)
    def phoneOwner(self) -> ChoiceModel:
        return self._phone_owner

    # ------------------------------------------------------------ what the resident does

    @Slot()
    def start(self) -> None:
        self._offer.refresh()
        self.show_menu()

    @Slot()
    def begin(self) -> None:
        self._move_to(WizardState(draft_id=str(uuid4())))

    @Slot()
    def agree(self) -> None:
        given_at = self.services.clock.now()
        version = self.texts.say("consent.version")
        self.answer(consent=Consent(version, self.texts.language, given_at))
        self.next()

    @Slot()
    def next(self) -> None:
        if self._busy:
            return
        reviewed = self.state.step is Step.REVIEW
        if reviewed and self._review.has_more:
            self._review.turn_to(1)
            self._refresh_head()
            return
        self._move_to(wizard.go_on(self.state, self.facts))
        if self.state.complaining:
            self._point_at_what_is_missing()
        confirmed = wizard.application(self.state, self.facts) if reviewed else None
        if confirmed is None:
            self._keep_draft()
        else:
            self._register(replace(confirmed, language=self.texts.language))

    @Slot()
    def back(self) -> None:
        if self._busy:
            return
        for errand in self._errands:
            if self._screen in errand.screens:
                errand.back(self._screen)
                return
        if self.state.step is Step.REVIEW and self._review.turned:
            self._review.turn_to(0)
            self._refresh_head()
            return
        before = wizard.go_back(self.state, self.facts)
        if before is None:
            self._forget()
            self.show(MENU)
        else:
            self._move_to(before)

    @Slot(str)
    def edit(self, step: str) -> None:
        if not self._busy:
            self._move_to(wizard.edit(self.state, Step(step), self.facts))

    @Slot()
    def leave(self) -> None:
        self._warn(0)
        if not self._busy:
            self._end()

    @Slot()
    def callStaff(self) -> None:
        if self._screen != CALL:
            self._before_call = self._screen
            self.show(CALL)

    @Slot()
    def helped(self) -> None:
        self.show(self._before_call)

    @Slot()
    def tookSlip(self) -> None:
        self._note(note_slip_came_out)
        self._end()

    @Slot()
    def slipMissing(self) -> None:
        self._note(note_slip_missing)
        self._done.show_slip(PrintState.FAILED)

    @Slot()
    def needTime(self) -> None:
        self._silence.touched()
        self._warn(0)

    # ------------------------------------------------------------ what comes from below

    @Slot()
    def tick(self) -> None:
        """Once a second: warn of the end after a silence, and end the visit after the warning."""
        if self._busy:
            self._silence.touched()
        left_s = self._silence.left_s(self._screen, self._kiosk.text_step)
        if left_s == 0:
            self._warn(0)
            self._end()
        else:
            self._warn(left_s or 0)

    @Slot()
    def _silence_broken(self) -> None:
        # While the warning covers the screen only its own keys count.
        if not self._seconds_left:
            self._silence.touched()

    def _warn(self, seconds_left: int) -> None:
        if seconds_left != self._seconds_left:
            if not self._seconds_left:
                self._kiosk.new_screen()
            self._seconds_left = seconds_left
            self.secondsLeftChanged.emit()

    def slip_moved(self, registration_id: str, state: PrintState) -> None:
        """The print thread knows more of a slip; it matters here if it is this resident's."""
        if registration_id == self._registration_id and self._screen in {DONE, CALL}:
            self._done.show_slip(state)

    def fail(self, code: str) -> None:
        """Show the failsafe screen with a code for the staff, and forget the visit."""
        log.error("failsafe %s", code)
        self._failure = (code, local(self.services.clock.now()))
        self.failureChanged.emit()
        # First of all the screen: what failed may fail again while the visit is wiped.
        self.show(FAILSAFE)
        try:
            self._wipe()
        except Exception as again:  # noqa: BLE001 (nothing may keep the screen from staying)
            log.error("failsafe wipe %s", type(again).__name__)

    def drop_old_drafts(self) -> None:
        """Destroy what was half entered and not resumed in time."""
        store, clock = self.services.store, self.services.clock
        self._jobs.run(lambda: drop_old_drafts(store, clock), _log_failure)

    # ------------------------------------------------------------ inside

    def _move_to(self, state: WizardState) -> None:
        self.state = state
        for model in self._models.get(state.step, ()):
            model.refresh()
        if state.step is not Step.REVIEW:
            self._review.turn_to(0)
        # The head first: the screen is laid out below it, once.
        self._refresh_head()
        self.show(state.step.value)

    @Slot()
    def _retell(self) -> None:
        """Say everything in the language that is shown now; no answer changes."""
        self._offer.refresh()
        self._done.tell(self.texts)
        for errand in self._errands:
            errand.retell()
        self.failureChanged.emit()
        if self._screen != FAILSAFE:  # There the steps may be what failed; its wipe refreshes them.
            self._refresh_all()
            self._refresh_head()

    def _refresh_all(self) -> None:
        """Refresh every model, the rest of them also when one fails."""
        with ExitStack() as refreshed:
            for models in self._models.values():
                for model in models:
                    refreshed.callback(model.refresh)

    @Slot()
    def _refresh_head(self) -> None:
        head = look_at_head(self, review_goes_on=self._review.has_more)
        if head != self._head:
            self._head = head
            self.changed.emit()

    def _keep_draft(self) -> None:
        if self.state.answers == self._kept or self.state.answers.consent is None:
            return
        self._kept = answers = self.state.answers
        draft_id = self.state.draft_id
        store, clock = self.services.store, self.services.clock
        self._jobs.run(lambda: keep_draft(store, draft_id, answers, clock), _log_failure)

    def _point_at_what_is_missing(self) -> None:
        problem = check(self.state.step, self.state.answers, self.facts)
        missing = problem.key if problem else ""
        self._name.set_dating(dating=missing.startswith("name.birth_date"))
        self._elsewhere.set_posting(posting=missing == "elsewhere.postcode_wrong")

    def complain(self) -> None:
        """Say what is missing on the step shown."""
        self._move_to(replace(self.state, complaining=True))

    def _register(self, confirmed: Application) -> None:
        self._set_busy(busy=True)
        store, clock = self.services.store, self.services.clock
        self._jobs.run(
            lambda: register(store, confirmed, clock),
            lambda outcome: self._registered(confirmed.draft_id, outcome),
        )

    def _registered(
        self, draft_id: str, outcome: Registered | AlreadyRegistered | KioskFailure
    ) -> None:
        if draft_id != self.state.draft_id:
            # The visit ended before its registration did; its slip is printed all the same.
            self.services.printing.nudge()
            return
        self._set_busy(busy=False)
        if isinstance(outcome, KioskFailure):
            self.fail(outcome.code)
            return
        self._forget()
        if isinstance(outcome, AlreadyRegistered):
            self.show(ALREADY)
            return
        self._registration_id = outcome.registration.id
        self._done.show(outcome_of(outcome.registration), self.texts)
        self.show(DONE)
        # The screen comes first: until it is painted, rendering the slip would slow it down.
        self._print_soon.start()

    def _note(self, use_case: Callable[..., None]) -> None:
        registration_id = self._registration_id
        store, clock = self.services.store, self.services.clock
        self._jobs.run(lambda: use_case(store, registration_id, clock), _log_failure)

    def _forget(self) -> None:
        """Let go of every answer, also in the models of screens that are not shown."""
        self.state = WizardState(draft_id="")
        self._kept = Answers()
        self._name.set_dating(dating=False)
        self._elsewhere.set_posting(posting=False)
        self._nik.set_hidden(hidden=False)
        self._refresh_all()
        self._refresh_head()

    def _end(self) -> None:
        self._wipe()
        self.show(IDLE)

    def _wipe(self) -> None:
        """Leave nothing of the visit behind."""
        self._visit_count += 1
        self._set_busy(busy=False)
        self._registration_id = ""
        self._forget_errands()
        self._done.show(None, self.texts)
        self._kiosk.back_to_normal()
        self._forget()

    def _forget_errands(self) -> None:
        for errand in self._errands:
            errand.forget()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busyChanged.emit()


def _log_failure(outcome: object) -> None:
    if isinstance(outcome, KioskFailure):
        log.error("failure %s", outcome.code)
