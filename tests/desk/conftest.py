"""What the desk's tests share."""

import pytest
from office import CLERK, desk_of
from samples import StillClock

from kiosk.desk.session import Desk
from kiosk.storage.store import Store


@pytest.fixture
def desk(store: Store, clock: StillClock) -> Desk:
    """The desk with a clerk at it."""
    return desk_of(CLERK, store, clock)
