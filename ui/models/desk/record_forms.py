"""The forms about the record that is open: payment, KPJ, void, and what comes of sending them."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from kiosk.desk import actions
from kiosk.desk.actions import (
    ChangedMeanwhile,
    Done,
    KpjTaken,
    PaidFor,
    ReasonMissing,
    SlipGiven,
    SlipOwed,
    quote_months,
)
from kiosk.desk.session import NotAllowed, NotFound
from kiosk.domain.desk import Detail
from kiosk.domain.money import format_rupiah
from kiosk.domain.months import Month
from kiosk.domain.orders import (
    KPJ_DIGITS,
    REJECTION_MAX_LENGTH,
    TEXT_MAX_LENGTH,
    AlreadySo,
    KpjWrong,
    NotPossible,
    Order,
    Payment,
    PaymentWrong,
)
from kiosk.domain.print_job import CopyReason
from kiosk.domain.registration import Status
from kiosk.domain.texts import Texts
from kiosk.domain.wording import month_words, period_words
from ui.models.desk.form import Field, Form, Kind, Option, Remark, Values, so_many_months
from ui.models.desk.host import DeskHost

OTHER_CHANNEL = "other"
_DATE_DIGITS = 8


def read_date(digits: str) -> date | None:
    """Read eight digits DDMMYYYY; None when they are no day."""
    if len(digits) != _DATE_DIGITS or not digits.isdecimal():
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None


class RecordForms:
    """Opens a form for an order, sends it, and tells what came of it."""

    def __init__(self, host: DeskHost) -> None:
        self._host = host

    def begin(self, order: Order, detail: Detail) -> None:
        """Carry an order out, or open the form for what it needs."""
        match order:
            case Order.ACCEPT | Order.REJECT:
                self._host.open_form(self._answer(detail))
            case Order.PAY | Order.RENEW:
                self._host.open_form(self._payment(order, detail))
            case Order.RECORD_KPJ:
                self._host.open_form(self._kpj(detail))
            case Order.VOID:
                self._host.open_form(self._void(detail))
            case Order.REPRINT:
                self._reprint(detail)
            case Order.GIVE_SLIP:
                self._give_slip(detail)
            case Order.CORRECT:
                raise AssertionError("a correction has a form of its own")
            case _:
                assert_never(order)

    # ------------------------------------------------------------ the branch's answer

    def _answer(self, detail: Detail) -> Form:
        return Form(
            name=f"{Order.ACCEPT.value}:{detail.registration.id}",
            title="desk.form.answer",
            lead="desk.form.answer_lead",
            submit="desk.form.answer_submit",
            fields=(
                Field("answer", Kind.CHOICE, "desk.form.answered", options=_answers, span=12),
                Field(
                    "reason",
                    Kind.TEXT,
                    "desk.form.rejected_because",
                    hint="desk.form.rejected_because_hint",
                    shown=lambda values: values["answer"] == Order.REJECT.value,
                    longest=REJECTION_MAX_LENGTH,
                    span=12,
                ),
            ),
            send=lambda values: self._send_answer(detail, values),
        )

    def _send_answer(self, detail: Detail, values: Values) -> None:
        host, desk, of = self._host, self._host.session, detail.registration.id
        if desk is None:
            return
        if values["answer"] == Order.REJECT.value:
            host.run(lambda: actions.reject(desk, of, values["reason"]), self._answer_sent)
        elif values["answer"] == Order.ACCEPT.value:
            host.run(lambda: actions.accept(desk, of), self._answer_sent)
        else:
            host.complain({"answer": host.texts.say("desk.problem.answer_missing")})

    def _answer_sent(
        self, outcome: Done | ReasonMissing | NotAllowed | NotFound | NotPossible
    ) -> None:
        match outcome:
            case Done():
                self._finish("desk.told.answer")
            case ReasonMissing():
                self.reason_missing()
            case NotAllowed() | NotFound() | NotPossible():
                self.refused(outcome)
            case _:
                assert_never(outcome)

    # ------------------------------------------------------------ payment

    def _payment(self, order: Order, detail: Detail) -> Form:
        host = self._host
        today = host.facts.today
        first = detail.renewal_from or Month.of(today)
        months = len(detail.registration.application.this_month.months)
        return Form(
            name=f"{order.value}:{detail.registration.id}",
            title=f"desk.form.{order.value}",
            lead="desk.form.pay_lead",
            submit=f"desk.form.{order.value}_submit",
            fields=(
                Field("channel", Kind.CHOICE, "desk.form.channel", options=self._channels, span=12),
                Field(
                    "other",
                    Kind.TEXT,
                    "desk.form.other_channel",
                    shown=lambda values: values["channel"] == OTHER_CHANNEL,
                ),
                Field(
                    "reference",
                    Kind.TEXT,
                    "desk.form.reference",
                    hint="desk.form.reference_hint",
                    longest=TEXT_MAX_LENGTH,
                ),
                Field("paid_on", Kind.DATE, "desk.form.paid_on"),
                Field("months", Kind.CHOICE, "desk.form.months", options=self._periods, span=12),
                Field(
                    "first_month",
                    Kind.CHOICE,
                    "desk.form.first_month",
                    options=lambda _values, texts: _first_months(first, texts),
                    span=12,
                ),
            ),
            values={
                "paid_on": f"{today:%d%m%Y}",
                "months": str(months),
                "first_month": str(first),
            },
            remark=lambda values, texts: self._costs(detail, values, texts),
            send=lambda values: self._send_payment(order, detail, values),
        )

    def _channels(self, _values: Values, texts: Texts) -> tuple[Option, ...]:
        channels = self._host.services.data.payment.reached(with_phone=False)
        names = [Option(name, name) for channel in channels for name in channel.names]
        return (*names, Option(OTHER_CHANNEL, texts.say("desk.form.other")))

    def _periods(self, _values: Values, texts: Texts) -> tuple[Option, ...]:
        return so_many_months(self._host.facts.tariff.periods, texts)

    def _costs(self, detail: Detail, values: Values, texts: Texts) -> Remark:
        desk = self._host.session
        first = _month(values["first_month"])
        if desk is None or first is None or not values["months"]:
            return Remark()
        months = int(values["months"])
        costs = quote_months(desk, detail.registration.application, first, months)
        if costs is None:
            return Remark(texts.say("desk.form.cost_unknown"))
        period = period_words(first, first.plus(months - 1), texts)
        return Remark(texts.say("desk.form.costs", period=period), format_rupiah(costs.total))

    def _send_payment(self, order: Order, detail: Detail, values: Values) -> None:
        host, desk = self._host, self._host.session
        paid_on, first = read_date(values["paid_on"]), _month(values["first_month"])
        say = host.texts.say
        channel = values["other"] if values["channel"] == OTHER_CHANNEL else values["channel"]
        problems: dict[str, str] = {}
        if paid_on is None:
            problems["paid_on"] = say("desk.problem.no_date")
        if not values["months"]:
            problems["months"] = say("desk.problem.months_missing")
        if paid_on is None or first is None or problems or desk is None:
            host.complain(problems)
            return
        payment = Payment(channel, values["reference"], paid_on, first, int(values["months"]))
        use_case = actions.mark_paid if order is Order.PAY else actions.renew
        host.run(
            lambda: use_case(desk, detail.registration.id, payment),
            lambda outcome: self._payment_sent(outcome, values),
        )

    def _payment_sent(
        self, outcome: PaidFor | PaymentWrong | NotAllowed | NotFound | NotPossible, values: Values
    ) -> None:
        host = self._host
        match outcome:
            case PaidFor():
                self._finish("desk.told.paid")
            case PaymentWrong(flaw, earliest):
                field = _FIELD_OF_FLAW[flaw.value]
                if field == "channel" and values["channel"] == OTHER_CHANNEL:
                    field = "other"
                month = month_words(earliest, host.texts)
                said = host.texts.say(f"desk.problem.{flaw.value}", month=month)
                host.complain({field: said})
            case NotAllowed() | NotFound() | NotPossible():
                self.refused(outcome)
            case _:
                assert_never(outcome)

    # ------------------------------------------------------------ KPJ

    def _kpj(self, detail: Detail) -> Form:
        return Form(
            name=f"{Order.RECORD_KPJ.value}:{detail.registration.id}",
            title="desk.form.record_kpj",
            lead="desk.form.kpj_lead",
            submit="desk.form.record_kpj_submit",
            fields=(
                Field(
                    "kpj",
                    Kind.DIGITS,
                    "desk.kpj",
                    hint="desk.form.kpj_hint",
                    longest=KPJ_DIGITS + 4,
                ),
            ),
            send=lambda values: self._send_kpj(detail, values),
        )

    def _send_kpj(self, detail: Detail, values: Values) -> None:
        desk = self._host.session
        if desk is not None:
            self._host.run(
                lambda: actions.record_kpj(desk, detail.registration.id, values["kpj"]),
                self._kpj_sent,
            )

    def _kpj_sent(
        self, outcome: Done | KpjWrong | KpjTaken | NotAllowed | NotFound | NotPossible
    ) -> None:
        say = self._host.texts.say
        match outcome:
            case Done():
                self._finish("desk.told.kpj")
            case KpjWrong(0):
                self._host.complain({"kpj": say("desk.problem.kpj_not_digits")})
            case KpjWrong(digits):
                self._host.complain({"kpj": say("desk.problem.kpj_digits", digits=digits)})
            case KpjTaken(number):
                self._host.complain({"kpj": say("desk.problem.kpj_taken", number=number)})
            case NotAllowed() | NotFound() | NotPossible():
                self.refused(outcome)
            case _:
                assert_never(outcome)

    # ------------------------------------------------------------ void

    def _void(self, detail: Detail) -> Form:
        return Form(
            name=f"{Order.VOID.value}:{detail.registration.id}",
            title="desk.form.void",
            lead="desk.form.void_lead",
            submit="desk.form.void_submit",
            fields=(
                Field("reason", Kind.TEXT, "desk.form.reason", longest=TEXT_MAX_LENGTH, span=12),
            ),
            grave=True,
            send=lambda values: self._send_void(detail, values),
        )

    def _send_void(self, detail: Detail, values: Values) -> None:
        desk = self._host.session
        if desk is not None:
            self._host.run(
                lambda: actions.void(desk, detail.registration.id, values["reason"]),
                self._void_sent,
            )

    def _void_sent(self, outcome: Done | ReasonMissing | NotAllowed | NotFound) -> None:
        match outcome:
            case Done():
                self._finish("desk.told.void")
            case ReasonMissing():
                self.reason_missing()
            case NotAllowed() | NotFound():
                self.refused(outcome)
            case _:
                assert_never(outcome)

    # ------------------------------------------------------------ slip

    def _reprint(self, detail: Detail) -> None:
        """Owe the slip, or ask first why a copy is wanted."""
        desk, of = self._host.session, detail.registration.id
        if desk is not None:
            self._host.run(
                lambda: actions.reprint(desk, of),
                lambda outcome: self._reprinted(outcome, of, asked=False),
            )

    def _copy(self, registration_id: str) -> Form:
        return Form(
            name=f"{Order.REPRINT.value}:{registration_id}",
            title="desk.form.copy",
            lead="desk.form.copy_lead",
            submit="desk.form.copy_submit",
            fields=(
                Field("why", Kind.CHOICE, "desk.form.copy_why", options=_copy_reasons, span=12),
                Field(
                    "remark",
                    Kind.TEXT,
                    "desk.form.copy_remark",
                    shown=lambda values: values["why"] == CopyReason.OTHER.value,
                    longest=TEXT_MAX_LENGTH,
                    span=12,
                ),
            ),
            send=lambda values: self._send_copy(registration_id, values),
        )

    def _send_copy(self, registration_id: str, values: Values) -> None:
        host, desk = self._host, self._host.session
        if desk is None:
            return
        if not values["why"]:
            host.complain({"why": host.texts.say("desk.problem.copy_why_missing")})
            return
        why, remark = CopyReason(values["why"]), values["remark"]
        host.run(
            lambda: actions.reprint(desk, registration_id, why, remark),
            lambda outcome: self._reprinted(outcome, registration_id, asked=True),
        )

    def _reprinted(
        self,
        outcome: SlipOwed | ReasonMissing | NotAllowed | NotFound | NotPossible,
        registration_id: str,
        *,
        asked: bool,
    ) -> None:
        host = self._host
        match outcome:
            case SlipOwed(copy):
                host.services.printing.nudge()
                host.close_form()
                host.tell("desk.told.copy_owed" if copy else "desk.told.slip_owed", copy=copy)
                host.refresh()
            case ReasonMissing() if asked:
                host.complain({"remark": host.texts.say("desk.problem.reason_missing")})
            case ReasonMissing():
                host.open_form(self._copy(registration_id))
            case NotAllowed() | NotFound() | NotPossible():
                self.refused(outcome)
            case _:
                assert_never(outcome)

    def _give_slip(self, detail: Detail) -> None:
        desk = self._host.session
        if desk is not None:
            self._host.run(
                lambda: actions.give_slip(desk, detail.registration.id), self._slip_given
            )

    def _slip_given(self, outcome: SlipGiven | NotAllowed | NotFound | NotPossible) -> None:
        if isinstance(outcome, SlipGiven):
            self._host.tell("desk.told.slip_given")
            self._host.refresh()
        else:
            self.refused(outcome)

    # ------------------------------------------------------------ what every order may meet

    def reason_missing(self) -> None:
        """Ask for the reason."""
        self._host.complain({"reason": self._host.texts.say("desk.problem.reason_missing")})

    def refused(
        self, outcome: NotAllowed | NotFound | NotPossible | ChangedMeanwhile | AlreadySo
    ) -> None:
        """Say why nothing was changed."""
        host = self._host
        values: dict[str, str] = {}
        match outcome:
            case NotAllowed():
                key = "desk.problem.not_allowed"
            case NotFound():
                key = "desk.problem.not_found"
            case ChangedMeanwhile():
                key = "desk.problem.changed_meanwhile"
            case AlreadySo():
                key = "desk.problem.nothing_changed"
            case NotPossible(status):
                key, values = "desk.problem.not_possible", {"status": _stands(status, host.texts)}
            case _:
                assert_never(outcome)
        host.complain({}, host.texts.say(key, **values))
        host.warn(key, **values)

    def _finish(self, key: str) -> None:
        self._host.close_form()
        self._host.tell(key)
        self._host.refresh()


_FIELD_OF_FLAW: Mapping[str, str] = {
    "channel_missing": "channel",
    "reference_missing": "reference",
    "too_long": "reference",
    "paid_in_future": "paid_on",
    "paid_before_registration": "paid_on",
    "months_not_offered": "months",
    "first_month_covered": "first_month",
    "first_month_too_early": "first_month",
    "first_month_too_late": "first_month",
}


def _stands(status: Status, texts: Texts) -> str:
    return texts.say(f"desk.tag.{status.value}")


def _copy_reasons(_values: Values, texts: Texts) -> tuple[Option, ...]:
    return tuple(
        Option(one.value, texts.say(f"desk.copy_reason.{one.value}")) for one in CopyReason
    )


def _answers(_values: Values, texts: Texts) -> tuple[Option, ...]:
    return tuple(
        Option(one.value, texts.say(f"desk.form.{one.value}"))
        for one in (Order.ACCEPT, Order.REJECT)
    )


def _first_months(first: Month, texts: Texts) -> tuple[Option, ...]:
    # Whether a month of cover is a calendar month is not settled, so a receipt may name the next.
    return tuple(Option(str(month), month_words(month, texts)) for month in (first, first.plus(1)))


def _month(text: str) -> Month | None:
    return Month.parse(text) if text else None
