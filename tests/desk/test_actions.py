"""What the staff changes: what is written, what is refused, and who is told what."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from probes import rows_at
from samples import NAME, TODAY, StillClock, born_on, nik_of

from kiosk.desk.actions import (
    ChangedMeanwhile,
    Done,
    KpjTaken,
    NikTaken,
    PaidFor,
    ReasonMissing,
    SlipGiven,
    SlipOwed,
    accept,
    correct,
    correct_kpj,
    give_slip,
    mark_paid,
    quote_months,
    record_kpj,
    reject,
    renew,
    reprint,
    void,
)
from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.domain.answers import Lives, Stop
from kiosk.domain.checks import Problem, Step
from kiosk.domain.correction import MayNotRegister, Mistaken
from kiosk.domain.desk import AskedAgain, Became, Corrected, Renewed
from kiosk.domain.orders import (
    AlreadySo,
    KpjWrong,
    NotPossible,
    Order,
    PaymentFlaw,
    PaymentWrong,
)
from kiosk.domain.print_job import CopyReason
from kiosk.domain.registration import PhoneOwner, Status
from kiosk.domain.staff import Action
from kiosk.domain.tariff import Package
from kiosk.storage.store import Store

from .office import (
    ADMIN,
    CLERK,
    KPJ,
    MONTH,
    OTHER_CLERK,
    PAYMENT,
    SUPERVISOR,
    bring_to,
    desk_of,
    detail_of,
    enrol,
    set_slip,
)

# Correcting


def test_a_correction_keeps_the_old_value_the_reason_and_who_made_it(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)
    opened = detail_of(desk, one)
    answers = replace(opened.answers, name="ahmad  sapruddin")
    assert correct(desk, one, 1, answers, " salah  ketik ") == Done(2)
    after = detail_of(desk, one)
    assert after.registration.application.resident.name == "AHMAD SAPRUDDIN"
    (event,) = [event for event in after.history if isinstance(event.what, Corrected)]
    assert isinstance(event.what, Corrected)
    assert event.actor == CLERK.id
    assert event.what.reason == "salah ketik"
    (change,) = event.what.changes
    assert (change.field, change.before, change.after) == ("name", NAME, "AHMAD SAPRUDDIN")
    assert (2, one, 2) in rows_at(store_folder)["outbox"]


def test_of_two_clerks_the_second_is_told_and_nothing_of_the_first_is_lost(
    desk: Desk, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)
    other = desk_of(OTHER_CLERK, desk.store, clock)
    seen = detail_of(desk, one).answers
    assert correct(desk, one, 1, replace(seen, name="BUDI"), "a") == Done(2)
    late = correct(other, one, 1, replace(seen, phone="081299998888"), "b")
    assert late == ChangedMeanwhile(2)
    resident = detail_of(desk, one).registration.application.resident
    assert (resident.name, resident.phone) == ("BUDI", "081234567890")


def test_the_same_correction_twice_is_one(desk: Desk, clock: StillClock) -> None:
    one = enrol(desk.store, clock)
    answers = replace(detail_of(desk, one).answers, name="BUDI")
    assert correct(desk, one, 1, answers, "a") == Done(2)
    assert correct(desk, one, 1, answers, "a") == AlreadySo()
    assert detail_of(desk, one).registration.revision == 2


def test_a_correction_is_judged_as_the_kiosk_judges(desk: Desk, clock: StillClock) -> None:
    one = enrol(desk.store, clock)
    wrong = replace(
        detail_of(desk, one).answers, nik="36040112", name="123", phone="0812", months=4
    )
    outcome = correct(desk, one, 1, wrong, "x")
    assert outcome == Mistaken(
        (
            (Step.NIK, Problem("nik.incomplete", {"missing": 8})),
            (Step.NAME, Problem("name.missing")),
            (Step.PHONE, Problem("phone.incomplete", {"missing": 6})),
            (Step.MONTHS, Problem("months.missing")),
        )
    )
    assert detail_of(desk, one).registration.revision == 1


def test_a_masked_nik_stands_for_the_one_that_is_kept(desk: Desk, clock: StillClock) -> None:
    one = enrol(desk.store, clock)
    opened = detail_of(desk, one)
    assert "*" in opened.answers.nik
    assert correct(desk, one, 1, opened.answers, "x") == AlreadySo()
    assert correct(desk, one, 1, replace(opened.answers, name="B"), "x") == Done(2)
    with desk.store.reading() as record:
        found = record.find(one)
    assert found is not None
    assert found.application.resident.nik == nik_of(1)


def test_a_corrected_nik_is_read_again_and_belongs_to_nobody_else(
    desk: Desk, clock: StillClock
) -> None:
    one, other = enrol(desk.store, clock, 1), enrol(desk.store, clock, 2)
    answers = detail_of(desk, one).answers
    number = detail_of(desk, other).registration.number
    assert correct(desk, one, 1, replace(answers, nik=nik_of(2)), "x") == NikTaken(number)
    woman = f"{nik_of(1)[:6]}52{nik_of(1)[8:]}"
    assert correct(desk, one, 1, replace(answers, nik=woman), "x") == Done(2)
    resident = detail_of(desk, one).registration.application.resident
    assert (resident.sex.value, resident.nik[-4:]) == ("P", "0001")


def test_no_nik_stands_in_the_history(desk: Desk, clock: StillClock) -> None:
    one = enrol(desk.store, clock)
    answers = replace(detail_of(desk, one).answers, nik=nik_of(7))
    assert correct(desk, one, 1, answers, "x") == Done(2)
    told = repr(detail_of(desk, one))
    assert nik_of(1) not in told
    assert nik_of(7) not in told
    assert "************0007" in told


def test_who_could_not_have_registered_cannot_be_made_so(desk: Desk, clock: StillClock) -> None:
    one = enrol(desk.store, clock)
    old = replace(detail_of(desk, one).answers, birth_date_digits="01011950")
    assert correct(desk, one, 1, old, "x") == MayNotRegister(Stop.TOO_OLD)


def test_age_is_judged_on_the_day_of_the_registration(desk: Desk, clock: StillClock) -> None:
    almost = born_on(TODAY.replace(year=TODAY.year - 65, day=TODAY.day + 1))
    one = enrol(desk.store, clock, nik=almost)
    clock.forward(timedelta(days=30))
    answers = replace(detail_of(desk, one).answers, phone="081299998888")
    assert correct(desk, one, 1, answers, "nomor baru") == Done(2)


def test_what_was_confirmed_is_priced_anew_only_if_the_price_has_changed(
    desk: Desk, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)
    confirmed = detail_of(desk, one).registration.application.this_month
    clock.forward(timedelta(days=40))
    answers = detail_of(desk, one).answers
    assert correct(desk, one, 1, replace(answers, job_id="petani_sayur"), "x") == Done(2)
    unchanged = detail_of(desk, one).registration.application.this_month
    assert unchanged == confirmed
    seen = detail_of(desk, one)
    jht = replace(seen.answers, package=Package.JKK_JKM_JHT)
    assert isinstance(correct(desk, one, seen.registration.revision, jht, "x"), Done)
    applied = detail_of(desk, one).registration.application
    assert applied.package is Package.JKK_JKM_JHT
    assert str(applied.this_month.payment_month) == "2027-01"
    assert str(applied.next_month.payment_month) == "2027-02"


def test_an_address_and_a_phone_can_be_corrected(desk: Desk, clock: StillClock) -> None:
    one = enrol(desk.store, clock)
    moved = replace(
        detail_of(desk, one).answers,
        lives=Lives.ELSEWHERE,
        elsewhere_line="Jl. Veteran 1, Kota Serang",
        elsewhere_postcode="42111",
        phone_owner=PhoneOwner.NONE,
    )
    assert correct(desk, one, 1, moved, "pindah") == Done(2)
    resident = detail_of(desk, one).registration.application.resident
    assert (resident.address.postcode, resident.address.desa_code) == ("42111", "")
    assert resident.phone == ""
    assert correct(desk, one, 2, detail_of(desk, one).answers, "x") == AlreadySo()


def test_what_is_rejected_or_void_is_not_corrected(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)
    answers = replace(detail_of(desk, one).answers, name="BUDI")
    for status in (Status.REJECTED, Status.VOID):
        bring_to(store_folder, one, status)
        assert correct(desk, one, 1, answers, "x") == NotPossible(status)


@pytest.mark.parametrize("reason", ["", "  ", "\n", "x" * 61])
def test_nothing_is_corrected_or_voided_without_a_reason(
    desk: Desk, clock: StillClock, reason: str
) -> None:
    one = enrol(desk.store, clock)
    answers = replace(detail_of(desk, one).answers, name="BUDI")
    assert correct(desk, one, 1, answers, reason) == ReasonMissing()
    boss = desk_of(SUPERVISOR, desk.store, clock)
    assert void(boss, one, reason) == ReasonMissing()
    assert detail_of(desk, one).registration.revision == 1


def test_a_formula_as_a_name_is_only_its_letters(desk: Desk, clock: StillClock) -> None:
    one = enrol(desk.store, clock)
    formula = replace(detail_of(desk, one).answers, name="=cmd|'/c calc'!A1")
    assert correct(desk, one, 1, formula, "x") == Done(2)
    assert detail_of(desk, one).registration.application.resident.name == "CMD'C CALC'A"


# The branch's answer, told by telephone or on paper


@pytest.fixture
def handed_over(desk: Desk, store_folder: Path, clock: StillClock) -> str:
    one = enrol(desk.store, clock)
    bring_to(store_folder, one, Status.HANDED_OVER)
    return one


def test_an_acceptance_is_kept_and_twice_is_the_same_as_once(desk: Desk, handed_over: str) -> None:
    assert accept(desk, handed_over) == Done(2)
    assert accept(desk, handed_over) == Done(2)
    detail = detail_of(desk, handed_over)
    assert detail.registration.status is Status.ACCEPTED
    assert [event.what for event in detail.history].count(Became(Status.ACCEPTED)) == 1
    assert reject(desk, handed_over, "NIK tidak padan") == NotPossible(Status.ACCEPTED)


def test_a_refusal_is_kept_with_its_reason(desk: Desk, handed_over: str) -> None:
    assert reject(desk, handed_over, " NIK\ntidak  padan ") == Done(2)
    assert reject(desk, handed_over, "NIK tidak padan") == Done(2)
    registration = detail_of(desk, handed_over).registration
    assert registration.status is Status.REJECTED
    assert registration.rejected_because == "NIK tidak padan"
    assert reject(desk, handed_over, "sudah terdaftar") == NotPossible(Status.REJECTED)
    assert accept(desk, handed_over) == NotPossible(Status.REJECTED)


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 201])
def test_nothing_is_refused_without_a_reason(desk: Desk, handed_over: str, reason: str) -> None:
    assert reject(desk, handed_over, reason) == ReasonMissing(200)
    assert detail_of(desk, handed_over).registration.status is Status.HANDED_OVER


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.HANDED_OVER}))
def test_the_branch_answers_only_about_what_it_was_given(
    desk: Desk, store_folder: Path, clock: StillClock, status: Status
) -> None:
    one = enrol(desk.store, clock)
    bring_to(store_folder, one, status)
    assert reject(desk, one, "NIK tidak padan") == NotPossible(status)
    again = Done(1) if status is Status.ACCEPTED else NotPossible(status)
    assert accept(desk, one) == again


# Paying and renewing


@pytest.fixture
def accepted(desk: Desk, store_folder: Path, clock: StillClock) -> str:
    one = enrol(desk.store, clock)
    bring_to(store_folder, one, Status.ACCEPTED)
    return one


def test_a_payment_is_kept_with_what_its_months_cost(desk: Desk, accepted: str) -> None:
    outcome = mark_paid(desk, accepted, replace(PAYMENT, reference="  TRX\n0091 "))
    assert isinstance(outcome, PaidFor)
    assert outcome.revision == 2
    assert outcome.quote is not None
    assert outcome.quote.total == 53_600
    detail = detail_of(desk, accepted)
    assert detail.registration.status is Status.PAID
    assert detail.payments == (PAYMENT,)
    assert detail.renewal_from == MONTH.plus(3)
    assert Became(Status.PAID, PAYMENT) in [event.what for event in detail.history]


def test_the_same_payment_twice_is_the_same_as_once(desk: Desk, accepted: str) -> None:
    first = mark_paid(desk, accepted, PAYMENT)
    assert mark_paid(desk, accepted, PAYMENT) == first
    assert detail_of(desk, accepted).payments == (PAYMENT,)


def test_another_payment_is_a_renewal_and_no_month_is_paid_twice(desk: Desk, accepted: str) -> None:
    mark_paid(desk, accepted, PAYMENT)
    again = replace(PAYMENT, reference="TRX 2")
    assert mark_paid(desk, accepted, again) == NotPossible(Status.PAID)
    covered = PaymentWrong(PaymentFlaw.FIRST_MONTH_COVERED, MONTH.plus(3))
    assert renew(desk, accepted, again) == covered
    later = replace(again, first_month=MONTH.plus(3), months=1)
    outcome = renew(desk, accepted, later)
    assert isinstance(outcome, PaidFor)
    assert outcome.quote is not None
    assert [str(one.month) for one in outcome.quote.months] == ["2027-02"]
    assert renew(desk, accepted, later) == outcome
    detail = detail_of(desk, accepted)
    assert detail.payments == (PAYMENT, later)
    assert Renewed(later) in [event.what for event in detail.history]
    shown = quote_months(desk, detail.registration.application, MONTH.plus(3), 1)
    assert shown == outcome.quote


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"channel": " "}, PaymentFlaw.CHANNEL_MISSING),
        ({"reference": "\t"}, PaymentFlaw.REFERENCE_MISSING),
        ({"reference": "9" * 61}, PaymentFlaw.TOO_LONG),
        ({"paid_on": TODAY + timedelta(days=1)}, PaymentFlaw.PAID_IN_FUTURE),
        ({"paid_on": TODAY - timedelta(days=1)}, PaymentFlaw.PAID_BEFORE_REGISTRATION),
        ({"months": 0}, PaymentFlaw.MONTHS_NOT_OFFERED),
        ({"months": 5}, PaymentFlaw.MONTHS_NOT_OFFERED),
        ({"first_month": MONTH.plus(-1)}, PaymentFlaw.FIRST_MONTH_TOO_EARLY),
        ({"first_month": MONTH.plus(2)}, PaymentFlaw.FIRST_MONTH_TOO_LATE),
    ],
)
def test_a_payment_that_cannot_be_right_is_refused(
    desk: Desk, accepted: str, changes: dict[str, object], flaw: PaymentFlaw
) -> None:
    wrong = replace(PAYMENT, **changes)  # type: ignore[arg-type]
    outcome = mark_paid(desk, accepted, wrong)
    assert isinstance(outcome, PaymentWrong)
    assert outcome.flaw is flaw
    assert detail_of(desk, accepted).registration.status is Status.ACCEPTED


def test_after_a_gap_one_pays_from_the_month_of_the_payment(
    desk: Desk, accepted: str, clock: StillClock
) -> None:
    mark_paid(desk, accepted, PAYMENT)
    clock.forward(timedelta(days=200))
    assert str(detail_of(desk, accepted).renewal_from) == "2027-06"


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.ACCEPTED}))
def test_only_what_was_accepted_is_paid(
    desk: Desk, store_folder: Path, clock: StillClock, status: Status
) -> None:
    one = enrol(desk.store, clock)
    bring_to(store_folder, one, status)
    assert mark_paid(desk, one, PAYMENT) == NotPossible(status)


# KPJ


@pytest.fixture
def paid(desk: Desk, accepted: str) -> str:
    mark_paid(desk, accepted, PAYMENT)
    return accepted


def test_a_kpj_makes_a_member_and_twice_is_the_same_as_once(desk: Desk, paid: str) -> None:
    assert record_kpj(desk, paid, " 123.4567-8901 ") == Done(3)
    assert record_kpj(desk, paid, KPJ) == Done(3)
    detail = detail_of(desk, paid)
    assert (detail.registration.status, detail.registration.kpj) == (Status.MEMBER, KPJ)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("", 0), ("1234567890", 10), ("109170004218", 12), ("1234567890A", 0), ("١٢٣٤٥٦٧٨٩٠١", 0)],
)
def test_what_is_no_kpj_is_refused(desk: Desk, paid: str, typed: str, digits: int) -> None:
    assert record_kpj(desk, paid, typed) == KpjWrong(digits)


def test_of_a_kpj_of_somebody_else_only_the_registration_number_is_told(
    desk: Desk, paid: str, store_folder: Path, clock: StillClock
) -> None:
    record_kpj(desk, paid, KPJ)
    other = enrol(desk.store, clock, 2)
    bring_to(store_folder, other, Status.PAID)
    number = detail_of(desk, paid).registration.number
    assert record_kpj(desk, other, KPJ) == KpjTaken(number)
    assert detail_of(desk, other).registration.status is Status.PAID


def test_a_mistyped_kpj_is_mended_and_the_old_one_kept(desk: Desk, paid: str) -> None:
    record_kpj(desk, paid, "12345678902")
    assert record_kpj(desk, paid, KPJ) == NotPossible(Status.MEMBER)
    assert correct_kpj(desk, paid, 2, KPJ, "salah ketik") == ChangedMeanwhile(3)
    assert correct_kpj(desk, paid, 3, KPJ, "salah ketik") == Done(4)
    detail = detail_of(desk, paid)
    assert detail.registration.kpj == KPJ
    (what,) = [event.what for event in detail.history if isinstance(event.what, Corrected)]
    assert [(one.field, one.before) for one in what.changes] == [("kpj", "12345678902")]


# Void


def test_a_supervisor_makes_void_for_good_and_the_person_can_register_anew(
    store: Store, clock: StillClock
) -> None:
    boss = desk_of(SUPERVISOR, store, clock)
    one = enrol(store, clock)
    assert void(boss, one, "ganda") == Done(2)
    assert void(boss, one, "ganda") == Done(2)
    detail = detail_of(boss, one)
    assert detail.orders == frozenset()
    assert Became(Status.VOID, reason="ganda") in [event.what for event in detail.history]
    enrol(store, clock, 2, nik=nik_of(1))


# Slips


def test_a_slip_on_its_way_is_waited_for(desk: Desk, clock: StillClock) -> None:
    one = enrol(desk.store, clock)
    assert reprint(desk, one) == SlipOwed(0)
    with desk.store.reading() as record:
        assert len(record.desk.slips(one)) == 1


def test_a_slip_that_never_left_is_tried_again_and_any_other_is_a_copy(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)
    set_slip(store_folder, one, "failed", "P 12")
    assert reprint(desk, one) == SlipOwed(0)
    set_slip(store_folder, one, "failed", "person")
    assert reprint(desk, one, CopyReason.NOT_OUT) == SlipOwed(1)
    set_slip(store_folder, one, "came_out", "person")
    assert reprint(desk, one, CopyReason.LOST) == SlipOwed(2)
    assert detail_of(desk, one).registration.revision == 1


def test_a_copy_needs_a_reason_which_the_history_tells(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)
    set_slip(store_folder, one, "came_out", "person")
    before = rows_at(store_folder)
    assert reprint(desk, one) == ReasonMissing()
    assert reprint(desk, one, CopyReason.OTHER, "  ") == ReasonMissing()
    assert reprint(desk, one, CopyReason.OTHER, "x" * 61) == ReasonMissing()
    assert rows_at(store_folder) == before
    assert reprint(desk, one, CopyReason.OTHER, " untuk  suaminya ") == SlipOwed(1)
    asked = AskedAgain(1, CopyReason.OTHER, "untuk suaminya")
    assert asked in [event.what for event in detail_of(desk, one).history]


def test_what_was_written_about_a_copy_is_not_in_the_audit_which_outlives_an_erasure(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)
    set_slip(store_folder, one, "came_out", "person")
    reprint(desk, one, CopyReason.OTHER, "untuk suaminya")
    rows = rows_at(store_folder)
    assert "suaminya" in str(rows["print_job"])
    assert "suaminya" not in str(rows["audit"])
    assert '"reason":"other"' in str(rows["audit"])


def test_an_office_can_leave_copies_to_its_supervisor(
    store: Store, clock: StillClock, store_folder: Path
) -> None:
    one = enrol(store, clock)
    clerk = replace(desk_of(CLERK, store, clock), copies_supervised=True)
    boss = replace(desk_of(SUPERVISOR, store, clock), copies_supervised=True)
    assert reprint(clerk, one) == SlipOwed(0)
    set_slip(store_folder, one, "failed", "P 12")
    assert Order.REPRINT in detail_of(clerk, one).orders
    assert reprint(clerk, one) == SlipOwed(0)
    set_slip(store_folder, one, "came_out", "person")
    assert Order.REPRINT not in detail_of(clerk, one).orders
    assert Order.REPRINT in detail_of(boss, one).orders
    assert reprint(clerk, one, CopyReason.LOST) == NotAllowed(Action.COPY_SLIP)
    assert reprint(boss, one, CopyReason.LOST) == SlipOwed(1)


def test_a_slip_given_by_hand_is_no_longer_owed(desk: Desk, clock: StillClock) -> None:
    one = enrol(desk.store, clock)
    assert Order.GIVE_SLIP in detail_of(desk, one).orders
    assert give_slip(desk, one) == SlipGiven(0)
    assert give_slip(desk, one) == SlipGiven(0)
    assert Order.GIVE_SLIP not in detail_of(desk, one).orders
    with desk.store.reading() as record:
        assert record.prints.unfinished() == ()


def test_who_has_paid_gets_no_slip_that_says_the_contrary(desk: Desk, paid: str) -> None:
    assert reprint(desk, paid) == NotPossible(Status.PAID)
    assert give_slip(desk, paid) == NotPossible(Status.PAID)


# Who may


def test_an_admin_does_nothing_with_registrations_and_no_clerk_voids(
    store: Store, clock: StillClock, store_folder: Path
) -> None:
    one = enrol(store, clock)
    clerk = desk_of(CLERK, store, clock)
    answers = replace(detail_of(clerk, one).answers, name="BUDI")
    before = rows_at(store_folder)
    admin = desk_of(ADMIN, store, clock)
    assert correct(admin, one, 1, answers, "x") == NotAllowed(Action.CORRECT)
    assert mark_paid(admin, one, PAYMENT) == NotAllowed(Action.MARK_PAID)
    assert renew(admin, one, PAYMENT) == NotAllowed(Action.MARK_PAID)
    assert record_kpj(admin, one, KPJ) == NotAllowed(Action.RECORD_KPJ)
    assert correct_kpj(admin, one, 1, KPJ, "x") == NotAllowed(Action.CORRECT)
    assert void(admin, one, "x") == NotAllowed(Action.VOID)
    assert void(clerk, one, "x") == NotAllowed(Action.VOID)
    assert reprint(admin, one) == NotAllowed(Action.REPRINT)
    assert give_slip(admin, one) == NotAllowed(Action.REPRINT)
    assert rows_at(store_folder) == before


def test_an_id_of_nobody_is_told(desk: Desk, clock: StillClock) -> None:
    answers = detail_of(desk, enrol(desk.store, clock)).answers
    assert correct(desk, "nobody", 1, answers, "x") == NotFound()
    assert mark_paid(desk, "nobody", PAYMENT) == NotFound()
    assert record_kpj(desk, "nobody", KPJ) == NotFound()
    assert reprint(desk, "nobody") == NotFound()
