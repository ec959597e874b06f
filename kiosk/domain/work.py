"""The segments of work a resident chooses from, their jobs, and the dinas they belong to."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from kiosk.domain.located_json import Record, read_json, version_of

LANGUAGES = ("id", "en")
"""The languages that every name is written in; it may be written in more."""
CODE = "branch_code"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,19}")


class Sector(StrEnum):
    """The sectors that the relief of PP 50/2025 tells apart."""

    TRANSPORT = "transport"
    OTHER = "other"


class Question(StrEnum):
    """The one question some segments need, because a yes leads elsewhere or to compulsory JHT."""

    CONTRACTOR_PROJECT = "contractor_project"
    EMPLOYS_PEOPLE = "employs_people"
    FIXED_EMPLOYER = "fixed_employer"
    PAID_BY_GOVERNMENT = "paid_by_government"


@dataclass(frozen=True, slots=True)
class Job:
    """A job; `names` by language. `sector_unclear`: BPJS has not yet said which sector it is.

    `branch_code` is what the branch calls it (kodePekerjaan), "" as long as nobody knows.
    """

    id: str
    names: Mapping[str, str]
    sector: Sector
    sector_unclear: bool
    branch_code: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A group of jobs; `tile_names` are the short labels for pictures, `dinas` a key of Work."""

    id: str
    names: Mapping[str, str]
    tile_names: Mapping[str, str]
    jobs: tuple[Job, ...]
    question: Question | None
    dinas: str


Named = TypeVar("Named", Job, Segment)


@dataclass(frozen=True, slots=True)
class Work:
    """All segments in the order of their tiles, and the full names of the dinas."""

    version: str
    segments: tuple[Segment, ...]
    dinas: Mapping[str, str]

    def find_segment(self, segment_id: str) -> Segment:
        """Return the segment; raises KeyError if there is none of this id."""
        return _find(self.segments, segment_id)

    def find_job(self, segment_id: str, job_id: str) -> Job:
        """Return the job of that segment; raises KeyError if there is none of these ids."""
        return _find(self.find_segment(segment_id).jobs, job_id)


def name_in(language: str, names: Mapping[str, str]) -> str:
    """Return the name in that language, or in Indonesian where it has none."""
    return names.get(language, names["id"])


def parse_work(text: str, file: str) -> Work:
    """Read segments.json; raises DataFailure naming the line. `file` is its name in failures."""
    root = read_json(text, file)
    dinas = {key: record.text("name") for key, record in root.named_records("dinas").items()}
    records = root.records("segments")
    _refuse_twins(records)
    return Work(
        version=version_of(root, text),
        segments=tuple(_segment(record, dinas) for record in records),
        dinas=dinas,
    )


def _segment(record: Record, dinas: Mapping[str, str]) -> Segment:
    if record.text("dinas") not in dinas:
        raise record.refuse("its dinas is not among the dinas of this file")
    jobs = record.records("jobs")
    _refuse_twins(jobs)
    return Segment(
        id=record.text("id"),
        names=_names(record.record("names")),
        tile_names=_names(record.record("tile_names")),
        jobs=tuple(_job(job) for job in jobs),
        question=record.optional_one_of("question", Question),
        dinas=record.text("dinas"),
    )


def _job(record: Record) -> Job:
    return Job(
        id=record.text("id"),
        names=_names(record.record("names")),
        sector=record.one_of("sector", Sector),
        sector_unclear=record.flag("sector_unclear"),
        branch_code=_branch_code(record),
    )


def _branch_code(record: Record) -> str:
    code = record.text(CODE) if CODE in record.names() else ""
    if code and not is_branch_code(code):
        raise record.refuse(f"{CODE} is none")
    return code


def is_branch_code(text: str) -> bool:
    """Tell whether a text can be a code of the branch: up to 20 letters, digits, and . - /"""
    return _CODE.fullmatch(text) is not None


def write_work(work: Work) -> str:
    """Return a segments.json that parse_work() reads as this, of the same day."""
    root = {
        "version": work.version[:10],
        "segments": [
            {
                "id": one.id,
                "names": dict(one.names),
                "tile_names": dict(one.tile_names),
                "question": one.question,
                "dinas": one.dinas,
                "jobs": [_job_written(job) for job in one.jobs],
            }
            for one in work.segments
        ],
        "dinas": {key: {"name": name} for key, name in work.dinas.items()},
    }
    return json.dumps(root, ensure_ascii=False, indent=1)


def _job_written(job: Job) -> dict[str, object]:
    written = {
        "id": job.id,
        "names": dict(job.names),
        "sector": job.sector,
        "sector_unclear": job.sector_unclear,
    }
    return {**written, CODE: job.branch_code} if job.branch_code else written


def _names(record: Record) -> Mapping[str, str]:
    languages = dict.fromkeys((*LANGUAGES, *record.names()))
    return {language: record.text(language) for language in languages}


def _refuse_twins(records: tuple[Record, ...]) -> None:
    seen: set[str] = set()
    for record in records:
        if record.text("id") in seen:
            raise record.refuse("this id stands twice")
        seen.add(record.text("id"))


def _find(among: tuple[Named, ...], wanted: str) -> Named:
    for one in among:
        if one.id == wanted:
            return one
    raise KeyError(f"{wanted} is not in the segments file")
