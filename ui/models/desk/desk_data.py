"""The tariff and the benefits of this kiosk, which its admin loads where no centre sends any."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import assert_never

from kiosk import data_loading
from kiosk.comparing import Considered, DataSeen, Outcome
from kiosk.data_loading import Loaded, OfTheCentre
from kiosk.desk.session import NotAllowed
from ui.models.desk.data_view import DataWords
from ui.models.desk.host import DeskHost

_OF_THE_CENTRE = "desk.data.of_the_centre"
_WORDS: Mapping[bool, DataWords] = {
    False: DataWords("desk.data.by_file", "desk.data.load"),
    True: DataWords(_OF_THE_CENTRE, "", also=_OF_THE_CENTRE),
}


class DeskData:
    """Reads and loads for who is signed in at the desk."""

    def __init__(self, host: DeskHost) -> None:
        self._host = host

    def words(self, seen: DataSeen) -> DataWords:
        """Return what the page says of who changes the data."""
        return _WORDS[seen.joined]

    def looking(self) -> Callable[[], DataSeen | NotAllowed] | None:
        """Return what looks how the data stand; None while nobody is signed in."""
        desk, data = self._host.session, self._host.services.data
        return (lambda: data_loading.look(desk, data)) if desk else None

    def comparing(self, path: Path) -> Callable[[], Outcome | NotAllowed] | None:
        """Return what reads a file."""
        desk, data = self._host.session, self._host.services.data
        return (lambda: data_loading.consider(desk, data, path)) if desk else None

    def load(self, considered: Considered, loaded: Callable[[str], None]) -> None:
        """Keep a file as it was looked at; `loaded` gets the key of what became of it."""
        desk, data = self._host.session, self._host.services.data

        def told(outcome: Loaded | OfTheCentre | NotAllowed) -> None:
            match outcome:
                case Loaded(_, at_once):
                    loaded("desk.data.loaded_now" if at_once else "desk.data.loaded")
                    self._host.tell("desk.data.kept")
                case OfTheCentre():
                    self._host.warn(_OF_THE_CENTRE)
                case NotAllowed():
                    self._host.warn("desk.problem.not_allowed")
                case _:
                    assert_never(outcome)

        if desk is not None:
            self._host.run(lambda: data_loading.load(desk, data, considered), told)
