"""The bundle for help from afar holds how the kiosk stands, and nobody."""

import base64
import json
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from leaks import Person
from samples import NAME, NIK, NOW, PHONE, StillClock, make_application

import main
from kiosk.domain.failures import KioskFailure
from kiosk.keys import open_keys
from kiosk.logs.entries import failed
from kiosk.logs.writing import clean_log, log, log_files
from kiosk.registration import Registered, register
from kiosk.settings import Settings
from kiosk.storage.store import open_store

PERSON = Person(NIK, NAME, PHONE)
FOLDERS = ("store", "slips", "data", "keys", "log", "exchange")
PLANTED = f"{NIK} {NAME} {PHONE}"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folders = {f"{name}_folder": tmp_path / "kiosk" / name for name in FOLDERS}
    return replace(Settings(), **folders)  # type: ignore[arg-type]


def diagnose(settings: Settings, tmp_path: Path, **texts: str) -> Path:
    values = {f"{name}_folder": str(getattr(settings, f"{name}_folder")) for name in FOLDERS}
    config, out = tmp_path / "kiosk.toml", tmp_path / "bundle.zip"
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in (values | texts).items()]
    config.write_text("".join(lines))
    assert main.main(["--config", str(config), "diagnostics", "--out", str(out)]) == 0
    return out


def part(bundle: Path, name: str) -> Any:
    with ZipFile(bundle) as opened:
        return json.loads(opened.read(f"{name}.json"))


def plant(settings: Settings) -> None:
    """Leave the data of somebody in every place that the bundle is made from."""
    for name in FOLDERS:
        folder: Path = getattr(settings, f"{name}_folder")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in (f"{NAME}.txt", f"{NIK}.pdf", "notes.txt", "anjungan.db.old"):
            (folder / file).write_text(PLANTED)
    with (settings.log_folder / "kiosk.log").open("a") as opened:
        opened.write(f"{PLANTED}\n")
        opened.write(json.dumps({"event": "failure", "code": PLANTED, "nik": NIK}) + "\n")
    (settings.log_folder / "desk.log.1").write_text(PLANTED)
    (settings.log_folder / "desk.log.2").write_bytes(PLANTED.encode("utf-16"))


def test_nobody_gets_into_the_bundle(settings: Settings, tmp_path: Path) -> None:
    store = open_store(settings.store_folder, open_keys(settings.keys_folder).store_key)
    assert isinstance(register(store, make_application(), StillClock()), Registered)
    store.close()
    with clean_log(), log_files(settings.log_folder, "kiosk"):
        log.error(failed(KioskFailure("S 14", PLANTED)))
        log.error("registered %s", PLANTED)
    plant(settings)
    contact = dict.fromkeys(("help_number", "controller_contact", "controller_name"), PLANTED)
    bundle = diagnose(settings, tmp_path, printer=PLANTED, kiosk_name=PLANTED, **contact)
    assert stat.S_IMODE(bundle.stat().st_mode) == 0o600
    with ZipFile(bundle) as opened:
        contents = {name: opened.read(name) for name in opened.namelist()}
    assert set(contents) == {
        *(f"{name}.json" for name in ("versions", "settings", "store", "disks", "printer")),
        *(f"logs/{name}" for name in ("kiosk.log", "desk.log.1", "desk.log.2")),
    }
    for name, content in contents.items():
        assert not PERSON.is_in(name)
        assert not PERSON.is_in(content.decode())
        assert base64.b64encode(NIK.encode())[:12] not in content
        assert str(tmp_path).encode() not in content
    told = [json.loads(line)["event"] for line in contents["logs/kiosk.log"].splitlines()]
    assert told == ["failure", "withheld"]


def test_it_tells_versions_counts_and_room(settings: Settings, tmp_path: Path) -> None:
    store = open_store(settings.store_folder, open_keys(settings.keys_folder).store_key)
    register(store, make_application(), StillClock(NOW))
    store.close()
    bundle = diagnose(settings, tmp_path, paper="58mm")
    assert part(bundle, "versions")["program"] == "0.1.0"
    assert part(bundle, "store")["rows"]["registration"] == 1
    assert part(bundle, "store")["schema"].isdigit()
    assert part(bundle, "settings")["paper"] == "58mm"
    assert part(bundle, "settings")["help_number"] == {"changed": False, "set": False}
    assert part(bundle, "disks")["store_folder"]["free_mb"] > 0
    assert part(bundle, "printer") is False


def test_a_store_that_cannot_be_opened_does_not_keep_the_rest_away(
    settings: Settings, tmp_path: Path
) -> None:
    open_store(settings.store_folder, bytes(32)).close()
    open_keys(settings.keys_folder)
    bundle = diagnose(settings, tmp_path)
    assert part(bundle, "store") == {"failure": "S 11"}
    assert part(bundle, "versions")["python"]


def test_the_bundle_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    diagnose(settings, tmp_path)
    assert not settings.store_folder.exists()
    assert not settings.keys_folder.exists()


def test_it_says_where_it_cannot_be_written(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["diagnostics", "--out", str(tmp_path / "none" / "x.zip")]) == 1
    assert str(tmp_path / "none" / "x.zip") in capsys.readouterr().err
