"""Whether this kiosk is fit for work: a short list of checks, each with words and what to do.

A new check is a function from the Situation to a Finding, named in CHECKS; its sentences stand in
resources/texts under `readiness`.
"""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from kiosk.domain.failures import KioskFailure
from kiosk.domain.texts import Texts
from kiosk.keys.protection import ROOT, protection_of
from kiosk.keys.ring import BARE_FILES, KEYS_FILE, read_key_file
from kiosk.languages import load_languages
from kiosk.memory import core_dumps_are_forbidden, swap_is_barred, swaps
from kiosk.old_files import look as look_at_files
from kiosk.settings import Settings
from kiosk.terminal import texts_of_terminal

MEGABYTE = 1024 * 1024
LITTLE_SPACE_MB, NO_SPACE_MB = 1024, 200


class State(StrEnum):
    """How a check came out."""

    GOOD = "good"
    ATTENTION = "attention"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: `says` and, unless all is good, `todo` are keys of sentences."""

    state: State
    says: str
    todo: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def words(self, texts: Texts) -> str:
        """Return what was found and what to do about it."""
        said = [texts.say(key, **self.values) for key in (self.says, self.todo) if key]
        return " ".join(said)


@dataclass(frozen=True, slots=True)
class Situation:
    """What the checks look at. `root`: where /proc and /sys are looked for."""

    settings: Settings
    root: Path = ROOT


Check = Callable[[Situation], Finding]


def protection(situation: Situation) -> Finding:
    """How well the keys are protected from who has the disk."""
    settings = situation.settings
    file = read_key_file(settings.keys_folder) if settings.keys_folder.exists() else None
    if file is None:
        return Finding(State.BAD, "keys.none", "readiness.keys_todo")
    folders = (settings.keys_folder, settings.store_folder)
    found = protection_of(file.guard, folders, situation.root)
    says, values = f"keys.by_{found.by.value}", {"level": found.level}
    if found.level == 3:
        return Finding(State.ATTENTION, says, "readiness.protection_todo", values)
    return Finding(State.GOOD, says, values=values)


def bare_keys(situation: Situation) -> Finding:
    """Whether bare keys of before were left beside the file that replaced them."""
    folder = situation.settings.keys_folder
    if (folder / KEYS_FILE).exists() and any((folder / name).exists() for name in BARE_FILES):
        return Finding(State.BAD, "readiness.bare_keys", "readiness.bare_keys_todo")
    return Finding(State.GOOD, "readiness.key_files_good")


def swap(situation: Situation) -> Finding:
    """Whether memory can reach the disk as it is."""
    root = situation.root
    if swap_is_barred(root) or all(one.encrypted for one in swaps(root)):
        return Finding(State.GOOD, "readiness.swap_good")
    return Finding(State.ATTENTION, "readiness.swap_bare", "readiness.swap_todo")


def core_dumps(_situation: Situation) -> Finding:
    """Whether a crash would leave memory on the disk."""
    if core_dumps_are_forbidden():
        return Finding(State.GOOD, "readiness.core_dumps_good")
    return Finding(State.BAD, "readiness.core_dumps_on", "readiness.core_dumps_todo")


def space(situation: Situation) -> Finding:
    """Whether the store's disk has room."""
    folder = situation.settings.store_folder
    while not folder.exists():
        folder = folder.parent
    free_mb = shutil.disk_usage(folder).free // MEGABYTE
    if free_mb >= LITTLE_SPACE_MB:
        return Finding(State.GOOD, "readiness.space", values={"free_mb": free_mb})
    state = State.BAD if free_mb < NO_SPACE_MB else State.ATTENTION
    return Finding(state, "readiness.space", "readiness.space_todo", {"free_mb": free_mb})


def left_files(situation: Situation) -> Finding:
    """Whether pages and lists with people's data go in their time."""
    lying = look_at_files(situation.settings, datetime.now(UTC))
    values = {"pages": lying.pages, "lists": lying.lists}
    if not lying.overdue:
        return Finding(State.GOOD, "readiness.files", values=values)
    values |= {"overdue": lying.overdue}
    return Finding(State.ATTENTION, "readiness.files_overdue", "readiness.files_todo", values)


CHECKS: tuple[Check, ...] = (protection, bare_keys, swap, core_dumps, space, left_files)


def look(situation: Situation, checks: tuple[Check, ...] = CHECKS) -> tuple[Finding, ...]:
    """Run every check; one that meets a failure has found that."""
    return tuple(_found(check, situation) for check in checks)


def run(settings: Settings, resources: Path) -> int:
    """Print the report on the terminal; exit code 1 when something is bad."""
    texts = texts_of_terminal(load_languages(resources / "texts").texts)
    findings = look(Situation(settings))
    for finding in findings:
        print(f"{texts.say(f'readiness.{finding.state.value}')}: {finding.words(texts)}")  # noqa: T201
    return int(any(finding.state is State.BAD for finding in findings))


def _found(check: Check, situation: Situation) -> Finding:
    try:
        return check(situation)
    except KioskFailure as failure:
        values = {"code": failure.code}
        return Finding(State.BAD, "readiness.failure", "readiness.failure_todo", values)
