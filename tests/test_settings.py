"""kiosk.toml: what may stand in it, and what is said of the rest."""

import json
from pathlib import Path
from typing import Any

import pytest
from samples import ROOT, load_regions

from kiosk.domain.failures import DataFailure
from kiosk.domain.setting import Owner
from kiosk.languages import load_languages
from kiosk.settings import (
    DECLARED,
    KINDS,
    CopiesBy,
    PaperName,
    RollDpi,
    Settings,
    TextSize,
    read_settings,
)

LONGEST_LABEL = 30
"""Characters that stand in a line of the list beside where the value comes from."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.toml"


def refused(file: Path) -> DataFailure:
    with pytest.raises(DataFailure) as failure:
        read_settings(file)
    assert failure.value.file == "kiosk.toml"
    assert failure.value.code == "D 11"
    return failure.value


def test_without_a_file_it_is_a_kiosk_in_ciruas() -> None:
    settings = read_settings(None)
    assert settings == Settings()
    assert load_regions().find_kecamatan(settings.kecamatan_code).name == "Ciruas"
    assert settings.office == "Kecamatan Ciruas"


def test_an_empty_file_changes_nothing(file: Path) -> None:
    file.write_text("")
    assert read_settings(file) == Settings()


# As a file writes a value of each kind, and what it is once read.
WRITTEN: dict[Any, tuple[str, object]] = {
    str: ('"Anyar"', "Anyar"),
    Path: ('"/srv/x"', Path("/srv/x")),
    PaperName: ('"58mm"', PaperName.ROLL_58),
    RollDpi: ('"300"', RollDpi.FINE),
    CopiesBy: ('"supervisor"', CopiesBy.SUPERVISOR),
    TextSize: ('"large"', TextSize.LARGE),
    bool: ("true", True),
    int: ("60", 60),
}


def test_every_setting_can_be_given(file: Path) -> None:
    limits = {name: one.limits for name, one in DECLARED.items() if one.limits}
    longest = {name: (str(most), most) for name, (_, most) in limits.items()}
    several = {
        "languages": ('"id, en"', "id, en"),
        "slip_without": ('"title"', "title"),
    }
    given = {
        name: longest.get(name) or several.get(name) or WRITTEN[kind]
        for name, kind in KINDS.items()
    }
    file.write_text("".join(f"{name} = {written}\n" for name, (written, _) in given.items()))
    read = read_settings(file)
    assert {name: getattr(read, name) for name in KINDS} == {
        name: value for name, (_, value) in given.items()
    }


@pytest.mark.parametrize("value", ['"true"', "1", "0", "[true]"])
def test_a_switch_that_is_neither_true_nor_false_is_named(file: Path, value: str) -> None:
    file.write_text(f"ask_birthplace = {value}\n")
    assert "ask_birthplace must be true or false" in str(refused(file))


@pytest.mark.parametrize("value", ["58", "true"])
def test_a_paper_that_there_is_not_is_answered_with_those_there_are(file: Path, value: str) -> None:
    file.write_text(f"paper = {value}\n")
    assert 'paper must be "80mm" or "58mm" or "A5" or "A4"' in str(refused(file))


@pytest.mark.parametrize("value", ["number", "title,title", "title,", "qr", "Title", "title;seal"])
def test_a_part_that_no_slip_can_do_without_is_named(file: Path, value: str) -> None:
    file.write_text(f'slip_without = "{value}"\n')
    assert "slip_without cannot have" in str(refused(file))


@pytest.mark.parametrize("value", ["id,", ",", "id,id", "ID", "id;en", "id,../en", "bahasa baru"])
def test_what_are_no_languages_are_named(file: Path, value: str) -> None:
    file.write_text(f'languages = "{value}"\n')
    assert "languages cannot have" in str(refused(file))


def test_several_are_read_with_or_without_blanks_between_them(file: Path) -> None:
    file.write_text('languages = "id , en"\nslip_without = "title,seal"\n')
    settings = read_settings(file)
    assert (settings.offered, settings.left_off_slips) == (("id", "en"), ("title", "seal"))
    assert (Settings().offered, Settings().left_off_slips) == ((), ())


OWNERS = {
    "screen": Owner.OFFICE,
    "kabupaten": Owner.KABUPATEN,
    "file": Owner.MACHINE,
}


def test_the_page_of_the_settings_names_every_one_with_its_default_and_who_may_change_it() -> None:
    rows = [
        [cell.strip(" `") for cell in line.split("|")[1:6]]
        for line in (ROOT / "docs" / "settings.md").read_text("utf-8").splitlines()
        if line.startswith("| `")
    ]
    told = {name: (default, owner) for name, _kind, default, owner, _what in rows}
    assert list(told) == list(DECLARED)
    for name, (default, owner) in told.items():
        assert OWNERS[owner] is DECLARED[name].owner, name
        value = getattr(Settings(), name)
        if not isinstance(value, Path):
            assert default == json.dumps(value), name


def test_every_setting_has_a_short_label_and_an_explanation_in_every_language() -> None:
    for texts in load_languages(ROOT / "resources" / "texts").texts.values():
        for name in DECLARED:
            assert 0 < len(texts.sentences[f"setting.{name}.label"]) <= LONGEST_LABEL
            assert texts.sentences[f"setting.{name}.text"]


def test_folders_are_paths_and_the_rest_stays_text(file: Path) -> None:
    file.write_text('store_folder = "/srv/the store"\noffice = "Kecamatan Anyar"\n')
    settings = read_settings(file)
    assert settings.store_folder == Path("/srv/the store")
    assert settings.office == "Kecamatan Anyar"
    assert settings.slips_folder == Settings().slips_folder


def test_journal_and_backups_lie_beside_the_store_unless_a_disk_is_named(file: Path) -> None:
    file.write_text('store_folder = "/srv/store"\njournal_folder = "/media/stick/journal"\n')
    settings = read_settings(file)
    assert settings.journal_place == Path("/media/stick/journal")
    assert settings.backup_place == Path("/srv/store-backups")


def test_the_keys_do_not_lie_with_the_store(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    settings = Settings()
    assert settings.store_folder == tmp_path / "data" / "anjungan-bpu" / "store"
    assert settings.keys_folder == tmp_path / "config" / "anjungan-bpu" / "keys"
    folders = (settings.store_folder, settings.slips_folder, settings.data_folder)
    assert len(set(folders)) == 3
    assert not [one for one in folders if settings.keys_folder.is_relative_to(one.parent)]


def test_without_xdg_variables_the_home_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    settings = Settings()
    assert settings.store_folder == tmp_path / ".local/share/anjungan-bpu/store"
    assert settings.keys_folder == tmp_path / ".config/anjungan-bpu/keys"


def test_a_setting_that_does_not_exist_is_named(file: Path) -> None:
    file.write_text('ofice = "Kecamatan Ciruas"\n')
    assert "ofice" in str(refused(file))


@pytest.mark.parametrize("value", ["1", "true", '["x"]', "{ a = 1 }", "2026-11-22"])
def test_a_setting_that_is_not_text_is_named(file: Path, value: str) -> None:
    file.write_text(f"help_number = {value}\n")
    assert "help_number" in str(refused(file))


@pytest.mark.parametrize("name", ["silence_s", "reading_silence_s", "warning_s"])
@pytest.mark.parametrize("value", ["0", "-45", "9", "601", "45.5", '"45"', "true"])
def test_seconds_that_nobody_could_live_with_are_named(file: Path, name: str, value: str) -> None:
    file.write_text(f"{name} = {value}\n")
    assert name in str(refused(file))


def test_a_file_that_is_missing_or_broken_is_said(file: Path) -> None:
    refused(file)
    file.write_text('office = "Kecamatan\n')
    assert "line 1" in str(refused(file))
    file.write_bytes(b'office = "\xff"\n')
    refused(file)
