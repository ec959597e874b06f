"""Every setting of this kiosk, declared once; read from kiosk.toml. See docs/settings.md."""

import os
import tomllib
from dataclasses import dataclass, field, fields
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from kiosk.domain.escpos_address import parse_escpos_address
from kiosk.domain.failures import DataFailure


def _home(variable: str, otherwise: str) -> Path:
    return Path(os.environ.get(variable) or Path.home() / otherwise) / "anjungan-bpu"


def _data_folder() -> Path:
    return _home("XDG_DATA_HOME", ".local/share")


def _state_folder() -> Path:
    return _home("XDG_STATE_HOME", ".local/state")


def _config_folder() -> Path:
    return _home("XDG_CONFIG_HOME", ".config")


class PaperName(StrEnum):
    """The papers a slip can come on."""

    ROLL_80 = "80mm"
    ROLL_58 = "58mm"
    A5 = "A5"
    A4 = "A4"


class CopiesBy(StrEnum):
    """Who may have a copy of a slip printed."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"


class RollDpi(StrEnum):
    """The dots per inch of heads that print rolls."""

    COARSE = "180"
    USUAL = "203"
    FINE = "300"


SECONDS = {"silence_s": (20, 300), "reading_silence_s": (20, 600), "warning_s": (10, 60)}
PERIODS = {
    "draft_minutes": (5, 60),
    "half_done_hours": (1, 72),
    "slip_days": (1, 90),
    "exchange_days": (7, 365),
    "invitation_days": (30, 1095),
    "registration_days": (7, 3650),
    "request_days": (365, 3650),
    "audit_days": (365, 3650),
}
"""How long data may be kept, at least and at most; see docs/retention.md."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs from kiosk to kiosk; the defaults are a kiosk in Kecamatan Ciruas."""

    office: str = "Kecamatan Ciruas"
    kabupaten: str = "Kabupaten Serang"
    kecamatan_code: str = "36.04.09"
    kiosk_name: str = "Anjungan Ciruas"
    help_number: str = ""
    """The telephone that staff call with a code; empty until the office has one."""
    controller_name: str = ""
    """Who answers for the data (UU 27/2022); empty: this office, until it is settled in writing."""
    controller_contact: str = ""
    """How to reach them: a telephone or an address; empty: the counter, and `help_number`."""
    printer: str = ""
    """The name of a CUPS queue; empty: slips are left as PDF files beside the store. ESC/POS:
    "escpos://192.168.1.9:9100" or "escpos-usb://04b8:0e15"."""
    paper: PaperName = PaperName.ROLL_80
    roll_dpi: RollDpi = RollDpi.USUAL
    """Of the head that prints rolls: drawn for another one, bars come out blurred."""
    escpos_profile: str = "default"
    """What an ESC/POS printer can do: the name of a profile of python-escpos."""
    escpos_raster: bool = False
    """True: an ESC/POS printer gets pages as pictures, not as text."""
    pages_per_refill: int = 0
    """How many slips come out of one roll or one filled tray; 0: nobody has counted them."""
    reprint_by: CopiesBy = CopiesBy.CLERK
    """Who of the staff may have a copy of a slip printed: every clerk, or only the supervisor."""
    residents_reprint: bool = True
    """False: residents get a slip once more at the counter only, not at the kiosk."""
    start_without_printer: bool = True
    """False: nobody registers here while no printer can take a slip."""
    silence_s: int = 45
    reading_silence_s: int = 90
    """After so many seconds without a touch the end of a visit is announced; later where there is
    much to read, half as long again in the largest text."""
    warning_s: int = 30
    """For so many seconds the announcement counts down."""
    call_sound: str = ""
    """A WAV or OGG file, played when somebody calls the staff; empty: none."""
    ask_birthplace: bool = False
    ask_mother_name: bool = False
    """The mother's maiden name also answers banks: ask for it only where BPJS needs it."""
    draft_minutes: int = 15
    half_done_hours: int = 12
    slip_days: int = 7
    exchange_days: int = 30
    invitation_days: int = 180
    registration_days: int = 90
    request_days: int = 1825
    audit_days: int = 1825
    """After so long it is deleted: answers half given, forms of the staff half done, pages left as
    files, lists that were saved here, invitations of people who never registered, registrations
    that are safe elsewhere, closed requests, the audit of what is gone."""
    store_folder: Path = field(default_factory=lambda: _data_folder() / "store")
    journal_folder: str = ""
    """Where all that is registered is written once more: best a second disk or a stick. Empty:
    beside the store."""
    backup_folder: str = ""
    """Empty: beside the store."""
    backups_kept: int = 5
    slips_folder: Path = field(default_factory=lambda: _data_folder() / "slips")
    exchange_folder: Path = field(default_factory=lambda: Path.home() / "Anjungan BPU")
    """Where the desk reads and writes lists beside a stick; in the home, so that staff find it."""
    data_folder: Path = field(default_factory=lambda: _data_folder() / "data")
    """Last good copies of the tariff and the other replaceable data."""
    log_folder: Path = field(default_factory=lambda: _state_folder() / "logs")
    """Logs without anybody's data, see docs/logs.md."""
    keys_folder: Path = field(default_factory=lambda: _config_folder() / "keys")
    """Apart from the store, so that a copy of the store comes without its key."""
    trust_folder: Path = field(default_factory=lambda: _config_folder() / "trusted")
    """Keys of other kiosks, and what is revoked or void; may be missing. See docs/desk.md."""

    @property
    def draft_lifetime(self) -> timedelta:
        """How long answers half given can be taken up again."""
        return timedelta(minutes=self.draft_minutes)

    @property
    def half_done_lifetime(self) -> timedelta:
        """How long the staff find again what they left in the middle."""
        return timedelta(hours=self.half_done_hours)

    @property
    def journal_place(self) -> Path:
        """The folder of the journal."""
        return Path(self.journal_folder) if self.journal_folder else self._beside("journal")

    @property
    def backup_place(self) -> Path:
        """The folder of the backups."""
        return Path(self.backup_folder) if self.backup_folder else self._beside("backups")

    def _beside(self, what: str) -> Path:
        return self.store_folder.with_name(f"{self.store_folder.name}-{what}")

    def __post_init__(self) -> None:
        """Raises ValueError for times too short to work with or too long to answer for, and for a
        printer whose address is none."""
        parse_escpos_address(self.printer)
        for name, (least, most) in (SECONDS | PERIODS).items():
            if not least <= getattr(self, name) <= most:
                raise ValueError(f"{name} must be a whole number from {least} to {most}")


