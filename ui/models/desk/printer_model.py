"""The printer's page: how it stands, its paper, and the slips that wait for it or for a person."""

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk import actions, slips
from kiosk.desk.actions import ReasonMissing, SlipGiven, SlipOwed
from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.desk.slips import AllOwed, OwedSlips, SlipIsOut, StandsOtherwise
from kiosk.domain.orders import NotPossible
from kiosk.domain.paper import PaperCount
from kiosk.domain.print_job import CopyReason, PrintState
from kiosk.domain.staff import Action
from kiosk.storage.prints import WaitingSlip
from ui.models.desk.detail_view import day_and_hour
from ui.models.desk.host import DeskHost
from ui.models.desk.printer_view import (
    GIVE,
    ICONS,
    NOT_SEEN,
    OPEN,
    PRINT,
    SEEN,
    alarm_of,
    facts_of,
    found_facts,
    found_line,
    look_at_slip,
    look_at_standing,
)
from ui.printer_watch import PrinterWatch

if TYPE_CHECKING:
    from printing.discovery import Finding

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

ITSELF, FOUND = "0", "found "


@QmlElement
class PrinterModel(QObject):
    """Tells of the printer wherever the staff work, and has its slips seen to."""

    changed = Signal()

    def __init__(self, host: DeskHost, watch: PrinterWatch, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._watch = watch
        self._paper: PaperCount | None = None
        self._slips: tuple[WaitingSlip, ...] = ()
        self._more = False
        self._chosen = ITSELF
        watch.changed.connect(self._moved)
        watch.foundChanged.connect(self.changed)

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Show how the printer stands."""
        self._chosen = ITSELF
        self.look()

    def leave(self) -> None:
        """It is followed on every page."""

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._paper, self._slips, self._more, self._chosen = None, (), False, ITSELF
        self.changed.emit()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self.changed.emit()

    def look(self) -> None:
        """Ask the printer, and read what waits for it."""
        self.ask()
        self.read()

    def ask(self) -> None:
        """Ask the printer how it stands."""
        self._watch.look()

    def read(self) -> None:
        """Read what waits, and the paper, as the record has them."""
        desk = self._host.session
        if desk is not None:
            self._host.run(lambda: (slips.paper(desk), slips.owed_slips(desk)), self._seen)

    def _seen(self, seen: tuple[PaperCount | NotAllowed, OwedSlips | NotAllowed]) -> None:
        paper, owed = seen
        self._paper = paper if isinstance(paper, PaperCount) else None
        self._slips, self._more = (), False
        if isinstance(owed, OwedSlips):
            self._slips, self._more = owed.slips, owed.more
        if self._slip is None and self._found is None:
            self._chosen = ITSELF
        self.changed.emit()

    @Slot()
    def _moved(self) -> None:
        self.read()
        self.changed.emit()

    # ------------------------------------------------------------ what QML reads of the printer

    @Property(str, notify=changed)
    def alarm(self) -> str:
        """What must not be overlooked on whatever page."""
        if self._host.session is None:
            return ""
        unsure = sum(one.job.state is PrintState.UNSURE for one in self._slips)
        return alarm_of(
            self._watch.status, self._paper, unsure, self._pages_per_refill, self._host.texts
        )

    @Property(bool, notify=changed)
    def holds(self) -> bool:
        """Whether nothing comes out before somebody goes to the printer."""
        status = self._watch.status
        return status is not None and status.hold is not None

    @Property(dict, notify=changed)
    def standing(self) -> dict[str, str]:
        """How the printer stands, or what is known of the one that was found and chosen."""
        texts, found = self._host.texts, self._found
        if found is None:
            return asdict(look_at_standing(self._watch.status, texts))
        line = found_line(found, texts)
        told = {"word": line["title"], "tone": line["tone"], "icon": line["icon"]}
        return told | {"todo": line["note"]}

    @Property(dict, notify=changed)
    def itself(self) -> dict[str, str]:
        """How the printer of this kiosk stands, in its line."""
        return asdict(look_at_standing(self._watch.status, self._host.texts))

    @Property(bool, notify=changed)
    def ofFound(self) -> bool:
        """Whether a printer that was found is chosen, not the kiosk's own."""
        return self._found is not None

    @property
    def _found(self) -> "Finding | None":
        if not self._chosen.startswith(FOUND):
            return None
        place = int(self._chosen.removeprefix(FOUND))
        return self._watch.found[place] if place < len(self._watch.found) else None

    @Property(str, notify=changed)
    def since(self) -> str:
        """Since when it stands so, as far as this desk has seen it."""
        since, texts = self._watch.since, self._host.texts
        return texts.say("desk.printer.since", when=day_and_hour(since, texts)) if since else ""

    @Property(list, notify=changed)
    def facts(self) -> list[dict[str, str]]:
        watch, found = self._watch, self._found
        if found is not None:
            return found_facts(found, self._host.texts)
        return facts_of(
            watch.status, watch.abilities, self._paper, self._pages_per_refill, self._host.texts
        )

    @property
    def _pages_per_refill(self) -> int:
        return self._host.services.settings.pages_per_refill

    # ------------------------------------------------------------ what QML reads of the slips

    @Property(bool, notify=changed)
    def seesSlips(self) -> bool:
        desk = self._host.session
        return desk is not None and desk.may(Action.SEE)

    @Property(bool, notify=changed)
    def maySearch(self) -> bool:
        """Whether this account sets printers up."""
        desk = self._host.session
        return desk is not None and desk.may(Action.MANAGE_STAFF)

    @Property(bool, notify=changed)
    def searching(self) -> bool:
        return self._watch.searching

    @Property(list, notify=changed)
    def foundLines(self) -> list[dict[str, str]]:
        if not self.maySearch:
            return []
        texts = self._host.texts
        return [
            {"id": f"{FOUND}{place}", **found_line(one, texts)}
            for place, one in enumerate(self._watch.found)
        ]

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, str]]:
        views = (
            (one, look_at_slip(one, self._host.facts, self._host.texts)) for one in self._slips
        )
        return [
            {
                "id": str(one.job.id),
                "title": view.title,
                "note": f"{view.since}, {view.name}",
                "tag": view.tag,
                "tone": view.tone,
                "icon": view.icon,
            }
            for one, view in views
        ]

    @Property(str, notify=changed)
    def owed(self) -> str:
        """How many slips are owed."""
        say, count = self._host.texts.say, len(self._slips)
        if not count:
            return say("desk.printer.none_owed") if self._paper is not None else ""
        return say("desk.printer.owed_more" if self._more else "desk.printer.owed", count=count)

    @Property(int, notify=changed)
    def toPrint(self) -> int:
        """So many are printed again by one order."""
        return sum(one.job.state in slips.LEFT_TO_A_PERSON for one in self._slips)

    @Property(str, notify=changed)
    def chosen(self) -> str:
        return self._chosen

    @Property(dict, notify=changed)
    def slip(self) -> dict[str, Any]:
        """The slip that is chosen; empty while the printer itself is."""
        one = self._slip
        if one is None:
            return {}
        view = look_at_slip(one, self._host.facts, self._host.texts)
        return asdict(view) | {
            "main": self._deed(view.main) if view.main else {},
            "deeds": [self._deed(deed) for deed in view.deeds],
        }

    def _deed(self, name: str) -> dict[str, str]:
        label = self._host.texts.say(f"desk.printer.deed_{name}")
        return {"name": name, "label": label, "icon": ICONS[name]}

    @property
    def _slip(self) -> WaitingSlip | None:
        return next((one for one in self._slips if str(one.job.id) == self._chosen), None)

    # ------------------------------------------------------------ what is done

    @Slot(str)
    def choose(self, line: str) -> None:
        """Show a slip, a printer that was found, or the kiosk's own printer."""
        self._chosen = line
        self.changed.emit()

    @Slot()
    def search(self) -> None:
        self._chosen = ITSELF
        self._watch.search()

    @Slot()
    def refill(self) -> None:
        self._do(slips.note_refill, self._refilled)

    def _refilled(self, outcome: PaperCount | NotAllowed) -> None:
        match outcome:
            case PaperCount():
                self._nudge()
                self._host.tell("desk.told.refilled")
            case NotAllowed():
                self._host.warn("desk.problem.not_allowed")
            case _:
                assert_never(outcome)

    @Slot()
    def printTest(self) -> None:
        host = self._host
        host.services.printing.print_test(host.texts.language, host.new_page())
        host.tell("desk.told.test_printed")

    @Slot()
    def printAll(self) -> None:
        self._do(slips.print_all, self._all_owed)

    def _all_owed(self, outcome: AllOwed | NotAllowed) -> None:
        host = self._host
        match outcome:
            case AllOwed(owed, 0):
                host.tell("desk.told.all_owed", count=owed)
            case AllOwed(owed, left):
                host.warn("desk.told.some_owed", count=owed, left=left)
            case NotAllowed():
                host.warn("desk.problem.not_allowed")
            case _:
                assert_never(outcome)
        self._nudge()

    @Slot(str)
    def do(self, deed: str) -> None:
        """Do something about the slip that is chosen."""
        one = self._slip
        if one is None:
            return
        of, copy = one.job.registration_id, one.job.copy
        if deed == OPEN:
            self._host.show_record(of)
        elif deed == SEEN:
            self._do(lambda desk: slips.confirm_out(desk, of, copy), self._confirmed)
        elif deed == GIVE:
            self._do(lambda desk: actions.give_slip(desk, of), self._given)
        elif deed in {PRINT, NOT_SEEN}:
            self._do(lambda desk: actions.reprint(desk, of, CopyReason.NOT_OUT), self._owed_again)

    def _confirmed(self, outcome: SlipIsOut | StandsOtherwise | NotFound | NotAllowed) -> None:
        host = self._host
        match outcome:
            case SlipIsOut():
                host.tell("desk.told.slip_out")
            case StandsOtherwise(state):
                host.warn("desk.problem.slip_stands", state=host.texts.say(f"desk.slip.{state}"))
            case NotFound() | NotAllowed():
                self._refused(outcome)
            case _:
                assert_never(outcome)

    def _given(self, outcome: SlipGiven | NotAllowed | NotFound | NotPossible) -> None:
        match outcome:
            case SlipGiven():
                self._host.tell("desk.told.slip_given")
            case NotAllowed() | NotFound() | NotPossible():
                self._refused(outcome)
            case _:
                assert_never(outcome)

    def _owed_again(
        self, outcome: SlipOwed | ReasonMissing | NotAllowed | NotFound | NotPossible
    ) -> None:
        match outcome:
            case SlipOwed(copy):
                key = "desk.told.copy_owed" if copy else "desk.told.slip_owed"
                self._host.tell(key, copy=copy)
                self._nudge()
            case ReasonMissing():
                raise AssertionError("a reason is always given here")
            case NotAllowed() | NotFound() | NotPossible():
                self._refused(outcome)
            case _:
                assert_never(outcome)

    def _refused(self, outcome: NotAllowed | NotFound | NotPossible) -> None:
        host = self._host
        match outcome:
            case NotAllowed(Action.COPY_SLIP):
                host.warn("desk.problem.copies_supervised")
            case NotAllowed():
                host.warn("desk.problem.not_allowed")
            case NotFound():
                host.warn("desk.problem.not_found")
            case NotPossible(status):
                told = host.texts.say(f"desk.tag.{status.value}")
                host.warn("desk.problem.not_possible", status=told)
            case _:
                assert_never(outcome)

    def _do(self, work: Callable[[Desk], Any], on_result: Callable[[Any], None]) -> None:
        desk = self._host.session
        if desk is None:
            return

        def finish(outcome: Any) -> None:
            on_result(outcome)
            self.read()
            if desk.may(Action.SEE):
                self._host.refresh()

        self._host.run(lambda: work(desk), finish)

    def _nudge(self) -> None:
        self._host.services.printing.nudge()
        self.ask()
