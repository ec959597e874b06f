"""What a branch of BPJS answers about each registration, and what that changes.

A row is judged as a whole: with one flaw nothing of it is taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.cells import Cell, is_number, read_date, read_text
from kiosk.domain.handover import fold_header
from kiosk.domain.lifecycle import way_to
from kiosk.domain.nik import NIK_DIGITS, clean_nik
from kiosk.domain.orders import REJECTION_MAX_LENGTH
from kiosk.domain.registration import Status
from kiosk.domain.registration_number import clean_number, is_valid_number

KPJ_DIGITS = 11
NUMBER_DIGITS = 12
MONTHS_MAX = 12
REFERENCE_MAX_LENGTH = 60


class Part(StrEnum):
    """What a column of the answer tells."""

    NUMBER = "number"
    NIK = "nik"
    RESULT = "result"
    REASON = "reason"
    KPJ = "kpj"
    PAID_ON = "paid_on"
    REFERENCE = "reference"
    MONTHS = "months"


WHO = frozenset({Part.NUMBER, Part.NIK})
WHAT = frozenset({Part.RESULT, Part.KPJ, Part.PAID_ON})
"""An answer needs at least one column of WHO and one of WHAT."""

HEADERS: Mapping[str, Part] = {
    fold_header(header): part
    for part, headers in {
        Part.NUMBER: "nomor pendaftaran, no pendaftaran, nomor registrasi, no registrasi, no reg",
        Part.NIK: "nik, no nik, nomor nik, no ktp, nomor ktp, nomor induk kependudukan",
        Part.RESULT: "hasil, status, status pendaftaran, hasil verifikasi",
        Part.REASON: "alasan, alasan penolakan, alasan ditolak, keterangan, catatan",
        Part.KPJ: "kpj, no kpj, nomor kpj, nomor peserta, no peserta",
        Part.PAID_ON: "tgl bayar, tanggal bayar, tgl pembayaran, tanggal pembayaran",
        Part.REFERENCE: "referensi, referensi bayar, no referensi, nomor referensi, bukti bayar",
        Part.MONTHS: "jml bulan, jumlah bulan, bulan dibayar",
    }.items()
    for header in headers.split(",")
}
"""Other headers that a branch may use, folded, beside those of our own columns."""

_ACCEPTED = frozenset({"diterima", "terima", "disetujui", "setuju", "berhasil", "ok", "accepted"})
_REJECTED = frozenset({"ditolak", "tolak", "gagal", "rejected"})


class Flaw(StrEnum):
    """Why a row of the answer is not taken."""

    MERGED = "merged"
    NOBODY = "nobody"
    NUMBER_WRONG = "number_wrong"
    NIK_IS_NUMBER = "nik_is_number"
    NIK_WRONG = "nik_wrong"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    NIK_OF_ANOTHER = "nik_of_another"
    NOT_HANDED_OVER = "not_handed_over"
    VOID = "void"
    RESULT_UNKNOWN = "result_unknown"
    REASON_MISSING = "reason_missing"
    CONTRADICTION = "contradiction"
    KPJ_WRONG = "kpj_wrong"
    KPJ_OF_ANOTHER = "kpj_of_another"
    KPJ_TWICE = "kpj_twice"
    TEXT_TOO_LONG = "text_too_long"
    DATE_WRONG = "date_wrong"
    DATE_IN_FUTURE = "date_in_future"
    DATE_TOO_EARLY = "date_too_early"
    MONTHS_WRONG = "months_wrong"
    PAYMENT_MISSING = "payment_missing"
    IMPOSSIBLE = "impossible"
    DIFFERS = "differs"
    TWICE = "twice"
    TWICE_DIFFERENT = "twice_different"


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment that the branch has seen; `months` 0 where the answer does not say how many."""

    on: date
    reference: str
    months: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What one row says. `to` is the state it leads to; number or NIK may be empty, not both."""

    number: str
    nik: str
    to: Status
    reason: str
    kpj: str
    paid: Paid | None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The branch has left the row as it came."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a registration stands in the record."""

    id: str
    number: str
    nik: str
    status: Status
    revision: int
    registered_on: date
    months: int
    kpj: str
    rejected_because: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a row changes; `steps` are the states gone through, the last one to stay."""

    row: int
    registration_id: str
    number: str
    revision: int
    before: Status
    steps: tuple[Status, ...]
    rejected_because: str
    kpj: str
    paid: Paid | None


@dataclass(frozen=True, slots=True)
class Same:
    """The record says so already."""


class _Flawed(Exception):
    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def read_answer(cells: Mapping[Part, Cell], today: date) -> Answer | Unanswered | Flaw:
    """Read one row by its recognised columns; dates are judged against `today`."""
    try:
        return _read_answer(cells, today)
    except _Flawed as flawed:
        return flawed.flaw


def _read_answer(cells: Mapping[Part, Cell], today: date) -> Answer | Unanswered:
    result, reason = read_text(cells.get(Part.RESULT)), read_text(cells.get(Part.REASON))
    kpj, paid = _read_kpj(cells.get(Part.KPJ)), _read_paid(cells, today)
    if not (result or kpj or paid):
        if reason:
            raise _Flawed(Flaw.RESULT_UNKNOWN)
        return Unanswered()
    number = _read_number(cells.get(Part.NUMBER))
    nik = _read_nik(cells.get(Part.NIK), needed=not number)
    to = _read_result(result, kpj=bool(kpj), paid=bool(paid))
    return Answer(number, nik, to, _read_reason(reason, to), kpj, paid)


def _read_reason(text: str, to: Status) -> str:
    """Beside an acceptance it is a remark, which is not kept."""
    if to is not Status.REJECTED:
        return ""
    if not text:
        raise _Flawed(Flaw.REASON_MISSING)
    if len(text) > REJECTION_MAX_LENGTH:
        raise _Flawed(Flaw.TEXT_TOO_LONG)
    return text


def _read_result(text: str, *, kpj: bool, paid: bool) -> Status:
    word = fold_header(text)
    if word in _REJECTED:
        if kpj or paid:
            raise _Flawed(Flaw.CONTRADICTION)
        return Status.REJECTED
    if text and word not in _ACCEPTED:
        raise _Flawed(Flaw.RESULT_UNKNOWN)
    if kpj:
        return Status.MEMBER
    return Status.PAID if paid else Status.ACCEPTED


def _read_number(cell: Cell) -> str:
    number = clean_number(read_text(cell))
    if is_number(cell):
        # Twelve digits survive as a number but for zeros in front; the check digit tells.
        number = number.zfill(NUMBER_DIGITS)
    if number and not is_valid_number(number):
        raise _Flawed(Flaw.NUMBER_WRONG)
    return number


def _read_nik(cell: Cell, *, needed: bool) -> str:
    """With the registration's number the NIK only confirms it, and may be spoilt."""
    nik = clean_nik(read_text(cell))
    if is_number(cell) and needed:
        raise _Flawed(Flaw.NIK_IS_NUMBER)
    if not needed and (not nik or is_number(cell)):
        return ""
    if not nik:
        raise _Flawed(Flaw.NOBODY)
    if len(nik) != NIK_DIGITS or not (nik.isascii() and nik.isdecimal()):
        raise _Flawed(Flaw.NIK_WRONG)
    return nik


