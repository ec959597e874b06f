"""All kiosks put into words: what is the matter with each, and what to do about it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.clock import local_date
from kiosk.domain.fleet import FleetLine, KioskSeen, Urgency, Words
from kiosk.domain.regions import Regions
from kiosk.domain.texts import Texts
from ui.models.console.moments import seen_words, since_words

Row = Mapping[str, str]

_LOOKS = {
    Urgency.NOW: ("brick", "warning"),
    Urgency.TODAY: ("amber", "warning-circle"),
    Urgency.FINE: ("leaf", "check-circle"),
}
_OUT = ("sand", "hourglass-medium")
_ACTS = {
    "clock_off": "fix_clock",
    "clock_doubted": "fix_clock",
    "paper_low": "remind",
    "parked": "look",
    "waits_long": "look",
    "config_refused": "look",
    "copied": "look",
    "locked": "unlock",
}


@dataclass(frozen=True, slots=True)
class Names:
    """How kiosks are called: by their kecamatan, and by more where it has several."""

    regions: Mapping[str, str]
    several: frozenset[str]

    @classmethod
    def of(cls, kiosks: Iterable[KioskSeen], regions: Regions) -> "Names":
        """Learn which kecamatan have several."""
        counted = Counter(one.office for one in kiosks)
        return cls(
            {one.code: one.name for one in regions.kecamatan},
            frozenset(office for office, count in counted.items() if count > 1),
        )

    def __call__(self, kiosk: KioskSeen) -> str:
        """Return "Tanara", or "Tanara, Loket 2"."""
        office = self.office(kiosk.office)
        return f"{office}, {kiosk.name}" if kiosk.office in self.several else office

    def office(self, code: str) -> str:
        """Return the name of a kecamatan."""
        return self.regions.get(code, code)


@dataclass(frozen=True, slots=True)
class Sums:
    """What stands above the list."""

    kiosks: int = 0
    now: int = 0
    today: int = 0
    fine: int = 0
    registered: int = 0
    waiting: int = 0


def sums_of(lines: Iterable[FleetLine], now: datetime) -> Sums:
    """Count the kiosks at work; those that are out of it count nowhere."""
    lines = tuple(line for line in lines if not is_out(line.kiosk))
    by_urgency = Counter(line.judged.urgency for line in lines)
    return Sums(
        len(lines),
        by_urgency[Urgency.NOW],
        by_urgency[Urgency.TODAY],
        by_urgency[Urgency.FINE],
        sum(registered_today(line.kiosk, now) for line in lines),
        sum(number_in(line.kiosk, "waiting") for line in lines),
    )


def is_out(kiosk: KioskSeen) -> bool:
    """Tell whether it is not at work: revoked, or nobody has joined with its token yet."""
    return kiosk.state in ("revoked", "claiming")


def registered_today(kiosk: KioskSeen, now: datetime) -> int:
    """Return how many registered there today, as far as it told."""
    return _told_today(kiosk, now, "registered") or 0


def started_today(kiosk: KioskSeen, now: datetime) -> int | None:
    """Return how many began to register there today, None where it did not tell."""
    return _told_today(kiosk, now, "started")


def _told_today(kiosk: KioskSeen, now: datetime, name: str) -> int | None:
    told = kiosk.health.get("today")
    if kiosk.health_at is None or local_date(kiosk.health_at) != local_date(now):
        return None
    count = told.get(name) if isinstance(told, Mapping) else None
    return count if type(count) is int else None


def number_in(kiosk: KioskSeen, name: str) -> int:
    """Return a number of what it told, 0 where it did not."""
    said = kiosk.health.get(name)
    return said if type(said) is int else 0


def said(words: Words | None, texts: Texts) -> str:
    """Return the sentence of a judgement."""
    return texts.say(words.key, **words.values) if words else ""


def act_of(line: FleetLine) -> str:
    """Return what an admin does about it first, as a word under `console.act`."""
    return _ACTS.get(line.judged.what.key.rpartition(".")[2], "phone")


def look_of(line: FleetLine) -> tuple[str, str]:
    """Return tone and icon."""
    return _OUT if is_out(line.kiosk) else _LOOKS[line.judged.urgency]


def row_of(
    line: FleetLine, first: bool, name: Callable[[KioskSeen], str], now: datetime, texts: Texts
) -> Row:
    """Return a line of the list; `first`: the most urgent one."""
    kiosk, judged = line.kiosk, line.judged
    tone, icon = look_of(line)
    return {
        "number": kiosk.number,
        "name": name(kiosk),
        "what": what_words(line, texts),
        "since": since_words(judged.since, now, texts),
        "waiting": str(number_in(kiosk, "waiting")),
        "seen": seen_words(kiosk.seen_at, now, texts),
        "act": texts.say(f"console.act.{act_of(line)}"),
        "tone": tone,
        "icon": icon,
        "today": "" if is_out(kiosk) else str(registered_today(kiosk, now)),
        "first": "yes" if first and judged.urgency is Urgency.NOW else "",
    }


def what_words(line: FleetLine, texts: Texts) -> str:
    """Return what is the matter, and how much else."""
    what = said(line.judged.what, texts)
    also = line.judged.also
    return f"{what} {texts.say('console.also', count=also)}" if also else what
