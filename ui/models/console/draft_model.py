"""A draft of the configuration: what is changed for whom, tried, signed and published."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement

from kiosk.central.signing import SigningKey
from kiosk.checking import check_draft
from kiosk.desk.office_settings import Refused as RefusedValue
from kiosk.domain.configuration import LONGEST_WHY, Content, Document
from kiosk.domain.failures import KioskFailure
from kiosk.domain.fleet import NotPublished, NotTrusted, Problem, Published, SomebodyElse
from kiosk.domain.setting import WrongValue
from kiosk.drafting import (
    KABUPATEN,
    Change,
    changes_between,
    given_in,
    settings_for,
    with_value,
)
from kiosk.dressing import Place
from kiosk.fleet import HOLD_MINUTES, Draft, Trial, newest, publish
from kiosk.settings import Settings, checked_value
from ui.models.console.config_view import ConfigView, hold_words
from ui.models.console.fleet_model import OFFICE, FleetModel, office_field
from ui.models.console.host import ConsoleHost
from ui.models.console.signing_model import (
    KEY_LETTERS,
    PASSPHRASE,
    WRONG_PASSPHRASE,
    is_public_key,
    opened,
    passphrase_field,
)
from ui.models.desk.form import Field, Form, Kind, Option, Values
from ui.models.desk.setting_words import VALUE, Lists, field_of, refusal, typed, written

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

SCOPE, KIOSK, SETTING = "scope", "kiosk", "setting"
WHY, TRIAL, HOLD, MORE_KEY = "why", "trial", "hold", "more_key"
HOLDS = (10, HOLD_MINUTES, 120, 1440)
_SCOPES = ("all", "office", "kiosk")


@QmlElement
class ConfigDraftModel(QObject):
    """Holds the draft of who works here; nothing of it is at the centre before it is published."""

    changed = Signal()
    published = Signal()

    def __init__(self, host: ConsoleHost, fleet: FleetModel, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._fleet = fleet
        self._open = False
        self._base: Document | None = None
        self._content = Content()
        self._problems: tuple[Problem, ...] = ()
        self._stage = ""

    @property
    def view(self) -> ConfigView:
        """Puts configurations into words."""
        regions, texts = self._host.regions, self._host.parts.texts
        names = {one.kiosk.number: self._fleet.names(one.kiosk) for one in self._fleet.lines}
        return ConfigView(
            self._host.texts,
            Lists(regions, texts),
            {one.code: one.name for one in regions.kecamatan},
            lambda number: names.get(number, number),
        )

    def forget(self) -> None:
        """Let go of the draft."""
        self._open, self._base, self._content = False, None, Content()
        self._problems, self._stage = (), ""
        self.changed.emit()

    # ------------------------------------------------------------ what QML reads

    @Property(bool, notify=changed)
    def open(self) -> bool:
        return self._open

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, str]]:
        return self.view.changes(self._changes)

    @property
    def _changes(self) -> tuple[Change, ...]:
        return changes_between(self._base.content if self._base else Content(), self._content)

    @Property(int, notify=changed)
    def base(self) -> int:
        return self._base.version if self._base else 0

    @Property(list, notify=changed)
    def problems(self) -> list[str]:
        return [self.view.problem(one) for one in self._problems]

    @Property(str, notify=changed)
    def stage(self) -> str:
        """What is being done with the draft now; "" while nothing is."""
        return self._host.texts.say(f"console.config.stage.{self._stage}") if self._stage else ""

    # ------------------------------------------------------------ changing

    @Slot()
    def begin(self) -> None:
        """Begin with what the newest version says."""
        session = self._host.session
        if session is not None and not self._stage:
            self._host.run(lambda: newest(session), self._begun)

    def _begun(self, base: Document | None) -> None:
        self._base, self._open, self._problems = base, True, ()
        self._content = base.content if base else Content()
        self.changed.emit()

    @Slot()
    def drop(self) -> None:
        """Throw the draft away."""
        if not self._stage:
            self.forget()

    @Slot(str)
    def takeBack(self, line: str) -> None:
        """Let a setting be as the version before has it."""
        scope, _, name = line.partition("/")
        before = given_in(self._base.content if self._base else Content(), scope).get(name)
        self._put(scope, name, before)

    @Slot()
    def add(self) -> None:
        """Ask for whom which setting is to change."""
        self._ask_where({SCOPE: "all"})

    def _ask_where(self, values: Values) -> None:
        say = self._host.texts.say
        scopes = tuple(Option(one, say(f"console.config.scope.{one}")) for one in _SCOPES)
        fields = (
            Field(
                SCOPE, Kind.CHOICE, "console.config.for_whom", options=lambda *_: scopes, span=12
            ),
            replace(office_field(self._host.regions), shown=lambda now: now.get(SCOPE) == "office"),
            self._kiosk_field(KIOSK, "console.column.kiosk", _is_for_a_kiosk),
            Field(SETTING, Kind.PICK, "console.config.setting", options=self._settings, span=12),
        )
        self._host.open_form(
            Form(
                name="draft_where",
                title="console.config.add",
                lead="console.config.add_lead",
                submit="common.next",
                fields=fields,
                values=values,
                send=self._where,
                kept=False,
            )
        )

    def _settings(self, values: Values, _texts: object) -> tuple[Option, ...]:
        view = self.view
        scope = KABUPATEN if values.get(SCOPE) == "all" else ""
        return tuple(Option(name, view.setting(name)) for name in settings_for(scope))

    def _kiosk_field(self, key: str, label: str, shown: Callable[[Values], bool]) -> Field:
        names = self._fleet.names
        found = tuple(
            Option(one.kiosk.number, f"{names(one.kiosk)} ({one.kiosk.number})")
            for one in self._fleet.lines
            if one.kiosk.state in ("active", "locked")
        )
        return Field(key, Kind.PICK, label, options=lambda *_: found, shown=shown, span=12)

    def _where(self, values: Values) -> None:
        kind = values[SCOPE]
        needed = {"office": OFFICE, "kiosk": KIOSK}.get(kind)
        wanted = [one for one in (needed, SETTING) if one and not values[one]]
        if wanted:
            missing = self._host.texts.say("console.enrol.missing")
            self._host.complain(dict.fromkeys(wanted, missing))
            return
        scope = values[needed] if needed else KABUPATEN
        self._ask_value(scope, values[SETTING], values)

    def _ask_value(self, scope: str, name: str, before: Values) -> None:
        value = self._counts_for(scope, name)
        self._host.open_form(
            Form(
                name="draft_value",
                title=f"setting.{name}.label",
                lead=f"setting.{name}.text",
                submit="console.config.take",
                fields=(self._field(name),),
                values={VALUE: written(value)},
                send=partial(self._value, scope, name),
                back=lambda _values: self._ask_where(before),
                kept=False,
            )
        )

    def _counts_for(self, scope: str, name: str) -> object:
        """Return what the draft gives a scope: its own value, that of what it is in, or none's."""
        offices = {one.kiosk.number: one.kiosk.office for one in self._fleet.lines}
        for place in (scope, offices.get(scope, ""), KABUPATEN):
            said = given_in(self._content, place).get(name)
            if said is not None:
                return said
        return getattr(Settings(), name)

    def _field(self, name: str) -> Field:
        lists = Lists(self._host.regions, self._host.parts.texts)
        return field_of(name, lists)

    def _value(self, scope: str, name: str, values: Values) -> None:
        value = typed(name, values[VALUE])
        try:
            checked_value(name, value)
        except WrongValue as wrong:
            key, limits = refusal(name, RefusedValue(wrong.flaw, wrong.least, wrong.most))
            self._host.complain({VALUE: self._host.texts.say(key, **limits)})
            return
        self._host.close_form()
        self._put(scope, name, value)

    def _put(self, scope: str, name: str, value: object) -> None:
        self._content, self._problems = with_value(self._content, scope, name, value), ()
        self.changed.emit()

    # ------------------------------------------------------------ publishing

    @Slot()
    def publish(self) -> None:
        """Ask why, who gets it first, and for the passphrase of the key."""
        if self._stage or not self._changes:
            return
        texts = self._host.texts
        holds = tuple(Option(str(one), hold_words(one, texts)) for one in HOLDS)
        self._host.open_form(
            Form(
                name="publish",
                title="console.config.publish",
                lead="console.config.publish_lead",
                submit="console.config.publish",
                fields=(
                    Field(WHY, label="console.config.why", longest=LONGEST_WHY, span=12),
                    replace(
                        self._kiosk_field(TRIAL, "console.config.trial", lambda _values: True),
                        span=6,
                    ),
                    Field(MORE_KEY, label="console.config.more_key", longest=KEY_LETTERS),
                    _choice(HOLD, "console.config.hold", holds),
                    passphrase_field(),
                ),
                values={HOLD: str(HOLD_MINUTES), TRIAL: self._first_of_it()},
                send=self._sign,
                kept=False,
            )
        )

    def _first_of_it(self) -> str:
        """Return a kiosk that the draft changes something for, the one that stands best."""
        scopes = {one.scope for one in self._changes}
        fitting = [
            one.kiosk.number
            for one in reversed(self._fleet.lines)
            if one.kiosk.state == "active"
            and (KABUPATEN in scopes or {one.kiosk.number, one.kiosk.office} & scopes)
        ]
        return fitting[0] if fitting else ""

    def _sign(self, values: Values) -> None:
        more = values[MORE_KEY].strip()
        if more and not is_public_key(more):
            self._host.complain({MORE_KEY: self._host.texts.say("console.config.no_key")})
            return
        missing = [one for one in (WHY, TRIAL, PASSPHRASE) if not values[one].strip()]
        if missing:
            self._host.complain(
                dict.fromkeys(missing, self._host.texts.say("console.enrol.missing"))
            )
            return
        folder = self._host.keys_folder
        self._host.run(
            partial(opened, folder, values[PASSPHRASE]), partial(self._opened, dict(values))
        )

    def _opened(self, values: Values, key: SigningKey | KioskFailure) -> None:
        if isinstance(key, KioskFailure):
            wrong = key.code == WRONG_PASSPHRASE
            word = "console.config.wrong_passphrase" if wrong else "console.failed.other"
            said = self._host.texts.say(word, code=key.code)
            self._host.complain({PASSPHRASE: said})
            return
        self._host.close_form()
        self._at("checking")
        self._host.run_long(self._check, partial(self._checked, key, values))

    def _check(self) -> tuple[Problem, ...]:
        parts = self._host.parts
        offices = {one.kiosk.number: one.kiosk.office for one in self._fleet.lines}
        return check_draft(self._content, parts.data, parts.languages, offices)

    def _checked(self, key: SigningKey, values: Values, found: tuple[Problem, ...]) -> None:
        if found:
            self._refused(found)
            return
        self._at("rehearsing")
        places, content, rehearse = self._places(values[TRIAL]), self._content, self._host.rehearse

        def tried() -> tuple[Problem, ...]:
            return tuple(one for place in places for one in rehearse(content, place))

        self._host.run_long(tried, partial(self._tried, key, values))

    def _places(self, trial: str) -> tuple[Place, ...]:
        """Return where it is tried: at the first kiosk, and for every scope it changes."""
        offices = {one.kiosk.number: one.kiosk.office for one in self._fleet.lines}
        scopes = {one.scope for one in self._changes} - {KABUPATEN, trial, offices.get(trial)}
        wanted = [Place(offices.get(trial, ""), trial)]
        for scope in sorted(scopes):
            wanted.append(
                Place(scope, "") if "." in scope else Place(offices.get(scope, ""), scope)
            )
        return tuple(wanted)

    def _tried(self, key: SigningKey, values: Values, found: tuple[Problem, ...]) -> None:
        session = self._host.session
        if found or session is None:
            self._refused(found)
            return
        self._at("publishing")
        more = tuple(one for one in (values[MORE_KEY].strip(),) if one)
        draft = Draft(self._base, self._content, values[WHY].strip(), more)
        trial = Trial(values[TRIAL], int(values[HOLD]))
        now = self._host.now
        self._host.run(
            lambda: publish(session, key, draft, trial, check=_checked_before, now=now()),
            partial(self._answered, key.public),
        )

    def _answered(
        self, public_key: str, outcome: Published | SomebodyElse | NotPublished | NotTrusted
    ) -> None:
        self._at("")
        match outcome:
            case Published(version):
                self._host.tell("console.config.published", version=version)
                self.forget()
            case SomebodyElse(version):
                self._host.warn("console.config.somebody_else", version=version)
            case NotPublished(problems):
                self._refused(problems)
            case NotTrusted():
                # Whoever is trusted has to type it in: nobody copies 44 letters from a screen.
                QGuiApplication.clipboard().setText(public_key)
                self._host.warn("console.config.not_trusted")
            case _:
                assert_never(outcome)
        self.published.emit()

    def stopped(self) -> None:
        """The centre gave no answer; the draft stays as it is."""
        if self._stage:
            self._at("")

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        self._problems = problems
        self._at("")

    def _at(self, stage: str) -> None:
        self._stage = stage
        self.changed.emit()


def _checked_before(_content: Content) -> tuple[Problem, ...]:
    return ()


def _choice(key: str, label: str, options: tuple[Option, ...]) -> Field:
    return Field(key, Kind.CHOICE, label, options=lambda *_: options, span=12)


def _is_for_a_kiosk(values: Values) -> bool:
    return values.get(SCOPE) == "kiosk"
