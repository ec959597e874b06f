"""An open kiosk with a visitor before it, whose clock stands still and whose paper is caught."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import zxingcpp
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from samples import NOW, StillClock
from sqlalchemy import Table, select

from kiosk.domain.print_job import Hold
from kiosk.keys import KioskKeys, open_keys
from kiosk.opening import store_keys
from kiosk.settings import Settings
from kiosk.storage.engine import open_engine
from printing.port import Abilities, News, NotSent, Outcome, Sent, Status, TellsNoMore
from printing.readback import rasterise
from ui import composing
from ui.app import KioskApp
from ui.services import Services
from ui.visitor import Visitor

from .residents import Resident
from .settling import settle

MINUTE_MS = 60_000


class HandClock(StillClock):
    """A clock that stands still until time passes by hand; set `moment` to set it wrong."""

    def __init__(self) -> None:
        super().__init__()
        self._passed_ms = 0.0

    def monotonic_ms(self) -> float:
        return self._passed_ms

    def skip(self, milliseconds: float) -> None:
        """Let so many milliseconds pass; for less than a minute the time of day stands still."""
        if milliseconds < MINUTE_MS:
            self._passed_ms += milliseconds
        else:
            self.forward(timedelta(milliseconds=milliseconds))

    def forward(self, by: timedelta) -> None:
        super().forward(by)
        self._passed_ms += by.total_seconds() * 1000

    def stand_at(self, moment: datetime) -> None:
        """Let time pass until then, or take it back."""
        self.forward(moment - self.moment)


TELLS_NOTHING = Abilities("Baki")
HUNG_S = 60.0
"""What a test holds up goes on after this, so that one that fails does not hang for ever."""


@dataclass(repr=False)
class Tray:
    """A printer that keeps what it is given: slips by their number, other pages by their name.

    It does what `answer` and `tells` say; without a test's word it tells nothing of single pages.
    """

    slips: dict[str, bytes] = field(default_factory=dict)
    answer: Callable[[], Outcome] = Sent
    tells: Callable[[], News] = TellsNoMore
    hold: Hold | None = None
    tells_about_itself: Abilities = TELLS_NOTHING
    listens: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.listens.set()

    def hesitate(self) -> threading.Event:
        """Answer no question about itself until the event is set."""
        self.listens.clear()
        return self.listens

    def status(self) -> Status:
        self.listens.wait(HUNG_S)
        return Status(self.hold)

    def abilities(self) -> Abilities:
        return self.tells_about_itself

    def send(self, page: bytes, name: str, begin: Callable[[str], bool]) -> Outcome:
        number, _, _ = name.partition("-")
        self.slips[number if number.isdecimal() else name] = page
        outcome = self.answer()
        if isinstance(outcome, Sent) and not begin("tray"):
            return NotSent(Hold.STOPPED)
        return outcome

    def follow(self, handle: str, name: str) -> News:
        return self.tells()

    def forget(self, handle: str, name: str) -> bool:
        return True

    def close(self) -> None:
        pass


SLOWLY_MS = 400
"""Between two keys that a person presses; a new screen listens again by then."""


SCANNER_MS = 15


class OpenStage(Protocol):
    """Opens a kiosk of its own for this test."""

    def __call__(self, **parts: Any) -> "Stage": ...


@dataclass(repr=False)
class Stage:
    """What a test can do to the kiosk, and see of it."""

    app: KioskApp
    settings: Settings
    clock: HandClock
    tray: Tray

    def __post_init__(self) -> None:
        self.visitor = Visitor(self.app, self.clock.skip)

    @property
    def screen(self) -> str:
        return self.visitor.screen

    @property
    def services(self) -> Services:
        return self.app.services

    @property
    def keys(self) -> KioskKeys:
        return open_keys(self.settings.keys_folder, may_create=False)

    def tap(self, *names: str) -> None:
        """Tap keys one after the other, each as soon as the screen listens."""
        for name in names:
            self.visitor.tap(name)

    def key(self, name: str) -> QQuickItem:
        """The visible key of that name."""
        item = self.visitor.find(name)
        assert item is not None, f"there is no key {name!r} on {self.screen}"
        return item

    def place_of(self, name: str) -> QPoint:
        """The middle of a key, for taps that do not wait until the screen listens."""
        return self.visitor.place_of(name).toPoint()

    def tap_at_once(self, place: QPoint) -> None:
        """Tap a place without letting any time pass."""
        self.press(place)
        self.release(place)

    def press(self, place: QPoint) -> None:
        QTest.mousePress(self.app.window, *_LEFT, place)
        self.visitor.settle()

    def move(self, place: QPoint) -> None:
        QTest.mouseMove(self.app.window, place)
        self.visitor.settle()

    def release(self, place: QPoint) -> None:
        QTest.mouseRelease(self.app.window, *_LEFT, place)
        self.visitor.settle()

    def hit(self, key: Qt.Key, character: str = "", *, after_ms: float = SLOWLY_MS) -> None:
        """Press a key of the keyboard, `after_ms` behind the one before it."""
        self.clock.skip(after_ms)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self.send(QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character))

    def send(self, event: QKeyEvent) -> None:
        """Hand the window an event of the keyboard that happens now."""
        event.setTimestamp(round(self.clock.monotonic_ms()))
        QCoreApplication.sendEvent(self.app.window, event)
        self.visitor.settle()

    def scan(self, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Read a code with a scanner that ends what it reads with a key, or just stops."""
        self.clock.skip(SLOWLY_MS)
        for character in text:
            self.hit(Qt.Key.Key_unknown, character, after_ms=SCANNER_MS)
        if end is None:
            self.app.keyboard.settle()
        else:
            self.hit(end, after_ms=SCANNER_MS)
        self.visitor.settle()

    def type(self, text: str, *, after_ms: float = SLOWLY_MS) -> None:
        """Type on the keyboard, and pause."""
        for character in text:
            self.hit(Qt.Key.Key_unknown, character, after_ms=after_ms)
        self.app.keyboard.settle()
        self.visitor.settle()

    def walk_to(self, name: str) -> None:
        """Press Tab until the key of that name has the focus."""
        first = None
        while (here := self.focused()) != name:
            assert here is None or here != first, f"Tab does not reach {name!r} on {self.screen}"
            first = first or here
            self.hit(Qt.Key.Key_Tab)

    def focused(self) -> str | None:
        """The name of the key with the focus."""
        item: QQuickItem | None = self.app.window.activeFocusItem()
        return item.objectName() if item and item.activeFocusOnTab() else None

    def play(self, resident: Resident, until: str = "done") -> None:
        """Touch to start, choose to register, and go on to the screen `until`."""
        self.tap("start", "register")
        self.go_on(resident, until)

    def go_on(self, resident: Resident, until: str = "done") -> None:
        """Answer screen after screen; `until` is reached and left alone."""
        while self.screen != until:
            step = self.screen
            self.tap(*resident[step], "next")
            self.wait_until_idle()
            assert self.screen != step, f"{step} says {self.words()}"

    def fall_silent(self, seconds: float) -> None:
        """Let nobody touch the screen for so long."""
        self.clock.skip(seconds * 1000)
        self.app.tick()
        self.visitor.settle()

    def wait_until_idle(self) -> None:
        """Wait for what the kiosk does behind the screen."""
        visit = self.app.visit
        self.visitor.wait_until(lambda: not (visit.busy or visit.forgetting))

    def wait_for_work(self) -> None:
        """Wait until the worker has done all that it was given so far."""
        settle(self.visitor, self.app.jobs)

    def prove(self, *names: str) -> None:
        """Tap keys and press on; wait until the proof is judged, and for what it leads to."""
        self.tap(*names, "askNext")
        self.wait_for_work()

    def wait_for_slip(self, *states: str) -> None:
        """Wait until the screen knows one of these of the slip."""
        done: Any = self.app.visit.done
        self.visitor.wait_until(lambda: done.slip in states)

    def wait_for_reminder(self, *states: str) -> None:
        """Wait until the screen knows one of these of the reminder."""
        pay: Any = self.app.visit.pay
        self.visitor.wait_until(lambda: pay.printed in states)

    def words(self) -> list[str]:
        """Every text that can be seen."""
        return [
            str(item.property("text"))
            for item in self.visitor.items()
            if item.inherits("QQuickText") and item.property("text")
        ]

    def says(self, sentence: str) -> bool:
        """Whether a text on the screen holds this sentence."""
        return any(sentence in text for text in self.words())

    def number(self) -> str:
        """The registration number on the screen, digits only."""
        return str(self.key("number").property("text")).replace(" ", "")

    def rows(self, table: Table) -> list[dict[str, Any]]:
        """What the store holds, read through a connection of its own."""
        with self.store_connection() as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]

    @contextmanager
    def store_connection(self) -> Iterator[Any]:
        engine = open_engine(self.settings.store_folder, store_keys(self.keys))
        with engine.begin() as connection:
            yield connection
        engine.dispose()


