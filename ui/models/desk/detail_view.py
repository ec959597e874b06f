"""One registration put into words for the desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.clock import local
from kiosk.domain.desk import (
    AskedAgain,
    Attention,
    Became,
    Corrected,
    Detail,
    Event,
    Noted,
    Renewed,
    Row,
    SlipMoved,
)
from kiosk.domain.money import format_rupiah
from kiosk.domain.months import Month, age_on
from kiosk.domain.orders import GIVEN, Order, Payment
from kiosk.domain.person import group_phone
from kiosk.domain.print_job import FOLLOWED, PrintState
from kiosk.domain.registration import Flag, Registration, Status
from kiosk.domain.registration_number import group_number
from kiosk.domain.tariff import Quote
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words, month_words, period_words
from kiosk.domain.work import Work, name_in
from kiosk.facts import OfficeFacts
from kiosk.storage.incoming import AT_THE_CENTRE

HAND_OVER = "hand_over"
RIGHTS = "rights"
"""What the person of a record asks for about their data: a key of its own."""

NEXT_DEED = {
    Status.REGISTERED: HAND_OVER,
    Status.HANDED_OVER: Order.ACCEPT.value,
    Status.ACCEPTED: Order.PAY.value,
    Status.PAID: Order.RECORD_KPJ.value,
    Status.MEMBER: Order.RENEW.value,
}
"""What brings a registration on from where it stands: the yellow key of the record."""

KEYS = (Order.CORRECT, Order.REPRINT, Order.GIVE_SLIP, Order.RENEW, Order.VOID)
"""The other keys of the record, in their order."""

TONES = {
    Status.REGISTERED: ("sand", "clock"),
    Status.HANDED_OVER: ("sea", "package"),
    Status.ACCEPTED: ("sand", "wallet"),
    Status.REJECTED: ("brick", "warning"),
    Status.PAID: ("leaf", "check-circle"),
    Status.MEMBER: ("leaf", "check-circle"),
    Status.VOID: ("brick", "x"),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A word on colour: how a registration stands."""

    text: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a record; `key` names the NIK, which can be seen in full."""

    label: str
    value: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A month, or several alike, and what it costs."""

    months: str
    amount: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history; `note` says why or what changed."""

    when: str
    what: str
    who: str
    note: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One key of a record."""

    name: str
    label: str
    icon: str


@dataclass(frozen=True, slots=True)
class DetailView:
    """What the pane of one record shows; empty before one is opened."""

    id: str = ""
    name: str = ""
    number: str = ""
    tags: tuple[Tag, ...] = ()
    person: tuple[Fact, ...] = ()
    work: tuple[Fact, ...] = ()
    amounts_title: str = ""
    amounts: tuple[Amount, ...] = ()
    total: str = ""
    until: str = ""
    history: tuple[Line, ...] = ()
    main: Deed | None = None
    deeds: tuple[Deed, ...] = ()
    alarm: str = ""


def look_at_detail(detail: Detail, facts: OfficeFacts, texts: Texts) -> DetailView:
    """Put a record into words."""
    registration = detail.registration
    applied = registration.application
    quote = applied.this_month
    if quote.payment_month != Month.of(facts.today):
        quote = applied.next_month
    due = registration.status.awaits_payment and quote.payment_month == Month.of(facts.today)
    return DetailView(
        id=registration.id,
        name=applied.resident.name,
        number=group_number(registration.number),
        tags=tuple(_tags(detail, texts)),
        person=tuple(_person(registration, facts, texts)),
        work=tuple(_work(registration, facts.work, texts)),
        amounts_title=texts.say("desk.paid_in", month=month_words(quote.payment_month, texts)),
        amounts=tuple(_amounts(quote, texts)),
        total=format_rupiah(quote.total),
        until=date_words(quote.payment_month.last_day, texts) if due else "",
        history=tuple(_line(event, facts, texts) for event in reversed(detail.history)),
        main=_main(detail, texts),
        deeds=tuple(
            Deed(one.value, texts.say(f"desk.deed.{one.value}"), _ICONS[one.value])
            for one in KEYS
            if one in detail.orders and one.value != NEXT_DEED.get(registration.status)
        ),
        alarm=_alarm(detail, texts),
    )


_ICONS = {
    HAND_OVER: "package",
    Order.ACCEPT.value: "tray-arrow-down",
    Order.PAY.value: "check",
    Order.RECORD_KPJ.value: "identification-card",
    Order.RENEW.value: "calendar-plus",
    Order.CORRECT.value: "pencil-simple",
    Order.REPRINT.value: "printer",
    Order.GIVE_SLIP.value: "hand-arrow-up",
    Order.VOID.value: "x",
}


