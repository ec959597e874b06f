"""Every way there is to log something, each tried with a person's data."""

import logging
import sys
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from kiosk.domain.failures import DataFailure, KioskFailure
from kiosk.logs.entries import (
    Bug,
    Event,
    Failed,
    FailsafeShown,
    JournalTroubled,
    QtSaid,
    RoomChanged,
    Started,
    Warned,
    bug,
    failed,
)
from kiosk.logs.kinds import Code, DataFile, Place, Version

log = logging.getLogger("anjungan.visit")
stranger = logging.getLogger("sqlalchemy.engine.Engine")


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    nik: str
    name: str
    phone: str

    @property
    def data(self) -> tuple[str, str, str]:
        return (self.nik, self.name, self.phone)

    def is_in(self, text: str) -> bool:
        """Whether any of the data, or half of the name, stands in a text."""
        wanted = (self.nik, self.phone, *self.name.split())
        return any(word.casefold() in text.casefold() for word in wanted)


@dataclass(frozen=True)
class Mine(Event):
    """An entry that nobody declared."""

    name: ClassVar[str] = "mine"
    code: str


def thrown(said: str, error: type[BaseException] = ValueError) -> BaseException:
    """An error that says something, as it is caught."""
    try:
        try:
            raise KeyError(said)
        except KeyError as first:
            raise error(said) from first
    except BaseException as caught:  # noqa: BLE001
        return caught


def as_free_text(said: str) -> None:
    for one in (log, stranger, logging.getLogger(), logging.getLogger(said)):
        one.error(said)
        one.critical("registered %s", said)
        one.error(f"registered {said}", stack_info=True, extra={"nik": said})
        one.error("%(who)s", {"who": said})
        one.error("%d", said)
        one.error(said, said)
        one.error(None, said)
    logging.getLogger(f"anjungan.{said}").error("x")
    logging.getLogger(f"{said}.engine").error("x")


def as_an_error(said: str) -> None:
    for caught in (
        thrown(said),
        KioskFailure(said, said),
        DataFailure(said, 1, said),
        OSError(5, said, said),
        UnicodeDecodeError("utf-8", said.encode(), 0, 1, said),
        ExceptionGroup(said, [ValueError(said)]),
        type(said, (Exception,), {})(said),
    ):
        log.error("x", exc_info=caught)
        log.error(bug(caught))
        log.error(caught)
        if isinstance(caught, KioskFailure):
            log.error(failed(caught))


def as_a_field(said: str) -> None:
    invented: Any = StrEnum("invented", {"ONE": said})
    person: Any = type(said, (Exception,), {"__module__": said})
    many: Any = [said]
    for entry in (
        Failed(Code(said), DataFile(said), int("".join(filter(str.isdigit, said)) or 0)),
        FailsafeShown(Code(said)),
        FailsafeShown(many),
        Started(Version(said)),
        RoomChanged(invented(said), -1),
        RoomChanged(many, int("".join(filter(str.isdigit, said)) or 0)),
        JournalTroubled(invented(said)),
        QtSaid(invented(said), invented(said), (Place(said, 1), Place(f"/{said}/{said}.py", 1))),
        Bug(person, many),
        Warned(many, (Place(f"{said}.qml", 1), many)),
        Mine(said),
    ):
        log.error(entry)
        log.error(entry, said)


def as_a_place(said: str) -> None:
    try:
        exec(compile(f"raise ValueError({said!r})", f"{said}.py", "exec"))
    except ValueError as caught:
        log.error(bug(caught))
        log.exception("x")


def as_a_level(said: str) -> None:
    logging.addLevelName(37, said)
    log.log(37, "x")


def as_a_warning(said: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        shown = warnings.showwarning
        warnings.warn(said, stacklevel=1)
        warnings.warn_explicit(said, type(said, (UserWarning,), {}), f"{said}.py", 1, said)
        assert warnings.showwarning is shown


def uncaught(said: str) -> None:
    caught = thrown(said)
    sys.excepthook(type(caught), caught, caught.__traceback__)


def uncaught_in_a_thread(said: str) -> None:
    def die() -> None:
        raise ValueError(said)

    thread = threading.Thread(target=die, name=said)
    thread.start()
    thread.join()


def uncaught_when_freed(said: str) -> None:
    class Freed:
        def __del__(self) -> None:
            raise ValueError(said)

    Freed()


WAYS: tuple[Callable[[str], None], ...] = (
    as_free_text,
    as_an_error,
    as_a_field,
    as_a_place,
    as_a_level,
    as_a_warning,
    uncaught,
    uncaught_in_a_thread,
    uncaught_when_freed,
)
