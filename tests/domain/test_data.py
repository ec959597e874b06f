"""The data files: shipped ones are good, broken ones are refused, good ones are kept."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.data import install_layouts, load_data
from kiosk.domain.failures import DataFailure

SHIPPED = Path(__file__).parents[2] / "resources"
REPLACEABLE = [
    "tariff.json",
    "benefits.json",
    "segments.json",
    "payment_channels.json",
    "handover_columns.json",
    "slip_layouts.json",
]


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    """A copy of the shipped data that a test may break."""
    shutil.copytree(SHIPPED / "data", tmp_path / "resources" / "data")
    return tmp_path / "resources"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept copies"


def break_file(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace('"version"', '"varsion"'), "utf-8")


def test_the_shipped_data_is_good(kept: Path) -> None:
    data = load_data(SHIPPED, kept)
    assert data.problems == ()
    assert data.tariff.brackets
    assert data.regions.find_kecamatan("36.04.09").name == "Ciruas"


def test_every_good_file_is_kept_as_it_is(kept: Path) -> None:
    load_data(SHIPPED, kept)
    assert sorted(path.name for path in kept.iterdir()) == sorted(REPLACEABLE)
    for file in REPLACEABLE:
        assert (kept / file).read_bytes() == (SHIPPED / "data" / file).read_bytes()


@pytest.mark.parametrize("file", REPLACEABLE)
def test_a_broken_file_is_reported_and_its_last_good_copy_used(
    resources: Path, kept: Path, file: str
) -> None:
    good = load_data(resources, kept)
    break_file(resources / "data" / file)
    data = load_data(resources, kept)
    assert [(problem.file, problem.line) for problem in data.problems] == [(file, 1)]
    assert "version is missing" in str(data.problems[0])
    assert (data.tariff, data.benefits) == (good.tariff, good.benefits)
    assert (data.work, data.payment) == (good.work, good.payment)
    assert data.handover == good.handover


def test_layouts_of_the_office_go_before_the_shipped_ones_and_are_kept(kept: Path) -> None:
    shipped = (SHIPPED / "data" / "slip_layouts.json").read_text("utf-8")
    own = shipped.replace('"version": "', '"version": "2026-12-24", "was": "')
    install_layouts(own, kept)
    assert load_data(SHIPPED, kept).slip_layouts.version.startswith("2026-12-24")
    assert (kept / "slip_layouts.json").read_text("utf-8") == own
    break_file(kept / "installed" / "slip_layouts.json")
    data = load_data(SHIPPED, kept)
    assert data.slip_layouts.version.startswith("2026-12-24")
    assert [problem.file for problem in data.problems] == ["slip_layouts.json"]


def test_layouts_that_are_none_do_not_take_the_place_of_good_ones(kept: Path) -> None:
    with pytest.raises(DataFailure):
        install_layouts("{}", kept)
    assert not (kept / "installed").exists()


def test_a_broken_file_never_replaces_the_good_copy(resources: Path, kept: Path) -> None:
    load_data(resources, kept)
    before = (kept / "tariff.json").read_bytes()
    break_file(resources / "data" / "tariff.json")
    load_data(resources, kept)
    assert (kept / "tariff.json").read_bytes() == before


def test_a_new_good_file_replaces_the_copy(resources: Path, kept: Path) -> None:
    old = load_data(resources, kept).tariff.version
    path = resources / "data" / "tariff.json"
    path.write_text(path.read_text("utf-8").replace('"2026-11-22"', '"2026-12-01"'), "utf-8")
    new = load_data(resources, kept).tariff.version
    assert (old[:10], new[:10]) == ("2026-11-22", "2026-12-01")
    assert (kept / "tariff.json").read_bytes() == path.read_bytes()


def test_a_missing_file_is_a_problem_and_not_the_end(resources: Path, kept: Path) -> None:
    load_data(resources, kept)
    (resources / "data" / "segments.json").unlink()
    data = load_data(resources, kept)
    assert [problem.file for problem in data.problems] == ["segments.json"]
    assert data.work.segments


def test_bytes_that_are_no_text_are_refused_with_their_line(resources: Path, kept: Path) -> None:
    load_data(resources, kept)
    path = resources / "data" / "tariff.json"
    path.write_bytes(path.read_bytes().replace(b'"units"', b'"\xff"', 1))
    assert [problem.line for problem in load_data(resources, kept).problems] == [4]


def test_a_byte_order_mark_does_no_harm(resources: Path, kept: Path) -> None:
    path = resources / "data" / "tariff.json"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_data(resources, kept).problems == ()


def test_without_any_good_copy_the_refusal_is_raised(resources: Path, kept: Path) -> None:
    break_file(resources / "data" / "tariff.json")
    with pytest.raises(DataFailure, match=r"tariff\.json line 1: version is missing"):
        load_data(resources, kept)


def test_a_broken_copy_does_not_hide_what_is_wrong_with_the_file(
    resources: Path, kept: Path
) -> None:
    load_data(resources, kept)
    (kept / "tariff.json").write_text("half a fi", "utf-8")
    break_file(resources / "data" / "tariff.json")
    with pytest.raises(DataFailure, match="version is missing"):
        load_data(resources, kept)


def test_a_kiosk_that_cannot_keep_copies_still_works_and_says_so(kept: Path) -> None:
    kept.write_text("a file where the folder should be", "utf-8")
    data = load_data(SHIPPED, kept)
    assert sorted(problem.file for problem in data.problems) == sorted(REPLACEABLE)
    assert "no copy could be kept" in str(data.problems[0])
    assert data.tariff.brackets


def test_broken_regions_are_refused_only_when_they_are_asked_for(
    resources: Path, kept: Path
) -> None:
    (resources / "data" / "regions" / "serang.csv").unlink()
    data = load_data(resources, kept)
    with pytest.raises(DataFailure, match=r"serang\.csv"):
        _ = data.regions


def facts_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every object that names sources, wherever it stands."""
    if isinstance(value, dict):
        if isinstance(value.get("sources"), list):
            yield value
        for inner in value.values():
            yield from facts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from facts_in(inner)


@pytest.mark.parametrize("file", ["tariff.json", "benefits.json"])
def test_every_fact_says_how_sure_it_is_and_where_it_comes_from(file: str) -> None:
    tree = json.loads((SHIPPED / "data" / file).read_text("utf-8"))
    facts = list(facts_in(tree))
    assert len(facts) > 15
    for fact in facts:
        assert fact.get("confidence")
        assert fact["sources"]
    for part in ("rates", "reliefs", "brackets") if file == "tariff.json" else ():
        assert all(set(fact["sources"]) <= set(tree["sources"]) for fact in tree[part])
