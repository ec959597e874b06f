"""A kiosk takes the configurations that it may trust and use, and keeps the last good one."""

import json
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from central.fixtures import Centre
from central.publishing import signing_key
from keeping import Kept
from samples import StillClock

from kiosk.clock import SystemClock
from kiosk.composition import Shipped
from kiosk.domain.configuration import Because, Content, Document, Refused, read_document
from kiosk.domain.fleet import CommandKind, Order, OrderResult
from kiosk.health import Health
from kiosk.in_force import InForce, choose
from kiosk.layers import Source
from kiosk.own_content import Unfit
from kiosk.settings import Settings
from kiosk.storage.configuration import MOST_TRIES, KeptConfiguration
from kiosk.storage.settings import SettingChange
from kiosk.sync import worker
from kiosk.sync.duties import Duties
from kiosk.sync.fetching import fetch, is_wanted
from kiosk.sync.line import Answered, CallOutcome, NotReached
from kiosk.sync.obeying import obey
from kiosk.sync.talk import Talk, Went
from kiosk.sync.worker import Sync, read_status
from sync.office import VERSION, KioskAtCentre
from sync.shipped import document, shipped_file, shipped_program, signed

Spoil = Callable[[bytes, str], tuple[bytes, str]]


def publish(
    kiosk: KioskAtCentre, made: Document | tuple[bytes, str], number: int = 0, state: str = ""
) -> None:
    """Put a document at the centre, as a centre would that does not look at it."""
    written, signature = signed(made) if isinstance(made, Document) else made
    version = number or (made.version if isinstance(made, Document) else 1)
    with kiosk.centre.connect() as owner:
        owner.execute(
            "INSERT INTO centre.config (version, document, signature, why, state)"
            " VALUES (%s, %s, %s, '', %s)",
            (version, written, signature, state or "published"),
        )


@pytest.fixture
def trusting(kiosk: KioskAtCentre) -> KioskAtCentre:
    """A kiosk whose token named the admin's key."""
    with kiosk.store.transaction() as record:
        record.configuration.trust((signing_key().public,))
    return kiosk


def fetch_it(kiosk: KioskAtCentre, program: str = VERSION) -> Document | Refused | None:
    """Exchange, and fetch what the centre then has."""
    went = kiosk.talk.once()
    if not is_wanted(kiosk.store, getattr(went, "config", 0), program):
        return None
    return fetch(kiosk.store, kiosk.faults, kiosk.clock, program, shipped_program().flaw_of)


def chosen(kiosk: KioskAtCentre, program: str = VERSION, of: Shipped | None = None) -> InForce:
    """What the program would be composed of now."""
    return choose(kiosk.store, of or shipped_program(), kiosk.clock, program, leads=True)


def refused(kiosk: KioskAtCentre) -> Refused | None:
    with kiosk.store.reading() as record:
        found = record.configuration.refused()
    return found.refused if found else None


# ------------------------------------------------------------ taken


def test_what_the_kabupaten_publishes_counts_layer_by_layer(trusting: KioskAtCentre) -> None:
    content = Content(
        kabupaten={"silence_s": 60, "warning_s": 20, "help_number": "0254 1"},
        offices={"36.04.09": {"silence_s": 70}, "36.04.10": {"silence_s": 80}},
        kiosks={trusting.number: {"help_number": "0254 9"}, "10999": {"warning_s": 11}},
    )
    publish(trusting, document(1, content))
    assert isinstance(fetch_it(trusting), Document)
    found = chosen(trusting)
    assert found.version == 1
    settings, sources = found.found.settings, found.found.sources
    assert (settings.silence_s, settings.warning_s, settings.help_number) == (70, 20, "0254 9")
    assert sources["silence_s"] is Source.KECAMATAN
    assert sources["help_number"] is Source.ASSIGNED


def test_data_and_sentences_count_too(trusting: KioskAtCentre) -> None:
    segments = shipped_file("segments.json")
    key = "common.next"
    content = Content(
        data={"segments.json": json.dumps(segments)},
        texts={"id": {key: "Lanjut"}, "en": {key: "Go on"}},
    )
    publish(trusting, document(1, content))
    assert isinstance(fetch_it(trusting), Document)
    texts = chosen(trusting).composed.languages.texts
    assert (texts["id"].say(key), texts["en"].say(key)) == ("Lanjut", "Go on")


