"""What an admin does with all kiosks from the console. Every call reaches the centre: not on the
GUI thread. Enrolling, revoking and people: kiosk.central.enrolment and kiosk.central.staff.

All raise CentreFailure like Console.transaction().
"""

from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.central.console import Console
from kiosk.central.signing import SigningKey, anchors_of
from kiosk.domain.configuration import Content, Document, Refused, read_document, write_document
from kiosk.domain.fleet import (
    CommandKind,
    CommandLine,
    ConfigState,
    FleetLine,
    KioskSeen,
    Moved,
    NoSuchVersion,
    NotHandedIn,
    NotPublished,
    NotTrusted,
    Problem,
    Published,
    SomebodyElse,
    VersionLine,
)
from kiosk.domain.judging import judge, most_urgent_first
from kiosk.keys.signed import is_signed
from kiosk.version import program_version

HOLD_MINUTES = 30
"""So long the first kiosk must stand no worse before the others get a configuration."""

Check = Callable[[Content], tuple[Problem, ...]]
"""See kiosk.checking.check_draft and ui.rehearsing.rehearse."""


def fleet(console: Console, now: datetime) -> tuple[FleetLine, ...]:
    """Return all kiosks, those first that need a person."""
    found = map(_kiosk, console.look("fleet"))
    return most_urgent_first(FleetLine(one, judge(one, now)) for one in found)


# ------------------------------------------------------------ configuration


@dataclass(frozen=True, slots=True)
class Signed:
    """A version as the centre has it; whether it is an admin's, keys_to_trust() tells."""

    document: Document
    written: bytes
    signature: str


def newest(console: Console) -> Document | None:
    """Return the newest version whatever became of it, None before the first: drafts begin here.

    publish() does not build on one that no admin signed.
    """
    found = _version(console, None)
    return found.document if found else None


def version(console: Console, number: int) -> Document | None:
    """Return a version of the history."""
    found = _version(console, number)
    return found.document if found else None


