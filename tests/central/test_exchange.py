"""What becomes of what a kiosk hands in."""

import hashlib
import threading
import uuid
from typing import Any

import pytest
from psycopg import Error
from psycopg.types.json import Jsonb

from central.fixtures import Centre
from central.kiosks import Json, Kiosk, Kiosks, changed, erasure, outcomes, record
from kiosk.sync.payload import canonical


def ask(centre: Centre, sql: str, *values: Any) -> Any:
    """One value, as the owner sees it."""
    with centre.connect() as owner:
        found = owner.execute(sql, values).fetchone()
    return found and found[0]


def change_at_centre(centre: Centre, kiosk: Kiosk, one: Json, revision: int, name: str) -> None:
    """What the desk's functions leave when somebody corrects a name at the centre."""
    with centre.connect() as owner:
        owner.execute(
            "WITH numbered AS (UPDATE centre.kiosk SET changes = changes + 1 WHERE id = %s"
            " RETURNING changes) INSERT INTO centre.change (kiosk_id, seq, registration_id,"
            " revision, base_revision, fields) SELECT %s, changes, %s, %s, %s, %s FROM numbered",
            (kiosk.id, kiosk.id, one["id"], revision, revision - 1, Jsonb({"name": name})),
        )
        owner.execute(
            "UPDATE centre.registration SET revision = %s, origin = 'staff_0', hash = '\\x00'"
            " WHERE id = %s",
            (revision, one["id"]),
        )


@pytest.fixture
def kiosk(kiosks: Kiosks) -> Kiosk:
    """A kiosk at work."""
    return kiosks.add()


def test_new_records_are_stored_with_running_receipts(centre: Centre, kiosk: Kiosk) -> None:
    records = [kiosk.record(counter) for counter in range(3)]
    reply = kiosk.exchange(*records)
    assert outcomes(reply) == [("stored", 1, ""), ("stored", 2, ""), ("stored", 3, "")]
    assert [outcome[0] for outcome in reply["outcomes"]] == [one["id"] for one in records]
    assert ask(centre, "SELECT count(*) FROM centre.person") == 3
    assert reply["kiosk"]["number"] == "10917"
    assert (reply["copied"], reply["again_after"], reply["pause"]) == (False, None, "")


def test_the_same_again_is_already_there_under_its_receipt(centre: Centre, kiosk: Kiosk) -> None:
    one, other = kiosk.record(1), kiosk.record(2)
    kiosk.exchange(one, other)
    assert outcomes(kiosk.exchange(other, one)) == [
        ("already_there", 2, ""),
        ("already_there", 1, ""),
    ]
    assert ask(centre, "SELECT count(*) FROM centre.registration") == 2


def test_a_newer_revision_replaces_and_the_older_is_kept(centre: Centre, kiosk: Kiosk) -> None:
    one = kiosk.record(1)
    newer = changed(one, revision=2, nik="3604011205809002", status="void")
    kiosk.exchange(one)
    assert outcomes(kiosk.exchange(newer)) == [("stored", 2, "")]
    assert outcomes(kiosk.exchange(one)) == [("newer_there", 2, "")]
    assert ask(centre, "SELECT payload->'row'->>'nik' FROM centre.revision") == one["row"]["nik"]
    assert ask(centre, "SELECT array_agg(nik) FROM centre.person") == ["3604011205809002"]
    assert ask(centre, "SELECT in_force FROM centre.person") is False


def test_a_revision_that_was_skipped_is_kept_when_it_comes_late(
    centre: Centre, kiosk: Kiosk
) -> None:
    one = kiosk.record(1)
    kiosk.exchange(changed(one, revision=3))
    assert outcomes(kiosk.exchange(changed(one, revision=2))) == [("newer_there", 1, "")]
    assert ask(centre, "SELECT revision FROM centre.registration") == 3
    assert ask(centre, "SELECT array_agg(revision) FROM centre.revision") == [2]


def test_another_content_raises_an_alarm_and_overwrites_nothing(
    centre: Centre, kiosk: Kiosk
) -> None:
    one = kiosk.record(1)
    other = changed(one, name="SOMEBODY ELSE")
    kiosk.exchange(one)
    for _ in range(2):
        assert outcomes(kiosk.exchange(other)) == [("rejected", 0, "other_content")]
    assert (
        ask(centre, "SELECT payload->'row'->>'name' FROM centre.registration")
        == (one["row"]["name"])
    )
    assert ask(centre, "SELECT array_agg(kind) FROM centre.alarm") == ["other_content"]
    assert ask(centre, "SELECT other_payload->'row'->>'name' FROM centre.conflict") == (
        "SOMEBODY ELSE"
    )


