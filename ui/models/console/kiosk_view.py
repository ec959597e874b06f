"""One kiosk put into words: everything it tells of itself, and what it was ordered."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from kiosk.domain.fleet import CommandLine, FleetLine, KioskSeen
from kiosk.domain.judging import CLOCK_OFF_S, HOLDS, LITTLE_PAPER, LITTLE_SPACE_MB
from kiosk.domain.texts import Texts
from ui.models.console.fleet_view import number_in, registered_today, started_today
from ui.models.console.moments import exactly, seen_words

Fact = dict[str, str]
_PRINTER = ("ready", "none", *HOLDS)


def facts_of(line: FleetLine, office: str, now: datetime, texts: Texts) -> list[Fact]:
    """Return what is known of a kiosk; `tone` of a fact is "" unless it needs a person."""
    facts = (
        *_of_the_kiosk(line.kiosk, office, texts),
        *_of_the_record(line.kiosk, now, texts),
        *_of_the_machine(line.kiosk, texts),
        *_of_the_versions(line.kiosk, texts),
    )
    return [
        {"key": key, "label": texts.say(f"console.fact.{key}"), "value": value, "tone": tone}
        for key, value, tone in facts
    ]


_Told = tuple[str, str, str]


def _of_the_kiosk(kiosk: KioskSeen, office: str, texts: Texts) -> Iterator[_Told]:
    yield "number", kiosk.number, ""
    yield "office", office, ""
    tone = "amber" if kiosk.state == "locked" else ""
    yield "state", texts.say(f"centre_console.state_{kiosk.state}"), tone
    yield "seen", exactly(kiosk.seen_at, texts), ""


def _of_the_record(kiosk: KioskSeen, now: datetime, texts: Texts) -> Iterator[_Told]:
    waiting = str(number_in(kiosk, "waiting"))
    oldest = _moment(kiosk.health.get("oldest_waiting_at"))
    if oldest is not None:
        since = seen_words(oldest, now, texts)
        waiting = texts.say("console.waiting_since", count=waiting, since=since)
    yield "today", _today(kiosk, now, texts), ""
    yield "waiting", waiting, ""
    yield "parked", str(number_in(kiosk, "parked")), _wrong(number_in(kiosk, "parked") > 0)
    owed, failed = number_in(kiosk, "slips_owed"), number_in(kiosk, "slips_failed")
    yield "slips", texts.say("console.slips", owed=owed, failed=failed), _wrong(failed > 0)


def _today(kiosk: KioskSeen, now: datetime, texts: Texts) -> str:
    registered, started = registered_today(kiosk, now), started_today(kiosk, now)
    if started is None:
        return str(registered)
    return texts.say("console.today", registered=registered, started=started)


def _of_the_machine(kiosk: KioskSeen, texts: Texts) -> Iterator[_Told]:
    health = kiosk.health
    printer = health.get("printer")
    known = texts.say(f"console.printer.{printer}") if printer in _PRINTER else "-"
    yield "printer", known, _wrong(printer in HOLDS)
    left = health.get("paper_left")
    paper = texts.say("console.paper_left", count=left) if type(left) is int else "-"
    yield "paper", paper, _wrong(type(left) is int and left < LITTLE_PAPER)
    free = health.get("disk_free_mb")
    yield "disk", _free(free, texts), _wrong(type(free) is int and free < LITTLE_SPACE_MB)
    yield "clock", _clock(kiosk, texts), _wrong(abs(kiosk.clock_offset_s) > CLOCK_OFF_S)
    yield "backup", exactly(_moment(health.get("backup_at")), texts), ""
    level = health.get("key_level")
    yield "key_level", str(level) if type(level) is int else "-", ""


def _of_the_versions(kiosk: KioskSeen, texts: Texts) -> Iterator[_Told]:
    health = kiosk.health
    data = health.get("data")
    yield "app", kiosk.app_version or "-", ""
    yield "data", data if isinstance(data, str) and data else "-", ""
    config = health.get("config")
    refused = health.get("config_refused")
    told = str(config) if type(config) is int and config else "-"
    if isinstance(refused, Mapping):
        told = texts.say(
            "console.config_refused",
            version=told,
            refused=_plain(refused.get("version")),
            reason=_plain(refused.get("reason")),
        )
    yield "config", told, _wrong(isinstance(refused, Mapping))


def _free(megabytes: Any, texts: Texts) -> str:
    if type(megabytes) is not int:
        return "-"
    whole, tenth = divmod(round(megabytes * 10 / 1024), 10)
    return texts.say("console.free", whole=whole, tenth=tenth)


def _clock(kiosk: KioskSeen, texts: Texts) -> str:
    offset_s = kiosk.clock_offset_s
    if kiosk.health_at is None:
        return "-"
    if abs(offset_s) < 60:
        return texts.say("console.clock_right")
    key = "console.clock_ahead" if offset_s > 0 else "console.clock_behind"
    return texts.say(key, minutes=abs(offset_s) // 60)


def orders_of(orders: tuple[CommandLine, ...], now: datetime, texts: Texts) -> list[Fact]:
    """Return the latest orders to a kiosk and what came of them."""
    return [
        {
            "id": str(one.id),
            "what": texts.say(f"console.order.{one.kind.value}"),
            "told": texts.say("console.ordered", by=one.by, at=seen_words(one.at, now, texts)),
            "state": _order_state(one, texts),
            "bundle": "yes" if one.has_bundle else "",
        }
        for one in orders
    ]


def _order_state(one: CommandLine, texts: Texts) -> str:
    if one.result:
        return texts.say(f"console.order_result.{one.result}")
    return texts.say("console.order_taken" if one.taken_at else "console.order_waits")


def _wrong(wrong: bool) -> str:
    return "amber" if wrong else ""


def _plain(said: Any) -> str:
    return str(said) if isinstance(said, (str, int)) else "-"


def _moment(said: Any) -> datetime | None:
    try:
        told = datetime.fromisoformat(said) if isinstance(said, str) and said else None
    except ValueError:
        return None
    return told if told is not None and told.tzinfo is not None else None
