"""Leaves parts out of a slip's layout, of those that a slip can do without.

What a slip promises its holder stays on it: the number, the amounts, who it is for, where to pay,
that nobody is protected yet, where help is, and both codes.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from kiosk.domain.slip_layouts import (
    Block,
    Column,
    Columns,
    Part,
    Placed,
    Rule,
    SlipLayouts,
    Space,
)

CAN_DO_WITHOUT = (Part.OFFICE, Part.TITLE, Part.SEAL)
"""The head, for paper that has the office's own: its name also stands where paying is explained.
The title. The words beside the signed code, which are for the staff; the code stays."""
_WHOLE = 100


def without(layouts: SlipLayouts, parts: Collection[str]) -> SlipLayouts:
    """Return the layouts without these parts, and without the rules and spaces that would be left
    over where they stood."""
    gone = frozenset(Part(one) for one in parts) & frozenset(CAN_DO_WITHOUT)
    return replace(layouts, roll=_left(layouts.roll, gone), page=_left(layouts.page, gone))


def _left(blocks: Sequence[Block], gone: Collection[Part]) -> tuple[Block, ...]:
    kept: list[Block] = []
    cut = False
    for block in blocks:
        less = _less(block, gone)
        if less is None:
            cut = True
        elif not (cut and _is_left_over(less, kept)):
            cut = False
            kept.append(less)
    if cut and kept and isinstance(kept[-1], Rule | Space):
        kept.pop()
    return tuple(kept)


def _is_left_over(block: Block, kept: Sequence[Block]) -> bool:
    return isinstance(block, Rule | Space) and (not kept or type(kept[-1]) is type(block))


def _less(block: Block, gone: Collection[Part]) -> Block | None:
    """What is left of a block, None for nothing."""
    match block:
        case Placed(part, beside):
            less = Placed(part, tuple(one for one in beside if one not in gone))
            return None if part in gone else less
        case Columns(gap, columns):
            left = [Column(one.share, _left(one.blocks, gone)) for one in columns]
            wide = [one for one in left if one.blocks]
            return Columns(gap, _as_a_whole(wide)) if wide else None
        case _:
            return block


def _as_a_whole(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns whose shares come to 100 again."""
    sum_of_all = sum(one.share for one in columns)
    shares = [one.share * _WHOLE // sum_of_all for one in columns]
    shares[-1] += _WHOLE - sum(shares)
    return tuple(Column(share, one.blocks) for share, one in zip(shares, columns, strict=True))
