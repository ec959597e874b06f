"""One exchange with the centre: what is asked, and what its answer says."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.domain.audit import ChainWhole
from kiosk.domain.centre import CentreChange, Handed, Outcome, Pause
from kiosk.domain.fleet import LONGEST_MESSAGE, CommandKind, Order
from kiosk.storage.outgoing import Outgoing
from kiosk.sync.payload import record_of

PROTOCOL = 1
FUNCTION = "kiosk_api.exchange"
_KINDS = frozenset(CommandKind)
"""What else a newer centre may order stays open there."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the kiosk says: who it is, how far it is, and its records."""

    version: str
    incarnation: str
    kiosk_number: str
    ticket: str
    last_receipt: int
    changes_seen: int
    head: ChainWhole
    health: Mapping[str, Any]
    records: Sequence[Outgoing]
    done: Sequence[tuple[int, str]] = ()
    """What became of orders."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the centre says; see Handed, CentreChange and Pause.

    `backed_up` is the receipt up to which a verified backup holds this kiosk's records.
    `again_after`: the centre was restored and has nothing after that receipt. `copied`: another
    copy of this store was at the centre later, and nothing was taken. `config` is the newest
    version of the configuration that this kiosk may have, `office` the code of its office.
    """

    ticket: str
    handed: tuple[Handed, ...]
    changes: tuple[CentreChange, ...]
    more_changes: bool
    backed_up: int
    again_after: int | None
    copied: bool
    pause: Pause
    config: int = 0
    orders: tuple[Order, ...] = ()
    office: str = ""


class NotUnderstood(Exception):
    """The answer is none of this protocol."""


def write_question(question: Question) -> str:
    """Return the request's text."""
    head = question.head
    request = {
        "protocol": PROTOCOL,
        "version": question.version,
        "incarnation": question.incarnation,
        "kiosk_number": question.kiosk_number,
        "ticket": question.ticket,
        "last_receipt": question.last_receipt,
        "records": [record_of(one) for one in question.records],
        "changes_seen": question.changes_seen,
        "anchor": {"entries": head.entries, "link": head.head} if head.entries else None,
        "health": dict(question.health),
        "done": [list(one) for one in question.done],
    }
    return json.dumps(request, ensure_ascii=False, separators=(",", ":"))


def read_reply(reply: Any, sent: Sequence[Outgoing]) -> Reply:
    """Return what an answer says about the records that were sent; raises NotUnderstood."""
    try:
        return _read(reply, {one.id: one.revision for one in sent})
    except (KeyError, TypeError, ValueError, AttributeError):
        raise NotUnderstood from None


def _read(reply: Any, sent: Mapping[str, int]) -> Reply:
    if reply["protocol"] != PROTOCOL:
        raise ValueError
    again_after = reply["again_after"]
    return Reply(
        ticket=_text(reply["ticket"]),
        handed=tuple(_handed(one, sent) for one in reply["outcomes"]),
        changes=tuple(_change(one) for one in reply["changes"]),
        more_changes=bool(reply["more_changes"]),
        backed_up=_number(reply["backed_up"]),
        again_after=None if again_after is None else _number(again_after),
        copied=reply["copied"] is True,
        pause=Pause(reply["pause"]),
        # A centre that was not brought up to date yet says nothing of these.
        config=_number(reply.get("config", 0)),
        orders=tuple(_order(one) for one in reply.get("commands", ()) if one["kind"] in _KINDS),
        office=_text(reply.get("kiosk", {}).get("office", "")),
    )


def _order(told: Any) -> Order:
    message = _text(told["message"])[:LONGEST_MESSAGE]
    return Order(_number(told["id"]), CommandKind(told["kind"]), message, _text(told["by"])[:80])


def _handed(told: Any, sent: Mapping[str, int]) -> Handed:
    id_, revision, outcome, receipt, reason = told
    # An answer about anything else must not take it out of the outbox.
    if sent[id_] != revision:
        raise ValueError
    return Handed(id_, revision, Outcome(outcome), _number(receipt), _text(reason))


def _change(told: Any) -> CentreChange:
    fields = {_text(name): value for name, value in told["fields"].items()}
    if not all(type(value) in {str, int} for value in fields.values()):
        raise ValueError
    return CentreChange(
        seq=_number(told["seq"]),
        registration_id=_text(told["id"]),
        revision=_number(told["revision"]),
        base_revision=_number(told["base_revision"]),
        fields=fields,
        decided=told["decided"] is True,
    )


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
