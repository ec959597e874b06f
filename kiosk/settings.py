"""Every setting, declared once, and the reader of kiosk.toml. See docs/settings.md."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, get_type_hints

from kiosk.domain.failures import DataFailure
from kiosk.domain.setting import (
    Declared,
    Effect,
    Flaw,
    Form,
    Group,
    Owner,
    Shown,
    Unit,
    WrongValue,
)
from kiosk.domain.setting_checks import check_limits, check_text, items_of


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


class TextSize(StrEnum):
    """How large the words on the residents' screens are, the smallest first."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


def _kept(unit: Unit, least: int, most: int) -> Declared:
    """How long data may be kept, at least and at most; see docs/retention.md."""
    return Declared(Group.RETENTION, Owner.KABUPATEN, unit, (least, most))


def _silence(least: int, most: int) -> Declared:
    return Declared(Group.VISIT, unit=Unit.SECONDS, limits=(least, most), shown=Shown.TIMES)


_NAMED = Declared(Group.OFFICE, longest=40, needed=True, shown=Shown.SLIP)
_KABUPATEN = Declared(Group.OFFICE, Owner.KABUPATEN)
_PRINTER = Declared(Group.PRINTER)
_ON_SLIP = Declared(Group.PRINTER, shown=Shown.SLIP)
_REFILL = Declared(Group.PRINTER, unit=Unit.SLIPS, limits=(0, 10_000))
_ASKED = Declared(Group.VISIT)
_SCREEN = Declared(Group.SCREEN)
_VOLUME = replace(_SCREEN, unit=Unit.PERCENT, limits=(0, 100))
_MACHINE = Declared(Group.MACHINE, Owner.MACHINE, effect=Effect.START)
_BACKUPS = replace(_MACHINE, unit=Unit.BACKUPS, limits=(1, 1000))


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs from kiosk to kiosk; the defaults are a kiosk in Kecamatan Ciruas."""

    office: Annotated[str, _NAMED] = "Kecamatan Ciruas"
    kabupaten: Annotated[str, replace(_NAMED, owner=Owner.KABUPATEN)] = "Kabupaten Serang"
    kecamatan_code: Annotated[str, Declared(Group.OFFICE, form=Form.KECAMATAN)] = "36.04.09"
    kiosk_name: Annotated[str, _NAMED] = "Anjungan Ciruas"
    help_number: Annotated[str, Declared(Group.OFFICE, longest=20, shown=Shown.SLIP)] = ""
    """The telephone that staff call with a code; empty until the office has one."""
    controller_name: Annotated[str, _KABUPATEN] = ""
    """Who answers for the data (UU 27/2022); empty: this office, until it is settled in writing."""
    controller_contact: Annotated[str, _KABUPATEN] = ""
    """How to reach them: a telephone or an address; empty: the counter, and `help_number`."""
    branch_code: Annotated[str, replace(_KABUPATEN, longest=20)] = ""
    """What the branch of BPJS calls this office in its lists (kode_kantor); empty: not known."""
    printer: Annotated[str, replace(_PRINTER, form=Form.PRINTER, longest=120)] = ""
    """The name of a CUPS queue; empty: slips are left as PDF files beside the store. ESC/POS:
    "escpos://192.168.1.9:9100" or "escpos-usb://04b8:0e15"."""
    paper: Annotated[PaperName, _ON_SLIP] = PaperName.ROLL_80
    roll_dpi: Annotated[RollDpi, _ON_SLIP] = RollDpi.USUAL
    """Of the head that prints rolls: drawn for another one, bars come out blurred."""
    slip_without: Annotated[str, replace(_ON_SLIP, form=Form.SLIP_PARTS)] = ""
    """Parts of the slip that are left out; see kiosk.domain.slip_without."""
    escpos_profile: Annotated[str, replace(_PRINTER, longest=40, needed=True)] = "default"
    """What an ESC/POS printer can do: the name of a profile of python-escpos."""
    escpos_raster: Annotated[bool, _PRINTER] = False
    """True: an ESC/POS printer gets pages as pictures, not as text."""
    pages_per_refill: Annotated[int, _REFILL] = 0
    """How many slips come out of one roll or one filled tray; 0: nobody has counted them."""
    reprint_by: Annotated[CopiesBy, _PRINTER] = CopiesBy.CLERK
    """Who of the staff may have a copy of a slip printed: every clerk, or only the supervisor."""
    residents_reprint: Annotated[bool, _PRINTER] = True
    """False: residents get a slip once more at the counter only, not at the kiosk."""
    start_without_printer: Annotated[bool, _PRINTER] = True
    """False: nobody registers here while no printer can take a slip."""
    silence_s: Annotated[int, _silence(20, 300)] = 45
    reading_silence_s: Annotated[int, _silence(20, 600)] = 90
    """After so many seconds without a touch the end of a visit is announced; later where there is
    much to read, half as long again in the largest text."""
    warning_s: Annotated[int, _silence(10, 60)] = 30
    """For so many seconds the announcement counts down."""
    ask_birthplace: Annotated[bool, _ASKED] = False
    ask_mother_name: Annotated[bool, _ASKED] = False
    """The mother's maiden name also answers banks: ask for it only where BPJS needs it."""
    language: Annotated[str, replace(_SCREEN, form=Form.LANGUAGE)] = "id"
    """In which every visit begins: the name of a file in resources/texts."""
    languages: Annotated[str, replace(_SCREEN, form=Form.LANGUAGES)] = ""
    """Which of them residents are offered; empty: all."""
    start_text_size: Annotated[TextSize, _SCREEN] = TextSize.NORMAL
    start_contrast: Annotated[bool, _SCREEN] = False
    """In which every visit begins; residents change both for themselves."""
    call_sound: Annotated[str, replace(_SCREEN, form=Form.SOUND, longest=200)] = ""
    """A WAV or OGG file, played when somebody calls the staff; empty: none."""
    sound_volume: Annotated[int, _VOLUME] = 100
    draft_minutes: Annotated[int, _kept(Unit.MINUTES, 5, 60)] = 15
    half_done_hours: Annotated[int, _kept(Unit.HOURS, 1, 72)] = 12
    slip_days: Annotated[int, _kept(Unit.DAYS, 1, 90)] = 7
    exchange_days: Annotated[int, _kept(Unit.DAYS, 7, 365)] = 30
    invitation_days: Annotated[int, _kept(Unit.DAYS, 30, 1095)] = 180
    registration_days: Annotated[int, _kept(Unit.DAYS, 7, 3650)] = 90
    request_days: Annotated[int, _kept(Unit.DAYS, 365, 3650)] = 1825
    audit_days: Annotated[int, _kept(Unit.DAYS, 365, 3650)] = 1825
    """After so long it is deleted: answers half given, forms of the staff half done, pages left as
    files, lists that were saved here, invitations of people who never registered, registrations
    that are safe elsewhere, closed requests, the audit of what is gone."""
    store_folder: Annotated[Path, _MACHINE] = field(
        default_factory=lambda: _data_folder() / "store"
    )
    journal_folder: Annotated[str, _MACHINE] = ""
    """Where all that is registered is written once more: best a second disk or a stick. Empty:
    beside the store."""
    backup_folder: Annotated[str, _MACHINE] = ""
    """Empty: beside the store."""
    backups_kept: Annotated[int, _BACKUPS] = 5
    slips_folder: Annotated[Path, _MACHINE] = field(
        default_factory=lambda: _data_folder() / "slips"
    )
    exchange_folder: Annotated[Path, _MACHINE] = field(
        default_factory=lambda: Path.home() / "Anjungan BPU"
    )
    """Where the desk reads and writes lists beside a stick; in the home, so that staff find it."""
    data_folder: Annotated[Path, _MACHINE] = field(default_factory=lambda: _data_folder() / "data")
    """Last good copies of the tariff and the other replaceable data."""
    log_folder: Annotated[Path, _MACHINE] = field(default_factory=lambda: _state_folder() / "logs")
    """Logs without anybody's data, see docs/logs.md."""
    keys_folder: Annotated[Path, _MACHINE] = field(
        default_factory=lambda: _config_folder() / "keys"
    )
    """Apart from the store, so that a copy of the store comes without its key."""
    trust_folder: Annotated[Path, _MACHINE] = field(
        default_factory=lambda: _config_folder() / "trusted"
    )
    """Keys of other kiosks, and what is revoked or void; may be missing. See docs/desk.md."""
    in_file: frozenset[str] = field(default=frozenset(), repr=False, compare=False)
    """No setting: the names of those that the machine's file gives, also where it says the
    default."""

    @property
    def offered(self) -> tuple[str, ...]:
        """The languages that residents are offered, nothing for all that are there."""
        return items_of(self.languages)

    @property
    def left_off_slips(self) -> tuple[str, ...]:
        """The parts of a slip that are left out."""
        return items_of(self.slip_without)

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
        """Raises WrongValue for times too short to work with or too long to answer for, and for a
        printer whose address is none."""
        for name, about in DECLARED.items():
            check_limits(name, about, getattr(self, name))


