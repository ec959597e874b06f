"""The day's end on the screen: today, or a day that is chosen, and its paper."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.clock import local
from kiosk.desk.recap import note_printed, recap
from kiosk.desk.session import NotAllowed
from kiosk.domain.recap import Recap
from kiosk.domain.wording import date_words, moment_words
from printing.spooler import Page
from ui.models.desk.host import DeskHost
from ui.models.desk.recap_view import Block, recap_columns
from ui.models.desk.record_forms import read_date

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class RecapModel(QObject):
    """Reads what was done on a day, which takes as long as checking the whole audit."""

    changed = Signal()

    def __init__(self, host: DeskHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._day: date | None = None
        self._recap: Recap | None = None
        self._wrong = ""

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Read today."""
        self._show(self._host.facts.today)

    def leave(self) -> None:
        """A recap is of the moment at which it was made: the next time it is made anew."""
        self._day, self._recap, self._wrong = None, None, ""
        self.changed.emit()

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self.leave()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self._wrong = ""
        self.changed.emit()

    def _show(self, day: date) -> None:
        desk = self._host.session
        if desk is None:
            return
        self._day, self._recap, self._wrong = day, None, ""
        self.changed.emit()
        self._host.run(lambda: recap(desk, day), self._seen)

    def _seen(self, outcome: Recap | NotAllowed) -> None:
        if isinstance(outcome, Recap) and outcome.day == self._day:
            self._recap = outcome
            self.changed.emit()

    # ------------------------------------------------------------ what QML reads

    @Property(bool, notify=changed)
    def working(self) -> bool:
        return self._day is not None and self._recap is None

    @Property(str, notify=changed)
    def dayText(self) -> str:
        return date_words(self._day, self._host.texts) if self._day else ""

    @Property(str, notify=changed)
    def digits(self) -> str:
        """The day as it is typed."""
        return f"{self._day:%d-%m-%Y}" if self._day else ""

    @Property(str, notify=changed)
    def wrong(self) -> str:
        return self._wrong

    @Property(bool, notify=changed)
    def isToday(self) -> bool:
        return self._day == self._host.facts.today

    @Property(bool, notify=changed)
    def empty(self) -> bool:
        return self._recap is not None and self._recap.is_empty

    @Property(str, notify=changed)
    def made(self) -> str:
        """When, and by whom: the figures are of that moment."""
        if self._recap is None:
            return ""
        when = moment_words(local(self._recap.made_at), self._host.texts)
        return self._host.texts.say("desk.recap.made", when=when, staff=self._recap.made_by)

    @Property(list, notify=changed)
    def columns(self) -> list[list[dict[str, Any]]]:
        if self._recap is None:
            return []
        columns = recap_columns(self._recap, self._host.facts.work, self._host.texts)
        return [[_shown(block) for block in column] for column in columns]

    # ------------------------------------------------------------ what is done

    @Slot(int)
    def step(self, days: int) -> None:
        """Show the day before, or the one after; none that has not come."""
        if self._day is not None:
            day = self._day + timedelta(days=days)
            if day <= self._host.facts.today:
                self._show(day)

    @Slot()
    def today(self) -> None:
        self._show(self._host.facts.today)

    @Slot(str)
    def choose(self, typed: str) -> None:
        """Show the day that was typed."""
        day = read_date("".join(one for one in typed if one.isdecimal()))
        if day is None or day > self._host.facts.today:
            key = "desk.problem.no_date" if day is None else "desk.problem.paid_in_future"
            self._wrong = self._host.texts.say(key)
            self.changed.emit()
        else:
            self._show(day)

    @Slot()
    def print(self) -> None:
        host, shown = self._host, self._recap
        desk = host.session
        if shown is None or desk is None:
            return
        page_id, texts, services = host.new_page(), host.texts, host.services

        def make() -> Page:
            from printing.recap_page import recap_name, render_recap  # noqa: PLC0415 (ReportLab)

            note_printed(desk, shown)
            work, settings = host.facts.work, services.settings
            return Page(
                page_id, recap_name(shown), lambda: render_recap(shown, settings, work, texts)
            )

        host.run(make, services.printing.print_page)
        host.tell("desk.told.recap_printed")


def _shown(block: Block) -> dict[str, Any]:
    lines = [asdict(line) for line in block.lines]
    return {"title": block.title, "lead": block.lead, "lines": lines}
