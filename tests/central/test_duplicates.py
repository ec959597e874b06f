"""Who registered twice is put before a person, and hardly anybody else."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import LiteralString
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from central.crowd import KIOSKS, Connection, Crowd
from central.fixtures import Centre
from central.kiosks import Kiosks, outcomes
from central.population import Person, Population
from central.twice import PROMISED, How, again

BACKGROUND = 20_000
TWICE = 10_000
SHARES: Mapping[How, int] = {
    How.SAME_NIK: 30,
    How.ONE_SLIP: 30,
    How.ONE_SLIP_OTHER_DESA: 8,
    How.OTHER_NIK: 20,
    How.WRONG_DATE: 4,
    How.WRONG_LETTER: 8,
}
SPELLINGS = (
    ("MUHAMAD RIZKI", "M. RIZQY"),
    ("H. MOCH. NOOR", "MUHAMMAD NUR"),
    ("SITI AMINAH", "HJ. ST. AMINA"),
    ("SYAIFUDDIN", "SAEPUDIN"),
    ("ABDUL ROHMAN BIN SUKRI", "ABD. RACHMAN"),
    ("NURHAYATI, S.PD", "NUR HAYATI"),
    ("DRS. TUBAGUS ACHMAD FAUZI, M.M.", "TB. AHMAD PAUJI"),
    ("MA'MUN", "MAMUN"),
    ("SOEKARNO", "SUKARNO"),
)
SOMEBODY = Person("3604011205809001", "AHMAD SAPRUDIN", date(1980, 5, 12), "36.04.09.2001", False)


def test_ten_thousand_who_came_twice_are_found(centre: Centre) -> None:
    chance, people = random.Random(2026), Population(11)
    hows = chance.choices(list(SHARES), list(SHARES.values()), k=TWICE)
    with centre.connect() as connection:
        crowd = Crowd(connection)
        first = crowd.take(KIOSKS[0], people.people(BACKGROUND))
        came = list(first.items())[:TWICE]
        told = [
            again(chance, person, how, people) for (_, person), how in zip(came, hows, strict=True)
        ]
        second = crowd.take(KIOSKS[1], told)
        pairs = [frozenset((one, other)) for (one, _), other in zip(came, second, strict=True)]

        asked = crowd.look()

        missed = Counter(how for pair, how in zip(pairs, hows, strict=True) if pair not in asked)
        assert not [how for how in missed if how in PROMISED]
        assert missed[How.WRONG_DATE] < 0.5 * hows.count(How.WRONG_DATE)
        assert missed[How.WRONG_LETTER] < 0.5 * hows.count(How.WRONG_LETTER)
        everybody = {id_: person.nik for id_, person in (*first.items(), *second.items())}
        # One NIK on two registrations is no false alarm, whoever mistyped it.
        false = [pair for pair in asked - set(pairs) if len({everybody[id_] for id_ in pair}) == 2]
        assert len(false) <= (BACKGROUND + TWICE) / 1000
        assert _in_force(connection) == BACKGROUND + TWICE


def _in_force(connection: Connection) -> int:
    row = connection.execute("""
        SELECT count(*) FROM centre.registration r JOIN centre.person p ON p.registration_id = r.id
        WHERE r.status = 'registered' AND r.revision = 1 AND p.in_force
    """).fetchone()
    assert row is not None
    return int(row[0])


def test_neighbours_and_twins_are_not_asked_about(centre: Centre) -> None:
    twin = _like(nik="3604011205809002", name="AHMAD SAPRUDAN")
    neighbour = _like(nik="3604011205809003", name="UJANG SUHENDI")
    with centre.connect() as connection:
        crowd = Crowd(connection)
        crowd.take(KIOSKS[0], [SOMEBODY, twin, neighbour])
        assert crowd.look() == set()


def test_usual_spellings_are_one_name(centre: Centre) -> None:
    with centre.connect() as connection:
        for one, other in SPELLINGS:
            assert _fold(connection, one) == _fold(connection, other)


def test_no_name_is_too_long_to_be_compared(centre: Centre) -> None:
    long = "\N{LATIN SMALL LIGATURE FFI}" * 200
    with centre.connect() as connection:
        crowd = Crowd(connection)
        crowd.take(KIOSKS[0], [_like(name=long), _like("3604016708871235", name=long[1:])])
        crowd.look()
        assert connection.execute("SELECT FROM centre.to_match").fetchone() is None


def test_a_caller_cannot_choose_how_names_are_compared(centre: Centre) -> None:
    with centre.connect() as connection:
        connection.execute("SET standard_conforming_strings = off")
        assert _fold(connection, "AHMAD BIN SUKRI") == "AHMAD"


def test_no_name_is_folded_to_nothing(centre: Centre) -> None:
    with centre.connect() as connection:
        for name in ("H", "M", "ST.", "S.E.", ",", "BINTI", "\N{CJK UNIFIED IDEOGRAPH-674E}"):
            assert _fold(connection, name)


def _fold(connection: Connection, name: str) -> str:
    row = connection.execute("SELECT centre.fold_name(%s)", (name,)).fetchone()
    assert row is not None
    return str(row[0]).replace(" ", "")


def test_a_pair_told_apart_is_asked_about_again_only_once_what_matched_changed(
    centre: Centre,
) -> None:
    with centre.connect() as connection:
        crowd = Crowd(connection)
        (one,) = crowd.take(KIOSKS[0], [SOMEBODY])
        (other,) = crowd.take(KIOSKS[1], [_like(name="UJANG SUHENDI")])
        pair = {frozenset((one, other))}
        assert crowd.look() == pair
        connection.execute("UPDATE centre.match SET state = 'different', reason = 'two KTP seen'")

        _correct(connection, other, name="UJANG SUHENDRA")
        assert crowd.look() == set()
        _correct(connection, other, nik="3604011205809002")
        assert crowd.look() == set()
        _correct(connection, other, nik=SOMEBODY.nik)
        assert crowd.look() == pair


def test_a_corrected_name_is_looked_at_again(centre: Centre) -> None:
    with centre.connect() as connection:
        crowd = Crowd(connection)
        (one,) = crowd.take(KIOSKS[0], [SOMEBODY])
        (other,) = crowd.take(KIOSKS[1], [_like(nik="3201050101800004", name="WAWAN")])
        assert crowd.look() == set()
        _correct(connection, other, name="H. ACHMAD SAFRUDIN")
        assert crowd.look() == {frozenset((one, other))}


def test_of_void_and_erased_ones_nobody_is_asked(centre: Centre) -> None:
    with centre.connect() as connection:
        crowd = Crowd(connection)
        crowd.take(KIOSKS[0], [SOMEBODY])
        void, erased = crowd.take(KIOSKS[1], [SOMEBODY, SOMEBODY])
        assert len(crowd.look()) == 3
        connection.execute("UPDATE centre.registration SET status = 'void' WHERE id = %s", (void,))
        connection.execute("SELECT centre.note_persons(%s)", ([void],))
        assert len(crowd.look()) == 1
        connection.execute("DELETE FROM centre.registration WHERE id = %s", (erased,))
        connection.execute("SELECT centre.note_persons(%s)", ([erased],))
        assert crowd.look() == set()
        assert _count(connection, "person WHERE registration_id = %s", erased) == 0


def test_a_kiosks_own_call_leaves_its_records_to_others(centre: Centre) -> None:
    with centre.connect() as connection:
        crowd = Crowd(connection)
        crowd.take(KIOSKS[0], [SOMEBODY])
        crowd.take(KIOSKS[1], [SOMEBODY])
        looked = connection.execute("SELECT centre.match_pending(200, %s)", (KIOSKS[1],)).fetchone()
        assert looked == (1,)
        assert _count(connection, "to_match WHERE kiosk_id = %s", KIOSKS[1]) == 1


def test_a_correction_while_somebody_looks_is_not_missed(centre: Centre) -> None:
    with centre.connect() as connection, centre.connect() as looking:
        crowd = Crowd(connection)
        crowd.take(KIOSKS[0], [SOMEBODY])
        (other,) = crowd.take(KIOSKS[1], [_like(nik="3201050101800004", name="WAWAN")])
        with looking.transaction():
            looking.execute("SELECT centre.match_pending(NULL, NULL)")
            connection.execute("SET lock_timeout = '100ms'")
            # It waits for who looks at what was there before, instead of going unnoticed.
            with pytest.raises(psycopg.errors.LockNotAvailable):
                _correct(connection, other, nik=SOMEBODY.nik)
        _correct(connection, other, nik=SOMEBODY.nik)
        assert len(crowd.look()) == 1


def test_two_who_look_at_once_ask_about_a_pair_once(centre: Centre) -> None:
    with centre.connect() as connection, centre.connect() as looking:
        crowd = Crowd(connection)
        crowd.take(KIOSKS[0], [SOMEBODY])
        with looking.transaction():
            looking.execute("SELECT centre.match_pending(NULL, NULL)")
            crowd.take(KIOSKS[1], [SOMEBODY])
            assert len(crowd.look()) == 1
        assert len(crowd.look()) == 1


def test_one_person_handed_in_over_and_over_stays_a_question_for_a_person(centre: Centre) -> None:
    with centre.connect() as connection:
        crowd = Crowd(connection)
        crowd.take(KIOSKS[0], [SOMEBODY] * 400)
        (other,) = crowd.take(KIOSKS[1], [_like(name="UJANG SUHENDI")])
        asked = crowd.look()
        assert len(asked) <= 401 * 50
        assert any(other in pair for pair in asked)


def test_who_came_to_two_kiosks_is_asked_about_from_the_next_call_on(
    centre: Centre, kiosks: Kiosks
) -> None:
    north, south, third = kiosks.add("10001"), kiosks.add("20002"), kiosks.add("30003")
    one, other = north.record(1), south.record(1)
    assert outcomes(north.exchange(one)) == [("stored", 1, "")]
    third.exchange()
    assert outcomes(south.exchange(other)) == [("stored", 1, "")]
    third.exchange()
    with centre.connect() as connection:
        rows = connection.execute("SELECT one::text, other::text, because FROM centre.open_match")
        assert rows.fetchall() == [(*sorted((one["id"], other["id"])), "nik")]
        assert _count(connection, "registration WHERE status = %s", "registered") == 2


def test_one_number_on_two_slips_is_an_alarm(centre: Centre) -> None:
    with centre.connect() as connection:
        crowd = Crowd(connection)
        crowd.take(KIOSKS[0], Population(3).people(2))
        connection.execute("UPDATE centre.registration SET number = '123450000017'")
        crowd.look()
        assert _count(connection, "alarm WHERE kind = %s", "number_clash") == 2


def _like(nik: str = SOMEBODY.nik, name: str = SOMEBODY.name) -> Person:
    return replace(SOMEBODY, nik=nik, name=name)


def _correct(connection: Connection, registration_id: UUID, **fields: str) -> None:
    connection.execute(
        "UPDATE centre.registration SET payload = jsonb_set(payload, '{row}',"
        " payload->'row' || %s) WHERE id = %s",
        (Jsonb(fields), registration_id),
    )
    connection.execute("SELECT centre.note_persons(%s)", ([registration_id],))


def _count(connection: Connection, which: LiteralString, value: object) -> int:
    row = connection.execute("SELECT count(*) FROM centre." + which, (value,)).fetchone()
    assert row is not None
    return int(row[0])
