"""Whether a kiosk needs a person, by what it tells of itself and by when it was last seen.

The same rules count the troubles on the kiosk (kiosk/health.py), by which the centre judges a
configuration on trial.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kiosk.domain.fleet import FleetLine, Judged, KioskSeen, Urgency, Words

SILENT_TODAY = timedelta(hours=1)
SILENT_NOW = timedelta(days=3)
"""A kiosk works without the centre, but nobody knows how it stands, and a weekend is over."""
WAITS_LONG = timedelta(hours=24)
OLD_BACKUP = timedelta(hours=48)
LITTLE_SPACE_MB, NO_SPACE_MB = 1024, 200
LITTLE_PAPER = 20
CLOCK_OFF_S = 300
READY, NO_PRINTER = "ready", "none"
HOLDS = ("no_paper", "cover_open", "jam", "no_ink", "stopped", "offline", "missing")
"""As kiosk.domain.print_job.Hold has them, in which the printer is told of."""

_RANK = {Urgency.NOW: 0, Urgency.TODAY: 1, Urgency.FINE: 2}


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that needs a person: its word under `fleet.what` and `fleet.phone`."""

    word: str
    urgency: Urgency
    since: datetime | None = None
    values: Mapping[str, object] | None = None

    def judged(self, also: int) -> Judged:
        """Return it as what is the matter."""
        values = dict(self.values or {})
        what = Words(f"fleet.what.{self.word}", values)
        return Judged(self.urgency, what, self.since, Words(f"fleet.phone.{self.word}"), also)


def judge(kiosk: KioskSeen, now: datetime) -> Judged:
    """Return what is the matter with a kiosk; `now` is by the centre's clock, as `seen_at` is."""
    if kiosk.state in ("revoked", "claiming"):
        return _fine(kiosk.state)
    found = sorted(_matters(kiosk, now), key=lambda one: _RANK[one.urgency])
    if not found:
        return _fine("fine")
    return found[0].judged(len(found) - 1)


def most_urgent_first(lines: Iterable[FleetLine]) -> tuple[FleetLine, ...]:
    """Sort by who needs a person first; what is out comes last."""

    def rank(line: FleetLine) -> tuple[int, bool, str, str]:
        out = line.kiosk.state in ("revoked", "claiming")
        return _RANK[line.judged.urgency], out, line.kiosk.office, line.kiosk.name

    return tuple(sorted(lines, key=rank))


def troubles_of(health: Mapping[str, Any], now: datetime) -> tuple[Matter, ...]:
    """Return what of a kiosk's health needs a person, by its own clock."""
    return (*_of_the_slips(health), *_of_the_machine(health, now), *_of_the_record(health, now))


def _matters(kiosk: KioskSeen, now: datetime) -> Iterator[Matter]:
    if kiosk.seen_at is None:
        yield Matter("never_seen", Urgency.TODAY)
        return
    if now - kiosk.seen_at >= SILENT_NOW:
        yield Matter("silent_long", Urgency.NOW, kiosk.seen_at)
    elif now - kiosk.seen_at >= SILENT_TODAY:
        yield Matter("silent", Urgency.TODAY, kiosk.seen_at)
    if kiosk.questioned:
        yield Matter("copied", Urgency.TODAY, kiosk.copied_since)
    if kiosk.state == "locked":
        yield Matter("locked", Urgency.TODAY, kiosk.locked_since)
    if abs(kiosk.clock_offset_s) > CLOCK_OFF_S:
        minutes = abs(kiosk.clock_offset_s) // 60
        yield Matter("clock_off", Urgency.TODAY, values={"minutes": minutes})
    # What it last said counts as of then: what waited 23 hours may be at the centre by now.
    yield from troubles_of(kiosk.health, kiosk.health_at or now)


def _of_the_slips(health: Mapping[str, Any]) -> Iterator[Matter]:
    code, printer = health.get("code"), health.get("printer")
    if isinstance(code, str) and code:
        yield Matter("out_of_order", Urgency.NOW, values={"code": code})
    if printer in HOLDS:
        yield Matter(f"printer_{printer}", Urgency.NOW)
    if failed := _number(health, "slips_failed"):
        yield Matter("slips_failed", Urgency.TODAY, values={"count": failed})
    left = health.get("paper_left")
    if type(left) is int and left < LITTLE_PAPER:
        yield Matter("paper_low", Urgency.TODAY, values={"count": max(left, 0)})


def _of_the_machine(health: Mapping[str, Any], now: datetime) -> Iterator[Matter]:
    free_mb = health.get("disk_free_mb")
    if type(free_mb) is int and free_mb < LITTLE_SPACE_MB:
        urgency = Urgency.NOW if free_mb < NO_SPACE_MB else Urgency.TODAY
        yield Matter("disk_full", urgency, values={"free_mb": free_mb})
    if health.get("clock_doubted") is True:
        yield Matter("clock_doubted", Urgency.TODAY)
    backup_at = _moment(health.get("backup_at"))
    if "backup_at" in health and (backup_at is None or now - backup_at > OLD_BACKUP):
        yield Matter("backup_old", Urgency.TODAY, backup_at)
    refused = health.get("config_refused")
    if isinstance(refused, Mapping):
        yield Matter("config_refused", Urgency.TODAY, _moment(refused.get("at")))


def _of_the_record(health: Mapping[str, Any], now: datetime) -> Iterator[Matter]:
    if parked := _number(health, "parked"):
        yield Matter("parked", Urgency.TODAY, values={"count": parked})
    oldest = _moment(health.get("oldest_waiting_at"))
    if oldest is not None and now - oldest > WAITS_LONG:
        values = {"count": _number(health, "waiting")}
        yield Matter("waits_long", Urgency.TODAY, oldest, values)


def _fine(word: str) -> Judged:
    return Judged(Urgency.FINE, Words(f"fleet.what.{word}"), None, None)


def _number(health: Mapping[str, Any], name: str) -> int:
    said = health.get(name)
    return said if type(said) is int else 0


def _moment(said: Any) -> datetime | None:
    try:
        told = datetime.fromisoformat(said) if isinstance(said, str) and said else None
    except ValueError:
        return None
    return told if told is not None and told.tzinfo is not None else None
