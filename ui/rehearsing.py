"""Tries a draft of the configuration before it is published: a visit in every language, every slip.

In a process of its own without a screen, as the kiosk itself is put together: what it could not
begin with shows here.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtQuick import QQuickItem

from kiosk.clock import local_date
from kiosk.composition import Place
from kiosk.domain.configuration import Content, Document, Refused, read_document, write_document
from kiosk.domain.failures import KioskFailure
from kiosk.domain.fleet import Problem
from kiosk.editing.files import carried
from kiosk.facts import OfficeFacts
from kiosk.keys import open_keys
from kiosk.opening import store_keys
from kiosk.settings import Settings, TextSize
from kiosk.storage.configuration import KeptConfiguration
from kiosk.storage.store import open_store
from printing.layout_check import Trial
from printing.papers import PAPERS
from ui.app import KioskApp, make_application
from ui.demo import EXAMPLE, Play, RefusedError, read_answers
from ui.visitor import HurriedClock, NoSuchKeyError, Visitor

MAIN = Path(__file__).parent.parent / "main.py"
AT_MOST_S = 300
ALLOWED_PX = 1.0
"""Texts are laid out in fractions of a pixel."""

LYING = (1366, 768)
"""The smallest screen there is, in pixels."""
AS_DRAFTED = ""
"""The language, and the size of words, in which the draft lets visits begin."""
ASKED_IF_WANTED = {"birthplace": "SERANG", "mother_name": "ROHAYATI"}
"""What the example does not answer, and a draft may want to be asked; nobody's."""

_NOBODYS = Document(1, datetime(2026, 1, 1, tzinfo=UTC), "", "", "0.0.0", ("A" * 43 + "=",))
"""A draft is tried as if it were the first version; nobody signs it."""

OpenKiosk = Callable[[Settings, HurriedClock], AbstractContextManager[KioskApp]]


