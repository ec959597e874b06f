"""`main.py verify`: says of scanned QR texts whether the slips they stand on are genuine."""

from collections.abc import Iterable
from typing import TextIO, assert_never

from kiosk.domain.money import format_rupiah
from kiosk.domain.registration_number import group_number
from kiosk.domain.seal import Seal, name_digest
from kiosk.domain.trust import Trust
from kiosk.trust import (
    Altered,
    Genuine,
    NotASlip,
    Practice,
    Revoked,
    UnknownKey,
    Void,
    check_slip,
)


def run(lines: Iterable[str], trust: Trust, out: TextIO, name: str | None) -> int:
    """Judge one scanned text per line as it comes, writing one line each to `out`.

    With `name` (as on the KTP) each slip's printed name is compared too. Returns 0 if there was a
    slip and all were genuine with that name, else 1. Raises the first problem of `trust`: nobody
    here sees a warning in time.
    """
    if trust.problems:
        raise trust.problems[0]
    verdicts = []
    for line in lines:
        text = line.strip()
        if text:
            good, sentence = _judge(text, trust, name)
            verdicts.append(good)
            print(sentence, file=out, flush=True)
    if not verdicts:
        print("nothing was scanned", file=out)
    return 0 if verdicts and all(verdicts) else 1


def _judge(text: str, trust: Trust, name: str | None) -> tuple[bool, str]:
    verdict = check_slip(text, trust)
    if isinstance(verdict, Genuine):
        same_name, about_name = _compare_name(verdict.seal, name)
        return same_name, f"genuine: {_facts(verdict.seal)}; {about_name}"
    return False, _why_not(verdict)


def _why_not(verdict: Altered | UnknownKey | Revoked | Void | Practice | NotASlip) -> str:
    match verdict:
        case Altered():
            return "altered: this text was changed or badly scanned; do not accept the slip"
        case UnknownKey(key_id):
            return f"unknown key {key_id}: not signed by a kiosk that is trusted here"
        case Revoked(key_id):
            return f"revoked: key {key_id} was revoked before this slip; do not accept it"
        case Void(seal):
            number = group_number(seal.number)
            return f"void: registration {number} is not in force; do not accept the slip"
        case Practice():
            return "practice: a slip to practise with, nobody is registered by it"
        case NotASlip():
            return "not a slip: this is not the text of a slip's QR code"
        case _:
            assert_never(verdict)


def _facts(seal: Seal) -> str:
    copy = f"copy {seal.copy}" if seal.copy else "original"
    return (
        f"number {group_number(seal.number)}, {seal.registered_on:%Y-%m-%d}, "
        f"kiosk {seal.kiosk_number}, {copy}, {seal.package}, months {seal.months}, "
        f"total {format_rupiah(seal.total)}"
    )


def _compare_name(seal: Seal, name: str | None) -> tuple[bool, str]:
    if name is None:
        return True, "compare the printed name with the KTP"
    if name_digest(name, seal.salt) == seal.name_digest:
        return True, "the name is the printed one"
    return False, "THE NAME IS NOT THE PRINTED ONE"
