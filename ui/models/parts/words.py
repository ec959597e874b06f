"""Changes of data files and sentences put into words."""

from kiosk.data import Data
from kiosk.domain.configuration import Content, day_in, file_of
from kiosk.domain.texts import ORIGINAL, Texts
from kiosk.domain.wording import date_words
from kiosk.domain.work import name_in
from kiosk.drafting import TEXT, Change
from kiosk.editing import columns, segments


def part_words(change: Change, shipped: Data, texts: Texts) -> tuple[str, str]:
    """Return what a change is of, and what it says now."""
    if change.scope == TEXT:
        name = texts.say("console.parts.sentence", name=change.name)
    else:
        name = file_words(change.name, texts)
    if change.after is None:
        return name, texts.say("console.config.inherits")
    if change.scope == TEXT:
        return name, _sentence(change.after, texts)
    return name, _file(change, shipped, texts)


def file_words(name: str, texts: Texts) -> str:
    """Return what a data file is called, with the day from which it counts."""
    file = texts.say(f"parts.files.{file_of(name).removesuffix('.json')}")
    day = day_in(name)
    if not day:
        return file
    return texts.say("parts.files.of_day", file=file, date=date_words(day, texts))


def _sentence(said: object, texts: Texts) -> str:
    if not isinstance(said, dict):
        return ""
    return str(said.get(texts.language) or said.get(ORIGINAL) or next(iter(said.values()), ""))


def _file(change: Change, shipped: Data, texts: Texts) -> str:
    before, after = (_with(change.name, text) for text in (change.before, change.after))
    if change.name == segments.FILE:
        old, new = (segments.work_of(one, shipped) for one in (before, after))
        changed = segments.changed_segments(old, new)
        if changed:
            return ", ".join(name_in(texts.language, one.names) for one in changed)
    if change.name == columns.FILE:
        count = len(columns.columns_of(after, shipped).columns)
        return texts.say("console.parts.columns_now", count=count)
    return texts.say("console.parts.new" if change.before is None else "console.parts.changed")


def _with(name: str, text: object) -> Content:
    return Content(data={name: text}) if isinstance(text, str) else Content()
