"""Whether this kiosk is fit for work: a short list of checks, each with words and what to do.

A new check is a function from the Situation to a Finding, named in CHECKS; its sentences stand in
resources/texts under `readiness`.
"""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from kiosk.clock import BUILT, local_date
from kiosk.comparing import follows
from kiosk.data import Data, load_data
from kiosk.domain.centre import Link, SyncStatus
from kiosk.domain.failures import KioskFailure
from kiosk.domain.texts import Texts
from kiosk.domain.validity import ends_of
from kiosk.domain.wording import date_words
from kiosk.keys.protection import ROOT, protection_of
from kiosk.keys.ring import BARE_FILES, KEYS_FILE, read_key_file
from kiosk.languages import load_languages
from kiosk.memory import core_dumps_are_forbidden, swap_is_barred, swaps
from kiosk.old_files import look as look_at_files
from kiosk.settings import Settings
from kiosk.storage.kept import on_another_disk
from kiosk.terminal import texts_of_terminal

MEGABYTE = 1024 * 1024
LITTLE_SPACE_MB, NO_SPACE_MB = 1024, 200
OLD_BACKUP_HOURS = 48
CENTRE_SILENT_HOURS = 24


Values = Mapping[str, int | str | date]


class State(StrEnum):
    """How a check came out."""

    GOOD = "good"
    ATTENTION = "attention"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: `says` and, unless all is good, `todo` are keys of sentences.

    A date among the `values` is said in words, and a text that is the key of a sentence as that
    sentence. `topic` is the check's name.
    """

    state: State
    says: str
    todo: str = ""
    values: Values = field(default_factory=dict)
    topic: str = ""

    def said(self, texts: Texts) -> str:
        """Return what was found."""
        return texts.say(self.says, **self._values(texts))

    def to_do(self, texts: Texts) -> str:
        """Return what to do about it, "" for nothing."""
        return texts.say(self.todo, **self._values(texts)) if self.todo else ""

    def words(self, texts: Texts) -> str:
        """Return what was found and what to do about it."""
        return " ".join(part for part in (self.said(texts), self.to_do(texts)) if part)

    def _values(self, texts: Texts) -> dict[str, object]:
        return {name: _in_words(value, texts) for name, value in self.values.items()}


def _in_words(value: int | str | date, texts: Texts) -> object:
    if isinstance(value, date):
        return date_words(value, texts)
    if isinstance(value, str) and value in texts.sentences:
        return texts.say(value)
    return value


@dataclass(frozen=True, slots=True)
class PrinterStands:
    """How the printer stands; `hold` says what it waits for, "" for nothing."""

    on_paper: bool
    hold: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the checks look at. `root`: where /proc and /sys are looked for."""

    settings: Settings
    root: Path = ROOT
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    printer: Callable[[], PrinterStands] = lambda: PrinterStands(on_paper=False)
    centre: Callable[[], SyncStatus | None] = lambda: None
    """None where it cannot be seen: the keys ask for a passphrase."""
    data: Callable[[], Data | None] = lambda: None
    clock_is_trusted: Callable[[], bool] = lambda: True


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
    lying = look_at_files(situation.settings, situation.now)
    values = {"pages": lying.pages, "lists": lying.lists}
    if not lying.overdue:
        return Finding(State.GOOD, "readiness.files", values=values)
    values |= {"overdue": lying.overdue}
    return Finding(State.ATTENTION, "readiness.files_overdue", "readiness.files_todo", values)


