"""Moments as the console tells them: as they were on the clocks of the kabupaten."""

from datetime import datetime, timedelta

from kiosk.clock import local
from kiosk.domain.texts import Texts


def since_words(moment: datetime | None, now: datetime, texts: Texts) -> str:
    """Return "09.12 hari ini", "15.20 kemarin", else the day; nothing where it is not known."""
    return _words(moment, now, texts, "console.today_at")


def seen_words(moment: datetime | None, now: datetime, texts: Texts) -> str:
    """Return "10.31" for today, "15.20 kemarin", else the day; a dash where it never was."""
    return _words(moment, now, texts, "console.at") or "-"


def exactly(moment: datetime | None, texts: Texts) -> str:
    """Return "27 Nov 2026 10.31"; a dash where it never was."""
    if moment is None:
        return "-"
    there = local(moment)
    month = texts.say(f"month_name.{there.month}")[:3]
    day = texts.say("common.date", day=there.day, month=month, year=there.year)
    return f"{day} {there.hour:02}.{there.minute:02}"


def _words(moment: datetime | None, now: datetime, texts: Texts, of_today: str) -> str:
    if moment is None:
        return ""
    there, today = local(moment), local(now).date()
    clock = {"hour": f"{there.hour:02}", "minute": f"{there.minute:02}"}
    if there.date() == today:
        return texts.say(of_today, **clock)
    if there.date() == today - timedelta(days=1):
        return texts.say("console.yesterday_at", **clock)
    return texts.say("console.day", day=there.day, month=texts.say(f"month_name.{there.month}"))
