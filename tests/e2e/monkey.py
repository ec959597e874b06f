"""A monkey at the kiosk: mostly clever enough to get through, and never careful."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from random import Random

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.proof import TRIES
from ui.visitor import NoSuchKeyError

from .boxes import keys_in_sight
from .residents import (
    BUSY,
    CASUAL,
    CORRECTED,
    EMPLOYER,
    NEIGHBOUR,
    NIK,
    OJEK,
    OLDEST,
    STRANGER,
    TRADER,
    Resident,
    digits,
    letters,
)
from .stage import Stage

RESIDENTS: tuple[Resident, ...] = (
    *(TRADER, OJEK, EMPLOYER, CASUAL, NEIGHBOUR, STRANGER, CORRECTED, BUSY),
    {**TRADER, "work": ("moreWork", "work-not_wni")},
    OLDEST,
    {**TRADER, "menu": ("pay",), "pay": ("stoppedPaying",), "renew": ("remind",)},
)
WHERE_ASKED: Resident = {"birthplace": letters("SERANG"), "mother": letters("ANI")}
WAYS_IN = {"idle": ("start",), "menu": ("register",), "call": ("helped",), "already": ("leave",)}
CHARACTERS = [ord(one) for one in "ABCXYZ0189 .,'-/@#"]
NAMED_KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Escape),
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right),
    *(Qt.Key.Key_F1, Qt.Key.Key_F5, Qt.Key.Key_Delete, Qt.Key.Key_Menu, Qt.Key.Key_Space),
)
SCANS = ("970220000016", "BPU1.x", NIK, "https://example.org/?q=1", "0" * 40)
STAYS_AT_MOST = 60
"""After so many acts on one screen the monkey takes any way out."""
BETWEEN_VISITS = timedelta(minutes=5)
"""Soon enough to resume, and after an hour one may try to prove oneself again."""


class Monkey:
    """Plays on a stage until told to stop; the same seed plays the same."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage = stage
        self.acts = 0
        self.on_live_controls = 0
        self.screens: Counter[str] = Counter()
        self._random = Random(seed)
        self._serials = count(1)
        self._plan: list[str] = []
        self._resident: Resident = TRADER
        self._registered: list[Resident] = []
        self._planned_for = ""
        self._stayed = 0
        self._tricks: tuple[tuple[Callable[[], None], int], ...] = (
            (self._go_on, 780),
            (self._tap_any_key, 60),
            (self._tap_anywhere, 30),
            (self._tap_twice_at_once, 30),
            (self._tap_while_deaf, 30),
            (self._type, 40),
            (self._scan, 2),
            (self._switch, 20),
            (self._go_back, 8),
            (self._leave, 2),
            (self._be_silent, 1),
        )

    def play(self, acts: int) -> None:
        """Tap and type so many times, then go away: the kiosk has to find back by itself."""
        tricks = [trick for trick, _ in self._tricks]
        weights = [weight for _, weight in self._tricks]
        while self.acts < acts:
            self._notice_screen()
            self._random.choices(tricks, weights)[0]()
            self.stage.wait_until_idle()
        while self.stage.screen != "idle":
            self.stage.fall_silent(60)
        self.stage.wait_for_work()

    def report(self) -> str:
        """What was reached, for the eyes of who runs it."""
        share = self.on_live_controls / self.acts
        lines = [f"{self.acts} taps and keys, {share:.0%} on live controls"]
        lines += [f"  {screen:14}{times:6}" for screen, times in self.screens.most_common()]
        return "\n".join(lines)

    def _notice_screen(self) -> None:
        screen = self.stage.screen
        self._stayed += 1
        if screen == self._planned_for:
            return
        if screen == "idle":
            self.stage.clock.forward(BETWEEN_VISITS)
            self._resident = self._somebody()
        elif screen == "done" and "nik" in self._resident:
            self._registered.append(self._resident)
        self.screens[screen] += 1
        self._planned_for, self._stayed = screen, 0
        self._make_plan()

    def _somebody(self) -> Resident:
        """Mostly somebody new, sometimes somebody who was here before."""
        if self._registered and self._random.random() < 0.15:
            return self._come_back(self._random.choice(self._registered))
        chosen = {**self._random.choice(RESIDENTS), **WHERE_ASKED}
        if self._random.random() < 0.1:
            return chosen
        serial = digits(f"{next(self._serials) % 9999 + 1:04}")
        return {**chosen, "nik": (*chosen["nik"][:12], *serial)}

    def _come_back(self, resident: Resident) -> Resident:
        """To ask for the status; some forgot what they answered, some that they registered."""
        if self._random.random() < 0.2:
            return resident
        phone = resident["phone"][-4:] if self._random.random() < 0.5 else digits("0000")
        return {
            "menu": (self._random.choice(("status", "reprint")),),
            "proof": ("haveNoSlip",),
            "claim": (*resident["nik"], "askNext"),
            "secret": TRIES * ("padClear", *phone, "askNext"),
        }

    def _make_plan(self) -> None:
        screen = self._planned_for
        self._plan = [*self._resident.get(screen, WAYS_IN.get(screen, ()))]
        if "askNext" not in self._plan:
            self._plan.append("next")
        if self.stage.visitor.find("padClear") and "padClear" not in self._plan:
            self._plan.insert(0, "padClear")

    # ------------------------------------------------------------ what it can do

    def _go_on(self) -> None:
        """The next sensible tap, or any where the plan is at its end."""
        if self._stayed > STAYS_AT_MOST:
            self._stayed = 0
            self._tap_first("leave", "needTime", "back")
        elif self._plan and self.stage.visitor.find(self._plan[0]):
            self._tap(key := self._plan.pop(0))
            if key == "askNext":
                self._wait_for_judgement()
        elif self._plan:  # on another page, in larger text, or nowhere
            self._plan.pop(0)
            self._tap_first("moreWork", "next")
        else:
            self._make_plan()
            if self._random.random() < 0.5:
                self._tap_any_key()

    def _wait_for_judgement(self) -> None:
        self.stage.wait_for_work()

    def _tap_any_key(self) -> None:
        self._tap_at(self._middle(self._any_key()))

    def _tap_anywhere(self) -> None:
        window = self.stage.app.window
        place = QPointF(
            self._random.randrange(window.width()), self._random.randrange(window.height())
        )
        self._tap_at(place)

    def _tap_twice_at_once(self) -> None:
        place = self._middle(self._any_key())
        self._tap_at(place)
        self._tap_at(place, listening=False)

    def _tap_while_deaf(self) -> None:
        self._tap_at(self._middle(self._any_key()), listening=False)

    def _type(self) -> None:
        window = self.stage.app.window
        if self._random.random() < 0.5:
            QTest.keyClick(window, self._random.choice(NAMED_KEYS))
        else:
            QTest.keyClick(window, self._random.choice(CHARACTERS))
        self._acted()

    def _scan(self) -> None:
        for character in self._random.choice(SCANS) + "\r":
            QTest.keyClick(self.stage.app.window, ord(character.upper()))
            self._acted()

    def _switch(self) -> None:
        self._tap_first(self._random.choice(("language", "textSize", "contrast")))

    def _go_back(self) -> None:
        self._tap_first("back")

    def _leave(self) -> None:
        self._tap_first("leave")

    def _be_silent(self) -> None:
        self.stage.fall_silent(self._random.choice((50, 100, 140, 400)))
        self._tap_first(self._random.choice(("needTime", "closeNow")))

    # ------------------------------------------------------------ how it does it

    def _tap_first(self, *names: str) -> None:
        """Tap the first of these keys that is there, else any place."""
        for name in names:
            if self.stage.visitor.find(name):
                self._tap(name)
                return
        self._tap_anywhere()

    def _tap(self, name: str) -> None:
        try:
            self._tap_at(self.stage.visitor.place_of(name))
        except NoSuchKeyError:  # gone between two looks: the kiosk goes on by itself, too
            self._acted()

    def _tap_at(self, place: QPointF, *, listening: bool = True) -> None:
        if any(self._holds(key, place) for key in keys_in_sight(self.stage)):
            self.on_live_controls += 1
        if listening:
            self.stage.visitor.tap_at(place)
        else:
            self.stage.tap_at_once(QPoint(round(place.x()), round(place.y())))
        self._acted()

    def _acted(self) -> None:
        self.acts += 1
        self.stage.visitor.settle()

    def _any_key(self) -> QQuickItem:
        """Seldom one that types or leads away: the others are fewer, and lead further."""
        keys = keys_in_sight(self.stage)
        dull = ("pad", "letter", "leave", "help", "edit-", "back", "askBack")
        some = [key for key in keys if not key.objectName().startswith(dull)]
        return self._random.choice(some if some and self._random.random() < 0.9 else keys)

    def _middle(self, key: QQuickItem) -> QPointF:
        return key.mapToScene(QPointF(key.width() / 2, key.height() / 2))

    def _holds(self, key: QQuickItem, place: QPointF) -> bool:
        return key.contains(key.mapFromScene(place))
