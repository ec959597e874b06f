"""What all models of a step have in common: a frozen view, swapped whole before anyone is told."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, SignalInstance

from kiosk.domain.answers import Answers
from kiosk.domain.benefits import Benefits
from kiosk.domain.texts import Texts
from kiosk.domain.wizard import WizardState
from kiosk.facts import OfficeFacts


class Visit(Protocol):
    """What a step may know of the visit it belongs to."""

    @property
    def state(self) -> WizardState: ...
    @property
    def facts(self) -> OfficeFacts: ...
    @property
    def benefits(self) -> Benefits: ...
    @property
    def texts(self) -> Texts: ...
    def answer(self, **changes: Any) -> None: ...
    def complain(self) -> None: ...


class StepModel(QObject):
    """A step's view for QML. Subclasses declare the signal `changed`."""

    changed: SignalInstance

    def __init__(self, visit: Visit, look: Callable[[Visit], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._visit = visit
        self._look = look
        self._seen: Any = None

    @property
    def _answers(self) -> Answers:
        return self._visit.state.answers

    @property
    def _view(self) -> Any:
        # The first look waits until a screen asks: looking at all steps would delay the start.
        if self._seen is None:
            self._seen = self._look(self._visit)
        return self._seen

    def refresh(self) -> None:
        """Take a new look at the visit, and tell QML if anything differs."""
        view = self._look(self._visit)
        if view != self._seen:
            self._seen = view
            self.changed.emit()
