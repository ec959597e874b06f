"""Dates, months and amounts in the words of a language."""

from datetime import date, datetime

from kiosk.domain.money import format_rupiah
from kiosk.domain.months import Month
from kiosk.domain.texts import Texts

_MILLION = 1_000_000


def month_words(month: Month, texts: Texts) -> str:
    """Return "November 2026"."""
    name = texts.say(f"month_name.{month.month}")
    return texts.say("common.month_year", month=name, year=month.year)


def date_words(day: date, texts: Texts) -> str:
    """Return "22 November 2026"."""
    name = texts.say(f"month_name.{day.month}")
    return texts.say("common.date", day=day.day, month=name, year=day.year)


def period_words(first: Month, last: Month, texts: Texts) -> str:
    """Return "November-Desember 2026", with both years where they differ."""
    if first == last:
        return month_words(first, texts)
    names = {
        "first": texts.say(f"month_name.{first.month}"),
        "last": texts.say(f"month_name.{last.month}"),
    }
    if first.year == last.year:
        return texts.say("slip.same_year", **names, year=first.year)
    return texts.say("slip.two_years", **names, first_year=first.year, last_year=last.year)


def moment_words(moment: datetime, texts: Texts) -> str:
    """Return "22 November 2026, pukul 10.24", in the time zone `moment` comes with."""
    day = date_words(moment.date(), texts)
    hour, minute = f"{moment.hour:02}", f"{moment.minute:02}"
    return texts.say("common.date_time", date=day, hour=hour, minute=minute)


def amount_words(amount: int, texts: Texts) -> str:
    """Return a benefit as people say it: "Rp42 juta"; other amounts in figures."""
    millions, rest = divmod(amount, _MILLION)
    return format_rupiah(amount) if rest else texts.say("common.million", million=millions)
