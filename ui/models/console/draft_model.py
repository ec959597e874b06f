"""A draft of the configuration: what is changed for whom."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.office_settings import Refused
from kiosk.domain.configuration import LARGEST, Content, Document
from kiosk.domain.setting import WrongValue
from kiosk.drafting import (
    KABUPATEN,
    Change,
    carried_over,
    changes_between,
    given_in,
    settings_for,
    with_value,
)
from kiosk.editing.files import size_of
from kiosk.fleet import newest
from kiosk.settings import Settings, checked_value
from ui.models.console.config_view import ConfigView
from ui.models.console.fleet_model import OFFICE, FleetModel, office_field
from ui.models.console.host import ConsoleHost
from ui.models.console.publishing import Drafted, Publishing, kiosk_field
from ui.models.desk.form import Field, Form, Kind, Option, Values
from ui.models.desk.setting_words import VALUE, Lists, field_of, refusal, typed, written

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

SCOPE, KIOSK, SETTING = "scope", "kiosk", "setting"
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
        self._open = self._known = False
        self._base: Document | None = None
        self._content = Content()
        self._publishing = Publishing(host, fleet, self)
        self._publishing.changed.connect(self.changed)
        self._publishing.published.connect(self._came_through)
        self._publishing.refused.connect(self.published)

    @property
    def known(self) -> bool:
        """Whether it was read where the draft begins."""
        return self._known

    @property
    def content(self) -> Content:
        """What the draft says; the newest version while there is none."""
        return self._content

    @property
    def view(self) -> ConfigView:
        """Puts configurations into words."""
        regions, texts = self._host.regions, self._host.parts.texts
        names = {one.kiosk.number: self._fleet.names(one.kiosk) for one in self._fleet.lines}
        return ConfigView(
            self._host.texts,
            Lists(regions, texts),
            self._host.parts.data,
            {one.code: one.name for one in regions.kecamatan},
            lambda number: names.get(number, number),
        )

    def forget(self) -> None:
        """Let go of the draft."""
        self._open = self._known = False
        self._base, self._content = None, Content()
        self._publishing.forget()
        self.changed.emit()

    # ------------------------------------------------------------ what QML reads

    @Property(bool, notify=changed)
    def open(self) -> bool:
        return self._open

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, str]]:
        return self.view.changes(self.changes)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the draft changes of the version that it was begun with."""
        return changes_between(self._base.content if self._base else Content(), self._content)

    @property
    def made_from(self) -> int:
        """The version that it was begun with, 0 for none."""
        return self._base.version if self._base else 0

    @Property(int, notify=changed)
    def base(self) -> int:
        return self.made_from

    @Property(str, notify=changed)
    def size(self) -> str:
        """How large it is, and may be."""
        kb = -(-size_of(self._content) // 1024)
        return self._host.texts.say("console.parts.size", size=kb, largest=LARGEST // 1024)

    @Property(list, notify=changed)
    def problems(self) -> list[str]:
        return [self.view.problem(one) for one in self._publishing.problems]

    @Property(str, notify=changed)
    def stage(self) -> str:
        """What is being done with the draft now; "" while nothing is."""
        stage = self._publishing.stage
        return self._host.texts.say(f"console.config.stage.{stage}") if stage else ""

    # ------------------------------------------------------------ changing

    @Slot()
    def begin(self) -> None:
        """Begin with what the newest version says."""
        session = self._host.session
        if session is not None and not self._publishing.stage:
            self._host.run(lambda: newest(session), self._begun)

    def _begun(self, base: Document | None) -> None:
        if not self._open:
            self._open = True
            self._take(base)

    def look(self, base: Document | None) -> None:
        """Stand where the newest version does, unless a draft is open."""
        if not self._open and (not self._known or base != self._base):
            self._take(base)

    def _take(self, base: Document | None) -> None:
        self._base, self._known = base, True
        self._publishing.forget()
        self._content = base.content if base else Content()
        self.changed.emit()

    @Slot()
    def catchUp(self) -> None:
        """Change the newest version in place of the one that the draft was begun with."""
        session = self._host.session
        if session is not None and not self._publishing.stage:
            self._host.run(lambda: newest(session), self._caught_up)

    def _caught_up(self, base: Document | None) -> None:
        before = self._base.content if self._base else Content()
        after = base.content if base else Content()
        self._base = base
        self.put(carried_over(self._content, before, after))

    def put(self, content: Content) -> None:
        """Let the draft say this; where none was open it is opened."""
        if self._publishing.stage:
            self._host.warn("console.parts.busy")
            return
        self._open, self._content = True, content
        self._publishing.forget()
        self.changed.emit()

    @Slot()
    def drop(self) -> None:
        """Throw the draft away."""
        if not self._publishing.stage:
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
            replace(kiosk_field(KIOSK, "console.column.kiosk", self._fleet), shown=_is_for_a_kiosk),
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
                values={VALUE: written(name, value, self._lists)},
                send=partial(self._value, scope, name),
                back=lambda _values: self._ask_where(before),
                kept=False,
            )
        )

    def _counts_for(self, scope: str, name: str) -> object:
        """Return what the draft gives a scope: its own value, that of what it is in, or none's."""
        for place in (scope, self._fleet.offices.get(scope, ""), KABUPATEN):
            said = given_in(self._content, place).get(name)
            if said is not None:
                return said
        return getattr(Settings(), name)

    def _field(self, name: str) -> Field:
        return field_of(name, self._lists)

    @property
    def _lists(self) -> Lists:
        return Lists(self._host.regions, self._host.parts.texts)

    def _value(self, scope: str, name: str, values: Values) -> None:
        value = typed(name, values[VALUE], self._lists)
        try:
            checked_value(name, value)
        except WrongValue as wrong:
            key, limits = refusal(name, Refused(wrong.flaw, wrong.least, wrong.most))
            self._host.complain({VALUE: self._host.texts.say(key, **limits)})
            return
        self._host.close_form()
        self._put(scope, name, value)

    def _put(self, scope: str, name: str, value: object) -> None:
        self.put(with_value(self._content, scope, name, value))

    # ------------------------------------------------------------ publishing

    @Slot()
    def publish(self) -> None:
        """Ask why, who gets it first, and for the passphrase of the key."""
        if not self._publishing.stage and self.changes:
            self._publishing.begin(Drafted(self._base, self._content, self.changes))

    @Slot()
    def _came_through(self) -> None:
        self.forget()
        self.published.emit()


def _is_for_a_kiosk(values: Values) -> bool:
    return values.get(SCOPE) == "kiosk"
