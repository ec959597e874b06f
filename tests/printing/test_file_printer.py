"""Without a printer pages are left as files, whole, for this user alone, and nobody else's go."""

import os
from pathlib import Path

import pytest
from samples import NAME

from printing.file_printer import NOT_WRITTEN, FilePrinter, Papers
from printing.port import Filed, LostTrack, NotPrinted, Outcome, Rejected

PDF = b"%PDF-1.4 a slip"
NUMBER = "109170000424"
SLIP = f"{NUMBER}-0-1"


def send(folder: Path, page: bytes = PDF, name: str = SLIP) -> Outcome:
    return FilePrinter(folder).send(page, name, lambda _handle: True)


def test_a_file_is_written_whole_and_for_this_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "slips"
    file = folder / f"{SLIP}.pdf"
    assert send(folder) == Filed(file)
    assert file.read_bytes() == PDF
    assert [path.name for path in folder.iterdir()] == [file.name]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_copy_leaves_the_original_where_it_is(tmp_path: Path) -> None:
    send(tmp_path, b"original")
    send(tmp_path, b"copy", f"{NUMBER}-1-1")
    assert (tmp_path / f"{SLIP}.pdf").read_bytes() == b"original"
    assert (tmp_path / f"{NUMBER}-1-1.pdf").read_bytes() == b"copy"


def test_a_full_disk_leaves_the_old_file_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    send(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    assert send(tmp_path, b"new") == Rejected(NOT_WRITTEN)
    assert (tmp_path / f"{SLIP}.pdf").read_bytes() == PDF


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "slips").write_text("a file in the way")
    assert send(tmp_path / "slips") == Rejected(NOT_WRITTEN)


@pytest.mark.parametrize(
    "name",
    ["", NUMBER, f"../{SLIP}", NAME, f"{SLIP}\n", f"../pengingat-{NUMBER}-1", "pengingat"],
    ids=[
        *("nothing", "a number alone", "a path", "a person's name", "a line end"),
        *("a page's path", "a kind alone"),
    ],
)
def test_a_page_is_called_by_number_copy_and_attempt_or_by_kind_and_digits(name: str) -> None:
    with pytest.raises(ValueError, match="a job is called by"):
        send(Path("unused"), name=name)


def test_files_come_out_nowhere_and_say_nothing_of_another_printers_pages(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path)
    assert not printer.status().is_ready
    assert isinstance(printer.follow("slip-17", SLIP), LostTrack)
    assert isinstance(printer.follow("", SLIP), NotPrinted)


def test_a_file_that_cannot_be_removed_is_said(tmp_path: Path) -> None:
    (tmp_path / f"{SLIP}.pdf").mkdir()
    assert not Papers(tmp_path).forget(NUMBER)


def test_other_numbers_keep_their_files(tmp_path: Path) -> None:
    other = "109170000432"
    for number in (NUMBER, other):
        send(tmp_path, name=f"{number}-0-1")
        send(tmp_path, name=f"salinan-{number}-1")
    assert Papers(tmp_path).forget(NUMBER)
    assert {file.stem for file in tmp_path.iterdir()} == {f"{other}-0-1", f"salinan-{other}-1"}
