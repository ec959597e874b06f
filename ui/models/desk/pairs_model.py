"""The page of what the centre found twice: two people's registrations, or two versions of one."""

from dataclasses import asdict
from typing import Any, assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.central.outcomes import (
    AlreadyDecided,
    AlreadySettled,
    Decided,
    Done,
    NoAnswer,
    NotAllowed,
    NotFound,
    NotPossible,
    ReasonMissing,
    Refused,
    Unreachable,
)
from kiosk.domain.centre import CentreConflict, Match, Verdict
from kiosk.domain.registration_number import group_number
from kiosk.domain.staff import Action
from kiosk.domain.texts import Texts
from ui.models.desk.centre_model import CentreModel, LoginState
from ui.models.desk.centre_view import because_words, no_answer_words, when_words
from ui.models.desk.form import Field, Form, Kind, Option, Values
from ui.models.desk.host import DeskHost
from ui.models.desk.pairs_view import PairView, look_at_conflict, look_at_match

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

REASON, VOID = "reason", "void"
NOBODY = "nobody"
"""None of this office's registrations is made void: that is the other office's to do."""
REASON_LENGTH = 200
SAME, DIFFERENT, CENTRE, KIOSK = "same", "different", "centre", "kiosk"
"""The keys: of a match the first two, of two versions the others."""
Open = Match | CentreConflict


