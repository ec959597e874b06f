"""What the parts of the desk may ask of the desk."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from kiosk.accounts import Place
from kiosk.desk.session import Desk
from kiosk.domain.texts import Texts
from kiosk.facts import OfficeFacts
from ui.models.desk.form import Form, Problem
from ui.services import Services


class DeskPage(Protocol):
    """What stands behind a page of the desk."""

    def enter(self) -> None:
        """The page is shown now: read how things stand."""

    def leave(self) -> None:
        """Another page is shown now."""

    def forget(self) -> None:
        """Nobody is signed in: let go of everything that was shown."""

    def retell(self) -> None:
        """Say everything in the language that is shown now."""


class FilesHost(Protocol):
    """What choosing a file and long work need of the page: the desk's, or the console's."""

    @property
    def texts(self) -> Texts: ...
    @property
    def exchange_folder(self) -> Path:
        """Where files lie beside those on sticks."""

    @property
    def today(self) -> date: ...
    def run(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        """Work off the GUI thread; the result never reaches whoever signs in next.

        A KioskFailure raised by the work is told with its code.
        """


class TokenHost(FilesHost, Protocol):
    """What a token needs of the page that asks for it: the desk's, or a new kiosk's."""

    @property
    def services(self) -> Services: ...
    @property
    def facts(self) -> OfficeFacts: ...
    @property
    def session(self) -> Desk | None:
        """Who works here now; None when nobody is signed in."""

    @property
    def place(self) -> Place:
        """The kiosk, or a window of its own."""

    def run_far(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        """As run(), on a thread of its own: for what reaches the centre and may take long."""

    def tell(self, key: str, **values: object) -> None:
        """Say in one line what was done; `key` names a text."""


class DeskHost(TokenHost, Protocol):
    """The desk, as its parts know it."""

    @property
    def has_centre(self) -> bool:
        """Whether records are handed in at a centre."""

    def begin(self, deed: str) -> None:
        """Do something with the record that is open, or open the form or page for it."""

    def open_form(self, form: Form) -> None:
        """Show a form in place of the record."""

    def close_form(self) -> None:
        """Show the record again."""

    def complain(self, problems: Mapping[str, Problem], problem: str = "") -> None:
        """Say what is wrong with the form that is open."""

    def warn(self, key: str, **values: object) -> None:
        """Say in one line what could not be done."""

    def new_page(self) -> str:
        """Return an id for a page to print; what becomes of that page is told."""

    def refresh(self) -> None:
        """Read list, counts and record anew."""

    def refresh_soon(self) -> None:
        """Something changed below: read anew, once for whatever comes together."""

    def show_record(self, registration_id: str) -> None:
        """Read everything anew and open this record."""

    def go(self, page: str) -> None:
        """Show another page."""

    def leave_kiosk(self) -> None:
        """Sign out and end the program."""
