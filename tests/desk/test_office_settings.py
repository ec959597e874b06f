"""The settings as the admin sees and changes them: who may, what is refused, what is kept."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from keeping import Kept
from probes import rows_at
from samples import StillClock

from kiosk import opening
from kiosk.desk.office_settings import (
    NothingToUndo,
    NotYours,
    Refused,
    Saved,
    SettingSeen,
    SettingsSeen,
    Unchanged,
    change,
    consider,
    inherit,
    look,
    settings_in_force,
    undo,
)
from kiosk.desk.session import NotAllowed
from kiosk.domain.setting import Flaw, Owner
from kiosk.domain.staff import Account, Action
from kiosk.keys import open_keys
from kiosk.layers import Layers, Source
from kiosk.opening import open_own, store_keys
from kiosk.settings import DECLARED, PaperName, Settings
from kiosk.storage import tables
from kiosk.storage.engine import open_engine
from kiosk.storage.store import Store

from .office import ADMIN, CLERK, SUPERVISOR, desk_of

LAYERS = Layers(Settings())


@pytest.fixture
def admin(store: Store, clock: StillClock) -> Any:
    return desk_of(ADMIN, store, clock)


def seen(desk: Any, name: str, layers: Layers = LAYERS) -> SettingSeen:
    found = look(desk, layers)
    assert isinstance(found, SettingsSeen)
    return next(one for one in found.lines if one.name == name)


def in_force(desk: Any, name: str, layers: Layers = LAYERS) -> Any:
    return getattr(settings_in_force(desk.store, layers).settings, name)


def test_the_admin_sees_every_setting_in_its_order(admin: Any) -> None:
    found = look(admin, LAYERS)
    assert isinstance(found, SettingsSeen)
    assert [one.name for one in found.lines] == list(DECLARED)
    assert found.settings == Settings()
    for one in found.lines:
        assert (one.source, one.last, one.may_undo) == (Source.DEFAULT, None, False)
        assert one.may_change is (DECLARED[one.name].owner is Owner.OFFICE)


@pytest.mark.parametrize("account", [CLERK, SUPERVISOR], ids=lambda one: one.role.value)
def test_who_is_no_admin_neither_sees_nor_changes_any(
    store: Store, clock: StillClock, store_folder: Path, account: Account
) -> None:
    desk = desk_of(account, store, clock)
    refused = NotAllowed(Action.CHANGE_SETTINGS)
    assert look(desk, LAYERS) == refused
    for outcome in (
        consider(desk, LAYERS, "office", "Kecamatan Anyar"),
        change(desk, LAYERS, "office", "Kecamatan Anyar"),
        inherit(desk, LAYERS, "office"),
        undo(desk, LAYERS, "office"),
    ):
        assert outcome == refused
    rows = rows_at(store_folder)
    assert rows["setting_change"] == rows["audit"] == []


def test_what_is_not_the_offices_is_refused_by_whose_it_is(admin: Any, store_folder: Path) -> None:
    others = {name: one.owner for name, one in DECLARED.items() if one.owner is not Owner.OFFICE}
    assert set(others.values()) == {Owner.KABUPATEN, Owner.MACHINE}
    for name, owner in others.items():
        for use_case in (change, consider):
            assert use_case(admin, LAYERS, name, "x") == NotYours(owner)
        assert undo(admin, LAYERS, name) == NotYours(owner)
    assert rows_at(store_folder)["setting_change"] == []


def test_a_change_counts_and_says_who_made_it_and_what_it_was(
    admin: Any, clock: StillClock
) -> None:
    assert change(admin, LAYERS, "silence_s", 60) == Saved("silence_s")
    assert in_force(admin, "silence_s") == 60
    one = seen(admin, "silence_s")
    assert (one.value, one.beneath, one.source) == (60, 45, Source.KIOSK)
    assert one.last is not None
    assert (one.last.before, one.last.after, one.last.actor) == (45, 60, ADMIN.id)
    assert one.last.at == clock.now()


def test_every_change_is_in_the_audit_without_its_values(admin: Any, store_folder: Path) -> None:
    """A name or a telephone may be somebody's: they stand in the table that it points to."""
    change(admin, LAYERS, "help_number", "0254 111222")
    undo(admin, LAYERS, "help_number")
    rows = rows_at(store_folder)
    noted = [(row[2], row[3], row[4], json.loads(row[5])) for row in rows["audit"]]
    numbers = [row[0] for row in rows["setting_change"]]
    assert noted == [
        ("setting_changed", "", ADMIN.id, {"setting": "help_number", "change": number})
        for number in numbers
    ]
    assert len(numbers) == 2


