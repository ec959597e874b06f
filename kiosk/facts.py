"""What this office's answers are judged against: today, its settings, and the data in force."""

from copy import copy
from datetime import date

from kiosk.clock import Clock, local_date
from kiosk.data import Data
from kiosk.domain.regions import Regions
from kiosk.domain.tariff import Tariff
from kiosk.domain.work import Work
from kiosk.settings import Settings


class OfficeFacts:
    """The facts of kiosk.domain.answers, read from the clock, the settings and the loaded data."""

    def __init__(self, data: Data, settings: Settings, clock: Clock) -> None:
        self._data = data
        self._clock = clock
        self._day: date | None = None
        self.home_kecamatan = settings.kecamatan_code
        self.asks_birthplace = settings.ask_birthplace
        self.asks_mother_name = settings.ask_mother_name
        self.draft_minutes = settings.draft_minutes

    @property
    def today(self) -> date:
        """The office's calendar day."""
        return self._day or local_date(self._clock.now())

    @property
    def day_is_sure(self) -> bool:
        """Whether today is the day that the machine's clock tells, and not the last trusted one."""
        return self._day is not None or self._clock.is_trusted

    def on(self, day: date) -> "OfficeFacts":
        """Return the same facts as if that day were today."""
        then = copy(self)
        then._day = day
        return then

    @property
    def work(self) -> Work:
        """Segments and jobs."""
        return self._data.work

    @property
    def tariff(self) -> Tariff:
        """Contributions."""
        return self._data.tariff

    @property
    def regions(self) -> Regions:
        """Places; parsed when first asked for."""
        return self._data.regions
