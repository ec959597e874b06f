"""Carries out those orders of the kabupaten's admin that disturb nobody at the kiosk.

Locking and beginning anew wait until nobody is here, see ui/renewal.py.
"""

import json
import logging
from base64 import b64encode
from collections.abc import Callable

from kiosk.clock import Clock
from kiosk.domain.failures import KioskFailure
from kiosk.domain.fleet import LARGEST_BUNDLE, CommandKind, Order, OrderResult
from kiosk.logs.entries import OrderDone, failed
from kiosk.storage.store import Store
from kiosk.sync.fetching import Caller
from kiosk.sync.line import Answered
from kiosk.sync.reconciling import reconcile

PUT_BUNDLE = "kiosk_api.put_bundle"
PATIENCE_S = 120.0

log = logging.getLogger("anjungan.sync")


def obey(store: Store, caller: Caller, clock: Clock, bundle: Callable[[], bytes]) -> bool:
    """Carry out what can be now; tells whether the centre has to hear of something.

    `bundle` returns the diagnostics. Raises StoreFailure.
    """
    with store.reading() as record:
        orders = record.orders.open()
    found = False
    for order in orders:
        result = _result_of(order, store, caller, clock, bundle)
        if result:
            with store.transaction() as record:
                record.orders.done(order, result, clock.now())
            log.info(OrderDone(order.kind, result))
            found = True
    return found


def _result_of(
    order: Order, store: Store, caller: Caller, clock: Clock, bundle: Callable[[], bytes]
) -> OrderResult | None:
    """What came of an order; None for one that is not for this thread, or goes once more."""
    if order.kind is CommandKind.SYNC:
        try:
            reconcile(store, caller, clock)
        except KioskFailure as failure:
            log.warning(failed(failure))
            return OrderResult.FAILED
        return OrderResult.DONE
    if order.kind is CommandKind.DIAGNOSTICS:
        return _send(order, caller, bundle)
    return None


def _send(order: Order, caller: Caller, bundle: Callable[[], bytes]) -> OrderResult | None:
    try:
        content = bundle()
    except (OSError, KioskFailure):
        return OrderResult.FAILED
    if len(content) > LARGEST_BUNDLE:
        return OrderResult.TOO_LARGE
    request = {"id": order.id, "content": b64encode(content).decode("ascii")}
    called = caller.call(PUT_BUNDLE, json.dumps(request), PATIENCE_S)
    if not isinstance(called, Answered):
        return None
    is_there = called.reply == {"outcome": "stored"}
    return OrderResult.DONE if is_there else OrderResult.FAILED
