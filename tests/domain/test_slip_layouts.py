"""The file of the slip's layouts: what it may change, and what it may never leave out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.failures import DataFailure
from kiosk.domain.slip import OfficePage
from kiosk.domain.slip_layouts import (
    BESIDE_QR,
    COMPULSORY,
    Columns,
    Heading,
    OwnText,
    Part,
    Placed,
    SlipLayouts,
    parse_slip_layouts,
    say_own,
    with_headings,
)
from kiosk.domain.texts import Texts

FILE = "slip_layouts.json"
SHIPPED = (Path(__file__).parents[2] / "resources/data" / FILE).read_text("utf-8")
PAGE = OfficePage("Kecamatan Anyar", "Kabupaten Serang", "Anjungan Anyar", "0254 1", "id")
HOURS = {"look": "small", "id": "{office} buka", "en": "{office} is open"}
Change = Callable[[dict[str, Any]], object]


def parse(change: Change = lambda _file: None) -> SlipLayouts:
    """The shipped layouts after a change."""
    file = json.loads(SHIPPED)
    change(file)
    return parse_slip_layouts(json.dumps(file), FILE)


def refusal(change: Change) -> str:
    with pytest.raises(DataFailure) as failure:
        parse(change)
    return str(failure.value)


def without(layout: str, part: str) -> Change:
    def leave_out(file: dict[str, Any]) -> None:
        def keep(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
            for block in blocks:
                for column in block.get("columns", []):
                    column["blocks"] = keep(column["blocks"]) or [{"block": "space", "dots": 1}]
                if "beside" in block:
                    block["beside"] = [one for one in block["beside"] if one != part]
            return [block for block in blocks if block["block"] != part]

        file[layout] = keep(file[layout])

    return leave_out


def test_the_shipped_layouts_have_every_part() -> None:
    layouts = parse()
    assert layouts.version.startswith("2026-11-27+")
    parts = [block.part for block in layouts.roll if isinstance(block, Placed)]
    assert set(parts) | {Part.SEAL, Part.HELP} == set(Part)
    assert list(layouts.own_texts) == []


@pytest.mark.parametrize("layout", ["roll", "page"])
@pytest.mark.parametrize("part", sorted(COMPULSORY))
def test_what_the_holder_must_know_cannot_be_left_out(layout: str, part: str) -> None:
    named, _, left_out = refusal(without(layout, part)).partition(" leaves out ")
    assert named.endswith(layout)
    assert part in left_out.split(", ")


@pytest.mark.parametrize("layout", ["roll", "page"])
@pytest.mark.parametrize("part", sorted(set(Part) - COMPULSORY - set(BESIDE_QR)))
def test_the_rest_can_be_left_out(layout: str, part: Part) -> None:
    blocks = repr(getattr(parse(without(layout, part)), layout))
    assert f"<Part.{part.name}:" not in blocks


def test_columns_and_what_stands_in_them_are_read() -> None:
    first = parse().page[0]
    assert isinstance(first, Columns)
    assert [column.share for column in first.columns] == [53, 47]


def test_a_text_of_the_office_stands_where_it_is_put() -> None:
    def add(file: dict[str, Any]) -> None:
        file["texts"]["hours"] = HOURS
        file["roll"].append({"block": "text", "name": "hours"})

    own = parse(add).roll[-1]
    assert isinstance(own, OwnText)
    assert say_own(own.sentences, "en", PAGE) == "Kecamatan Anyar is open"
    assert say_own(own.sentences, "su", PAGE) == "Kecamatan Anyar buka"


def test_a_text_that_names_what_the_office_has_not_is_left_out() -> None:
    sentences = {"id": "Telepon {help_number}"}
    assert say_own(sentences, "id", PAGE) == "Telepon 0254 1"
    without_number = OfficePage("Kecamatan Anyar", "Kabupaten Serang", "Anjungan Anyar", "", "id")
    assert say_own(sentences, "id", without_number) == ""


def test_a_heading_takes_the_place_of_the_programs_own() -> None:
    layouts = parse(lambda file: file["headings"].update(title={"id": "SLIP {office}"}))
    assert layouts.headings[Heading.TITLE]["id"] == "SLIP {office}"
    texts = with_headings(Texts("id", {"slip.title": "SLIP", "slip.name": "Nama"}), layouts, PAGE)
    assert texts.sentences == {"slip.title": "SLIP Kecamatan Anyar", "slip.name": "Nama"}


def put(**block: Any) -> Change:
    return lambda file: file["roll"].append(block)


def put_on_page(*columns: Any, gap: int = 0) -> Change:
    block = {"block": "columns", "gap": gap, "columns": list(columns)}
    return lambda file: file["page"].append(block)


def column(share: int, *blocks: Any) -> dict[str, Any]:
    return {"share": share, "blocks": list(blocks) or [{"block": "space", "dots": 1}]}


def text(**sentences: Any) -> Change:
    return lambda file: file["texts"].update(mine={"look": "small", **sentences})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (put(block="photo"), "block cannot be 'photo'"),
        (put(block="office"), "roll has office twice"),
        (put(block="seal"), "roll has seal twice"),
        (put(block="rule", weight=7), "weight is more than 6"),
        (put(block="space", dots=201), "dots is more than 200"),
        (put(block="space"), "dots is missing"),
        (put(block="text", name="hours"), "there is no text 'hours'"),
        (put(block="columns", gap=0, columns=[column(100)]), "a roll has no room for columns"),
        (put(block="person", beside=["foot"]), "only foot, seal and help stand beside"),
        (lambda file: file["roll"][20].update(beside=["office"]), "only foot, seal and help"),
        (put_on_page(column(50), column(49)), "the shares of the columns do not come to 100"),
        (
            put_on_page(column(100, {"block": "qr"})),
            "practice, copy and qr stand across the page",
        ),
        (
            put_on_page(column(100, {"block": "columns", "gap": 0, "columns": [column(100)]})),
            "a column has no room for columns",
        ),
        (text(en="Open"), "id is missing"),
        (text(id=" "), "id is blank"),
        (text(id="{nik}"), "id may name office, kabupaten, kiosk, help_number and nothing else"),
        (text(id="{0}"), "id may name office"),
        (text(id="{office"), "id has broken braces"),
        (text(id="{office!r}"), "id has broken braces"),
        (text(id="Buka", **{"id-ID": "x"}), "'id-ID' is no language"),
        (lambda file: file["texts"].update(mine={"look": "huge", "id": "x"}), "look cannot be"),
        (
            lambda file: file["headings"].update(unprotected={"id": "TERLINDUNGI"}),
            "only title, subtitle, number, how_to_pay, seal can be replaced",
        ),
        (lambda file: file.pop("headings"), "headings is missing"),
        (lambda file: file.update(page=[]), "page is not a list of objects"),
    ],
)
def test_whatever_is_wrong_is_named(change: Change, reason: str) -> None:
    assert reason in refusal(change)
