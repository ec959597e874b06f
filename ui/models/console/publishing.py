"""Publishing a draft: asked, checked, tried, signed, and sent; each where it holds up nothing."""

from dataclasses import dataclass, replace
from functools import partial
from typing import assert_never

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from kiosk.central.signing import SigningKey
from kiosk.checking import check_draft
from kiosk.composition import Place
from kiosk.domain.configuration import LONGEST_WHY, Content, Document
from kiosk.domain.failures import KioskFailure
from kiosk.domain.fleet import NotPublished, NotTrusted, Problem, Published, SomebodyElse
from kiosk.drafting import FOR_ALL, Change
from kiosk.fleet import HOLD_MINUTES, Draft, Trial, publish
from ui.models.console.config_view import hold_words
from ui.models.console.fleet_model import FleetModel
from ui.models.console.host import ConsoleHost
from ui.models.console.signing_model import (
    KEY_LETTERS,
    PASSPHRASE,
    is_public_key,
    not_opened,
    opened,
    passphrase_field,
)
from ui.models.desk.form import Field, Form, Kind, Option, Values

WHY, TRIAL, HOLD, MORE_KEY = "why", "trial", "hold", "more_key"
HOLDS = (10, HOLD_MINUTES, 120, 1440)


@dataclass(frozen=True, slots=True)
class Drafted:
    """What is to be published."""

    base: Document | None
    content: Content
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    draft: Drafted
    values: Values
    key: SigningKey


def choice(key: str, label: str, options: tuple[Option, ...]) -> Field:
    """Return a field in which one of a few is chosen."""
    return Field(key, Kind.CHOICE, label, options=lambda *_: options, span=12)


def kiosk_field(key: str, label: str, fleet: FleetModel) -> Field:
    """Return a field in which a kiosk at work is found by typing."""
    found = tuple(
        Option(one.kiosk.number, f"{fleet.names(one.kiosk)} ({one.kiosk.number})")
        for one in fleet.lines
        if one.kiosk.state in ("active", "locked")
    )
    return Field(key, Kind.PICK, label, options=lambda *_: found, span=12)


