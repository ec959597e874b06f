"""The day's end: every figure as the record has it, and every number accounted for."""

import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from probes import rows_at
from samples import KEY, NOW, TODAY, StillClock, nik_of
from sqlalchemy import delete, update

from kiosk.audit import check
from kiosk.desk.actions import (
    correct,
    give_slip,
    mark_paid,
    record_kpj,
    renew,
    reprint,
    void,
)
from kiosk.desk.details import open_record
from kiosk.desk.recap import note_printed, recap
from kiosk.desk.rights import carry_out, record_request
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.audit import ChainBroken, ChainWhole, closing_code, read_code
from kiosk.domain.desk import Detail
from kiosk.domain.months import Month
from kiosk.domain.orders import Payment
from kiosk.domain.print_job import CopyReason
from kiosk.domain.recap import Begins, Contributions, Counted, Gap, GapReason, Recap, SlipFigures
from kiosk.domain.registration import Status
from kiosk.domain.registration_number import make_number
from kiosk.domain.rights import Request, Right
from kiosk.domain.staff import Action
from kiosk.domain.tariff import Package
from kiosk.handover.batches import hand_over
from kiosk.registration import note_slip_came_out, note_slip_missing
from kiosk.storage import tables
from kiosk.storage.engine import open_engine
from kiosk.storage.rows import to_text
from kiosk.storage.store import Store, open_store

from .office import ADMIN, CLERK, PAYMENT, SUPERVISOR, bring_to, desk_of, enrol, set_slip

DAY = timedelta(days=1)


class NoPapers:
    """Nothing was printed here."""

    def forget(self, number: str, jobs: object) -> bool:
        return True


def recap_of(desk: Desk, day: date = TODAY) -> Recap:
    made = recap(desk, day)
    assert isinstance(made, Recap)
    return made


def erase(store: Store, clock: StillClock, registration_id: str) -> None:
    supervisor = desk_of(SUPERVISOR, store, clock)
    request = record_request(supervisor, registration_id, Right.ERASURE)
    assert isinstance(request, Request)
    carry_out(supervisor, request.id, papers=NoPapers())


def counter_set(folder: Path, statement: Any) -> None:
    engine = open_engine(folder, KEY)
    with engine.begin() as connection:
        connection.execute(statement)
    engine.dispose()


def test_a_day_without_anything_says_so(desk: Desk) -> None:
    made = recap_of(desk)
    assert made.is_empty
    assert (made.series, made.by_segment, made.slips) == ((), {}, SlipFigures())
    assert made.chain == ChainWhole(0, "")


def test_an_admin_gets_no_recap(store: Store, clock: StillClock) -> None:
    assert recap(desk_of(ADMIN, store, clock), TODAY) == NotAllowed(Action.SEE)


def test_a_day_lasts_from_midnight_to_midnight_of_the_office(
    desk: Desk, store: Store, clock: StillClock
) -> None:
    midnight = datetime(2026, 11, 21, 17, tzinfo=UTC)
    for serial, moment in enumerate((midnight - timedelta(microseconds=1), midnight), 1):
        clock.moment = moment
        enrol(store, clock, serial)
    clock.moment = midnight + DAY
    enrol(store, clock, 3)
    for day in (TODAY - DAY, TODAY, TODAY + DAY):
        assert recap_of(desk, day).figures == {Counted.REGISTERED: 1}


def test_slips_stand_as_they_stand_now(
    desk: Desk, store: Store, clock: StillClock, store_folder: Path
) -> None:
    ids = [enrol(store, clock, serial) for serial in range(1, 6)]
    for one in (ids[0], ids[2]):
        set_slip(store_folder, one, "unconfirmed")
    note_slip_came_out(store, ids[0], 0, clock)
    give_slip(desk, ids[1])
    note_slip_missing(store, ids[2], 0, clock)
    void(desk_of(SUPERVISOR, store, clock), ids[3], "ganda")
    with store.transaction() as record:
        job = record.prints.slip(ids[4])
        assert job is not None
        record.prints.settle(job.id, job.state.UNCONFIRMED, "", clock.now())
    assert recap_of(desk).slips == SlipFigures(1, 1, 1, 1, 1)


