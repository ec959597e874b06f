"""What the tests of chaos share."""

from collections.abc import Iterator

import pytest

from .playing import Player, player


@pytest.fixture(scope="module")
def acting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    """Plays acts under the shim; copies of a kiosk are not taken for copies."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk.storage.mending.home_of", lambda _folder: "")
        with player(tmp_path_factory.mktemp("acting")) as made:
            yield made
