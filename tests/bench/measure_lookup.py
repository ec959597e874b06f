"""Look-ups with few and very many registrations: measure_lookup.py FOLDER PEOPLE...

Prints as JSON, for each kind of question and number of people, the milliseconds it took: by the
clock, and of the processor, as others may be using the machine. The stores are asked in turn, for a
registration by its NIK, for a NIK that nobody has, and for people by the first two to six letters
of a name and of each of its words. Who is asked for is drawn anew each time, from the first to the
last.
"""

import json
import random
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from time import perf_counter, thread_time

from many import fill
from samples import KEY, NOW

from kiosk.desk.lists import FOUND_MAX
from kiosk.domain.search import NameQuery, fold_words
from kiosk.storage.engine import STORE_FILE, connect
from kiosk.storage.store import Store, open_store

ROUNDS = 2_000
WARM_UP = 100
AT_ONCE = 10_000

_PERSON = "SELECT nik, name FROM registration WHERE incarnation = 'many' AND counter = ?"

Person = tuple[str, str]
"""NIK and name."""
Took = tuple[float, float]
"""Milliseconds by the clock, and of the processor."""


def _open(folder: Path, people: int) -> Store:
    if not folder.exists():
        fill(folder, people)
    store = open_store(folder, KEY)
    unread = 1
    while unread:
        with store.transaction() as record:
            record.desk.read_on(AT_ONCE)
            unread = record.desk.unread()
    store.clear_log()
    return store


def _anybody(folder: Path, people: int, how_many: int) -> list[Person]:
    chance = random.Random(people)
    with closing(connect(folder / STORE_FILE, KEY)) as connection:
        return [
            connection.execute(_PERSON, (chance.randint(1, people),)).fetchone()
            for _ in range(how_many)
        ]


def _by_nik(store: Store, person: Person) -> None:
    with store.reading() as record:
        found = record.find_nik(person[0])
    assert found is not None
    assert found.application.resident.nik == person[0]


def _by_unknown_nik(store: Store, person: Person) -> None:
    # Nobody is born on the 39th.
    nobody = f"{person[0][:6]}39{person[0][8:]}"
    with store.reading() as record:
        assert record.find_nik(nobody) is None


def _letters(person: Person) -> int:
    return 2 + int(person[0][-1]) % 5


def _by_word(store: Store, person: Person) -> None:
    _find(store, fold_words(person[1])[0][: _letters(person)])


def _by_words(store: Store, person: Person) -> None:
    _find(store, *(word[: _letters(person)] for word in fold_words(person[1])))


def _find(store: Store, *beginnings: str) -> None:
    query = NameQuery(beginnings)
    with store.reading() as record:
        found = record.desk.search(query, FOUND_MAX, NOW)
    assert found.rows
    assert not found.unread


QUESTIONS: dict[str, Callable[[Store, Person], None]] = {
    "nik": _by_nik,
    "nobody's nik": _by_unknown_nik,
    "name": _by_word,
    "whole name": _by_words,
}


def _took_ms(act: Callable[[], object]) -> Took:
    began_s, began_cpu_s = perf_counter(), thread_time()
    act()
    return (perf_counter() - began_s) * 1000, (thread_time() - began_cpu_s) * 1000


def measure(folder: Path, sizes: Sequence[int]) -> dict[str, dict[int, list[Took]]]:
    """Fill a store of each size, and ask them in turn."""
    times: dict[str, dict[int, list[Took]]] = {
        name: {people: [] for people in sizes} for name in QUESTIONS
    }
    with ExitStack() as opened:
        asked = []
        for people in sizes:
            store = opened.enter_context(closing(_open(folder / str(people), people)))
            asked.append((people, store, _anybody(folder / str(people), people, WARM_UP + ROUNDS)))
        for turn in range(WARM_UP + ROUNDS):
            for name, question in QUESTIONS.items():
                for people, store, persons in asked:
                    took_ms = _took_ms(partial(question, store, persons[turn]))
                    if turn >= WARM_UP:
                        times[name][people].append(took_ms)
    return times


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), [int(people) for people in sys.argv[2:]])))
