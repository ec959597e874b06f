"""A tariff brought on a stick: what is refused and why, what it changes, from when it counts."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import data_files as files
import pytest
from probes import rows_at
from samples import RESOURCES, StillClock

from kiosk.comparing import Considered, FileGone, Older, Refused, SameAsNow, Waiting
from kiosk.data import Data, load_data
from kiosk.data_loading import Loaded, OfTheCentre, consider, load, look
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.months import Month
from kiosk.domain.staff import Account, Action
from kiosk.domain.tariff import Package
from kiosk.domain.tariff_diff import AmountChange, FigureChange, Terms
from kiosk.domain.work import Sector
from kiosk.storage.centre import Membership
from kiosk.storage.store import Store

from .office import ADMIN, CLERK, SUPERVISOR, desk_of

TODAY = date(2026, 11, 22)


@pytest.fixture
def desk(store: Store, clock: StillClock) -> Desk:
    return desk_of(ADMIN, store, clock)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def data(kept: Path) -> Data:
    return load_data(RESOURCES, kept, TODAY)


def considered(desk: Desk, data: Data, path: Path) -> Considered:
    outcome = consider(desk, data, path)
    assert isinstance(outcome, Considered), outcome
    return outcome


# ------------------------------------------------------------ who may


@pytest.mark.parametrize("account", [CLERK, SUPERVISOR], ids=lambda one: one.role.value)
def test_only_the_admin_may(
    clock: StillClock, data: Data, desk: Desk, tmp_path: Path, account: Account
) -> None:
    path = files.write(tmp_path, files.goes_on)
    good = considered(desk, data, path)
    other = desk_of(account, desk.store, clock)
    refused = NotAllowed(Action.LOAD_DATA)
    assert look(other, data) == consider(other, data, path) == load(other, data, good) == refused


def test_where_a_centre_sends_data_a_file_is_only_looked_at(
    desk: Desk, data: Data, tmp_path: Path, kept: Path
) -> None:
    joined = Membership(("centre.example:5432",), "anjungan", "", "kiosk_1", "secret", "id", "name")
    with desk.store.transaction() as record:
        record.centre.join(joined, "10917")
    good = considered(desk, data, files.write(tmp_path, files.goes_on))
    assert load(desk, data, good) == OfTheCentre()
    seen = look(desk, data)
    assert not isinstance(seen, NotAllowed)
    assert (seen.joined, seen.waiting) == (True, ())
    assert not (kept / "installed").exists()


# ------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (files.gap, "a gap after the rate of JKM before it"),
        (files.overlap, "overlaps the rate of JKM before it"),
        (files.reliefs_overlap, "overlaps a relief before it"),
        (files.wrong_example, "the total does not come out"),
        (files.no_example, "worked_examples is not a list of objects"),
        (files.no_source, "a source is missing"),
        (files.unlisted_source, "the source S99 is not listed"),
        (files.newer_format, "written in format 2, newer than this program's 1"),
        (files.no_tariff, "neither a tariff nor benefits"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_is_wrong_is_refused_with_its_line_and_nothing_is_kept(
    desk: Desk, data: Data, tmp_path: Path, change: files.Change, reason: str
) -> None:
    kept = data.chosen.kept
    path = files.write(tmp_path, change)
    outcome = consider(desk, data, path)
    assert isinstance(outcome, Refused)
    assert outcome.reason == reason
    assert 1 <= outcome.line <= path.read_text("utf-8").count("\n") + 1
    assert not (kept / "installed").exists()
    assert load_data(RESOURCES, kept, date(2027, 6, 1)).tariff == data.tariff


def test_the_line_is_that_of_what_is_wrong(desk: Desk, data: Data, tmp_path: Path) -> None:
    path = files.write(tmp_path, files.no_source)
    outcome = consider(desk, data, path)
    assert isinstance(outcome, Refused)
    lines = path.read_text("utf-8").splitlines()
    rest = "\n".join(lines[outcome.line - 1 :])
    assert rest.lstrip().startswith("{")
    assert rest.index('"sector": "other"') < rest.index("}")


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def no_text(path: Path) -> None:
    path.write_bytes(b'{"version": "\xff\xfe"}')


def too_large(path: Path) -> None:
    path.write_bytes(b" " * 1_000_001)


@pytest.mark.parametrize("harm", [half, no_text, too_large])
def test_a_broken_file_is_refused(
    desk: Desk, data: Data, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    path = files.write(tmp_path, files.goes_on)
    harm(path)
    assert isinstance(consider(desk, data, path), Refused)


def test_a_stick_pulled_out_is_told(desk: Desk, data: Data, tmp_path: Path) -> None:
    assert consider(desk, data, tmp_path / "gone.json") == FileGone()


def test_what_is_in_force_already_and_what_is_older_changes_nothing(
    desk: Desk, data: Data, tmp_path: Path
) -> None:
    same = RESOURCES / "data" / "tariff.json"
    assert consider(desk, data, same) == SameAsNow()

    def older(root: dict[str, Any]) -> None:
        files.goes_on(root)
        root["version"] = "2026-10-01"

    assert consider(desk, data, files.write(tmp_path, older)) == Older(TODAY)


# ------------------------------------------------------------ what would change


def test_a_relief_that_goes_on_changes_amounts_of_its_months_alone(
    desk: Desk, data: Data, tmp_path: Path
) -> None:
    found = considered(desk, data, files.write(tmp_path, files.goes_on))
    assert (found.file, found.from_day, found.examples) == ("tariff.json", date(2027, 1, 1), 1)
    first, last = Month(2027, 1), Month(2027, 3)
    assert (
        AmountChange(Package.JKK_JKM, Sector.OTHER, 1_000_000, first, last, 16_800, 8_400)
        in found.amounts
    )
    assert (
        AmountChange(Package.JKK_JKM_JHT, Sector.OTHER, 2_950_000, first, last, 95_300, 77_150)
        in found.amounts
    )
    assert {one.sector for one in found.amounts} == {Sector.OTHER}
    assert len(found.amounts) == 2 * len(data.tariff.brackets)
    assert [(one.terms, one.is_new) for one in found.terms] == [
        (Terms.RELIEF, False),
        (Terms.RELIEF, True),
    ]
    assert found.figures == ()


def test_benefits_are_compared_figure_by_figure(desk: Desk, data: Data, tmp_path: Path) -> None:
    def more(root: dict[str, Any]) -> None:
        root["version"] = "2027-02-01"
        root["jkm"]["waiting"]["months"] = 6

    path = files.write(tmp_path, more, "manfaat.json", file="benefits.json")
    found = considered(desk, data, path)
    assert found.file == "benefits.json"
    assert found.figures == (FigureChange("jkm_waiting_months", 3, 6),)


# ------------------------------------------------------------ from when it counts


def test_it_counts_from_its_date_and_what_was_before_stays(
    desk: Desk, data: Data, tmp_path: Path, kept: Path, store_folder: Path
) -> None:
    found = considered(desk, data, files.write(tmp_path, files.goes_on))
    assert load(desk, data, found) == Loaded(date(2027, 1, 1), at_once=False)
    seen = look(desk, data)
    assert not isinstance(seen, NotAllowed)
    assert seen.waiting == (Waiting("tariff.json", date(2027, 1, 1)),)
    assert not data.chosen.is_outdated(TODAY)
    assert not data.chosen.is_outdated(date(2026, 12, 31))
    assert data.chosen.is_outdated(date(2027, 1, 1))
    assert load_data(RESOURCES, kept, date(2026, 12, 31)).tariff == data.tariff
    then = load_data(RESOURCES, kept, date(2027, 1, 1))
    assert then.tariff.version == found.version
    assert not then.chosen.is_outdated(date(2027, 1, 1))
    noted = [(row[2], row[4], json.loads(row[5])) for row in rows_at(store_folder)["audit"]]
    assert noted == [("data_loaded", ADMIN.id, {"file": "tariff", "version": "2027-01-01"})]


def test_of_one_day_the_later_loaded_counts(
    desk: Desk, data: Data, tmp_path: Path, kept: Path
) -> None:
    load(desk, data, considered(desk, data, files.write(tmp_path, files.goes_on)))

    def longer(root: dict[str, Any]) -> None:
        files.goes_on(root)
        files.relief(root, "other")["last_month"] = "2027-06"
        root["worked_examples"][0] |= {"pay": [8400] * 4, "total": 33600}

    second = considered(desk, data, files.write(tmp_path, longer))
    load(desk, data, second)
    assert load_data(RESOURCES, kept, date(2027, 1, 2)).tariff.version == second.version
    assert len(list((kept / "installed" / "tariff").iterdir())) == 2


def test_a_program_that_ships_a_newer_tariff_goes_before_what_was_loaded(
    desk: Desk, data: Data, tmp_path: Path, kept: Path
) -> None:
    load(desk, data, considered(desk, data, files.write(tmp_path, files.goes_on_today)))
    resources = tmp_path / "resources"
    for file in (RESOURCES / "data").rglob("*"):
        if file.is_file():
            target = resources / "data" / file.relative_to(RESOURCES / "data")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())

    def later(root: dict[str, Any]) -> None:
        files.goes_on(root)
        root["version"] = "2026-12-01"

    files.write(resources / "data", later, "tariff.json")
    then = load_data(resources, kept, date(2026, 12, 5))
    assert then.tariff.version.startswith("2026-12-01")


def test_a_loaded_file_that_broke_on_the_disk_is_told_and_the_shipped_one_counts(
    desk: Desk, data: Data, tmp_path: Path, kept: Path
) -> None:
    load(desk, data, considered(desk, data, files.write(tmp_path, files.goes_on)))
    (path,) = (kept / "installed" / "tariff").iterdir()
    half(path)
    then = load_data(RESOURCES, kept, date(2027, 1, 1))
    assert then.tariff == data.tariff
    assert [one.file for one in then.problems] == ["tariff.json"]
    assert not then.chosen.is_outdated(date(2027, 1, 1))


def test_half_a_file_left_by_a_power_cut_counts_for_nothing(data: Data, kept: Path) -> None:
    folder = kept / "installed" / "tariff"
    folder.mkdir(parents=True)
    (folder / "0001-2026-11-01.new").write_text("{")
    (folder / "0002-2026-13-41.json").write_text("{")
    assert load_data(RESOURCES, kept, date(2027, 1, 1)).tariff == data.tariff
