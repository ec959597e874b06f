"""The page of the alarms and of the audit of the centre."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.central.enrolment import Alarm, alarms
from kiosk.central.notes import MOST, Note, notes
from kiosk.central.staff import StaffLine, people
from ui.models.console.fleet_model import FleetModel
from ui.models.console.host import ConsoleHost
from ui.models.console.moments import exactly

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

ALARMS, AUDIT = "alarms", "audit"
KNOWN_ALARMS = (
    *("other_content", "number_clash", "copied", "not_yours", "cap", "matching_failed"),
    "config_stopped",
)
KNOWN_DEEDS = (
    *("kiosk_enrolled", "kiosk_enrolled_again", "kiosk_claimed", "kiosk_locked"),
    *("kiosk_unlocked", "kiosk_ordered", "kiosk_moved", "kiosk_revoked", "cap_set"),
    *("recovery_opened", "incarnations_settled", "unclaimed_dropped", "bundle_seen"),
    *("config_published", "config_withdrawn", "target_set", "staff_added", "staff_claimed"),
    *("staff_removed", "staff_stopped", "matches_seen", "match_decided", "conflict_settled"),
    *("seen", "changed", "voided", "erased", "exported", "branch_read", "answered"),
)


@QmlElement
class ConsoleNotesModel(QObject):
    """Lists either; of the audit more is read as the list is followed down."""

    changed = Signal()

    def __init__(self, host: ConsoleHost, fleet: FleetModel, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._fleet = fleet
        self._view = ALARMS
        self._alarms: tuple[Alarm, ...] | None = None
        self._notes: tuple[Note, ...] = ()
        self._people: Mapping[str, str] = {}
        self._whole = True

    def enter(self) -> None:
        """Read both anew."""
        session = self._host.session
        if session is not None:
            self._host.run(lambda: (alarms(session), notes(session), people(session)), self._read)

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._view, self._alarms, self._notes, self._whole = ALARMS, None, (), True
        self.changed.emit()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self.changed.emit()

    def _read(
        self, read: tuple[tuple[Alarm, ...], tuple[Note, ...], tuple[StaffLine, ...]]
    ) -> None:
        alarms_read, found, people_read = read
        names = {one.login: one.name for one in people_read}
        same = found[:1] == self._notes[:1] and names == self._people
        if same and alarms_read == self._alarms:
            # A list that is shown anew begins at its top again.
            return
        self._alarms, self._people = alarms_read, names
        # What was followed further down stays in sight.
        last = found[-1].seq if found else 0
        older = tuple(one for one in self._notes if one.seq < last)
        self._notes, self._whole = (
            (*found, *older),
            len(found) < MOST or bool(older and self._whole),
        )
        self.changed.emit()

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        """Whether the centre has answered."""
        return self._alarms is not None

    @Property(str, notify=changed)
    def view(self) -> str:
        return self._view

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, str]]:
        texts = self._host.texts
        if self._view == ALARMS:
            return [
                {
                    "at": exactly(one.at, texts),
                    "what": self._alarm(one.kind),
                    "subject": self._subject(one.number),
                    "by": "",
                }
                for one in self._alarms or ()
            ]
        return [
            {
                "at": exactly(one.at, texts),
                "what": self._deed(one.action),
                "subject": self._subject(one.subject),
                "by": self._who(one.actor),
            }
            for one in self._notes
        ]

    def _alarm(self, kind: str) -> str:
        return (
            self._host.texts.say(f"centre_console.alarm_{kind}") if kind in KNOWN_ALARMS else kind
        )

    def _deed(self, action: str) -> str:
        return self._host.texts.say(f"console.deed.{action}") if action in KNOWN_DEEDS else action

    def _subject(self, subject: str) -> str:
        """Return what a kiosk or person is called; an id of a record as it is."""
        for line in self._fleet.lines:
            if line.kiosk.number == subject:
                return f"{self._fleet.names(line.kiosk)} ({subject})"
        return self._people.get(subject, subject)

    def _who(self, login: str) -> str:
        number = login.removeprefix("kiosk_")
        return self._people.get(login) or self._subject(number)

    @Slot(str)
    def take(self, view: str) -> None:
        """Show the alarms, or the audit."""
        self._view = view
        self.changed.emit()

    @Slot()
    def more(self) -> None:
        """Read what came before the oldest that is shown."""
        session = self._host.session
        if self._view == AUDIT and not self._whole and session is not None:
            self._whole = True
            self._host.run(partial(notes, session, self._notes[-1].seq), self._more_read)

    def _more_read(self, found: tuple[Note, ...]) -> None:
        self._notes, self._whole = (*self._notes, *found), len(found) < MOST
        self.changed.emit()
