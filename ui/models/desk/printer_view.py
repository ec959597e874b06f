"""The printer and the slips that wait for it, put into words for the desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.domain.paper import LOW_AT, PaperCount
from kiosk.domain.print_job import Hold, PrintJob, PrintState
from kiosk.domain.registration_number import group_number
from kiosk.domain.texts import Texts
from kiosk.facts import OfficeFacts
from kiosk.old_files import FILE_DELETED
from kiosk.storage.prints import WaitingSlip
from printing.discovery import Finding, NotLooked
from printing.port import Abilities, Status
from ui.models.desk.detail_view import day_and_hour, hour_or_day

PRINT, SEEN, NOT_SEEN, GIVE, OPEN = "print", "seen", "not_seen", "give", "open"
"""What can be done about one slip."""
ICONS = {
    PRINT: "printer",
    SEEN: "check",
    NOT_SEEN: "printer",
    GIVE: "hand-arrow-up",
    OPEN: "users",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How the printer stands: a short word on colour, and in a sentence what to do."""

    word: str
    tone: str
    icon: str
    todo: str


@dataclass(frozen=True, slots=True)
class SlipView:
    """One slip that is not known to be out, and what it waits for."""

    title: str
    name: str
    tag: str
    tone: str
    icon: str
    since: str
    told: str
    main: str
    deeds: tuple[str, ...]


def look_at_standing(status: Status | None, texts: Texts) -> Standing:
    """Say how the printer stands."""
    say = texts.say
    if status is None:
        return Standing(say("desk.printer.asking"), "sand", "hourglass-medium", "")
    if status.hold is not None:
        word, todo = hold_words(status.hold, texts)
        return Standing(word, "brick", "warning", todo)
    if not status.on_paper:
        return Standing(say("desk.printer.files"), "amber", "folder", say("desk.printer.files_do"))
    if status.paper_low:
        return Standing(say("desk.printer.low"), "amber", "warning", say("desk.printer.low_do"))
    return Standing(say("desk.printer.ready"), "leaf", "check-circle", say("desk.printer.ready_do"))


def hold_words(hold: Hold, texts: Texts) -> tuple[str, str]:
    """Say what keeps a printer from printing, and what to do about it."""
    return texts.say(f"desk.printer.hold_{hold}"), texts.say(f"desk.printer.hold_{hold}_do")


def alarm_of(
    status: Status | None,
    paper: PaperCount | None,
    unsure: int,
    pages_per_refill: int,
    texts: Texts,
) -> str:
    """Return what the staff must not overlook wherever they work, "" for nothing."""
    if status is not None and status.hold is not None:
        return ". ".join(hold_words(status.hold, texts))
    if unsure:
        return texts.say("desk.printer.unsure", count=unsure)
    left = paper.left(pages_per_refill) if paper else None
    if left is not None and left < LOW_AT:
        return texts.say("desk.printer.few_left", count=left)
    return texts.say("desk.printer.low") if status is not None and status.paper_low else ""


def facts_of(
    status: Status | None,
    abilities: Abilities | None,
    paper: PaperCount | None,
    pages_per_refill: int,
    texts: Texts,
) -> list[dict[str, str]]:
    """Return what is known of the printer and its paper."""
    facts = {
        "model": abilities.model if abilities else "",
        "media": abilities.media if abilities else "",
        "says": status.says if status else "",
        "reports": _reports(abilities, texts) if abilities and status and status.on_paper else "",
        "used": _used(paper, texts) if paper else "",
        "left": _left(paper, pages_per_refill, texts) if paper else "",
    }
    return _shown(facts, texts)


def _shown(facts: Mapping[str, str], texts: Texts) -> list[dict[str, str]]:
    return [
        {"label": texts.say(f"desk.printer.{key}"), "value": value}
        for key, value in facts.items()
        if value
    ]


_REPORTS = {
    (True, True): "desk.printer.reports_all",
    (True, False): "desk.printer.reports_paper",
    (False, True): "desk.printer.reports_jobs",
    (False, False): "desk.printer.reports_nothing",
}


def _reports(abilities: Abilities, texts: Texts) -> str:
    return texts.say(_REPORTS[abilities.reports_paper, abilities.reports_jobs])


