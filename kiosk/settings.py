"""Every setting of this kiosk, declared once; read from kiosk.toml."""

import os
import tomllib
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from kiosk.domain.failures import DataFailure


def _home(variable: str, otherwise: str) -> Path:
    return Path(os.environ.get(variable) or Path.home() / otherwise) / "anjungan-bpu"


def _data_folder() -> Path:
    return _home("XDG_DATA_HOME", ".local/share")


def _config_folder() -> Path:
    return _home("XDG_CONFIG_HOME", ".config")


class PaperName(StrEnum):
    """The papers a slip can come on."""

    ROLL_80 = "80mm"
    ROLL_58 = "58mm"
    A5 = "A5"
    A4 = "A4"


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
    paper: PaperName = PaperName.ROLL_80
    store_folder: Path = field(default_factory=lambda: _data_folder() / "store")
    slips_folder: Path = field(default_factory=lambda: _data_folder() / "slips")
    data_folder: Path = field(default_factory=lambda: _data_folder() / "data")
    """Last good copies of the tariff and the other replaceable data."""
    keys_folder: Path = field(default_factory=lambda: _config_folder() / "keys")
    """Apart from the store, so that a copy of the store comes without its key."""


def read_settings(file: Path | None) -> Settings:
    """Read a kiosk.toml; without one every setting has its default.

    Raises DataFailure for a file that cannot be read, for a setting that does not exist or is not
    text, and for a paper that is none of PaperName.
    """
    if file is None:
        return Settings()
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataFailure(file.name, 0, str(error)) from None
    known = {one.name for one in fields(Settings)}
    for name, value in given.items():
        if name not in known:
            raise DataFailure(file.name, 0, f"there is no setting {name!r}")
        if not isinstance(value, str):
            raise DataFailure(file.name, 0, f"{name} must be text in quotes")
    return Settings(**{name: _read_value(name, value, file) for name, value in given.items()})


def _read_value(name: str, value: str, file: Path) -> Any:
    if name.endswith("_folder"):
        return Path(value)
    if name == "paper":
        return _read_paper(value, file)
    return value


def _read_paper(value: str, file: Path) -> PaperName:
    try:
        return PaperName(value)
    except ValueError:
        choices = ", ".join(PaperName)
        raise DataFailure(file.name, 0, f"there is no paper {value!r}: choose {choices}") from None
