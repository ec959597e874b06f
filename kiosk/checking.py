"""Whether a draft of the configuration may be published, before anybody sees it on a screen.

What follows is tried on the screens and on paper, see ui/rehearsing.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kiosk.composition import FROM_AFAR, fits_a_kiosk, misplaced_in
from kiosk.data import Data, replaced
from kiosk.domain.configuration import LARGEST, Content
from kiosk.domain.failures import DataFailure, KioskFailure
from kiosk.domain.fleet import Problem
from kiosk.domain.setting import Flaw
from kiosk.editing.files import size_of
from kiosk.languages import Languages, flaws_of, with_sentences
from kiosk.layers import Layers, put_together
from kiosk.settings import Settings


def check_draft(
    content: Content, data: Data, languages: Languages, offices: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Return why a draft cannot be published, nothing for a good one.

    `data` and `languages` are the shipped ones; `offices` says of each kiosk, by its number, which
    office it is of. Every office and every kiosk that the draft names is tried.
    """
    if size_of(content) > LARGEST:
        return (Problem("kabupaten", "", "too_large"),)
    found = [*_of_the_data(content, data), *_of_the_texts(content, languages)]
    found += [Problem(scope, name, "misplaced") for scope, name in misplaced_in(content)]
    known = {one.code for one in data.regions.kecamatan}
    found += [Problem(code, "", "office") for code in content.offices if code not in known]
    if not found:
        found += _of_the_settings(content, data, languages, offices, known)
    return tuple(dict.fromkeys(found))


def _of_the_data(content: Content, data: Data) -> Iterator[Problem]:
    for file, text in content.data.items():
        try:
            replaced(data, {file: text}, own_layouts=False)
        except DataFailure as failure:
            yield Problem(file, "", "data", f"line {failure.line}: {failure.reason}")


def _of_the_texts(content: Content, languages: Languages) -> Iterator[Problem]:
    for flaw in flaws_of(languages, content.texts):
        yield Problem(flaw.language, flaw.key, flaw.reason)


def _of_the_settings(
    content: Content,
    data: Data,
    languages: Languages,
    offices: Mapping[str, str],
    known: Iterable[str],
) -> Iterator[Problem]:
    composed = replaced(data, content.data, own_layouts=False)
    spoken = with_sentences(languages, content.texts)

    def fits(settings: Settings) -> None:
        fits_a_kiosk(composed, spoken, settings)

    for office, number in _places(content, offices, known):
        machine = replace(Settings(), kecamatan_code=office)
        given = (content.offices.get(office, {}), content.kiosks.get(number, {}))
        layers = Layers(machine, content.kabupaten, *given, fits=fits)
        try:
            misfits = put_together(layers, {}).misfits
        except (ValueError, KioskFailure) as refused:
            yield Problem(number or office, "", Flaw.GOES_NOT.value, str(refused))
            continue
        for misfit in misfits:
            if misfit.source in FROM_AFAR:
                scope = {FROM_AFAR[0]: "kabupaten", FROM_AFAR[1]: office}.get(misfit.source, number)
                yield Problem(scope, misfit.name, misfit.flaw.value, misfit.reason)


def _places(
    content: Content, offices: Mapping[str, str], known: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Every office without a kiosk of its own mind, and every kiosk that the draft names."""
    yield from ((office, "") for office in sorted(known))
    for number in content.kiosks:
        yield offices.get(number, Settings().kecamatan_code), number
