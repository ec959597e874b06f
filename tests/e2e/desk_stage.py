"""The staff's desk opened over a kiosk, and what a test can do there."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.accounts import Created, add_account, create_first_admin, hash_new
from kiosk.domain.staff import Account, Role

from .settling import settle, workers_of
from .stage import SLOWLY_MS, Stage

PIN = "402917"
CLERK, SUPERVISOR, ADMIN = "Rina S.", "Ibu Nur", "Dedi"


def employ(stage: Stage) -> dict[str, Account]:
    """Give the kiosk its staff, all with the same PIN; returns the accounts by name."""
    services = stage.services
    made = create_first_admin(services.store, ADMIN, PIN, stage.clock)
    assert isinstance(made, Created)
    staff = {ADMIN: made.account}
    pin_hash = hash_new(PIN)
    assert isinstance(pin_hash, str)
    with services.store.transaction() as record:
        for name, role in ((CLERK, Role.CLERK), (SUPERVISOR, Role.SUPERVISOR)):
            added = add_account(record, name, role, pin_hash)
            assert isinstance(added, Created)
            staff[name] = added.account
    return staff


@dataclass(repr=False)
class DeskStage:
    """The desk over the residents' screens of a kiosk."""

    stage: Stage
    keys: int = 0
    """So many keys were pressed."""

    @property
    def desk(self) -> Any:
        desk: Any = self.stage.app.desk
        assert desk is not None, "the desk is not open"
        return desk

    def open(self) -> None:
        """Press the corner for long."""
        self.stage.app.kiosk.wantDesk()
        self.settle()

    def sign_in(self, name: str = CLERK, pin: str = PIN) -> None:
        """Type name and PIN, and Enter."""
        self.stage.tap("staffName")
        self.type(name)
        self.hit(Qt.Key.Key_Return)
        self.type(pin)
        self.hit(Qt.Key.Key_Return)

    def settle(self) -> None:
        """Wait for what the worker does, and for what that leads to."""
        self.wait_for_worker()
        self.stage.clock.skip(SLOWLY_MS)

    def wait_for_worker(self) -> None:
        """Wait until the worker has done what it was given so far, and the screen knows."""
        # Nobody waits for a printer that does not answer, nor for the network.
        silent = None if self.stage.tray.listens.is_set() else self.stage.app.printer
        workers = [one for one in workers_of(self.stage.app) if one.parent() is not silent]
        settle(self.stage.visitor, *workers)

    def tap(self, *names: str) -> None:
        for name in names:
            self.stage.tap(name)
            self.settle()

    def type(self, text: str) -> None:
        self.keys += len(text)
        self.stage.type(text)
        self.settle()

    def hit(self, key: Qt.Key, times: int = 1) -> None:
        """Press a key of the keyboard that types nothing."""
        for _ in range(times):
            self.keys += 1
            self.stage.clock.skip(SLOWLY_MS)
            QTest.keyClick(self.stage.app.window, key)
            self.stage.app.keyboard.settle()
            self.settle()

    def write(self, field: str, text: str) -> None:
        """Type into a field, in place of what stands there."""
        self.tap(field)
        QTest.keyClick(self.stage.app.window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type(text)

    def scan(self, text: str) -> None:
        self.stage.scan(text)
        self.settle()

    def says(self, sentence: str) -> bool:
        return self.stage.says(sentence)

    def names(self) -> list[str]:
        """Who stands in the list."""
        model = self.desk.records.rows
        return [str(model.data(model.index(row), 257)) for row in range(model.rowCount())]

    def open_record(self, number: str) -> None:
        """Tap a line of the list."""
        self.tap(f"record_{number}")

    @property
    def notice(self) -> str:
        return str(self.desk.notice)


def look_for_changes(stage: Stage) -> None:
    """Let the time come at which the kiosk looks whether its settings were changed."""
    stage.app.renewal.look()
    stage.wait_for_work()
