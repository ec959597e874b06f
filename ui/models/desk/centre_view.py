"""The way to the centre, put into words for the desk: always the last proven fact and its time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.central.outcomes import NoAnswer, NotAllowed
from kiosk.clock import local
from kiosk.domain.centre import Link, MatchBecause, Parked, Pause, SyncStatus
from kiosk.domain.centre_desk import TokenRefused, TokenSeen, Whereabouts
from kiosk.domain.registration_number import group_number
from kiosk.domain.texts import Texts
from kiosk.domain.wording import moment_words
from kiosk.facts import OfficeFacts
from ui.models.desk.detail_view import COLUMNS, Tag, day_and_hour

LONG_AGO = timedelta(hours=2)
"""Two hours without a word are told as what they are, even where nothing has failed."""


@dataclass(frozen=True, slots=True)
class Line:
    """How things stand, in one line; `tone` is "sand" where nobody needs to look."""

    text: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand, and in a sentence what to do."""

    word: str
    tone: str
    icon: str
    todo: str


def when_words(moment: datetime, facts: OfficeFacts, texts: Texts) -> str:
    """Return "pukul 10.24" for today, "kemarin 14.10", else the day and hour."""
    there = local(moment)
    clock = {"hour": f"{there.hour:02}", "minute": f"{there.minute:02}"}
    if there.date() == facts.today:
        return texts.say("desk.hour", **clock)
    if there.date() == facts.today - timedelta(days=1):
        return texts.say("desk.centre.yesterday", **clock)
    return day_and_hour(moment, texts)


def line_of(status: SyncStatus, now: datetime, facts: OfficeFacts, texts: Texts) -> Line | None:
    """Say how the way to the centre stands, the gravest first; None where there is no centre."""
    if status.link is Link.NOT_JOINED:
        return None
    wrong = [*_grave(status, texts), *_doubtful(status, now, facts, texts)]
    if wrong:
        waits = _waiting(status, facts, texts) if status.waiting else ""
        tone, icon = wrong[0][0], wrong[0][1]
        told = [text for _, _, text in wrong]
        return Line(". ".join([*told, waits] if waits else told), tone, icon)
    if status.waiting:
        return Line(_waiting(status, facts, texts), "sand", "cloud-arrow-up")
    when = day_and_hour(status.reached_at, texts) if status.reached_at else ""
    return Line(texts.say("desk.centre.line_all_there", when=when), "sand", "cloud-check")


def _waiting(status: SyncStatus, facts: OfficeFacts, texts: Texts) -> str:
    if status.oldest_waiting_at is None:
        return texts.say("desk.centre.line_some_wait", count=status.waiting)
    when = when_words(status.oldest_waiting_at, facts, texts)
    return texts.say("desk.centre.line_waiting", count=status.waiting, when=when)


def _grave(status: SyncStatus, texts: Texts) -> Iterator[tuple[str, str, str]]:
    """What only a person can mend."""
    if status.copied_at is not None:
        yield "brick", "warning", texts.say("desk.centre.line_copied")
    if status.link is Link.REFUSED:
        yield "brick", "prohibit", texts.say("desk.centre.line_refused")
    if status.pause is Pause.LOCKED:
        yield "brick", "lock-key", texts.say("desk.centre.line_locked")
    if status.parked:
        yield "amber", "warning", texts.say("desk.centre.line_parked", count=status.parked)


