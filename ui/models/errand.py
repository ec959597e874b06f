"""What a resident can do here besides registering: an errand has screens and a state of its own."""

from collections.abc import Callable
from typing import Any, ClassVar, Protocol

from PySide6.QtCore import QObject

from kiosk.domain.benefits import Benefits
from kiosk.domain.texts import Texts
from kiosk.domain.wizard import WizardState
from kiosk.facts import OfficeFacts
from ui.models.done_model import Outcome
from ui.services import Services


class Host(Protocol):
    """What an errand may ask of the visit that it belongs to."""

    @property
    def services(self) -> Services: ...
    @property
    def facts(self) -> OfficeFacts: ...
    @property
    def benefits(self) -> Benefits: ...
    @property
    def texts(self) -> Texts: ...
    @property
    def state(self) -> WizardState: ...

    def show(self, screen: str) -> None:
        """Lead to a screen."""

    def show_menu(self) -> None:
        """Lead back to the menu; every errand is forgotten."""

    def take_up(self, state: WizardState) -> None:
        """Go on with a registration that was half entered before."""

    def carry_on(self) -> None:
        """Lead back to the registration where it stands."""

    def show_slip(self, outcome: Outcome, registration_id: str, copy: int) -> None:
        """Lead to the last screen, which follows a slip that is owed, and wake the printer."""

    def run(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        """Work off the GUI thread; the result never reaches a visit after this one.

        A KioskFailure raised by the work leads to the failsafe screen.
        """


class Errand(QObject):
    """One errand; `screens` are its own, by the names under which Main.qml knows them."""

    screens: ClassVar[frozenset[str]]

    def __init__(self, host: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host

    def back(self, _screen: str) -> None:
        """Go to what came before this screen of the errand."""
        self._host.show_menu()

    def forget(self) -> None:
        """Let go of everything that the resident said or was told."""

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
