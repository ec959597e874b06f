"""The long forms: correcting a record, and registering somebody at the desk."""

from dataclasses import replace
from functools import partial
from typing import assert_never
from uuid import uuid4

from kiosk.desk import actions
from kiosk.desk.actions import ChangedMeanwhile, Done, NikTaken, ReasonMissing
from kiosk.desk.entry import Entry, enter
from kiosk.desk.session import NotAllowed, NotFound
from kiosk.domain.answers import Stop
from kiosk.domain.correction import MayNotRegister, Mistaken
from kiosk.domain.desk import Detail
from kiosk.domain.orders import TEXT_MAX_LENGTH, AlreadySo, NotPossible, Order
from kiosk.registration import AlreadyRegistered, Registered
from ui.models.desk import answers_form
from ui.models.desk.answers_form import say_problems, to_answers, to_values
from ui.models.desk.form import Field, Form, Kind, Values
from ui.models.desk.host import DeskHost
from ui.models.desk.record_forms import RecordForms

ENTER = "enter"


class EntryForms:
    """Opens the page with everything that is asked, and takes it."""

    def __init__(self, host: DeskHost, orders: RecordForms) -> None:
        self._host = host
        self._orders = orders

    # ------------------------------------------------------------ correcting

    def correct(self, detail: Detail) -> None:
        """Open a record's answers for changing."""
        host = self._host
        reason = Field(
            "reason",
            Kind.TEXT,
            "desk.form.reason",
            longest=TEXT_MAX_LENGTH,
            span=12,
        )
        host.open_form(
            Form(
                name=f"{Order.CORRECT.value}:{detail.registration.id}",
                title="desk.form.correct",
                lead="desk.form.correct_lead",
                submit="desk.form.correct_submit",
                fields=(*answers_form.answer_fields(host.facts, host.services.settings), reason),
                values=to_values(detail.answers, host.facts),
                remark=lambda values, texts: answers_form.remark(values, host.facts, texts),
                send=lambda values: self._send_correction(detail, values),
                whole_page=True,
            )
        )

    def _send_correction(self, detail: Detail, values: Values) -> None:
        desk = self._host.session
        if desk is None:
            return
        shown = to_values(detail.answers, self._host.facts)
        # What the page cannot show of an old record stays as it is.
        given = to_answers(values)
        kept = detail.answers if all(values.get(k, "") == v for k, v in shown.items()) else given
        answers = replace(
            kept, consent=detail.answers.consent, declarations=detail.answers.declarations
        )
        seen = detail.registration.revision
        self._host.run(
            lambda: actions.correct(desk, detail.registration.id, seen, answers, values["reason"]),
            lambda outcome: self._corrected(outcome, values),
        )

    def _corrected(
        self,
        outcome: Done
        | AlreadySo
        | Mistaken
        | MayNotRegister
        | NikTaken
        | ChangedMeanwhile
        | ReasonMissing
        | NotAllowed
        | NotFound
        | NotPossible,
        values: Values,
    ) -> None:
        host = self._host
        match outcome:
            case Done():
                host.close_form()
                host.tell("desk.told.corrected")
                host.refresh()
            case Mistaken(problems):
                host.complain(say_problems(problems, values, host.texts))
            case MayNotRegister(stop):
                self._say_stop(stop)
            case NikTaken(number):
                host.complain({"nik": host.texts.say("desk.problem.nik_taken", number=number)})
            case ReasonMissing():
                self._orders.reason_missing()
            case AlreadySo() | ChangedMeanwhile() | NotAllowed() | NotFound() | NotPossible():
                self._orders.refused(outcome)
            case _:
                assert_never(outcome)

    # ------------------------------------------------------------ registering

    def enter(self, values: Values | None = None) -> None:
        """Open an empty page for somebody who is helped at the desk."""
        host, draft_id = self._host, str(uuid4())
        host.open_form(
            Form(
                name=ENTER,
                title="desk.form.enter",
                lead="desk.form.enter_lead",
                submit="desk.form.enter_submit",
                fields=(
                    *answers_form.answer_fields(host.facts, host.services.settings),
                    *answers_form.consent_fields(),
                ),
                values=values
                or {
                    "lives": "here",
                    "phone_owner": "own",
                    "income_period": "month",
                    "income_days": "26",
                },
                remark=lambda given, texts: answers_form.remark(given, host.facts, texts),
                send=lambda given: self._send_entry(draft_id, given),
                whole_page=True,
            )
        )

    def _send_entry(self, draft_id: str, values: Values) -> None:
        desk, texts = self._host.session, self._host.texts
        if desk is None:
            return
        version = texts.say("consent.version") if values.get("consent") else ""
        entry = Entry(draft_id, to_answers(values), version, texts.language)
        write = partial(self._host.services.room.covers, partial(enter, desk, entry))
        self._host.run(write, lambda outcome: self._entered(outcome, values))

    def _entered(
        self,
        outcome: Registered | AlreadyRegistered | Mistaken | MayNotRegister | NotAllowed,
        values: Values,
    ) -> None:
        host = self._host
        match outcome:
            case Registered(registration):
                host.services.printing.nudge()
                host.close_form()
                host.tell("desk.told.entered")
                host.show_record(registration.id)
            case AlreadyRegistered():
                host.complain({"nik": host.texts.say("desk.problem.nik_known")})
            case Mistaken(problems):
                host.complain(say_problems(problems, values, host.texts))
            case MayNotRegister(stop):
                self._say_stop(stop)
            case NotAllowed():
                self._orders.refused(outcome)
            case _:
                assert_never(outcome)

    def _say_stop(self, stop: Stop) -> None:
        self._host.complain({}, self._host.texts.say(f"desk.stop.{stop.value}"))
