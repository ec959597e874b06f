"""One resident's visit: which screen is shown, what was answered, and its end without traces."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Property, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.clock import local
from kiosk.domain import wizard
from kiosk.domain.answers import Answers
from kiosk.domain.benefits import Benefits
from kiosk.domain.checks import Step, check
from kiosk.domain.failures import KioskFailure
from kiosk.domain.person import EMAIL_MAX_LENGTH, NAME_MAX_LENGTH
from kiosk.domain.print_job import UNFINISHED, PrintNews
from kiosk.domain.registration import Application, Consent
from kiosk.domain.registration_number import clean_number, is_valid_number
from kiosk.domain.seal import read_sealed
from kiosk.domain.texts import Texts
from kiosk.domain.wizard import Purpose, WizardState
from kiosk.domain.wording import moment_words
from kiosk.facts import OfficeFacts
from kiosk.logs.entries import FailsafeShown, WipeFailed, failed
from kiosk.logs.kinds import Code
from kiosk.proof import Unfinished, clear_out
from kiosk.registration import (
    DRAFT_LIFETIME,
    HELP_BEGAN,
    HELP_ENDED,
    AlreadyRegistered,
    Registered,
    keep_draft,
    note_help,
    note_slip_came_out,
    note_slip_missing,
    register,
    slip_news,
)
from kiosk.room import RoomState
from printing.port import Status
from ui.jobs import Jobs
from ui.models import choice_model as choice
from ui.models.choice_model import ChoiceModel
from ui.models.done_model import DoneModel, Outcome, outcome_of
from ui.models.elsewhere_model import ElsewhereModel
from ui.models.errand import Errand
from ui.models.head import Head, look_at_head
from ui.models.income_model import IncomeModel
from ui.models.kiosk_model import KioskModel
from ui.models.learn_model import LearnModel
from ui.models.line_model import LineModel
from ui.models.months_model import MonthsModel
from ui.models.name_model import NameModel
from ui.models.nik_model import NikModel
from ui.models.offer_model import OfferModel, look_at_offer
from ui.models.pay_model import PayModel
from ui.models.phone_model import PhoneModel
from ui.models.programme_model import ProgrammeModel
from ui.models.proof_model import ProofModel
from ui.models.review_model import ReviewModel
from ui.models.status_model import StatusModel
from ui.models.step_model import StepModel
from ui.models.switch_model import SwitchModel
from ui.services import Services
from ui.silence import Silence

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger("anjungan.visit")

AFTER_PAINTING_MS = 50

IDLE, LOCKED, MENU, CALL = "idle", "locked", "menu", "call"
DONE, ALREADY, FAILSAFE = "done", "already", "failsafe"


@QmlElement
class VisitModel(QObject):
    """Holds the state of the visit and leads from screen to screen."""

    screenChanged = Signal()
    changed = Signal()
    busyChanged = Signal()
    failureChanged = Signal()
    secondsLeftChanged = Signal()
    waitsForPrinterChanged = Signal()
    waitsForRoomChanged = Signal()
    helperChanged = Signal()

    def __init__(self, services: Services, kiosk: KioskModel, jobs: Jobs) -> None:
        super().__init__()
        self.services = services
        self._kiosk = kiosk
        self._jobs = jobs
        self.facts = OfficeFacts(services.data, services.settings, services.clock)
        self.state = WizardState(draft_id="")
        self._screen = self._rest = LOCKED if services.locked else IDLE
        self._before_call = self._rest
        self._head = Head()
        self._busy = False
        self._failure: tuple[str, datetime] | None = None
        self._silence = Silence(services.clock, services.settings)
        self._seconds_left = 0
        self._waits_for_printer = not services.settings.start_without_printer
        self._waits_for_room = services.room.room.state is RoomState.NONE
        kiosk.touched.connect(self._silence_broken)
        self._kept = Answers()
        self._registration_id = ""
        self._copy = 0
        self._visit_count = 0
        self._helper_id = self._helper = ""
        self.forgetting = False
        # Timers that stay: QTimer.singleShot() leaves an object behind for every call.
        self._print_soon = QTimer(self, singleShot=True, interval=AFTER_PAINTING_MS)
        self._print_soon.timeout.connect(services.printing.nudge)
        self._clear_soon = QTimer(self, singleShot=True, interval=0)
        self._clear_soon.timeout.connect(self._clear_screens)
        self._learn = LearnModel(self, self)
        self._pay = PayModel(self, self)
        self._status = StatusModel(self, self)
        self._proof = ProofModel(self, self._status, self)
        self._errands: tuple[Errand, ...] = (self._learn, self._pay, self._status, self._proof)
        self._done = DoneModel(services.clock, self)
        # A key that says something else now is deaf to a finger on its way to what it said before.
        self._done.keysChanged.connect(kiosk.new_screen)
        self._news_count = 0
        self._looking = False
        self._offer = OfferModel(lambda: look_at_offer(self.facts, self.benefits, self.texts), self)
        self._models = self._make_questions()
        # Later: the screen splits the review while it is laid out for the head that it has.
        self._review.pageChanged.connect(self._refresh_head, Qt.ConnectionType.QueuedConnection)
        kiosk.languageChanged.connect(self._retell)

    def _make_questions(self) -> dict[Step, tuple[StepModel, ...]]:
        self._nik = NikModel(self, self)
        self._name = NameModel(self, self)
        self._birthplace = LineModel(self, "birthplace", NAME_MAX_LENGTH, self)
        self._mother = LineModel(self, "mother_name", NAME_MAX_LENGTH, self)
        self._elsewhere = ElsewhereModel(self, self)
        self._phone = PhoneModel(self, self)
        self._add_email = SwitchModel(self, "wants_email", self)
        # One letter more than allowed is kept, so that the message can say what is too long.
        self._email = LineModel(self, "email", EMAIL_MAX_LENGTH + 1, self)
        self._income = IncomeModel(self, self)
        self._programme = ProgrammeModel(self, self)
        self._months = MonthsModel(self, self)
        self._review = ReviewModel(self, self)
        self._work = ChoiceModel(self, choice.look_at_work, choice.choose_work, self)
        self._job = ChoiceModel(self, choice.look_at_job, choice.choose_job, self)
        self._question = ChoiceModel(self, choice.look_at_question, choice.choose_question, self)
        self._home = ChoiceModel(self, choice.look_at_home, choice.choose_home, self)
        self._kecamatan = ChoiceModel(self, choice.look_at_kecamatan, choice.choose_kecamatan, self)
        self._desa = ChoiceModel(self, choice.look_at_desa, choice.choose_desa, self)
        self._phone_owner = ChoiceModel(
            self, choice.look_at_phone_owner, choice.choose_phone_owner, self
        )
        self._place = ChoiceModel(self, choice.look_at_place, choice.choose_place, self)
        self._add_job = SwitchModel(self, "has_second_job", self)
        self._second_work = ChoiceModel(
            self, choice.look_at_second_work, choice.choose_second_work, self
        )
        self._second_job = ChoiceModel(
            self, choice.look_at_second_job, choice.choose_second_job, self
        )
        return {
            Step.WORK: (self._work,),
            Step.JOB: (self._job,),
            Step.QUESTION: (self._question,),
            Step.NIK: (self._nik,),
            Step.NAME: (self._name,),
            Step.BIRTHPLACE: (self._birthplace,),
            Step.MOTHER: (self._mother,),
            Step.ADDRESS: (self._home,),
            Step.KECAMATAN: (self._kecamatan,),
            Step.DESA: (self._desa,),
            Step.ELSEWHERE: (self._elsewhere,),
            Step.PHONE: (self._phone_owner, self._phone, self._add_email),
            Step.EMAIL: (self._email,),
            Step.PLACE: (self._place, self._add_job),
            Step.SECOND_WORK: (self._second_work,),
            Step.SECOND_JOB: (self._second_job,),
            Step.INCOME: (self._income,),
            Step.PROGRAMME: (self._programme,),
            Step.MONTHS: (self._months,),
            Step.REVIEW: (self._review,),
        }

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
            if screen == MENU:
                self._proof.refresh_offer()
            self._kiosk.new_screen()
            self.screenChanged.emit()

    def show_menu(self) -> None:
        """Lead back to the menu; every errand is forgotten."""
        self._forget_errands()
        self.show(MENU)

    def take_up(self, state: WizardState) -> None:
        """Go on with a registration that was half entered before."""
        self._kept = state.answers
        self._move_to(state)
        self.drop_old_drafts()

    def carry_on(self) -> None:
        """Lead back to the registration where it stands."""
        self._move_to(self.state)

    def show_slip(self, outcome: Outcome, registration_id: str, copy: int) -> None:
        """Lead to the last screen, which follows a slip that is owed, and wake the printer."""
        self._registration_id, self._copy = registration_id, copy
        self._done.show(outcome, self.texts)
        self.show(DONE)
        self._look_at_slip()
        # The screen comes first: until it is painted, rendering the slip would slow it down.
        self._print_soon.start()

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

    @Property(str, notify=changed)
    def ending(self) -> str:
        return self._head.ending

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        return self._busy

    @Property(int, notify=secondsLeftChanged)
    def secondsLeft(self) -> int:
        return self._seconds_left

    @Property(int, constant=True)
    def warningSeconds(self) -> int:
        return self.services.settings.warning_s

    @Property(bool, notify=waitsForPrinterChanged)
    def waitsForPrinter(self) -> bool:
        return self._waits_for_printer

    @Property(bool, notify=waitsForRoomChanged)
    def waitsForRoom(self) -> bool:
        return self._waits_for_room

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

    @Property(LineModel, constant=True)
    def birthplace(self) -> LineModel:
        return self._birthplace

    @Property(LineModel, constant=True)
    def mother(self) -> LineModel:
        return self._mother

    @Property(ElsewhereModel, constant=True)
    def elsewhere(self) -> ElsewhereModel:
        return self._elsewhere

    @Property(PhoneModel, constant=True)
    def phone(self) -> PhoneModel:
        return self._phone

    @Property(SwitchModel, constant=True)
    def addEmail(self) -> SwitchModel:
        return self._add_email

    @Property(LineModel, constant=True)
    def email(self) -> LineModel:
        return self._email

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

    @Property(PayModel, constant=True)
    def pay(self) -> PayModel:
        return self._pay

    @Property(StatusModel, constant=True)
    def status(self) -> StatusModel:
        return self._status

    @Property(ProofModel, constant=True)
    def proof(self) -> ProofModel:
        return self._proof

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

    @Property(ChoiceModel, constant=True)
    def place(self) -> ChoiceModel:
        return self._place

    @Property(SwitchModel, constant=True)
    def addJob(self) -> SwitchModel:
        return self._add_job

    @Property(ChoiceModel, constant=True)
    def secondWork(self) -> ChoiceModel:
        return self._second_work

    @Property(ChoiceModel, constant=True)
    def secondJob(self) -> ChoiceModel:
        return self._second_job

    # ------------------------------------------------------------ what the resident does

    @Slot()
    def start(self) -> None:
        self._offer.refresh()
        self.show_menu()

    @Slot()
    def begin(self) -> None:
        self._begin_registration(Answers())

    @Slot()
    def calculate(self) -> None:
        self._move_to(wizard.begin(purpose=Purpose.CALCULATE))

    @Slot()
    def remind(self) -> None:
        self._move_to(wizard.begin(purpose=Purpose.REMIND))

    @Slot()
    def agree(self) -> None:
        given_at = self.services.clock.now()
        self.answer(consent=Consent(self._consent_version(), self.texts.language, given_at))
        self.next()

    def _consent_version(self) -> str:
        """Each office asks for consent to what it records, and so to a text of its own."""
        version = self.texts.say("consent.version")
        birthplace = "+birthplace" if self.facts.asks_birthplace else ""
        mother = "+mother" if self.facts.asks_mother_name else ""
        settings = self.services.settings
        responsible = settings.controller_name or settings.controller_contact
        controller = "+controller" if responsible else ""
        usual = settings.draft_lifetime == DRAFT_LIFETIME
        minutes = "" if usual else f"+{settings.draft_minutes}min"
        return version + birthplace + mother + controller + minutes

    @Slot()
    def next(self) -> None:
        if self._busy:
            return
        step = self.state.step
        if step is Step.REVIEW and self._review.has_more:
            self._review.turn(1)
            self._refresh_head()
            return
        nik_answered = step is Step.NIK and self.state.before_edit is None
        # What the screen showed when the key was pressed; moving on may show the price anew.
        confirmed = wizard.application(self.state, self.facts)
        self._move_to(wizard.go_on(self.state, self.facts))
        if self.state.complaining:
            self._point_at_what_is_missing()
        elif nik_answered:
            self._proof.offers_to_resume(self.state.answers.nik)
        if confirmed is not None:
            self._register(replace(confirmed, language=self.texts.language))
        elif self._is_calculated(step):
            self._finish()
        else:
            self._keep_draft()

    @Slot()
    def back(self) -> None:
        if self._busy:
            return
        for errand in self._errands:
            if self._screen in errand.screens:
                errand.back(self._screen)
                return
        if self.state.step is Step.REVIEW and self._review.turned:
            self._review.turn(-1)
            self._refresh_head()
            return
        before = wizard.go_back(self.state, self.facts)
        if before is None:
            self._forget()
            self.show_menu()
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

    @Property(str, constant=True)
    def lockMessage(self) -> str:
        """What the kabupaten's admin says to residents while the kiosk is locked."""
        return self.services.locked.message if self.services.locked else ""

    @Property(str, notify=failureChanged)
    def lockedBy(self) -> str:
        locked = self.services.locked
        if locked is None:
            return ""
        when = moment_words(local(locked.at), self._kiosk.spoken)
        return self._kiosk.spoken.say("locked.by", name=locked.by, when=when)

    @Slot()
    def callStaff(self) -> None:
        if self._screen != CALL:
            self._before_call = self._screen
            self.show(CALL)

    @Slot()
    def helped(self) -> None:
        self.show(self._before_call)

    @Property(str, notify=helperChanged)
    def helper(self) -> str:
        return self._helper

    def take_help(self, account_id: str, name: str) -> None:
        """Somebody of the staff takes over, seen by the resident and kept in the audit."""
        self._set_helper(account_id, name)
        if self._screen == CALL:
            self.helped()
        else:
            self._silence_broken()

    @Slot()
    def handBack(self) -> None:
        self._set_helper("", "")

    def _set_helper(self, account_id: str, name: str) -> None:
        if account_id == self._helper_id:
            return
        store, clock, draft_id = self.services.store, self.services.clock, self.state.draft_id
        for event, actor in ((HELP_ENDED, self._helper_id), (HELP_BEGAN, account_id)):
            if actor:
                self._jobs.run(
                    partial(note_help, store, event, draft_id, actor, clock), _log_failure
                )
        self._helper_id, self._helper = account_id, name
        self.helperChanged.emit()

    @Slot()
    def tookSlip(self) -> None:
        self._note(note_slip_came_out)
        self._end()

    @Slot()
    def holdsSlip(self) -> None:
        """As tookSlip(), where the way to pay is still to be read."""
        self._note(note_slip_came_out)
        self._done.take_slip()

    @Slot()
    def slipMissing(self) -> None:
        self._note(note_slip_missing)
        self._done.miss_slip()

    @Slot(str)
    def scan(self, text: str) -> None:
        """Take what a scanner read: at the idle screen and the menu a slip opens its status."""
        if self._screen not in {IDLE, MENU} or self._seconds_left:
            return
        sealed = read_sealed(text.strip())
        number = sealed.seal.number if sealed else clean_number(text)
        if is_valid_number(number):
            self._proof.open_slip(number)

    @Slot()
    def needTime(self) -> None:
        self._silence.touched()
        self._warn(0)

    # ------------------------------------------------------------ what comes from below

    @Slot()
    def tick(self) -> None:
        """Once a second: warn of the end after a silence, and end the visit after the warning."""
        self._clear_screens()  # Also where nothing is painted, because the display is off.
        if self._busy:
            self._silence.touched()
        if self._screen == DONE:
            self._done.tick()
            self._look_at_slip()
        waits = self._screen == DONE and self._done.waits
        left_s = self._silence.left_s(self._screen, self._kiosk.text_step, waits=waits)
        if left_s == 0:
            self._warn(0)
            self._end()
        else:
            self._warn(left_s or 0)

    @Slot()
    def painted(self) -> None:
        """A screen was painted: now those behind it may take their time to forget the visit."""
        if self.forgetting:
            self._clear_soon.start()

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

    def slip_moved(self, registration_id: str, news: PrintNews) -> None:
        """The print thread knows more of a page; it matters here if it is this resident's."""
        if registration_id == self._registration_id:
            self._news_count += 1
            self._show_slip(news)
        self._pay.page_moved(registration_id, news)

    def fail(self, code: str) -> None:
        """Show the failsafe screen with a code for the staff, and forget the visit."""
        log.error(FailsafeShown(Code(code)))
        self._failure = (code, local(self.services.clock.now()))
        self.failureChanged.emit()
        # First of all the screen: what failed may fail again while the visit is wiped.
        self.show(FAILSAFE)
        try:
            self._wipe()
            self._clear_screens()
        except Exception as again:  # noqa: BLE001 (nothing may keep the screen from staying)
            log.error(WipeFailed(type(again)))

    def drop_old_drafts(self) -> None:
        """Destroy what was half entered and not resumed in time; see what can be resumed."""
        store, clock, at_work = self.services.store, self.services.clock, self.state.draft_id
        kept_for = self.services.settings.draft_lifetime
        self._jobs.run(lambda: clear_out(store, at_work, clock, kept_for), self._cleared_out)

    def _cleared_out(self, outcome: Unfinished | KioskFailure) -> None:
        if isinstance(outcome, KioskFailure):
            _log_failure(outcome)
        else:
            self._proof.set_unfinished(outcome)

    def look_at_printer(self, status: Status) -> None:
        """Learn whether registering has to wait for it; nobody is stopped in the middle."""
        waits = not (self.services.settings.start_without_printer or status.is_ready)
        if waits != self._waits_for_printer:
            self._waits_for_printer = waits
            self.waitsForPrinterChanged.emit()

    @Slot()
    def look_at_room(self) -> None:
        """Learn whether there is room for another registration; nobody is stopped in the middle."""
        waits = self.services.room.room.state is RoomState.NONE
        if waits != self._waits_for_room:
            self._waits_for_room = waits
            self.waitsForRoomChanged.emit()

    # ------------------------------------------------------------ inside

    def _look_at_slip(self) -> None:
        """Read what the record knows: another program may print it, or the staff have seen to it.

        Neither a slow record nor a broken one disturbs the visit.
        """
        if self._looking or not self._registration_id:
            return
        self._looking = True
        store, registration_id, copy = self.services.store, self._registration_id, self._copy
        news_count = self._news_count

        def seen(news: PrintNews | KioskFailure | None) -> None:
            self._looking = False
            current = (registration_id, copy, news_count)
            if isinstance(news, KioskFailure):
                _log_failure(news)
            elif news and current == (self._registration_id, self._copy, self._news_count):
                self._show_slip(news)

        self._jobs.run(lambda: slip_news(store, registration_id, copy), seen)

    def _show_slip(self, news: PrintNews) -> None:
        ended = news.state not in UNFINISHED and news.state is not self._done.news.state
        waited = self._done.waits
        self._done.show_slip(news)
        if ended or waited != self._done.waits:
            self._silence.spoke()

    def _move_to(self, state: WizardState) -> None:
        self.state = state
        for model in self._models.get(state.step, ()):
            model.refresh()
        if state.step is not Step.REVIEW:
            self._review.turn_to_first()
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
        services, lifetime = self.services, self.services.settings.draft_lifetime
        kept = partial(keep_draft, services.store, draft_id, answers, services.clock, lifetime)
        self._jobs.run(partial(services.room.covers, kept), _log_failure)

    def _point_at_what_is_missing(self) -> None:
        problem = check(self.state.step, self.state.answers, self.facts)
        missing = problem.key if problem else ""
        self._name.set_dating(dating=missing.startswith("name.birth_date"))
        self._elsewhere.set_posting(posting=missing == "elsewhere.postcode_wrong")

    def complain(self) -> None:
        """Say what is missing on the step shown."""
        self._move_to(replace(self.state, complaining=True))

    def _begin_registration(self, known: Answers) -> None:
        if self._waits_for_printer or self._waits_for_room:
            self._forget()
            self.show_menu()
        else:
            self._move_to(wizard.begin(str(uuid4()), answers=known))

    def _is_calculated(self, step: Step) -> bool:
        if self.state.purpose is Purpose.REGISTER or self.state.step is not step:
            return False
        return wizard.is_finished(self.state, self.facts)

    def _finish(self) -> None:
        """Do what a price was asked for."""
        if self.state.purpose is Purpose.CALCULATE:
            self._begin_registration(self.state.answers)
        elif self.state.purpose is Purpose.REMIND:
            quotes = wizard.quotes(self.state, self.facts)
            self._forget()
            self._pay.remind(*quotes)
        elif confirmed := wizard.application(self.state, self.facts):
            self._register(replace(confirmed, language=self.texts.language))

    def _register(self, confirmed: Application) -> None:
        self._set_busy(busy=True)
        services = self.services
        write = partial(register, services.store, confirmed, services.clock, self._helper_id)
        self._jobs.run(
            partial(services.room.covers, write),
            lambda outcome: self._registered(confirmed, outcome),
        )

    def _registered(
        self, confirmed: Application, outcome: Registered | AlreadyRegistered | KioskFailure
    ) -> None:
        if confirmed.draft_id != self.state.draft_id:
            # The visit ended before its registration did; its slip is printed all the same.
            self.services.printing.nudge()
            return
        self._set_busy(busy=False)
        if isinstance(outcome, KioskFailure):
            self.fail(outcome.code)
            return
        self._forget()
        if isinstance(outcome, AlreadyRegistered):
            self._proof.know(confirmed.resident.nik)
            self.show(ALREADY)
        else:
            registration = outcome.registration
            self.show_slip(outcome_of(registration, self.facts), registration.id, copy=0)

    def _note(self, use_case: Callable[..., None]) -> None:
        registration_id, copy = self._registration_id, self._copy
        store, clock = self.services.store, self.services.clock
        self._jobs.run(lambda: use_case(store, registration_id, copy, clock), _log_failure)

    def _forget(self) -> None:
        """Let go of every answer; the screens do so once they are out of sight, see `painted`."""
        draft_kept = self._kept != Answers()
        self.state = WizardState(draft_id="")
        self._kept = Answers()
        self._name.set_dating(dating=False)
        self._elsewhere.set_posting(posting=False)
        self._nik.set_hidden(hidden=False)
        self.forgetting = True
        if draft_kept:
            self.drop_old_drafts()

    @Slot()
    def _clear_screens(self) -> None:
        if self.forgetting:
            self.forgetting = False
            self._refresh_all()
            self._refresh_head()

    def _end(self) -> None:
        self._wipe()
        self.show(self._rest)

    def _wipe(self) -> None:
        """Leave nothing of the visit behind."""
        self._visit_count += 1
        self._set_helper("", "")
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
        log.error(failed(outcome))