class Publishing(QObject):
    """Leads one draft at a time through its stages."""

    changed = Signal()
    published = Signal()
    refused = Signal()
    """The centre did not take it; how things stand there is to be read anew."""

    def __init__(self, host: ConsoleHost, fleet: FleetModel, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._fleet = fleet
        self.stage = ""
        self.problems: tuple[Problem, ...] = ()

    def forget(self) -> None:
        """Nothing is being published, and nothing was found."""
        self.stage, self.problems = "", ()

    def _stop(self) -> None:
        """It could not be tried; the draft stays as it is."""
        self._at("")

    def _cut(self) -> None:
        """The centre gave no answer; the draft stays, and may have arrived all the same."""
        self._at("")
        self._host.add("console.config.cut")

    def begin(self, draft: Drafted) -> None:
        """Ask why, who gets it first, and for the passphrase of the key."""
        texts = self._host.texts
        holds = tuple(Option(str(one), hold_words(one, texts)) for one in HOLDS)
        first = kiosk_field(TRIAL, "console.config.trial", self._fleet)
        self._host.open_form(
            Form(
                name="publish",
                title="console.config.publish",
                lead="console.config.publish_lead",
                submit="console.config.publish",
                fields=(
                    Field(WHY, label="console.config.why", longest=LONGEST_WHY, span=12),
                    replace(first, span=6),
                    Field(MORE_KEY, label="console.config.more_key", longest=KEY_LETTERS),
                    choice(HOLD, "console.config.hold", holds),
                    passphrase_field(),
                ),
                values={HOLD: str(HOLD_MINUTES), TRIAL: self._first_of(draft)},
                send=partial(self._open_key, draft),
                kept=False,
            )
        )

    def _first_of(self, draft: Drafted) -> str:
        """Return a kiosk that the draft changes something for, the one that stands best."""
        scopes = {one.scope for one in draft.changes}
        fitting = [
            one.kiosk.number
            for one in reversed(self._fleet.lines)
            if one.kiosk.state == "active"
            and (FOR_ALL & scopes or {one.kiosk.number, one.kiosk.office} & scopes)
        ]
        return fitting[0] if fitting else ""

    def _open_key(self, draft: Drafted, values: Values) -> None:
        say = self._host.texts.say
        more = values[MORE_KEY].strip()
        if more and not is_public_key(more):
            self._host.complain({MORE_KEY: say("console.config.no_key")})
            return
        missing = [one for one in (WHY, TRIAL, PASSPHRASE) if not values[one].strip()]
        if missing:
            self._host.complain(dict.fromkeys(missing, say("console.enrol.missing")))
            return
        folder, passphrase = self._host.keys_folder, values[PASSPHRASE]
        rest = {name: value for name, value in values.items() if name != PASSPHRASE}
        self._host.run(partial(opened, folder, passphrase), partial(self._opened, draft, rest))

    def _opened(self, draft: Drafted, values: Values, key: SigningKey | KioskFailure) -> None:
        if isinstance(key, KioskFailure):
            self._host.complain({PASSPHRASE: not_opened(key, self._host.texts)})
            return
        self._host.close_form()
        self._at("checking")
        parts = self._host.parts
        check = partial(
            check_draft, draft.content, parts.data, parts.languages, self._fleet.offices
        )
        asked = _Asked(draft, values, key)
        self._host.run_long(check, partial(self._checked, asked), self._stop)

    def _checked(self, asked: _Asked, found: tuple[Problem, ...]) -> None:
        if found:
            self._found(found)
            return
        self._at("rehearsing")
        places, rehearse = self._places(asked), self._host.rehearse

        def tried() -> tuple[Problem, ...]:
            return tuple(one for at in places for one in rehearse(asked.draft.content, at))

        self._host.run_long(tried, partial(self._tried, asked), self._stop)

    def _places(self, asked: _Asked) -> tuple[Place, ...]:
        """Return where it is tried: at the first kiosk, and for every scope it changes."""
        offices, first = self._fleet.offices, asked.values[TRIAL]
        its_own = {*FOR_ALL, first, offices.get(first, "")}
        scopes = sorted({one.scope for one in asked.draft.changes} - its_own)
        others = (
            Place(scope, "") if "." in scope else Place(offices.get(scope, ""), scope)
            for scope in scopes
        )
        return (Place(offices.get(first, ""), first), *others)

    def _tried(self, asked: _Asked, found: tuple[Problem, ...]) -> None:
        session, now = self._host.session, self._host.now
        if found or session is None:
            self._found(found)
            return
        self._at("publishing")
        values, drafted = asked.values, asked.draft
        more = tuple(one for one in (values[MORE_KEY].strip(),) if one)
        draft = Draft(drafted.base, drafted.content, values[WHY].strip(), more)
        trial = Trial(values[TRIAL], int(values[HOLD]))
        key = asked.key
        self._host.run(
            lambda: publish(session, key, draft, trial, check=_checked_before, now=now()),
            partial(self._answered, key.public),
            self._cut,
        )

    def _answered(
        self, public_key: str, outcome: Published | SomebodyElse | NotPublished | NotTrusted
    ) -> None:
        self._at("")
        match outcome:
            case Published(version):
                self._host.tell("console.config.published", version=version)
                self.published.emit()
                return
            case SomebodyElse(version):
                self._host.warn("console.config.somebody_else", version=version)
            case NotPublished(problems):
                self._found(problems)
            case NotTrusted():
                # Whoever is trusted has to type it in: nobody copies 44 letters from a screen.
                QGuiApplication.clipboard().setText(public_key)
                self._host.warn("console.config.not_trusted")
            case _:
                assert_never(outcome)
        self.refused.emit()

    def _found(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        self._at("")

    def _at(self, stage: str) -> None:
        self.stage = stage
        self.changed.emit()


def _checked_before(_content: Content) -> tuple[Problem, ...]:
    return ()