REFUSED = [
    ("silence_s", 19, Refused(Flaw.OUT_OF_LIMITS, 20, 300)),
    ("silence_s", 301, Refused(Flaw.OUT_OF_LIMITS, 20, 300)),
    ("silence_s", "", Refused(Flaw.WRONG_KIND)),
    ("silence_s", True, Refused(Flaw.WRONG_KIND)),
    ("pages_per_refill", 10_001, Refused(Flaw.OUT_OF_LIMITS, 0, 10_000)),
    ("paper", "A3", Refused(Flaw.WRONG_KIND)),
    ("ask_birthplace", "yes", Refused(Flaw.WRONG_KIND)),
    ("office", " ", Refused(Flaw.MISSING)),
    ("office", "K" * 41, Refused(Flaw.TOO_LONG, 0, 40)),
    ("office", "Kecamatan\nAnyar", Refused(Flaw.TOO_LONG, 0, 40)),
    ("printer", "escpos://", Refused(Flaw.NO_ADDRESS)),
    ("sound_volume", 101, Refused(Flaw.OUT_OF_LIMITS, 0, 100)),
    ("start_text_size", "huge", Refused(Flaw.WRONG_KIND)),
    ("start_contrast", "true", Refused(Flaw.WRONG_KIND)),
    ("slip_without", "number", Refused(Flaw.NOT_LISTED)),
    ("slip_without", "title,title", Refused(Flaw.NOT_LISTED)),
    ("slip_without", ["title"], Refused(Flaw.WRONG_KIND)),
    ("languages", "id,,en", Refused(Flaw.NOT_LISTED)),
    ("languages", [], Refused(Flaw.WRONG_KIND)),
    ("call_sound", "/etc/hostname", Refused(Flaw.NO_SOUND)),
    ("call_sound", "/nowhere/call.wav", Refused(Flaw.NO_SOUND)),
]


@pytest.mark.parametrize(("name", "value", "refused"), REFUSED)
def test_what_cannot_be_is_refused_with_its_limits_and_nothing_is_kept(
    admin: Any, store_folder: Path, name: str, value: object, refused: Refused
) -> None:
    assert consider(admin, LAYERS, name, value) == refused
    assert change(admin, LAYERS, name, value) == refused
    rows = rows_at(store_folder)
    assert rows["setting_change"] == rows["audit"] == []
    assert in_force(admin, name) == getattr(Settings(), name)


def test_a_sound_that_is_there_can_be_chosen(admin: Any, tmp_path: Path) -> None:
    sound = tmp_path / "call.wav"
    sound.write_bytes(b"RIFF")
    assert change(admin, LAYERS, "call_sound", str(sound)) == Saved("call_sound")


def no_sheets(settings: Settings) -> None:
    if settings.printer and settings.paper in (PaperName.A4, PaperName.A5):
        raise ValueError("this printer has rolls")


def test_what_does_not_go_with_the_other_settings_is_refused(admin: Any) -> None:
    layers = Layers(Settings(), fits=no_sheets)
    assert change(admin, layers, "printer", "front-desk") == Saved("printer")
    assert change(admin, layers, "paper", "A4") == Refused(Flaw.GOES_NOT)
    assert in_force(admin, "paper", layers) is PaperName.ROLL_80


def test_looking_at_a_change_keeps_nothing(admin: Any, store_folder: Path) -> None:
    considered = consider(admin, LAYERS, "office", "Kecamatan Anyar")
    assert considered == replace(Settings(), office="Kecamatan Anyar")
    assert rows_at(store_folder)["setting_change"] == []


@pytest.mark.parametrize("value", [45, None])
def test_what_changes_nothing_is_no_change(
    admin: Any, store_folder: Path, value: int | None
) -> None:
    assert change(admin, LAYERS, "silence_s", value) == Unchanged()
    assert rows_at(store_folder)["setting_change"] == []


# ------------------------------------------------------------ taking back


def test_there_is_nothing_to_undo_where_nothing_was_changed(admin: Any) -> None:
    assert undo(admin, LAYERS, "office") == NothingToUndo()


def test_undoing_is_a_change_that_can_be_undone(admin: Any) -> None:
    change(admin, LAYERS, "silence_s", 60)
    change(admin, LAYERS, "silence_s", 70)
    steps = []
    for _ in range(3):
        assert undo(admin, LAYERS, "silence_s") == Saved("silence_s")
        steps.append(in_force(admin, "silence_s"))
    assert steps == [60, 70, 60]


def test_undoing_the_first_change_lets_the_layers_below_count_again(admin: Any) -> None:
    change(admin, LAYERS, "silence_s", 60)
    undo(admin, LAYERS, "silence_s")
    kabupaten = Layers(Settings(), {"silence_s": 50})
    assert in_force(admin, "silence_s", kabupaten) == 50
    assert seen(admin, "silence_s", kabupaten).source is Source.KABUPATEN


