"""What the parts of the console may ask of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from kiosk.central.console import Console
from kiosk.clock import Clock
from kiosk.composition import Place as KioskPlace
from kiosk.data import Data
from kiosk.domain.configuration import Content
from kiosk.domain.fleet import Problem
from kiosk.domain.regions import Regions
from kiosk.domain.staff import CentreRole
from kiosk.domain.texts import Texts
from kiosk.languages import Languages
from kiosk.settings import Settings
from ui.models.desk.form import Form
from ui.models.desk.form import Problem as Wrong

Rehearse = Callable[[Content, KioskPlace], tuple[Problem, ...]]
"""See ui.rehearsing.rehearse."""


def nothing_more() -> None:
    """Of a failure no more is to be done than that it is told."""


@dataclass(frozen=True, slots=True)
class ConsoleParts:
    """What the console is put together from; `place` is the file of kiosk.console_access,
    `signing` the folder of the key that signs."""

    settings: Settings
    data: Data
    languages: Languages
    rehearse: Rehearse
    clock: Clock
    place: Path
    signing: Path

    @property
    def texts(self) -> Mapping[str, Texts]:
        """The sentences of all languages."""
        return self.languages.texts


class ConsoleHost(Protocol):
    """The console, as its pages know it."""

    @property
    def texts(self) -> Texts:
        """The sentences of the language that is shown."""

    @property
    def regions(self) -> Regions: ...
    @property
    def parts(self) -> ConsoleParts: ...
    @property
    def session(self) -> Console | None:
        """Who works here; None when nobody is signed in."""

    @property
    def role(self) -> CentreRole | None:
        """What who works here may do; None when nobody is signed in."""

    @property
    def keys_folder(self) -> Path:
        """Where the admin's signing key is."""

    @property
    def rehearse(self) -> Rehearse:
        """Tries a draft on the screens and on paper; takes up to a minute."""

    def now(self) -> datetime: ...
    def run(
        self,
        work: Callable[[], Any],
        on_result: Callable[[Any], None],
        missed: Callable[[], None] = nothing_more,
    ) -> None:
        """Work off the GUI thread; the result never reaches whoever signs in next.

        A KioskFailure raised by the work is told, then `missed` is called in place of `on_result`.
        """

    def run_long(
        self,
        work: Callable[[], Any],
        on_result: Callable[[Any], None],
        missed: Callable[[], None] = nothing_more,
    ) -> None:
        """As run(), beside it: for what takes so long that no deed may wait for it."""

    def open_form(self, form: Form) -> None:
        """Show a form in place of what stands beside the list."""

    def close_form(self) -> None: ...
    def complain(self, problems: Mapping[str, Wrong], problem: str = "") -> None:
        """Say what is wrong with the form that is open."""

    def tell(self, key: str, **values: object) -> None:
        """Say in one line what was done; `key` names a text."""

    def warn(self, key: str, **values: object) -> None:
        """Say in one line what could not be done."""

    def add(self, key: str) -> None:
        """Say one thing more about what was just said; `key` names a text."""

    def go(self, page: str) -> None:
        """Show another page."""


class ConsolePage(Protocol):
    """What stands behind a page of the console."""

    def enter(self) -> None:
        """The page is shown now: read how things stand."""

    def forget(self) -> None:
        """Nobody is signed in: let go of everything that was shown."""

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
