"""No orders, in whatever sequence and by whomever, reach an impossible state or go unnoted."""

import json
import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from probes import Rows, rows_in
from samples import KEY, StillClock, nik_of

from kiosk.desk.actions import (
    Done,
    PaidFor,
    SlipGiven,
    SlipOwed,
    accept,
    correct,
    correct_kpj,
    give_slip,
    mark_paid,
    record_kpj,
    reject,
    renew,
    reprint,
    void,
)
from kiosk.desk.details import WholeNik, open_record, see_nik
from kiosk.desk.session import Desk
from kiosk.domain.audit import ChainWhole
from kiosk.domain.desk import Detail
from kiosk.domain.months import Month
from kiosk.domain.print_job import CopyReason
from kiosk.domain.registration import ALLOWED_NEXT, Status
from kiosk.storage import tables
from kiosk.storage.engine import open_engine
from kiosk.storage.store import Store

from .office import ADMIN, CLERK, OTHER_CLERK, PAYMENT, SUPERVISOR, bring_to, desk_of, enrol

CARRIED_OUT = (Done, PaidFor, SlipOwed, SlipGiven, WholeNik)
COLUMNS = [column.name for column in tables.registration.columns]

people = st.integers(1, 3)
staff = st.sampled_from([CLERK, CLERK, OTHER_CLERK, OTHER_CLERK, SUPERVISOR, ADMIN])
sometimes_stale = st.sampled_from([0, 0, 1])


def print_copy(desk: Desk, registration_id: str) -> Any:
    return reprint(desk, registration_id, CopyReason.LOST)


def by_id(rows: Rows) -> dict[str, dict[str, Any]]:
    return {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in rows["registration"]}


