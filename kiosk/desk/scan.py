"""What a scanner read at the desk: which record it opens, and whether the slip is genuine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.domain.registration import Registration, Status
from kiosk.domain.registration_number import clean_number, is_valid_number
from kiosk.domain.rights import Because
from kiosk.domain.seal import Seal, name_digest, read_sealed
from kiosk.domain.staff import Action
from kiosk.storage.desk import Replaced
from kiosk.trust import (
    Altered,
    Genuine,
    NotASlip,
    Practice,
    Revoked,
    UnknownKey,
    Verdict,
    Void,
)

NAME_DIFFERS = "slip_name_differs"


class ScanVerdict(StrEnum):
    """What the desk says of a scan."""

    GENUINE = "genuine"
    """If the name on the slip is Scanned.name: somebody has to look."""
    GENUINE_OLDER_NAME = "genuine_older_name"
    """The same, from before the name was corrected: no forgery."""
    GENUINE_ELSEWHERE = "genuine_elsewhere"
    """Signed by a key that is trusted here, but the record is on another kiosk."""
    OTHER_NAME = "other_name"
    """Signed by a trusted key, but for a name that the record never had."""
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown_key"
    REVOKED = "revoked"
    VOID = "void"
    PRACTICE = "practice"
    """Nobody is registered by it; it opens a record on the kiosk that was practised on."""
    NUMBER = "number"
    """The barcode: it names a record and proves nothing."""
    NUMBER_ELSEWHERE = "number_elsewhere"
    ERASED = "erased"
    """Its data was erased at the person's request; the slip was genuine or its number was typed."""
    NOTHING = "nothing"
    """Noise, half a number, or a wrong check digit."""


_DOUBTS: Mapping[type[Verdict], ScanVerdict] = {
    Altered: ScanVerdict.ALTERED,
    UnknownKey: ScanVerdict.UNKNOWN_KEY,
    Revoked: ScanVerdict.REVOKED,
    Void: ScanVerdict.VOID,
    Practice: ScanVerdict.PRACTICE,
}
_ASK_FOR_THE_NAME = {ScanVerdict.GENUINE, ScanVerdict.GENUINE_OLDER_NAME}
_GOOD = _ASK_FOR_THE_NAME | {ScanVerdict.GENUINE_ELSEWHERE, ScanVerdict.NUMBER}


@dataclass(frozen=True, slots=True)
class Scanned:
    """`registration_id` is empty when the record is not here; `number` when none was read.

    `name` must stand on the slip, and `copy` is which one it is; both only where that is asked.
    """

    verdict: ScanVerdict
    number: str = ""
    registration_id: str = ""
    name: str = ""
    copy: int = 0

    @property
    def is_good(self) -> bool:
        """Whether there is nothing to be wary of."""
        return self.verdict in _GOOD

    @property
    def asks_for_the_name(self) -> bool:
        """Whether a glued-over name is still to be ruled out."""
        return self.verdict in _ASK_FOR_THE_NAME


@dataclass(frozen=True, slots=True)
class NameDiffers:
    """The audit keeps that another name stood on the slip."""


def read_scan(desk: Desk, text: str, check_slip: Callable[[str], Verdict]) -> Scanned:
    """Return what was scanned; whoever may not see records is told nothing."""
    if desk.refusal(Action.SEE):
        return Scanned(ScanVerdict.NOTHING)
    read = text.strip()
    verdict = check_slip(read)
    match verdict:
        case Genuine(seal):
            return _genuine(desk, seal)
        case NotASlip():
            return _number(desk, clean_number(read))
        case Altered() | UnknownKey() | Revoked() | Void() | Practice():
            return _doubtful(desk, _DOUBTS[type(verdict)], read)
        case _:
            assert_never(verdict)


def note_name_differs(
    desk: Desk, registration_id: str, copy: int
) -> NameDiffers | NotFound | NotAllowed:
    """Keep that a genuine code stood on a slip with another name; `copy` 0 is the original."""
    refused = desk.refusal(Action.SEE)
    if refused:
        return refused
    with desk.store.transaction() as record:
        if record.find(registration_id) is None:
            return NotFound()
        record.desk.note(registration_id, desk.deed(NAME_DIFFERS, desk.clock.now(), copy=copy))
    return NameDiffers()


def _genuine(desk: Desk, seal: Seal) -> Scanned:
    with desk.store.reading() as record:
        found = record.find_number(seal.number)
        older = () if found is None else _older_names(record.desk.replaced(found.id))
    if found is None:
        return _not_here(desk, seal.number, ScanVerdict.GENUINE_ELSEWHERE)
    if found.status is Status.VOID:
        return Scanned(ScanVerdict.VOID, seal.number, found.id)
    return _with_name(seal, found, older)


def _older_names(replaced: Mapping[int, Replaced]) -> tuple[str, ...]:
    """The names before corrections, the latest first."""
    befores = (replaced[revision].before for revision in sorted(replaced, reverse=True))
    return tuple(str(before["name"]) for before in befores if "name" in before)


def _with_name(seal: Seal, found: Registration, older: tuple[str, ...]) -> Scanned:
    now = found.application.resident.name
    for name in (now, *older):
        if name_digest(name, seal.salt) == seal.name_digest:
            same = name == now
            verdict = ScanVerdict.GENUINE if same else ScanVerdict.GENUINE_OLDER_NAME
            return Scanned(verdict, seal.number, found.id, name, seal.copy)
    return Scanned(ScanVerdict.OTHER_NAME, seal.number, found.id)


def _doubtful(desk: Desk, verdict: ScanVerdict, read: str) -> Scanned:
    sealed = read_sealed(read)
    number = sealed.seal.number if sealed else ""
    return Scanned(verdict, number, _find(desk, number) if number else "")


def _number(desk: Desk, number: str) -> Scanned:
    if not is_valid_number(number):
        return Scanned(ScanVerdict.NOTHING)
    found = _find(desk, number)
    if found:
        return Scanned(ScanVerdict.NUMBER, number, found)
    return _not_here(desk, number, ScanVerdict.NUMBER_ELSEWHERE)


def _not_here(desk: Desk, number: str, elsewhere: ScanVerdict) -> Scanned:
    with desk.store.reading() as record:
        erased = record.rights.erasure_of_number(number)
    asked = erased is not None and erased.because is Because.ASKED
    return Scanned(ScanVerdict.ERASED if asked else elsewhere, number)


def _find(desk: Desk, number: str) -> str:
    with desk.store.reading() as record:
        found = record.find_number(number)
    return found.id if found else ""
