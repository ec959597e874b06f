"""The lists of the dinas: whom each has invited, and how many of them have come."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.clock import Clock, local_date
from kiosk.domain.cells import Cell
from kiosk.domain.invitation import HEADERS, Flaw, Invited, Part, read_invited
from kiosk.domain.regions import Regions
from kiosk.domain.staff import Account, Action
from kiosk.handover.batches import NotAllowed
from kiosk.handover.headers import find_columns
from kiosk.handover.progress import CalledOff, Cancelled, GoOn, always, in_chunks, look
from kiosk.handover.reading import FileRefused, ListFile, Unreadable, open_list
from kiosk.storage.audit import Deed
from kiosk.storage.handover import DinasCount
from kiosk.storage.store import Store

INVITED = "invited"


@dataclass(frozen=True, slots=True)
class FlawedRow:
    """A row that is not taken; `other` is the row it repeats, 0 for none."""

    row: int
    flaw: Flaw
    other: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """Whom a list would invite for a dinas; `same` are the rows of those it invited before."""

    dinas: str
    rows: int
    people: tuple[Invited, ...]
    same: tuple[int, ...]
    flawed: tuple[FlawedRow, ...]


@dataclass(frozen=True, slots=True)
class InvitationsWritten:
    """So many people are invited now who were not before; `left` it was called off before.

    Reading the same file again brings the rest.
    """

    added: int
    left: int = 0


def preview(
    store: Store,
    file: Path,
    dinas: str,
    regions: Regions,
    clock: Clock,
    *,
    go_on: GoOn = always,
    password: str = "",
) -> Preview | Unreadable | Cancelled:
    """Read the list of a dinas and tell whom it would invite; changes nothing.

    `password` opens a file that is locked.
    """

    def find(row: Sequence[str]) -> Mapping[Part, int] | None:
        found = find_columns(row, {}, HEADERS)
        return found if Part.NAME in found else None

    sorting = _Sorting(store, dinas)
    today = local_date(clock.now())
    try:
        with open_list(file, find, password) as listed:
            _sort(listed, sorting, lambda cells: read_invited(cells, regions, today), go_on)
    except FileRefused as refused:
        return refused.unreadable
    except CalledOff:
        return Cancelled()
    return sorting.preview()


def invite(
    store: Store, account: Account, previewed: Preview, clock: Clock, go_on: GoOn = always
) -> InvitationsWritten | NotAllowed:
    """Write the invitations of a preview; those that exist by now are left as they are."""
    if not account.may(Action.HAND_OVER):
        return NotAllowed()
    added, done, total = 0, 0, len(previewed.people)
    for chunk in in_chunks(previewed.people):
        if not go_on(done, total):
            break
        with store.transaction() as record:
            added += record.handover.invite(previewed.dinas, chunk, account.id, clock.now())
        done += len(chunk)
    go_on(done, total)
    _note(store, account, clock, previewed.dinas, added)
    return InvitationsWritten(added, total - done)


def _note(store: Store, account: Account, clock: Clock, dinas: str, added: int) -> None:
    with store.transaction() as record:
        details = {"dinas": dinas, "people": added}
        record.audit.note(Deed(INVITED, account.id, clock.now(), details))


def count_invitations(store: Store) -> tuple[DinasCount, ...]:
    """Match invitations with registrations by NIK, never by name, and count them by dinas."""
    with store.transaction() as record:
        record.handover.match_invitations()
        return record.handover.count_invitations()


def _sort(
    listed: ListFile[Part],
    sorting: "_Sorting",
    read: Callable[[Mapping[Part, Cell]], Invited | Flaw],
    go_on: GoOn,
) -> None:
    for chunk in in_chunks(listed.rows):
        look(go_on, sorting.rows, listed.total)
        sorting.take(
            [(row, Flaw.MERGED if listed.merged(row) else read(cells)) for row, cells in chunk]
        )
    look(go_on, sorting.rows, listed.total)


class _Sorting:
    """Sorts the people of a list into new ones, known ones and rows that say nothing good."""

    def __init__(self, store: Store, dinas: str) -> None:
        self.rows = 0
        self._store = store
        self._dinas = dinas
        self._people: list[Invited] = []
        self._same: list[int] = []
        self._flawed: list[FlawedRow] = []
        self._rows_of: dict[str, int] = {}
        with store.transaction() as record:
            self._without_nik = {_key(one) for one in record.handover.invited_without_nik(dinas)}

    def take(self, rows: Sequence[tuple[int, Invited | Flaw]]) -> None:
        """Sort some rows."""
        self.rows += len(rows)
        niks = {read.nik for _, read in rows if isinstance(read, Invited) and read.nik}
        with self._store.transaction() as record:
            invited = {_key(one) for one in record.handover.invited(self._dinas, niks)}
        known = invited | self._without_nik
        for row, read in rows:
            if isinstance(read, Flaw):
                self._flawed.append(FlawedRow(row, read))
            else:
                self._place(row, read, known)

    def _place(self, row: int, one: Invited, known: Container[str]) -> None:
        first = self._rows_of.setdefault(_key(one), row)
        if first != row:
            self._flawed.append(FlawedRow(row, Flaw.TWICE, first))
        elif _key(one) in known:
            self._same.append(row)
        else:
            self._people.append(one)

    def preview(self) -> Preview:
        """Return what the whole list comes to."""
        people, same, flawed = tuple(self._people), tuple(self._same), tuple(self._flawed)
        return Preview(self._dinas, self.rows, people, same, flawed)


def _key(one: Invited) -> str:
    """What makes two rows the same person: the NIK, else name and telephone."""
    return one.nik or f"{one.name} {one.phone}"
