"""The segments of work: their dinas, their names, and what the branch calls their jobs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from kiosk.data import Data
from kiosk.domain.configuration import Content
from kiosk.domain.failures import DataFailure
from kiosk.domain.work import Job, Segment, Work, is_branch_code, parse_work, write_work
from kiosk.drafting import DATA, with_value

FILE = "segments.json"
LONGEST_NAME, LONGEST_TILE, LONGEST_KEY = 60, 30, 20


class SegmentFlaw(StrEnum):
    """What is wrong with one part of an edit."""

    BLANK = "blank"
    TOO_LONG = "too_long"
    NO_CODE = "no_code"
    NO_DINAS = "no_dinas"
    """There is none of this short name."""
    DINAS_TAKEN = "dinas_taken"
    """Another dinas has this short name."""


@dataclass(frozen=True, slots=True)
class SegmentEdit:
    """A segment as it shall be: names by language, codes by job, "" for a job without one.

    `dinas` is the short name of a known one, or of a new one whose full name is `new_dinas`.
    """

    names: Mapping[str, str]
    tile_names: Mapping[str, str]
    dinas: str
    codes: Mapping[str, str]
    new_dinas: str = ""


@dataclass(frozen=True, slots=True)
class SegmentRefused:
    """What is wrong with which part: "names.id", "tile_names.en", "dinas", "new_dinas",
    "code.<job>"."""

    flaws: Mapping[str, SegmentFlaw]


def work_of(content: Content, shipped: Data) -> Work:
    """Return the segments that count; the shipped ones where the file cannot be read."""
    text = content.data.get(FILE)
    return (_parsed(text) if text is not None else None) or shipped.work


@lru_cache(maxsize=4)
def _parsed(text: str) -> Work | None:
    try:
        return parse_work(text, FILE)
    except DataFailure:
        return None


def put_segment(
    content: Content, shipped: Data, segment_id: str, edit: SegmentEdit
) -> Content | SegmentRefused:
    """Put an edited segment in its place. Raises KeyError for a segment that is not there."""
    work = work_of(content, shipped)
    flaws = dict(_flaws(work, edit))
    if flaws:
        return SegmentRefused(flaws)
    new = {edit.dinas: _plain(edit.new_dinas)} if edit.new_dinas.strip() else {}
    before = work.find_segment(segment_id)
    after = replace(
        before,
        names={**before.names, **_all_plain(edit.names)},
        tile_names={**before.tile_names, **_all_plain(edit.tile_names)},
        dinas=edit.dinas,
        jobs=tuple(_with_code(job, edit.codes) for job in before.jobs),
    )
    return _put(content, shipped, replace(work, dinas={**work.dinas, **new}), after)


def take_back_segment(content: Content, shipped: Data, segment_id: str) -> Content:
    """Let a segment be as it was shipped; raises KeyError where it was not."""
    work = work_of(content, shipped)
    before = shipped.work.find_segment(segment_id)
    dinas = {**work.dinas, before.dinas: shipped.work.dinas[before.dinas]}
    return _put(content, shipped, replace(work, dinas=dinas), before)


def changed_segments(before: Work, after: Work) -> tuple[Segment, ...]:
    """Return the segments that are otherwise, as they are after."""
    old = {one.id: (one, before.dinas[one.dinas]) for one in before.segments}
    return tuple(one for one in after.segments if old.get(one.id) != (one, after.dinas[one.dinas]))


def _put(content: Content, shipped: Data, work: Work, segment: Segment) -> Content:
    segments = tuple(segment if one.id == segment.id else one for one in work.segments)
    needed = {*shipped.work.dinas, *(one.dinas for one in segments)}
    dinas = {key: name for key, name in work.dinas.items() if key in needed}
    made = replace(work, segments=segments, dinas=dinas)
    if replace(made, version="") == replace(shipped.work, version=""):
        return with_value(content, DATA, FILE, None)
    return with_value(content, DATA, FILE, write_work(made))


def _flaws(work: Work, edit: SegmentEdit) -> Iterator[tuple[str, SegmentFlaw]]:
    for part, names, longest in (
        ("names", edit.names, LONGEST_NAME),
        ("tile_names", edit.tile_names, LONGEST_TILE),
    ):
        for language, name in names.items():
            yield from _named(f"{part}.{language}", name, longest)
    if edit.new_dinas.strip():
        yield from _named("dinas", edit.dinas, LONGEST_KEY)
        yield from _named("new_dinas", edit.new_dinas, LONGEST_NAME)
        if edit.dinas in work.dinas:
            yield "dinas", SegmentFlaw.DINAS_TAKEN
    elif edit.dinas not in work.dinas:
        yield "dinas", SegmentFlaw.NO_DINAS
    for job, code in edit.codes.items():
        if code and not is_branch_code(code):
            yield f"code.{job}", SegmentFlaw.NO_CODE


def _named(part: str, name: str, longest: int) -> Iterator[tuple[str, SegmentFlaw]]:
    if not name.strip():
        yield part, SegmentFlaw.BLANK
    elif len(_plain(name)) > longest or not _plain(name).isprintable():
        yield part, SegmentFlaw.TOO_LONG


def _plain(text: str) -> str:
    return " ".join(text.split())


def _all_plain(names: Mapping[str, str]) -> dict[str, str]:
    return {language: _plain(name) for language, name in names.items()}


def _with_code(job: Job, codes: Mapping[str, str]) -> Job:
    return replace(job, branch_code=codes.get(job.id, job.branch_code))
