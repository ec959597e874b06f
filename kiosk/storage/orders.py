"""Orders that the kabupaten's admin gave this kiosk, within the transaction of a Record."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from kiosk.domain.fleet import CommandKind, Order, OrderResult
from kiosk.storage.audit import Deed, add_entry
from kiosk.storage.facts import LOCKED, drop_fact, fact, keep_fact
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.tables import command

DONE = "order_done"


@dataclass(frozen=True, slots=True)
class LockedByAdmin:
    """Nobody registers here until an admin unlocks it; `by` is the admin's name."""

    message: str
    by: str
    at: datetime


class OrderRecord:
    """Reads and writes the orders of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor = connection.connection.cursor()

    def take(self, orders: Iterable[Order], at: datetime) -> None:
        """Keep orders that are not known yet."""
        for order in orders:
            self._connection.execute(
                insert(command)
                .values(
                    id=order.id,
                    kind=order.kind.value,
                    message=order.message,
                    by=order.by,
                    at=to_text(at),
                    result="",
                )
                .on_conflict_do_nothing()
            )

    def known(self) -> frozenset[int]:
        """Return the numbers of the orders that are kept."""
        return frozenset(self._connection.execute(select(command.c.id)).scalars())

    def open(self) -> Sequence[Order]:
        """Return the orders that are not carried out, oldest first."""
        rows = self._connection.execute(
            select(command).where(command.c.result == "").order_by(command.c.id)
        )
        return [Order(row.id, CommandKind(row.kind), row.message, row.by) for row in rows]

    def done(self, order: Order, result: OrderResult, at: datetime) -> None:
        """Note what became of an order; the centre is told with the next exchange."""
        written = self._connection.execute(
            update(command)
            .where(command.c.id == order.id, command.c.result == "")
            .values(result=result.value)
        )
        if written.rowcount:
            details = {"order": order.id, "kind": order.kind.value, "result": result.value}
            add_entry(self._connection, "", Deed(DONE, "", at, details))

    def to_tell(self) -> Sequence[tuple[int, str]]:
        """Return what became of orders and the centre has not heard, by their numbers."""
        rows = self._connection.execute(
            select(command.c.id, command.c.result).where(command.c.result != "")
        )
        return [(row.id, row.result) for row in rows.all()]

    def told(self, ids: Iterable[int]) -> None:
        """Forget orders of which the centre has heard what became."""
        self._connection.execute(delete(command).where(command.c.id.in_(list(ids))))

    # Locked

    def lock(self, order: Order, at: datetime) -> None:
        """Let nobody register from now on."""
        values = {"message": order.message, "by": order.by, "at": to_text(at)}
        keep_fact(self._cursor, LOCKED, json.dumps(values))

    def unlock(self) -> None:
        """Let people register again."""
        drop_fact(self._cursor, LOCKED)

    def locked(self) -> LockedByAdmin | None:
        """Return by whom this kiosk is locked, None when it is not."""
        kept = fact(self._cursor, LOCKED)
        if not kept:
            return None
        values = json.loads(kept)
        return LockedByAdmin(values["message"], values["by"], from_text(values["at"]))
