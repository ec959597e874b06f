"""The desk in a window of its own, beside the kiosk, on the same store."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop
from samples import load_texts, make_application, nik_of

from kiosk.clock import SystemClock
from kiosk.registration import Registered, register
from kiosk.storage import tables
from ui import composing

from .desk_stage import CLERK, PIN, employ
from .stage import OpenStage, Stage, Tray

SAY = load_texts().say


def test_a_slip_asked_for_at_the_desk_is_printed_once_by_the_kiosk(open_kiosk: OpenStage) -> None:
    stage = open_kiosk()
    employ(stage)
    made = register(
        stage.services.store, make_application("one", nik=nik_of(1), name="JUHRI"), stage.clock
    )
    assert isinstance(made, Registered)
    stage.services.printing.nudge()
    stage.visitor.wait_until(lambda: len(stage.tray.slips) == 1)
    beside = Tray()
    with composing.open_desk(stage.settings, SystemClock(), beside) as app:
        app.show()
        desk: Any = app.desk
        desk.signIn(CLERK, PIN)
        stage.visitor.wait_until(lambda: desk.account == CLERK)
        desk.records.open(made.registration.id)
        stage.visitor.wait_until(lambda: bool(desk.records.number))
        desk.records.do("reprint")
        stage.visitor.wait_until(lambda: desk.filling)
        desk.form.fill({"why": "lost"})
        desk.form.submit()
        stage.visitor.wait_until(lambda: desk.filling)
        desk.form.fill({"why": "lost"})
        desk.form.submit()
        stage.visitor.wait_until(lambda: desk.notice == SAY("desk.told.copy_owed", copy=1))
        stage.visitor.wait_until(lambda: states(stage) == ["unconfirmed", "unconfirmed"])
        desk.signOut()
        stage.visitor.wait_until(lambda: desk.account == "")
        assert desk.page == "sign_in"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    assert beside.slips == {}


def states(stage: Stage) -> list[str]:
    return [str(row["state"]) for row in stage.rows(tables.print_job)]
