"""What is declared of a setting: who may change it, its limits, how it is shown."""

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """What belongs together on the page of the settings."""

    OFFICE = "office"
    PRINTER = "printer"
    VISIT = "visit"
    SCREEN = "screen"
    RETENTION = "retention"
    MACHINE = "machine"


class Owner(StrEnum):
    """Who may change a setting."""

    KABUPATEN = "kabupaten"
    OFFICE = "office"
    MACHINE = "machine"
    """Whoever can write the machine's file: it is needed before anybody can sign in."""


class Effect(StrEnum):
    """When a change counts."""

    IDLE = "idle"
    """Once nobody is at the kiosk or signed in at the desk."""
    START = "start"
    """With the next start of the program."""


class Unit(StrEnum):
    """What a number counts."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    SLIPS = "slips"
    BACKUPS = "backups"
    PERCENT = "percent"


class Shown(StrEnum):
    """What a change is shown by before it is kept."""

    NOTHING = "nothing"
    SLIP = "slip"
    """A slip of nobody, as it would come out."""
    TIMES = "times"
    """A sentence that says how a silent visit would end."""


class Form(StrEnum):
    """What a text has to be."""

    FREE = "free"
    KECAMATAN = "kecamatan"
    """The code of one of the 29."""
    PRINTER = "printer"
    LANGUAGE = "language"
    """The code of a language that the kiosk has."""
    LANGUAGES = "languages"
    """Codes of languages with commas between them; none of them means every one."""
    SLIP_PARTS = "slip_parts"
    """Parts that a slip can do without, with commas between them."""
    SOUND = "sound"
    """The path of a WAV or OGG file."""


class Flaw(StrEnum):
    """Why a value is refused."""

    WRONG_KIND = "wrong_kind"
    OUT_OF_LIMITS = "out_of_limits"
    MISSING = "missing"
    TOO_LONG = "too_long"
    NO_ADDRESS = "no_address"
    NO_SOUND = "no_sound"
    NOT_LISTED = "not_listed"
    """One of several is none that can be chosen, or stands there twice."""
    GOES_NOT = "goes_not"
    """It does not go with the other settings, or with the data."""


class WrongValue(ValueError):
    """A value that a setting cannot have; `least` and `most` are its limits where it has some."""

    def __init__(self, name: str, flaw: Flaw, says: str, least: int = 0, most: int = 0) -> None:
        super().__init__(f"{name} {says}")
        self.name = name
        self.flaw = flaw
        self.least = least
        self.most = most


@dataclass(frozen=True, slots=True)
class Declared:
    """A setting, but for its kind and its default.

    `limits` are the least and the most of a number; `longest` the characters of a text that is
    changed on the screen or from afar, and `needed` that such a text may not be empty.
    """

    group: Group
    owner: Owner = Owner.OFFICE
    unit: Unit | None = None
    limits: tuple[int, int] | None = None
    form: Form = Form.FREE
    longest: int = 80
    needed: bool = False
    shown: Shown = Shown.NOTHING
    effect: Effect = Effect.IDLE
