"""The staff within the transaction of a Record: accounts, wrong PINs, what was left half done."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.clock import Clock
from kiosk.domain.staff import Account, Role, fold_name
from kiosk.storage.audit import Deed, add_entry
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.tables import account, half_done, store_fact, wrong_pin

CENTRE_LOGIN = "centre_login:"
"""The fact that keeps an account's login of the centre, before the account's id."""


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
                switched_off=new.switched_off,
            )
        )

    def find(self, name: str) -> tuple[Account, str] | None:
        """Return the account of that name with the hash of its PIN, or None."""
        return self._one(account.c.folded_name == fold_name(name))

    def get(self, account_id: str) -> tuple[Account, str] | None:
        """Return the account of that id with the hash of its PIN, or None."""
        return self._one(account.c.id == account_id)

    def _one(self, where: ColumnElement[bool]) -> tuple[Account, str] | None:
        row = self._connection.execute(select(account).where(where)).one_or_none()
        return None if row is None else (_account(row), row.pin_hash)

    def all(self) -> tuple[Account, ...]:
        """Return every account by name, also those switched off."""
        rows = self._connection.execute(select(account).order_by(account.c.folded_name))
        return tuple(_account(row) for row in rows)

    def names(self) -> Mapping[str, str]:
        """Return the name of every account by its id, also of those switched off."""
        rows = self._connection.execute(select(account.c.id, account.c.name))
        return {row.id: row.name for row in rows}

    def count(self, role: Role) -> int:
        """Return how many accounts that can sign in have that role."""
        statement = select(func.count()).where(
            account.c.role == role.value, account.c.switched_off == 0
        )
        return int(self._connection.execute(statement).scalar_one())

    def set_pin(self, account_id: str, pin_hash: str) -> None:
        """Replace the PIN of an account."""
        self._change(account_id, pin_hash=pin_hash)

    def switch(self, account_id: str, *, off: bool) -> None:
        """Let an account sign in no more, or again."""
        self._change(account_id, switched_off=off)

    def _change(self, account_id: str, **values: object) -> None:
        self._connection.execute(update(account).where(account.c.id == account_id).values(values))

    def centre_login(self, account_id: str) -> str:
        """Return the sealed login of the centre that an account keeps here, empty for none."""
        kept = select(store_fact.c.value).where(store_fact.c.name == CENTRE_LOGIN + account_id)
        return self._connection.execute(kept).scalar() or ""

    def keep_centre_login(self, account_id: str, sealed: str) -> None:
        """Keep a sealed login of the centre, in place of the one before."""
        kept = upsert(store_fact).values(name=CENTRE_LOGIN + account_id, value=sealed)
        self._connection.execute(
            kept.on_conflict_do_update(index_elements=["name"], set_={"value": sealed})
        )

    def drop_centre_login(self, account_id: str) -> None:
        """Keep no login of the centre for this account."""
        mine = store_fact.c.name == CENTRE_LOGIN + account_id
        self._connection.execute(delete(store_fact).where(mine))

    def note(self, deed: Deed) -> None:
        """Write an audit entry that is about the staff and no registration."""
        add_entry(self._connection, "", deed)

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

    def end_waits(self, name: str) -> None:
        """The account has a new PIN: nobody waits for the old one, at no place."""
        self._connection.execute(
            delete(wrong_pin).where(wrong_pin.c.folded_name == fold_name(name))
        )

    def forget_old_wrong_pins(self, age: timedelta, clock: Clock) -> None:
        """Drop names that nobody has tried for so long: residents may have typed anything."""
        old = wrong_pin.c.last_at < to_text(clock.now() - age)
        oldest_ms = int(clock.monotonic_ms() - age.total_seconds() * 1000)
        really = (wrong_pin.c.boot != clock.boot) | (wrong_pin.c.monotonic_ms < oldest_ms)
        self._connection.execute(delete(wrong_pin).where(old & really))

    def keep_half_done(
        self, account_id: str, form: str, entered: Mapping[str, str], at: datetime
    ) -> None:
        """Keep what stood in a form, in place of what was kept before."""
        values = {
            "form": form,
            "entered": json.dumps(dict(entered), ensure_ascii=False),
            "at": to_text(at),
        }
        statement = upsert(half_done).values(account_id=account_id, **values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["account_id"], set_=values)
        )

    def take_half_done(self, account_id: str) -> tuple[str, Mapping[str, str]] | None:
        """Return a form and what stood in it, and keep it no longer."""
        mine = half_done.c.account_id == account_id
        row = self._connection.execute(select(half_done).where(mine)).one_or_none()
        self._connection.execute(delete(half_done).where(mine))
        return None if row is None else (row.form, json.loads(row.entered))

    def drop_half_done_before(self, moment: datetime) -> None:
        """Destroy what was left before a moment."""
        self._connection.execute(delete(half_done).where(half_done.c.at < to_text(moment)))


def _account(row: Row[Any]) -> Account:
    return Account(row.id, row.name, Role(row.role), bool(row.switched_off))


def _at(name: str, place: str) -> ColumnElement[bool]:
    return (wrong_pin.c.folded_name == fold_name(name)) & (wrong_pin.c.place == place)
