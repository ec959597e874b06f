"""The configurations that this kiosk keeps: the one in force and the one before.

Within the transaction of a Record. They are kept as they came, with their signature; what they say
is read by kiosk.composition.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from kiosk.domain.configuration import Because, Refused
from kiosk.storage.audit import Deed, add_entry
from kiosk.storage.facts import (
    CONFIG_KEYS,
    CONFIG_REFUSED,
    drop_fact,
    fact,
    keep_fact,
)
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.tables import configuration

TAKEN, REFUSED = "config_taken", "config_refused"
MOST_TRIES = 3
"""So often the program begins with a new configuration before it counts as one that stops it."""


@dataclass(frozen=True, slots=True)
class KeptConfiguration:
    """One that was signed by whom this kiosk trusts, and checked.

    `good` once the kiosk has stood at the idle screen with it; `tries` counts the starts before.
    """

    version: int
    document: bytes
    signature: str
    good: bool = False
    tries: int = 0


@dataclass(frozen=True, slots=True)
class RefusedHere:
    """The last configuration that was refused, the program that did, and when (None: not kept)."""

    refused: Refused
    program: str
    at: datetime | None = None


class ConfigurationRecord:
    """Reads and writes the configurations of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor = connection.connection.cursor()

    def kept(self) -> tuple[KeptConfiguration, ...]:
        """Return what is kept, newest first."""
        rows = self._connection.execute(
            select(configuration).order_by(configuration.c.version.desc())
        )
        return tuple(
            KeptConfiguration(
                row.version, b64decode(row.document), row.signature, bool(row.good), row.tries
            )
            for row in rows
        )

    def newest(self) -> int:
        """Return the version that counts, or is to count once nobody is here; 0 for none."""
        column = configuration.c.version
        return (
            self._connection.execute(select(column).order_by(column.desc()).limit(1)).scalar() or 0
        )

    def take(self, new: KeptConfiguration, keys: tuple[str, ...], at: datetime) -> None:
        """Keep a new one in place of all but the last good one, and trust whom it names."""
        good = [one.version for one in self.kept() if one.good][:1]
        self._connection.execute(delete(configuration).where(configuration.c.version.not_in(good)))
        self._connection.execute(
            insert(configuration).values(
                version=new.version,
                document=b64encode(new.document).decode("ascii"),
                signature=new.signature,
                at=to_text(at),
                tries=0,
                good=0,
            )
        )
        self._trust({**self._trusted(), str(new.version): list(keys)})
        drop_fact(self._cursor, CONFIG_REFUSED)
        self._note(Deed(TAKEN, "", at, {"version": new.version}))

    def begin(self, version: int) -> None:
        """Count one more start with a configuration that is not known to be good."""
        self._connection.execute(
            update(configuration)
            .where(configuration.c.version == version)
            .values(tries=configuration.c.tries + 1)
        )

    def hold_good(self, version: int) -> None:
        """Note that the kiosk stands with it."""
        self._connection.execute(
            update(configuration).where(configuration.c.version == version).values(good=1)
        )

    def refuse(self, refused: Refused, program: str, at: datetime) -> None:
        """Keep why one is not taken, or not any more; the one before counts."""
        self._connection.execute(
            delete(configuration).where(configuration.c.version == refused.version)
        )
        trusted = self._trusted()
        if trusted.pop(str(refused.version), None) is not None:
            self._trust(trusted)
        kept = {**asdict(refused), "program": program, "at": to_text(at)}
        keep_fact(self._cursor, CONFIG_REFUSED, json.dumps(kept))
        because = {"version": refused.version, "because": refused.because.value}
        self._note(Deed(REFUSED, "", at, because))

    def refused(self) -> RefusedHere | None:
        """Return what was refused last, None since something newer was taken."""
        kept = fact(self._cursor, CONFIG_REFUSED)
        if not kept:
            return None
        values = json.loads(kept)
        said = Refused(values["version"], Because(values["because"]), values["what"])
        at = values.get("at")
        return RefusedHere(said, values["program"], from_text(at) if at else None)

    def trusted(self) -> tuple[str, ...]:
        """Return the public keys (base64) whose signature counts here."""
        trusted = self._trusted()
        return tuple(trusted[max(trusted, key=int)]) if trusted else ()

    def trust(self, keys: tuple[str, ...]) -> None:
        """Trust whom a token names, and nobody from before: somebody brought it here."""
        self._trust({str(self.newest()): list(keys)})
        drop_fact(self._cursor, CONFIG_REFUSED)

    def _trusted(self) -> dict[str, Any]:
        """The keys by the version since which they count: 0 is that of a token."""
        kept = fact(self._cursor, CONFIG_KEYS)
        return dict(json.loads(kept)) if kept else {}

    def _trust(self, keys: dict[str, Any]) -> None:
        # Those of what is kept, and the ones to fall back to.
        least = sorted(keys, key=int)[-3:]
        keep_fact(self._cursor, CONFIG_KEYS, json.dumps({one: keys[one] for one in least}))

    def _note(self, deed: Deed) -> None:
        add_entry(self._connection, "", deed)