def test_the_layers_below_count_again_after_many_changes(admin: Any) -> None:
    change(admin, LAYERS, "silence_s", 60)
    assert not seen(admin, "silence_s").may_inherit
    change(admin, LAYERS, "silence_s", 70)
    assert seen(admin, "silence_s").may_inherit
    assert inherit(admin, LAYERS, "silence_s") == Saved("silence_s")
    assert in_force(admin, "silence_s") == 45
    assert undo(admin, LAYERS, "silence_s") == Saved("silence_s")
    assert in_force(admin, "silence_s") == 70


def test_what_cannot_be_any_more_is_not_brought_back(admin: Any) -> None:
    change(admin, LAYERS, "paper", "A4")
    change(admin, LAYERS, "paper", "58mm")
    change(admin, LAYERS, "printer", "front-desk")
    assert undo(admin, Layers(Settings(), fits=no_sheets), "paper") == Refused(Flaw.GOES_NOT)
    assert in_force(admin, "paper") is PaperName.ROLL_58


# ------------------------------------------------------------ what does not fit any more


def test_a_value_that_does_not_fit_any_more_falls_back_and_is_told(
    admin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(admin, LAYERS, "silence_s", 60)
    change(admin, LAYERS, "office", "Kecamatan Anyar")
    narrower = replace(DECLARED["silence_s"], limits=(20, 50))
    monkeypatch.setattr("kiosk.settings.DECLARED", {**DECLARED, "silence_s": narrower})
    one = seen(admin, "silence_s")
    assert (one.value, one.source) == (45, Source.DEFAULT)
    assert one.misfit is not None
    assert (one.misfit.source, one.misfit.flaw) == (Source.KIOSK, Flaw.OUT_OF_LIMITS)
    assert one.may_undo
    assert in_force(admin, "office") == "Kecamatan Anyar"


def test_a_setting_that_there_is_no_more_is_in_nobodys_way(
    admin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(admin, LAYERS, "silence_s", 60)
    fewer = {name: one for name, one in DECLARED.items() if name != "silence_s"}
    for module in ("kiosk.layers", "kiosk.desk.office_settings"):
        monkeypatch.setattr(f"{module}.DECLARED", fewer)
    found = look(admin, LAYERS)
    assert isinstance(found, SettingsSeen)
    assert found.settings == Settings()


# ------------------------------------------------------------ in the store


@contextmanager
def opened(kept: Kept) -> Iterator[Any]:
    with closing(kept.open()) as store:
        yield desk_of(ADMIN, store, kept.clock)


@pytest.mark.usefixtures("nowhere")
def test_changes_outlast_a_damaged_store(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    with opened(kept) as desk:
        change(desk, LAYERS, "office", "Kecamatan Anyar")
        change(desk, LAYERS, "silence_s", 60)
        undo(desk, LAYERS, "silence_s")
        desk.store.tend()
    before = kept.record()["setting_change"]
    kept.file.write_bytes(b"nothing of a store")
    with opened(kept) as desk:
        assert in_force(desk, "office") == "Kecamatan Anyar"
        assert in_force(desk, "silence_s") == 45
    assert kept.record()["setting_change"] == before
    assert len(before) == 3


def test_a_power_cut_leaves_the_change_or_none(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kiosk")
    with opened(kept) as desk:
        change(desk, LAYERS, "office", "Kecamatan Anyar")
        after = kept.cut_off("after")
        with desk.store.transaction() as record:
            record.settings.add(seen(desk, "office").last)
            during = kept.cut_off("during")
    for one in (after, during):
        with opened(one) as desk:
            assert in_force(desk, "office") == "Kecamatan Anyar"
        assert len(one.record()["setting_change"]) == 1


# ------------------------------------------------------------ beside a kiosk at work


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """A kiosk with a store and keys of its own, on which paper was changed."""
    folders = {f"{name}_folder": tmp_path / name for name in ("store", "keys", "log", "data")}
    settings = replace(Settings(), **folders)  # type: ignore[arg-type]
    _, store = open_own(settings)
    with closing(store):
        change(desk_of(ADMIN, store, StillClock()), Layers(settings), "paper", "58mm")
    return settings


def test_commands_know_what_was_set_on_the_screen(own: Settings) -> None:
    assert opening.in_force(own) == replace(own, paper=PaperName.ROLL_58)


def test_without_a_store_or_its_key_they_know_the_file(own: Settings, tmp_path: Path) -> None:
    for lost in ("store_folder", "keys_folder"):
        there = replace(own, **{lost: tmp_path / "nothing"})  # type: ignore[arg-type]
        assert opening.in_force(there) == there


def test_the_store_of_an_older_program_has_set_nothing(own: Settings) -> None:
    keys = open_keys(own.keys_folder)
    engine = open_engine(own.store_folder, store_keys(keys))
    with engine.begin() as connection:
        tables.setting_change.drop(connection)
    engine.dispose()
    assert opening.in_force(own) == own
