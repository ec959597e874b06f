"""The settings of this kiosk at the desk: how they stand, and how the admin changes them."""

from base64 import b64encode
from collections.abc import Mapping
from functools import partial
from typing import Any, assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk import office_settings
from kiosk.desk.office_settings import (
    NothingToUndo,
    NotYours,
    Refused,
    Saved,
    SettingSeen,
    SettingsSeen,
    Unchanged,
)
from kiosk.desk.session import NotAllowed
from kiosk.domain.failures import KioskFailure
from kiosk.domain.setting import Group, Shown
from kiosk.settings import DECLARED, Settings, read_value
from ui.models.desk.form import Form, Remark, Values
from ui.models.desk.host import DeskHost
from ui.models.desk.own_parts_model import FILES, OwnPartsModel
from ui.models.desk.setting_slip import Drawn, NotDrawn, draw_slip
from ui.models.desk.setting_view import SettingView
from ui.models.desk.setting_words import (
    VALUE,
    Lists,
    field_of,
    hint_words,
    refusal,
    times_words,
    typed,
    written,
)

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

FORM = "setting"


@QmlElement
class SettingsModel(QObject):
    """Lists the settings of a group; beside them the one that is chosen."""

    changed = Signal()

    def __init__(self, host: DeskHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._seen: SettingsSeen | None = None
        self._group = Group.OFFICE.value
        self._chosen = ""
        self._drawn: Drawn | None = None
        beneath = host.services.beneath
        self._parts = OwnPartsModel(host, beneath, self) if beneath else None

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Read how the settings stand."""
        desk = self._host.session
        if desk is not None:
            layers = self._host.services.layers
            self._host.run(lambda: office_settings.look(desk, layers), self._looked)
            if self._parts is not None:
                self._parts.enter()

    def leave(self) -> None:
        """What was looked at and not kept is let go of."""
        self._drawn = None

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._seen, self._drawn, self._chosen, self._group = None, None, "", Group.OFFICE.value
        if self._parts is not None:
            self._parts.forget()
        self.changed.emit()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        if self._parts is not None:
            self._parts.retell()
        self.changed.emit()

    def _looked(self, seen: SettingsSeen | NotAllowed) -> None:
        if not isinstance(seen, NotAllowed):
            self._seen = seen
            if not self._chosen and self._of_group():
                self._chosen = self._of_group()[0].name
            self.changed.emit()

    # ------------------------------------------------------------ what QML reads

    @Property(list, notify=changed)
    def groups(self) -> list[dict[str, str]]:
        say, own = self._host.texts.say, FILES if self._parts is not None else ()
        groups = (*(one.value for one in Group), *own)
        return [{"id": one, "label": say(f"setting.group.{one}")} for one in groups]

    @Property(OwnPartsModel, constant=True)
    def parts(self) -> OwnPartsModel | None:
        """What is changed here beyond settings."""
        return self._parts

    @Property(str, notify=changed)
    def group(self) -> str:
        return self._group

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, str]]:
        return [self._view.line(one) for one in self._of_group()]

    @Property(str, notify=changed)
    def chosen(self) -> str:
        return self._chosen

    @Property(dict, notify=changed)
    def detail(self) -> dict[str, Any]:
        """The chosen setting: its name, what it does, its value, and what is known of that."""
        if self._one is None or self._seen is None:
            return {}
        return self._view.detail(self._one, self._seen)

    @Property(str, notify=changed)
    def picture(self) -> str:
        """The slip that would come of a change that is looked at, or nothing."""
        if self._drawn is None:
            return ""
        return f"data:image/png;base64,{b64encode(self._drawn[2]).decode('ascii')}"

    @Property(str, notify=changed)
    def pictureOf(self) -> str:
        """The value that the picture shows."""
        if self._drawn is None:
            return ""
        name, value, _ = self._drawn
        return self._view.words(name, read_value(name, value))

    @property
    def _view(self) -> SettingView:
        services = self._host.services
        return SettingView(services.settings, self._host.texts, self._lists)

    @property
    def _lists(self) -> Lists:
        services = self._host.services
        return Lists(services.data.regions, services.texts)

    def _of_group(self) -> list[SettingSeen]:
        lines = self._seen.lines if self._seen else ()
        return [one for one in lines if DECLARED[one.name].group.value == self._group]

    @property
    def _one(self) -> SettingSeen | None:
        lines = self._seen.lines if self._seen else ()
        return next((one for one in lines if one.name == self._chosen), None)

    # ------------------------------------------------------------ choosing and changing

    @Slot(str)
    def openGroup(self, group: str) -> None:
        self._host.close_form()
        self._group, self._drawn = group, None
        if self._parts is not None:
            self._parts.open(group if group in FILES else "")
        lines = self._of_group()
        self._chosen = lines[0].name if lines else ""
        self.changed.emit()

    @Slot(str)
    def choose(self, name: str) -> None:
        self._host.close_form()
        self._chosen, self._drawn = name, None
        self.changed.emit()

    @Slot()
    def edit(self) -> None:
        """Open the form of the chosen setting, with the value that was looked at if one was."""
        one = self._one
        if one is None or not one.may_change:
            return
        value = self._drawn[1] if self._drawn else one.value
        self._drawn = None
        self.changed.emit()
        self._host.open_form(self._form(one, written(one.name, value, self._lists)))

    def _form(self, one: SettingSeen, text: str) -> Form:
        settings = self._seen.settings if self._seen else Settings()
        shows_slip = DECLARED[one.name].shown is Shown.SLIP
        return Form(
            name=FORM,
            title=f"setting.{one.name}.label",
            lead=f"setting.{one.name}.text",
            submit="setting.look" if shows_slip else "setting.save",
            fields=(field_of(one.name, self._lists),),
            values={VALUE: text},
            remark=lambda values, texts: Remark(
                times_words(one.name, values[VALUE], settings, texts) or hint_words(one.name, texts)
            ),
            send=partial(self._send, one.name),
            kept=False,
        )

    def _send(self, name: str, values: Values) -> None:
        desk, layers = self._host.session, self._host.services.layers
        if desk is None:
            return
        value = typed(name, values[VALUE], self._lists)
        if DECLARED[name].shown is Shown.SLIP:
            self._host.run(partial(draw_slip, self._host, desk, name, value), self._drew)
        else:
            self._host.run(
                partial(office_settings.change, desk, layers, name, value),
                partial(self._told, name),
            )

    def _drew(self, drawn: Drawn | NotDrawn) -> None:
        if len(drawn) == 3:
            self._host.close_form()
            self._drawn = drawn
            self.changed.emit()
            return
        name, refused = drawn
        if isinstance(refused, KioskFailure):
            problem = self._host.texts.say("setting.flaw.no_slip", code=refused.code)
            self._host.complain({VALUE: problem})
        else:
            self._told(name, refused)

    @Slot()
    def keep(self) -> None:
        """Keep the change whose slip is shown."""
        desk, layers = self._host.session, self._host.services.layers
        if desk is not None and self._drawn is not None:
            name, value, _ = self._drawn
            self._host.run(
                partial(office_settings.change, desk, layers, name, value),
                partial(self._told, name),
            )

    @Slot()
    def undo(self) -> None:
        self._take_back(office_settings.undo)

    @Slot()
    def inherit(self) -> None:
        """Let the layers below count again."""
        self._take_back(office_settings.inherit)

    def _take_back(self, use_case: Any) -> None:
        desk, layers, name = self._host.session, self._host.services.layers, self._chosen
        if desk is not None:
            self._host.run(
                partial(use_case, desk, layers, name), partial(self._told, name, typed_in=False)
            )

    def _told(
        self,
        name: str,
        outcome: Saved | Unchanged | Refused | NothingToUndo | NotYours | NotAllowed,
        *,
        typed_in: bool = True,
    ) -> None:
        host = self._host
        match outcome:
            case Saved() | Unchanged() | NothingToUndo():
                saved = isinstance(outcome, Saved)
                self._drawn = None
                host.close_form()
                host.tell("setting.saved" if saved else "setting.unchanged")
                self.enter()
            case Refused():
                self._refuse(*refusal(name, outcome), typed_in=typed_in)
            case NotYours() | NotAllowed():
                host.close_form()
                host.warn("desk.problem.not_allowed")
            case _:
                assert_never(outcome)

    def _refuse(self, key: str, values: Mapping[str, object], *, typed_in: bool) -> None:
        """Say it at the field, or where nothing is typed."""
        if self._drawn is not None:
            self.edit()
        if typed_in:
            self._host.complain({VALUE: lambda texts: texts.say(key, **values)})
        else:
            self._host.warn(key, **values)
