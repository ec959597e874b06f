"""What the screens need from below, put together in main.py."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.clock import TrustedClock
from kiosk.data import Data
from kiosk.domain.personal_copy import PersonalCopy
from kiosk.domain.print_job import PrintJob
from kiosk.domain.rights import Request
from kiosk.domain.slip import Reminder
from kiosk.domain.store_health import StoreHealth
from kiosk.domain.texts import Texts
from kiosk.health import Vitals
from kiosk.layers import Layers
from kiosk.own_content import Beneath, OwnContent
from kiosk.room import Reserve
from kiosk.settings import Settings
from kiosk.storage.orders import LockedByAdmin
from kiosk.storage.store import Store
from kiosk.trust import Verdict
from printing.port import Abilities, Status
from printing.spooler import Page
from ui.centre_port import Centre, CentreLogins, Joining


class Printing(Protocol):
    """The print thread, as far as a screen knows it."""

    def nudge(self) -> None:
        """There is a slip to print."""

    def print_reminder(self, reminder: Reminder) -> None:
        """Print a page that is stored nowhere; `slip_moved` tells of it by the reminder's id."""

    def print_page(self, page: Page) -> None:
        """Print another page that is stored nowhere; `slip_moved` tells of it by the page's id."""

    def print_proof(self, request: Request, page_id: str) -> None:
        """Print that a request was carried out, as print_page() does."""

    def print_copy(self, copy: PersonalCopy, page_id: str) -> None:
        """Print everything kept about a person, as print_page() does."""

    def print_test(self, language: str, page_id: str) -> None:
        """Print a slip of nobody, as print_page() does."""

    def forget(self, number: str, slips: Collection[PrintJob]) -> bool:
        """Remove what is left of a registration's pages; False when some may be left."""

    @property
    def may_stop(self) -> bool:
        """Whether a stop would forget no page that still waits."""

    def status(self) -> Status:
        """Ask how the printer stands; off the GUI thread, for it takes as long as the printer."""

    def abilities(self) -> Abilities:
        """Ask what the printer can report; off the GUI thread."""


@dataclass(frozen=True, slots=True)
class Services:
    """The open store and everything read at start.

    `texts` are the languages by code, Indonesian first: each visit begins in it. `check_slip`
    judges the text of a slip's QR code.
    """

    settings: Settings
    texts: Mapping[str, Texts]
    data: Data
    store: Store
    clock: TrustedClock
    printing: Printing
    check_slip: Callable[[str], Verdict]
    room: Reserve
    layers: Layers
    """What `settings` were put together from, with what was changed on this kiosk's screen."""
    store_health: Callable[[], StoreHealth | None] = lambda: None
    """What is last known of the record's copies."""
    centre: Centre | None = None
    joining: Joining | None = None
    centre_logins: CentreLogins | None = None
    practice: bool = False
    """Nobody here exists; see kiosk.practice."""
    config: int = 0
    """The version of the kabupaten's configuration that is in force, 0 for none."""
    locked: LockedByAdmin | None = None
    vitals: Vitals = field(default_factory=Vitals)
    beneath: Beneath | None = None
    """What `texts` and `data` are without what was changed on this kiosk's screen; None: nothing
    can be changed there."""
    own: OwnContent = field(default_factory=OwnContent)
    """What was changed there beyond settings."""