def _read_kpj(cell: Cell) -> str:
    kpj = clean_number(read_text(cell))
    if kpj and (len(kpj) != KPJ_DIGITS or not (kpj.isascii() and kpj.isdecimal())):
        raise _Flawed(Flaw.KPJ_WRONG)
    return kpj


def _read_paid(cells: Mapping[Part, Cell], today: date) -> Paid | None:
    reference = read_text(cells.get(Part.REFERENCE))
    if not read_text(cells.get(Part.PAID_ON)):
        if reference:
            raise _Flawed(Flaw.DATE_WRONG)
        return None
    if len(reference) > REFERENCE_MAX_LENGTH:
        raise _Flawed(Flaw.TEXT_TOO_LONG)
    on = read_date(cells.get(Part.PAID_ON))
    if on is None:
        raise _Flawed(Flaw.DATE_WRONG)
    if on > today:
        raise _Flawed(Flaw.DATE_IN_FUTURE)
    return Paid(on, reference, _read_months(read_text(cells.get(Part.MONTHS))))


def _read_months(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MONTHS_MAX):
        raise _Flawed(Flaw.MONTHS_WRONG)
    return int(text)


def judge(row: int, answer: Answer, found: Standing) -> Change | Same | Flaw:
    """Return what an answer changes in the registration it was found to mean."""
    if found.status is Status.REGISTERED:
        return Flaw.NOT_HANDED_OVER
    if found.status is Status.VOID:
        return Flaw.VOID
    if way_to(answer.to, found.status) is not None:
        return _repeated(answer, found)
    steps = way_to(found.status, answer.to)
    if steps is None:
        return Flaw.IMPOSSIBLE
    if answer.paid and answer.paid.on < found.registered_on:
        return Flaw.DATE_TOO_EARLY
    return _changed(row, answer, found, steps)


def _repeated(answer: Answer, found: Standing) -> Same | Flaw:
    """The record has come as far as the answer, or further."""
    told = (answer.kpj or found.kpj, answer.reason or found.rejected_because)
    return Same() if told == (found.kpj, found.rejected_because) else Flaw.DIFFERS


def _changed(row: int, answer: Answer, found: Standing, steps: tuple[Status, ...]) -> Change | Flaw:
    paid = None
    if Status.PAID in steps:
        if answer.paid is None:
            return Flaw.PAYMENT_MISSING
        months = answer.paid.months or found.months
        paid = Paid(answer.paid.on, answer.paid.reference, months)
    return Change(
        row=row,
        registration_id=found.id,
        number=found.number,
        revision=found.revision,
        before=found.status,
        steps=steps,
        rejected_because=answer.reason,
        kpj=answer.kpj or found.kpj,
        paid=paid,
    )
