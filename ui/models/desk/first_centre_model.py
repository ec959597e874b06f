"""The last question of the first start: whether the new kiosk joins the centre at once."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.accounts import AlreadySetUp, Created, NameMissing, NameTaken, Place
from kiosk.desk.session import Desk
from kiosk.domain.centre_desk import TokenSeen
from kiosk.domain.failures import KioskFailure
from kiosk.domain.texts import Texts
from kiosk.facts import OfficeFacts
from kiosk.first_start import Answers, Unfit, set_up
from ui.jobs import Jobs
from ui.models.desk.centre_view import kecamatan_words
from ui.models.desk.token_model import Purpose, TokenModel
from ui.models.kiosk_model import KioskModel
from ui.services import Services

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FirstCentreModel(QObject):
    """Keeps all answers or none once this is answered, and joins with a token.

    Of the admin's PIN it holds what is kept of one; `far` reaches the centre. `refused` tells what
    keeps the answers from being kept.
    """

    changed = Signal()
    over = Signal()
    refused = Signal(object)

    def __init__(
        self, services: Services, kiosk: KioskModel, jobs: Jobs, far: Jobs, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.facts = OfficeFacts(services.data, services.settings, services.clock)
        self.place = Place.KIOSK
        self.session: Desk | None = None
        self._kiosk = kiosk
        self._jobs = jobs
        self._far = far
        self._answers, self._pin_hash = Answers({}, ""), ""
        self._keeping = False
        self._kecamatan = ""
        self._said_misfit = ""
        self._said, self._problem = "", ""
        self._token = TokenModel(self, self, self._misfit)
        self._token.changed.connect(self.changed)
        self._token.joined.connect(self.over)

    @property
    def exchange_folder(self) -> Path:
        """Where files lie beside those on sticks."""
        return self.services.settings.exchange_folder

    @property
    def today(self) -> date:
        """The office's calendar day."""
        return self.facts.today

    @property
    def texts(self) -> Texts:
        """The texts in the language that was chosen."""
        return self._kiosk.spoken

    def ask(self, answers: Answers, pin_hash: str) -> None:
        """Ask for a token, with all other answers and the hash of the first admin's PIN."""
        self._answers, self._pin_hash, self._problem = answers, pin_hash, ""
        self._kecamatan = str(answers.settings["kecamatan_code"])
        self._token.begin(Purpose.JOIN.value)

    def leave(self) -> None:
        """Let go of the token; what is under way is told when it is over."""
        self._token.forget()

    @Slot(str)
    def scan(self, text: str) -> None:
        """Take what a scanner read, if a token is asked for."""
        self._token.takes(text)

    def fail(self, code: str) -> None:
        """Tell of a failure; what was being done is not."""
        self._keeping = False
        self._problem = self.texts.say("desk.problem.failure", code=code)
        self.changed.emit()

    # ------------------------------------------------------------ what a token asks of its page

    def run(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        """Work off the GUI thread; a failure is told with its code."""
        self._jobs.run(work, lambda result: self._deliver(on_result, result))

    def run_far(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        """As run(), on the thread of what may take as long as the network."""
        self._far.run(work, lambda result: self._deliver(on_result, result))

    def tell(self, key: str, **values: object) -> None:
        """Say in one line what was done."""
        self._said = self.texts.say(key, **values)
        self.changed.emit()

    def _deliver(self, on_result: Callable[[Any], None], result: Any) -> None:
        if isinstance(result, KioskFailure):
            self.fail(result.code)
        else:
            on_result(result)

    # ------------------------------------------------------------ what is kept

    @Slot()
    def join(self) -> None:
        """Keep all answers, then join the centre with the token that was read."""
        self._keep(lambda: self._token.send(""))

    @Slot()
    def later(self) -> None:
        """Keep all answers; the kiosk works alone."""
        self._keep(self.over.emit)

    def _keep(self, then: Callable[[], None]) -> None:
        if self._keeping:
            return
        self._problem = ""
        if self.session is not None:
            then()
            return
        self._keeping = True
        services, answers, pin_hash = self.services, self._answers, self._pin_hash
        self.run(
            lambda: set_up(services.store, services.layers, answers, pin_hash, services.clock),
            partial(self._kept, then),
        )

    def _kept(
        self,
        then: Callable[[], None],
        outcome: Created | AlreadySetUp | NameMissing | NameTaken | Unfit,
    ) -> None:
        self._keeping = False
        match outcome:
            case Created(account):
                services = self.services
                self.session = Desk(services.store, self.facts, services.clock, account)
                self.changed.emit()
                then()
            case AlreadySetUp():
                self.over.emit()
            case _:
                self.refused.emit(outcome)

    def _misfit(self, seen: TokenSeen) -> str:
        if seen.office in {"", self._kecamatan}:
            return ""
        self._said_misfit = self.texts.say(
            "first_start.other_office",
            theirs=kecamatan_words(seen.office, self.facts),
            chosen=kecamatan_words(self._kecamatan, self.facts),
        )
        return self._said_misfit

    # ------------------------------------------------------------ what QML reads

    @Property(TokenModel, constant=True)
    def token(self) -> TokenModel:
        return self._token

    @Property(bool, notify=changed)
    def kept(self) -> bool:
        """Whether the answers are kept, so that nobody goes back any more."""
        return self.session is not None

    @Property(bool, notify=changed)
    def ofAnother(self) -> bool:
        """Whether the token is refused because another kecamatan was chosen."""
        problem = str(self._token.problem)
        return problem != "" and problem == self._said_misfit

    @Property(str, notify=changed)
    def said(self) -> str:
        """What the centre made of this kiosk; "" while it has joined none."""
        return self._said

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self._problem
