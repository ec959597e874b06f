"""Segments, jobs and the dinas behind them."""

from pathlib import Path

import pytest

from kiosk.domain.failures import DataFailure
from kiosk.domain.work import Question, Sector, parse_work

TEXT = (Path(__file__).parents[2] / "resources" / "data" / "segments.json").read_text("utf-8")
WORK = parse_work(TEXT, "segments.json")


def test_the_tiles_stand_in_their_order_under_their_short_names() -> None:
    assert [segment.tile_names["id"] for segment in WORK.segments] == [
        "Petani, pekebun",
        "Peternak",
        "Nelayan, petambak",
        "Pedagang",
        "Usaha rumahan",
        "Ojek, sopir, kurir",
        "Tukang bangunan",
        "Jasa, bengkel",
        "Buruh harian",
        "Guru ngaji, marbot",
        "Kader, RT/RW",
        "Seni, olahraga",
        "Pekerjaan lain",
    ]


def test_every_segment_has_its_picture() -> None:
    pictures = Path(__file__).parents[2] / "resources" / "pictures"
    assert all((pictures / f"{segment.id}.svg").is_file() for segment in WORK.segments)


def test_only_the_segments_that_need_a_question_have_one() -> None:
    assert {s.id: s.question for s in WORK.segments if s.question} == {
        "umkm": Question.EMPLOYS_PEOPLE,
        "konstruksi": Question.CONTRACTOR_PROJECT,
        "harian": Question.FIXED_EMPLOYER,
        "keagamaan": Question.PAID_BY_GOVERNMENT,
        "kader": Question.PAID_BY_GOVERNMENT,
    }


def test_riders_drivers_and_couriers_are_transport_and_nobody_else() -> None:
    transport = {
        (segment.id, job.id)
        for segment in WORK.segments
        for job in segment.jobs
        if job.sector is Sector.TRANSPORT
    }
    assert transport == {
        ("transport", "ojek_online"),
        ("transport", "ojek_pangkalan"),
        ("transport", "sopir_angkot"),
        ("transport", "sopir_truk_pikap"),
        ("transport", "kurir"),
    }


def test_only_the_sector_of_becak_is_unclear() -> None:
    unclear = [job.id for segment in WORK.segments for job in segment.jobs if job.sector_unclear]
    assert unclear == ["becak_bentor"]


def test_a_job_has_a_name_in_both_languages_and_an_id_of_its_own() -> None:
    jobs = [job for segment in WORK.segments for job in segment.jobs]
    assert len({job.id for job in jobs}) == len(jobs) == 70
    assert WORK.find_job("tani", "petani_melinjo").names == {
        "id": "Petani melinjo",
        "en": "Melinjo farmer",
    }


def test_every_segment_belongs_to_a_dinas_with_a_full_name() -> None:
    assert WORK.dinas[WORK.find_segment("dagang").dinas].startswith("Dinas Koperasi, UMKM")
    assert all(segment.dinas in WORK.dinas for segment in WORK.segments)


def test_what_is_not_in_the_file_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        WORK.find_segment("astronot")
    with pytest.raises(KeyError):
        WORK.find_job("tani", "ojek_online")


@pytest.mark.parametrize(
    ("old", "new", "reason", "named"),
    [
        ('"id": "petani_sayur"', '"id": "petani_padi"', "stands twice", '"Petani sayur"'),
        ('"id": "ternak",', '"id": "tani",', "stands twice", "{"),
        ('"question": "employs_people"', '"question": "employs"', "question cannot be", "{"),
        ('"question": "employs_people",', "", "question is missing", "{"),
        ('"en": "Rice farmer"', '"de": "Reisbauer"', "en is missing", '"petani_padi"'),
        ('"Petani padi"', '" "', "id is blank", '"petani_padi"'),
        ('"sector_unclear": true', '"sector_unclear": 1', "not true or false", '"becak_bentor"'),
        ('"dinas": "DISHUB"', '"dinas": "DISHUBB"', "dinas is not among", "{"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(
    old: str, new: str, reason: str, named: str
) -> None:
    assert TEXT.count(old) == 1
    broken = TEXT.replace(old, new)
    with pytest.raises(DataFailure, match=reason) as refusal:
        parse_work(broken, "segments.json")
    mistake = TEXT[: TEXT.index(old)].count("\n") + 1
    assert mistake - 6 < refusal.value.line <= mistake
    assert named in broken.splitlines()[refusal.value.line - 1]
