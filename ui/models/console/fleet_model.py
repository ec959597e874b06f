"""The page of the fleet: who needs a person now, who today, and how the others do."""

from dataclasses import asdict

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.central.enrolment import Enrolled, enrol
from kiosk.console_access import with_keys
from kiosk.domain.fleet import FleetLine, Urgency
from kiosk.domain.regions import Regions
from kiosk.fleet import fleet
from ui.models.console.fleet_rows import FleetRowsModel
from ui.models.console.fleet_view import Names, is_out, row_of, sums_of
from ui.models.console.host import ConsoleHost
from ui.models.console.moments import seen_words
from ui.models.desk.form import Field, Form, Kind, Option, Values

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

NAME, OFFICE = "kiosk_name", "office"
_NAME_LONGEST = 60


def office_field(regions: Regions) -> Field:
    """Return the field in which a kecamatan is found by typing."""
    offices = tuple(Option(one.code, one.name) for one in regions.kecamatan)
    return Field(OFFICE, Kind.PICK, "console.enrol.office", options=lambda *_: offices, span=12)


@QmlElement
class FleetModel(QObject):
    """Holds what the centre last said of all kiosks."""

    changed = Signal()
    enrolled = Signal(object)

    def __init__(self, host: ConsoleHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._urgent, self._fine = FleetRowsModel(self), FleetRowsModel(self)
        self._lines: tuple[FleetLine, ...] = ()
        self._names = Names({}, frozenset())
        self._read_at = ""
        self._reading = False

    @property
    def lines(self) -> tuple[FleetLine, ...]:
        """All kiosks as they were last read."""
        return self._lines

    @property
    def offices(self) -> dict[str, str]:
        """Return the office of each kiosk, by its number."""
        return {one.kiosk.number: one.kiosk.office for one in self._lines}

    @property
    def names(self) -> Names:
        """How they are called."""
        return self._names

    def enter(self) -> None:
        """Read how they stand, unless that is under way."""
        session, now = self._host.session, self._host.now
        if session is not None and not self._reading:
            self._reading = True
            self._host.run(lambda: fleet(session, now()), self._read, self._missed)

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._reading = False
        self._show(())

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self._show(self._lines)

    def _missed(self) -> None:
        self._reading = False

    def take(self, lines: tuple[FleetLine, ...]) -> None:
        """Show what another page has read."""
        self._read(lines)

    def _read(self, lines: tuple[FleetLine, ...]) -> None:
        self._reading = False
        self._read_at = seen_words(self._host.now(), self._host.now(), self._host.texts)
        self._show(lines)

    def _show(self, lines: tuple[FleetLine, ...]) -> None:
        self._lines = lines
        self._names = Names.of((one.kiosk for one in lines), self._host.regions)
        now, texts = self._host.now(), self._host.texts
        rows = [
            (line, row_of(line, place == 0, self._names, now, texts))
            for place, line in enumerate(lines)
        ]
        fine = [(line, row) for line, row in rows if line.judged.urgency is Urgency.FINE]
        by_name = sorted(fine, key=lambda one: (is_out(one[0].kiosk), one[1]["name"]))
        self._urgent.show([row for line, row in rows if line.judged.urgency is not Urgency.FINE])
        self._fine.show([row for _, row in by_name])
        self.changed.emit()

    # ------------------------------------------------------------ what QML reads

    @Property(FleetRowsModel, constant=True)
    def urgent(self) -> FleetRowsModel:
        return self._urgent

    @Property(FleetRowsModel, constant=True)
    def fine(self) -> FleetRowsModel:
        return self._fine

    @Property(dict, notify=changed)
    def sums(self) -> dict[str, int]:
        return asdict(sums_of(self._lines, self._host.now()))

    @Property(str, notify=changed)
    def readAt(self) -> str:
        """When the centre was last asked; "" before the first answer."""
        return self._read_at

    # ------------------------------------------------------------ a new kiosk

    @Slot()
    def enrol(self) -> None:
        """Ask what a new kiosk is called and where it stands."""
        self._host.open_form(
            Form(
                name="enrol",
                title="console.enrol.title",
                lead="console.enrol.lead",
                submit="console.enrol.submit",
                fields=(
                    office_field(self._host.regions),
                    Field(NAME, Kind.TEXT, "console.enrol.name", longest=_NAME_LONGEST, span=12),
                ),
                send=self._enrol,
                kept=False,
            )
        )

    def _enrol(self, values: Values) -> None:
        session = self._host.session
        say = self._host.texts.say
        missing = {key: say("console.enrol.missing") for key in (OFFICE, NAME) if not values[key]}
        if missing or session is None:
            self._host.complain(missing)
            return
        folder = self._host.keys_folder
        self._host.run(
            lambda: enrol(with_keys(session, folder), values[NAME], values[OFFICE]), self._enrolled
        )

    def _enrolled(self, made: Enrolled) -> None:
        self._host.close_form()
        self.enrolled.emit(made.token)
        self._host.tell("console.told.enrolled", number=made.number)
        self.enter()
