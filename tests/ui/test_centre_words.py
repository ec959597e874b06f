"""What the desk says of the centre: the last proven fact and its time, the gravest first."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from samples import NOW, SampleFacts, load_texts

from kiosk.domain.centre import (
    CentreConflict,
    Link,
    Match,
    MatchBecause,
    MatchSide,
    Parked,
    Pause,
    SyncStatus,
)
from kiosk.domain.centre_desk import Whereabouts
from ui.models.desk.centre_view import line_of, reason_words, standing_of, whereabouts_line
from ui.models.desk.pairs_view import look_at_conflict, look_at_match

TEXTS = load_texts()
FACTS: Any = SampleFacts()
JUST_NOW = NOW - timedelta(minutes=3)
YESTERDAY = datetime(2026, 11, 21, 7, 10, tzinfo=UTC)
EARLIER = datetime(2026, 11, 14, 7, 10, tzinfo=UTC)


def line(status: SyncStatus) -> tuple[str, str]:
    told = line_of(status, NOW, FACTS, TEXTS)
    assert told is not None
    return told.text, told.tone


def test_a_kiosk_without_a_centre_says_nothing_of_it() -> None:
    assert line_of(SyncStatus(Link.NOT_JOINED), NOW, FACTS, TEXTS) is None


def test_all_well_is_said_calmly_with_the_time_of_the_last_answer() -> None:
    well = SyncStatus(Link.REACHED, reached_at=JUST_NOW)
    assert line(well) == ("Di pusat sampai 22 Nov 10.21", "sand")


def test_what_waits_is_counted_with_the_oldest() -> None:
    status = SyncStatus(Link.REACHED, reached_at=JUST_NOW, waiting=3, oldest_waiting_at=YESTERDAY)
    assert line(status) == ("3 belum di pusat, yang tertua sejak kemarin 14.10", "sand")


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (JUST_NOW, "Pusat tidak terjangkau sejak pukul 10.21"),
        (YESTERDAY, "Pusat tidak terjangkau sejak kemarin 14.10"),
        (EARLIER, "Pusat tidak terjangkau sejak 14 Nov 14.10"),
    ],
)
def test_cut_off_is_said_with_since_when(since: datetime, words: str) -> None:
    assert line(SyncStatus(Link.NOT_REACHED, since=since, reached_at=since)) == (words, "amber")


@pytest.mark.parametrize(
    ("status", "words", "tone"),
    [
        (
            SyncStatus(Link.REFUSED, since=YESTERDAY, reached_at=YESTERDAY),
            "Pusat menolak anjungan ini: panggil admin",
            "brick",
        ),
        (
            SyncStatus(Link.REACHED, reached_at=JUST_NOW, pause=Pause.LOCKED),
            "Anjungan ini dikunci di pusat: panggil admin",
            "brick",
        ),
        (
            SyncStatus(Link.REACHED, reached_at=JUST_NOW, copied_at=YESTERDAY),
            "Data anjungan ini tampaknya salinan: panggil admin",
            "brick",
        ),
        (
            SyncStatus(Link.REACHED, reached_at=JUST_NOW, parked=2),
            "2 ditolak pusat: perlu dilihat",
            "amber",
        ),
        (
            SyncStatus(Link.UNSAFE, since=JUST_NOW, reached_at=JUST_NOW),
            "Pusat belum memastikan datanya aman",
            "amber",
        ),
        (SyncStatus(Link.NEVER_REACHED), "Pusat belum pernah terjangkau", "amber"),
        (
            SyncStatus(Link.REACHED, reached_at=JUST_NOW, pause=Pause.CAP),
            "Batas kiriman hari ini sudah tercapai",
            "amber",
        ),
        (
            SyncStatus(Link.REACHED, reached_at=JUST_NOW, differing=4),
            "Pencocokan terakhir: 4 berbeda di pusat",
            "amber",
        ),
        (
            SyncStatus(Link.REACHED, reached_at=YESTERDAY),
            "Pusat terakhir terjangkau kemarin 14.10",
            "amber",
        ),
    ],
)
def test_whatever_is_wrong_is_said(status: SyncStatus, words: str, tone: str) -> None:
    assert line(status) == (words, tone)


def test_several_things_are_all_said_the_gravest_first() -> None:
    status = SyncStatus(
        Link.NOT_REACHED,
        since=YESTERDAY,
        reached_at=YESTERDAY,
        waiting=3,
        oldest_waiting_at=YESTERDAY,
        parked=2,
    )
    assert line(status)[0].split(". ") == [
        "2 ditolak pusat: perlu dilihat",
        "Pusat tidak terjangkau sejak kemarin 14.10",
        "3 belum di pusat, yang tertua sejak kemarin 14.10",
    ]


@pytest.mark.parametrize(
    "status",
    [
        SyncStatus(link, JUST_NOW, reached, waiting, JUST_NOW if waiting else None, parked)
        for link, reached, waiting, parked in product(
            sorted(set(Link) - {Link.NOT_JOINED}), (None, JUST_NOW, YESTERDAY), (0, 2), (0, 1)
        )
    ],
    ids=str,
)
def test_all_is_at_the_centre_is_said_only_when_it_is(status: SyncStatus) -> None:
    proven = status.link is Link.REACHED and status.reached_at == JUST_NOW
    all_there = proven and not (status.waiting or status.parked)
    assert ("Di pusat sampai" in line(status)[0]) is all_there
    assert (standing_of(status, NOW, TEXTS).tone == "leaf") is all_there


def test_the_page_says_the_code_that_the_help_asks_for() -> None:
    status = SyncStatus(Link.REFUSED, since=YESTERDAY, code="C 31")
    assert "C 31" in standing_of(status, NOW, TEXTS).todo


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("incomplete", "Datanya tidak lengkap."),
        ("bad_birth_date", "Pusat tidak menerima isian tanggal lahir."),
        ("bad_counter", "Pusat tidak bisa menyimpannya. Kode bad_counter."),
        ("database_22p05", "Pusat tidak bisa menyimpannya. Kode 22p05."),
        ("never heard of", "Pusat tidak bisa menyimpannya. Kode never heard of."),
    ],
)
def test_a_rejection_is_told_in_plain_words_and_what_to_do(reason: str, words: str) -> None:
    told, todo = reason_words(reason, TEXTS)
    assert told == words
    assert todo


def test_where_a_record_is_is_said_by_what_the_centre_answered() -> None:
    parked = Parked("id 1", "109170000427", "too_large", YESTERDAY)
    lines = [
        whereabouts_line(where, FACTS, TEXTS)
        for where in (Whereabouts(), Whereabouts(JUST_NOW), Whereabouts(None, parked))
    ]
    assert lines[0].text == "Baru ada di anjungan ini"
    assert lines[1].text == "Di pusat sejak 22 Nov 10.21"
    assert lines[2].text.startswith("Ditolak pusat kemarin 14.10. Datanya terlalu besar.")


# ------------------------------------------------------------ side by side


def side(*, own: bool, **changes: str) -> MatchSide:
    values = {
        "registration_id": "a",
        "number": "109170000427",
        "office": "36.04.09",
        "kiosk_name": "Loket 1",
        "status": "registered",
        "nik": "3604011205809001" if own else "************9001",
        "name": "AHMAD SAPRUDIN",
        "birth_date": "1980-05-12",
        "desa_code": "36.04.09.2001",
        "phone": "081234567890" if own else "********7890",
    }
    return MatchSide(own=own, registered_at=YESTERDAY, revision=1, **{**values, **changes})


def differing(because: MatchBecause, **changes: str) -> set[str]:
    match = Match("1", because, YESTERDAY, (side(own=True), side(own=False, **changes)))
    view = look_at_match(match, FACTS, TEXTS)
    return {row.label for row in view.rows if row.differs}


def test_what_is_alike_is_not_marked_though_one_side_is_masked() -> None:
    assert differing(MatchBecause.NIK) == set()


def test_what_differs_is_marked() -> None:
    other = {"name": "AHMAD SAPRUDDIN", "phone": "********7891", "desa_code": "36.04.11.2001"}
    assert differing(MatchBecause.NIK, **other) == {"Nama", "Telepon", "Desa"}


def test_a_nik_that_is_only_near_is_marked_though_its_open_end_is_alike() -> None:
    assert differing(MatchBecause.NEAR_NIK) == {"NIK"}


def test_an_empty_telephone_differs_from_one() -> None:
    assert differing(MatchBecause.NAME, phone="") == {"Telepon"}


def test_the_whole_nik_stands_on_neither_side() -> None:
    match = Match("1", MatchBecause.NIK, YESTERDAY, (side(own=True), side(own=False)))
    view = look_at_match(match, FACTS, TEXTS)
    assert not any("3604011205809001" in row.one + row.other for row in view.rows)


def test_two_versions_show_what_differs_by_name_and_count_the_rest() -> None:
    conflict = CentreConflict(
        "3",
        "a",
        "109170000427",
        YESTERDAY,
        {"phone": ("081234567890", ""), "next_month": ("[]", "[1]"), "quote_notes": ("", "x")},
    )
    view = look_at_conflict(conflict, FACTS, TEXTS)
    assert [(row.label, row.one, row.other) for row in view.rows] == [
        ("Telepon", "0812 3456 7890", "(kosong)")
    ]
    assert view.more.startswith("2 ")
