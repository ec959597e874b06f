"""A report at the centre, under the login of the report's reader or the kabupaten's admin."""

from datetime import date
from typing import Any

from sqlalchemy import Connection

from kiosk.domain.report import Numbers


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