def read_settings(file: Path | None) -> Settings:
    """Read a kiosk.toml; without one every setting has its default.

    Raises DataFailure for a file that cannot be read, and naming the setting for one that does not
    exist or has a value of another kind than its default.
    """
    if file is None:
        return Settings()
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataFailure(file.name, 0, str(error)) from None
    kinds: dict[str, Any] = {one.name: one.type for one in fields(Settings)}
    try:
        return Settings(**{name: _read(name, value, kinds) for name, value in given.items()})
    except ValueError as wrong:
        raise DataFailure(file.name, 0, str(wrong)) from None


def _read(name: str, value: object, kinds: dict[str, Any]) -> Any:
    if name not in kinds:
        raise ValueError(f"there is no setting {name!r}")
    fits, wanted = _fits(value, kinds[name])
    if not fits:
        raise ValueError(f"{name} must be {wanted}")
    return kinds[name](value)


def _fits(value: object, kind: Any) -> tuple[bool, str]:
    """Whether a value of the file is of the setting's kind, and how that kind is written."""
    if kind is bool:
        return isinstance(value, bool), "true or false"
    if kind is int:
        # To Python true is a number as well.
        return type(value) is int and value > 0, "a whole number from 1"
    if issubclass(kind, StrEnum):
        return value in list(kind), " or ".join(f'"{one}"' for one in kind)
    return isinstance(value, str), "text in quotes"