def _used(paper: PaperCount, texts: Texts) -> str:
    if paper.since is None:
        return texts.say("desk.printer.used_ever", count=paper.used)
    when = day_and_hour(paper.since, texts)
    return texts.say("desk.printer.used_since", count=paper.used, when=when)


def _left(paper: PaperCount, pages_per_refill: int, texts: Texts) -> str:
    left = paper.left(pages_per_refill)
    if left is None:
        return texts.say("desk.printer.left_unknown")
    return texts.say("desk.printer.left_about", count=left)


def found_line(found: Finding, texts: Texts) -> dict[str, str]:
    """Return the line of a printer that was found, or of a place where nobody could look."""
    if isinstance(found, NotLooked):
        title = texts.say(f"desk.printer.source_{found.source}")
        tag = {"tag": texts.say("desk.printer.not_looked"), "tone": "amber", "icon": "warning"}
        return {"title": title, "note": found.why, **tag}
    note = found.address or texts.say("desk.printer.needs_queue")
    standing = look_at_standing(found.status, texts) if found.status else None
    tag = {"tag": "", "tone": "sand", "icon": "printer"}
    if standing:
        tag = {"tag": standing.word, "tone": standing.tone, "icon": standing.icon}
    return {"title": found.name, "note": note, **tag}


def found_facts(found: Finding, texts: Texts) -> list[dict[str, str]]:
    """Return what a printer that was found says of itself, and what to write into the settings."""
    if isinstance(found, NotLooked):
        return []
    facts = {
        "source": texts.say(f"desk.printer.source_{found.source}"),
        "model": found.abilities.model,
        "media": found.abilities.media,
        "reports": _reports(found.abilities, texts) if found.status else "",
        "device": found.device,
        "address": f'printer = "{found.address}"' if found.address else "",
    }
    return _shown(facts, texts)


def look_at_slip(one: WaitingSlip, facts: OfficeFacts, texts: Texts) -> SlipView:
    """Say of a slip what it waits for and what can be done."""
    job, say = one.job, texts.say
    tag, tone, icon = _tag(job, texts)
    main, deeds = _deeds(job)
    return SlipView(
        title=group_number(job.number)
        + (f" · {say('desk.copy', copy=job.copy)}" if job.copy else ""),
        name=one.name,
        tag=tag,
        tone=tone,
        icon=icon,
        since=hour_or_day(one.since, facts.today, texts),
        told=_told(job, texts),
        main=main,
        deeds=deeds,
    )


def _tag(job: PrintJob, texts: Texts) -> tuple[str, str, str]:
    if job.hold is not None:
        return hold_words(job.hold, texts)[0], "amber", "hourglass-medium"
    tone, icon = _TONES.get(job.state, ("sand", "printer"))
    return texts.say(f"desk.printer.short_{job.state.value}"), tone, icon


_TONES: Mapping[PrintState, tuple[str, str]] = {
    PrintState.UNSURE: ("brick", "question"),
    PrintState.FAILED: ("brick", "warning"),
    PrintState.FILED: ("amber", "folder"),
}


def _told(job: PrintJob, texts: Texts) -> str:
    if job.is_on_its_way:
        return texts.say("desk.printer.slip_by_itself")
    if job.evidence == FILE_DELETED:
        return texts.say("desk.printer.slip_file_deleted")
    if job.state is PrintState.FAILED and not job.never_left:
        return texts.say("desk.printer.slip_missed")
    if job.state is PrintState.FAILED:
        return texts.say("desk.printer.slip_failed", code=job.evidence)
    return texts.say(f"desk.printer.slip_{job.state.value}")


def _deeds(job: PrintJob) -> tuple[str, tuple[str, ...]]:
    """The yellow key, "" for none, and the others."""
    if job.is_on_its_way:
        return "", (GIVE, OPEN)
    if job.state is PrintState.UNSURE:
        return SEEN, (NOT_SEEN, GIVE, OPEN)
    found = (SEEN,) if job.state is PrintState.FAILED and not job.never_left else ()
    return PRINT, (*found, GIVE, OPEN)
