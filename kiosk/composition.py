"""What a configuration makes of a kiosk: its layers of settings, its data and its sentences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.data import Data, check_place, replaced
from kiosk.domain.configuration import Because, Content, Document, Refused, may_run, read_document
from kiosk.domain.failures import DataFailure, KioskFailure
from kiosk.domain.setting import Flaw, Owner, WrongValue
from kiosk.keys.signed import is_signed
from kiosk.languages import Languages, TextFlaw, with_sentences
from kiosk.layers import Given, Layers, Source, put_together
from kiosk.own_content import Beneath, OwnContent, fit, own_rows
from kiosk.settings import DECLARED, Settings

FROM_AFAR = (Source.KABUPATEN, Source.KECAMATAN, Source.ASSIGNED)
Fits = Callable[[Data, Languages, Settings], None]
"""Raises ValueError or KioskFailure for settings that do not go with the data and the sentences."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which kiosk it is: its office's code and its number."""

    office: str
    number: str


@dataclass(frozen=True, slots=True)
class Composed:
    """What the program is composed of."""

    layers: Layers
    data: Data
    languages: Languages
    beneath: Beneath
    own: OwnContent


@dataclass(frozen=True, slots=True)
class OnScreen:
    """What was set on a kiosk's screen, settings and all else, by the keys of the rows; `joined`:
    the kiosk belongs to a centre."""

    rows: Mapping[str, Any] = field(default_factory=dict)
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Shipped:
    """What ships with the program and stands in the machine's file.

    `own_layouts`: the office installed slip layouts of its own, which stay.
    """

    machine: Settings
    data: Data
    languages: Languages
    fits: Fits
    own_layouts: bool = False

    def compose(
        self, content: Content, place: Place, on_screen: OnScreen | None = None
    ) -> Composed:
        """Return what a configuration makes of a kiosk, and what was changed on its screen.

        Raises DataFailure for a broken data file of the configuration, and TextFlaw.
        """
        beneath = Beneath(
            replaced(self.data, content.data, own_layouts=self.own_layouts),
            with_sentences(self.languages, content.texts),
        )
        here = on_screen or OnScreen()
        own = fit(beneath, own_rows(here.rows), joined=here.joined)
        # All at once, for the days of a configuration's tariffs are told by what is given.
        files = {**content.data, **own.used.data}
        data = replaced(self.data, files, own_layouts=self.own_layouts)
        languages = with_sentences(beneath.languages, own.used.texts)

        def fits(settings: Settings) -> None:
            self.fits(data, languages, settings)

        layers = Layers(
            self.machine,
            content.kabupaten,
            content.offices.get(place.office, {}),
            content.kiosks.get(place.number, {}),
            fits=fits,
        )
        return Composed(layers, data, languages, beneath, own)

    def flaw_of(self, document: Document, place: Place) -> Refused | None:
        """Return why a configuration cannot be used at a kiosk, None when it can."""
        version = document.version
        try:
            composed = self.compose(document.content, place)
            found = put_together(composed.layers, {})
        except TextFlaw as flaw:
            return Refused(version, Because.TEXT, flaw.key)
        except DataFailure as failure:
            return Refused(version, Because.DATA, failure.file)
        except (ValueError, KioskFailure):
            return Refused(version, Because.NOT_TOGETHER)
        for misfit in found.misfits:
            if misfit.source in FROM_AFAR:
                whole = misfit.flaw is Flaw.GOES_NOT
                because = Because.NOT_TOGETHER if whole else Because.SETTING
                return Refused(version, because, misfit.name)
        misplaced = misplaced_in(document.content)
        return Refused(version, Because.SETTING, misplaced[0][1]) if misplaced else None


def misplaced_in(content: Content) -> tuple[tuple[str, str], ...]:
    """Return the settings that stand in a layer which may not speak of them, with its name: those
    of the machine's file anywhere, those of the kabupaten in an office or kiosk, and unknown ones.
    """
    layers: dict[str, Given] = {**content.offices, **content.kiosks}
    apart = [
        (scope, name)
        for scope, given in layers.items()
        for name in given
        if name not in DECLARED or DECLARED[name].owner is not Owner.OFFICE
    ]
    whole = [
        ("kabupaten", name)
        for name in content.kabupaten
        if name not in DECLARED or DECLARED[name].owner is Owner.MACHINE
    ]
    return (*whole, *apart)


@dataclass(frozen=True, slots=True)
class Offered:
    """What the centre offers: the number it gives it, the bytes, and the signature."""

    version: int
    document: bytes
    signature: str


def weigh(
    offered: Offered,
    trusted: tuple[str, ...],
    have: int,
    program: str,
    flaw_of: Callable[[Document], Refused | None],
) -> Document | Refused:
    """Return a configuration that may be taken, else why not. Nothing of it counts before.

    `have` is the version that is kept; `program` this program's version.
    """
    if not is_signed(offered.document, offered.signature, trusted):
        return Refused(offered.version, Because.UNSIGNED)
    document = read_document(offered.document)
    if isinstance(document, Refused):
        return Refused(document.version or offered.version, document.because)
    if document.version <= have:
        return Refused(document.version, Because.OLDER)
    if not may_run(document.needs, program):
        return Refused(document.version, Because.NEWER_PROGRAM, document.needs)
    return flaw_of(document) or document


def fits_a_kiosk(data: Data, languages: Languages, settings: Settings) -> None:
    """Raise for a place that is none, and for languages that do not go together; see Fits."""
    check_place(settings, data)
    offered = settings.offered or tuple(languages.texts)
    missing = [one for one in (settings.language, *offered) if one not in languages.texts]
    if missing:
        name = "language" if missing[0] == settings.language else "languages"
        raise WrongValue(name, Flaw.GOES_NOT, f"names {missing[0]!r}, and there is no such one")
    if settings.language not in offered:
        says = f"must have {settings.language!r}, in which every visit begins"
        raise WrongValue("languages", Flaw.GOES_NOT, says)