def copies(situation: Situation) -> Finding:
    """Whether the record would outlast its disk."""
    settings = situation.settings
    made = [file.stat().st_mtime for file in settings.backup_place.glob("*.backup")]
    if not made:
        return Finding(State.ATTENTION, "readiness.copies_none", "readiness.copies_todo")
    hours = max(0, int((situation.now.timestamp() - max(made)) // 3600))
    values = {"hours": hours}
    if hours > OLD_BACKUP_HOURS:
        return Finding(
            State.ATTENTION, "readiness.copies_old", "readiness.copies_todo", values=values
        )
    if not on_another_disk(settings.journal_place, settings.store_folder):
        return Finding(
            State.ATTENTION, "readiness.copies_one_disk", "readiness.copies_one_disk_todo"
        )
    return Finding(State.GOOD, "readiness.copies", values=values)


def clock(situation: Situation) -> Finding:
    """Whether the machine's clock can be right at all."""
    if situation.now < BUILT:
        return Finding(State.BAD, "readiness.clock_wrong", "readiness.clock_todo")
    if not situation.clock_is_trusted():
        return Finding(State.BAD, "readiness.clock_doubted", "readiness.clock_doubted_todo")
    return Finding(State.GOOD, "readiness.clock_good")


def printer(situation: Situation) -> Finding:
    """Whether slips come out."""
    stands = situation.printer()
    if not stands.on_paper:
        return Finding(State.ATTENTION, "readiness.printer_none", "readiness.printer_todo")
    if stands.hold:
        hold, todo = f"desk.printer.hold_{stands.hold}", f"desk.printer.hold_{stands.hold}_do"
        return Finding(State.BAD, "readiness.printer_waits", todo, values={"hold": hold})
    return Finding(State.GOOD, "readiness.printer_good")


def centre(situation: Situation) -> Finding:
    """Whether the centre has what was registered."""
    status = situation.centre()
    if status is None:
        return Finding(State.GOOD, "readiness.centre_unseen")
    if status.link is Link.NOT_JOINED:
        return Finding(State.GOOD, "readiness.centre_none")
    values: dict[str, int | str | date] = {"waiting": status.waiting, "parked": status.parked}
    if status.reached_at is None:
        return Finding(
            State.ATTENTION, "readiness.centre_never", "readiness.centre_todo", values=values
        )
    reached_h = _hours(status.reached_at, situation.now)
    oldest = status.oldest_waiting_at
    values |= {"hours": reached_h, "oldest": _hours(oldest, situation.now) if oldest else 0}
    if status.parked or status.differing:
        values |= {"differing": status.differing}
        todo = "readiness.centre_parked_todo"
        return Finding(State.ATTENTION, "readiness.centre_parked", todo, values)
    if reached_h > CENTRE_SILENT_HOURS or status.link is not Link.REACHED:
        return Finding(State.ATTENTION, "readiness.centre", "readiness.centre_todo", values)
    return Finding(State.GOOD, "readiness.centre", values=values)


def data(situation: Situation) -> Finding:
    """Whether the tariff and the other data are sound, and hold for weeks to come."""
    loaded = situation.data()
    if loaded is None:
        return Finding(State.GOOD, "readiness.data_unseen")
    for problem in loaded.problems:
        values: Values = {"file": problem.file, "line": problem.line}
        return Finding(State.BAD, "readiness.data_refused", "readiness.data_refused_todo", values)
    today, tariff = local_date(situation.now), loaded.tariff
    for end in ends_of(tariff, today):
        if end.is_near(today):
            following = follows(loaded, end, today)
            if following is not None:
                says = "readiness.data_follows"
                return Finding(State.GOOD, says, values={"last_day": following})
            left: Values = {"last_day": end.last_day, "weeks": end.days_left(today) // 7}
            says, todo = f"readiness.data_{end.kind}", f"readiness.data_{end.kind}_todo"
            return Finding(State.ATTENTION, says, todo, left)
        return Finding(State.GOOD, "readiness.data_until", values={"last_day": end.last_day})
    return Finding(State.GOOD, "readiness.data_good", values={"version": tariff.version})


def _hours(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds() // 3600))


CHECKS: tuple[Check, ...] = (
    *(printer, data, copies, space, clock, centre),
    *(protection, bare_keys, swap, core_dumps, left_files),
)


def look(situation: Situation, checks: tuple[Check, ...] = CHECKS) -> tuple[Finding, ...]:
    """Run every check; one that meets a failure has found that."""
    return tuple(_found(check, situation) for check in checks)


def run(
    settings: Settings,
    resources: Path,
    printer: Callable[[], PrinterStands],
    centre_stands: Callable[[], SyncStatus | None],
) -> int:
    """Print the report on the terminal; exit code 1 when something is bad."""
    texts = texts_of_terminal(load_languages(resources / "texts").texts)
    data_of = partial(load_data, resources, settings.data_folder)
    findings = look(Situation(settings, printer=printer, centre=centre_stands, data=data_of))
    for finding in findings:
        print(f"{texts.say(f'readiness.{finding.state.value}')}: {finding.words(texts)}")  # noqa: T201
    return int(any(finding.state is State.BAD for finding in findings))


def _found(check: Check, situation: Situation) -> Finding:
    try:
        found = check(situation)
    except KioskFailure as failure:
        values = {"code": failure.code}
        found = Finding(State.BAD, "readiness.failure", "readiness.failure_todo", values)
    return replace(found, topic=check.__name__)
