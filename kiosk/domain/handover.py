"""What a branch of BPJS gets of a registration: the columns, and what stands in them.

No template of BPJS was found, and no list of its codes: the columns are a data file, and a code
that nobody knows stays an empty column.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.located_json import Record, read_json, version_of
from kiosk.domain.registration import WorkPlace
from kiosk.domain.work import Work, name_in

HEADER_MAX_LENGTH = 60


class Field(StrEnum):
    """What a column holds. The ANSWER ones go out empty and come back filled by the branch."""

    ROW = "row"
    NUMBER = "number"
    NIK = "nik"
    NAME = "name"
    BIRTHPLACE = "birthplace"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    MOTHER_NAME = "mother_name"
    ADDRESS = "address"
    DESA_CODE = "desa_code"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    WORK_PLACE = "work_place"
    JOB = "job"
    JOB_CODE = "job_code"
    SECOND_JOB = "second_job"
    SECOND_JOB_CODE = "second_job_code"
    INCOME_BASE = "income_base"
    PACKAGE = "package"
    MONTHS = "months"
    OFFICE_CODE = "office_code"
    """What the branch calls this office (kode_kantor)."""
    EMPTY = "empty"
    ANSWER_RESULT = "answer_result"
    ANSWER_REASON = "answer_reason"
    ANSWER_KPJ = "answer_kpj"
    ANSWER_PAID_ON = "answer_paid_on"
    ANSWER_REFERENCE = "answer_reference"


NEEDED = (Field.NUMBER, Field.NIK, Field.NAME)
"""Without these a list is of no use: the branch's answer is found by the number, and nobody is
registered without the others."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the hand-over."""

    header: str
    field: Field


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns in their order."""

    version: str
    columns: tuple[Column, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """What stands above the columns."""
        return tuple(column.header for column in self.columns)


@dataclass(frozen=True, slots=True)
class Handed:
    """What of a registration is handed over.

    `birth_date` is ISO text, `sex` L or P as on a KTP, `income_base` rupiah a month.
    """

    number: str
    nik: str
    name: str
    birthplace: str
    birth_date: str
    sex: str
    mother_name: str
    address_line: str
    desa_code: str
    postcode: str
    phone: str
    email: str
    work_place: str
    segment_id: str
    job_id: str
    second_segment_id: str
    second_job_id: str
    income_base: int
    package: str
    months: int


_WORK_PLACES = {
    "": "",
    WorkPlace.NEAR_HOME.value: "Sekitar rumah",
    WorkPlace.KABUPATEN.value: "Di dalam kabupaten",
    WorkPlace.OUTSIDE.value: "Di luar kabupaten",
    WorkPlace.MOVING.value: "Berpindah-pindah",
}


def _birth_date(handed: Handed) -> str:
    return f"{date.fromisoformat(handed.birth_date):%d-%m-%Y}"


_PLAIN: Mapping[Field, Callable[[Handed], str]] = {
    Field.NUMBER: lambda handed: handed.number,
    Field.NIK: lambda handed: handed.nik,
    Field.NAME: lambda handed: handed.name,
    Field.BIRTHPLACE: lambda handed: handed.birthplace,
    Field.BIRTH_DATE: _birth_date,
    Field.SEX: lambda handed: handed.sex,
    Field.MOTHER_NAME: lambda handed: handed.mother_name,
    Field.ADDRESS: lambda handed: handed.address_line,
    Field.DESA_CODE: lambda handed: handed.desa_code,
    Field.POSTCODE: lambda handed: handed.postcode,
    Field.PHONE: lambda handed: handed.phone,
    Field.EMAIL: lambda handed: handed.email,
    Field.WORK_PLACE: lambda handed: _WORK_PLACES[handed.work_place],
    Field.INCOME_BASE: lambda handed: str(handed.income_base),
    Field.PACKAGE: lambda handed: handed.package,
    Field.MONTHS: lambda handed: str(handed.months),
}


def make_cells(
    columns: Columns, work: Work, office_code: str = ""
) -> Callable[[int, Handed], list[str]]:
    """Return what turns the `row`-th registration of a batch, from 1, into its cells.

    `office_code` is the branch's for this office. What has no code has an empty cell.
    """
    jobs = {(segment.id, job.id): job for segment in work.segments for job in segment.jobs}

    def job(segment_id: str, job_id: str) -> str:
        known = jobs.get((segment_id, job_id))
        return name_in("id", known.names) if known else job_id

    def code(segment_id: str, job_id: str) -> str:
        known = jobs.get((segment_id, job_id))
        return known.branch_code if known else ""

    readers: Mapping[Field, Callable[[Handed], str]] = {
        **_PLAIN,
        Field.JOB: lambda handed: job(handed.segment_id, handed.job_id),
        Field.JOB_CODE: lambda handed: code(handed.segment_id, handed.job_id),
        Field.SECOND_JOB: lambda handed: job(handed.second_segment_id, handed.second_job_id),
        Field.SECOND_JOB_CODE: lambda handed: code(handed.second_segment_id, handed.second_job_id),
        Field.OFFICE_CODE: lambda _handed: office_code,
    }
    wanted = [readers.get(column.field, _nothing) for column in columns.columns]
    counted = [at for at, column in enumerate(columns.columns) if column.field is Field.ROW]

    def cells(row: int, handed: Handed) -> list[str]:
        made = [read(handed) for read in wanted]
        for at in counted:
            made[at] = str(row)
        return made

    return cells


def _nothing(_handed: Handed) -> str:
    return ""


def fold_header(text: str) -> str:
    """Return a header as it is compared: letters and digits alone, in small letters."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in composed if char.isalnum())


def parse_columns(text: str, file: str) -> Columns:
    """Read handover_columns.json; raises DataFailure naming the line.

    What is NEEDED must be among the columns.
    """
    root = read_json(text, file)
    records = root.records("columns")
    columns = tuple(_column(record) for record in records)
    _refuse_twins(records, columns)
    for field in NEEDED:
        if field not in {column.field for column in columns}:
            raise root.refuse(f"no column holds the {field}")
    return Columns(version_of(root, text), columns)


def write_columns(columns: Columns) -> str:
    """Return a handover_columns.json that parse_columns() reads as this, of the same day."""
    listed = [{"header": one.header, "field": one.field} for one in columns.columns]
    root = {"version": columns.version[:10], "columns": listed}
    return json.dumps(root, ensure_ascii=False, indent=1)


def is_header(text: str) -> bool:
    """Tell whether a text can stand above a column."""
    plain = fold_header(text) and text.isprintable() and text[0].isalnum()
    return bool(plain) and len(text) <= HEADER_MAX_LENGTH


def _column(record: Record) -> Column:
    header = record.text("header")
    if not is_header(header):
        raise record.refuse("header must begin with a letter or digit and fit on one line")
    return Column(header, record.one_of("field", Field))


def _refuse_twins(records: Sequence[Record], columns: Sequence[Column]) -> None:
    headers: set[str] = set()
    fields: set[Field] = set()
    for record, column in zip(records, columns, strict=True):
        if fold_header(column.header) in headers:
            raise record.refuse("this header stands twice")
        if column.field in fields:
            raise record.refuse(f"the field {column.field} stands twice")
        headers.add(fold_header(column.header))
        fields |= {column.field} - {Field.EMPTY}