class DeskMachine(RuleBasedStateMachine):
    """Three people, four of the staff, one kiosk."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.engine = open_engine(self.folder / "store", KEY)
        self.store = Store(self.engine)
        self.clock = StillClock()
        for serial in (1, 2, 3):
            enrol(self.store, self.clock, serial)
        # One has just registered, one may pay, one has paid.
        for serial in (2, 3):
            bring_to(self.folder / "store", f"id {serial}", Status.ACCEPTED)
        mark_paid(self.desk(CLERK), "id 3", PAYMENT)
        self.rows = rows_in(self.engine)
        self.first = by_id(self.rows)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    def desk(self, account: Any) -> Desk:
        return desk_of(account, self.store, self.clock)

    def look(self, who: int) -> dict[str, Any]:
        return by_id(self.rows)[f"id {who}"]

    def after(self, account: Any, who: int, outcome: object) -> None:
        """Compare with how things stood before the order."""
        before, self.rows = self.rows, rows_in(self.engine)
        if not isinstance(outcome, CARRIED_OUT):
            assert self.rows == before
            return
        noted = [row for row in self.rows["audit"] if row not in before["audit"]]
        if self.rows == before:
            assert not isinstance(outcome, WholeNik)
            return
        assert [(row[3], row[4]) for row in noted] == [(f"id {who}", account.id)]
        self.judge_rows(before)
        self.judge_record(before)

    def judge_rows(self, before: Rows) -> None:
        """What was noted stays, and every revision goes to the centre."""
        for table in ("audit", "correction", "payment", "outbox"):
            assert set(before[table]) <= set(self.rows[table])
        sent = {(row[1], row[2]) for row in self.rows["outbox"]}
        for one in by_id(self.rows).values():
            assert {(one["id"], revision) for revision in range(1, one["revision"] + 1)} <= sent

    def judge_record(self, before: Rows) -> None:
        """Every registration stands where it may, and its old values can be told."""
        then = by_id(before)
        for one in by_id(self.rows).values():
            was, now = Status(then[one["id"]]["status"]), Status(one["status"])
            assert now is was or now in ALLOWED_NEXT[was]
            changed = {name for name in COLUMNS if one[name] != then[one["id"]][name]}
            assert one["revision"] - then[one["id"]]["revision"] == bool(changed)
            paid = self.months_paid(one["id"])
            assert len(paid) == len(set(paid))
            assert paid or now not in {Status.PAID, Status.MEMBER}
            assert bool(one["rejected_because"]) == (now is Status.REJECTED) or now is Status.VOID
            assert bool(one["kpj"]) == (now is Status.MEMBER) or now is Status.VOID
            assert self.as_registered(one) == self.first[one["id"]]
        kpjs = [one["kpj"] for one in by_id(self.rows).values() if one["kpj"]]
        assert len(kpjs) == len(set(kpjs))

    def months_paid(self, registration_id: str) -> list[Month]:
        names = [column.name for column in tables.payment.columns]
        payments = (dict(zip(names, row, strict=True)) for row in self.rows["payment"])
        return [
            Month.parse(one["first_month"]).plus(later)
            for one in payments
            if one["registration_id"] == registration_id
            for later in range(one["months"])
        ]

    def as_registered(self, one: dict[str, Any]) -> dict[str, Any]:
        """Take every change back that was noted; the rest is told by the audit or kept as it is."""
        told = {"status", "revision", "kpj", "rejected_because"}
        corrections = [row for row in self.rows["correction"] if row[0] == one["id"]]
        for row in sorted(corrections, key=lambda row: -row[1]):
            one = one | json.loads(row[2])
        return one | {name: self.first[one["id"]][name] for name in told}

    @rule(who=people)
    def hand_over(self, who: int) -> None:
        if self.look(who)["status"] == Status.REGISTERED.value:
            bring_to(self.folder / "store", f"id {who}", Status.HANDED_OVER)
            self.rows = rows_in(self.engine)

    @rule(account=staff, who=people)
    def accept(self, account: Any, who: int) -> None:
        self.after(account, who, accept(self.desk(account), f"id {who}"))

    @rule(account=staff, who=people, reason=st.sampled_from(["NIK tidak padan", "ganda", " "]))
    def reject(self, account: Any, who: int, reason: str) -> None:
        self.after(account, who, reject(self.desk(account), f"id {who}", reason))

    @rule(
        account=staff,
        who=people,
        stale=sometimes_stale,
        changes=st.sampled_from(
            [
                {"name": "BUDI"},
                {"name": "SITI", "phone": "081300001111"},
                {"nik": nik_of(2)},
                {"nik": nik_of(4)},
                {"months": 6},
                {"months": 4},
                {"birth_date_digits": "01011940"},
            ]
        ),
    )
    def correct(self, account: Any, who: int, stale: int, changes: dict[str, Any]) -> None:
        detail = open_record(self.desk(CLERK), f"id {who}")
        assert isinstance(detail, Detail)
        answers = replace(detail.answers, **changes)
        seen = detail.registration.revision - stale
        outcome = correct(self.desk(account), f"id {who}", seen, answers, "x")
        assert not (stale and isinstance(outcome, Done))
        self.after(account, who, outcome)

    @rule(
        account=staff,
        who=people,
        order=st.sampled_from([mark_paid, renew]),
        later=st.integers(0, 4),
        months=st.sampled_from([1, 3, 7]),
    )
    def pay(self, account: Any, who: int, order: Any, later: int, months: int) -> None:
        payment = replace(PAYMENT, first_month=PAYMENT.first_month.plus(later), months=months)
        self.after(account, who, order(self.desk(account), f"id {who}", payment))

    @rule(account=staff, who=people, kpj=st.sampled_from(["12345678901", "22345678901", "123"]))
    def record_kpj(self, account: Any, who: int, kpj: str) -> None:
        self.after(account, who, record_kpj(self.desk(account), f"id {who}", kpj))

    @rule(account=staff, who=people, stale=sometimes_stale)
    def correct_kpj(self, account: Any, who: int, stale: int) -> None:
        seen = self.look(who)["revision"] - stale
        outcome = correct_kpj(self.desk(account), f"id {who}", seen, "32345678901", "x")
        self.after(account, who, outcome)

    @rule(account=staff, who=people)
    def void(self, account: Any, who: int) -> None:
        self.after(account, who, void(self.desk(account), f"id {who}", "ganda"))

    @rule(account=staff, who=people, order=st.sampled_from([print_copy, give_slip, see_nik]))
    def slip_or_nik(self, account: Any, who: int, order: Any) -> None:
        self.after(account, who, order(self.desk(account), f"id {who}"))

    @precondition(lambda self: hasattr(self, "store"))
    @rule()
    def a_day_passes_and_the_audit_is_whole(self) -> None:
        self.clock.forward(timedelta(days=1))
        with self.store.reading() as record:
            assert isinstance(record.audit.verify(), ChainWhole)


TestDeskMachine = DeskMachine.TestCase
TestDeskMachine.settings = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