def _doubtful(
    status: SyncStatus, now: datetime, facts: OfficeFacts, texts: Texts
) -> Iterator[tuple[str, str, str]]:
    """What mends itself, sooner or later."""
    if status.link is Link.UNSAFE:
        yield "amber", "cloud-warning", texts.say("desk.centre.line_unsafe")
    if _was_never_reached(status):
        yield "amber", "cloud-slash", texts.say("desk.centre.line_never")
    elif status.link is Link.NOT_REACHED and status.since is not None:
        when = when_words(status.since, facts, texts)
        yield "amber", "cloud-slash", texts.say("desk.centre.line_not_reached", when=when)
    elif status.link is Link.REACHED and _is_long_ago(status.reached_at, now):
        when = when_words(status.reached_at, facts, texts) if status.reached_at else ""
        yield "amber", "cloud-warning", texts.say("desk.centre.line_last", when=when)
    if status.differing:
        yield "amber", "warning", texts.say("desk.centre.line_differing", count=status.differing)
    if status.pause is Pause.CAP:
        yield "amber", "hourglass-medium", texts.say("desk.centre.line_cap")


def _was_never_reached(status: SyncStatus) -> bool:
    proof = {Link.REACHED: status.reached_at, Link.NOT_REACHED: status.since}
    return proof.get(status.link, status) is None or status.link is Link.NEVER_REACHED


