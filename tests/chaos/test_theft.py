"""Whoever takes the disk finds nobody; the short form of long_theft.py."""

from pathlib import Path

import pytest
from fault_printer import FaultPrinter

from .office_at_work import SPECIAL
from .planting import WRITINGS
from .searching import PEOPLE, found_in
from .theft import hits, trace

VISITS = SPECIAL


def test_what_is_planted_is_found_in_each_kind_of_place(tmp_path: Path) -> None:
    found = {
        Path(name).name.removesuffix(" (written)") for name, _ in hits(trace(tmp_path, "planting"))
    }
    names = {name for name in found if name.startswith(("slip of", "name once"))}
    assert len(names) == 2
    assert found - names == {*WRITINGS, "unencrypted store", "deleted", "written over"}


@pytest.mark.parametrize("kind", PEOPLE)
def test_all_that_is_looked_for_is_found(kind: str) -> None:
    assert found_in(b"x" * 99 + PEOPLE[kind].encode("utf-16-le")) == {kind}
    assert found_in(b"x" * 99) == set()


def test_nobody_is_found_on_the_disk_of_a_kiosk_with_a_printer(tmp_path: Path) -> None:
    with FaultPrinter() as printer:
        places = trace(tmp_path, "office_at_work", printer.uri, str(VISITS))
        papers = len(printer.paper)
        (slip,) = [sheet.document for sheet in printer.paper[:1]]
    assert papers == VISITS + 1
    # The paper is where they are.
    assert found_in(slip) == {"name"}
    assert any(name.endswith("anjungan.db-wal (written)") for name in places)
    assert any(name.endswith("-terkunci.xlsx") for name in places)
    assert hits(places) == set()


def test_without_a_printer_the_slips_lie_there_until_they_are_deleted_and_nothing_else(
    tmp_path: Path,
) -> None:
    """The known exception: docs/threat-model.md, "Slips as files"; purge() deletes them in days."""
    found = hits(trace(tmp_path, "office_at_work", "", str(VISITS)))
    folders = {Path(name).parent for name, _ in found}
    endings = {Path(name.removesuffix(" (written)")).suffix for name, _ in found}
    assert {(folder.name, folder.parent.name) for folder in folders} == {("slips", "anjungan-bpu")}
    assert endings <= {".pdf", ".part"}
