"""Every setting of this kiosk, declared once; read from kiosk.toml."""

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from kiosk.domain.failures import DataFailure


def _home(variable: str, otherwise: str) -> Path:
    return Path(os.environ.get(variable) or Path.home() / otherwise) / "anjungan-bpu"


def _data_folder() -> Path:
    return _home("XDG_DATA_HOME", ".local/share")


def _config_folder() -> Path:
    return _home("XDG_CONFIG_HOME", ".config")


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs from kiosk to kiosk; the defaults are a kiosk in Kecamatan Ciruas."""

    office: str = "Kecamatan Ciruas"
    kabupaten: str = "Kabupaten Serang"
    kecamatan_code: str = "36.04.09"
    kiosk_name: str = "Anjungan Ciruas"
    help_number: str = ""
    """The telephone that staff call with a code; empty until the office has one."""
    printer: str = ""
    """The name of a CUPS queue; empty: slips are left as PDF files beside the store."""
    store_folder: Path = field(default_factory=lambda: _data_folder() / "store")
    slips_folder: Path = field(default_factory=lambda: _data_folder() / "slips")
    data_folder: Path = field(default_factory=lambda: _data_folder() / "data")
    """Last good copies of the tariff and the other replaceable data."""
    keys_folder: Path = field(default_factory=lambda: _config_folder() / "keys")
    """Apart from the store, so that a copy of the store comes without its key."""


def read_settings(file: Path | None) -> Settings:
    """Read a kiosk.toml; without one every setting has its default.

    Raises DataFailure for a file that cannot be read and for a setting that does not exist or is
    not text.
    """
    if file is None:
        return Settings()
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataFailure(file.name, 0, str(error)) from None
    folders = {one.name for one in fields(Settings) if one.name.endswith("_folder")}
    known = {one.name for one in fields(Settings)}
    for name, value in given.items():
        if name not in known:
            raise DataFailure(file.name, 0, f"there is no setting {name!r}")
        if not isinstance(value, str):
            raise DataFailure(file.name, 0, f"{name} must be text in quotes")
    values: dict[str, Any] = {
        name: Path(value) if name in folders else value for name, value in given.items()
    }
    return Settings(**values)