def test_another_content_of_a_superseded_revision_is_no_less_an_alarm(
    centre: Centre, kiosk: Kiosk
) -> None:
    one = kiosk.record(1)
    kiosk.exchange(one)
    kiosk.exchange(changed(one, revision=2))
    late = changed(one, name="SOMEBODY ELSE")
    assert outcomes(kiosk.exchange(late)) == [("rejected", 0, "other_content")]


@pytest.mark.parametrize("revision", [2, 3])
def test_a_kiosk_that_had_not_seen_a_change_gets_a_conflict(
    centre: Centre, kiosk: Kiosk, revision: int
) -> None:
    one = kiosk.record(1)
    kiosk.exchange(one)
    change_at_centre(centre, kiosk, one, 2, "AT THE CENTRE")
    own = changed(one, revision=revision, name="AT THE KIOSK")
    reply = kiosk.exchange(own)
    assert outcomes(reply) == [("newer_there", 1, "")]
    assert [change["seq"] for change in reply["changes"]] == [1]
    assert ask(centre, "SELECT revision FROM centre.registration") == 2
    assert ask(centre, "SELECT other_payload->'row'->>'name' FROM centre.conflict") == (
        "AT THE KIOSK"
    )
    assert ask(centre, "SELECT count(*) FROM centre.alarm") == 0
    assert outcomes(kiosk.exchange(own)) == [("newer_there", 1, "")]
    assert ask(centre, "SELECT count(*) FROM centre.conflict") == 1


def name_there(centre: Centre, name: str) -> None:
    """Change the only registration as the centre's desk does."""
    with centre.connect() as owner:
        fields = Jsonb({"name": name})
        owner.execute(
            "SELECT centre.change_here(r, %s, false, r.revision + 1) FROM centre.registration r",
            (fields,),
        )


@pytest.mark.parametrize("revision", [2, 3])
def test_the_same_change_on_both_sides_is_no_conflict(
    centre: Centre, kiosk: Kiosk, revision: int
) -> None:
    """What only the kiosk knows of it is taken: whoever corrected it, and why."""
    one = kiosk.record(1)
    kiosk.exchange(one)
    name_there(centre, "ON BOTH SIDES")
    own = changed(one, revision=revision, name="ON BOTH SIDES")
    own["corrections"] = [{"revision": revision, "before": "{}", "reason": "x"}]
    assert outcomes(kiosk.exchange(own)) == [("stored", 2, "")]
    assert ask(centre, "SELECT count(*) FROM centre.conflict") == 0
    assert ask(centre, "SELECT revision FROM centre.registration") == revision
    assert (
        ask(centre, "SELECT payload->'corrections'->0->>'reason' FROM centre.registration") == "x"
    )
    assert outcomes(kiosk.exchange(own)) == [("already_there", 2, "")]


def test_the_same_name_and_something_else_is_a_conflict(centre: Centre, kiosk: Kiosk) -> None:
    one = kiosk.record(1)
    kiosk.exchange(one)
    name_there(centre, "ON BOTH SIDES")
    own = changed(one, revision=2, name="ON BOTH SIDES", phone="081200000009")
    assert outcomes(kiosk.exchange(own)) == [("newer_there", 1, "")]
    assert ask(centre, "SELECT count(*) FROM centre.conflict") == 1


def test_a_kiosk_that_had_seen_the_change_goes_on_from_it(centre: Centre, kiosk: Kiosk) -> None:
    one = kiosk.record(1)
    kiosk.exchange(one)
    change_at_centre(centre, kiosk, one, 2, "AT THE CENTRE")
    kiosk.changes_seen = 1
    reply = kiosk.exchange(changed(one, revision=3, name="BOTH"))
    assert outcomes(reply) == [("stored", 2, "")]
    assert reply["changes"] == []


