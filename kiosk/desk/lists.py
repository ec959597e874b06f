"""The list in its views, and the search over all of it."""

from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.desk import After, Found, Overview, Page, View
from kiosk.domain.search import read_query
from kiosk.domain.staff import Action

PAGE_SIZE = 50
FOUND_MAX = 20
"""More than fits on the screen is not read: one types another letter instead."""

READ_AT_ONCE = 250
"""Entries that the search takes in within one transaction, so that a resident's registration
never waits long for it."""


def overview(desk: Desk) -> Overview | NotAllowed:
    """Count every view."""
    refused = desk.refusal(Action.SEE)
    if refused:
        return refused
    now = desk.clock.now()
    with desk.store.reading() as record:
        counts = {view: record.desk.count(view, now) for view in View}
        return Overview(counts, record.desk.count_late(now))


def page(desk: Desk, view: View, after: After | None = None) -> Page | NotAllowed:
    """Return the next lines of a view, from its beginning or after those of another page.

    Who waits longest stands first; of today and of all the newest.
    """
    refused = desk.refusal(Action.SEE)
    if refused:
        return refused
    now = desk.clock.now()
    with desk.store.reading() as record:
        return record.desk.page(view, after, PAGE_SIZE, now)


def search(desk: Desk, text: str) -> Found | NotAllowed:
    """Return whom a typed text finds: the beginnings of the words of a name, in any order, or the
    first or last digits of a number, NIK or telephone.

    What was registered since the last search is looked through first. See Found.unread for the
    first search of a full store; catch_up() brings it to an end.
    """
    refused = desk.refusal(Action.SEE)
    if refused:
        return refused
    query = read_query(text)
    if query is None:
        return Found((), more=False, unread=0)
    catch_up(desk)
    with desk.store.reading() as record:
        return record.desk.search(query, FOUND_MAX, desk.clock.now())


def catch_up(desk: Desk) -> int:
    """Let the search take in what is new, a little at a time; returns what is left to take in.

    Called again and again until nothing is left it makes the index of a full store.
    """
    with desk.store.reading() as record:
        unread = record.desk.unread()
    if not unread:
        return 0
    with desk.store.transaction() as record:
        record.desk.read_on(READ_AT_ONCE)
    return max(0, unread - READ_AT_ONCE)
