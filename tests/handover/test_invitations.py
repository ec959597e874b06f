"""The lists of the dinas: who is invited, and who of them has come."""

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from branch_lists import ADMIN, CLERK, registered, write_csv, write_xlsx
from samples import PHONE, StillClock, load_regions, nik_of
from sqlalchemy import update

from kiosk.domain.invitation import Flaw, Invited
from kiosk.domain.registration import Registration
from kiosk.handover import invitations
from kiosk.handover.batches import NotAllowed
from kiosk.handover.invitations import (
    FlawedRow,
    InvitationsWritten,
    Preview,
    count_invitations,
    invite,
)
from kiosk.handover.progress import Cancelled
from kiosk.handover.reading import FileFlaw, Unreadable
from kiosk.storage import tables
from kiosk.storage.handover import DinasCount
from kiosk.storage.store import Store

DINAS = "DISTAN"
HEADERS = ["No", "NAMA LENGKAP", "N I K", "No. HP"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "daftar anggota"


def previewed(store: Store, file: Path, dinas: str = DINAS) -> Preview:
    outcome = invitations.preview(store, file, dinas, load_regions(), StillClock())
    assert isinstance(outcome, Preview)
    return outcome


def invited(store: Store, file: Path, dinas: str = DINAS) -> int:
    outcome = invite(store, CLERK, previewed(store, file, dinas), StillClock())
    assert isinstance(outcome, InvitationsWritten)
    return outcome.added


def void(store: Store, one: Registration) -> None:
    with store.transaction() as record:
        gone = update(tables.registration).where(tables.registration.c.id == one.id)
        record.handover._connection.execute(gone.values(status="void"))


PEOPLE: list[list[Any]] = [
    HEADERS,
    [1, "Ahmad  Saprudin", nik_of(1), PHONE],
    [2, "siti aminah", "", "+62 812-0000-1111"],
    [3, "Budi", nik_of(3), ""],
    [4, "Joko", "-", 81234567890],
]


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_a_list_is_shown_first_and_then_taken_in(store: Store, file: Path, write: Any) -> None:
    preview = previewed(store, write(file, PEOPLE))
    assert preview.people == (
        Invited("AHMAD SAPRUDIN", nik_of(1), PHONE),
        Invited("SITI AMINAH", "", "081200001111"),
        Invited("BUDI", nik_of(3), ""),
        Invited("JOKO", "", PHONE),
    )
    assert count_invitations(store) == ()
    assert invite(store, CLERK, preview, StillClock()) == InvitationsWritten(4)
    assert count_invitations(store) == (DinasCount(DINAS, 4, 0, 0),)


def test_a_list_taken_in_twice_invites_nobody_twice(store: Store, file: Path) -> None:
    write_csv(file, PEOPLE[:4])
    first = previewed(store, file)
    assert invite(store, CLERK, first, StillClock()) == InvitationsWritten(3)
    again = previewed(store, file)
    assert (again.people, again.same) == ((), (2, 3, 4))
    assert invite(store, CLERK, first, StillClock()) == InvitationsWritten(0)


def test_a_longer_list_brings_only_those_who_are_new(store: Store, file: Path) -> None:
    invited(store, write_csv(file, PEOPLE[:3]))
    lines: list[list[Any]] = [HEADERS, [1, "A. SAPRUDIN", nik_of(1), ""], *PEOPLE[2:4]]
    preview = previewed(store, write_csv(file, lines))
    assert [one.name for one in preview.people] == ["BUDI"]
    assert preview.same == (2, 3)


def test_rows_that_say_nothing_good_are_told(store: Store, file: Path) -> None:
    lines: list[list[Any]] = [
        ["Nama", "NIK", "HP"],
        ["", nik_of(1), ""],
        ["ANI", 3604011205809000, ""],
        ["ANI", "3,6E+15", ""],
        ["ANI", "1234", ""],
        ["ANI", f"99{nik_of(1)[2:]}", ""],
        ["ANI", nik_of(1), "12345"],
        ["ANI", nik_of(1), ""],
        ["ANI BINTI ALI", nik_of(1), ""],
        ["UMAR", "", ""],
        ["UMAR", "", ""],
        ["UMAR", "", PHONE],
    ]
    preview = previewed(store, write_xlsx(file, lines))
    assert [one.name for one in preview.people] == ["ANI", "UMAR", "UMAR"]
    assert preview.flawed == (
        FlawedRow(2, Flaw.NAME_MISSING),
        FlawedRow(3, Flaw.NIK_IS_NUMBER),
        FlawedRow(4, Flaw.NIK_IS_NUMBER),
        FlawedRow(5, Flaw.NIK_WRONG),
        FlawedRow(6, Flaw.NIK_WRONG),
        FlawedRow(7, Flaw.PHONE_WRONG),
        FlawedRow(9, Flaw.TWICE, 8),
        FlawedRow(11, Flaw.TWICE, 10),
    )


def test_merged_cells_are_told_where_they_hide_what_is_asked_for(store: Store, file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Kelompok", "Nama", "", "HP"])
        sheet.merge_range("A2:A4", "Tani Jaya")
        sheet.merge_range("B2:C2", "ANI")
        sheet.merge_range("B3:D3", "BUDI")
        sheet.merge_range("B4:B5", "CICI")
        sheet.write("B6", "DEDI")
    preview = previewed(store, file)
    assert [one.name for one in preview.people] == ["ANI", "DEDI"]
    assert [(row.row, row.flaw) for row in preview.flawed] == [
        (3, Flaw.MERGED),
        (4, Flaw.MERGED),
    ]


def test_a_list_without_names_is_refused(store: Store, file: Path) -> None:
    write_csv(file, [["NIK", "HP"], [nik_of(1), PHONE]])
    outcome = invitations.preview(store, file, DINAS, load_regions(), StillClock())
    assert outcome == Unreadable(FileFlaw.COLUMNS_MISSING)


def test_reading_a_list_can_be_called_off(store: Store, file: Path) -> None:
    write_csv(file, PEOPLE)
    outcome = invitations.preview(
        store, file, DINAS, load_regions(), StillClock(), go_on=lambda _done, _total: False
    )
    assert outcome == Cancelled()


def test_who_registers_is_counted_by_nik(store: Store, file: Path) -> None:
    registered(store, 1)
    invited(store, write_csv(file, PEOPLE))
    assert count_invitations(store) == (DinasCount(DINAS, 4, 1, 0),)
    registered(store, 3)
    assert count_invitations(store) == (DinasCount(DINAS, 4, 2, 0),)


def test_the_same_name_and_telephone_are_never_enough(store: Store, file: Path) -> None:
    one = registered(store, 1)
    name = one.application.resident.name
    invited(store, write_csv(file, [HEADERS, [1, name, "", PHONE], [2, name, nik_of(2), PHONE]]))
    assert count_invitations(store) == (DinasCount(DINAS, 2, 0, 0),)


def test_who_is_void_is_no_longer_counted_until_registered_again(store: Store, file: Path) -> None:
    invited(store, write_csv(file, PEOPLE))
    one = registered(store, 1)
    assert count_invitations(store) == (DinasCount(DINAS, 4, 1, 0),)
    void(store, one)
    assert count_invitations(store) == (DinasCount(DINAS, 4, 0, 0),)
    registered(store, 1, draft_id="again")
    assert count_invitations(store) == (DinasCount(DINAS, 4, 1, 0),)


def test_each_dinas_counts_its_own(store: Store, file: Path) -> None:
    registered(store, 1)
    invited(store, write_csv(file, PEOPLE))
    invited(store, write_csv(file, PEOPLE[:2]), "DISKOUMPERINDAG")
    assert count_invitations(store) == (
        DinasCount("DISKOUMPERINDAG", 1, 1, 0),
        DinasCount(DINAS, 4, 1, 0),
    )


def test_the_admin_invites_nobody(store: Store, file: Path) -> None:
    preview = previewed(store, write_csv(file, PEOPLE))
    assert invite(store, ADMIN, preview, StillClock()) == NotAllowed()
    assert count_invitations(store) == ()
