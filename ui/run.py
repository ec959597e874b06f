"""The kiosk on a real screen, from the first window to the orderly end."""

import gc
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from functools import partial
from types import FrameType
from typing import Protocol

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.clock import Clock, SystemClock
from kiosk.domain.failures import KioskFailure
from kiosk.domain.texts import ORIGINAL
from kiosk.instance import rings
from kiosk.keys import KeyFailure, Unlocked, asks_passphrase
from kiosk.languages import load_languages
from kiosk.logs.writing import report
from kiosk.settings import Settings
from ui.app import OutOfOrder, make_application
from ui.bugs import catch_no_more, hear_qt
from ui.composing import Patience
from ui.curtain import Curtain
from ui.patience import WaitScreen
from ui.renewal import RENEW
from ui.window import RESOURCES


class App(Protocol):
    """The kiosk, or the desk in a window of its own."""

    window: QQuickWindow

    def catch_bugs(self) -> None: ...
    def show(self, *, windowed: bool) -> None: ...
    def come_to_front(self) -> None: ...


class OpenApp(Protocol):
    """Puts the kiosk or the desk together; `unlocked` when somebody was asked for a passphrase."""

    def __call__(
        self, settings: Settings, clock: Clock, *, unlocked: Unlocked | None, patience: Patience
    ) -> AbstractContextManager[App]: ...


def run(
    settings: Settings,
    open_app: OpenApp,
    *,
    windowed: bool,
    bell: socket.socket | None = None,
    needs_keys: bool = True,
) -> int:
    """Show the kiosk until the process is told to end; returns the exit code.

    `windowed`: in an ordinary window that can be closed, for work on it. Otherwise the window holds
    the screen and only SIGTERM or SIGINT end it. A screen asks to wait while the store is checked
    or mended. When the kiosk cannot be opened, a screen says so with the failure's code, and the
    exit code is 1. Not `needs_keys`: nobody is asked for a passphrase. Whoever rings the `bell`
    (kiosk.instance) fetches the window to the front.
    """
    hear_qt()
    # A start makes much and drops next to nothing: looking for garbage would take a tenth of it.
    gc.disable()
    application = make_application()
    with ExitStack() as opened:
        opened.enter_context(_ended_by_signals(application))
        try:
            unlocked = None
            if needs_keys and asks_passphrase(settings.keys_folder):
                unlocked = _ask_passphrase(settings, application, windowed=windowed)
                if unlocked is None:
                    return 0
            waiting = WaitScreen(application, settings, SystemClock(), windowed=windowed)
            with closing(waiting) as screen:
                open_it = partial(
                    open_app, settings, SystemClock(), unlocked=unlocked, patience=screen.wait_for
                )
                return stay_open(open_it, application, bell, screen.close, windowed=windowed)
        except KioskFailure as failure:
            return _stand_out_of_order(settings, application, failure, bell, windowed=windowed)


def stay_open(
    open_it: Callable[[], AbstractContextManager[App]],
    application: QGuiApplication,
    bell: socket.socket | None = None,
    shown: Callable[[], None] = lambda: None,
    *,
    windowed: bool,
) -> int:
    """Show what `open_it` puts together until the process is told to end; returns the exit code.

    `shown` is called each time that its window is there. When its settings were changed it is taken
    apart and put together anew. Raises KioskFailure.
    """
    curtain: Curtain | None = None
    ended_with = RENEW
    while ended_with == RENEW:
        with open_it() as app:
            app.catch_bugs()
            app.show(windowed=windowed)
            shown()
            if curtain is not None:
                curtain.hide()
            with _fetched_by(bell, app.come_to_front):
                # What was made until now stays: no later search in a visit need go through it.
                gc.freeze()
                gc.enable()
                ended_with = application.exec()
            if ended_with == RENEW:
                curtain = curtain or _curtain()
                curtain.close_over(app.window.geometry() if windowed else None)
                application.processEvents()
        # Models and screens hold each other: all of it goes before as much is made anew.
        catch_no_more()
        del app
        gc.unfreeze()
        gc.collect()
    return ended_with


def _curtain() -> Curtain:
    return Curtain(load_languages(RESOURCES / "texts").texts[ORIGINAL].say("renewal.wait"))


def _ask_passphrase(
    settings: Settings, application: QGuiApplication, *, windowed: bool
) -> Unlocked | None:
    """Wait for the right passphrase; None when the process was told to end. Raises KeyFailure."""
    from ui.unlock import UnlockScreen  # noqa: PLC0415 (few kiosks have a passphrase)

    answers: list[Unlocked | KeyFailure] = []

    def end(answer: Unlocked | KeyFailure) -> None:
        answers.append(answer)
        application.exit(0)

    texts = load_languages(RESOURCES / "texts").texts
    with closing(UnlockScreen(settings, texts, SystemClock(), end)) as screen:
        screen.show(windowed=windowed)
        application.exec()
    answer = answers[0] if answers else None
    if isinstance(answer, KeyFailure):
        raise answer
    return answer


def _stand_out_of_order(
    settings: Settings,
    application: QGuiApplication,
    failure: KioskFailure,
    bell: socket.socket | None,
    *,
    windowed: bool,
) -> int:
    report(failure)
    languages = load_languages(RESOURCES / "texts")
    with closing(OutOfOrder(settings, languages.texts, SystemClock(), failure.code)) as screen:
        screen.show(windowed=windowed)
        with _fetched_by(bell, screen.come_to_front):
            application.exec()
    return 1


@contextmanager
def _fetched_by(bell: socket.socket | None, come_to_front: Callable[[], None]) -> Iterator[None]:
    """Let the window come to the front for whoever rings, until the block ends."""
    if bell is None:
        yield
        return
    notifier = QSocketNotifier(bell.fileno(), QSocketNotifier.Type.Read)

    def answer() -> None:
        if rings(bell):
            come_to_front()

    notifier.activated.connect(answer)
    yield
    notifier.setEnabled(False)


@contextmanager
def _ended_by_signals(application: QGuiApplication) -> Iterator[None]:
    """Let SIGTERM and SIGINT end the event loop, also when they came before it began."""
    signals = (signal.SIGTERM, signal.SIGINT)
    ear, mouth = socket.socketpair()
    with ear, mouth:
        mouth.setblocking(False)
        # Python hears a signal only between two of its own steps, and Qt waits in none of them.
        before = signal.set_wakeup_fd(mouth.fileno())
        handlers = {one: signal.signal(one, _heard) for one in signals}
        notifier = QSocketNotifier(ear.fileno(), QSocketNotifier.Type.Read)
        # Not quit(): that asks the window, which refuses to close.
        notifier.activated.connect(lambda: application.exit(0))
        yield
        notifier.setEnabled(False)
        for one, handler in handlers.items():
            signal.signal(one, handler)
        signal.set_wakeup_fd(before)


def _heard(_signal: int, _frame: FrameType | None) -> None:
    """The byte in the wakeup socket says it."""
