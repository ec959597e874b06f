"""Exchanges with the centre, one after the other: what is asked next, and what comes of each."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from kiosk.clock import Clock
from kiosk.domain.centre import Handed, Link, Outcome, Pause
from kiosk.storage.centre import SyncState
from kiosk.storage.funnel import NOTHING_UNTOLD
from kiosk.storage.store import Store
from kiosk.sync.applying import take
from kiosk.sync.exchange import FUNCTION, NotUnderstood, Question, read_reply, write_question
from kiosk.sync.line import (
    OTHER_VERSION,
    Answered,
    CallOutcome,
    NotReached,
    Refused,
    Unreadable,
    Unsafe,
)
from kiosk.sync.pace import Pace, after_failure, after_success, kept_pace, patience_s, pause_s

PROBE = 1
"""So many records are sent while the centre takes no more today: to learn when it does again."""


class Caller(Protocol):
    """The way to the centre, see Line."""

    def call(self, function: str, request: str, patience_s: float) -> CallOutcome: ...


@dataclass(frozen=True, slots=True)
class Went:
    """The centre answered; `go_on` when the next exchange should follow at once. `config` is the
    newest version of the configuration that this kiosk may have, 0 for none."""

    go_on: bool
    config: int = 0


Exchanged = Went | NotReached | Refused | Unsafe


def no_health() -> Mapping[str, Any]:
    """Nothing is known of the kiosk's health."""
    return {}


def never() -> bool:
    """Nobody calls it off."""
    return False


class Talk:
    """Hands in what waits, by one caller, at the pace that the line allows; what fails after it was
    called off is not written down."""

    def __init__(
        self,
        store: Store,
        caller: Caller,
        clock: Clock,
        version: str,
        health: Callable[[], Mapping[str, Any]] = no_health,
        *,
        called_off: Callable[[], bool] = never,
    ) -> None:
        self._store = store
        self._caller = caller
        self._clock = clock
        self._version = version
        self._health = health
        self._called_off = called_off
        self._at_most = 0
        self.pace = self._prepare()

    def once(self) -> Exchanged:
        """Exchange once. Raises StoreFailure when the store cannot be used."""
        question, state = self._ask()
        text = write_question(question)
        size = len(text.encode())
        called = self._caller.call(FUNCTION, text, patience_s(self.pace, size))
        if isinstance(called, Answered):
            return self._take(question, called, size)
        if isinstance(called, Unreadable):
            return self._narrow(question, called)
        if self._called_off():
            # The store may be closed by now.
            return called
        was_sending = isinstance(called, NotReached) and called.was_sending
        self.pace = after_failure(self.pace, was_sending=was_sending)
        self._note(state, called)
        return called

    def pause_s(self) -> float:
        """Return how long to wait after a failure."""
        return pause_s(self.pace.failures, random.random())  # noqa: S311 (no secret)

    def _prepare(self) -> Pace:
        """Let a new version try what the centre rejected, and forget what damage left behind."""
        with self._store.transaction() as record:
            record.identity()
            record.centre.drop_dangling()
            state = record.centre.state()
            if state.version != self._version:
                record.centre.try_again()
                record.centre.keep_state(replace(state, version=self._version))
        return kept_pace(state.batch, state.bytes_per_s)

    def _ask(self) -> tuple[Question, SyncState]:
        health = self._health()
        with self._store.reading() as record:
            identity, centre = record.identity(), record.centre
            state = centre.state()
            size = PROBE if state.pause is Pause.CAP else self._at_most or self.pace.batch
            batch = centre.batch(size)
            question = Question(
                version=self._version,
                incarnation=identity.incarnation,
                kiosk_number=identity.kiosk_number,
                ticket=state.ticket,
                last_receipt=state.last_receipt,
                changes_seen=batch.changes_seen,
                head=centre.head(),
                health=health,
                records=batch.records,
                done=record.orders.to_tell(),
                # A line that has just failed carries what people told first.
                numbers=NOTHING_UNTOLD if self.pace.failures else record.funnel.untold(size),
            )
        return question, state

    def _take(self, question: Question, called: Answered, size: int) -> Exchanged:
        try:
            reply = read_reply(called.reply, question.records)
        except NotUnderstood:
            return self._refused()
        self.pace = after_success(self.pace, len(question.records), size, called.took_s)
        # What spoilt a batch may be gone, or be far behind.
        self._at_most = self._at_most * 2 if self._at_most * 2 < self.pace.batch else 0
        taken = take(self._store, question, reply, self.pace, self._clock.now())
        return Went(taken.go_on, reply.config)

    def _narrow(self, question: Question, called: Unreadable) -> Exchanged:
        """The database cannot take the text: send fewer, down to the record that spoils it."""
        records = question.records
        if not records:
            return self._refused()
        self._at_most = len(records) // 2
        if len(records) == 1:
            spoilt, reason = records[0], f"database_{called.sqlstate.lower()}"
            handed = Handed(spoilt.id, spoilt.revision, Outcome.REJECTED, 0, reason)
            with self._store.transaction() as record:
                record.centre.acknowledge([handed], self._clock.now())
        return Went(go_on=True)

    def _refused(self) -> Refused:
        refused = Refused(OTHER_VERSION)
        self.pace = after_failure(self.pace, was_sending=False)
        with self._store.reading() as record:
            state = record.centre.state()
        self._note(state, refused)
        return refused

    def _note(self, before: SyncState, failed: NotReached | Refused | Unsafe) -> None:
        """Keep how the way stands now, once for each way."""
        link = _LINKS[type(failed)]
        if link is Link.NOT_REACHED and before.link is Link.NEVER_REACHED:
            link = Link.NEVER_REACHED
        if (link, failed.code) == (before.link, before.code):
            return
        since = self._since(before, link)
        with self._store.transaction() as record:
            state = record.centre.state()
            record.centre.keep_state(replace(state, link=link, since=since, code=failed.code))

    def _since(self, before: SyncState, link: Link) -> datetime:
        same = before.link is link and before.since is not None
        return before.since if same and before.since else self._clock.now()


_LINKS: Mapping[type, Link] = {
    NotReached: Link.NOT_REACHED,
    Refused: Link.REFUSED,
    Unsafe: Link.UNSAFE,
}
