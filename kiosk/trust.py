"""Judges the text of a slip's QR code by the keys and lists that this office trusts.

They are files in one folder: `*.pub` of other kiosks, `revoked.json` and `void.json`.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kiosk.domain.failures import DataFailure, KioskFailure
from kiosk.domain.registration_number import is_practice_number
from kiosk.domain.seal import PREFIX, Seal, read_sealed
from kiosk.domain.trust import Trust, parse_revoked, parse_void
from kiosk.keys import KeyFailure, key_id_of, read_public_key, signature_holds
from kiosk.logs.entries import failed

REVOKED_FILE = "revoked.json"
VOID_FILE = "void.json"

log = logging.getLogger("anjungan.trust")

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Genuine:
    """Signed by the key that the text names, and that key is trusted."""

    seal: Seal


@dataclass(frozen=True, slots=True)
class Altered:
    """Calls itself a slip's code, but a trusted key did not sign this text."""


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """Well formed, but names a key that is not among the trusted ones."""

    key_id: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """Signed by a key that is revoked, for a number beyond those it had given by then."""

    key_id: str


@dataclass(frozen=True, slots=True)
class Void:
    """Genuine once: the registration of this number is void."""

    seal: Seal


@dataclass(frozen=True, slots=True)
class Practice:
    """Made to practise with, whoever signed it: nobody is registered by it."""


@dataclass(frozen=True, slots=True)
class NotASlip:
    """Some other text."""


Verdict = Genuine | Altered | UnknownKey | Revoked | Void | Practice | NotASlip


def read_trust(own: Mapping[str, bytes], folder: Path | None) -> Trust:
    """Read the keys and lists of `folder`, which may be missing, and add the kiosk's own keys.

    What cannot be read is among the problems. With a list missing that there should be, a slip of
    another kiosk might be taken for good wrongly: then no key but the own one is trusted.
    """
    if folder is None:
        return Trust(own)
    problems: list[KioskFailure] = []

    def tried(read: Callable[[], Content]) -> Content | None:
        try:
            return read()
        except KeyFailure as problem:
            problems.append(problem)
            return None

    revoked = tried(lambda: _read_list(folder / REVOKED_FILE, parse_revoked))
    void = tried(lambda: _read_list(folder / VOID_FILE, parse_void))
    others = {}
    if not problems:
        for file in sorted(folder.glob("*.pub")):
            key = tried(lambda file=file: read_public_key(file))  # type: ignore[misc]
            if key is not None:
                others[key_id_of(key)] = key
    return Trust({**others, **own}, revoked or {}, void or frozenset(), tuple(problems))


def check_slip(text: str, trust: Trust) -> Verdict:
    """Judge the text of a slip's QR code."""
    sealed = read_sealed(text)
    if sealed is None:
        return Altered() if text.upper().startswith(PREFIX) else NotASlip()
    seal = sealed.seal
    if is_practice_number(seal.number) or is_practice_number(seal.kiosk_number):
        return Practice()
    public_key = trust.public_keys.get(seal.key_id)
    if public_key is None:
        return UnknownKey(seal.key_id)
    if not signature_holds(public_key, sealed.signature, sealed.signed.encode("ascii")):
        return Altered()
    return _still_good(seal, trust)


def judge_slip(own: Mapping[str, bytes], folder: Path, text: str) -> Verdict:
    """Judge as check_slip() does, by what stands in the folder now: a list counts at once."""
    trust = read_trust(own, folder)
    for problem in trust.problems:
        log.warning(failed(problem))
    return check_slip(text, trust)


def _still_good(seal: Seal, trust: Trust) -> Verdict:
    revocation = trust.revoked.get(seal.key_id)
    if revocation is not None and not revocation.accepts(seal.number):
        return Revoked(seal.key_id)
    return Void(seal) if seal.number in trust.void else Genuine(seal)


def _read_list(file: Path, parse: Callable[[str, str], Content]) -> Content | None:
    """Return what the file holds, None where there is none."""
    try:
        return parse(file.read_text("utf-8-sig"), file.name)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyFailure("K 11", f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise KeyFailure("K 17", f"{file} is not UTF-8") from None
    except DataFailure as broken:
        raise KeyFailure("K 17", f"{file} line {broken.line}: {broken.reason}") from None
