"""Segments: what was edited is read so, what is taken back is as it was shipped."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sync.shipped import shipped_file, shipped_program

from kiosk.domain.configuration import Content
from kiosk.domain.failures import DataFailure
from kiosk.domain.handover import Field, Handed, make_cells, parse_columns
from kiosk.domain.work import parse_work, write_work
from kiosk.editing.segments import (
    FILE,
    SegmentEdit,
    SegmentFlaw,
    SegmentRefused,
    changed_segments,
    put_segment,
    take_back_segment,
    work_of,
)

DATA = shipped_program().data
TANI = DATA.work.find_segment("tani")
NAMES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=30)
CODES = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9./-]{0,19}\Z")


def edit(**other: object) -> SegmentEdit:
    as_it_is = SegmentEdit(dict(TANI.names), dict(TANI.tile_names), TANI.dinas, {})
    return replace(as_it_is, **other)  # type: ignore[arg-type]


def test_the_shipped_segments_are_written_and_read_the_same() -> None:
    again = parse_work(write_work(DATA.work), FILE)
    assert replace(again, version="") == replace(DATA.work, version="")
    assert again.version[:10] == DATA.work.version[:10]


@given(NAMES, NAMES, CODES, st.sampled_from(sorted(DATA.work.dinas)))
def test_what_was_edited_is_read_so_and_taken_back_it_is_gone(
    name: str, tile: str, code: str, dinas: str
) -> None:
    wanted = edit(
        names={"id": name, "en": name},
        tile_names={"id": tile, "en": tile},
        dinas=dinas,
        codes={"petani_padi": code},
    )
    content = put_segment(Content(), DATA, "tani", wanted)
    assert isinstance(content, Content)
    work = parse_work(content.data[FILE], FILE)
    found = work.find_segment("tani")
    assert (found.names["id"], found.tile_names["en"], found.dinas) == (name, tile, dinas)
    assert work.find_job("tani", "petani_padi").branch_code == code
    assert [one.id for one in changed_segments(DATA.work, work)] == ["tani"]
    assert take_back_segment(content, DATA, "tani") == Content()


def test_an_edit_that_changes_nothing_leaves_nothing_behind() -> None:
    assert put_segment(Content(), DATA, "tani", edit()) == Content()


def test_a_new_dinas_comes_with_its_name_and_goes_with_its_last_segment() -> None:
    content = put_segment(Content(), DATA, "tani", edit(dinas="DTPH", new_dinas="Dinas Tanaman"))
    assert isinstance(content, Content)
    assert work_of(content, DATA).dinas["DTPH"] == "Dinas Tanaman"
    both = put_segment(content, DATA, "ternak", replace(_of("ternak"), dinas="DTPH"))
    assert isinstance(both, Content)
    one = take_back_segment(both, DATA, "tani")
    assert "DTPH" in work_of(one, DATA).dinas
    assert take_back_segment(one, DATA, "ternak") == Content()


def _of(segment_id: str) -> SegmentEdit:
    one = DATA.work.find_segment(segment_id)
    return SegmentEdit(dict(one.names), dict(one.tile_names), one.dinas, {})


@pytest.mark.parametrize(
    ("wanted", "flaws"),
    [
        (edit(names={"id": " ", "en": "x"}), {"names.id": SegmentFlaw.BLANK}),
        (edit(tile_names={"id": "x" * 31}), {"tile_names.id": SegmentFlaw.TOO_LONG}),
        (edit(dinas="XYZ"), {"dinas": SegmentFlaw.NO_DINAS}),
        (edit(dinas="DKPP", new_dinas="Lain"), {"dinas": SegmentFlaw.DINAS_TAKEN}),
        (edit(dinas="", new_dinas="Lain"), {"dinas": SegmentFlaw.BLANK}),
        (edit(codes={"petani_padi": "=1+1"}), {"code.petani_padi": SegmentFlaw.NO_CODE}),
        (edit(codes={"petani_padi": "x" * 21}), {"code.petani_padi": SegmentFlaw.NO_CODE}),
    ],
)
def test_what_is_wrong_is_named_by_its_part(
    wanted: SegmentEdit, flaws: dict[str, SegmentFlaw]
) -> None:
    assert put_segment(Content(), DATA, "tani", wanted) == SegmentRefused(flaws)


@pytest.mark.parametrize("code", ["", " ", "=1", "a b", "x" * 21])
def test_a_file_with_a_code_that_is_none_is_refused_with_its_line(code: str) -> None:
    root = shipped_file(FILE)
    root["segments"][0]["jobs"][0]["branch_code"] = code
    with pytest.raises(DataFailure) as refused:
        parse_work(json.dumps(root, indent=1), FILE)
    assert refused.value.line > 1


def test_codes_stand_in_the_list_for_the_branch_once_they_are_known() -> None:
    text = (Path(__file__).parents[2] / "resources/data/handover_columns.json").read_text("utf-8")
    columns = parse_columns(text, "handover_columns.json")
    content = put_segment(Content(), DATA, "tani", edit(codes={"petani_padi": "P-01"}))
    assert isinstance(content, Content)
    handed = Handed(
        *("100000001", "", "", "", "1990-01-02", "L", "", "", "", "", "", "", ""),
        *("tani", "petani_padi", "ternak", "penggembala", 1_000_000, "JKK+JKM", 1),
    )
    wanted = (Field.JOB, Field.JOB_CODE, Field.SECOND_JOB_CODE, Field.OFFICE_CODE)
    at = [[one.field for one in columns.columns].index(field) for field in wanted]
    for work, office, expected in (
        (DATA.work, "", ["Petani padi", "", "", ""]),
        (work_of(content, DATA), "K01", ["Petani padi", "P-01", "", "K01"]),
    ):
        cells = make_cells(columns, work, office)(1, handed)
        assert [cells[place] for place in at] == expected
