"""Where files come from and go to: sticks and one folder, and nothing else."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.handover import exchange
from kiosk.handover.exchange import Gone, Place, find_places, is_there, list_files, mounted_media


def put(folder: Path, name: str, minutes: int = 0, content: str = "x") -> Path:
    file = folder / name
    file.write_text(content)
    os.utime(file, (minutes * 60, minutes * 60))
    return file


def names_in(folder: Path) -> list[str]:
    found = list_files(folder)
    assert not isinstance(found, Gone)
    return [one.path.name for one in found]


def test_only_lists_are_offered_and_the_newest_stands_first(tmp_path: Path) -> None:
    put(tmp_path, "old.csv", 1)
    put(tmp_path, "NEW.XLSX", 3)
    put(tmp_path, "middle.xlsx", 2)
    for name in ("letter.docx", "old.xls", "~$NEW.xlsx", ".hidden.csv", "no ending"):
        put(tmp_path, name, 9)
    (tmp_path / "folder.csv").mkdir()
    assert names_in(tmp_path) == ["NEW.XLSX", "middle.xlsx", "old.csv"]


def test_a_file_comes_with_its_size_and_its_time(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", 5, "12345")
    found = list_files(tmp_path)
    assert not isinstance(found, Gone)
    assert (found[0].size, found[0].changed_at) == (5, datetime(1970, 1, 1, 0, 5, tzinfo=UTC))


def test_of_very_many_files_the_newest_are_shown(tmp_path: Path) -> None:
    for minute in range(exchange.LISTED_MAX + 1):
        put(tmp_path, f"{minute:03}.csv", minute)
    assert len(names_in(tmp_path)) == exchange.LISTED_MAX
    assert "000.csv" not in names_in(tmp_path)


def test_a_stick_pulled_out_is_gone(tmp_path: Path) -> None:
    assert list_files(tmp_path / "stick") == Gone()


def test_what_is_not_mounted_is_no_stick(tmp_path: Path) -> None:
    (tmp_path / "left over").mkdir()
    assert mounted_media([f"{tmp_path}/*"]) == []
    assert mounted_media(["/pro*", f"{tmp_path}/*"]) == [Path("/proc")]


def test_sticks_stand_before_the_folder_which_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "mounted_media", lambda: [tmp_path / "STIK"])
    folder = tmp_path / "home" / "Anjungan BPU"
    assert find_places(folder) == (
        Place(tmp_path / "STIK", "STIK", removable=True),
        Place(folder, "Anjungan BPU", removable=False),
    )
    assert folder.is_dir()


def test_the_folder_of_a_stick_pulled_out_is_the_kiosks_own_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = Place(tmp_path, "STIK", removable=True)
    assert not is_there(stick)
    assert is_there(Place(tmp_path, "Anjungan BPU", removable=False))
    monkeypatch.setattr(exchange, "mounted_media", lambda: [tmp_path])
    assert is_there(stick)


def test_a_folder_that_cannot_be_made_is_not_offered(tmp_path: Path) -> None:
    in_the_way = put(tmp_path, "file")
    assert find_places(in_the_way / "Anjungan BPU") == ()
