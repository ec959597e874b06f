"""What people ask about their data: recorded at the record, carried out on a page of its own."""

from collections.abc import Callable
from typing import Any, assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.clock import local
from kiosk.desk import rights
from kiosk.desk.copies import copy_of
from kiosk.desk.rights import (
    CarriedOut,
    NoSuchRequest,
    NotAllGone,
    NotYetDone,
)
from kiosk.desk.session import NotAllowed, NotFound
from kiosk.domain.desk import Detail
from kiosk.domain.personal_copy import PersonalCopy
from kiosk.domain.registration_number import group_number
from kiosk.domain.rights import NEEDS, OpenRequest, Request, Right
from kiosk.domain.texts import Texts
from kiosk.domain.wording import moment_words
from ui.models.desk.detail_view import RIGHTS
from ui.models.desk.form import Field, Form, Kind, Option, Remark, Values
from ui.models.desk.host import DeskHost

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

CARRY_OUT, CALL_OFF, OPEN_RECORD = "carry_out", "call_off", "open_record"
PRINT_COPY, PRINT_PROOF = "print_copy", "print_proof"
LAST_DIGITS = 4
SOON_HOURS = 24
_ICONS = {
    CARRY_OUT: "check",
    CALL_OFF: "x",
    OPEN_RECORD: "users",
    PRINT_COPY: "printer",
    PRINT_PROOF: "printer",
}
_GRAVE = (Right.WITHDRAWAL, Right.ERASURE)


