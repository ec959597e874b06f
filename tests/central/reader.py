"""A reader of reports at the centre, with a login made by hand."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, NullPool, create_engine

from central.fixtures import Centre

LOGIN, SECRET = "staff_00000001", "reader-secret"


def make_reader(centre: Centre, login: str = LOGIN, role: str = "report") -> None:
    """Make the login of somebody who reads reports, or of another `role`."""
    with centre.connect() as owner:
        owner.execute(f"CREATE ROLE {login} LOGIN PASSWORD '{SECRET}'")
        owner.execute(f"GRANT anjungan_{role} TO {login}")
        owner.execute(
            "INSERT INTO centre.staff (role_name, name, role) VALUES (%s, 'Seseorang', %s)",
            (login, role),
        )


@contextmanager
def report_connection(centre: Centre) -> Iterator[Connection]:
    """A connection of a reader; each statement is a transaction."""
    make_reader(centre)
    url = centre.url(LOGIN, SECRET).replace("postgresql:", "postgresql+psycopg:", 1)
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