def test_first_months_are_summed_by_what_they_cost(
    desk: Desk, store: Store, clock: StillClock, store_folder: Path
) -> None:
    for serial, package in ((1, Package.JKK_JKM), (2, Package.JKK_JKM_JHT), (3, Package.JKK_JKM)):
        one = enrol(store, clock, serial, package=package)
        bring_to(store_folder, one, Status.ACCEPTED)
        mark_paid(desk, one, PAYMENT)
    renew(desk, "id 1", replace(PAYMENT, first_month=PAYMENT.last_month.plus(1), months=1))
    with store.reading() as record:
        registered = [record.find(f"id {serial}") for serial in (1, 2, 3)]
    told = [one.application.this_month.months[0].pay for one in registered if one]
    assert told[0] == told[2] < told[1]
    assert recap_of(desk).contributions == Contributions(3, sum(told), 0)


def test_a_segment_that_the_data_no_longer_has_is_not_priced_as_nothing(
    desk: Desk, store: Store, clock: StillClock, store_folder: Path
) -> None:
    one = enrol(store, clock)
    bring_to(store_folder, one, Status.ACCEPTED)
    mark_paid(desk, one, PAYMENT)
    counter_set(store_folder, update(tables.registration).values(segment_id="dulu"))
    assert recap_of(desk).contributions == Contributions(1, 0, 1)


# ------------------------------------------------------------ numbers


def test_numbers_go_on_from_the_day_before(desk: Desk, store: Store, clock: StillClock) -> None:
    enrol(store, clock, 1)
    assert [one.begins for one in recap_of(desk).series] == [Begins.FIRST]
    clock.forward(DAY)
    enrol(store, clock, 2)
    enrol(store, clock, 3)
    (series,) = recap_of(desk, TODAY + DAY).series
    with store.reading() as record:
        kiosk = record.identity().kiosk_number
    assert (series.begins, series.size, series.gaps) == (Begins.GOES_ON, 2, ())
    assert (series.first, series.last) == (make_number(kiosk, 2), make_number(kiosk, 3))


def test_erased_numbers_and_numbers_that_nobody_can_explain_are_told_apart(
    desk: Desk, store: Store, clock: StillClock, store_folder: Path
) -> None:
    for serial in range(1, 8):
        enrol(store, clock, serial)
    erase(store, clock, "id 2")
    erase(store, clock, "id 3")
    for gone in ("id 5", "id 6"):
        for table in (tables.print_job, tables.outbox):
            counter_set(store_folder, delete(table).where(table.c.registration_id == gone))
        of = tables.registration.c.id == gone
        counter_set(store_folder, delete(tables.registration).where(of))
    made = recap_of(desk)
    with store.reading() as record:
        kiosk = record.identity().kiosk_number
    assert [series.gaps for series in made.series] == [
        (
            Gap(make_number(kiosk, 2), make_number(kiosk, 3), 2, GapReason.ERASED),
            Gap(make_number(kiosk, 5), make_number(kiosk, 6), 2, GapReason.UNKNOWN),
        )
    ]
    assert made.figures[Counted.REGISTERED] == 7
    assert made.erased_since == made.by_segment[""][Counted.REGISTERED] == 4


def test_another_kiosk_number_and_another_store_are_series_of_their_own(
    desk: Desk, store: Store, clock: StillClock, store_folder: Path
) -> None:
    enrol(store, clock, 1)
    facts = tables.store_fact
    counter_set(
        store_folder, update(facts).where(facts.c.name == "kiosk_number").values(value="10917")
    )
    enrol(store, clock, 2)
    counter_set(
        store_folder, update(facts).where(facts.c.name == "incarnation").values(value="anew")
    )
    clock.forward(timedelta(hours=1))
    enrol(store, clock, 3)
    series = recap_of(desk).series
    assert [one.begins for one in series] == [Begins.FIRST, Begins.NEW_KIOSK_NUMBER, Begins.FIRST]
    assert [one.first for one in series[1:]] == [make_number("10917", 2), make_number("10917", 1)]
    assert all(one.gaps == () for one in series)


