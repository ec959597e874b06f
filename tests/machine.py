"""A machine whose clock can be set, and which can be started anew."""

from datetime import datetime, timedelta

from samples import NOW


class MachineClock:
    """Its time of day and its monotonic measure go together until somebody sets the first."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment
        self.boots = 1
        self.passed_ms = 5_000.0

    def now(self) -> datetime:
        return self.moment

    def monotonic_ms(self) -> float:
        return self.passed_ms

    @property
    def boot(self) -> str:
        return f"boot-{self.boots}"

    @property
    def is_trusted(self) -> bool:
        return True

    def let_pass(self, by: timedelta) -> None:
        self.moment += by
        self.passed_ms += by.total_seconds() * 1000

    def set_to(self, moment: datetime) -> None:
        self.moment = moment

    def start_anew(self, off: timedelta = timedelta(minutes=1)) -> None:
        self.moment += off
        self.boots, self.passed_ms = self.boots + 1, 5_000.0
