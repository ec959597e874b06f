"""The readiness report at the desk: what wants a person, what to do, and its paper."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.clock import local
from kiosk.desk.session import NotAllowed
from kiosk.domain.staff import Action
from kiosk.domain.wording import moment_words
from kiosk.handover.exchange import Place, find_places
from kiosk.morning import Report, is_due, look_again, see
from kiosk.readiness import Finding, State
from kiosk.settings import PaperName
from printing.spooler import Page
from ui.models.desk.host import DeskHost
from ui.situation import situation_of

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

TOLD_MAX = 2
_TONES = {
    State.BAD: ("brick", "warning"),
    State.ATTENTION: ("amber", "eye"),
    State.GOOD: ("leaf", "check-circle"),
}
_NEEDS = {
    "printer": Action.MIND_PRINTER,
    "copies": Action.KEEP_COPIES,
    "data": Action.LOAD_DATA,
    "centre": Action.MIND_CENTRE,
}
"""What who does something about a topic must be allowed; the page is called like the topic."""


@QmlElement
class ReadinessModel(QObject):
    """Shows the last report; the page makes the day's if nobody has so far."""

    changed = Signal()

    def __init__(self, host: DeskHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._report: Report | None = None
        self._looking = False

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Show the last report, or make the day's."""
        self._read(then_make=True)

    def look(self) -> None:
        """Read the last report, for the line over every page."""
        self._read(then_make=False)

    def leave(self) -> None:
        """It is told on every page."""

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._report, self._looking = None, False
        self.changed.emit()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self.changed.emit()

    def _read(self, *, then_make: bool) -> None:
        desk = self._host.session
        if desk is None or not desk.may(Action.SEE_READINESS):
            return

        def seen(report: Report | NotAllowed | None) -> None:
            self._take(report)
            if then_make and is_due(self._report, self._host.services.clock.now()):
                self.again()

        self._host.run(lambda: see(desk), seen)

    def _take(self, report: Report | NotAllowed | None) -> None:
        self._looking = False
        if not isinstance(report, NotAllowed):
            self._report = report
        self.changed.emit()

    # ------------------------------------------------------------ what QML reads

    @Property(str, notify=changed)
    def alarm(self) -> str:
        """What must not be overlooked on whatever page, with how much else there is."""
        pressing = self._report.pressing if self._report else ()
        if not pressing:
            return ""
        texts, more = self._host.texts, len(pressing) - TOLD_MAX
        said = [one.said(texts) for one in pressing[:TOLD_MAX]]
        if more > 0:
            said.append(texts.say("desk.readiness.more", count=more))
        return " ".join(said)

    @Property(bool, notify=changed)
    def grave(self) -> bool:
        """Whether what is told cannot wait."""
        pressing = self._report.pressing if self._report else ()
        return any(one.state is State.BAD for one in pressing)

    @Property(bool, notify=changed)
    def looking(self) -> bool:
        return self._looking

    @Property(str, notify=changed)
    def title(self) -> str:
        """How much there is to do."""
        if self._report is None:
            return self._host.texts.say("desk.readiness.title")
        count = len(self._report.to_see_to)
        if not count:
            return self._host.texts.say("desk.readiness.all_good")
        return self._host.texts.say("desk.readiness.count", count=count)

    @Property(str, notify=changed)
    def made(self) -> str:
        if self._report is None:
            return ""
        when = moment_words(local(self._report.made_at), self._host.texts)
        return self._host.texts.say("desk.readiness.made", when=when)

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, Any]]:
        if self._report is None:
            return []
        good = tuple(one for one in self._report.findings if one.state is State.GOOD)
        return [self._line(one) for one in (*self._report.to_see_to, *good)]

    def _line(self, one: Finding) -> dict[str, Any]:
        texts, desk = self._host.texts, self._host.session
        tone, icon = _TONES[one.state]
        needs = None if one.state is State.GOOD else _NEEDS.get(one.topic)
        page = one.topic if needs and desk is not None and desk.may(needs) else ""
        return {
            "topic": one.topic,
            "title": texts.say(f"readiness.topic.{one.topic}"),
            "said": one.said(texts),
            "todo": one.to_do(texts),
            "tag": texts.say(f"readiness.{one.state.value}"),
            "tone": tone,
            "icon": icon,
            "page": page,
            "label": texts.say(f"desk.page.{page}") if page else "",
        }

    # ------------------------------------------------------------ what is done

    @Slot()
    def again(self) -> None:
        """Look at everything now."""
        desk, services = self._host.session, self._host.services
        if desk is None or self._looking:
            return
        self._looking = True
        self.changed.emit()
        self._host.run(lambda: look_again(desk, situation_of(services)), self._take)

    @Slot()
    def print(self) -> None:
        host, report = self._host, self._report
        if report is None:
            return
        texts, settings, page_id = host.texts, host.services.settings, host.new_page()

        def make() -> Page:
            from printing.readiness_page import (  # noqa: PLC0415 (ReportLab)
                readiness_name,
                render_readiness,
            )

            return Page(
                page_id,
                readiness_name(report),
                lambda: render_readiness(report, settings, texts),
            )

        host.run(make, host.services.printing.print_page)
        host.tell("desk.readiness.printed")

    @Slot()
    def save(self) -> None:
        """Write the report as a PDF to the first stick, else into the office's folder."""
        host, report = self._host, self._report
        if report is None:
            return
        settings, texts = host.services.settings, host.texts
        sheet = replace(settings, printer="", paper=PaperName.A4)

        def write() -> tuple[str, str]:
            from printing.readiness_page import (  # noqa: PLC0415 (ReportLab)
                readiness_name,
                render_readiness,
            )

            name = f"{readiness_name(report)}.pdf"
            page = render_readiness(report, sheet, texts)
            return _write_to_a_place(find_places(settings.exchange_folder), name, page), name

        host.run(write, self._saved)

    def _saved(self, saved: tuple[str, str]) -> None:
        place, file = saved
        if place:
            self._host.tell("desk.batches.written", file=file, place=place)
        else:
            self._host.warn("desk.files.no_place")


def _write_to_a_place(places: tuple[Place, ...], name: str, content: bytes) -> str:
    """Write to the first place that takes it; returns what it is called, "" for none."""
    for place in places:
        target = place.folder / name
        try:
            target.write_bytes(content)
        except OSError:
            _remove(target)
        else:
            return place.name
    return ""


def _remove(half: Path) -> None:
    try:
        half.unlink(missing_ok=True)
    except OSError:
        return
