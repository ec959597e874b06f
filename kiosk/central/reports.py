"""A report at the centre, under the login of the report's reader or the kabupaten's admin."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from kiosk.central.address import read_url
from kiosk.central.failures import CentreFailure
from kiosk.central.install import installing
from kiosk.domain.report import Numbers


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
    )


def _call(connection: Connection, function: str, *values: str) -> Any:
    marks = ", ".join(["%s"] * len(values))
    return connection.exec_driver_sql(f"SELECT report_api.{function}({marks})", values).scalar_one()


def _rows(said: Any) -> Any:
    return [tuple(row) for row in said]
