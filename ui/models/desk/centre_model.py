"""The page of the centre: how the way to it stands, what it rejected, comparing, and joining."""

from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.central.outcomes import CentreFlag, NoAnswer
from kiosk.desk import at_centre
from kiosk.desk.session import NotAllowed
from kiosk.domain.centre import Link, Parked
from kiosk.domain.centre_desk import Reconciled, TokenSeen, Whereabouts
from kiosk.domain.staff import Account, Action
from ui.centre_port import Centre, CentreDesk
from ui.centre_watch import CentreWatch
from ui.models.desk.centre_view import (
    CONFLICT,
    alarm_of,
    facts_of,
    kecamatan_words,
    line_of,
    look_at_parked,
    no_answer_words,
    standing_of,
    whereabouts_line,
)
from ui.models.desk.far import Unreached, or_unreached
from ui.models.desk.host import DeskHost
from ui.models.desk.token_model import TokenModel

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

ITSELF = "centre"


class LoginState(StrEnum):
    """Whether the person at work can ask the centre about duplicates."""

    NOT_NEEDED = ""
    NONE = "none"
    OPENING = "opening"
    OPEN = "open"
    FAILED = "failed"


@QmlElement
class CentreModel(QObject):
    """Tells of the centre wherever the staff work, and holds the login of who works here."""

    changed = Signal()
    flagsChanged = Signal()

    def __init__(self, host: DeskHost, watch: CentreWatch, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._watch = watch
        self._token = TokenModel(host, self, self._misfit)
        self._token.joined.connect(self._joined)
        self._token.loggedIn.connect(self._logged_in)
        self._parked: tuple[Parked, ...] = ()
        self._chosen = ITSELF
        self._comparing, self._compared = False, ""
        self._login = LoginState.NOT_NEEDED
        self._desk: CentreDesk | None = None
        self._flags: Mapping[str, str] = {}
        self._address = self._no_answer = ""
        watch.changed.connect(self._moved)

    @property
    def centre(self) -> Centre | None:
        """The way to the centre, None where this kiosk works alone."""
        return self._host.services.centre if self._watch.joined else None

    @property
    def desk(self) -> CentreDesk | None:
        """The centre as who works here may use it; None without a login."""
        return self._desk

    @property
    def login_state(self) -> LoginState:
        """Whether the person at work can ask the centre about duplicates."""
        return self._login

    @property
    def is_joined(self) -> bool:
        """Whether this kiosk hands its registrations in at a centre."""
        return self._watch.joined

    def flag_of(self, registration_id: str, *, conflict: bool) -> str:
        """Return why a person has to look at a registration, "" where nobody has to.

        `conflict`: the kiosk knows by itself that it stands in two versions.
        """
        return CONFLICT if conflict else self._flags.get(registration_id, "")

    def _misfit(self, seen: TokenSeen) -> str:
        """That a kiosk's token is for another kecamatan; a person's says none."""
        host = self._host
        here = host.services.settings.kecamatan_code
        if seen.office in {"", here}:
            return ""
        theirs, own = (kecamatan_words(one, host.facts) for one in (seen.office, here))
        return host.texts.say("desk.join.other_office", theirs=theirs, own=own)

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Show how the way to the centre stands."""
        self._chosen, self._compared = ITSELF, ""
        self.look()
        self.read()

    def leave(self) -> None:
        """A token is not kept for another time; the status is followed on every page."""
        self._token.forget()

    def forget(self) -> None:
        """Let go of everything that was shown, and of the login."""
        self._parked, self._chosen, self._compared = (), ITSELF, ""
        self._comparing, self._no_answer = False, ""
        self.hang_up()
        self._login, self._flags = LoginState.NOT_NEEDED, {}
        self._token.forget()
        self.changed.emit()

    def hang_up(self) -> None:
        """Close the connection of who works here."""
        desk, self._desk = self._desk, None
        if desk is not None:
            self._watch.jobs.run(desk.close, _nothing)

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self._compared = self._no_answer = ""
        self._token.retell()
        self.changed.emit()

    def look(self) -> None:
        """See anew how the way to the centre stands."""
        self._watch.look()

    def read(self) -> None:
        """Read what the centre rejected."""
        desk = self._host.session
        if desk is not None and self.is_joined:
            self._host.run(
                lambda: (at_centre.address(desk), at_centre.parked(desk)), self._parked_read
            )

    def _parked_read(self, read: tuple[str, tuple[Parked, ...] | NotAllowed]) -> None:
        self._address, parked = read
        self._parked = () if isinstance(parked, NotAllowed) else parked
        if self._one is None:
            self._chosen = ITSELF
        self.changed.emit()

    @Slot()
    def _moved(self) -> None:
        self.read()
        self._host.refresh_soon()
        self.changed.emit()

    def where(self, registration_id: str) -> Whereabouts | None:
        """Return where a registration is; on the worker. None where there is no centre."""
        desk = self._host.session
        if desk is None or not self.is_joined:
            return None
        where = at_centre.whereabouts(desk, registration_id)
        return None if isinstance(where, NotAllowed) else where

    def tell_where(self, where: Whereabouts | None) -> dict[str, str]:
        """Put into words where a registration is; nothing where there is no centre."""
        if where is None:
            return {}
        return asdict(whereabouts_line(where, self._host.facts, self._host.texts))

    def scan(self, text: str) -> bool:
        """Take what a scanner read, if it is a token; its text is shown nowhere."""
        joining = self._host.services.joining
        if self._token.takes(text):
            return True
        if joining is None or not joining.is_token(text):
            return False
        self._host.warn("desk.join.scan_on_page")
        return True

    # ------------------------------------------------------------ the login at the centre

    def sign_in(self, account: Account, pin: str) -> None:
        """Open the login that this person's PIN seals, and ask what is flagged."""
        logins = self._host.services.centre_logins
        self.changed.emit()
        if logins is None or not self._watch.joined or not account.may(Action.SEE):
            return
        self._login = LoginState.OPENING
        self._host.run_far(lambda: logins.open(account, pin), self._opened)

    def _opened(self, desk: CentreDesk | None) -> None:
        self._desk = desk
        self._login = LoginState.OPEN if desk is not None else LoginState.NONE
        self.changed.emit()
        self.read_flags()

    @Slot(object)
    def _logged_in(self, desk: CentreDesk) -> None:
        self.hang_up()
        self._opened(desk)

    def read_flags(self) -> None:
        """Ask the centre what is open of this office."""
        desk = self._desk
        if desk is not None:
            self._host.run_far(desk.flags, self._flags_read)

    def _flags_read(self, flags: tuple[CentreFlag, ...] | NoAnswer) -> None:
        if isinstance(flags, tuple):
            self._login, self._no_answer = LoginState.OPEN, ""
            known = {one.registration_id: one.because for one in flags}
            if known != self._flags:
                self._flags = known
                self.flagsChanged.emit()
        else:
            self._login = LoginState.FAILED
            self._no_answer = no_answer_words(flags, self._host.texts)
        self.changed.emit()

    # ------------------------------------------------------------ what QML reads

    @Property(bool, notify=changed)
    def joined(self) -> bool:
        return self.is_joined

    @Property(dict, notify=changed)
    def line(self) -> dict[str, str]:
        """How the way to the centre stands; nothing where nobody is signed in or has a centre."""
        host = self._host
        line = line_of(self._watch.status, host.services.clock.now(), host.facts, host.texts)
        return asdict(line) if line and host.session is not None else {}

    @Property(dict, notify=changed)
    def standing(self) -> dict[str, str]:
        host = self._host
        return asdict(standing_of(self._watch.status, host.services.clock.now(), host.texts))

    @Property(str, notify=changed)
    def alarm(self) -> str:
        """That this store seems to be a copy; "" when it does not."""
        return alarm_of(self._watch.status, self._host.facts, self._host.texts)

    @Property(bool, notify=changed)
    def mayReport(self) -> bool:
        desk = self._host.session
        return desk is not None and desk.may(Action.JOIN_CENTRE)

    @Slot()
    def copyReported(self) -> None:
        """Somebody has told the kabupaten's admin that this store seems to be a copy."""
        desk = self._host.session
        if desk is not None:
            self._host.run(lambda: at_centre.copy_reported(desk), self._copy_reported)

    def _copy_reported(self, outcome: at_centre.CopyReported | NotAllowed) -> None:
        if self.centre is not None:
            self.centre.nudge()
        if isinstance(outcome, NotAllowed):
            self._host.warn("desk.problem.not_allowed")
        else:
            self._host.tell("desk.told.copy_reported")

    @Property(list, notify=changed)
    def facts(self) -> list[dict[str, str]]:
        host = self._host
        if not self.is_joined:
            return []
        return facts_of(self._watch.status, self._address, host.facts, host.texts)

    @Property(bool, notify=changed)
    def seesPeople(self) -> bool:
        desk = self._host.session
        return desk is not None and desk.may(Action.SEE)

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, str]]:
        host = self._host
        views = ((one, look_at_parked(one, host.facts, host.texts)) for one in self._parked)
        return [
            {
                "id": one.registration_id,
                "title": view.title,
                "note": view.told,
                "tag": "",
                "tone": "amber",
                "icon": "warning",
            }
            for one, view in views
        ]

    @Property(str, notify=changed)
    def chosen(self) -> str:
        return self._chosen

    @Property(dict, notify=changed)
    def parked(self) -> dict[str, str]:
        """The rejected registration that is chosen; empty while the centre itself is."""
        one = self._one
        return asdict(look_at_parked(one, self._host.facts, self._host.texts)) if one else {}

    @property
    def _one(self) -> Parked | None:
        return next((one for one in self._parked if one.registration_id == self._chosen), None)

    @Property(bool, notify=changed)
    def comparing(self) -> bool:
        return self._comparing

    @Property(str, notify=changed)
    def compared(self) -> str:
        """What the last comparison found."""
        return self._compared

    @Property(bool, notify=changed)
    def mayJoin(self) -> bool:
        """Whether a token can be taken in: the first, or another where the centre has closed up."""
        desk, status = self._host.session, self._watch.status
        if self._host.services.joining is None or desk is None:
            return False
        open_to = status.link in {Link.NOT_JOINED, Link.REFUSED} or status.copied_at is not None
        return open_to and desk.may(Action.JOIN_CENTRE)

    @Property(TokenModel, constant=True)
    def token(self) -> TokenModel:
        return self._token

    @Property(str, notify=changed)
    def login(self) -> str:
        return self._login.value

    @Property(str, notify=changed)
    def loginTold(self) -> str:
        """In one sentence what is missing for looking at duplicates."""
        if self._login is LoginState.NOT_NEEDED:
            return ""
        if self._login is LoginState.FAILED and self._no_answer:
            return self._no_answer
        return self._host.texts.say(f"desk.centre.login_{self._login.value}")

    # ------------------------------------------------------------ what is done

    @Slot(str)
    def choose(self, line: str) -> None:
        """Show a rejected registration, or the centre itself."""
        self._chosen = line
        self.changed.emit()

    @Slot()
    def openRecord(self) -> None:
        if self._one is not None:
            self._host.show_record(self._one.registration_id)

    @Slot()
    def tryAgain(self) -> None:
        """Hand in again the rejected registration that is chosen."""
        if self._one is not None:
            self.try_again(self._one.registration_id)

    def try_again(self, registration_id: str) -> None:
        """Hand in again what was rejected."""
        desk = self._host.session
        if desk is not None and self.is_joined:
            self._host.run(lambda: at_centre.try_again(desk, registration_id), self._tried)

    def _tried(self, _tried: int | NotAllowed) -> None:
        if self.centre is not None:
            self.centre.nudge()
        self._host.tell("desk.told.tried_again")
        self.read()
        self._host.refresh()

    @Slot()
    def sendNow(self) -> None:
        """Try it now, and not when it is due."""
        if self.centre is not None:
            self.centre.nudge()
            self._host.tell("desk.told.nudged")

    @Slot()
    def compare(self) -> None:
        """Compare with the centre, day by day."""
        centre = self.centre
        if centre is None or self._comparing:
            return
        self._comparing, self._compared = True, ""
        self.changed.emit()
        self._host.run_far(lambda: or_unreached(centre.reconcile_now), self._have_compared)

    def _have_compared(self, found: Reconciled | Unreached) -> None:
        self._comparing = False
        self._compared = self._comparison(found)
        self.changed.emit()
        self._host.refresh()

    def _comparison(self, found: Reconciled | Unreached) -> str:
        say = self._host.texts.say
        if isinstance(found, Unreached):
            return say("desk.centre.compare_failed", code=found.code)
        if not found.sent_again and not found.only_there:
            return say("desk.centre.compare_same", days=found.days)
        told = []
        if found.sent_again:
            told.append(say("desk.centre.compare_again", count=found.sent_again))
        if found.only_there:
            told.append(say("desk.centre.compare_only_there", count=found.only_there))
        return " ".join(told)

    @Slot()
    def _joined(self) -> None:
        if self._host.services.centre is not None:
            self._host.services.centre.nudge()
        self.look()
        self.read()
        self._host.refresh()


def _nothing(_done: object) -> None:
    """Nobody waits for the end of a connection."""