def test_a_clock_that_was_set_makes_no_gap(desk: Desk, store: Store, clock: StillClock) -> None:
    for serial, day in ((1, 0), (2, 1), (3, 0)):
        clock.moment = NOW + day * DAY
        enrol(store, clock, serial)
    (series,) = recap_of(desk).series
    assert (series.size, series.gaps) == (2, ())


def test_a_broken_chain_is_told(
    desk: Desk, store: Store, clock: StillClock, store_folder: Path
) -> None:
    enrol(store, clock, 1)
    counter_set(store_folder, update(tables.audit).values(actor="somebody else"))
    assert recap_of(desk).chain == ChainBroken(1)


def test_a_recap_that_is_printed_takes_the_head_of_the_audit_out_of_reach(
    desk: Desk, store: Store, clock: StillClock, store_folder: Path
) -> None:
    enrol(store, clock, 1)
    on_paper = recap_of(desk)
    assert isinstance(on_paper.chain, ChainWhole)
    note_printed(desk, on_paper)
    assert rows_at(store_folder)["anchor"] == [(1, 1, on_paper.chain.head, "recap", to_text(NOW))]
    entry = rows_at(store_folder)["audit"][-1]
    assert entry[2:6] == ("recap_printed", "", CLERK.id, '{"day":"2026-11-22"}')


def test_the_code_on_an_old_paper_can_be_compared_with_the_record(
    desk: Desk, store: Store, clock: StillClock
) -> None:
    enrol(store, clock, 1)
    on_paper = recap_of(desk).chain
    assert isinstance(on_paper, ChainWhole)
    enrol(store, clock, 2)
    printed = closing_code(on_paper.head)
    assert len(printed) == 24
    code, another = read_code(printed.lower()), read_code("0" * 20)
    assert code is not None
    assert another is not None
    checked = check(store, [code, another])
    assert checked.codes == {code: 1, another: None}
    assert isinstance(checked.chain, ChainWhole)
    assert not checked.is_good


# ------------------------------------------------------------ against a naive count


class RandomDays:
    """Three days of an office in which anybody does anything, as far as it is possible."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = Random(seed)
        self.clock = StillClock(datetime(2026, 11, 20, 2, tzinfo=UTC))
        self.store = open_store(folder, KEY)
        self.people = 0
        self.total = 0
        self.clerk = desk_of(CLERK, self.store, self.clock)
        self.supervisor = desk_of(SUPERVISOR, self.store, self.clock)

    def play(self, steps: int) -> None:
        for _ in range(steps):
            self.clock.forward(timedelta(minutes=self.random.randrange(1, 120)))
            self.random.choice((self.register, self.register, *self.acts()))()

    def acts(self) -> tuple[Any, ...]:
        someone = f"id {self.random.randint(1, max(1, self.people))}"
        return (
            lambda: hand_over(self.store, CLERK, self.clock),
            lambda: self.answer(someone),
            lambda: mark_paid(self.clerk, someone, self.payment()),
            lambda: record_kpj(self.clerk, someone, f"{10_000_000_000 + self.people}"),
            lambda: self.correct(someone),
            lambda: reprint(self.clerk, someone, CopyReason.LOST),
            lambda: give_slip(self.clerk, someone),
            lambda: self.take_slip(someone),
            lambda: void(self.supervisor, someone, "ganda"),
            lambda: self.erase(someone),
        )

    def take_slip(self, someone: str) -> None:
        with self.store.transaction() as record:
            job = record.prints.latest(someone)
            if job is not None and job.is_on_its_way:
                at = self.clock.now()
                record.prints.settle(job.id, job.state.UNCONFIRMED, "", at)
        note_slip_came_out(self.store, someone, 0, self.clock)

    def register(self) -> None:
        self.people += 1
        segment, job = self.random.choice((("tani", "petani_padi"), ("nelayan", "nelayan")))
        enrol(self.store, self.clock, self.people, segment_id=segment, job_id=job)

    def answer(self, someone: str) -> None:
        """What the branch's answer writes, an entry for each step."""
        detail = open_record(self.clerk, someone)
        if isinstance(detail, Detail) and detail.registration.status is Status.HANDED_OVER:
            to = self.random.choice((Status.ACCEPTED, Status.REJECTED))
            bring_to(self.folder, someone, to)
            with self.store.transaction() as record:
                record.desk.note(someone, self.clerk.deed(to.value, self.clock.now()))

    def payment(self) -> Payment:
        today = self.clerk.facts.today
        return replace(PAYMENT, paid_on=today, first_month=Month.of(today))

    def correct(self, someone: str) -> None:
        detail = open_record(self.clerk, someone)
        if isinstance(detail, Detail):
            name = self.random.choice(("BUDI", "SITI", "TONO"))
            seen = detail.registration.revision
            correct(self.clerk, someone, seen, replace(detail.answers, name=name), "x")

    def erase(self, someone: str) -> None:
        if isinstance(open_record(self.clerk, someone), Detail):
            erase(self.store, self.clock, someone)

    def close(self) -> None:
        self.store.close()


