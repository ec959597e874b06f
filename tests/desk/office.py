"""An office with its staff, and registrations brought to where a test needs them."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from samples import FACTS, KEY, TODAY, StillClock, make_application, nik_of
from sqlalchemy import update

from kiosk.clock import local_date
from kiosk.desk.details import open_record
from kiosk.desk.session import Desk
from kiosk.domain.desk import Detail
from kiosk.domain.months import Month
from kiosk.domain.orders import Payment
from kiosk.domain.regions import Regions
from kiosk.domain.registration import Status
from kiosk.domain.staff import Account, Role
from kiosk.domain.tariff import Tariff
from kiosk.domain.work import Work
from kiosk.registration import Registered, register
from kiosk.storage import tables
from kiosk.storage.engine import open_engine
from kiosk.storage.store import Store

CLERK = Account("clerk's id", "Rina S.", Role.CLERK)
OTHER_CLERK = Account("other's id", "Dedi", Role.CLERK)
SUPERVISOR = Account("supervisor's id", "Ibu Nur", Role.SUPERVISOR)
ADMIN = Account("admin's id", "Pak Asep", Role.ADMIN)

KPJ = "12345678901"
PAYMENT = Payment("BRILink", "TRX 0091", TODAY, Month.of(TODAY), 3)
MONTH = Month.of(TODAY)


@dataclass(frozen=True)
class ClockFacts:
    """The shipped data, today being what the test's clock says."""

    clock: StillClock
    home_kecamatan: str = FACTS.home_kecamatan
    work: Work = FACTS.work
    tariff: Tariff = FACTS.tariff
    regions: Regions = FACTS.regions
    asks_birthplace: bool = FACTS.asks_birthplace
    asks_mother_name: bool = FACTS.asks_mother_name

    day_is_sure: bool = FACTS.day_is_sure

    @property
    def today(self) -> date:
        return local_date(self.clock.now())

    def on(self, day: date) -> Any:
        return replace(FACTS, today=day)


def desk_of(account: Account, store: Store, clock: StillClock) -> Desk:
    return Desk(store, ClockFacts(clock), clock, account)


def enrol(store: Store, clock: StillClock, serial: int = 1, **changes: Any) -> str:
    """Register the `serial`-th person; returns the registration's id."""
    applied = make_application(f"id {serial}", **({"nik": nik_of(serial)} | changes))
    outcome = register(store, applied, clock)
    assert isinstance(outcome, Registered)
    return outcome.registration.id


def set_columns(folder: Path, registration_id: str, **values: object) -> None:
    """What other parts of the program write: the branch's answers, the printer's news."""
    engine = open_engine(folder, KEY)
    with engine.begin() as connection:
        of = tables.registration.c.id == registration_id
        connection.execute(update(tables.registration).where(of).values(**values))
    engine.dispose()


def bring_to(folder: Path, registration_id: str, status: Status) -> None:
    set_columns(folder, registration_id, status=status.value)


def set_slip(folder: Path, registration_id: str, state: str, evidence: str = "") -> None:
    engine = open_engine(folder, KEY)
    with engine.begin() as connection:
        of = tables.print_job.c.registration_id == registration_id
        statement = update(tables.print_job).where(of)
        connection.execute(statement.values(state=state, evidence=evidence))
    engine.dispose()


def detail_of(desk: Desk, registration_id: str) -> Detail:
    detail = open_record(desk, registration_id)
    assert isinstance(detail, Detail)
    return detail
