"""The form that is open at the desk, field by field."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.texts import Texts
from ui.models.desk.form import Field, Form, Kind, Option, Problem, Remark, Values, in_words
from ui.models.kiosk_model import KioskModel

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

DATE_DIGITS = 8
MONEY_DIGITS = 10


@QmlElement
class FormFieldModel(QObject):
    """One field: what stands in it, what can be chosen, and what is wrong with it."""

    textChanged = Signal()
    changed = Signal()
    edited = Signal()

    def __init__(self, field: Field, text: str, parent: QObject) -> None:
        super().__init__(parent)
        self.field = field
        self._text = text
        self._problem = ""
        self._label = self._hint = ""
        self._options: tuple[Option, ...] = ()
        self._shown = True

    @property
    def value(self) -> str:
        """What was typed or chosen; nothing while the field is not shown."""
        return self._text if self._shown else ""

    def refresh(self, values: Values, texts: Texts, problem: str) -> None:
        """Show the field as it stands with these values."""
        field = self.field
        now = (
            in_words(field.label, texts),
            in_words(field.hint, texts),
            field.options(values, texts),
            field.shown(values),
            problem,
        )
        before = (
            self._label,
            self._hint,
            self._options,
            self._shown,
            self._problem,
        )
        if now != before:
            self._label, self._hint, self._options, self._shown, self._problem = now
            self.changed.emit()

    def empty_if_gone(self) -> bool:
        """Empty a choice that can no longer be made; returns whether it was."""
        known = {option.id for option in self._options}
        chosen = self._text.split(",") if self.field.kind is Kind.TICKS else [self._text]
        left = ",".join(one for one in chosen if one in known)
        gone = bool(self._options) and left != self._text
        if gone:
            self._text = left
            self.textChanged.emit()
        return gone

    @Property(str, constant=True)
    def key(self) -> str:
        return self.field.key

    @Property(str, constant=True)
    def kind(self) -> str:
        return self.field.kind.value

    @Property(int, constant=True)
    def span(self) -> int:
        return self.field.span

    @Property(int, constant=True)
    def longest(self) -> int:
        longest = {Kind.DATE: DATE_DIGITS, Kind.MONEY: MONEY_DIGITS}
        return longest.get(self.field.kind, self.field.longest)

    @Property(str, notify=changed)
    def label(self) -> str:
        return self._label

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._hint

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        return self._shown

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self._problem

    @Property(list, notify=changed)
    def options(self) -> list[dict[str, str]]:
        return [{"id": option.id, "label": option.label} for option in self._options]

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self._text

    @Slot(str)
    def write(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.textChanged.emit()
            self.edited.emit()


@QmlElement
class FormModel(QObject):
    """Holds what is typed until it is sent, and says what is wrong with it."""

    opened = Signal()
    changed = Signal()
    cancelled = Signal()
    complained = Signal()

    def __init__(self, kiosk: KioskModel, parent: QObject) -> None:
        super().__init__(parent)
        self._kiosk = kiosk
        self._form: Form | None = None
        self._fields: list[FormFieldModel] = []
        self._problems: Mapping[str, Problem] = {}
        self._problem = ""
        self._remark = Remark()
        self._busy = self._warned = False
        kiosk.languageChanged.connect(self._retell)

    @property
    def form(self) -> Form | None:
        """The form that is open, or None."""
        return self._form

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields that are shown."""
        return {field.field.key: field.value for field in self._fields}

    def open(self, form: Form) -> None:
        """Show a form in place of the one before."""
        for field in self._fields:
            field.deleteLater()
        given = form.values or {}
        self._form = form
        self._fields = [FormFieldModel(one, given.get(one.key, ""), self) for one in form.fields]
        self._problems, self._problem, self._busy, self._warned = {}, "", False, False
        for field in self._fields:
            field.edited.connect(self._edited)
        self._refresh()
        self.opened.emit()
        self.changed.emit()

    def close(self) -> None:
        """Let go of everything that was typed."""
        for field in self._fields:
            field.deleteLater()
        self._form, self._fields = None, []
        self._problems, self._problem, self._remark, self._busy = {}, "", Remark(), False
        self.opened.emit()
        self.changed.emit()

    def fill(self, values: Values) -> None:
        """Put in the fields what was left there before."""
        for field in self._fields:
            if field.field.key in values:
                field.write(values[field.field.key])

    def complain(self, problems: Mapping[str, Problem], problem: str = "") -> None:
        """Say what keeps the form from being taken: by field, and on the whole."""
        self._problems, self._problem, self._busy = problems, problem, False
        self._refresh()
        self.changed.emit()
        self.complained.emit()

    def look_again(self) -> None:
        """What can be chosen has changed."""
        self._retell()

    @Slot()
    def _edited(self) -> None:
        key = getattr(self.sender(), "key", "")
        self._problems = {of: said for of, said in self._problems.items() if of != key}
        self._problem, self._warned = "", False
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        form, texts = self._form, self._kiosk.spoken
        if form is None:
            return
        for field in self._fields:
            values = self.values
            problem = self._problems.get(field.field.key, "")
            field.refresh(values, texts, problem if isinstance(problem, str) else problem(texts))
            field.empty_if_gone()
        self._remark = form.remark(self.values, texts)

    @Slot()
    def _retell(self) -> None:
        self._refresh()
        self.changed.emit()

    @Property(list, notify=opened)
    def fields(self) -> list[FormFieldModel]:
        return self._fields

    @Property(str, notify=opened)
    def name(self) -> str:
        return self._form.name if self._form else ""

    @Property(bool, notify=opened)
    def grave(self) -> bool:
        return self._form is not None and self._form.grave

    @Property(bool, notify=opened)
    def wholePage(self) -> bool:
        return self._form is not None and self._form.whole_page

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._say("title")

    @Property(str, notify=changed)
    def lead(self) -> str:
        return self._say("lead")

    @Property(str, notify=changed)
    def submitText(self) -> str:
        return self._say("submit")

    @Property(str, notify=changed)
    def cancelText(self) -> str:
        goes_back = self._form is not None and self._form.back is not None
        return self._say("back_text") if goes_back else self._kiosk.spoken.say("desk.cancel")

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self._problem

    @Property(str, notify=changed)
    def remark(self) -> str:
        return self._remark.text

    @Property(str, notify=changed)
    def remarkTitle(self) -> str:
        return self._remark.title

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        return self._busy

    @Slot()
    def submit(self) -> None:
        if self._form is not None and not self._busy:
            self._busy = True
            self.changed.emit()
            self._form.send(self.values)

    @Slot()
    def cancel(self) -> None:
        """Leave the form; what was typed is thrown away only by a second press."""
        form = self._form
        if form is not None and form.back is not None:
            form.back(self.values)
            return
        given = {key: text for key, text in (form.values or {}).items() if text} if form else {}
        typed = {key: text for key, text in self.values.items() if text}
        if self._warned or typed == {key: given[key] for key in typed if key in given}:
            self.cancelled.emit()
            return
        self._warned = True
        self._problem = self._kiosk.spoken.say("desk.problem.cancel_again")
        self.changed.emit()

    def _say(self, part: str) -> str:
        key: Any = getattr(self._form, part) if self._form else ""
        return self._kiosk.spoken.say(key) if key else ""
