"""Sentences and files of one kiosk as its admin changes them: who may, what is refused and kept."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from keeping import Kept as KeptStore
from probes import rows_at
from samples import KEY, RESOURCES, StillClock
from sqlalchemy import update

from kiosk.data import load_data
from kiosk.desk.own_parts import (
    AsBefore,
    DoesNotFit,
    Kept,
    LastChange,
    Meanwhile,
    OwnSeen,
    drop_misfits,
    keep,
    look,
    undo,
)
from kiosk.desk.session import NotAllowed
from kiosk.domain.configuration import Content
from kiosk.domain.handover import write_columns
from kiosk.domain.staff import Account, Action
from kiosk.in_force import on_screen
from kiosk.languages import load_languages
from kiosk.own_content import Beneath, OwnMisfit, Unfit, rows_of
from kiosk.storage import tables
from kiosk.storage.centre import Membership
from kiosk.storage.engine import open_engine
from kiosk.storage.settings import SettingChange
from kiosk.storage.store import Store

from .office import ADMIN, CLERK, SUPERVISOR, desk_of

BENEATH = Beneath(load_data(RESOURCES, Path(mkdtemp())), load_languages(RESOURCES / "texts"))
NEXT = "common.next"
MINUTE = timedelta(minutes=1)
NOTHING = Content()
SAID = Content(texts={"id": {NEXT: "Terus"}, "en": {NEXT: "Go on"}})
OTHERWISE = Content(texts={"id": {NEXT: "Maju"}, "en": {NEXT: "Onward"}})
COLUMNS = "handover_columns.json"
FILE = write_columns(replace(BENEATH.data.handover, columns=BENEATH.data.handover.columns[::-1]))
WITH_FILE = Content(data={COLUMNS: FILE})


@pytest.fixture
def admin(store: Store, clock: StillClock) -> Any:
    return desk_of(ADMIN, store, clock)


def seen(desk: Any) -> OwnSeen:
    found = look(desk, BENEATH)
    assert isinstance(found, OwnSeen)
    return found


def used(desk: Any) -> dict[str, str]:
    return rows_of(seen(desk).own.used)


def change(desk: Any, after: Content, clock: StillClock) -> Any:
    """Keep it as the page does, from what it showed; then a minute passes."""
    outcome = keep(desk, BENEATH, seen(desk).own.used, after)
    clock.forward(MINUTE)
    return outcome


def row(desk: Any, key: str, value: Any, clock: StillClock) -> None:
    """Write a row as another program may have left it."""
    with desk.store.transaction() as record:
        record.settings.add(SettingChange(key, None, value, ADMIN.id, clock.now()))


@pytest.mark.parametrize("account", [CLERK, SUPERVISOR], ids=lambda one: one.role.value)
def test_who_is_no_admin_neither_sees_nor_changes_any(
    store: Store, clock: StillClock, store_folder: Path, account: Account
) -> None:
    desk = desk_of(account, store, clock)
    for outcome in (
        look(desk, BENEATH),
        keep(desk, BENEATH, NOTHING, SAID),
        undo(desk, BENEATH, NEXT),
        drop_misfits(desk, BENEATH, [NEXT]),
    ):
        assert outcome == NotAllowed(Action.CHANGE_SETTINGS)
    assert rows_at(store_folder)["setting_change"] == []


def test_a_sentence_is_kept_in_all_languages_with_who_and_when(
    admin: Any, clock: StillClock
) -> None:
    began = clock.now()
    assert change(admin, SAID, clock) == Kept((NEXT,))
    assert used(admin) == rows_of(SAID)
    assert seen(admin).last == {NEXT: LastChange(ADMIN.id, began)}


def test_the_audit_names_the_number_of_each_row_and_no_value(
    admin: Any, clock: StillClock, store_folder: Path
) -> None:
    change(admin, replace(SAID, data=WITH_FILE.data), clock)
    rows = rows_at(store_folder)
    noted = [(entry[2], entry[4], json.loads(entry[5])) for entry in rows["audit"]]
    assert noted == [
        ("setting_changed", ADMIN.id, {"setting": kind, "change": change_row[0]})
        for kind, change_row in zip(("text", "text", "data"), rows["setting_change"], strict=True)
    ]


def test_what_is_as_before_is_no_change(admin: Any, clock: StillClock, store_folder: Path) -> None:
    change(admin, SAID, clock)
    assert change(admin, SAID, clock) == AsBefore()
    assert undo(admin, BENEATH, "common.leave") == AsBefore()
    assert len(rows_at(store_folder)["setting_change"]) == 2


def test_taken_back_the_sentence_beneath_counts_and_that_can_be_undone(
    admin: Any, clock: StillClock
) -> None:
    change(admin, SAID, clock)
    assert change(admin, NOTHING, clock) == Kept((NEXT,))
    assert used(admin) == {}
    assert undo(admin, BENEATH, NEXT) == Kept((NEXT,))
    assert used(admin) == rows_of(SAID)


def test_undoing_goes_one_change_back_in_all_languages_it_was_made_in(
    admin: Any, clock: StillClock
) -> None:
    change(admin, SAID, clock)
    change(admin, OTHERWISE, clock)
    only_english = {"id": {NEXT: "Maju"}, "en": {NEXT: "Forward"}}
    change(admin, Content(texts=only_english), clock)
    stands = []
    for _ in range(2):
        assert undo(admin, BENEATH, NEXT) == Kept((NEXT,))
        clock.forward(MINUTE)
        stands.append(used(admin))
    # The second undoes the first, as with settings.
    assert stands == [rows_of(OTHERWISE), rows_of(Content(texts=only_english))]


def test_a_file_is_kept_and_undone(admin: Any, clock: StillClock) -> None:
    assert change(admin, WITH_FILE, clock) == Kept((COLUMNS,))
    assert used(admin) == {f"data/{COLUMNS}": FILE}
    assert undo(admin, BENEATH, COLUMNS) == Kept((COLUMNS,))
    assert used(admin) == {}


REFUSED: list[tuple[Content, DoesNotFit]] = [
    (Content(texts={"id": {NEXT: "Terus"}}), DoesNotFit(NEXT, Unfit.TEXT)),
    (Content(texts={"id": {NEXT: " "}, "en": {NEXT: "On"}}), DoesNotFit(NEXT, Unfit.TEXT)),
    (
        Content(texts={"id": {"no.such": "A"}, "en": {"no.such": "A"}}),
        DoesNotFit("no.such", Unfit.TEXT),
    ),
    (Content(data={COLUMNS: FILE[:-9]}), DoesNotFit(COLUMNS, Unfit.DATA)),
    (Content(data={"tariff.json": "{}"}), DoesNotFit("tariff.json", Unfit.UNREADABLE)),
]


@pytest.mark.parametrize(("after", "refused"), REFUSED)
def test_what_would_not_be_used_is_refused_and_nothing_is_kept(
    admin: Any, clock: StillClock, store_folder: Path, after: Content, refused: DoesNotFit
) -> None:
    assert change(admin, after, clock) == refused
    rows = rows_at(store_folder)
    assert rows["setting_change"] == rows["audit"] == []


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    admin: Any, clock: StillClock
) -> None:
    shown = seen(admin).own.used
    change(admin, SAID, clock)
    assert keep(admin, BENEATH, shown, OTHERWISE) == Meanwhile()
    assert used(admin) == rows_of(SAID)
    # Another sentence is in nobody's way.
    leave = Content(texts={"id": {"common.leave": "Pergi"}, "en": {"common.leave": "Leave"}})
    assert keep(admin, BENEATH, shown, leave) == Kept(("common.leave",))
    assert used(admin) == rows_of(SAID) | rows_of(leave)


def test_where_a_centre_sends_data_sentences_alone_are_changed(
    admin: Any, clock: StillClock
) -> None:
    change(admin, WITH_FILE, clock)
    joined = Membership(("centre.example:5432",), "anjungan", "", "kiosk_1", "secret", "id", "name")
    with admin.store.transaction() as record:
        record.centre.join(joined, "10917")
    assert seen(admin).own.joined
    assert used(admin) == {}
    refused = DoesNotFit(COLUMNS, Unfit.OF_THE_CENTRE)
    other = Content(data={COLUMNS: FILE + "\n"})
    assert change(admin, other, clock) == refused
    assert undo(admin, BENEATH, COLUMNS) == refused
    assert change(admin, SAID, clock) == Kept((NEXT,))


# ------------------------------------------------------------ what does not fit any more


def test_a_sentence_that_does_not_fit_any_more_is_told_and_can_be_let_go(
    admin: Any, clock: StillClock
) -> None:
    change(admin, SAID, clock)
    row(admin, "text/id/gone.key", "Lama", clock)
    assert seen(admin).own.misfits == (OwnMisfit("gone.key", Unfit.TEXT),)
    assert used(admin) == rows_of(SAID)
    assert drop_misfits(admin, BENEATH, ["gone.key", NEXT]) == Kept(("gone.key",))
    assert seen(admin).own.misfits == ()
    assert used(admin) == rows_of(SAID)


def test_said_anew_what_was_left_of_a_sentence_goes_with_it(admin: Any, clock: StillClock) -> None:
    """A language that there is no more kept the others from being used."""
    row(admin, f"text/su/{NEXT}", "Teruskeun", clock)
    assert seen(admin).own.misfits == (OwnMisfit(NEXT, Unfit.TEXT),)
    assert change(admin, SAID, clock) == Kept((NEXT,))
    assert seen(admin).own.misfits == ()
    assert used(admin) == rows_of(SAID)


def test_what_cannot_be_used_is_not_brought_back(admin: Any, clock: StillClock) -> None:
    row(admin, f"data/{COLUMNS}", "{", clock)
    clock.forward(MINUTE)
    change(admin, WITH_FILE, clock)
    assert undo(admin, BENEATH, COLUMNS) == DoesNotFit(COLUMNS, Unfit.DATA)
    assert used(admin) == {f"data/{COLUMNS}": FILE}


@pytest.mark.usefixtures("nowhere")
def test_a_damaged_store_gives_them_back(tmp_path: Path) -> None:
    kept = KeptStore(tmp_path)
    with closing(kept.open()) as store:
        desk = desk_of(ADMIN, store, kept.clock)
        keep(desk, BENEATH, NOTHING, replace(SAID, data=WITH_FILE.data))
        store.tend()
    kept.file.write_bytes(b"nothing of a store")
    with closing(kept.open()) as store, store.reading() as record:
        assert on_screen(record).rows == rows_of(replace(SAID, data=WITH_FILE.data))


def test_a_power_cut_leaves_a_sentence_whole_or_not_at_all(tmp_path: Path) -> None:
    kept = KeptStore(tmp_path / "kiosk")
    with closing(kept.open()) as store:
        desk = desk_of(ADMIN, store, kept.clock)
        with store.transaction() as record:
            first = SettingChange(f"text/id/{NEXT}", None, "Terus", ADMIN.id, kept.clock.now())
            record.settings.add(first)
            during = kept.cut_off("during")
        keep(desk, BENEATH, seen(desk).own.used, OTHERWISE)
        after = kept.cut_off("after")
    for one, wanted in ((during, {}), (after, rows_of(OTHERWISE))):
        with closing(one.open()) as store:
            assert seen(desk_of(ADMIN, store, kept.clock)).own.kept == wanted


def test_a_row_that_is_no_json_is_told_and_stops_nothing(
    admin: Any, clock: StillClock, store_folder: Path
) -> None:
    change(admin, SAID, clock)
    engine = open_engine(store_folder, KEY)
    with engine.begin() as connection:
        connection.execute(update(tables.setting_change).values(after='"Ter'))
    engine.dispose()
    assert seen(admin).own.misfits == (OwnMisfit(NEXT, Unfit.UNREADABLE),)