def test_two_hundred_changes_at_once_and_then_the_rest(centre: Centre, kiosk: Kiosk) -> None:
    one = kiosk.record(1)
    kiosk.exchange(one)
    with centre.connect() as owner:
        owner.execute(
            "INSERT INTO centre.change"
            " (kiosk_id, seq, registration_id, revision, base_revision, fields)"
            " SELECT %s, seq, %s, seq + 1, seq, '{}' FROM generate_series(1, 202) seq",
            (kiosk.id, one["id"]),
        )
    reply = kiosk.exchange()
    assert (len(reply["changes"]), reply["more_changes"]) == (200, True)
    kiosk.changes_seen = reply["changes"][-1]["seq"]
    reply = kiosk.exchange()
    assert ([change["seq"] for change in reply["changes"]], reply["more_changes"]) == (
        [201, 202],
        False,
    )


def test_an_erased_registration_leaves_its_number_and_never_comes_back(
    centre: Centre, kiosk: Kiosk
) -> None:
    one = kiosk.record(1)
    kiosk.exchange(one)
    kiosk.exchange(changed(one, revision=2))
    kiosk.exchange(changed(one, revision=2, name="SOMEBODY ELSE"))
    assert outcomes(kiosk.exchange(erasure(one, 3))) == [("stored", 3, "")]
    assert outcomes(kiosk.exchange(erasure(one, 3))) == [("already_there", 3, "")]
    assert outcomes(kiosk.exchange(one)) == [("already_there", 3, "")]
    for table in ("registration", "person", "revision", "conflict", "to_match"):
        assert ask(centre, f"SELECT count(*) FROM centre.{table}") == 0, table
    assert ask(centre, "SELECT number FROM centre.erased") == one["row"]["number"]


def test_what_was_erased_before_it_was_handed_in_is_not_taken_later(
    centre: Centre, kiosk: Kiosk
) -> None:
    one = kiosk.record(1)
    assert outcomes(kiosk.exchange(erasure(one))) == [("stored", 1, "")]
    assert outcomes(kiosk.exchange(one)) == [("already_there", 1, "")]


BAD: dict[str, dict[str, Any]] = {
    "bad_number": {"number": "109170000010"},
    "bad_counter": {"counter": 7},
    "bad_incarnation": {"incarnation": "mine"},
    "bad_registered_at": {"registered_at": "27 November"},
    "bad_status": {"status": "rich"},
    "bad_nik": {"nik": "12345"},
    "bad_name": {"name": ""},
    "bad_birth_date": {"birth_date": "1980-02-30"},
    "bad_desa_code": {"desa_code": "Ciruas"},
    "bad_segment_id": {"segment_id": None},
    "bad_dinas": {"dinas": "x" * 201},
    "too_large": {"address_line": "x" * 70_000},
    "not_yours": {"kiosk_number": "10918"},
}


def test_bad_records_are_rejected_with_their_reason_and_the_others_go_on(
    centre: Centre, kiosk: Kiosk
) -> None:
    good = [kiosk.record(counter) for counter in range(100, 100 + len(BAD))]
    bad = [kiosk.record(place, **columns) for place, columns in enumerate(BAD.values(), 200)]
    reply = kiosk.exchange(*(one for pair in zip(good, bad, strict=True) for one in pair))
    assert [reason for _, _, reason in outcomes(reply)[1::2]] == list(BAD)
    assert {outcome for outcome, _, _ in outcomes(reply)[::2]} == {"stored"}
    assert ask(centre, "SELECT count(*) FROM centre.registration") == len(good)


def test_a_moment_that_there_is_not_is_rejected(kiosk: Kiosk) -> None:
    # Other offices read it beside their own, and could read nothing else then.
    moments = ("2026-02-30T03:00:00.000000+00:00", "2026-11-27T24:00:00.000000+00:00")
    reply = kiosk.exchange(*(kiosk.record(n, registered_at=at) for n, at in enumerate(moments, 1)))
    assert {reason for _, _, reason in outcomes(reply)} == {"bad_registered_at"}


def test_what_is_no_record_is_incomplete(kiosk: Kiosk) -> None:
    whole = kiosk.record(1)
    row = {name: value for name, value in whole["row"].items() if name != "phone"}
    records: list[Any] = [
        *(None, 7, "x", [], {}, {"id": whole["id"]}),
        *({**whole, "row": row}, {**whole, "row": []}, {**whole, "payments": {}}),
        *({**whole, "kind": "gift"}, {**erasure(whole), "number": None}),
    ]
    reply = kiosk.exchange(*records)
    reasons = {reason for _, _, reason in outcomes(reply)}
    assert reasons <= {"incomplete", "bad_id", "bad_revision"}
    assert len(reply["outcomes"]) == len(records)


