"""The questions of the first start, one after the other, and what becomes of the answers."""

from collections.abc import Callable
from functools import partial
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.accounts import AlreadySetUp, Created, NameMissing, NameTaken, PinRefused
from kiosk.domain.failures import KioskFailure
from kiosk.domain.setting import Flaw
from kiosk.domain.staff import clean_staff_name, flaw_of
from kiosk.domain.texts import Texts
from kiosk.first_start import Answers, Unfit, check, set_up, usual_names
from kiosk.settings import DECLARED, checked_value
from printing.discovery import FoundPrinter
from printing.port import Outcome
from ui.jobs import Jobs
from ui.models.desk import trial_slip
from ui.models.desk.first_questions import (
    ADMIN,
    NO_PRINTER,
    STEPS,
    Step,
    fields_of,
    settings_in,
)
from ui.models.desk.form import Form, Option, Values
from ui.models.desk.form_model import FormModel
from ui.models.desk.pins import AGAIN, PIN, pin_refused
from ui.models.desk.setting_words import Lists, value_words
from ui.models.kiosk_model import KioskModel
from ui.printer_watch import PrinterWatch
from ui.services import Services

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FirstStartModel(QObject):
    """Holds the answers until the last is given, and then keeps all of them or none."""

    changed = Signal()
    done = Signal()
    putOff = Signal()

    def __init__(
        self,
        services: Services,
        kiosk: KioskModel,
        jobs: Jobs,
        watch: PrinterWatch,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._kiosk = kiosk
        self._jobs = jobs
        self._watch = watch
        self._form = FormModel(kiosk, self)
        self._step = Step.LANGUAGE
        self._board, self._asking = True, False
        self._said, self._bad = "", False
        self._values: dict[str, str] = {
            "language": services.settings.language,
            "kecamatan_code": services.settings.kecamatan_code,
            "printer": NO_PRINTER,
            "paper": services.settings.paper.value,
        }
        watch.foundChanged.connect(self._printers_found)
        kiosk.keyboardUsed.connect(self._keyboard_used)
        kiosk.languageChanged.connect(self._retell)

    def begin(self) -> None:
        """Ask the first question, and look for printers meanwhile."""
        self._ask(Step.LANGUAGE)
        self._watch.search()

    def fail(self, code: str) -> None:
        """Tell of a bug or a failure; what was being done is not."""
        self._form.complain({}, self._texts.say("desk.problem.failure", code=code))

    # ------------------------------------------------------------ what QML reads

    @Property(FormModel, constant=True)
    def form(self) -> FormModel:
        return self._form

    @Property(str, notify=changed)
    def step(self) -> str:
        return self._step.value

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        return self._asking

    @Property(str, notify=changed)
    def progress(self) -> str:
        if self._step is Step.READY:
            return ""
        number, count = STEPS.index(self._step) + 1, len(STEPS) - 1
        return self._texts.say("first_start.progress", number=number, count=count)

    @Property(str, notify=changed)
    def said(self) -> str:
        """What became of the test slip."""
        return self._said

    @Property(bool, notify=changed)
    def saidBad(self) -> bool:
        return self._bad

    @Property(list, notify=changed)
    def summary(self) -> list[dict[str, str]]:
        """What was answered, on the last page."""
        shown = ("office", "kiosk_name", "printer", "paper")
        settings, texts = self._answers().settings, self._texts
        lists = self._lists
        told = [
            {
                "label": texts.say(f"setting.{name}.label"),
                "value": value_words(name, checked_value(name, settings[name]), texts, lists),
            }
            for name in shown
            if name in settings
        ]
        return [*told, {"label": texts.say("desk.role.admin"), "value": self._values[ADMIN]}]

    @Property(bool, notify=changed)
    def board(self) -> bool:
        return self._board

    @Slot()
    def toggleBoard(self) -> None:
        self._board = not self._board
        self.changed.emit()

    @Slot()
    def finish(self) -> None:
        self.done.emit()

    @Slot()
    def printTest(self) -> None:
        """Hand a test slip to the printer that is chosen, before it is kept."""
        self._values |= self._form.values
        self._tell("first_start.printing")
        given, language = settings_in(self._values), self._texts.language
        services = self._services
        self._jobs.run(lambda: trial_slip.print_it(services, given, language), self._printed)

    # ------------------------------------------------------------ the questions

    def _ask(self, step: Step) -> None:
        self._step, self._said = step, ""
        # The page of one question goes before the fields of the next are there.
        self._asking = False
        self.changed.emit()
        self._form.close()
        if step is not Step.READY:
            self._form.open(self._question(step))
            self._asking = True
        self.changed.emit()

    def _question(self, step: Step) -> Form:
        first, last = step is Step.LANGUAGE, step is Step.ADMIN
        fields = fields_of(step, self._lists, self._printers)
        return Form(
            name=f"first_start_{step.value}",
            title=f"first_start.{step.value}",
            lead=f"first_start.{step.value}_lead",
            submit="first_start.keep" if last else "common.next",
            fields=fields,
            values={one.key: self._values.get(one.key, "") for one in fields},
            send=partial(_CHECKS[step], self),
            back=self._later if first else self._back,
            back_text="first_start.later" if first else "common.back",
            kept=False,
        )

    def _printers(self, _values: Values, texts: Texts) -> tuple[Option, ...]:
        found = (one for one in self._watch.found if isinstance(one, FoundPrinter) and one.address)
        names = {one.address: one.name or one.address for one in found}
        return (
            Option(NO_PRINTER, texts.say("first_start.no_printer")),
            *(Option(address, name) for address, name in names.items()),
        )

    def _later(self, _values: Values) -> None:
        self.putOff.emit()

    def _back(self, values: Values) -> None:
        self._values |= {key: text for key, text in values.items() if key not in (PIN, AGAIN)}
        self._ask(STEPS[STEPS.index(self._step) - 1])

    def _next(self, values: Values) -> None:
        self._values |= {key: text for key, text in values.items() if key not in (PIN, AGAIN)}
        self._ask(STEPS[STEPS.index(self._step) + 1])

    def _language(self, values: Values) -> None:
        while self._texts.language != values["language"]:
            self._kiosk.switchLanguage()
        self._next(values)

    def _office(self, values: Values) -> None:
        code = values["kecamatan_code"]
        if not code:
            self._complain("kecamatan_code", "setting.flaw.missing")
            return
        if code != self._values["kecamatan_code"] or "office" not in self._values:
            self._values |= usual_names(code, self._services.data.regions)
        self._next(values)

    def _checked(self, values: Values) -> None:
        given = settings_in(values)
        unfit = check(self._services.layers, given)
        if unfit is None:
            self._next(values)
        else:
            self._refuse(unfit, next(iter(given)))

    def _admin(self, values: Values) -> None:
        pin, texts = values[PIN], self._texts
        flaw = flaw_of(pin)
        if not clean_staff_name(values[ADMIN]):
            self._complain(ADMIN, "desk.problem.name_missing")
        elif flaw is not None:
            self._form.complain({PIN: pin_refused(flaw, texts)})
        elif pin != values[AGAIN]:
            self._complain(AGAIN, "desk_setup.pins_differ")
        else:
            self._values[ADMIN] = clean_staff_name(values[ADMIN])
            services, answers = self._services, self._answers()
            self._jobs.run(
                lambda: set_up(services.store, services.layers, answers, pin, services.clock),
                self._kept,
            )

    def _kept(
        self,
        outcome: Created
        | AlreadySetUp
        | NameMissing
        | NameTaken
        | PinRefused
        | Unfit
        | KioskFailure,
    ) -> None:
        match outcome:
            case Created() | AlreadySetUp():
                self._ask(Step.READY)
            case NameMissing() | NameTaken():
                self._complain(ADMIN, "desk.problem.name_missing")
            case PinRefused(flaw):
                self._form.complain({PIN: pin_refused(flaw, self._texts)})
            case Unfit():
                self._refuse(outcome, ADMIN)
            case KioskFailure():
                self.fail(outcome.code)
            case _:
                assert_never(outcome)

    def _refuse(self, unfit: Unfit, otherwise: str) -> None:
        if unfit.flaw is Flaw.TOO_LONG:
            said = self._texts.say("setting.flaw.too_long", most=DECLARED[unfit.name].longest)
        else:
            said = self._texts.say(f"setting.flaw.{unfit.flaw.value}")
        self._form.complain({unfit.name or otherwise: said})

    def _complain(self, key: str, text: str) -> None:
        self._form.complain({key: self._texts.say(text)})

    def _answers(self) -> Answers:
        return Answers(settings_in(self._values), self._values.get(ADMIN, ""))

    # ------------------------------------------------------------ printers

    @Slot()
    def _printers_found(self) -> None:
        self._form.look_again()

    def _printed(self, outcome: Outcome | KioskFailure) -> None:
        key, bad = trial_slip.told(outcome)
        self._tell(key, bad=bad)

    # ------------------------------------------------------------ what it says

    def _tell(self, key: str, *, bad: bool = False) -> None:
        self._said, self._bad = self._texts.say(key), bad
        self.changed.emit()

    @property
    def _texts(self) -> Texts:
        return self._kiosk.spoken

    @property
    def _lists(self) -> Lists:
        return Lists(self._services.data.regions, self._services.texts)

    @Slot()
    def _keyboard_used(self) -> None:
        self._board = False
        self.changed.emit()

    @Slot()
    def _retell(self) -> None:
        self._said = ""
        self.changed.emit()


_CHECKS: dict[Step, Callable[[FirstStartModel, Values], None]] = {
    Step.LANGUAGE: FirstStartModel._language,
    Step.OFFICE: FirstStartModel._office,
    Step.KIOSK: FirstStartModel._checked,
    Step.PRINTER: FirstStartModel._checked,
    Step.ADMIN: FirstStartModel._admin,
}
