"""A tariff and benefits in words: what is in force, what a file changes, why one is refused."""

from dataclasses import dataclass
from datetime import date

from kiosk.comparing import Considered, DataSeen, Refused
from kiosk.domain.money import format_rupiah
from kiosk.domain.tariff import Bracket, Rate, Relief
from kiosk.domain.tariff_diff import AmountChange, FigureChange, TermChange
from kiosk.domain.texts import Texts
from kiosk.domain.validity import End
from kiosk.domain.wording import date_words, month_words, period_words
from ui.models.desk.preview_model import SHOWN_MAX, Group, PreviewLine

REASONS = {
    "a gap after": "gap",
    "overlaps": "overlap",
    "come out": "example",
    "source": "source",
    "newer than": "format",
    "neither a tariff": "kind",
    "is missing": "missing",
}
"""What a refusal says in English, and the word for it that the staff understand."""
OTHER = "other"
NOT_MONEY = ("months", "percent", "times", "children", "years", "age", "jht_notice", "periods")
"""Parts of the names of figures that are no rupiah."""


@dataclass(frozen=True, slots=True)
class DataWords:
    """What a page says of its own, as keys of texts: who changes the data, what the key does ("":
    nothing can be done here), and what stands beside a file that is looked at."""

    who: str
    save: str
    also: str = ""


def facts_of(seen: DataSeen, texts: Texts) -> list[dict[str, str]]:
    """Return what is in force, what ends and what is to come, each with its label."""
    told = {
        "tariff": _version(seen.tariff, texts),
        "benefits": _version(seen.benefits, texts),
        "ends": "\n".join(_end(one, texts) for one in seen.ends),
        "waiting": "\n".join(
            texts.say(
                f"desk.data.waits_{one.file.removesuffix('.json')}",
                date=date_words(one.from_day, texts),
            )
            for one in seen.waiting
        ),
    }
    return [
        {"key": key, "label": texts.say(f"desk.data.fact_{key}"), "value": value}
        for key, value in told.items()
        if value
    ]


def _version(version: str, texts: Texts) -> str:
    day, _, mark = version.partition("+")
    return f"{date_words(date.fromisoformat(day), texts)} ({mark})"


def _end(end: End, texts: Texts) -> str:
    return texts.say(f"desk.data.end_{end.kind}", date=date_words(end.last_day, texts))


def near_words(seen: DataSeen, texts: Texts) -> str:
    """Say what ends soon without anything that follows, "" for nothing."""
    return texts.say("desk.data.near", end=_end(seen.near, texts)) if seen.near else ""


def refusal_words(refused: Refused, texts: Texts) -> str:
    """Say why a file is refused, in words and as who made it understands it."""
    word = next((word for part, word in REASONS.items() if part in refused.reason), OTHER)
    why = texts.say(f"desk.data.flaw_{word}")
    if not refused.line:
        return texts.say("desk.data.refused", why=why, reason=refused.reason)
    return texts.say("desk.data.refused_at", line=refused.line, why=why, reason=refused.reason)


def groups_of(considered: Considered, texts: Texts) -> tuple[Group, ...]:
    """Return what a file would change, in groups to look through."""
    amounts, terms, figures = considered.amounts, considered.terms, considered.figures
    return (
        Group(
            "amounts",
            "desk.data.amounts",
            len(amounts),
            lambda: [_amount(one, texts) for one in amounts[:SHOWN_MAX]],
            "desk.data.no_amounts",
        ),
        Group(
            "terms",
            "desk.data.terms",
            len(terms),
            lambda: [_term(one, texts) for one in terms[:SHOWN_MAX]],
            "desk.data.no_terms",
        ),
        Group(
            "figures",
            "desk.data.figures",
            len(figures),
            lambda: [_figure(one, texts) for one in figures[:SHOWN_MAX]],
            "desk.data.no_figures",
        ),
    )


def _from_to(before: str, after: str, texts: Texts) -> str:
    return texts.say("desk.answer.from_to", before=before, after=after)


def _amount(one: AmountChange, texts: Texts) -> PreviewLine:
    sector = texts.say(f"desk.data.sector_{one.sector}")
    return PreviewLine(
        row="",
        title=texts.say(
            "desk.data.base",
            programmes=one.package.replace("+", " + "),
            base=format_rupiah(one.base),
        ),
        note=f"{period_words(one.first, one.last, texts)} · {sector}",
        what=_from_to(format_rupiah(one.before), format_rupiah(one.after), texts),
    )


def _term(one: TermChange, texts: Texts) -> PreviewLine:
    title, note = _named(one.one, texts)
    what = texts.say("desk.data.new" if one.is_new else "desk.data.gone")
    return PreviewLine("", title, note, what)


def _named(one: Relief | Rate | Bracket, texts: Texts) -> tuple[str, str]:
    say = texts.say
    if isinstance(one, Relief):
        sector = say(f"desk.data.sector_{one.sector}")
        title = say("desk.data.relief", percent=one.percent_off, sector=sector)
        return title, f"{period_words(one.first_month, one.last_month, texts)} · {one.regulation}"
    if isinstance(one, Rate):
        amount = format_rupiah(one.flat_amount) if one.flat_amount else f"{one.percent_of_base} %"
        first = month_words(one.effective_from, texts)
        if one.effective_to is None:
            return f"{one.programme} {amount}", say("desk.data.from_month", month=first)
        return f"{one.programme} {amount}", period_words(
            one.effective_from, one.effective_to, texts
        )
    title = say("desk.data.bracket", number=one.no, base=format_rupiah(one.base))
    return title, say("desk.data.bracket_from", income=format_rupiah(one.income_from))


def _figure(one: FigureChange, texts: Texts) -> PreviewLine:
    title = texts.say(f"desk.data.figure_{one.name}")
    before, after = (_value(one.name, value) for value in (one.before, one.after))
    return PreviewLine("", title, "", _from_to(before, after, texts))


def _value(name: str, value: int | str) -> str:
    is_money = isinstance(value, int) and not any(part in name for part in NOT_MONEY)
    return format_rupiah(int(value)) if is_money else str(value)