def on(day: date, at: str) -> bool:
    return (datetime.fromisoformat(at) + timedelta(hours=7)).date() == day


@given(st.integers(0, 2**32))
@settings(max_examples=12)
def test_every_figure_is_what_one_counts_by_hand(seed: int) -> None:
    folder = Path(tempfile.mkdtemp())
    days = RandomDays(folder / "store", seed)
    days.play(60)
    rows = rows_at(folder / "store")
    names = [column.name for column in tables.registration.columns]
    people = {row[0]: dict(zip(names, row, strict=True)) for row in rows["registration"]}
    for back in range(7):
        day = date(2026, 11, 20) + back * DAY
        made = recap_of(days.clerk, day)
        entries = [row for row in rows["audit"] if on(day, row[1]) and row[3]]
        counted = Counter(row[2] for row in entries)
        assert made.figures == {one: counted[one] for one in Counted if counted[one]}
        for part, column in ((made.by_segment, "segment_id"), (made.by_dinas, "dinas")):
            by_hand = Counter((people.get(row[3], {}).get(column, ""), row[2]) for row in entries)
            told = {
                (name, one.value): figures[one] for name, figures in part.items() for one in figures
            }
            assert told == {pair: by_hand[pair] for pair in by_hand if pair[1] in [*Counted]}
        todays = [one for one in people.values() if on(day, one["registered_at"])]
        stand = made.slips
        slips = (stand.came_out, stand.given_by_staff, stand.sent, stand.owed, stand.needless)
        assert sum(slips) == len(todays)
        assert sum(slips) + made.erased_since == made.figures.get(Counted.REGISTERED, 0)
        assert sum(series.size for series in made.series) == counted["registered"]
        gaps = [gap for series in made.series for gap in series.gaps]
        assert {gap.reason for gap in gaps} <= {GapReason.ERASED}
        assert sum(gap.size for gap in gaps) == made.erased_since
        first_paid = {row[1]: row[8] for row in sorted(rows["payment"], reverse=True)}
        assert made.contributions.people == sum(on(day, at) for at in first_paid.values())
    days.close()
    shutil.rmtree(folder)


@pytest.mark.parametrize("serial", [1, 2])
def test_no_recap_holds_anything_of_a_person(
    desk: Desk, store: Store, clock: StillClock, serial: int
) -> None:
    enrol(store, clock, serial)
    told = repr(recap_of(desk))
    assert nik_of(serial) not in told
    assert "AHMAD" not in told
