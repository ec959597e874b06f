"""A copy of one's data leaves nothing out, and is made by a supervisor alone."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from probes import rows_at
from samples import ASKING, NOW, StillClock, load_texts, make_application, nik_of

from kiosk.desk import actions
from kiosk.desk.copies import copy_of
from kiosk.desk.rights import carry_out, record_request
from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.domain.invitation import Invited
from kiosk.domain.personal_copy import PersonalCopy, say_value, to_json
from kiosk.domain.registration import Status
from kiosk.domain.rights import Request, Right
from kiosk.domain.staff import Action
from kiosk.handover.batches import hand_over
from kiosk.registration import register
from kiosk.storage import tables
from kiosk.storage.store import Store

from .office import KPJ, PAYMENT, SUPERVISOR, bring_to, desk_of, detail_of, enrol
from .test_rights import NoPapers

OURS_ALONE = {"id", "kiosk_number", "incarnation", "counter"}
"""How the store keeps its registrations apart; the number says the same."""


@pytest.fixture
def boss(store: Store, clock: StillClock) -> Desk:
    """The desk with a supervisor at it."""
    return desk_of(SUPERVISOR, store, clock)


def copied(desk: Desk, registration_id: str) -> PersonalCopy:
    copy = copy_of(desk, registration_id)
    assert isinstance(copy, PersonalCopy)
    return copy


@pytest.fixture
def full(boss: Desk, store_folder: Path, clock: StillClock) -> str:
    """A registration with everything that there can be; returns its id."""
    applied = make_application(
        "full",
        ASKING,
        wants_email=True,
        has_second_job=True,
        second_segment_id="umkm",
        second_job_id="perajin",
    )
    register(boss.store, replace(applied, language="id"), clock)
    with boss.store.transaction() as record:
        nik = applied.resident.nik
        record.handover.invite("Dinas X", [Invited("AHMAD S", nik, "081300002222")], "a", NOW)
    answers = replace(detail_of(boss, "full").answers, name="AHMAD LAMA")
    assert isinstance(actions.correct(boss, "full", 1, answers, "salah ketik"), actions.Done)
    hand_over(boss.store, boss.account, clock)
    bring_to(store_folder, "full", Status.ACCEPTED)
    assert isinstance(actions.mark_paid(boss, "full", PAYMENT), actions.PaidFor)
    assert isinstance(actions.record_kpj(boss, "full", KPJ), actions.Done)
    assert isinstance(record_request(boss, "full", Right.COPY), Request)
    return "full"


def test_everything_that_the_store_keeps_is_in_it(
    boss: Desk, full: str, store_folder: Path
) -> None:
    told = json.loads(to_json(copied(boss, full)))
    facts = {name for part in told["data"] for name in part}
    row = dict(
        zip(
            tables.registration.columns.keys(),
            rows_at(store_folder)["registration"][0],
            strict=True,
        )
    )
    kept = {name for name, value in row.items() if value not in ("", None)}
    assert kept - facts == OURS_ALONE
    parts = {part["part"] for part in told["data"]}
    assert {"receiver", "payment", "correction", "slip", "invitation", "request"} <= parts
    text = json.dumps(told, ensure_ascii=False)
    for value in (row["nik"], KPJ, "AHMAD SAPRUDIN", "AHMAD LAMA", "salah ketik", "TRX 0091"):
        assert str(value) in text
    assert "081300002222" in text


def test_every_fact_has_its_words(boss: Desk, full: str) -> None:
    texts = load_texts()
    copy = copied(boss, full)
    labels = {f"personal_copy.{fact.name}" for part in copy.parts for fact in part.facts}
    labels |= {f"personal_copy.part_{part.name}" for part in copy.parts}
    columns = {column.name for column in tables.registration.columns} - OURS_ALONE
    labels |= {f"personal_copy.{name}" for name in columns}
    assert labels - texts.sentences.keys() == set()
    said = [say_value(fact.value, texts) for part in copy.parts for fact in part.facts]
    assert [one for one in said if not one or "_" in one] == []


def test_only_a_supervisor_gets_it_and_the_audit_says_who(
    desk: Desk, boss: Desk, store_folder: Path, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)
    assert copy_of(desk, one) == NotAllowed(Action.EXPORT_OR_ERASE)
    assert copy_of(boss, "nobody") == NotFound()
    assert copied(boss, one).made_by == SUPERVISOR.name
    assert rows_at(store_folder)["audit"][-1][2:5] == ("data_copied", one, SUPERVISOR.id)


def test_a_copy_that_was_asked_for_is_done_once_it_was_made(boss: Desk, clock: StillClock) -> None:
    one = enrol(boss.store, clock)
    request = record_request(boss, one, Right.COPY)
    assert isinstance(request, Request)
    before = carry_out(boss, request.id, NoPapers())
    copied(boss, one)
    after = carry_out(boss, request.id, NoPapers())
    assert [type(outcome).__name__ for outcome in (before, after)] == ["NotYetDone", "CarriedOut"]


def test_it_names_the_other_registrations_of_the_person(boss: Desk, clock: StillClock) -> None:
    old = enrol(boss.store, clock)
    actions.void(boss, old, "ganda")
    new = enrol(boss.store, clock, 9, nik=nik_of(1))
    number = detail_of(boss, old).registration.number
    others = [part for part in copied(boss, new).parts if part.name == "other"]
    assert [fact.value for part in others for fact in part.facts] == [number]
