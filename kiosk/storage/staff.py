"""Accounts of the staff and their wrong PINs, within the transaction of a Record."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.clock import Clock
from kiosk.domain.staff import Account, Role, fold_name
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.tables import account, wrong_pin


@dataclass(frozen=True, slots=True)
class WrongPins:
    """How many wrong PINs in a row were given for a name at a place, and when the last.

    `boot` and `monotonic_ms` measure from the last one however the clock was set meanwhile, as
    long as the machine has not been started anew.
    """

    count: int
    last_at: datetime
    boot: str
    monotonic_ms: int

    def passed_s(self, clock: Clock) -> float:
        """The seconds since the last one; 0 when a new start met a clock set back."""
        if self.boot == clock.boot:
            return (clock.monotonic_ms() - self.monotonic_ms) / 1000
        return max(0.0, (clock.now() - self.last_at).total_seconds())


class StaffRecord:
    """Reads and writes the staff."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Account, pin_hash: str) -> None:
        """Write a new account; its name must be free."""
        self._connection.execute(
            insert(account).values(
                id=new.id,
                name=new.name,
                folded_name=fold_name(new.name),
                role=new.role.value,
                pin_hash=pin_hash,
            )
        )

    def find(self, name: str) -> tuple[Account, str] | None:
        """Return the account of that name with the hash of its PIN, or None."""
        statement = select(account).where(account.c.folded_name == fold_name(name))
        row = self._connection.execute(statement).one_or_none()
        return None if row is None else (Account(row.id, row.name, Role(row.role)), row.pin_hash)

    def count(self, role: Role) -> int:
        """Return how many accounts have that role."""
        statement = select(func.count()).where(account.c.role == role.value)
        return int(self._connection.execute(statement).scalar_one())

    def set_pin(self, account_id: str, pin_hash: str) -> None:
        """Replace the PIN of an account."""
        self._connection.execute(
            update(account).where(account.c.id == account_id).values(pin_hash=pin_hash)
        )

    def wrong_pins(self, name: str, place: str) -> WrongPins | None:
        """Return the wrong PINs since the last good one, or None."""
        statement = select(wrong_pin).where(_at(name, place))
        row = self._connection.execute(statement).mappings().one_or_none()
        if row is None:
            return None
        last_at = from_text(row["last_at"])
        return WrongPins(row["count"], last_at, row["boot"], row["monotonic_ms"])

    def note_wrong_pin(self, name: str, place: str, count: int, clock: Clock) -> None:
        """Keep how many wrong PINs there were in a row, the last one now."""
        values = {
            "count": count,
            "last_at": to_text(clock.now()),
            "boot": clock.boot,
            "monotonic_ms": int(clock.monotonic_ms()),
        }
        key = {"folded_name": fold_name(name), "place": place}
        statement = upsert(wrong_pin).values(**key, **values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=list(key), set_=values)
        )

    def forget_wrong_pins(self, name: str, place: str) -> None:
        """A good PIN was given."""
        self._connection.execute(delete(wrong_pin).where(_at(name, place)))

    def forget_old_wrong_pins(self, age: timedelta, clock: Clock) -> None:
        """Drop names that nobody has tried for so long: residents may have typed anything."""
        old = wrong_pin.c.last_at < to_text(clock.now() - age)
        oldest_ms = int(clock.monotonic_ms() - age.total_seconds() * 1000)
        really = (wrong_pin.c.boot != clock.boot) | (wrong_pin.c.monotonic_ms < oldest_ms)
        self._connection.execute(delete(wrong_pin).where(old & really))


def _at(name: str, place: str) -> ColumnElement[bool]:
    return (wrong_pin.c.folded_name == fold_name(name)) & (wrong_pin.c.place == place)