def keys_to_trust(console: Console, anchors: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return whose signature counts after the newest version; the anchors before the first.

    None where the versions do not lead there from one that somebody of the anchors signed: then
    the centre says what no admin said, or this admin knows too few of the others.
    """
    later: list[Signed] = []
    found = _version(console, None)
    if found is None:
        return anchors
    while not is_signed(found.written, found.signature, anchors):
        later.append(found)
        before = _version(console, found.document.base) if found.document.base else None
        if before is None or before.document.version != found.document.base:
            return None
        found = before
    keys = found.document.keys
    for one in reversed(later):
        if not is_signed(one.written, one.signature, keys):
            return None
        keys = one.document.keys
    return keys


def keys_for_tokens(console: Console, folder: Path) -> tuple[str, ...]:
    """Return the public keys that a new kiosk is to trust; none on a machine without a signing key.

    `folder` is that of the signing key, see signing_folder().
    """
    anchors = anchors_of(folder)
    return (keys_to_trust(console, anchors) or anchors) if anchors else ()


def history(console: Console) -> tuple[VersionLine, ...]:
    """Return the versions, newest first."""
    return tuple(map(_line, console.look("configs")))


@dataclass(frozen=True, slots=True)
class Draft:
    """What an admin wants to publish, made from `base` (None before the first version).

    `more_keys` are public keys (base64) of further admins who may sign from then on.
    """

    base: Document | None
    content: Content
    why: str
    more_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """Which kiosk gets it first, and how long it must stand no worse before the others do."""

    number: str
    hold_minutes: int = HOLD_MINUTES


TO_ALL = Trial("", 0)
"""Only for what was good for all before: the centre refuses it for anything else."""


def publish(
    console: Console, key: SigningKey, draft: Draft, trial: Trial, *, check: Check, now: datetime
) -> Published | SomebodyElse | NotPublished | NotTrusted:
    """Check a draft, sign it, and publish it to one kiosk first.

    When no answer came, history() tells whether it arrived; nothing is ever published in part.
    """
    problems = check(draft.content)
    if problems:
        return NotPublished(problems)
    return _publish(console, key, draft, trial, now)


def roll_back(
    console: Console, key: SigningKey, to_version: int, why: str, now: datetime
) -> Published | SomebodyElse | NoSuchVersion | NotTrusted:
    """Publish what an earlier version said as the newest, to all at once.

    `to_version` 0 is what counted before the first: nothing. Only what was once published to all
    can be gone back to.
    """
    last, content = newest(console), Content()
    if to_version:
        good = {one.version for one in history(console) if one.state is ConfigState.PUBLISHED}
        before = _version(console, to_version)
        if before is None or to_version not in good or before.document.version != to_version:
            return NoSuchVersion()
        known = (*key.anchors, *(keys_to_trust(console, key.anchors) or ()))
        if not is_signed(before.written, before.signature, known):
            return NotTrusted()
        content = before.document.content
    return _publish(console, key, Draft(last, content, why), TO_ALL, now)


def last_good(console: Console) -> int:
    """Return the version that one press goes back to: the last for all before the newest, or 0."""
    lines = history(console)[1:]
    return next((one.version for one in lines if one.state is ConfigState.PUBLISHED), 0)


def withdraw(console: Console, number: int) -> None:
    """Let nobody else have a version that is on trial; who has it keeps it until the next."""
    _call(console, "withdraw", number)


def _publish(
    console: Console, key: SigningKey, draft: Draft, trial: Trial, now: datetime
) -> Published | SomebodyElse | NotTrusted:
    base = draft.base
    trusted = keys_to_trust(console, key.anchors) if base else (key.public,)
    if trusted is None or key.public not in trusted:
        return NotTrusted()
    document = Document(
        version=int(_call(console, "next_version")),
        base=base.version if base else 0,
        made_at=now,
        by=console.login.role,
        why=draft.why,
        needs=program_version(),
        keys=tuple(dict.fromkeys((*trusted, *draft.more_keys))),
        content=draft.content,
    )
    written = write_document(document)
    signed = (written, key.sign(written))
    said = _call(console, "publish", *signed, trial.number, document.base, trial.hold_minutes)
    if said["outcome"] == "other":
        return SomebodyElse(int(said["version"]))
    return Published(document.version)


# ------------------------------------------------------------ orders


def order(console: Console, number: str, kind: CommandKind, message: str = "") -> int:
    """Give a kiosk an order, carried out once nobody is at it; returns the order's number."""
    return int(_call(console, "command", number, kind.value, message))


def orders(console: Console, number: str) -> tuple[CommandLine, ...]:
    """Return the latest orders to a kiosk, newest first."""
    return tuple(map(_order, console.look("commands", number)))


def bundle(console: Console, order_id: int) -> bytes | None:
    """Return the diagnostics (a zip file) that a kiosk sent for an order, None before."""
    found = console.look("bundle", order_id)
    return None if found is None else bytes(found)


def move(console: Console, number: str, office: str) -> Moved | NotHandedIn:
    """Let a kiosk belong to another office, once all that it registered is at the centre, or on a
    list that it saved for the branch."""
    said = _call(console, "move", number, office)
    return Moved() if said["outcome"] == "moved" else NotHandedIn(int(said["waiting"]))


# ------------------------------------------------------------ inside


def _call(console: Console, function: str, *values: object) -> Any:
    with console.transaction() as connection:
        return console.call(connection, function, *values)


def _version(console: Console, number: int | None) -> Signed | None:
    found = console.look("config", number)
    if found is None:
        return None
    written = b64decode(found["document"])
    document = read_document(written)
    # Of a newer program, or not written by a console: it can be neither shown nor built on.
    if isinstance(document, Refused):
        return None
    return Signed(document, written, found["signature"])


def _kiosk(one: Mapping[str, Any]) -> KioskSeen:
    times = ("seen_at", "health_at", "config_since", "locked_since", "copied_since")
    return KioskSeen(**{**one, **{name: _at(one[name]) for name in times}})


def _line(one: Mapping[str, Any]) -> VersionLine:
    plain = {name: one[name] for name in VersionLine.__slots__}
    made_at, decided_at = _at(one["made_at"]), _at(one["decided_at"])
    assert made_at is not None
    return replace(
        VersionLine(**plain),
        state=ConfigState(one["state"]),
        made_at=made_at,
        decided_at=decided_at,
    )


def _order(one: Mapping[str, Any]) -> CommandLine:
    moments = {name: _at(one[name]) for name in ("at", "taken_at", "done_at")}
    plain = {name: one[name] for name in CommandLine.__slots__ if name not in moments}
    return CommandLine(**{**plain, **moments, "kind": CommandKind(one["kind"])})


def _at(moment: str | None) -> datetime | None:
    return datetime.fromisoformat(moment) if moment else None
