"""Opens kiosks for the tests, and fails every test in which Qt warns or an error is logged."""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

from kiosk.keys import open_keys
from kiosk.opening import store_keys
from kiosk.storage.store import open_store
from ui.app import make_application

from .stage import OpenStage, Stage, open_stage, settings_in

KIOSK_NUMBER = 91234
"""Drawn by chance on a real kiosk; the pictures need one that stays."""


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(
        "no_qt_log"
    )  # pytest-qt stops listening before the kiosk is closed; see `quiet`


@pytest.fixture(scope="session")
def application() -> QGuiApplication:
    """The one QGuiApplication of the process."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    os.environ["QT_QPA_UPDATE_IDLE_TIME"] = "1000"  # paint what is looked at, not every tap
    return make_application()


@pytest.fixture(scope="session")
def new_kiosk(application: QGuiApplication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with keys and an empty store, to be copied: to make them takes the longest."""
    folder = tmp_path_factory.mktemp("new") / "kiosk"
    settings = settings_in(folder)
    # Not by open_own(): its copies would be stores that were moved.
    store = open_store(settings.store_folder, store_keys(open_keys(settings.keys_folder)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk.storage.store.PROVISIONAL_KIOSK_NUMBERS", (KIOSK_NUMBER,))
        with store.transaction() as record:
            record.identity()
    store.close()
    return folder


@dataclass
class Quiet:
    """What Qt and the kiosk complained of, and the words of the complaints that a test provokes."""

    heard: list[str] = field(default_factory=list)
    tolerated: list[str] = field(default_factory=list)

    def tolerate(self, *words: str) -> None:
        self.tolerated += words

    def unexpected(self) -> list[str]:
        return [text for text in self.heard if not any(word in text for word in self.tolerated)]


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[Quiet]:
    """Fails the test when Qt warns, or the kiosk logs an error, that the test did not provoke."""
    ears = Quiet()

    def hear(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            ears.heard.append(message)

    before = qInstallMessageHandler(hear)
    yield ears
    qInstallMessageHandler(before)
    for phase in ("setup", "call", "teardown"):
        records = caplog.get_records(phase)
        ears.heard += [one.getMessage() for one in records if one.levelno >= logging.WARNING]
    assert ears.unexpected() == []


@pytest.fixture
def open_kiosk(
    new_kiosk: Path, tmp_path: Path, quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OpenStage]:
    """Opens a kiosk with what the test gives it; a second call opens the same one again.

    Its morning comes when a test says so: pictures must not depend on how long they take.
    """
    monkeypatch.setattr("ui.morning.LOOK_EVERY_MS", 2**31 - 1)
    folder = tmp_path / "kiosk"
    shutil.copytree(new_kiosk, folder)
    with ExitStack() as opened:

        def open_it(**parts: Any) -> Stage:
            opened.close()
            return opened.enter_context(open_stage(folder, **parts))

        yield open_it


@pytest.fixture
def stage(open_kiosk: OpenStage) -> Stage:
    """A kiosk at its idle screen."""
    return open_kiosk()
