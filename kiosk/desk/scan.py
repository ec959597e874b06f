"""What a scanner read at the desk: which record it opens, and whether the slip is genuine."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.desk.session import Desk
from kiosk.domain.registration_number import clean_number, is_valid_number
from kiosk.domain.rights import Because
from kiosk.domain.seal import read_sealed
from kiosk.domain.staff import Action
from kiosk.keys import Altered, Genuine, NotASlip, Practice, UnknownKey, Verdict


class ScanVerdict(StrEnum):
    """What the desk says of a scan."""

    GENUINE = "genuine"
    GENUINE_ELSEWHERE = "genuine_elsewhere"
    """Signed by a key that is trusted here, but the record is on another kiosk."""
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown_key"
    PRACTICE = "practice"
    """Nobody is registered by it; it opens a record on the kiosk that was practised on."""
    NUMBER = "number"
    """The barcode: it names a record and proves nothing."""
    NUMBER_ELSEWHERE = "number_elsewhere"
    ERASED = "erased"
    """Its data was erased at the person's request; the slip was genuine or its number was typed."""
    NOTHING = "nothing"
    """Noise, half a number, or a wrong check digit."""


_GOOD = {ScanVerdict.GENUINE, ScanVerdict.GENUINE_ELSEWHERE, ScanVerdict.NUMBER}


@dataclass(frozen=True, slots=True)
class Scanned:
    """`registration_id` is empty when the record is not here; `number` when none was read."""

    verdict: ScanVerdict
    number: str = ""
    registration_id: str = ""

    @property
    def is_good(self) -> bool:
        """Whether there is nothing to be wary of."""
        return self.verdict in _GOOD


def read_scan(desk: Desk, text: str, check_slip: Callable[[str], Verdict]) -> Scanned:
    """Return what was scanned; whoever may not see records is told nothing."""
    if desk.refusal(Action.SEE):
        return Scanned(ScanVerdict.NOTHING)
    read = text.strip()
    verdict = check_slip(read)
    match verdict:
        case Genuine(seal):
            return _opened(desk, seal.number, ScanVerdict.GENUINE, ScanVerdict.GENUINE_ELSEWHERE)
        case Altered():
            return _doubtful(desk, ScanVerdict.ALTERED, read)
        case UnknownKey():
            return _doubtful(desk, ScanVerdict.UNKNOWN_KEY, read)
        case Practice():
            return _doubtful(desk, ScanVerdict.PRACTICE, read)
        case NotASlip():
            return _number(desk, clean_number(read))


def _doubtful(desk: Desk, verdict: ScanVerdict, read: str) -> Scanned:
    sealed = read_sealed(read)
    number = sealed.seal.number if sealed else ""
    return Scanned(verdict, number, _find(desk, number) if number else "")


def _number(desk: Desk, number: str) -> Scanned:
    if not is_valid_number(number):
        return Scanned(ScanVerdict.NOTHING)
    return _opened(desk, number, ScanVerdict.NUMBER, ScanVerdict.NUMBER_ELSEWHERE)


def _opened(desk: Desk, number: str, here: ScanVerdict, elsewhere: ScanVerdict) -> Scanned:
    found = _find(desk, number)
    if found:
        return Scanned(here, number, found)
    with desk.store.reading() as record:
        erased = record.rights.erasure_of_number(number)
    asked = erased is not None and erased.because is Because.ASKED
    return Scanned(ScanVerdict.ERASED if asked else elsewhere, number)


def _find(desk: Desk, number: str) -> str:
    with desk.store.reading() as record:
        found = record.find_number(number)
    return found.id if found else ""
