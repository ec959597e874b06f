"""The recap of a day put into words for the desk, as on its paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.domain.audit import ChainBroken, closing_code
from kiosk.domain.money import format_rupiah
from kiosk.domain.recap import Begins, Counted, Figures, Gap, GapReason, Recap, Series
from kiosk.domain.registration_number import group_number
from kiosk.domain.texts import Texts
from kiosk.domain.work import Work, name_in

IN_PARTS = (Counted.REGISTERED, Counted.PAID, Counted.MEMBER)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a label and a figure, or a sentence that takes the whole width."""

    label: str
    value: str = ""
    strong: bool = False
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """What belongs together under a heading."""

    title: str
    lead: str
    lines: tuple[Line, ...]


def recap_columns(recap: Recap, work: Work, texts: Texts) -> tuple[tuple[Block, ...], ...]:
    """Return the blocks of a recap in four columns, from what was done to what proves it."""
    segments = {one.id: name_in(texts.language, one.tile_names) for one in work.segments}
    dinas = {one: one for one in work.dinas}
    return (
        (_block("desk_recap.done", _done(recap, texts), texts),),
        (
            _block("desk_recap.slips", _slips(recap, texts), texts),
            _block("desk_recap.contributions", _contributions(recap, texts), texts),
        ),
        (
            _parts("desk_recap.by_segment", recap.by_segment, segments, texts),
            _parts("desk_recap.by_dinas", recap.by_dinas, dinas, texts),
        ),
        (
            _block("desk_recap.numbers", _numbers(recap, texts), texts),
            _block("desk_recap.audit", _audit(recap, texts), texts),
        ),
    )


def _block(title: str, lines: Iterator[Line], texts: Texts, lead: str = "") -> Block:
    return Block(texts.say(title), texts.say(lead) if lead else "", tuple(lines))


def _done(recap: Recap, texts: Texts) -> Iterator[Line]:
    for one in Counted:
        yield Line(texts.say(f"desk_recap.{one.value}"), str(recap.figures.get(one, 0)))


def _slips(recap: Recap, texts: Texts) -> Iterator[Line]:
    slips = recap.slips
    for key, count in (
        ("desk_recap.slip_came_out", slips.came_out),
        ("desk_recap.slip_given_by_staff", slips.given_by_staff),
        ("desk_recap.slip_sent", slips.sent),
        ("desk_recap.slip_owed", slips.owed),
        ("desk_recap.slip_needless", slips.needless),
        ("desk_recap.erased_since", recap.erased_since),
    ):
        yield Line(texts.say(key), str(count))


def _contributions(recap: Recap, texts: Texts) -> Iterator[Line]:
    paid = recap.contributions
    yield Line(texts.say("desk_recap.people"), str(paid.people))
    yield Line(texts.say("desk_recap.first_months"), format_rupiah(paid.total))
    if paid.unpriced:
        yield Line(texts.say("desk_recap.unpriced"), str(paid.unpriced))


def _parts(
    title: str, parts: Mapping[str, Figures], names: Mapping[str, str], texts: Texts
) -> Block:
    if not parts:
        return _block(title, iter((Line(texts.say("desk_recap.nobody")),)), texts)
    known = (*(name for name in names if name in parts), *sorted(parts - names.keys()))
    lines = (
        Line(
            names.get(part) or part or texts.say("desk_recap.nameless"),
            " · ".join(str(parts[part].get(one, 0)) for one in IN_PARTS),
        )
        for part in known
    )
    return _block(title, lines, texts, lead="desk_recap.columns")


def _numbers(recap: Recap, texts: Texts) -> Iterator[Line]:
    if not recap.series:
        yield Line(texts.say("desk_recap.no_numbers"))
    for series in recap.series:
        if series.begins is not Begins.GOES_ON:
            yield Line(texts.say(f"desk_recap.begins_{series.begins.value}"))
        yield Line(_run(series), str(series.size), strong=True)
        for gap in series.gaps:
            unknown = gap.reason is GapReason.UNKNOWN
            yield Line(_run(gap), str(gap.size), strong=True, bad=unknown)
            yield Line(texts.say(f"desk_recap.gap_{gap.reason.value}"), bad=unknown)
        if not series.gaps:
            yield Line(texts.say("desk_recap.no_gap"))


def _run(run: Series | Gap) -> str:
    first, last = group_number(run.first), group_number(run.last)
    return first if first == last else f"{first} – {last}"  # noqa: RUF001


def _audit(recap: Recap, texts: Texts) -> Iterator[Line]:
    chain = recap.chain
    if isinstance(chain, ChainBroken):
        yield Line(texts.say("desk_recap.audit_broken", entry=chain.seq), strong=True, bad=True)
        return
    yield Line(texts.say("desk_recap.audit_whole", entries=chain.entries))
    yield Line(closing_code(chain.head), strong=True)