def _is_long_ago(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and now - moment > LONG_AGO


_STANDING = {
    Link.NOT_JOINED: ("not_joined", "sand", "cloud"),
    Link.NEVER_REACHED: ("never", "amber", "cloud-slash"),
    Link.REACHED: ("all_there", "leaf", "cloud-check"),
    Link.NOT_REACHED: ("not_reached", "amber", "cloud-slash"),
    Link.REFUSED: ("refused", "brick", "prohibit"),
    Link.UNSAFE: ("unsafe", "amber", "cloud-warning"),
}


def standing_of(status: SyncStatus, now: datetime, texts: Texts) -> Standing:
    """Say how the way to the centre stands, in words for its page."""
    never = _was_never_reached(status)
    name, tone, icon = _STANDING[Link.NEVER_REACHED if never else status.link]
    if status.link is Link.REACHED and not never:
        if status.pause is not Pause.NONE:
            locked = status.pause is Pause.LOCKED
            name = status.pause.value
            tone, icon = ("brick", "lock-key") if locked else ("amber", "hourglass-medium")
        elif status.parked:
            name, tone, icon = "some_parked", "amber", "warning"
        elif _is_long_ago(status.reached_at, now):
            name, tone, icon = "last", "amber", "cloud-warning"
        elif status.waiting:
            name, tone, icon = "waiting", "sand", "cloud-arrow-up"
    code = texts.say("desk.centre.code", code=status.code) if status.code else ""
    todo = texts.say(f"desk.centre.{name}_do")
    return Standing(texts.say(f"desk.centre.{name}"), tone, icon, f"{todo} {code}".strip())


def alarm_of(status: SyncStatus, facts: OfficeFacts, texts: Texts) -> str:
    """Say that this store seems to be a copy, since when, and what to do; "" when it does not."""
    if status.copied_at is None:
        return ""
    return texts.say("desk.centre.copied", when=when_words(status.copied_at, facts, texts))


def facts_of(
    status: SyncStatus, address: str, facts: OfficeFacts, texts: Texts
) -> list[dict[str, str]]:
    """Return what is known of the way to the centre."""
    say = texts.say
    waiting = str(status.waiting)
    if status.waiting and status.oldest_waiting_at:
        when = when_words(status.oldest_waiting_at, facts, texts)
        waiting = say("desk.centre.waiting_since", count=status.waiting, when=when)
    known = {
        "address": address,
        "reached": day_and_hour(status.reached_at, texts) if status.reached_at else "",
        "since": _cut_off_since(status, texts),
        "not_there": waiting,
        "parked": str(status.parked),
    }
    return [
        {"label": say(f"desk.centre.fact_{key}"), "value": value}
        for key, value in known.items()
        if value
    ]


def _cut_off_since(status: SyncStatus, texts: Texts) -> str:
    cut_off = status.link not in {Link.REACHED, Link.NOT_JOINED}
    return day_and_hour(status.since, texts) if cut_off and status.since else ""


@dataclass(frozen=True, slots=True)
class ParkedView:
    """One registration that the centre rejected: why, and what to do."""

    title: str
    since: str
    told: str
    todo: str


KNOWN_REASONS = frozenset({"incomplete", "too_large", "not_yours", "other_content"})
_BAD, _DATABASE = "bad_", "database_"


def look_at_parked(one: Parked, facts: OfficeFacts, texts: Texts) -> ParkedView:
    """Say of a rejected registration why, and what to do."""
    told, todo = reason_words(one.reason, texts)
    since = texts.say("desk.centre.parked_since", when=when_words(one.at, facts, texts))
    return ParkedView(group_number(one.number), since, told, todo)


def reason_words(reason: str, texts: Texts) -> tuple[str, str]:
    """Say why the centre rejected a registration, and what to do."""
    say = texts.say
    if reason in KNOWN_REASONS:
        return say(f"desk.parked.{reason}"), say(f"desk.parked.{reason}_do")
    if reason.startswith(_BAD):
        column = reason.removeprefix(_BAD)
        if column in COLUMNS:
            name = say(f"desk.column.{column}")
            return say("desk.parked.bad", what=name), say("desk.parked.bad_do")
    code = reason.removeprefix(_DATABASE)
    return say("desk.parked.unknown", code=code), say("desk.parked.unknown_do")


def whereabouts_line(where: Whereabouts, facts: OfficeFacts, texts: Texts) -> Line:
    """Say where one registration is."""
    if where.parked is not None:
        told, todo = reason_words(where.parked.reason, texts)
        when = when_words(where.parked.at, facts, texts)
        text = texts.say("desk.centre.here_rejected", when=when)
        return Line(f"{text} {told} {todo}", "amber", "warning")
    if where.at_centre_since is not None:
        when = day_and_hour(where.at_centre_since, texts)
        return Line(texts.say("desk.centre.here_there", when=when), "leaf", "cloud-check")
    return Line(texts.say("desk.centre.here_only"), "sand", "cloud-arrow-up")


CONFLICT = "conflict"
"""What the centre calls a registration that stands in two versions."""


def flag_tag(because: str, texts: Texts) -> Tag:
    """Return the word of a registration that a person has to look at."""
    name = "versions" if because == CONFLICT else "match"
    return Tag(texts.say(f"desk.pairs.tag_{name}"), "amber", "users")


def flag_alarm(because: str, texts: Texts) -> str:
    """Say what is to be looked at."""
    return texts.say(f"desk.pairs.alarm_{because}")


def no_answer_words(answer: NoAnswer, texts: Texts) -> str:
    """Say that the centre gave a person no answer, and what to do."""
    refused = isinstance(answer, NotAllowed)
    return texts.say("desk.centre.login_refused" if refused else "desk.centre.no_answer")


def because_words(because: MatchBecause, texts: Texts) -> str:
    """Say why two registrations may be one person's."""
    return texts.say(f"desk.pairs.because_{because.value}")


def kecamatan_words(code: str, facts: OfficeFacts) -> str:
    """Name an office by its kecamatan, by its code where the data has no such."""
    try:
        return facts.regions.find_kecamatan(code).name
    except KeyError:
        return code


def token_facts(seen: TokenSeen, facts: OfficeFacts, texts: Texts) -> list[dict[str, str]]:
    """Return what a token says, before it is used."""
    known = {
        "office": kecamatan_words(seen.office, facts),
        "number": seen.number,
        "name": seen.name,
        "address": seen.centre,
        "until": moment_words(local(seen.until), texts),
    }
    return [
        {"label": texts.say(f"desk.join.fact_{key}"), "value": value}
        for key, value in known.items()
        if value
    ]


def refusal_words(refused: TokenRefused, texts: Texts) -> str:
    """Say why a token cannot be used, and what to do."""
    told = texts.say(f"desk.join.flaw_{refused.flaw.value}")
    code = texts.say("desk.centre.code", code=refused.code) if refused.code else ""
    return f"{told} {code}".strip()
