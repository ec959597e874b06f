"""Where to pay, and what becomes of who stopped paying, as the shipped file has it."""

import json

import pytest
from samples import RESOURCES

from kiosk.domain.failures import DataFailure
from kiosk.domain.payment import ChannelKind, parse_payment

TEXT = (RESOURCES / "data" / "payment_channels.json").read_text("utf-8")
PAYMENT = parse_payment(TEXT, "payment_channels.json")


def test_there_is_a_way_to_pay_with_a_phone_and_without() -> None:
    without = {one.kind for one in PAYMENT.reached(with_phone=False)}
    assert without == {ChannelKind.MINIMARKET, ChannelKind.AGENT, ChannelKind.BANK}
    with_one = {one.kind for one in PAYMENT.reached(with_phone=True)}
    assert with_one == set(ChannelKind) - without
    assert "Alfamart" in PAYMENT.channels[0].names


def test_after_three_unpaid_months_one_is_not_active_and_owes_no_fine() -> None:
    assert PAYMENT.inactive_after_unpaid_months == 3
    assert not PAYMENT.fine
    stopped = json.loads(TEXT)["stopped"]
    assert stopped["sources"]
    assert stopped["confidence"] == "medium"


@pytest.mark.parametrize(
    ("old", "new", "reason", "named"),
    [
        ('"kind": "agent"', '"kind": "post"', "kind cannot be 'post'", '"post"'),
        ('"kind": "agent"', '"kind": "bank"', "stands twice", "{"),
        ('["BRILink"]', "[]", "not a list of texts", '"agent"'),
        ('["BRILink"]', '[" "]', "a name is blank", '"agent"'),
        ('"needs_phone": true', '"needs_phone": false', "channels with a phone", "{"),
        ('"fine": false', '"fine": 0', "not true or false", '"stopped"'),
        ('unpaid_months": 3', 'unpaid_months": 0', "no unpaid month", '"stopped"'),
    ],
)
def test_a_broken_file_is_refused_with_its_line(
    old: str, new: str, reason: str, named: str
) -> None:
    assert old in TEXT
    broken = TEXT.replace(old, new)
    with pytest.raises(DataFailure, match=reason) as refusal:
        parse_payment(broken, "payment_channels.json")
    assert named in broken.splitlines()[refusal.value.line - 1]
