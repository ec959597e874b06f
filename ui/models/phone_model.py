"""The telephone number as it is typed."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.checks import Step, check
from kiosk.domain.person import PHONE_MAX_DIGITS, clean_phone, group_phone
from kiosk.domain.registration import PhoneOwner
from ui.models.step_model import StepModel, Visit

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class PhoneView:
    """What the telephone screen shows beside the choice of owner."""

    number: str
    none: bool
    wrong: str


def look_at_phone(visit: Visit) -> PhoneView:
    """Show the number in groups; a wrong beginning is said at once, a missing end only on Next."""
    answers = visit.state.answers
    problem = check(Step.PHONE, answers, visit.facts)
    early = problem is not None and problem.key in {"phone.wrong_start", "phone.too_long"}
    said = problem is not None and (early or visit.state.complaining)
    return PhoneView(
        number=group_phone(clean_phone(answers.phone)),
        none=answers.phone_owner is PhoneOwner.NONE,
        wrong=visit.texts.say(problem.key, **problem.values) if problem and said else "",
    )


@QmlElement
class PhoneModel(StepModel):
    """Takes the digits of the number; who types before saying whose it is, types their own."""

    changed = Signal()

    def __init__(self, visit: Visit, parent: QObject) -> None:
        super().__init__(visit, look_at_phone, parent)

    @Property(str, notify=changed)
    def number(self) -> str:
        return str(self._view.number)

    @Property(bool, notify=changed)
    def none(self) -> bool:
        return bool(self._view.none)

    @Property(str, notify=changed)
    def wrong(self) -> str:
        return str(self._view.wrong)

    @Slot(str)
    def type(self, digits: str) -> None:
        owner = self._answers.phone_owner or PhoneOwner.OWN
        if owner is not PhoneOwner.NONE:
            # One digit more than allowed is kept, so that the message can say what is too long.
            typed = self._answers.phone + digits
            self._visit.answer(phone_owner=owner, phone=typed[: PHONE_MAX_DIGITS + 1])
        else:
            self._visit.complain()

    @Slot()
    def erase(self) -> None:
        self._visit.answer(phone=self._answers.phone[:-1])

    @Slot()
    def clear(self) -> None:
        self._visit.answer(phone="")
