"""Where contributions can be paid, and what becomes of who stopped paying."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.located_json import Record, read_json, version_of


class ChannelKind(StrEnum):
    """A way to pay, as people call it."""

    MINIMARKET = "minimarket"
    AGENT = "agent"
    BANK = "bank"
    BANK_APP = "bank_app"
    WALLET = "wallet"
    SERVICE_APP = "service_app"


@dataclass(frozen=True, slots=True)
class Channel:
    """One kind of place or app and those of its kind, by their own names."""

    kind: ChannelKind
    needs_phone: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Payment:
    """How a contribution is paid with the NIK (brochure of BPJS Ketenagakerjaan, 2026).

    After `inactive_after_unpaid_months` in a row without payment a member is not active; paying
    again with the NIK ends that, with a `fine` or without.
    """

    version: str
    channels: tuple[Channel, ...]
    inactive_after_unpaid_months: int
    fine: bool

    def reached(self, *, with_phone: bool) -> tuple[Channel, ...]:
        """The channels that need a phone, or those that need none."""
        return tuple(one for one in self.channels if one.needs_phone is with_phone)


def parse_payment(text: str, file: str) -> Payment:
    """Read payment_channels.json; raises DataFailure naming the line."""
    root = read_json(text, file)
    stopped = root.record("stopped")
    payment = Payment(
        version=version_of(root, text),
        channels=tuple(_channel(one) for one in root.records("channels")),
        inactive_after_unpaid_months=stopped.whole("inactive_after_unpaid_months"),
        fine=stopped.flag("fine"),
    )
    if payment.inactive_after_unpaid_months < 1:
        raise stopped.refuse("nobody is inactive after no unpaid month")
    kinds = [one.kind for one in payment.channels]
    if len(set(kinds)) != len(kinds):
        raise root.refuse("a kind of channel stands twice")
    if not payment.reached(with_phone=True) or not payment.reached(with_phone=False):
        raise root.refuse("channels with a phone and channels without one are needed")
    return payment


def _channel(given: Record) -> Channel:
    names = given.texts("names")
    if not all(name.strip() for name in names):
        raise given.refuse("a name is blank")
    return Channel(given.one_of("kind", ChannelKind), given.flag("needs_phone"), names)