def test_what_only_the_database_refuses_is_rejected_by_itself(centre: Centre, kiosk: Kiosk) -> None:
    with centre.connect() as owner:
        owner.execute("ALTER TABLE centre.person ADD CHECK (nik <> '3604011205809666')")
    good, bad, last = kiosk.record(1), kiosk.record(2, nik="3604011205809666"), kiosk.record(3)
    assert outcomes(kiosk.exchange(good, bad, last)) == [
        ("stored", 1, ""),
        ("rejected", 0, "database_23514"),
        ("stored", 2, ""),
    ]
    assert ask(centre, "SELECT count(*) FROM centre.registration") == 2


def test_a_server_in_need_rejects_no_record(centre: Centre, kiosk: Kiosk) -> None:
    with centre.connect() as owner:
        owner.execute(
            "CREATE FUNCTION centre.full_disk() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$;"
            "CREATE TRIGGER full_disk BEFORE INSERT ON centre.person"
            " EXECUTE FUNCTION centre.full_disk()"
        )
    with pytest.raises(Error) as refused:
        kiosk.exchange(kiosk.record(1), kiosk.record(2))
    assert refused.value.sqlstate == "53100"
    assert ask(centre, "SELECT receipts FROM centre.kiosk") == 0


def test_one_registration_twice_in_a_request_is_taken_in_turn(kiosk: Kiosk) -> None:
    one = kiosk.record(1)
    reply = kiosk.exchange(one, changed(one, revision=2), one)
    assert outcomes(reply) == [("stored", 1, ""), ("stored", 2, ""), ("newer_there", 2, "")]


def test_records_of_another_kiosk_are_not_taken(centre: Centre, kiosks: Kiosks) -> None:
    mine, other = kiosks.add("10917"), kiosks.add("10918", "36.04.10")
    theirs = other.record(1)
    other.exchange(theirs)
    forged = changed(theirs, name="MINE NOW", revision=2)
    as_mine = {**mine.record(1), "id": theirs["id"]}
    as_mine["row"] = {**as_mine["row"], "id": theirs["id"]}
    assert (
        outcomes(mine.exchange(forged, as_mine, erasure(theirs)))
        == [("rejected", 0, "not_yours")] * 3
    )
    assert (
        ask(centre, "SELECT payload->'row'->>'name' FROM centre.registration")
        == (theirs["row"]["name"])
    )
    assert ask(centre, "SELECT array_agg(kind) FROM centre.alarm") == ["not_yours"]


def test_a_provisional_number_of_before_joining_is_the_kiosks_own(kiosk: Kiosk) -> None:
    before = record("91234", 1)
    assert outcomes(kiosk.exchange(before)) == [("rejected", 0, "not_yours")]
    assert outcomes(kiosk.exchange(before, kiosk_number="91234")) == [("stored", 1, "")]
    assert outcomes(kiosk.exchange(record("91234", 2))) == [("stored", 2, "")]


def test_two_kiosks_with_one_provisional_number_raise_an_alarm_for_equal_numbers(
    centre: Centre, kiosks: Kiosks
) -> None:
    mine, other = kiosks.add("10917"), kiosks.add("10918", "36.04.10")
    mine.exchange(record("91234", 1), kiosk_number="91234")
    reply = other.exchange(record("91234", 1), record("91234", 2), kiosk_number="91234")
    assert [outcome for outcome, _, _ in outcomes(reply)] == ["stored", "stored"]
    assert ask(centre, "SELECT array_agg(kind) FROM centre.alarm") is not None
    mine.exchange()
    assert set(ask(centre, "SELECT array_agg(kind) FROM centre.alarm")) == {"number_clash"}


def test_both_sides_compute_the_same_hash(centre: Centre, kiosk: Kiosk) -> None:
    one = kiosk.record(1, name="Ma'mun “Ujang” Ñ ≤ \U0001f600", address_line='a\\b"c\t/é\x7f')
    kiosk.exchange(one)
    content = {part: one[part] for part in ("row", "payments", "corrections")}
    stored = ask(centre, "SELECT encode(hash, 'hex') FROM centre.registration")
    assert stored == hashlib.sha256(canonical(content).encode()).hexdigest()