def test_what_a_kiosk_says_for_itself_goes_over_it_but_for_data(trusting: KioskAtCentre) -> None:
    key, other = "common.next", "common.leave"
    texts = {code: {key: "Maju", other: "Pergi"} for code in ("id", "en")}
    publish(trusting, document(1, Content(texts=texts)))
    fetch_it(trusting)
    columns = json.dumps({**shipped_file("handover_columns.json"), "version": "2027-01-01"})
    rows = {
        f"text/id/{key}": "Terus",
        f"text/en/{key}": "On",
        "data/handover_columns.json": columns,
    }
    with trusting.store.transaction() as record:
        for name, value in rows.items():
            record.settings.add(SettingChange(name, None, value, "", trusting.clock.now()))
    composed = chosen(trusting).composed
    texts_now = composed.languages.texts["id"]
    assert (texts_now.say(key), texts_now.say(other)) == ("Terus", "Pergi")
    assert composed.data.handover == shipped_program().data.handover
    assert [one.why for one in composed.own.misfits] == [Unfit.OF_THE_CENTRE]


def test_a_kiosk_offline_for_weeks_takes_the_newest_at_once(trusting: KioskAtCentre) -> None:
    for version in range(1, 8):
        publish(trusting, document(version, silence_s=60 + version))
    taken = fetch_it(trusting)
    assert isinstance(taken, Document)
    assert taken.version == 7
    assert chosen(trusting).found.settings.silence_s == 67
    assert fetch_it(trusting) is None


def test_the_last_two_are_kept(trusting: KioskAtCentre) -> None:
    for version in (1, 2, 3):
        publish(trusting, document(version, silence_s=60 + version))
        fetch_it(trusting)
        with trusting.store.transaction() as record:
            record.configuration.hold_good(version)
    with trusting.store.reading() as record:
        assert [one.version for one in record.configuration.kept()] == [3, 2]


def test_a_key_that_a_document_names_signs_the_next_one(trusting: KioskAtCentre) -> None:
    second = signing_key("b")
    publish(trusting, replace(document(1), keys=(second.public,)))
    fetch_it(trusting)
    publish(trusting, signed(document(2)), 2)
    assert fetch_it(trusting) == Refused(2, Because.UNSIGNED)
    publish(trusting, signed(document(3), second), 3)
    assert isinstance(fetch_it(trusting), Document)


# ------------------------------------------------------------ refused


def _no_signature(written: bytes, _signature: str) -> tuple[bytes, str]:
    return written, ""


def _altered(written: bytes, signature: str) -> tuple[bytes, str]:
    return written.replace(b'"silence_s":60', b'"silence_s":61'), signature


def _by_another(written: bytes, _signature: str) -> tuple[bytes, str]:
    return written, signing_key("b").sign(written)


@pytest.mark.parametrize("spoil", [_no_signature, _altered, _by_another])
def test_nothing_counts_that_no_trusted_key_signed(trusting: KioskAtCentre, spoil: Spoil) -> None:
    publish(trusting, document(1, silence_s=50))
    fetch_it(trusting)
    publish(trusting, spoil(*signed(document(2, silence_s=60))), 2)
    assert fetch_it(trusting) == Refused(2, Because.UNSIGNED)
    assert chosen(trusting).found.settings.silence_s == 50


def test_an_older_one_under_a_newer_number_is_refused(trusting: KioskAtCentre) -> None:
    """Whoever rules the centre gives out again what an admin signed long ago."""
    for version in (1, 2):
        publish(trusting, document(version, silence_s=50 + version))
        fetch_it(trusting)
    publish(trusting, signed(document(1, silence_s=51)), 3)
    assert fetch_it(trusting) == Refused(1, Because.OLDER)
    assert chosen(trusting).version == 2
    assert refused(trusting) == Refused(3, Because.OLDER)


def test_a_kiosk_without_a_key_takes_nothing(kiosk: KioskAtCentre) -> None:
    publish(kiosk, document(1, silence_s=60))
    assert fetch_it(kiosk) == Refused(1, Because.UNSIGNED)
    assert chosen(kiosk).version == 0