@QmlElement
class PairsModel(QObject):
    """Lists what is open, lays one beside the other, and has a supervisor decide."""

    changed = Signal()

    def __init__(self, host: DeskHost, centre: CentreModel, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._centre = centre
        self._open: tuple[Open, ...] = ()
        self._asked = self._asking = False
        self._no_answer: NoAnswer | None = None
        self._chosen = ""
        centre.changed.connect(self.changed)

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Ask the centre what is open."""
        self._read()

    def leave(self) -> None:
        """It is asked anew the next time."""

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._open, self._chosen, self._no_answer = (), "", None
        self._asked = self._asking = False
        self.changed.emit()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self.changed.emit()

    @Slot()
    def readAgain(self) -> None:
        self._read()

    def _read(self) -> None:
        desk = self._centre.desk
        if desk is None or self._asking:
            return
        self._asking = True
        self.changed.emit()
        self._host.run_far(lambda: (desk.matches(), desk.conflicts()), self._seen)

    def _seen(
        self,
        seen: tuple[tuple[Match, ...] | NoAnswer, tuple[CentreConflict, ...] | NoAnswer],
    ) -> None:
        matches, conflicts = seen
        self._asking, self._no_answer = False, None
        if isinstance(matches, tuple) and isinstance(conflicts, tuple):
            self._open, self._asked = (*conflicts, *matches), True
            if self._one is None:
                self._chosen = _id_of(self._open[0]) if self._open else ""
        else:
            self._no_answer = matches if not isinstance(matches, tuple) else conflicts  # type: ignore[assignment]
        self.changed.emit()
        self._centre.read_flags()

    # ------------------------------------------------------------ what QML reads

    @Property(str, notify=changed)
    def told(self) -> str:
        """Why there is nothing to look at, or that it is old; in one sentence."""
        say = self._host.texts.say
        if self._centre.desk is None:
            opening = self._centre.login_state is LoginState.OPENING
            return say("desk.pairs.asking") if opening else say("desk.centre.login_none")
        if self._no_answer is not None:
            return no_answer_words(self._no_answer, self._host.texts)
        if not self._asked:
            return say("desk.pairs.asking")
        return "" if self._open else say("desk.pairs.none")

    @Property(bool, notify=changed)
    def needsLogin(self) -> bool:
        return self._centre.login_state is LoginState.NONE

    @Property(bool, notify=changed)
    def failed(self) -> bool:
        return self._no_answer is not None

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, str]]:
        return [self._line(one) for one in self._open]

    def _line(self, one: Open) -> dict[str, str]:
        host, texts = self._host, self._host.texts
        when = when_words(one.found_at, host.facts, texts)
        line = {"id": _id_of(one), "tone": "amber", "icon": "users", "tag": ""}
        if isinstance(one, CentreConflict):
            note = texts.say("desk.pairs.tag_versions")
            return line | {"title": group_number(one.number), "note": f"{note}, {when}"}
        names = dict.fromkeys(side.name for side in one.sides)
        title = ", ".join(names)
        because = because_words(one.because, texts).rstrip(".")
        return line | {"title": title, "note": f"{because}, {when}"}

    @Property(str, notify=changed)
    def chosen(self) -> str:
        return self._chosen

    @Property(dict, notify=changed)
    def pair(self) -> dict[str, Any]:
        """The two sides of what is chosen; empty for nothing."""
        view = self._view
        if view is None:
            return {}
        heads, rows = ([asdict(one) for one in part] for part in (view.heads, view.rows))
        return asdict(view) | {"heads": heads, "rows": rows}

    @property
    def _view(self) -> PairView | None:
        one, host = self._one, self._host
        if one is None:
            return None
        if isinstance(one, CentreConflict):
            return look_at_conflict(one, host.facts, host.texts)
        return look_at_match(one, host.facts, host.texts)

    @property
    def _one(self) -> Open | None:
        return next((one for one in self._open if _id_of(one) == self._chosen), None)

    @Property(bool, notify=changed)
    def mayDecide(self) -> bool:
        desk = self._host.session
        return desk is not None and desk.may(Action.DECIDE_DUPLICATES)

    @Property(list, notify=changed)
    def deeds(self) -> list[dict[str, str]]:
        """What can be decided; nothing for who may only look."""
        one, say = self._one, self._host.texts.say
        if one is None or not self.mayDecide:
            return []
        names = (CENTRE, KIOSK) if isinstance(one, CentreConflict) else (DIFFERENT, SAME)
        icons = {SAME: "user", DIFFERENT: "users", CENTRE: "cloud", KIOSK: "desktop"}
        return [
            {"name": name, "label": say(f"desk.pairs.deed_{name}"), "icon": icons[name]}
            for name in names
        ]

    # ------------------------------------------------------------ deciding

    @Slot(str)
    def choose(self, line: str) -> None:
        self._chosen = line
        self._host.close_form()
        self.changed.emit()

    @Slot(str)
    def decide(self, deed: str) -> None:
        """Ask for the reason, and for whose registration is made void; sending it decides."""
        one = self._one
        if one is None or not self.mayDecide:
            return
        fields = [Field(REASON, label="desk.pairs.reason", longest=REASON_LENGTH, span=12)]
        if deed == SAME and isinstance(one, Match):
            options = self._voidable(one)
            fields.insert(0, Field(VOID, Kind.CHOICE, "desk.pairs.void", options=options, span=12))
        self._host.open_form(
            Form(
                name=f"pairs:{deed}",
                title=f"desk.pairs.deed_{deed}",
                lead=f"desk.pairs.lead_{deed}",
                submit=f"desk.pairs.submit_{deed}",
                fields=tuple(fields),
                send=lambda values: self._send(one, deed, values),
                grave=deed == SAME,
                kept=False,
            )
        )

    def _voidable(self, match: Match) -> Any:
        def options(_values: Values, texts: Texts) -> tuple[Option, ...]:
            own = [side for side in match.sides if side.own and side.status != "void"]
            chosen = [Option(one.registration_id, group_number(one.number)) for one in own]
            return (*chosen, Option(NOBODY, texts.say("desk.pairs.void_nobody")))

        return options

    def _send(self, one: Open, deed: str, values: Values) -> None:
        desk, say = self._centre.desk, self._host.texts.say
        problems = {}
        if not values[REASON].strip():
            problems[REASON] = say("desk.problem.reason_missing")
        if deed == SAME and not values[VOID]:
            problems[VOID] = say("desk.problem.void_missing")
        if problems or desk is None:
            self._host.complain(problems)
            return
        reason = values[REASON].strip()
        if isinstance(one, CentreConflict):
            self._host.run_far(lambda: desk.settle(one.id, deed, reason), self._sent)
            return
        verdict = Verdict.SAME_PERSON if deed == SAME else Verdict.DIFFERENT
        void = None if values.get(VOID, NOBODY) == NOBODY else values[VOID]
        self._host.run_far(lambda: desk.decide(one.id, verdict, void, reason), self._sent)

    def _sent(self, outcome: Decided | Done | AlreadyDecided | AlreadySettled | Refused) -> None:
        host = self._host
        match outcome:
            case Decided() | Done():
                self._finish("desk.told.decided")
            case AlreadyDecided() | AlreadySettled() | NotFound():
                self._finish("desk.told.decided_before")
            case ReasonMissing():
                host.complain({REASON: host.texts.say("desk.problem.reason_missing")})
            case NotPossible():
                host.complain({}, host.texts.say("desk.pairs.not_possible"))
            case Unreachable() | NotAllowed():
                host.complain({}, no_answer_words(outcome, host.texts))
            case _:
                assert_never(outcome)

    def _finish(self, told: str) -> None:
        self._host.close_form()
        self._host.tell(told)
        centre = self._centre.centre
        if centre is not None:
            # What was decided comes down as a change.
            centre.nudge()
        self._read()


def _id_of(one: Open) -> str:
    """Matches and conflicts are numbered apart."""
    return ("version " if isinstance(one, CentreConflict) else "match ") + one.id
