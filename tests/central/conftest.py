"""What the tests of the centre share."""

from collections.abc import Iterator

import pytest

from central.fixtures import Centre
from central.kiosks import Kiosks


@pytest.fixture
def kiosks(centre: Centre) -> Iterator[Kiosks]:
    """Makes kiosks with a login at the test's centre."""
    made = Kiosks(centre)
    yield made
    made.close()
