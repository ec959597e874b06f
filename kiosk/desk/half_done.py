"""Work left in the middle: kept, encrypted, for who left it, until they sign in again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from kiosk.clock import Clock
from kiosk.desk.session import Desk
from kiosk.domain.staff import Account
from kiosk.storage.store import Store

KEPT_FOR = timedelta(hours=12)
"""Until the end of a working day: it holds what somebody said about themselves."""


@dataclass(frozen=True, slots=True)
class HalfDone:
    """A form by its name, and what stood in its fields."""

    form: str
    values: Mapping[str, str]


def keep(desk: Desk, work: HalfDone) -> None:
    """Keep a form in place of what this account left before."""
    with desk.store.transaction() as record:
        record.staff.keep_half_done(desk.account.id, work.form, work.values, desk.clock.now())


def take_back(
    store: Store, account: Account, clock: Clock, kept_for: timedelta = KEPT_FOR
) -> HalfDone | None:
    """Return what this account left, and keep it no longer; what is too old is destroyed."""
    now = clock.now()
    with store.transaction() as record:
        record.staff.drop_half_done_before(now - kept_for)
        found = record.staff.take_half_done(account.id)
    return HalfDone(*found) if found else None
