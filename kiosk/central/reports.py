"""A report at the centre, under the login of the report's reader or the kabupaten's admin."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from kiosk.central.address import read_url
from kiosk.central.console import Console
from kiosk.central.failures import CentreFailure
from kiosk.central.install import installing
from kiosk.domain.report import KnownKiosk, Numbers, Report, Source, Span, make_report

TARGET_YEARS = (2020, 2099)
LARGEST_TARGET = 10_000_000


def report_at_centre(console: Console, span: Span, place: str, now: datetime) -> Report:
    """Return the report of all kiosks; `place` is how the kabupaten calls itself.

    Raises CentreFailure like Console.transaction(). Not on the GUI thread: it may take seconds.
    """
    with console.transaction() as connection:
        numbers = numbers_at_centre(connection, span.begin, span.end)
    return make_report(numbers, span, now, Source.CENTRE, place)


def set_target(console: Console, dinas: str, year: int, registrations: int) -> None:
    """Set what a dinas should reach in a year of TARGET_YEARS; 0 takes the target away.

    Raises CentreFailure like Console.transaction(): "C 14" for whoever is no admin.
    """
    with console.transaction() as connection:
        console.call(connection, "set_target", dinas, year, registrations)


def read_numbers(url_file: Path, ca_folder: Path, begin: date, end: date) -> Numbers:
    """Return the numbers by the login whose URL, with its password, is a file's first line.

    Raises CentreFailure: "C 11" no such URL, "C 12" not reached, "C 14" it may not read them.
    """
    try:
        given = url_file.read_text(encoding="utf-8").partition("\n")[0].strip()
    except (OSError, ValueError):
        raise CentreFailure("C 11", f"{url_file} cannot be read") from None
    address, login = read_url(given)
    with installing(address, login, ca_folder) as connection:
        return numbers_at_centre(connection, begin, end)


def numbers_at_centre(connection: Connection, begin: date, end: date) -> Numbers:
    """Return the numbers of the days from `begin` to `end`, both included.

    Raises DBAPIError (42501) for a login that may not read them.
    """
    days = (begin.isoformat(), end.isoformat())
    funnel = _call(connection, "funnel", *days)
    return Numbers(
        _rows(_call(connection, "counts", *days)),
        _rows(funnel["begun"]),
        _rows(funnel["steps"]),
        _rows(_call(connection, "renewals")),
        _rows(_call(connection, "targets", days[1])),
        tuple(_kiosks(_call(connection, "kiosks"))),
    )


def _call(connection: Connection, function: str, *values: str) -> Any:
    marks = ", ".join(["%s"] * len(values))
    return connection.exec_driver_sql(f"SELECT report_api.{function}({marks})", values).scalar_one()


def _rows(said: Any) -> Any:
    return [tuple(row) for row in said]


def _kiosks(said: Any) -> Iterable[KnownKiosk]:
    for number, name, office, at_work, seen in said:
        last_seen_at = datetime.fromisoformat(seen) if seen else None
        yield KnownKiosk(number, name, office, at_work, last_seen_at)