def _main(detail: Detail, texts: Texts) -> Deed | None:
    name = NEXT_DEED.get(detail.registration.status)
    known = {one.value for one in detail.orders} | {HAND_OVER}
    if name is None or name not in known:
        return None
    return Deed(name, texts.say(f"desk.deed.{name}"), _ICONS[name])


def _alarm(detail: Detail, texts: Texts) -> str:
    if Attention.REJECTED in detail.attention:
        return texts.say("desk.alarm.rejected", reason=detail.registration.rejected_because)
    if Attention.NIK_DIFFERS in detail.attention:
        return texts.say("desk.alarm.nik_differs")
    if Attention.SLIP_FAILED in detail.attention and detail.slip is PrintState.UNSURE:
        return texts.say("desk.alarm.slip_unsure")
    if Attention.SLIP_FAILED in detail.attention:
        return texts.say("desk.alarm.slip_failed")
    if Flag.CLOCK in detail.registration.flags:
        return texts.say("desk.alarm.clock")
    return texts.say("desk.alarm.late") if detail.late else ""


def row_tag(row: Row, texts: Texts) -> Tag:
    """Return the one word that matters most of a line in the list."""
    if Attention.PARKED in row.attention:
        return Tag(texts.say("desk.tag.parked"), "amber", "cloud-warning")
    if row.attention:
        return Tag(texts.say("desk.tag.attention"), "brick", "warning")
    if row.late:
        return Tag(texts.say("desk.tag.late"), "brick", "hourglass-medium")
    if row.status.awaits_payment and row.slip is not None and row.slip not in GIVEN | _ON_ITS_WAY:
        return Tag(texts.say("desk.tag.slip_not_out"), "amber", "printer")
    return _status_tag(row.status, texts)


_ON_ITS_WAY = FOLLOWED | {PrintState.UNCONFIRMED}


def _status_tag(status: Status, texts: Texts) -> Tag:
    tone, icon = TONES[status]
    return Tag(texts.say(f"desk.tag.{status.value}"), tone, icon)


def _tags(detail: Detail, texts: Texts) -> Iterator[Tag]:
    yield _status_tag(detail.registration.status, texts)
    if detail.slip is not None and detail.registration.status.awaits_payment:
        tone = "leaf" if detail.slip in GIVEN else "sand" if detail.slip in _ON_ITS_WAY else "amber"
        yield Tag(texts.say(f"desk.slip.{detail.slip.value}"), tone, "printer")


def _person(registration: Registration, facts: OfficeFacts, texts: Texts) -> Iterator[Fact]:
    resident = registration.application.resident
    age = age_on(resident.birth_date, facts.today)
    born = texts.say("desk.born", date=date_words(resident.birth_date, texts), age=age)
    phone = group_phone(resident.phone) if resident.phone else texts.say("review.no_phone")
    if resident.phone_owner.value == "family":
        phone = texts.say("desk.phone_of_family", phone=phone)
    for key, value in (
        ("nik", resident.nik),
        ("birth_date", born),
        ("birthplace", resident.birthplace),
        ("mother", resident.mother_name),
        ("address", f"{resident.address.line} {resident.address.postcode}".strip()),
        ("phone", phone),
        ("email", resident.email),
    ):
        if value:
            yield Fact(texts.say(f"review.{key}"), value, "nik" if key == "nik" else "")


def _work(registration: Registration, work: Work, texts: Texts) -> Iterator[Fact]:
    applied, known = registration.application, registration.application.work
    consent = applied.consent
    job = job_words(work, known.segment_id, known.job_id, texts)
    programme = texts.say(
        "desk.programme",
        package=applied.package.value.replace("+", " + "),
        months=len(applied.this_month.months),
    )
    for key, value in (
        ("work", ", ".join(part for part in (job, known.dinas) if part)),
        ("second_work", job_words(work, known.second_segment_id, known.second_job_id, texts)),
        ("place", texts.say(f"place.{known.place.value}") if known.place else ""),
        ("income", texts.say("desk.base", base=format_rupiah(applied.this_month.base))),
        ("programme", programme),
    ):
        if value:
            yield Fact(texts.say(f"review.{key}"), value)
    given = day_and_hour(consent.given_at, texts)
    said = texts.say("desk.consent_given", version=consent.version, when=given)
    yield Fact(texts.say("desk.consent"), said)
    if registration.kpj:
        yield Fact(texts.say("desk.kpj"), registration.kpj)
    if registration.batch:
        yield Fact(texts.say("desk.batch"), texts.say("desk.batch_no", number=registration.batch))


