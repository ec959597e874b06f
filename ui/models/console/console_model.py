"""The console: who works here, which page is shown, and what was just done."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.central.console import Console
from kiosk.clock import local
from kiosk.console_access import Entered
from kiosk.domain.failures import KioskFailure
from kiosk.domain.regions import Regions
from kiosk.domain.staff import CentreRole
from kiosk.domain.texts import Texts
from ui.jobs import Jobs
from ui.models.console.config_model import ConfigModel
from ui.models.console.console_data_model import ConsoleDataModel
from ui.models.console.console_token_model import ConsoleTokenModel
from ui.models.console.fleet_kiosk_model import FleetKioskModel
from ui.models.console.fleet_model import FleetModel
from ui.models.console.host import ConsolePage, ConsoleParts, Rehearse, nothing_more
from ui.models.console.notes_model import ConsoleNotesModel
from ui.models.console.reports_model import ConsoleReportsModel
from ui.models.console.sign_in_model import ConsoleSignInModel
from ui.models.console.staff_model import ConsoleStaffModel
from ui.models.desk.form import Form, Problem
from ui.models.desk.form_model import FormModel
from ui.models.kiosk_model import KioskModel

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

SIGN_IN, FLEET, KIOSK, REPORTS = "sign_in", "fleet", "kiosk", "reports"
DATA, CONFIG, STAFF, NOTES = "data", "config", "staff", "notes"
READ_EVERY_S = 30
TOLD_S = 12
LEAVE_AFTER_S = 1800
"""Whoever is signed in here can lock and revoke every kiosk."""
_KNOWN = ("C 11", "C 12", "C 13", "C 14", "C 31", "C 32")


@QmlElement
class ConsoleModel(QObject):
    """Everything the console's window shows; no call to the centre is made on the GUI thread."""

    changed = Signal()
    pageChanged = Signal()
    noticeChanged = Signal()
    ticked = Signal()

    def __init__(self, parts: ConsoleParts, kiosk: KioskModel, jobs: Jobs, long_jobs: Jobs) -> None:
        super().__init__()
        self._parts, self._kiosk, self._jobs, self._long_jobs = parts, kiosk, jobs, long_jobs
        self._session: Console | None = None
        self._role: CentreRole | None = None
        self._account = ""
        self._page = SIGN_IN
        self._notice: tuple[str, bool] = ("", False)
        self._silent_s = self._told_s = self._untouched_s = 0
        self._code = ""
        self._filling = False
        self._form = FormModel(kiosk, self)
        self._sign_in = ConsoleSignInModel(parts.place, kiosk, jobs, self)
        self._fleet = FleetModel(self, self)
        self._one = FleetKioskModel(self, self._fleet, self)
        self._token = ConsoleTokenModel(self, self)
        self._reports = ConsoleReportsModel(self, self)
        self._config = ConfigModel(self, self._fleet, self)
        self._data = ConsoleDataModel(self, self._config.draft, self)
        self._staff = ConsoleStaffModel(self, self)
        self._notes = ConsoleNotesModel(self, self._fleet, self)
        self._pages: dict[str, ConsolePage] = {
            FLEET: self._fleet,
            KIOSK: self._one,
            REPORTS: self._reports,
            DATA: self._data,
            CONFIG: self._config,
            STAFF: self._staff,
            NOTES: self._notes,
        }
        self._sign_in.entered.connect(self._entered)
        self._fleet.enrolled.connect(self._token.show)
        self._one.enrolled.connect(self._token.show)
        self._staff.added.connect(self._token.show)
        self._form.cancelled.connect(self.close_form)
        kiosk.languageChanged.connect(self._retell)
        kiosk.touched.connect(self._touched)
        kiosk.keyboardUsed.connect(self._touched)

    # ------------------------------------------------------------ what the pages ask

    @property
    def texts(self) -> Texts:
        """The sentences of the language that is shown."""
        return self._kiosk.spoken

    @property
    def regions(self) -> Regions:
        """The kecamatan of the kabupaten."""
        return self._parts.data.regions

    @property
    def parts(self) -> ConsoleParts:
        """What the console is put together from."""
        return self._parts

    @property
    def keys_folder(self) -> Path:
        """Where the admin's signing key is."""
        return self._parts.signing

    @property
    def rehearse(self) -> Rehearse:
        """Tries a draft on the screens and on paper."""
        return self._parts.rehearse

    @property
    def session(self) -> Console | None:
        """Who works here; None when nobody is signed in."""
        return self._session

    @property
    def role(self) -> CentreRole | None:
        """What who works here may do; None when nobody is signed in."""
        return self._role

    def now(self) -> datetime:
        """This machine's time, which stands for the centre's."""
        return self._parts.clock.now()

    def run(
        self,
        work: Callable[[], Any],
        on_result: Callable[[Any], None],
        missed: Callable[[], None] = nothing_more,
    ) -> None:
        """Work off the GUI thread; the result never reaches whoever signs in next."""
        self._run(self._jobs, work, on_result, missed)

    def run_long(
        self,
        work: Callable[[], Any],
        on_result: Callable[[Any], None],
        missed: Callable[[], None] = nothing_more,
    ) -> None:
        """As run(), beside it: for what takes so long that no deed may wait for it."""
        self._run(self._long_jobs, work, on_result, missed)

    def _run(
        self,
        jobs: Jobs,
        work: Callable[[], Any],
        on_result: Callable[[Any], None],
        missed: Callable[[], None],
    ) -> None:
        asked_by = self._session

        def deliver(result: Any) -> None:
            if self._session is not asked_by:
                return
            if isinstance(result, KioskFailure):
                self._failed(result)
                missed()
            else:
                on_result(result)

        jobs.run(work, deliver)

    def open_form(self, form: Form) -> None:
        """Show a form in place of what stands beside the list."""
        self.close_form()
        self._form.open(form)
        self._filling = True
        self.changed.emit()

    @Slot()
    def close_form(self) -> None:
        """Show again what stands beside the list."""
        # The pane goes before the fields it shows do.
        self._filling = False
        self.changed.emit()
        self._form.close()

    def complain(self, problems: Mapping[str, Problem], problem: str = "") -> None:
        """Say what is wrong with the form that is open."""
        self._form.complain(problems, problem)

    def tell(self, key: str, **values: object) -> None:
        """Say in one line what was done."""
        self._say(self.texts.say(key, **values), bad=False)

    def warn(self, key: str, **values: object) -> None:
        """Say in one line what could not be done."""
        self._say(self.texts.say(key, **values), bad=True)

    def add(self, key: str) -> None:
        """Say one thing more about what was just said."""
        notice, bad = self._notice
        self._say(f"{notice} {self.texts.say(key)}", bad=bad)

    def _say(self, notice: str, *, bad: bool) -> None:
        self._notice, self._told_s = (notice, bad), 0
        self.noticeChanged.emit()

    def _failed(self, failure: KioskFailure) -> None:
        """Say it where it was asked for: at the form, or below the page."""
        known = failure.code if failure.code in _KNOWN else "other"
        key = f"console.failed.{known.replace(' ', '').lower()}"
        words = self.texts.say(key, code=failure.code)
        if self._filling:
            self._form.complain({}, words)
        else:
            self._say(words, bad=True)

    def fail(self, code: str) -> None:
        """An error that nobody expected: tell its code, and let go of what was shown."""
        self._code = code
        self.leave()

    # ------------------------------------------------------------ what QML reads

    @Property(str, notify=pageChanged)
    def page(self) -> str:
        return self._page

    @Property(str, notify=changed)
    def account(self) -> str:
        return self._account

    @Property(str, notify=ticked)
    def clock(self) -> str:
        there = local(self.now())
        return f"{there.hour:02}.{there.minute:02}"

    @Property(str, notify=noticeChanged)
    def notice(self) -> str:
        return self._notice[0]

    @Property(bool, notify=noticeChanged)
    def noticeBad(self) -> bool:
        return self._notice[1]

    @Property(str, notify=changed)
    def failedWith(self) -> str:
        """The code of an error that nobody expected, until somebody signs in again."""
        return self._code

    @Property(list, notify=changed)
    def pages(self) -> list[str]:
        return [page for page in self._allowed if page != KIOSK]

    @property
    def _allowed(self) -> tuple[str, ...]:
        """What the role may look at; the centre refuses the rest to it."""
        if self._role is CentreRole.KABUPATEN_ADMIN:
            return tuple(self._pages)
        return (REPORTS,) if self._role is CentreRole.REPORT else ()

    @Property(bool, notify=changed)
    def filling(self) -> bool:
        return self._filling

    @Property(FormModel, constant=True)
    def form(self) -> FormModel:
        return self._form

    @Property(ConsoleSignInModel, constant=True)
    def signIn(self) -> ConsoleSignInModel:
        return self._sign_in

    @Property(FleetModel, constant=True)
    def fleet(self) -> FleetModel:
        return self._fleet

    @Property(FleetKioskModel, constant=True)
    def one(self) -> FleetKioskModel:
        return self._one

    @Property(ConsoleReportsModel, constant=True)
    def reports(self) -> ConsoleReportsModel:
        return self._reports

    @Property(ConfigModel, constant=True)
    def config(self) -> ConfigModel:
        return self._config

    @Property(ConsoleDataModel, constant=True)
    def data(self) -> ConsoleDataModel:
        return self._data

    @Property(ConsoleStaffModel, constant=True)
    def staff(self) -> ConsoleStaffModel:
        return self._staff

    @Property(ConsoleNotesModel, constant=True)
    def notes(self) -> ConsoleNotesModel:
        return self._notes

    @Property(ConsoleTokenModel, constant=True)
    def token(self) -> ConsoleTokenModel:
        return self._token

    # ------------------------------------------------------------ coming, going, and time

    @Slot(str)
    def go(self, page: str) -> None:
        """Show a page, and read anew what it shows."""
        if page not in self._allowed:
            return
        self.close_form()
        self._token.close()
        self._page = page
        self.pageChanged.emit()
        self._read()

    @Slot(str)
    def openKiosk(self, number: str) -> None:
        """Show one kiosk."""
        self._one.open(number)
        self.go(KIOSK)

    @Slot()
    def refresh(self) -> None:
        """Read anew what the page shows."""
        self._read()

    @Slot()
    def leave(self) -> None:
        """Sign out: nothing that was read stays."""
        self._session, self._role, self._account = None, None, ""
        self.close_form()
        self._token.close()
        self._page = SIGN_IN
        self._say("", bad=False)
        self.changed.emit()
        self.pageChanged.emit()
        for page in self._pages.values():
            page.forget()

    @Slot(object)
    def _entered(self, entered: Entered) -> None:
        self._session, self._account = entered.console, entered.person.name
        self._role, self._code = entered.person.role, ""
        self.changed.emit()
        self.go(self._allowed[0])

    @Slot()
    def tick(self) -> None:
        """A second has passed."""
        self.ticked.emit()
        self._told_s += 1
        if self._notice[0] and self._told_s >= TOLD_S:
            self._say("", bad=False)
        self._untouched_s += 1
        if self._session is not None and self._untouched_s >= LEAVE_AFTER_S:
            self.leave()
        self._silent_s += 1
        if self._silent_s >= READ_EVERY_S:
            self._read()

    @Slot()
    def _touched(self) -> None:
        self._untouched_s = 0

    def _read(self) -> None:
        self._silent_s = 0
        if self._session is not None and self._page in self._pages:
            self._pages[self._page].enter()

    @Slot()
    def _retell(self) -> None:
        self._say("", bad=False)
        for page in self._pages.values():
            page.retell()
        self.changed.emit()
