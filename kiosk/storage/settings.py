"""What was set on this kiosk's screen, within the transaction of a Record."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from kiosk.storage.audit import Deed, add_entry
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.tables import setting_change

SETTING_CHANGED = "setting_changed"
NOT_SET = None
"""In place of a value: the layers below count."""
UNREADABLE: tuple[()] = ()
"""In place of a value that is no JSON: what no setting takes, so that it is left out and told."""


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One change; values are as JSON has them. `before` was in force, `after` was set, None if the
    layers below count since; `actor` is the id of an account."""

    key: str
    before: Any
    after: Any
    actor: str
    at: datetime


class SettingRecord:
    """Reads and adds changes of settings; none is ever changed or deleted."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, change: SettingChange) -> int:
        """Write a change and its audit entry, which names no value; return its number."""
        self._connection.execute(
            insert(setting_change).values(
                key=change.key,
                before=_written(change.before),
                after=_written(change.after),
                actor=change.actor,
                at=to_text(change.at),
            )
        )
        number = self.last()
        # Of what is no setting only the kind: the row has the rest.
        details = {"setting": change.key.partition("/")[0], "change": number}
        add_entry(self._connection, "", Deed(SETTING_CHANGED, change.actor, change.at, details))
        return number

    def last(self) -> int:
        """Return the number of the last change, 0 if there was none."""
        newest = select(setting_change.c.id).order_by(setting_change.c.id.desc()).limit(1)
        return int(self._connection.execute(newest).scalar() or 0)

    def in_force(self) -> Mapping[str, Any]:
        """Return what is set on this kiosk, by the key."""
        return {key: of[-1].after for key, of in self.history().items() if of[-1].after is not None}

    def history(self) -> Mapping[str, tuple[SettingChange, ...]]:
        """Return the changes of every key that was ever changed, the oldest first."""
        rows = self._connection.execute(select(setting_change).order_by(setting_change.c.id))
        found: dict[str, tuple[SettingChange, ...]] = {}
        for row in rows:
            found[row.key] = (*found.get(row.key, ()), _change(row))
        return found


def _written(value: Any) -> str:
    return "" if value is NOT_SET else json.dumps(value, ensure_ascii=False)


def _change(row: Row[Any]) -> SettingChange:
    return SettingChange(row.key, _read(row.before), _read(row.after), row.actor, from_text(row.at))


def _read(written: str) -> Any:
    try:
        return json.loads(written) if written else NOT_SET
    except ValueError:
        return UNREADABLE
