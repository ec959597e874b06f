"""Who works at the desk with what, and the answers that several use cases share."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.clock import Clock
from kiosk.domain.answers import Facts
from kiosk.domain.staff import Account, Action, Role
from kiosk.storage.audit import Deed
from kiosk.storage.store import Store


class DeskFacts(Facts, Protocol):
    """Facts that can also be had as they were seen on another day."""

    def on(self, day: date) -> Facts: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """One account at work, from signing in to signing out.

    `copies_supervised`: this office lets only its supervisor have copies of slips printed.
    """

    store: Store
    facts: DeskFacts
    clock: Clock
    account: Account
    copies_supervised: bool = False

    def may(self, action: Action) -> bool:
        """Tell whether this account may do something in this office."""
        supervised = self.copies_supervised and action is Action.COPY_SLIP
        allowed = self.account.role is Role.SUPERVISOR if supervised else True
        return allowed and self.account.may(action)

    def refusal(self, action: Action) -> "NotAllowed | None":
        """Return the refusal of what this account may not do, else None."""
        return None if self.may(action) else NotAllowed(action)

    def deed(self, event: str, now: datetime, **details: object) -> Deed:
        """Return what the audit is told."""
        return Deed(event, self.account.id, now, details)


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The account's role does not allow this."""

    action: Action


@dataclass(frozen=True, slots=True)
class NotFound:
    """No registration of this kiosk has this id."""
