"""What the staff should see to, for as long as it is so: room on the disk, and the clock."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.clock import ClockStanding, local
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words, moment_words
from kiosk.room import Room, RoomState


@dataclass(frozen=True, slots=True)
class Standing:
    """One sentence; `deed` is what somebody can do about it here, and `label` how it is called."""

    text: str
    deed: str = ""
    label: str = ""


def look_at_standing(
    room: Room, clock: ClockStanding, texts: Texts, *, may_confirm: bool
) -> tuple[Standing, ...]:
    """Put what is wrong into words; nothing where all is well."""
    return (*_room(room, texts), *_clock(clock, texts, may_confirm=may_confirm))


def _room(room: Room, texts: Texts) -> Iterator[Standing]:
    if room.state is RoomState.LOW:
        yield Standing(texts.say("desk.standing.room_low", free=room.free_mb))
    elif room.state is RoomState.NONE:
        yield Standing(texts.say("desk.standing.room_none"))


def _clock(clock: ClockStanding, texts: Texts, *, may_confirm: bool) -> Iterator[Standing]:
    if clock.is_trusted:
        return
    says = moment_words(local(clock.says), texts)
    used = date_words(local(clock.used).date(), texts)
    text = texts.say("desk.standing.clock", says=says, used=used)
    label = texts.say("desk.standing.clock_right")
    yield Standing(text, "confirmClock", label) if may_confirm else Standing(text)
