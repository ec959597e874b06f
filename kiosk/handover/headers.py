"""Finds the columns of a list by their headers, whatever their order, case and spelling."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from kiosk.domain.handover import fold_header
from kiosk.handover.reading import FileFlaw, FileRefused

Part = TypeVar("Part", bound=StrEnum)


def find_columns(
    row: Sequence[str], own: Mapping[str, Part], others: Mapping[str, Part]
) -> Mapping[Part, int]:
    """Return where each part stands in a row of headers, for those that are there.

    `own` are the folded headers of our own lists, which go before `others`. Raises FileRefused
    when two columns claim the same part with equal right.
    """
    found: dict[Part, int] = {}
    for known in (own, others):
        places = _places(row, known)
        for part, at in places.items():
            if part in found:
                continue
            if len(at) > 1:
                raise FileRefused(FileFlaw.COLUMN_TWICE, row[at[1]])
            found[part] = at[0]
    return found


def _places(row: Sequence[str], known: Mapping[str, Part]) -> Mapping[Part, list[int]]:
    places: dict[Part, list[int]] = {}
    for at, header in enumerate(row):
        part = known.get(fold_header(header))
        if part is not None:
            places.setdefault(part, []).append(at)
    return places
