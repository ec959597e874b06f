"""The desk of the staff: who works at it, which page is shown, and its end after a silence."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, assert_never
from uuid import uuid4

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.accounts import (
    MustWait,
    Place,
    SignedIn,
    WrongPin,
    sign_in,
    sign_out,
)
from kiosk.desk.clock_check import CannotBe, Confirmed, confirm_clock
from kiosk.desk.half_done import HalfDone, keep, take_back
from kiosk.desk.scan import Scanned, read_scan
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.desk import MISSED, Detail
from kiosk.domain.failures import KioskFailure
from kiosk.domain.orders import Order
from kiosk.domain.print_job import PrintNews, PrintState
from kiosk.domain.registration_number import group_number
from kiosk.domain.staff import Account, Action, Role
from kiosk.domain.texts import Texts
from kiosk.facts import OfficeFacts
from kiosk.logs.entries import FailsafeShown, failed
from kiosk.logs.kinds import Code
from kiosk.settings import CopiesBy
from ui.centre_watch import CentreWatch
from ui.jobs import Jobs
from ui.models.desk.answer_model import AnswerModel
from ui.models.desk.batches_model import BatchesModel
from ui.models.desk.centre_model import CentreModel
from ui.models.desk.copies_model import CopiesModel
from ui.models.desk.data_model import DataModel
from ui.models.desk.desk_data import DeskData
from ui.models.desk.detail_view import HAND_OVER, RIGHTS
from ui.models.desk.entry_forms import ENTER, EntryForms
from ui.models.desk.form import Form, Problem
from ui.models.desk.form_model import FormModel
from ui.models.desk.host import DeskPage
from ui.models.desk.invitations_model import InvitationsModel
from ui.models.desk.name_check import NameCheck
from ui.models.desk.numbers_model import NumbersModel
from ui.models.desk.own_pin import OwnPin
from ui.models.desk.pairs_model import PairsModel
from ui.models.desk.printer_model import PrinterModel
from ui.models.desk.readiness_model import ReadinessModel
from ui.models.desk.recap_model import RecapModel
from ui.models.desk.record_forms import RecordForms
from ui.models.desk.records_model import RecordsModel
from ui.models.desk.requests_model import RequestsModel
from ui.models.desk.settings_model import SettingsModel
from ui.models.desk.staff_model import StaffModel
from ui.models.desk.standing import Standing, look_at_standing
from ui.models.kiosk_model import KioskModel
from ui.printer_watch import PrinterWatch
from ui.services import Services

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger("anjungan.desk")

SILENCE_S = 300
REFRESH_MS = 300
READ_EVERY_S = 10
SIGN_IN, RECORDS, OWN_PIN = "sign_in", "records", "own_pin"
PAGE_TOLD = {
    *(PrintState.CAME_OUT, PrintState.UNCONFIRMED),
    *(PrintState.UNSURE, PrintState.FILED, PrintState.FAILED),
}
FIRST_PAGE = {Role.CLERK: RECORDS, Role.SUPERVISOR: RECORDS, Role.ADMIN: "staff"}


@QmlElement
class DeskModel(QObject):
    """Holds the session of one person of the staff, and leads from page to page."""

    pageChanged = Signal()
    accountChanged = Signal()
    signInChanged = Signal()
    noticeChanged = Signal()
    boardChanged = Signal()
    formChanged = Signal()
    signedOut = Signal()
    left = Signal()
    ended = Signal()
    visitWaitsChanged = Signal()
    helpsVisit = Signal(str, str)
    standingChanged = Signal()

    def __init__(
        self,
        services: Services,
        kiosk: KioskModel,
        jobs: Jobs,
        place: Place,
        *,
        watch: PrinterWatch,
        centre: CentreWatch,
    ) -> None:
        super().__init__()
        self.services = services
        self.facts = OfficeFacts(services.data, services.settings, services.clock)
        self._kiosk = kiosk
        self._jobs = jobs
        self._place = place
        self._session: Desk | None = None
        self._sessions = 0
        self._page = SIGN_IN
        self._judging = False
        self._wrong = False
        self._waits_until_ms = 0.0
        self._wait_s = 0
        self._notice, self._notice_bad = "", False
        self._standing: tuple[Standing, ...] = ()
        self._touched_ms = self._read_ms = services.clock.monotonic_ms()
        self._form = FormModel(kiosk, self)
        self._far = centre.jobs
        self._centre = CentreModel(self, centre, self)
        self._pairs = PairsModel(self, self._centre, self)
        self._records = RecordsModel(self, self._centre, self)
        self._orders = RecordForms(self)
        self._entry = EntryForms(self, self._orders)
        self._half_done: HalfDone | None = None
        self._visit_waits = False
        self._name_check = NameCheck(self, self)
        self._board = place is Place.KIOSK
        self._refresh_soon = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._refresh_soon.timeout.connect(self.refresh)
        self._batches = BatchesModel(self, self)
        self._answer = AnswerModel(self, self)
        self._invitations = InvitationsModel(self, self)
        self._requests = RequestsModel(self, self)
        self._recap = RecapModel(self, self)
        self._numbers = NumbersModel(self, self)
        self._printer = PrinterModel(self, watch, self)
        self._staff = StaffModel(self, self)
        self._settings = SettingsModel(self, self)
        self._readiness = ReadinessModel(self, self)
        self._copies = CopiesModel(self, self)
        self._tariffs = DataModel(self, DeskData(self), self)
        self._pages: Mapping[str, DeskPage] = {
            "batches": self._batches,
            "answer": self._answer,
            "invitations": self._invitations,
            "requests": self._requests,
            "recap": self._recap,
            "numbers": self._numbers,
            "printer": self._printer,
            "centre": self._centre,
            "pairs": self._pairs,
            "staff": self._staff,
            "settings": self._settings,
            "readiness": self._readiness,
            "copies": self._copies,
            "data": self._tariffs,
            OWN_PIN: OwnPin(self),
        }
        self._printing: set[str] = set()
        self._form.cancelled.connect(self.close_form)
        kiosk.touched.connect(self._somebody_is_there)
        kiosk.keyboardUsed.connect(self._keyboard_used)
        kiosk.languageChanged.connect(self._retell)

    # ------------------------------------------------------------ what the parts may ask

    @property
    def texts(self) -> Texts:
        """The sentences of the language shown."""
        return self._kiosk.spoken

    @property
    def exchange_folder(self) -> Path:
        """Where files lie beside those on sticks."""
        return self.services.settings.exchange_folder

    @property
    def today(self) -> date:
        """The office's calendar day."""
        return self.facts.today

    @property
    def session(self) -> Desk | None:
        """Who works here now."""
        return self._session

    @property
    def silent_s(self) -> float:
        """For so long nobody has touched anything here."""
        return (self.services.clock.monotonic_ms() - self._touched_ms) / 1000

    @property
    def place(self) -> Place:
        """The kiosk, or a window of its own."""
        return self._place

    @property
    def has_centre(self) -> bool:
        """Whether records are handed in at a centre."""
        return self._centre.is_joined

    def run(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        """Work off the GUI thread; the result never reaches whoever signs in next."""
        self._run(self._jobs, work, on_result)

    def run_far(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        """As run(), on the thread of what may take as long as the network."""
        self._run(self._far, work, on_result)

    def _run(self, jobs: Jobs, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        session = self._sessions

        def deliver(result: Any) -> None:
            if session != self._sessions:
                return
            if isinstance(result, KioskFailure):
                log.error(failed(result))
                self._form.complain({})
                self.warn("desk.problem.failure", code=result.code)
            else:
                on_result(result)

        jobs.run(work, deliver)

    def begin(self, deed: str) -> None:
        """Do something with the record that is open, or open what is needed for it."""
        detail = self._records.detail
        if deed == HAND_OVER:
            self.go("batches")
        elif deed == RIGHTS and detail is not None:
            self._requests.begin(detail)
        elif detail is not None:
            order = Order(deed)
            if order is Order.CORRECT:
                self._entry.correct(detail)
            else:
                self._orders.begin(order, detail)

    def open_form(self, form: Form) -> None:
        """Show a form in place of the record."""
        self._form.open(form)
        left, self._half_done = self._half_done, None
        if left is not None and left.form == form.name:
            self._form.fill(left.values)
        self.formChanged.emit()

    @Slot()
    def close_form(self) -> None:
        """Show the record again."""
        self._form.close()
        self.formChanged.emit()
        if self._page == OWN_PIN and self._session is not None:
            self.go(FIRST_PAGE[self._session.account.role])

    def complain(self, problems: Mapping[str, Problem], problem: str = "") -> None:
        """Say what is wrong with the form that is open."""
        if self._form.form is not None:
            self._form.complain(problems, problem)

    def tell(self, key: str, **values: object) -> None:
        """Say in one line what was done."""
        self._notify(self.texts.say(key, **values), bad=False)

    def warn(self, key: str, **values: object) -> None:
        """Say in one line what could not be done."""
        self._notify(self.texts.say(key, **values), bad=True)

    def new_page(self) -> str:
        """Return an id for a page to print; what becomes of that page is told."""
        page_id = str(uuid4())
        self._printing.add(page_id)
        return page_id

    @Slot(str, object)
    def paper_moved(self, page_id: str, news: PrintNews) -> None:
        """Take news of a slip or another page from the print thread."""
        self.refresh_soon()
        if news.hold is not None or self._printer.holds:
            self._printer.ask()
        if page_id in self._printing and news.state in PAGE_TOLD:
            self._printing.discard(page_id)
            told = self.warn if news.state in MISSED else self.tell
            told(f"desk.page_told.{news.state.value}")

    def leave_kiosk(self) -> None:
        """Sign out and end the program."""
        self.signOut()
        self.ended.emit()

    @Slot()
    def refresh(self) -> None:
        """Read list, counts and record anew."""
        self._records.refresh()
        self._printer.read()

    def show_record(self, registration_id: str) -> None:
        """Read everything anew and open this record."""
        self.go(RECORDS)
        self._records.select(registration_id)
        self._records.refresh()

    # ------------------------------------------------------------ what QML reads

    @Property(str, notify=pageChanged)
    def page(self) -> str:
        return self._page

    @Property(str, notify=accountChanged)
    def account(self) -> str:
        return self._session.account.name if self._session else ""

    @Property(list, notify=accountChanged)
    def allowed(self) -> list[str]:
        """What the role of this account allows."""
        if self._session is None:
            return []
        return [one.value for one in Action if self._session.may(one)]

    @Property(bool, notify=signInChanged)
    def judging(self) -> bool:
        return self._judging

    @Property(bool, notify=signInChanged)
    def wrong(self) -> bool:
        return self._wrong

    @Property(int, notify=signInChanged)
    def waitSeconds(self) -> int:
        return self._wait_s

    @Property(str, notify=noticeChanged)
    def notice(self) -> str:
        return self._notice

    @Property(bool, notify=noticeChanged)
    def noticeBad(self) -> bool:
        return self._notice_bad

    @Property(list, notify=standingChanged)
    def standing(self) -> list[dict[str, str]]:
        return [asdict(one) for one in self._standing]

    @Property(NameCheck, constant=True)
    def nameCheck(self) -> NameCheck:
        return self._name_check

    @Property(bool, notify=formChanged)
    def filling(self) -> bool:
        return self._form.form is not None

    @Property(FormModel, constant=True)
    def form(self) -> FormModel:
        return self._form

    @Property(RecordsModel, constant=True)
    def records(self) -> RecordsModel:
        return self._records

    @Property(BatchesModel, constant=True)
    def batches(self) -> BatchesModel:
        return self._batches

    @Property(AnswerModel, constant=True)
    def answer(self) -> AnswerModel:
        return self._answer

    @Property(InvitationsModel, constant=True)
    def invitations(self) -> InvitationsModel:
        return self._invitations

    @Property(RequestsModel, constant=True)
    def requests(self) -> RequestsModel:
        return self._requests

    @Property(RecapModel, constant=True)
    def recap(self) -> RecapModel:
        return self._recap

    @Property(NumbersModel, constant=True)
    def numbers(self) -> NumbersModel:
        return self._numbers

    @Property(PrinterModel, constant=True)
    def printer(self) -> PrinterModel:
        return self._printer

    @Property(CentreModel, constant=True)
    def centre(self) -> CentreModel:
        return self._centre

    @Property(PairsModel, constant=True)
    def pairs(self) -> PairsModel:
        return self._pairs

    @Property(StaffModel, constant=True)
    def staff(self) -> StaffModel:
        return self._staff

    @Property(SettingsModel, constant=True)
    def settings(self) -> SettingsModel:
        return self._settings

    @Property(ReadinessModel, constant=True)
    def readiness(self) -> ReadinessModel:
        return self._readiness

    @Property(CopiesModel, constant=True)
    def copies(self) -> CopiesModel:
        return self._copies

    @Property(DataModel, constant=True)
    def tariffs(self) -> DataModel:
        return self._tariffs

    @Property(str, notify=signInChanged)
    def practiceHint(self) -> str:
        """Who may sign in to practise, and the PIN; nothing at work."""
        if not self.services.practice:
            return ""
        from kiosk.practice import ADMIN_NAME, NAME, PIN  # noqa: PLC0415 (never needed at work)

        return self.texts.say("desk.practice.sign_in", name=NAME, admin=ADMIN_NAME, pin=PIN)

    # ------------------------------------------------------------ signing in and out

    @Slot(str, str)
    def signIn(self, name: str, pin: str) -> None:
        if self._judging or self._wait_s or not name.strip() or not pin:
            return
        self._judging, self._wrong = True, False
        self.signInChanged.emit()
        store, place, clock = self.services.store, self._place, self.services.clock
        self.run(
            lambda: self._judge(store, name, pin, place, clock),
            lambda outcome: self._judged(outcome, pin),
        )

    def _judge(self, *given: Any) -> Any:
        outcome = sign_in(*given)
        if not isinstance(outcome, SignedIn):
            return outcome
        store, clock = given[0], given[4]
        kept_for = self.services.settings.half_done_lifetime
        return outcome, take_back(store, outcome.account, clock, kept_for)

    def _judged(self, outcome: Any, pin: str) -> None:
        self._judging = False
        match outcome:
            case WrongPin(wait_s) | MustWait(wait_s):
                self._wrong = True
                self._wait(wait_s)
            case (SignedIn(account), left):
                self._wrong = False
                self._enter(account, left)
                self._centre.sign_in(account, pin)
            case _:
                assert_never(outcome)
        self.signInChanged.emit()

    def _wait(self, wait_s: int) -> None:
        self._waits_until_ms = self.services.clock.monotonic_ms() + wait_s * 1000
        self._wait_s = wait_s

    def _enter(self, account: Account, left: HalfDone | None) -> None:
        services = self.services
        supervised = services.settings.reprint_by is CopiesBy.SUPERVISOR
        self._session = Desk(services.store, self.facts, services.clock, account, supervised)
        self._somebody_is_there()
        self.accountChanged.emit()
        self.look_at_standing()
        self._printer.look()
        self._readiness.look()
        helps = self._visit_waits and account.may(Action.ASSIST)
        self.go("visit" if helps else FIRST_PAGE[account.role])
        if account.may(Action.SEE):
            self._records.refresh()
        if left is not None:
            self._take_up(left)

    def _take_up(self, left: HalfDone) -> None:
        """Open again what was left in the middle; the form is filled once it opens."""
        self._half_done = left
        deed, _, registration_id = left.form.partition(":")
        if deed == ENTER:
            self._entry.enter()
        elif registration_id:
            self._records.open_for(registration_id, lambda: self.begin(deed))
        self.tell("desk.told.taken_up")

    @Slot()
    def signOut(self) -> None:
        session = self._session
        if session is None:
            return
        self._jobs.run(
            lambda: sign_out(session.store, session.account, self._place, session.clock),
            _log_failure,
        )
        self._sessions += 1
        self._session, self._half_done = None, None
        self._form.close()
        self._records.forget()
        for page in self._pages.values():
            page.forget()
        self._printing.clear()
        self._notify("", bad=False)
        self.formChanged.emit()
        self.accountChanged.emit()
        self.look_at_standing()
        self.go(SIGN_IN)
        self.signedOut.emit()

    @Property(bool, notify=visitWaitsChanged)
    def visitWaits(self) -> bool:
        return self._visit_waits

    def set_visit_waits(self, *, waits: bool) -> None:
        """Whether a resident's visit runs below, which the staff can take over."""
        self._visit_waits = waits
        self.visitWaitsChanged.emit()

    @Slot()
    def helpVisit(self) -> None:
        session = self._session
        if session is not None and session.account.may(Action.ASSIST):
            self.helpsVisit.emit(session.account.id, session.account.name)

    @Property(bool, notify=boardChanged)
    def board(self) -> bool:
        return self._board

    @Slot()
    def toggleBoard(self) -> None:
        self._set_board(shown=not self._board)

    @Slot()
    def _keyboard_used(self) -> None:
        """Who has a keyboard needs none on the screen."""
        self._set_board(shown=False)

    def _set_board(self, *, shown: bool) -> None:
        if shown != self._board:
            self._board = shown
            self.boardChanged.emit()

    @Slot()
    def refresh_soon(self) -> None:
        """Something changed below: read anew, once for whatever comes together."""
        if self._session is not None and self._session.account.may(Action.SEE):
            self._refresh_soon.start()

    def stop(self) -> None:
        """Begin nothing more: the desk is being closed."""
        self._refresh_soon.stop()
        self._centre.hang_up()
        self._sessions += 1
        self._session = None

    def fail(self, code: str) -> None:
        """Tell of a bug; what was being done is not."""
        log.error(FailsafeShown(Code(code)))
        self._form.complain({})
        self.warn("desk.problem.failure", code=code)

    @Slot()
    def leave(self) -> None:
        """Go away from the sign-in: back to the residents' screen."""
        self._wrong = False
        self.signInChanged.emit()
        self.left.emit()

    @Slot()
    def confirmClock(self) -> None:
        session, clock = self._session, self.services.clock
        if session is not None:
            self.run(lambda: confirm_clock(session, clock), self._clock_confirmed)

    def _clock_confirmed(self, outcome: Confirmed | CannotBe | NotAllowed) -> None:
        match outcome:
            case Confirmed():
                self.look_at_standing()
                self.tell("desk.told.clock_confirmed")
            case CannotBe():
                self.warn("desk.problem.clock_wrong")
            case NotAllowed():
                self.warn("desk.problem.not_allowed")
            case _:
                assert_never(outcome)

    def look_at_standing(self) -> None:
        """See anew what is wrong with the kiosk; only who is signed in is told."""
        standing: tuple[Standing, ...] = ()
        if self._session is not None:
            standing = look_at_standing(
                self.services.room.room,
                self.services.clock.standing(),
                self.services.store_health(),
                self.texts,
                may_confirm=self._session.account.may(Action.CONFIRM_CLOCK),
            )
        if standing != self._standing:
            self._standing = standing
            self.standingChanged.emit()

    def tick(self) -> None:
        """Once a second: count a wait down, and sign out who has been silent for long."""
        self.look_at_standing()
        now_ms = self.services.clock.monotonic_ms()
        wait_s = max(0, round((self._waits_until_ms - now_ms) / 1000))
        if wait_s != self._wait_s:
            self._wait_s = wait_s
            self.signInChanged.emit()
        if now_ms - self._read_ms > READ_EVERY_S * 1000:
            # A resident may have registered meanwhile, or a colleague done something elsewhere.
            self._read_ms = now_ms
            self.refresh_soon()
            self._printer.ask()
            self._centre.look()
        if self._session and now_ms - self._touched_ms > SILENCE_S * 1000:
            self._keep_half_done(self._session)
            self.signOut()

    def _keep_half_done(self, session: Desk) -> None:
        form = self._form.form
        if form is not None and form.kept:
            work = HalfDone(form.name, self._form.values)
            self._jobs.run(lambda: keep(session, work), _log_failure)

    @Slot()
    def _somebody_is_there(self) -> None:
        self._touched_ms = self.services.clock.monotonic_ms()

    # ------------------------------------------------------------ pages

    @Slot(str)
    def go(self, page: str) -> None:
        if page != self._page:
            self._form.close()
            self.formChanged.emit()
            self._notify("", bad=False)
            before, self._page = self._page, page
            self.pageChanged.emit()
            if before in self._pages:
                self._pages[before].leave()
            if page in self._pages:
                self._pages[page].enter()
            if page == RECORDS:
                self._records.refresh()

    @Slot()
    def register(self) -> None:
        self.go(RECORDS)
        self._entry.enter()

    @Slot(str)
    def scan(self, text: str) -> None:
        """Take what a scanner read: a slip opens its record from anywhere."""
        session, check_slip = self._session, self.services.check_slip
        if session is not None and self._centre.scan(text):
            return
        if session is not None and session.account.may(Action.SEE):
            self.run(lambda: read_scan(session, text, check_slip), self._scanned)

    def _scanned(self, scanned: Scanned) -> None:
        number = group_number(scanned.number)
        if scanned.registration_id:
            if self._form.form is not None:
                self.warn("desk.scan.form_open")
                return
            self.go(RECORDS)
            self._records.open(scanned.registration_id)
        told = f"desk.scan.{scanned.verdict.value}"
        if scanned.is_good:
            self.tell(told, number=number, name=scanned.name)
        else:
            self.warn(told, number=number)
        if scanned.asks_for_the_name:
            self._name_check.ask(scanned)

    def _notify(self, text: str, *, bad: bool) -> None:
        self._name_check.drop()
        self._notice, self._notice_bad = text, bad
        self.noticeChanged.emit()

    @Slot()
    def _retell(self) -> None:
        self._notify("", bad=False)
        self.look_at_standing()
        if self._session is not None:
            self._records.retell()
            for page in self._pages.values():
                page.retell()
        self.signInChanged.emit()

    @property
    def open_detail(self) -> Detail | None:
        """The record that is open."""
        return self._records.detail


def _log_failure(outcome: object) -> None:
    if isinstance(outcome, KioskFailure):
        log.error(failed(outcome))
