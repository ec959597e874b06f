"""What the desk's tests share."""

import pytest
from samples import StillClock

from kiosk.desk.session import Desk
from kiosk.storage.store import Store

from .office import CLERK, desk_of


@pytest.fixture
def desk(store: Store, clock: StillClock) -> Desk:
    """The desk with a clerk at it."""
    return desk_of(CLERK, store, clock)
