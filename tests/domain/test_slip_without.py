"""Parts left off a slip: nothing that it promises goes with them, and no stray line stays."""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import RESOURCES

from kiosk.domain.slip_layouts import (
    COMPULSORY,
    Block,
    Columns,
    OwnText,
    Part,
    Placed,
    Rule,
    SlipLayouts,
    Space,
    parse_slip_layouts,
)
from kiosk.domain.slip_without import CAN_DO_WITHOUT, without

FILE = RESOURCES / "data" / "slip_layouts.json"
SHIPPED = parse_slip_layouts(FILE.read_text("utf-8"), FILE.name)
ACROSS = {Part.PRACTICE, Part.COPY, Part.QR}
subsets = st.sets(st.sampled_from(CAN_DO_WITHOUT))


def flat(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Columns):
            for column in block.columns:
                yield from flat(column.blocks)
        else:
            yield block


def parts(blocks: Sequence[Block]) -> list[Part]:
    return [
        part
        for block in flat(blocks)
        if isinstance(block, Placed)
        for part in (block.part, *block.beside)
    ]


def seams() -> st.SearchStrategy[list[dict[str, Any]]]:
    rule = st.fixed_dictionaries({"block": st.just("rule"), "weight": st.integers(0, 6)})
    space = st.fixed_dictionaries({"block": st.just("space"), "dots": st.integers(0, 200)})
    text = st.just({"block": "text", "name": "hours"})
    return st.lists(st.one_of(rule, space, text), max_size=2)


@st.composite
def blocks(draw: Any, among: Sequence[Part]) -> list[dict[str, Any]]:
    """Parts in any order, with rules, spaces and texts of the office's own between them."""
    found: list[dict[str, Any]] = draw(seams())
    for part in draw(st.permutations(among)):
        found.append({"block": part.value})
        found += draw(seams())
    return found


@st.composite
def layouts(draw: Any) -> SlipLayouts:
    """What an office may have written."""
    optional = draw(st.sets(st.sampled_from(sorted(set(Part) - COMPULSORY))))
    mine = [*COMPULSORY, *optional]
    in_columns = draw(st.permutations([one for one in mine if one not in ACROSS]))
    cuts = sorted(draw(st.lists(st.integers(0, len(in_columns)), min_size=2, max_size=2)))
    fills = [one for one in (in_columns[: cuts[0]], in_columns[cuts[0] : cuts[1]]) if one]
    share = draw(st.integers(0, 100))
    shares = (share, 100 - share) if len(fills) == 2 else (100,)
    columns = [
        {"share": one, "blocks": draw(blocks(fill))}
        for one, fill in zip(shares, fills, strict=False)
    ]
    page = [{"block": "columns", "gap": 8, "columns": columns}] if columns else []
    page += draw(blocks([*in_columns[cuts[1] :], *ACROSS]))
    file = {
        "version": "2026-11-27",
        "roll": draw(blocks(mine)),
        "page": page,
        "texts": {"hours": {"look": "small", "id": "Buka sampai 15.00."}},
        "headings": {},
    }
    return parse_slip_layouts(json.dumps(file), FILE.name)


@given(layouts(), subsets)
def test_only_these_parts_go_and_all_else_keeps_its_order(
    given_layouts: SlipLayouts, gone: set[Part]
) -> None:
    left = without(given_layouts, gone)
    for before, after in ((given_layouts.roll, left.roll), (given_layouts.page, left.page)):
        assert parts(after) == [one for one in parts(before) if one not in gone]
        own = [one for one in flat(before) if isinstance(one, OwnText)]
        assert [one for one in flat(after) if isinstance(one, OwnText)] == own
        for block in after:
            if isinstance(block, Columns):
                assert sum(one.share for one in block.columns) == 100
    if not gone:
        assert left == given_layouts


@given(subsets)
def test_no_line_is_left_where_a_part_of_the_shipped_layout_stood(gone: set[Part]) -> None:
    left = without(SHIPPED, gone)
    for blocks_ in (left.roll, left.page):
        assert not isinstance(blocks_[0], Rule | Space)
        for one, following in pairwise(blocks_):
            assert not (isinstance(one, Rule) and isinstance(following, Rule))


def test_what_stands_beside_a_part_that_is_left_out_gets_the_whole_width() -> None:
    columns = without(SHIPPED, ["office"]).page[0]
    assert isinstance(columns, Columns)
    assert [(one.share, parts(one.blocks)) for one in columns.columns] == [(100, [Part.TITLE])]


@pytest.mark.parametrize("part", sorted(set(Part) - set(CAN_DO_WITHOUT)))
def test_what_a_slip_promises_is_never_left_out(part: Part) -> None:
    assert without(SHIPPED, [part]) == SHIPPED
