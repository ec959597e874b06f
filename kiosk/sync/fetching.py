"""Fetches the configuration that the centre has for this kiosk, and takes it or says why not.

It counts once nobody is at the kiosk, see ui/renewal.py.
"""

import json
import logging
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from typing import Any, Protocol

from kiosk.clock import Clock
from kiosk.composition import Offered, Place, weigh
from kiosk.domain.configuration import Because, Document, Refused
from kiosk.logs.entries import ConfigRefused, ConfigTaken
from kiosk.storage.configuration import KeptConfiguration
from kiosk.storage.store import Store
from kiosk.sync.line import Answered, CallOutcome

FUNCTION = "kiosk_api.fetch_config"
PATIENCE_S = 120.0
"""A megabyte on a line of 2G takes about a minute."""

FlawOf = Callable[[Document, Place], Refused | None]
log = logging.getLogger("anjungan.sync")


class Caller(Protocol):
    """The way to the centre, see Line."""

    def call(self, function: str, request: str, patience_s: float) -> CallOutcome: ...


def is_wanted(store: Store, newest: int, program: str) -> bool:
    """Tell whether to fetch: it is newer, and this program has not refused it before."""
    with store.reading() as record:
        have, before = record.configuration.newest(), record.configuration.refused()
    known = before is not None and (before.refused.version, before.program) == (newest, program)
    return newest > have and not known


def fetch(
    store: Store, caller: Caller, clock: Clock, program: str, flaw_of: FlawOf
) -> Document | Refused | None:
    """Take the newest configuration, or keep why not; None when none came.

    Raises StoreFailure.
    """
    with store.reading() as record:
        have, trusted = record.configuration.newest(), record.configuration.trusted()
        place = Place(record.centre.state().office, record.identity().kiosk_number)
    called = caller.call(FUNCTION, json.dumps({"have": have}), PATIENCE_S)
    offered = _offered(called.reply) if isinstance(called, Answered) else None
    if offered is None:
        return None
    weighed = weigh(offered, trusted, have, program, lambda document: flaw_of(document, place))
    now = clock.now()
    if isinstance(weighed, Refused):
        with store.transaction() as record:
            # Under the number that the centre gives it: under that it would be fetched again.
            kept = Refused(offered.version, weighed.because, weighed.what)
            record.configuration.refuse(kept, program, now)
        log.warning(ConfigRefused(offered.version, weighed.because))
        return weighed
    if weighed.version != offered.version:
        return Refused(offered.version, Because.UNREADABLE)
    with store.transaction() as record:
        taken = KeptConfiguration(weighed.version, offered.document, offered.signature)
        record.configuration.take(taken, weighed.keys, now)
    log.info(ConfigTaken(weighed.version))
    return weighed


def _offered(reply: Any) -> Offered | None:
    try:
        version, signature = reply["version"], reply["signature"]
        if type(version) is not int or not isinstance(signature, str):
            return None
        return Offered(version, b64decode(reply["document"], validate=True), signature)
    except (KeyError, TypeError, ValueError, NotBase64):
        return None
