"""Two registrations, or two versions of one, laid side by side in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.clock import local
from kiosk.domain.centre import CentreConflict, Match, MatchBecause, MatchSide
from kiosk.domain.nik import mask_nik
from kiosk.domain.person import group_phone
from kiosk.domain.registration import Status
from kiosk.domain.registration_number import group_number
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words, moment_words
from kiosk.facts import OfficeFacts
from ui.models.desk.centre_view import kecamatan_words
from ui.models.desk.detail_view import COLUMNS

MASK = "*"
_TELLING = frozenset({"name", "nik", "birth_date", "desa", "phone"})
"""What tells people apart; when and where they registered differs anyway."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the comparison; `differs` where both are known to be unlike."""

    label: str
    one: str
    other: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Head:
    """Whose side it is, and what kind of side."""

    title: str
    note: str
    own: bool


@dataclass(frozen=True, slots=True)
class PairView:
    """What stands beside each other."""

    title: str
    because: str
    heads: tuple[Head, Head]
    rows: tuple[Compared, ...]
    more: str = ""


def look_at_match(match: Match, facts: OfficeFacts, texts: Texts) -> PairView:
    """Lay two registrations beside each other."""
    one, other = match.sides
    labels = _sides_in_words(one, other, match.because, facts, texts)
    return PairView(
        title=texts.say("desk.pairs.title_match"),
        because=texts.say(f"desk.pairs.because_{match.because.value}"),
        heads=(_head(one, facts, texts), _head(other, facts, texts)),
        rows=tuple(labels),
    )


def _head(side: MatchSide, facts: OfficeFacts, texts: Texts) -> Head:
    where = side.kiosk_name or kecamatan_words(side.office, facts)
    note = texts.say("desk.pairs.own" if side.own else "desk.pairs.of_other")
    return Head(group_number(side.number), f"{where}. {note}", side.own)


def _sides_in_words(
    one: MatchSide, other: MatchSide, because: MatchBecause, facts: OfficeFacts, texts: Texts
) -> Iterator[Compared]:
    say = texts.say
    told = [_side(side, facts, texts) for side in (one, other)]
    for key in told[0]:
        left, right = told[0][key], told[1][key]
        differs = key in _TELLING and _differs(left, right)
        if key == "nik" and because is not MatchBecause.NAME:
            # Of a masked NIK four digits are seen; the centre has compared all of them.
            differs = because is MatchBecause.NEAR_NIK
        yield Compared(say(f"desk.pairs.{key}"), left, right, differs)


def _side(side: MatchSide, facts: OfficeFacts, texts: Texts) -> dict[str, str]:
    phone = side.phone if MASK in side.phone else group_phone(side.phone) if side.phone else ""
    return {
        "name": side.name,
        "nik": side.nik if MASK in side.nik else mask_nik(side.nik),
        "birth_date": _day(side.birth_date, texts),
        "desa": desa_words(side.desa_code, facts),
        "phone": phone or texts.say("review.no_phone"),
        "registered_at": moment_words(local(side.registered_at), texts),
        "office": kecamatan_words(side.office, facts),
        "status": texts.say(f"desk.tag.{side.status}"),
    }


def _differs(one: str, other: str) -> bool:
    """Tell whether two values are unlike; where one is masked, its open end is compared."""
    if MASK in one or MASK in other:
        one, other = (value.replace(" ", "") for value in (one, other))
        seen = min(len(value) - value.rfind(MASK) - 1 for value in (one, other) if MASK in value)
        return one[-seen:] != other[-seen:] if seen else False
    return one.casefold() != other.casefold()


def _day(iso: str, texts: Texts) -> str:
    try:
        return date_words(date.fromisoformat(iso), texts)
    except ValueError:
        return iso


def desa_words(code: str, facts: OfficeFacts) -> str:
    """Name a desa, by its code where the data has no such."""
    try:
        return facts.regions.find_desa(code).name
    except KeyError:
        return code


def look_at_conflict(conflict: CentreConflict, facts: OfficeFacts, texts: Texts) -> PairView:
    """Lay two versions of one registration beside each other."""
    say = texts.say
    known = [column for column in (*_ORDER, "status") if column in conflict.differing]
    rows = []
    for column in known:
        there, here = conflict.differing[column]
        label = say("desk.pairs.status") if column == "status" else say(f"desk.column.{column}")
        one, other = (_value(column, value, facts, texts) for value in (there, here))
        rows.append(Compared(label[:1].upper() + label[1:], one, other, differs=True))
    rest = len(conflict.differing) - len(known)
    return PairView(
        title=say("desk.pairs.title_versions", number=group_number(conflict.number)),
        because=say("desk.pairs.because_versions"),
        heads=(
            Head(say("desk.pairs.there"), say("desk.pairs.there_note"), own=False),
            Head(say("desk.pairs.here"), say("desk.pairs.here_note"), own=False),
        ),
        rows=tuple(rows),
        more=say("desk.pairs.more", count=rest) if rest else "",
    )


_ORDER = (
    *("name", "nik", "birth_date", "birthplace", "mother_name", "address_line", "desa_code"),
    *("postcode", "phone", "phone_owner", "email", "segment_id", "job_id", "second_job_id"),
    *("work_place", "package", "kpj"),
)
assert set(_ORDER) == COLUMNS, "every column that has a name is shown"


def _value(column: str, value: str, facts: OfficeFacts, texts: Texts) -> str:
    if not value:
        return texts.say("desk.pairs.nothing")
    words: Mapping[str, Callable[[str], str]] = {
        "nik": lambda nik: nik if MASK in nik else mask_nik(nik),
        "birth_date": lambda iso: _day(iso, texts),
        "desa_code": lambda code: desa_words(code, facts),
        "phone": group_phone,
        "status": lambda status: texts.say(f"desk.tag.{Status(status).value}"),
        "package": lambda package: package.replace("+", " + "),
    }
    return words[column](value) if column in words else value
