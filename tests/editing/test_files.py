"""Tariffs of a configuration: each counts from its day, and never before."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import data_files as files
import pytest
from samples import RESOURCES
from sync.shipped import shipped_program

from kiosk.comparing import Considered, Older, Outcome, Refused, SameAsNow, Waiting, compare, seen
from kiosk.data import load_data, replaced
from kiosk.domain.configuration import Content
from kiosk.domain.failures import DataFailure
from kiosk.domain.validity import End, EndKind
from kiosk.editing.files import TooLarge, carried, counting, put_file, take_back_file
from kiosk.installed import install

TODAY, NEW_YEAR = date(2026, 11, 27), date(2027, 1, 1)
NAME = "tariff.2027-01-01.json"
DATA = shipped_program().data


def considered(
    folder: Path, change: files.Change = files.goes_on, content: Content | None = None
) -> Outcome:
    said = content or Content()
    path = files.write(folder, change)
    return compare(path, lambda day: counting(said, DATA, day), TODAY)


def taken(
    folder: Path, change: files.Change = files.goes_on, into: Content | None = None
) -> Content:
    outcome = considered(folder, change, into)
    assert isinstance(outcome, Considered), outcome
    content = put_file(into or Content(), outcome)
    assert isinstance(content, Content)
    return content


def later(day: str) -> files.Change:
    def change(root: dict[str, object]) -> None:
        files.goes_on(root)
        root["version"] = day

    return change


def test_a_tariff_counts_from_its_day_and_not_before(tmp_path: Path) -> None:
    content = taken(tmp_path)
    assert [(one.name, one.from_day) for one in carried(content)] == [(NAME, NEW_YEAR)]
    before, then = (counting(content, DATA, day) for day in (TODAY, NEW_YEAR))
    assert before.tariff == DATA.tariff
    assert then.tariff.version.startswith("2027-01-01")
    assert not before.chosen.is_outdated(NEW_YEAR - timedelta(days=1))
    assert before.chosen.is_outdated(NEW_YEAR)
    assert not then.chosen.is_outdated(NEW_YEAR)
    assert take_back_file(content, NAME) == Content()


def test_of_several_each_counts_until_the_next(tmp_path: Path) -> None:
    content = taken(tmp_path, later("2027-07-01"), taken(tmp_path))
    days = (TODAY, NEW_YEAR, date(2027, 6, 30), date(2027, 7, 1), date(2030, 1, 1))
    assert [counting(content, DATA, day).tariff.version[:10] for day in days] == [
        *("2026-11-22", "2027-01-01", "2027-01-01", "2027-07-01", "2027-07-01"),
    ]


def test_what_ends_soon_is_told_until_something_follows(tmp_path: Path) -> None:
    alone, followed = (
        seen(counting(one, DATA, TODAY), TODAY, joined=False)
        for one in (Content(), taken(tmp_path))
    )
    assert alone.near == End(EndKind.RELIEF_OTHER, date(2026, 12, 31))
    assert (followed.near, followed.waiting) == (None, (Waiting("tariff.json", NEW_YEAR),))


def test_an_older_one_a_same_one_and_a_broken_one_are_refused(tmp_path: Path) -> None:
    content = taken(tmp_path)
    assert considered(tmp_path, later("2026-11-01")) == Older(date(2026, 11, 22))
    assert considered(tmp_path, files.goes_on, content) == SameAsNow()
    refused = considered(tmp_path, files.overlap)
    assert isinstance(refused, Refused)
    assert (refused.line > 1, "overlaps" in refused.reason) == (True, True)


def test_it_is_held_against_what_would_count_on_its_day(tmp_path: Path) -> None:
    content = taken(tmp_path)
    again = considered(tmp_path, later("2027-07-01"), content)
    assert isinstance(again, Considered)
    assert (again.amounts, again.terms) == ((), ())


def test_another_of_the_same_day_takes_its_place(tmp_path: Path) -> None:
    def without_an_example(root: dict[str, object]) -> None:
        files.goes_on(root)
        root["what"] = "lain"

    content = taken(tmp_path, without_an_example, taken(tmp_path))
    assert [one.name for one in carried(content)] == [NAME]
    assert '"lain"' in content.data[NAME]


def test_one_that_would_not_fit_into_a_configuration_is_told(tmp_path: Path) -> None:
    outcome = considered(tmp_path)
    assert isinstance(outcome, Considered)
    large = Content(texts={"id": {"common.next": "x" * 1_030_000}})
    assert isinstance(put_file(large, outcome), TooLarge)


def test_a_program_with_a_newer_tariff_goes_before_an_older_one_that_was_sent(
    tmp_path: Path,
) -> None:
    content = taken(tmp_path)
    newer = replace(DATA.chosen, shipped={**DATA.chosen.shipped, "tariff.json": date(2027, 5, 1)})
    then = counting(content, replace(DATA, chosen=newer), date(2027, 6, 1))
    assert then.tariff == DATA.tariff


def test_what_is_sent_goes_before_what_was_loaded_here(tmp_path: Path) -> None:
    content, kept = taken(tmp_path), tmp_path / "kept"
    text = files.write(tmp_path, later("2027-02-01")).read_text("utf-8")
    install(kept, "tariff.json", date(2027, 2, 1), text)
    day = date(2027, 3, 1)
    data = load_data(RESOURCES, kept, day)
    assert data.tariff.version.startswith("2027-02-01")
    sent = replaced(data, content.data, own_layouts=True)
    assert sent.tariff.version.startswith("2027-01-01")
    assert not sent.chosen.is_outdated(day)


def test_a_name_of_another_day_is_refused(tmp_path: Path) -> None:
    text = taken(tmp_path).data[NAME]
    with pytest.raises(DataFailure, match="not the day in its name"):
        replaced(DATA, {"tariff.2026-12-01.json": text}, own_layouts=False)


def test_one_without_a_day_in_its_name_counts_from_its_day_as_well(tmp_path: Path) -> None:
    content = Content(data={"tariff.json": taken(tmp_path).data[NAME]})
    assert counting(content, DATA, TODAY).tariff == DATA.tariff
    assert counting(content, DATA, NEW_YEAR).tariff.version.startswith("2027-01-01")
