"""Stands on the screen until staff have typed the passphrase of the keys."""

from collections.abc import Callable, Mapping
from functools import partial

from kiosk.clock import Clock
from kiosk.domain.texts import Texts
from kiosk.keys import KeyFailure, Unlocked, open_ring
from kiosk.settings import Settings
from ui.bugs import log_bug
from ui.jobs import Jobs
from ui.keyboard import Keyboard
from ui.models import KioskModel, UnlockModel
from ui.window import KioskWindow


class UnlockScreen:
    """Asks for the passphrase; `on_end` gets the opened keys, or a failure of another kind."""

    def __init__(
        self,
        settings: Settings,
        texts: Mapping[str, Texts],
        clock: Clock,
        on_end: Callable[[Unlocked | KeyFailure], None],
    ) -> None:
        self._kiosk = KioskModel(settings, texts, clock)
        self._jobs = Jobs(lambda bug: on_end(KeyFailure(log_bug(bug), "a mistake in the program")))
        unlock = partial(_unlock, settings)
        self.model = UnlockModel(unlock, self._jobs, self._kiosk)
        self.model.ended.connect(on_end)
        self._window = KioskWindow("Unlock.qml", self._kiosk, {"lock": self.model})
        self.window = self._window.quick
        self.keyboard = Keyboard(self.window, self._kiosk, clock, self._kiosk)

    def show(self, *, windowed: bool) -> None:
        """Open an ordinary window, or one that holds the screen."""
        self._window.show(windowed=windowed)

    def close(self) -> None:
        """Take the window down before what it shows."""
        self._jobs.stop()
        self.keyboard.close()
        self._window.close()


def _unlock(settings: Settings, passphrase: str) -> Unlocked:
    return open_ring(settings.keys_folder, may_create=False, passphrase=passphrase)