_LEFT = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def settings_in(folder: Path) -> Settings:
    """A kiosk whose every file is below `folder`."""
    return replace(
        Settings(),
        store_folder=folder / "store",
        slips_folder=folder / "slips",
        exchange_folder=folder / "Anjungan BPU",
        data_folder=folder / "data",
        log_folder=folder / "logs",
        keys_folder=folder / "keys",
        trust_folder=folder / "trusted",
    )


ASKING: Mapping[str, Any] = {"ask_birthplace": True, "ask_mother_name": True}
"""The settings of an office that asks all that can be asked."""


@contextmanager
def open_stage(
    folder: Path,
    *,
    changes: Mapping[str, Any] = MappingProxyType({}),
    at: datetime = NOW,
    **parts: Any,
) -> Iterator[Stage]:
    """Open the kiosk of `folder` with `changes` of its settings; `parts` go to open_kiosk()."""
    settings, clock, tray = replace(settings_in(folder), **changes), HandClock(), Tray()
    clock.moment = at
    with composing.open_kiosk(settings, clock, **{"printer": tray, **parts}) as app:
        app.show()
        stage = Stage(app, settings, clock, tray)
        stage.visitor.settle()
        yield stage


def read_codes(pdf: bytes) -> dict[str, str]:
    """What a scanner reads from a slip: the texts by the name of the code."""
    found = zxingcpp.read_barcodes(rasterise(pdf), try_downscale=False)
    return {code.format.name: code.text for code in found}