def test_a_days_cap_leaves_the_rest_for_tomorrow(centre: Centre, kiosks: Kiosks) -> None:
    kiosk = kiosks.add(daily_cap=2)
    records = [kiosk.record(counter) for counter in range(4)]
    reply = kiosk.exchange(*records)
    assert reply["pause"] == "cap"
    assert [outcome[0] for outcome in reply["outcomes"]] == [one["id"] for one in records[:2]]
    reply = kiosk.exchange(*records)
    assert [outcome for outcome, _, _ in outcomes(reply)] == ["already_there"] * 2
    assert ask(centre, "SELECT array_agg(kind) FROM centre.alarm") == ["cap"]
    with centre.connect() as owner:
        owner.execute("UPDATE centre.kiosk SET day = day - 1")
    assert [outcome for outcome, _, _ in outcomes(kiosk.exchange(*records[2:]))] == ["stored"] * 2


@pytest.mark.parametrize(("state", "code"), [("claiming", "AB001"), ("revoked", "AB002")])
def test_who_may_not_hand_in_is_told_why(
    centre: Centre, kiosk: Kiosk, state: str, code: str
) -> None:
    with centre.connect() as owner:
        owner.execute("UPDATE centre.kiosk SET state = %s", (state,))
    with pytest.raises(Error) as refused:
        kiosk.exchange(kiosk.record(1))
    assert refused.value.sqlstate == code


def test_a_locked_kiosk_hands_in_and_is_told(centre: Centre, kiosk: Kiosk) -> None:
    with centre.connect() as owner:
        owner.execute("UPDATE centre.kiosk SET state = 'locked'")
    reply = kiosk.exchange(kiosk.record(1))
    assert (outcomes(reply), reply["pause"]) == ([("stored", 1, "")], "locked")


def test_another_protocol_is_refused(kiosk: Kiosk) -> None:
    with pytest.raises(Error) as refused:
        kiosk.exchange(protocol=2)
    assert refused.value.sqlstate == "AB003"


def test_only_what_a_verified_backup_holds_is_backed_up(centre: Centre, kiosk: Kiosk) -> None:
    kiosk.exchange(kiosk.record(1), kiosk.record(2))
    with centre.connect() as owner:
        owner.execute(
            "INSERT INTO centre.backup (place, size_bytes, sha256) VALUES ('there', 1, '')"
        )
        owner.execute("INSERT INTO centre.backup_covers SELECT 1, id, receipts FROM centre.kiosk")
    assert kiosk.exchange()["backed_up"] == 0
    with centre.connect() as owner:
        owner.execute("UPDATE centre.backup SET verified_at = now()")
    assert kiosk.exchange()["backed_up"] == 2


def test_hand_ins_of_two_kiosks_at_once_all_arrive(centre: Centre, kiosks: Kiosks) -> None:
    two = [kiosks.add("10917"), kiosks.add("10918", "36.04.10")]
    handed: dict[str, list[str]] = {}

    def hand_in(kiosk: Kiosk) -> None:
        for start in range(0, 50, 10):
            reply = kiosk.exchange(*(kiosk.record(start + nth) for nth in range(10)))
            handed.setdefault(kiosk.number, []).extend(one for one, _, _ in outcomes(reply))

    together(hand_in, two)
    assert handed == {kiosk.number: ["stored"] * 50 for kiosk in two}
    with centre.connect() as owner:
        owner.execute("SELECT centre.match_pending(NULL, NULL)")
    assert ask(centre, "SELECT count(*) FROM centre.registration") == 100


def test_one_kiosks_requests_at_once_give_each_record_its_own_receipt(
    centre: Centre, kiosks: Kiosks
) -> None:
    kiosk = kiosks.add()
    records = [kiosk.record(counter) for counter in range(40)]
    kiosk.exchange()
    stores = [
        Kiosk(kiosk.id, kiosk.number, connection, incarnation=str(uuid.uuid4()))
        for connection in (kiosk.connection, kiosks.connect(kiosk.number))
    ]
    together(lambda store: [store.exchange(one) for one in records], stores)
    receipts = ask(centre, "SELECT array_agg(receipt ORDER BY receipt) FROM centre.registration")
    assert receipts == list(range(1, 41))


def together(work: Any, over: list[Kiosk]) -> None:
    """Do the same for each at the same time."""
    threads = [threading.Thread(target=work, args=(one,)) for one in over]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