_HINTS = get_type_hints(Settings, include_extras=True)
KINDS: Mapping[str, Any] = MappingProxyType(
    {name: kind for name, kind in get_type_hints(Settings).items() if name != "in_file"}
)
"""The kind of every setting by its name, in the order of the pages."""
DECLARED: Mapping[str, Declared] = MappingProxyType(
    {name: _HINTS[name].__metadata__[0] for name in KINDS}
)


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
    try:
        read = {name: read_value(name, value) for name, value in given.items()}
        return Settings(**read, in_file=frozenset(read))
    except ValueError as wrong:
        raise DataFailure(file.name, 0, str(wrong)) from None


def read_value(name: str, value: object) -> Any:
    """Return a value as TOML or JSON write it in the setting's own kind; raises WrongValue."""
    if name not in KINDS:
        raise WrongValue(name, Flaw.WRONG_KIND, "is the name of no setting")
    fits, wanted = _fits(value, KINDS[name])
    if not fits:
        raise WrongValue(name, Flaw.WRONG_KIND, f"must be {wanted}")
    return KINDS[name](value)


def checked_value(name: str, value: object) -> Any:
    """Return a value that comes from the screen or from afar; raises WrongValue.

    More is asked of it than of the machine's file, which somebody wrote who tries it at once.
    """
    read = read_value(name, value)
    about = DECLARED[name]
    check_limits(name, about, read)
    if KINDS[name] is str:
        check_text(name, about, read)
    return read


def _fits(value: object, kind: Any) -> tuple[bool, str]:
    """Whether a value of the file is of the setting's kind, and how that kind is written."""
    if kind is bool:
        return isinstance(value, bool), "true or false"
    if kind is int:
        # To Python true is a number as well.
        return type(value) is int and value >= 0, "a whole number"
    if issubclass(kind, StrEnum):
        return value in list(kind), " or ".join(f'"{one}"' for one in kind)
    return isinstance(value, str), "text in quotes"