def rehearse(content: Content, place: Place) -> tuple[Problem, ...]:
    """Return why a draft cannot be used at a kiosk, nothing for a good one.

    Takes up to a minute: not on the GUI thread. check_draft() comes first and is much quicker.
    """
    document = replace(_NOBODYS, content=content)
    asked = json.dumps({"office": place.office, "number": place.number}).encode()
    try:
        done = subprocess.run(  # noqa: S603 (this program itself)
            [sys.executable, str(MAIN), "rehearse"],
            input=asked + b"\n" + write_document(document),
            stdout=subprocess.PIPE,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            timeout=AT_MOST_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return (Problem("visit", "", "visit", f"> {AT_MOST_S} s"),)
    try:
        return tuple(Problem(**one) for one in json.loads(done.stdout))
    except (ValueError, TypeError):
        return (Problem("visit", "", "visit", f"exit code {done.returncode}"),)


def run(asked: bytes, out: TextIO, open_kiosk: OpenKiosk) -> int:
    """Try what the other side of rehearse() was given, and print the problems as JSON."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    place_told, _, written = asked.partition(b"\n")
    document = read_document(written)
    if isinstance(document, Refused):
        return 1
    place = Place(**json.loads(place_told))
    application = make_application()
    found: list[Problem] = []
    try:
        found.extend(_tried(document, place, open_kiosk))
    except KioskFailure as failure:
        found.append(Problem("visit", "", "goes_not", f"{failure.code}: {failure}"))
    application.processEvents()
    out.write(json.dumps([asdict(one) for one in dict.fromkeys(found)]))
    return 0


def _tried(document: Document, place: Place, open_kiosk: OpenKiosk) -> Iterator[Problem]:
    visits = [_Way()]
    for way in visits:
        with TemporaryDirectory() as folder:
            settings = _settings_in(Path(folder), place, way)
            _take(settings, document, place)
            clock = _AheadClock(_last_day(document.content))
            with open_kiosk(settings, clock) as app:
                if app.services.config != document.version:
                    yield Problem("visit", "", "goes_not", _reason(app))
                    return
                app.show()
                if way.lying:
                    app.window.resize(*LYING)
                yield from _visited(app, clock)
                if way is visits[0]:
                    visits += _others(app)
                    yield from _printed(app)


class _AheadClock(HurriedClock):
    """Stands on a day to come, at this time of day; runs as ever where that has come."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self._ahead = max(day - local_date(super().now()), timedelta())

    def now(self) -> datetime:
        return super().now() + self._ahead


def _last_day(content: Content) -> date:
    """The day from which everything counts that a draft brings."""
    days = [one.from_day for one in carried(content) if one.from_day is not None]
    return max(days, default=date.min)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a visit is tried; as the draft lets it begin where nothing else is said."""

    language: str = AS_DRAFTED
    size: str = AS_DRAFTED
    lying: bool = False


def _others(app: KioskApp) -> list[_Way]:
    """Every other language, and every one where there is least room: in the largest words, which
    residents may choose, on both kinds of screens."""
    settings = app.services.settings
    offered = settings.offered or tuple(app.services.texts)
    others = [_Way(one) for one in offered if one != settings.language]
    tight = [_Way(one, TextSize.LARGEST, lying) for one in offered for lying in (False, True)]
    return others + tight


def _settings_in(folder: Path, place: Place, way: _Way) -> Settings:
    # Named by the file, which goes over what the kabupaten says. There is no printer here, and
    # whoever registers only with one is to be tried all the same.
    named = {"kecamatan_code", "printer", "start_without_printer"}
    if way.language != AS_DRAFTED:
        named.add("language")
    if way.size != AS_DRAFTED:
        named.add("start_text_size")
    return replace(
        Settings(),
        store_folder=folder / "store",
        slips_folder=folder / "slips",
        exchange_folder=folder / "exchange",
        data_folder=folder / "data",
        keys_folder=folder / "keys",
        trust_folder=folder / "trusted",
        log_folder=folder / "logs",
        kecamatan_code=place.office,
        language=way.language or Settings().language,
        start_text_size=TextSize(way.size or Settings().start_text_size),
        printer="",
        start_without_printer=True,
        in_file=frozenset(named),
    )


def _take(settings: Settings, document: Document, place: Place) -> None:
    """Put the draft into a new store as a kiosk takes it."""
    keys = open_keys(settings.keys_folder)
    with (
        closing(open_store(settings.store_folder, store_keys(keys))) as store,
        store.transaction() as record,
    ):
        record.identity()
        record.centre.keep_state(replace(record.centre.state(), office=place.office))
        if place.number:
            record.centre.take_number(place.number)
        kept = KeptConfiguration(document.version, write_document(document), "")
        record.configuration.take(kept, document.keys, document.made_at)


def _reason(app: KioskApp) -> str:
    with app.services.store.reading() as record:
        refused = record.configuration.refused()
    return "" if refused is None else f"{refused.refused.because} {refused.refused.what}".strip()


# ------------------------------------------------------------ on the screen


class _Rehearsal(Play):
    """A visit that takes what the draft offers, where the example's answers may be gone."""

    def __init__(
        self,
        visitor: Visitor,
        app: KioskApp,
        answers: Mapping[str, Any],
        look: Callable[[], None],
    ) -> None:
        super().__init__(visitor, app, answers, look)
        self._periods = app.services.data.tariff.periods

    def _job(self) -> None:
        self._visitor.tap(f"job-{self._visit.job.choices[0]['id']}")

    def _address(self) -> None:
        self._visitor.tap(f"desa-{self._visit.home.choices[0]['id']}")

    def _months(self) -> None:
        self._visitor.tap(f"months-{self._periods[0]}")


def _visited(app: KioskApp, clock: HurriedClock) -> Iterator[Problem]:
    visitor, language = Visitor(app, clock.skip), app.services.settings.language
    found: list[Problem] = []
    told: set[str] = set()

    def look() -> None:
        for words in _what_does_not_fit(visitor, app):
            # On the first screen that shows it; most stand on many.
            if words not in told:
                told.add(words)
                found.append(Problem(f"{language} {visitor.screen}", "", "does_not_fit", words))

    try:
        _Rehearsal(visitor, app, {**ASKED_IF_WANTED, **read_answers(EXAMPLE)}, look).whole_visit()
    except (RefusedError, NoSuchKeyError, TimeoutError) as stuck:
        found.append(Problem(f"{language} {visitor.screen}", "", "visit", str(stuck)))
    yield from found


def _what_does_not_fit(visitor: Visitor, app: KioskApp) -> Iterator[str]:
    """The texts that are cut, leave the window, or leave the key that they stand on."""
    visitor.settle()
    window = QRectF(0, 0, app.window.width(), app.window.height())
    for item in list(visitor.items()):
        text = item.property("text")
        if not isinstance(text, str) or not text or item.property("contentWidth") is None:
            continue
        home = _key_around(item) or window
        if item.property("truncated") or not _within(_place(item), home):
            yield text


def _place(item: QQuickItem) -> QRectF:
    """Where a text is painted, wherever in its item it is aligned to."""
    width, height = float(item.property("contentWidth")), float(item.property("contentHeight"))
    left, top = max(0.0, item.width() - width) / 2, max(0.0, item.height() - height) / 2
    return QRectF(
        item.mapToScene(QPointF(left, top)), item.mapToScene(QPointF(left + width, top + height))
    )


def _key_around(item: QQuickItem) -> QRectF | None:
    around: QQuickItem | None = item.parentItem()
    while around is not None:
        if around.metaObject().indexOfSignal("tapped()") >= 0:
            return QRectF(
                around.mapToScene(QPointF(0, 0)),
                around.mapToScene(QPointF(around.width(), around.height())),
            )
        around = around.parentItem()
    return None


def _within(place: QRectF, home: QRectF) -> bool:
    allowed = home.adjusted(-ALLOWED_PX, -ALLOWED_PX, ALLOWED_PX, ALLOWED_PX)
    return allowed.contains(place)


# ------------------------------------------------------------ on paper


def _printed(app: KioskApp) -> Iterator[Problem]:
    services = app.services
    facts = OfficeFacts(services.data, services.settings, services.clock)
    trial = Trial(
        services.settings, services.texts, services.data.benefits, facts, tuple(PAPERS.values())
    )
    for fault in trial.check(services.data.slip_layouts):
        yield Problem(fault.where, "", "slip", fault.reason)
