"""Registrations of many people put into a centre at once, as hand-ins leave them."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg

from central.population import Person

Connection = psycopg.Connection[tuple[Any, ...]]
KIOSKS = tuple(UUID(int=number) for number in (1, 2))
_TAKE = """
    INSERT INTO centre.registration (
        id, kiosk_id, office, number, kiosk_number, incarnation, counter, registered_at, day,
        status, revision, segment_id, dinas, desa_code, payload, hash, receipt)
    SELECT id, kiosk, '36.04.09', lpad(n::text, 12, '0'), '12345', '', n, '', '2026-11-22',
        'registered', 1, 'farming', '', desa, jsonb_build_object('row', jsonb_build_object(
            'nik', nik, 'name', name, 'birth_date', born)), '', n
    FROM arriving
"""


@dataclass
class Crowd:
    """Puts people into a centre, each as the registration of one kiosk."""

    connection: Connection
    _ids: random.Random = field(default_factory=lambda: random.Random(1))
    _count: int = 0

    def take(self, kiosk: UUID, people: Iterable[Person]) -> dict[UUID, Person]:
        """Store and note them; nobody has looked for duplicates yet."""
        taken = {UUID(int=self._ids.getrandbits(128)): person for person in people}
        with self.connection.transaction():
            self.connection.execute(
                "CREATE TEMP TABLE arriving (id uuid, kiosk uuid, n int, nik text, name text,"
                " born text, desa text) ON COMMIT DROP"
            )
            self._copy(kiosk, taken)
            self.connection.execute(_TAKE)
            self.connection.execute("SELECT centre.note_persons(array_agg(id)) FROM arriving")
        return taken

    def _copy(self, kiosk: UUID, people: Mapping[UUID, Person]) -> None:
        with self.connection.cursor() as cursor, cursor.copy("COPY arriving FROM STDIN") as rows:
            for id_, person in people.items():
                self._count += 1
                rows.write_row(
                    (
                        *(str(id_), str(kiosk), self._count, person.nik, person.name),
                        *(person.birth_date.isoformat(), person.desa_code),
                    )
                )

    def look(self) -> set[frozenset[UUID]]:
        """Look for duplicates of all who wait; return all pairs that a person is asked about."""
        self.connection.execute("SELECT centre.match_pending(NULL, NULL)")
        rows = self.connection.execute("SELECT one, other FROM centre.open_match").fetchall()
        return {frozenset(row) for row in rows}