def job_words(work: Work, segment_id: str, job_id: str, texts: Texts) -> str:
    """Name a job, by its id where the data no longer has it."""
    if not job_id:
        return ""
    try:
        name = name_in(texts.language, work.find_job(segment_id, job_id).names)
    except KeyError:
        name = job_id
    return name[:1].upper() + name[1:]


def _amounts(quote: Quote, texts: Texts) -> Iterator[Amount]:
    runs: list[list[int]] = []
    months = quote.months
    for place, one in enumerate(months):
        if runs and months[runs[-1][0]].pay == one.pay:
            runs[-1].append(place)
        else:
            runs.append([place])
    for run in runs:
        first, last = months[run[0]], months[run[-1]]
        amount = format_rupiah(first.pay)
        if len(run) > 1:
            amount = texts.say("slip.each", count=len(run), amount=amount)
        yield Amount(_short_period(first.month, last.month, texts), amount)


def _short_period(first: Month, last: Month, texts: Texts) -> str:
    """Return "Nov-Des 2026"."""
    names = [texts.say(f"month_name.{one.month}")[:3] for one in (first, last)]
    if first == last:
        return texts.say("common.month_year", month=names[0], year=first.year)
    if first.year == last.year:
        return texts.say("slip.same_year", first=names[0], last=names[1], year=first.year)
    years = {"first_year": first.year, "last_year": last.year}
    return texts.say("slip.two_years", first=names[0], last=names[1], **years)


def day_and_hour(moment: datetime, texts: Texts) -> str:
    """Return "22 Nov 10.24" as the office's clock had it."""
    there = local(moment)
    return texts.say(
        "desk.day_and_hour",
        day=there.day,
        month=texts.say(f"month_name.{there.month}")[:3],
        hour=f"{there.hour:02}",
        minute=f"{there.minute:02}",
    )


def hour_or_day(moment: datetime, today: date, texts: Texts) -> str:
    """Return "pukul 10.24" for today, else the day."""
    there = local(moment)
    if there.date() != today:
        return texts.say(
            "desk.day", day=there.day, month=texts.say(f"month_name.{there.month}")[:3]
        )
    return texts.say("desk.hour", hour=f"{there.hour:02}", minute=f"{there.minute:02}")


def _line(event: Event, facts: OfficeFacts, texts: Texts) -> Line:
    what, note = _told(event, texts)
    there = local(event.at)
    when = (
        texts.say("desk.clock", hour=f"{there.hour:02}", minute=f"{there.minute:02}")
        if there.date() == facts.today
        else texts.say("desk.day", day=there.day, month=texts.say(f"month_name.{there.month}")[:3])
    )
    by_centre = event.actor == AT_THE_CENTRE
    return Line(when, what, texts.say("desk.page.centre") if by_centre else event.actor, note)


def _told(event: Event, texts: Texts) -> tuple[str, str]:
    match event.what:
        case Became(status, payment, reason, note):
            told = texts.say(f"desk.event.{status.value}")
            return told, payment_words(payment, texts) if payment else reason or _came_by(
                note, texts
            )
        case Corrected(changes, reason):
            changed = ", ".join(
                texts.say(f"desk.column.{one.field}") for one in changes if one.field in COLUMNS
            )
            return texts.say("desk.event.corrected"), f"{changed}: {reason}" if changed else reason
        case Renewed(payment):
            return texts.say("desk.event.renewed"), payment_words(payment, texts)
        case SlipMoved(copy, state, _):
            which = texts.say("desk.copy", copy=copy) if copy else ""
            return texts.say(f"desk.slip.{state.value}"), which
        case AskedAgain(_, reason, remark):
            why = texts.say(f"desk.copy_reason.{reason.value}") if reason else ""
            return texts.say("desk.event.reprinted"), ": ".join(one for one in (why, remark) if one)
        case Noted(what, note):
            known = f"desk.event.{what}"
            return (texts.say(known) if known in texts.sentences else what), note


def _came_by(note: str, texts: Texts) -> str:
    """The number of the hand-over; the code of an answer's file says nothing to a reader."""
    what, _, number = note.partition(" ")
    return texts.say("desk.batch_no", number=number) if what == "batch" else ""


COLUMNS = frozenset(
    {
        *("nik", "name", "birth_date", "birthplace", "mother_name", "address_line", "postcode"),
        *("desa_code", "phone", "email", "segment_id", "job_id", "work_place", "package", "kpj"),
        *("second_job_id", "phone_owner"),
    }
)
"""The columns whose change is told by name; what follows from them is not."""


def payment_words(payment: Payment, texts: Texts) -> str:
    """Return "BRILink TRX 0091, Desember 2026 sampai Januari 2027"."""
    period = period_words(payment.first_month, payment.last_month, texts)
    return f"{payment.channel} {payment.reference}, {period}"
