"""What the editors of sentences, segments and columns may ask of the page that hosts them."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from kiosk.data import Data
from kiosk.domain.configuration import Content
from kiosk.domain.texts import Texts
from kiosk.languages import Languages
from ui.models.desk.form import Form, Problem


class PartsHost(Protocol):
    """The console's draft, or what a kiosk says for itself.

    Where `content`, or the language of `texts`, is another one now, the host tells the editors by
    their retell().
    """

    @property
    def texts(self) -> Texts:
        """The sentences of the language that is shown."""

    @property
    def content(self) -> Content:
        """What is edited, as it stands now."""

    @property
    def shipped_data(self) -> Data:
        """What counts where the content says nothing."""

    @property
    def shipped_languages(self) -> Languages:
        """What is said where the content says nothing."""

    @property
    def take_key(self) -> str:
        """The key of what a form's key says: "into the draft", "keep"."""

    def put(self, content: Content) -> None:
        """Let the content be this from now on."""

    def open_form(self, form: Form) -> None:
        """Show a form in place of what stands beside the list."""

    def close_form(self) -> None: ...
    def complain(self, problems: Mapping[str, Problem], problem: str = "") -> None:
        """Say what is wrong with the form that is open."""

    def run(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        """Work off the GUI thread."""


class FormsPage(Protocol):
    """What desk and console both do with forms."""

    @property
    def texts(self) -> Texts:
        """The sentences of the language that is shown."""

    def open_form(self, form: Form) -> None:
        """Show a form in place of what stands beside the list."""

    def close_form(self) -> None: ...
    def complain(self, problems: Mapping[str, Problem], problem: str = "") -> None:
        """Say what is wrong with the form that is open."""


class FormsHost:
    """The part of a PartsHost that every page answers alike: its words and its forms."""

    def __init__(self, page: FormsPage) -> None:
        self._page = page

    @property
    def texts(self) -> Texts:
        """The sentences of the language that is shown."""
        return self._page.texts

    def open_form(self, form: Form) -> None:
        """Show a form in place of what stands beside the list."""
        self._page.open_form(form)

    def close_form(self) -> None:
        """Show again what stands beside the list."""
        self._page.close_form()

    def complain(self, problems: Mapping[str, Problem], problem: str = "") -> None:
        """Say what is wrong with the form that is open."""
        self._page.complain(problems, problem)