@QmlElement
class RequestsModel(QObject):
    """Lists what waits, the nearest deadline first, and carries one request out."""

    changed = Signal()

    def __init__(self, host: DeskHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._open: tuple[OpenRequest, ...] = ()
        self._read = False
        self._chosen = 0
        self._copied: set[int] = set()
        self._done: CarriedOut | None = None
        self._busy = False

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Read what waits."""
        desk = self._host.session
        if desk is not None:
            self._host.run(lambda: rights.open_requests(desk), self._seen)

    def leave(self) -> None:
        """What was carried out is not shown again."""
        self._done, self._busy = None, False
        self.changed.emit()

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._open, self._read, self._chosen = (), False, 0
        self._copied.clear()
        self.leave()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self.changed.emit()

    def begin(self, detail: Detail) -> None:
        """Ask which right the person of a record wants to use."""
        registration = detail.registration
        self._host.open_form(
            Form(
                name=f"{RIGHTS}:{registration.id}",
                title="desk.requests.record",
                lead="desk.requests.record_lead",
                submit="desk.requests.record_submit",
                fields=(
                    Field("right", Kind.CHOICE, "desk.requests.which", options=_rights, span=12),
                ),
                remark=_meaning,
                send=lambda values: self._record(registration.id, values),
            )
        )

    def _record(self, registration_id: str, values: Values) -> None:
        host, desk = self._host, self._host.session
        if desk is None:
            return
        if not values["right"]:
            host.complain({"right": host.texts.say("desk.problem.right_missing")})
            return
        right = Right(values["right"])
        host.run(lambda: rights.record_request(desk, registration_id, right), self._recorded)

    def _recorded(self, outcome: Request | NotAllowed | NotFound) -> None:
        host = self._host
        match outcome:
            case Request():
                self._chosen = outcome.id
                host.go("requests")
                due = moment_words(local(outcome.due_at), host.texts)
                host.tell("desk.told.request_recorded", due=due)
            case NotAllowed() | NotFound():
                self._refused(outcome)
            case _:
                assert_never(outcome)

    def _seen(self, requests: tuple[OpenRequest, ...] | NotAllowed) -> None:
        if isinstance(requests, NotAllowed):
            return
        self._open, self._read = requests, True
        known = {one.request.id for one in requests}
        if self._chosen not in known and self._done is None:
            self._chosen = requests[0].request.id if requests else 0
        self.changed.emit()

    # ------------------------------------------------------------ what QML reads

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, str]]:
        texts = self._host.texts
        return [
            {
                "id": str(one.request.id),
                "title": texts.say(f"right.{one.request.right.value}"),
                "note": group_number(one.request.number),
                **_time_tag(one, texts),
            }
            for one in self._open
        ]

    @Property(bool, notify=changed)
    def nothing(self) -> bool:
        """Whether it is known that nothing waits."""
        return self._read and not self._open

    @Property(str, notify=changed)
    def chosen(self) -> str:
        return str(self._chosen)

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        return self._busy

    @Property(bool, notify=changed)
    def done(self) -> bool:
        """Whether what was just carried out is shown."""
        return self._done is not None

    @Property(str, notify=changed)
    def title(self) -> str:
        request = self._request
        return self._host.texts.say(f"right.{request.right.value}") if request else ""

    @Property(str, notify=changed)
    def number(self) -> str:
        return group_number(self._request.number) if self._request else ""

    @Property(dict, notify=changed)
    def tag(self) -> dict[str, str]:
        """How long there is, or that it is done."""
        if self._done is not None:
            text = self._host.texts.say("desk.requests.done")
            return {"tag": text, "tone": "leaf", "icon": "check-circle"}
        found = (one for one in self._open if one.request.id == self._chosen)
        chosen = next(found, None)
        return _time_tag(chosen, self._host.texts) if chosen else {}

    @Property(list, notify=changed)
    def facts(self) -> list[dict[str, str]]:
        request, texts = self._request, self._host.texts
        if request is None:
            return []
        facts = [
            ("rights_proof.asked_at", moment_words(local(request.asked_at), texts)),
            ("rights_proof.due_at", moment_words(local(request.due_at), texts)),
            ("desk.requests.recorded_by", request.recorded_by),
        ]
        if request.closed_at is not None:
            facts[2:] = [
                ("rights_proof.done_at", moment_words(local(request.closed_at), texts)),
                ("rights_proof.done_by", request.closed_by),
            ]
        return [{"label": texts.say(key), "value": value} for key, value in facts]

    @Property(str, notify=changed)
    def told(self) -> str:
        """What to do for the request, or what was done."""
        request, say = self._request, self._host.texts.say
        if request is None:
            return ""
        if self._done is not None:
            return say("desk.requests.hand_proof")
        return say(f"desk.requests.do_{request.right.value}")

    @Property(str, notify=changed)
    def warned(self) -> str:
        """What must not be overlooked."""
        request, say = self._request, self._host.texts.say
        if self._done is not None and self._done.others:
            numbers = ", ".join(group_number(one) for one in self._done.others)
            return say("desk.requests.others", numbers=numbers)
        if request is not None and self._done is None and not self._may(request.right):
            return say("desk.requests.supervisor")
        return ""

    @Property(list, notify=changed)
    def deeds(self) -> list[dict[str, str]]:
        return [self._deed(name) for name in self._deeds()[1:]]

    @Property(dict, notify=changed)
    def mainDeed(self) -> dict[str, str]:
        """The yellow key: what comes next for this request."""
        first = self._deeds()[:1]
        return self._deed(first[0]) if first and first[0] else {}

    def _deeds(self) -> list[str]:
        """The yellow key first, "" where there is none."""
        request = self._request
        if request is None:
            return []
        if self._done is not None:
            return [PRINT_PROOF]
        if not self._may(request.right):
            return ["", CALL_OFF, OPEN_RECORD]
        if request.right is Right.COPY:
            first = [PRINT_COPY, CARRY_OUT]
            if request.id in self._copied:
                first.reverse()
            return [*first, CALL_OFF, OPEN_RECORD]
        return [CARRY_OUT, CALL_OFF, OPEN_RECORD]

    def _deed(self, name: str) -> dict[str, str]:
        request = self._request
        which = f"{name}_{request.right.value}" if name == CARRY_OUT and request else name
        label = self._host.texts.say(f"desk.requests.{which}")
        return {"name": name, "label": label, "icon": _ICONS[name]}

    def _may(self, right: Right) -> bool:
        desk = self._host.session
        return desk is not None and desk.account.may(NEEDS[right])

    @property
    def _request(self) -> Request | None:
        if self._done is not None:
            return self._done.request
        known = (one.request for one in self._open)
        return next((one for one in known if one.id == self._chosen), None)

    # ------------------------------------------------------------ what is done

    @Slot(str)
    def choose(self, request_id: str) -> None:
        self._host.close_form()
        self._chosen, self._done = int(request_id), None
        self.changed.emit()

    @Slot(str)
    def do(self, deed: str) -> None:
        request = self._request
        if request is None or self._busy:
            return
        deeds: dict[str, Callable[[Request], None]] = {
            CARRY_OUT: self._begin_carrying_out,
            CALL_OFF: self._call_off,
            OPEN_RECORD: lambda one: self._host.show_record(one.registration_id),
            PRINT_COPY: self._print_copy,
            PRINT_PROOF: self._print_proof,
        }
        deeds[deed](request)

    def _begin_carrying_out(self, request: Request) -> None:
        if request.right in _GRAVE:
            self._host.open_form(self._confirmation(request))
        else:
            self._carry_out(request)

    def _confirmation(self, request: Request) -> Form:
        """A withdrawal or an erasure cannot be taken back: name the number once more."""
        number = group_number(request.number)
        return Form(
            name="carry_out",
            title=f"desk.requests.confirm_{request.right.value}",
            lead=f"desk.requests.confirm_{request.right.value}_lead",
            submit=f"desk.requests.carry_out_{request.right.value}",
            fields=(
                Field(
                    "last_digits",
                    Kind.DIGITS,
                    "desk.requests.last_digits",
                    hint="desk.requests.last_digits_hint",
                    longest=LAST_DIGITS,
                ),
            ),
            remark=lambda _values, texts: Remark(texts.say("desk.requests.of_number"), number),
            send=lambda values: self._confirmed(request, values),
            grave=True,
            kept=False,
        )

    def _confirmed(self, request: Request, values: Values) -> None:
        if values["last_digits"].strip() == request.number[-LAST_DIGITS:]:
            self._carry_out(request)
        else:
            say = self._host.texts.say
            self._host.complain({"last_digits": say("desk.problem.last_digits")})

    def _carry_out(self, request: Request) -> None:
        papers = self._host.services.printing
        self._work(
            lambda desk: rights.carry_out(desk, request.id, papers),
            self._carried_out,
        )

    def _carried_out(
        self, outcome: CarriedOut | NotYetDone | NotAllGone | NotAllowed | NoSuchRequest
    ) -> None:
        host = self._host
        match outcome:
            case CarriedOut(request):
                host.close_form()
                self._done = outcome
                self._print_proof(request)
                host.tell("desk.told.request_done")
                host.refresh()
                self.enter()
            case NotYetDone():
                request_now = self._request
                right = request_now.right if request_now else Right.COPY
                host.warn(f"desk.problem.not_yet_{right.value}")
            case NotAllGone():
                host.close_form()
                host.warn("desk.problem.not_all_gone")
                host.refresh()
            case NotAllowed() | NoSuchRequest():
                self._refused(outcome)
            case _:
                assert_never(outcome)

    def _print_proof(self, request: Request) -> None:
        self._host.services.printing.print_proof(request, self._host.new_page())

    def _print_copy(self, request: Request) -> None:
        self._work(
            lambda desk: copy_of(desk, request.registration_id),
            lambda outcome: self._copy_made(outcome, request),
        )

    def _copy_made(self, outcome: PersonalCopy | NotAllowed | NotFound, request: Request) -> None:
        host = self._host
        match outcome:
            case PersonalCopy():
                host.services.printing.print_copy(outcome, host.new_page())
                self._copied.add(request.id)
                host.tell("desk.told.copy_printed")
            case NotAllowed() | NotFound():
                self._refused(outcome)
            case _:
                assert_never(outcome)

    def _call_off(self, request: Request) -> None:
        self._work(lambda desk: rights.call_off(desk, request.id), self._called_off)

    def _called_off(self, outcome: Request | NotAllowed | NoSuchRequest) -> None:
        match outcome:
            case Request():
                self._host.tell("desk.told.request_called_off")
                self.enter()
            case NotAllowed() | NoSuchRequest():
                self._refused(outcome)
            case _:
                assert_never(outcome)

    def _work(self, work: Callable[[Any], Any], on_result: Callable[[Any], None]) -> None:
        desk = self._host.session
        if desk is None:
            return
        self._busy = True
        self.changed.emit()

        def finish(outcome: Any) -> None:
            self._busy = False
            on_result(outcome)
            self.changed.emit()

        self._host.run(lambda: work(desk), finish)

    def _refused(self, outcome: NotAllowed | NotFound | NoSuchRequest) -> None:
        host = self._host
        host.close_form()
        match outcome:
            case NotAllowed():
                host.warn("desk.problem.not_allowed")
            case NotFound():
                host.warn("desk.problem.not_found")
            case NoSuchRequest():
                host.warn("desk.problem.no_such_request")
                self.enter()
            case _:
                assert_never(outcome)


def _rights(_values: Values, texts: Texts) -> tuple[Option, ...]:
    return tuple(Option(one.value, texts.say(f"right.{one.value}")) for one in Right)


def _meaning(values: Values, texts: Texts) -> Remark:
    right = values["right"]
    return Remark(texts.say(f"desk.requests.means_{right}")) if right else Remark()


def _time_tag(one: OpenRequest, texts: Texts) -> dict[str, str]:
    if one.overdue:
        told = texts.say("desk.requests.overdue", hours=one.hours)
        return {"tag": told, "tone": "brick", "icon": "warning"}
    tone = "amber" if one.hours < SOON_HOURS else "sand"
    told = texts.say("desk.requests.left", hours=one.hours)
    return {"tag": told, "tone": tone, "icon": "clock"}
