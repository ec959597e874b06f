"""The questions of the first start, one after the other, and what becomes of the answers."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.accounts import NameMissing, NameTaken, PinRefused, hash_new
from kiosk.domain.staff import clean_staff_name, flaw_of
from kiosk.domain.texts import Texts
from kiosk.first_start import Answers, Unfit, check, usual_names
from printing.discovery import FoundPrinter
from ui.jobs import Jobs
from ui.models.desk.first_centre_model import FirstCentreModel
from ui.models.desk.first_questions import (
    ADMIN,
    NO_PRINTER,
    STEPS,
    Step,
    fields_of,
    settings_in,
    summary_of,
    unfit_words,
)
from ui.models.desk.form import Form, Option, Values
from ui.models.desk.form_model import FormModel
from ui.models.desk.pins import AGAIN, PIN, pin_refused
from ui.models.desk.setting_words import Lists
from ui.models.desk.trial_model import TrialModel
from ui.models.kiosk_model import KioskModel
from ui.printer_watch import PrinterWatch
from ui.services import Services

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FirstStartModel(QObject):
    """Holds the answers until the last question, which is the centre's, keeps all of them."""

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
        *,
        centre: FirstCentreModel,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._kiosk = kiosk
        self._jobs = jobs
        self._watch = watch
        self._form = FormModel(kiosk, self)
        self._centre = centre
        self._pin_hash = ""
        self._trial = TrialModel(services, kiosk, jobs, self)
        self._step = Step.LANGUAGE
        self._board, self._asking = True, False
        self._values: dict[str, str] = {
            "language": services.settings.language,
            "kecamatan_code": services.settings.kecamatan_code,
            "printer": NO_PRINTER,
            "paper": services.settings.paper.value,
        }
        watch.foundChanged.connect(self._printers_found)
        kiosk.keyboardUsed.connect(self._keyboard_used)
        kiosk.languageChanged.connect(self._trial.forget)
        centre.over.connect(self._over)
        centre.refused.connect(self._refused)

    def begin(self) -> None:
        """Ask the first question, and look for printers meanwhile."""
        self._ask(Step.LANGUAGE)
        self._watch.search()

    def fail(self, code: str) -> None:
        """Tell of a bug or a failure; what was being done is not."""
        if self._step is Step.CENTRE:
            self._centre.fail(code)
        else:
            self._form.complain({}, self._texts.say("desk.problem.failure", code=code))

    # ------------------------------------------------------------ what QML reads

    @Property(FormModel, constant=True)
    def form(self) -> FormModel:
        return self._form

    @Property(FirstCentreModel, constant=True)
    def centre(self) -> FirstCentreModel:
        return self._centre

    @Property(TrialModel, constant=True)
    def trial(self) -> TrialModel:
        return self._trial

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

    @Property(list, notify=changed)
    def summary(self) -> list[dict[str, str]]:
        """What was answered, on the last page."""
        return summary_of(self._answers(), self._lists, self._texts)

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

    @Slot(str)
    def goBack(self, step: str) -> None:
        """Leave the question of the centre for an earlier one."""
        self._ask(Step(step))

    @Slot()
    def printTest(self) -> None:
        """Hand a test slip to the printer that is chosen, before it is kept."""
        self._values |= self._form.values
        self._trial.print_it(self._values)

    # ------------------------------------------------------------ the questions

    def _ask(self, step: Step) -> None:
        self._step = step
        self._trial.forget()
        # The page of one question goes before the fields of the next are there.
        self._asking = False
        self.changed.emit()
        self._form.close()
        self._centre.leave()
        if step is Step.CENTRE:
            # A token is scanned, pasted or a file: hardly anybody types it.
            self._board = False
            self._centre.ask(self._answers(), self._pin_hash)
        elif step is not Step.READY:
            self._form.open(self._question(step))
            self._asking = True
        self.changed.emit()

    def _question(self, step: Step) -> Form:
        first = step is Step.LANGUAGE
        fields = fields_of(step, self._lists, self._printers)
        return Form(
            name=f"first_start_{step.value}",
            title=f"first_start.{step.value}",
            lead=f"first_start.{step.value}_lead",
            submit="common.next",
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
            self._jobs.run(lambda: hash_new(pin), self._hashed)

    def _hashed(self, hashed: str | PinRefused) -> None:
        if isinstance(hashed, PinRefused):
            self._form.complain({PIN: pin_refused(hashed.flaw, self._texts)})
            return
        unfit = check(self._services.layers, self._answers().settings)
        if unfit is None:
            self._pin_hash = hashed
            self._ask(Step.CENTRE)
        else:
            self._refuse(unfit, ADMIN)

    @Slot()
    def _over(self) -> None:
        self._ask(Step.READY)

    @Slot(object)
    def _refused(self, outcome: NameMissing | NameTaken | Unfit) -> None:
        self._ask(Step.ADMIN)
        if isinstance(outcome, Unfit):
            self._refuse(outcome, ADMIN)
        else:
            self._complain(ADMIN, "desk.problem.name_missing")

    def _refuse(self, unfit: Unfit, otherwise: str) -> None:
        self._form.complain({unfit.name or otherwise: unfit_words(unfit, self._texts)})

    def _complain(self, key: str, text: str) -> None:
        self._form.complain({key: self._texts.say(text)})

    def _answers(self) -> Answers:
        return Answers(settings_in(self._values), self._values.get(ADMIN, ""))

    # ------------------------------------------------------------ printers

    @Slot()
    def _printers_found(self) -> None:
        self._form.look_again()

    @property
    def _texts(self) -> Texts:
        return self._kiosk.spoken

    @property
    def _lists(self) -> Lists:
        services = self._services
        offered = services.settings.offered or tuple(services.texts)
        texts = {code: one for code, one in services.texts.items() if code in offered}
        return Lists(services.data.regions, texts)

    @Slot()
    def _keyboard_used(self) -> None:
        self._board = False
        self.changed.emit()


_CHECKS: dict[Step, Callable[[FirstStartModel, Values], None]] = {
    Step.LANGUAGE: FirstStartModel._language,
    Step.OFFICE: FirstStartModel._office,
    Step.KIOSK: FirstStartModel._checked,
    Step.PRINTER: FirstStartModel._checked,
    Step.ADMIN: FirstStartModel._admin,
}
