"""Which of the configurations that a store keeps the program is composed of.

The newest that works; what does not is refused for good, and the one before counts.
"""

import logging
from dataclasses import dataclass

from kiosk.clock import Clock
from kiosk.composition import Composed, OnScreen, Place, Shipped
from kiosk.domain.configuration import (
    Because,
    Content,
    Document,
    Refused,
    may_run,
    read_document,
)
from kiosk.domain.failures import DataFailure, KioskFailure
from kiosk.languages import TextFlaw
from kiosk.layers import Configuration, put_together
from kiosk.logs.entries import ConfigRefused
from kiosk.storage.configuration import MOST_TRIES, KeptConfiguration
from kiosk.storage.store import Record, Store

log = logging.getLogger("anjungan.kiosk")


@dataclass(frozen=True, slots=True)
class InForce:
    """What the program is composed of: the version of the configuration, 0 for none, and the
    settings that follow from it and from what was set on this kiosk's screen."""

    version: int
    composed: Composed
    found: Configuration


def choose(store: Store, shipped: Shipped, clock: Clock, program: str, *, leads: bool) -> InForce:
    """Return what the program is to be composed of.

    `leads`: this is the kiosk itself, whose starts count. Raises StoreFailure, and what
    put_together() raises where nothing but the machine's file is left.
    """
    with store.reading() as record:
        place, kept = place_of(record), record.configuration.kept()
        here = on_screen(record)
    for one in kept:
        in_force = _composed_of(shipped, place, here, one, program)
        if isinstance(in_force, Refused):
            log.warning(ConfigRefused(one.version, in_force.because))
            with store.transaction() as record:
                record.configuration.refuse(in_force, program, clock.now())
            continue
        if leads and not one.good:
            with store.transaction() as record:
                record.configuration.begin(one.version)
        return in_force
    return _in_force(0, shipped.compose(Content(), place, here), here)


def on_screen(record: Record) -> OnScreen:
    """Return what was set on a kiosk's screen."""
    joined = record.centre.membership() is not None
    return OnScreen(record.settings.in_force(), joined)


def place_of(record: Record) -> Place:
    """Return which kiosk a store is of."""
    return Place(record.centre.state().office, record.identity().kiosk_number)


def _composed_of(
    shipped: Shipped, place: Place, here: OnScreen, kept: KeptConfiguration, program: str
) -> InForce | Refused:
    version = kept.version
    document = _read(kept, program)
    if isinstance(document, Refused):
        return document
    try:
        return _in_force(version, shipped.compose(document.content, place, here), here)
    except TextFlaw as flaw:
        return Refused(version, Because.TEXT, flaw.key)
    except DataFailure as failure:
        return Refused(version, Because.DATA, failure.file)
    except (ValueError, KioskFailure):
        return Refused(version, Because.NOT_TOGETHER)


def _read(kept: KeptConfiguration, program: str) -> Document | Refused:
    if not kept.good and kept.tries >= MOST_TRIES:
        return Refused(kept.version, Because.DID_NOT_START)
    document = read_document(kept.document)
    if isinstance(document, Refused):
        return Refused(kept.version, document.because)
    if not may_run(document.needs, program):
        return Refused(kept.version, Because.NEWER_PROGRAM, document.needs)
    return document


def _in_force(version: int, composed: Composed, here: OnScreen) -> InForce:
    return InForce(version, composed, put_together(composed.layers, here.rows))
