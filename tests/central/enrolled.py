"""A centre with an admin, and what they make there."""

from pathlib import Path

import psycopg

from central.fixtures import Centre
from kiosk.central.address import CentreAddress, Login, read_url
from kiosk.central.console import Console
from kiosk.central.install import installing, make_first_admin

OFFICE, OTHER_OFFICE = "36.04.09", "36.04.10"


def console_of(centre: Centre, folder: Path) -> Console:
    """The console of the centre's first admin; tokens lead to it over verified TLS."""
    owner = read_url(centre.owner_url)
    with installing(*owner, folder) as connection:
        admin = make_first_admin(connection, "Admin Kabupaten")
    address = address_of(centre)
    return Console(address, Login(admin.role, admin.secret), folder, address)


def address_of(centre: Centre) -> CentreAddress:
    """Where the centre is, and who vouches for it."""
    return read_url(centre.url("nobody", "nothing"))[0]


def connect(centre: Centre, login: Login) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection of a login that commits each statement."""
    return psycopg.connect(centre.url(login.role, login.secret), autocommit=True)
