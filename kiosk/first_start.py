"""The first start: what a new kiosk has to know, and who is its first admin.

The same answers come from the screen (ui/first_start.py) and from a file for many kiosks; the PIN
is never in a file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.accounts import (
    ADMIN_SET_UP,
    AlreadySetUp,
    Created,
    NameMissing,
    NameTaken,
    add_account,
)
from kiosk.clock import Clock
from kiosk.domain.failures import DataFailure
from kiosk.domain.regions import Regions
from kiosk.domain.setting import Flaw
from kiosk.domain.staff import Role
from kiosk.layers import Layers, flaw_of, put_together
from kiosk.settings import checked_value
from kiosk.storage.audit import Deed
from kiosk.storage.settings import SettingChange
from kiosk.storage.store import Record, Store

ADMIN, TOKEN_FILE = "admin", "token_file"
ASKED = ("language", "kecamatan_code", "office", "kiosk_name", "printer", "paper")
"""The settings that a new kiosk asks for; all but the first two have a usual answer."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Settings by their names, as JSON has them, and the first admin's name."""

    settings: Mapping[str, Any]
    admin: str
    token_file: Path | None = None
    """Where the token lies with which the kiosk joins the centre at once; None: it does not."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """An answer that a kiosk cannot work with; `name` is "" when they do not go together."""

    name: str
    flaw: Flaw


def is_new(store: Store) -> bool:
    """Tell whether nobody has worked with this kiosk yet."""
    with store.reading() as record:
        nobody = not record.staff.count(Role.ADMIN) and not record.settings.last()
        return nobody and not record.has_registrations()


def usual_names(kecamatan_code: str, regions: Regions) -> Mapping[str, str]:
    """Return what office and kiosk are called there, unless somebody says otherwise."""
    name = next(one.name for one in regions.kecamatan if one.code == kecamatan_code)
    return {"office": f"Kecamatan {name}", "kiosk_name": f"Anjungan {name}"}


def read_answers(file: Path, regions: Regions) -> Answers:
    """Read a file of answers; names left out are the usual ones of the kecamatan.

    A token's file is looked for beside it, unless its whole path stands there.

    Raises DataFailure naming the answer that is missing, that nobody asks for or that cannot be.
    """
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataFailure(file.name, 0, str(error)) from None
    strange = sorted(given.keys() - {*ASKED, ADMIN, TOKEN_FILE})
    if strange:
        raise DataFailure(file.name, 0, f"nobody asks for {strange[0]}")
    for name in ("kecamatan_code", ADMIN):
        if not isinstance(given.get(name), str):
            raise DataFailure(file.name, 0, f"{name} is missing")
    admin, token = given.pop(ADMIN), given.pop(TOKEN_FILE, None)
    if not isinstance(token, str | None):
        raise DataFailure(file.name, 0, f"{TOKEN_FILE} is no path")
    code = given["kecamatan_code"]
    if all(one.code != code for one in regions.kecamatan):
        raise DataFailure(file.name, 0, "kecamatan_code is none of the 29 of Kabupaten Serang")
    settings = {**usual_names(code, regions), **given}
    return Answers(settings, admin, file.parent / token if token else None)


def check(layers: Layers, settings: Mapping[str, Any]) -> Unfit | None:
    """Return what is wrong with settings that are to be set, or None."""
    for name, value in settings.items():
        try:
            checked_value(name, value)
        except ValueError as wrong:
            return Unfit(name, flaw_of(wrong))
    found = put_together(layers, settings)
    return Unfit("", found.misfits[0].flaw) if found.misfits else None


def set_up(
    store: Store, layers: Layers, answers: Answers, pin_hash: str, clock: Clock
) -> Created | AlreadySetUp | NameMissing | NameTaken | Unfit:
    """Make the first admin and keep the settings, all of it or nothing.

    `pin_hash` is the admin's, of accounts.hash_new(). Raises KioskFailure where the store cannot be
    written.
    """
    unfit = check(layers, answers.settings)
    if unfit:
        return unfit
    with store.transaction() as record:
        if record.staff.count(Role.ADMIN):
            return AlreadySetUp()
        made = add_account(record, answers.admin, Role.ADMIN, pin_hash)
        if isinstance(made, Created):
            record.staff.note(Deed(ADMIN_SET_UP, made.account.id, clock.now(), {}))
            _keep(record, layers, answers.settings, made.account.id, clock)
    return made


def _keep(
    record: Record, layers: Layers, wanted: Mapping[str, Any], actor: str, clock: Clock
) -> None:
    before = put_together(layers, record.settings.in_force()).settings
    now = clock.now()
    for name, value in wanted.items():
        was = getattr(before, name)
        if value != was:
            record.settings.add(SettingChange(name, was, value, actor, now))
