"""How safe the record is, and what the trial of a copy proved, in words."""

from kiosk.backups import BackupsSeen
from kiosk.domain.store_health import StoreHealth
from kiosk.domain.texts import Texts
from kiosk.facts import OfficeFacts
from kiosk.storage.copies import Tried
from ui.models.desk.detail_view import hour_or_day
from ui.models.desk.work_model import grouped


def facts_of(seen: BackupsSeen, facts: OfficeFacts, texts: Texts) -> list[dict[str, str]]:
    """Return what is known of the record and its copies, each with its label."""
    health, never = seen.health, texts.say("desk.copies.never")
    backed_up = health.backed_up_at
    checked = health.checked_at
    told = {
        "people": grouped(seen.registrations),
        "backed_up": hour_or_day(backed_up, facts.today, texts) if backed_up else never,
        "backups": grouped(health.backups),
        "checked": hour_or_day(checked, facts.today, texts) if checked else never,
        "journal": _journal(health, texts),
        "aside": grouped(len(health.set_aside)) if health.set_aside else "",
    }
    return [
        {"key": key, "label": texts.say(f"desk.copies.fact_{key}"), "value": value}
        for key, value in told.items()
        if value
    ]


def _journal(health: StoreHealth, texts: Texts) -> str:
    if health.journal_problem:
        return texts.say("desk.copies.journal_troubled")
    if health.journal_behind:
        return texts.say("desk.copies.journal_behind", count=grouped(health.journal_behind))
    if not health.journal_on_another_disk:
        return texts.say("desk.copies.journal_same_disk")
    return texts.say("desk.copies.journal_elsewhere")


def tried_words(tried: Tried, texts: Texts) -> str:
    """Say what a trial proved, and how the copy stands beside the record."""
    if tried.as_now:
        return texts.say("desk.copies.as_now", count=grouped(tried.registrations))
    return texts.say(
        "desk.copies.not_as_now",
        count=grouped(tried.registrations),
        now=grouped(tried.now),
    )