def _tariff_with_a_gap() -> str:
    tariff = shipped_file("tariff.json")
    del tariff["brackets"][1]
    return json.dumps(tariff)


BAD: dict[str, tuple[Document, Refused]] = {
    "out of limits": (document(2, silence_s=5), Refused(2, Because.SETTING, "silence_s")),
    "wrong kind": (document(2, silence_s="60"), Refused(2, Because.SETTING, "silence_s")),
    "no such setting": (document(2, silence=60), Refused(2, Because.SETTING, "silence")),
    "the machine's": (
        document(2, store_folder="/elsewhere"),
        Refused(2, Because.SETTING, "store_folder"),
    ),
    "the kabupaten's, in an office": (
        document(2, Content(offices={"36.04.10": {"registration_days": 100}})),
        Refused(2, Because.SETTING, "registration_days"),
    ),
    "no such language": (document(2, language="xx"), Refused(2, Because.NOT_TOGETHER, "language")),
    "half a data file": (
        document(2, Content(data={"segments.json": '{"version": '})),
        Refused(2, Because.DATA, "segments.json"),
    ),
    "a tariff with a gap": (
        document(2, Content(data={"tariff.json": _tariff_with_a_gap()})),
        Refused(2, Because.DATA, "tariff.json"),
    ),
    "a sentence without its translation": (
        document(2, Content(texts={"id": {"common.next": "Terus"}})),
        Refused(2, Because.TEXT, "common.next"),
    ),
    "a sentence that is too long": (
        document(2, Content(texts={"en": {"common.next": "Go on to the very next page"}})),
        Refused(2, Because.TEXT, "common.next"),
    ),
    "a sentence with another value": (
        document(2, Content(texts={"en": {"common.next": "Go {x}"}})),
        Refused(2, Because.TEXT, "common.next"),
    ),
    "a newer program": (
        document(2, needs="0.2.0"),
        Refused(2, Because.NEWER_PROGRAM, "0.2.0"),
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_used_is_refused_with_a_word_and_the_last_good_one_stays(
    trusting: KioskAtCentre, case: str
) -> None:
    made, word = BAD[case]
    publish(trusting, document(1, silence_s=50))
    fetch_it(trusting)
    publish(trusting, made)
    assert fetch_it(trusting) == word
    assert refused(trusting) == word
    assert chosen(trusting).found.settings.silence_s == 50
    assert fetch_it(trusting) is None, "it is not fetched again and again"


def test_a_newer_program_takes_what_the_older_one_could_not(trusting: KioskAtCentre) -> None:
    publish(trusting, document(1, needs="0.2.0", silence_s=60))
    assert fetch_it(trusting) == Refused(1, Because.NEWER_PROGRAM, "0.2.0")
    assert isinstance(fetch_it(trusting, "0.2.0"), Document)
    assert chosen(trusting, "0.2.0").version == 1
    assert refused(trusting) is None


def test_a_program_that_was_put_back_keeps_the_last_good_one(trusting: KioskAtCentre) -> None:
    publish(trusting, document(1, silence_s=50))
    fetch_it(trusting, "0.2.0")
    chosen(trusting, "0.2.0")
    with trusting.store.transaction() as record:
        record.configuration.hold_good(1)
    publish(trusting, document(2, needs="0.2.0", silence_s=60))
    fetch_it(trusting, "0.2.0")
    assert chosen(trusting, "0.2.0").version == 2
    assert chosen(trusting).version == 1
    assert refused(trusting) == Refused(2, Because.NEWER_PROGRAM, "0.2.0")


@pytest.mark.parametrize(
    "answer",
    [
        NotReached("C 21", was_sending=True),
        Answered({}, 0.1),
        Answered({"version": 2}, 0.1),
        Answered({"version": "2", "document": "", "signature": ""}, 0.1),
        Answered({"version": 2, "document": "%", "signature": ""}, 0.1),
        Answered(None, 0.1),
    ],
    ids=["cut off", "nothing", "half", "no number", "no base64", "no object"],
)
def test_an_answer_that_is_none_changes_nothing(
    trusting: KioskAtCentre, answer: CallOutcome
) -> None:
    publish(trusting, document(1, silence_s=50))
    trusting.talk.once()
    trusting.faults.instead = [answer]
    fetched = fetch(
        trusting.store, trusting.faults, trusting.clock, VERSION, shipped_program().flaw_of
    )
    assert fetched is None
    assert (chosen(trusting).version, refused(trusting)) == (0, None)
    assert isinstance(fetch_it(trusting), Document)


def test_the_thread_fetches_obeys_and_tells_by_itself(
    trusting: KioskAtCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "FIRST_AFTER_S", 0.0)
    publish(trusting, document(1, silence_s=60))
    order_there(trusting, "diagnostics")
    health = {"config": 0, "trouble": 0, "waiting": 0}
    duties = Duties(lambda _: health, shipped_program().flaw_of, lambda: b"PK")
    sync = Sync(trusting.store, trusting.kept.places.store, SystemClock(), VERSION, duties)
    taken = threading.Event()
    sync.start()
    try:
        for _ in range(300):
            if results(trusting.centre) == {"diagnostics": "done"}:
                break
            taken.wait(0.1)
    finally:
        sync.stop()
    assert results(trusting.centre) == {"diagnostics": "done"}
    assert chosen(trusting).version == 1
    with trusting.centre.connect() as owner:
        told = owner.execute("SELECT health, health_at IS NULL FROM centre.kiosk").fetchone()
    assert told == (health, False)


def test_the_centre_keeps_what_the_kiosk_tells_of_itself(
    trusting: KioskAtCentre, tmp_path: Path
) -> None:
    settings = replace(Settings(), store_folder=tmp_path, keys_folder=tmp_path / "keys")
    health = Health(trusting.store, settings, trusting.clock, 3, "2026-11-22", lambda: "ready")
    status = read_status(trusting.store)
    Talk(trusting.store, trusting.faults, trusting.clock, VERSION, lambda: health(status)).once()
    with trusting.centre.connect() as owner:
        told = owner.execute("SELECT health, config_version FROM centre.kiosk").fetchone()
    assert told is not None
    kept, config = told
    assert config == 3
    said = dict(health(status))
    assert {**kept, "disk_free_mb": 0} == {**said, "disk_free_mb": 0}


def test_an_order_of_a_newer_centre_stays_open_and_stops_nothing(
    trusting: KioskAtCentre,
) -> None:
    with trusting.centre.connect() as owner:
        owner.execute("ALTER TABLE centre.command DROP CONSTRAINT command_kind_check")
    order_there(trusting, "dance")
    order_there(trusting, "sync")
    assert isinstance(trusting.talk.once(), Went)
    with trusting.store.reading() as record:
        assert [one.kind for one in record.orders.open()] == [CommandKind.SYNC]


# ------------------------------------------------------------ begun with


def test_one_with_which_the_kiosk_does_not_stand_is_given_up(trusting: KioskAtCentre) -> None:
    publish(trusting, document(1, silence_s=50))
    fetch_it(trusting)
    chosen(trusting)
    with trusting.store.transaction() as record:
        record.configuration.hold_good(1)
    publish(trusting, document(2, silence_s=60))
    fetch_it(trusting)
    assert [chosen(trusting).version for _ in range(MOST_TRIES + 2)] == [2] * MOST_TRIES + [1, 1]
    assert refused(trusting) == Refused(2, Because.DID_NOT_START)
    assert fetch_it(trusting) is None
    publish(trusting, document(3, silence_s=70))
    assert isinstance(fetch_it(trusting), Document)


def test_a_power_cut_leaves_the_old_or_the_new_one_whole(tmp_path: Path) -> None:
    """The process is killed while it takes one after the other."""
    kept = Kept(tmp_path / "kiosk", clock=StillClock())
    with kept.opened() as store, store.transaction() as record:
        record.identity()
        record.configuration.trust((signing_key().public,))
    reached = 0
    for _ in range(4):
        reached = _killed_while_taking(kept, reached)
        with kept.opened() as store:
            with store.reading() as record:
                found, trusted = record.configuration.kept(), record.configuration.trusted()
            assert found[0].version in {reached, reached + 1}
            read = [read_document(one.document) for one in found]
            assert all(isinstance(one, Document) for one in read)
            assert [one.version for one in read] == [one.version for one in found]
            assert trusted == (signing_key().public,)
            assert choose(store, shipped_program(), kept.clock, VERSION, leads=False).version == (
                found[0].version
            )
            reached = found[0].version


def _killed_while_taking(kept: Kept, after: int) -> int:
    """Returns the last version that the process said it had taken."""
    mouth, ear = _pipe()
    child = os.fork()
    if child == 0:
        _take_until_killed(kept, after, mouth)
    os.close(mouth)
    with os.fdopen(ear, "rb") as told:
        told.read(3)
        os.kill(child, signal.SIGKILL)
        said = 3 + len(told.read())
    os.waitpid(child, 0)
    return after + said


def _pipe() -> tuple[int, int]:
    ear, mouth = os.pipe()
    return mouth, ear


def _take_until_killed(kept: Kept, after: int, mouth: int) -> None:
    try:
        with kept.opened() as store:
            for version in range(after + 1, after + 1000):
                written, signature = signed(document(version, silence_s=60 + version % 100))
                with store.transaction() as record:
                    new = KeptConfiguration(version, written, signature)
                    record.configuration.take(new, (signing_key().public,), SystemClock().now())
                    record.configuration.hold_good(version)
                os.write(mouth, b".")
    finally:
        os._exit(1)


# ------------------------------------------------------------ orders


def order_there(kiosk: KioskAtCentre, kind: str, message: str = "") -> None:
    with kiosk.centre.connect() as owner:
        owner.execute(
            "INSERT INTO centre.command (kiosk_id, kind, message, by) VALUES (%s, %s, %s, 'x')",
            (kiosk.id, kind, message),
        )


def results(centre: Centre) -> dict[str, Any]:
    with centre.connect() as owner:
        return dict(owner.execute("SELECT kind, result FROM centre.command").fetchall())


def test_an_order_is_carried_out_once_and_the_centre_hears_of_it(
    trusting: KioskAtCentre,
) -> None:
    order_there(trusting, "sync")
    order_there(trusting, "diagnostics")
    trusting.talk.once()
    assert obey(trusting.store, trusting.faults, trusting.clock, lambda: b"PK\x03\x04")
    assert not obey(trusting.store, trusting.faults, trusting.clock, lambda: b"")
    trusting.talk.once()
    assert results(trusting.centre) == {"sync": "done", "diagnostics": "done"}
    trusting.talk.once()
    with trusting.store.reading() as record:
        assert (record.orders.open(), record.orders.to_tell()) == ([], [])


def test_an_order_whose_answer_was_lost_is_told_once_more(trusting: KioskAtCentre) -> None:
    order_there(trusting, "sync")
    trusting.talk.once()
    obey(trusting.store, trusting.faults, trusting.clock, lambda: b"")
    trusting.faults.lose_answers = 1
    trusting.talk.once()
    trusting.talk.once()
    assert results(trusting.centre) == {"sync": "done"}
    with trusting.store.reading() as record:
        assert record.orders.to_tell() == []


def test_diagnostics_too_large_for_the_centre_are_told_of(trusting: KioskAtCentre) -> None:
    order_there(trusting, "diagnostics")
    trusting.talk.once()
    obey(trusting.store, trusting.faults, trusting.clock, lambda: bytes(512 * 1024 + 1))
    trusting.talk.once()
    assert results(trusting.centre) == {"diagnostics": "too_large"}


def test_a_lock_waits_for_the_screens_and_outlasts_a_start(trusting: KioskAtCentre) -> None:
    order_there(trusting, "lock", "Sedang diperbaiki.")
    trusting.talk.once()
    assert not obey(trusting.store, trusting.faults, trusting.clock, lambda: b"")
    with trusting.store.transaction() as record:
        (order,) = record.orders.open()
        assert order == Order(order.id, CommandKind.LOCK, "Sedang diperbaiki.", "x")
        record.orders.lock(order, trusting.clock.now())
        record.orders.done(order, OrderResult.DONE, trusting.clock.now())
    trusting.start_again()
    with trusting.store.reading() as record:
        locked = record.orders.locked()
    assert locked is not None
    assert (locked.message, locked.by) == ("Sedang diperbaiki.", "x")
