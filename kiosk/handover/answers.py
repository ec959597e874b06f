"""The branch's answer: looked at first, and written only when somebody says so."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kiosk.clock import Clock, local_date
from kiosk.domain.branch_answer import (
    HEADERS,
    WHAT,
    WHO,
    Answer,
    Change,
    Flaw,
    Part,
    Same,
    Standing,
    Unanswered,
    judge,
    read_answer,
)
from kiosk.domain.cells import Cell
from kiosk.domain.handover import Columns, Field, fold_header
from kiosk.domain.staff import Account, Action
from kiosk.handover.batches import NotAllowed
from kiosk.handover.headers import find_columns
from kiosk.handover.progress import (
    CalledOff,
    Cancelled,
    GoOn,
    always,
    in_chunks,
    look,
)
from kiosk.handover.reading import FileRefused, ListFile, Unreadable, open_list
from kiosk.storage.handover import Known
from kiosk.storage.store import Store

_OWN_PARTS = {
    Field.NUMBER: Part.NUMBER,
    Field.NIK: Part.NIK,
    Field.MONTHS: Part.MONTHS,
    Field.ANSWER_RESULT: Part.RESULT,
    Field.ANSWER_REASON: Part.REASON,
    Field.ANSWER_KPJ: Part.KPJ,
    Field.ANSWER_PAID_ON: Part.PAID_ON,
    Field.ANSWER_REFERENCE: Part.REFERENCE,
}


@dataclass(frozen=True, slots=True)
class FlawedRow:
    """A row that is not taken; `other` is the row it collides with, 0 for none."""

    row: int
    flaw: Flaw
    other: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What an answer would change. `rows` are those with any text.

    `same` are the rows that the record says already, `unanswered` those the branch left empty.
    """

    rows: int
    changes: tuple[Change, ...]
    same: tuple[int, ...]
    unanswered: int
    flawed: tuple[FlawedRow, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """So many registrations were changed; `left` could not be reached before it was called off.

    Reading the same file again shows what is left, and nothing else.
    """

    changed: int
    left: int


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody changed these rows' registrations since the preview: look at the file again.

    `changed` is what was written before that was noticed, nearly always 0.
    """

    rows: tuple[int, ...]
    changed: int


def preview(
    store: Store,
    file: Path,
    columns: Columns,
    clock: Clock,
    go_on: GoOn = always,
    *,
    password: str = "",
) -> Preview | Unreadable | Cancelled:
    """Read an answer and tell what it would change; changes nothing.

    `password` opens a file that is locked.
    """
    own = {
        fold_header(column.header): _OWN_PARTS[column.field]
        for column in columns.columns
        if column.field in _OWN_PARTS
    }

    def find(row: Sequence[str]) -> Mapping[Part, int] | None:
        found = find_columns(row, own, HEADERS)
        return found if WHO & found.keys() and WHAT & found.keys() else None

    try:
        with open_list(file, find, password) as listed:
            sorting = _Sorting(store, local_date(clock.now()))
            _sort(listed, sorting, go_on)
            return sorting.preview()
    except FileRefused as refused:
        return refused.unreadable
    except CalledOff:
        return Cancelled()


def _sort(listed: ListFile[Part], sorting: "_Sorting", go_on: GoOn) -> None:
    for chunk in in_chunks(listed.rows):
        look(go_on, sorting.rows, listed.total)
        sorting.take([(row, cells, listed.merged(row)) for row, cells in chunk])
    look(go_on, sorting.rows, listed.total)


class _Sorting:
    """Sorts the rows of a file by what becomes of them."""

    def __init__(self, store: Store, today: date) -> None:
        self.rows = 0
        self._store = store
        self._today = today
        self._unanswered = 0
        self._same: list[int] = []
        self._flawed: dict[int, FlawedRow] = {}
        self._changes: dict[str, Change] = {}
        self._answered: dict[str, tuple[int, Answer]] = {}
        self._kpj_rows: dict[str, int] = {}

    def take(self, rows: Sequence[tuple[int, Mapping[Part, Cell], bool]]) -> None:
        """Sort some rows; whether a merged cell touches one comes with it."""
        answers = list(self._answers(rows))
        self.rows += len(rows)
        if not answers:
            return
        with self._store.transaction() as record:
            known = record.handover.known(
                {answer.number for _, answer in answers if answer.number},
                {answer.nik for _, answer in answers if not answer.number},
                {answer.kpj for _, answer in answers if answer.kpj},
            )
        for row, answer in answers:
            self._match(row, answer, known)

    def preview(self) -> Preview:
        """Return what all rows together would change."""
        changes = sorted(self._changes.values(), key=lambda change: change.row)
        return Preview(
            rows=self.rows,
            changes=tuple(changes),
            same=tuple(self._same),
            unanswered=self._unanswered,
            flawed=tuple(self._flawed[row] for row in sorted(self._flawed)),
        )

    def _answers(
        self, rows: Sequence[tuple[int, Mapping[Part, Cell], bool]]
    ) -> Iterator[tuple[int, Answer]]:
        for row, cells, merged in rows:
            read = Flaw.MERGED if merged else read_answer(cells, self._today)
            if isinstance(read, Flaw):
                self._refuse(row, read)
            elif isinstance(read, Unanswered):
                self._unanswered += 1
            else:
                yield row, read

    def _refuse(self, row: int, flaw: Flaw, other: int = 0) -> None:
        self._flawed[row] = FlawedRow(row, flaw, other)

    def _match(self, row: int, answer: Answer, known: Known) -> None:
        found = _find(answer, known)
        if isinstance(found, Flaw):
            self._refuse(row, found)
        elif found.id in self._answered:
            self._meet_again(row, answer, found.id)
        else:
            self._answered[found.id] = (row, answer)
            self._judge(row, answer, found, known)

    def _judge(self, row: int, answer: Answer, found: Standing, known: Known) -> None:
        judged = judge(row, answer, found)
        if isinstance(judged, Same):
            self._same.append(row)
        elif isinstance(judged, Flaw):
            self._refuse(row, judged)
        elif known.kpj_owner.get(judged.kpj, found.id) != found.id:
            self._refuse(row, Flaw.KPJ_OF_ANOTHER)
        elif judged.kpj in self._kpj_rows:
            self._refuse_both(row, self._kpj_rows[judged.kpj], Flaw.KPJ_TWICE)
        else:
            self._changes[found.id] = judged
            if judged.kpj:
                self._kpj_rows[judged.kpj] = row

    def _meet_again(self, row: int, answer: Answer, registration_id: str) -> None:
        first_row, first = self._answered[registration_id]
        if _said(first) == _said(answer):
            self._refuse(row, Flaw.TWICE, first_row)
        else:
            self._refuse_both(row, first_row, Flaw.TWICE_DIFFERENT)

    def _refuse_both(self, row: int, first_row: int, flaw: Flaw) -> None:
        """Nobody knows which of two rows is right; the first is no change any more."""
        self._refuse(row, flaw, first_row)
        taken = [of for of, change in self._changes.items() if change.row == first_row]
        for registration_id in taken:
            del self._changes[registration_id]
            self._refuse(first_row, flaw, row)


def _find(answer: Answer, known: Known) -> Standing | Flaw:
    if answer.number:
        one = known.by_number.get(answer.number)
        if one is None:
            return Flaw.UNKNOWN
        return Flaw.NIK_OF_ANOTHER if answer.nik not in {"", one.nik} else one
    found = known.by_nik.get(answer.nik, ())
    if not found:
        return Flaw.UNKNOWN
    return found[0] if len(found) == 1 else Flaw.AMBIGUOUS


def _said(answer: Answer) -> Answer:
    """The answer without who is meant: one row may name the number and another the NIK."""
    return replace(answer, number="", nik="")


def people(store: Store, changes: Sequence[Change]) -> Mapping[str, str]:
    """Return the names of those whom changes are about, by the ids of their registrations."""
    names: dict[str, str] = {}
    for chunk in in_chunks(changes):
        with store.reading() as record:
            names |= record.handover.names([change.registration_id for change in chunk])
    return names


def apply(
    store: Store, account: Account, previewed: Preview, clock: Clock, go_on: GoOn = always
) -> Applied | Stale | NotAllowed:
    """Write the changes of a preview, a few hundred in each transaction.

    A preview that has gone stale is refused before anything is written. Cut off in the middle,
    by a power cut or by `go_on`, what was written stays and the same file, read again, brings
    the rest.
    """
    if not account.may(Action.HAND_OVER):
        return NotAllowed()
    stale = _stale_rows(store, previewed)
    if stale:
        return Stale(stale, 0)
    # Drawn: a digest of a short file would be one of the NIKs in it, and the audit outlives them.
    evidence = f"answer {secrets.token_hex(4)}"
    changed, total = 0, len(previewed.changes)
    for chunk in in_chunks(previewed.changes):
        if not go_on(changed, total):
            break
        with store.transaction() as record:
            late = record.handover.stale(chunk)
            if late:
                return Stale(tuple(change.row for change in late), changed)
            record.handover.apply(chunk, account.id, clock.now(), evidence)
        changed += len(chunk)
    go_on(changed, total)
    return Applied(changed, total - changed)


def _stale_rows(store: Store, previewed: Preview) -> tuple[int, ...]:
    rows: list[int] = []
    for chunk in in_chunks(previewed.changes):
        with store.transaction() as record:
            rows += [change.row for change in record.handover.stale(chunk)]
    return tuple(rows)
